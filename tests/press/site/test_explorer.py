"""The explorer: its data are the evidence's, its doubts are those of `history.without`;
in a browser it sifts, from a file."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from pathlib import Path

import in_chromium
import pytest
import toybook
from bs4 import BeautifulSoup
from without_recognition import evidence, load
from without_recognition.data import origins
from without_recognition.data.dataset import by_key
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.site import doubts, explorer
from without_recognition.press.sphinxext.literals import assigned

PAGE = """# All events

```{explorer}
```
"""
GRADES = [*evidence.GRADES, ""]


def decoded(code: int) -> tuple[str, str] | None:
    return None if code < 0 else (GRADES[code % 5], evidence.STATUSES[code // 5])


def read(script: str) -> dict:
    head, _, told = script.partition("=")
    assert head == "window.wrExplorer"
    return json.loads(told.rstrip(";\n"))


@pytest.fixture(scope="module")
def told(book) -> dict:
    return read(explorer.explorer_script(Lookup.of(book)))


def test_every_event_is_there_with_its_grade_and_status(book, told) -> None:
    shown = {row[0]: decoded(row[4]) for row in told["events"]}
    graded = evidence.events(book)
    assert shown == {e: (row["grade"], row["status"]) for e, row in graded.to_dict("index").items()}
    assert [row[1] for row in told["events"]] == [graded["date"][row[0]] for row in told["events"]]
    facets = {row[0]: dict(zip(explorer.FACETS, row[5])) for row in told["events"]}
    channels = [value for value, *_ in told["facets"]["channel"]]
    assert {e: channels[f["channel"][0]] for e, f in facets.items()} == graded["channel"].to_dict()


def test_every_place_lies_where_its_table_says(book, told) -> None:
    named = [value for value, *_ in told["facets"]["place"]]
    where = {
        row[0]: [named[n] for n in dict(zip(explorer.FACETS, row[5]))["place"]] for row in told["events"]
    }
    assert where == {e: [place] if place else [] for e, place in book.events["place"].items()}
    table = book.places.to_dict("index")
    assert {p: (x, y) for p, (x, y, _) in told["places"].items()} == {
        p: (float(row["longitude"]), float(row["latitude"])) for p, row in table.items()
    }
    edges = list(map(int, re.findall(r"M(-?\d+) (-?\d+)", told["land"])[0]))
    assert -1300 < edges[0] < 1140 and -620 < edges[1] < 140


def grades(history) -> dict[str, tuple[str, str]]:
    return {e: (r["grade"], r["status"]) for e, r in evidence.events(history).to_dict("index").items()}


def moved(told: dict, doubt: list) -> dict[str, tuple[str, str] | None]:
    pairs = iter(doubt[4])
    return {told["events"][n][0]: decoded(code) for n, code in zip(pairs, pairs)}


def difference(before: dict, after: dict) -> dict:
    return {e: after.get(e) for e, was in before.items() if after.get(e) != was}


@pytest.mark.parametrize("family", ["publishers", "kinds", "authors"])
def test_a_doubt_is_what_the_history_without_it_says(book, told, family: str) -> None:
    found = [d for d in told["doubts"] if d[0] == family]
    chosen = random.Random(1947).choice([d for d in found if d[4]])
    without = book.without(**{family: chosen[1]})
    assert moved(told, chosen) == difference(grades(book), grades(without))


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    return load(toybook.write_package(tmp_path_factory.mktemp("toy")))


@pytest.fixture(scope="module")
def every(toy):
    """All doubts of the toy, however few claims a publisher has."""
    before = doubts.MANY
    doubts.MANY = 1
    try:
        return doubts.doubts(Lookup.of(toy))
    finally:
        doubts.MANY = before


def test_every_doubt_of_sources_in_the_small_book_is_that_of_the_history(toy, every) -> None:
    tried = [d for d in every if d.family in ("publishers", "perspectives", "kinds", "authors")]
    assert {d.family for d in tried} == {"publishers", "perspectives", "kinds"}  # the toy names no author
    for doubt in tried:
        after = grades(toy.without(**{doubt.family: doubt.value}))
        assert doubt.moves == difference(grades(toy), after), doubt.label
    assert any(doubt.moves for doubt in tried)


def test_without_a_basis_goes_what_rests_on_it(toy, every) -> None:
    doubt = next(d for d in every if d.value == "anonymous")
    chains = origins.Origins(by_key(toy.claims))
    gone = {c for c in toy.claims.index if toy.claims.loc[chains.chain(c)[0], "basis"].eq("anonymous").any()}
    assert (doubt.claims, doubt.moves) == (len(gone), {"2010-quiet-talks": None})


def test_each_text_once_joins_papers_that_share_a_quotation(toy, tmp_path) -> None:
    pair = {
        "source_a": "jta-1998-10-31",
        "source_b": "ynet-1998-10-30",
        "how": "read",
        "reason": "one sentence",
    }
    loose = [{**pair, "extent": "one", "words": "quoted"}]
    history = load(toybook.write_package(tmp_path / "loose", texts=loose))
    doubt = doubts.doubts(Lookup.of(history))[-1]
    assert doubt.family == "texts"
    as_one = history.with_rows(texts=[{**pair, "extent": "some", "words": "both"}])
    assert doubt.moves == difference(grades(history), grades(as_one)) != {}


def test_the_same_data_give_the_same_bytes_within_their_weight(book, told) -> None:
    script = explorer.explorer_script(Lookup.of(book))
    assert script == assigned(explorer.NAME, explorer.data(Lookup.of(book)))
    static = Path(explorer.views.__file__).parent / "static"
    weight = len(gzip.compress(script.encode()))
    weight += sum(
        len(gzip.compress((static / name).read_bytes())) for name in ("explorer.js", "explorer-map.js")
    )
    assert weight < 100_000


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    out, warnings, wrong = toybook.build(
        tmp_path_factory.mktemp("explorer"), PAGE, name="explorer", strict=True, theme="without_recognition"
    )
    assert not wrong, warnings
    return out


def test_the_page_is_a_plain_table_before_any_script(site) -> None:
    page = BeautifulSoup((site / "explorer.html").read_text("utf-8"), "html.parser")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
        for row in page.select(".wr-x-table tbody tr")
    ]
    assert len(rows) == len(toybook.rows("events"))
    assert [
        "1 September 2005",
        "Kasuri and Shalom meet in Istanbul",
        "documented",
        "unchallenged",
        "The Istanbul meeting",
    ] in rows
    assert not page.select(".wr-x [style], .wr-x [onclick]")
    assert "explorer" not in (site / "reference" / "sources.html").read_text("utf-8").partition("</head>")[0]


# --- in a browser -------------------------------------------------------------------------------------
@pytest.fixture
def page(browser, site):
    opened, errors = browser.new_page(viewport={"width": 1280, "height": 900}), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto((site / "explorer.html").as_uri())
    opened.locator("th[aria-sort]").wait_for()
    yield opened
    assert not errors
    opened.close()


def titles(page) -> list[str]:
    return page.locator(".wr-x-table tbody tr:visible th").all_inner_texts()


@pytest.mark.outside
def test_choices_sift_rows_and_stand_in_the_address(page, site) -> None:
    assert len(titles(page)) == 9
    page.get_by_label("From", exact=True).fill("2005")
    page.locator(".wr-x-more summary").click()
    page.get_by_label("documented", exact=True).check()
    page.locator(".wr-x-count", has_text="1 of 9 events").wait_for()
    assert titles(page) == ["Kasuri and Shalom meet in Istanbul"]
    assert page.url.endswith("explorer.html?from=2005&grade=documented")
    assert page.locator(".wr-x-marks a").count() == 1
    page.goto(page.url + "&evidence=documented")
    page.locator("th[aria-sort]").wait_for()
    page.locator(".wr-x-count", has_text="1 of 9 events").wait_for()
    page.get_by_role("button", name="Show all").click()
    page.locator(".wr-x-count", has_text="9 of 9 events").wait_for()
    assert page.url.endswith("explorer.html?evidence=documented")  # what other scripts keep there stays


@pytest.mark.outside
def test_a_doubt_shows_what_would_change(page) -> None:
    page.get_by_label("What if we leave out").select_option("bases:anonymous")
    page.locator(".wr-x-count", has_text="1 of 9 events").wait_for()
    row = page.locator(".wr-x-table tbody tr:visible")
    assert "Quiet talks are reported" in row.inner_text() and "nobody affirms it" in row.inner_text()
    assert page.get_by_label("only what then changes").is_checked()
    assert row.get_attribute("data-level") == "0"
    assert "and 1 is affirmed by nobody any longer." in page.locator(".wr-x-answer").inner_text()
    page.get_by_role("button", name="Show all").click()
    page.locator(".wr-x-count", has_text="9 of 9 events").wait_for()
    assert "nobody affirms it" not in page.locator(".wr-x-table").inner_text()


@pytest.mark.outside
def test_where_nothing_fits_each_choice_can_be_let_go(page) -> None:
    page.get_by_label("Words").fill("istanbul")
    page.get_by_label("to", exact=True).fill("1999")
    page.locator(".wr-x-none button").first.wait_for()
    told = page.locator(".wr-x-none")
    assert told.locator("button").all_inner_texts() == ["Words: istanbul (5)", "to: 1999 (2)"]
    assert not page.locator(".wr-x-strip:visible, .wr-x-map:visible").count()
    page.get_by_role("radio", name="Map").check()
    assert not page.locator(".wr-x-strip:visible, .wr-x-map:visible").count()
    told.get_by_role("button", name="to: 1999").click()
    page.locator(".wr-x-count", has_text="2 of 9 events").wait_for()
    assert not told.is_visible() and page.locator(".wr-x-map").is_visible()


@pytest.mark.outside
@pytest.mark.parametrize("asked", ["Zafarulla", "zafrullah", "ZAFARULLAH", "Zafrullah Kha"])
def test_names_are_found_however_they_are_spelled(page, asked: str) -> None:
    page.get_by_label("Words").fill(asked)
    page.locator(".wr-x-count", has_text="1 of 9 events").wait_for()
    assert titles(page) == ["Zafrullah Khan and Eban talk in New York"]


@pytest.mark.outside
def test_rows_and_marks_obey_the_reading_state(page) -> None:
    page.evaluate("window.wrState.set({ evidence: 'documented' })")
    colours = "all => all.map((one) => [Number(one.dataset.level) < 3, getComputedStyle(one).color])"
    for things in (".wr-x-table tbody tr", ".wr-x-marks a"):
        seen = page.locator(things).evaluate_all(colours)
        dim, kept = ({colour for fails, colour in seen if fails is which} for which in (True, False))
        assert len(dim) == 1 and kept and not dim & kept
    fails = sum(fails for fails, _ in page.locator(".wr-x-table tbody tr").evaluate_all(colours))
    assert page.locator(".wr-dimmed").inner_text() == f"{fails} of 9 events dimmed"
    page.get_by_label("From", exact=True).fill("2010")
    page.locator(".wr-x-count", has_text="1 of 9 events").wait_for()
    assert page.locator(".wr-dimmed").inner_text() == "1 of 1 event dimmed"


def opens(page, from_) -> str:
    """The title of the card that a click on a row's link or a mark opens."""
    from_.click()
    page.locator(".wr-card:popover-open").wait_for()
    return page.locator(".wr-card:popover-open .wr-card-title").inner_text()


