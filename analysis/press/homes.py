"""Which page shows which reference entry: filled by the page directives, asked when pages are written."""

from __future__ import annotations

from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


def _homes(env) -> dict[str, str]:
    if not hasattr(env, "wr_homes"):
        env.wr_homes = {}
    return env.wr_homes


def move_in(env, anchor: str) -> str:
    """Say that the page being read shows `anchor`; returns the anchor."""
    _homes(env)[anchor] = env.docname
    return anchor


def addresses(app, docname: str):
    """A function anchor -> address from `docname`; an anchor that no page shows is a warning, and '#'."""
    homes = _homes(app.env)
    pages = {docname: ""}

    def to(anchor: str) -> str:
        if anchor not in homes:
            LOGGER.warning(
                "no page shows %s; a page directive in reference/ is missing",
                anchor,
                location=docname,
                type="without-recognition",
            )
            return "#"
        home = homes[anchor]
        if home not in pages:
            pages[home] = app.builder.get_relative_uri(docname, home)
        return f"{pages[home]}#{anchor}"

    return to


def purge(app, env, docname: str) -> None:
    """Forget what a page showed that is read anew."""
    env.wr_homes = {anchor: home for anchor, home in _homes(env).items() if home != docname}


def merge(app, env, docnames, other) -> None:
    """Take over what a parallel reader found."""
    _homes(env).update({a: home for a, home in _homes(other).items() if home in docnames})
