"""The second reading: a sample that stays, and rows that say what was wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import git, make_history, module_at, skip_without_history
from without_recognition.data import releases
from without_recognition.findings import second_reading


def history(count: int = 2000, read: tuple[dict, ...] = ()):
    return make_history(
        sources=[{"source_id": "s"}],
        events=[{"event_id": "e"}],
        audit=list(read),
        claims=[{"claim_id": f"e.{n}", "event_id": "e", "source_id": "s"} for n in range(count)],
    )


def row(n: int, against: str, verdict: str, **cells: str) -> dict[str, str]:
    return {
        "claim_id": f"e.{n}",
        "reader": "r",
        "date": "2026-11-22",
        "against": against,
        "verdict": verdict,
    } | cells


def test_a_tenth_is_drawn_and_claims_added_later_change_no_lot() -> None:
    few, many = second_reading.sample(history(1000)), second_reading.sample(history(2000))
    assert set(few.index) == {c for c in many.index if int(c[2:]) < 1000}
    assert 160 <= len(many) <= 240
    first, second = ({n for n in range(100) if second_reading.drawn(f"e.{n}", v)} for v in ("0.1.0", "0.2.0"))
    assert first and second and first != second, "the seed counts"


def test_the_report_counts_by_comparison_and_leaves_out_what_was_not_reached() -> None:
    read = (
        row(1, "source", "supported"),
        row(2, "source", "partly", what_was_wrong="Too wide.", mended="Narrowed."),
        row(3, "source", "not_supported", what_was_wrong="No such name."),
        row(4, "notes", "supported"),
        row(5, "", "source_not_reachable"),
    )
    table = second_reading.report(history(10, read)).set_index("against")
    assert list(table.index) == ["source", "notes", "all"]
    assert table.loc["source", ["read", "partly", "not_supported", "mended"]].tolist() == [3, 1, 1, 1]
    assert table.at["source", "rate"] == pytest.approx(2 / 3)
    assert table.loc["all", ["read", "partly"]].tolist() == [4, 1]
    text = second_reading.markdown(history(10, read))
    assert "`e.3`: No such name." in text and "for 1 nothing to compare" in text
    assert "Of 10 claims 4 were compared" in text and "5 were not read then.\n" in text


def test_before_any_reading_the_report_says_so() -> None:
    assert "none has been read yet" in second_reading.markdown(history(50))


def test_the_book_s_own_reading_covers_the_drawn_tenth_and_says_what_was_wrong(book) -> None:
    first_edition = {key for table, key in book_pins(book) if table == "claims"}
    drawn = {c for c in book.claims.index if c in first_edition and second_reading.drawn(c, "0.1.0")}
    assert len(book.audit) > 2000 and len(drawn - set(book.audit.index)) <= 0.01 * len(drawn)
    faulty = book.audit["verdict"].isin(second_reading.FAULTY)
    assert (book.audit.loc[faulty, "what_was_wrong"] != "").all()
    assert ((book.audit["against"] == "") == (book.audit["verdict"] == "source_not_reachable")).all()


def book_pins(book) -> list[tuple[str, str]]:
    return list(releases.pinned(book, "0.1.0")[["table", "key"]].itertuples(index=False, name=None))


def test_the_table_of_the_audit_is_counted_again_for_both_editions(book, tmp_path: Path) -> None:
    audit = module_at("analysis/benchmarks/audit.py")
    if git("cat-file", "-t", audit.FIRST) != "commit":
        skip_without_history()
    then = audit.edition(audit.FIRST, tmp_path)
    known = audit.informed(then, book, tmp_path / "known")
    table = {what: (was, has) for what, was, has in audit.rows(then, known, book)}
    was, has = table["firm (documented or corroborated)"]
    resting, _ = table["firm on one published text, wire or house (by what is known now)"]
    assert 0 < int(has) < int(was) == int(resting.split()[2]) and int(resting.split()[0]) > 0
    assert len(then.events) == 516 and set(table["corroborated"]) != {"0"}
