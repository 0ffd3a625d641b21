"""In a browser: a page of the night prints as one of the day, and a fragment that is no selector breaks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

STATIC = ROOT / "analysis/without_recognition/press/sphinxext/static"
SHELL = STATIC.parent / "shell" / "static" / "shell.css"
PAGE = """<!doctype html><html lang="en" data-theme="dark"><meta charset="utf-8"><title>Sources</title>
<style>{css}</style>
<body class="bd-article"><section><h1>Sources</h1>
<form class="wr-filter" data-list="sources" data-items=".wr-source[data-kind]"><output></output></form><section>
<p class="wr-source" id="s-one" data-kind="memoir" data-perspective="other" data-seen="full">One</p>
<p class="wr-source" id="2005-list" data-kind="opinion" data-perspective="other" data-seen="full">Two</p>
</section></section><script>{js}</script></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    text = PAGE.format(
        css=SHELL.read_text("utf-8") + (STATIC / "wr.css").read_text("utf-8"),
        js="".join((STATIC / f"{name}.js").read_text("utf-8") for name in ("wr", "sift", "lists")),
    )
    (tmp_path / "sources.html").write_text(text, "utf-8")
    return f"file://{tmp_path / 'sources.html'}"


@pytest.mark.outside
@pytest.mark.parametrize(
    "fragment", ["", "#2005-list", "#/", "#s-one?utm_source=mail", "#%D8%A7", "#%", "#s-one"]
)
def test_a_fragment_of_any_form_leaves_the_filters_whole(browser, page: str, fragment: str) -> None:
    opened, errors = browser.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(page + fragment)
    assert opened.evaluate("document.querySelector('.wr-filter output').value") == "2 of 2 sources"
    assert errors == []
    opened.close()


COLOURS = "(() => { const c = getComputedStyle(document.querySelector('p')), b = getComputedStyle(document.body);" \
          "return [c.color, b.backgroundColor] })()"  # fmt: skip


@pytest.mark.outside
def test_paper_takes_the_colours_of_the_day_and_the_screen_keeps_its_own(browser, page: str) -> None:
    context = browser.new_context(color_scheme="dark")
    opened = context.new_page()
    opened.goto(page)
    night = opened.evaluate(COLOURS)
    opened.emulate_media(media="print")
    assert opened.evaluate(COLOURS) == ["rgb(29, 36, 51)", "rgb(255, 255, 255)"] != night
    opened.wait_for_selector("html[data-theme=light]")
    opened.emulate_media(media="screen")
    opened.wait_for_selector("html[data-theme=dark]")
    assert opened.evaluate(COLOURS) == night == ["rgb(223, 228, 232)", "rgb(18, 18, 18)"]
    context.close()
