"""Rules for the words of Part I: evidence in every paragraph, no typed numbers, care with living people."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from conftest import ROOT
from without_recognition.press.lint import pages, prose

BOOK = ROOT / "book"
CHAPTERS = sorted(p for p in BOOK.glob("*.md") if p.stem not in ("intro", "explorer"))
ROLE = prose.ROLE
DENIAL = re.compile(
    r"\bden(y|ies|ied|ial|ials|ying)\b|\brejects?\b|\brejected\b|no (reply|answer)\b|never took place|\brefus",
    re.I,
)
FEWEST_WORDS = 2000
NARRATIVE = 12  #: words; a shorter paragraph leads on to what stands below it
TIMELESS = (
    78  #: narrative paragraphs without a date, as the chapters were on 30 November 2026; may fall, not rise
)


def blocks(text: str) -> list[tuple[str, str]]:
    """(kind, paragraph) of a chapter's prose."""
    return [(paragraph.kind, paragraph.text) for paragraph in prose.paragraphs(text)]


def test_the_reader_of_blocks_sees_what_it_should() -> None:
    text = (
        "---\na: 1\n---\n# Head\n\n(label)=\nOne {event}`e`.\nStill one.\n\n```{code-cell}\nx = 1\n```\n\n"
        ":::{commentary}\nOurs.\n:::\n\nTwo.\n"
    )
    assert blocks(text) == [
        ("prose", "One {event}`e`. Still one."),
        ("commentary", "Ours."),
        ("prose", "Two."),
    ]


def one_call_each(text: str, *last: str) -> list[str]:
    """The calls of a page behind its first two cells, which make the History and, of a chapter, `last`."""
    cells = re.findall(r"```\{code-cell\}[^\n]*\n(.*?)```", text, re.S)
    lines = [[x for x in c.splitlines() if x and not x.startswith((":", "#"))] for c in cells]
    assert [line.partition(" = ")[0] for line in lines[0]] == ["leave_out", "cut_offs"]
    assert lines[1] == [
        "from without_recognition import Rules, charts, compare, events, explain, load, tell, without",
        "history = load().without(**leave_out).under(Rules(**cut_offs))",
        *last,
    ]
    assert all(len(c) == 1 for c in lines[2:]), lines
    tags = re.findall(r"^:tags: (.*)$", text, re.M)
    assert tags[:2] == ["[parameters, remove-input]", "[remove-input]"]
    assert set(tags[2:]) <= {"[hide-input]", "[table]", "[hermeneutics]"}, "no cell may fail or be skipped"
    return [call for (call,) in lines[2:]]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda p: p.stem)
class TestChapter:
    def test_evidence_in_every_paragraph_no_typed_numbers_short_quotations(self, chapter) -> None:
        names = prose.glossary_names(BOOK)
        assert list(prose.faults(chapter.read_text("utf-8"), names, of_chapter=True)) == []

    def test_an_allegation_about_the_living_comes_with_grade_and_denial(self, chapter, book) -> None:
        sensitive = set(book.events[book.events["sensitive"] != ""].index)
        frame = set(book.events[book.events["channel"] == "context"].index)  # has no grade to give
        prose = [p for _, p in blocks(chapter.read_text("utf-8"))]
        lacking, told = [], set()
        for n, paragraph in enumerate(prose):  # at its first mention; what follows may refer back to it
            named = {
                e
                for _, spec in ROLE.findall(paragraph)
                for e in spec.replace("<", " ").replace(">", " ").split()[-1:]
                if e in sensitive
            } - told
            near = " ".join(prose[max(0, n - 1) : n + 2])
            told |= named
            lacking += [
                f"{event}: {paragraph[:60]}"
                for event in sorted(named)
                if not (event in frame or re.search(r"\{grade\}`" + re.escape(event), near))
                or not DENIAL.search(near)
            ]
        assert lacking == [], "give the grade of the event and the denial (or: no reply was found) beside it"

    def test_it_has_the_form_of_a_chapter(self, chapter) -> None:
        text = chapter.read_text("utf-8")
        slug = chapter.stem
        for needed in (
            f"{{chapter-box}} {slug}",
            f"{{disputes}} {slug}",
            f"{{searches}} {slug}",
            f"{{reading}} {slug}",
            f"{{cite-chapter}} {slug}",
            "charts.timeline(chapter)",
        ):
            assert needed in text, needed
        assert len(re.findall(r"^charts\.", text, re.M)) >= 3
        words = sum(len(prose.bare(p).split()) for _, p in blocks(text))
        assert words >= FEWEST_WORDS, words

    def test_a_cell_is_one_call(self, chapter) -> None:
        text = chapter.read_text("utf-8")
        calls = one_call_each(text, f'chapter = history.chapter("{chapter.stem}")')
        kinds = [text.count(f":tags: [{tag}]") for tag in ("hide-input", "table", "hermeneutics")]
        assert all(kinds) and sum(kinds) == len(calls)

    def test_it_explains_its_crux_and_ends_with_another_rule(self, chapter) -> None:
        text = chapter.read_text("utf-8")
        (crux,) = re.findall(r'^explain\(history, "([\w-]+)"\)$', text, re.M)
        assert crux in text.partition("explain(")[0], "the chapter speaks of it before it explains it"
        tried = re.findall(r":tags: \[hermeneutics\]\n# .*\n(.*)\n```", text)
        assert len(tried) == 2 and "Rules(" in tried[0] and "without(" in tried[1]
        assert text.index(tried[-1]) > text.index("## Summary") > text.index(crux)


