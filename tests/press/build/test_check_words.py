"""`book check` of the words: every fault at once, each with file and row; no cell runs and nothing is written."""

from __future__ import annotations

import os

import chapter_mutants
import pytest
import yaml
from conftest import ROOT
from test_chapter_mutants import over_the_toy
from toybook import MISTAKES
from without_recognition import cli, findings, load
from without_recognition.data import dataset
from without_recognition.press.build import check, sphinx_build
from without_recognition.press.lint import pages
from without_recognition.press.print import document

OTHERS = {
    "{finding}`no-such-number`": "unknown finding 'no-such-number'; the nearest is '",
    "{evnt}`x`": "unknown role 'evnt'; the nearest is 'event'",
    "{ref}`istanbul-figur`": "undefined label: 'istanbul-figur'; the nearest is 'istanbul-figure'",
    "{doc}`introduction`": "unknown document: 'introduction'; the nearest is 'intro'",
    "[there](refrence/sources.md)": "not found: 'refrence/sources.md'; the nearest is 'reference/sources.md'",
    "<hr>": "raw HTML; write Markdown (a comment begins with %)",
}
PAGE = (
    "# A small book\n\n{}\n\n```{{disputes}} istambul\n```\n\n"
    "`` {{event}}`nothing` ``\n\n```\n{{event}}`nothing`\n```\n"
)


@pytest.fixture
def root(tmp_path):
    return chapter_mutants.write(tmp_path / "site")


def test_a_sound_book_has_no_faults_and_is_left_alone(root):
    before = sorted(root.rglob("*"))
    assert check.page_problems(root) == []
    assert sorted(root.rglob("*")) == before


def test_every_mistake_is_told_at_once_with_file_row_and_nearest_name(root):
    mistakes = MISTAKES | OTHERS
    text = "\n".join(f"Line {mistake} of one paragraph." for mistake in mistakes)
    (root / "book" / "intro.md").write_text(PAGE.format(text), "utf-8")
    told = check.page_problems(root)
    for row, (mistake, message) in enumerate(mistakes.items(), 3):
        found = [line for line in told if line.startswith(f"book/intro.md:{row}:")]
        assert len(found) == 1 and message in found[0], (mistake, found)
    last = f"book/intro.md:{len(mistakes) + 4}: {{disputes}} istambul: unknown chapter 'istambul'; the nearest is"
    assert any(line.startswith(last) for line in told)
    assert len(told) == len(mistakes) + 1


def test_a_page_that_is_a_pipe_is_named_and_not_waited_for(root):
    page = root / "book" / "istanbul.md"
    page.unlink()
    os.mkfifo(page)
    told = [line for line in check.page_problems(root) if line.startswith("book/istanbul.md")]
    assert told == ["book/istanbul.md:1:1: cannot be read (a pipe or a device, no file); restore it"]


def test_pages_are_checked_with_the_extensions_that_they_are_read_with():
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    assert set(settings["parse"]["myst_enable_extensions"]) == pages.EXTENSIONS


def test_what_a_notebook_would_show_as_a_formula_is_refused(root):
    (root / "book" / "intro.md").write_text("# A small book\n\nFrom $1 to 2$ or more.\n", "utf-8")
    told = "book/intro.md:3:7: a formula, which needs a script from elsewhere; write it in words"
    assert pages.form_problems(root / "book") == [told]


@pytest.mark.parametrize("mark", ["<<<<<<< mine", "=======", ">>>>>>> theirs"])
def test_a_page_in_two_versions_is_told_once(root, mark):
    page = root / "book" / "istanbul.md"
    page.write_text(f"{page.read_text('utf-8')}\nWords.\n{mark}\n\n{{event}}`nothing`\n", "utf-8")
    row = page.read_text("utf-8").splitlines().index(mark) + 1
    (told,) = [line for line in check.page_problems(root) if line.startswith("book/istanbul.md")]
    assert told.startswith(
        f"book/istanbul.md:{row}:1: {mark[:7]} stands where git could not merge two versions; keep one"
    )


def test_seven_signs_within_a_line_are_no_mark_of_git():
    assert not pages.MERGE.search("a <<<<<<< b\n========\n <<<<<<<\n>>>>>>>b\n")


