"""The numbers of the chapter on the General Debate, as the prose shows them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from without_recognition.data import series
from without_recognition.data.dataset import History
from without_recognition.findings import general_debate as debate
from without_recognition.findings.general_debate import NAMES, SILENT, SPEAKS
from without_recognition.findings.tables import of_series
from without_recognition.findings.words import count, out_of

UNNAMED = frozenset({SPEAKS, SILENT})


def _whole(country: str) -> int:
    t = debate.speeches()
    return int((t["country"] == country).sum())


def _kind(kind: str) -> str:
    return count(len(debate.years("PAK", kind)))


def span(first: int, last: int) -> str:
    """'1957 to 1965', '1994'."""
    return str(first) if first == last else f"{first} to {last}"


def _run(country: str, kinds: frozenset[str]) -> str:
    """'nine years, 1957 to 1965'."""
    r = debate.runs(country, set(kinds)).iloc[0]
    return f"{count(int(r['years']))} years, {span(int(r['first']), int(r['last']))}"


def _after_the_run() -> int:
    """The first year after the longest run of naming."""
    return int(debate.runs("PAK", {NAMES}).at[0, "last"]) + 1


def _before_the_run() -> int:
    return int(debate.runs("PAK", {NAMES}).at[0, "first"]) - 1


def _late() -> list[int]:
    after = _after_the_run()
    return [y for y in debate.years("PAK", NAMES) if y >= after]


def _ends() -> tuple[int, int]:
    """The first and the last year of which Pakistan's text was read whole."""
    t = debate.speeches().query("country == 'PAK'")["year"]
    return int(t.min()), int(t.max())


def _era(name: str) -> tuple[int, int]:
    """Years before, in and after the longest run of naming: early, middle, late."""
    return {
        "early": (_ends()[0], _before_the_run()),
        "middle": (_before_the_run() + 1, _after_the_run() - 1),
        "late": (_after_the_run(), _ends()[1]),
    }[name]


def _share(country: str, era: str) -> str:
    """'24 of 29' in an era; of ALL in per cent."""
    named, all_of_them = debate.naming(country, *_era(era))
    return f"{100 * named / all_of_them:.0f} per cent" if country == "ALL" else out_of(named, all_of_them)


def _recognition(slug: str) -> list[int]:
    t = debate.recognition()
    found: list[int] = t.loc[t["recognition"] == slug, "year"].to_list()
    return found


def _years(found: list[int]) -> str:
    """'1977, 2003 and 2004'."""
    *most, last = map(str, found)
    return f"{', '.join(most)} and {last}" if most else last


def _matches(stem: str) -> str:
    t = series.read("general-debate-mentions")
    return count(int(t.loc[t["country"] == "PAK", stem].sum()))


def _most_often() -> int:
    """Matches of israel in the speech of Pakistan that has most."""
    return int(series.read("general-debate-mentions").query("country == 'PAK'")["israel"].max())


def _tone(name: str) -> str:
    return count(int(debate.tones()[name]))


def _conditions(slug: str) -> str:
    return count(len(debate.listed("condition", slug)))


NUMBERS: dict[str, Callable[[History], str]] = {
    "debate-speeches-pak": lambda h: count(_whole("PAK")),
    "debate-speeches-isr": lambda h: count(_whole("ISR")),
    "debate-excerpts": lambda h: count(len(debate.speeches(whole=False)) - len(debate.speeches())),
    "debate-named": lambda h: _kind(NAMES),
    "debate-spoken": lambda h: _kind(SPEAKS),
    "debate-silent": lambda h: _kind(SILENT),
    "debate-not-silent": lambda h: count(_whole("PAK") - len(debate.years("PAK", SILENT))),
    "debate-run-named": lambda h: _run("PAK", frozenset({NAMES})),
    "debate-run-unnamed": lambda h: _run("PAK", UNNAMED),
    "debate-run-silent": lambda h: _run("PAK", frozenset({SILENT})),
    "debate-late-named": lambda h: out_of(len(_late()), _ends()[1] - _after_the_run() + 1),
    "debate-until": lambda h: str(_ends()[1]),
    "debate-since": lambda h: str(_after_the_run()),
    "debate-most": lambda h: count(_most_often()),
    "debate-recognition-none": lambda h: count(_whole("PAK") - len(debate.recognition())),
    "debate-recognition": lambda h: count(len(debate.recognition())),
    "debate-refuses": lambda h: _years(_recognition("refuses")),
    "debate-withdraw": lambda h: _years(_recognition("calls-for-withdrawal-of-recognition")),
    "debate-accepts-first": lambda h: str(_recognition("accepts-all-states-right")[0]),
    "debate-accepts-last": lambda h: str(_recognition("accepts-all-states-right")[-1]),
    "debate-two-states-first": lambda h: str(min(debate.listed("demands", "two-states"))),
    "debate-conditional": lambda h: _years(_recognition("conditional")),
    **{
        f"debate-{name}": of_series(partial(_conditions, slug))
        for name, slug in (
            ("withdrawal", "withdrawal-1967"),
            ("jerusalem", "jerusalem"),
            ("state", "palestinian-state"),
        )
    },
    "debate-return-last": lambda h: str(max(debate.listed("demands", "right-of-return"))),
    **{f"debate-{name}": of_series(partial(_tone, name)) for name in ("neutral", "critical", "denunciation")},
    "debate-zionism": lambda h: _matches("zionis"),
    "debate-irn-zionist": lambda h: out_of(*debate.zionist_instead("IRN", *_era("late"))),
    "debate-isr-names": lambda h: out_of(len(debate.years("ISR", NAMES)), _whole("ISR")),
    "debate-isr-run": lambda h: _run("ISR", frozenset({SILENT})),
    **{
        f"debate-{country.lower()}-{era}": of_series(partial(_share, country, era))
        for era, countries in (
            ("early", ("PAK", "EGY", "SAU", "ALL")),
            ("middle", ("PAK", "ALL")),
            ("late", debate.COMPARED),
        )
        for country in countries
    },
}
