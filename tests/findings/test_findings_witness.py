"""Who says so: every measure on a miniature worked by hand, and the marks of the miniature's figures."""

from __future__ import annotations

import re

import pytest
from conftest import make_history
from without_recognition import charts
from without_recognition.findings import witness

CHARTS = (
    charts.echo_by_group,
    charts.firm_by_group,
    charts.whose_word,
    charts.reliability_check,
    charts.without_one_author,
)


def small():
    """Two events. x: a told by a paper and a rival, relayed by two blogs of one author. y: told by his blog alone."""
    claims = [
        ("2005-x", "paper", "self", "reported"),
        ("2005-x", "rival", "self", "reported"),
        ("2005-x", "blog", "paper", "reported"),
        ("2005-x", "blog-2", "self", "hearsay"),
        ("1995-y", "blog", "self", "hearsay"),
        ("1995-y", "fan", "blog", "hearsay"),
    ]
    return make_history(
        sources=[
            {"source_id": "paper", "issued": "2005-01-02", "perspective": "pakistani", "reliability": "B"},
            {"source_id": "rival", "issued": "2005-01-03", "perspective": "israeli"},
            {"source_id": "blog", "issued": "2016", "author": "Doe, Jo", "reliability": "D"},
            {"source_id": "blog-2", "issued": "2017", "author": "Doe, Jo"},
            {"source_id": "fan", "issued": "2018"},
        ],
        events=[
            {"event_id": "2005-x", "date": "2005-01-01"},
            {"event_id": "1995-y", "date": "1995", "channel": "intelligence"},
        ],
        claims=[
            {"claim_id": f"{e}.{n}", "event_id": e, "source_id": s, "origin": o, "basis": b}
            for n, (e, s, o, b) in enumerate(claims, 1)
        ],
    )


def test_echo_is_mentions_for_a_line() -> None:
    t = witness.echo(small()).iloc[0]
    assert (t["events"], t["mentions"], t["lines"], t["echo"]) == (2, 6, 2, 3)
    by = witness.echo(small(), by="channel")
    assert by[["group", "mentions", "lines"]].values.tolist() == [["diplomatic", 4, 2]]  # no line, no ratio


def test_what_is_firm() -> None:
    t = witness.firm(small(), by="channel").set_index("group")
    assert t[["n", "firm"]].values.tolist() == [[1, 1], [1, 0]]  # two papers of the day; a blog's hearsay
    assert list(witness.firm(small(), by="channel").columns) == ["group", "n", "firm", "share"]


def test_unnamed_informants_among_others_and_alone() -> None:
    h = make_history(
        sources=[{"source_id": s} for s in "ab"],
        events=[{"event_id": f"2005-{e}"} for e in "xyz"],
        claims=[
            {"claim_id": f"2005-{e}.{n}", "event_id": f"2005-{e}", "source_id": s, "basis": b}
            for e, n, s, b in [
                ("x", 1, "a", "anonymous"),
                ("x", 2, "b", "reported"),
                ("y", 1, "a", "anonymous"),
                ("z", 1, "a", "reported"),
            ]
        ],
    )
    t = witness.anonymous(h).iloc[0]
    assert (t["n"], t["anonymous"], t["only"]) == (3, 2, 1)


def test_whose_word_counts_each_witness_once() -> None:
    t = witness.origins(small())
    assert t[["channel", "side", "lines", "share"]].values.tolist() == [
        ["diplomatic", "israeli", 1, 0.5],
        ["diplomatic", "pakistani", 1, 0.5],
    ]


def test_two_papers_of_one_text_are_one_line_of_one_side() -> None:
    told = {
        "sources": [{"source_id": s} for s in "ab"],
        "events": [{"event_id": "2005-x"}],
        "claims": [{"claim_id": f"2005-x.{s}", "event_id": "2005-x", "source_id": s} for s in "ab"],
    }
    one = [{"source_a": "a", "source_b": "b", "extent": "most", "words": "own", "how": "read"}]
    assert witness.origins(make_history(**told))["lines"].sum() == 2
    h = make_history(**told, texts=one)
    assert witness.origins(h)["lines"].sum() == witness.echo(h)["lines"].sum() == 1


