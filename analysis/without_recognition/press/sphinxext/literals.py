"""Data as scripts: a page that is opened as a file may fetch nothing, so what it looks up sets a global."""

from __future__ import annotations

import json


def js_literal(value: object) -> str:
    """`value` as JavaScript writes it, short and on one line: what ends lines there besides is escaped.

    >>> js_literal({"a": [1, "é"]})
    '{"a":[1,"é"]}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def added(name: str, value: dict[str, str]) -> str:
    """The script that adds these to the global `name`, for what comes in several files.

    >>> added("wrCards", {"a": "b"})
    'window.wrCards=Object.assign(window.wrCards||{},{"a":"b"});\\n'
    """
    return f"window.{name}=Object.assign(window.{name}||{{}},{js_literal(value)});\n"


def assigned(name: str, value: object) -> str:
    """The script that gives the global `name` this value.

    >>> assigned("wrIds", [1])
    'window.wrIds=[1];\\n'
    """
    return f"window.{name}={js_literal(value)};\n"
