"""The long lists of the reference, in a browser:
sifted, ordered, a page at a time, and never hiding what was linked to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import toybook

MANY = 130


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    sources = toybook.rows("sources")
    sources += [
        {**sources[0], "source_id": f"paper-{n}", "title": f"Paper {n}", "issued": f"{1800 + n}"}
        for n in range(MANY)
    ]
    out, warnings, wrong = toybook.build(
        tmp_path_factory.mktemp("lists"),
        "# A page\n",
        strict=True,
        theme="without_recognition",
        sources=sources,
    )
    assert not wrong, warnings
    return out / "reference"


def test_the_list_is_whole_before_any_script(site) -> None:
    page = (site / "sources.html").read_text("utf-8")
    counts = [
        (site / f"{name}.html").read_text("utf-8").count('class="wr-source"')
        for name in ("sources", "news-sources", "cited-sources")
    ]
    assert sum(counts) == MANY + len(toybook.rows("sources")) and counts[1:] == [7, 1]
    assert "lists.js" in page and "lists.js" not in (site.parent / "istanbul.html").read_text("utf-8")


@pytest.fixture
def page(browser):
    opened, errors = browser.new_page(viewport={"width": 1280, "height": 900}), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert not errors


def count(page) -> str:
    return page.locator(".wr-filter output").inner_text()


@pytest.mark.outside
def test_a_page_at_a_time_and_then_all(page, site) -> None:
    page.goto((site / "sources.html").as_uri())
    assert count(page) == "137 of 137 sources" and page.locator(".wr-source:visible").count() == 60
    page.get_by_role("button", name="Show 60 more").click()
    assert page.locator(".wr-source:visible").count() == 120
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".wr-source:visible").count() == 137
    assert not page.locator(".wr-more-rows:visible").count()


@pytest.mark.outside
def test_choices_order_and_words_stand_in_the_address(page, site) -> None:
    page.goto((site / "sources.html").as_uri())
    page.get_by_label("Kind").select_option("Primary document")
    page.get_by_label("Order").select_option("newest first")
    page.get_by_label("Words").fill("paper 12")
    page.locator(".wr-filter output", has_text="11 of 137 sources").wait_for()
    titles = page.locator(".wr-source:visible .wr-source-title").all_inner_texts()
    assert "Paper 129" in titles[0] and "Paper 12" in titles[-1]
    page.reload()
    assert count(page) == "11 of 137 sources"
    assert "kind=Primary+document" in page.url and "order=-date" in page.url


@pytest.mark.outside
def test_sources_stand_in_order_of_time_and_by_name_where_one_asks(page, site) -> None:
    page.goto((site / "news-sources.html").as_uri())
    shown = page.locator(".wr-source:visible")
    issued = {f"s-{row['source_id']}": row["issued"] for row in toybook.rows("sources")}
    days = [issued[key] for key in shown.evaluate_all("all => all.map((one) => one.id)")]
    assert len(days) > 2 and days == sorted(days)
    page.get_by_label("Order").select_option("newest first")
    assert [issued[key] for key in shown.evaluate_all("all => all.map((one) => one.id)")] == sorted(
        days, reverse=True
    )
    page.get_by_label("Order").select_option("by name")
    names = [
        name.lstrip("“[(").casefold()
        for name in page.locator(".wr-source:visible .wr-source-title").all_inner_texts()
    ]
    assert names == sorted(names)


@pytest.mark.outside
def test_an_address_that_asks_for_what_there_is_not_shows_everything(page, site) -> None:
    page.goto((site / "sources.html").as_uri() + "?kind=bogus&order=bogus")
    assert count(page) == "137 of 137 sources"
    assert set(
        page.locator(".wr-filter select").evaluate_all("all => all.map((one) => one.selectedIndex)")
    ) == {0}


@pytest.mark.outside
def test_what_a_link_leads_to_is_shown_whatever_was_chosen(page, site) -> None:
    page.goto((site / "sources.html").as_uri() + "?kind=Opinion#s-paper-99")
    assert page.locator("#s-paper-99").is_visible()
    page.goto((site / "disputes.html").as_uri() + "?status=contradicted#d-2005-istanbul-meeting-initiator")
    assert page.locator("#d-2005-istanbul-meeting-initiator").is_visible()


@pytest.mark.outside
def test_a_link_opens_the_page_of_the_list_in_which_it_stands(page, site) -> None:
    page.goto((site / "sources.html").as_uri() + "#s-paper-99")
    shown = page.locator(".wr-source:visible")
    assert page.locator("#s-paper-99").is_visible() and 0 < shown.count() <= 60
    assert not page.locator("#s-paper-1").is_visible()
    before = shown.count()
    page.get_by_role("button", name="Show 60 before").click()
    assert shown.count() == before + 60
    page.evaluate("location.hash = '#s-paper-1'")
    page.locator("#s-paper-1:visible").wait_for()


@pytest.mark.outside
@pytest.mark.parametrize(
    "old, key, now",
    [
        ("sources", "s-yegar-2007", "cited-sources"),
        ("cited-sources", "s-paper-99", "sources"),  # was read since
        ("sources", "s-dawn-2005-09-01", "news-sources"),
        ("sources", "s-nobody-1900", "../id/index"),
    ],
)
def test_a_source_that_stands_on_the_other_list_is_found_from_its_old_address(
    page, site, old, key, now
) -> None:
    page.goto((site / f"{old}.html").as_uri() + f"?evidence=documented#{key}")
    page.wait_for_url(re.compile(rf"/{now.removeprefix('../')}\.html\b.*{key}\b"))
    if now.endswith("sources"):
        page.locator(f"#{key}:visible").wait_for()
    else:
        page.locator("#wr-found h2", has_text=f"Unknown: {key}").wait_for()


@pytest.mark.outside
@pytest.mark.parametrize(
    "name, asked, all_of, found",
    [
        ("sources", "smoker’s corners", "137 sources", "s-dawn-2023"),
        ("people", "Qadri", "14 people", "a-jamil-kadri"),
        ("events", "Zafarullah", "9 events", "e-1953-zafrullah-eban"),
        ("silences", "cables", "2 searches", "q-1948-telegram"),
        ("disputes", "quotations", "4 disputes", "d-1967-quotation-occurrence"),
    ],
)
def test_every_long_list_is_sifted_by_words_however_they_are_spelled(
    page, site, name: str, asked: str, all_of: str, found: str
) -> None:
    page.goto((site / f"{name}.html").as_uri())
    assert count(page).endswith(f" of {all_of}")
    page.get_by_label("Words").fill(asked)
    page.locator(".wr-filter output", has_text=re.compile(r"^1 of ")).wait_for()
    assert page.locator(f"#{found}").is_visible() and page.locator("h1").is_visible()
    page.get_by_label("Words").fill("nothing of the kind")
    page.locator(".wr-filter output", has_text=f"Nothing fits, of {all_of}").wait_for()
    page.get_by_role("button", name="Clear").click()
    assert count(page).endswith(f" of {all_of}") and not count(page).startswith("1 ")


@pytest.mark.outside
def test_events_are_sifted_by_grade_and_status(page, site) -> None:
    page.goto((site / "events.html").as_uri() + "?grade=documented")
    shown = page.locator(".wr-entry.wr-judged:visible")
    assert 0 < shown.count() < 9
    assert set(shown.evaluate_all("all => all.map((one) => one.dataset.grade)")) == {"documented"}
    assert page.locator("form.wr-filter").count() == 1  # though four chapters stand on this page


@pytest.mark.outside
def test_disputes_are_sifted_by_ruling(page, site) -> None:
    page.goto((site / "disputes.html").as_uri())
    whole = int(count(page).split()[2])
    page.get_by_label("Ruling").select_option("ruled")
    page.locator(".wr-filter output", has_not_text=f"{whole} of {whole}").wait_for()
    assert 0 < int(count(page).split()[0]) < whole
    assert page.locator("#d-2005-istanbul-meeting-initiator").is_visible()
