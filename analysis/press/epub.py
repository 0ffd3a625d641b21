"""The book as EPUB 3: pandoc lays it out; we mend what it leaves undone and pack it with fixed bytes."""

from __future__ import annotations

import io
import json
import re
import tempfile
import time
import uuid
import zipfile
from pathlib import Path

from analysis.press import PressError, pdf
from analysis.press.printing import ASSETS, Edition, pandoc, read

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "without-recognition")


def build(html_dir: Path, out: Path) -> None:
    """Write the book under `html_dir` to the file `out`; equal pages give equal bytes.

    Raises PressError where a figure has no alternative text or a link leads nowhere.
    """
    printed = read(html_dir)
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "cover.png").write_bytes(pdf.cover(printed.edition))
        (room / "metadata.json").write_text(json.dumps(_metadata(printed.edition)), "utf-8")
        pandoc(
            "\n".join(printed.pieces), "--to=epub3", "--split-level=2", "--toc", "--toc-depth=2",
            "--syntax-highlighting=none", f"--output={room / 'book.epub'}",
            f"--lua-filter={ASSETS / 'print.lua'}",
            f"--css={ASSETS / 'epub.css'}", f"--epub-cover-image={room / 'cover.png'}",
            f"--metadata-file={room / 'metadata.json'}", f"--resource-path={html_dir}",
            epoch=printed.edition.epoch,
        )
        packed = _pack(room / "book.epub", printed.edition)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(packed)


def _metadata(edition: Edition) -> dict:
    """Metadata in pandoc's words; the identifier is the same for the same title and version."""
    name = uuid.uuid5(NAMESPACE, f"{edition.title} {edition.version}")
    return {
        "title": [{"type": "main", "text": edition.title}, {"type": "subtitle", "text": edition.subtitle}],
        "pagetitle": f"{edition.title}: {edition.subtitle}",
        "author": edition.author,
        "date": edition.date.isoformat(),
        "lang": edition.language,
        "rights": f"Version {edition.version}. Text and data: {edition.licence}",
        "description": edition.description,
        "identifier": f"urn:uuid:{name}",
        "toc-title": "Contents",
        "accessModes": ["textual", "visual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeatures": [
            "alternativeText", "displayTransformability", "readingOrder", "structuralNavigation",
            "tableOfContents",
        ],
        "accessibilityHazards": ["none"],
        "accessibilitySummary": "Figures have alternative texts; headings, notes and tables are marked up.",
    }


def _pack(laid_out: Path, edition: Edition) -> bytes:
    """The same files, mended, in a fixed order with one date, `mimetype` first and not compressed."""
    stamp = time.gmtime(edition.epoch)[:6]
    packed = io.BytesIO()
    with zipfile.ZipFile(laid_out) as old, zipfile.ZipFile(packed, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "mimetype", name)):
            info = zipfile.ZipInfo(name, stamp)
            info.create_system, info.external_attr = 3, 0o644 << 16
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(info, _mend(name, old.read(name)), packing, 9)
    return packed.getvalue()


def _mend(name: str, data: bytes) -> bytes:
    """What EPUB asks for and pandoc leaves undone: landmarks, titles of files, drawings in strict SVG."""
    if name.endswith(".svg"):
        return _strict(data)
    if not name.endswith(".xhtml"):
        return data
    text = data.decode("utf-8")
    if name == "EPUB/nav.xhtml":
        text = _landmarks(text)
    heading = re.search(r"<h[12][^>]*>(.*?)</h[12]>", text, re.DOTALL)
    if heading:
        title = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", heading[1])).strip()
        text = re.sub(r"<title>.*?</title>", lambda _: f"<title>{title}</title>", text, count=1)
    return text.encode("utf-8")


def _strict(svg: bytes) -> bytes:
    """matplotlib's drawing as EPUB wants it: no DOCTYPE, no marks of events (`ev:...`), an outline for a space.

    And on white of its own, since readers at night turn other white to black.
    """
    svg = re.sub(rb"<!DOCTYPE[^>]*>\s*", b"", svg)
    svg = re.sub(rb' id="[^":]*:[^"]*"', b"", svg)
    svg = re.sub(rb"<path (?![^>]*\bd=)", b'<path d="" ', svg)
    return re.sub(rb"(<svg\b[^>]*>)", rb'\1<rect width="100%" height="100%" fill="#fff"/>', svg, count=1)


def _landmarks(nav: str) -> str:
    """Readers jump to the contents and to where the text begins: name both."""
    head, mark, tail = nav.partition('<nav epub:type="landmarks"')
    first = re.search(r'href="(text/ch001\.xhtml)[#"]', head)
    if first is None or not mark:
        raise PressError("pandoc lays out EPUB differently now: teach analysis/press/epub.py its new form")
    places = (("nav.xhtml#toc", "toc", "Contents"), (first[1], "bodymatter", "Beginning"))
    items = "".join(f'<li><a href="{href}" epub:type="{kind}">{name}</a></li>' for href, kind, name in places)
    return head + mark + tail.replace("<ol>", f"<ol>{items}", 1)
