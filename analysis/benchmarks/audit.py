"""The audit of the first edition counted again, the first edition beside the data of now.

`python analysis/benchmarks/audit.py [COMMIT]` reads the first edition's data/ from git (COMMIT, default its own),
brings both under the rules of now, and prints what can be counted of the table that the audit measured by hand. Only
events of the first edition that are still graded are counted, so that nothing moves by what was added.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from without_recognition import History, load
from without_recognition.data.dataset import data_folder, resources
from without_recognition.evidence import FIRM, GRADES, review

FIRST = "6bc5298"  #: the commit of edition 0.1.0 that was audited
CODED = ("speaker", "basis", "origin", "locator", "value", "stance", "aspect", "of")
VERDICTS = ("supported", "partly", "not_supported", "source_not_reachable")
PLACE = "place"
KNOWN = {"sources": ("independence_group",), "events": ("made",)}  #: what is known of witnesses since


def edition(commit: str, folder: Path) -> History:
    """The tables of a commit in the form of now: columns that it lacks are empty, and so are its missing tables.

    Empty too is the place of an event, which named none of a table then and bears on no grade.
    """
    packed = subprocess.run(
        ["git", "archive", commit, "data"], cwd=data_folder().parent, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    package = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    package["resources"] = list(resources(package).values())
    package["version"] = "0.1.0"
    for resource in package["resources"]:
        _completed(folder / "data" / resource["path"], [f["name"] for f in resource["schema"]["fields"]])
    (folder / "data" / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return load(folder / "data")


def _completed(path: Path, columns: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))) if path.is_file() else []
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, PLACE: ""} if PLACE in row else row for row in rows)


def informed(then: History, now: History, folder: Path) -> History:
    """The first edition's claims with what is known since of texts, groups and how a saying was made."""
    tables = {name: getattr(then, name) for name in resources(then.package)}
    for table, columns in KNOWN.items():
        later = getattr(now, table)
        for column in columns:
            cells = later[column].reindex(tables[table].index)
            tables[table] = tables[table].assign(**{column: cells.fillna(tables[table][column])})
    known = set(tables["sources"].index)
    texts = now.texts
    tables["texts"] = texts[texts["source_a"].isin(known) & texts["source_b"].isin(known)]
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(then.package), "utf-8")
    for name, resource in resources(then.package).items():
        columns = [field["name"] for field in resource["schema"]["fields"]]
        tables[name].to_csv(folder / resource["path"], columns=columns, index=False, lineterminator="\n")
    return load(folder)


def rows(then: History, known: History, now: History) -> Iterator[tuple[str, str, str]]:
    """(what, then, now)."""
    was, told, has = (h.graded()["grade"] for h in (then, known, now))
    shared = [event for event in was.index if was[event] and has.get(event, "")]
    was, told, has = was[shared], told[shared], has[shared]
    yield "events of the first edition that are still graded", *[str(len(shared))] * 2
    for grade in GRADES:
        yield f"{grade}", str((was == grade).sum()), str((has == grade).sum())
    firm = was.isin(FIRM)
    yield "firm (documented or corroborated)", str(firm.sum()), str(has.isin(FIRM).sum())
    resting = firm & ~told.isin(FIRM)
    yield (
        "firm on one published text, wire or house (by what is known now)",
        _share(resting.sum(), firm.sum()),
        "none, by rule",
    )
    rank = [GRADES.index(g) for g in was], [GRADES.index(g) for g in has]
    moved = [b - a for a, b in zip(*rank)]
    yield "grades that rose; that fell", "", f"{sum(m < 0 for m in moved)}; {sum(m > 0 for m in moved)}"
    yield from _of_claims(then, now, shared)
    for verdict in VERDICTS:
        counts = [(h.audit["verdict"].eq(verdict).sum(), len(h.audit)) for h in (then, now)]
        yield f"second reading: {verdict}", *[_share(*each) for each in counts]


def _of_claims(then: History, now: History, shared: list[str]) -> Iterator[tuple[str, str, str]]:
    old, new = (h.claims[h.claims["event_id"].isin(shared)] for h in (then, now))
    both = old.index.intersection(new.index)
    yield "claims of these events in the first edition; of them still there", str(len(old)), str(len(both))
    named = "`self` although the row names whom it follows, of all `self`"
    yield named, _following(then, set(both)), _following(now, set(both))
    changed = {c: int((old.loc[both, c] != new.loc[both, c]).sum()) for c in CODED}
    differ = (old.loc[both, list(CODED)] != new.loc[both, list(CODED)]).any(axis=1)
    yield "claims with some column coded otherwise", "", _share(differ.sum(), len(both))
    for column, count in changed.items():
        yield f"  {column}", "", _share(count, len(both))


def _following(history: History, among: set[str]) -> str:
    """Of the rows that say `self` those that the review lists, as far as they are of both editions."""
    listed = {row.partition(":")[0] for row in review.follows_somebody(history)}
    own = set(history.claims.index[history.claims["origin"] == "self"]) & among
    return _share(len(own & listed), len(own))


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none"


def main(commit: str = FIRST) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        now = load()
        then = edition(commit, Path(scratch))
        table = list(rows(then, informed(then, now, Path(scratch) / "known"), now))
    width = max(len(what) for what, *_ in table)
    print(f"{'':<{width}}  {'first edition':<20}  now")
    for what, was, has in table:
        print(f"{what:<{width}}  {was:<20}  {has}".rstrip())


if __name__ == "__main__":
    main(*sys.argv[1:2])
