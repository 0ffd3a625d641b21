"""What datapackage.json says of the book has a form, so that nothing that writes it stumbles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import small_data
from without_recognition.data import check


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        *(("version", value, "'version' is no version") for value in ("", "1", "0.2", "v0.2.0", "0.2.0 beta", "٠.٢.٠")),
        *(("keywords", value, "'keywords' is not a list of words") for value in (None, {}, 5, "x", [None], [{}], [""])),
        *(("id", value, "'id' is no text") for value in (None, [], {}, 5)),
        ("title", "", "'title' is empty"),
        *(("created", value, "'created' is not a date") for value in ("2026-02-30", "2026", "")),
    ],
)  # fmt: skip
def test_what_later_steps_rely_on_is_asked_first(tmp_path: Path, key: str, value: object, told: str) -> None:
    folder = small_data.write(tmp_path / "data")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {key: value}), "utf-8")
    found = check.data_problems(folder)
    assert len(found) == 1 and found[0].startswith(f"datapackage.json: {told}"), found
    assert found[0].endswith("; restore it from the repository")


@pytest.mark.parametrize("version", ["0.2.0", "0.2.0.dev0", "10.0.1rc1", "1.0.0-beta"])
def test_a_version_may_be_one_in_preparation(tmp_path: Path, version: str) -> None:
    folder = small_data.write(tmp_path / "data")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"version": version}), "utf-8")
    assert check.data_problems(folder) == []
