"""The dataset as people take it away: the Data Package, loose and zipped, and its bibliography."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from analysis import citing, load
from analysis.dataset import data_folder
from analysis.press import bibliography

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(out: Path) -> None:
    """Write `out`/data/, `out`/without-recognition-data.zip and the sources as CSL-JSON, BibTeX and RIS."""
    data = out / "data"
    shutil.copytree(data_folder(), data, dirs_exist_ok=True, copy_function=shutil.copyfile)
    pack(data, out / "without-recognition-data.zip")
    history = load()
    for name, text in (("sources.json", citing.csl_json(history) + "\n"), ("sources.bib", bibliography.bibtex(history)),
                       ("sources.ris", bibliography.ris(history))):  # fmt: skip
        (out / name).write_text(text, encoding="utf8")


def pack(folder: Path, out: Path) -> None:
    """Zip `folder`; equal files give equal bytes, whenever and wherever."""
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def main(argv: list[str]) -> int:
    """`book export FOLDER`."""
    import argparse

    parser = argparse.ArgumentParser(prog="book export", description="Write the dataset and its bibliography.")
    parser.add_argument("folder")
    given = parser.parse_args(argv).folder
    if not given:
        parser.error("FOLDER is empty; name one ('.' is the folder you are in)")
    out = Path(given)
    out.mkdir(parents=True, exist_ok=True)
    write(out)
    print(f"{out}: data, bibliography")
    return 0
