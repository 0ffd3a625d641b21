"""Words that are written from right to left stand isolated and name their language:
what is beside them keeps its place, and a voice reads them as what they are; marks of quotation are curled."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from without_recognition import load
from without_recognition.data.dataset import records
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.sphinxext.render import (
    LANGUAGES,
    RUN,
    TURNED,
    curled,
    isolated,
    language,
    languages,
)

WORDS = st.text(alphabet="aZ 1(),;.\u05d0\u05d1\u0627\u06d2\u0644", max_size=30)


def bare(html: str) -> list[str]:
    """The letters from right to left that no bdi holds."""
    page = BeautifulSoup(html, "html.parser")
    for one in page.select("bdi"):
        one.decompose()
    return re.findall(f"[{TURNED}]", page.get_text())


@given(WORDS)
def test_every_letter_is_isolated_and_no_word_changes(words: str) -> None:
    html = f"<p class='{words}'>{words}</p>"
    made = isolated(html)
    assert bare(made) == [] and re.sub("</?bdi[^>]*>", "", made) == html
    assert isolated(made) == made


def test_every_title_of_the_data() -> None:
    titles = [row["title"] for row in records(load().sources) if re.search(f"[{TURNED}]", row["title"])]
    assert len(titles) > 40
    for title in titles:
        assert not bare(isolated(f"<i>{title}</i>, 2005"))
        assert not re.search(r"<bdi[^>]*>[^<]*[A-Za-z]", isolated(f"<i>{title}</i>"))


def test_every_title_is_in_the_language_of_its_source() -> None:
    """Where letters alone would guess wrong as well: Urdu without a letter of its own, Dari, Persian."""
    history = load()
    known, guessed = languages(Lookup.of(history)), 0
    for row in records(history.sources):
        for run in RUN.findall(row["title"]) if row["lang"] in LANGUAGES else ():
            assert f'<bdi lang="{row["lang"]}" dir="rtl">{run}</bdi>' in isolated(
                f"<i>{row['title']}</i>", known
            )
            guessed += language(run) != row["lang"]
    assert guessed


def test_names_of_a_list_are_apart() -> None:
    """A person's spellings, in several scripts: each is in its own language."""
    made = BeautifulSoup(isolated("Ezer; עזר; عیزر ویزمین; عيزر, 1924"), "html.parser")
    assert [(one["lang"], one["dir"], one.get_text()) for one in made.select("bdi")] == [
        ("he", "rtl", "עזר"),
        ("ur", "rtl", "عیزر ویزمین"),
        ("ar", "rtl", "عيزر"),
    ]


@pytest.mark.parametrize("name", ["option", "title", "textarea"])
def test_what_holds_text_alone_stays_text(name: str) -> None:
    html = f"<{name}>\u05d0\u05d1</{name}>"
    assert isolated(html) == html


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        ("<p>&#34;So&#34;, he said</p>", "<p>“So”, he said</p>"),
        ("<p>one.</p><p>&#34;Two&#34;</p>", "<p>one.</p><p>“Two”</p>"),
        ("<b>Pakistan</b>&#39;s &#34;<i>own</i>&#34;", "<b>Pakistan</b>’s “<i>own</i>”"),
        ("(&#34;a &#39;b&#39; c&#34;) of &#39;48", "(“a ‘b’ c”) of ’48"),
        ("&#34;&#39;No&#39;, he wrote&#34;", "“‘No’, he wrote”"),
    ],
)
def test_straight_marks_of_the_data_are_curled(straight: str, curly: str) -> None:
    assert curled(straight) == curly


@pytest.mark.parametrize("tag", ["q", "blockquote", "code", "pre"])
def test_what_is_verbatim_keeps_its_marks(tag: str) -> None:
    html = f"<{tag} class='x'>it&#39;s <mark>&#34;so&#34;</mark></{tag}>"
    assert curled(html + " it&#39;s") == html + " it’s"
    assert curled('<p title="it&#39;s">\'</p>') == '<p title="it&#39;s">\'</p>'
