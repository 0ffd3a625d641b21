"""What a contributor reads names every room, command, role and directive, and its examples hold."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from without_recognition import cli
from without_recognition.data.dataset import History
from without_recognition.evidence.lookup import Lookup
from without_recognition.findings import said
from without_recognition.press.build import extension
from without_recognition.press.lint import pages
from without_recognition.press.sphinxext import roles

ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
AUTHORS = (
    (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## What a page can say")[2].partition("\n## ")[0]
)
PACKAGE = ROOT / "analysis" / "without_recognition"
EXAMPLE = re.compile(r"\{(?P<name>\w+)\}`(?P<text>[^`]+)`")
HANDLER = re.compile(r"\.connect\(\s*[\"']([a-z-]+)[\"']")


@pytest.mark.parametrize("name", said.OF_PAGES)
def test_every_role_has_an_example(name: str) -> None:
    assert name in {example["name"] for example in EXAMPLE.finditer(AUTHORS)}


@pytest.mark.parametrize("name", sorted(pages.DIRECTIVES))
def test_every_directive_has_an_example(name: str) -> None:
    assert re.search(rf"(```|:::)\{{{name}\}}", AUTHORS)


def test_every_example_of_ours_is_understood_and_none_is_of_what_is_gone(book: History) -> None:
    look, ours = Lookup.of(book), [e for e in EXAMPLE.finditer(AUTHORS) if e["name"] in roles.ROLES]
    assert {e["name"] for e in ours} == set(roles.ROLES)
    for example in ours:
        assert roles.role_node(look, example["name"], example["text"])
    assert {e["name"] for e in EXAMPLE.finditer(AUTHORS)} <= set(said.OF_PAGES)
    assert set(re.findall(r"(?:```|:::)\{([\w-]+)\}", AUTHORS)) <= pages.DIRECTIVES | {"name"}


def test_every_room_and_every_command_stands_in_the_architecture() -> None:
    rooms = [path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")]
    missing = [
        room for room in rooms if room not in (".", "press") and not re.search(rf"`{room}/?`", ARCHITECTURE)
    ]
    assert len(rooms) > 10 and missing == []
    assert [name for name in cli.COMMANDS if f"`book {name}`" not in ARCHITECTURE] == []


def test_every_part_of_the_extension_stands_in_the_row_of_setup_in_its_order() -> None:
    row = ARCHITECTURE.partition("| `setup` | `build.extension.setup` |")[2].partition("\n")[0]
    named = re.findall(r"`(\w+)`", row.partition("calls `setup` of")[2])
    assert named == [part.__name__.rpartition(".")[2] for part in extension.PARTS]


def test_every_event_of_sphinx_that_we_listen_to_stands_in_its_table() -> None:
    events = {event for path in PACKAGE.rglob("*.py") for event in HANDLER.findall(path.read_text("utf-8"))}
    assert len(events) > 5 and [event for event in events if f"`{event}`" not in ARCHITECTURE] == []
