"""The prose made anew: words of the book in a History as it is, what moved in a variant, and no need of Sphinx."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import toybook
from without_recognition import History, load, tell
from without_recognition.data.messages import UnknownId
from without_recognition.findings.said import RoleError

TELEGRAM = "1948-ben-gurion-telegram"


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> History:
    return load(toybook.write_package(tmp_path_factory.mktemp("package")))


def test_roles_become_words_signs_and_links(toy) -> None:
    told = str(
        tell(toy, "{Date}`1947-jinnah-truman`, {event}`he wrote <1947-jinnah-truman>` {src}`dahri-2016 ¶23`.")
    )
    assert re.match(
        '<abbr title="documented: [^"]*\\(1947-jinnah-truman\\)">On 8 December 1947</abbr>, ', told
    )
    assert re.search('<abbr title="documented: [^"]*">he wrote\u202f●</abbr>', told)
    assert '">The Times of Israel, 14 February 2016, ¶23</abbr>).' in told


def test_where_the_book_has_an_address_they_are_links(tmp_path) -> None:
    folder = toybook.write_package(tmp_path / "package")
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    written = json.dumps({**described, "homepage": "https://example.org/book"})
    (folder / "datapackage.json").write_text(written, "utf-8")
    told = str(tell(load(folder), "{day}`1947-jinnah-truman` {src}`dahri-2016 ¶23`, {doc}`a page <../zia>`."))
    at = "https://example.org/book/reference/"
    assert told.startswith(
        f'[8 December 1947]({at}events-telegram.html#p-1947-jinnah-truman-date "documented: '
    )
    assert f"([The Times of Israel, 14 February 2016, ¶23]({at}sources.html#s-dahri-2016 " in told
    assert told.endswith(", [a page](https://example.org/book/zia.html).")


@pytest.mark.parametrize(("name", "near"), [("foo", "who"), ("evnt", "event"), ("grad", "grade")])
def test_a_role_that_is_none_is_told(toy, name, near) -> None:
    for history in (toy, toy.without(sources="dahri-2016")):
        with pytest.raises(UnknownId, match=f"unknown role '{name}'; the nearest is '{near}'"):
            tell(history, f"Words {{{name}}}`x`.")
    assert str(tell(toy, "{abbr}`UN (United Nations)` {std:ref}`there <x>` {sup}`2`")) == "UN there 2"


def test_a_role_that_sphinx_has_says_its_words(toy) -> None:
    text = "{option}`-W`, {term}`lines <line>`, {pep}`8`, {py:func}`load`, {kbd}`Ctrl`"
    assert str(tell(toy, text)) == "-W, lines, 8, load, Ctrl"


def test_a_bare_sign_stays_with_its_word_and_tells_the_id(toy) -> None:
    told = str(
        tell(
            toy,
            "He wrote\n{event}`1947-jinnah-truman`. He waited {dispute}`2005-istanbul-meeting initiator`.",
        )
    )
    assert told.startswith("He wrote\u202f<abbr ")
    assert re.search(r'\(1947-jinnah-truman\)">●</abbr>\. He waited\u202f<abbr [^>]*>◈</abbr>', told)


def test_what_authors_wrote_stays_and_boxes_are_filled(toy) -> None:
    text = (
        "(mark)=\n## Title\n\n```{disputes} istanbul\n```\n\n:::{commentary}\nOne *thought*.\n\nAnother.\n:::\n\n"
        "```{note}\n:class: small\nMind it.\n```\nAfter `{code}`, {ref}`there <mark>`, "
        "{doc}`a page <../zia>`.\n\n(end)="
    )
    told = str(tell(toy, text))
    title = "Kasuri and Shalom meet in Istanbul: initiator"
    assert f'* **disputed** <abbr title="2005-istanbul-meeting">{title}</abbr>: ' in told
    assert "> One *thought*.\n>\n> Another." in told and "> Mind it." in told and "small" not in told
    assert told.endswith("After `{code}`, there, a page.")


def test_what_moved_in_a_variant_is_bold_and_what_is_gone_is_struck_out(book) -> None:
    less = book.without(sources="dahri-2016")
    text = (
        f"It has {{n}}`mentions {TELEGRAM}` tellings {{src}}`dahri-2016 ¶23`, {{grade}}`1947-jinnah-truman`."
    )
    was, now = str(tell(book, text)), str(tell(less, text))
    assert "**" not in was and "~~" not in was
    before, after = (h.event(TELEGRAM).judgement.mentions for h in (book, less))
    assert f"It has {before} tellings (<abbr " in was
    assert now.startswith("It has **eight** ~~11~~ tellings ~~(<abbr ") and after == 8
    assert was.rpartition("<abbr ")[2] == now.rpartition("<abbr ")[2]


def test_a_grade_that_moves_moves_its_sign(toy) -> None:
    less = toy.without(sources=["mfa-2005-09-01", "pakun-2005-09-01", "dawn-2005-09-01"])
    assert less.event("2005-istanbul-meeting").grade != "documented"
    told = str(tell(less, "They met {event}`2005-istanbul-meeting`."))
    assert told.startswith("They met\u202f**<abbr ") and told.endswith("◉</abbr>** ~~●~~.")


@pytest.mark.parametrize(
    "wrong",
    ["{event}`1947-jinnah-trumann`", "{who}`nobody`", "{finding}`no-such`", "{claim}`1947-jinnah-truman.99`"],
)
def test_an_unknown_id_is_told_with_the_nearest(book, wrong) -> None:
    for history in (book, book.without(sources="dahri-2016")):
        with pytest.raises(UnknownId, match="the nearest is"):
            tell(history, f"Words {wrong}.")


def test_a_role_that_lacks_a_word_says_what_to_write(toy) -> None:
    with pytest.raises(RoleError, match="needs an event, an aspect"):
        tell(toy, "{value}`2005-istanbul-meeting`")
    with pytest.raises(RoleError, match="was not read by us"):
        tell(toy, "{src}`yegar-2007`")


def test_words_of_the_data_are_shown_as_they_are(tmp_path) -> None:
    events = toybook.rows("events")
    events[0]["title"] = 'A "quoted" [title] \\ <b>'
    history = load(toybook.write_package(tmp_path / "package", events=events))
    told = str(tell(history, "So {event}`1947-jinnah-truman`."))
    assert 'documented: A &#x27;quoted&#x27; [title]  &lt;b&gt; (1947-jinnah-truman)">' in told


def test_it_needs_neither_sphinx_nor_docutils() -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('sphinx', 'docutils', 'myst_nb', 'nbformat', 'lxml')))\n"
        "from without_recognition import explain, load, tell\n"
        "h = load(); print(tell(h, 'Of {n}`claims all` claims {finding}`contacts`.'), "
        f"explain(h, '{TELEGRAM}')._repr_markdown_())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0 and "alleged" in done.stdout, done.stderr


def test_an_explanation_in_a_notebook_is_the_short_of_it(book) -> None:
    event = book.event("2020-envoy-tel-aviv")
    told = event.explain()._repr_markdown_()
    j = event.judgement
    assert (
        f"**{j.grade}, {j.status}**" in told
        and f"(rule {j.grade_rule})" in told
        and f"(rule {j.status_rule})" in told
    )
    assert "Denied by:" in told and len(told) < len(str(event.explain())) / 3
    less = book.without(sources="dahri-2016")
    assert "*Variant of " in less.event("2005-istanbul-meeting").explain()._repr_markdown_()
