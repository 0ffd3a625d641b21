"""The book as a PDF: pandoc writes Typst, Typst sets it in the house style. Three wheels are all it needs."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import typst

from without_recognition.press import PressError
from without_recognition.press.print import conversion_cache, lxml_tools, marked_content
from without_recognition.press.print.back_matter import Heading
from without_recognition.press.print.document import ASSETS, Edition, Printed, pandoc
from without_recognition.press.print.volumes import FILES, Volume

MISSING = re.compile(r'the text `"(.*?)"` could not be displayed with')
#: in what draws a page: a string of letters, where a line of them stands, or a number with more places than any press
#: can tell
DRAWN = re.compile(
    rb"\((?:\\.|[^\\()])*\)|(?<=1 0 0 -1 )(?P<place>[-\d.]+ [-\d.]+)(?= cm)|-?\d*\.\d{3,}", re.DOTALL
)
POINT = 1  #: places of a point (0.35 mm) that place a line of letters, or what can be clicked on

FONTS: dict[str, Any] = {"font_paths": [str(ASSETS / "fonts")], "ignore_system_fonts": True}
STANDARDS: list[Any] = ["ua-1", "a-3a"]  #: each volume is both: for screen readers, and for archives
TITLES = {"names": "Names", "places": "Places", "matters": "Matters"}


def converted(volume: Volume, memory: Path | None = None) -> list[str]:
    """The pieces of a volume in Typst's language; in the folder `memory` they wait for the next build."""
    return conversion_cache.converted(
        [lxml_tools.inner(piece) for piece in volume.printed.pieces], _typst, memory
    )


def write_all(volumes: Sequence[Volume], pieces: Sequence[list[str]], folder: Path) -> None:
    """Write the `volumes`, whose `converted` pieces are given, to their files in `folder`.

    The register comes first: the notes of the reading edition name its pages.
    """
    pages: dict[str, str] = {}
    for volume, own in sorted(zip(volumes, pieces, strict=True), key=lambda pair: pair[0].name, reverse=True):
        pages = write_pdf(volume, own, folder / FILES[volume.name], pages)


