"""The index of the finder: every thing that the book has an address for, in one file that a page loads when asked.

`finder-index.js` is a classic script that sets one global, since nothing else loads from a folder (`file:` knows no
fetch, no modules, no workers). It holds texts to show, not an inverted index: `static/finder-search.js` hands them to
MiniSearch on first use, which takes less time than a larger file would take to come. (`static/minisearch.js` is
`dist/umd/index.js` of the npm package minisearch 7.2.0, MIT, unchanged.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from without_recognition.data import dates
from without_recognition.data.folding import folded_words
from without_recognition.evidence import labels
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.site import records
from without_recognition.press.sphinxext import domain
from without_recognition.press.sphinxext.literals import assigned
from without_recognition.press.sphinxext.lookup import lookup
from without_recognition.press.sphinxext.nodes import GLYPHS, SIGNS

FILE = "finder-index.js"
GLOBAL = "wrFinderIndex"
STATIC = Path(__file__).parent / "static"
SCRIPT = "finder.js"
STYLE = "finder.css"
INDEXES = ("reference/events", "reference/people", "reference/sources")  #: where one looks without JavaScript
BUTTON = Markup(
    '<div class="wr-finder-place d-print-none">'
    '<button type="button" class="wr-finder-open" aria-haspopup="dialog" aria-keyshortcuts="/ Control+K">'
    '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
    '<path d="M11 11l4 4M12.5 7a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z"'
    ' fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/></svg>'
    '<span>Find</span><kbd aria-hidden="true">/</kbd></button>'
    "<noscript>{}</noscript></div>"
)
DAYS = re.compile(r"\d{4}(-\d\d){0,2}")  #: a year, a month or a day
FEW_YEARS = 12  #: a longer span is found by its first and last year only
COMMON = (
    60  #: a word of claims finds no event where more than one in so many has it beside its title and summary
)
SYMBOLS = "".join(chr(n) for n in range(35, 127) if chr(n) != "\\")  #: digits that JSON leaves as they are
LAST = 70  #: so many of them end a number, the others go before
Row = list[Any]
Places = dict[str, tuple[str, str]]  #: anchor -> (page without suffix, title)


def index(
    look: Lookup, places: Places, sections: Iterable[Row] = (), figures: Iterable[Row] = ()
) -> dict[str, Any]:
    """All that can be found, as plain lists; the same data give the same bytes.

    `places` says on which page an anchor stands: what stands nowhere is left out. `sections` and `figures` are rows
    (page, anchor, title, line). Keys: `pages`; `folders` of record pages;
    `signs` (SVG of each grade and status); a list for each kind, its rows

    - event: page, id, title, date, grade, summary, places in `person` of those who took part, further words
    - told: `packed` words of claims, and in which places of `event` they stand
    - person: page, id, name, other spellings, what is known of them, in how many events
    - source: page, id, title, who speaks, date (0 where the id ends in it), note, further words
    - dispute: page, anchor, place in `event`, aspect, status, ruling
    - search: page, anchor, question, nothing, further words
    - section, figure: page, anchor, title, line; of a page also what else one may call it
    """
    pages: dict[str, int] = {}

    def at(anchor: str) -> int | None:
        return pages.setdefault(places[anchor][0], len(pages)) if anchor in places else None

    def rows(found: Iterable[tuple[str, Row]]) -> list[Row]:
        return [[page, *row] for anchor, row in found if (page := at(anchor)) is not None]

    people = rows(_people(look))
    seats = {row[1]: place for place, row in enumerate(people)}
    events = rows(_events(look, seats))
    numbers = {row[1]: place for place, row in enumerate(events)}
    summed = {
        row[1]: set(folded_words(f"{row[2]} {row[3]} {row[5]} {row[7]}", joined=True)) for row in events
    }
    told = {event_id: _statements(look, event_id) - summed[event_id] for event_id in numbers}
    made = {
        "event": events,
        "told": packed(_rare(told, numbers)),
        "person": people,
        "source": rows(_sources(look)),
        "dispute": rows(_disputes(look, numbers)),
        "search": rows(_searches(look)),
        "section": [[pages.setdefault(page, len(pages)), *rest] for page, *rest in sections],
        "figure": [[pages.setdefault(page, len(pages)), *rest] for page, *rest in figures],
    }
    return {"pages": list(pages), "folders": domain.RECORDS, "signs": {**GLYPHS, **SIGNS}, **made}


def to_records(found: dict[str, Any], people: Iterable[str]) -> dict[str, Any]:
    """`found`, with -1 for the page of each event and of `people`: they lead to their record pages."""
    known = set(people)
    for kind in domain.RECORDS:
        for row in found[kind]:
            if kind == "event" or row[1] in known:
                row[0] = -1
    return found


def script(found: dict[str, Any]) -> bytes:
    """The index as the classic script that pages load."""
    return assigned(GLOBAL, found).encode()


def _people(look: Lookup) -> Iterator[tuple[str, Row]]:
    parts: dict[str, int] = {}
    for rows in look.participants.values():
        for row in rows:
            parts[row["actor_id"]] = parts.get(row["actor_id"], 0) + 1
    for actor_id, actor in sorted(look.actors.items()):
        told = actor["description"] or look.label("actors", "side", actor["side"])
        yield (
            anchor_of("person", actor_id),
            [actor_id, actor["name"], actor["variants"], told, parts.get(actor_id, 0)],
        )


def _events(look: Lookup, seats: dict[str, int]) -> Iterator[tuple[str, Row]]:
    for event_id, event in sorted(look.events.items()):
        when = dates.bare(event["date"])
        who = [
            seats[row["actor_id"]] for row in look.participants.get(event_id, ()) if row["actor_id"] in seats
        ]
        said = f"{event['title']} {when} {event['summary']}"
        further = [
            *_years(event["date"]),
            labels.value(look, "place", event["place"]) if event["place"] else "",
        ]
        yield (
            anchor_of("event", event_id),
            [
                event_id,
                event["title"],
                when,
                _sign(look, event_id),
                event["summary"],
                sorted(set(who)),
                _more(said, further),
            ],
        )


def _statements(look: Lookup, event_id: str) -> set[str]:
    """The words of the statements and values of an event's claims."""
    told = [look.claims[claim_id] for claim_id in look.claims_of.get(event_id, ())]
    texts = [claim["statement"] for claim in told]
    texts += [labels.value(look, claim["aspect"], claim["value"]) for claim in told if claim["value"]]
    return {word for text in texts for word in folded_words(text, joined=True)}


