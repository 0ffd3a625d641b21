"""What the control "cite and link" shows: references of everything that bears an id, made at build time.

A page loads none of it at first. When a reader asks, one file of `id/` comes, a classic script: the things whose ids
have the same sum of letters. A paragraph, a section, a claim is cited by the reference of its page, or of its event,
in which PART stands for its name, KEY and PLACE for its id.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx

from without_recognition import citations
from without_recognition.citations import csl, styles
from without_recognition.data.dataset import records as rows_of
from without_recognition.evidence.addresses import anchor_of
from without_recognition.press import PressError
from without_recognition.press.site import ids
from without_recognition.press.sphinxext import domain, theme
from without_recognition.press.sphinxext.citebox import Page
from without_recognition.press.sphinxext.literals import js_literal
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.system import files as disk_files

FILES = 64  #: among which the references are divided
CALLED = "wrCited"  #: the function that a file calls
TITLE, PART, KEY, PLACE = "QQTITLE", "QQPART", "QQKEY", "QQPLACE"  #: no style changes the case of such a word
MEMORY = "references.json"  #: in Sphinx's own memory: what was formatted before


@dataclass(frozen=True)
class Thing:
    """Something with an id: `own` is its reference, `part` that of what stands in it, or of itself by its id."""

    key: str
    title: str
    own: csl.Item | None = None
    part: csl.Item | None = None


def bucket(key: str) -> int:
    """The number of the file that has the references of `key`, as the script reckons it.

    >>> bucket("e-2005-istanbul-meeting")
    62
    """
    return sum(map(ord, key)) % FILES


def things(app: Sphinx) -> Iterator[Thing]:
    """Everything that can be cited: pages, entries of the record, figures, sources."""
    look, entries = lookup(app), domain.of(app.env).entries
    for docname, title in sorted(app.env.titles.items()):
        yield Thing(docname, title.astext(), Page(app, docname).item(), part(docname, title.astext()))
    for anchor, title in _titles(app):
        if anchor in entries:
            yield Thing(anchor, title, part=part(anchor, title))
    figures = {key: fields for drawn in domain.of(app.env).figures.values() for key, fields in drawn.items()}
    for key, fields in sorted(figures.items()):
        yield Thing(f"fig-{key}", fields["title"], part=part(f"fig-{key}", fields["title"]))
    for row in rows_of(look.history.sources):
        anchor = anchor_of("source", row["source_id"])
        yield Thing(anchor, row["title"], csl.source(row))


def _titles(app: Sphinx) -> Iterator[tuple[str, str]]:
    """(id, title) of events, persons, disputes and searches."""
    look, entries = lookup(app), domain.of(app.env).entries
    for event_id, event in sorted(look.events.items()):
        yield anchor_of("event", event_id), event["title"]
    for actor_id, actor in sorted(look.actors.items()):
        yield anchor_of("person", actor_id), actor["name"]
    for key in sorted(look.disputes):
        anchor = anchor_of("dispute", *key)
        yield anchor, entries[anchor][1] if anchor in entries else ""
    for row in rows_of(look.history.searches):
        yield anchor_of("search", row["search_id"]), row["question"]


def part(key: str, title: str) -> csl.Item:
    """The item of which, with its words filled in, everything in (or named) `title` is cited."""
    return citations.item(f"part-{key}", f"{title} ({PART})", ids.where(PLACE))


def records() -> dict[str, str]:
    """Name of a format -> the record of a part of the book, with words to be filled in."""
    return citations.records(citations.item(KEY, f"{TITLE} ({PART})", ids.where(PLACE)))


def formatted(items: Iterable[csl.Item], memory: Path) -> dict[str, list[str]]:
    """Id of an item -> its references as HTML, in the order of the styles; `memory` keeps them for the next build.

    A memory that cannot be read is an empty one. Raises PressError.
    """
    known: dict[str, list[str]] = {}
    with suppress(OSError, ValueError):
        known = json.loads(memory.read_text("utf-8"))
    salt = hashlib.blake2b(b"".join(p.read_bytes() for p in sorted(styles.FOLDER.glob("*.csl")))).hexdigest()
    names = {item["id"]: _digest(salt, item) for item in items}
    missing = [item for item in items if names[item["id"]] not in known]
    try:
        made = styles.formatted(missing) if missing else {}
    except styles.StyleError as wrong:
        raise PressError(str(wrong)) from wrong
    fresh = {names[key]: list(found.values()) for key, found in made.items()}
    kept = {name: fresh.get(name) or known[name] for name in names.values()}
    disk_files.write_whole(memory, json.dumps(kept).encode())
    return {key: kept[name] for key, name in names.items()}


def _digest(salt: str, item: csl.Item) -> str:
    told = json.dumps(item, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(f"{salt}{told}".encode(), digest_size=16).hexdigest()


def files(found: list[Thing], references: dict[str, list[str]]) -> dict[str, bytes]:
    """File name -> script. A thing is [title, references of a part, own references and records]."""
    shelves: dict[int, dict[str, list[object]]] = defaultdict(dict)
    for thing in found:
        own = thing.own and [*references[thing.own["id"]], *citations.records(thing.own).values()]
        shelves[bucket(thing.key)][thing.key] = [
            thing.title, thing.part and references[thing.part["id"]], own,
        ]  # fmt: skip
    common = {
        "site": citations.address(),
        "edition": citations.edition(),
        "styles": [*styles.STYLES, *records()],
        "records": list(records().values()),
    }
    return {f"cite-{n}.js": _script(n, common, shelves.get(n, {})) for n in range(FILES)}


def _script(number: int, common: Mapping[str, object], shelf: Mapping[str, list[object]]) -> bytes:
    return f"{CALLED}({number},{js_literal(common)},{js_literal(shelf)});\n".encode()


def write_references(app: Sphinx, exception: Exception | None) -> None:
    """Write the references beside the resolver. For the event `build-finished`."""
    if exception or app.builder.format != "html" or app.config.html_theme != theme.NAME:
        return
    found = list(things(app))
    items = [item for thing in found for item in (thing.own, thing.part) if item]
    folder = Path(app.outdir, "id")
    for name, script in files(found, formatted(items, Path(app.doctreedir, MEMORY))).items():
        (folder / name).write_bytes(script)


def setup(app: Sphinx) -> None:
    """Connect to the event."""
    app.connect("build-finished", write_references)
