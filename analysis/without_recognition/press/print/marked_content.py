"""The tags of a PDF, one for each run of text that belongs together,
where Typst writes one for every line and every change of type.

Half of a register's weight are these marks: a number in the drawing of the page, in the tree of tags and in the table
that leads back from one to the other. Runs that follow each other on the page and in the tree become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

MARK = re.compile(
    rb"/Span<</MCID (\d+)(>>)?"
)  #: one without more to say, such as a language or words in place of a picture, ends here
JOINT = re.compile(rb"EMC/Span<</MCID (\d+)>>BDC\n")


def join(document: pikepdf.Pdf) -> None:
    """Join the marks of every page, in place. A document without tags stays as it is."""
    if "/StructTreeRoot" not in document.Root:
        return
    parents = dict(_numbered(document.Root.StructTreeRoot.ParentTree))
    for page in document.pages:
        if "/StructParents" in page:
            _join_page(page, parents[int(page.StructParents)])


def _numbered(tree: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """(number, value) of every leaf of a number tree."""
    for kid in tree.get("/Kids", ()):
        yield from _numbered(kid)
    leaves = list(tree.get("/Nums", ()))
    yield from zip(map(int, leaves[::2]), leaves[1::2], strict=True)


def _join_page(page: pikepdf.Page, owners: pikepdf.Object) -> None:
    """`owners` has the element of each mark of the page, by the mark's number."""
    drawn = page.Contents.read_bytes()
    into: dict[int, int] = {}  # a mark -> the one before it, which takes it in
    marks = [(int(mark[1]), bool(mark[2])) for mark in MARK.finditer(drawn)]
    before = {number: earlier for (earlier, plain), (number, _) in pairwise(marks) if plain}
    elements = {owner.objgen: owner for owner in owners}
    follows = {objgen: _following(element, page) for objgen, element in elements.items()}
    for joint in JOINT.finditer(drawn):
        number = int(joint[1])
        earlier = before.get(number)
        if earlier is not None and follows[owners[number].objgen].get(number) == earlier:
            into[number] = earlier
    kept = [number for number in range(len(owners)) if number not in into]
    new = {number: place for place, number in enumerate(kept)}
    drawn = JOINT.sub(lambda joint: b"" if int(joint[1]) in into else joint[0], drawn)
    drawn = MARK.sub(lambda mark: b"/Span<</MCID %d%s" % (new[int(mark[1])], mark[2] or b""), drawn)
    page.Contents.write(drawn)
    for element in elements.values():
        _renumber(element, page, new)
    owners[:] = [owners[number] for number in kept]


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    return list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]


def _following(element: pikepdf.Object, page: pikepdf.Page) -> dict[int, int]:
    """Mark -> the mark before it among the element's kids, if nothing of another kind stands between the two."""
    own = [_mark(kid, element, page) for kid in _kids(element)]
    return {b: a for a, b in pairwise(own) if a is not None and b is not None}


def _mark(kid: pikepdf.Object | int, element: pikepdf.Object, page: pikepdf.Page) -> int | None:
    """The number of a kid that is a mark on this page."""
    if isinstance(kid, int):
        return kid if element.Pg.objgen == page.objgen else None
    if kid.get("/Type") == "/MCR" and (kid.get("/Pg") or element.Pg).objgen == page.objgen:
        return int(kid.MCID)
    return None


def _renumber(element: pikepdf.Object, page: pikepdf.Page, new: dict[int, int]) -> None:
    kids = []
    for kid in _kids(element):
        number = _mark(kid, element, page)
        if number is None:
            kids.append(kid)
        elif number in new:
            if isinstance(kid, int):
                kids.append(new[number])
            else:
                kid.MCID = new[number]
                kids.append(kid)
    element.K = pikepdf.Array(kids)
