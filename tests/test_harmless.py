"""Text of the data that would be markup, script, template, formula, hidden order or path: harmless or refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
import small_data
import toybook
from bs4 import BeautifulSoup
from conftest import RESOURCES
from links import whole
from without_recognition.citations import csl
from without_recognition.data import check, dataset
from without_recognition.data.safe_text import BIDI, defused, safe_csv

EDTF = "http://id.loc.gov/datatypes/edtf"
CODES = {
    "origin",
    "of",
    "value",
    "follows",
    "key",
    "column",
    "table",
    "version",
    "body",
    "chapter",
}  #: text, but words of ours
MARKUP = [
    "<script>zz()</script><b id=zz onclick=zz()>zz</b>",
    "<img src=x onerror=zz()> </style></title></textarea>",
    "{{ 6543*2 }} {% raw %} {event}`zz` {ref}`zz` :ref:`zz`",
    "[zz](javascript:zz) ![zz](../../zz.png) **zz** `zz`",
    '../../../etc/zz.html#zz"onmouseover="zz()',
    "&lt;zz&gt; &#60;zz> ]]> --> <!-- $zz^2$ |zz| zz_ ```{zz}",
]
BOXES = ("chapter-box", "disputes", "searches", "reading", "cite-chapter")
REFUSED = [
    '=HYPERLINK("http://zz")',
    "@SUM(1)",
    "+cmd|' /C calc'!A0",
    "a \u202eb",
    "a\u2066b",
    "a\0b",
    "a\x1b[2Jb",
    "a\nb",
    "a\u2028b",
    "a\u200bb",
    "a\u00a0b",
    "a  b",
    "\ufffd",
    "e\u0301",
]


def texts(table: str) -> list[str]:
    """The columns of free text: no key, enum, pattern or date."""
    schema = RESOURCES[table]["schema"]
    keys = {k["fields"] for k in schema["foreignKeys"]} | set(
        schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
    )
    return [
        f["name"]
        for f in schema["fields"]
        if f["type"] == "string"
        and f.get("rdfType") != EDTF
        and f["name"] not in keys | CODES
        and not {"enum", "pattern"} & f.get("constraints", {}).keys()
    ]


def free(table: str, row: dict[str, str]) -> list[str]:
    """The columns of a row that take any text: those of `texts`, and what is counted."""
    more = {
        "claims": {"count": ["of"], "content": ["value"]}.get(row.get("aspect"), []),
        "rulings": ["of"] if row.get("aspect") == "count" else [],
    }
    return texts(table) + more.get(table, [])


ROWS = {
    **{name: toybook.rows(name) for name in toybook.ROWS},
    "uncoded": [{"source_id": "dahri-2016", "locator": "¶1", "fingerprint": "0" * 64, "reason": "heading"}],
    "texts": [
        {
            "source_a": "dahri-2016",
            "source_b": "yegar-2007",
            "extent": "most",
            "words": "own",
            "how": "read",
            "reason": "Alike.",
        }
    ],
    "documents": [
        {
            "event_id": "2005-istanbul-meeting",
            "source_id": "pakun-2005-09-01",
            "part": "1",
            "locator": "¶1",
            "text": "The ministry announces the meeting.",
            "words": "5",
        }
    ],
    "prints": [
        {
            "source_id": "dahri-2016",
            "words": "9",
            "characters": "50",
            "scheme": "runs-8/1",
            "measured": "2026-11-28",
        }
    ],
    "audit": [
        {
            "claim_id": "1947-jinnah-truman.1",
            "reader": "Nobody",
            "date": "2026-11-22",
            "against": "source",
            "verdict": "supported",
        }
    ],
    "support": [
        {
            "claim_id": "1947-jinnah-truman.1",
            "date": "2026-11-29",
            "verdict": "partly",
            "note": "The day is not in it.",
            "digest": "0" * 8,
        }
    ],
}


@pytest.mark.parametrize("table", ROWS)
def test_every_other_column_refuses_what_is_no_code(tmp_path: Path, table: str) -> None:
    """So that `free` is all that hostile text can enter by; the columns are read from the descriptor."""
    columns = [f["name"] for f in RESOURCES[table]["schema"]["fields"]]
    codes = [
        c for c in columns if c not in free(table, ROWS[table][0]) and (table, c) != ("uncoded", "locator")
    ]
    assert codes
    for n, column in enumerate(codes):
        rows = [dict(row) for row in ROWS[table]]
        rows[0][column] = "zq <b onclick=zz()>"
        found = check.data_problems(toybook.write_package(tmp_path / str(n), **{table: rows}))
        assert any("check --fix" not in p for p in found), f"{table}.{column} takes any text"


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_formulas_hidden_order_and_controls_are_refused_in_every_text(tmp_path: Path, text: str) -> None:
    folder = small_data.write(tmp_path / "data")
    wanted = set()
    for name, resource in RESOURCES.items():
        path = folder / resource["path"]
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        if rows:
            rows[0].update(dict.fromkeys(texts(name), text))
            wanted |= {f"{name}.csv:2:{column}:" for column in texts(name)}
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    found = "\n".join(check.data_problems(folder))
    assert len(wanted) >= 20 and all(place in found for place in wanted), sorted(
        p for p in wanted if p not in found
    )
    assert text not in found, "the message itself would carry it to the terminal"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:zz()",
        "data:text/html,zz",
        "file:///etc/passwd",
        "//zz.example",
        "../zz",
        " https://zz.example",
        "https://zz.example/a b",
    ],
)
def test_sources_link_to_the_web_only(tmp_path: Path, url: str) -> None:
    folder = small_data.write(tmp_path / "data")
    table = pd.read_csv(folder / "sources.csv", dtype=str, keep_default_na=False)
    table.loc[0, "url"] = url
    table.to_csv(folder / "sources.csv", index=False, lineterminator="\n")
    assert any(p.startswith("sources.csv:2:url: ") for p in check.data_problems(folder))


def hostile(markup: str) -> dict[str, list[dict[str, str]]]:
    """The toy's tables with `markup` in every free text."""
    tables = {}
    for name in toybook.ROWS:
        rows = toybook.rows(name)
        for row in rows:
            row |= dict.fromkeys(texts(name), f"zq {markup}"[:110])
            if name == "sources":
                row["url"] = 'https://example.org/?a="onclick="zz()&b=\'><script>zz()</script>'
        if rows:
            tables[name] = rows
    return tables


