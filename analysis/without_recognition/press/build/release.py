"""`book release`: pin an edition, so that from then on nothing in it changes without a word."""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from without_recognition import citations, evidence
from without_recognition.data import check, dataset, releases
from without_recognition.data.dataset import History
from without_recognition.press import PressError
from without_recognition.press.formats import comma, flat
from without_recognition.press.system import files
from without_recognition.press.system.checkout import book_folder

TABLE = {
    "profile": "tabular-data-resource",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
}
ABOUT_PINS = "Id and hash of every row: what was published never changes or vanishes without a line in corrections.csv."
ABOUT_GRADES = "What the rules of this edition said of every proposition: grade and status."


def release(folder: Path) -> str:
    """Pin the Data Package in `folder` under the version that it bears; returns the version.

    Writes releases/<version>.csv and releases/<version>-grades.csv, then, as the last step, names both in
    datapackage.json: who is interrupted has released nothing, and may release again. Raises PressError where the
    version is one in preparation or is pinned, and where the data do not pass the check.
    """
    package = dataset.descriptor(folder)
    version: str = package["version"]
    if not releases.VERSION.fullmatch(version):
        raise PressError(
            f"{version} is a version in preparation; set version and created in data/datapackage.json"
        )
    if any(r.get("version") == version for r in package["resources"]):
        raise PressError(f"{version} is pinned; a new edition needs a new version in data/datapackage.json")
    paths = [f"{releases.FOLDER}/{version}.csv", f"{releases.FOLDER}/{version}-grades.csv"]
    for path in paths:
        (folder / path).unlink(missing_ok=True)  # of a release that was interrupted
    if found := check.data_problems(folder):
        raise PressError("\n".join([f"{len(found)} problem(s); nothing was released", *found]))
    history = dataset.load(folder)
    hashed = {
        name: [f["name"] for f in r["schema"]["fields"]] for name, r in dataset.resources(package).items()
    }
    contents = {paths[0]: releases.pins(history, hashed).encode(), paths[1]: graded(history)}
    for path, content in contents.items():
        files.write_whole(folder / path, content)
    made = _resources(version, paths, hashed)
    package["resources"] += [r | {"hash": releases.digest(contents[r["path"]])} for r in made]
    files.write_whole(
        folder / "datapackage.json", (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()
    )
    return version


def graded(history: History) -> bytes:
    """The grades of a History, as they are pinned."""
    columns = tuple(flat.Column(name, "string", "") for name in releases.GRADES)
    told = evidence.propositions(history)[releases.GRADES].sort_values(releases.GRADES[:4])
    return comma.csv_bytes(
        flat.Flat("grades", "", "", (), columns, tuple(told.itertuples(index=False, name=None)))
    )


def _resources(version: str, paths: list[str], hashed: dict[str, list[str]]) -> list[dict[str, Any]]:
    named = version.replace(".", "-")
    pins = {
        "name": f"release-{named}",
        "path": paths[0],
        "title": f"Edition {version}, pinned",
        "description": ABOUT_PINS,
        "version": version,
        "holds": "rows",
        "hashed": hashed,
        "schema": _schema(releases.COLUMNS, ["table", "key"], releases.COLUMNS),
    }
    grades = {
        "name": f"grades-{named}",
        "path": paths[1],
        "title": f"Edition {version}, its grades",
        "description": ABOUT_GRADES,
        "version": version,
        "schema": _schema(releases.GRADES, releases.GRADES[:4], ("event_id", "aspect", "status")),
    }
    return [TABLE | pins, TABLE | grades]


def _schema(columns: Iterable[str], key: Iterable[str], required: Collection[str]) -> dict[str, Any]:
    fields = [
        {"name": c, "type": "string", "description": MEANINGS[c]}
        | ({"constraints": {"required": True}} if c in required else {})
        for c in columns
    ]
    return {"fields": fields, "primaryKey": list(key), "missingValues": [""]}


MEANINGS = {
    "table": "The table.",
    "key": "The row: its key, several key columns with a slash between.",
    "hash": "Sixteen hexadecimal digits of BLAKE2b over the cells of the columns that `hashed` names.",
    "event_id": "The event.",
    "aspect": "What of it is said.",
    "of": "Of whom or what.",
    "value": "What is said to be so.",
    "grade": "Grade; empty for the occurrence of a frame fact.",
    "status": "Status.",
}


def main(argv: list[str]) -> int:
    """`book release`: pin the data of this checkout, and write what other places say of the edition anew."""
    about = (
        "Pin the edition that data/datapackage.json names: from then on no row changes without a correction."
    )
    argparse.ArgumentParser(prog="book release", description=about).parse_args(argv)
    root = book_folder()
    version = release(root / "data")
    dataset.package.cache_clear()
    said = {
        "CITATION.cff": citations.cff(),
        ".zenodo.json": citations.zenodo(),
        "codemeta.json": citations.codemeta(),
    }
    for name, text in said.items():
        files.write_whole(root / name, text.encode())
    print(f"{version} is pinned in data/releases/; commit it, and tag it {version}")
    return 0
