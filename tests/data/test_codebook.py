"""The codebook is one text: CONTRIBUTING.md carries what datapackage.json says."""

from conftest import PACKAGE, RESOURCES, ROOT
from without_recognition.data import codebook
from without_recognition.data.graded import SINGLE_VALUED


def test_contributing_carries_the_codebook_of_the_data_package() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert codebook.inserted(text, PACKAGE) == text, (
        "datapackage.json changed: run analysis/tools/codebook.py"
    )


def test_every_enum_value_looks_like_something_and_is_not_something_else() -> None:
    for resource in RESOURCES.values():
        for field in resource["schema"]["fields"]:
            values = field.get("categories", ())
            assert [v["value"] for v in values] == field.get("constraints", {}).get("enum", []), field["name"]
            assert all(v["label"] and "Looks like:" in v["description"] for v in values), field["name"]
            assert field["description"].endswith((".", "?", ")")), field["name"]


def test_the_codebook_says_of_which_aspects_one_value_is_right() -> None:
    aspects = codebook.field(PACKAGE, "claims", "aspect")["categories"]
    assert {a["value"] for a in aspects if "One value is right" in a["description"]} == SINGLE_VALUED
