"""data/series/ and the texts of datapackage.json are refused for what the tables are refused for."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import small_data
from conftest import PACKAGE, ROOT
from test_check import SHAPE, good, put  # noqa: F401
from test_harmless import REFUSED
from without_recognition.data import check, countries

SERIES = f"series/{small_data.SERIES}"


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_letters_of_a_series_are_those_of_a_table(good: Path, text: str) -> None:  # noqa: F811
    put(good, SERIES, 3, "country", text)
    found = check.data_problems(good)
    assert any(p.startswith(f"{small_data.SERIES}.csv:3:country: ") for p in found), found
    assert all(SHAPE.match(p) and text not in p for p in found), found


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda raw: raw + raw.splitlines(keepends=True)[-1], "stands twice"),
        (lambda raw: raw.replace(b"\n", b"\r\n"), "line ends not plain"),
        (lambda raw: b"\xef\xbb\xbf" + raw, "mark at its head"),
        (lambda raw: raw + "Müller".encode("latin-1"), "not UTF-8"),
        (lambda raw: b"", "empty file"),
        (lambda raw: raw.replace(b"country,", b"country,country,", 1), "out of order"),
        (lambda raw: raw + b'"', "not a table"),
        (lambda raw: raw.replace(b"country", b"land", 1), "missing column country"),
        (lambda raw: raw + b"x\n", "1 cells instead of"),
    ],
)
def test_a_broken_series_is_named(good: Path, damage, message: str) -> None:  # noqa: F811
    path = good / f"{SERIES}.csv"
    path.write_bytes(damage(path.read_bytes()))
    found = check.data_problems(good)
    assert any(p.startswith(path.name) and message in p for p in found), found
    assert all(SHAPE.match(p) for p in found), found


def texts(package: dict) -> dict[str, dict]:
    """Where the descriptor holds words: a name and the object that holds them, by key."""
    series = package["resources"][-1]
    return {
        "title": package,
        "description": package,
        "licence": package["licenses"][0],
        "contributor": package["contributors"][0],
        "series": series,
        "column": package["resources"][0]["schema"]["fields"][0],
    }


@pytest.mark.parametrize("where", ["title", "description", "licence", "contributor", "series", "column"])
@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_letters_of_the_descriptor_are_those_of_a_table(good: Path, where: str, text: str) -> None:  # noqa: F811
    path = good / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    texts(package)[where]["description" if where in ("description", "column") else "title"] = text
    path.write_text(json.dumps(package), "utf-8")
    found = check.data_problems(good)
    assert found and all(
        p.startswith("datapackage.json: ") and SHAPE.match(p) and text not in p for p in found
    ), found


@pytest.mark.parametrize(
    "address",
    ["javascript:zz()", "file:///etc/passwd", "//zz.example", "../zz", "https://zz/ zz", 'https://zz/"'],
)
def test_addresses_of_the_descriptor_are_of_the_web(good: Path, address: str) -> None:  # noqa: F811
    path = good / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["licenses"][0]["path"] = package["homepage"] = address
    path.write_text(json.dumps(package), "utf-8")
    found = check.data_problems(good)
    assert sum("is no address of the web" in p for p in found) == 2, found


@pytest.mark.parametrize("code", ["XXX", "DDR", "isr", "ALL"])
def test_a_code_that_no_country_has_is_refused(good: Path, code: str) -> None:  # noqa: F811
    put(good, SERIES, 3, "country", code)
    told = f"{small_data.SERIES}.csv:3:country: '{code}' is no code of ISO 3166-1 alpha-3; write one, such as PAK"
    assert any(p.startswith(told) for p in check.data_problems(good))


def test_a_column_may_have_a_code_of_its_own_that_its_description_names() -> None:
    table = pd.DataFrame({"country": ["ALL", "PAK", "", "XXX"]})
    field = {"name": "country", "description": "ISO 3166-1 alpha-3, or ALL for every state."}
    assert [p[:8] for p in countries.country_code_problems("a.csv", [field], table)] == ["a.csv:5:"]
    assert [
        *countries.country_code_problems("a.csv", [{"name": "country", "description": "Where."}], table)
    ] == []


def test_every_column_of_a_series_that_holds_codes_says_so() -> None:
    """Else nobody looks at them."""
    for resource in (r for r in PACKAGE["resources"] if r["path"].startswith("series/")):
        table = pd.read_csv(ROOT / "data" / resource["path"], dtype=str, keep_default_na=False)
        for field in resource["schema"]["fields"]:
            coded = field["name"] in ("country", "iso3") and table[field["name"]].isin(countries.CODES).all()
            assert not coded or countries.STANDARD in field["description"], (resource["name"], field["name"])
