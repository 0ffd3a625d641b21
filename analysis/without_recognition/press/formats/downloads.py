"""All that a reader can take away of the data, by name: loose files, one archive, sums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import without_recognition
from without_recognition import citations
from without_recognition.data import dataset
from without_recognition.data.dataset import History
from without_recognition.press.formats import comma, flat, sqlite

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"  #: as `sha256sum --check` reads it
NAME = "without-recognition"
BILL = f"{NAME}.cdx.json"  #: CycloneDX; written by analysis/tools/bill_of_materials.py
ARCHIVE, DATABASE, WORKBOOK = f"{NAME}-data.zip", f"{NAME}.sqlite", f"{NAME}.xlsx"
NEEDED = {"pyarrow": "Parquet", "xlsxwriter": "the workbook"}  #: package -> what it writes
ABOUT = {  #: file -> what it is, in the order of the Data page
    ARCHIVE: (
        "Everything as CSV: tables, series, results; "
        "with descriptors, codebook, licence, README, citation and sums"
    ),
    DATABASE: "Everything in one SQLite file, with keys, bounds of dates and views; for SQL, Datasette, R, Python",
    WORKBOOK: "Everything in one workbook, in which ids and dates stay text",
    "sources.json": "All sources as CSL-JSON",
    "sources.bib": "All sources as biblatex",
    "sources.ris": "All sources as RIS",
    BILL: "Every package that the book is built with, as CycloneDX",
    SUMS: "SHA-256 of every file, for sha256sum --check",
}
README = """\
# {title}

Version {version}, {date}. {description}

- `data/`: the tables as they were coded, a Data Package: CSV, and `data/datapackage.json`, which describes \
every column.
- `data/series/`: series that others made; each has its own licence and source, in `data/datapackage.json`.
- `results/`: what the rules of the book say of them: grades, statuses, lines of evidence, disputes, disclosure, \
contacts.
  `results/datapackage.json` describes every column; `results/codebook.csv` has the meaning of all columns as a table.
- `LICENSE`: {licence} for data and text. `CITATION.cff`: how to cite.
- `SHA256SUMS`: sums of all files; `sha256sum --check SHA256SUMS` compares.

Texts are UTF-8. An empty cell says nothing. Dates are EDTF (Extended Date/Time Format, a profile of ISO 8601).

{cite}
"""


def missing() -> dict[str, str]:
    """Packages that are not installed -> what cannot be written without them."""
    return {package: what for package, what in NEEDED.items() if find_spec(package) is None}


def download_files(history: History) -> dict[str, bytes]:
    """Name -> bytes of every file, the sums last; once a History. What needs a package that is missing is left out."""
    if "downloads" not in history.memo:
        history.memo["downloads"] = _made(history)
    return dict(history.memo["downloads"])


def _made(history: History) -> dict[str, bytes]:
    tables, about = flat.tables(history), _about(history)
    inside = {f"data/{name}": p.read_bytes() for name, p in dataset.published(history.root).items()}
    inside |= {f"results/{t.name}.csv": comma.csv_bytes(t) for t in tables if t.is_result}
    inside |= {"results/datapackage.json": flat.results_package(history.package).encode()}
    inside |= {"README.md": _readme(history), "LICENSE": licence(), "CITATION.cff": citations.cff().encode()}
    held = inside | {ARCHIVE: packed(inside | {SUMS: sums(inside)})}
    held |= {DATABASE: sqlite.sqlite_bytes(tables, about)}
    if find_spec("pyarrow"):
        from without_recognition.press.formats import parquet

        held |= {f"parquet/{table.name}.parquet": parquet.parquet_bytes(table) for table in tables}
    if find_spec("xlsxwriter"):
        from without_recognition.press.formats import workbook

        held |= {WORKBOOK: workbook.workbook_bytes(tables, about, citations.metadata(history)["date"])}
    held |= {name: text.encode() for name, text in citations.exports(history).items()}
    held[BILL] = Path(__file__).with_name(BILL).read_bytes()
    return held | {SUMS: sums(held)}


def _about(history: History) -> list[tuple[str, str]]:
    book = citations.metadata(history)
    told = {
        key: book[key] for key in ("full_title", "version", "date", "licence", "licence_url", "description")
    }
    return [*told.items(), ("how_to_cite", citations.whole(history)), ("variant", history.variant)]


def _readme(history: History) -> bytes:
    book = citations.metadata(history)
    return README.format(**(book | {"title": book["full_title"], "cite": citations.whole(history)})).encode()


def licence() -> bytes:
    """The licence of text and data, as it stands in the repository, or in the installed package."""
    here = Path(without_recognition.__file__).resolve().parents[2] / "LICENSE-text"
    if here.is_file():
        return here.read_bytes()
    told = metadata.distribution(NAME).read_text("licenses/LICENSE-text")
    return (told or "").encode()


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of these files by name; equal files give equal bytes, whenever and wherever."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, members[name])
    return held.getvalue()


def sums(files: Mapping[str, bytes]) -> bytes:
    """A line a file: its SHA-256, two blanks, its name."""
    return "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(files.items())).encode()


def sha256(content: bytes) -> str:
    """The sum of one file, as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
