"""A small sound Data Package on disk, to be broken in tests."""
from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from conftest import PACKAGE, RESOURCES, ROOT

SERIES = "us-aid"
ROWS = {
    "sources": [["a-2005", "article-newspaper", "", "A", "", "A paper", "PK", "en", "2005-09-02", "", "",
                 "contemporary_news", "pakistani", "C", "", "", "full", "", ""],
                ["b-2005", "article-newspaper", "", "B", "", "B paper", "IL", "en", "2005-09-03", "", "",
                 "contemporary_news", "israeli", "B", "An agency.", "", "full", "", ""],
                ["c-1992", "article-newspaper", "", "C", "", "C paper", "IL", "he", "1992", "", "",
                 "contemporary_news", "israeli", "C", "", "", "cited_only", "", ""]],
    "actors": [["kasuri", "Khurshid Kasuri", "", "person", "pakistani", "", "", ""],
               ["pakistan-mofa", "Foreign Ministry", "", "state", "pakistani", "", "", ""],
               ["unnamed-pk", "Unnamed", "", "unnamed", "pakistani", "", "", ""]],
    "offices": [["kasuri-fm-2002", "kasuri", "Foreign minister", "pakistan-mofa", "2002/2007", "a-2005", "¶1"]],
    "events": [["2005-dinner", "istanbul", "A dinner", "2005-08-31", "istanbul", "diplomatic", "secret", "", "",
                "They dined."],
               ["2005-talk", "istanbul", "A talk", "2005-09-01", "", "diplomatic", "public", "", "", "They talked."]],
    "claims": [["2005-dinner.1", "2005-dinner", "a-2005", "¶1", "occurrence", "", "Says so.", "", "affirms", "kasuri",
                "participant", "self", ""],
               ["2005-dinner.2", "2005-dinner", "a-2005", "¶1", "date", "", "On that day.", "2005-08-31", "affirms", "",
                "reported", "self", ""],
               ["2005-dinner.3", "2005-dinner", "a-2005", "¶1", "place", "", "There.", "istanbul", "affirms", "",
                "reported", "self", ""],
               ["2005-talk.1", "2005-talk", "b-2005", "¶2", "occurrence", "", "Says so.", "", "affirms", "", "reported",
                "self", ""],
               ["2005-talk.2", "2005-talk", "b-2005", "¶2", "date", "", "On that day.", "2005-09-01", "affirms", "",
                "reported", "self", ""]],
    "rulings": [["2005-dinner", "date", "", "2005-dinner.2", "Nobody says otherwise.", "Another day in print."]],
    "searches": [["2005-minutes", "2005-dinner", "istanbul", "Are there minutes?", "An archive", "dinner", "2026-11-22",
                  "document", "nothing", "no", "part", ""]],
    "participants": [["2005-dinner", "kasuri", "party", "2005-dinner.1"]],
}


def write(folder: Path) -> Path:
    """Write the package, with one series, into the new `folder`; returns it."""
    (folder / "series").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "series" / f"{SERIES}.csv", folder / "series")
    resources = [r for r in PACKAGE["resources"] if r["name"] in RESOURCES or r["name"] == SERIES]
    (folder / "datapackage.json").write_text(json.dumps({**PACKAGE, "resources": resources}, indent=2), "utf-8")
    for name, resource in RESOURCES.items():
        with (folder / resource["path"]).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([f["name"] for f in resource["schema"]["fields"]])
            writer.writerows(ROWS.get(name, []))
    return folder
