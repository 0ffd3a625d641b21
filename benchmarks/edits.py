"""Edit the real book at random and build its pages each time from what is kept, and from nothing:
`python benchmarks/edits.py [EDITS [SEED]]`.

Prints each edit, the seconds of both builds and the first file that differs; the exit code is 1 if one does.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from analysis.press import kept, reproduce

ROOT = Path(__file__).resolve().parents[1]
BUILD = "import sys; from pathlib import Path; from analysis.press import build\n"
BUILD += "sys.exit(not build.pages(Path.cwd(), Path.cwd() / '_build' / sys.argv[1] / 'html'))"


def words(chance: random.Random, text: str) -> str:
    """One sentence more, after a random paragraph that ends with a full stop."""
    places = [found.end() for found in re.finditer(r"(?m)^[A-Z][^\n]*\.$(?=\n\n)", text)]
    place = chance.choice(places) if places else len(text)
    return f"{text[:place]} One more sentence, number {chance.randrange(10**6)}.{text[place:]}"


def paragraph(chance: random.Random, text: str) -> str:
    """One plain paragraph less."""
    places = list(re.finditer(r"(?m)^[A-Z][^\n{]*\.\n\n", text))
    found = chance.choice(places) if places else None
    return text[: found.start()] + text[found.end() :] if found else words(chance, text)


def heading(chance: random.Random, text: str) -> str:
    """Another heading."""
    found = chance.choice(list(re.finditer(r"(?m)^#+ .*$", text)))
    return f"{text[: found.end()]}, once more{text[found.end() :]}"


def section(chance: random.Random, text: str) -> str:
    """A section and a label more, at the end."""
    number = chance.randrange(10**6)
    return f"{text}\n(place-{number})=\n## Section {number}\n\nSee {{ref}}`place-{number}`.\n"


def cell(chance: random.Random, text: str) -> str:
    """A code cell more in a chapter; elsewhere words."""
    if "{code-cell}" not in text:
        return words(chance, text)
    return f"{text}\n```{{code-cell}}\nprint({chance.randrange(10**6)})\n```\n"


EDITS = (words, words, paragraph, heading, section, cell)


def pages(root: Path, name: str) -> tuple[Path, float]:
    """The HTML in `_build/<name>`, and the seconds that it took."""
    began = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", BUILD, name], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return root / "_build" / name / "html", time.monotonic() - began


def main() -> int:
    """Run the trials."""
    count, seed = (int(word) for word in [*sys.argv[1:], *("12", "1")[len(sys.argv) - 1 :]])
    chance, failed = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as room:
        root = reproduce.copy(ROOT, Path(room) / "book")
        pages(root, "again")
        for number in range(1, count + 1):
            page, edit = chance.choice(sorted((root / "book").rglob("*.md"))), chance.choice(EDITS)
            page.write_text(edit(chance, page.read_text("utf-8")), "utf-8")
            again, quick = pages(root, "again")
            shutil.rmtree(root / kept.FOLDER)
            anew, slow = pages(root, "anew")
            found = [line for line in reproduce.differences(again, anew) if not line.startswith(".buildinfo")]
            failed += bool(found)
            done = f"{edit.__name__} of {page.relative_to(root)}"
            print(f"{number:3} {done}: {quick:.1f} s, from nothing {slow:.1f} s", *found[:1], sep="\n    ", flush=True)
    print(f"{count} edits, {failed} with a difference (seed {seed})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