def sign(role: str, spec: str) -> tuple[str, ...]:
    """What the sign behind a role is of; that of an event is one, whether a role tells it or its grade."""
    words = spec.rpartition("<")[2].rstrip(">").split()
    return ("event", *words) if role == "event" or (role == "grade" and len(words) == 1) else (role, *words)


def doubled(text: str) -> list[str]:
    """Signs that stand behind themselves, with nothing or a stop between."""
    roles = list(ROLE.finditer(text))
    return [
        two[0]
        for one, two in pairwise(roles)
        if sign(one[1], one[2]) == sign(two[1], two[2])
        and not re.search(r"\w", text[one.end() : two.start()])
    ]


def test_no_sign_stands_twice_running() -> None:
    assert doubled("It is {grade}`a` {event}`a`.") and doubled("{event}`so <a>`, {event}`a`.")
    assert not doubled("It is {grade}`a` {src}`b` {event}`a`.") and not doubled("{date}`a` {event}`a`.")
    assert not doubled("It is {grade}`a count x` {event}`a`.") and not doubled(
        "{grade}`a`, so they say {event}`a`."
    )
    pages = {p: prose.paragraphs(p.read_text("utf-8")) for p in sorted(BOOK.rglob("*.md"))}
    found = {p.name: [two for par in pars for two in doubled(par.text)] for p, pars in pages.items()}
    assert {name: signs for name, signs in found.items() if signs} == {}


def timeless(text: str) -> list[str]:
    """Narrative paragraphs of a chapter that say no time: no year, and no role that dates an event.

    Narrative is prose of twelve words or more, before the summary; no list, no commentary, nothing generated.
    """
    told = [p.text for p in prose.paragraphs(text.partition("\n## Summary")[0]) if p.kind == "prose"]
    return [
        p
        for p in told
        if not p.startswith("* ")
        and len(prose.bare(p).split()) >= NARRATIVE
        and not {"date", "Date", "day"} & {role for role, _ in ROLE.findall(p)}
        and not re.search(r"\b(1[89]|20)\d\d\b", prose.bare(p))
    ]


def test_what_is_told_says_when() -> None:
    twelve = "They met and " + "talked " * 9
    assert timeless(f"---\na: 1\n---\n{twelve}.\n") and not timeless(
        f"---\na: 1\n---\n{twelve} {{date}}`a`.\n"
    )
    assert not timeless(f"---\na: 1\n---\n* {twelve}.\n\nThey met.\n\n## Summary\n{twelve}.\n")
    found = [p for chapter in CHAPTERS for p in timeless(chapter.read_text("utf-8"))]
    assert len(found) <= TIMELESS, [p[:60] for p in found]


FINDINGS = [p for p in sorted((BOOK / "findings").glob("*.md")) if "{code-cell}" in p.read_text("utf-8")]


