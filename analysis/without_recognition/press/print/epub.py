"""The book as EPUB 3: pandoc lays out an empty book of headings and pictures, the chapters' own text goes in.

Pandoc knows what an EPUB consists of, but took fifteen seconds and nearly two gigabytes for text that is
XHTML already.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import time
import uuid
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from without_recognition.press import PressError
from without_recognition.press.print import lxml_tools, pdf
from without_recognition.press.print.document import ASSETS, Edition, Printed, pandoc

TEACH = "teach analysis/without_recognition/press/print/epub.py its new form"
AT_THE_END = (
    ("reference-sources", "bibliography", "Sources"),
    ("reference-glossary", "glossary", "Glossary"),
)  #: (page, what it is to readers, its name)
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "without-recognition")


def write_epub(printed: Printed, out: Path) -> None:
    """Write the book to the file `out`, using up `printed`; equal pages give equal bytes."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "cover.png").write_bytes(pdf.cover(printed.edition))
        (room / "metadata.json").write_text(json.dumps(_metadata(printed.edition)), "utf-8")
        pandoc(
            "\n".join(map(_outline, printed.pieces)),
            "--to=epub3",
            "--split-level=2",
            "--toc",
            "--toc-depth=2",
            f"--output={room / 'book.epub'}",
            f"--css={ASSETS / 'epub.css'}",
            f"--epub-cover-image={room / 'cover.png'}",
            f"--metadata-file={room / 'metadata.json'}",
            f"--resource-path={printed.folder}",
            epoch=printed.edition.epoch,
        )
        files = {f"EPUB/text/ch{number:03}.xhtml": piece for number, piece in enumerate(printed.pieces, 1)}
        packed = _pack(room / "book.epub", printed.edition, files)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(packed)


def _outline(piece: HtmlElement) -> str:
    """Of a chapter the heading and its pictures."""
    pictures = [etree.tostring(picture, encoding="unicode", with_tail=False) for picture in piece.iter("img")]
    heading: str = etree.tostring(piece[0], encoding="unicode", with_tail=False)
    return heading + f"<p>{''.join(pictures)}</p>"


