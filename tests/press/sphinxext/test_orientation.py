"""What helps a newcomer: who is who, a person's card, the chronology; and that the real pages hold enough."""

from __future__ import annotations

import re
from datetime import date

import pytest
import toybook
from bs4 import BeautifulSoup
from conftest import ROOT
from links import whole
from test_prose import blocks
from without_recognition import load
from without_recognition.data import series
from without_recognition.evidence.lookup import Lookup
from without_recognition.press import PressError
from without_recognition.press.lint.prose import EVIDENCE, ROLE, bare
from without_recognition.press.sphinxext import chronology, roles

PAGE = """# Before you read

{who}`muhammad-ali-jinnah` wrote, and {who}`the minister <khurshid-kasuri>` met {event}`2005-istanbul-meeting`.

```{chronology}
1917-11-02: Britain speaks for a national home.

1947-jinnah-truman
[2004..2005]: Something general.
2005-istanbul-meeting
```

```{who-is-who}
```
"""
DESCRIBED = {
    "muhammad-ali-jinnah": ("1876-12-25", "Jinnah", "First Governor-General of Pakistan."),
    "zafrullah-khan": ("1893-02-06", "Zafrullah Khan", "Foreign minister, 1947-54."),
    "khurshid-kasuri": ("", "Kasuri", "Foreign minister, 2002-07."),
    "silvan-shalom": ("1958", "Shalom", "Foreign minister, 2003-06."),
}


def described() -> list[dict]:
    actors = toybook.rows("actors")
    for row in actors:
        if row["actor_id"] in DESCRIBED:
            born, family_name, description = DESCRIBED[row["actor_id"]]
            row |= {"born": born, "family_name": family_name, "description": description}
    return actors


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("orientation")
    out, warnings, wrong = toybook.build(root, PAGE, strict=True, actors=described())
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def page(built):
    return BeautifulSoup(whole(built / "istanbul.html"), "html.parser")


@pytest.fixture(scope="module")
def look(built):
    return Lookup.of(load(built.parent / "data"))


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def test_who_is_who_lists_by_side_and_family_name(page):
    assert [s["id"] for s in page.select("section[id^=who-]")] == ["who-pakistani", "who-israeli"]
    names = [words(p.a) for p in page.select("#who-pakistani .wr-filed")]
    assert names == ["Muhammad Ali Jinnah", "Khurshid Kasuri", "Muhammad Zafrullah Khan"]


def test_the_index_of_names_files_every_person_by_family_name(built, look):
    people = BeautifulSoup(whole(built / "reference" / "people.html"), "html.parser")
    lines = [(words(li.a), words(li.b), words(li)) for li in people.select("#names .wr-names li")]
    persons = {a["name"] for a in look.actors.values() if a["type"] == "person"}
    assert {name for name, *_ in lines} == persons and len(lines) == len(persons)
    bold = [by for _, by, _ in lines]
    assert bold == sorted(bold) and bold[0] == "Ben-Gurion" and "Zafrullah Khan" in bold
    (shalom,) = (line for name, _, line in lines if name == "Silvan Shalom")
    assert shalom == "Silvan Shalom born 1958 : Foreign minister, February 2003 to January 2006"
    letters = [p["id"] for p in people.select(".wr-names p")]
    assert [a["href"] for a in people.select(".wr-letters a")] == [f"#{letter}" for letter in letters]


def test_an_entry_has_dates_sentence_and_a_way_to_all_events(page):
    entry = page.find(id="w-muhammad-ali-jinnah")
    assert "born 25 December 1876, died 11 September 1948" in words(entry)
    assert "First Governor-General of Pakistan." in words(entry)
    assert entry.a["href"] == "reference/people.html#a-muhammad-ali-jinnah"
    assert "born" not in words(page.find(id="w-khurshid-kasuri"))


def test_a_person_in_the_text_opens_a_card(page):
    first, second = page.select("a.wr-who")
    assert [first.contents[0].get_text(), second.contents[0].get_text()] == [
        "Muhammad Ali Jinnah",
        "the minister",
    ]
    card = page.find(id=first["data-card"])
    assert card["id"] == "card-a-muhammad-ali-jinnah"
    assert "born 25 December 1876" in words(card)
    assert first["data-note"].startswith(
        "Muhammad Ali Jinnah (born 25 December 1876, died 11 September 1948): First"
    )


def test_a_person_who_is_not_described_has_no_card(look):
    with pytest.raises(PressError, match="not in Who is who"):
        roles.role_node(look, "who", "david-ben-gurion")
    with pytest.raises(PressError, match="unknown actor 'jinnah'"):
        roles.role_node(look, "who", "jinnah")


def test_the_people_page_says_the_same(built):
    people = BeautifulSoup(whole(built / "reference" / "people.html"), "html.parser")
    entry = words(people.find(id="a-muhammad-ali-jinnah"))
    assert "born 25 December 1876, died 11 September 1948" in entry and "First Governor-General" in entry


