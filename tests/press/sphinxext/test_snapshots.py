"""What the templates make of the small data, as it is kept in `tests/snapshots`: the diff of a change shows its pages.

`python make.py test tests/press/sphinxext/test_snapshots.py --snapshot-update` writes them anew;
read what git then shows.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import toybook
from bs4 import BeautifulSoup
from conftest import ROOT
from links import whole
from without_recognition.citations import book as about

KEPT = ROOT / "tests" / "snapshots"
CELL = """
class Toy:
    def _repr_mimebundle_(self, include=None, exclude=None):
        svg = ('<svg xmlns="http://www.w3.org/2000/svg" width="64pt" height="32pt" viewBox="0 0 64 32">'
               '<g id="ev:2005-istanbul-meeting:dot"><path d="M0 0" fill="#1f2328"/></g></svg>')
        words = {"key": "toy", "title": "A title", "caption": "A caption.", "lacks": "What it lacks.",
                 "source_line": "Source.", "alt": "4 events", "numbers": [["2005", "4 events"]],
                 "event_ids": ["2005-istanbul-meeting"], "citation": "Cite it.", "csv": "year,events\\n2005,4\\n"}
        return {"image/svg+xml": svg, "text/plain": "alt"}, {"image/svg+xml": {"without-recognition": words}}
Toy()
"""
PAGE = f"""{toybook.NOTEBOOK}# The Istanbul meeting

They met {{event}}`2005-istanbul-meeting` {{src}}`dawn-2005-09-01 ¶4`, at the request of one side
{{claim}}`2005-istanbul-meeting.7` or the other {{dispute}}`2005-istanbul-meeting initiator`; so said
{{who}}`muhammad-ali-jinnah`. A visit is told and denied {{event}}`2005-delegation-174`.

```{{code-cell}}
{CELL}
```

```{{chapter-box}} istanbul
```
```{{searches}} istanbul
```
```{{reading}} istanbul
```
```{{cite-chapter}} istanbul
```
"""
REFERENCE = "reference/"
#: name -> the page on which it stands, and where
PIECES = {
    "event-page": ("events/2005-istanbul-meeting", "main"),
    "event-page-denied": ("events/2005-delegation-174", "main"),
    "person-page": ("people/muhammad-ali-jinnah", "main"),
    "event-entry": (f"{REFERENCE}events", "[id=e-2005-delegation-174]"),
    "dispute-entry": (f"{REFERENCE}disputes", "[id=d-2005-istanbul-meeting-initiator]"),
    "search-entry": (f"{REFERENCE}silences", "[id=q-1948-telegram]"),
    "source-row": (f"{REFERENCE}news-sources", "[id=s-dawn-2005-09-01]"),
    "source-row-unread": (f"{REFERENCE}cited-sources", "[id=s-yegar-2007]"),
    "person-row": (f"{REFERENCE}people", "[id=a-muhammad-ali-jinnah]"),
    "card-event": ("istanbul", "[id=card-e-2005-delegation-174]"),
    "card-claim": ("istanbul", "[id='card-c-2005-istanbul-meeting.7']"),
    "card-dispute": ("istanbul", "[id=card-d-2005-istanbul-meeting-initiator]"),
    "card-source": ("istanbul", "[id=card-s-dawn-2005-09-01]"),
    "card-person": ("istanbul", "[id=card-a-muhammad-ali-jinnah]"),
    "sentence-with-marks": ("istanbul", "section > p"),
    "chapter-box": ("istanbul", ".wr-box"),
    "reading": ("istanbul", "details.wr-fold:-soup-contains('nobody has read')"),
    "cite-box": ("istanbul", ".wr-cite"),
    "figure-frame": ("istanbul", "figure.wr-figure"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    actors = toybook.rows("actors")
    actors[0]["description"] = "Governor General of Pakistan."
    with pytest.MonkeyPatch.context() as patch:  # what another edition changes stands still
        edition = {"version": "1.0.0", "created": "2030-01-01", "homepage": "https://example.org/", "id": ""}
        package = {**about.package(), **edition}
        patch.setattr(about, "package", lambda: package)
        out, warnings, wrong = toybook.build(
            tmp_path_factory.mktemp("snapshots"),
            PAGE,
            strict=True,
            theme="without_recognition",
            actors=actors,
        )
    assert not wrong, warnings
    return out


def judge(name: str, made: str, update: bool) -> None:
    """Compare with what is kept, or keep it."""
    path = KEPT / name
    if update:
        KEPT.mkdir(exist_ok=True)
        path.write_text(made, "utf-8")
    kept = path.read_text("utf-8") if path.is_file() else ""
    assert made == kept, f"{path.relative_to(ROOT)} is otherwise; where that is wanted: --snapshot-update"


@pytest.mark.parametrize("name", PIECES)
def test_a_template_makes_what_is_kept(name: str, site: Path, request: pytest.FixtureRequest) -> None:
    page, where = PIECES[name]
    shown = BeautifulSoup(whole(site / f"{page}.html"), "html.parser").select_one(where)
    assert shown is not None
    judge(f"{name}.html", shown.prettify(), request.config.getoption("snapshot_update"))


def test_the_finder_has_what_is_kept(site: Path, request: pytest.FixtureRequest) -> None:
    written = (site / "finder-index.js").read_text("utf-8")
    index = json.loads(written.partition("=")[2].rstrip().rstrip(";"))
    kinds = ("event", "person", "source", "dispute", "section", "figure")
    made = "".join(f"{json.dumps([kind, *index[kind][0]], ensure_ascii=False)}\n" for kind in kinds)
    judge("finder-entries.jsonl", made, request.config.getoption("snapshot_update"))


def test_nothing_is_kept_that_nothing_makes() -> None:
    assert {path.name for path in KEPT.iterdir()} == {f"{name}.html" for name in PIECES} | {
        "finder-entries.jsonl"
    }
