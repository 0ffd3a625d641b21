"""What Sphinx and its extensions complain of, in the form of this house: file:row: what; what to do."""

from __future__ import annotations

import logging
import os
import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from without_recognition.data.messages import nearest, printable
from without_recognition.findings import said
from without_recognition.press.lint.pages import DIRECTIVES

REMEDIES = {  #: a word of the message -> what to do about it
    "while parsing": "correct the YAML there",
    "while scanning": "correct the YAML there",
    "unknown keys": "remove it, or write one that is allowed",
    "option": "write one that the directive knows",
    "content": "leave the directive empty",
    "argument": "see another page for how it is written",
    "footnote": "give every note one text and one call",
    "stderr": "mend what the cell warns of",
    "config value": "correct it in _config.yml",
    "theme option": "correct it in _config.yml",
    "no page shows": "list the reference pages in book/_toc.yml",
    "any toctree": "list it in book/_toc.yml or remove the file",
    "multiple times": "list every page once",
    "multiple files": "keep the one in MyST (.md)",
    "duplicate": "rename one",
    "header level": "leave no level out",
    "start at h": "begin with '# ' and the title",
    "code-cell": "begin with the front matter of another chapter",
    "yaml": "correct it, or copy the front matter of another chapter",
}


def _pages(app: Sphinx) -> Iterable[str]:
    return app.env.found_docs


def _labels(app: Sphinx) -> Iterable[str]:
    labels = app.env.domaindata["std"]["anonlabels"]
    return [label for label, (page, _) in labels.items() if page in app.env.found_docs]


NAMES: dict[str, Callable[[Sphinx], Iterable[str]]] = {  #: what Sphinx says of a name -> those that there are
    r"undefined label: '(.*)'": _labels,
    r"unknown document: '(.*)'": _pages,
    r"reference to nonexisting document '(.*)'": _pages,
    r"cross-reference target not found: '(.*)'": lambda app: [
        *(f"{p}.md" for p in _pages(app)),
        *_labels(app),
    ],
    r'Unknown interpreted text role "(.*)"': lambda app: said.OF_PAGES,
    r"Unknown directive type: '(.*)'": lambda app: DIRECTIVES,
}
CONTENTS = "_toc.yml"
OF_CONTENTS = re.compile(r"^\[etoc\]|^toctree contains reference")  #: in what is said of that file
OF_SETTINGS = re.compile(r"config|theme option")
TAG = re.compile(r"^\[etoc\] | \[[\w-]+\.[\w-]+\]$")  #: by which a warning can be suppressed
NEEDLE = re.compile(r"""(?P<role>\{[\w-]+\}`[^`]*`)|['"](?P<name>[^'"]+)['"]""")


class WarningFormatter(logging.Formatter):
    """Formatter for warnings about the sources of `app`; it remembers which files were warned of."""

    def __init__(self, app: Sphinx):
        super().__init__()
        self.app, self.source = app, Path(app.srcdir)
        self.warned: set[str | None] = set()  #: paths; None where a warning names none
        self.said: Counter[tuple[str, str, str]] = Counter()

    def format(self, record: logging.LogRecord) -> str:
        said = " ".join(logging.LogRecord.getMessage(record).split())
        found = re.fullmatch(r"(.*?):?(\d*)", getattr(record, "location", None) or "")
        path, row = found.groups() if found else ("", "")
        known = bool(path) and not path.startswith("<")
        self.warned.add(path if known else None)
        self.said[said, path, row] += 1
        place = place_of(
            said, Path(path) if known else None, int(row or 0), self.source, self.said[said, path, row]
        )
        return f"{place}: {mended(said, self.app)}"

    def forget_warned(self, app: Sphinx, exception: Exception | None) -> None:
        """Have the next build read again, and warn again of, what warned in this one. For `build-finished`."""
        warned = {app.env.path2doc(path) if path else None for path in self.warned}
        if None in warned:
            Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
        for page in warned - {None}:
            Path(app.doctreedir, f"{page}.doctree").unlink(missing_ok=True)


