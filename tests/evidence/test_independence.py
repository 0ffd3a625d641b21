"""Repetition is not corroboration: shared texts, published texts, one root, and the law that less never proves more."""

from __future__ import annotations

import pytest
from conftest import make_history
from hypothesis import given, settings
from hypothesis import strategies as st
from test_evidence_laws import RANK, build, rows
from without_recognition import evidence

EVENT = {"event_id": "2005-x", "date": "2005-01-01"}


def papers(
    *names: str, texts: list[dict] | None = None, event: dict | None = None, **claim
) -> evidence.Judgement:
    """The occurrence as each of the papers reports it; `texts` are pairs that print one text."""
    history = make_history(
        events=[{**EVENT, **(event or {})}],
        sources=[{"source_id": name, "issued": "2005-01-02"} for name in names],
        claims=[
            {"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": name, **claim}
            for n, name in enumerate(names, 1)
        ],
        texts=texts or [],
    )
    return evidence.judge(history, "2005-x")


def pair(a: str, b: str, extent: str = "most", words: str = "own") -> dict:
    return {"source_a": a, "source_b": b, "extent": extent, "words": words, "how": "read", "reason": "Alike."}


def test_four_papers_with_one_wire_are_one_witness():
    wire = [pair(a, b) for a in "abcd" for b in "abcd" if a < b]
    assert (papers(*"abcd").grade, papers(*"abcd").lines) == ("corroborated", 4)
    assert (papers(*"abcd", texts=wire).grade, papers(*"abcd", texts=wire).lines) == ("attested", 1)


def test_a_paper_that_carries_two_wires_welds_nothing():
    bridge = [pair("a", "b"), pair("b", "c")]
    assert papers(*"abc", texts=bridge).lines == 2
    assert papers("a", "c", texts=bridge).lines == 2
    assert papers("a", "b", texts=bridge).lines == 1


@pytest.mark.parametrize(("extent", "words"), [("whole", "quoted"), ("some", "quoted"), ("one", "own")])
def test_a_common_speech_or_a_single_sentence_proves_nothing(extent, words):
    assert papers("a", "b", texts=[pair("a", "b", extent, words)]).lines == 2


def test_a_pair_of_another_event_is_one_text_here_too():
    """What two sources share is known of the sources; each event asks which of its own are one witness."""
    assert papers("a", "b", texts=[pair("a", "z")]).lines == 2


def test_a_published_text_that_only_its_carriers_show_is_attested_however_many_they_are():
    j = papers(*"abc", event={"made": "as_text", "channel": "statement"})
    assert (j.grade, j.lines) == ("attested", 3) and "one_text" in j.flags


def test_a_published_text_that_was_read_is_a_record_of_the_saying():
    j = papers("a", event={"made": "as_text", "channel": "statement"}, basis="record")
    assert j.grade == "documented" and "one_text" not in j.flags


def test_spoken_words_are_corroborated_by_two_who_heard_them():
    j = papers("a", "b", event={"made": "before_witnesses", "channel": "statement"})
    assert j.grade == "corroborated" and "one_text" not in j.flags


def test_two_values_from_one_root_are_a_variance_not_a_dispute():
    history = make_history(
        events=[EVENT],
        sources=[{"source_id": s, "issued": "2005-01-02"} for s in ("a", "b", "c")]
        + [{"source_id": "poll", "issued": "2005-01-01", "seen": "cited_only"}],
        claims=[
            {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "a"},
            {"claim_id": "2005-x.2", "event_id": "2005-x", "source_id": "a", "aspect": "count", "of": "yes",
             "value": "70", "origin": "poll"},
            {"claim_id": "2005-x.3", "event_id": "2005-x", "source_id": "b", "aspect": "count", "of": "yes",
             "value": "73", "origin": "poll"},
        ],
    )  # fmt: skip
    assert evidence.judge(history, "2005-x", "count", "yes", "70").status == "unchallenged"
    assert evidence.disputes(history).empty


def test_a_retraction_known_through_a_relay_withdraws_what_its_root_said():
    history = make_history(
        events=[EVENT],
        sources=[{"source_id": s, "issued": "2005-01-02"} for s in ("outlet", "relay", "other")],
        claims=[
            {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "outlet"},
            {"claim_id": "2005-x.2", "event_id": "2005-x", "source_id": "relay", "stance": "retracts",
             "origin": "outlet"},
            {"claim_id": "2005-x.3", "event_id": "2005-x", "source_id": "other", "basis": "hearsay"},
        ],
    )  # fmt: skip
    j = evidence.judge(history, "2005-x")
    assert (j.grade, j.lines, j.mentions) == ("alleged", 0, 1) and "retracted" in j.flags


def test_two_interested_denials_do_not_document_that_a_visit_was_private():
    sides = [{"actor_id": "pk", "type": "state", "side": "pakistani"},
             {"actor_id": "il", "type": "state", "side": "israeli"}]  # fmt: skip
    history = make_history(
        events=[EVENT],
        actors=sides,
        sources=[{"source_id": s, "issued": "2005-01-02"} for s in ("a", "b")],
        participants=[{"event_id": "2005-x", "actor_id": a["actor_id"], "claim_id": "2005-x.1"} for a in sides],
        claims=[
            {"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": s, "aspect": "official_character",
             "value": value, "speaker": who, "basis": "official"}
            for n, (s, who, value) in enumerate(
                [("a", "pk", "private"), ("b", "il", "private"), ("a", "pk", "official"), ("b", "il", "official")], 1
            )
        ],
    )  # fmt: skip
    private = evidence.judge(history, "2005-x", "official_character", value="private")
    official = evidence.judge(history, "2005-x", "official_character", value="official")
    assert (private.grade, private.grade_rule) == ("corroborated", "G2")
    assert (official.grade, official.grade_rule) == ("documented", "G1b")


