"""Find the words that a mark supports, so that the reading state can dim them.

A clause runs from the sentence's start, or from the mark before, to its marks; what follows them to the end of
the sentence belongs to no mark, unless it is only punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from docutils import nodes
from markupsafe import Markup

from without_recognition.evidence import Judgement, Testimony, labels
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext.nodes import Clause, Mark, attributes

END = re.compile(r"(?<=[.!?])([\"'”’)]*\s+)(?=[\"'“‘(]*[A-Z0-9])")
PUNCTUATION = re.compile(r"[\s.,;:!?\"'”’)]*")


def of_event(look: Lookup, event_id: str) -> Markup:
    """What the reading state asks of an event, as attributes of a tag; none where nobody says whether it happened."""
    if (event_id, "occurrence", "") not in look.judged:
        return Markup("")
    return of_judgement(look.judged[event_id, "occurrence", ""][0])


def of_judgement(judged: Judgement, rows: Iterable[Testimony] | None = None) -> Markup:
    """What the reading state asks of what was judged, as attributes; whose accounts: those of `rows`, or who affirm."""
    voices = " ".join(labels.voices(judged.affirms if rows is None else rows))
    return attributes({"data-level": str(labels.level(judged)), "data-voices": voices})


def of_claim(look: Lookup, claim_id: str) -> Markup:
    """The same of one telling of an event: the event's grade, if it affirms, and whose word it is."""
    row = look.weighing.testimony(claim_id)
    found = look.judged.get((look.claim(claim_id)["event_id"], "occurrence", ""))
    if found and row.stance == "affirms":
        return of_judgement(found[0], [row])
    return attributes({"data-voices": labels.voice(row.side)})


def wrap(paragraph: nodes.paragraph) -> None:
    """Put every marked clause of `paragraph` into a Clause, in place."""
    done: list[nodes.Node] = []
    run: list[nodes.Node] = []
    closing = False  # a mark has been seen; more marks may follow directly
    for child in _pieces(paragraph):
        marked = _marks(child)
        text = isinstance(child, nodes.Text)
        ends = text and bool(PUNCTUATION.fullmatch(child.astext()))
        if closing and not marked and not ends:
            _close(run, done)
            closing = False
        run.append(child)
        closing = closing or marked
        if text and child.astext().endswith((" ", "\n")) and END.search(child.astext() + "A") and not closing:
            done += run
            run.clear()
    _close(run, done)
    _choose(paragraph)
    paragraph.children = []
    paragraph.extend(done)


def _pieces(paragraph: nodes.paragraph) -> Iterator[nodes.Node]:
    """The children, texts cut behind each sentence and before trailing punctuation of a mark."""
    after_mark = False
    for child in _joined(paragraph.children):
        if not isinstance(child, nodes.Text):
            after_mark = _marks(child)
            yield child
            continue
        text = child.astext()
        if after_mark and (lead := PUNCTUATION.match(text)[0]):  # type: ignore[index]
            yield nodes.Text(lead)
            text = text[len(lead) :]
        after_mark = False
        start = 0
        for cut in END.finditer(text):
            yield nodes.Text(text[start : cut.end()])
            start = cut.end()
        if text[start:]:
            yield nodes.Text(text[start:])


def _joined(children: list[nodes.Node]) -> Iterator[nodes.Node]:
    """The children, neighbouring texts as one: MyST makes a text of each line, and one of each line's end."""
    for is_text, group in groupby(children, key=lambda child: isinstance(child, nodes.Text)):
        found = list(group)
        yield from [nodes.Text("".join(text.astext() for text in found))] if is_text else found


def _marks(node: nodes.Node) -> bool:
    return any(_weighs(mark) for mark in node.findall(Mark))


def _weighs(mark: Mark) -> bool:
    return "level" in mark or "voices" in mark


def _close(run: list[nodes.Node], done: list[nodes.Node]) -> None:
    """Move `run` to `done`, as a Clause if it is marked; its level is that of its weakest mark."""
    marks = [mark for node in run for mark in node.findall(Mark) if _weighs(mark)]
    if marks:
        levels = [mark["level"] for mark in marks if "level" in mark]
        voices = sorted({voice for mark in marks for voice in mark.get("voices", "").split()})
        done.append(Clause("", "", *run, level=str(min(levels)) if levels else "", voices=" ".join(voices)))
    else:
        done += run
    run.clear()


def _choose(paragraph: nodes.paragraph) -> None:
    """Name the sign that stays where a reader wants one a paragraph: that of the weakest evidence, else the first."""
    bare = [mark for mark in paragraph.findall(Mark) if not mark.children]
    graded = [mark for mark in bare if "level" in mark]
    if bare:
        min(graded, key=lambda mark: mark["level"], default=bare[0])["classes"].append("wr-one")


def tidy(mark: Mark) -> None:
    """Take away the space before a mark without words, so that it clings to what it supports."""
    siblings = mark.parent.children
    place = next(
        n for n, node in enumerate(siblings) if node is mark
    )  # Text nodes are equal if their words are
    while not mark.children and place and isinstance(siblings[place - 1], nodes.Text):
        place -= 1
        siblings[place] = nodes.Text(siblings[place].astext().rstrip())
        if siblings[place].astext():
            break
