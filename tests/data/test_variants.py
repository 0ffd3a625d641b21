"""What if: a variant answers for itself, holds together, and says what it is; nothing crosses from one to another."""

from __future__ import annotations

import copy
import csv
import pickle
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import RESOURCES, ROOT, make_history, save
from hypothesis import example, given, settings
from hypothesis import strategies as st
from without_recognition import Rules, charts, compare, events, evidence, explain, findings, load, without
from without_recognition.data import series
from without_recognition.data.descriptor import TABLES
from without_recognition.data.messages import DatasetError, UnknownId
from without_recognition.evidence import counts
from without_recognition.findings import contact, robustness, witness

EVENTS = ("2005-a", "2005-b", "2005-c")
SOURCES = ("s0", "s1", "s2", "s3", "s4")
SETTINGS = settings(max_examples=20)


# --- histories of five sources, in which everything rests on something ---------------------------
def source(n: int) -> dict[str, str]:
    return {
        "source_id": SOURCES[n],
        "publisher": ("Alif", "Bet", "Alif", "Cee", "Dal")[n],
        "perspective": ("pakistani", "israeli", "other", "israeli", "other")[n],
        "kind": ("memoir", "contemporary_news", "scholarship", "contemporary_news", "memoir")[n],
        "author": ("Khan, A.", "Levi, B.; Cohen, C.", "", "Cohen, C.", "Khan, D.")[n],
        "issued": str(2005 + n),
        "type": "book",
        "reliability": "C",
        "seen": "full",
    }


claim = st.tuples(
    st.sampled_from(EVENTS),
    st.integers(0, 4),  # whose
    st.integers(-1, 3),  # resting on a source before it, or on nothing
    st.booleans(),  # rather on a claim of that source, if it has one
    st.sampled_from([("occurrence", ""), ("occurrence", ""), ("date", "2005"), ("date", "2006")]),
    st.sampled_from(["affirms", "affirms", "affirms", "denies", "doubts", "retracts"]),
)
claimed = st.lists(claim, min_size=1, max_size=12)
left_out = st.sets(st.sampled_from(SOURCES), max_size=3)


def build(rows):
    claims: list[dict[str, str]] = []
    for event, whose, rests, on_claim, (aspect, value), stance in rows:
        own = SOURCES[whose]
        origin = SOURCES[rests] if 0 <= rests < whose else "self"
        told = [c["claim_id"] for c in claims if c["source_id"] == origin]
        claims.append(
            {
                "claim_id": f"{event}.{len(claims) + 1}",
                "event_id": event,
                "source_id": own,
                "aspect": aspect,
                "value": value,
                "stance": stance,
                "origin": told[-1] if told and on_claim else origin,
            }
        )
    there = sorted({c["event_id"] for c in claims})
    about = {"2005-c": "2005-a"} if {"2005-a", "2005-c"} <= set(there) else {}
    first = {c["event_id"]: c["claim_id"] for c in reversed(claims)}
    return make_history(
        sources=[source(n) for n in range(len(SOURCES))],
        actors=[{"actor_id": "pak", "side": "pakistani", "type": "state"}],
        offices=[
            {"office_id": "o", "actor_id": "pak", "body": "pak", "span": "2000/2010", "source_id": "s1"}
        ],
        events=[{"event_id": e, "about": about.get(e, "")} for e in there],
        claims=claims,
        participants=[{"event_id": e, "actor_id": "pak", "claim_id": first[e]} for e in there],
        rulings=[
            {"event_id": c["event_id"], "aspect": "date", "follows": c["claim_id"]}
            for c in {(c["event_id"]): c for c in claims if c["aspect"] == "date"}.values()
        ],
        searches=[{"search_id": f"x-{e}", "event_id": e} for e in there],
        texts=[{"source_a": "s1", "source_b": "s3", "extent": "most", "words": "own", "how": "read"}],
        uncoded=[{"source_id": "s2", "locator": "¶9"}],
        prints=[{"source_id": s} for s in ("s0", "s3")],
        audit=[{"claim_id": claims[0]["claim_id"]}],
        support=[{"claim_id": c["claim_id"]} for c in claims[::2]],
    )


