"""The door for newcomers: what one import shows, what help says, and examples that run."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pydoc
import re

import pandas as pd
import pytest
import without_recognition
from conftest import ROOT, make_history
from without_recognition import (
    History,
    Rules,
    charts,
    compare,
    disputes,
    events,
    explain,
    load,
    propositions,
    without,
)
from without_recognition.data.messages import DatasetError, UnknownId

DOOR = ("load", "explain", "charts", "Rules", "events", "without", "compare")
ANALYSIS = ROOT / "analysis"
EXAMPLES = [  # every module that holds one
    ".".join(path.relative_to(ANALYSIS).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((ANALYSIS / "without_recognition").rglob("*.py"))
    if re.search(r"(?m)^\s*>>> ", path.read_text("utf-8"))
]


@pytest.mark.parametrize("module", EXAMPLES)
def test_examples_run(module: str) -> None:
    done = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert done.attempted and not done.failed


def public_methods() -> dict[str, object]:
    return {
        name: member
        for name, member in inspect.getmembers(History)
        if not name.startswith("_") and inspect.getdoc(member)
    }


def has_example(thing: object) -> bool:
    return ">>>" in (inspect.getdoc(thing) or "")


def test_everything_public_has_an_example() -> None:
    functions = {
        name: getattr(without_recognition, name) for name in without_recognition.__all__ if name != "charts"
    }
    drawn = {f"charts.{name}": getattr(charts, name) for name in charts.__all__}
    tables = {r for r in public_methods() if r in load()._tables}  # tables are data
    methods = {name: m for name, m in public_methods().items() if name not in tables}
    assert {n for n, thing in (functions | drawn | methods).items() if not has_example(thing)} == set()
    assert len(methods) > 15 and len(drawn) > 25
    assert "part" not in methods, "what is made from a part would be made of the whole, without a word"


def test_the_module_shows_its_names_and_nothing_else() -> None:
    shown = [name for name in dir(without_recognition) if not name.startswith("__")]
    assert shown == sorted(without_recognition.__all__) and set(DOOR) <= set(shown)
    assert "memo" not in dir(load())


def test_help_says_what_a_newcomer_needs() -> None:
    text = pydoc.plain(pydoc.render_doc(without_recognition))
    for wanted in (
        'history.search("handshake")',
        "load(folder",
        "explain(history",
        "compare(history",
        "without(",
        "Raises",
    ):
        assert wanted in text, wanted


def called(name: str):
    history = load()
    if name == "transmission":
        return charts.transmission(history, "1948-ben-gurion-telegram")
    if name == "rivals":
        return charts.rivals(history, "2005-istanbul-meeting", "initiator")
    return getattr(charts, name)(history)


def test_a_cell_of_a_table_is_no_list_and_its_name_is_none_of_pandas(book) -> None:
    """So that it can be filtered, asked for as `table.name`, and written as SQL, Parquet and CSV."""
    shown = {"events": events(book), "propositions": propositions(book), "disputes": disputes(book)}
    shown |= {name: called(name).data for name in charts.__all__ if name != "Figure"}
    shown |= {"compare": compare(book, book.without(sources="dahri-2016")), "network": book.network()}
    for name, table in shown.items():
        assert not {c for c in table if any(isinstance(v, list | tuple | set | dict) for v in table[c])}, name
    for name in ("events", "propositions", "disputes", "compare", "network"):
        assert {c for c in shown[name] if hasattr(pd.DataFrame, c)} == set(), name


@pytest.mark.parametrize("name", [n for n in charts.__all__ if n != "Figure"])
def test_every_column_behind_a_figure_is_described(name: str) -> None:
    told = set(re.findall(r"\w+", inspect.getdoc(getattr(charts, name)).partition(">>>")[0]))
    for column in called(name).data.columns:
        assert set(re.findall(r"\w+", column)) <= told, column


# --- a History in hand --------------------------------------------------------------------------
def test_a_history_shows_its_counts_and_what_is_left_out(book) -> None:
    assert re.fullmatch(
        r"<History of Without Recognition.*: \d+ events, [\d,]+ claims, [\d,]+ sources; version .*>",
        repr(book),
    )
    variant = book.without(sources="dahri-2016").chapter("telegram")
    assert "The Jinnah telegram" in repr(variant) and "without dahri-2016" in repr(variant)
    grades = events(variant)["grade"].value_counts()
    html = variant._repr_html_()
    assert f"events documented</th><td>{grades['documented']}</td>" in html and "without dahri-2016" in html
    assert f"<td>{len(variant.events)}</td>" in html


def test_names_of_things_are_escaped_for_a_notebook() -> None:
    history = make_history(
        sources=[{"source_id": "a"}],
        events=[{"event_id": "2005-x", "title": "<b>"}],
        claims=[{"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "a"}],
    )
    assert "<b>" not in history["2005-x"]._repr_html_() and "&lt;b&gt;" in history["2005-x"]._repr_html_()


def test_a_judgement_is_told_in_a_line_and_as_a_table(book) -> None:
    judgement = book.event("1947-jinnah-truman").judgement
    assert repr(judgement).startswith(
        "<Judgement 1947-jinnah-truman occurrence: documented (G1a), unchallenged (S1); "
    )
    html = judgement._repr_html_()
    assert html.count("<tr") == 1 + len(judgement.affirms + judgement.denies + judgement.doubts)


def test_an_event_by_its_id(book) -> None:
    event = book["2005-istanbul-meeting"]
    row = events(book).loc["2005-istanbul-meeting"]
    assert (event.title, event.grade, event.status) == (row["title"], row["grade"], row["status"])
    assert (event.earliest, event.latest) == (row["earliest"], row["latest"])
    lasting = book.event("1948-no-relations")
    assert lasting.latest is None and events(book).at[lasting.event_id, "latest"] is None
    assert lasting.earliest == events(book).at[lasting.event_id, "earliest"]
    assert set(event.claims["event_id"]) == {event.event_id} and event.judgements[0] == event.judgement
    assert event.title in repr(event) and event.title in str(event.explain())
    assert book["telegram"].slug == "telegram"
    with pytest.raises(
        UnknownId, match="unknown event '2005-istanbul-meting'; the nearest is '2005-istanbul-meeting'"
    ):
        book.event("2005-istanbul-meting")
    with pytest.raises(UnknownId, match="unknown event or chapter 'telegrm'; the nearest is 'telegram'"):
        book["telegrm"]
    assert {"telegram", "2005-istanbul-meeting"} <= set(book._ipython_key_completions_())


def test_an_event_of_which_nobody_speaks_is_not_graded() -> None:
    event = make_history(events=[{"event_id": "2005-x", "title": "X"}]).event("2005-x")
    assert (event.grade, event.status, event.judgement) == ("", "", None)
    assert repr(event) == "<Event 2005-x: X (2005); not graded>" and "grade" not in event._repr_html_()


def test_explanations_take_either_order(book) -> None:
    told = str(explain(book, "1947-jinnah-truman"))
    assert told == str(explain("1947-jinnah-truman", book)) == str(explain("1947-jinnah-truman"))
    assert "G1a: a record of the act itself was read" in told


def test_graded_events_have_bounds_and_no_year_9999() -> None:
    history = make_history(
        sources=[{"source_id": "a"}],
        events=[{"event_id": "2005-x", "date": "2005-09"}, {"event_id": "2006-y", "date": "2006/.."}],
        claims=[{"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "a"}],
    )
    table = history.graded()
    assert [str(d) for d in table.loc["2005-x", ["earliest", "latest"]]] == ["2005-09-01", "2005-09-30"]
    assert str(table.loc["2006-y", "earliest"]) == "2006-01-01" and table.loc["2006-y", "latest"] is None
    assert table.loc["2005-x", "grade"] == "attested" and table["grade"].isna().tolist() == [False, True]


def test_events_carry_grade_and_status(book) -> None:
    table, own = book.events, book.table("events")
    assert list(table) == [*own, "grade", "status"] and table[own.columns].equals(own)
    assert table["grade"].equals(book.graded()["grade"].fillna("")) and set(table["status"]) > {"disputed"}
    firm = book.where(grade="documented")
    assert set(firm.events["grade"]) == {"documented"} and len(firm.events) == sum(
        table["grade"] == "documented"
    )
    assert list(firm.table("events")) == list(own), "a chosen part keeps the columns of the file"
    weaker = book.without(kinds="primary_document")
    assert weaker.events["grade"].equals(weaker.graded()["grade"].fillna(""))
    assert not weaker.events["grade"].equals(book.events["grade"].reindex(weaker.events.index))


@pytest.mark.parametrize(
    "form", [pd.DataFrame, lambda table: table.to_dict("records"), lambda t: iter(t.to_dict("records"))]
)
def test_a_grade_is_given_back_as_it_was_or_refused(book, form) -> None:
    table = book.events.head(3)
    assert book.with_rows(events=form(table)) is book, "what alters nothing makes no variant"
    moved = table.assign(place="lahore")
    assert book.with_rows(events=form(moved)).variant.endswith("altered")
    for column, value in (("grade", "documented!"), ("status", "settled")):
        with pytest.raises(DatasetError, match=f"events: {column}: is computed from claims; leave it out"):
            book.with_rows(events=form(table.assign(**{column: value})))


@pytest.mark.parametrize("rows", [{"event_id": "2005-x"}, "x", 5, [3]])
def test_what_is_no_list_of_rows_is_refused_in_one_line(book, rows) -> None:
    with pytest.raises(TypeError, match="is no list of rows; write|is no row; write"):
        book.with_rows(events=rows)


def searched():
    return make_history(
        events=[
            {"event_id": "2005-b", "title": "A café in Rome", "summary": "They ate.", "date": "2005"},
            {
                "event_id": "2004-a",
                "title": "Tea",
                "summary": "They shook hands.",
                "date": "2004",
                "place": "tel-aviv",
            },
        ],
        actors=[{"actor_id": "zia", "name": "Zia ul-Haq", "variants": "Zia-ul-Haque; ضیاء الحق"}],
        participants=[{"event_id": "2005-b", "actor_id": "zia"}],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CAFE", {"2005-b": "title"}),
        ("shook tea", {"2004-a": "title, summary"}),
        ("zia ul haque", {"2005-b": "names"}),
        ("Ziaulhaq", {"2005-b": "names"}),
        ("ضیاء", {"2005-b": "names"}),
        ("Tel Aviv", {"2004-a": "place"}),
        ("cafe tea", {}),
        ("e", {"2004-a": "title, summary, place", "2005-b": "title, summary, names"}),
    ],
)
def test_search(text: str, found: dict[str, str]) -> None:
    assert searched().search(text)["found_in"].to_dict() == found
    assert list(searched().search(text).index) == list(found)


@pytest.mark.parametrize(("heard", "written"), [("Bengurion", "Ben-Gurion"), ("Mussharraf", "Musharraf")])
def test_a_search_knows_the_spellings_that_the_finder_knows(book, heard: str, written: str) -> None:
    found = set(book.search(heard).index)
    assert found and found <= set(book.search(written).index)


def test_a_search_for_nothing_is_told() -> None:
    with pytest.raises(ValueError, match="needs a word"):
        searched().search(" - ")


def test_the_network_has_an_edge_a_relay() -> None:
    told = [("a", "self"), ("b", "a"), ("c", "2005-x.2"), ("d", "gone")]
    history = make_history(
        sources=[
            {"source_id": s, "seen": "cited_only" if s == "gone" else "full"}
            for s in ("a", "b", "c", "d", "gone")
        ],
        events=[{"event_id": "2005-x"}],
        claims=[
            {"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": s, "origin": o}
            for n, (s, o) in enumerate(told, 1)
        ],
    )
    edges = history.network()
    assert edges[["teller", "origin", "claim_id", "read"]].values.tolist() == [
        ["b", "a", "2005-x.2", True],
        ["c", "b", "2005-x.3", True],
        ["d", "gone", "2005-x.4", False],
    ]
    assert history.chapter("istanbul").network().equals(edges) and history.chapter("zia").network().empty


def test_the_codebook_is_a_table(book) -> None:
    claims = book.codebook("claims")
    assert claims[claims["value"] == ""]["column"].tolist() == list(book.claims.columns)
    stance = claims[(claims["column"] == "stance") & (claims["value"] != "")]
    assert (
        stance["value"].tolist() == ["affirms", "denies", "doubts", "retracts"]
        and (stance["description"] != "").all()
    )
    assert set(book.codebook()["table"]) == set(book._tables)
    with pytest.raises(UnknownId, match="unknown table 'claim'; the nearest is 'claims'"):
        book.codebook("claim")


# --- what moved ---------------------------------------------------------------------------------
def told(*rows: tuple[str, str, str, str]):
    """Sources say `aspect` with `value`, in 2005; the letter of a source is its name's first."""
    return make_history(
        sources=[{"source_id": s, "reliability": s[0].upper(), "issued": "2005-02-01"} for s, *_ in rows],
        events=[{"event_id": "2005-x", "title": "X", "date": "2005-01"}],
        claims=[
            {
                "claim_id": f"2005-x.{n}",
                "event_id": "2005-x",
                "source_id": s,
                "aspect": a,
                "value": v,
                "stance": stance,
            }
            for n, (s, a, v, stance) in enumerate(rows, 1)
        ],
    )


