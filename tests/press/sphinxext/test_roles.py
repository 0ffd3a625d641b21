"""The roles of the prose: what they say, and how a mistake ends the build."""

from __future__ import annotations

import pytest
import toybook
from bs4 import BeautifulSoup
from docutils.parsers import rst
from docutils.parsers.rst.languages import en
from links import whole
from sphinx.domains.math import MathDomain
from sphinx.domains.python import PythonDomain
from sphinx.domains.std import StandardDomain
from sphinx.roles import generic_docroles, specific_docroles
from without_recognition.findings import said

PROSE = """# The Istanbul meeting

{Date}`2005-istanbul-meeting` they met {event}`2005-istanbul-meeting`. Words follow
{date}`1953-zafrullah-eban`, a report of {day}`1998-tarar-weizman`, {event}`the visit <2005-delegation-174>`, \
{grade}`1967-quotation` and
{grade}`2005-istanbul-meeting place ankara` or {grade}`2005-delegation-174 count of=delegates 174`. So it is told
{src}`dawn-2005-09-01 ¶4`. Or so
{claim}`2005-istanbul-meeting.7`. {dispute}`2005-istanbul-meeting initiator` Hence
{value}`2005-delegation-174 count delegates`, and {value}`2005-istanbul-meeting initiator`.

{N}`events istanbul` events, {n}`events istanbul grade=documented` documented, {n}`claims all` claims,
{n}`lines 1998-tarar-weizman` lines.

:::{commentary}
A reflection.
:::
"""


def test_the_roles_of_sphinx_are_known_by_name():
    """`tell` needs neither Sphinx nor docutils, so their roles stand in a list of ours."""
    named = {
        name
        for name, whole in en.roles.items()
        if rst.roles._role_registry.get(whole, rst.roles.unimplemented_role)
        is not rst.roles.unimplemented_role
    }
    sphinx = {
        *generic_docroles,
        *specific_docroles,
        *StandardDomain.roles,
        *PythonDomain.roles,
        *MathDomain.roles,
    }
    started = {"eq", "index", "i"}  # which Sphinx registers as it starts
    assert named | sphinx | started == said.OF_SPHINX
    assert set(said.OF_PAGES) - set(said.ROLES) < said.OF_SPHINX


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    out, warnings, wrong = toybook.build(tmp_path_factory.mktemp("roles"), PROSE, strict=True)
    assert not wrong, warnings
    return BeautifulSoup(whole(out / "istanbul.html"), "html.parser")


def marks(page, kind):
    return page.select(f"a.wr-{kind}")


def words(mark) -> str:
    """What stands on the page without glyph and without what only a screen reader says."""
    return "".join(mark.find_all(string=True, recursive=False))


def test_dates_follow_the_precision_of_the_data(page):
    assert [words(m) for m in marks(page, "date")] == [
        "On 1 September 2005",
        "probably in 1953",
        "29 October 1998",
    ]


def test_an_event_mark_without_words_shows_its_grade(page):
    mark = marks(page, "event")[0]
    assert words(mark) == ""
    assert (
        mark.select_one(".wr-g-documented")
        and "(documented: Kasuri and Shalom meet in Istanbul)" in mark.get_text()
    )
    assert mark["data-grade"] == "documented" and mark["data-note"].startswith("Documented.")
    assert mark["href"] == "reference/events.html#e-2005-istanbul-meeting"


def test_an_event_mark_can_carry_words(page):
    mark = marks(page, "event")[1]
    assert words(mark) == "the visit"
    assert mark.select_one(".wr-g-attested") and mark.select_one(".wr-t-disputed")
    assert "Denied by: The Jerusalem Post" in mark["data-note"]


def test_grades_are_those_of_the_named_proposition(page):
    assert [words(m) for m in marks(page, "grade")] == [
        "alleged and contradicted",
        "alleged and challenged",
        "attested",
    ]


def test_sources_and_claims_are_numbered_notes_with_locator(page):
    first, second = marks(page, "src")[0], marks(page, "claim")[0]
    assert (
        first["data-note"] == "“Kasuri meets Shalom”, Dawn, 1 September 2005, ¶4."
        and first["data-here"] == "¶4"
    )
    assert [m.select_one(".wr-shown").get_text() for m in (first, second)] == ["\u20601", "\u20602"]


def test_a_dispute_carries_its_values_and_the_ruling(page):
    note = marks(page, "dispute")[0]["data-note"]
    assert note.startswith("Initiator, disputed:") and "This book follows Pakistan." in note


def test_values_are_those_that_the_book_follows(page):
    assert [words(m) for m in marks(page, "value")] == ["174", "Pakistan"]


def test_numbers_are_counted_and_spelled(page):
    assert [n.get_text() for n in page.select(".wr-number")] == ["Four", "one", "32", "two"]


def test_marks_cling_to_the_word_before(page):
    before = marks(page, "event")[0].previous_sibling
    assert before.endswith("met")


def test_clauses_know_grade_and_account(page):
    clauses = {c.get_text()[:8]: c for c in page.select(".wr-clause")}
    assert clauses["On 1 Sep"]["data-level"] == "3"
    assert clauses["On 1 Sep"]["data-voices"] == "israeli other pakistani"
    assert "data-level" not in clauses["So it is"].attrs and clauses["So it is"]["data-voices"] == "pakistani"


def test_commentary_is_a_box(page):
    assert page.select_one(".wr-commentary").get_text().strip() == "A reflection."


def test_every_mistake_is_named_with_page_line_and_nearest_id(tmp_path):
    page = (
        "# Title\n\n"
        + "\n".join(f"Line {role} of one paragraph." for role in toybook.MISTAKES)
        + "\n\n```{disputes} istambul\n```\n"
    )
    for _ in range(2):  # the second run must not pass because the first kept something
        _, warnings, wrong = toybook.build(tmp_path, page, strict=True)
        assert wrong
        for line, (role, message) in enumerate(toybook.MISTAKES.items(), 3):
            found = [told for told in warnings.splitlines() if told.startswith(f"book/istanbul.md:{line}: ")]
            assert found and message in found[0], (role, warnings)
        last = (
            f"book/istanbul.md:{len(toybook.MISTAKES) + 4}: {{disputes}} istambul: "
            "unknown chapter 'istambul'; the nearest"
        )
        assert last in warnings