def test_hardening_compares_only_what_was_read() -> None:
    h = make_history(
        sources=[{"source_id": s} for s in "abc"] + [{"source_id": "lost", "seen": "cited_only"}],
        events=[{"event_id": "2005-x"}, {"event_id": "2005-y"}],
        claims=[
            {"claim_id": f"{e}.{n}", "event_id": e, "source_id": s, "origin": o, "basis": b, "stance": st}
            for n, (e, s, o, b, st) in enumerate(
                [
                    ("2005-x", "a", "self", "anonymous", "affirms"),
                    ("2005-x", "b", "a", "official", "affirms"),
                    ("2005-x", "c", "lost", "reported", "affirms"),
                    ("2005-y", "a", "self", "reported", "doubts"),
                    ("2005-y", "c", "a", "hearsay", "affirms"),
                ],
                1,
            )
        ],
    )
    assert witness.hardening(h) == witness.Hardening(
        relays=3, unread=1, compared=2, other_stance=1, firmer=1, weaker=1
    )


def test_a_source_does_not_confirm_itself() -> None:
    t = witness.reliability(small()).set_index("letter")
    # B, the paper: without it and the blog on it, the rival and a hearsay are no firm story
    assert t.loc["B", ["tellings", "told", "firm"]].tolist() == [1, 1, 0]
    # D, the blog: the papers carry x without it; of y only the fan is left, who rests on the blog
    assert t.loc["D", ["tellings", "told", "firm"]].tolist() == [2, 1, 1]


def test_the_most_prolific_hand_is_found_and_taken_away() -> None:
    h = small()
    assert witness.prolific(h).iloc[0][["hand", "sources", "claims"]].tolist() == ["Doe, Jo", 2, 3]
    t = witness.without(h)
    assert t["without"].to_dict() == {
        "2005-x": "corroborated",
        "1995-y": witness.UNTOLD,
    }  # the fan goes with him
    assert witness.moves(h).values.tolist() == [["corroborated", "corroborated", 1], ["alleged", "untold", 1]]
    assert witness.without(h, "nobody").empty


def test_sources_of_one_group_are_one_hand() -> None:
    assert witness.hand({"independence_group": "wire", "author": "Doe, Jo"}) == "wire"


def test_regrading_without_nobody_changes_nothing(book) -> None:
    grades = witness.occurrences(book)["grade"]
    assert witness.regraded(book, lambda row: False).to_dict() == grades.to_dict()


# --- figures ------------------------------------------------------------------------------------
def test_the_matrix_of_grades_has_the_marks_of_the_table() -> None:
    figure = charts.without_one_author(small())
    assert sorted(re.findall(r'id="cell:([^"]+)"', figure.svg)) == [
        "alleged:goes",
        "corroborated:stays",
    ]
    grades = figure.data[figure.data["part"] == "grades"]
    assert grades[["grade", "without", "events"]].values.tolist() == witness.moves(small()).values.tolist()
    assert "Told by nobody else: 1 of 2 events" in figure.alt


def test_the_matrix_of_witnesses_has_a_disc_a_cell() -> None:
    figure = charts.whose_word(small())
    assert sorted(re.findall(r'id="cell:([^"]+)"', figure.svg)) == [
        "diplomatic:israeli",
        "diplomatic:pakistani",
    ]


def test_one_row_a_group_in_the_figure_of_echo() -> None:
    assert re.findall(r'id="row:([^"]+)"', charts.echo_by_group(small()).svg) == ["diplomatic", "2000s"]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("history", [make_history(), small()], ids=["empty", "small"])
def test_the_bad_cases_draw(chart, history) -> None:
    figure = chart(history)
    assert "<svg" in figure.svg and re.search(r"\d", figure.alt) and "nan" not in figure.alt


@pytest.mark.parametrize("chart", CHARTS)
def test_the_book_draws_twice_the_same_in_the_palette(book, chart) -> None:
    figure = chart(book)
    assert figure.svg == chart(book).svg and 20 < len(figure.alt) < 300 and figure.description
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*charts.style.PALETTE.values(), "#ffffff"}