@pytest.mark.parametrize("page", FINDINGS, ids=lambda path: path.stem)
def test_a_page_of_findings_ends_with_another_rule(page) -> None:
    text = page.read_text("utf-8")
    calls = one_call_each(text)
    tried = re.findall(r"```\{code-cell\}\n:tags: \[hermeneutics\]\n# .*[.?]\n(.*)\n```", text)
    assert 0 < len(tried) == text.count("[hermeneutics]") and calls[-len(tried) :] == tried
    assert all(re.search(r"without\(|Rules\(|query\(|eval\(", call) for call in tried)


def test_the_pages_that_the_check_reads_are_these(book) -> None:
    assert {p.stem for p in CHAPTERS} == set(book.chapters)
    assert list(prose.prose_problems(BOOK, book.chapters)) == []


SOUND = '---\nkernelspec: {name: python3}\n---\n# Head\n\nOne {event}`e`, F-16 and "a 1 in it".\n'
WRONG = {
    "It was in 1953 {event}`e`.": "8:1: '1953' is typed by hand; compute it with a role",
    "Line {event}`e`\nand 12 more.": "9:1: '12' is typed by hand",
    "No source.\nNone.": "8:1: a paragraph that no source stands behind; add {event}",
    'He {src}`s p. 1` said:\n"one two three four five six seven eight nine ten eleven twelve".': (
        "9:1: a quotation of 12 words; keep it to 11"
    ),
}


@pytest.mark.parametrize("words", WRONG)
def test_the_check_names_the_row_of_each(tmp_path, words: str) -> None:
    (tmp_path / "book" / "reference").mkdir(parents=True)
    (tmp_path / "book" / "findings").mkdir()
    (tmp_path / "book" / "reference" / "glossary.md").write_text("# Terms\n\nF-16\n: An aircraft.\n", "utf-8")
    for page in ("zia", "intro", "findings/x"):
        listed = "\n1. One.\n2. Two.\n" if page == "findings/x" else ""
        (tmp_path / "book" / f"{page}.md").write_text(f"{SOUND}\n{words}\n{listed}", "utf-8")
    found = list(prose.prose_problems(tmp_path / "book", ["zia"]))
    (told,) = [p for p in found if p.startswith("book/zia.md")]
    assert told.startswith(f"book/zia.md:{WRONG[words]}")
    numbers = "typed" in WRONG[words]
    assert len([p for p in found if p.startswith("book/findings/x.md")]) == numbers
    assert not [p for p in found if p.startswith("book/intro.md")]


def test_unclosed_directives_are_told_by_the_check(tmp_path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "zia.md").write_text(
        f"{SOUND}\n```{{chapter-box}} zia\n\nWords {{event}}`e`.\n", "utf-8"
    )
    (told,) = pages.form_problems(tmp_path / "book")
    assert told == "book/zia.md:8:1: ```{chapter-box} zia is never closed; end it with ```"


def test_a_line_of_any_length_is_read_in_one_go() -> None:
    """A pattern that tries every start of a word of 300,000 letters takes a quarter of an hour."""
    assert prose.typed("x" * 300_000 + " 7", []) == ["7"]


def words_of(text: str) -> str:
    """Without marks, so that a quotation is found whatever it begins and ends with."""
    return " ".join(re.findall(r"\w+", text.replace("’", "").replace("'", "").lower()))


def test_what_is_quoted_is_coded(book) -> None:
    """Words between quotation marks stand in a claim, a passage, a document,
    or are a name or sentence of the book's own."""
    claims, sources, actors = book.claims, book.sources, book.actors
    written = [
        *claims["statement"],
        *claims["passage"],
        *book.documents["words"],
        *book.documents["text"],
        *sources["title"],
        *actors["name"],
        *actors["variants"],
    ]
    coded = " | ".join(map(words_of, written))
    met, odd = 0, []
    for page in [*CHAPTERS, BOOK / "reference" / "often-said.md"]:
        for paragraph in prose.paragraphs(page.read_text("utf-8")):
            for quoted in re.findall(r'"([^"]+)"', ROLE.sub("", paragraph.text)):
                if len(quoted.split()) > 1:
                    met += 1
                    parts = [words_of(part) for part in quoted.split("…")]
                    if not all(part in coded for part in parts):
                        odd.append(f"{page.name}: {quoted}")
    assert met > 100 and odd == []
