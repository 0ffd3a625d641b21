"""The page of ten things often said: each with what is said, the evidence, and what can be said instead."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from without_recognition.press.lint.prose import EVIDENCE, ROLE, bare, glossary_names

TEXT = (ROOT / "book" / "reference" / "often-said.md").read_text("utf-8")
SAYINGS = re.split(r"^## ", TEXT, flags=re.M)[1:]


def test_there_are_ten() -> None:
    assert len(SAYINGS) == 10


@pytest.mark.parametrize("saying", SAYINGS, ids=lambda s: s.splitlines()[0][:30])
def test_each_is_answered_from_the_data(saying: str) -> None:
    parts = re.findall(r"\*\*(Said|Evidence|What can be said)\.\*\*", saying)
    assert parts == ["Said", "Evidence", "What can be said"]
    _, said, evidence, _ = re.split(r"\*\*(?:Said|Evidence|What can be said)\.\*\*", saying)
    assert "{src}" in said and "{grade}" in evidence
    assert EVIDENCE & {role for role, _ in ROLE.findall(evidence)}


def test_no_number_is_typed_by_hand() -> None:
    rest = bare(TEXT)
    for name in glossary_names(ROOT / "book"):
        rest = rest.replace(name, " ")
    assert re.findall(r"\S*\d\S*", rest) == []
