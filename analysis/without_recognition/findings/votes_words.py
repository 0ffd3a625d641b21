"""The numbers of the chapter on votes and comparisons, as the prose shows them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from without_recognition import citations
from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.data.number_words import SMALL, counted, spelled
from without_recognition.findings.tables import of_series
from without_recognition.findings.votes import (
    EARLY,
    LAST,
    LATE,
    brought,
    by_kind,
    decompose,
    governments,
    hazards,
    ideal_gap,
    overlapping,
    peak,
    peers,
    pooled,
    record,
    spells,
    standing,
    subjects,
    unbroken,
)
from without_recognition.findings.words import NONE, count, out_of

if TYPE_CHECKING:
    import pandas as pd


def _share(above: int, below: int) -> str:
    return f"{100 * above / below:.0f} per cent of {below:,}"


def _subject(name: str, first: int, country: str = "ISR") -> str:
    r = subjects(country=country).set_index(["first", "subject"]).loc[(first, name)]
    return _share(int(r["alike"]), int(r["n_votes"]))


def _period(first: int, scope: str = "other", country: str = "ISR") -> str:
    return _share(*pooled(first, LAST[first], scope, country))


def _hazard(kind: str, first: int) -> str:
    r = hazards().set_index(["kind", "first"]).loc[(kind, first)]
    rate = f" ({r['rate']:.1f} in a hundred)" if r["events"] else ""
    return f"{_alone(r['events'])} in {r['state_years']:,} state-years{rate}"


def _kind(name: str) -> str:
    r = by_kind().set_index("kind").loc[name]
    return out_of(round(r["with_arabs"]), round(r["n_arab"]))


def _government(name: str) -> str:
    r = governments().set_index("government").loc[name]
    return out_of(int(r["with_arabs"]), int(r["n_arab"]))


def _decade(country: str, decade: int) -> str:
    r = peers().set_index(["country", "decade"]).loc[(country, decade)]
    return out_of(round(r["with_arabs"]), round(r["n_votes"]))


def _all_or(part: int, whole: int) -> str:
    return f"all {count(whole)}" if part == whole else out_of(part, whole)


def _departures() -> pd.DataFrame:
    return series.read("un-departures")


def _zero() -> str:
    """The measures of the bilateral record that are zero for Pakistan, in words."""
    t = series.read("bilateral")
    shown = t[t["measure"] != "alliances"]  # which is not drawn, and where India and Turkey have none either
    zero = shown.loc[(shown["country"] == "PAK") & (shown["value"].astype(float) == 0), "measure"]
    *first, last = sorted(m.split("_")[0] for m in zero)
    return f"{', '.join(first)} and {last}" if first else last


def _fall() -> dict[str, float]:
    return decompose(EARLY, LATE, series.read("un-subjects").query("subject != 'middle_east'"))


def _lower_subjects() -> str:
    """In how many subjects agreement with Israel was lower late than early."""
    t = subjects().pivot(index="subject", columns="first", values="share").drop("middle_east")
    return _all_or(int((t[LATE] < t[EARLY]).sum()), len(t))


def _alone(n: float) -> str:
    """What stands without its noun: in words up to ten, 'none'."""
    return spelled(int(n), NONE)


def _points(value: float) -> str:
    return f"{100 * abs(value):.0f} points"


def _year(h: History) -> int:
    return int(citations.metadata(h)["year"])


def _fewest(h: History) -> str:
    t = series.oic_by_year(_year(h))
    r = t.loc[(t["related"] / t["members"]).idxmin()]
    return f"{out_of(int(r['related']), int(r['members']))} in {r['year']}"


def _majority(h: History) -> str:
    """Whether ever more than half of the members had relations, in words."""
    t = series.oic_by_year(_year(h))
    t = t[2 * t["related"] > t["members"]]
    if t.empty:
        return "in no year"
    first, last = t["year"].min(), t["year"].max()
    if len(t) == last - first + 1 > 1:
        return f"in every year from {first} to {last}"
    return f"in {counted(len(t), 'year', words=SMALL)}, last in {last}"


NUMBERS: dict[str, Callable[[History], str]] = {
    "votes-departures": lambda h: _alone(len(series.read("un-departures"))),
    "votes-all": lambda h: f"{governments()['n_arab'].sum():,}",
    "votes-last-departure": lambda h: max(series.read("un-departures")["month"])[:4],
    "votes-unbroken": lambda h: f"{unbroken():,}",
    "votes-civilian": lambda h: _kind("civilian"),
    "votes-military": lambda h: _kind("military"),
    "votes-ayub": lambda h: _government("Ayub Khan"),
    "votes-founders": lambda h: _government("Jinnah to Noon"),
    "votes-zia": lambda h: _government("Zia"),
    "votes-musharraf": lambda h: _government("Musharraf"),
    "votes-with-usa": lambda h: _all_or(
        sum(r.PAK == r.USA for r in _departures().itertuples()), len(_departures())
    ),
    "votes-pak-1960s": lambda h: _decade("PAK", 1960),
    "votes-turkey-1960s": lambda h: _decade("TUR", 1960),
    "votes-iran-1960s": lambda h: _decade("IRN", 1960),
    "votes-indonesia-1960s": lambda h: _decade("IDN", 1960),
    "votes-india-2020s": lambda h: _decade("IND", 2020),
    "votes-pak-2020s": lambda h: _decade("PAK", 2020),
    "agree-early": lambda h: _period(EARLY),
    "agree-late": lambda h: _period(LATE),
    "agree-now": lambda h: _period(2020),
    "agree-early-egypt": lambda h: _period(EARLY, country="EGY"),
    "agree-early-usa": lambda h: _period(EARLY, country="USA"),
    "agree-cold-war-egypt": lambda h: _subject("cold_war", EARLY, "EGY"),
    "agree-other-early": lambda h: _subject("other", EARLY),
    "agree-early-me": lambda h: _period(EARLY, "middle_east"),
    "agree-africa-early": lambda h: _subject("southern_africa", EARLY),
    "agree-cold-war-early": lambda h: _subject("cold_war", EARLY),
    "agree-colonies-early": lambda h: _subject("colonies", EARLY),
    "agree-arms-early": lambda h: _subject("arms", EARLY),
    "agree-change": lambda h: _points(_fall()["change"]),
    "agree-mix": lambda h: (
        f"{'raised' if _fall()['mix'] > 0 else 'lowered'} agreement by {_points(_fall()['mix'])}"
    ),
    "agree-rates": lambda h: _points(_fall()["rates"]),
    "agree-lower-subjects": lambda h: _lower_subjects(),
    "ideal-gap-first": lambda h: f"{_gap(0):.1f}",
    "ideal-gap-last": lambda h: f"{_gap(-1):.1f}",
    "ideal-overlap": lambda h: _alone(len(overlapping())),
    "ideal-periods": lambda h: count(len(ideal_gap())),
    "oic-all": lambda h: _alone(standing()["all"]),
    "oic-related": lambda h: _alone(standing()["related"]),
    "oic-ever": lambda h: _alone(standing()["ever"]),
    "oic-lesser": lambda h: _alone(standing()["lesser"]),
    "oic-never": lambda h: _alone(standing()["never"]),
    "oic-brought": lambda h: _alone(len(brought())),
    "oic-without": lambda h: _alone(standing()["all"] - standing()["related"]),
    "oic-fewest": _fewest,
    "oic-majority": _majority,
    **{
        f"oic-{kind}-{first}": of_series(partial(_hazard, kind, first))
        for kind, years in (("begin", (1949, 1991, 2000, 2020)), ("break", (1972, 2000, 2020)))
        for first in years
    },
    "oic-break-elsewhere": lambda h: count(
        int(hazards().query("kind == 'break' and first != 1972")["events"].sum())
    ),
    "oic-lesser-closed-2000": lambda h: count(
        spells().query("type == 'lesser' and end >= 2000 and end <= 2004").shape[0]
    ),
    "news-peak-year": lambda h: str(peak()["year"]),
    "news-peak": lambda h: f"{peak()['count']:,}",
    "news-peak-share": lambda h: f"{100 * peak()['share']:.0f} per cent",
    "news-others": lambda h: f"{peak()['others']:.0f}",
    "news-ratio": lambda h: f"{peak()['count'] / peak()['others']:.0f}",
    "news-deeds-peak": lambda h: _alone(peak(kind="deeds")["count"]),
    "news-deeds-year": lambda h: str(peak(kind="deeds")["year"]),
    "news-deeds-all": lambda h: count(
        int(series.read("event-counts").query("country == 'PAK'")["deeds"].sum())
    ),
    "news-peak-india": lambda h: f"{_talk('IND'):,}",
    "trade-pak": lambda h: f"{record('trade', 'PAK'):.0f} million dollars",
    "trade-years-pak": lambda h: _alone(round(record("years_with_trade", "PAK"))),
    "trade-ind": lambda h: f"{record('trade', 'IND') / 1000:.0f} billion dollars",
    "trade-tur": lambda h: f"{record('trade', 'TUR') / 1000:.0f} billion dollars",
    "arms-ind": lambda h: _none(record("arms_from_israel", "IND")),
    "arms-tur": lambda h: _none(record("arms_from_israel", "TUR")),
    "arms-pak": lambda h: _none(record("arms_from_israel", "PAK")),
    "disputes-pak": lambda h: _none(record("disputes", "PAK")),
    "record-zero": lambda h: _zero(),
    "disputes-egy": lambda h: _none(record("disputes", "EGY")),
    "aid-pak": lambda h: _aid("PAK"),
    "aid-isr": lambda h: _aid("ISR"),
    "aid-egy": lambda h: _aid("EGY"),
    "aid-ind": lambda h: _aid("IND"),
    "polls": lambda h: _alone(len(series.read("polls"))),
    "polls-pakistan": lambda h: count(len(series.read("polls").query("country == 'Pakistan'"))),
}


def _gap(place: int) -> float:
    return float(ideal_gap()["gap"].iloc[place])


def _talk(country: str) -> int:
    t = series.read("event-counts")
    return int(t.loc[(t["country"] == country) & (t["year"] == peak()["year"]), "talk"].iloc[0])


def _none(value: float) -> str:
    return _alone(round(value))


def _aid(country: str) -> str:
    t = series.read("us-aid")
    return f"{t.loc[t['country'] == country, 'thousand_million_usd'].sum():.0f} billion dollars"