def answers(history) -> dict:
    """Everything that the rules say, to be compared between Histories."""
    seen = (
        "grade",
        "grade_rule",
        "status",
        "status_rule",
        "flags",
        "lines",
        "mentions",
        "rivals",
        "speaking",
    )
    judged = {p: tuple(getattr(j, a) for a in seen) for p, j in evidence.weigh(history).judgements.items()}
    open_ones = evidence.disputes(history)[["event_id", "aspect", "status", "follows", "followed", "open"]]
    return {
        "judged": judged,
        "disputes": open_ones.values.tolist(),
        "disclosure": evidence.disclosure(history).reset_index().values.tolist(),
        "to_read": evidence.to_read(history).values.tolist(),
        "events": history.events.values.tolist(),
        "sources": history.sources["source_id"].tolist(),
    }


def removed_by_hand(history, gone: set[str], folder: Path):
    """The same rows taken out of the files one by one, without the code that is tested; loaded anew."""
    save(history, folder)
    tables = {
        n: list(csv.DictReader((folder / r["path"]).open(encoding="utf-8"))) for n, r in RESOURCES.items()
    }
    claims = {c["claim_id"]: c for c in tables["claims"]}

    def rests(claim_id: str) -> bool:
        c = claims[claim_id]
        if c["source_id"] in gone or c["origin"] in gone:
            return True
        same = ("event_id", "aspect", "of", "value", "stance")
        on_claim = claims.get(c["origin"])
        if on_claim and all(on_claim[k] == c[k] for k in same):
            return rests(c["origin"])
        whose = on_claim["source_id"] if on_claim else c["origin"]
        above = [i for i, o in claims.items() if o["source_id"] == whose and all(o[k] == c[k] for k in same)]
        return whose in gone or (bool(above) and above[0] != claim_id and rests(above[0]))

    def root(claim_id: str) -> str:
        c = claims[claim_id]
        if c["origin"] == "self":
            return c["source_id"]
        same = ("event_id", "aspect", "of", "value", "stance")
        on_claim = claims.get(c["origin"])
        if on_claim and all(on_claim[k] == c[k] for k in same):
            return root(c["origin"])
        whose = on_claim["source_id"] if on_claim else c["origin"]
        above = [i for i, o in claims.items() if o["source_id"] == whose and all(o[k] == c[k] for k in same)]
        return root(above[0]) if above and above[0] != claim_id else whose

    def told(ids: Iterable[str]) -> set[str]:
        """Events that somebody affirms who did not take it back."""
        chosen = [i for i in ids if claims[i]["aspect"] == "occurrence"]
        back = {(claims[i]["event_id"], root(i)) for i in chosen if claims[i]["stance"] == "retracts"}
        return {
            c["event_id"]
            for i in chosen
            if (c := claims[i])["stance"] == "affirms"
            and not back & {(c["event_id"], root(i)), (c["event_id"], c["source_id"])}
        }

    left = [i for i in claims if not rests(i)]
    silent = (told(claims) - told(left)) | (
        {c["event_id"] for c in claims.values()} - {claims[i]["event_id"] for i in left}
    )
    left = [i for i in left if claims[i]["event_id"] not in silent]
    tables["claims"] = [
        c | {"origin": claims[c["origin"]]["source_id"]}
        if c["origin"] in claims and c["origin"] not in left
        else c
        for c in (claims[i] for i in left)
    ]
    tables["events"] = [
        e | ({"about": ""} if e["about"] in silent else {})
        for e in tables["events"]
        if e["event_id"] not in silent
    ]
    tables["sources"] = [s for s in tables["sources"] if s["source_id"] not in gone]
    tables["offices"] = [o | ({"source_id": ""} if o["source_id"] in gone else {}) for o in tables["offices"]]
    tables["participants"] = [
        p | ({} if p["claim_id"] in left else {"claim_id": ""})
        for p in tables["participants"]
        if p["event_id"] not in silent
    ]
    tables["rulings"] = [r for r in tables["rulings"] if r["follows"] in left]
    tables["searches"] = [s for s in tables["searches"] if s["event_id"] not in silent]
    tables["texts"] = [t for t in tables["texts"] if not {t["source_a"], t["source_b"]} & gone]
    tables["prints"] = [p for p in tables["prints"] if p["source_id"] not in gone]
    tables["uncoded"] = [u for u in tables["uncoded"] if u["source_id"] not in gone]
    tables["audit"] = [a for a in tables["audit"] if a["claim_id"] in left]
    tables["support"] = [s for s in tables["support"] if s["claim_id"] in left]
    for name, resource in RESOURCES.items():
        with (folder / resource["path"]).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(
                file, [f["name"] for f in resource["schema"]["fields"]], lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows(tables[name])
    return load(folder)


@SETTINGS
@given(claimed, left_out)
def test_a_variant_is_what_the_files_without_these_rows_are(rows, gone) -> None:
    history = build(rows)
    with tempfile.TemporaryDirectory() as folder:
        by_hand = removed_by_hand(history, gone, Path(folder) / "data")
    variant = history.without(sources=gone)
    assert answers(variant) == answers(by_hand)
    for table in TABLES:
        assert getattr(variant, table).values.tolist() == getattr(by_hand, table).values.tolist(), table


@SETTINGS
@given(claimed, left_out, left_out)
@example(  # the last rests on a claim about an event that goes, whose source tells of its own event, from another
    [
        ("2005-a", 0, -1, False, ("occurrence", ""), "affirms"),
        ("2005-b", 1, -1, False, ("occurrence", ""), "affirms"),
        ("2005-b", 2, 1, False, ("occurrence", ""), "affirms"),
        ("2005-a", 2, -1, False, ("occurrence", ""), "denies"),
        ("2005-b", 3, 2, True, ("occurrence", ""), "affirms"),
    ],
    {"s0"},
    {"s1"},
)
def test_step_by_step_is_at_once_in_either_order(rows, one, other) -> None:
    history, other = build(rows), other - one
    at_once = answers(history.without(sources=one | other))
    assert answers(history.without(sources=one).without(sources=other)) == at_once
    assert answers(history.without(sources=other).without(sources=one)) == at_once


@SETTINGS
@given(claimed, left_out, st.permutations(range(5)))
def test_the_order_of_asking_never_matters(rows, gone, order) -> None:
    """Whoever is asked first, each answers what a History made from nothing answers."""

    def made(history):
        return (
            history,
            history.without(sources=gone),
            history.chapter("istanbul"),
            history.under(Rules(contemporary=0, near=1)),
            history.without(sources=gone).chapter("istanbul").under(Rules(near=1)),
        )

    together = made(build(rows))
    asked = {n: answers(together[n]) for n in order}
    again = {n: answers(together[n]) for n in reversed(order)}
    alone = {n: answers(made(build(rows))[n]) for n in range(5)}
    assert asked == again == alone


@SETTINGS
@given(claimed)
def test_without_nothing_is_the_original(rows) -> None:
    history = build(rows)
    for same in (
        history.without(),
        history.without(sources=[], authors=()),
        history.only(),
        history.under(Rules()),
    ):
        assert same is history and same.variant == ""
    everything = history.only(sources=SOURCES)
    assert answers(everything) == answers(history) and len(compare(history, everything)) == 0


@SETTINGS
@given(claimed, left_out)
def test_only_is_without_all_others(rows, kept) -> None:
    history = build(rows)
    assert answers(history.only(sources=kept)) == answers(history.without(sources=set(SOURCES) - kept))


@SETTINGS
@given(claimed, left_out)
def test_a_chapter_of_a_variant_is_the_variant_of_the_chapter(rows, gone) -> None:
    history = build(rows)
    one, other = (
        history.without(sources=gone).chapter("istanbul"),
        history.chapter("istanbul").without(sources=gone),
    )
    assert answers(one) == answers(other) and (one.slug, one.variant) == (other.slug, other.variant)
    assert one.chapter("zia").events.empty and len(other.chapter("istanbul").events) == len(one.events)


# --- which sources ------------------------------------------------------------------------------
TOLD = [("2005-a", n, -1, False, ("occurrence", ""), "affirms") for n in range(5)]


@pytest.mark.parametrize(
    ("ways", "left"),
    [
        ({"sources": "s1"}, "s0 s2 s3 s4"),
        ({"publishers": "Alif"}, "s1 s3 s4"),
        ({"publishers": ["Alif", "Bet"]}, "s3 s4"),
        ({"perspectives": "israeli"}, "s0 s2 s4"),
        ({"kinds": "memoir"}, "s1 s2 s3"),
        ({"authors": "Cohen, C."}, "s0 s2 s4"),
        ({"authors": "Khan"}, "s1 s2 s3"),
        ({"perspectives": "israeli", "kinds": "memoir"}, "s2"),
    ],
)
def test_what_meets_any_condition_goes(ways, left: str) -> None:
    assert " ".join(build(TOLD).without(**ways).sources.index) == left


@pytest.mark.parametrize(
    ("ways", "left"),
    [
        ({"perspectives": "israeli"}, "s1 s3"),
        ({"perspectives": "israeli", "authors": "Levi"}, "s1"),
        ({"publishers": "Alif", "kinds": ["memoir", "scholarship"]}, "s0 s2"),
        ({"sources": []}, ""),
    ],
)
def test_only_what_meets_all_conditions_stays(ways, left: str) -> None:
    assert " ".join(build(TOLD).only(**ways).sources.index) == left


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        ({"sources": "s9"}, "unknown source 's9'; the nearest is"),
        ({"publishers": "Alef"}, "unknown publisher 'Alef'; the nearest is 'Alif'"),
        ({"perspectives": ["other", "isreali"]}, "unknown perspective 'isreali'; the nearest is 'israeli'"),
        ({"kinds": "memoirs"}, "the nearest is 'memoir'"),
        ({"authors": "Kahn"}, "the nearest is 'Khan'"),
    ],
)
@pytest.mark.parametrize("way", ["without", "only"])
def test_names_that_are_not_there_are_told(way: str, ways, told: str) -> None:
    with pytest.raises(UnknownId) as caught:
        getattr(build(TOLD), way)(**ways)
    assert told in str(caught.value)


