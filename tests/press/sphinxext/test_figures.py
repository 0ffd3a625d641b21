"""Figures on the page: alt text, caption, colours for both modes, and the files beside the page."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
import toybook
from bs4 import BeautifulSoup
from links import whole
from without_recognition import charts, load
from without_recognition.charts import faces, style
from without_recognition.evidence import labels
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext import figures
from without_recognition.press.sphinxext.domain import EvidenceDomain

CELL = """
from without_recognition.charts import Figure
class Toy:
    _ipython_display_ = Figure._ipython_display_
    title = "A title"
    _shown = lambda self: ["Shows: A caption."]
    key = "toy"
    def _repr_mimebundle_(self, include=None, exclude=None):
        svg = ('<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="64pt" '
               'height="32pt" viewBox="0 0 64 32"><defs><path id="g1" d="M0 0"/></defs>'
               '<g id="ev:2005-istanbul-meeting:dot"><use href="#g1" style="fill: #1f2328"/></g><g clip-path="url(#c1)"/></svg>')
        words = {"key": "toy", "title": "A title", "caption": "A caption.", "lacks": "What it lacks.", "source_line": "Source.",
                 "alt": "4 events <b>", "numbers": [["2005; June", "4: events"]], "event_ids": [],
                 "citation": "Cite it.", "csv": "year,events\\n2005,4\\n"}
        return {"image/svg+xml": svg, "text/plain": "alt"}, {"image/svg+xml": {"without-recognition": words}}
Toy()
"""  # noqa: E501
PAGE = toybook.NOTEBOOK + f"# Figures\n\n```{{code-cell}}\n{CELL}\n```\n"


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    out, warnings, wrong = toybook.build(tmp_path_factory.mktemp("figures"), PAGE, strict=True)
    assert not wrong, warnings
    return out


@pytest.fixture(scope="module")
def figure(html):
    return BeautifulSoup(whole(html / "istanbul.html"), "html.parser").select_one("figure.wr-figure")


def test_the_figure_has_its_address_words_and_a_number(figure):
    assert figure["id"] == "fig-toy"
    assert figure.figcaption.get_text(" ", strip=True).startswith("Figure 1. A title Shows: A caption.")
    assert figure.figcaption.select_one(".wr-lacks").get_text() == "Does not show: What it lacks."
    row = figure.details.table.tr
    assert (row.th.get_text(), row.td.get_text()) == ("2005; June", "4: events")  # whatever stands in a name
    assert "Cite it." in figure.get_text()


def test_the_words_that_a_notebook_shows_beside_it_stand_once_on_the_page(html, figure):
    page = BeautifulSoup(whole(html / "istanbul.html"), "html.parser")
    assert page.select_one(".cell_output").get_text().count("Shows: A caption.") == 1
    assert figure.get_text().count("Shows: A caption.") == 1


def test_alt_text_from_the_data_reaches_the_page_escaped(figure):
    assert figure.svg["aria-hidden"] == "true" and figure.select_one("p.wr-alt").get_text() == "4 events <b>"


def test_the_drawing_is_clean_scalable_and_its_ids_are_its_own(figure):
    text = str(figure.svg)
    assert (
        "<?xml" not in str(figure)
        and "width" not in figure.svg.attrs
        and "viewbox" in {k.lower() for k in figure.svg.attrs}
    )
    assert 'id="f1w-g1"' in text and 'href="#f1w-g1"' in text and "url(#f1w-c1)" in text


def test_marks_of_events_can_be_dimmed(figure):
    mark = figure.select_one(".wr-ev")
    assert (
        mark["data-level"] == "3"
        and mark["data-voices"] == "israeli other pakistani"
        and "id" not in mark.attrs
    )
    assert (mark.name, mark["href"]) == ("a", "events/2005-istanbul-meeting.html")


def test_colours_follow_the_mode(figure):
    assert "var(--wr-fig-1f2328,#1f2328)" in str(figure)


def test_every_colour_of_the_charts_has_a_dark_partner():
    css = Path(figures.__file__).with_name("static").joinpath("wr.css").read_text("utf-8")
    dark = css[css.index('html[data-theme="dark"]') :]
    for name, colour in style.PALETTE.items():
        assert re.search(rf"--wr-fig-{colour[1:]}: #[0-9a-f]{{6}};", dark), (name, colour)


def test_files_beside_the_page_reproduce_the_figure(html, figure):
    links = {a.get_text(): html / a["href"] for a in figure.select(".wr-downloads a")}
    assert list(links) == ["SVG", "PNG", "CSV", "try a variant"]
    assert list(csv.DictReader(io.StringIO(links["CSV"].read_text("utf-8")))) == [
        {"year": "2005", "events": "4"}
    ]
    assert links["SVG"].read_text("utf-8").count("<svg") == 1
    assert links["PNG"].read_bytes().startswith(b"\x89PNG")


def test_a_second_build_from_the_cache_keeps_the_files(html):
    for path in (html / "figures").iterdir():
        path.unlink()
    out, _, wrong = toybook.build(html.parent, PAGE, strict=True)
    assert not wrong and {p.name for p in (out / "figures").iterdir()} == {"toy.svg", "toy.png", "toy.csv"}


def test_a_real_chart_passes_the_contract(tmp_path):
    """The book's own charts carry what the page needs."""
    from without_recognition import charts

    history = load(toybook.write_package(tmp_path))
    made = charts.timeline(history.chapter("istanbul"))
    data, meta = made._repr_mimebundle_()
    fields = meta["image/svg+xml"][figures.KEY]
    assert {
        "key",
        "title",
        "caption",
        "source_line",
        "alt",
        "numbers",
        "citation",
        "csv",
    } <= fields.keys()
    drawn = figures.inline(data["image/svg+xml"], "f1", Lookup(history))
    assert drawn.count('class="wr-ev"') >= 4
    assert not set(re.findall(r"#[0-9a-f]{6}", drawn)) - set(style.PALETTE.values())


