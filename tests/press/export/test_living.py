"""Chapters that live: the notebook says what the page says, and follows its first cell."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from markdown_it import MarkdownIt
from without_recognition import citations, load
from without_recognition.findings import telling
from without_recognition.press import PressError
from without_recognition.press.build import book
from without_recognition.press.execution import execute
from without_recognition.press.export import living, notebooks

SIGNS = re.compile("[●◐◉○□◇◈◆¶]+")
LINK = re.compile(r"\]\(([^)\s]+)")
ENDS_WITH_ID = re.compile(r"\([a-z0-9-]+(\.\d+)?\)$")  #: what is told of a mark; of a source its reference is
QUOTES = str.maketrans("“”‘’–—\u202f\xa0", "\"\"''--  ", "\u2060")
MADE = (  # what a page shows beside its prose, or computes in a form of its own
    ".wr-screen, .wr-sr, .wr-shown, .cell, .wr-box, .wr-cite, .wr-list, .wr-search, .wr-folded, "
    ".wr-fold, figure, .wr-print"
)
CHAPTER = """---
file_format: mystnb
kernelspec: {name: python3}
---
# Title

```{code-cell}
:tags: [parameters]
leave_out = {}
```

```{code-cell}
from without_recognition import charts, load, tell
history = load().without(**leave_out)
```

Plain words.

(label)=
## Numbers

It has {n}`mentions 1948-ben-gurion-telegram` tellings, see {doc}`../other`, {ref}`there <label>`, {ref}`label`.

### Empty

```{front-strip}
```

## Empty too

```{code-cell}
:tags: [hermeneutics]
1
```

```{code-cell}
:tags: [hermeneutics]
2
```
"""


def plain(words: str) -> str:
    words = re.sub(r"-{2,3}", "-", words.translate(QUOTES))
    return re.sub(r" +([.,;:?!)])", r"\1", " ".join(words.split()))


def paragraphs(soup) -> set[str]:
    return {plain(p.get_text()) for p in soup.select("p, li") if not p.find("p")} - {""}


def of_page(html: str) -> set[str]:
    article = BeautifulSoup(html, "lxml").select_one("article")
    for made in article.select(MADE):
        made.decompose()
    return paragraphs(article)


def of_notebook(notebook) -> set[str]:
    """Its prose as a reader sees it, without signs and citations."""
    found: set[str] = set()
    for cell in notebook.cells[1:]:
        said = cell.source if cell.cell_type == "markdown" else ""
        if cell.source.startswith("tell("):
            said = cell.outputs[0].data["text/markdown"]
        soup = BeautifulSoup(MarkdownIt("commonmark").render(said), "lxml")
        for link in soup.find_all("abbr", title=lambda hint: not ENDS_WITH_ID.search(hint)):
            before, after = link.previous_sibling, link.next_sibling
            if str(before).endswith("(") and str(after).startswith(")"):
                before.replace_with(str(before)[:-1])
                after.replace_with(str(after)[1:])
                link.decompose()
        for text in soup.find_all(string=SIGNS):
            text.replace_with(SIGNS.sub("", text))
        found |= paragraphs(soup)
    return found


@pytest.fixture(scope="module")
def site() -> Path:
    return book.build(ROOT).parent.resolve()


@pytest.mark.parametrize("name", sorted(execute.by_name(execute.chapters(ROOT / "book"))))
def test_a_notebook_says_what_the_page_says(site, name) -> None:
    places = (site / folder / f"{name}.html" for folder in ("", "findings", "reference"))
    page = next(place for place in places if place.is_file())
    told, said = (
        of_page(page.read_text("utf8")),
        of_notebook(nbformat.read(site / "downloads" / "notebooks" / f"{name}.ipynb", 4)),
    )
    if (
        name == "intro"
    ):  # its cards, strip and tables are made for the page, from lists that the notebook has whole
        told = {p for p in told if len(p) > 300}
    assert len(told) > (0 if name == "questions" else 3)  # which asks in code
    assert told - said == set()


@pytest.fixture(scope="module")
def chapter(tmp_path_factory) -> execute.Chapter:
    folder = tmp_path_factory.mktemp("site") / "book"
    (folder / "part").mkdir(parents=True)
    (folder / "part" / "one.md").write_text(CHAPTER)
    (folder / "other.md").write_text("# The other page\n\nWords.\n")
    return execute.chapters(folder)[0]


def made(chapter) -> nbformat.NotebookNode:
    notebook = nbformat.from_dict(chapter.notebook)
    return living.living(notebook, load(), living.Places.of(chapter.path.parents[1]), "part/one")


def test_prose_lives_in_folded_cells_and_no_heading_stands_over_nothing(chapter) -> None:
    cells = made(chapter).cells
    assert [c.source.partition("\n")[0] for c in cells] == [
        "# Title", "leave_out = {}", "from without_recognition import charts, load, tell", "Plain words.", "## Numbers",
        'tell(history, r"""', "## Try another rule", "1", "2",
    ]  # fmt: skip
    told = cells[5]
    assert told.metadata.jupyter.source_hidden and cells[1].metadata.tags == ["parameters"]
    said = told.outputs[0].data["text/markdown"]
    assert said == "It has 11 tellings, see The other page, there, Numbers."
    assert "{n}`mentions 1948-ben-gurion-telegram`" in told.source and "(label)" not in told.source