def test_a_copyist_goes_with_the_source_over_two_steps() -> None:
    rows = [(EVENTS[0], n, n - 1, False, ("occurrence", ""), "affirms") for n in range(3)]
    rows += [(EVENTS[1], 3, -1, False, ("occurrence", ""), "affirms")]
    left = build(rows).without(sources="s0")
    assert left.claims["source_id"].tolist() == ["s3"] and left.events.index.tolist() == [EVENTS[1]]


# --- nothing can be altered ---------------------------------------------------------------------
ALTERING = {
    "loc": lambda t: t.loc.__setitem__((slice(None), t.columns[1]), "x"),
    "a cell": lambda t: t.iloc.__setitem__((0, 1), "x"),
    "a column": lambda t: t.__setitem__(t.columns[1], "x"),
    "numpy": lambda t: t[t.columns[1]].to_numpy().__setitem__(0, "x"),
    "values": lambda t: t[t.columns[1]].values.__setitem__(0, "x"),
    "array": lambda t: t[t.columns[1]].array.__setitem__(0, "x"),
    "name": lambda t: setattr(t.index, "name", "x"),
}


@pytest.mark.parametrize("alter", ALTERING.values(), ids=ALTERING)
@pytest.mark.parametrize("table", ["sources", "claims", "events"])
def test_a_table_that_was_handed_out_alters_nothing(table: str, alter) -> None:
    history = build(TOLD)
    before, was = answers(history), getattr(history, table)
    alter(getattr(history, table))
    assert getattr(history, table).equals(was) and getattr(history, table).index.name is None
    assert answers(
        history.without(sources="s4").with_rows(sources=[source(4)])
    )  # variants start from the same tables
    assert answers(build(TOLD)) == before == answers(history)


