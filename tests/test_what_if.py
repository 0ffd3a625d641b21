"""Run All in a variant: the cells that name an event, a source or a publisher run, whatever is left out,
and say what is gone."""

from __future__ import annotations

import ast
import re

import pytest
import without_recognition
from conftest import ROOT
from without_recognition import charts, explain
from without_recognition.charts import Figure
from without_recognition.data.messages import UnknownId
from without_recognition.evidence.explanation import GONE

BOOK = ROOT / "book"
CELL = re.compile(r"(?ms)^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*(.*?)^```$")
PAGES = {
    path.relative_to(BOOK).as_posix(): cells
    for path in (*sorted(BOOK.glob("*.md")), *sorted((BOOK / "findings").glob("*.md")))
    if (cells := CELL.findall(path.read_text("utf-8")))
} | {"reference/questions.md": CELL.findall((BOOK / "reference" / "questions.md").read_text("utf-8"))}
EXAMPLE = re.compile(r"\{[^{}]+\}")
LEFT_OUT, CUT_OFFS = (
    [ast.literal_eval(found) for found in EXAMPLE.findall(line.partition("#")[2])]
    for line in PAGES["telegram.md"][0].splitlines()[1:3]
)
#: a cell that can ask for what is gone
NAMES = re.compile(r'"\d{4}-|(sources|publishers|perspectives|authors)="|second_coder\(')
TARAR = "1998-tarar-weizman"  #: only Israeli papers tell of it


def shown(cells: list[str]) -> list[object]:
    """What the cells of a page show, run one after another as a notebook runs them; others name nothing that can go."""
    names, out = {}, []
    for code in cells:
        *lines, last = ast.parse(code).body
        if isinstance(last, ast.Expr) and not NAMES.search(code):
            continue
        if not isinstance(last, ast.Expr):
            lines, (last,) = [*lines, last], ast.parse("None").body
        exec(compile(ast.Module(lines, []), "cell", "exec"), names)
        out.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    return out


def test_the_pages_name_their_own_examples() -> None:
    assert len(PAGES) > 15 and [*LEFT_OUT, *CUT_OFFS] == [
        {"sources": "dahri-2016"},
        {"publishers": ["Dawn"]},
        {"perspectives": "israeli"},
        {"near": 183},
        {"contemporary": 7},
    ]
    for page, (parameters, *_) in PAGES.items():
        assert page == "reference/questions.md" or parameters == PAGES["telegram.md"][0]


@pytest.mark.parametrize("left_out", LEFT_OUT[1:], ids=str)
def test_all_cells_run_where_something_is_left_out(book, monkeypatch, left_out) -> None:
    """`load()` gives the variant, which the cells make for themselves elsewhere: it is weighed once for all pages."""
    variant = book.without(**left_out)
    monkeypatch.setattr(without_recognition, "load", lambda: variant)
    made = {page: shown(cells) for page, cells in PAGES.items()}
    figures = [each for page in made.values() for each in page if isinstance(each, Figure)]
    assert len(figures) > 12 and all(variant.variant in figure.citation for figure in figures)
    if left_out == {"perspectives": "israeli"}:
        explained = [str(each) for each in made["bhutto.md"] if TARAR in repr(getattr(each, "event_id", ""))]
        assert explained and all(variant.variant in text and GONE in text for text in explained)


def test_the_first_cell_makes_the_variant() -> None:
    first, second, *_ = PAGES["bhutto.md"]
    names: dict[str, object] = {}
    exec(first.replace("leave_out = {}", f"leave_out = {LEFT_OUT[2]}"), names)
    exec(second, names)
    assert names["chapter"].variant.endswith("without perspective israeli")


# --- an event that nobody tells any longer ------------------------------------------------------
@pytest.fixture(scope="module")
def less(book):
    return book.without(perspectives="israeli")


def test_it_is_explained_in_plain_words(less) -> None:
    told, short = (
        explain(less.chapter("bhutto"), TARAR),
        explain(less, TARAR)._repr_markdown_(),
    )
    assert str(told).startswith(f"[{less.variant}]\nPresident Tarar") and str(told).endswith(f"\n{GONE}")
    assert told.judgements == []
    assert "nobody tells of it any longer in this variant." in short and f"*V{less.variant[1:]}.*" in short


