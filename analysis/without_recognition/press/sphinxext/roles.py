"""The roles of the book's prose as marks. Their words are `findings.said`'s; what it cannot find ends the build."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging

from without_recognition import evidence
from without_recognition.data.messages import UnknownId
from without_recognition.evidence import labels
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import said
from without_recognition.findings.said import ROLES as ROLES
from without_recognition.findings.said import Said
from without_recognition.press import PressError
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import Mark

if TYPE_CHECKING:
    from docutils.parsers.rst.states import Inliner
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)


def _proposition_mark(look: Lookup, what: Said, **more: Any) -> Mark:
    judgement: evidence.Judgement = what.found
    parts = judgement.key[:1] if what.kind == "event" else judgement.key[:3]
    mark = Mark(
        what.words,
        what.words,
        anchor=anchor_of(what.kind, *parts),
        card=(what.kind, judgement.key),
        said=labels.spoken(look, judgement),
        note=labels.evidence_note(look, judgement),
        brief=labels.short_note(look, judgement),
        level=labels.level(judgement),
        voices=" ".join(labels.voices(judgement.affirms)),
    )
    mark.attributes.update(more)
    return mark


def event(look: Lookup, what: Said) -> nodes.Node:
    """Grade and card, after the words or in them."""
    return _proposition_mark(look, what, shown=labels.sign(what.found), classes=["wr-event"])


def date(look: Lookup, what: Said) -> nodes.Node:
    """The date; a sign where another is told."""
    mark = _proposition_mark(look, what, classes=["wr-date"])
    del mark["level"], mark["voices"]  # the event's own mark speaks for its clause
    if what.found.status == "unchallenged":
        mark["note"] = ""
    else:
        mark["shown"] = ("", what.found.status)
    return mark


def grade(look: Lookup, what: Said) -> nodes.Node:
    """The grade in words, with its sign."""
    return _proposition_mark(
        look,
        what,
        shown=labels.sign(what.found),
        classes=["wr-grade"],
        said=labels.spoken(look, what.found).partition(": ")[2],
    )


def value(look: Lookup, what: Said) -> nodes.Node:
    """The value in words."""
    return _proposition_mark(look, what, classes=["wr-value"])


def dispute(look: Lookup, what: Said) -> nodes.Node:
    """A sign that opens the values, their grades and the ruling."""
    found = what.found
    return Mark(
        "",
        "",
        anchor=anchor_of("dispute", *what.key),
        card=("dispute", what.key),
        classes=["wr-dispute"],
        shown=("", found["status"] if found["status"] != "unchallenged" else "disputed"),
        said=f"two accounts: {labels.dispute_title(look, found)}",
        note=labels.dispute_note(look, found),
    )


def src(look: Lookup, what: Said) -> nodes.Node:
    """A numbered citation."""
    (source_id,) = what.key
    return Mark(
        "",
        "",
        anchor=anchor_of("source", source_id),
        card=("source", source_id),
        classes=["wr-src"],
        here=what.locator,
        note=f"{labels.full(what.found, what.locator)}.",
        brief=f"{', '.join(filter(None, [look.briefs[source_id], what.locator]))}.",
        said=f"source: {', '.join(filter(None, [labels.short(what.found), what.locator]))}",
        voices=" ".join(_voices_at(look, source_id, what.locator)),
    )


def _voices_at(look: Lookup, source_id: str, locator: str) -> list[str]:
    """Whose words stand at that place, by the claims coded from it; else the source's own side."""
    rows = [look.weighing.testimony(c) for c in look.quoted.get((source_id, locator), ())]
    return labels.voices(rows) or [labels.voice(look.sources[source_id]["perspective"])]


def claim(look: Lookup, what: Said) -> nodes.Node:
    """One source's one statement."""
    source = look.source(what.found["source_id"])
    return Mark(
        what.words,
        what.words,
        anchor=anchor_of("claim", *what.key),
        card=("claim", *what.key),
        classes=["wr-claim"],
        note=f"{labels.full(source, what.locator)}: {what.found['statement']}",
        brief=f"{look.briefs[what.found['source_id']]}, {what.locator}: {what.found['statement']}",
        said=f"claim: {labels.short(source)}, {what.locator}",
        voices=labels.voice(source["perspective"]),
    )


def who(look: Lookup, what: Said) -> nodes.Node:
    """A person, with a card that says who it is."""
    found, life = what.found, labels.life(what.found)
    return Mark(
        what.words,
        what.words,
        anchor=anchor_of("person", *what.key),
        card=("person", *what.key),
        classes=["wr-who"],
        note=f"{found['name']}{f' ({life})' if life else ''}: {found['description']}",
        said="who is who",
    )


def number(look: Lookup, what: Said) -> nodes.Node:
    """A number, without a mark."""
    return nodes.inline("", what.words, classes=["wr-number"])


#: what says a role -> what shows it
NODES: dict[Callable[[Lookup, str, str], Said], Callable[[Lookup, Said], nodes.Node]] = {
    said.event: event,
    said.date: date,
    said.grade: grade,
    said.value: value,
    said.dispute: dispute,
    said.src: src,
    said.claim: claim,
    said.who: who,
    said.number: number,
    said.finding: number,
}


def role_node(look: Lookup, name: str, text: str) -> nodes.Node:
    """What the role `name` shows for `text`. Raises PressError with the reason."""
    try:
        return NODES[ROLES[name]](look, said.said(look, name, text))
    except said.WRONG as wrong:
        raise PressError(str(wrong)) from wrong


def role(
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Inliner,
    options: dict[str, Any] | None = None,
    content: Sequence[str] = (),
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """The docutils role behind every name of ROLES; what the data do not have is a warning where it stands."""
    env = inliner.document.settings.env
    try:
        if name == "finding" and env.app.builder.name == "dummy":  # it writes nothing, so nothing is computed
            said.measure(" ".join(text.split()))
            return [], []
        node = role_node(lookup(env), name, text)
        node.rawsource = f"{{{name}}}`{text}`"  # for what is said of it later
        node.source, node.line = env.doc2path(env.docname), lineno
        return [node], []
    except (PressError, UnknownId) as wrong:
        told = ("{%s}`%s`: %s", name, text, wrong)
        LOGGER.error(*told, location=(env.docname, lineno), type="without-recognition")
        return [nodes.problematic(rawtext, rawtext)], []


def setup(app: Sphinx) -> None:
    """Register the roles; docutils finds {Date} under its small letter, and passes the name as written."""
    for name in sorted({name.lower() for name in ROLES}):
        app.add_role(name, role)
