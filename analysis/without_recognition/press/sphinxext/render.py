"""Templates to HTML. Everything from the data goes through Jinja's autoescape."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from without_recognition import evidence
from without_recognition.data import dates
from without_recognition.evidence import flags, labels, rules
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext import dimming, nodes
from without_recognition.press.sphinxext.citebox import Page

CORRECT, LABEL = "reference/cite", "correct"  #: the page and the section on corrections and replies
BACKTICKS = re.compile(r"`([^`]+)`")
TEMPLATES = Path(__file__).parent / "templates"
TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  #: letters that are written from right to left
#: a run of them; at a mark of quotation or a semicolon one value ends, such as a title, and another begins
RUN = re.compile(rf"[{TURNED}](?:(?:(?!; )[^A-Za-z\u00c0-\u024f“”])*[{TURNED}])?")
WORDED = (
    "author",
    "title",
    "container",
    "publisher",
    "credit_line",
    "note",
)  #: columns of words in its language
LANGUAGES = ("ar", "fa", "he", "prs", "ps", "ur")  #: of sources whose words are written so
HEBREW, URDU = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]"), re.compile("[ٹڈڑےہںکگیپچ]")
TAG = re.compile(r"(<[^>]*>)")
QUOTE, APOSTROPHE = "&#34;", "&#39;"  #: as templates escape the straight marks of data
ESCAPED = re.compile(f"{QUOTE}|{APOSTROPHE}|`")
OPENING = re.compile(rf"(?:(?<=[\s(\[–—/“])|^)(?:{QUOTE}|{APOSTROPHE}(?!\d))+")
VERBATIM = re.compile(r"</?(?:blockquote|code|option|pre|q|script|style|textarea|title)\b")
PLAIN = re.compile(
    r"<(?:bdi|option|script|style|textarea|title)\b"
)  #: holds text alone, or is isolated already


def language(words: str) -> str:
    """The language of words that are written from right to left, by their letters: Hebrew, Urdu or Arabic.

    >>> [language(words) for words in ("\u05d0\u05d1", "\u067e\u0627\u06a9", "\u0628\u0627")]
    ['he', 'ur', 'ar']
    """
    return "he" if HEBREW.search(words) else "ur" if URDU.search(words) else "ar"


def languages(look: Lookup) -> dict[str, str]:
    """Runs of such words in the sources, and in passages quoted from them -> the language of the one source that has
    them; without those of sources in several languages."""
    if languages not in look.history.memo:
        found: dict[str, set[str]] = defaultdict(set)
        quoted = ((look.sources[claim["source_id"]], claim["passage"]) for claim in look.claims.values())
        written = ((source, source[name]) for source in look.sources.values() for name in WORDED)
        for source, text in itertools.chain(quoted, written):
            if source["lang"] in LANGUAGES:
                for run in RUN.findall(str(escape(text))):
                    found[run].add(source["lang"])
        look.history.memo[languages] = {run: min(of) for run, of in found.items() if len(of) == 1}
    made: dict[str, str] = look.history.memo[languages]
    return made


def isolated(html: str, known: Mapping[str, str] | None = None) -> str:
    """`html` with every run of letters that are written from right to left in a `bdi` that names its language: what
    stands beside stays in place, and a voice reads it as what it is. The language of a run is that which is `known`,
    else that of its letters.

    >>> isolated('<p title="\u05d0">(\u05d0\u05d1 \u05d2), 2005</p>')
    '<p title="\u05d0">(<bdi lang="he" dir="rtl">\u05d0\u05d1 \u05d2</bdi>), 2005</p>'
    >>> isolated("“\u0627”, \u0628, 1950", {"\u0628": "ur"})
    '“<bdi lang="ar" dir="rtl">\u0627</bdi>”, <bdi lang="ur" dir="rtl">\u0628</bdi>, 1950'
    """
    if not RUN.search(html):
        return html
    told = known or {}
    parts = TAG.split(html)  # words and tags by turns
    for at in range(0, len(parts), 2):
        if not (at and PLAIN.match(parts[at - 1])):
            parts[at] = RUN.sub(
                lambda run: f'<bdi lang="{told.get(run[0]) or language(run[0])}" dir="rtl">{run[0]}</bdi>',
                parts[at],
            )
    return "".join(parts)


def curled(html: str) -> str:
    """`html` with the marks of quotation and apostrophes of the data as print has them, a backtick being a typist's
    opening mark; passages, documents and code keep theirs. What templates write themselves is not escaped, and stays.

    >>> curled("<b>Ghani&#39;s &#34;<i>all</i>&#34;</b> (&#39;48) <q>it&#39;s</q>")
    '<b>Ghani’s “<i>all</i>”</b> (’48) <q>it&#39;s</q>'
    """
    if not ESCAPED.search(html):
        return html
    parts, before, verbatim = TAG.split(html), "", 0
    for at, part in enumerate(parts):
        if at % 2:
            closes = part.startswith("</")
            verbatim += bool(VERBATIM.match(part)) * (-1 if closes else 1)
            before = before if closes else ""
        elif part:
            if not verbatim:
                words = OPENING.sub(_opening, before + part)[len(before) :]
                parts[at] = words.replace(QUOTE, "”").replace(APOSTROPHE, "’").replace("`", "‘")
            before = part[-1]
    return "".join(parts)


def _opening(mark: re.Match[str]) -> str:
    return mark[0].replace(QUOTE, "“").replace(APOSTROPHE, "‘")


def code(text: str) -> Markup:
    """What stands between backticks as code.

    >>> code("a slug (`istanbul`), <b>")
    Markup('a slug (<code>istanbul</code>), &lt;b&gt;')
    """
    return Markup(BACKTICKS.sub(r"<code>\1</code>", str(escape(text))))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"code": code, "begun": labels.begun, "within": labels.within, "stopped": labels.stopped}
    made.globals.update(
        glyph=nodes.glyph,
        sign=nodes.sign,
        GLYPHS=nodes.GLYPHS,
        SIGNS=nodes.SIGNS,
        wording=labels,
        dates=dates,
        anchor_of=anchor_of,
        opening=labels.opening,
        count=labels.count,
        GRADES=evidence.GRADES,
        STATUSES=evidence.STATUSES,
        BASES=rules.BASES,
        FLAGS=flags.WORDS,
        RULES=rules.BY_ID,
        LEGEND=rules.LEGEND,
        weighed=dimming.of_judgement,
    )
    return made


def folded(summary: str, inner: Markup) -> Markup:
    """`inner` behind a line that says what it is; on paper it stands open."""
    return Markup('<details class="wr-fold"><summary class="wr-screen">{}</summary>{}</details>').format(
        summary, inner
    )


def correction(page: Page, root: str) -> str:
    """The address at which a page tells how to correct it, or to reply; "" in a book that has no such place."""
    app = page.app
    docname, name, *_ = app.env.get_domain("std").anonlabels.get(LABEL, ("", ""))  # type: ignore[attr-defined]
    return f"{root}{app.builder.get_target_uri(docname)}#{name}" if docname == CORRECT else ""


class Renderer:
    """Renders templates for one page: `to(anchor)` gives the address of a reference entry from that page.

    `root` leads from the page to the root of the HTML; `page` says how to cite it.
    """

    def __init__(self, look: Lookup, to: Callable[..., str], root: str, page: Page):
        self.look, self.to, self.root, self.page = look, to, root, page
        self.bound: dict[str, Any] = {}
        self.bound |= {
            name: partial(getattr(labels, name), look)
            for name in ("value", "aspect", "teller", "ruling", "dispute_note", "follows")
        }
        self.bound["correct"] = correction(page, root)
        self.bound["judged"] = partial(dimming.of_event, look)

    def __call__(self, template: str, **context: Any) -> Markup:
        """The template `templates/<template>.html` with `context`."""
        made = _environment().get_template(f"{template}.html")
        shown = made.render(
            look=self.look,
            to=self.to,
            root=self.root,
            testimony=self.look.testimony,
            **self.bound,
            **context,
        )
        return Markup(isolated(curled(shown), languages(self.look)))
