"""The book as a PDF: pandoc writes Typst, Typst sets it in the house style. Two wheels are all it needs."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import tempfile
from pathlib import Path

import typst

from analysis.press import PressError, markup, remembered
from analysis.press.printing import ASSETS, Edition, Printed, pandoc

MISSING = re.compile(r'the text `"(.*?)"` could not be displayed with')


def converted(printed: Printed, memory: Path | None = None) -> list[str]:
    """The pieces of the book in Typst's language; in the folder `memory` they wait for the next build."""
    return remembered.converted([markup.inner(piece) for piece in printed.pieces], _typst, memory)


def write(printed: Printed, pieces: list[str], out: Path) -> None:
    """Set the `converted` pieces and write them to `out`, as PDF/UA-1; equal pages give equal bytes.

    Raises PressError where a letter has no font.
    """
    images = {image: printed.folder / image for article in printed.articles for image in article.images}
    # In brackets, what a piece sets for itself ends with it.
    text = '#show: book.with(json("edition.json"))\n' + "".join(f"\n#[\n{piece}\n]\n" for piece in pieces)
    try:
        pdf = _typeset(printed.edition, text, images, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise PressError(_explain(error, printed)) from None
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(pdf)


def _typst(piece: str) -> str:
    return pandoc(piece, "--to=typst-smart", "--wrap=none", f"--lua-filter={ASSETS / 'print.lua'}", epoch=0)


def cover(edition: Edition) -> bytes:
    """The first page of the PDF as a PNG, 1000 pixels wide or nearly."""
    pages = _typeset(edition, '#cover(json("edition.json"))', {}, format="png", ppi=163)
    return pages[0] if isinstance(pages, list) else pages


def _typeset(edition: Edition, text: str, images: dict[str, Path], **options: object) -> bytes | list[bytes]:
    """Run Typst on `text` in a folder that holds all that it may read: style, metadata, pictures."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        for name, source in images.items():
            (room / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, room / name)
        shutil.copyfile(ASSETS / "book.typ", room / "book.typ")
        facts = dataclasses.asdict(edition) | {"date": edition.date.isoformat()}
        (room / "edition.json").write_text(json.dumps(facts), "utf-8")
        (room / "main.typ").write_text(f'#import "book.typ": *\n{text}', "utf-8")
        return typst.compile(
            str(room / "main.typ"), root=folder, font_paths=[str(ASSETS / "fonts")], ignore_system_fonts=True,
            timestamp=edition.epoch, **options,
        )


def _explain(error: typst.TypstError, printed: Printed) -> str:
    """Typst's words; for letters without a font, which letters on which pages."""
    missing = set(MISSING.findall(error.diagnostic or error.message))
    lines = [
        f"  {article.page}: no font of the book has {', '.join(f'{c} (U+{ord(c[0]):04X})' for c in found)}"
        for article in printed.articles
        if (found := sorted(c for c in missing if c in article.body.text_content()))
    ]
    if lines:
        remedy = "The PDF cannot show every letter; replace it or add a font to assets/print/fonts:"
        return "\n".join([remedy, *lines])
    return f"Typst refused the book: {error.diagnostic or error.message}"
