"""Contact and secrecy: every measure on a miniature worked by hand, and the marks of the miniature's figures."""
from __future__ import annotations

import csv
import io
import re
from datetime import date

import numpy as np
import pytest
from conftest import make_history

from analysis import charts, findings, series
from analysis.findings import contact, words
from analysis.findings.intervals import byar, ratio, wilson

ACTORS = [{"actor_id": "pak", "side": "pakistani", "type": "state"},
          {"actor_id": "isr", "side": "israeli", "type": "state"},
          {"actor_id": "guest", "side": "pakistani"}]
CHARTS = (charts.contacts_over_time, charts.contacts_by_government, charts.time_to_disclosure, charts.what_denials_deny,
          charts.recognition_conditions, charts.contacts_and_sources)


def small(*events: dict, sources=(), claims=(), more=()):
    """Events with a Pakistani and an Israeli party, each told by one paper of 2010 unless `claims` says otherwise."""
    told = {c["event_id"] for c in claims}
    own = [{"claim_id": f"{e['event_id']}.1", "event_id": e["event_id"], "source_id": "paper"} for e in events
           if e["event_id"] not in told]
    parties = [{"event_id": e["event_id"], "actor_id": a, "claim_id": f"{e['event_id']}.1"} for e in events
               for a in ("pak", "isr")]
    return make_history(actors=ACTORS, events=list(events), claims=[*own, *claims],
                        sources=[{"source_id": "paper", "issued": "2010-01-01"}, *sources],
                        participants=[p for p in parties if (p["event_id"], p["actor_id"]) not in
                                      {(m["event_id"], m["actor_id"]) for m in more}] + list(more))


def test_a_contact_has_two_sides_that_act_and_is_no_statement_vote_or_fight() -> None:
    h = small({"event_id": "2005-meeting"}, {"event_id": "2005-aimed"}, {"event_id": "2005-speech", "channel": "statement"},
              {"event_id": "1949-jerusalem-303", "date": "1949"},
              more=[{"event_id": "2005-aimed", "actor_id": "isr", "role": "target", "claim_id": "2005-aimed.1"}])
    assert contact.encounters(h)["why"].to_dict() == {"2005-meeting": "", "1949-jerusalem-303": "vote"}
    assert list(contact.contacts(h).index) == ["2005-meeting"]
    assert findings.NUMBERS["shared-votes"](h) == "one"


def test_a_government_has_what_surely_and_what_possibly_falls_in_its_terms() -> None:
    h = small({"event_id": "2005-day", "date": "2005-09-01"}, {"event_id": "1999-year", "date": "1999"},
              {"event_id": "1948-always", "date": "1948/1998"})
    t = contact.by_government(h, "PAK").set_index("leader")
    assert t.loc["Pervez Musharraf", ["surely", "possibly", "firm"]].tolist() == [1, 2, 0]
    assert t.loc["Nawaz Sharif", ["surely", "possibly"]].tolist() == [0, 1]  # 50 years belong to nobody
    assert t.at["Pervez Musharraf", "surely_a_year"] == pytest.approx(1 / t.at["Pervez Musharraf", "years"], rel=0.01)


def test_the_spells_of_each_country_do_not_overlap() -> None:
    for _, spells in series.read("leaders").groupby("country"):
        ends, starts = spells["end"].to_list(), spells["start"].to_list()
        assert all(end and end <= start for end, start in zip(ends, starts[1:])) and ends[-1] == ""


# --- lags ---------------------------------------------------------------------------------------
def test_the_product_limit_of_three_lags_by_hand() -> None:
    # at 3: two at risk (the lag of 2 had a window of 2), one of them is 3: half is below; at 2: two at risk, one is 2
    curve = contact.product_limit([1, 2, 3], [10, 2, 10], horizon=10)
    assert (curve.x, curve.share, curve.n) == ((1, 2, 3), (0.25, 0.5, 1.0), 3)
    assert curve.at(0.5) == 0 and curve.at(2.9) == 0.5 and curve.quantile(0.5) == 2
    assert all(low <= s <= high <= 1 for low, s, high in zip(curve.low, curve.share, curve.high))


def test_lags_beyond_the_horizon_are_left_out_and_none_is_an_error() -> None:
    assert contact.product_limit([1, 99], [100, 100], horizon=10).n == 1
    with pytest.raises(ValueError, match="no lag"):
        contact.product_limit([99], [100], horizon=10)


