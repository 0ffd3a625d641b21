"""A small sound Data Package on disk, to be broken in tests."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from conftest import PACKAGE, RESOURCES, ROOT

SERIES = "us-aid"
ROWS = {
    "sources": [
        {
            "source_id": "a-2005",
            "type": "article-newspaper",
            "title": "A",
            "publisher": "A paper",
            "country": "PK",
            "lang": "en",
            "issued": "2005-09-02",
            "kind": "contemporary_news",
            "perspective": "pakistani",
            "reliability": "C",
            "seen": "full",
        },
        {
            "source_id": "b-2005",
            "type": "article-newspaper",
            "title": "B",
            "publisher": "B paper",
            "country": "IL",
            "lang": "en",
            "issued": "2005-09-03",
            "kind": "contemporary_news",
            "perspective": "israeli",
            "reliability": "B",
            "reliability_reason": "An agency.",
            "seen": "full",
        },
        {
            "source_id": "c-1992",
            "type": "article-newspaper",
            "title": "C",
            "publisher": "C paper",
            "country": "IL",
            "lang": "he",
            "issued": "1992",
            "kind": "contemporary_news",
            "perspective": "israeli",
            "reliability": "C",
            "seen": "cited_only",
        },
    ],
    "actors": [
        {
            "actor_id": "kasuri",
            "name": "Khurshid Kasuri",
            "type": "person",
            "side": "pakistani",
            "family_name": "Kasuri",
        },
        {"actor_id": "pakistan-mofa", "name": "Foreign Ministry", "type": "state", "side": "pakistani"},
        {"actor_id": "unnamed-pk", "name": "Unnamed", "type": "unnamed", "side": "pakistani"},
    ],
    "offices": [
        {
            "office_id": "kasuri-fm-2002",
            "actor_id": "kasuri",
            "office": "Foreign minister",
            "body": "pakistan-mofa",
            "span": "2002/2007",
            "source_id": "a-2005",
            "locator": "¶1",
        },
    ],
    "events": [
        {
            "event_id": "2005-dinner",
            "chapter": "istanbul",
            "title": "A dinner",
            "date": "2005-08-31",
            "place": "istanbul",
            "channel": "diplomatic",
            "visibility": "secret",
            "summary": "They dined.",
        },
        {
            "event_id": "2005-talk",
            "chapter": "istanbul",
            "title": "A talk",
            "date": "2005-09-01",
            "channel": "diplomatic",
            "visibility": "public",
            "summary": "They talked.",
        },
    ],
    "places": [
        {
            "place": "istanbul",
            "label": "Istanbul",
            "latitude": "41.01",
            "longitude": "28.95",
            "source": "https://www.geonames.org/745044",
        },
    ],
    "claims": [
        {
            "claim_id": "2005-dinner.1",
            "event_id": "2005-dinner",
            "source_id": "a-2005",
            "locator": "¶1",
            "aspect": "occurrence",
            "statement": "Says so.",
            "stance": "affirms",
            "speaker": "kasuri",
            "basis": "participant",
            "origin": "self",
        },
        {
            "claim_id": "2005-dinner.2",
            "event_id": "2005-dinner",
            "source_id": "a-2005",
            "locator": "¶1",
            "aspect": "date",
            "statement": "On that day.",
            "value": "2005-08-31",
            "stance": "affirms",
            "basis": "reported",
            "origin": "self",
        },
        {
            "claim_id": "2005-dinner.3",
            "event_id": "2005-dinner",
            "source_id": "a-2005",
            "locator": "¶1",
            "aspect": "place",
            "statement": "There.",
            "value": "istanbul",
            "stance": "affirms",
            "basis": "reported",
            "origin": "self",
        },
        {
            "claim_id": "2005-talk.1",
            "event_id": "2005-talk",
            "source_id": "b-2005",
            "locator": "¶2",
            "aspect": "occurrence",
            "statement": "Says so.",
            "stance": "affirms",
            "basis": "reported",
            "origin": "self",
        },
        {
            "claim_id": "2005-talk.2",
            "event_id": "2005-talk",
            "source_id": "b-2005",
            "locator": "¶2",
            "aspect": "date",
            "statement": "On that day.",
            "value": "2005-09-01",
            "stance": "affirms",
            "basis": "reported",
            "origin": "self",
        },
    ],
    "rulings": [
        {
            "event_id": "2005-dinner",
            "aspect": "date",
            "follows": "2005-dinner.2",
            "reason": "Nobody says otherwise.",
            "what_would_change_it": "Another day in print.",
        },
    ],
    "searches": [
        {
            "search_id": "2005-minutes",
            "event_id": "2005-dinner",
            "chapter": "istanbul",
            "question": "Are there minutes?",
            "searched_in": "An archive",
            "terms": "dinner",
            "date": "2026-11-22",
            "looked_for": "document",
            "result": "nothing",
            "expected": "no",
            "coverage": "part",
        },
    ],
    "participants": [
        {"event_id": "2005-dinner", "actor_id": "kasuri", "role": "party", "claim_id": "2005-dinner.1"},
    ],
}


def write(folder: Path) -> Path:
    """Write the package, with one series, into the new `folder`; returns it."""
    (folder / "series").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "series" / f"{SERIES}.csv", folder / "series")
    resources = [r for r in PACKAGE["resources"] if r["name"] in RESOURCES or r["name"] == SERIES]
    (folder / "datapackage.json").write_text(
        json.dumps({**PACKAGE, "resources": resources}, indent=2), "utf-8"
    )
    for name, resource in RESOURCES.items():
        with (folder / resource["path"]).open("w", newline="", encoding="utf-8") as file:
            columns = [f["name"] for f in resource["schema"]["fields"]]
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(ROWS.get(name, []))
    return folder
