"""The Sphinx domain `wr`: where the pages show events, claims, sources, persons, disputes, searches, propositions.

Page directives note each entry, marks and templates ask for its address, and objects.inv lists all of them. So any
other Sphinx book can cite one by intersphinx: with this module among its extensions as
{external+KEY:wr:event}`2005-istanbul-meeting`, in MyST also without it as [](inv:KEY:wr:event#2005-istanbul-meeting).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from without_recognition.evidence.addresses import LETTERS
from without_recognition.evidence.addresses import anchor_of as anchor_of

RECORDS = {"event": "events", "person": "people"}  #: kind -> folder of the pages that `site.records` makes
KINDS = {letter: kind for kind, letter in LETTERS.items()}
HIDDEN = -1  #: priority of what the search of Sphinx leaves out
LOGGER = logging.getLogger(__name__)


def place_of(anchor: str, times: int = 1) -> str:
    """The id of the mark that tells of an entry for the first, second ... time on its page: `t-e-...`, `t-e-...--2`."""
    return f"t-{anchor}" + (f"--{times}" if times > 1 else "")


class EvidenceDomain(Domain):
    """Entries by anchor, and figures by page. An entry's name is its anchor without the letter."""

    name = "wr"
    label = "evidence"
    object_types = {kind: ObjType(kind, kind) for kind in LETTERS}
    roles = {kind: XRefRole(innernodeclass=nodes.inline, warn_dangling=True) for kind in LETTERS}
    initial_data = {"entries": {}, "figures": {}, "told": {}}
    data_version = 2

    @property
    def entries(self) -> dict[str, tuple[str, str]]:
        """anchor -> (page, title); the title may be empty."""
        found: dict[str, tuple[str, str]] = self.data["entries"]
        return found

    @property
    def figures(self) -> dict[str, dict[str, dict[str, str]]]:
        """page -> key of the figure -> its fields and `svg`."""
        found: dict[str, dict[str, dict[str, str]]] = self.data["figures"]
        return found

    @property
    def told(self) -> dict[str, dict[str, int]]:
        """anchor of an entry -> page -> how many marks there lead to it: the way back from the record to the story."""
        found: dict[str, dict[str, int]] = self.data["told"]
        return found

    def tell(self, anchor: str) -> str:
        """Say that a mark of the page being read tells of this entry; returns the id that the mark shall have."""
        pages = self.told.setdefault(anchor, {})
        pages[self.env.docname] = times = pages.get(self.env.docname, 0) + 1
        return place_of(anchor, times)

    def note(self, kind: str, *parts: str, title: str = "") -> str:
        """Say that the page being read shows this entry; returns its anchor."""
        made = anchor_of(kind, *parts)
        self.entries[made] = (self.env.docname, title)
        return made

    def addresses(self, builder: Builder, docname: str) -> Callable[..., str]:
        """A function (anchor, node that asks, if any) -> address from `docname`.

        An anchor that no page shows is a warning, and '#'.
        """
        pages = {docname: ""}

        def to(anchor: str, asking: nodes.Element | None = None) -> str:
            if anchor not in self.entries:
                written = f"{asking.rawsource}: " if asking is not None and asking.rawsource else ""
                told, place = (
                    "%sno page shows %s; a page directive in reference/ is missing",
                    asking or docname,
                )
                LOGGER.warning(told, written, anchor, location=place, type="without-recognition")
                return "#"
            page, _ = self.entries[anchor]
            if page not in pages:
                pages[page] = builder.get_relative_uri(docname, page)
            return f"{pages[page]}#{anchor}"

        return to

    def clear_doc(self, docname: str) -> None:
        """Forget what a page showed that is read anew or gone."""
        for made in [made for made, (page, _) in self.entries.items() if page == docname]:
            del self.entries[made]
        self.figures.pop(docname, None)
        for pages in self.told.values():
            pages.pop(docname, None)

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.entries.update({a: entry for a, entry in otherdata["entries"].items() if entry[0] in docnames})
        self.figures.update({d: figures for d, figures in otherdata["figures"].items() if d in docnames})
        for anchor, pages in otherdata["told"].items():
            self.told.setdefault(anchor, {}).update({d: n for d, n in pages.items() if d in docnames})

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link to the entry `target` of the kind `typ`, by its title where the author gives no words."""
        made = f"{LETTERS[typ]}-{target}"
        if made not in self.entries:
            return None
        page, title = self.entries[made]
        if title and not node.get("refexplicit"):
            contnode = nodes.inline(title, title, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, page, made, contnode, title or None)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """(role, link) for each kind that has an entry named `target`."""
        found = {
            kind: self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            for kind in LETTERS
        }
        return [(f"wr:{kind}", link) for kind, link in found.items() if link is not None]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every entry, for objects.inv; the book's search finds them by their headings."""
        for made, (page, title) in self.entries.items():
            name = made.partition("-")[2]
            yield name, title or name, KINDS[made[0]], page, made, HIDDEN


def of(env: BuildEnvironment) -> EvidenceDomain:
    """The domain in `env`."""
    return cast(EvidenceDomain, env.get_domain(EvidenceDomain.name))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the domain; the module is an extension of its own for books that cite this one."""
    app.add_domain(EvidenceDomain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
