"""Paragraphs in another language: named and turned on the page."""

from __future__ import annotations

import pytest
import toybook
from bs4 import BeautifulSoup
from links import whole
from without_recognition.press.sphinxext.directives import direction

PAGE = """# Four languages

In English {event}`2005-istanbul-meeting`.

:::{lang} ur
پاکستان اور اسرائیل {event}`2005-istanbul-meeting`۔
:::

:::{lang} fr
Le Pakistan.
:::
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    out, warnings, wrong = toybook.build(tmp_path_factory.mktemp("language"), PAGE, strict=True)
    assert not wrong, warnings
    return BeautifulSoup(whole(out / "istanbul.html"), "html.parser")


def test_language_and_direction_are_said(page):
    shown = [(d["lang"], d["dir"], d.get_text().split()[0]) for d in page.select("div.wr-foreign")]
    assert shown == [("ur", "rtl", "پاکستان"), ("fr", "ltr", "Le")]


def test_a_sign_within_keeps_its_card(page):
    marks = page.select("div.wr-foreign a.wr-mark")
    assert [m["data-grade"] for m in marks] == ["documented"] and marks[0]["data-card"]


@pytest.mark.parametrize(
    ("language", "turned"), [("ur", "rtl"), ("he-IL", "rtl"), ("ar", "rtl"), ("fr", "ltr"), ("arn", "ltr")]
)
def test_direction(language, turned):
    assert direction(language) == turned