def test_a_mark_whose_entry_no_page_shows_is_told_where_it_stands(root):
    (root / "book" / "intro.md").write_text(
        "# A small book\n\nWords\nand {src}`dawn-2005-09-01 ¶4`.\n", "utf-8"
    )
    (root / "book" / "reference" / "news-sources.md").write_text("# News\n\nNone.\n", "utf-8")
    told = [line for line in check.page_problems(root) if line.startswith("book/intro.md")]
    assert told == [
        "book/intro.md:4: {src}`dawn-2005-09-01 ¶4`: no page shows s-dawn-2005-09-01; "
        "a page directive in reference/ is missing"
    ]


def test_every_claim_can_be_cited_and_printed(root, tmp_path):
    cited = " ".join(f"{{claim}}`{row['claim_id']}`" for row in dataset.records(load(root / "data").claims))
    (root / "book" / "intro.md").write_text(f"# A small book\n\nWords {cited}.\n", "utf-8")
    assert sphinx_build.build_pages(root, tmp_path / "out" / "html")
    printed = document.read_book_pages(tmp_path / "out" / "html")
    intro = next(article for article in printed.articles if article.page == "intro.html")
    links = [a.get("href") for a in intro.body.iter("a") if a.text == "The record."]
    ids = {name for article in printed.articles for name in article.body.xpath(".//@id")}
    assert len(links) == cited.count("{claim}") > 20 and {link.removeprefix("#") for link in links} <= ids


def test_no_finding_is_computed(root, monkeypatch):
    monkeypatch.setitem(findings.NUMBERS, "contacts", lambda history: pytest.fail("computed"))
    (root / "book" / "intro.md").write_text("# A small book\n\n{finding}`contacts` of them.\n", "utf-8")
    assert check.page_problems(root) == []


def test_data_and_words_are_told_in_one_pass(root, capsys):
    claims = root / "data" / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace("affirms", "afirms", 1), "utf-8")
    (root / "book" / "intro.md").write_text("# A small book\n\n{event}`nothing`\n", "utf-8")
    with over_the_toy(root):
        assert cli.main(["check"]) == 1
    said = "".join(capsys.readouterr())
    assert "claims.csv:2:stance" in said and "book/intro.md:3: {event}`nothing`: unknown event" in said
    claims.write_text(claims.read_text("utf-8").replace(",", ";"), "utf-8")
    (root / "book" / "istanbul.md").write_text("# Istanbul\n\nIn 1953.\n", "utf-8")
    with over_the_toy(root):
        assert cli.main(["check"]) == 1
    said = "".join(capsys.readouterr())
    assert (
        "claims.csv:1: separated by semicolons" in said and "book/istanbul.md:3:1: '1953.' is typed" in said
    )


def test_words_that_were_not_looked_up_are_not_called_sound(root, capsys):
    """A source without its row: the data cannot be read, so that nobody knows whether a name is right."""
    sources = root / "data" / "sources.csv"
    lines = sources.read_text("utf-8").splitlines(keepends=True)
    sources.write_text("".join(line for line in lines if not line.startswith("dahri-2016,")), "utf-8")
    for page in ("# Istanbul\n\n{event}`nothing`\n", "# Istanbul\n\nIn 1953.\n"):
        (root / "book" / "istanbul.md").write_text(page, "utf-8")
        with over_the_toy(root):
            assert cli.main(["check"]) == 1
        of_words, of_data = capsys.readouterr()
        assert "unknown 'dahri-2016'" in of_data and "book: no problems" not in of_words
        assert of_words.endswith(f"{check.UNREAD}\n") and "not looked up" in check.UNREAD
        assert ("'1953.' is typed" in of_words) == ("1953" in page)


def test_what_ends_sphinx_is_told_unless_its_cause_was(root):
    settings = root / "_config.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("- sphinx_copybutton", "- sphinx_nosuch"), "utf-8"
    )
    (told,) = check.page_problems(root)
    assert told.startswith(
        "_config.yml: Sphinx cannot read it (ModuleNotFoundError: No module named 'sphinx_nosuch')"
    )
    settings.write_text("{", "utf-8")
    (told,) = check.page_problems(root)
    assert told.startswith("_config.yml:1:2: not YAML")