def test_a_chronology_shows_date_title_and_grade_and_general_lines_without_sign(page):
    lines = page.select(".wr-chronology > li")
    assert [words(line.select_one(".wr-when")) for line in lines] == [
        "2 November 1917",
        "8 December 1947",
        "Between 2004 and 2005",
        "1 September 2005",
    ]
    assert "Jinnah writes to Truman against partition" in words(lines[1])
    assert lines[1].select_one("a.wr-event")["data-grade"] == "documented"
    assert lines[0].em.get_text() == "Britain speaks for a national home." and not lines[0].select("a")


def test_a_chronology_names_what_it_does_not_know_and_what_is_out_of_order(look):
    given = ["2005-istanbul-meeting", "", "1947-jinnah-truman", "2006-nothing", "Sept 2007: words"]
    told = {place: wrong for place, _, wrong in chronology.checked(look, given)}
    assert told[0] == "" and "order of time" in told[2]
    assert "unknown event '2006-nothing'" in told[3] and "unknown event 'Sept 2007: words'" in told[4]


def test_a_wrong_line_is_told_with_its_row(tmp_path):
    page = "# P\n\n```{chronology}\n1947-jinnah-truman\n1948-nobody\n```\n"
    _, warnings, _ = toybook.build(tmp_path, page)
    (told,) = [line for line in warnings.splitlines() if "chronology" in line]
    assert told.startswith("book/istanbul.md:5: {chronology}: unknown event '1948-nobody'; the nearest is ")


REFERENCE = ROOT / "book" / "reference"


def test_the_book_has_a_chronology_of_some_sixty_lines_most_of_them_events():
    text = (REFERENCE / "chronology.md").read_text("utf-8")
    lines = [
        x for fence in re.findall(r"```\{chronology\}\n(.*?)```", text, re.S) for x in fence.splitlines() if x
    ]
    general = [x for x in lines if chronology.GENERAL.fullmatch(x)]
    assert 55 <= len(lines) <= 75 and len(general) <= len(lines) / 3
    assert lines[0].startswith("1917") and lines[-1].startswith("2026")


def test_no_line_of_the_chronology_is_only_alleged(book):
    text = (REFERENCE / "chronology.md").read_text("utf-8")
    look = Lookup.of(book)
    told = re.findall(r"^\d{4}\S*$", text, re.M)
    assert len(told) > 40
    assert [x for x in told if look.judgement(x).grade == "alleged"] == []


def test_the_persons_whom_most_events_name_are_described(book):
    people = book.actors[book.actors["type"] == "person"]
    described = people[people["description"] != ""]
    assert 60 <= len(described) <= 90
    often = book.participants["actor_id"].value_counts()
    often = [actor for actor in often[often >= 6].index if actor in people.index]
    assert set(often) <= set(described.index)
    for sentence in described["description"]:
        assert sentence.endswith(".") and len(sentence.split()) <= 34, sentence
        assert not re.search(r"[a-z]\. [A-Z]", sentence), "one sentence"


FEW_DAYS = 120


def decades() -> dict[int, tuple[str, str]]:
    """First year of the row -> (Pakistan's cell, Israel's cell) of the table of governments."""
    text = (REFERENCE / "two-states.md").read_text("utf-8")
    found = re.findall(r"^\| (\d{4})\S* \| (.*?) \| (.*?) \|$", text, re.M)
    return {int(year) // 10 * 10: (pakistan, israel) for year, pakistan, israel in found}


def test_the_table_of_governments_names_everybody_who_governed_for_long(book):
    table = decades()
    assert sorted(table) == list(range(1940, 2030, 10))
    leaders = series.read("leaders")
    for row in leaders.to_dict("records"):
        start, end = (date.fromisoformat(row[c] or "2026-11-28") for c in ("start", "end"))
        for decade, cells in table.items():
            first, last = max(start, date(decade, 1, 1)), min(end, date(decade + 9, 12, 31))
            if (last - first).days >= FEW_DAYS:
                names = cells[row["country"] == "ISR"].replace("-", " ")
                assert row["leader"].replace("-", " ") in names, (row["leader"], decade)


def test_each_of_the_five_texts_is_named_and_weighed():
    text = (REFERENCE / "five-texts.md").read_text("utf-8")
    parts = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    names = {
        "The report of 2005": "forward-2005-09-06",
        "The blog of 2016": "dahri-2016",
        "The feature of 2018": "medialine-2018",
        "The report of 2019": "medialine-2019",
        "The essay of 2023": "globely-2023",
    }
    assert list(parts)[:5] == list(names)
    for name, source in names.items():
        said = re.split(r"\*\*(What it is|Confirmed|Corrected|Not borne out)\.\*\*", parts[name])
        assert said[1::2] == ["What it is", "Confirmed", "Corrected", "Not borne out"]
        assert f"source_id={source}`" in said[2]
        for weighed in said[4::2]:
            assert re.search(r"\{(event|grade|dispute)\}`", weighed), (name, weighed[:40])


def test_the_conclusion_is_as_long_as_a_conclusion_and_each_paragraph_rests_on_evidence():
    text = (ROOT / "book" / "findings" / "conclusion.md").read_text("utf-8")
    found = blocks(text)
    words_of = sum(len(bare(p).split()) for _, p in found)
    assert 1000 <= words_of <= 1800
    assert [
        p[:60]
        for kind, p in found
        if kind == "prose" and not (EVIDENCE | {"finding"}) & {r for r, _ in ROLE.findall(p)}
    ] == []
