"""What the book is re-run with: the package as wheel and as sources, data inside,
and the pins of all that it was made with."""

from __future__ import annotations

import os
import tempfile
from contextlib import chdir
from pathlib import Path

from without_recognition.press.system import digest, files

LOCK = "requirements.lock"


def write_kit(root: Path, out: Path) -> list[Path]:
    """Write wheel, sources and lock of the code in `root` to `out`; the same bytes from the same files.
    Returns the paths.

    A book without code of its own (no pyproject.toml) has none of them.
    """
    if not (root / "pyproject.toml").is_file():
        return []
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(digest.release_epoch())
    paths = []
    try:
        # from within: hatchling takes [ and * in the name of a folder for a pattern, and finds no licence there
        with tempfile.TemporaryDirectory() as made, chdir(root):
            for builder in (WheelBuilder(os.curdir), SdistBuilder(os.curdir)):
                for path in map(Path, builder.build(directory=made, versions=["standard"])):
                    paths.append(out / path.name)
                    files.write_whole(paths[-1], path.read_bytes())
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        os.environ.update({"SOURCE_DATE_EPOCH": before} if before is not None else {})
    files.write_whole(out / LOCK, (root / LOCK).read_bytes())
    return [*paths, out / LOCK]
