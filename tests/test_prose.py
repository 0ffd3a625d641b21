"""Rules for the words of Part I: evidence in every paragraph, no typed numbers, care with living people."""
from __future__ import annotations

import re

import pytest
from conftest import ROOT

BOOK = ROOT / "book"
CHAPTERS = sorted(p for p in BOOK.glob("*.md") if p.stem != "intro")
ROLE = re.compile(r"\{([A-Za-z-]+)\}`([^`]+)`")
EVIDENCE = {"event", "claim", "src", "date", "Date", "day", "grade", "dispute", "value"}
FENCE = re.compile(r"^(`{3,}|:{3,})(\{[\w-]+\})?", re.M)
QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
DENIAL = re.compile(r"\bden(y|ies|ied|ial|ials|ying)\b|\brejects?\b|\brejected\b|no (reply|answer)\b|never took place|\brefus", re.I)
LONGEST_QUOTATION = 11  #: words
FEWEST_WORDS = 2000


def blocks(text: str) -> list[tuple[str, str]]:
    """(kind, paragraph) of a chapter's prose; kind is prose or commentary. Headings, cells, directives are left out."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    out, fence, kind, current = [], None, "prose", []

    def close() -> None:
        if current:
            out.append((kind, " ".join(current)))
            current.clear()

    for line in text.splitlines():
        mark = re.match(r"(`{3,}|:{3,})(\{([\w-]+)\})?", line)
        if fence and mark and mark[1] == fence[0] and not mark[2]:
            close()
            fence, kind = None, "prose"
        elif mark and mark[2] and not fence:
            close()
            fence, kind = (mark[1], mark[3]), "commentary" if mark[3] == "commentary" else "machine"
        elif kind == "machine" or line.startswith(("#", "(")) and (line.startswith("#") or line.endswith(")=")):
            close()
        elif not line.strip():
            close()
        else:
            current.append(line.strip())
    close()
    return out


def glossary_names() -> list[str]:
    """Names that hold a figure, as the glossary lists them."""
    text = (BOOK / "reference" / "glossary.md").read_text("utf-8")
    return sorted((t for t in re.findall(r"^(\S.*)$", text, re.M) if re.search(r"\d", t)), key=len, reverse=True)


def bare(paragraph: str) -> str:
    """The paragraph without roles, quotations, code and links."""
    for pattern in (ROLE, re.compile(r"`[^`]*`"), QUOTED, re.compile(r"\]\([^)]*\)")):
        paragraph = pattern.sub(" ", paragraph)
    return paragraph


def test_the_reader_of_blocks_sees_what_it_should() -> None:
    text = ("---\na: 1\n---\n# Head\n\n(label)=\nOne {event}`e`.\nStill one.\n\n```{code-cell}\nx = 1\n```\n\n"
            ":::{commentary}\nOurs.\n:::\n\nTwo.\n")
    assert blocks(text) == [("prose", "One {event}`e`. Still one."), ("commentary", "Ours."), ("prose", "Two.")]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda p: p.stem)
class TestChapter:
    def test_every_paragraph_rests_on_evidence(self, chapter) -> None:
        bare_ones = [p[:90] for kind, p in blocks(chapter.read_text("utf-8"))
                     if kind == "prose" and not EVIDENCE & {r for r, _ in ROLE.findall(p)}]
        assert bare_ones == [], "add an evidence role, or mark it as commentary"

    def test_no_number_is_typed_by_hand(self, chapter) -> None:
        names, typed = glossary_names(), []
        for _, paragraph in blocks(chapter.read_text("utf-8")):
            rest = bare(paragraph)
            for name in names:
                rest = rest.replace(name, " ")
            typed += re.findall(r"\S*\d\S*", rest)
        assert typed == [], "compute it with a role, or list the name in the glossary"

    def test_quotations_are_short(self, chapter) -> None:
        long = [q for _, p in blocks(chapter.read_text("utf-8")) for q in QUOTED.findall(p)
                if len(q.split()) > LONGEST_QUOTATION]
        assert long == []

    def test_an_allegation_about_the_living_comes_with_grade_and_denial(self, chapter, book) -> None:
        sensitive = set(book.events[book.events["sensitive"] != ""].index)
        prose = [p for _, p in blocks(chapter.read_text("utf-8"))]
        lacking, told = [], set()
        for n, paragraph in enumerate(prose):  # at its first mention; what follows may refer back to it
            named = {e for _, spec in ROLE.findall(paragraph) for e in spec.replace("<", " ").replace(">", " ").split()[-1:]
                     if e in sensitive} - told
            near = " ".join(prose[max(0, n - 1):n + 2])
            told |= named
            lacking += [f"{event}: {paragraph[:60]}" for event in sorted(named)
                        if not re.search(r"\{grade\}`" + re.escape(event), near) or not DENIAL.search(near)]
        assert lacking == [], "give the grade of the event and the denial (or: no reply was found) beside it"

    def test_it_has_the_form_of_a_chapter(self, chapter) -> None:
        text = chapter.read_text("utf-8")
        slug = chapter.stem
        for needed in (f"{{chapter-box}} {slug}", f"{{disputes}} {slug}", f"{{searches}} {slug}", f"{{reading}} {slug}",
                       f"{{cite-chapter}} {slug}", "charts.timeline(chapter)"):
            assert needed in text, needed
        assert len(re.findall(r"^charts\.", text, re.M)) >= 3
        words = sum(len(bare(p).split()) for _, p in blocks(text))
        assert words >= FEWEST_WORDS, words

    def test_a_cell_is_one_call(self, chapter) -> None:
        cells = re.findall(r"```\{code-cell\}[^\n]*\n(.*?)```", chapter.read_text("utf-8"), re.S)
        lines = [[x for x in c.splitlines() if x and not x.startswith(":")] for c in cells]
        assert lines[0] == ["from analysis import charts, load", "history = load()",
                            f'chapter = history.chapter("{chapter.stem}")']
        assert all(len(c) == 1 for c in lines[1:]), lines
        tags = re.findall(r"^:tags: (.*)$", chapter.read_text("utf-8"), re.M)
        assert set(tags) <= {"[remove-input]", "[hide-input]"}, "no cell of a chapter may fail or be skipped"


@pytest.mark.parametrize("page", sorted((BOOK / "findings").glob("*.md")), ids=lambda p: p.stem)
def test_no_number_of_a_finding_is_typed_by_hand(page) -> None:
    names, typed = glossary_names(), []
    text = re.sub(r"^\d+\. ", "", page.read_text("utf-8"), flags=re.M)  # numbers of a list
    for _, paragraph in blocks(text):
        rest = bare(paragraph)
        for name in names:
            rest = rest.replace(name, " ")
        typed += re.findall(r"\S*\d\S*", rest)
    assert typed == [], "compute it with {finding} or another role"