@pytest.mark.outside
def test_rows_and_marks_open_the_card_of_their_event(page, site) -> None:
    assert page.evaluate("typeof wrCards") == "undefined"  # nothing comes before it is wanted
    page.mouse.move(300, 300)
    row = page.locator(".wr-x-table th a", has_text="Kasuri and Shalom meet")
    assert opens(page, row) == "Kasuri and Shalom meet in Istanbul"
    card = page.locator(".wr-card:popover-open")
    box, link = card.bounding_box(), row.bounding_box()
    assert box["y"] >= link["y"] + link["height"] or box["y"] + box["height"] <= link["y"]
    assert not {"card-e-1953-zafrullah-eban"} & set(page.evaluate("Object.keys(wrCards)"))  # of one chapter
    record = card.locator(".wr-permalink").get_attribute("href")
    assert record == "reference/events.html#e-2005-istanbul-meeting"  # where the toy shows it
    source = card.locator(".wr-witnesses a").first
    to = source.get_attribute("href").partition("#")[2]
    source.click()
    page.locator(f"#card-{to}:popover-open").wait_for()
    page.keyboard.press("Escape")
    assert (
        not card.count()
        and page.evaluate("document.activeElement.dataset.card") == "card-e-2005-istanbul-meeting"
    )
    page.keyboard.press("Enter")
    page.locator(".wr-card:popover-open").wait_for()
    page.keyboard.press("Escape")
    page.locator(".wr-x-canvas").scroll_into_view_if_needed()
    first = page.locator(".wr-x-marks a").first
    first.hover()
    assert opens(page, first) in first.locator("title").text_content()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('th') !== null")  # the strip is for the eye alone
    page.locator(".wr-x-table th a").nth(1).focus()
    page.wait_for_timeout(300)
    assert not card.count()  # who goes through the rows is not held up
    assert page.url.endswith("explorer.html")


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> Path:
    """The explorer with 139 events; the first has no beginning, only an end."""
    events, claims = toybook.rows("events"), toybook.rows("claims")
    for n in range(130):
        key = f"{1850 + n}-visit"
        events.append({**events[3], "event_id": key, "date": f"{1850 + n}", "title": f"Visit {n}"})
        claims.append({**claims[9], "claim_id": f"{key}.1", "event_id": key})
    events[-1]["date"] = "../1979"
    out, warnings, wrong = toybook.build(
        tmp_path_factory.mktemp("long"), PAGE, name="explorer", strict=True, theme="without_recognition",
        events=events, claims=claims,
    )  # fmt: skip
    assert not wrong, warnings
    return out / "explorer.html"


