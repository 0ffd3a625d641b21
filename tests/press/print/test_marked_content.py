"""Marks of a page are joined and nothing that a reader of the tags hears is lost, doubled or moved."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator

import pikepdf
import pytest
import typst
from without_recognition.press.print import marked_content

LINES = "A paragraph that runs over more lines than one, with a *word* of weight. " * 6
SOURCE = f"""
#set document(title: "Marks")
#set page(width: 60mm, height: 80mm)
#set text(lang: "en", region: "gb", hyphenate: true)
= Heading
{LINES}

{LINES} #link("https://example.org/")[a link within] and on it goes. {LINES}

#figure(rect(width: 20mm, height: 8mm)[inside], alt: "A box", caption: [Of a box.])

#text(lang: "ur", dir: rtl)[abc] and #footnote[{LINES}] after.
- one item
- another, {LINES}
"""


@pytest.fixture(scope="module")
def pages() -> bytes:
    pdf = typst.compile(SOURCE.encode(), format="pdf", pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def joined(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marked_content.join(document)
        document.save(out)
    return out.getvalue()


def heard(pdf: bytes) -> tuple[list[tuple[str, bytes]], int]:
    """(kind of element, letters) in the order of the tree; and how many marks there are."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        drawn = {
            (page.objgen, mark): letters for page in document.pages for mark, letters in _drawn(page).items()
        }
        top = document.Root.StructTreeRoot.K
        told: list[tuple[str, bytes]] = []
        used = []
        for kind, mark in _told(top[0] if isinstance(top, pikepdf.Array) else top):
            used.append(mark)
            together = bool(told) and told[-1][0] == kind
            told.append((kind, (told.pop()[1] if together else b"") + drawn[mark]))
        assert len(used) == len(set(used)) and set(used) == set(drawn)
        return told, len(drawn)


def _drawn(page: pikepdf.Page) -> dict[int, bytes]:
    """Mark -> the letters drawn in it, with what stands in a picture's place."""
    drawn: dict[int, bytes] = defaultdict(bytes)
    inside: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            inside.append(int(properties["/MCID"]) if "/MCID" in properties else (inside or [None])[-1])
            if inside[-1] is not None:
                drawn[inside[-1]] += bytes(properties.get("/Alt", b""))
        elif str(operator) == "EMC":
            inside.pop()
        elif inside and inside[-1] is not None and str(operator) in ("Tj", "TJ"):
            text = operands[0] if str(operator) == "TJ" else operands
            drawn[inside[-1]] += b"".join(bytes(t) for t in text if isinstance(t, pikepdf.String))
    assert not inside
    return drawn


def _told(element: pikepdf.Object) -> Iterator[tuple[str, tuple[tuple[int, int], int]]]:
    """(kind of element, (page, mark)) in the order of the tree."""
    for kid in element.K if isinstance(element.get("/K"), pikepdf.Array) else [element.get("/K")]:
        if isinstance(kid, int):
            yield str(element.S), (element.Pg.objgen, kid)
        elif kid is not None and kid.get("/Type") == "/MCR":
            yield str(element.S), ((kid.get("/Pg") or element.Pg).objgen, int(kid.MCID))
        elif kid is not None and "/S" in kid:
            yield from _told(kid)


def test_joined_marks_tell_the_same_in_the_same_order(pages):
    before, many = heard(pages)
    after, few = heard(joined(pages))
    assert after == before
    assert few < many * 0.7


def test_the_way_back_from_a_mark_leads_to_its_element(pages):
    with pikepdf.open(io.BytesIO(joined(pages))) as document:
        owners = dict(marked_content._numbered(document.Root.StructTreeRoot.ParentTree))
        for page in document.pages:
            numbers = [int(n) for n in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())]
            assert sorted(numbers) == [*range(len(owners[int(page.StructParents)]))]


def test_what_has_words_of_its_own_takes_nothing_in(pages):
    """A picture's alternative text would stand for what is joined to it."""
    with pikepdf.open(io.BytesIO(joined(pages))) as document:
        drawn = b"".join(page.Contents.read_bytes() for page in document.pages)
    assert drawn.count(b"/Alt") == b"".join(
        page.Contents.read_bytes() for page in pikepdf.open(io.BytesIO(pages)).pages
    ).count(b"/Alt")


def test_joining_again_changes_nothing_and_a_document_without_tags_stays(pages):
    assert heard(joined(joined(pages))) == heard(joined(pages))
    plain = pikepdf.new()
    plain.add_blank_page()
    marked_content.join(plain)
    assert len(plain.pages) == 1
