"""The chapters' MyST as plain Markdown for JupyterLab: roles become words, boxes of the book are left out."""

from __future__ import annotations

import re

from analysis.press import roles, wording
from analysis.press.lookup import Lookup

ROLE = re.compile(r"(?P<space>[ \t]*\n?[ \t]*)\{(?P<name>[A-Za-z:_-]+)\}`(?P<text>[^`]+)`")
TITLED = re.compile(r"(?s)(?P<words>.*\S)\s*<[^<>]+>")
LABEL = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)
FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w-]+)\}(?P<title>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$\n?",
    re.MULTILINE | re.DOTALL,
)
SPECIAL = re.compile(r"([\\`*_{}\[\]<>$&|~])")
OPTION = re.compile(r"^:[\w-]+:.*\n", re.MULTILINE)


def markdown(look: Lookup, text: str) -> str:
    """`text` without roles, directives and labels. Raises PressError for an id that the data do not have."""
    text = FENCE.sub(_content, LABEL.sub("", text))
    return ROLE.sub(
        lambda role: _spaced(role["space"], _words(look, role["name"], role["text"])), text
    ).strip()


def escaped(words: str) -> str:
    """`words` of the data, so that Markdown shows them as they are."""
    return SPECIAL.sub(r"\\\1", words)


def _content(directive: re.Match) -> str:
    """What a directive holds, quoted; one that the book computes holds nothing."""
    body = OPTION.sub("", directive["body"]).strip()
    return "\n".join(f"> {line}".rstrip() for line in body.splitlines()) + "\n" if body else ""


def _spaced(space: str, words: str) -> str:
    """A mark without words leaves no gap before the full stop."""
    return space + words if words else ""


def _words(look: Lookup, name: str, text: str) -> str:
    text = " ".join(text.split())
    if name == "src":
        source_id, _, locator = text.partition(" ")
        return escaped(f"({wording.short(look.source(source_id))}{', ' + locator if locator else ''})")
    if name in roles.ROLES:
        return escaped(roles.made(look, name, text).astext())
    titled = TITLED.fullmatch(text)
    return titled["words"] if titled else text
