"""What of the book rests on rows: found in the text of the pages, each with file and row."""

from __future__ import annotations

from pathlib import Path

import pytest
from without_recognition.press.lint import resting

PAGE = """---
kernelspec: {name: python3}
---
# A page

They dined {event}`2005-istanbul-dinner`. They talked {event}`so it is
said <2005-istanbul-meeting>` in the hotel. {Date}`2005-istanbul-meeting` it rained.

Nothing here. Of {n}`mentions 2005-istanbul-meeting` lines {src}`dawn-2005-09-01 ¶1`.

```{chronology}
2005-istanbul-meeting
1948: something else
```

```{code-cell}
:tags: [hide-input]
charts.rivals(history, "2005-istanbul-meeting", "initiator")
```

```{code-cell}
charts.rivals(history, "2005-istanbul-meeting", open("x"))
```
"""
MEETING = "2005-istanbul-meeting"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "page.md").write_text(PAGE, "utf-8")
    return tmp_path / "book"


def ids(**of: set[str]) -> resting.Ids:
    return {"events": set(), "claims": set(), "sources": set(), "actors": set(), **of}


def test_sentences_have_their_row_and_their_words(pages: Path) -> None:
    found = [(p.row, p.what, p.words) for p in resting.sentences(pages, ids(events={MEETING}))]
    assert found == [
        (6, "sentence", "They talked so it is said in the hotel."),
        (7, "sentence", f"[{MEETING}] it rained."),
        (9, "sentence", f"Of [mentions {MEETING}] lines ."),
        (12, "line of a chronology", MEETING),
    ]
    assert [p.row for p in resting.sentences(pages, ids(sources={"dawn-2005-09-01"}))] == [9]
    assert not list(resting.sentences(pages, ids(events={"2005-istanbul"})))


def test_numbers_and_figures_are_those_that_move(pages: Path, book) -> None:
    other = book.without(sources="pakun-2005-09-01")
    moved = {MEETING}
    assert [p.row for p in resting.numbers(pages, book, other)] == [9]
    assert [p.row for p in resting.figures(pages, book, book, ids(events=moved))] == []
    fewer = book.without(sources="bbc-2005-09-02")  # alone with its answer
    assert [p.row for p in resting.figures(pages, book, fewer, ids(events=moved))] == [16]


def test_every_event_whose_grade_moves_is_touched(book) -> None:
    other = book.without(sources="dahri-2016")
    assert "1948-ben-gurion-telegram" in resting.touched(book, other, [])["events"]
    assert resting.touched(book, book, [("claims", "1948-ben-gurion-telegram.1")])["events"] == {
        "1948-ben-gurion-telegram"
    }
