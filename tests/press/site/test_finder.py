"""The finder: what is in its index, which spellings are one, and, in a browser from a folder, what it finds first."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import finder_queries
import links
import pytest
import toybook
from bs4 import BeautifulSoup
from conftest import make_history
from test_site import DESK, PHONE, opened
from without_recognition.data import dates, folding
from without_recognition.evidence.addresses import anchor_of
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.site import finder
from without_recognition.press.sphinxext import theme

PAGE = "# What happened in Istanbul\n\n{event}`2005-istanbul-meeting`\n\n## Dinner first\n\nWords.\n"
LIMIT = 300_000  #: bytes of the index on the way to a reader
RIGHT = 115  #: of 120 queries


# --- spellings ------------------------------------------------------------------------------------
ONE_SPELLING = [
    ("recognise recognised neighbours", "recognize recognized neighbors"),
    ("centre defence programme judgement dialogue", "center defense program judgment dialog"),
    ("Zafrulla", "Zafrullah"),
    ("Musharraf", "Musharaf"),
    ("Qasuri", "Kasuri"),
    ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
    ("Sha'ath", "Shaath"),
    ("U.N. cable", "UN cable"),
    ("telegrams", "telegram"),
    ("2005-09-01", "2005 September 1"),
    ("1st", "01"),
    ("١٩٤٨", "1948"),
    ("قصوري", "قصوری"),
    ("أبو", "ابو"),
    ("שָׁלוֹם", "שלום"),
]


@pytest.mark.parametrize("one, other", ONE_SPELLING)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert folding.folded_words(one) == folding.folded_words(other) != []


@pytest.mark.parametrize(
    "one, other",
    [("Mohammed", "Muhammad"), ("Husain", "Hussein"), ("Zafrullah", "Zufferulla"), ("Yitzhak", "Itzchak")],
)
def test_names_that_sound_alike_have_one_key(one: str, other: str) -> None:
    (first,), (second,) = folding.folded_words(one), folding.folded_words(other)
    assert first != second and folding.key(first) == folding.key(second) != ""


def test_what_differs_stays_apart() -> None:
    assert folding.folded_words("Begin Peres 1948") != folding.folded_words("Began Perez 1949")
    assert folding.key(folding.folded_words("Sharon")[0]) != folding.key(folding.folded_words("Shalom")[0])
    assert folding.key("ab") == folding.key("1948") == folding.key("قصوری") == ""


def test_a_compound_is_found_in_parts_and_whole() -> None:
    assert folding.folded_words("Ben-Gurion", joined=True) == ["ben", "gurion", "bengurion"]


# --- the index ------------------------------------------------------------------------------------
def places_of(look: Lookup) -> finder.Places:
    """Where the reference pages show everything, without a build."""
    return {
        **{anchor_of("event", e): ("reference/events", "") for e in look.events},
        **{anchor_of("source", s): ("reference/sources", "") for s in look.sources},
        **{anchor_of("person", a): ("reference/people", "") for a in look.actors},
        **{anchor_of("dispute", *key): ("reference/disputes", "") for key in look.disputes},
        **{anchor_of("search", s): ("reference/silences", "") for s in look.history.searches.index},
    }


@pytest.fixture(scope="module")
def look(book) -> Lookup:
    return Lookup.of(book)


@pytest.fixture(scope="module")
def index(look) -> dict:
    made = finder.index(look, places_of(look))
    made["pages"] = [f"{page}.html" for page in made["pages"]]
    return finder.to_records(made, ["khurshid-kasuri"])


def test_everything_that_a_page_shows_is_in_it(look, index) -> None:
    assert [row[1] for row in index["event"]] == sorted(look.events)
    assert [row[1] for row in index["person"]] == sorted(look.actors)
    assert [row[1] for row in index["source"]] == sorted(look.sources)
    assert {row[1] for row in index["dispute"]} == {anchor_of("dispute", *key) for key in look.disputes}
    assert {row[1] for row in index["search"]} == {
        anchor_of("search", s) for s in look.history.searches.index
    }


def test_it_is_light(index) -> None:
    assert (
        len(gzip.compress(finder.script(index), 6)) < LIMIT * 0.95
    )  # headings and figures, some 11 kB, come on top


def test_claims_years_and_people_are_found_through_their_event() -> None:
    look = Lookup.of(
        make_history(
            events=[{"event_id": "e", "date": "2003/2005", "title": "A visit", "summary": "Words."}],
            sources=[{"source_id": "s"}],
            actors=[{"actor_id": "a", "name": "Abba Eban", "variants": "Aubrey Eban"}],
            claims=[
                {"claim_id": "e.1", "event_id": "e", "source_id": "s", "statement": "Names the telegrams."}
            ],
            participants=[{"event_id": "e", "actor_id": "a", "claim_id": "e.1"}],
        )
    )
    made = finder.index(look, places_of(look))
    ((*_, who, further),) = made["event"]
    assert [made["person"][place][2] for place in who] == ["Abba Eban"]
    assert further == "2004" and made["told"] == ["AnameAtelegram", "# #"]


def test_what_no_page_shows_is_left_out(look) -> None:
    shown = {
        anchor: place for anchor, place in places_of(look).items() if not anchor.startswith(("e-", "s-"))
    }
    made = finder.index(look, shown)
    assert made["event"] == made["source"] == made["dispute"] == [] != made["person"]
    assert not any("events" in page or "sources" in page for page in made["pages"])


def test_the_script_is_one_statement_whatever_the_data_say() -> None:
    written = finder.script({"pages": ['a"</script>\u2028\u2029']}).decode()
    assert written.startswith("window.wrFinderIndex={") and written.endswith("};\n")
    assert len(written.splitlines()) == 1


# --- in the pages ---------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Path:
    out, warnings, wrong = toybook.build(
        tmp_path_factory.mktemp("finder"), PAGE, strict=True, theme=theme.NAME
    )
    assert not wrong, warnings
    return out


def test_every_page_has_the_button_and_without_scripts_links(toy) -> None:
    for name in ("index", "istanbul", "reference/sources", "genindex"):
        page = BeautifulSoup(links.whole(toy / f"{name}.html"), "html.parser")
        (button,) = page.select(".wr-finder-place > button[type=button]")
        assert button.get_text() == "Find/"
        without = page.select(".wr-finder-place noscript a")
        assert [a.get_text() for a in without] == ["Events", "People", "Sources"]
        here = (toy / name).parent
        assert all(a["href"] == "#" or here.joinpath(a["href"]).resolve().is_file() for a in without)
        assert not page.select(".wr-finder-place [style]")


def test_the_search_of_sphinx_is_gone(toy) -> None:
    for name in ("search.html", "searchindex.js", "_static/searchtools.js", "_static/language_data.js"):
        assert not (toy / name).exists(), name
    for page in toy.rglob("*.html"):
        text = page.read_text("utf-8")
        for left in (
            "searchindex",
            "searchtools",
            "language_data",
            "search.html",
            "pst-search-dialog",
            "search-button",
        ):
            assert left not in text, (page.name, left)


def test_headings_and_entries_lead_where_they_say(toy) -> None:
    text = (toy / finder.FILE).read_text("utf-8")
    made = json.loads(text.removeprefix(f"window.{finder.GLOBAL}=").removesuffix(";\n"))
    ids = {}
    for kind, letter in (
        ("event", "e-"),
        ("person", "a-"),
        ("source", "s-"),
        ("dispute", ""),
        ("search", ""),
        ("section", ""),
    ):
        assert made[kind], kind
        for page, anchor, *_ in made[kind]:
            if page < 0:
                assert (toy / made["folders"][kind] / f"{anchor}.html").is_file()
                continue
            name = made["pages"][page]
            if name not in ids:
                soup = BeautifulSoup(links.whole(toy / name), "html.parser")
                ids[name] = {tag["id"] for tag in soup.select("[id]")}
            assert not anchor or letter + anchor in ids[name], (name, anchor)
    headings = {row[2]: row[3] for row in made["section"]}
    assert (
        headings["Dinner first"] == "What happened in Istanbul"
        and "Kasuri and Shalom meet in Istanbul" not in headings
    )


# --- in a browser ---------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def whole(toy, index) -> Path:
    """The toy's pages with the index of the book's own data, as `file:` has them."""
    (toy / finder.FILE).write_bytes(finder.script(index))
    return toy


@pytest.fixture
def page(browser, whole):
    found, wrong = opened(browser, whole, "istanbul.html")
    wrong.clear()  # the theme's own, as it loads
    yield found
    found.context.close()
    assert not wrong


UNTIL = "async () => { while (!window.wrFinder?.ready()) await new Promise((done) => setTimeout(done, 20)); }"
READY = (
    "async () => { document.querySelector('.wr-finder-open').click(); "
    "while (!window.wrFinder?.ready()) await new Promise((done) => setTimeout(done, 20)); }"
)
ASK = "(all) => all.map((q) => wrFinder.search(q).slice(0, 3).map((one) => one.anchor))"


@pytest.mark.outside
def test_nothing_is_loaded_before_it_is_wanted(page) -> None:
    assert page.evaluate("!window.wrFinder && !window.wrFinderIndex && !window.MiniSearch")
    page.keyboard.press("/")
    page.evaluate(UNTIL)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"


@pytest.mark.outside
@pytest.mark.parametrize("kind", ["names", "others"])
def test_the_right_thing_is_among_the_first_three(page, look, kind) -> None:
    queries = getattr(finder_queries, kind)(look)
    page.evaluate(READY)
    found = page.evaluate(ASK, [query for query, _ in queries])
    missed = [query for (query, right), first in zip(queries, found, strict=True) if not right & set(first)]
    assert len(queries) == 120 and len(queries) - len(missed) >= RIGHT, missed


@pytest.mark.outside
def test_a_date_that_the_id_has_is_told_as_the_page_tells_it(page, look) -> None:
    page.evaluate(READY)
    ids = random.Random(1947).sample(sorted(look.sources), 120)
    said = page.evaluate(
        "(all) => all.map((id) => wrFinder.search(id).find((one) => one.anchor === `s-${id}`)?.when)", ids
    )
    assert said == [dates.since(look.sources[source_id]["issued"]) for source_id in ids]


@pytest.mark.outside
def test_each_word_of_a_claim_finds_its_event(page, look) -> None:
    """Words that few claims have, by lot; in the script they are packed."""
    having: dict[str, set[str]] = {}
    for event_id in look.events:
        for word in finder._statements(look, event_id):
            having.setdefault(word, set()).add(anchor_of("event", event_id))
    few = sorted(
        word
        for word, found in having.items()
        if len(found) <= len(look.events) / finder.COMMON and word.isalpha()
    )
    asked = random.Random(1947).sample(few, 200)
    page.evaluate(READY)
    found = page.evaluate("(all) => all.map((q) => wrFinder.search(q).map((one) => one.anchor))", asked)
    lost = [word for word, anchors in zip(asked, found, strict=True) if not having[word] <= set(anchors)]
    assert len(few) > 4_000 and lost == []


@pytest.mark.outside
def test_scripts_and_yardstick_fold_alike(page, look) -> None:
    queries = [query for kind in ("names", "others") for query, _ in getattr(finder_queries, kind)(look)]
    texts = [row["title"] for row in (*look.events.values(), *look.sources.values())]
    texts += [f"{row['name']}; {row['variants']}" for row in look.actors.values()]
    letters = [chr(c) for span in ((0x20, 0x250), (0x5B0, 0x700), (0x900, 0x980)) for c in range(*span)]
    dice = random.Random(1)
    texts += ["".join(dice.choices(letters, k=12)) for _ in range(500)] + [*queries, *ONE_SPELLING[1]]
    page.evaluate(READY)
    folded = page.evaluate(
        "(all) => all.map((t) => { const w = wrFinder.words(t, true); return [w, w.map(wrFinder.key)]; })",
        texts,
    )
    for text, (words, keys) in zip(texts, folded, strict=True):
        assert words == folding.folded_words(text, joined=True), text
        assert keys == [folding.key(word) for word in words], text


@pytest.mark.outside
def test_by_keyboard_alone(page) -> None:
    page.keyboard.press("/")
    page.evaluate(UNTIL)
    page.keyboard.type("2005 istanbul meet")
    page.wait_for_selector(".wr-finder [role=option]")
    field = page.locator(".wr-finder [role=combobox]")
    assert (
        field.get_attribute("aria-expanded") == "true"
        and field.get_attribute("aria-activedescendant") is None
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".wr-finder [aria-selected=true]")
    assert chosen.count() == 1 and chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
    assert page.locator(".wr-finder [role=listbox] > [role=group]").count() >= 2
    page.keyboard.press("Escape")
    assert not page.locator(".wr-finder").is_visible()
    page.keyboard.press("Control+k")
    assert page.locator(".wr-finder").is_visible()
    page.keyboard.type("2005-istanbul-meeting")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/2005-istanbul-meeting.html")


@pytest.mark.outside
def test_a_group_shows_all_when_asked(page) -> None:
    page.keyboard.press("/")
    page.evaluate(UNTIL)
    page.keyboard.type("Zafrullah")
    more = page.locator(".wr-finder-more[data-kind=event]")
    more.wait_for()
    count = int(more.inner_text().split()[1])
    more.click()
    assert page.locator(".wr-finder [role=option]").count() >= count > 6
    assert page.locator(".wr-finder").is_visible()


@pytest.mark.outside
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_does_not_move(browser, whole, viewport) -> None:
    page, _ = opened(browser, whole, "istanbul.html", viewport=viewport)
    where = (
        "(() => { const box = document.querySelector('.bd-article h1').getBoundingClientRect(); "
        "return [box.top, box.left, box.width]; })()"
    )
    before = page.evaluate(where)
    page.keyboard.press("/")
    page.evaluate(UNTIL)
    page.keyboard.type("Jinnah")
    page.wait_for_selector(".wr-finder [role=option]")
    assert page.evaluate(where) == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("!document.querySelector('.wr-finder [style]')")
    page.context.close()
