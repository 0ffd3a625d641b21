"""Names of sources in the book's own words: who speaks, short form, full note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from without_recognition.citations import names, when
from without_recognition.data import dates

SIGNED = ("scholarship", "memoir", "opinion", "retrospective")  #: kinds that are known by their author
HEADLINE = 48  #: letters of a title that tell two sources apart


def byline(source: Mapping[str, str]) -> str:
    """Who speaks in a source, short: 'Dawn', 'Yegar', 'Associated Press'."""
    if source["author"] and source["kind"] in SIGNED:
        return _families(source["author"])
    return source["container"] or source["publisher"]


def short(source: Mapping[str, str]) -> str:
    """'Dawn, 1 September 2005'."""
    return f"{byline(source)}, {dates.since(source['written'] or source['issued'])}"


def full(source: Mapping[str, str], locator: str = "") -> str:
    """A note: author, title, where it stands, date, locator. Plain text, without a full stop."""
    authors = " and ".join(names.spoken(name) for name in names.people(source["author"]))
    title = source["title"] if source["title"].startswith("[") else f"“{source['title']}”"
    home = source["container"] or source["publisher"]
    time = dates.since(source["issued"])
    if source["written"]:
        time = f"{dates.since(source['written'])} (published {time})"
    return ", ".join(filter(None, [authors, title, home, time, locator]))


def author_year(source: Mapping[str, str]) -> str:
    """'Yegar 2007', 'Dawn 2005': author or publisher, and year of writing."""
    return f"{_families(source['author']) or source['publisher']} {year(source)}"


def year(source: Mapping[str, str]) -> str:
    """Year of writing where that differs, else of publication, in the form of `when.year`."""
    return when.year(source["written"] or source["issued"])


def _families(cell: str) -> str:
    """'Yegar', 'Levy and Scott-Clark', 'Voeten and others'."""
    people = names.people(cell)
    first = names.family(people[0]) if people else ""
    if len(people) > 2 or names.OTHERS in people[1:]:
        return f"{first} and others"
    return " and ".join(names.family(name) for name in people)


def briefs(sources: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """source_id -> `short`; where several have the same, their titles tell them apart."""
    rows = list(sources)
    had = Counter(map(short, rows))
    return {
        row["source_id"]: short(row) if had[short(row)] == 1 else f"{short(row)}, {_headline(row['title'])}"
        for row in rows
    }


def _headline(title: str) -> str:
    """The title, or its first words, in its quotation marks or brackets."""
    words = title.strip("[]").partition(": ")[0]
    cut = words if len(words) <= HEADLINE else words[:HEADLINE].rpartition(" ")[0].rstrip(",;") + " …"
    return f"[{cut}]" if title.startswith("[") else f"“{cut}”"
