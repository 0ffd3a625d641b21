"""Where a rule must be typed a second time, in the glossary, the codebook, the method page,
it says what the table says."""

from __future__ import annotations

import re

from conftest import ROOT
from without_recognition.data import codebook
from without_recognition.data.dataset import History
from without_recognition.data.graded import SINGLE_VALUED
from without_recognition.evidence import flags, labels, rules
from without_recognition.evidence.rules import BASES, FIRM, GRADES, LEGEND, STATUSES

REFERENCE = ROOT / "book" / "reference"
TERMS = dict(
    re.findall(r"^(\w[^\n]*)\n    ([^\n]+)\.$", (REFERENCE / "glossary.md").read_text("utf-8"), re.M)
)
RULES = (*rules.GRADE_RULES, *rules.STATUS_RULES)


def test_the_glossary_defines_each_grade_in_the_words_of_the_rules() -> None:
    defined = {term: told[7:] for term, told in TERMS.items() if told.startswith("Grade: ")}
    assert defined == {grade: LEGEND[grade] for grade in GRADES}


def test_the_glossary_says_of_each_status_what_the_legend_says() -> None:
    told = re.findall(r"(nothing|something [a-z ]+) \((\w+)\)", TERMS["status"])
    assert {name: f"{what} stands against it" for what, name in told} == {
        name: LEGEND[name] for name in STATUSES
    }


def test_the_glossary_calls_firm_and_late_what_the_rules_do() -> None:
    assert TERMS["firm"].startswith(" or ".join(FIRM).capitalize())
    assert TERMS["late"].lower() == flags.WORDS["late"].replace("later", "after the event")


def test_sentences_that_say_a_month_a_year_and_twenty_years_mean_the_days_of_the_rules() -> None:
    assert (rules.CONTEMPORARY, rules.NEAR, rules.LATE) == (31, 366, 20 * 365 + 5)
    assert "within a month" in TERMS["contemporary"] and "twenty years" in TERMS["late"]


def test_the_codebook_lists_the_ways_of_knowing_and_says_which_never_count(book: History) -> None:
    found = {c["value"]: c for c in codebook.field(book.package, "claims", "basis")["categories"]}
    assert {value: c["label"].lower() for value, c in found.items()} == {basis: basis for basis in BASES}
    never = {value for value, c in found.items() if "Never counts." in c["description"]}
    assert never == {basis.id for basis in BASES.values() if not basis.counts}


def test_the_codebook_says_of_which_aspects_one_value_is_right(book: History) -> None:
    aspects = codebook.field(book.package, "claims", "aspect")["categories"]
    one = {c["value"] for c in aspects if "One value is right" in c["description"]}
    several = {c["value"] for c in aspects if re.search(r"several( values)? can be right", c["description"])}
    assert one == SINGLE_VALUED and several == {c["value"] for c in aspects} - one - {"occurrence"}


def test_the_letters_that_weaken_a_source_are_letters_of_the_codebook(book: History) -> None:
    letters = {
        c["value"]: c["label"] for c in codebook.field(book.package, "sources", "reliability")["categories"]
    }
    assert letters[rules.UNRELIABLE] == "Unreliable" and set(rules.WEAK) < set(letters)


def test_labels_word_no_rule_of_their_own() -> None:
    text = (ROOT / "analysis" / "without_recognition" / "evidence" / "labels.py").read_text("utf-8").lower()
    told = {s for r in RULES for s in (r.legend, r.card, r.method, r.opening, r.happened, r.unruled) if s}
    told |= {s for d in rules.DEFECTS.values() for s in (d.words, d.method)} | {
        rules.NO_GRADE,
        rules.COUNTING,
    }
    told |= {s for row in (*BASES.values(), *flags.TABLE) for s in (row.words, row.method)} - {
        "inference",
        "hearsay",
    }
    assert [words for words in told if words.lower() in text] == []
    assert labels.FRAME.endswith(rules.NO_GRADE) and LEGEND["frame fact"].endswith(rules.NO_GRADE)


def test_the_list_of_signs_on_paper_says_of_a_frame_fact_what_the_rules_say() -> None:
    press = ROOT / "analysis" / "without_recognition" / "press"
    assert f'"{labels.FRAME}"' in (press / "print" / "assets" / "book.typ").read_text("utf-8")


def test_the_method_page_prints_each_part_of_the_table_and_types_none_of_its_sentences() -> None:
    text = (REFERENCE / "method.md").read_text("utf-8")
    for name in ("grades-table", "grade-rules", "status-rules", "basis-rules", "defect-rules", "flag-rules"):
        assert text.count(f"```{{{name}}}\n") == 1
    rows = (*RULES, *BASES.values(), *rules.DEFECTS.values(), *flags.TABLE)
    assert [row.id for row in rows if row.method.lower() in " ".join(text.lower().split())] == []
