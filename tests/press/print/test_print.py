"""PDF and EPUB from small built pages: what is cleaned away, what must stay, what is refused."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from without_recognition.press import PressError
from without_recognition.press.build import book
from without_recognition.press.print import conversion_cache, epub, lxml_tools, pdf, volumes
from without_recognition.press.print.clean import clean
from without_recognition.press.print.document import read_book_pages

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><rect width="90" height="40"/></svg>'
EDITION = {
    "title": "A Toy",
    "subtitle": "Two pages",
    "author": "Nobody in particular",
    "version": "1.2.3",
    "date": "2026-11-22",
    "licence": "CC BY 4.0",
    "language": "en",
    "description": "Coded by a machine.",
}
FIGURE = (
    f'<figure class="wr-figure" id="fig-lag"><p class="wr-alt">{{alt}}</p>{SVG}'
    "<figcaption><p>How long it took.</p></figcaption><p class='wr-screen'>more</p></figure>"
)
MARK = '<a class="wr-mark" href="{href}" data-note="{note}">{text}<span class="wr-screen"> (seen)</span></a>'


def print_pdf(html: Path, out: Path, memory: Path | None = None) -> None:
    (volume,) = volumes.split(read_book_pages(html))
    pdf.write_pdf(volume, pdf.converted(volume, memory), out)


def print_epub(html: Path, out: Path) -> None:
    epub.write_epub(read_book_pages(html), out)


def page(title: str, body: str) -> str:
    return (
        f'<html><body><nav>Menu</nav><article class="bd-article"><section id="top"><h1>{title}'
        f'<a class="headerlink" href="#top">#</a></h1>{body}</section></article></body></html>'
    )


@pytest.fixture
def site(tmp_path: Path):
    """A function that writes a built site: pages by name, in order; reference/ makes the second part."""

    def make(**changes: str) -> Path:
        mark = MARK.format(href="reference/events.html#e-1953-x", note="Attested: one witness", text="")
        pages = {
            "telegram.html": page(
                "The telegram",
                f"<p>A claim {mark}.</p><section id='s'><h2>Later</h2>"
                f"<p>See <a href='#fig-lag'>it</a>.</p></section>" + FIGURE.format(alt="Bars: 3 events"),
            ),
            "reference/events.html": page(
                "Events",
                "<section id='e-1953-x'><h2>Zafrullah, ḥ ğ ש ے</h2>"
                "<p><a href='../telegram.html#top'>One</a>.</p></section>",
            ),
        } | changes
        for name, text in pages.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        order = [
            {"page": name, "part": part, "numbered": part == "History"}
            for name in pages
            for part in ["Reference" if "/" in name else "History"]
        ]
        (tmp_path / "print-order.json").write_text(json.dumps(order), "utf-8")
        (tmp_path / "book.json").write_text(json.dumps(EDITION), "utf-8")
        (tmp_path / "figures").mkdir(exist_ok=True)
        (tmp_path / "figures" / "lag.svg").write_text(SVG, "utf-8")
        return tmp_path

    return make


def cleaned(tmp_path: Path, body: str) -> str:
    (tmp_path / "p.html").write_text(page("T", body), "utf-8")
    problems: list[str] = []
    text = lxml_tools.inner(clean(tmp_path, "p.html", 0, problems).body)
    assert not problems
    return re.sub(r' data-(key|same)="[^"]*"', "", text)


NOTE = '<span class="wr-note">N. <a class="wr-page" href="e.html#e-1">The record.</a></span>'


@pytest.mark.parametrize(
    ("screen", "print_"),
    [
        (
            '<p>a<span class="wr-screen">b</span><span class="wr-print">c</span></p>',
            '<p>a<span class="wr-print">c</span></p>',
        ),
        ('<h2 id="x">H<a class="headerlink" href="#x">#</a></h2>', '<h2 id="x">H</h2>'),
        ('<h2><span class="section-number">1.2. </span>H</h2>', "<h2>H</h2>"),
        ("<h4>H</h4>", "<h2>H</h2>"),  # no level is left out
        ("<p>a</p><button>copy</button><script>x</script><style>y</style>", "<p>a</p>"),
        (
            '<div class="cell tag_hide-input"><details class="hide above-input"><summary>s</summary>x</details>'
            '<div class="cell_output"><p>o</p></div></div>',
            "<p>o</p>",
        ),
        (
            "<details><summary>S</summary><p>o</p></details>",
            '<div class="admonition"><p class="admonition-title">S</p><p>o</p></div>',
        ),
        (
            '<div class="highlight-ipython3"><div class="highlight"><pre><span>import</span> x\n</pre></div></div>',
            '<pre class="python"><code>import x</code></pre>',
        ),
        (
            '<p>x <a class="footnote-reference" href="#id3">[1]</a>.</p><aside class="footnote-list">'
            '<aside class="footnote" id="id3"><span class="label">1</span><p>Said <em>so</em>.</p></aside></aside>',
            '<p>x.<span class="wr-note">Said <em>so</em>.</span></p>',
        ),
        (f"<p>x {MARK.format(href='e.html#e-1', note='N', text='●')}, y</p>", f"<p>x,{NOTE} y</p>"),
        (f"<p>{MARK.format(href='e.html#e-1', note='N', text='in 1953')} y</p>", f"<p>in 1953{NOTE} y</p>"),
        (f"<p>{MARK.format(href='e.html#e-1', note='', text='in 1953')} y</p>", "<p>in 1953 y</p>"),
        (f"<h2>{MARK.format(href='e.html#e-1', note='N', text='H')}</h2>", "<h2>H</h2>"),
        (
            "<p>x {0} y {0}.</p>".format(MARK.format(href="e.html#e-1", note="N", text="")),
            f"<p>x{NOTE} y.{NOTE}</p>",
        ),
        (
            '<p class="wr-flags"><span>a</span><span>b</span></p>',
            '<div class="wr-flags">Flags: <span>a</span>; <span>b</span></div>',
        ),
        (
            '<p><svg class="wr-g wr-g-attested" aria-hidden="true"></svg> <b>attested</b></p>',
            '<p><span class="wr-glyph">◉</span>\N{NO-BREAK SPACE}<b>attested</b></p>',
        ),
        (
            '<p><span class="wr-clause">x <a class="wr-mark" href="e.html#e-1" data-note="N"></a>.</span> y</p>',
            f"<p>x.{NOTE} y</p>",
        ),
        (
            '<p>see <a href="https://x.org/a">this</a></p>',
            '<p>see <a href="https://x.org/a">this</a>'
            '<span class="wr-note"><a href="https://x.org/a">https://x.org/a</a></span></p>',
        ),
        (
            '<p class="wr-how"><a href="https://x.org/a">Seen</a></p>',
            '<div class="wr-how"><a href="https://x.org/a">Seen: https://x.org/a</a></div>',
        ),
        ('<p><a href="https://x.org/">x.org</a></p>', '<p><a href="https://x.org/">x.org</a></p>'),
        (
            '<table border="1" class="dataframe"><tr style="text-align: right"><td>1</td></tr></table>',
            "<table><tr><td>1</td></tr></table>",
        ),
    ],
)
def test_what_is_cleaned_away_and_what_stays(tmp_path, screen, print_):
    assert cleaned(tmp_path, screen) == print_


EVENT = """<div class="wr-entry"><p class="wr-kicker">May 2018 · Statement</p>
<p class="wr-opening"><span class="wr-verdict">{sign} <b>attested</b></span> <span>One witness.</span></p>
<p class="wr-summary">Both houses met</p>
<p class="wr-how">Who took part: a.</p><p class="wr-rule">Attested: so (G3).</p>
<p class="wr-flags"><span>far</span><span>late</span></p>
<div class="wr-aspect" id="p-1"><p class="wr-aspect-name">Occurrence</p><p class="wr-label">Affirmed by</p>
<ul class="wr-witnesses"><li id="c-1"><b>Dawn</b> says so</li></ul></div>
<div class="wr-aspect" id="p-2"><p class="wr-aspect-name">Date</p>
<p class="wr-value-line"><span>15 May</span>: <span class="wr-verdict"><b>attested</b></span></p>
<p class="wr-value-line"><span>16 May</span>: <span class="wr-verdict"><b>alleged</b></span></p></div>
<div class="wr-aspect" id="p-3"><p class="wr-aspect-name">Place
<a class="wr-to-dispute" href="d.html#d-3">dispute</a></p>
<p class="wr-value-line"><span>Lahore</span>: <span class="wr-verdict"><b>alleged</b></span></p></div></div>
""".format(sign='<svg class="wr-g wr-g-attested" aria-hidden="true"></svg>')


def test_the_lines_of_an_entry_run_on_and_lose_no_word_and_no_place(tmp_path):
    text = cleaned(tmp_path, EVENT)
    lines = [
        " ".join(unescape(re.sub(r"<[^>]+>", "", line)).split())
        for line in re.split(r"</?(?:div|ul)[^>]*>", text)
        if re.sub(r"<[^>]+>", "", line).strip()
    ]
    assert lines == [
        "May 2018 · Statement",
        "◉ attested. One witness. Both houses met",
        "Who took part: a. Attested: so (G3). Flags: far; late.",
        "Occurrence Affirmed by",
        "Dawn says so",
        "Date 15 May: attested; 16 May: alleged. Place (dispute) Lahore: alleged.",
    ]
    assert re.findall(r'id="([^"]+)"', text) == ["p-1", "c-1", "p-2", "p-3"]


@pytest.mark.parametrize(
    ("screen", "print_"),
    [
        (
            '<div class="wr-source" id="s-1"><p class="wr-source-title">A, “B”, Dawn, 2018</p>'
            '<p class="wr-summary">News; read whole.</p><p class="wr-how">In a copy</p></div>',
            '<div class="wr-source" id="s-1"><p><span class="wr-source-title">A, “B”, Dawn, 2018.</span> '
            '<span class="wr-how">News; read whole.</span> <span class="wr-how">In a copy.</span></p></div>',
        ),
        (
            '<div class="wr-search"><p><b>Did he?</b> Nothing found.</p><p class="wr-how">Where: there.</p></div>',
            '<div class="wr-search"><p><span><b>Did he?</b> Nothing found.</span> '
            '<span class="wr-how">Where: there.</span></p></div>',
        ),
    ],
)
def test_a_source_or_a_search_is_one_paragraph(tmp_path, screen, print_):
    assert cleaned(tmp_path, screen) == print_


def test_neighbouring_marks_make_one_note(tmp_path):
    marks = [MARK.format(href="e.html#e-1", note=note, text="") for note in ("One", "Two")]
    text = cleaned(tmp_path, f"<p>x {marks[0]} {marks[1]}.</p>")
    assert text.count("wr-note") == 1
    assert re.sub(r"<[^>]+>", "", text).strip() == "x.One. The record. Two. The record."


def test_a_note_that_a_section_has_had_keeps_its_number(site, tmp_path):
    mark = MARK.format(href="reference/events.html#e-1953-x", note="Attested", text="")
    other = mark.replace("-x", "-y")
    events = page("Events", "<h2 id='e-1953-x'>X</h2><h2 id='e-1953-y'>Y</h2>")
    chapter = page("T", f"<p>a {mark}, z {other}</p><p>b {mark}</p><h2>H</h2><p>c {mark}</p>")
    html = site(**{"reference/events.html": events, "telegram.html": chapter})
    text = text_of(html)
    assert text.count("data-key") == 2 and text.count("data-same") == 2
    print_pdf(html, tmp_path / "book.pdf")
    printed = "".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "book.pdf").pages)
    assert printed.count("Attested.") == 1  # the same words again, though for another event
    between = chapter.replace("<h2>H</h2>", "<h2>H</h2><p>d <a href='https://x.org/a'>e</a></p>")
    print_pdf(site(**{"reference/events.html": events, "telegram.html": between}), tmp_path / "book.pdf")
    printed = "".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "book.pdf").pages)
    assert printed.count("Attested.") == 2  # a section of its own, and another note between


def test_a_wide_table_shares_the_page_by_what_its_columns_hold(tmp_path):
    row = f"<tr><td>1</td><td>{'word ' * 60}</td><td>{'of it ' * 10}</td></tr>"
    text = cleaned(tmp_path, f"<table>{row}</table>")
    widths = [float(w) for w in re.findall(r"width:([\d.]+)%", text)]
    assert sum(widths) == pytest.approx(100, abs=0.2)
    assert widths[0] < widths[2] < widths[1]
    assert 'class="wr-small"' in text
    assert "colgroup" not in cleaned(tmp_path, "<table><tr><td>1</td><td>word</td></tr></table>")


def test_a_table_of_many_long_words_stays_upright(site, tmp_path):
    cells = "".join("<td>unbreakableword and more of it</td>" for _ in range(9))
    table = f"<table><tr>{cells}</tr></table>"
    assert 'class="wr-small"' in cleaned(tmp_path, table)
    print_pdf(site(**{"telegram.html": page("T", table)}), tmp_path / "book.pdf")
    boxes = {tuple(page.mediabox) for page in pypdf.PdfReader(tmp_path / "book.pdf").pages}
    ((_, _, width, height),) = boxes
    assert (round(width), round(height)) == (432, 648)  # 6 by 9 inches


def text_of(html: Path) -> str:
    return "\n".join(map(lxml_tools.inner, read_book_pages(html).pieces))


def test_links_between_pages_become_links_inside_the_book(site):
    body = text_of(site())
    assert 'href="#reference-events.e-1953-x"' in body and 'id="reference-events.e-1953-x"' in body
    assert 'href="#telegram"' in body and 'id="telegram"' in body
    targets = set(re.findall(r'href="#([^"]+)"', body))
    ids = re.findall(r'id="([^"]+)"', body)
    assert targets <= set(ids) and len(ids) == len(set(ids))


def test_a_link_to_what_is_not_printed_is_plain_text(site):
    html = site(**{"telegram.html": page("T", "<p>the <a href='downloads/t.ipynb'>notebook</a></p>")})
    body = text_of(html)
    assert "the notebook" in re.sub("<[^>]+>", "", body) and "ipynb" not in body


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "<a href='reference/events.html#e-1'>x</a>",
            "telegram.html: the link to reference/events.html#e-1 leads nowhere",
        ),
        (FIGURE.format(alt=""), "telegram.html: figure fig-lag has no alternative text"),
        ("<img src='figures/lag.svg'/>", "telegram.html: figure figures/lag.svg has no alternative text"),
        ("<img src='no.png' alt='x'/>", "telegram.html: figure no.png needs no.png, which was not built"),
        (SVG, "telegram.html: a drawing outside a figure"),
    ],
)
def test_what_cannot_be_printed_is_named(site, tmp_path, body, message):
    html = site(**{"telegram.html": page("The telegram", body)})
    with pytest.raises(PressError) as refused:
        book.on_paper(html, tmp_path / "out", tmp_path / "memory")
    assert message in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_all_problems_are_named_at_once(site):
    html = site(**{"telegram.html": page("T", SVG + "<a href='#no'>x</a>"), "gone.html": ""})
    with pytest.raises(PressError) as refused:
        read_book_pages(html)
    assert len(str(refused.value).splitlines()) == 4


def test_pages_that_were_not_built(tmp_path):
    with pytest.raises(PressError, match="print-order.json is not in .*: build the HTML first"):
        read_book_pages(tmp_path)


def test_metadata_that_lacks_something(site):
    html = site()
    (html / "book.json").write_text('{"title": "T"}')
    with pytest.raises(PressError, match="book.json lacks author, date"):
        read_book_pages(html)


@pytest.fixture
def printed(site, tmp_path) -> pypdf.PdfReader:
    print_pdf(site(), tmp_path / "out" / "book.pdf")
    return pypdf.PdfReader(tmp_path / "out" / "book.pdf")


def test_the_pdf_has_an_outline_and_metadata(printed):
    def titles(items):
        return [titles(item) if isinstance(item, list) else item.title for item in items]

    assert titles(printed.outline) == [
        "History",
        ["1 The telegram", ["Later"]],
        "Reference",
        ["2 Events", ["Zafrullah, ḥ ğ ש ے"]],
    ]
    assert printed.metadata.title == "A Toy: Two pages"
    assert printed.metadata.author == "Nobody in particular"
    assert printed.metadata.creation_date.date().isoformat() == "2026-11-22"
    root = printed.trailer["/Root"]
    assert root["/Lang"].startswith("en") and root["/MarkInfo"]["/Marked"]
    declared = root["/Metadata"].get_data()
    assert b"pdfuaid:part>1<" in declared
    assert b"pdfaid:part>3<" in declared and b"pdfaid:conformance>A<" in declared


def test_the_text_of_the_pdf(printed):
    text = "\n".join(p.extract_text() for p in printed.pages)
    for piece in (
        "A Toy",
        "Version 1.2.3",
        "CC BY 4.0",
        "Coded by a machine.",
        "Contents",
        "How long it took.",
        "Attested: one witness. →\u00a0p.\u00a07",
        "ḥ ğ",
    ):
        assert piece in text, piece
    assert "(seen)" not in text and "Menu" not in text
    assert "Attested" in printed.pages[10].extract_text()


def test_fonts_are_embedded(printed):
    fonts = {}
    for p in printed.pages:
        for font in p["/Resources"].get("/Font", {}).values():
            child = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[child["/BaseFont"]] = child["/FontDescriptor"].get_object()
    assert any("LibertinusSerif" in f for f in fonts) and any("NotoNaskhArabic" in f for f in fonts)
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in fonts.values())


def test_links_in_the_pdf_lead_to_pages(printed):
    pages = {p.indirect_reference.idnum for p in printed.pages}
    annotations = [a.get_object() for p in printed.pages for a in p.get("/Annots", [])]
    inner = [a for a in annotations if "/URI" not in a.get("/A", {})]
    assert len(inner) >= 6  # contents, the note, the figure, the way back
    for annotation in inner:
        target = annotation.get("/Dest") or annotation["/A"]["/D"]
        if isinstance(target, (str, bytes)):
            target = printed.named_destinations[target].dest_array
        assert target[0].idnum in pages


def test_the_alternative_text_is_in_the_pdf(printed):
    def walk(node):
        node = node.get_object()
        if isinstance(node, dict):
            if "/Alt" in node:
                yield node["/Alt"]
            node = node.get("/K", [])
        for child in node if isinstance(node, list) else [node]:
            if not isinstance(child.get_object(), (int, str)):
                yield from walk(child)

    assert "Bars: 3 events" in list(walk(printed.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def test_a_letter_that_no_font_has_is_reported(site, tmp_path):
    html = site(**{"telegram.html": page("The telegram", "<p>dragon: 龍</p>")})
    with pytest.raises(PressError, match=r"telegram\.html: no font of the book has 龍 \(U\+9F8D\)"):
        print_pdf(html, tmp_path / "book.pdf")


@pytest.mark.parametrize("press", [print_pdf, print_epub])
def test_same_bytes_twice(site, tmp_path, press, monkeypatch):
    html = site()
    press(html, tmp_path / "one")
    monkeypatch.setenv("TZ", "Asia/Karachi")
    other = tmp_path / "elsewhere" / "deeper"
    shutil.copytree(html, other, ignore=shutil.ignore_patterns("one", "elsewhere"))
    press(other, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_page_of_entries_has_two_columns_and_its_own_running_heads(site, tmp_path):
    entries = EVENT.replace("d.html#d-3", "#top") * 40
    print_pdf(
        site(**{"reference/events.html": page("Events", "<h2 id='e-1953-x'>X</h2>" + entries)}),
        tmp_path / "book.pdf",
    )
    pages = pypdf.PdfReader(tmp_path / "book.pdf").pages
    first = next(n for n, p in enumerate(pages) if "Who took" in p.extract_text())
    assert "Reference" in pages[first + 1].extract_text() + pages[first + 2].extract_text()
    across = set()

    def note(text, cm, tm, *_):
        if "Who took" in text:
            across.add(round(cm[4] + tm[4] * cm[0]))

    pages[first].extract_text(visitor_text=note)
    assert len(across) == 2, across


def test_only_pages_that_changed_are_converted_again_and_the_bytes_are_the_same(site, tmp_path, monkeypatch):
    converted = []
    pandoc = pdf.pandoc
    monkeypatch.setattr(pdf, "pandoc", lambda text, *a, **k: converted.append(text) or pandoc(text, *a, **k))
    print_pdf(site(), tmp_path / "cold.pdf", tmp_path / "memory")
    assert len(converted) == 4  # two parts, two pages
    print_pdf(site(), tmp_path / "warm.pdf", tmp_path / "memory")
    assert len(converted) == 4
    assert (tmp_path / "warm.pdf").read_bytes() == (tmp_path / "cold.pdf").read_bytes()
    new = site(**{"telegram.html": page("The telegram", "<p>Other words.</p>")})
    print_pdf(new, tmp_path / "warm.pdf", tmp_path / "memory")
    assert len(converted) == 5 and "Other words." in converted[-1]
    print_pdf(new, tmp_path / "cold.pdf")
    assert (tmp_path / "warm.pdf").read_bytes() == (tmp_path / "cold.pdf").read_bytes()
    assert len(list((tmp_path / "memory").iterdir())) == 4  # the old telegram is forgotten


def test_a_conversion_that_was_cut_short_is_done_again(tmp_path):
    assert conversion_cache.converted(["a"], str.upper, tmp_path) == ["A"]
    (known,) = tmp_path.iterdir()
    known.rename(known.with_suffix(".new")).write_text("hal")
    with pytest.raises(ZeroDivisionError):
        conversion_cache.converted(["a"], lambda text: str(1 / 0), tmp_path)
    assert conversion_cache.converted(["a"], str.upper, tmp_path) == ["A"]
    assert list(tmp_path.iterdir()) == [known]


@pytest.fixture
def packed(site, tmp_path) -> zipfile.ZipFile:
    print_epub(site(), tmp_path / "book.epub")
    return zipfile.ZipFile(io.BytesIO((tmp_path / "book.epub").read_bytes()))


def test_the_structure_of_the_epub(packed):
    names = packed.namelist()
    assert names[0] == "mimetype" and packed.read("mimetype") == b"application/epub+zip"
    assert packed.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert names[1:] == sorted(names[1:])
    assert {info.date_time for info in packed.infolist()} == {(2026, 11, 22, 0, 0, 0)}
    for name in names:
        if name.endswith((".xhtml", ".opf", ".ncx", ".svg")):
            ElementTree.fromstring(packed.read(name))


def test_the_metadata_of_the_epub(packed):
    opf = packed.read("EPUB/content.opf").decode()
    for piece in (
        "<dc:language>en<",
        "Nobody in particular",
        "2026-11-22T00:00:00Z",
        "Version 1.2.3. Text and data: CC BY 4.0",
        '"schema:accessMode">textual',
        '"schema:accessibilityFeature">alternativeText',
        "cover-image",
    ):
        assert piece in opf, piece


def test_the_text_of_the_epub(packed):
    nav = packed.read("EPUB/nav.xhtml").decode()
    assert 'epub:type="bodymatter"' in nav and 'epub:type="toc"' in nav and "The telegram" in nav
    chapters = [packed.read(n).decode() for n in packed.namelist() if re.search(r"text/ch\d+", n)]
    telegram = next(c for c in chapters if "A claim" in c)
    assert "<title>1 The telegram</title>" in telegram
    assert 'epub:type="noteref"' in telegram and 'epub:type="footnote"' in telegram
    record = r'Attested: one witness\. <a [^>]*href="ch\d+\.xhtml#reference-events\.e-1953-x"'
    assert re.search(record, telegram)
    assert 'alt="Bars: 3 events"' in telegram


def test_every_note_of_the_epub_has_its_number_and_a_way_back(packed):
    noted = 0
    for name in packed.namelist():
        if not re.search(r"text/ch\d+", name):
            continue
        page = ElementTree.fromstring(packed.read(name))
        ids = {tag.get("id"): tag for tag in page.iter() if tag.get("id")}
        for call in (tag for tag in page.iter() if tag.get("role") == "doc-noteref"):
            note = ids[call.get("href").removeprefix("#")]
            back = next(tag for tag in note.iter() if tag.get("role") == "doc-backlink")
            assert back.text == call.text and ids[back.get("href").removeprefix("#")] is call
            assert "".join(note.itertext()).startswith(f"{call.text} ")
            noted += 1
    assert noted


def test_the_contents_of_the_epub_name_sections_that_are_there(packed):
    nav = packed.read("EPUB/nav.xhtml").decode()
    inner = re.findall(r'<ol><li><a href="(text/[^"#]+)#([^"]+)">', nav)
    assert any("." in fragment for _, fragment in inner)
    for file, fragment in re.findall(r'<a href="(text/[^"#]+)#([^"]+)"', nav):
        assert f'id="{fragment}"' in packed.read(f"EPUB/{file}").decode(), (file, fragment)


@pytest.mark.outside
def test_epubcheck(site, tmp_path):
    print_epub(site(), tmp_path / "book.epub")
    done = subprocess.run(
        ["java", "-jar", "/usr/bin/epubcheck", str(tmp_path / "book.epub")], capture_output=True, text=True
    )
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout, done.stdout + done.stderr