def test_truncation_does_not_bend_the_estimate() -> None:
    """Exponential lags with mean 10; half of the windows cut most of them off. The raw median is far too short."""
    draw = np.random.default_rng(1)
    lags, windows = draw.exponential(10, 6000), np.where(draw.random(6000) < 0.5, 3.0, 40.0)
    seen = lags <= windows
    lags, windows = np.round(lags[seen], 1), windows[seen]
    horizon, truth = 30, -10 * np.log(1 - 0.5 * (1 - np.exp(-3)))
    assert abs(contact.product_limit(lags, windows, horizon).quantile(0.5) - truth) < 1
    assert np.median(lags) < truth - 1.5


def hidden(*years: str, **more):
    return small(*({"event_id": f"{y[:4]}-x{n}", "date": y, "visibility": "secret"} for n, y in enumerate(years)), **more)


def test_a_lag_ends_with_the_oldest_publication_read_or_not() -> None:
    h = hidden("2000-01-01", sources=[{"source_id": "lost", "issued": "2000-01-11", "seen": "cited_only"}],
               claims=[{"claim_id": "2000-x0.1", "event_id": "2000-x0", "source_id": "paper", "origin": "lost"}])
    any_, read = contact.disclosures(h), contact.disclosures(h, read_only=True)
    assert (any_["days"].iloc[0], any_["via_unread"].iloc[0]) == (10, True)
    assert (read["days"].iloc[0], read["via_unread"].iloc[0]) == (3653, False)
    assert any_["window"].iloc[0] == (contact.closing(h) - date(2000, 1, 1)).days


def test_public_and_loosely_dated_contacts_have_no_lag_and_the_first_day_makes_it_longer() -> None:
    h = small({"event_id": "2001-p"}, {"event_id": "1990-l", "date": "1990/1999", "visibility": "secret"},
              {"event_id": "2005-y", "date": "2005", "visibility": "unacknowledged"})
    assert contact.disclosures(h)["days"].to_dict() == {"2005-y": 1462}
    assert contact.disclosures(h, earliest=True)["days"].to_dict() == {"2005-y": 1826}


def test_equal_windows_leave_out_what_is_too_young_or_came_out_too_late() -> None:
    h = hidden("2000-01-01", "2009-06-01", "2009-12-31", "1990-01-01", "2020-01-01")
    t = contact.equal_windows(h, "decade")  # told in January 2010: 10.0 y, 7 months, 1 day, 20 y; the last is too young
    assert t[["decade", "n", "known"]].values.tolist() == [["2000s", 2, 2]]
    assert (t["low"].iloc[0], t["high"].iloc[0]) == wilson(2, 2)


# --- initiative, denials, density ---------------------------------------------------------------
def test_who_moved_first_by_whose_word() -> None:
    h = small({"event_id": "2005-x"}, claims=[
        {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "paper"},
        *({"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": "paper", "aspect": "initiator", "value": v,
           "speaker": s, "basis": b} for n, (v, s, b) in enumerate(
            [("isr", "pak", "official"), ("pak", "isr", "official"), ("chance", "guest", "hearsay")], 2))])
    assert contact.initiative(h).values.tolist() == [["2005-x", "israeli", "pakistani"], ["2005-x", "pakistani", "israeli"]]


def denied():
    """A contact told on 1 January 2010, denied by Pakistan ten days later in two papers, and called private by Israel."""
    return small({"event_id": "2005-x"}, sources=[{"source_id": s, "issued": "2010-01-11"} for s in "bc"], claims=[
        {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "paper"},
        *({"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": s, "stance": "denies", "speaker": "pak",
           "basis": "official"} for n, s in enumerate("bc", 2)),
        {"claim_id": "2005-x.4", "event_id": "2005-x", "source_id": "b", "stance": "denies", "speaker": "guest",
         "basis": "participant", "aspect": "date", "value": "2005"},
        {"claim_id": "2005-x.5", "event_id": "2005-x", "source_id": "b", "speaker": "isr", "basis": "official",
         "aspect": "official_character", "value": "private"}])


def test_a_denial_is_a_line_with_a_voice_not_a_headline() -> None:
    t = contact.denials(denied())
    assert t[["aspect", "voice", "contact"]].values.tolist() == [["date", "other Pakistani", True],
                                                                 ["occurrence", "Pakistan", True]]


def test_the_denial_comes_ten_days_after_the_report() -> None:
    t = contact.denial_lags(denied())
    assert t[["event_id", "contact", "days"]].values.tolist() == [["2005-x", True, 10]]
    assert contact.called_private(denied()) == ["2005-x"]


