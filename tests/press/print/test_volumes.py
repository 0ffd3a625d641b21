"""The two printed volumes: how a page is set, where chapters open, what notes, index and bibliography say."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from pathlib import Path

import pypdf
import pytest
import yaml
from conftest import ROOT
from lxml.html import fragment_fromstring
from without_recognition.citations import notes as citing
from without_recognition.press.print import lxml_tools, pdf, short_notes, typography, volumes
from without_recognition.press.print.document import read_book_pages

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="80"><rect width="90" height="40"/></svg>'
EDITION = {
    "title": "A Toy",
    "subtitle": "Two volumes",
    "author": "Nobody in particular",
    "version": "1.2.3",
    "date": "2026-11-22",
    "licence": "CC BY 4.0",
    "language": "en",
    "description": "Coded by a machine.",
}
INDEX = {
    "names": [
        {
            "key": "a-eban",
            "heading": "Eban, Abba",
            "sort": "eban abba",
            "find": ["Abba Eban"],
            "family": "Eban",
        }
        | {"see": ["Meir Solomon"]},
        {
            "key": "a-nobody",
            "heading": "Nobody",
            "sort": "nobody",
            "find": ["Nobody Atall"],
            "family": "",
            "see": [],
        },
    ],
    "places": [{"key": "place-geneva", "heading": "Geneva", "sort": "geneva", "find": ["Geneva"]}],
    "matters": [
        {"key": "channel-trade", "heading": "Trade", "sort": "trade", "find": [], "events": ["1953-x"]},
    ],
    "sources": {
        "b-2001": {"entry": "Beta, Bo, <em>Second Book</em>, 2001.", "sort": "beta"},
        "a-2000": {"entry": "Alpha, Al, <em>First Book</em>, 2000.", "sort": "alpha"},
        "unread": {"entry": "Zeta, Zoe, <em>Not Cited</em>, 1999.", "sort": "zeta"},
    },
}
PROSE = (
    "The two delegates were said to have spoken with each other in the lounge of the assembly, and neither of them "
    "left a word about it in the papers that have since been opened to readers in either country. "
)


def mark(href: str, note: str, brief: str = "") -> str:
    more = f' data-brief="{brief}"' if brief else ""
    return f'<a class="wr-mark" href="{href}" data-note="{note}"{more}></a>'


EVENT = mark(
    "reference/events.html#e-1953-x", "Attested. One witness. So: Dawn, 1953.", "Attested: Dawn, 1953."
)
SOURCES = {
    key: mark(
        f"reference/sources.html#s-{key}", f"The whole of {key}, p. 190-195.", f"Short of {key}, p. 190-195."
    )
    for key in ("a-2000", "b-2001")
}
FIGURE = (
    '<figure class="wr-figure" id="fig-lag"><p class="wr-alt">Bars</p><svg></svg><figcaption>'
    '<span class="wr-fignum wr-screen">Figure 1.</span> <b>How long it took</b> One bar.</figcaption></figure>'
)
PAGES = {
    "intro.html": ("Welcome", f"<p>{PROSE}</p>"),
    "telegram.html": (
        "The telegram",
        f"<p>Abba Eban{EVENT} was in Geneva{SOURCES['b-2001']}. See <a href='#fig-lag'>Figure</a>, "
        f"<a href='reference/events.html#e-1953-x'>the record</a>. {PROSE * 40}</p>"
        f"<section id='s'><h2>Later</h2><p>Then{SOURCES['b-2001']} Eban{EVENT} said “it`s”.</p></section>"
        f"{FIGURE}<p>{PROSE * 20} `2005-x` and `so to say' in 1947-53.</p>",
    ),
    "lull.html": ("The lull", f"<p>{PROSE * 3}{SOURCES['a-2000']}</p>{FIGURE.replace('fig-lag', 'fig-two')}"),
    "reference/events.html": (
        "Events",
        f"<section id='e-1953-x'><h2>They talk</h2><p><a href='../telegram.html'>Told</a>. {PROSE}</p></section>",
    ),
    "reference/sources.html": ("Sources", "<p id='s-a-2000'>A</p><p id='s-b-2001'>B</p>"),
    "reference/words.html": ("Words", "<p>Last words.</p>"),
}
VOLUMES = {
    "reference/events.html": "register",
    "reference/sources.html": "register",
    "reference/words.html": "appendix",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    html = tmp_path_factory.mktemp("built")
    (html / "reference").mkdir()
    (html / "figures").mkdir()
    for name in ("lag", "two"):
        (html / "figures" / f"{name}.svg").write_text(SVG, "utf-8")
    order = []
    for name, (title, body) in PAGES.items():
        text = f'<html><body><article class="bd-article"><section id="top"><h1>{title}</h1>{body}</section></article>'
        (html / name).write_text(text, "utf-8")
        part = "" if name == "intro.html" else "Reference" if "/" in name else "History"
        entry = {"page": name, "part": part, "numbered": name == "telegram.html"}
        order.append(entry | ({"volume": VOLUMES[name]} if name in VOLUMES else {}))
    for name, content in (("print-order", order), ("print-index", INDEX), ("book", EDITION)):
        (html / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return html


@pytest.fixture(scope="module")
def printed(built, tmp_path_factory) -> dict[str, pypdf.PdfReader]:
    folder = tmp_path_factory.mktemp("printed")
    both = volumes.split(read_book_pages(built))
    pdf.write_all(both, [pdf.converted(volume) for volume in both], folder)
    return {volume.name: pypdf.PdfReader(folder / volumes.FILES[volume.name]) for volume in both}


@pytest.fixture(scope="module")
def reading(printed) -> list[str]:
    return [page.extract_text() for page in printed["reading"].pages]


def number_of(reader: pypdf.PdfReader, label: str) -> int:
    return reader.page_labels.index(label)


def lines(page: pypdf.PageObject) -> dict[int, list[tuple[float, str]]]:
    """Height -> (size, text) of what stands there."""
    found: dict[int, list[tuple[float, str]]] = {}

    def note(text, cm, tm, font, size):
        if text.strip():
            found.setdefault(round(tm[5] * cm[3] + cm[5]), []).append((size * abs(tm[0] * cm[0]), text))

    page.extract_text(visitor_text=note)
    return found


def test_prose_is_set_at_ten_to_eleven_points_with_sixty_to_seventy_letters_a_line(printed):
    reader = printed["reading"]
    page = reader.pages[number_of(reader, "6")]
    full = [line for line in page.extract_text().splitlines() if line[0].islower() and len(line) > 50]
    assert len(full) > 20
    assert 60 <= sum(map(len, full)) / len(full) <= 70
    sizes: Counter[float] = Counter()
    for parts in lines(page).values():
        for size, text in parts:
            sizes[round(size, 1)] += len(text)
    ((most, _),) = sizes.most_common(1)
    assert 10 <= most <= 11
    smallest = min(
        size
        for page in reader.pages
        for parts in lines(page).values()
        for size, text in parts
        if text.strip()
    )
    assert smallest >= 4.5  # a note's number; all else is larger


def test_parts_and_chapters_open_on_the_right_and_a_page_left_blank_is_blank(printed, reading):
    reader = printed["reading"]
    heads = [item for item in reader.outline if not isinstance(item, list)]
    heads += [
        item
        for group in reader.outline
        if isinstance(group, list)
        for item in group
        if not isinstance(item, list)
    ]
    assert {"Welcome", "History", "1 The telegram", "2 The lull", "Appendices", "Words"} <= {
        h.title for h in heads
    }
    for head in heads:
        at = reader.get_destination_page_number(head)
        assert at % 2 == 0, head.title  # the first page is a right-hand one, and has the number 0
        before = reading[at - 1].strip()
        assert before == "" or head.title != "Welcome"
    blank = [n for n, text in enumerate(reading) if not text.strip()]
    assert blank and all(n % 2 for n in blank)


def test_the_front_has_roman_numbers_and_the_text_begins_with_one(printed, reading):
    labels = printed["reading"].page_labels
    assert labels[:5] == ["i", "ii", "iii", "iv", "v"]
    first = labels.index("1")
    assert "Welcome" in reading[first] and first % 2 == 0
    assert [reading[n].split("\n")[0] for n in (0, 2, 4)] == ["A Toy", "A Toy", "Contents"]
    assert "Two volumes" not in reading[0] and "CC BY 4.0" in reading[3]


def test_running_heads_name_the_chapter_on_the_right_and_the_part_on_the_left(printed, reading):
    labels = printed["reading"].page_labels
    opening = next(n for n, text in enumerate(reading) if "Abba Eban" in text and labels[n].isdigit())
    assert "History" in reading[opening + 1].splitlines()[0] + reading[opening + 1].splitlines()[1]
    assert "The telegram" in "".join(reading[opening + 2].splitlines()[:2])


def test_a_note_has_the_sign_of_the_grade_a_short_form_and_the_page_of_the_register(printed, reading):
    text = re.sub(r"\s+", " ", " ".join(reading))
    register = printed["register"]
    told = re.search(r"◉ Attested: Dawn, 1953\. → Register, p\. (\d+)", text)
    assert told, text
    assert "They talk" in register.pages[number_of(register, told[1])].extract_text()
    assert "Short of b-2001, p. 190–195." in text
    assert "The whole of" not in text and "One witness" not in text


def test_links_from_one_volume_to_the_other_name_its_file_and_a_place_that_is_there(printed):
    def outside(reader):
        for page in reader.pages:
            for annotation in page.get("/Annots", []):
                if uri := annotation.get_object().get("/A", {}).get("/URI"):
                    yield uri

    for here, there in (("reading", "register"), ("register", "reading")):
        found = set(outside(printed[here]))
        assert found
        for uri in found:
            file, _, name = uri.partition("#")
            assert file == volumes.FILES[there]
            assert name in printed[there].named_destinations


def test_the_register_names_its_entries_by_their_ids(printed):
    text = "".join(page.extract_text() for page in printed["register"].pages)
    assert "e-1953-x" in text and "Register" in text


def test_index_entries_lead_to_pages_on_which_the_name_stands(printed, reading):
    reader = printed["reading"]
    index = reading[max(n for n, text in enumerate(reading) if "Names" in text)]
    entries = dict(re.findall(r"^(Eban, Abba|Geneva|Trade), ([\d, –]+)$", index, re.M))
    assert set(entries) == {"Eban, Abba", "Geneva", "Trade"}
    assert "Meir Solomon see Eban, Abba" in index and "Nobody" not in index
    for heading, pages in entries.items():
        word = {"Trade": "Attested: Dawn"}.get(heading, heading.partition(",")[0])
        for label in pages.split(", "):
            assert word in reading[number_of(reader, label)], (heading, label)
    stands = {
        label
        for label, text in zip(reader.page_labels, reading, strict=True)
        if "Eban" in text and "Names" not in text
    }
    assert set(entries["Eban, Abba"].split(", ")) == stands and len(stands) == 2


def test_the_bibliography_has_what_is_cited_by_the_alphabet(reading):
    text = next(text for text in reading if "Select bibliography" in text and "Alpha" in text)
    assert text.index("First Book") < text.index("Second Book")
    assert "Not Cited" not in text


def test_figures_are_numbered_by_chapter_and_listed(printed, reading):
    listed = next(text for text in reading if text.startswith("Figures"))
    assert re.findall(r"\d\.\d(?=\s*How long it took)", listed) == ["1.1", "2.1"]
    text = "\n".join(reading)
    assert "Figure 1.1. How long it took" in text and "Figure 2.1. How long" in text
    assert "See Figure 1.1," in text.replace("\n", " ")


def test_no_note_says_what_the_one_before_it_says(reading):
    for text in reading:
        notes = re.findall(r"^\s?\d+ (.{12,})$", text, re.M)
        assert all(one != other for one, other in itertools.pairwise(notes)), notes
    text = "".join(reading)
    assert text.count("Short of b-2001") == 1  # in two sections, but nothing stands between
    assert text.count("Attested: Dawn") == 2  # there another note does


def test_a_note_across_a_heading_that_says_the_same_is_the_same_note():
    note = '<span class="wr-note">Same. <a class="wr-page" href="#x.e-1">The record.</a></span>'
    piece = fragment_fromstring(f"<section><h2 id='c'>C</h2><p>a{note}</p><h3>D</h3><p>b{note}</p></section>")
    short_notes.shorten_notes([piece], {})
    first, second = piece.find_class("wr-note")
    assert second.get("data-same") == first.get("data-key")


def test_a_person_is_introduced_once():
    note = '<span class="wr-note">A man. <a class="wr-page" href="#x.a-1">The record.</a></span>'
    piece = fragment_fromstring(
        f"<section><h2 id='c'>C</h2><p>a{note} b</p><h3>D</h3><p>c{note} d</p></section>"
    )
    short_notes.shorten_notes([piece], {})
    assert piece.text_content() == "CaA man. bDc d"
    assert len(piece.find_class("wr-note")) == 1


def test_no_backtick_is_printed(printed, reading):
    text = "".join(reading)
    assert "`" not in text and "2005-x" in text and "‘so to say’" in text and "1947–53" in text


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("India's, the states' and 'x'", "India’s, the states’ and 'x'"),
        ("see `a-b` there", "see <code>a-b</code> there"),
        ("`not possible' said", "‘not possible’ said"),
        ("pp. 190-195, 19:3-4, ¶1-3, 1947-53", "pp. 190–195, 19:3–4, ¶1–3, 1947–53"),
        ("2026-11-28, A-1947-53-x, 09-1947", "2026-11-28, A-1947-53-x, 09-1947"),
        ("<code>a `b` 1947-53</code> x", "<code>a `b` 1947-53</code> x"),
        ("<a>https://x.org/1947-53</a>", "<a>https://x.org/1947-53</a>"),
        ("<b>x</b> `a` and `b`.", "<b>x</b> <code>a</code> and <code>b</code>."),
        ("“<bdi>\u05d0</bdi>”, 1950", "“<bdi>\u2068\u05d0\u2069</bdi>”, 1950"),
        ("<bdi><i>\u05d0</i> 2</bdi> x", "<bdi>\u2068<i>\u05d0</i> 2\u2069</bdi> x"),
    ],
)
def test_what_a_keyboard_has_and_a_book_does_not(typed, set_):
    piece = fragment_fromstring(typed, create_parent="p")
    typography.settle(piece)
    assert lxml_tools.inner(piece) == set_


def test_short_forms_tell_two_sources_of_one_day_apart():
    row = {"author": "", "kind": "contemporary_news", "container": "", "publisher": "JTA", "written": ""}
    one, other = (
        row | {"source_id": key, "title": title, "issued": "1957-07-16"}
        for key, title in (("a", "A premier speaks: what he said"), ("b", "[Of another]"))
    )
    assert citing.briefs([one]) == {"a": "JTA, 16 July 1957"}
    assert citing.briefs([one, other]) == {
        "a": "JTA, 16 July 1957, “A premier speaks”",
        "b": "JTA, 16 July 1957, [Of another]",
    }


def test_the_same_bytes_twice(built, tmp_path):
    for folder in ("one", "two"):
        both = volumes.split(read_book_pages(built))
        pdf.write_all(both, [pdf.converted(volume) for volume in both], tmp_path / folder)
    for name in volumes.FILES.values():
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_objects_are_packed_and_nothing_is_lost(printed):
    for reader in printed.values():
        assert len(reader.xref_objStm) > len(reader.pages)  # objects that stand in a stream
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and b"pdfaid:part>3<" in root["/Metadata"].get_data()
        assert root["/StructTreeRoot"]["/K"]
        told = reader.xmp_metadata
        assert (
            told.dc_rights["x-default"] == "CC BY 4.0"
            and told.dc_description["x-default"] == "Coded by a machine."
        )
        assert told.dc_identifier is None


@pytest.mark.parametrize(
    ("drawn", "shorter"),
    [
        (b"q 1 0 0 -1 53.85827 681.4488 cm 0.3529412 scn", b"q 1 0 0 -1 53.9 681.4 cm 0.3529 scn"),
        (b"q 1.23456 0 0 -1 53.85827 681.4488 cm", b"q 1.23 0 0 -1 53.86 681.45 cm"),
        (b"[(1.23456)-10.0000305(\\(1.23456)]TJ", b"[(1.23456)-10(\\(1.23456)]TJ"),
        (b"-0.00001 0.00012345 -1.999 .12345 12.5", b"0 0.0001 -2 0.1235 12.5"),
    ],
)
def test_numbers_are_as_long_as_an_eye_can_tell_and_letters_stay(drawn, shorter):
    assert pdf.DRAWN.sub(pdf._shorter, drawn) == shorter


def test_the_metadata_have_the_address_of_a_book_that_has_one(built, tmp_path):
    site, doi = "https://example.org/", "10.1234/x"
    for given, identifier in (({"site": site}, site), ({"site": site, "doi": doi}, f"https://doi.org/{doi}")):
        (built / "book.json").write_text(json.dumps(EDITION | given), "utf-8")
        both = volumes.split(read_book_pages(built))
        pdf.write_all(both, [pdf.converted(volume) for volume in both], tmp_path)
        reader = pypdf.PdfReader(tmp_path / volumes.FILES["reading"])
        assert reader.xmp_metadata.dc_identifier == identifier
        uris = {
            str(annotation.get_object().get("/A", {}).get("/URI", "")).partition("#")[0]
            for page in reader.pages
            for annotation in page.get("/Annots", [])
        }
        assert f"{site}downloads/{volumes.FILES['register']}" in uris
    (built / "book.json").write_text(json.dumps(EDITION), "utf-8")


def test_the_long_lists_of_the_book_stand_in_the_register() -> None:
    """A list that a volume forgets would stand in the middle of the reading edition."""
    volumes = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]["config"]["wr_volumes"]
    lists = {
        path.relative_to(ROOT / "book").with_suffix("").as_posix()
        for path in (ROOT / "book" / "reference").glob("*.md")
        if re.search(
            r"(?m)^```\{(events|[a-z-]*sources|people|disputes|silences)-page\}", path.read_text("utf-8")
        )
    }
    assert len(lists) > 10 and lists <= set(volumes["register"])
