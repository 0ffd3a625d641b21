"""Citations at every grain and format, all from data/datapackage.json and the tables.

The edition has a corporate author and, until there is an address, only relative links.
"""
from __future__ import annotations

import csv
import io
import json
import re
from functools import lru_cache

import pandas as pd

from analysis import dataset, dates

FORMULA = re.compile(r"^[=+\-@\t\r]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=1)
def package() -> dict:
    """The Data Package's own description: title, version, date, contributors, licences."""
    return json.loads((dataset.data_folder() / "datapackage.json").read_text("utf-8"))


def metadata() -> dict[str, str]:
    """What the book says of itself: title, subtitle, author, version, date (YYYY-MM-DD), year, licence, language, site."""
    p = package()
    title, _, subtitle = p["title"].partition(": ")
    return {"title": title, "subtitle": subtitle, "full_title": p["title"], "author": p["contributors"][0]["title"],
            "version": p["version"], "date": p["created"][:10], "year": p["created"][:4],
            "licence": p["licenses"][0]["name"], "licence_url": p["licenses"][0]["path"], "language": "en",
            "description": p["description"], "site": p["homepage"]}


def edition() -> str:
    """'Without Recognition, version 0.1.0 (2026)': the short self-reference that stands in pictures."""
    m = metadata()
    return f"{m['title']}, version {m['version']} ({m['year']})"


def whole() -> str:
    """The book as a reference in prose."""
    m = metadata()
    return f"{m['author']}. {m['full_title']}. Version {m['version']}, {m['date']}. {m['licence']}."


def part(title: str, address: str) -> str:
    """A chapter, event or claim of the book as a reference; `address` is relative to the book."""
    m = metadata()
    return f"{m['author']}. “{title}.” In {m['full_title']}, version {m['version']}, {m['date']}, {address}."


def figure(key: str, title: str) -> str:
    """A figure as a reference."""
    return part(title, f"figure fig-{key}")


# --- sources --------------------------------------------------------------------------------------
def short(source) -> str:
    """'Yegar 2007', 'Dawn 2005': family name or publisher, and year."""
    family = source["author"].split(";")[0].split(",")[0].strip()
    names = source["author"].split(";")
    if len(names) > 1:
        family += " and others" if len(names) > 2 else " and " + names[1].split(",")[0].strip()
    return f"{family or source['publisher']} {year(source)}"


def year(source) -> str:
    """Year of writing where that differs, else of publication; 's' for a decade, 'n.d.' for nothing narrower."""
    span = dates.parse(source["written"] or source["issued"])
    if span.earliest.year == span.latest.year:
        return str(span.earliest.year)
    return f"{span.earliest.year}-{span.latest.year}" if span.latest.year - span.earliest.year < 20 else "n.d."


def csl(source) -> dict:
    """One source as a CSL-JSON item."""
    names = source["author"].split(";") if source["author"] else [source["publisher"]]
    item = {"id": source["source_id"], "type": source["type"], "title": source["title"],
            "author": [_name(n) for n in names], "container-title": source["container"] or source["publisher"]}
    for key, column in (("publisher", "publisher"), ("URL", "url"), ("language", "lang"), ("note", "note")):
        if source[column]:
            item[key] = source[column]
    item["issued"] = _csl_date(source["issued"])
    if source["written"]:
        item["original-date"] = _csl_date(source["written"])
    if source["accessed"]:
        item["accessed"] = _csl_date(source["accessed"])
    return item


def _name(text: str) -> dict:
    family, comma, given = text.strip().partition(",")
    return {"family": family, "given": given.strip()} if comma else {"literal": family}


def _csl_date(edtf: str) -> dict:
    span = dates.parse(edtf)
    size = {"day": 3, "month": 2}.get(span.precision, 1)
    parts = [[span.earliest.year, span.earliest.month, span.earliest.day][:size]]
    if span.earliest.year != span.latest.year:
        parts.append([span.latest.year])
    return {"date-parts": parts, **({"circa": True} if span.qualifier else {})}


def csl_json(history: dataset.History) -> str:
    """All sources as CSL-JSON."""
    return json.dumps([csl(s) for s in history.sources.to_dict("records")], ensure_ascii=False, indent=1)


@lru_cache(maxsize=8)
def references(history: dataset.History) -> dict[str, str]:
    """source_id -> formatted entry (Chicago author-date, plain text), by citeproc."""
    import warnings

    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = [csl(s) for s in history.sources.to_dict("records")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc warns of every CSL field that it does not know
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        entries = [str(e) for e in bibliography.bibliography()]
    return dict(zip([k for k in bibliography.keys], entries))


# --- exports --------------------------------------------------------------------------------------
def defused(cell: object) -> object:
    """A text that no spreadsheet runs as a formula, without controls that turn reading order."""
    if not isinstance(cell, str):
        return cell
    cell = BIDI.sub("", cell)
    return "'" + cell if FORMULA.match(cell) and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell) else cell


def safe_csv(table: pd.DataFrame) -> str:
    """CSV with plain line ends, formulas defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([defused(c) for c in table.columns])
    writer.writerows([defused(c) for c in row] for row in table.itertuples(index=False))
    return out.getvalue()