def test_what_one_alters_no_later_load_returns(book) -> None:
    mine = book.sources
    mine.loc[:, "reliability"] = "E"
    again = load(ROOT / "data")
    assert set(again.sources["reliability"]) > {"A", "B"} and set(book.sources["reliability"]) > {"A", "B"}


@pytest.mark.parametrize(
    "alter",
    [
        lambda h: setattr(h, "claims", h.claims),
        lambda h: setattr(h, "slug", "zia"),
        lambda h: h.package.update(version="2"),
        lambda h: h.package["resources"].append({}),
        lambda h: h.package["resources"][0]["schema"].clear(),
        lambda h: replace(h, claims=h.claims.iloc[:0]),
        replace,
    ],
)
def test_a_history_is_not_altered(alter) -> None:
    with pytest.raises((AttributeError, TypeError)):
        alter(build(TOLD))


@pytest.mark.parametrize("make", [lambda h: h, lambda h: h.without(sources="s1").chapter("istanbul")])
def test_a_history_can_be_pickled_whatever_it_was_asked(make) -> None:
    history = make(build(TOLD))
    was, figure = answers(history), charts.timeline(history).svg
    again = pickle.loads(pickle.dumps(history))
    assert answers(again) == was and charts.timeline(again).svg == figure
    assert (again.variant, again.slug, again.edition.variant) == (history.variant, history.slug, "")


