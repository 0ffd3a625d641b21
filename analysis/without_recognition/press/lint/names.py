"""Whether pages bear names that the generator keeps for pages of its own, and whether all that lies there is a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx_external_toc.api import FileItem, GlobItem
from sphinx_external_toc.parsing import parse_toc_yaml

from without_recognition.data import ignored, textfile

PAGES = {
    "index": "the front door, which leads to the first page",
    "search": "the search page",
    "genindex": "the general index",
    "modindex": "an index of Sphinx's",
    "py-modindex": "an index of Sphinx's",
    "searchindex": "the index of the search",
    "404": "the page for what is not found",
}
FOLDERS = {
    "downloads": "what readers take away",
    "figures": "the pictures",
    "previews": "the pictures that stand for pages elsewhere",
    "events": "the pages of single events",
    "people": "the pages of single persons",
    "id": "what an id leads to",
    "reports": "the tracebacks of failed chapters",
}
CONTENTS = "_toc.yml"


def page_name_problems(book: Path) -> Iterator[str]:
    """'book/search.md:1:1: what is wrong; what to do' for every page of a name that is taken,
    and for what is no page."""
    slugs: dict[str, str] = {}
    for path in ignored.files(book):
        name = path.relative_to(book).as_posix()
        if path.suffix != ".md":
            if name != CONTENTS:
                yield f"{book.name}/{name}:1:1: no page, whose name ends with .md; rename it or move it away"
            continue
        at, bare = f"{book.name}/{name}:1:1", name.removesuffix(".md")
        folder = bare.partition("/")[0] if "/" in bare else ""
        if bare in PAGES:
            yield f"{at}: '{bare}' is the name of {PAGES[bare]}; rename the page"
        elif folder in FOLDERS:
            yield f"{at}: '{folder}/' is the folder of {FOLDERS[folder]}; put the page into another"
        slug = bare.replace("/", "-")
        if slug in slugs:
            yield f"{at}: in print it has the same name as {slugs[slug]}; rename one of them"
        slugs.setdefault(slug, f"{book.name}/{name}")
    yield from _contents(book)


def _contents(book: Path) -> Iterator[str]:
    """Entries of the contents that Sphinx takes without a word, although a page would stand there twice."""
    path = book / CONTENTS
    try:
        pages = parse_toc_yaml(path)
        lines = textfile.read_text(path).splitlines()
    except Exception:  # Sphinx tells what is wrong, and where
        return
    parts = [part for page in pages.values() for part in page.subtrees]
    listed = [str(item) for part in parts for item in part.items if isinstance(item, (FileItem, GlobItem))]
    for item in dict.fromkeys(listed):
        if set(item) & set("*?[") or (item.endswith(".md") and item.removesuffix(".md") in listed):
            rows = (n for n, line in enumerate(lines, 1) if re.search(rf"{re.escape(item)}['\"]?\s*$", line))
            told = f"'{item}' may list a page a second time; write the name of each page, once"
            yield f"{book.name}/{CONTENTS}:{next(rows, 1)}: {told}"
