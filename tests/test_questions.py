"""Twenty questions to ask this book: each is one sentence, one to three lines through the public door,
and an answer."""

from __future__ import annotations

import ast
import re

import pytest
import without_recognition
from conftest import ROOT

PAGE = (ROOT / "book" / "reference" / "questions.md").read_text("utf-8")
ASKED = re.findall(r"^### ([^\n]*)\n\n```\{code-cell\}\n(.*?)\n```", PAGE, re.M | re.S)
FIRST = re.search(r"```\{code-cell\}\n(.*?)\n```", PAGE, re.S)


def answers() -> dict[str, object]:
    """What each question is answered, run one after another as the notebook does."""
    told, names = {}, {}
    exec(FIRST[1], names)
    for question, code in ASKED:
        *lines, last = ast.parse(code).body
        exec(compile(ast.Module(lines, []), question, "exec"), names)
        told[question] = eval(compile(ast.Expression(last.value), question, "eval"), names)
    return told


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    return answers()


def test_there_are_twenty_in_three_lines_each_through_the_public_door() -> None:
    assert len(dict(ASKED)) == len(ASKED) == 20 == len(re.findall("^### ", PAGE, re.M))
    assert all(len(code.splitlines()) <= 3 for _, code in ASKED)
    imported = ast.parse(FIRST[1]).body[0]
    assert imported.module == "without_recognition"
    assert {each.name for each in imported.names} <= set(without_recognition.__all__)
    assert all(re.search(r"[?.]$", question) for question, _ in ASKED)


def test_each_has_an_answer(told) -> None:
    assert {
        question for question, answer in told.items() if not len(str(answer)) or len(repr(answer)) < 3
    } == set()
    empty = {question for question, answer in told.items() if getattr(answer, "size", 1) == 0}
    assert empty == set()


def test_a_what_if_moves_what_it_should(told, book) -> None:
    first, second, *_ = told.values()
    assert first.sum() == len(book.compare(book.without(sources="dahri-2016")))
    assert second[0] > second[1], "without the blog the mean falls"
    assert "**eight** ~~11~~" in str(told["And what is left of its tellings without the blog?"])