def test_contacts_for_a_hundred_sources_of_the_decade() -> None:
    h = small({"event_id": "2005-x", "date": "2005"}, {"event_id": "2001-y", "date": "1999/2001"},
              sources=[{"source_id": s, "issued": "2005"} for s in "abcd"]
              + [{"source_id": "unread", "issued": "2005", "seen": "cited_only"}])
    t = contact.density(h).set_index("decade")
    assert t.loc["2000s", ["contacts", "sources", "a_hundred"]].tolist() == [1, 4, 25]
    assert (t.at["2000s", "low"], t.at["2000s", "high"]) == tuple(25 * x for x in byar(1))
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


def test_intervals_against_published_values() -> None:
    assert byar(10) == pytest.approx((4.79, 18.39), abs=0.02) and byar(0)[0] == 0  # exact: 4.80, 18.39
    assert ratio([2, 2, 2], [1, 1, 1]) == (2, 2)
    low, high = ratio([1, 5], [1, 1])
    assert (low, high) == (1, 5)


@pytest.mark.parametrize("days, said", [(0, "no days"), (1, "one day"), (24, "24 days"), (340, "11 months"), (694, "1.9 years")])
def test_a_time_in_words(days: float, said: str) -> None:
    assert words.time(days) == said
    assert words.of(0, 9) == "none of nine" and words.of(11, 12) == "11 of 12"


# --- coding -------------------------------------------------------------------------------------
def test_coded_series_name_what_the_data_have(book) -> None:
    conditions = series.read("recognition-conditions")
    assert sorted(set(conditions["claim_id"]) - set(book.claims.index)) == []
    assert set(conditions["position"]) <= set(contact.POSITIONS)
    assert set(book.actors.loc[conditions["speaker"], "side"]) == {"pakistani"}
    listed = series.read("not-contacts")["event_id"]
    assert sorted(set(listed) - set(contact.encounters(book).index)) == []


def test_every_number_of_the_prose_has_words(book) -> None:
    for name, said in findings.NUMBERS.items():
        assert re.search(r"\w", said(book)) and "nan" not in said(book).split(), name


# --- figures ------------------------------------------------------------------------------------
def test_the_figure_has_one_mark_a_contact_in_its_lane() -> None:
    figure = charts.contacts_over_time(small({"event_id": "2005-a"}, {"event_id": "2005-b", "visibility": "secret"},
                                             {"event_id": "1990-c", "date": "1990/1999"}))
    assert sorted(re.findall(r'id="ev:([^":]+)"', figure.svg)) == ["1990-c", "2005-a", "2005-b"]
    rows = {r["event_id"]: (r["lane"], r["row"]) for r in csv.DictReader(io.StringIO(figure.csv()))}
    assert rows == {"2005-a": ("public", "0"), "2005-b": ("hidden", "0"), "1990-c": ("loose", "0")}
    assert figure.alt.startswith("3 contacts, 1 of them not public")


def test_the_curve_of_the_figure_is_the_curve_of_the_measure() -> None:
    h = hidden("2000-01-01", "2008-01-01", "2009-12-31")
    figure, curve = charts.time_to_disclosure(h), contact.lag_curve(h)
    drawn = figure.data[figure.data["part"] == "curve, any publication known to us"]
    assert drawn["share"].round(3).tolist() == [round(s, 3) for s in curve.share]
    assert {"curve:any", "curve:read"} <= set(re.findall(r'id="([^"]+)"', figure.svg))


def test_denials_are_discs_with_their_count() -> None:
    figure = charts.what_denials_deny(denied())
    assert sorted(re.findall(r'id="cell:([^"]+)"', figure.svg)) == ["date:other Pakistani", "occurrence:Pakistan"]
    assert figure.data["lines"].tolist() == [1, 1]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("history", [make_history(), hidden("2005-09-01"), hidden("1881/1968", "2004/..")],
                         ids=["empty", "one", "uncertain"])
def test_the_bad_cases_draw(chart, history) -> None:
    figure = chart(history)
    assert "<svg" in figure.svg and re.search(r"\d", figure.alt) and "nan" not in figure.alt


@pytest.mark.parametrize("chart", CHARTS)
def test_the_book_draws_twice_the_same_in_the_palette(book, chart) -> None:
    figure = chart(book)
    assert figure.svg == chart(book).svg and 20 < len(figure.alt) < 300 and figure.description
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*charts.style.PALETTE.values(), "#ffffff"}
