"""How to cite a page, or the book: the references that a cite box shows, made once a build for all pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from markupsafe import Markup
from sphinx.application import Sphinx

from without_recognition import citations
from without_recognition.citations import csl, styles
from without_recognition.press import PressError

if TYPE_CHECKING:
    from sphinx.config import Config

COPIED = ".wr-copy > p, .wr-copy > pre"  #: what gets a button that copies it
DATASET = "wr_dataset"  #: in the metadata of the page that tells of the data and gives them away
_FORMATTED: WeakKeyDictionary[Sphinx, dict[str, dict[str, str]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Page:
    """A page of the book as something to cite. Its title is what stands on it, and stands nowhere else."""

    app: Sphinx
    docname: str

    @property
    def title(self) -> str:
        words: str = self.app.env.titles[self.docname].astext()
        return words

    @property
    def place(self) -> str:
        """Where it is, from the root of the book: `findings/who-says-so.html`."""
        return self.app.builder.get_target_uri(self.docname)

    @property
    def is_book(self) -> bool:
        """Whether it stands for the whole book, as the title page does."""
        is_root: bool = self.docname == self.app.config.root_doc
        return is_root

    @property
    def is_dataset(self) -> bool:
        """Whether it stands for the data, as the page with their files does."""
        return DATASET in self.app.env.metadata.get(self.docname, {})

    @property
    def cited_title(self) -> str:
        """What is cited where the page is: the book, its data, or a part of it."""
        whole = citations.metadata()["full_title"]
        return whole if self.is_book else f"{whole}. {self.title}" if self.is_dataset else self.title

    @property
    def notebook(self) -> str:
        """The name of the notebook that it was made from, "" if it was made from none."""
        told = getattr(self.app.env, "nb_metadata", {}).get(self.docname, {})
        return f"{self.docname.rpartition('/')[2]}.ipynb" if told.get("exec_data") else ""

    def item(self) -> csl.Item:
        """The page as a CSL item."""
        if self.is_book:
            return citations.item()
        key = self.docname.replace("/", "-")
        return citations.item(key, self.cited_title, self.place, data=self.is_dataset)

    def references(self) -> dict[str, Markup]:
        """Name of a style -> the reference, as HTML. Raises PressError."""
        made = _formatted(self.app)[self.item()["id"]]
        return {name: Markup(reference) for name, reference in made.items()}


def book(app: Sphinx) -> Page:
    """The title page, which stands for the whole."""
    return Page(app, app.config.root_doc)


def _formatted(app: Sphinx) -> dict[str, dict[str, str]]:
    """The references of all pages at once, since pandoc takes a second to begin."""
    if app not in _FORMATTED:
        try:
            _FORMATTED[app] = styles.formatted(Page(app, name).item() for name in sorted(app.env.titles))
        except styles.StyleError as wrong:
            raise PressError(str(wrong)) from wrong
    return _FORMATTED[app]


def add_copy_buttons(app: Sphinx, config: Config) -> None:
    """Name what copy buttons are for. For the event `config-inited`."""
    usual = getattr(config, "copybutton_selector", "div.highlight pre")
    config.copybutton_selector = f"{usual}, {COPIED}"


def setup(app: Sphinx) -> None:
    """Connect to the event."""
    app.connect("config-inited", add_copy_buttons, priority=400)  # before sphinx_copybutton reads it
