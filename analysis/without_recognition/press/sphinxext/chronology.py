"""A chronology: dated lines of events of the data, and of general history, which carries no mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from without_recognition.data import dates
from without_recognition.data.messages import UnknownId
from without_recognition.evidence.lookup import Lookup
from without_recognition.press import PressError
from without_recognition.press.sphinxext import roles
from without_recognition.press.sphinxext.lookup import lookup

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)
GENERAL = re.compile(r"(?P<date>\S*\d{3}\S*?):\s+(?P<words>.*\S)")


@dataclass(frozen=True)
class Line:
    """`date` is EDTF; `event_id` is empty for general history, `words` are the title or what was written."""

    date: str
    words: str
    event_id: str = ""


def parse_line(look: Lookup, text: str) -> Line:
    """`event_id`, or `date: words`. Raises PressError with the reason."""
    given = GENERAL.fullmatch(text.strip())
    try:
        if given:
            dates.parse(given["date"])
            return Line(given["date"], given["words"])
        event = look.event(text.strip())
    except (UnknownId, dates.DateError) as wrong:
        raise PressError(f"{wrong}") from wrong
    return Line(event["date"], event["title"], event["event_id"])


def checked(look: Lookup, lines: Iterable[str]) -> Iterator[tuple[int, Line | None, str]]:
    """(place from 0, line, what is wrong with it) for all that are not blank; order is that of beginnings."""
    last = None
    for place, text in enumerate(lines):
        if not text.strip():
            continue
        try:
            line = parse_line(look, text)
        except PressError as wrong:
            yield place, None, str(wrong)
            continue
        begins = dates.parse(line.date).earliest
        late = last is not None and begins < last
        yield (
            place,
            line,
            f"'{text.strip()}' stands after a later line; put it in order of time" if late else "",
        )
        last = begins if last is None else max(last, begins)


class Chronology(SphinxDirective):
    """The lines of its content, as a list."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        look = lookup(self.env)
        made = nodes.bullet_list(classes=["wr-chronology"])
        for place, line, wrong in checked(look, self.content):
            if wrong:
                place_of = (self.env.docname, self.content_offset + place + 1)
                LOGGER.error("{chronology}: %s", wrong, location=place_of, type="without-recognition")
            if line:
                made += nodes.list_item("", nodes.paragraph("", "", *_shown(look, line)))
        return [made] if made.children else []


def _shown(look: Lookup, line: Line) -> list[nodes.Node]:
    when = dates.bare(line.date)
    head = nodes.inline("", f"{when[0].upper()}{when[1:]}", classes=["wr-when"])
    if line.event_id:
        words = roles.role_node(look, "event", f"{line.words} <{line.event_id}>")
    else:
        words = nodes.emphasis("", line.words)
    return [head, nodes.Text(": "), words]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chronology", Chronology)
