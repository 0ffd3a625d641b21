"""Templates to HTML. Everything from the data goes through Jinja's autoescape."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis import dates, evidence, explaining
from analysis.press import anchors, nodes, wording
from analysis.press.lookup import Lookup

TEMPLATES = Path(__file__).parent / "assets" / "templates"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        glyph=nodes.glyph,
        sign=nodes.sign,
        wording=wording,
        dates=dates,
        anchors=anchors,
        opening=explaining.opening,
        count=explaining.count,
        GRADES=evidence.GRADES,
        FLAGS=explaining.FLAGS,
        GRADE_RULES=explaining.GRADE_RULES,
        STATUS_RULES=explaining.STATUS_RULES,
    )
    return made


class Renderer:
    """Renders templates for one page: `to(anchor)` gives the address of a reference entry from that page.

    `root` leads from the page to the root of the HTML.
    """

    def __init__(self, look: Lookup, to, root: str = ""):
        self.look, self.to, self.root = look, to, root
        self.bound = {
            name: partial(getattr(wording, name), look)
            for name in ("value", "aspect", "teller", "note", "ruling", "dispute_note", "follows")
        }

    def __call__(self, template: str, **context) -> Markup:
        """The template `assets/templates/<template>.html` with `context`."""
        made = _environment().get_template(f"{template}.html")
        return Markup(
            made.render(
                look=self.look,
                to=self.to,
                root=self.root,
                testimony=self.look.testimony,
                **self.bound,
                **context,
            )
        )
