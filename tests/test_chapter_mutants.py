"""Broken chapters by machine: each builds whole pages, or is refused with file, row and remedy; nothing is lost."""

from __future__ import annotations

import contextlib
import io
import random
import re
import shutil
import signal
import traceback
from pathlib import Path

import chapter_mutants
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from links import whole
from without_recognition import cli
from without_recognition.press.build import book, check, publish

REFUSAL = re.compile(r"(book/[^:]+|_config\.yml|book):(\d+:(\d+:)?)? .+; .+")
CELL = re.compile(r"(?m)^(book build: )?book/[^:]+:\d+: cell \d+ failed$")
RUNS = {
    "exception",
    "figure twice",
    "endless loop",
    "endless output",
    "much output",
    "warning",
    "wrong import",
    "exit",
    "reads elsewhere",
    "hostile output",
    "input",
}  #: cells must run, so left to benchmarks/chapter_mutants.py
HARMLESS = {
    "key twice",
    "other line ends",
    "byte order mark",
    "page with its suffix",
    "heading twice",
}  #: builds
EITHER = {
    "some bytes lost",
    "some bytes twice",
    "cut anywhere",
    "a huge line",
    "footnote not called",
    "nested backticks",
}  #: chance decides
OF_NAMES = {
    "broken anchors",
    "typo in an id",
}  #: told by Sphinx, which takes a while over the book's own chapters
SECONDS = 60  #: within which a small book is built or refused


@contextlib.contextmanager
def over_the_toy(root: Path):
    """The command `book` works on the book in `root` and its data; what prints and packs is left out."""
    from without_recognition import citations
    from without_recognition.data import dataset
    from without_recognition.press.system import checkout, digest

    citations.package.cache_clear()

    with pytest.MonkeyPatch.context() as patch:
        for module in (dataset, check, digest):
            patch.setattr(module, "data_folder", lambda: root / "data")
        for module in (book, checkout):
            patch.setattr(module, "book_folder", lambda: root)
        patch.setattr(book, "aside", lambda *job: contextlib.nullcontext())
        try:
            yield
        finally:
            citations.package.cache_clear()


def pages_of(out: Path) -> list[str]:
    """What is wrong with the built pages."""
    wrong = []
    for path in sorted(out.rglob("*.html")):
        soup = BeautifulSoup(whole(path), "html.parser")
        article = soup.select_one("article.bd-article")
        if article is not None:
            wrong += [
                f"{path.name}: {fault}"
                for fault in (*faults_of_form(soup, article), *faults_of_words(article))
            ]
    return wrong


def faults_of_form(soup, article):
    """What is wrong with titles, ids and what the page fetches."""
    titles = article.select("h1")
    if len(titles) != 1 or not titles[0].get_text(strip=True):
        yield f"{len(titles)} titles"
    if article.select(".problematic, .system-message") or soup.select(
        "article script:not([type='application/ld+json']), [onerror], [onclick], iframe"
    ):
        yield "problematic or script"
    ids = [tag["id"] for tag in soup.select("[id]")]
    if len(ids) != len(set(ids)):
        yield f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})[:3]}"
    if foreign := soup.select("script[src*='//'], link[rel=stylesheet][href*='//'], img[src*='//']"):
        yield f"fetches {foreign[0]}"


def faults_of_words(article):
    """What is wrong with words and links; takes the code out."""
    if re.search(r"Traceback \(most recent|Error:", article.get_text()):
        yield "a traceback"
    for code in article.select("code, pre"):
        code.decompose()
    if found := re.search(r"\{[A-Za-z]+\}`|:::|```|\{\{|[\ufffd\0]", article.get_text()):
        yield f"{found.group()} stands in the text"
    for link in article.select("a[href], img[src]"):
        address = link.get("href") or link.get("src")
        if re.match(r"(?!https?:|mailto:)[a-z]+:", address) or address.startswith(("/", "../..")):
            yield f"link to {address}"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def outcome(root: Path) -> tuple[int, str, str]:
    """(exit code, what the user reads, what was not as promised or "") of `book build` in `root`."""
    folder = root / "_build"
    old = publish.current(folder)
    before = contents((folder / "book").resolve())
    told = io.StringIO()
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError("hangs")))
    signal.alarm(SECONDS)
    try:
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
            code = cli.main(["build"])
    except BaseException:
        return 9, told.getvalue(), traceback.format_exc()
    finally:
        signal.alarm(0)
    text = told.getvalue()
    if code == 0:
        return 0, text, "; ".join(pages_of((folder / "book").resolve()))
    wrong = []
    if publish.current(folder) != old or contents((folder / "book").resolve()) != before:
        wrong.append("the published book was touched")
    if (folder / "editions" / ".making").exists():
        wrong.append("half a book was left")
    if not CELL.search(text):  # the traceback of a cell is what its author wants
        if "Traceback" in text:
            wrong.append("a traceback")
        if not any(REFUSAL.fullmatch(line.removeprefix("book build: ")) for line in text.splitlines()):
            wrong.append("no file:row: what; remedy")
    return code, text, "; ".join(wrong)


def mutant(sound: Path, kind: str, seed: int) -> Path:
    """A copy of the sound book, broken; the published edition and the executed cells come with it."""
    root = sound.with_name("mutant")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(sound, root, symlinks=True)
    chapter_mutants.KINDS[kind](root / "book", random.Random(seed))
    return root


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """The small book, published."""
    root = chapter_mutants.write(tmp_path_factory.mktemp("chapters") / "sound")
    with over_the_toy(root):
        book.build(root)
    assert pages_of(root / "_build" / "book") == []
    return root


@pytest.mark.parametrize("kind", [k for k in chapter_mutants.KINDS if k not in RUNS])
def test_a_broken_chapter_builds_whole_or_is_refused_in_words(sound: Path, kind: str) -> None:
    root = mutant(sound, kind, 0)
    with over_the_toy(root):
        code, told, wrong = outcome(root)
    assert not wrong, f"{wrong}\n{told}"
    if kind not in EITHER:
        assert (code == 0) == (kind in HARMLESS), told


@pytest.mark.parametrize(
    "kind",
    [
        "unknown directive",
        "empty role",
        "UTF-16",
        "raw HTML",
        "broken anchors",
        "typo in an id",
        "cut anywhere",
        "templates",
        "a huge line",
        "other line ends",
        "some bytes lost",
    ],
)
def test_breaks_in_the_books_own_chapters_are_told_in_words(tmp_path: Path, kind: str) -> None:
    shutil.copytree(ROOT / "book", tmp_path / "book")
    shutil.copy(ROOT / "_config.yml", tmp_path)
    chapter_mutants.KINDS[kind](tmp_path / "book", random.Random(1))
    found = check.page_problems(tmp_path) if kind in OF_NAMES else check.form(tmp_path)
    assert all(REFUSAL.fullmatch(problem) for problem in found), found
    assert found or kind in HARMLESS | EITHER
    if kind == "other line ends":
        assert found == []


@pytest.mark.parametrize("page", ["missing.md", "istanbul.md"])
def test_check_refuses_what_the_build_would(tmp_path, capsys, page: str) -> None:
    root = chapter_mutants.write(tmp_path / "site")
    if page == "missing.md":
        (root / "book" / "_toc.yml").open("a").write("- file: missing\n")
    else:
        (root / "book" / page).open("a").write("\n<b onclick=x()>Words</b>\n")
    with over_the_toy(root):
        assert cli.main(["check"]) == 1
    assert "book/" in capsys.readouterr().out
