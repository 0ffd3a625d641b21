"""The glossary says of each grade what the table of rules says."""

import re

from conftest import ROOT
from without_recognition.evidence.rules import GRADES, LEGEND


def test_the_glossary_defines_each_grade_in_the_words_of_the_rules() -> None:
    text = (ROOT / "book" / "reference" / "glossary.md").read_text("utf-8")
    defined = dict(re.findall(r"^(\w[^\n]*)\n    Grade: ([^\n]+)\.$", text, re.M))
    assert defined == {grade: LEGEND[grade] for grade in GRADES}
