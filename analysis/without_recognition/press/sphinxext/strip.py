"""The years of the book as one strip: how many events fall in each, by grade, under the chapters that tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from without_recognition import evidence
from without_recognition.data import dates
from without_recognition.data.dataset import History

GRADES = tuple(evidence.GRADES)  #: the strongest first; it stands at the foot of a bar
HEIGHT, FOOT = 120, 44  #: pixels of the bars, and of what stands below them


@dataclass(frozen=True)
class Strip:
    """`years` from first to last; `counts` of (year, grade); `chapters` as (slug, title, first, last year)."""

    years: range
    counts: Counter[tuple[int, str]]
    chapters: tuple[tuple[str, str, int, int], ...]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def highest(self) -> int:
        """The most events of one year."""
        return max((sum(self.counts[y, g] for g in GRADES) for y in self.years), default=0)

    def left(self, year: int) -> float:
        """Where a year begins, as a share of the width."""
        return (year - self.years.start) / len(self.years)

    def words(self) -> str:
        """What the picture shows, for those who do not see it."""
        fullest = max(self.years, key=lambda y: sum(self.counts[y, g] for g in GRADES))
        by_grade = ", ".join(f"{sum(self.counts[y, g] for y in self.years)} {g}" for g in GRADES)
        return (
            f"{self.total} graded events from {self.years.start} to {self.years.stop - 1}, by the year in which they "
            f"begin: {by_grade}. The fullest year is {fullest}, with {self.highest}."
        )


def of(history: History) -> Strip:
    """The strip of a whole History; events that begin before its first chapter are left out, and those without year."""
    period = history.period
    years = range(period.earliest.year, period.latest.year + 1)
    counts: Counter[tuple[int, str]] = Counter()
    for event in evidence.events(evidence.graded(history)).to_dict("records"):
        span = dates.parse(event["date"])
        if span.earliest.year in years and (
            span.precision == "span" or span.latest.year - span.earliest.year < 2
        ):
            counts[span.earliest.year, event["grade"]] += 1
    chapters = []
    for slug, title in history.chapters.items():
        own = history.chapter(slug).period
        chapters.append((slug, title, own.earliest.year, own.latest.year))
    return Strip(years, counts, tuple(chapters))


def page_svg(strip: Strip, addresses: Mapping[str, str]) -> Markup:
    """The drawing for a page: it takes the width that there is, and its letters keep their size. The years of each
    chapter that has an address, by its slug, lead there."""
    step = 100 / len(strip.years)
    unit = HEIGHT / max(1, strip.highest)
    parts = [_bars(strip, step, unit)]
    for year in strip.years:
        if year % 20 == 0:
            parts.append(
                Markup(
                    '<text class="wr-strip-year" x="{:.3f}%" y="{}" text-anchor="middle">{}</text>'
                ).format(100 * strip.left(year) + step / 2, HEIGHT + 40, year)
            )
    return Markup(
        '<svg class="wr-strip" role="{}" aria-label="{}" width="100%" height="{}">{}{}</svg>'
    ).format(
        "group" if addresses else "img",
        strip.words(),
        HEIGHT + FOOT,
        Markup('<g aria-hidden="true">{}</g>').format(Markup("").join(parts)),
        Markup("").join(_chapter(strip, n, addresses) for n in range(len(strip.chapters))),
    )


def _chapter(strip: Strip, n: int, addresses: Mapping[str, str]) -> Markup:
    """The line and the number below the years of a chapter, and the way to it."""
    slug, title, first, last = strip.chapters[n]
    left, right = 100 * strip.left(first), 100 * strip.left(last + 1)
    follows = n + 1 < len(strip.chapters) and strip.chapters[n + 1][2] == last
    right -= 100 / len(strip.years) if follows else 0  # a year that two chapters share is the later one's
    drawn = Markup(
        '<rect class="wr-strip-chapter" x="{:.3f}%" y="{}" width="{:.3f}%" height="3"/>'
        '<text x="{:.3f}%" y="{}" text-anchor="middle">{}</text>'
    ).format(left + 0.15, HEIGHT + 4, right - left - 0.3, (left + right) / 2, HEIGHT + 21, n + 1)
    if slug not in addresses:
        return Markup('<g aria-hidden="true">{}</g>').format(drawn)
    return Markup(
        '<a href="{}" aria-label="{}. {}, {}–{}"><title>{}</title>'
        '<rect class="wr-strip-years" x="{:.3f}%" y="0" width="{:.3f}%" height="{}"/>{}</a>'
    ).format(addresses[slug], n + 1, title, first, last, title, left, right - left, HEIGHT + 26, drawn)


def _bars(strip: Strip, step: float, unit: float) -> Markup:
    drawn = []
    for year in strip.years:
        foot = float(HEIGHT)
        for grade in GRADES:
            if not (count := strip.counts[year, grade]):
                continue
            foot -= count * unit
            drawn.append(
                Markup(
                    '<rect class="wr-strip-{}" x="{:.3f}%" y="{:.2f}" width="{:.3f}%" height="{:.2f}"/>'
                ).format(
                    grade,
                    100 * strip.left(year) + 0.12 * step,
                    foot,
                    0.76 * step,
                    max(0.5, count * unit - 0.8),
                )
            )
    return Markup("").join(drawn)


def picture_svg(strip: Strip, width: float, height: float, lit: str = "") -> str:
    """The bars as a file of its own, for a preview: white on dark, the years of the chapter `lit` brighter."""
    bounds = {slug: (first, last) for slug, _, first, last in strip.chapters}
    low, high = bounds.get(lit, (strip.years.start, strip.years.stop))
    step, unit = width / len(strip.years), height / max(1, strip.highest)
    shade = dict(zip(GRADES, (1.0, 0.72, 0.46, 0.26)))
    drawn = []
    for year in strip.years:
        foot = height
        for grade in GRADES:
            count = strip.counts[year, grade]
            foot -= count * unit
            opacity = shade[grade] if low <= year <= high else 0.35 * shade[grade]
            if count:
                drawn.append(
                    f'<rect x="{step * (year - strip.years.start):.2f}" y="{foot:.2f}" width="{0.76 * step:.2f}" '
                    f'height="{count * unit:.2f}" fill="#f4f1ea" fill-opacity="{opacity:.2f}"/>'
                )
    body = "".join(drawn)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>'
