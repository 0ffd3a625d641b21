"""Whether _toc.yml lists every page of the book once, and _config.yml holds what Jupyter Book knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from jupyter_book.config import PATH_YAML_DEFAULT, get_validator
from sphinx_external_toc.parsing import parse_toc_data

from analysis.messages import unknown
from analysis.press import manuscript

OTHER_FORMATS = (".ipynb", ".rst", ".txt")


def problems(root: Path) -> list[str]:
    """'file:row: what is wrong; what to do' for the contents and the settings of the book in `root`."""
    return [*_contents(root / "book"), *_settings(root / "_config.yml")]


def _yaml(path: Path, shown: str) -> tuple[str, object, list[str]]:
    """(text, what it says, problems); it must be a mapping."""
    try:
        text = path.read_text("utf-8-sig")
        given = yaml.safe_load(text)
    except OSError as wrong:
        return "", {}, [f"{shown}: cannot be read ({wrong.strerror}); restore it from the repository"]
    except UnicodeDecodeError:
        return "", {}, [f"{shown}: not UTF-8; save the file as UTF-8"]
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        return (
            "",
            {},
            [f"{shown}{place}: not YAML ({getattr(wrong, 'problem', '') or 'unreadable'}); correct it"],
        )
    if not isinstance(given, dict):
        return text, {}, [f"{shown}: not a list of keys with values; restore it from the repository"]
    return text, given, []


# --- contents -------------------------------------------------------------------------------------
def _contents(book: Path) -> Iterator[str]:
    shown = f"{book.name}/_toc.yml"
    text, given, wrong = _yaml(book / "_toc.yml", shown)
    if wrong:
        yield from wrong
        return
    pages = {path.relative_to(book).with_suffix("").as_posix() for path in manuscript.files(book)}
    listed = list(_listed(given))
    for n, name in enumerate(listed):
        bare = name.removesuffix(".md")
        if bare in [each.removesuffix(".md") for each in listed[:n]]:
            yield f"{shown}:{_row(text, name, last=True)}: '{name}' stands twice; list every page once"
        elif bare not in pages:
            yield f"{shown}:{_row(text, name)}: {unknown('page', name, pages)}"
    for name in sorted(pages - {each.removesuffix(".md") for each in listed}):
        yield f"{book.name}/{name}.md:1:1: not in {shown}; list it there or remove the file"
    for path in sorted(each for each in book.rglob("*") if each.suffix in OTHER_FORMATS):
        name = path.relative_to(book).as_posix()
        yield f"{book.name}/{name}: not a page of this book; write it as MyST text (.md)"
    if given.get("format") != "jb-book":
        yield f"{shown}: no line 'format: jb-book'; write it"
    try:
        parse_toc_data(given)
    except Exception as wrong:  # of many kinds, for contents of many forms
        yield f"{shown}: {wrong or type(wrong).__name__}; see the contents of this book in the repository"


def _listed(given: object) -> Iterator[str]:
    """Every page that the contents name, wherever."""
    if isinstance(given, dict):
        for key, value in given.items():
            if key in ("file", "root") and isinstance(value, str):
                yield value
            else:
                yield from _listed(value)
    elif isinstance(given, list):
        for value in given:
            yield from _listed(value)


def _row(text: str, name: str, last: bool = False) -> int:
    rows = [
        n
        for n, line in enumerate(text.splitlines(), 1)
        if re.search(rf":\s*['\"]?{re.escape(name)}['\"]?\s*$", line)
    ]
    return (rows[-1] if last else rows[0]) if rows else 1


# --- settings -------------------------------------------------------------------------------------
def _settings(path: Path) -> Iterator[str]:
    text, given, wrong = _yaml(path, path.name)
    if wrong:
        yield from wrong
        return
    known = yaml.safe_load(PATH_YAML_DEFAULT.read_text("utf-8"))
    for key, value in given.items():
        if key not in known:
            yield f"{path.name}:{_key_row(text, key)}: {unknown('setting', str(key), set(known))}"
        elif isinstance(known[key], dict) and isinstance(value, dict):
            allowed = {*known[key], *get_validator().schema["properties"].get(key, {}).get("properties", {})}
            for inner in value.keys() - allowed:
                told = unknown(f"setting of {key}", str(inner), allowed)
                yield f"{path.name}:{_key_row(text, inner)}: {told}"
        elif isinstance(known[key], dict):
            told = f"{key} is not a list of keys with values; see Jupyter Book's manual"
            yield f"{path.name}:{_key_row(text, key)}: {told}"
    for error in get_validator().iter_errors(given):
        keys = [str(each) for each in error.path if isinstance(each, str)]
        row = _key_row(text, keys[-1] if keys else "")
        yield f"{path.name}:{row}: {'/'.join(keys)}: {error.message}; correct it"


def _key_row(text: str, key: object) -> int:
    return next(
        (
            n
            for n, line in enumerate(text.splitlines(), 1)
            if re.match(rf"\s*{re.escape(str(key))}\s*:", line)
        ),
        1,
    )