def test_a_copy_of_the_descriptor_can_be_altered() -> None:
    history = build(TOLD)
    mine = copy.deepcopy(history.package)
    mine["resources"][0]["schema"]["fields"].clear()
    assert history.package["resources"][0]["schema"]["fields"]


def test_tables_of_findings_are_copies(book) -> None:
    mine, table = robustness.headline_runs(book), robustness.headline_verdicts(book)
    mine["value"], table["verdict"] = -1.0, "x"
    assert (robustness.headline_runs(book)["value"].dropna() >= -0.5).any() and "x" not in set(
        robustness.headline_verdicts(book)["verdict"]
    )


# --- rules travel -------------------------------------------------------------------------------
STRICT = Rules(contemporary=7, near=183)


@pytest.mark.parametrize(
    "ask",
    [
        evidence.events,
        evidence.propositions,
        contact.contacts,
        contact.initiative,
        witness.occurrences,
        lambda h, rules=None: witness.anonymous(h, rules, by="channel"),
        lambda h, rules=None: witness.without(h, "", rules),
        lambda h, rules=None: witness.firm(h, rules, by="channel"),
    ],
)
def test_a_history_under_rules_is_asked_as_with_the_rules(book, ask) -> None:
    ours, given_by_hand = ask(book.under(STRICT)), ask(book, STRICT)
    assert ours.equals(given_by_hand)


def test_other_rules_move_grades(book) -> None:
    strict = events(book.under(STRICT))["grade"]
    assert strict.equals(events(book, STRICT)["grade"]) and (strict != events(book)["grade"]).any()


@pytest.mark.parametrize(
    "ask",
    [
        lambda h: evidence.disputes(h)["status"].tolist(),
        lambda h: evidence.to_read(h).values.tolist(),
        lambda h: counts.number(h, "events all grade=documented"),
        lambda h: [str(explain(h, e)) for e in h.events.index[:80]],
        lambda h: charts.channels(h).data["grade"].tolist(),
        lambda h: charts.timeline(h).svg,
        findings.NUMBERS["robust-firm-contacts-full"],
        lambda h: contact.conditions(h)["grade"].tolist(),
    ],
)
def test_whatever_takes_a_history_takes_its_rules(book, ask) -> None:
    """These have no parameter of rules: they can have them from the History alone."""
    loose = book.under(Rules(contemporary=0, near=0))
    assert ask(loose) != ask(book)