def test_what_moved_is_told_a_proposition_a_row() -> None:
    history = told(
        ("c1", "occurrence", "", "affirms"),
        ("b1", "occurrence", "", "affirms"),
        ("b2", "place", "rome", "affirms"),
        ("c2", "place", "paris", "affirms"),
        ("c3", "motive", "trade", "affirms"),
    )
    other = history.without(sources=["b1", "b2", "c3"])
    moved = compare(history, other).set_index(["aspect", "value"]).drop(columns=["event_id", "of", "title"])
    assert moved.loc[("occurrence", ""), :].tolist() == [
        "corroborated",
        "attested",
        *["unchallenged"] * 2,
        True,
        True,
    ]
    assert moved.loc[("place", "rome"), :].tolist() == ["attested", "untold", "disputed", "", False, False]
    assert moved.loc[("place", "paris"), :].tolist() == [
        "attested",
        "attested",
        "disputed",
        "unchallenged",
        True,
        True,
    ]
    assert moved.loc[("motive", "trade"), :].tolist() == [
        "attested",
        "untold",
        "unchallenged",
        "",
        True,
        False,
    ]
    back = history.__class__.compare(other, history).set_index(["aspect", "value"])
    assert back.loc[("place", "rome"), ["grade_was", "grade_now"]].tolist() == ["untold", "attested"]