@pytest.mark.parametrize("words", [(), ("date",), ("initiator",)])
def test_its_figure_says_so(book, less, words) -> None:
    ask = charts.rivals if words else charts.transmission
    figure = ask(less.chapter("bhutto"), TARAR, *words)
    assert GONE in figure.caption and less.variant[1:] in figure.caption and GONE in figure.alt
    assert figure.title.startswith("President Tarar and President Weizman") and "<svg" in figure.svg
    assert "-".join([ask.__name__, TARAR, *words]) in figure.key and "<svg" in figure.narrow


@pytest.mark.parametrize(("words", "near"), [(("dat",), "date"), (("place", "ankara"), "place")])
def test_a_misspelt_aspect_of_it_is_refused(less, words, near) -> None:
    told = f"unknown aspect of {TARAR} '{' '.join(words)}'; the nearest is '{near}'"
    with pytest.raises(UnknownId, match=re.escape(told)):
        charts.rivals(less, TARAR, *words)


def test_an_aspect_that_nobody_tells_any_longer_too(book) -> None:
    told = book.claims.query("event_id == '2005-istanbul-meeting' and aspect == 'initiator'")
    less = book.without(sources=told["source_id"].unique())
    assert "2005-istanbul-meeting" in less.events.index
    assert GONE in charts.rivals(less, "2005-istanbul-meeting", "initiator").caption
    for wrong in ("initiatr", "weapon"):
        with pytest.raises(UnknownId, match=f"unknown aspect of 2005-istanbul-meeting '{wrong}'"):
            charts.rivals(less, "2005-istanbul-meeting", wrong)


@pytest.mark.parametrize(
    "ask",
    [
        lambda h, e: h.event(e),
        lambda h, e: h.chapter("bhutto").event(e),
        lambda h, e: h[e],
        lambda h, e: without_recognition.evidence.lookup.Lookup.of(h).event(e),
    ],
)
def test_what_still_refuses_it_says_where_it_is(less, ask) -> None:
    with pytest.raises(UnknownId) as caught:
        ask(less, TARAR)
    assert str(caught.value).endswith(f"'{TARAR}': the edition has it; in this variant nobody tells of it")
    with pytest.raises(UnknownId, match=f"'{TARAR}s'; the nearest is '"):
        ask(less, f"{TARAR}s")


@pytest.mark.parametrize("ask", [explain, charts.transmission, lambda h, e: charts.rivals(h, e, "date")])
def test_a_wrong_id_is_wrong_in_a_variant_too(less, ask) -> None:
    with pytest.raises(UnknownId, match="unknown event '1998-tarar-weizmann'; the nearest is '"):
        ask(less, "1998-tarar-weizmann")


# --- what is left out already -------------------------------------------------------------------
@pytest.mark.parametrize("ways", LEFT_OUT, ids=str)
def test_what_is_left_out_already_changes_nothing(book, ways) -> None:
    once = book.without(**ways)
    assert once.without(**ways) is once
    assert once.chapter("zia").without(**ways) is once.chapter("zia")
    assert once.only(**ways).claims.empty, "of what is left none is of that kind"
    with pytest.raises(UnknownId, match="unknown publisher 'Down'; the nearest is 'Da"):
        book.without(sources="dahri-2016").without(publishers="Down")


def test_a_variant_knows_the_edition(book, less) -> None:
    assert book.edition is book and book.chapter("zia").edition is book
    assert less.under(without_recognition.Rules(near=7)).chapter("zia").edition is book


def test_the_second_coder_of_the_book_reads_a_variant_too(book, less) -> None:
    """Of the texts that both coded, those that the variant has left."""
    whole, narrowed = book.second_coder(), less.second_coder()
    assert "texts as coder b read them" in narrowed.variant and less.variant in narrowed.variant
    assert set(narrowed.claims["source_id"]) <= set(less.sources.index)
    assert len(without_recognition.compare(less, narrowed)) < len(without_recognition.compare(book, whole))
