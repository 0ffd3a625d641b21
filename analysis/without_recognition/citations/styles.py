"""References in Chicago, APA and MLA, by pandoc's citeproc and the published CSL styles (folder `csl-styles/`).

Every reference is made to stand alone: what a list does to tell its entries apart (2026a, 2026b; a dash for an
author who was named just before) is turned off.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from without_recognition.citations.csl import Item

FOLDER = Path(__file__).parent / "csl-styles"
STYLES = {
    "Chicago": "chicago-notes-bibliography",
    "APA": "apa",
    "MLA": "modern-language-association",
}
OF_LISTS = re.compile(r' (?:disambiguate-[a-z-]+|subsequent-author-substitute(?:-rule)?)="[^"]*"')
LESS = '<<span class="nocase"></span>'  #: a `<` that pandoc takes for no markup
NOTHING = '<span class="nocase"></span>'
ENTRY = re.compile(r'(?s)<div id="ref-([^"]+)" class="csl-entry"[^>]*>\s*(.*?)\s*</div>')


class StyleError(RuntimeError):
    """Pandoc could not make the references; the message says why, in its words."""


def formatted(items: Iterable[Item]) -> dict[str, dict[str, str]]:
    """Id of an item -> name of a style -> the reference, as HTML without block elements.

    Raises StyleError.
    """
    items = list(items)
    with ThreadPoolExecutor() as pool:
        made = dict(zip(STYLES, pool.map(partial(in_style, items), STYLES.values())))
    return {item["id"]: {name: made[name][item["id"]] for name in STYLES} for item in items}


def in_style(items: list[Item], style: str) -> dict[str, str]:
    """Id of an item -> the reference in one style, named by its file; "" for what the style lists only in notes.

    Raises StyleError.
    """
    import pypandoc

    program = Path(pypandoc.__file__).parent / "files" / "pandoc"
    if not program.is_file():
        raise StyleError("pandoc: not in the package pypandoc_binary; install the packages of the lock anew")
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "style.csl").write_text(
            OF_LISTS.sub("", (FOLDER / f"{style}.csl").read_text("utf-8")), "utf-8"
        )
        (room / "items.json").write_text(json.dumps([_plain(item) for item in items]), "utf-8")
        done = subprocess.run(
            [program, "--from=markdown", "--to=html", "--wrap=none",
             "--citeproc", f"--csl={room / 'style.csl'}", f"--bibliography={room / 'items.json'}",
             f"--data-dir={room / 'none'}"],
            input='---\nnocite: "@*"\nlang: en-US\n---\n', capture_output=True, text=True, encoding="utf-8",
            env={"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    if done.returncode:
        raise StyleError(f"references cannot be made: {done.stderr.strip()}")
    return {key: entry.replace(NOTHING, "") for key, entry in ENTRY.findall(done.stdout)}


def _plain(value: object) -> object:
    """`value` with every text in it free of markup: CSL-JSON knows <i>, <b>, <sup>, <span>."""
    if isinstance(value, str):
        return value.replace("<", LESS)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if key != "custom"}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
