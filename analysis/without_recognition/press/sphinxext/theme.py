"""The book's own Sphinx theme, `shell`: what stands around a page, and how little of it there is.

Sphinx's theme `basic` gives the pages that Sphinx makes itself; everything that a reader loads is ours. Each page
carries a content security policy that names its few inline scripts and styles by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup, escape
from sphinx.jinja2glue import BuiltinTemplateLoader

from without_recognition import citations
from without_recognition.press.sphinxext import front, metadata, paragraphs

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

NAME = "without_recognition"
FOLDER = Path(__file__).parent / "shell"
UNUSED_CSS = ("pygments.css", "basic.css", "mystnb.", "sphinx-design.")
UNUSED_JS = ("doctools.js", "sphinx_highlight.js", "design-tabs.js")
COPYING = ("copybutton", "clipboard")  #: styles and scripts for pages that have something to copy
BEFORE_PAINT = ("state.js",)  #: scripts that say how a page looks at first
#: what Sphinx and its extensions put beside the pages, and no page of ours loads
UNUSED_FILES = (
    "basic.css", "pygments.css", "mystnb.*.css", "sphinx-design.min.css", "doctools.js", "sphinx_highlight.js",
    "design-tabs.js", "searchtools.js", "language_data.js", "file.png", "minus.png", "plus.png",
    "copybutton_funcs.js", "check-solid.svg",
)  # fmt: skip
FACES = ("serif-400", "sans-400", "serif-600", "sans-600")  #: that every page shows at once
FIRST = (  # before anything is painted: the theme (that of forced colours, if any); the faces, so that no line moves
    "{const d=document.documentElement.dataset;"
    "d.theme=((t,m)=>/^(dark|light)$/.test(t)&&!m('(forced-colors:active)').matches?t:"
    "m('(prefers-color-scheme:dark)').matches?'dark':'light')"
    "((()=>{try{return localStorage.getItem('theme')}catch{}})(),matchMedia);"
    # browsers refuse to preload a face from a folder, where none waits for one
    "if(location.protocol!=='file:')for(const f of '" + " ".join(FACES) + "'.split(' '))"
    "document.head.append(Object.assign(document.createElement('link'),{rel:'preload',as:'font',type:'font/woff2',"
    "crossOrigin:'',href:d.content_root+'_static/fonts/wr-'+f+'.woff2'}))}"
)
WHOLE = (".min.js", "minisearch.js", "-data.js", "-index.js")  #: as others made them, or data
CSS_COMMENT = re.compile(r"(?s)/\*.*?\*/")
ROOM = re.compile(r"\s*([{};])\s*|([:,])\s+")  #: of a style sheet, that nobody misses
QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
JS_COMMENT = re.compile(
    r"(?m)^[^\S\n]*(?:/\*(?:(?!\*/)[\s\S])*\*/|//.*)?[^\S\n]*(?:\n|\Z)"
)  #: whole lines, or empty
JS_EDGE = re.compile(r"(?m)^[^\S\n]+|[^\S\n]+/\*(?:(?!\*/).)*\*/$")  #: indents, and comments after code
INLINE = re.compile(r"(?s)<(script|style)((?:\s[^>]*)?)>(.*?)</\1>")
POLICY = (
    "default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
TITLE = re.compile(r"(?s)<h1>.*?</h1>")
CATALOGUE = "Reference"  #: the part of the book that is looked up and not read
MOST_HEADINGS = 30  #: below a page in the contents; a page with more is a list, which has its own ways in
WITHIN = re.compile(r"(?s)^<ul>\s*<li>.*?</a>(<ul>.*</ul>)\s*</li>\s*</ul>\s*$")
MENDS = [  # (what Sphinx and MyST-NB write, what it should be)
    (re.compile(r'(<(?:table|tr|th|td)\b[^>]*?) style="[^"]*"'), r"\1"),
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    (
        re.compile(r'(?s)<p class="((?:collapsed|expanded) admonition-title)">(.*?)</p>'),
        r'<span class="\1">\2</span>',
    ),
    (re.compile(r"(?s)<style scoped>.*?</style>\s*"), ""),
    (re.compile(r'<table border="1"'), "<table"),
    (
        re.compile(r'(?s)<table class="(?:docutils|dataframe|genindextable|indextable).*?</table>'),
        r'<div class="wr-scroll" tabindex="0">\g<0></div>',  # who has no pointer must reach what it hides
    ),
    (re.compile(r'(<div class="highlight"><pre)(?=>)'), r'\1 tabindex="0"'),
    (re.compile(r"<th((?:\s[^>]*)?)>\s*(?:<p></p>\s*)?</th>"), r"<td\1></td>"),  # the head of nothing
    (re.compile(r'<p class="caption" role="heading">'), '<p class="caption">'),
    (
        re.compile(r'(?s)(<meta name="viewport"[^>]*>.{0,400}?)<meta name="viewport"[^>]*>\n?'),
        r"\1",
    ),  # docutils'
]


class Templates(BuiltinTemplateLoader):
    """Sphinx's template bridge, whose pages are mended and carry their policy."""

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        page = super().render(template, context)
        for theirs, ours in MENDS:
            page = theirs.sub(ours, page)
        page = paragraphs.number_tables(context.get("pagename", ""), page)
        return with_policy(page) if context.get("wr") else page