def _metadata(edition: Edition) -> dict[str, Any]:
    """Metadata in pandoc's words. The first identifier is the same for the same title and version."""
    name = uuid.uuid5(NAMESPACE, f"{edition.title} {edition.version}")
    names = [f"urn:uuid:{name}", edition.doi and f"doi:{edition.doi}", edition.site]
    return {
        "title": [
            {"type": "main", "text": _text(edition.title)},
            {"type": "subtitle", "text": _text(edition.subtitle)},
        ],
        "pagetitle": _text(f"{edition.title}: {edition.subtitle}"),
        "author": _text(edition.author),
        "date": edition.date.isoformat(),
        "lang": edition.language,
        "rights": _text(f"Version {edition.version}. Text and data: {edition.licence}"),
        "description": _text(edition.description),
        "identifier": [{"text": _text(name)} for name in names if name],
        "toc-title": "Contents",
        "accessModes": ["textual", "visual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeatures": [
            "alternativeText",
            "displayTransformability",
            "readingOrder",
            "structuralNavigation",
            "tableOfContents",
        ],
        "accessibilityHazards": ["none"],
        "accessibilitySummary": "Figures have alternative texts; headings, notes and tables are marked up.",
    }


def _text(words: str) -> str:
    """`words` for pandoc, which reads metadata as Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#$~^|@&!+])", r"\\\1", words)


def _pack(laid_out: Path, edition: Edition, chapters: Mapping[str, HtmlElement]) -> bytes:
    """The same files, filled and mended, in a fixed order with one date, `mimetype` first and as it is."""
    stamp = time.gmtime(edition.epoch)[:6]
    homes = {chapter[0].get("id"): name.rpartition("/")[2] for name, chapter in chapters.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(laid_out) as old, zipfile.ZipFile(packed, "w") as new:
        if strange := chapters.keys() ^ {name for name in old.namelist() if "/text/ch" in name}:
            raise PressError(f"pandoc lays out EPUB differently now ({min(strange)}): {TEACH}")
        for name in sorted(old.namelist(), key=lambda name: (name != "mimetype", name)):
            info = zipfile.ZipInfo(name, stamp)
            info.create_system, info.external_attr = 3, 0o644 << 16
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            data = old.read(name)
            if name in chapters:
                data = _filled(data.decode("utf-8"), chapters[name], homes).encode("utf-8")
            elif name == "EPUB/nav.xhtml":
                data = _landmarks(_sections(data.decode("utf-8"), chapters), chapters).encode("utf-8")
            elif name.endswith(".svg"):
                data = _strict(data)
            new.writestr(info, data, packing)
    return packed.getvalue()


def _filled(page: str, chapter: HtmlElement, homes: Mapping[str, str]) -> str:
    """The file that pandoc laid out, with its name as title, and with the text of `chapter` in its body."""
    pictures = re.findall(r'<img src="([^"]*)"', page)
    for picture, source in zip(chapter.iter("img"), pictures, strict=True):
        picture.set("src", source)
    for link in chapter.iter("a"):
        if link.get("href", "").startswith("#"):
            home = homes[link.get("href")[1:].partition(".")[0]]
            link.set("href", home + link.get("href"))
    _notes(chapter)
    for tag in chapter.iter():
        for key in [key for key in tag.attrib if key.startswith("data-")]:
            del tag.attrib[key]
    title = re.sub(r"<[^>]+>", "", lxml_tools.inner(chapter[0])).strip()
    head = re.sub(r"<title>.*?</title>", lambda _: f"<title>{title}</title>", page.partition("<section")[0])
    return f"{head}{etree.tostring(chapter, encoding='unicode', with_tail=False)}\n</body>\n</html>\n"


def _notes(chapter: HtmlElement) -> None:
    """Notes go to the end of the chapter, where readers that open them in place look for them.

    Each begins with its number, which leads back to where it is called: for readers that open none in place.
    """
    last = lxml_tools.new("section", **{"class": "footnotes", "epub:type": "footnotes"})
    for number, note in enumerate(chapter.find_class("wr-note"), 1):
        call = lxml_tools.new(
            "a",
            str(number),
            **{
                "class": "footnote-ref",
                "id": f"fnref{number}",
                "href": f"#fn{number}",
                "epub:type": "noteref",
                "role": "doc-noteref",
            },
        )
        lxml_tools.replace(note, call)
        aside = lxml_tools.new(
            "aside", **{"id": f"fn{number}", "epub:type": "footnote", "role": "doc-footnote"}
        )
        note.tag = "p"
        note.attrib.clear()
        back = {"class": "footnote-back", "href": f"#fnref{number}", "role": "doc-backlink"}
        lxml_tools.start_with(note, lxml_tools.new("a", str(number), **back))
        note.text, note[0].tail = None, f" {(note[0].tail or '').lstrip()}"
        aside.append(note)
        last.append(aside)
    if len(last):
        chapter.append(last)


def _strict(svg: bytes) -> bytes:
    """matplotlib's drawing as EPUB wants it: no DOCTYPE, no marks of events (`ev:...`), an outline for a space.

    And on white of its own, since readers at night turn other white to black.
    """
    svg = re.sub(rb"<!DOCTYPE[^>]*>\s*", b"", svg)
    svg = re.sub(rb' id="[^":]*:[^"]*"', b"", svg)
    svg = re.sub(rb"<path (?![^>]*\bd=)", b'<path d="" ', svg)
    return re.sub(rb"(<svg\b[^>]*>)", rb'\1<rect width="100%" height="100%" fill="#fff"/>', svg, count=1)


def _sections(nav: str, chapters: Mapping[str, HtmlElement]) -> str:
    """The contents with the sections of each chapter that is read; catalogues have too many, and lists of their own."""
    for name, chapter in chapters.items():
        level = f"h{int(chapter[0].tag[1]) + 1}"
        if "catalogue" in lxml_tools.classes(chapter[0]) or chapter[0].get("class") == "part":
            continue
        file = name.removeprefix("EPUB/")
        items = "".join(
            f'<li><a href="{file}#{escape(heading.get("id"))}">'
            f"{escape(lxml_tools.text_of(heading), quote=False)}</a></li>"
            for heading in chapter.iter(level)
            if heading.get("id")
        )
        if items:
            entry = re.compile(rf'(<a href="{re.escape(file)}#[^"]*">(?:(?!</a>).)*</a>)(?=\s*</li>)', re.S)
            if found := entry.search(nav):
                nav = f"{nav[: found.end()]}<ol>{items}</ol>{nav[found.end() :]}"
    return nav


def _landmarks(nav: str, chapters: Mapping[str, HtmlElement]) -> str:
    """Readers jump to the contents, to where the text begins, to the sources and to the glossary: name them."""
    head, mark, tail = nav.partition('<nav epub:type="landmarks"')
    first = re.search(r'href="(text/ch001\.xhtml)[#"]', head)
    if first is None or not mark:
        raise PressError(f"pandoc lays out EPUB differently now: {TEACH}")
    places = [("nav.xhtml#toc", "toc", "Contents"), (first[1], "bodymatter", "Beginning")]
    homes = {chapter[0].get("id"): name.removeprefix("EPUB/") for name, chapter in chapters.items()}
    places += [(homes[page], kind, name) for page, kind, name in AT_THE_END if page in homes]
    items = "".join(f'<li><a href="{href}" epub:type="{kind}">{name}</a></li>' for href, kind, name in places)
    return head + mark + tail.replace("<ol>", f"<ol>{items}", 1)