def test_a_drawing_is_as_fine_as_a_screen_and_its_words_are_left_alone(book):
    svg = (
        '<svg width="9pt" viewBox="0 0 424.83 9"><g transform="translate(1.234 5)">'
        '<path d="M 0 595.583 \nL 424.02 7 \nz\n"/>'
        '<text x="326.57" y="12.30" font-size="7.85px" opacity="0.35">0.123, of 1.00</text></g></svg>'
    )
    drawn = str(figures.inline(svg, "f1", Lookup(book)))
    assert '<g transform="translate(1.2 5)"><path d="M 0 595.6 L 424 7 z"/>' in drawn
    assert '<text x="326.6" y="12.3" font-size="7.85px" opacity="0.35">0.123, of 1.00</text>' in drawn


def test_tellings_and_values_are_marks_that_lead_on_and_obey_the_reading_state(book):
    """A telling leads to its claim and opens the card of its source; a value leads to its question."""
    look, event = Lookup(book), "2025-03-journalists-visit"
    drawn = figures.inline(charts.transmission(book, event).svg, "f1", look, "../")
    marks = BeautifulSoup(drawn, "html.parser").select("a.wr-ev")
    told = {m["href"].partition("#c-")[2]: m for m in marks if "#c-" in m["href"]}
    assert len(told) > 5 and 'id="ev:' not in drawn
    level = str(labels.level(look.judged[event, "occurrence", ""][0]))
    for claim_id, mark in told.items():
        row, source = look.weighing.testimony(claim_id), look.claim(claim_id)["source_id"]
        assert mark["href"].startswith(f"../events/{event}.html#") and mark["data-card"] == f"card-s-{source}"
        assert mark.get("data-level") == (level if row.stance == "affirms" else None)
        assert mark["data-voices"] == labels.voice(row.side)
    assert {mark.get("data-level") for mark in told.values()} == {level, None}
    assert len({mark["data-voices"] for mark in told.values()}) > 1
    unread = [m for m in marks if "#s-" in m["href"]]
    assert all(m["href"].startswith("../reference/cited-sources.html#") and m["data-voices"] for m in unread)

    drawn = figures.inline(charts.rivals(book, "2005-istanbul-meeting", "initiator").svg, "f1", look)
    values = BeautifulSoup(drawn, "html.parser").select("a.wr-ev")
    assert {m["href"] for m in values} == {
        "events/2005-istanbul-meeting.html#p-2005-istanbul-meeting-initiator"
    }
    assert {m["data-card"] for m in values} == {"card-d-2005-istanbul-meeting-initiator"}
    found = look.judged["2005-istanbul-meeting", "initiator", ""]
    assert {m["data-level"] for m in values} == {str(labels.level(j)) for j in found} and len(values) > len(
        found
    )
    assert {m["data-voices"] for m in values} == {" ".join(labels.voices(j.affirms)) for j in found}