def with_policy(page: str) -> str:
    """`page`, whose head tells the browser what it may run and load: what is its own, and what is named by hash."""
    found: dict[str, list[str]] = {"script": [], "style": []}
    for kind, attributes, text in INLINE.findall(page):
        if "src=" not in attributes and "json" not in attributes:
            found[kind].append(_hash(text))
    sources = {
        kind: "".join(f" '{each}'" for each in dict.fromkeys(hashes)) for kind, hashes in found.items()
    }
    tag = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(**sources)}" />'
    return page.replace('<meta charset="utf-8" />', f'<meta charset="utf-8" />\n{tag}', 1)


@cache
def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def settle_theme(app: Sphinx, config: Config) -> None:
    """Short labels, and the templates of this module. For the event `config-inited`."""
    config.nb_code_prompt_show, config.nb_code_prompt_hide = "Show the code", "Hide the code"
    config.html_permalinks_icon = "#"
    if config.html_theme == NAME:
        config.template_bridge = f"{__name__}.{Templates.__name__}"
        app.add_js_file("shell.js", loading_method="defer", priority=300)


def shell(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """What the layout asks for, as `wr`. For the event `html-page-context`, late."""
    if app.config.html_theme != NAME:
        return
    for script in context["script_files"]:  # but for those, no page waits for a script; they keep their order
        if hasattr(script, "attributes") and not _named(script, BEFORE_PAINT):
            script.attributes["defer"] = "defer"
    kicked = kicker(app, pagename)
    read = kicked not in ("", CATALOGUE) or pagename == app.config.root_doc
    if doctree is not None and read:
        context["body"] = TITLE.sub(
            rf"\g<0>{front.under_title(app, pagename, doctree)}", context["body"], count=1
        )
    unused = () if "<pre" in context.get("body", "") else COPYING
    context["wr"] = {
        "book": citations.metadata(),
        "first": Markup(FIRST),
        "css": [css for css in context["css_files"] if not _named(css, (*UNUSED_CSS, *unused))],
        "js": [js for js in context["script_files"] if not _named(js, (*UNUSED_JS, *unused))],
        "nav": _contents(context, pagename),
        "kicker": kicked,
    }


def _named(file: object, names: tuple[str, ...]) -> bool:
    name = str(getattr(file, "filename", None) or file).rpartition("/")[2]
    return name.startswith(names)


def _contents(context: dict[str, Any], pagename: str) -> Markup:
    """The contents of the book, those of this page below its own line."""
    nav = context["toctree"](maxdepth=2, collapse=True, includehidden=True, titles_only=True) or ""
    home = '<p class="wr-home"><a href="{}"{}>{}</a></p>'.format(
        escape(context["pathto"](context["root_doc"])),
        ' aria-current="page"' if pagename == context["root_doc"] else "",
        "Title page",
    )
    own = WITHIN.search(context.get("toc") or "")
    here = re.compile(r'(<a class="current reference internal" href="#">.*?</a>)', re.S)
    inner = f'<div class="wr-within">{own[1]}</div>' if own and own[1].count("<li>") <= MOST_HEADINGS else ""
    nav = here.sub(lambda line: line[1].replace("<a ", '<a aria-current="page" ', 1) + inner, nav, count=1)
    return Markup(home + nav)


def kicker(app: Sphinx, pagename: str) -> str:
    """Over the title: the part of the book that the page stands in, and its number if it has one."""
    places: dict[str, str] | None = getattr(app, "wr_places", None)
    if places is None:
        places, number = {}, 0
        for entry in metadata.order(app):
            number += entry["numbered"]
            text = f"{entry['part']} · Chapter {number}" if entry["numbered"] else entry["part"]
            places[entry["page"]] = text
        app.wr_places = places  # type: ignore[attr-defined]  # kept for the pages to come
    return places.get(app.builder.get_target_uri(pagename), "")


def sweep(app: Sphinx, exception: Exception | None) -> None:
    """Take away what no page loads; the title page is the index as well. For the event `build-finished`."""
    if exception or app.builder.format != "html" or app.config.html_theme != NAME:
        return
    out = Path(app.outdir)
    for name in UNUSED_FILES:
        for path in (out / "_static").glob(name):
            path.unlink()
    for path in (*(out / "_static").rglob("*.css"), *(out / "_static").rglob("*.js")):
        if not path.name.endswith(WHOLE):
            path.write_text(lean(path.read_text("utf-8"), path.suffix), "utf-8")
    root = out / app.builder.get_target_uri(app.config.root_doc)
    if root.name != "index.html":
        (out / "index.html").write_bytes(root.read_bytes())
    (out / "404.html").write_text(missing(app), "utf-8")


def lean(text: str, kind: str) -> str:
    """A style sheet (`.css`) without comments and room, a script without comments, empty lines and indents.

    A script in which a template literal may go over several lines keeps its indents and what stands at a line's end.

    >>> lean('/* why */\\na {\\n  b: "c: d";\\n}\\n', ".css")
    'a{b:"c: d"}'
    >>> lean("  // why\\n  let a = 1;\\n", ".js")
    'let a = 1;\\n'
    """
    if kind == ".css":
        return "".join(
            part if n % 2 else ROOM.sub(r"\1\2", part).replace(";}", "}")
            for n, part in enumerate(QUOTED.split(CSS_COMMENT.sub("", text).strip()))
        )
    bare = JS_COMMENT.sub("", text)
    return bare if any(line.count("`") % 2 for line in bare.split("\n")) else JS_EDGE.sub("", bare)


def missing(app: Sphinx) -> str:
    """The page for what is not found: it may be shown at any depth, so its links begin at the book's address."""
    template = Environment(autoescape=True).from_string((FOLDER / "missing.html").read_text("utf-8"))
    chapters = [
        (entry_title(app, place["page"]), place["page"]) for place in metadata.order(app) if place["numbered"]
    ]
    page = template.render(book=citations.metadata(), root=citations.address(), chapters=chapters)
    return with_policy(page) + "\n"


def entry_title(app: Sphinx, place: str) -> str:
    """The title of the page at `place`, an address from the root of the book."""
    title: str = app.env.titles[place.removesuffix(".html")].astext()
    return title


def setup(app: Sphinx) -> None:
    """Register the theme."""
    app.add_html_theme(NAME, str(FOLDER))
    app.connect("config-inited", settle_theme)
    app.connect("html-page-context", shell, priority=900)
    app.connect("build-finished", sweep, priority=950)