def _rare(told: dict[str, set[str]], numbers: dict[str, int]) -> dict[str, list[int]]:
    """Word -> the numbers of those that have it, in order, of words that few have."""
    having: dict[str, list[int]] = {}
    for key in sorted(told, key=numbers.__getitem__):
        for word in told[key]:
            having.setdefault(word, []).append(numbers[key])
    return {word: found for word, found in having.items() if len(found) <= max(1, len(told) / COMMON)}


def packed(having: dict[str, list[int]]) -> list[str]:
    """Words, and the numbers that each has, as two strings.

    A word begins with a capital, which says how many letters it shares with the word before (`A` none); numbers are
    steps from the one before, in `SYMBOLS`, a blank between words.

    >>> packed({"drone": [0, 80], "drones": [0]})
    ['AdroneFs', '#k, #']
    """
    words = sorted(having)
    shared = [
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[:20], two, strict=False)))
        for one, two in pairwise(["", *words])
    ]
    steps = [[there - before - 1 for before, there in pairwise([-1, *having[word]])] for word in words]
    return [
        "".join(chr(65 + same) + word[same:] for word, same in zip(words, shared, strict=True)),
        " ".join("".join(map(_symbols, found)) for found in steps),
    ]


def _symbols(number: int) -> str:
    """A number in `SYMBOLS`: digits of one kind, then one of the other, which ends it."""
    number, last = divmod(number, LAST)
    out = SYMBOLS[last]
    while number:
        number, digit = divmod(number, len(SYMBOLS) - LAST)
        out = SYMBOLS[LAST + digit] + out
    return out


def _sign(look: Lookup, event_id: str) -> str:
    """'documented', 'attested disputed', 'frame', or nothing where nobody speaks of whether it happened."""
    judged = look.judged.get((event_id, "occurrence", ""))
    if not judged:
        return ""
    grade, status = labels.sign(judged[0])
    return grade if status == "unchallenged" else f"{grade} {status}"


def _sources(look: Lookup) -> Iterator[tuple[str, Row]]:
    for source_id, source in sorted(look.sources.items()):
        when, who, title = dates.since(source["issued"]), labels.byline(source), source["title"].strip("[]")
        translated = (
            source["note"].partition("]")[0].removeprefix("[") if source["note"].startswith("[") else ""
        )
        further = [
            source["author"],
            source["container"],
            source["publisher"],
            *_years(source["issued"]),
        ]
        yield (
            anchor_of("source", source_id),
            [
                source_id,
                title,
                who,
                _but(when, source_id, source["issued"]),
                translated,
                _more(f"{title} {who} {when} {translated}", further),
            ],
        )


