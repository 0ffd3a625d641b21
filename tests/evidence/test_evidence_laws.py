"""The laws of the rule set as properties: what may and what may not move a grade, a status, a line."""

from __future__ import annotations

from conftest import make_history
from hypothesis import given, settings
from hypothesis import strategies as st
from without_recognition import evidence

EVENT = {"event_id": "2005-thing", "date": "2005-09-01"}
ACTORS = [
    {"actor_id": "pk-state", "type": "state", "side": "pakistani"},
    {"actor_id": "il-state", "type": "state", "side": "israeli"},
    {"actor_id": "kasuri", "type": "person", "side": "pakistani"},
    {"actor_id": "shalom", "type": "person", "side": "israeli"},
    {"actor_id": "unnamed-pk", "type": "unnamed", "side": "pakistani"},
    {"actor_id": "us-body", "type": "organisation", "side": "american"},
]
PRESENT = [
    {"event_id": "2005-thing", "actor_id": a, "claim_id": "2005-thing.1"} for a in ("kasuri", "shalom")
]
RANK = {g: n for n, g in enumerate(reversed(evidence.GRADES))}
WORSE = {s: n for n, s in enumerate(evidence.STATUSES)}

#: one row = one source's word: (days after, reliability, perspective, basis, speaker, stance)
row = st.tuples(
    st.sampled_from(["2005-09-02", "2005-10-20", "2006-03", "2010", "2027"]),
    st.sampled_from("ABCDEF"),
    st.sampled_from(["pakistani", "israeli", "american", "other"]),
    st.sampled_from(
        ["record", "participant", "official", "reported", "study", "anonymous", "hearsay", "inference"]
    ),
    st.sampled_from(["", "pk-state", "il-state", "kasuri", "shalom", "us-body"]),
    st.sampled_from(["affirms", "affirms", "affirms", "denies", "doubts"]),
)
rows = st.lists(row, min_size=1, max_size=7)
SETTINGS = settings(max_examples=150)


def build(claimed, extra=()):
    """A history with one source a row; `extra` holds (source row, claim row) pairs."""
    sources, claims = [], []
    for n, (issued, letter, side, basis, speaker, stance) in enumerate(claimed, 1):
        speaker = "unnamed-pk" if basis == "anonymous" and speaker else speaker
        sources.append({"source_id": f"s{n}", "issued": issued, "reliability": letter, "perspective": side})
        claims.append(
            {
                "claim_id": f"2005-thing.{n}",
                "event_id": "2005-thing",
                "source_id": f"s{n}",
                "basis": basis,
                "speaker": speaker,
                "stance": stance,
            }
        )
    for source, claim in extra:
        sources.append(source)
        claims.append({"event_id": "2005-thing", **claim})
    return make_history(sources=sources, actors=ACTORS, events=[EVENT], participants=PRESENT, claims=claims)


def judged(*args):
    return evidence.judge(build(*args), "2005-thing")


@SETTINGS
@given(rows, st.randoms())
def test_row_order_never_matters(claimed, random) -> None:
    before = judged(claimed)
    shuffled = list(claimed)
    random.shuffle(shuffled)
    after = judged(shuffled)
    assert (before.grade, before.status, set(before.flags), before.lines) == (
        after.grade,
        after.status,
        set(after.flags),
        after.lines,
    )


@SETTINGS
@given(rows, st.data())
def test_a_repeat_adds_a_mention_and_nothing_else(claimed, data) -> None:
    n = data.draw(st.integers(1, len(claimed)))
    issued, letter, side, basis, speaker, stance = claimed[n - 1]
    repeat = (
        {"source_id": "echo", "issued": issued, "reliability": letter, "perspective": "other"},
        {
            "claim_id": "2005-thing.99",
            "source_id": "echo",
            "basis": basis,
            "stance": stance,
            "origin": f"s{n}",
            "speaker": "unnamed-pk" if basis == "anonymous" and speaker else speaker,
        },
    )
    before, after = judged(claimed), judged(claimed, [repeat])
    assert (before.grade, before.status, before.lines) == (after.grade, after.status, after.lines)
    assert after.mentions == before.mentions + (stance == "affirms")


@SETTINGS
@given(rows, st.data())
def test_removing_an_affirming_row_never_raises_the_grade(claimed, data) -> None:
    gone = data.draw(st.integers(0, len(claimed) - 1))
    rest = [r for n, r in enumerate(claimed) if n != gone]
    if claimed[gone][5] != "affirms" or not rest:
        return
    assert RANK[judged(rest).grade] <= RANK[judged(claimed).grade]


@SETTINGS
@given(rows, row)
def test_a_denial_never_touches_the_grade_and_removing_it_never_worsens_the_status(claimed, denial) -> None:
    with_it, without = judged([*claimed, (*denial[:5], "denies")]), judged(claimed)
    assert (with_it.grade, with_it.lines) == (without.grade, without.lines)
    assert WORSE[without.status] <= WORSE[with_it.status]


@SETTINGS
@given(rows)
def test_reading_the_root_never_lowers_the_grade(claimed) -> None:
    relays = [
        (
            {"source_id": f"relay{n}", "issued": c[0], "reliability": c[1], "perspective": c[2]},
            {
                "claim_id": f"2005-thing.{50 + n}",
                "source_id": f"relay{n}",
                "basis": c[3],
                "origin": f"root{n}",
            },
        )
        for n, c in enumerate(claimed)
    ]
    roots = [
        ({"source_id": f"root{n}", "issued": c[0], "reliability": c[1], "perspective": c[2]}, None)
        for n, c in enumerate(claimed)
    ]
    base = [("2005-09-02", "C", "other", "hearsay", "", "affirms")]

    def with_roots(read: bool):
        history_rows = [*relays]
        sources = [{**s} for s, _ in roots]
        claims = (
            [
                {"claim_id": f"2005-thing.{80 + n}", "source_id": s["source_id"], "basis": claimed[n][3]}
                for n, s in enumerate(sources)
            ]
            if read
            else []
        )
        h = build(base, [*history_rows, *[(s, c) for s, c in zip(sources, claims)]] if read else history_rows)
        if not read:
            h = make_history(
                sources=[*h.sources.to_dict("records"), *[{**s, "seen": "cited_only"} for s in sources]],
                actors=ACTORS,
                events=[EVENT],
                participants=PRESENT,
                claims=h.claims.to_dict("records"),
            )
        return evidence.judge(h, "2005-thing")

    assert RANK[with_roots(True).grade] >= RANK[with_roots(False).grade]
