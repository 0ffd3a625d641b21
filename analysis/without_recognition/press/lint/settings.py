"""Whether _config.yml holds what Jupyter Book knows, which takes a mistyped setting without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from jupyter_book.config import PATH_YAML_DEFAULT, get_validator

from without_recognition.data.messages import unknown


def settings_problems(path: Path) -> list[str]:
    """'_config.yml:row: what is wrong; what to do' for the settings in `path`."""
    try:
        text = path.read_text("utf-8-sig")
        given = yaml.safe_load(text)
    except OSError as wrong:
        return [f"{path.name}: cannot be read ({wrong.strerror}); restore it from the repository"]
    except UnicodeDecodeError:
        return [f"{path.name}: not UTF-8; save the file as UTF-8"]
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        return [f"{path.name}{place}: not YAML ({getattr(wrong, 'problem', '') or 'unreadable'}); correct it"]
    if not isinstance(given, dict):
        return [f"{path.name}: not a list of keys with values; restore it from the repository"]
    return [f"{path.name}:{_row(text, key)}: {told}" for key, told in [*_unknown(given), *_invalid(given)]]


def _unknown(given: dict[object, object]) -> Iterator[tuple[object, str]]:
    """(key, what is wrong; what to do) for keys that Jupyter Book does not have."""
    known = yaml.safe_load(PATH_YAML_DEFAULT.read_text("utf-8"))
    for key, value in given.items():
        if key not in known:
            yield key, unknown("setting", str(key), set(known))
        elif isinstance(known[key], dict) and isinstance(value, dict):
            allowed = {*known[key], *get_validator().schema["properties"].get(key, {}).get("properties", {})}
            for inner in value.keys() - allowed:
                yield inner, unknown(f"setting of {key}", str(inner), allowed)
        elif isinstance(known[key], dict):
            yield key, f"{key} is not a list of keys with values; see Jupyter Book's manual"


def _invalid(given: dict[object, object]) -> Iterator[tuple[object, str]]:
    """(key, what is wrong; what to do) for values that Jupyter Book refuses."""
    for error in get_validator().iter_errors(given):
        keys = [str(each) for each in error.path if isinstance(each, str)]
        yield keys[-1] if keys else "", f"{'/'.join(keys)}: {error.message}; correct it"


def _row(text: str, key: object) -> int:
    rows = enumerate(text.splitlines(), 1)
    return next((n for n, line in rows if re.match(rf"\s*{re.escape(str(key))}\s*:", line)), 1)