def test_what_is_only_alleged_and_denied_is_told_as_such():
    history = make_history(
        events=[EVENT],
        sources=[{"source_id": s, "issued": "2005-01-02"} for s in ("a", "b")],
        claims=[
            {"claim_id": "2005-x.1", "event_id": "2005-x", "source_id": "a", "basis": "hearsay"},
            {
                "claim_id": "2005-x.2",
                "event_id": "2005-x",
                "source_id": "b",
                "stance": "denies",
                "basis": "inference",
            },
        ],
    )
    j = evidence.judge(history, "2005-x")
    assert (j.grade, j.status, j.status_rule) == ("alleged", "challenged", "S4a")


pairs = st.sets(st.tuples(st.integers(1, 7), st.integers(1, 7)).filter(lambda p: p[0] < p[1]), max_size=8)


def shared(history, found):
    texts = [pair(f"s{a}", f"s{b}") for a, b in found]
    return make_history(
        **{t: history.table(t).to_dict("records") for t in ("sources", "actors", "events", "participants", "claims")},
        texts=texts,
    )  # fmt: skip


@settings(max_examples=100)
@given(rows, pairs, st.data())
def test_taking_an_affirming_row_away_never_raises_a_grade(claimed, found, data):
    affirming = [n for n, row in enumerate(claimed) if row[-1] == "affirms"]
    if len(affirming) < 2:
        return
    gone = data.draw(st.sampled_from(affirming))
    fewer = [row for n, row in enumerate(claimed) if n != gone]
    kept = {(a - (a > gone), b - (b > gone)) for a, b in found if gone + 1 not in (a, b)}
    before = evidence.judge(shared(build(claimed), found), "2005-thing")
    after = evidence.judge(shared(build(fewer), kept), "2005-thing")
    assert RANK[after.grade] <= RANK[before.grade] and after.lines <= before.lines


@settings(max_examples=60)
@given(rows, pairs)
def test_a_shared_text_never_raises_a_grade_and_never_adds_a_line(claimed, found):
    alone = evidence.judge(build(claimed), "2005-thing") if any(r[-1] == "affirms" for r in claimed) else None
    if alone:
        together = evidence.judge(shared(build(claimed), found), "2005-thing")
        assert RANK[together.grade] <= RANK[alone.grade] and together.lines <= alone.lines


# --- recounts: who is one witness, answered otherwise ---------------------------------------------
def under(history, **rules) -> evidence.Judgement:
    return evidence.judge(history.under(evidence.Rules(**rules)), "2005-x")


def told_by(*names: str, texts: list[dict] | None = None, made: str = "", **tables):
    return make_history(
        events=[{**EVENT, "made": made, "channel": "statement"}],
        sources=[{"source_id": name, "issued": "2005-01-02"} for name in names],
        claims=tables.pop("claims", None)
        or [
            {"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": name}
            for n, name in enumerate(names, 1)
        ],
        texts=texts or [],
        **tables,
    )


def test_each_published_text_once_joins_those_who_quote_it() -> None:
    quoting = told_by("a", "b", "c", texts=[pair("a", "b", words="quoted"), pair("b", "c", "one", "quoted")])
    assert (under(quoting).grade, under(quoting).lines) == ("corroborated", 3)
    assert under(quoting, each_text_once=True).lines == 2  # one sentence alike joins nobody, here either
    post = told_by("a", "b", made="as_text")
    assert [under(post, each_text_once=once).lines for once in (False, True)] == [2, 1]


def test_army_and_foreign_office_are_one_voice_or_two() -> None:
    says = [("a", "pakistan-mofa"), ("b", "ispr"), ("c", "general")]
    state = told_by(
        *"abc",
        claims=[
            {
                "claim_id": f"2005-x.{n}",
                "event_id": "2005-x",
                "source_id": s,
                "speaker": who,
                "basis": "official",
            }
            for n, (s, who) in enumerate(says)
        ],
        actors=[
            {"actor_id": "pakistan-mofa", "type": "state", "side": "pakistani"},
            {"actor_id": "ispr", "type": "state", "side": "pakistani"},
            {"actor_id": "pakistan-army", "type": "state", "side": "pakistani"},
            {"actor_id": "general", "type": "person", "side": "pakistani"},
        ],
        offices=[{"office_id": "g", "actor_id": "general", "body": "pakistan-army", "span": "2004/2006"}],
    )
    assert (under(state).lines, under(state).grade) == (1, "attested")
    apart = under(state, army_apart=True)
    assert (apart.lines, apart.grade) == (2, "corroborated")
    assert {row.side for row in apart.affirms} == {"pakistani"}  # still one side of the event
    assert all(row.state_voice for row in apart.affirms)
