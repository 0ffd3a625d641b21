"""How heavy each page of a built book is on the wire: its own bytes and those of all that a first view loads, gzipped.

    python analysis/benchmarks/weights.py [_build/book] [--all]

Counted as a browser with an empty cache would fetch: the page, its styles and scripts, what the styles name (faces
counted where the page uses them: upright always, italic where it has any, Naskh, as a part of the page, where it has
Arabic letters), pictures in the page. WOFF2 and PNG are
packed already and count as they are.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

STYLESHEET = re.compile(r'<link\b(?=[^>]*\brel="(?:stylesheet|icon)")[^>]*>')
ADDRESS = re.compile(r'\b(?:src|href)="([^"]+)"')
SOURCE = re.compile(r"<(?:script|img)\b[^>]*\bsrc=[^>]*>")
NAMED = re.compile(r"url\([\"']?([^\"')]+)[\"']?\)")
ARABIC = re.compile("[\u060c-\u06f9]")  #: the range that shell.css names for its Naskh face
ITALIC = re.compile(r"<(?:em|i|cite)\b")
PACKED = {".woff2", ".png", ".jpg", ".webp"}
PAGE, SHELL = 350_000, 100_000  #: bytes that a first view, and what all pages share, may weigh


@dataclass(frozen=True)
class Weight:
    """Bytes on the wire: of the page, and of what it loads."""

    page: str
    html: int
    shell: int
    files: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.html + self.shell


@cache
def packed(path: Path) -> int:
    """The bytes of a file as a server sends it."""
    data = path.read_bytes()
    return len(data) if path.suffix in PACKED else len(gzip.compress(data, 6, mtime=0))


def loads(path: Path) -> set[Path]:
    """The files that a first view of the page at `path` fetches beside it."""
    text = path.read_text("utf-8")
    tags = [*STYLESHEET.findall(text), *SOURCE.findall(text)]
    found = {_beside(path, ADDRESS.search(tag)[1]) for tag in tags}
    for style in [each for each in found if each.suffix == ".css"]:
        found |= {
            _beside(style, name)
            for name in NAMED.findall(style.read_text("utf-8"))
            if not name.startswith("data:")
            and not name.partition("?")[0].endswith((".ttf", ".woff", ".eot", ".svg"))
            and ("italic" not in name or ITALIC.search(text))
            and ("naskh" not in name or ARABIC.search(text))
        }
    return {each for each in found if each.is_file()}


def _beside(path: Path, address: str) -> Path:
    return (path.parent / unquote(urlsplit(address).path)).resolve()


def weigh(book: Path, path: Path) -> Weight:
    """The weight of one page of a built book."""
    files = loads(path)
    own = {each for each in files if "naskh" in each.name}
    shell = sum(map(packed, files - own))
    names = tuple(sorted(each.relative_to(book).as_posix() for each in files if each.is_relative_to(book)))
    return Weight(path.relative_to(book).as_posix(), packed(path) + sum(map(packed, own)), shell, names)


def pages(book: Path) -> list[Path]:
    """The pages of a built book, without those in its folder of static files."""
    return [path for path in sorted(book.rglob("*.html")) if "_static" not in path.parts]


def main() -> int:
    """Print the table; the exit code is 1 where a page or the shell is too heavy."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("book", type=Path, nargs="?", default=Path("_build/book"))
    asked.add_argument("--all", action="store_true", help="every page, not only the twenty heaviest")
    options = asked.parse_args()
    book = options.book.resolve()
    weights = sorted((weigh(book, path) for path in pages(book)), key=lambda w: -w.total)
    if not weights:
        print(f"{options.book}: no pages here; build the book first", file=sys.stderr)
        return 2
    print(f"{'page':44} {'page kB':>8} {'shell kB':>9} {'first view kB':>14} {'files':>6}")
    for weight in weights if options.all else weights[:20]:
        numbers = (weight.html / 1000, weight.shell / 1000, weight.total / 1000, len(weight.files) + 1)
        print("{:44} {:8.1f} {:9.1f} {:14.1f} {:6}".format(weight.page, *numbers))
    published = sum(
        path.stat().st_size for path in book.rglob("*") if path.is_file() and "downloads" not in path.parts
    )
    heavy = [w.page for w in weights if w.total > PAGE or w.shell > SHELL]
    print(
        f"{len(weights)} pages; {published / 1e6:.1f} MB published without downloads; {len(heavy)} too heavy"
    )
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