def _but(when: str, source_id: str, issued: str) -> str | int:
    """A date in words, or 0 where the id ends in it.

    >>> _but("1 September 2005", "dawn-2005-09-01", "2005-09-01"), _but("about 2005", "dawn-2005", "2005~")
    (0, 'about 2005')
    """
    return 0 if DAYS.fullmatch(issued) and source_id.endswith(f"-{issued}") else when


def _disputes(look: Lookup, numbers: dict[str, int]) -> Iterator[tuple[str, Row]]:
    for key, dispute in sorted(look.disputes.items()):
        if key[0] in numbers:
            anchor = anchor_of("dispute", *key)
            aspect = labels.aspect(look, *key[1:])
            yield anchor, [anchor, numbers[key[0]], aspect, dispute["status"], labels.ruling(look, dispute)]


def _searches(look: Lookup) -> Iterator[tuple[str, Row]]:
    for search_id, search in look.history.searches.iterrows():
        anchor = anchor_of("search", search_id)
        yield anchor, [anchor, search["question"], ""]


def _years(text: str) -> list[str]:
    """The years of an EDTF date as words, all of a short span, the ends of a long one."""
    span = dates.parse(text)
    first, last = span.earliest.year, span.latest.year
    if 0 <= last - first < FEW_YEARS:
        return [str(year) for year in range(first, last + 1)]
    return [str(year) for year in (first, last) if 1 < year < 9999]


def _more(said: str, texts: Iterable[str]) -> str:
    """The words of `texts` that `said` has not, once each, in order of the alphabet."""
    known = set(folded_words(said, joined=True))
    return " ".join(sorted({word for text in texts for word in folded_words(text, joined=True)} - known))


def sections(app: Sphinx, places: Places) -> Iterator[Row]:
    """(page, anchor, title, page's title, further words) of each heading of the manuscript, of pages first to last.

    A page may name further words, by which it is to be found, in its front matter: `keywords: csv, download`.
    """
    titles = {name: title.astext() for name, title in app.env.titles.items()}
    for name in sorted(app.env.tocs):
        for reference in app.env.tocs[name].findall(nodes.reference):
            anchor = reference["anchorname"].removeprefix("#")
            if reference["refuri"] == name and anchor not in places:
                further = "" if anchor else app.env.metadata[name].get("keywords", "")
                title = reference.astext()
                yield [name, anchor, title, titles[name] if anchor else "", _more(title, [further])]


def figures(app: Sphinx) -> Iterator[Row]:
    """(page, anchor, title, page's title) of each figure."""
    for name, drawn in sorted(domain.of(app.env).figures.items()):
        for key, fields in sorted(drawn.items()):
            yield [name, f"fig-{key}", fields["title"], app.env.titles[name].astext()]


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index into the root of the HTML. For the event `build-finished`."""
    if exception or app.builder.format != "html":
        return
    places = domain.of(app.env).entries
    found = index(lookup(app), places, sections(app, places), figures(app))
    found = to_records(found, records.people(lookup(app)))
    found["pages"] = [app.builder.get_target_uri(name) for name in found["pages"]]
    Path(app.outdir, FILE).write_bytes(script(found))


def place(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """What stands where one searches: a button, or without JavaScript links. For the event `html-page-context`."""
    links = [
        Markup('<a href="{}">{}</a>').format(context["pathto"](name), app.env.titles[name].astext())
        for name in INDEXES
        if name in app.env.titles
    ]
    context["wr_finder"] = BUTTON.format(Markup(" ").join(links))


def replace_search(app: Sphinx) -> None:
    """The finder takes the place of Sphinx's own search. For the event `builder-inited`."""
    app.config.html_static_path.append(str(STATIC))
    if app.builder.format == "html":
        app.builder.search = False  # type: ignore[attr-defined]  # no search.html, no searchindex.js


def setup(app: Sphinx) -> None:
    """Connect to the events."""
    app.connect("builder-inited", replace_search)
    app.connect("html-page-context", place)
    app.connect("build-finished", write_index)
    app.add_css_file(STYLE)
    app.add_js_file(SCRIPT, loading_method="defer")