def place_of(said: str, path: Path | None, row: int, source: Path, nth: int = 1) -> str:
    """`book/page.md:row` for what Sphinx says, the `nth` time, of the page at `path`, or of contents or settings.

    There is no row where `row` is 0, as Sphinx knows none.
    """
    if OF_CONTENTS.search(said):
        path = source / CONTENTS
        row = _row_in_contents(path, said)
    elif path is None:
        path = source.parent / "_config.yml" if OF_SETTINGS.search(said) else source
    elif row and path.is_file():
        row = _row_in_paragraph(path, said, row, nth)
    shown = Path(os.path.relpath(path, source.parent)).as_posix()
    return f"{shown}:{row}" if row else shown


def _row_in_paragraph(path: Path, said: str, first: int, nth: int) -> int:
    """The row of what is complained of for the `nth` time: Sphinx knows only the `first` of a paragraph."""
    lines = path.read_text("utf-8", "replace").splitlines()[first - 1 :]
    text = "\n".join(lines).partition("\n\n")[0]
    for found in NEEDLE.finditer(said):
        words = r"\s+".join(map(re.escape, (found["role"] or found["name"]).split()))
        if places := list(re.finditer(words, text)):
            return first + text.count("\n", 0, places[min(nth, len(places)) - 1].start())
    return first


def _row_in_contents(path: Path, said: str) -> int:
    """The last row of the page that is complained of; the parser's, where it knows one; else the first."""
    if parsed := re.search(r"\bline (\d+)", said):
        return int(parsed[1])
    names = {found["name"] for found in NEEDLE.finditer(said)}
    entry = re.compile(r".*:\s*['\"]?(?P<name>[^'\"]+?)(\.md)?['\"]?\s*")
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    rows = [
        n for n, line in enumerate(lines, 1) if (found := entry.fullmatch(line)) and found["name"] in names
    ]
    return rows[-1] if rows else 1


def mended(said: str, app: Sphinx) -> str:
    """One line that says what to do; with the nearest name there is, where a name is not there."""
    said = TAG.sub("", said).replace(f"{Path(app.srcdir).parent}{os.sep}", "")
    for pattern, names in NAMES.items():
        if found := re.search(pattern, said):
            return printable(f"{said.rstrip('.')}{nearest(found[1], sorted(names(app)))}")
    return with_remedy(said)


def with_remedy(said: str) -> str:
    """One line that says what to do, in the words of the message or ours."""
    if "; " in said:
        return printable(said)
    remedy = next((remedy for word, remedy in REMEDIES.items() if word in said.lower()), "correct it there")
    return printable(f"{said.rstrip('.')}; {remedy}")


def word_warnings(app: Sphinx) -> None:
    """From now on Sphinx warns in our form, and never takes over what it warned of."""
    formatter = WarningFormatter(app)
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.setFormatter(formatter)
    app.connect(
        "build-finished", formatter.forget_warned, priority=950
    )  # who needs the doctrees comes before


def failure(wrong: Exception, app: Sphinx | None, root: Path) -> str:
    """What ended a build of the book in `root`, in words; the traceback goes to _build/traceback.txt.

    `app` is None where no page had been read.
    """
    told = " ".join(str(wrong).split()).replace(f"{root}{os.sep}", "")
    if app is None and OF_CONTENTS.match(told):
        return f"{place_of(told, None, 0, root / 'book')}: {with_remedy(TAG.sub('', told))}"
    if app is not None and app.config.root_doc not in app.env.found_docs:
        told = f"[etoc] reference to nonexisting document '{app.config.root_doc}'"
        return f"{place_of(told, None, 0, root / 'book')}: {mended(told, app)}"
    log = root / "_build" / "traceback.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    of_a_writer = getattr(wrong, "traceback", "")  # which was forked: Sphinx hands its traceback over as text
    told_whole = "".join([*traceback.format_exception(wrong), of_a_writer])
    log.write_text(told_whole, "utf-8", "backslashreplace")
    page = app.env.temp_data.get("docname") if app is not None else None
    path = (
        app.env.doc2path(page)
        if app is not None and page
        else root / ("_config.yml" if app is None else "book")
    )
    place = Path(os.path.relpath(path, root)).as_posix()
    cause = wrong.__cause__ or wrong
    said = with_remedy(f"Sphinx cannot read it ({type(cause).__name__}: {cause})")
    return f"{place}: {said}, or, if it is sound, report {log.parent.name}/{log.name}"