@pytest.mark.parametrize(
    ("markup", "theme"),
    [*((m, "basic") for m in MARKUP), (MARKUP[0], "without_recognition")],
    ids=[*map(str, range(len(MARKUP))), "book-theme"],
)
def test_no_element_attribute_or_link_is_made_of_data(tmp_path: Path, markup: str, theme: str) -> None:
    boxes = "".join(f"```{{{name}}} istanbul\n```\n" for name in BOXES)
    page = (
        f"# The Istanbul meeting\n\n{{event}}`2005-istanbul-meeting`, said {{src}}`ap-2005-09-01`.\n\n{boxes}"
    )
    out, warnings, wrong = toybook.build(tmp_path, page, strict=True, theme=theme, **hostile(markup))
    assert not wrong, warnings
    seen = 0
    for path in sorted(out.rglob("*.html")):
        soup = BeautifulSoup(whole(path), "html.parser")
        seen += soup.get_text().count("zq")
        for tag in soup.find_all(True):
            assert tag.name != "zz" and tag.get("id") != "zz" and tag.get("src") != "x", f"{path.name}: {tag}"
            assert not [a for a in tag.attrs if a.startswith("on")], f"{path.name}: {tag}"
            if tag.name in ("strong", "code", "em", "b", "span"):
                assert tag.get_text() != "zz", f"{path.name}: {tag} was made of data"
            if tag.name == "script" and tag.get("type") == "application/ld+json":
                json.loads(tag.string)
            elif tag.name == "script":
                assert "zz" not in tag.get_text(), f"{path.name}: {tag}"
            for link in (tag.get("href"), tag.get("src")):
                scheme, colon, _ = (link or "").partition(":")
                assert not colon or scheme in ("http", "https") or "/" in scheme or "#" in scheme, (
                    f"{path.name}: {tag}"
                )
                assert not (link or "").startswith("../../zz"), f"{path.name}: {tag}"
        assert "13086" not in soup.get_text(), "a template ran"
    assert seen > 20, "the texts never reached the pages"


def test_the_csv_of_a_figure_runs_nothing_in_a_spreadsheet() -> None:
    texts_in = [t for t in [*REFUSED, *MARKUP] if "\n" not in t]
    table = pd.DataFrame({"label": texts_in, "=number": range(len(texts_in))})
    rows = list(csv.reader(io.StringIO(safe_csv(table), newline="")))
    assert len(rows) == len(texts_in) + 1
    for cell in (c for row in rows for c in row):
        assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r") and not BIDI.search(cell), cell
    assert defused("-1.5") == "-1.5" and defused(-1.5) == -1.5


def test_csl_json_carries_hostile_text_as_text(tmp_path: Path) -> None:
    for markup in MARKUP:
        folder = toybook.write_package(tmp_path / str(MARKUP.index(markup)), **hostile(markup))
        items = csl.sources(dataset.load(folder))
        assert len(items) == len(toybook.rows("sources"))
        assert all(i["title"] == f"zq {markup}"[:110] and i["URL"].startswith("https://") for i in items)
