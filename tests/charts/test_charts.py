"""Charts: the bad cases, the words computed from the data, the same bytes twice, and figures for every chapter."""

from __future__ import annotations

import base64
import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from conftest import make_history, module_at
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from nbformat.v4 import new_code_cell, new_notebook
from without_recognition import charts, evidence, findings
from without_recognition.charts import general_debate, rows, style, voices
from without_recognition.charts.figure import KEY
from without_recognition.citations import notes
from without_recognition.press.execution import runner
from without_recognition.press.sphinxext.nodes import SIGNS

OF_CHAPTER = (
    charts.timeline,
    charts.who_says,
    charts.echo,
    charts.disclosure,
    charts.balance,
    charts.channels,
)


def history(*dates: str, visibility: str = "secret"):
    """One chapter with an event a date, each told by one paper in 2010."""
    return make_history(
        sources=[{"source_id": "a", "issued": "2010"}],
        events=[
            {"event_id": f"2005-e{n}", "title": f"Event {n}", "date": d, "visibility": visibility}
            for n, d in enumerate(dates)
        ],
        claims=[
            {"claim_id": f"2005-e{n}.1", "event_id": f"2005-e{n}", "source_id": "a"}
            for n in range(len(dates))
        ],
    ).chapter("istanbul")


@pytest.mark.parametrize("chart", OF_CHAPTER)
@pytest.mark.parametrize(
    "dates",
    [[], ["2005-09-01"], ["2005~", "2004/2005", "[2001..2003]", "1881/1968", "2004/.."]],
    ids=["empty", "one", "uncertain"],
)
def test_the_bad_cases_draw(chart, dates: list[str]) -> None:
    figure = chart(history(*dates))
    ET.fromstring(figure.svg)
    assert (re.search(r"\d", figure.alt) and figure.title in figure.alt) or figure.alt
    assert figure.source_line in figure._repr_mimebundle_()[1]["image/svg+xml"][KEY]["source_line"]


def test_counts_stand_in_a_figure_as_on_a_card() -> None:
    """Four digits have their comma, and one with a decimal makes no sides of a line of numbers."""
    given = {"event_id": "2005-e0", "source_id": "a", "stance": "affirms", "basis": "reported"}
    counts = [given | {"aspect": "count", "of": "jews", "value": v} for v in ("1.5", "4000", "900/1200")]
    rows = [row | {"claim_id": f"2005-e0.{n}"} for n, row in enumerate(counts, 2)]
    figure = charts.rivals(history("2005").with_claims(rows), "2005-e0", "count", "jews")
    assert [value for value, _ in figure.numbers] == ["1.5", "4,000", "900 to 1,200"]
    assert "1.5 (Other)" in figure.svg, "a line of numbers, with whose word behind each"


def test_an_open_end_is_no_year() -> None:
    figure = charts.timeline(history("../1956", "1961", "2004/.."))
    assert ", 1956 to 2004;" in figure.alt
    assert figure.data["earliest"].tolist() == ["", "1961-01-01", "2004-01-01"]
    assert figure.data["latest"].tolist() == ["1956-12-31", "1961-12-31", ""]


@pytest.mark.parametrize("chart", OF_CHAPTER)
def test_alt_text_has_a_number_and_is_no_file_name(book, chart) -> None:
    figure = chart(book.chapter("istanbul"))
    assert re.search(r"\d", figure.alt) and not figure.alt.endswith((".svg", ".png"))
    assert 20 < len(figure.alt) < 300 and figure.description


def test_the_timeline_has_one_mark_an_event_and_a_bar_for_an_uncertain_date() -> None:
    figure = charts.timeline(history("2005-09-01", "2003"))
    drawn = (
        ET.fromstring(figure.svg).findall(".//*[@id='ev:2005-e0']"),
        ET.fromstring(figure.svg).findall(".//*[@id='ev:2005-e1']"),
    )
    assert [len(d) for d in drawn] == [1, 1]
    assert figure.data[["event_id", "earliest", "latest"]].values.tolist() == [
        ["2005-e1", "2003-01-01", "2003-12-31"],
        ["2005-e0", "2005-09-01", "2005-09-01"],
    ]
    assert sorted(figure.event_ids) == ["2005-e0", "2005-e1"]


def many(visibility: str = "public"):
    """Thirty events of a source of 2010, more than a figure names; the last two, which it leaves out, are denied."""
    ids = [f"20{n:02}-x" for n in range(30)]
    return make_history(
        sources=[{"source_id": s, "issued": "2010"} for s in "ab"],
        events=[{"event_id": i, "date": f"{i[:4]}-01-01", "visibility": visibility} for i in ids],
        claims=[{"claim_id": f"{i}.1", "event_id": i, "source_id": "a"} for i in ids]
        + [{"claim_id": f"{i}.2", "event_id": i, "source_id": "b", "stance": "denies"} for i in ids[-2:]],
    )