@pytest.mark.outside
def test_a_page_of_rows_at_a_time_below_a_head_that_stays(browser, long) -> None:
    tab = in_chromium.opened(browser, long)
    tab.locator(".wr-x-count", has_text="139 of 139 events").wait_for()
    assert len(titles(tab)) == 60 and titles(tab)[0] == "Visit 0"
    tab.get_by_role("button", name="Show 60 more").click()
    assert len(titles(tab)) == 120
    tab.locator(".wr-x-table tbody tr").nth(50).scroll_into_view_if_needed()
    tab.evaluate("scrollBy(0, 300)")
    head, bar = (tab.locator(name).bounding_box() for name in (".wr-x-table thead th >> nth=0", ".wr-tools"))
    assert abs(head["y"] - bar["y"] - bar["height"]) < 3
    tab.get_by_role("button", name="Date").click()  # already ascending: now the latest first
    assert len(titles(tab)) == 60 and titles(tab)[0] == "Quiet talks are reported"
    tab.get_by_role("button", name="Show all").last.click()
    assert len(titles(tab)) == 139
    assert titles(tab).index("Visit 129") < titles(tab).index("Visit 128")  # of 1978
    tab.context.close()


DRAWN = """addEventListener("DOMContentLoaded", () => new MutationObserver((seen) => {
  window.drawn = (window.drawn || 0) + seen.flatMap((one) => [...one.addedNodes]).length;
}).observe(document.querySelector(".wr-x-canvas"), { childList: true }))"""


