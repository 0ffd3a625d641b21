"""The codebook is one text: CONTRIBUTING.md carries what datapackage.json says."""

import codebook as tool
import pytest
from conftest import PACKAGE, RESOURCES, ROOT
from without_recognition.data import codebook, dataset


def test_contributing_carries_the_codebook_of_the_data_package() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert codebook.inserted(text, PACKAGE) == text, "datapackage.json changed: run `python make.py codebook`"


def test_the_command_writes_it_between_its_marks_and_nothing_else(tmp_path, monkeypatch, capsys) -> None:
    text, page = (ROOT / "CONTRIBUTING.md").read_text("utf-8"), tmp_path / "CONTRIBUTING.md"
    page.write_text(text.replace("One row a source", "One row a thing"), "utf-8")
    assert tool.main([], page) == 0 and page.read_text("utf-8") == text
    assert capsys.readouterr().out == "CONTRIBUTING.md: codebook written\n"
    with pytest.raises(SystemExit):
        tool.main(["--help"], page)
    monkeypatch.setattr(dataset, "data_folder", lambda: tmp_path)
    assert tool.main([], page) == 1 and page.read_text("utf-8") == text
    assert capsys.readouterr().err.startswith("datapackage.json: no such file in ")


def test_every_enum_value_looks_like_something_and_is_not_something_else() -> None:
    for resource in RESOURCES.values():
        for field in resource["schema"]["fields"]:
            values = field.get("categories", ())
            assert [v["value"] for v in values] == field.get("constraints", {}).get("enum", []), field["name"]
            assert all(v["label"] and "Looks like:" in v["description"] for v in values), field["name"]
            assert field["description"].endswith((".", "?", ")")), field["name"]