def test_rules_stay_in_every_further_variant(book) -> None:
    for further in (
        lambda h: h.chapter("telegram"),
        lambda h: h.without(sources="dahri-2016"),
        lambda h: h.where(visibility="secret"),
        lambda h: h.with_rows(sources=[{"source_id": "dahri-2016", "reliability": "B"}]),
    ):
        assert further(book.under(STRICT)).rules == STRICT
        assert events(further(book.under(STRICT))).equals(events(further(book), STRICT))
    with pytest.raises(TypeError, match=r"under\(\) takes Rules, not 7; write under\(Rules"):
        book.under(7)


# --- rows added and altered ---------------------------------------------------------------------
def test_a_row_that_is_there_is_mended_in_the_cells_that_are_given() -> None:
    history = build(TOLD)
    better = history.with_rows(sources=[{"source_id": "s4", "reliability": "E"}])
    assert better.sources.loc["s4"].to_dict() == {**history.sources.loc["s4"].to_dict(), "reliability": "E"}
    assert better.variant.endswith(": with s4 altered")
    assert evidence.judge(better, "2005-a").lines == evidence.judge(history, "2005-a").lines - 1


def test_claims_events_and_sources_come_together() -> None:
    history = build(TOLD).with_rows(
        sources=[{**source(0), "source_id": "s9"}],
        events=[
            {
                "event_id": "2006-new",
                "chapter": "zia",
                "title": "New",
                "date": "2006",
                "channel": "trade",
                "visibility": "public",
            }
        ],
        claims=[
            {
                "claim_id": "2006-new.1",
                "event_id": "2006-new",
                "source_id": "s9",
                "aspect": "occurrence",
                "stance": "affirms",
                "basis": "record",
            }
        ],
    )
    assert evidence.judge(history, "2006-new").grade == "documented"
    assert history.claims.loc["2006-new.1", "origin"] == "self"
    assert history.chapter("zia").events.index.tolist() == ["2006-new"]


def test_an_event_that_nobody_affirms_any_longer_goes() -> None:
    history = build(TOLD[:1]).with_claims([{"claim_id": "2005-a.1", "stance": "denies"}])
    assert history.events.empty and history.claims.empty


GOOD = {
    "claim_id": "2005-a.9",
    "event_id": "2005-a",
    "source_id": "s0",
    "aspect": "date",
    "value": "2005",
    "stance": "affirms",
    "basis": "reported",
}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"stance": "affrims"},
            "claims: row 1: stance: 'affrims' is not one of the allowed words; choose one of affirms,",
        ),
        ({"source_id": "s8"}, "claims: row 1: source_id: unknown 's8'; the nearest is"),
        ({"speaker": "pok"}, "speaker: unknown 'pok'; the nearest is 'pak'"),
        ({"value": "05/2005"}, "value: "),
        ({"aspect": "count", "value": "many"}, "value: 'many' is not a number; write 174 or 170/180"),
        ({"origin": "s8"}, "claims: 2005-a.9: origin: unknown 's8'; write self, a source_id or a claim_id"),
        ({"basis": ""}, "basis: empty; give it"),
        ({"origin": "2005-a.9"}, "claims: row 1: origin: '2005-a.9' names itself; write self"),
        (
            {"claim_id": "2005-c.9"},
            "claims: row 1: claim_id: '2005-c.9' must begin with its event_id '2005-a.'; renumber it",
        ),
        (
            {"claim_id": "2005-ab.9"},
            "claims: row 1: claim_id: '2005-ab.9' must begin with its event_id '2005-a.'; renumber it",
        ),
    ],
)
def test_cells_that_the_codebook_does_not_allow_are_told(wrong, told: str) -> None:
    build(TOLD).with_claims([GOOD])
    with pytest.raises(DatasetError) as caught:
        build(TOLD).with_claims([GOOD | wrong])
    assert told in str(caught.value) and len(str(caught.value).splitlines()) == 1


