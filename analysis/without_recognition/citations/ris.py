"""CSL items as RIS: the date to the day (DA), the day of access (Y2), the language (LA), what was read (KW, N1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from without_recognition.citations import csl, names, when

TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "broadcast": "ADVS",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "MANSCPT",
    "entry-encyclopedia": "ENCYC",
    "interview": "PCOMM",
    "legislation": "STAT",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "speech": "SLIDE",
    "webpage": "ELEC",
}  #: GEN, which programs take for a journal article, is for nothing that we have
GENRES = {
    "broadcast": "Broadcast",
    "document": "Document",
    "interview": "Interview",
    "post": "Post",
    "speech": "Speech",
}
PLAIN = (
    ("T2", "container-title"),
    ("PB", "publisher"),
    ("IS", "issue"),
    ("M1", "number"),
    ("SP", "page"),
    ("LA", "language"),
    ("DO", "DOI"),
    ("UR", "URL"),
)


def bibliography(items: Iterable[csl.Item]) -> str:
    """One record an item, in their order, with an empty line between."""
    return "\n".join(map(record, items))


def record(item: csl.Item) -> str:
    """One record: `TAG  - value` lines from TY to ER, each with a line end."""
    lines = [f"{tag}  - {' '.join(str(value).split())}\n" for tag, value in _lines(item) if value]
    return "".join(lines) + "ER  - \n"


def _lines(item: csl.Item) -> Iterator[tuple[str, object]]:
    custom = item["custom"]
    year, day = when.ris(custom["edtf"]["issued"])
    yield "TY", TYPES[item["type"]]
    yield "ID", item["id"]
    yield from (("AU", _name(name)) for name in item.get("author", ()) if name != names.OTHERS)
    yield "TI", item["title"]
    yield "TT", custom.get("title_en")
    yield "M3", item.get("genre") or GENRES.get(item["type"])
    yield "VL", ", part ".join(str(item[key]) for key in ("volume", "part") if key in item)
    yield from ((tag, item.get(key)) for tag, key in PLAIN)
    yield "ET", f"Version {item['version']}" if "version" in item else ""
    yield "PY", year
    yield "DA", day
    yield "Y2", when.ris(custom["edtf"]["accessed"])[1] if "accessed" in custom["edtf"] else ""
    yield from (("KW", word) for word in str(item.get("keyword", "")).split(", "))
    yield from (("N1", note) for note in _notes(item))


def _name(name: dict[str, str]) -> str:
    """'Yegar, Moshe'; a body ends with a comma, as the format wants it, so that nobody divides its name."""
    if "literal" in name:
        return f"{name['literal']},"
    return ", ".join(filter(None, (name["family"], name["given"], name.get("suffix"))))


def _notes(item: csl.Item) -> Iterator[object]:
    written = item["custom"]["edtf"].get("original-date")
    yield "Further authors are not named." if names.OTHERS in item.get("author", ()) else ""
    yield item.get("note")
    yield f"Written: {written}." if written else ""
    yield item.get("annote")