@pytest.mark.outside
def test_the_strip_is_drawn_once_as_the_page_opens_and_its_marks_come_in_slices(browser, long) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.add_init_script(DRAWN)
    tab.goto(long.as_uri())
    tab.wait_for_function("document.querySelectorAll('.wr-x-marks a').length === 139")
    tab.wait_for_timeout(300)  # what would draw again has had its time
    assert tab.evaluate("window.drawn") == 1
    mark = tab.locator(".wr-x-marks a").first
    assert mark.locator("title").count() == 0
    mark.hover()
    assert tab.locator(".wr-x-marks title").text_content() == "1850: Visit 0 (attested, unchallenged)"
    tab.close()


@pytest.mark.outside
def test_a_stroke_over_the_strip_chooses_years_and_ends_where_the_pointer_goes_up(page) -> None:
    box = page.locator(".wr-x-canvas svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] + 30)
    page.mouse.up()
    page.locator(".wr-x-count", has_not_text="9 of 9").wait_for()
    assert "from=" in page.url and "to=" in page.url
    page.get_by_role("button", name="Show all").click()
    page.locator(".wr-x-count", has_text="9 of 9 events").wait_for()
    page.locator("h1").click(position={"x": 5, "y": 5})
    assert "from=" not in page.url


@pytest.mark.outside
def test_a_stroke_that_ends_on_the_mark_where_it_began_opens_no_card(page) -> None:
    page.get_by_label("From", exact=True).fill("2005")
    page.locator(".wr-x-count", has_not_text="9 of 9").wait_for()
    page.evaluate("document.querySelector('.wr-x-marks a').setAttribute('transform', 'scale(8)')")
    box = page.locator(".wr-x-marks a").first.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 50)
    page.mouse.up()
    page.wait_for_timeout(500)
    assert (
        page.evaluate("typeof wrCards") == "undefined" and not page.locator(".wr-card:popover-open").count()
    )