def test_a_title_counts_all_events_and_the_caption_those_shown() -> None:
    who = charts.who_says(many())
    assert who.title.startswith("2 of 30 events are denied") and who.alt.startswith("30 events")
    assert who.data["event_id"].nunique() == 26 and "Shown: 26 of 30" in who.caption
    hidden = charts.disclosure(many("secret"))
    assert hidden.title.startswith("20 of 30 events not public at the time were known")
    assert (
        hidden.alt.startswith("30 events") and len(hidden.data) == 26 and "Shown: 26 of 30" in hidden.caption
    )


def test_no_share_of_all_that_there_is_has_an_interval(book) -> None:
    """Votes, members of the OIC and coded events were not drawn by lot."""
    for made in (
        charts.un_governments(),
        charts.un_with_arabs(),
        charts.un_subjects(),
        charts.un_agreement(),
        charts.oic_hazards(),
        charts.echo_by_group(book),
        charts.firm_by_group(book),
    ):
        assert not {"low", "high"} & set(made.data.columns), made.key
        assert not re.search(r"interval|bootstrap|Wilson|Pearson", made.caption + made.description), made.key
    said = {name: words(book) for name, words in findings.NUMBERS.items()}
    assert [name for name, words in said.items() if "interval" in words] == []


def test_the_csv_reproduces_the_marks() -> None:
    figure = charts.echo(
        make_history(
            sources=[{"source_id": s} for s in "abc"],
            events=[{"event_id": "2005-x", "title": "=1+1"}],
            claims=[
                {"claim_id": f"2005-x.{n}", "event_id": "2005-x", "source_id": s, "origin": o}
                for n, (s, o) in enumerate([("a", "self"), ("b", "a"), ("c", "a")], 1)
            ],
        ).chapter("istanbul")
    )
    rows = list(csv.DictReader(io.StringIO(figure.csv())))
    assert [(r["lines"], r["mentions"]) for r in rows] == [("1", "3")]
    assert rows[0]["title"] == "'=1+1"  # a spreadsheet must not run it


@pytest.mark.parametrize(
    "make",
    [
        lambda b: charts.timeline(b.chapter("istanbul")),
        lambda b: charts.un_agreement(),
        lambda b: charts.transmission(b, "1948-ben-gurion-telegram"),
    ],
)
def test_the_same_bytes_twice(book, make) -> None:
    assert make(book).svg == make(book).svg


def test_an_id_stands_once_in_a_drawing(book) -> None:
    """Labels of two lines and rows of two bars are marks of one name."""
    made = [chart(book.chapter("istanbul")) for chart in OF_CHAPTER]
    made += [charts.un_subjects(book), charts.oic_hazards(book), charts.time_to_disclosure(book)]
    for figure in made:
        for svg in (figure.svg, figure.narrow):
            ids = [mark.get("id") for mark in ET.fromstring(svg).iter() if mark.get("id")]
            assert len(ids) == len(set(ids)), figure.key


def test_only_colours_of_the_palette_are_drawn(book) -> None:
    for chart in OF_CHAPTER:
        used = set(re.findall(r"#[0-9a-f]{6}", chart(book.chapter("istanbul")).svg))
        assert used <= {*style.PALETTE.values(), "#ffffff"}, used


def test_a_notebook_that_shows_no_svg_shows_a_picture_and_words(book) -> None:
    figure = charts.balance(book.chapter("zia"))
    data, meta = figure._repr_mimebundle_()
    picture = base64.b64decode(data["image/png"])
    assert picture.startswith(b"\x89PNG") and b"tIME" not in picture and b"Matplotlib" not in picture
    assert len(picture) < 100_000 and picture == charts.balance(book.chapter("zia")).png
    assert figure.title in data["text/plain"] and figure.caption in data["text/plain"]
    assert list(meta) == ["image/svg+xml"]


@pytest.mark.parametrize("left_out", ["", "sources='dahri-2016'"], ids=["edition", "variant"])
def test_a_notebook_says_title_and_caption_beside_the_picture(book, left_out) -> None:
    """A front end shows one form of each output, and where nobody trusts the notebook no SVG and no script."""
    cell = f"import without_recognition as w; w.charts.balance(w.load().without({left_out}).chapter('zia'))"
    notebook = new_notebook(cells=[new_code_cell(cell)])
    runner.run_notebook(notebook)
    words, picture = (output.data for output in notebook.cells[0].outputs)
    said = words.pop("text/markdown").replace("\\", "")
    figure = charts.balance(book.chapter("zia"))
    assert not words and figure.lacks in said
    assert left_out or said == f"**{figure.title}**\n\nShows: {figure.caption} Does not show: {figure.lacks}"
    assert ("Variant of" in said) is bool(left_out)
    assert set(picture) == {"image/svg+xml", "image/png", "text/plain"}


