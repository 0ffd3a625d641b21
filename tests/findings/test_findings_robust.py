"""What survives: the variants on a miniature worked by hand, equal to a weighing from nothing; verdicts and marks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from math import isnan, nan

import pandas as pd
import pytest
from conftest import make_history
from without_recognition import charts, evidence, findings
from without_recognition.charts import style
from without_recognition.data import dates
from without_recognition.data.number_words import spelled
from without_recognition.evidence import Rules
from without_recognition.evidence.rules import RECOUNTS
from without_recognition.findings import contact, headlines, robustness, robustness_words, variants, witness
from without_recognition.findings.headlines import HEADLINES, Headline
from without_recognition.findings.variants import Variant

SEEN = ["grade", "status", "flags", "lines", "mentions"]
CASES = (
    "Dawn",
    "the small publishers together",
    "israeli",
    "pakistani",
    "contemporary 7 days",
    "contemporary 90 days",
    "retrospective after 183 days",
    "retrospective after 730 days",
    "earliest day of each date",
    "latest day of each date",
    *(recount.name for recount in RECOUNTS),
)


def miniature():
    """Two contacts: one told by two papers, the other by one paper and one that copies it; and a speech."""
    events = [
        {"event_id": "2005-open", "date": "2005-09-01", "visibility": "public", "contact": "official"},
        {"event_id": "2004-hidden", "date": "2004", "visibility": "secret", "contact": "official"},
        {"event_id": "2005-speech", "date": "2005-09-02", "channel": "statement"},
    ]
    told = [
        ("2005-open", "a1", "self"),
        ("2005-open", "b1", "self"),
        ("2004-hidden", "a2", "self"),
        ("2004-hidden", "c1", "a2"),
        ("2005-speech", "b1", "self"),
    ]
    claims = [{"claim_id": f"{e}.{s}", "event_id": e, "source_id": s, "origin": o} for e, s, o in told]
    return make_history(
        events=events,
        claims=claims,
        actors=[
            {"actor_id": "pak", "side": "pakistani", "type": "state"},
            {"actor_id": "isr", "side": "israeli", "type": "state"},
        ],
        participants=[
            {"event_id": e, "actor_id": a, "claim_id": f"{e}.{s}"}
            for e, s in (("2005-open", "a1"), ("2004-hidden", "a2"))
            for a in ("pak", "isr")
        ],
        sources=[
            {"source_id": "a1", "publisher": "Alif", "issued": "2005-09-02", "perspective": "pakistani"},
            {"source_id": "a2", "publisher": "Alif", "issued": "2010-01-01", "perspective": "pakistani"},
            {"source_id": "b1", "publisher": "Bet", "issued": "2005-09-03", "perspective": "israeli"},
            {"source_id": "c1", "publisher": "Cee", "issued": "2011-01-01", "perspective": "other"},
        ],
    )


@cache
def found(history) -> dict[str, Variant]:
    return {v.label: v for v in variants.variants(history)}


def looked(history, **changed):
    return headlines.Contacts(history).seen(replace(variants.full(history), **changed))


# --- variants -----------------------------------------------------------------------------------
def test_without_a_publisher_its_copies_go_too() -> None:
    h = miniature()
    left = variants.without(h, {"a1", "a2"})
    assert sorted(left) == ["2005-open", "2005-speech"]  # the hidden one was told by Alif and its copyist
    assert [[r.claim_id for r in left[e].affirms] for e in sorted(left)] == [
        ["2005-open.b1"],
        ["2005-speech.b1"],
    ]
    assert evidence.judge(h, "2005-open").grade == "corroborated" and left["2005-open"].grade == "attested"


def test_firm_keeps_only_what_is_documented_or_corroborated() -> None:
    assert list(variants.firm(miniature())) == ["2005-open"]


def test_dates_are_read_as_their_first_and_last_days() -> None:
    spans = variants.spans(miniature())
    read = [variants.ends(spans, end) for end in ("earliest", "latest")]
    assert [{e: s.text for e, s in found.items()} for found in read] == [
        {"2004-hidden": "2004-01-01"},
        {"2004-hidden": "2004-12-31"},
    ]


def test_a_cut_off_beyond_the_other_is_weighed_as_if_read_anew() -> None:
    """Two papers of 456 days later are close to it where 500 days are; that is beyond what is near in the book."""
    rules, papers = Rules(contemporary=500), ("a", "b")
    history = make_history(
        events=[{"event_id": "2005-x", "date": "2005-09-01"}],
        sources=[{"source_id": s, "publisher": s, "issued": "2006-12-01"} for s in papers],
        claims=[{"claim_id": f"2005-x.{s}", "event_id": "2005-x", "source_id": s} for s in papers],
    )
    grades = [
        found["2005-x"].grade for found in (evidence.occurrences(history), variants.under(history, rules))
    ]
    assert grades == ["attested", evidence.occurrences(history.under(rules))["2005-x"].grade]
    assert grades[1] == "corroborated"


def test_publishers_of_few_claims_go_together() -> None:
    labels = [v.label for v in variants.variants(miniature()) if v.family == "publisher"]
    assert labels == ["the small publishers together"]


def read_anew(history, label: str):
    """The data as a variant has them, made without the module that is tested."""
    if label.startswith(("contemporary", "retrospective")):
        days = int(re.search(r"\d+", label)[0])
        return history.under(Rules(contemporary=days) if label.startswith("c") else Rules(near=days))
    if fields := [recount.field for recount in RECOUNTS if recount.name == label]:
        return history.under(Rules(**{fields[0]: True}))
    if label.endswith("day of each date"):
        spans = [dates.parse(d) for d in history.events["date"]]
        closed = [s.earliest.year > 1 and s.latest.year < 9999 for s in spans]
        days = [getattr(s, label.split()[0]).isoformat() if c else s.text for s, c in zip(spans, closed)]
        return history.with_rows(events=history.events[["event_id"]].assign(date=days))
    if label == "the small publishers together":
        publishers = history.sources["publisher"]
        claims = history.claims["source_id"].map(publishers).value_counts()
        return history.without(publishers=set(publishers) - set(claims[claims >= 10].index))
    return history.without(**{"publishers" if label == "Dawn" else "perspectives": label})


@pytest.mark.parametrize("label", CASES)
def test_every_variant_equals_a_weighing_from_nothing(book, label: str) -> None:
    """What is shared with the full data must be what a fresh weighing finds."""

    def told(occurrences) -> dict:
        return {e: [getattr(j, a) for a in SEEN] for e, j in occurrences.items() if j.mentions}

    quick, fresh = found(book)[label].occurrences, evidence.occurrences(read_anew(book, label))
    assert told(quick) == told(fresh) and len(told(quick)) > 100 and quick.keys() == fresh.keys()


@pytest.mark.parametrize("label", ["Dawn", "retrospective after 183 days", "earliest day of each date"])
def test_a_variant_changes_what_it_should(book, label: str) -> None:
    full = {e: j.grade for e, j in evidence.occurrences(book).items()}
    assert {e: j.grade for e, j in found(book)[label].occurrences.items()} != full


# --- measures -----------------------------------------------------------------------------------
def test_measures_of_the_miniature() -> None:
    look = looked(miniature())
    assert (
        headlines.hidden(look) == 0.5
        and headlines.firm_contacts(look) == 0.5
        and headlines.one_witness(look) == 0.5
    )
    assert headlines.echo(look) == pytest.approx(5 / 4)  # lines: 2 + 1 + 1; mentions: 2 + 2 + 1
    assert headlines.firm_events(look) == pytest.approx(1 / 3)
    assert headlines.denied(look) == 0


def test_measures_of_nothing_are_not_numbers() -> None:
    look = looked(miniature(), occurrences=variants.without(miniature(), {"a1", "a2", "b1", "c1"}))
    assert not look.told and not look.contacts
    assert all(isnan(h.value(look)) for h in HEADLINES if h.value)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (headlines.hidden, lambda h: contact.contacts(h)["hidden"].mean()),
        (
            headlines.firm_contacts,
            lambda h: contact.contacts(h)["grade"].isin(["documented", "corroborated"]).mean(),
        ),
        (headlines.echo, lambda h: witness.echo(h)["echo"].iloc[0]),
    ],
)
def test_a_headline_is_the_number_of_its_chapter(book, mine, theirs) -> None:
    assert mine(looked(book)) == pytest.approx(theirs(book))


@pytest.mark.parametrize("headline", [h for h in HEADLINES if h.others], ids=lambda h: h.name)
def test_a_headline_of_the_series_begins_with_the_full_data(headline: Headline) -> None:
    (family, label, full), *rest = headline.others()
    assert family == label == "" and 0 < full < 100 and len(rest) >= 3
    assert {f for f, _, _ in rest} == {"left out", "other definition"}
    assert any(value != full for _, _, value in rest)


# --- verdicts -----------------------------------------------------------------------------------
def rows(*cells: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(f, x, v, v > 0.5) for f, x, v in cells], columns=["family", "label", "value", "holds"]
    )


@pytest.mark.parametrize(
    ("full", "tried", "words"),
    [
        (0.6, rows(("publisher", "Alif", 0.55)), "stands"),
        (
            0.6,
            rows(("publisher", "Alif", 0.45), ("perspective", "israeli", 0.7)),
            "stands in 1 of 2; not without Alif",
        ),
        (
            0.6,
            rows(("perspective", "israeli", 0.4), ("firm", "firm", 0.3)),
            "stands in 0 of 2; not without Israeli sources and not on documented and corroborated events alone",
        ),
        (
            0.6,
            rows(*(("publisher", name, 0.4) for name in "ABCDE")),
            "stands in 0 of 5; not without A, not without B and not without C, and 2 more",
        ),
        (
            0.6,
            rows(("firm", "firm", 0.3)),
            "stands in 0 of 1; not on documented and corroborated events alone",
        ),
        (0.4, rows(("publisher", "Alif", 0.55)), "does not stand"),
        (nan, rows(), "no data"),
    ],
)
def test_verdicts_in_words(full: float, tried: pd.DataFrame, words: str) -> None:
    assert robustness.verdict(Headline("x", "Most", 0.5, True, "share"), full, tried) == words


def test_the_worst_is_on_the_side_of_the_bound() -> None:
    knife = rows(("publisher", "Alif", 0.2), ("publisher", "Bet", 0.9))
    up, down = (Headline("x", "Most", 0.5, above, "share") for above in (True, False))
    assert robustness._worst(up, knife) == (0.2, "Alif") and robustness._worst(down, knife) == (0.9, "Bet")
    assert isnan(robustness._worst(up, knife.iloc[:0])[0])


# --- figure and table ---------------------------------------------------------------------------
def test_the_miniature_figure_has_one_full_mark_a_headline_that_has_a_number() -> None:
    h = miniature()
    figure = charts.survival(h)
    marks = {g.get("id") for g in ET.fromstring(figure.svg).iter() if g.get("id", "").startswith("full:")}
    t = robustness.headline_verdicts(h).set_index("name")
    assert marks == {f"full:{n}" for n in t.index if t.at[n, "full"] > 0} and "full:hidden" in marks
    own = figure.data[figure.data["name"] == "hidden"]
    assert own.loc[own["family"] == "", "margin"].tolist() == [
        1.0
    ]  # half of the contacts against a bound of one half
    assert t.at["hidden", "verdict"] == "does not stand"  # not more than half
    assert set(re.findall(r"#[0-9a-f]{6}", figure.svg)) <= {*style.PALETTE.values(), "#ffffff"}


def test_the_table_has_a_row_a_headline_and_a_verdict(book) -> None:
    table = charts.survival_table(book).data
    assert table["finding"].tolist() == [h.says for h in HEADLINES] and (table["verdict"] != "").all()
    assert not table.map(lambda cell: "nan" in str(cell)).any().any()


def test_numbers_of_the_chapter_can_be_worded(book) -> None:
    assert [k for k, f in robustness_words.NUMBERS.items() if not f(book) or f(book) == "nan"] == []
    stands = robustness_words._stand(book)
    assert robustness_words.NUMBERS["robust-stand"](book) == spelled(stands)
    assert robustness_words.NUMBERS["robust-fallen"](book) == spelled(len(HEADLINES) - stands)
    assert robustness_words.TOLD.keys() == {h.name for h in HEADLINES}
    assert robustness_words.NUMBERS.keys() <= findings.NUMBERS.keys()


def test_a_recomputation_counts_where_it_touches_what_is_printed() -> None:
    """Another number in print, or another side of the bound; not what moves by less, or gives no number."""
    every = pd.DataFrame(
        [
            ("hidden", "", "", 0.5014, True),
            ("hidden", "publisher", "as before", 0.5014, True),
            ("hidden", "publisher", "moves unseen", 0.5012, True),
            ("hidden", "publisher", "in print", 0.52, True),
            ("hidden", "perspective", "over the bound", 0.4999, False),
            ("hidden", "firm", "no number", nan, True),
        ],
        columns=["name", "family", "label", "value", "holds"],
    )
    assert robustness.touching(every)["label"].tolist() == ["", "in print", "over the bound"]


def test_the_recomputations_of_the_page_are_those_that_touch_a_headline() -> None:
    h = miniature()
    tried, every = (robustness_words._tried(t) for t in (robustness.headline_runs(h), robustness.computed(h)))
    assert 0 < len(tried) < len(every) and "contemporary 7 days" not in set(tried["label"])
    assert findings.NUMBERS["robust-runs"](h) == f"{len(tried):,}"
    assert findings.NUMBERS["robust-computed"](h) == f"{len(every):,}"
    assert findings.NUMBERS["robust-touching-cut-offs"](h).startswith("none of ")


def test_what_makes_no_difference_is_left_out_once(book) -> None:
    """Whichever state with relations is left out, the number is the same: one recomputation."""
    runs = robustness.computed(book).query("family == 'left out'")
    assert not runs.duplicated(["name", "value"]).any() and (runs["name"] == "oic").sum() == 1


def test_a_headline_that_nothing_touches_has_a_bar_and_no_count(monkeypatch) -> None:
    h = miniature()
    monkeypatch.setattr(robustness, "headline_runs", lambda h: robustness.computed(h).query("family == ''"))
    drawn = charts.survival(h)
    assert drawn.svg.count("untouched") == (drawn.data["value"] > 0).sum() > 0


def test_none_worse_than_the_full_data_has_no_worst() -> None:
    """A voice whose absence speaks for the sentence is not the worst case."""
    tried = [("echo", "", "", 1.5, True), ("echo", "publisher", "Alif", 1.3, True)]
    every = pd.DataFrame(tried, columns=["name", "family", "label", "value", "holds"])
    others = pd.DataFrame(
        [(h.name, "", "", 0.6, True) for h in HEADLINES if h.name != "echo"], columns=every.columns
    )
    row = robustness._table(pd.concat([every, others])).set_index("name").loc["echo"]
    assert isnan(row["worst"]) and row["worst_without"] == "" and row["variants"] == 1


def test_variants_name_their_family(book) -> None:
    assert {v.family for v in variants.variants(book)} == {
        "firm",
        "publisher",
        "perspective",
        "cut-offs",
        "recounts",
        "dates",
    }
    assert isinstance(next(variants.variants(book)), Variant)
