"""All sources as BibTeX and RIS, made from their CSL-JSON items; pybtex writes the BibTeX."""

from __future__ import annotations

from pybtex.database import BibliographyData, Entry, Person

from analysis import citing
from analysis.dataset import History

BIBTEX = {"book": "book", "chapter": "inbook", "article-journal": "article", "article-magazine": "article",
          "article-newspaper": "article", "report": "techreport"}  # fmt: skip
RIS = {"book": "BOOK", "chapter": "CHAP", "article-journal": "JOUR", "article-magazine": "MGZN",
       "article-newspaper": "NEWS", "report": "RPRT", "webpage": "ELEC", "post": "ELEC", "post-weblog": "BLOG",
       "entry-encyclopedia": "ENCYC", "legislation": "LEGAL", "dataset": "DATA"}  # fmt: skip


COMMANDS = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}", "$": r"\$",
})  # fmt: skip


def plain(text: str) -> str:
    """`text` without what TeX would run or BibTeX take for its own braces; pybtex sees to the rest."""
    return text.translate(COMMANDS)


def bibtex(history: History) -> str:
    """One entry a source; what BibTeX has no type for is `misc`."""
    entries = {item["id"]: _entry(item) for item in _items(history)}
    return BibliographyData(entries).to_string("bibtex")


def _entry(item: dict) -> Entry:
    kind = BIBTEX.get(item["type"], "misc")
    home = {"article": "journal", "inbook": "booktitle", "techreport": "institution"}.get(kind, "howpublished")
    title, container = plain(item["title"]), plain(item["container-title"])
    fields = {"title": "{" + title + "}", home: container, "year": _year(item)}
    for name, key in (("publisher", "publisher"), ("url", "URL"), ("language", "language")):
        if item.get(key):
            fields[name] = plain(item[key])
    people = [Person(last="{" + plain(a["literal"]) + "}") if "literal" in a
              else Person(last=plain(a["family"]), first=plain(a["given"]))
              for a in item["author"]]  # fmt: skip
    return Entry(kind, fields=fields, persons={"author": people})


def ris(history: History) -> str:
    """One record a source; what RIS has no type for is GEN."""
    lines = []
    for item in _items(history):
        names = [a.get("literal") or f"{a['family']}, {a['given']}" for a in item["author"]]
        fields = [("TY", RIS.get(item["type"], "GEN")), ("ID", item["id"]), *(("AU", n) for n in names),
                  ("TI", item["title"]), ("T2", item["container-title"]), ("PB", item.get("publisher", "")),
                  ("PY", _year(item)), ("LA", item.get("language", "")), ("UR", item.get("URL", ""))]  # fmt: skip
        lines += [f"{tag}  - {value}" for tag, value in fields if value] + ["ER  - ", ""]
    return "\n".join(lines)


def _items(history: History) -> list[dict]:
    return [citing.csl(source) for source in history.sources.to_dict("records")]


def _year(item: dict) -> str:
    return str(item.get("original-date", item["issued"])["date-parts"][0][0])
