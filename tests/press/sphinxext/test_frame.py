"""On pages and cards a frame fact shows that it has sources and no grade, and speeches are counted apart."""

from __future__ import annotations

import pytest
import toybook
from bs4 import BeautifulSoup
from links import whole

FRAME = "frame fact: it has sources, no grade"
EVENTS = [
    {"event_id": "2005-frame", "title": "A border is closed", "channel": "context"},
    {
        "event_id": "2005-speech",
        "title": "A speech in the Assembly",
        "channel": "statement",
        "arena": "general_debate",
    },
]
PAGE = """# The Istanbul meeting

```{chapter-box} istanbul
```

One {event}`2005-frame`, two {event}`2005-speech`, and the word {grade}`2005-frame`.

```{events-index}
```
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    same = {
        "chapter": "istanbul",
        "date": "2005-09-02",
        "visibility": "public",
        "summary": "It was so.",
    }
    claims = [
        {
            "claim_id": f"{e['event_id']}.1",
            "event_id": e["event_id"],
            "source_id": "frus-1947-909",
            "aspect": "occurrence",
            "statement": "Says so.",
            "stance": "affirms",
            "basis": "record",
            "origin": "self",
        }
        for e in EVENTS
    ]
    out, warnings, wrong = toybook.build(
        tmp_path_factory.mktemp("frame"),
        PAGE,
        strict=True,
        events=[*toybook.rows("events"), *({**same, **e} for e in EVENTS)],
        claims=[*toybook.rows("claims"), *claims],
    )
    assert not wrong, warnings
    return BeautifulSoup(whole(out / "istanbul.html"), "html.parser")


def words(node) -> str:
    return " ".join(node.get_text(" ").split())


def test_a_card_shows_no_grade_and_no_rule_of_one(page):
    card = page.find(id="card-e-2005-frame")
    assert words(card.select_one(".wr-verdict")) == FRAME and card.select_one(".wr-g-frame")
    assert "documented" not in words(card).lower() and "G1" not in words(card)
    assert "One line of evidence in one mention" in words(card)
    assert words(page.find(id="card-e-2005-speech").select_one(".wr-verdict")) == "documented"


def test_the_sign_in_a_sentence_is_that_of_a_frame_and_never_goes_dim(page):
    mark = page.select_one("a.wr-event")
    assert mark.select_one(".wr-g-frame") and "(frame fact: A border is closed)" in words(mark)
    assert mark["data-note"].startswith("Frame fact: it has sources, no grade. ")
    assert page.select_one(".wr-clause")["data-level"] == "3"
    assert "".join(page.select_one("a.wr-grade").find_all(string=True, recursive=False)) == FRAME


def test_the_box_counts_grades_of_graded_events_and_the_rest_apart(page):
    tally = [words(li) for li in page.select(".wr-tally li")]
    assert sum(int(t.split()[0]) for t in tally[:4]) == 4  # the toy's own four events of the chapter
    assert tally[4:6] == ["1 frame fact, without a grade", "1 in the UN General Debate, counted apart"]
    listed = {words(li.a): words(li.select_one(".wr-sr")) for li in page.select(".wr-events li")}
    assert len(listed) == 6 and listed["A border is closed"] == f"{FRAME}, unchallenged:"


def test_the_index_has_a_column_each_for_what_is_counted_apart(page):
    row = next(tr for tr in page.select("table.wr-index tbody tr") if "Istanbul" in words(tr.th))
    cells = [int(words(td)) for td in row.find_all("td")]
    assert sum(cells[:4]) == 4 and cells[4:] == [1, 1]
