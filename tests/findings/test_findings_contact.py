"""Contact and secrecy: every measure on a miniature worked by hand, and the marks of the miniature's figures."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from conftest import make_history
from without_recognition import charts, findings
from without_recognition.data import series
from without_recognition.findings import contact
from without_recognition.findings.intervals import wilson

ACTORS = [
    {"actor_id": "pak", "side": "pakistani", "type": "state"},
    {"actor_id": "isr", "side": "israeli", "type": "state"},
    {"actor_id": "guest", "side": "pakistani"},
]
CHARTS = (
    charts.contacts_over_time,
    charts.contacts_by_government,
    charts.time_to_disclosure,
    charts.what_denials_deny,
    charts.recognition_conditions,
    charts.contacts_and_sources,
)


def small(*events: dict, sources=(), claims=(), more=()):
    """Events with a Pakistani and an Israeli party, each told by one paper of 2010 unless `claims` says otherwise."""
    told = {c["event_id"] for c in claims}
    own = [
        {"claim_id": f"{e['event_id']}.1", "event_id": e["event_id"], "source_id": "paper"}
        for e in events
        if e["event_id"] not in told
    ]
    parties = [
        {"event_id": e["event_id"], "actor_id": a, "claim_id": f"{e['event_id']}.1"}
        for e in events
        for a in ("pak", "isr")
    ]
    return make_history(
        actors=ACTORS,
        events=[{"contact": "official", **e} for e in events],
        claims=[*own, *claims],
        sources=[{"source_id": "paper", "issued": "2010-01-01"}, *sources],
        participants=[
            p
            for p in parties
            if (p["event_id"], p["actor_id"]) not in {(m["event_id"], m["actor_id"]) for m in more}
        ]
        + list(more),
    )


def test_a_contact_has_two_sides_that_act_and_is_no_statement_vote_or_fight() -> None:
    h = small(
        {"event_id": "2005-meeting"},
        {"event_id": "2005-aimed"},
        {"event_id": "2005-speech", "channel": "statement"},
        {"event_id": "1949-jerusalem-303", "date": "1949", "contact": "vote"},
        more=[{"event_id": "2005-aimed", "actor_id": "isr", "role": "target", "claim_id": "2005-aimed.1"}],
    )
    found = contact.encounters(h)["contact"].to_dict()
    assert found == {"2005-meeting": "official", "1949-jerusalem-303": "vote"}
    assert list(contact.contacts(h).index) == ["2005-meeting"]
    assert findings.NUMBERS["shared-votes"](h) == "one"


def test_what_is_one_encounter_is_counted_once_and_by_its_best_grade() -> None:
    h = small(
        {"event_id": "2005-dinner", "date": "2005-08-31", "encounter": "2005-x", "visibility": "secret"},
        {"event_id": "2005-meeting", "date": "2005-09-01", "encounter": "2005-x"},
        {"event_id": "2006-other", "date": "2006"},
        {"event_id": "2007-guest", "date": "2007", "contact": "unofficial"},
        sources=[{"source_id": "minutes", "kind": "primary_document", "issued": "2005-09-01"}],
        claims=[
            {
                "claim_id": "2005-meeting.1",
                "event_id": "2005-meeting",
                "source_id": "minutes",
                "basis": "record",
            }
        ],
    )
    found = contact.contacts(h)
    assert found["events"].to_dict() == {
        "2005-meeting": "2005-dinner 2005-meeting",
        "2006-other": "2006-other",
    }
    assert found["grade"].to_dict() == {"2005-meeting": "documented", "2006-other": "attested"}
    assert list(contact.contacts(h, kinds=("unofficial",)).index) == ["2007-guest"]


def test_a_government_has_what_surely_and_what_possibly_falls_in_its_terms() -> None:
    h = small(
        {"event_id": "2005-day", "date": "2005-09-01"},
        {"event_id": "1999-year", "date": "1999"},
        {"event_id": "1948-always", "date": "1948/1998"},
    )
    t = contact.by_government(h, "PAK").set_index("leader")
    assert t.loc["Pervez Musharraf", ["surely", "possibly", "firm"]].tolist() == [1, 2, 0]
    assert t.loc["Nawaz Sharif", ["surely", "possibly"]].tolist() == [0, 1]  # 50 years belong to nobody


def test_the_spells_of_each_country_do_not_overlap() -> None:
    for _, spells in series.read("leaders").groupby("country"):
        ends, starts = spells["end"].to_list(), spells["start"].to_list()
        assert all(end and end <= start for end, start in zip(ends, starts[1:])) and ends[-1] == ""


# --- lags ---------------------------------------------------------------------------------------
def hidden(*years: str, **more):
    return small(
        *({"event_id": f"{y[:4]}-x{n}", "date": y, "visibility": "secret"} for n, y in enumerate(years)),
        **more,
    )


def test_a_lag_ends_with_the_oldest_publication_read_or_not() -> None:
    h = hidden(
        "2000-01-01",
        sources=[{"source_id": "lost", "issued": "2000-01-11", "seen": "cited_only"}],
        claims=[{"claim_id": "2000-x0.1", "event_id": "2000-x0", "source_id": "paper", "origin": "lost"}],
    )
    found = contact.disclosures(h)
    assert found[["days", "public_by", "via_unread"]].values.tolist() == [[10, date(2000, 1, 11), True]]


@pytest.mark.parametrize(
    ("issued", "day"),
    [
        ("201X", date(2010, 1, 1)),  # taken at its beginning, or it would grow with each edition
        ("20XX", date(2000, 3, 5)),  # but not before what it tells of
        ("2000-04/2000-06", date(2000, 6, 30)),
        ("2000~", date(2000, 12, 31)),
        ("../2012-05-06", date(2012, 5, 6)),
    ],
)
def test_a_publication_is_dated_to_the_last_day_on_which_it_can_have_come_out(issued: str, day: date) -> None:
    h = hidden("2000-03-05", sources=[{"source_id": "later", "issued": issued}], claims=[
        {"claim_id": "2000-x0.1", "event_id": "2000-x0", "source_id": "later"}])  # fmt: skip
    assert contact.disclosures(h)["public_by"].tolist() == [day]


def test_public_and_loosely_dated_contacts_have_no_lag_and_the_longest_comes_first() -> None:
    h = small(
        {"event_id": "2001-p"},
        {"event_id": "1990-l", "date": "1990/1999", "visibility": "secret"},
        {"event_id": "2009-d", "date": "2009-12-31", "visibility": "secret"},
        {"event_id": "2005-y", "date": "2005", "visibility": "unacknowledged"},
        {"event_id": "2007-guest", "date": "2007", "visibility": "secret", "contact": "unofficial"},
    )
    assert list(contact.disclosures(h)["days"].items()) == [("2005-y", 1462), ("2009-d", 1)]
    words = {k: findings.NUMBERS[f"lag-{k}"](h) for k in ("dated", "month", "between", "long")}
    assert words == {"dated": "two of three", "month": "one", "between": "one", "long": "no"}


# --- initiative, denials, density ---------------------------------------------------------------
def test_who_moved_first_by_whose_word() -> None:
    h = small(
        {"event_id": "2005-x"},
        claims=[
            {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "paper"},
            *(
                {
                    "claim_id": f"2005-x.{n}",
                    "event_id": "2005-x",
                    "source_id": "paper",
                    "aspect": "initiator",
                    "value": v,
                    "speaker": s,
                    "basis": b,
                }
                for n, (v, s, b) in enumerate(
                    [("isr", "pak", "official"), ("pak", "isr", "official"), ("chance", "guest", "hearsay")],
                    2,
                )
            ),
        ],
    )
    assert contact.initiative(h).values.tolist() == [
        ["2005-x", "israeli", "pakistani"],
        ["2005-x", "pakistani", "israeli"],
    ]


def denied(first: str = "2010-01-11", second: str = "2010-01-11"):
    """A contact told on 1 January 2010, denied by Pakistan in two papers, and called private by Israel."""
    return small(
        {"event_id": "2005-x"},
        sources=[{"source_id": "b", "issued": first}, {"source_id": "c", "issued": second}],
        claims=[
            {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "paper"},
            *(
                {
                    "claim_id": f"2005-x.{n}",
                    "event_id": "2005-x",
                    "source_id": s,
                    "stance": "denies",
                    "speaker": "pak",
                    "basis": "official",
                }
                for n, s in enumerate("bc", 2)
            ),
            {
                "claim_id": "2005-x.4",
                "event_id": "2005-x",
                "source_id": "b",
                "stance": "denies",
                "speaker": "guest",
                "basis": "participant",
                "aspect": "date",
                "value": "2005",
            },
            {
                "claim_id": "2005-x.5",
                "event_id": "2005-x",
                "source_id": "b",
                "speaker": "isr",
                "basis": "official",
                "aspect": "official_character",
                "value": "private",
            },
        ],
    )


def test_a_denial_is_a_line_with_a_voice_not_a_headline() -> None:
    t = contact.denials(denied())
    assert t[["aspect", "voice", "contact"]].values.tolist() == [
        ["date", "other Pakistani", True],
        ["occurrence", "Pakistan", True],
    ]


def test_what_is_said_of_any_event_of_an_encounter_is_said_of_the_contact() -> None:
    told = [
        {"claim_id": "2005-dinner.1", "event_id": "2005-dinner", "source_id": "paper"},
        {
            "claim_id": "2005-dinner.2",
            "event_id": "2005-dinner",
            "source_id": "paper",
            "speaker": "pak",
            "basis": "official",
            "aspect": "initiator",
            "value": "isr",
        },
        {
            "claim_id": "2005-dinner.3",
            "event_id": "2005-dinner",
            "source_id": "paper",
            "speaker": "pak",
            "basis": "official",
            "stance": "denies",
        },
    ]
    h = small(
        {"event_id": "2005-meeting", "date": "2005-09-01", "encounter": "2005-x"},
        {"event_id": "2005-dinner", "date": "2005-09-01", "encounter": "2005-x"},
        sources=[{"source_id": "minutes", "kind": "primary_document", "issued": "2005-09-01"}],
        claims=[
            *told,
            {
                "claim_id": "2005-meeting.1",
                "event_id": "2005-meeting",
                "source_id": "minutes",
                "basis": "record",
            },
        ],
    )
    assert contact.members(h) == dict.fromkeys(("2005-meeting", "2005-dinner"), "2005-meeting")
    assert contact.initiative(h).values.tolist() == [["2005-meeting", "pakistani", "israeli"]]
    assert contact.denials(h)[["event_id", "contact"]].values.tolist() == [["2005-dinner", True]]
    assert findings.NUMBERS["denied-contacts"](h) == "one of one"


def test_a_state_may_call_an_unofficial_contact_private() -> None:
    h = small(
        {"event_id": "2005-tour", "contact": "unofficial"},
        claims=[
            {"claim_id": "2005-tour.1", "event_id": "2005-tour", "source_id": "paper"},
            {
                "claim_id": "2005-tour.2",
                "event_id": "2005-tour",
                "source_id": "paper",
                "speaker": "isr",
                "basis": "official",
                "aspect": "official_character",
                "value": "private",
            },
        ],
    )
    assert contact.called_private(h) == ["2005-tour"] and contact.contacts(h).empty


def test_the_denial_comes_ten_days_after_the_report() -> None:
    t = contact.denial_lags(denied())
    assert t[["event_id", "contact", "days"]].values.tolist() == [["2005-x", True, 10]]
    assert contact.called_private(denied()) == ["2005-x"]


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("2009-12-22", "2010-01-11", [-10]),
        ("2008-06-01", "2008-06-01", []),
        ("2008-06-01", "2010-01-11", [10]),
    ],
)
def test_an_official_word_of_long_before_answers_something_else(first, second, days) -> None:
    assert contact.denial_lags(denied(first, second))["days"].tolist() == days


def test_contacts_for_a_hundred_sources_of_the_decade() -> None:
    h = small(
        {"event_id": "2005-x", "date": "2005"},
        {"event_id": "2001-y", "date": "1999/2001"},
        sources=[{"source_id": s, "issued": "2005"} for s in "abcd"]
        + [{"source_id": "unread", "issued": "2005", "seen": "cited_only"}],
    )
    t = contact.density(h).set_index("decade")
    assert t.loc["2000s", ["contacts", "sources", "a_hundred"]].tolist() == [1, 4, 25]
    assert t.at["2000s", "firm"] == 0
    assert t.loc["2010s", ["contacts", "sources"]].tolist() == [0, 1]  # the paper of 2010


def test_wilson_as_computed_by_hand() -> None:
    assert wilson(0, 10) == pytest.approx((0, 0.27753), abs=1e-4)
    assert wilson(5, 10) == pytest.approx((0.23659, 0.76341), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.72247, 1), abs=1e-4)
    assert wilson(0, 0) == (0, 1), "of nothing nothing is known"


@pytest.mark.parametrize(("hits", "n"), [(1, 0), (3, 2), (-1, 4)])
def test_what_is_no_share_is_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(hits, n)


# --- coding -------------------------------------------------------------------------------------
def test_coded_series_name_what_the_data_have(book) -> None:
    conditions = series.read("recognition-conditions")
    assert sorted(set(conditions["claim_id"]) - set(book.claims.index)) == []
    assert set(conditions["position"]) <= set(contact.POSITIONS)
    assert set(book.actors.loc[conditions["speaker"], "side"]) == {"pakistani"}
    assert (contact.encounters(book)["contact"] != "").all()


def test_every_number_of_the_prose_has_words(book) -> None:
    for name, said in findings.NUMBERS.items():
        assert re.search(r"\w", said(book)) and "nan" not in said(book).split(), name


# --- figures ------------------------------------------------------------------------------------
def test_the_figure_has_one_mark_a_contact_in_its_lane() -> None:
    figure = charts.contacts_over_time(
        small(
            {"event_id": "2005-a"},
            {"event_id": "2005-b", "visibility": "secret"},
            {"event_id": "1990-c", "date": "1990/1999"},
        )
    )
    assert sorted(re.findall(r'id="ev:([^":]+)"', figure.svg)) == ["1990-c", "2005-a", "2005-b"]
    rows = {r["event_id"]: (r["lane"], r["row"]) for r in csv.DictReader(io.StringIO(figure.csv()))}
    assert rows == {"2005-a": ("public", "0"), "2005-b": ("hidden", "0"), "1990-c": ("loose", "0")}
    assert figure.alt.startswith("3 contacts, 1 of them not public")


def test_the_figure_of_lags_has_one_mark_a_hidden_contact() -> None:
    figure = charts.time_to_disclosure(hidden("2000-01-01", "2008-01-01", "2009-12-31"))
    assert sorted(re.findall(r'id="ev:([^":]+)"', figure.svg)) == ["2000-x0", "2008-x1", "2009-x2"]
    assert figure.data["days"].tolist() == [3653, 731, 1]
    assert figure.title == "How long until print: all 3 hidden contacts have a date to count from"
    assert figure.alt.endswith("the time to print is 10 years at the longest, 1 day at the shortest.")


def test_the_title_of_lags_says_how_many_contacts_have_a_date() -> None:
    """And no rate of so few."""
    title = charts.time_to_disclosure(hidden("2000-01-01", "1990/1999")).title
    assert title == "How long until print: 1 of 2 hidden contacts has a date to count from"


def test_denials_are_discs_with_their_count() -> None:
    figure = charts.what_denials_deny(denied())
    assert sorted(re.findall(r'id="cell:([^"]+)"', figure.svg)) == [
        "date:other-Pakistani",
        "occurrence:Pakistan",
    ]
    assert figure.data["lines"].tolist() == [1, 1]
    assert (
        figure.title
        == "1 of 2 denials is coded as one of the occurrence; some may mean only an official visit"
    )
    assert not re.search("happen|at all", figure.title + figure.alt)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(
    "history",
    [make_history(), hidden("2005-09-01"), hidden("1881/1968", "2004/..")],
    ids=["empty", "one", "uncertain"],
)
def test_the_bad_cases_draw(chart, history) -> None:
    figure = chart(history)
    assert "<svg" in figure.svg and re.search(r"\d", figure.alt) and "nan" not in figure.alt


@pytest.mark.parametrize("chart", CHARTS)
def test_the_book_draws_twice_the_same_in_the_palette(book, chart) -> None:
    figure = chart(book)
    assert figure.svg == chart(book).svg and 20 < len(figure.alt) < 300 and figure.description
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*charts.style.PALETTE.values(), "#ffffff"}
