"""Whether datapackage.json has the form that the code relies on: tables, columns, keys, chapters, credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from without_recognition.data import dates

TABLES = (
    "sources",
    "actors",
    "offices",
    "events",
    "places",
    "participants",
    "claims",
    "documents",
    "rulings",
    "searches",
    "corrections",
    "texts",
    "prints",
    "uncoded",
    "audit",
    "support",
)
TEXTS = ("name", "title", "description", "version", "created", "homepage")
LISTS = {"contributors": ("title",), "licenses": ("name", "path")}
FIXED = (
    "name",
    "type",
    "format",
    "rdfType",
    "constraints",
)  #: of a field: what may not differ from the book's
PROFILES = {None, "data-package", "tabular-data-package", "data-resource", "tabular-data-resource"}
PATH = re.compile(r"((series/|second-coding/)?[a-z0-9]+(-[a-z0-9]+)*|releases/\d+\.\d+\.\d+(-grades)?)\.csv")
VERSION = re.compile(
    r"\d+\.\d+\.\d+([.+-]?[A-Za-z][A-Za-z0-9.]*)?", re.ASCII
)  #: a suffix is of one in preparation
RELEASE = re.compile(r"releases/(?P<version>\d+\.\d+\.\d+)(?P<grades>-grades)?\.csv")
BESIDE = ("series/", "second-coding/", "releases/")  #: folders of what is no table of the History
RESTORE = "restore it from the repository"


def resources(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The resources that are tables of the History, by name."""
    return {r["name"]: r for r in package["resources"] if r["name"] in TABLES}


def descriptor_problems(package: Any, book: dict[str, Any]) -> list[str]:
    """Faults of a descriptor, `datapackage.json: what; remedy`; `book` is the descriptor of the book itself."""
    found = list(_form(package))
    if not found:
        found = list(chain(_tables(package, book), _chapters(package), _releases(package)))
    return [f"datapackage.json: {p}; {RESTORE}" for p in found]


def _form(package: object) -> Iterator[str]:
    if not isinstance(package, dict):
        yield "not a JSON object"
        return
    yield from (f"no text '{key}'" for key in TEXTS if not isinstance(package.get(key), str))
    yield from _texts(package)
    try:
        dates.day(str(package.get("created"))[:10])
    except dates.DateError as wrong:
        yield f"'created' is not a date ({str(wrong).partition('; ')[0]})"
    for key, needed in LISTS.items():
        entries = package.get(key)
        if not isinstance(entries, list) or not entries or not all(_has_texts(e, needed) for e in entries):
            yield f"'{key}' is not a list of entries with {' and '.join(needed)}"
    resources = package.get("resources")
    if not isinstance(resources, list) or not all(_has_texts(r, ("name", "path")) for r in resources):
        yield "'resources' is not a list of tables with name and path"
        return
    names = [r["name"] for r in resources]
    yield from (f"table '{n}' stands twice" for n in sorted({n for n in names if names.count(n) > 1}))
    for r in resources:
        if not PATH.fullmatch(r["path"]):
            yield f"table '{r['name']}': path '{r['path']}' leads elsewhere"
        if not _is_schema(r.get("schema")):
            yield f"table '{r['name']}': no schema with named fields"
        if "data" in r or any(
            not isinstance(p, (str, type(None))) or p not in PROFILES
            for p in (r.get("profile"), package.get("profile"))
        ):
            yield f"table '{r['name']}': a profile or inline data that this book does not use"


def _texts(package: dict[str, Any]) -> Iterator[str]:
    """Faults of single values that citations and downloads rely on."""
    if isinstance(package.get("version"), str) and not VERSION.fullmatch(package["version"]):
        yield f"'version' is no version ('{package['version']}' is not three numbers, 0.2.0 or 0.2.0.dev0)"
    if package.get("title") == "":
        yield "'title' is empty"
    if not isinstance(package.get("id", ""), str):
        yield "'id' is no text"
    words = package.get("keywords", [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        yield "'keywords' is not a list of words"


def _has_texts(entry: object, keys: tuple[str, ...]) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(k), str) for k in keys)


def _is_schema(schema: object) -> bool:
    return (
        isinstance(schema, dict)
        and isinstance(schema.get("fields"), list)
        and bool(schema["fields"])
        and all(_has_texts(f, ("name", "type")) for f in schema["fields"])
    )


def _tables(package: dict[str, Any], book: dict[str, Any]) -> Iterator[str]:
    """Own tables are the book's, whatever else a package holds: the rules rest on columns, keys and enums."""
    given, wanted = ({r["name"]: r for r in p["resources"]} for p in (package, book))
    for name in TABLES:
        if name not in given:
            yield f"no table '{name}'"
        elif given[name]["path"] != f"{name}.csv":
            yield f"table '{name}': path '{given[name]['path']}' instead of {name}.csv"
        elif _fixed(given[name]) != _fixed(wanted[name]):
            yield f"table '{name}': columns, types, enums or keys are not the book's"
    for r in package["resources"]:
        if r["name"] not in TABLES and not r["path"].startswith(BESIDE):
            yield f"unknown table '{r['name']}'"


def _fixed(resource: dict[str, Any]) -> tuple[object, ...]:
    schema = resource["schema"]
    return (
        [{key: f.get(key) for key in FIXED} for f in schema["fields"]],
        schema.get("primaryKey"),
        schema.get("foreignKeys"),
        schema.get("missingValues"),
    )


def _chapters(package: dict[str, Any]) -> Iterator[str]:
    events = next((r for r in package["resources"] if r["name"] == "events"), None)
    field: dict[str, Any] = (
        next((f for f in events["schema"]["fields"] if f["name"] == "chapter"), {}) if events else {}
    )
    categories = field.get("categories")
    if (
        not isinstance(categories, list)
        or not categories
        or not all(_has_texts(c, ("value", "label", "period")) for c in categories)
    ):
        yield "events.chapter has no categories with value, label and period"
        return
    if [c["value"] for c in categories] != field.get("constraints", {}).get("enum"):
        yield "events.chapter: categories and enum differ"
    for c in categories:
        try:
            sound = dates.parse(c["period"]).precision == "span" and ".." not in c["period"]
        except dates.DateError:
            sound = False
        if not sound:
            yield f"chapter '{c['value']}': period '{c['period']}' is not a/b"


def _releases(package: dict[str, Any]) -> Iterator[str]:
    """What is said of published editions: the version that the path has, and for pins the columns that were hashed."""
    for r in package["resources"]:
        if not (found := RELEASE.fullmatch(r["path"])):
            continue
        if r.get("version") != found["version"]:
            yield f"table '{r['name']}': version {r.get('version')!r} instead of {found['version']}"
        if r.get("holds") not in (None, "rows"):
            yield f"table '{r['name']}': holds {r['holds']!r} instead of rows"
        hashed = r.get("hashed")
        if not found["grades"] and not (isinstance(hashed, dict) and all(map(_are_columns, hashed.values()))):
            yield f"table '{r['name']}': no columns of each table under 'hashed'"


def _are_columns(columns: object) -> bool:
    return isinstance(columns, list) and bool(columns) and all(isinstance(c, str) for c in columns)