@pytest.mark.outside
def test_a_finger_that_scrolls_the_page_from_the_strip_chooses_nothing(page) -> None:
    page.evaluate("""() => {
      const told = (name, target, clientX) =>
        target.dispatchEvent(new PointerEvent(name, { bubbles: true, isPrimary: true, pointerId: 7, clientX }));
      const strip = document.querySelector(".wr-x-canvas svg");
      told("pointerdown", strip, 400);
      told("pointercancel", strip, 400);
      told("pointerup", document.body, 700);
    }""")
    assert "from=" not in page.url


@pytest.mark.outside
def test_an_address_that_asks_for_what_there_is_not_chooses_everything(browser, site) -> None:
    tab = in_chromium.opened(browser, site / "explorer.html", query="?chapter=bogus&doubt=bogus")
    tab.locator(".wr-x-count", has_text="9 of 9 events").wait_for()
    chosen = "[...document.querySelectorAll('.wr-x select')].map((one) => one.selectedIndex)"
    assert set(tab.evaluate(chosen)) == {0}
    tab.context.close()


@pytest.mark.outside
def test_columns_sort_by_keyboard_and_say_so(page) -> None:
    button = page.get_by_role("button", name="Event")
    button.focus()
    page.keyboard.press("Enter")
    assert titles(page) == sorted(titles(page), key=str.casefold)
    page.keyboard.press("Enter")
    assert titles(page) == sorted(titles(page), key=str.casefold, reverse=True)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"


@pytest.mark.outside
def test_the_rows_in_sight_are_taken_away_from_a_file(page, tmp_path) -> None:
    page.get_by_label("Words").fill("istanbul kasuri")
    page.locator(".wr-x-count", has_text="1 of 9 events").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download these rows").click()
    taken.value.save_as(tmp_path / "events.csv")
    (row,) = csv.DictReader((tmp_path / "events.csv").read_text("utf-8").splitlines())
    assert row["event_id"] == "2005-istanbul-meeting" and row["grade"] == "documented"
    assert row["side"] == "israeli; pakistani" and row["person"] == "khurshid-kasuri; silvan-shalom"


@pytest.mark.outside
def test_the_map_sifts_by_place_with_mouse_and_keys(page) -> None:
    page.get_by_role("radio", name="Map").check()
    page.locator(".wr-x-map svg").first.wait_for()
    assert not page.locator(".wr-x-strip").is_visible() and "view=map" in page.url
    places = page.locator(".wr-x-places button")
    assert sorted(" ".join(text.split()) for text in places.all_inner_texts()) == [
        "Ankara 1",
        "Istanbul 1",
        "Karachi 1",
        "New York 1",
    ]
    assert "5 events of the 9" in page.locator(".wr-x-placeless").inner_text()
    page.locator('.wr-x-near [data-place="istanbul"]').click()
    page.locator(".wr-x-count", has_text="1 of 9 events").wait_for()
    assert titles(page) == ["Kasuri and Shalom meet in Istanbul"] and "place=istanbul" in page.url
    assert places.count() == 4  # the others can still be chosen
    pressed = page.locator('.wr-x-places [aria-pressed="true"]')
    assert pressed.inner_text().split() == ["Istanbul", "1"]
    pressed.focus()
    page.keyboard.press("Enter")
    page.locator(".wr-x-count", has_text="9 of 9 events").wait_for()
    assert "place=" not in page.url
    assert page.evaluate("document.activeElement.dataset.place") == "istanbul"


@pytest.mark.outside
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_name_on_the_map_is_cut_and_none_lies_on_another(browser, site, width: int) -> None:
    opened = browser.new_page(viewport={"width": width, "height": 900})
    opened.goto((site / "explorer.html").as_uri() + "?view=map")
    opened.locator(".wr-x-map svg").first.wait_for()
    for view in (".wr-x-near", ".wr-x-far"):
        whole = opened.locator(f"{view} svg").bounding_box()
        names = [box.bounding_box() for box in opened.locator(f"{view} text").all()]
        assert all(
            whole["x"] <= b["x"] and b["x"] + b["width"] <= whole["x"] + whole["width"] + 1 for b in names
        )
        apart = [(a, b) for a in names for b in names if a is not b and a["x"] < b["x"] + b["width"]]
        assert all(
            b["x"] >= a["x"] + a["width"] or abs(a["y"] - b["y"]) > 10 for a, b in apart if a["x"] <= b["x"]
        )
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.close()


@pytest.mark.outside
def test_without_scripts_the_table_stands_alone(browser, site) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((site / "explorer.html").as_uri())
    assert len(titles(opened)) == 9 and not opened.locator(".wr-x-form").is_visible()
    context.close()
