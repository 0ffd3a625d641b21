"""Whether pages bear names that the generator keeps for pages of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from without_recognition.data import ignored

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
    "reports": "the tracebacks of failed chapters",
}


def problems(book: Path) -> Iterator[str]:
    """'book/search.md:1:1: what is wrong; what to do' for every page of a name that is taken."""
    slugs: dict[str, str] = {}
    for path in ignored.files(book):
        name = path.relative_to(book).as_posix()
        if path.suffix != ".md":
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