def test_both_forms_are_as_wide_as_their_room(book) -> None:
    figure = charts.timeline(book.chapter("istanbul"))
    widths = [float(re.search(r'viewBox="0 0 (\S+)', svg)[1]) for svg in (figure.svg, figure.narrow)]
    assert widths == pytest.approx([72 * style.WIDTH, 72 * style.NARROW])
    for svg, least in ((figure.svg, 7.5), (figure.narrow, 8.5)):
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)) >= least


def test_the_faces_have_every_letter_that_figures_need(book) -> None:
    """A letter that the cut faces lack would come from another face on the page, and from none in the PDF."""
    fonts = module_at("analysis/tools/fonts.py")
    words = [
        *book.events["title"],
        *book.actors["name"],
        *(notes.author_year(s) for _, s in book.sources.iterrows()),
    ]
    drawn = {ord(letter) for word in words for letter in word}
    whole = set(FT2Font(str(style.FILES[400])).get_charmap())
    assert sorted(map(chr, drawn - (fonts.letters() & whole))) == []


def test_transmission_counts_what_the_rules_count(book) -> None:
    event = "1948-ben-gurion-telegram"
    figure, j = charts.transmission(book, event), evidence.judge(book, event)
    assert len(figure.data[figure.data["stance"] == "affirms"]) <= j.mentions
    assert figure.alt.startswith(f"{j.mentions} tellings")


def test_named_votes_are_those_of_the_record() -> None:
    votes = charts.un_key_votes().data.set_index(["resolution", "country"])["vote"]
    assert votes["A/RES/181(II)", "PAK"] == "N" and votes["A/RES/273(III)", "PAK"] == "N"
    assert votes["A/RES/46/86", "PAK"] == "N" and votes["A/RES/46/86", "ISR"] == "Y"


def shapes(figure, entry: str) -> list[ET.Element]:
    """What is drawn of an entry, by the names of its groups."""
    return [g for g in ET.fromstring(figure.svg).iter() if str(g.get("id")).startswith(f"ev:{entry}:")]


def test_each_telling_and_each_value_is_a_mark_of_its_own(book) -> None:
    """So that it leads somewhere and obeys the reading state: line, mark and label alike."""
    event = "1948-ben-gurion-telegram"
    chain, line = charts.transmission(book, event), charts.rivals(book, "2009-isi-israel-contact", "date")
    named = set(re.findall(r'id="ev:([^":]+)', chain.svg))
    j = evidence.judge(book, event)
    assert {f"c-{r.claim_id}" for r in (*j.denies, *j.doubts)} <= named
    assert len(named) == len(chain.data) and all(name.startswith(("c-", "s-")) for name in named)
    for name in named:
        assert {"label", "mark"} <= {g.get("id").split(":")[2] for g in shapes(chain, name)}
    for by_side in (line, charts.rivals(book, "2005-istanbul-meeting", "initiator")):
        values = set(re.findall(r'id="ev:(p-[^":]+)', by_side.svg))
        assert len(values) == by_side.data["value"].nunique()
        assert all(len(shapes(by_side, value)) >= 2 for value in values)


def test_the_colours_of_sides_have_a_key(book) -> None:
    for event in ("1948-ben-gurion-telegram", "2020-envoy-tel-aviv", "1998-tarar-weizman"):
        svg = charts.transmission(book, event).svg
        drawing, key = svg.split('id="key"')
        for side, colour in style.SIDES.items():
            assert (colour in drawing) == (colour in key) == (f"{side.capitalize()} account" in key)


def test_disputed_is_a_diamond_in_a_diamond_as_in_the_text() -> None:
    """In figures as in `press/sphinxext/nodes.py`: the fuller, the more stands against it."""
    for name, share in rows.AGAINST.items():
        ax = Figure().add_subplot()
        rows.status(ax, 0, 0, name)
        ring, *inner = ax.lines
        assert {one.get_marker() for one in ax.lines} == {"D"} and ring.get_markerfacecolor() == "none"
        assert [one.get_markersize() for one in inner] == pytest.approx(
            [ring.get_markersize() * share] if share else []
        )
    assert [SIGNS[name].count('d="M8') for name in ("challenged", "disputed", "contradicted")] == [1, 2, 1]
    assert 0 == rows.AGAINST["challenged"] < rows.AGAINST["disputed"] < rows.AGAINST["contradicted"] == 1


