"""What the method page says of each way of knowing is what the rules make of it."""

from __future__ import annotations

import pytest
from without_recognition.evidence.rules import BASES, GRADES
from without_recognition.evidence.worth import makes, worth


def test_what_each_way_of_knowing_can_make() -> None:
    assert {basis: makes(basis) for basis in BASES} == {
        "record": ("documented", "documented", "documented"),
        "official": ("attested", "corroborated", "documented"),
        "participant": ("attested", "corroborated", "documented"),
        "study": ("attested", "corroborated", "corroborated"),
        "reported": ("attested", "corroborated", "corroborated"),
        "anonymous": ("attested", "attested", "attested"),
        "inference": ("alleged", "alleged", "alleged"),
        "hearsay": ("alleged", "alleged", "alleged"),
    }


@pytest.mark.parametrize("basis", BASES.values(), ids=list(BASES))
def test_every_way_of_knowing_is_told_from_its_properties(basis) -> None:
    told = list(worth(basis))
    assert told[0].startswith("Counts" if basis.counts else "Never counts")
    assert ("The word of a third party" in told) is basis.third_party
    assert ("Close to the event whenever it is told" in told) is basis.close_when_late
    assert ("Loses nothing with time" in told) is (basis.counts and basis.fades == "no")
    assert any(grade in told[-1] for grade in GRADES) and not any(s.endswith(".") for s in told)


def test_an_unnamed_informant_and_an_unread_study_stop_counting_after_a_year() -> None:
    assert [b.id for b in BASES.values() if next(worth(b)).startswith("Counts, but not if")] == [
        "study",
        "anonymous",
    ]