def test_a_row_is_given_once() -> None:
    told = r"^claims: row 3: claim_id: '2005-a.9' is given in row 1 already; give it once$"
    with pytest.raises(DatasetError, match=told):
        build(TOLD).with_claims([GOOD, GOOD | {"claim_id": "2005-a.8"}, GOOD | {"stance": "denies"}])
    who = {"event_id": "2005-a", "actor_id": "pak", "role": "party"}
    with pytest.raises(DatasetError, match="participants: row 2: event_id and actor_id"):
        build(TOLD).with_rows(participants=[who, who])


def test_origins_in_a_circle_are_told() -> None:
    one, other = (
        GOOD | {"origin": "2005-a.8"},
        GOOD | {"claim_id": "2005-a.8", "origin": "2005-a.9", "source_id": "s1"},
    )
    told = r"^claims: origins run in a circle: [^\n]+; one of them must rest on something else$"
    with pytest.raises(DatasetError, match=told):
        build(TOLD).with_claims([one, other])
    with pytest.raises(DatasetError, match=told):
        build(TOLD).with_claims([other | {"origin": "self"}]).with_claims([one, other])


def test_unknown_columns_and_tables_are_told() -> None:
    with pytest.raises(
        UnknownId, match="unknown column of claims \\(row 1\\) 'stanse'; the nearest is 'stance'"
    ):
        build(TOLD).with_claims([{"stanse": "affirms"}])
    with pytest.raises(UnknownId, match="unknown table 'claim'; the nearest is 'claims'"):
        build(TOLD).with_rows(claim=[GOOD])


# --- parts --------------------------------------------------------------------------------------
def test_chosen_events_keep_the_grades_of_the_whole(book) -> None:
    secret = book.where(visibility="secret").chapter("telegram")
    assert set(secret.events["visibility"]) == {"secret"} and set(secret.events["chapter"]) == {"telegram"}
    assert events(secret)["grade"].equals(events(book).loc[secret.events.index, "grade"])
    assert secret.variant.endswith("only events of visibility secret")
    with pytest.raises(UnknownId, match="unknown column of events 'visibilty'; the nearest is 'visibility'"):
        book.where(visibilty="secret")
    with pytest.raises(UnknownId, match="unknown visibility 'hidden'"):
        book.where(visibility="hidden")


# --- it says what it is -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda h: h.without(sources="dahri-2016"), "without dahri-2016"),
        (lambda h: h.without(publishers=["Dawn", "Haaretz"]), "without publishers Dawn and Haaretz"),
        (lambda h: h.only(perspectives="pakistani"), "only perspective pakistani"),
        (lambda h: h.without(sources=h.sources.index[:12]), "without 12 sources"),
        (lambda h: h.under(Rules(near=183)), "under near=183"),
        (
            lambda h: h.without(sources="dahri-2016").under(Rules(near=183, contemporary=7)),
            "without dahri-2016; under contemporary=7, near=183",
        ),
    ],
)
def test_the_label(book, make, words: str) -> None:
    version = book.package["version"]
    assert make(book).variant == f"variant of {version}: {words}"
    assert make(book).chapter("telegram").variant == f"variant of {version}: {words}"
    assert f"variant of {version}: {words}" in repr(make(book)) and book.variant == ""


