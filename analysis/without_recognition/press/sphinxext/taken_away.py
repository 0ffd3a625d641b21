"""Views of what can be taken away: files of the data, series, references."""

from __future__ import annotations

from markupsafe import Markup

from without_recognition import citations, load
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import result_columns
from without_recognition.press.formats import downloads
from without_recognition.press.sphinxext import citebox
from without_recognition.press.sphinxext.render import Renderer, folded

DOWNLOADS = [
    ("PDF: reading edition", "without-recognition.pdf"),
    ("PDF: register", "without-recognition-register.pdf"),
    ("EPUB", "without-recognition.epub"),
    ("Data", "without-recognition-data.zip"),
    ("Sources as CSL-JSON", "sources.json"),
    ("BibTeX", "sources.bib"),
    ("RIS", "sources.ris"),
    ("Package to re-run it", f"without_recognition-{citations.metadata()['version']}-py3-none-any.whl"),
    ("Its sources", f"without_recognition-{citations.metadata()['version']}.tar.gz"),
]


def data_files(render: Renderer) -> Markup:
    """The files of the data with their sizes, and the tables of results loose."""
    made = files_of(render.look)
    sizes = {name: readable(len(content)) for name, content in made.items()}
    files = [(name, sizes[name], about) for name, about in downloads.ABOUT.items() if name in sizes]
    loose = [(t, f"results/{t.name}.csv", f"parquet/{t.name}.parquet") for t in result_columns.TABLES]
    return render("data-files", files=files, loose=loose, sizes=sizes)


def files_of(look: Lookup) -> dict[str, bytes]:
    """Name -> bytes of the files of the data: the very ones that the export writes, made once a process."""
    return downloads.download_files(load(look.history.root))


def series_licences(render: Renderer) -> Markup:
    """Each series with its file, its licence and where it comes from."""
    series = [r for r in render.look.history.package["resources"] if r.get("licenses")]
    return render("series-licences", series=series)


def readable(size: int) -> str:
    """'7.8 MB', '12 kB', '340 bytes': of bytes, by thousands, with a blank that does not break."""
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.{1 if size < 10 * unit else 0}f}\N{NO-BREAK SPACE}{name}"
    return f"{size}\N{NO-BREAK SPACE}bytes"


def cite_page(render: Renderer, *slug: str) -> Markup:
    """How to cite the page that it stands on, by the title and the address that the page has."""
    name = render.page.notebook
    files = [("This chapter as a notebook", f"notebooks/{name}")] if name else []
    return folded("In three styles, and as BibTeX, RIS and CSL-JSON", _cite(render, render.page, files))


def cite_book(render: Renderer) -> Markup:
    return _cite(render, citebox.book(render.page.app), DOWNLOADS)


def _cite(render: Renderer, page: citebox.Page, files: list[tuple[str, str]]) -> Markup:
    return render("cite", references=page.references(), records=citations.records(page.item()), files=files)
