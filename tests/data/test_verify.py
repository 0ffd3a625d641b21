"""Fingerprints against texts, and the paragraphs that nobody coded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import ROOT, make_history
from without_recognition.data import verify
from without_recognition.data.messages import DatasetError

TEXTS = Path(os.environ.get("BOOK_TEXTS", ROOT.parent / "shared" / "sources"))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Menu\n\nFirst  paragraph.\n\u00a0\nSecond paragraph.\n", "utf-8")
    return tmp_path


def history(*claims: tuple[str, str], aside: tuple[str, str] = ("¶1", "Menu")):
    return make_history(
        events=[{"event_id": "2005-x"}],
        sources=[{"source_id": "a"}],
        claims=[
            {
                "claim_id": f"2005-x.{n}",
                "event_id": "2005-x",
                "source_id": "a",
                "locator": where,
                "fingerprint": verify.fingerprint(text),
            }
            for n, (where, text) in enumerate(claims, 1)
        ],
        uncoded=[{"source_id": "a", "locator": aside[0], "fingerprint": verify.fingerprint(aside[1])}],
    )


def test_blank_lines_and_no_break_spaces_are_no_paragraphs(texts: Path) -> None:
    assert verify.paragraphs((texts / "a.txt").read_text("utf-8")) == [
        "Menu",
        "First paragraph.",
        "Second paragraph.",
    ]


def test_all_is_accounted_for(texts: Path) -> None:
    assert (
        verify.fingerprint_problems(history(("¶2", "First paragraph."), ("¶3", "Second paragraph.")), texts)
        == []
    )


def test_a_paragraph_that_nobody_cites_is_named(texts: Path) -> None:
    assert verify.fingerprint_problems(history(("¶2", "First paragraph.")), texts) == [
        "a.txt: ¶3 is cited by no claim; code it, or add it to uncoded.csv with a reason"
    ]


def test_a_wrong_locator_is_named(texts: Path) -> None:
    found = verify.fingerprint_problems(
        history(("¶3", "First paragraph."), ("¶3", "Second paragraph.")), texts
    )
    assert any(p.startswith("2005-x.1: ¶3 of a is not the paragraph that was coded") for p in found)


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    assert "no .txt files" in verify.fingerprint_problems(history(), tmp_path)[0]


@pytest.mark.outside
def test_the_five_texts_are_coded_whole(book) -> None:
    assert verify.fingerprint_problems(book, TEXTS) == []


@pytest.mark.parametrize("damage", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_named_and_not_waited_for(texts: Path, damage) -> None:
    damage(texts / "b.txt")
    with pytest.raises(DatasetError, match=r"^b\.txt: cannot be read \("):
        verify.fingerprint_problems(history(("¶2", "First paragraph.")), texts)