def test_a_date_that_nobody_claims_any_longer_is_not_followed() -> None:
    history = told(
        ("c1", "occurrence", "", "affirms"),
        ("c2", "date", "2005-01", "affirms"),
        ("c3", "date", "2006", "affirms"),
    )
    assert evidence_followed(history) == {"2005-01"} and evidence_followed(history.without(sources="c2")) == {
        "2006"
    }


def evidence_followed(history) -> set[str]:
    from without_recognition.evidence import followed

    return {value for _, aspect, _, value in followed(history) if aspect == "date"}


def test_chapters_are_compared_with_chapters(book) -> None:
    variant = book.without(sources="dahri-2016")
    whole, part = compare(book, variant), compare(book.chapter("telegram"), variant.chapter("telegram"))
    here = set(book.chapter("telegram").events.index)
    assert part.values.tolist() == whole[whole["event_id"].isin(here)].values.tolist() and len(part)
    assert len(compare(book, book.under(book.rules))) == 0
    assert len(disputes(variant)) <= len(disputes(book))


@pytest.mark.parametrize(
    ("narrow", "part"),
    [
        (lambda h: h.chapter("telegram"), "chapter telegram"),
        (lambda h: h.where(visibility="secret"), "the whole, visibility secret"),
    ],
)
def test_a_part_is_not_compared_with_the_whole(book, narrow, part: str) -> None:
    with pytest.raises(
        ValueError, match=f"two Histories of one extent, not {part} and the whole; narrow both"
    ):
        compare(narrow(book), book)
    with pytest.raises(
        ValueError, match=f"two Histories of one extent, not the whole and {part}; narrow both"
    ):
        compare(book, narrow(book))
    assert compare(narrow(book), narrow(book)).empty
    with pytest.raises(ValueError, match="not chapter telegram and chapter zia"):
        compare(book.chapter("telegram"), book.chapter("zia"))


