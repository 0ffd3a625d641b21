r"""CSL items as biblatex: dates in EDTF, addresses verbatim, names and titles whole in braces.

Text is UTF-8. What TeX would run is written as TeX writes it; `url` and `doi` are verbatim fields, in which nothing
is to be escaped.
"""

from __future__ import annotations

from collections.abc import Iterable

from without_recognition.citations import csl, names, when

TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "inbook",
    "dataset": "dataset",
    "entry-encyclopedia": "inreference",
    "post": "online",
    "post-weblog": "online",
    "report": "report",
    "webpage": "online",
}  #: every other is `misc`, and so is an `online` without an address
SUBTYPES = {
    "article-magazine": "magazine",
    "article-newspaper": "newspaper",
    "post": "post",
    "post-weblog": "blog",
}
GENRES = {
    "broadcast": "Broadcast",
    "document": "Document",
    "interview": "Interview",
    "legislation": "Legal or parliamentary record",
    "report": "Report",
    "speech": "Speech",
}  #: `type`, where biblatex has no entry type that says it
HOMES = {
    "article": ("journaltitle", "addendum"),
    "book": ("series", "publisher"),
    "dataset": ("series", "publisher"),
    "inbook": ("booktitle", "publisher"),
    "inreference": ("booktitle", "publisher"),
    "online": ("organization", "addendum"),
    "report": ("addendum", "institution"),
}  #: the fields of container and publisher; every other type has ELSEWHERE
ELSEWHERE = ("howpublished", "organization")
NUMBERS = {
    "article": (("volume", "volume"), ("number", "issue"), ("pages", "page")),
    "inbook": (("volume", "volume"), ("pages", "page")),
    "report": (("number", "number"), ("pages", "page")),
}
LANGUAGES = {
    "ar": "arabic",
    "bn": "bengali",
    "de": "ngerman",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fr": "french",
    "gu": "gujarati",
    "he": "hebrew",
    "hi": "hindi",
    "id": "indonesian",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
    "sw": "swahili",
    "th": "thai",
    "tr": "turkish",
    "ur": "urdu",
}  #: `langid`, by babel's names; any other is given as its code
ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
})  # fmt: skip
IN_ADDRESSES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})


def bibliography(items: Iterable[csl.Item]) -> str:
    """One entry an item, in their order, with an empty line between."""
    return "\n".join(map(entry, items))


def entry(item: csl.Item) -> str:
    """One entry, with a line end."""
    kind = TYPES.get(item["type"], "misc")
    if kind == "online" and not (item.get("URL") or item.get("DOI")):
        kind = "misc"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(kind, item).items() if value)
    return f"@{kind}{{{item['id']},\n{lines}}}\n"


def text(words: object) -> str:
    """`words` without what TeX would run or BibTeX take for its own braces."""
    return str(words).translate(ESCAPES)


def _fields(kind: str, item: csl.Item) -> dict[str, str]:
    edtf = item["custom"]["edtf"]
    return {
        "author": " and ".join(map(_name, item.get("author", ()))),
        "title": _whole(item["title"]),
        "titleaddon": _whole(item["custom"].get("title_en", "")),
        **_home(kind, item),
        **{name: text(item.get(key, "")) for name, key in NUMBERS.get(kind, ())},
        "type": _genre(kind, item),
        "entrysubtype": SUBTYPES.get(item["type"], "") if kind != "misc" else "",
        **_version(kind, text(item.get("version", ""))),
        "date": when.biblatex(edtf["issued"]),
        "origdate": when.biblatex(edtf["original-date"]) if "original-date" in edtf else "",
        "doi": _address(item.get("DOI", "")),
        "url": _address(item.get("URL", "")),
        "urldate": edtf.get("accessed", ""),
        "langid": LANGUAGES.get(item["language"], item["language"]),
        "note": text(item.get("note", "")),
        "keywords": text(item.get("keyword", "")),
        "annote": text(item.get("annote", "")),
    }


def _home(kind: str, item: csl.Item) -> dict[str, str]:
    """Container and publisher, whole: in braces, since these fields are lists that " and " divides."""
    home, publisher = HOMES.get(kind, ELSEWHERE)
    place = str(item.get("container-title", ""))
    if kind not in NUMBERS and place:
        told = (("vol.", "volume"), ("part", "part"), ("no.", "number"), ("pp.", "page"))
        place = ", ".join([place, *(f"{word} {item[key]}" for word, key in told if key in item)])
    return {home: _whole(place), publisher: _whole(item.get("publisher", ""))}


def _version(kind: str, version: str) -> dict[str, str]:
    """In the field that a dataset has for it; anything else has it for an edition."""
    return {"version": version} if kind == "dataset" else {"edition": version and f"Version {version}"}


def _genre(kind: str, item: csl.Item) -> str:
    return text(item.get("genre") or GENRES.get(item["type"], "")) if kind in ("misc", "report") else ""


def _whole(words: object) -> str:
    """In braces of its own: nothing changes its letters, nothing divides it."""
    return f"{{{text(words)}}}" if words else ""


def _name(name: dict[str, str]) -> str:
    if name == names.OTHERS:
        return "others"
    if "literal" in name:
        return _whole(name["literal"])
    parts = (name["family"], name.get("suffix"), name["given"])
    return ", ".join(_part(part) for part in parts if part)


def _part(words: str) -> str:
    """A part of a name, whole where BibTeX would divide it: at " and ", or before a word with a small letter."""
    divided = any(word[0].islower() or word.casefold() == "and" for word in words.split())
    return _whole(words) if divided else text(words)


def _address(url: object) -> str:
    return str(url).translate(IN_ADDRESSES)