def test_a_figure_of_a_variant_says_so_everywhere(book) -> None:
    variant = book.without(sources="dahri-2016", publishers="Dawn")
    made, was = charts.timeline(variant.chapter("telegram")), charts.timeline(book.chapter("telegram"))
    words = variant.variant
    assert words in made.source_line and words in made.citation and words[1:] in made.caption
    assert words[1:] in variant.citation and "ariant" not in book.citation
    assert "variant" not in was.source_line + was.citation + was.caption
    assert "made after figure fig-timeline-telegram" in made.citation and made.key != was.key
    assert words in "".join(str(explain(variant, variant.events.index[0])))
    assert words in charts.polls(variant)._repr_mimebundle_()["text/plain"]


def test_another_folder_is_a_variant_where_it_differs(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    assert load(folder).variant == ""
    rows = (folder / "sources.csv").read_text("utf-8")
    (folder / "sources.csv").write_text(rows.replace("Dawn", "Dusk"), "utf-8")
    assert load(folder).variant.endswith("with data altered by the reader")
    package = (folder / "datapackage.json").read_text("utf-8")
    version = f'"version": "{load().package["version"]}"'
    (folder / "datapackage.json").write_text(package.replace(version, '"version": "9.9.9"', 1), "utf-8")
    figure = charts.timeline(load(folder))
    assert (
        load(folder).variant == ""
        and "version 9.9.9" in figure.source_line
        and "version 9.9.9" in figure.citation
    )


def test_series_follow_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    path = folder / "series" / "polls.csv"
    head, first, *_ = path.read_text("utf-8").splitlines()
    path.write_text(f"{head}\n{first}\n", "utf-8")
    assert len(charts.polls(load(folder)).data) == 1 < len(charts.polls().data)
    assert findings.NUMBERS["polls"](load(folder)) == "one" != findings.NUMBERS["polls"](load())
    assert load(folder).variant and len(series.read("polls")) > 1


def test_a_folder_with_an_origin_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = save(build(TOLD), tmp_path / "data")
    rows = (folder / "claims.csv").read_text("utf-8")
    (folder / "claims.csv").write_text(rows.replace(",self,", ",s8,", 1), "utf-8")
    with pytest.raises(DatasetError, match=r"claims.csv:2:origin: unknown 's8'; write self"):
        load(folder)


# --- the book's own what-ifs --------------------------------------------------------------------
def test_the_blog_left_out_is_the_folder_without_its_rows(book, tmp_path: Path) -> None:
    by_hand = removed_by_hand(book, {"dahri-2016"}, tmp_path / "data")
    assert answers(without(book, sources="dahri-2016")) == answers(by_hand)


def test_five_what_ifs_in_a_line_each(book) -> None:
    """Of the field report: each moves what it should, and the book stays as it was."""
    before = len(contact.contacts(book))
    assert len(contact.contacts(book.without(sources="dahri-2016"))) < before
    assert not events(book.under(Rules(near=183)))["grade"].equals(events(book)["grade"])
    assert set(book.only(perspectives="pakistani").claims["source_id"].map(book.sources["perspective"])) == {
        "pakistani"
    }
    regraded = book.with_rows(sources=[{"source_id": "dahri-2016", "reliability": "B"}])
    assert "documented" in set(compare(book, regraded)["grade_now"])
    secret = charts.timeline(book.where(visibility="secret")).data
    assert set(secret["visibility"]) == {"secret"}
    assert len(contact.contacts(book)) == before


def test_every_chapter_figure_draws_where_little_is_left(book) -> None:
    few = book.only(perspectives="israeli", kinds="memoir")
    for chart in (
        charts.timeline,
        charts.who_says,
        charts.echo,
        charts.disclosure,
        charts.balance,
        charts.channels,
    ):
        assert all("<svg" in chart(part).svg for part in (few, few.chapter("telegram"), few.only(sources=[])))


def test_an_event_that_nobody_tells_is_left_out_of_who_says() -> None:
    history = build(TOLD).with_rows(
        events=[{**make_history(events=[{"event_id": "2006-x"}]).table("events").iloc[0].to_dict()}]
    )
    assert set(charts.who_says(history).data["event_id"]) == {"2005-a"}
