"""Evidence cards: one for each thing that a page marks, standing once at the end of the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

from markupsafe import Markup

from without_recognition import citations
from without_recognition.citations import coins, csl
from without_recognition.data import dates
from without_recognition.evidence import labels
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext import told
from without_recognition.press.sphinxext.literals import added
from without_recognition.press.sphinxext.nodes import attributes
from without_recognition.press.sphinxext.render import Renderer

Key: TypeAlias = str | tuple[str, ...]  #: an id, or the parts of a proposition or dispute


GLOBAL = "wrCards"  #: to which each file of cards adds its own


def card_id(kind: str, key: Key) -> str:
    """The id of a card's element."""
    parts = (key,) if isinstance(key, str) else key[:1] if kind == "event" else key
    return f"card-{anchor_of(kind, *parts)}"


def cards(render: Renderer, wanted: Iterable[tuple[str, Key]]) -> dict[str, str]:
    """Id -> card of all that a page marks; `wanted` holds (kind, key), repeats allowed."""
    return {card_id(kind, key): str(MAKERS[kind](render.look, render, key)) for kind, key in wanted}


def written(render: Renderer, name: str, wanted: Iterable[tuple[str, Key]]) -> str:
    """Write the cards of what is `wanted` as a script, for whoever turns to one of them; its address from the page.

    They weigh as much as the page itself, and most readers of a page open few of them.
    """
    text = added(GLOBAL, cards(render, wanted))
    path = Path(render.page.app.outdir, "cards", f"{name}.js")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    mark = f"{crc32(text.encode()):08x}"  # as Sphinx marks its own files: an old one is not taken
    return f"{render.root}cards/{name}.js?v={mark}"


def room(
    render: Renderer, wanted: Iterable[tuple[str, Key]] = (), listed: Collection[str] = (), script: str = ""
) -> Markup:
    """Where the cards of a page come to stand when a reader turns to them, and what is picked from the page as
    references.

    They come from the file at `script`, or each from the one that its mark names; `listed` are the sources that the
    page lists as references.
    """
    kept = {
        "class": "wr-cards wr-screen",
        **({"data-cards": script} if script else {}),
        "data-cite": citations.entry("{name}", "{title}"),
        "data-pages": json.dumps(told.telling_pages(render.page), ensure_ascii=False, separators=(",", ":")),
    }
    return Markup("<div{}></div>{}").format(attributes(kept), picked(render, wanted, listed))


def picked(render: Renderer, wanted: Iterable[tuple[str, Key]], listed: Collection[str]) -> Markup:
    """The sources of the cards as references to pick from, but for those that the page lists; first the page itself.

    Where it lists some, it stands there; the title page is what is cited there, and has none.
    """
    look = render.look
    keys = dict.fromkeys(
        str(key) if kind == "source" else look.claim(str(key))["source_id"]
        for kind, key in wanted
        if kind in ("source", "claim")
    )
    items = [csl.source(look.source(key)) for key in keys if key not in listed]
    if not items or render.page.is_book:
        return Markup("")
    return coins.spans(items if listed else [render.page.item(), *items])


def _told(render: Renderer, kind: str, *parts: str) -> str:
    """Where the book tells of an entry; a script makes links of it."""
    return told.places(render.page.app, anchor_of(kind, *parts))


def _event(look: Lookup, render: Renderer, key: tuple[str, ...]) -> Markup:
    event = look.event(key[0])
    place = labels.value(look, "place", event["place"]) if event["place"] else ""
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
        anchor=anchor_of("event", key[0]),
        title=event["title"],
        kicker=", ".join(filter(None, [labels.begun(when), place])),
        j=look.judgement(*key),
        summary=event["summary"],
        disputes=disputes,
        told=_told(render, "event", key[0]),
    )


def _proposition(look: Lookup, render: Renderer, key: tuple[str, ...]) -> Markup:
    event, _, of, value = key
    found = look.judgement(*key)
    title = labels.aspect(look, found.aspect, of)
    if value:
        title += f": {labels.value(look, found.aspect, value)}"
    rivals = [d for k, d in look.disputes.items() if k == key[:3]]
    return render(
        "card-event",
        id=card_id("proposition", key),
        anchor=anchor_of("proposition", *key[:3]),
        title=title,
        kicker=look.event(event)["title"],
        j=found,
        summary="",
        disputes=rivals,
        told=f"{anchor_of('event', event)} {_told(render, 'event', event)}",
    )


def _dispute(look: Lookup, render: Renderer, key: tuple[str, ...]) -> Markup:
    return render(
        "card-dispute",
        id=card_id("dispute", key),
        anchor=anchor_of("dispute", *key),
        kicker=look.event(key[0])["title"],
        title=labels.aspect(look, *key[1:]),
        dispute=look.dispute(*key),
        told=f"{anchor_of('event', key[0])} {_told(render, 'event', key[0])}",
    )


def _source(look: Lookup, render: Renderer, key: str) -> Markup:
    source = look.source(key)
    return render(
        "card-source",
        id=card_id("source", key),
        anchor=anchor_of("source", key),
        source=source,
        kicker=look.label("sources", "type", source["type"]),
        title=labels.full(source),
        told=_told(render, "source", key),
    )


def _claim(look: Lookup, render: Renderer, key: str) -> Markup:
    claim = look.claim(key)
    source = look.source(claim["source_id"])
    return render(
        "card-claim",
        id=card_id("claim", key),
        anchor=anchor_of("claim", key),
        claim=claim,
        row=look.weighing.testimony(key),
        kicker=look.event(claim["event_id"])["title"],
        title=labels.full(source, claim["locator"]),
        told=_told(render, "claim", key),
    )


def _actor(look: Lookup, render: Renderer, key: str) -> Markup:
    actor = look.actor(key)
    return render(
        "card-actor",
        id=card_id("person", key),
        anchor=anchor_of("person", key),
        kicker=look.label("actors", "side", actor["side"]),
        title=actor["name"],
        actor=actor,
        told=_told(render, "person", key),
    )


MAKERS: dict[str, Callable[..., Markup]] = {
    "event": _event,
    "proposition": _proposition,
    "dispute": _dispute,
    "source": _source,
    "claim": _claim,
    "person": _actor,
}