def write_pdf(
    volume: Volume, pieces: list[str], out: Path, pages: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Set the `converted` pieces of a volume and write them to `out`, as PDF/UA-1 and PDF/A-3a; equal pages give
    equal bytes. `pages` tells on which page the register has what. Returns the page of every heading, by its id.

    Raises PressError where a letter has no font.
    """
    printed = volume.printed
    images = {image: printed.folder / image for article in printed.articles for image in article.images}
    # In brackets, what a piece sets for itself ends with it.
    setting = f'json("edition.json"), {str(bool(pages)).lower()}'
    text = f"#show: body => book({setting}, body)\n" + "".join(f"\n#[\n{piece}\n]\n" for piece in pieces)
    facts = {"pages": dict(pages or {}), "index": _index(volume.headings)}
    try:
        with _room(printed.edition, text, images, facts, volume.name) as room:
            compiler = typst.Compiler(str(room / "main.typ"), root=str(room), **FONTS)
            pdf = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=printed.edition.epoch)
            assert isinstance(pdf, bytes)  # a list of pages is for pictures
            found = json.loads(compiler.query("<headings>", field="value", one=True))
    except typst.TypstError as error:
        raise PressError(_explain(error, printed)) from None
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_finished(pdf, printed.edition))
    return dict(found)


def _finished(pdf: bytes, edition: Edition) -> bytes:
    """The same document with what Typst cannot say of it, licence and address, and packed as closely as can be.

    Tags and links are many, and Typst writes them bare: they are half of the file. Its numbers are longer than need be.
    """
    packed = io.BytesIO()
    pikepdf.settings.set_flate_compression_level(9)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            told["dc:rights"] = edition.licence
            if address := f"https://doi.org/{edition.doi}" if edition.doi else edition.site:
                told["dc:identifier"] = address
        for page in document.pages:
            page.Contents.write(DRAWN.sub(_shorter, page.Contents.read_bytes()))
            for note in page.get("/Annots", ()):
                for corners in {"/Rect", "/QuadPoints"} & note.keys():
                    note[corners] = pikepdf.Array([round(corner, POINT) for corner in note[corners]])
        marked_content.join(document)
        document.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return packed.getvalue()


def _shorter(drawn: re.Match[bytes]) -> bytes:
    """A number to the hundredth of a point, one below 1, as scales and colours are, to four places;
    letters as they are."""
    if drawn[0].startswith(b"("):
        return drawn[0]
    if drawn["place"]:
        return b" ".join(_short(float(number), POINT) for number in drawn["place"].split())
    number = float(drawn[0])
    return _short(number, 2 if abs(number) >= 1 else 4)


def _short(number: float, places: int) -> bytes:
    short = f"{number:.{places}f}".rstrip("0").rstrip(".")
    return b"0" if short in ("-0", "") else short.encode()


def _index(headings: Sequence[Heading]) -> list[dict[str, object]]:
    """The index as the template has it: for each kind its title and its entries by the alphabet."""
    kinds: list[dict[str, object]] = []
    for kind, title in TITLES.items():
        entries: list[dict[str, str]] = []
        for heading in (h for h in headings if h["kind"] == kind):
            entry = {name: heading[name] for name in ("key", "heading", "sort")}
            entries.append(entry)
            for other in heading.get("see", ()):
                entries.append(
                    entry | {"heading": other, "sort": other.casefold(), "see": heading["heading"]}
                )
        kinds.append({"title": title, "entries": sorted(entries, key=lambda e: (e["sort"], e["heading"]))})
    return kinds


def _typst(piece: str) -> str:
    return pandoc(piece, "--to=typst-smart", "--wrap=none", f"--lua-filter={ASSETS / 'print.lua'}", epoch=0)


def cover(edition: Edition) -> bytes:
    """The cover as a PNG, 1000 pixels wide or nearly."""
    with _room(edition, '#cover(json("edition.json"))', {}, {"pages": {}}) as room:
        pages = _compile(str(room), edition.epoch, format="png", ppi=163)
    return pages[0] if isinstance(pages, list) else pages


@contextmanager
def _room(
    edition: Edition,
    text: str,
    images: Mapping[str, Path],
    facts: Mapping[str, object],
    volume: str = "reading",
) -> Iterator[Path]:
    """A folder that holds `text` as main.typ, and all that it may read: style, metadata, `facts`, pictures."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        for name, source in images.items():
            (room / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, room / name)
        shutil.copyfile(ASSETS / "book.typ", room / "book.typ")
        imprint = dataclasses.asdict(edition) | {"date": edition.date.isoformat(), "volume": volume}
        for name, content in {**facts, "edition": imprint}.items():
            (room / f"{name}.json").write_text(json.dumps(content), "utf-8")
        (room / "main.typ").write_text(f'#import "book.typ": *\n{text}', "utf-8")
        yield room


def without_font(letters: Iterable[str]) -> set[str]:
    """Those of `letters` that the PDF could not show, for Typst finds them in no font."""
    text = '#import "book.typ": serif\n#set document(title: "Letters")\n#set text(font: serif)\n'
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(ASSETS / "book.typ", Path(folder, "book.typ"))
        Path(folder, "pages.json").write_text("{}", "utf-8")
        Path(folder, "edition.json").write_text('{"volume": "reading"}', "utf-8")
        Path(folder, "main.typ").write_text(text + "\n\n".join(f'#"{c}"' for c in sorted(letters)), "utf-8")
        try:
            _compile(folder, 0, format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            shown = error.diagnostic or error.message
            return {c for found in MISSING.findall(shown) for c in found} & set(letters)
    return set()


def _compile(folder: str, epoch: int, **options: Any) -> bytes | list[bytes]:
    made: bytes | list[bytes] = typst.compile(
        str(Path(folder, "main.typ")),
        root=folder,
        timestamp=epoch,
        **FONTS,
        **options,
    )
    return made


def _explain(error: typst.TypstError, printed: Printed) -> str:
    """Typst's words; for letters without a font, which letters on which pages."""
    missing = set(MISSING.findall(error.diagnostic or error.message))
    lines = [
        f"  {article.page}: no font of the book has {', '.join(f'{c} (U+{ord(c[0]):04X})' for c in found)}"
        for article in printed.articles
        if (found := sorted(c for c in missing if c in article.body.text_content()))
    ]
    if lines:
        remedy = "The PDF cannot show every letter; replace it or add a font to press/print/assets/fonts:"
        return "\n".join([remedy, *lines])
    return f"Typst refused the book: {error.diagnostic or error.message}"
