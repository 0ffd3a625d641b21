"""The book, or a chapter of it, as BibTeX, RIS and CSL-JSON, for the cite boxes."""

from __future__ import annotations

import json
import re

from analysis import citing
from analysis.press import bibliography

SPECIAL = re.compile(r"([&%#_])")


def records(key: str, title: str = "") -> dict[str, str]:
    """Name of the format -> record; without `title` that of the whole book, with it of a chapter."""
    return {"BibTeX": bibtex(key, title), "RIS": ris(key, title), "CSL-JSON": csl(key, title)}


def bibtex(key: str, title: str = "") -> str:
    """A @book, or an @incollection in it; the corporate author stands in braces."""
    book = citing.metadata()
    fields = {
        "author": f"{{{_tex(book['author'])}}}",
        "title": f"{{{_tex(title or book['full_title'])}}}",
        **({"booktitle": f"{{{_tex(book['full_title'])}}}"} if title else {}),
        "year": book["year"],
        "version": book["version"],
        "note": f"Version {book['version']}, {book['date']}",
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@{'incollection' if title else 'book'}{{{_key(key)},\n{lines}}}\n"


def ris(key: str, title: str = "") -> str:
    """TY CHAP or BOOK; lines end as the format wants them to look, with two spaces and a hyphen."""
    book = citing.metadata()
    pairs = [
        ("TY", "CHAP" if title else "BOOK"),
        ("AU", book["author"]),
        ("TI", title or book["full_title"]),
        *([("T2", book["full_title"])] if title else []),
        ("PY", book["year"]),
        ("DA", book["date"].replace("-", "/")),
        ("ET", f"Version {book['version']}"),
        ("LA", book["language"]),
        ("ID", _key(key)),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\n" for tag, text in pairs)


def csl(key: str, title: str = "") -> str:
    """A list of one CSL item."""
    book = citing.metadata()
    item = {
        "id": _key(key),
        "type": "chapter" if title else "book",
        "title": title or book["full_title"],
        **({"container-title": book["full_title"]} if title else {}),
        "author": [{"literal": book["author"]}],
        "issued": {"date-parts": [[int(part) for part in book["date"].split("-")]]},
        "version": book["version"],
        "language": book["language"],
    }
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _key(key: str) -> str:
    return f"without-recognition-{key}" if key else "without-recognition"


def _tex(text: str) -> str:
    return SPECIAL.sub(r"\\\1", bibliography.plain(text)).replace("~", r"\textasciitilde{}")