def test_links_lead_to_the_pages_or_until_these_have_an_address_to_the_notebooks_beside(
    chapter, monkeypatch
) -> None:
    book = chapter.path.parents[1]
    text = "{doc}`../other`, {doc}`that <../part/one>`, {ref}`label`, {who}`Truman <harry-truman>`"
    places = living.Places.of(book, {"part/one": "part/one.ipynb", "other": "other.ipynb"})
    assert places.resolved(text, "part/one", load()).startswith(
        "[The other page](../other.ipynb), that, Numbers, "
    )
    site = "https://example.org/book/"
    monkeypatch.setattr(citations, "metadata", lambda history=None: {"site": site})
    told = str(telling.tell(load(), places.resolved(text, "part/one", load())))
    assert [address.removeprefix(site) for address in re.findall(r"\]\((\S+?)[ )]", told)] == [
        "other.html", "part/one.html", "part/one.html#label", "reference/people.html#a-harry-truman",
    ]  # fmt: skip


def test_every_link_of_every_notebook_leads_to_a_notebook_beside_it(tmp_path, monkeypatch) -> None:
    """Whether the folder is opened alone or within the downloads: nothing leads out of it."""
    monkeypatch.setattr(execute, "executed", lambda chapter, root: nbformat.from_dict(chapter.notebook))
    paths = notebooks.write_notebooks(ROOT, tmp_path / "notebooks", "Title")
    found = 0
    for path in paths:
        for link in LINK.findall(told_by(nbformat.read(path, 4))):
            if not link.startswith("https://"):
                assert (path.parent / link).is_file() and link.endswith(".ipynb"), (path.name, link)
                found += 1
    assert found > 20


def told_by(notebook) -> str:
    """All that it says in Markdown, in cells and in what cells say anew."""
    outputs = [
        o.data.get("text/markdown", "") for c in notebook.cells for o in c.get("outputs", ()) if "data" in o
    ]
    return "\n".join([c.source for c in notebook.cells] + outputs)


def test_changing_the_parameter_changes_sentence_and_figure(chapter) -> None:
    notebook = made(chapter)
    notebook.cells.append(nbformat.v4.new_code_cell("charts.timeline(history.chapter('telegram'))"))
    ran = [executed(notebook, leave_out) for leave_out in ("{}", '{"sources": "dahri-2016"}')]
    told = [next(o for o in outputs if "text/markdown" in o) for outputs in ran]
    assert told[0]["text/markdown"] == notebook.cells[5].outputs[0].data["text/markdown"]
    assert "It has **eight** ~~11~~ tellings" in told[1]["text/markdown"]
    drawn = [next(o["image/svg+xml"] for o in outputs if "image/svg+xml" in o) for outputs in ran]
    assert "without dahri-2016" not in drawn[0] and drawn[0] != drawn[1]


def executed(notebook, leave_out: str) -> list[dict]:
    """The outputs of `notebook` with that parameter, run as JupyterLab would."""
    import nbclient

    again = nbformat.from_dict(notebook)
    again = nbformat.reads(nbformat.writes(again), 4)
    again.cells[1].source = f"leave_out = {leave_out}"
    for cell in again.cells:
        cell.pop("outputs", None) if cell.cell_type == "markdown" else cell.update(outputs=[])
    nbclient.execute(again)
    return [o.data for c in again.cells if c.cell_type == "code" for o in c.outputs if "data" in o]


def test_an_id_that_is_not_there_is_told(chapter) -> None:
    notebook = nbformat.from_dict(chapter.notebook)
    notebook.cells[0].source = "{event}`1947-jinnah-trumann`"
    with pytest.raises(PressError, match="1947-jinnah-truman'"):
        living.living(notebook, load(), living.Places({}), "part/one")  # type: ignore[arg-type]


def test_the_notebook_is_the_same_every_time(chapter) -> None:
    first, second = (nbformat.writes(notebooks.portable(made(chapter), "Title")) for _ in range(2))
    assert first == second