def test_a_cross_says_no_and_nothing_else(book) -> None:
    """A denial, a vote against, a refusal to recognise: one sign, one meaning."""
    meant = re.compile(r"den(ies|ial)|no$|against")
    seen = 0
    for module in (general_debate, voices):
        for look, words in (*getattr(module, "KEYED", ()), *getattr(module, "WITNESSES", ())):
            if not isinstance(look, str) and look.get("marker") == "x":
                seen += 1
                assert meant.search(words), words
    for figure in (
        charts.survival(book),
        charts.un_key_votes(),
        charts.transmission(book, "2020-envoy-tel-aviv"),
    ):
        for look, words in figure._picture._below[0]:
            if not isinstance(look, str) and look.get("marker") == "x":
                seen += 1
                assert meant.search(words), words
    assert seen == 4


def test_no_point_of_the_votes_is_cut_and_moved_names_have_a_leader(book) -> None:
    drawing = charts.un_agreement(book)._picture._drawing
    drawing.draw_without_rendering()
    for ax in drawing.axes:
        inside = ax.get_window_extent()
        for line in (one for one in ax.lines if one.get_marker() == "o"):
            radius = line.get_markersize() / 2 * drawing.dpi / 72
            for x, y in ax.transData.transform(line.get_xydata()):
                assert inside.x0 <= x - radius and x + radius <= inside.x1
                assert inside.y0 <= y - radius and y + radius <= inside.y1
        ends = {line.get_color(): line.get_xydata()[-1] for line in ax.lines if line.get_marker() == "o"}
        led = {line.get_color(): line.get_xydata() for line in ax.lines if line.get_marker() != "o"}
        for name in ax.texts:
            end, place = ends[name.get_color()], name.get_position()[1]
            assert (name.get_color() in led) == (place != pytest.approx(end[1])), name.get_text()
            if name.get_color() in led:
                assert led[name.get_color()][:, 1] == pytest.approx([end[1], place])


def test_what_falls_together_stands_together_on_the_axis_of_time() -> None:
    """No leaders that could meet: the mark of an event stands at its date, one row below the one before."""
    drawing = charts.timeline(
        history("2005-09-01", "2005-09-02", "2005-09-03", "2003", "2001")
    )._picture._drawing
    gids = re.compile(r"ev:[^:]+")
    marks = [one for one in drawing.axes[0].lines if gids.fullmatch(str(one.get_gid()))]
    assert [num2date(m.get_xdata()[0]).date().day for m in marks] == [1, 2, 3]
    assert len({m.get_ydata()[0] for m in marks}) == 3
    bars = [p for p in drawing.axes[0].patches if p.get_gid()]
    assert [num2date(p.get_x()).year for p in bars] == [2001, 2003] and len(bars) == 2


def test_the_axis_holds_each_date_that_is_known_and_points_beyond_for_the_rest() -> None:
    """Before the chapter's own years too; a span of decades does not stretch it, and says that it goes on."""
    drawing = charts.timeline(history("1918-12", "2005-09-01", "2003/..", "1881/2004"))._picture._drawing
    ax = drawing.axes[0]
    at = {str(one.get_gid()): one for one in ax.lines}
    low, high = (num2date(x).year for x in ax.get_xlim())
    assert num2date(at["ev:2005-e0"].get_xdata()[0]).year == 1918
    assert 1910 < low <= 1918 and 2005 <= high <= 2010
    assert at["ev:2005-e2:on"].get_marker() == ">" and at["ev:2005-e3:on"].get_marker() == "<"
    assert "ev:2005-e0:on" not in at and "ev:2005-e1:on" not in at


@pytest.mark.parametrize("chart", [charts.contacts_over_time, charts.timeline, charts.goods_and_arms])
def test_bars_have_a_key(book, chart) -> None:
    figure = chart(book.chapter("zia") if chart is charts.timeline else book)
    assert rows.LOOSE[1] in figure.svg
    assert rows.LOOSE[1] not in charts.timeline(history("2005-09-01", "2005-09-02")).svg


def test_half_a_bar_is_its_lower_half_whichever_way_the_axis_runs() -> None:
    for upside in (False, True):
        ax = Figure().add_subplot()
        ax.set_ylim(*((4, 0) if upside else (0, 4)))
        style.bar(ax, 0, 1, 2, "corroborated")
        whole, half = (patch.get_window_extent() for patch in ax.patches)
        assert half.y0 == pytest.approx(whole.y0) and half.height == pytest.approx(whole.height / 2)


def test_the_title_of_contacts_and_sources_is_the_peak_that_is_drawn(book) -> None:
    figure = charts.contacts_and_sources(book)
    peak = figure.data.loc[figure.data["a_hundred"].idxmax()]
    assert (
        f"{peak['decade']} have most contacts for a hundred sources ({peak['a_hundred']:.1f})" in figure.title
    )
