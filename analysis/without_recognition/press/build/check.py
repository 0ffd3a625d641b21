"""`book check`: every problem of data, words and settings, with its place and what to do; nothing is written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import without_recognition
from without_recognition.data import check as data
from without_recognition.data import codebook
from without_recognition.data.dataset import DatasetError, data_folder, descriptor
from without_recognition.data.messages import printable
from without_recognition.evidence import counts, review
from without_recognition.press import PressError
from without_recognition.press.system import checkout

LISTS = {
    "summary": ("print the counts of the dataset", counts.summary),
    "review": (
        "list the rows that deserve a second look, by kind of doubt; they are no problems",
        review.review_list,
    ),
}
UNREAD = (
    "book: what its words name was not looked up, since the data cannot be read; mend them and check again"
)


def problems_before_build(root: Path) -> list[str]:
    """`file:row:column: what; what to do` for all that Sphinx itself would not tell when it builds the book."""
    return data.data_problems(data_folder()) or form(root)


def form(root: Path) -> list[str]:
    """Faults in the settings, in the names of pages, in how they are written, in their sentences and letters."""
    from without_recognition.press.lint import names, pages, prose, settings, signs
    from without_recognition.press.print import pdf

    found = [
        *settings.settings_problems(root / "_config.yml"),
        *names.page_name_problems(root / "book"),
        *pages.form_problems(root / "book"),
    ]
    with suppress(DatasetError):  # `data_problems` says so; what needs no data is told all the same
        chapters = codebook.field(descriptor(data_folder()), "events", "chapter")["categories"]
        found += prose.prose_problems(root / "book", [chapter["value"] for chapter in chapters])
        found += signs.letter_problems(root, without_recognition.load(), pdf.without_font)
    return [printable(problem) for problem in dict.fromkeys(found)]


def page_problems(root: Path) -> list[str]:
    """Faults of form, and all that Sphinx says of pages, contents and what they name; not of a page in two versions."""
    from without_recognition.press.build import sphinx_build
    from without_recognition.press.lint import pages

    faults = form(root)
    unmerged = {fault.partition(":")[0] for fault in faults if pages.UNMERGED in fault}
    said, ended = sphinx_build.complaints(root)
    said = [line for line in said if line.partition(":")[0] not in unmerged]
    return list(dict.fromkeys([*faults, *said, *([ended] if ended and not faults else [])]))


def main(argv: list[str]) -> int:
    """Check data and words in one pass; data alone where there is no checkout, or a folder is named.

    What Sphinx alone can tell, names that the data do not have, is told where the data can be read.
    """
    failed = data.main(argv, LISTS)
    try:
        root = checkout.book_folder()
    except PressError:
        return failed
    if any(not word.startswith("-") for word in argv):
        return failed
    readable = _readable()
    found = page_problems(root) if readable else form(root)
    told = [f"{len(found)} problem(s)"] if found else ["book: no problems"] if readable else []
    print(*found, *told, *([] if readable else [UNREAD]), sep="\n")
    return 1 if failed or found else 0


def _readable() -> bool:
    try:
        without_recognition.load()
    except DatasetError:
        return False
    return True
