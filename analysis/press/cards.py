"""Evidence cards: one for each thing that a page marks, standing once at the end of the page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from analysis import dates
from analysis.press import anchors, wording
from analysis.press.lookup import Lookup
from analysis.press.render import Renderer


def card_id(kind: str, key) -> str:
    """The id of a card's element."""
    if kind == "event":
        return f"card-{anchors.event(key[0])}"
    make = {"proposition": anchors.proposition, "dispute": anchors.dispute}.get(kind)
    if make:
        return f"card-{make(*key)}"
    return f"card-{anchors.source(key) if kind == 'source' else anchors.claim(key)}"


def cards(render: Renderer, wanted: Iterable[tuple[str, object]]) -> Markup:
    """The container of all cards of a page; `wanted` holds (kind, key), repeats allowed."""
    made = {card_id(kind, key): MAKERS[kind](render.look, render, key) for kind, key in wanted}
    if not made:
        return Markup("")
    return Markup('<div class="wr-cards wr-screen">{}</div>').format(Markup("\n").join(made.values()))


def _event(look: Lookup, render: Renderer, key) -> Markup:
    event = look.event(key[0])
    place = wording.value(look, "place", event["place"]) if event["place"] else ""
    when = dates.bare(event["date"])
    disputes = [
        d
        for k, d in look.disputes.items()
        if k[0] == key[0]
        and k[1] != "occurrence"
        and (d["follows"] or d["status"] in ("disputed", "contradicted"))
    ]
    return render(
        "card-event",
        id=card_id("event", key),
        anchor=anchors.event(key[0]),
        title=event["title"],
        kicker=", ".join(filter(None, [when[0].upper() + when[1:], place])),
        j=look.judgement(*key),
        summary=event["summary"],
        disputes=disputes,
    )


def _proposition(look: Lookup, render: Renderer, key) -> Markup:
    event, _, of, value = key
    found = look.judgement(*key)
    title = wording.aspect(look, found.aspect, of)
    if value:
        title += f": {wording.value(look, found.aspect, value)}"
    rivals = [d for k, d in look.disputes.items() if k == key[:3]]
    return render(
        "card-event",
        id=card_id("proposition", key),
        anchor=anchors.proposition(*key[:3]),
        title=title,
        kicker=look.event(event)["title"],
        j=found,
        summary="",
        disputes=rivals,
    )


def _dispute(look: Lookup, render: Renderer, key) -> Markup:
    return render(
        "card-dispute",
        id=card_id("dispute", key),
        anchor=anchors.dispute(*key),
        kicker=look.event(key[0])["title"],
        title=wording.aspect(look, *key[1:]),
        dispute=look.dispute(*key),
    )


def _source(look: Lookup, render: Renderer, key: str) -> Markup:
    source = look.source(key)
    return render(
        "card-source",
        id=card_id("source", key),
        anchor=anchors.source(key),
        source=source,
        kicker=look.label("sources", "type", source["type"]),
        title=wording.full(source),
    )


def _claim(look: Lookup, render: Renderer, key: str) -> Markup:
    claim = look.claim(key)
    source = look.source(claim["source_id"])
    return render(
        "card-claim",
        id=card_id("claim", key),
        anchor=anchors.claim(key),
        claim=claim,
        row=look.weighing.row(key),
        kicker=look.event(claim["event_id"])["title"],
        title=wording.full(source, claim["locator"]),
    )


MAKERS = {
    "event": _event,
    "proposition": _proposition,
    "dispute": _dispute,
    "source": _source,
    "claim": _claim,
}
