"""The dataset as people take it away: tables, results, one SQLite file, Parquet, a workbook, and its bibliography."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import without_recognition
from without_recognition import launch, load
from without_recognition.data import dataset
from without_recognition.press import PressError
from without_recognition.press.formats import downloads
from without_recognition.press.formats.downloads import SUMS
from without_recognition.press.system import files

GET = launch.BOOK


def write_dataset(out: Path) -> None:
    """Write all of `contents` to `out`. Raises PressError where a package that writes a format is missing.

    Of the data, what datapackage.json names is written and nothing else. Each file is replaced whole.
    """
    if missing := downloads.missing():
        raise PressError(f"{' and '.join(missing)}: not installed; {GET}")
    for name, content in contents().items():
        files.write_whole(out / name, content)


def contents() -> dict[str, bytes]:
    """Name -> bytes of all that `write_dataset` writes; the sums come last."""
    return downloads.download_files(load())


def _is_read_by_the_book(out: Path) -> bool:
    """Whether what is exported to `out` would lie among, or replace, what it is exported from."""
    data, package = dataset.data_folder().resolve(), Path(without_recognition.__file__).resolve().parent
    read = [data, package, *(each.resolve() for each in [package.parents[1] / "book"] if each.is_dir())]
    targets = [out.resolve(), (out / "data").resolve()]
    return data.is_relative_to(targets[1]) or any(t.is_relative_to(r) for t in targets for r in read)


def _changed_since(out: Path, new: Mapping[str, bytes]) -> Iterator[str]:
    """The files in `out` that are neither what is to be written nor what an earlier export wrote."""
    earlier: dict[str, str] = {}
    with suppress(OSError, ValueError):
        lines = (out / SUMS).read_text("utf-8").splitlines()
        earlier = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name, content in new.items():
        held = (out / name).read_bytes() if name != SUMS and (out / name).exists() else content
        if held != content and downloads.sha256(held) != earlier.get(name):
            yield f"{out / name}: not as an export wrote it; move it away, or export to another folder"


def main(argv: list[str]) -> int:
    """`book export FOLDER`. Refuses to write among the book's own files, or over files that somebody changed."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="book export",
        description="Write the dataset, its results in several formats, and its bibliography.",
    )
    parser.add_argument("folder")
    given = parser.parse_args(argv).folder
    if not given:
        parser.error("FOLDER is empty; name one ('.' is the folder you are in)")
    out = Path(given)
    if _is_read_by_the_book(out):
        raise PressError(f"{out}: the book itself is read from there; export to a folder of its own")
    out.mkdir(parents=True, exist_ok=True)
    new = contents()
    if changed := list(_changed_since(out, new)):
        raise PressError("\n".join(changed))
    for name, content in new.items():
        files.write_whole(out / name, content)
    for package, what in downloads.missing().items():
        print(f"without {what}, for {package} is not installed: {GET}", file=sys.stderr)
    print(f"{out}: data, results, bibliography")
    return 0
