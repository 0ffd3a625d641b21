"""Marks of a page are joined and nothing that a reader of the tags hears is lost, doubled or moved."""

import io
import re
from collections import defaultdict

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
        drawn: dict[tuple[tuple[int, int], int], bytes] = defaultdict(bytes)
        marks = 0
        for page in document.pages:
            open_marks: list[int | None] = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    properties = operands[1] if len(operands) > 1 else {}
                    own = int(properties["/MCID"]) if "/MCID" in properties else None
                    marks += own is not None
                    open_marks.append(own if own is not None else (open_marks or [None])[-1])
                    if own is not None and "/Alt" in properties:
                        drawn[page.objgen, own] += b"<alt>" + bytes(properties["/Alt"])
                elif str(operator) == "EMC":
                    open_marks.pop()
                elif open_marks and open_marks[-1] is not None and str(operator) in ("Tj", "TJ"):
                    text = operands[0] if str(operator) == "TJ" else operands
                    letters = b"".join(bytes(t) for t in text if isinstance(t, pikepdf.String))
                    drawn[page.objgen, open_marks[-1]] += letters
            assert not open_marks
        told: list[tuple[str, bytes]] = []
        used = set()

        def walk(element: pikepdf.Object) -> None:
            for kid in element.K if isinstance(element.get("/K"), pikepdf.Array) else [element.get("/K")]:
                if isinstance(kid, int) or (kid is not None and kid.get("/Type") == "/MCR"):
                    page = element.Pg if isinstance(kid, int) else kid.get("/Pg", element.get("/Pg"))
                    mark = (page.objgen, kid if isinstance(kid, int) else int(kid.MCID))
                    assert mark not in used
                    used.add(mark)
                    if told and told[-1][0] == str(element.S):
                        told[-1] = (told[-1][0], told[-1][1] + drawn[mark])
                    else:
                        told.append((str(element.S), drawn[mark]))
                elif kid is not None and "/S" in kid:
                    walk(kid)

        top = document.Root.StructTreeRoot.K
        walk(top[0] if isinstance(top, pikepdf.Array) else top)
        assert {key for key, letters in drawn.items() if letters} <= used
        return told, marks


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
