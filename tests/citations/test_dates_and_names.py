"""Dates, names and containers as references say them: as exact and as doubtful as they were given."""

from __future__ import annotations

import pytest
from without_recognition.citations import container, names, notes, when

DATES = [  # EDTF, CSL, biblatex, RIS (PY, DA)
    ("2005", [[2005]], False, "2005", ("2005", "2005///")),
    ("2005-09", [[2005, 9]], False, "2005-09", ("2005", "2005/09//")),
    ("2005-09-01", [[2005, 9, 1]], False, "2005-09-01", ("2005", "2005/09/01/")),
    ("1953-01?", [[1953, 1]], True, "1953-01?", ("1953", "1953/01//probably")),
    ("2018-11~", [[2018, 11]], True, "2018-11~", ("2018", "2018/11//about")),
    ("1953%", [[1953]], True, "1953%", ("1953", "1953///probably about")),
    (
        "[1948-09..1948-10]",
        [[1948, 9], [1948, 10]],
        True,
        "1948-09~/1948-10~",
        ("1948", "1948///September or October 1948"),
    ),
    (
        "[1998-06-01..1998-06-09]",
        [[1998, 6, 1], [1998, 6, 9]],
        True,
        "1998-06-01~/1998-06-09~",
        ("1998", "1998///between 1 June 1998 and 9 June 1998"),
    ),
    (
        "1998-03/1998-08",
        [[1998, 3], [1998, 8]],
        False,
        "1998-03/1998-08",
        ("1998", "1998///March to August 1998"),
    ),
    ("2010/2012", [[2010], [2012]], False, "2010/2012", ("", "")),
    ("201X", [[2010], [2019]], True, "201X", ("", "")),
]


@pytest.mark.parametrize("edtf, parts, circa, biblatex, ris", DATES)
def test_a_date_keeps_its_exactness_and_its_doubt(edtf, parts, circa, biblatex, ris) -> None:
    assert when.csl(edtf) == {"date-parts": parts} | ({"circa": True} if circa else {})
    assert when.biblatex(edtf) == biblatex
    assert when.ris(edtf) == ris


def test_a_century_is_no_year() -> None:
    assert when.csl("20XX") is None and when.ris("20XX") == ("", "") and when.year("20XX") == "n.d."
    assert when.biblatex("20XX") == "20XX"  # biblatex knows what it means


def test_an_open_span_has_words() -> None:
    assert when.csl("1998/..") == {"literal": "since 1998"} and when.year("1998/..") == "n.d."


NAMES = [
    ("Yegar, Moshe", [{"family": "Yegar", "given": "Moshe"}]),
    (
        "Levy, Adrian; Scott-Clark, Catherine",
        [{"family": "Levy", "given": "Adrian"}, {"family": "Scott-Clark", "given": "Catherine"}],
    ),
    ("US Embassy Tel Aviv", [{"literal": "US Embassy Tel Aviv"}]),
    ("Palmer, Glenn and others", [{"family": "Palmer", "given": "Glenn"}, {"literal": "others"}]),
    ("King, Martin Luther, Jr.", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]),
    ("a, b, c, d", [{"literal": "a, b, c, d"}]),
    ("Office, Department, Ministry", [{"literal": "Office, Department, Ministry"}]),
    (", Given", [{"literal": ", Given"}]),
    ("", []),
]


@pytest.mark.parametrize("cell, people", NAMES)
def test_a_person_has_two_parts_and_a_body_is_whole(cell, people) -> None:
    assert names.people(cell) == people


CONTAINERS = [
    (
        "Jewish Political Studies Review 19:3-4",
        {"title": "Jewish Political Studies Review", "volume": "19", "issue": "3-4"},
    ),
    (
        "Middle East Quarterly 4:2 (repost)",
        {"title": "Middle East Quarterly", "volume": "4", "issue": "2", "rest": "repost"},
    ),
    (
        "Foreign Relations of the United States 1948, vol. V, part 2, doc. 17",
        {
            "title": "Foreign Relations of the United States 1948",
            "volume": "V",
            "part": "2",
            "number": "17",
        },
    ),
    (
        "Foreign Relations of the United States 1969-1976, vol. E-8, doc. 209",
        {"title": "Foreign Relations of the United States 1969-1976", "volume": "E-8", "number": "209"},
    ),
    (
        "Congressional Record 151, part 16, pp. 21373-21376",
        {"title": "Congressional Record", "volume": "151", "part": "16", "page": "21373-21376"},
    ),
    (
        "Israel Studies 20:1, pp. 31-56",
        {"title": "Israel Studies", "volume": "20", "issue": "1", "page": "31-56"},
    ),
    ("American Jewish Year Book 1968, p. 183", {"title": "American Jewish Year Book 1968", "page": "183"}),
    ("Ostour, issue 20", {"title": "Ostour", "issue": "20"}),
    (
        "Current Trends in Islamist Ideology 1",
        {"title": "Current Trends in Islamist Ideology", "volume": "1"},
    ),
    ("anivlam.blogspot.com, 17 November 2005", {"title": "anivlam.blogspot.com, 17 November 2005"}),
    ("News18", {"title": "News18"}),
    ("", {}),
]


@pytest.mark.parametrize("text, parts", CONTAINERS)
def test_volume_issue_and_pages_leave_the_title(text, parts) -> None:
    assert container.parts({"type": "article-journal", "container": text}) == parts


def test_a_report_has_a_series_and_a_number() -> None:
    found = container.parts({"type": "report", "container": "Memorandum 55, passages in a forum"})
    assert found == {"genre": "Memorandum", "number": "55", "rest": "passages in a forum"}
    assert container.parts({"type": "article-newspaper", "container": "Channel 2"}) == {"title": "Channel 2"}


def test_columns_of_the_table_win_over_what_is_read_out_of_a_text() -> None:
    row = {"type": "article-journal", "container": "Review 1:2", "volume": "19", "issue": "", "pages": "3-9"}
    assert container.parts(row) == {"title": "Review", "volume": "19", "issue": "2", "page": "3-9"}


SOURCE = {
    "author": "Palmer, Glenn and others",
    "title": "Disputes",
    "container": "",
    "publisher": "A project",
    "kind": "scholarship",
    "issued": "2020",
    "written": "",
}


def test_the_books_own_words_for_a_source() -> None:
    assert notes.full(SOURCE, "p. 3") == "Glenn Palmer and others, “Disputes”, A project, 2020, p. 3"
    assert (
        notes.byline(SOURCE) == "Palmer and others" and notes.author_year(SOURCE) == "Palmer and others 2020"
    )
    unsigned = SOURCE | {"author": "", "issued": "1971", "written": "1947-12-08"}
    assert (
        notes.short(unsigned) == "A project, 8 December 1947"
        and notes.author_year(unsigned) == "A project 1947"
    )
    assert notes.full(unsigned) == "“Disputes”, A project, 8 December 1947 (published 1971)"
