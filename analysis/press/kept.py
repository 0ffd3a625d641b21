"""Pages of the last sound build, kept, and used again only where that changes no byte of the book.

A page is used again when three things are as they were:
 - all that is not the words of pages: data, code, lock, settings, which pages there are (the kept folder's name);
 - its own words, as Sphinx read them;
 - all that pages know of each other, after the changed ones are read: titles, labels, order, where entries stand.
Else it is made anew. The times of files decide nothing; they can only cause more to be made.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from analysis.press import inputs

FOLDER = Path("_build") / ".pages"
PAGES = ("**/*.html", "figures/*", "searchindex.js")  #: what is taken over; Sphinx writes the rest
OF_ONE_RUN = {  #: what the environment holds of a run, of the settings, or of single pages
    *("all_docs", "app", "config", "config_status", "config_status_extra", "doctreedir", "domains", "events"),
    *("myst_config", "mystnb_config", "nb_metadata", "nb_new_exec_data", "project", "ref_context", "sd_config"),
    *("settings", "srcdir", "temp_data", "titles_old", "wr_figures", "wr_outline", "wr_words"),
    *("_pickled_doctree_cache", "_write_doc_doctree_cache"),
}
OF_WORDS = {"wordcount", "source_map"}  #: what the metadata of a page tell of its length


def fetch(root: Path, html: Path, doctrees: Path) -> str:
    """Empty both folders and fill them with what is kept for the book in `root`; return the name of its frame."""
    frame = inputs.digest_of_frame(root)
    for folder in (html, doctrees):
        shutil.rmtree(folder, ignore_errors=True)
    kept = root / FOLDER / frame
    if kept.is_dir():
        shutil.copytree(kept / "html", html)
        shutil.copytree(kept / "doctrees", doctrees)
    return frame


def keep(root: Path, frame: str, html: Path, doctrees: Path) -> None:
    """Keep a sound build that began with `frame`, unless something else was edited meanwhile; drop any other.

    Takes the folder `doctrees` away, which nobody needs any more.
    """
    if inputs.digest_of_frame(root) != frame:
        return
    making = root / FOLDER / ".making"
    shutil.rmtree(making, ignore_errors=True)
    for page in (page for pattern in PAGES for page in html.glob(pattern)):
        copy = making / "html" / page.relative_to(html)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(page, copy)
    doctrees.rename(making / "doctrees")
    for old in (root / FOLDER).iterdir():
        if old != making:
            shutil.rmtree(old)
    making.rename(root / FOLDER / frame)


def setup(app: Sphinx) -> None:
    """Connect to the events."""
    app.connect("source-read", _note)
    app.connect("env-purge-doc", _forget)
    app.connect("env-get-outdated", _changed)
    app.connect("env-get-updated", _seen_by_others, priority=900)  # after sections have their numbers
    app.connect("html-collect-pages", _drop_lost_words)


def _words(env: BuildEnvironment) -> dict[str, str]:
    if not hasattr(env, "wr_words"):
        env.wr_words = {}
    return env.wr_words


def _note(app: Sphinx, docname: str, content: list[str]) -> None:
    _words(app.env)[docname] = _digest(content[0])


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _words(env).pop(docname, None)


def _changed(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """The pages whose words are not those that Sphinx has read, and those that take in other files."""
    return [
        docname
        for docname in env.found_docs
        if _words(env).get(docname) != _digest(Path(env.doc2path(docname)).read_text("utf-8"))
        or env.dependencies.get(docname)
    ]


def _seen_by_others(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """What to write beside the pages that changed: all, where pages bring files or know other things of each other."""
    before, env.wr_outline = getattr(env, "wr_outline", None), outline(env)
    if env.wr_outline != before or env.images or env.dlfiles or env.config.html_copy_source:
        return env.found_docs
    indexed = [docname for docname, entries in env.domaindata["index"]["entries"].items() if entries]
    return [env.config.root_doc, *indexed]  # a search index that Sphinx reads again comes without index entries


def outline(env: BuildEnvironment) -> str:
    """Digest of what pages know of each other: all of the environment but OF_ONE_RUN and OF_WORDS."""
    known = {name: held for name, held in vars(env).items() if name not in OF_ONE_RUN}
    known["metadata"] = {
        docname: {name: held for name, held in told.items() if name not in OF_WORDS}
        for docname, told in env.metadata.items()
    }
    return _digest(_plain(known))


def _plain(held: object) -> str:
    """The same text for the same content, in whatever order it came; what holds nothing is not there."""
    if isinstance(held, nodes.Node):
        return held.pformat()
    if isinstance(held, dict):
        pairs = ((_plain(key), _plain(each)) for key, each in held.items())
        return "{" + ",".join(sorted(f"{key}:{each}" for key, each in pairs if each != "{}")) + "}"
    if isinstance(held, (set, frozenset)):
        return "{" + ",".join(sorted(map(_plain, held))) + "}"
    if isinstance(held, (list, tuple)):
        return "[" + ",".join(map(_plain, held)) + "]"
    if hasattr(held, "__dict__") and not isinstance(held, type):
        return type(held).__name__ + _plain(vars(held))
    return repr(held)


def _drop_lost_words(app: Sphinx) -> Iterable[tuple]:
    """Take out of the search index the words that stood only on pages which have lost them."""
    for found in (app.builder.indexer._mapping, app.builder.indexer._title_mapping):
        for word in [word for word, pages in found.items() if not pages]:
            del found[word]
    return ()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
