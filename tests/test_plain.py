"""The chapters' words in a notebook: nothing that only Sphinx can read."""

from __future__ import annotations

import pytest
import toybook

from analysis.dataset import load
from analysis.press import PressError, plain
from analysis.press.lookup import Lookup


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    return Lookup(load(toybook.write_package(tmp_path_factory.mktemp("package"))))


def test_roles_become_words(look):
    text = (
        "{Date}`1947-jinnah-truman`, {event}`he wrote <1947-jinnah-truman>` "
        "{src}`dahri-2016 ¶23`; {ref}`see <grades>`."
    )
    assert plain.markdown(look, text) == (
        "On 8 December 1947, he wrote (The Times of Israel, 14 February 2016, ¶23); see."
    )


def test_a_mark_without_words_leaves_no_gap(look):
    text = "He wrote\n{event}`1947-jinnah-truman`. He waited {event}`1947-jinnah-truman` for long."
    assert plain.markdown(look, text) == "He wrote. He waited for long."


def test_boxes_of_the_book_go_and_what_authors_wrote_stays(look):
    text = (
        "(mark)=\n## Title\n\n```{chapter-box} telegram\n```\n\nBefore.\n\n"
        ":::{commentary}\nOne *thought*.\n\nAnother.\n:::\n\n"
        "```{note}\n:class: small\nMind {day}`1947-jinnah-truman`.\n```\nAfter `{code}`."
    )
    assert plain.markdown(look, text).split("\n") == [
        "## Title", "", "", "Before.", "", "> One *thought*.", ">", "> Another.", "",
        "> Mind 8 December 1947.", "After `{code}`.",
    ]  # fmt: skip


def test_an_unknown_id_is_told(look):
    with pytest.raises(PressError, match="1947-jinnah-trumann"):
        plain.markdown(look, "{event}`1947-jinnah-trumann`")