def test_what_nobody_affirms_before_and_after_did_not_move() -> None:
    history = told(
        ("c1", "occurrence", "", "affirms"),
        ("c2", "motive", "trade", "denies"),
        ("b1", "motive", "trade", "denies"),
        ("c3", "motive", "peace", "denies"),
    )
    assert compare(history, history.without(sources=["b1", "c3"])).empty


@pytest.mark.parametrize(
    "given",
    [{"near": "183"}, {"near": None}, {"near": 1.5}, {"near": float("nan")}, {"near": True}, {"late": [1]},
     {"army_apart": "yes"}, {"army_apart": 1}, {"contemporary": -1}],
)  # fmt: skip
def test_rules_take_days_and_answers_and_nothing_else(given: dict) -> None:
    with pytest.raises((TypeError, ValueError), match=f"Rules: {next(iter(given))} takes "):
        Rules(**given)


@pytest.mark.parametrize("given", [3, "x", None, pd.DataFrame({"a": [1]})])
@pytest.mark.parametrize("function", [events, disputes, propositions, without, compare])
def test_what_is_no_history_is_told_in_one_sentence(book, function, given) -> None:
    name = function.__name__.replace("graded", "events").replace("disputed", "disputes")
    told = rf"{name}\(\) takes a History, such as load\(\) returns, not [^\n]+ \({type(given).__name__}\)"
    with pytest.raises(TypeError) as raised:
        function(*((given, book) if function is compare else (given,)))
    assert re.fullmatch(told, str(raised.value))
    with pytest.raises(TypeError, match="compare.. takes a History, such as load.. returns, not "):
        compare(book, given)