def test_a_drawing_has_words_and_no_styles_of_its_own(book, tmp_path):
    """Words can be found and read aloud, in both forms; PNG and PDF show them too;
    a policy without inline styles holds."""
    import typst

    made = charts.timeline(book.chapter("istanbul"))
    for svg in (made.svg, made.narrow):
        words = BeautifulSoup(svg, "xml").find_all("text")
        assert "Istanbul" in " ".join(word.get_text() for word in words)
        assert {word["font-family"] for word in words} == {"'Source Sans 3', sans-serif"}
        assert "style" not in faces.dropped(svg)
    whole = made.svg  # wherever it is opened, also where nobody has the face
    assert whole.count("@font-face") == 1 + ('font-weight="600"' in made.svg)
    assert made._repr_mimebundle_()[0]["image/svg+xml"] == whole
    (tmp_path / "a.svg").write_text(whole, "utf-8")
    pdf = typst.compile(
        b'#image("a.svg")', root=str(tmp_path), font_paths=[str(figures.FONTS)], ignore_system_fonts=True
    )
    (tmp_path / "a.pdf").write_bytes(pdf)
    told = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True)
    assert "Istanbul" in told.stdout
    assert figures._png(tmp_path / "a.svg") != blank(tmp_path, whole)


def test_a_drawing_taken_away_says_what_it_shows_whose_it_is_and_under_which_licence(book):
    made = charts.timeline(book.chapter("istanbul"))
    fields = made._repr_mimebundle_()[1]["image/svg+xml"][figures.KEY]
    whole = BeautifulSoup(figures.described_svg(made.svg, fields), "xml")
    assert whole.svg.find("title", recursive=False).get_text() == made.title
    assert whole.svg.desc.get_text() == made.alt
    assert whole.metadata.find("bibliographicCitation").get_text() == made.citation
    assert whole.metadata.find("license")["rdf:resource"].startswith(
        "https://creativecommons.org/licenses/by/4.0"
    )
    odd = figures.described_svg("<svg/>", {**fields, "title": "a < b & \\1", "key": "x"})
    assert "<title>a &lt; b &amp; \\1</title>" in odd


def blank(folder, svg):
    """The picture of the same drawing without words."""
    (folder / "b.svg").write_text(re.sub(r"<text.*?</text>", "", svg), "utf-8")
    return figures._png(folder / "b.svg")


def test_files_of_a_figure_that_is_gone_go(tmp_path):
    drawn = {
        "key": "x-kept",
        **dict.fromkeys(("title", "alt", "source_line", "citation"), "Words."),
        "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "csv": "a\n",
    }
    evidence = EvidenceDomain(SimpleNamespace(domaindata={}))
    env, builder = SimpleNamespace(get_domain=lambda name: evidence), SimpleNamespace(format="html")
    app = SimpleNamespace(outdir=tmp_path, builder=builder, env=env)
    evidence.figures.update({"one": {"x-kept": drawn}, "two": {"x-gone": drawn}})
    figures.write_figures(app, None)
    assert len(list((tmp_path / "figures").iterdir())) == 6
    evidence.clear_doc("two")
    figures.write_figures(app, None)
    assert {path.stem for path in (tmp_path / "figures").iterdir()} == {"x-kept"}
