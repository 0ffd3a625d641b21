"""Damage to a small book's words: front matter, fences, roles, bytes, links, headings, cells, contents, settings.

Each kind takes the folder `book/` and changes one thing; where it chooses, it chooses by the given generator.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import toybook
from conftest import ROOT
from without_recognition.data import check

CHAPTER = (
    toybook.NOTEBOOK
    + """
# The Istanbul meeting

```{code-cell}
:tags: [remove-input]
from without_recognition import charts, load
history = load()
chapter = history.chapter("istanbul")
```

{Date}`2005-istanbul-meeting` they met {event}`2005-istanbul-meeting`, says one paper {src}`dawn-2005-09-01 ¶4`.
It is {grade}`2005-istanbul-meeting`; who asked is told in two ways {dispute}`2005-istanbul-meeting initiator`.

(istanbul-figure)=
## What was said

```{code-cell}
:tags: [hide-input]
charts.timeline(chapter)
```

Of {n}`events istanbul` events the {ref}`figure <istanbul-figure>` shows when; {doc}`intro` says why \
{src}`dawn-2005-09-01 ¶4`.[^why]

:::{commentary}
A reflection, [with a link](reference/sources.md).
:::

| what | when |
|---|---|
| one | {day}`2005-istanbul-meeting` |

[^why]: One paper has it {src}`dawn-2005-09-01 ¶4`.
"""
)
PAGES = {
    "istanbul": CHAPTER,
    "intro": "# A small book\n\nRead {doc}`istanbul`.\n",
    **{f"reference/{name}": f"# {name.title()}\n\n{text}\n" for name, text in toybook.REFERENCE.items()},
}
CONTENTS = (
    "format: jb-book\nroot: intro\nparts:\n  - caption: The history\n    chapters:\n      - file: istanbul\n"
    "  - caption: Reference\n    chapters:\n"
    + "".join(f"      - file: reference/{name}\n" for name in toybook.REFERENCE)
)


def write(root: Path, seconds: int = 20) -> Path:
    """A sound book under the book's own settings, over the toy's data; cells may run `seconds`. Returns `root`."""
    check.fix(toybook.write_package(root / "data"))
    (root / "book" / "reference").mkdir(parents=True)
    for name, text in PAGES.items():
        (root / "book" / f"{name}.md").write_text(text, "utf-8")
    (root / "book" / "_toc.yml").write_text(CONTENTS, "utf-8")
    settings = (ROOT / "_config.yml").read_text("utf-8").replace("timeout: 300", f"timeout: {seconds}")
    (root / "_config.yml").write_text(
        settings.replace("  config:\n", "  config:\n    wr_data: ../data\n"), "utf-8"
    )
    shutil.copy(ROOT / "requirements.lock", root)
    return root


Change = Callable[[Path, random.Random], None]
KINDS: dict[str, Change] = {}


def page(book: Path) -> Path:
    """The chapter that most kinds break."""
    return book / "istanbul.md"


def _bytes(name: str, change: Callable[[bytes, random.Random], bytes], file: str = "istanbul.md") -> None:
    def do(book: Path, rng: random.Random) -> None:
        path = book / file
        before = path.read_bytes()
        after = change(before, rng)
        assert after != before, f"{name} changed nothing"
        path.write_bytes(after)

    KINDS[name] = do


def _text(name: str, *pairs: tuple[str, str], file: str = "istanbul.md") -> None:
    """Each old text becomes one new text."""

    def change(raw: bytes, rng: random.Random) -> bytes:
        text = raw.decode()
        for old, new in pairs:
            assert old in text, f"{name}: {old!r} is not there"
            text = text.replace(old, new, 1)
        return text.encode()

    _bytes(name, change, file)


def _words(name: str, *choice: str) -> None:
    """Words that are put at the end, or between two paragraphs."""

    def change(raw: bytes, rng: random.Random) -> bytes:
        text, new = raw.decode(), rng.choice(choice)
        places = [n for n in range(len(text)) if text.startswith("\n\n(istanbul-figure)=", n)]
        at = rng.choice([*places, len(text)])
        return f"{text[:at]}\n\n{new}\n{text[at:]}".encode()

    _bytes(name, change)


def _cell(name: str, *code: str) -> None:
    _bytes(name, lambda raw, rng: raw.replace(b"charts.timeline(chapter)", rng.choice(code).encode()))


def _kind(change: Change) -> Change:
    KINDS[change.__name__.strip("_")] = change
    return change


# --- front matter ---------------------------------------------------------------------------------
HEAD = toybook.NOTEBOOK
_text("no front matter", (HEAD, ""))
_text("front matter not YAML", ("kernelspec: {", "kernelspec: [{"))
_text("front matter with tabs", ("kernelspec: {", "kernelspec:\n\t{"))
_text("front matter a list", (HEAD, "---\n- a\n- b\n---\n"))
_text("front matter not closed", ("format_name: myst}}\n---\n", "format_name: myst}}\n"))
_text("front matter with a blank", ("---\n", "--- \n"))
_text("front matter with dots", ("format_name: myst}}\n---\n", "format_name: myst}}\n...\n"))
_text("front matter with a longer end", ("format_name: myst}}\n---\n", "format_name: myst}}\n----\n"))
_text("no kernelspec", ("kernelspec: {name: python3, display_name: Python 3, language: python}\n", ""))
_text("another kernel", ("name: python3", "name: julia"))
_text("kernelspec a word", ("{name: python3, display_name: Python 3, language: python}", "python3"))
_text("key twice", ("kernelspec:", "kernelspec: 1\nkernelspec:"))
_text("unknown top key", ("kernelspec:", "orphan: {a: [1]}\nmyst: 3\nkernelspec:"))

# --- fences and directives ------------------------------------------------------------------------
_text("cell not closed", ("charts.timeline(chapter)\n```", "charts.timeline(chapter)\n"))
_text("box not closed", ("(reference/sources.md).\n:::\n", "(reference/sources.md).\n"))
_words("code not closed", "```\nsome code", "~~~\nsome code")
_words(
    "unknown directive",
    "```{chapter-boks} istanbul\n```",
    ":::{comentary}\nOurs.\n:::",
    "```{eval-rst}\n.. raw:: html\n```",
)
_words("directive without argument", "```{chapter-box}\n```", "```{disputes}\n```")
_words("directive with a wrong chapter", "```{searches} istambul\n```", "```{reading} ../istanbul\n```")
_words("directive with a wrong option", "```{chapter-box} istanbul\n:colour: red\n```")
_words("directive with contents", "```{chapter-box} istanbul\nWords.\n```")
_text("cell option not YAML", (":tags: [hide-input]", ":tags: [hide-input"))
_text("cell options between lines", (":tags: [hide-input]", "---\ntags: [hide-input]\n---"))
_words(
    "includes",
    "```{include} /etc/hostname\n```",
    "```{literalinclude} ../_config.yml\n```",
    "```{include} nowhere.md\n```",
)
_words("raw output", "```{raw} html\n<script>zz()</script>\n```", "```{raw} latex\n\\input{/etc/passwd}\n```")
_words("figure without file", "```{figure} nowhere.png\nWords.\n```", "```{image} nowhere.png\n```")
_words("toctree in a chapter", "```{toctree}\nintro\n```")
_words("directives in directives", "::::{note}\n:::{commentary}\n```{chapter-box} nowhere\n```\n:::\n::::")

# --- roles and ids --------------------------------------------------------------------------------
_text("typo in an id", ("{event}`2005-istanbul-meeting`", "{event}`2005-istanbul-meting`"))
_text("typo in a role", ("{event}`2005", "{evnt}`2005"))
_text("typo in a source", ("dawn-2005-09-01", "dawn-2005-09-10"))
_words(
    "empty role",
    "Words {event}`` here.",
    "Words {event}` ` here.",
    "Words {src}`` and {n}`` here.",
    "{ref}``",
)
_words(
    "role not closed",
    "Words {event}`2005-istanbul-meeting here.",
    "Words {event}2005-istanbul-meeting` here.",
)
_words(
    "role without braces",
    "Words event}`2005-istanbul-meeting` here.",
    "Words {event `2005-istanbul-meeting` here.",
    "Words { event }`2005-istanbul-meeting` here.",
)
_words(
    "nested backticks",
    "Words {event}``2005-istanbul-meeting` here.",
    "{event}`a {src}`b` c`",
    "`` {event}`x` ` ``",
    "{event}`the `visit` <2005-delegation-174>`",
)
_words(
    "foreign roles",
    "{eval}`1 + 1`",
    "{raw}`x`",
    "{pdf}`x`",
    "{py:func}`x`",
    "{math}`\\frac{`",
    "{download}`nowhere.zip`",
)
_words(
    "wrong numbers",
    "{n}`events nowhere`",
    "{n}`apples all`",
    "{finding}`no-such-number`",
    "{N}`events istanbul grade=`",
)
_words("templates", "{{ 6543*2 }} and {% raw %}", "${6543*2} and #{x} and <%= x %>")
_words("too long a role", "{event}`" + "x" * 20_000 + "`", "{n}`" + "events " * 5_000 + "`")

# --- bytes ----------------------------------------------------------------------------------------
_bytes("cut within a letter", lambda raw, rng: raw[: raw.index("¶".encode()) + 1])
_bytes("Latin-1", lambda raw, rng: raw.decode().encode("latin-1"))
_bytes("UTF-16", lambda raw, rng: raw.decode().encode("utf-16"))
_bytes("NUL bytes", lambda raw, rng: raw.replace(b"they met", b"they\0met"))
_bytes(
    "control characters",
    lambda raw, rng: raw.replace(b"they met", rng.choice([b"they\x1b[2Jmet", b"they\x08met", b"\x0cthey"])),
)
_bytes("hidden order", lambda raw, rng: raw.replace(b"they met", "they \u202emet".encode()))
_bytes("half a pair", lambda raw, rng: raw.replace(b"they met", b"they \xed\xa0\x80 met"))
_bytes("other line ends", lambda raw, rng: raw.replace(b"\n", rng.choice([b"\r\n", b"\r"])))
_bytes("line separators", lambda raw, rng: raw.replace(b"they met", "they\u2028met\x85again".encode()))
_bytes("byte order mark", lambda raw, rng: b"\xef\xbb\xbf" + raw)
_bytes(
    "tabs", lambda raw, rng: raw.replace(b"\n", b"\n\t") if rng.random() < 0.5 else raw.replace(b" ", b"\t")
)
_bytes(
    "a huge line",
    lambda raw, rng: (
        raw
        + rng.choice(
            [
                b"word " * 100_000,
                b"x" * 300_000,
                b"[" * 3_000,
                b"> " * 400 + b"x",
                b"*a " * 5_000,
                b"`" * 9_999,
            ]
        )
    ),
)
_bytes("empty page", lambda raw, rng: rng.choice([b"", b"\n\n", b"\xef\xbb\xbf", HEAD.encode()]))
_bytes(
    "some bytes lost",
    lambda raw, rng: raw[: (at := rng.randrange(len(raw)))] + raw[at + rng.choice([1, 20, 200]) :],
)
_bytes("some bytes twice", lambda raw, rng: raw[: (at := rng.randrange(len(raw)))] + raw[max(0, at - 80) :])
_bytes("cut anywhere", lambda raw, rng: raw[: rng.randrange(1, len(raw))])

# --- links, labels, headings ----------------------------------------------------------------------
_text("label twice", ("(istanbul-figure)=\n", "(istanbul-figure)=\nWords.\n\n(istanbul-figure)=\n"))
_text("label of two pages", ("# A small book", "(istanbul-figure)=\n# A small book"), file="intro.md")
_text("broken ref", ("<istanbul-figure>", "<istanbul-figur>"))
_text("broken doc", ("{doc}`intro`", "{doc}`introduction`"))
_text("broken link", ("(reference/sources.md)", "(reference/source.md)"))
_words(
    "broken anchors",
    "[x](#nowhere)",
    "[x](intro.md#nowhere)",
    "[x](nowhere)",
    "<project:#nowhere>",
    "[x][nowhere]\n\n[y]: z",
)
_words(
    "links out of the book",
    "[x](../_config.yml)",
    "[x](/etc/hostname)",
    "[x](file:///etc/hostname)",
    "[x](javascript:zz())",
    "[x](data:text/html,zz)",
    "[x](path:../data/claims.csv)",
    "<javascript:zz()>",
)
_words(
    "images that are not there",
    "![x](nowhere.png)",
    "![](nowhere.svg)",
    "![x](https://example.org/x.png)",
    "![x](/etc/hostname)",
)
_words("footnote without target", "Words.[^nowhere]")
_words("footnote twice", "Words.[^two]\n\n[^two]: One.\n\n[^two]: Two.")
_words("footnote not called", "[^idle]: Nobody calls.")
_text("heading jump", ("## What was said", "#### What was said"))
_text("no title", ("# The Istanbul meeting\n", ""))
_text("two titles", ("## What was said", "# What was said"))
_text("empty title", ("# The Istanbul meeting", "#"))
_text("title with a role", ("# The Istanbul meeting", "# The {event}`2005-istanbul-meeting`"))
_text(
    "heading twice",
    ("## What was said", "## What was said\n\nAgain {event}`2005-istanbul-meeting`.\n\n## What was said"),
)
_text("ragged table", ("| one | {day}", "| one | two | three | {day}"))
_words(
    "raw HTML",
    "<script>zz()</script>",
    "<img src=x onerror=zz()>",
    "Words <b onclick=zz()>zz</b>.",
    "<iframe src='https://example.org'></iframe>",
    "<div>\n\nWords.",
    "<!-- never closed",
    "<style>*{display:none}</style>",
    "</article></body>",
)
_words("formulas", "$$\\frac{1$$", "$\\undefined{$", "$$\nnever closed")
_words(
    "odd Markdown",
    "- a\n    - b\n  - c\n 1) d",
    "term\n: def\n\n: def",
    "+++ {bad json\n",
    "% comment",
    "(label)=\n(label-two)=\n",
    "***a**",
    "&#0; &#xD800; &nosuch;",
    "\\",
)

# --- cells ----------------------------------------------------------------------------------------
_cell("syntax error", "charts.timeline(chapter", "for", "x = = 1", "'never closed", "\tx = 1\n  y")
_cell(
    "exception",
    "1 / 0",
    "raise KeyError('x')",
    "assert False",
    "history.chapter('nowhere')",
    "charts.timeline()",
    "charts.nosuch(history)",
)
_cell("wrong import", "import nosuchmodule", "from without_recognition import nosuch")
_cell("input", "input('Your name? ')")
_cell("exit", "exit()", "import sys; sys.exit(3)", "import os; os._exit(3)", "raise SystemExit", "quit()")
_cell("endless loop", "while True: pass", "import time; time.sleep(10_000)")
_cell("endless output", "while True: print('x' * 1_000)")
_cell(
    "much output",
    "print('x' * 60_000_000)",
    "for n in range(500_000): print(n, 'words and words and words and words')",
)
_cell("warning", "import warnings; warnings.warn('careful')", "import sys; print('careful', file=sys.stderr)")
_cell(
    "figure twice",
    "charts.timeline(chapter)\n```\n\nWords.\n\n```{code-cell}\n:tags: [hide-input]\ncharts.timeline(chapter)",
)
_cell("shell", "!echo zz", "%%bash\necho zz", "%nosuchmagic", "%run nowhere.py")
_cell(
    "reads elsewhere",
    "open('/etc/hostname').read()",
    "open('nowhere.csv')",
    "open('../data/claims.csv').read()[:9]",
)
_cell(
    "hostile output",
    "from IPython.display import HTML; HTML('<script>zz()</script>')",
    "from IPython.display import Javascript; Javascript('zz()')",
    "from IPython.display import Markdown; Markdown('{event}`x` [x](nowhere.md)')",
    "from IPython.display import SVG; SVG('<svg')",
    "from IPython.display import Image; Image('nowhere.png')",
    "print('\\ud800')",
    "print('\\x1b[31mred\\0')",
    "class A:\n    def __repr__(self): raise ValueError('no')\nA()",
)
_text(
    "cell tagged to fail",
    (":tags: [hide-input]\ncharts.timeline(chapter)", ":tags: [raises-exception]\n1 / 0"),
)

# --- contents and settings ------------------------------------------------------------------------
_text(
    "page not in the contents",
    ("      - file: istanbul\n", "      - file: reference/nothing-here\n"),
    file="_toc.yml",
)
_text("page left out", ("      - file: reference/silences\n", ""), file="_toc.yml")
_text(
    "page twice",
    ("      - file: istanbul\n", "      - file: istanbul\n      - file: istanbul\n"),
    file="_toc.yml",
)
_text(
    "page in two parts",
    ("      - file: reference/events\n", "      - file: istanbul\n      - file: reference/events\n"),
    file="_toc.yml",
)
_text("page that is not there", ("- file: istanbul\n", "- file: istambul\n"), file="_toc.yml")
_text("root that is not there", ("root: intro", "root: introduction"), file="_toc.yml")
_text("root in the list", ("- file: istanbul\n", "- file: istanbul\n      - file: intro\n"), file="_toc.yml")
_text("page with its suffix", ("- file: istanbul\n", "- file: istanbul.md\n"), file="_toc.yml")
_text(
    "page out of the book",
    ("- file: istanbul\n", "- file: ../_config\n      - file: /etc/hostname\n"),
    file="_toc.yml",
)
_text("contents with an unknown key", ("- file: istanbul", "- fille: istanbul"), file="_toc.yml")
_text("contents of another format", ("jb-book", "jb-magazine"), file="_toc.yml")
_bytes(
    "contents not YAML",
    lambda raw, rng: rng.choice(
        [
            raw + b"\t- [",
            raw.replace(b"root: intro", b"root: [intro"),
            raw.replace(b"chapters:", b"chapters"),
            b"\xff\xfe" + raw,
            b"a: &a [*a, *b]",
        ]
    ),
    file="_toc.yml",
)
_bytes(
    "contents of another kind",
    lambda raw, rng: rng.choice(
        [
            b"",
            b"- intro\n",
            b"intro\n",
            b"format: jb-book\nroot: 3\n",
            b"format: jb-book\nroot: intro\nparts: 3\n",
            b"root: {a: b}\n",
            b"format: jb-book\nroot: intro\nparts:\n- chapters:\n  - file: [a]\n",
        ]
    ),
    file="_toc.yml",
)
SETTINGS = "../_config.yml"
_text("unknown setting", ("title:", "tittle:"), file=SETTINGS)
_text("unknown part of settings", ("only_build_toc_files: false", "nonsense: {a: b}"), file=SETTINGS)
_text(
    "setting of another kind", ("author: Without Recognition contributors", "author: [a, b]"), file=SETTINGS
)
_text("setting of another word", ("stderr_output: error", "stderr_output: loud"), file=SETTINGS)
_text("extension that is not there", ("- sphinx_copybutton", "- sphinx_nosuch"), file=SETTINGS)
_text("unknown Markdown extension", ("attrs_block", "attrs_blok"), file=SETTINGS)
_text("extensions a word", ("extensions:\n", "extensions: myst_nb\n    more:\n"), file=SETTINGS)
_text(
    "unknown Sphinx setting",
    ("nb_merge_streams: true", "nb_merge_streams: [1]\n    nb_nosuch: true"),
    file=SETTINGS,
)
_text("unknown theme setting", ("html_theme_options: {}", "html_theme_options: {nosuch: 4}"), file=SETTINGS)
_bytes(
    "settings not YAML",
    lambda raw, rng: rng.choice(
        [raw + b"\t- [", raw.replace(b"parse:", b"parse"), b"\xff" + raw, b"{", b"a: *b"]
    ),
    file=SETTINGS,
)
_bytes(
    "settings of another kind",
    lambda raw, rng: rng.choice(
        [b"", b"- a\n", b"words\n", b"sphinx: 3\n", b"execute: cache\n", b"sphinx: {config: [a]}\n"]
    ),
    file=SETTINGS,
)


# --- files ----------------------------------------------------------------------------------------
@_kind
def page_gone(book: Path, rng: random.Random) -> None:
    page(book).unlink()


@_kind
def page_a_folder(book: Path, rng: random.Random) -> None:
    page(book).unlink()
    page(book).mkdir()


@_kind
def page_a_link_to_nothing(book: Path, rng: random.Random) -> None:
    page(book).unlink()
    page(book).symlink_to(rng.choice(["nowhere.md", "istanbul.md", "/"]))


@_kind
def page_beside_in_another_format(book: Path, rng: random.Random) -> None:
    name = rng.choice(["istanbul.rst", "istanbul.ipynb", "more.ipynb", "more.rst"])
    (book / name).write_text(rng.choice(["{", "", "# Words", "Words\n===\n"]), "utf-8")


@_kind
def page_with_an_odd_name(book: Path, rng: random.Random) -> None:
    (
        book
        / rng.choice(
            ["two words.md", "CON.md", "a;b.md", "-x.md", "é.md", ".md", "a\nb.md", "<b>.md", "con.txt.md"]
        )
    ).write_text("# Odd\n\nWords.\n", "utf-8")


@_kind
def name_that_is_no_text(book: Path, rng: random.Random) -> None:
    Path(os.fsdecode(os.fsencode(book) + b"/\xff.md")).write_text("# Odd\n", "utf-8")


@_kind
def contents_gone(book: Path, rng: random.Random) -> None:
    (book / "_toc.yml").unlink()


@_kind
def settings_gone(book: Path, rng: random.Random) -> None:
    (book / SETTINGS).unlink()
