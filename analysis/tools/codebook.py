"""Write the codebook of data/datapackage.json into CONTRIBUTING.md: `.venv/bin/python analysis/tools/codebook.py`."""

from pathlib import Path

from without_recognition.data import codebook, dataset

PAGE = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"

if __name__ == "__main__":
    PAGE.write_text(
        codebook.inserted(PAGE.read_text("utf-8"), dataset.descriptor(dataset.data_folder())), "utf-8"
    )
    print(f"{PAGE.name}: codebook written")