def test_an_explanation_without_a_history_is_told() -> None:
    with pytest.raises(TypeError, match="explain.. takes a History, such as load.. returns, not 4 .int."):
        explain(3, 4)


@pytest.mark.parametrize("ask", [explain, lambda h: explain(None, h), lambda h: explain(h, None)])
def test_an_explanation_without_an_event_is_told(book, ask) -> None:
    with pytest.raises(
        TypeError, match=r"^explain\(\) takes the id of an event too; write explain\(history, [^\n]+\)$"
    ):
        ask(book)


def test_help_names_the_columns_of_propositions() -> None:
    told = " ".join(inspect.getdoc(propositions).split())
    columns = propositions(make_history()).columns
    assert {c for c in columns if not re.search(rf"\b{c}\b", told)} == set() and "COLUMNS" not in told


@pytest.mark.parametrize("function", [events, propositions])
def test_what_is_no_rules_is_told_in_one_sentence(book, function) -> None:
    with pytest.raises(TypeError, match=r"\(\) takes Rules, such as Rules\(near=183\), not 183 \(int\)"):
        function(book, 183)


def test_what_is_no_id_no_row_no_word_and_no_folder_is_told(book) -> None:
    for sources in (5, float("nan")):
        with pytest.raises(TypeError, match="neither a text nor a list of texts; write sources="):
            book.without(sources=sources)
    for rows in (5, "x", {"source_id": "dahri-2016"}):
        with pytest.raises(TypeError, match="no list of rows; write sources="):
            book.with_rows(sources=rows)
    with pytest.raises(TypeError, match="5 is no row; write"):
        book.with_rows(sources=[5])
    for text in (None, 5, "", "*"):
        with pytest.raises(ValueError, match="needs a word"):
            book.search(text)
    for folder in ("", {}):  # not the book's own data instead
        with pytest.raises((TypeError, ValueError)):
            load(folder)
