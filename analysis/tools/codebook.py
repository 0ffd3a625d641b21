"""`make.py codebook`: write the codebook of data/datapackage.json into CONTRIBUTING.md."""

import argparse
import sys
from pathlib import Path

from without_recognition.data import codebook, dataset

PAGE = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"


def main(argv: list[str], page: Path = PAGE) -> int:
    """Exit 1, with the problems, where datapackage.json cannot be read."""
    argparse.ArgumentParser(prog="make.py codebook", description=__doc__).parse_args(argv)
    try:
        package = dataset.descriptor(dataset.data_folder())
    except dataset.DatasetError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    page.write_text(codebook.inserted(page.read_text("utf-8"), package), "utf-8")
    print(f"{page.name}: codebook written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
