"""A book of a few lines for the tests of the build: no evidence, one chapter a cell or two."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFIG = """\
title: Small
execute: {execute_notebooks: cache, timeout: 60, raise_on_error: true, show_tb: true, stderr_output: error}
sphinx:
  local_extensions: {small_extension: .}
  config:
    extensions: [myst_nb, jupyter_book, sphinx_comments, sphinx_external_toc, sphinx_design,
                 sphinx_book_theme, small_extension]
    html_copy_source: false
    templates_path: []  # its own for each build: the theme adds to the one that Sphinx gives to all
"""
EXTENSION = """\
from without_recognition.press.build import warning_log
from without_recognition.press.execution import execute


def setup(app):
    warning_log.word_warnings(app)
    app.connect("config-inited", execute.run_chapters, priority=950)
    return {"parallel_read_safe": True}
"""
CHAPTER = """\
---
file_format: mystnb
kernelspec: {{name: python3}}
---
# {title}

{prose}

```{{code-cell}}
{code}
```
"""


def chapter(title: str, code: str, prose: str = "Words.") -> str:
    """The text of a chapter with one cell."""
    return CHAPTER.format(title=title, code=code, prose=prose)


def make(root: Path, **chapters: str) -> Path:
    """Write a book to `root`: an introduction and the given chapters, text by name. Returns `root`."""
    book = root / "book"
    book.mkdir(parents=True)
    (root / "_config.yml").write_text(CONFIG)
    (root / "small_extension.py").write_text(EXTENSION)
    (book / "intro.md").write_text("# Introduction\n\nRead on.\n")
    listed = "".join(f"- file: {name}\n" for name in chapters)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: intro\nchapters:\n{listed}")
    for name, text in chapters.items():
        (book / f"{name}.md").write_text(text)
    return root


def checkout(root: Path, **chapters: str) -> Path:
    """Write to `root` all that a book is made from: our code, the toy's data and the given chapters. Returns `root`."""
    import toybook
    from without_recognition.data import check
    from without_recognition.press.build import reproduce

    reproduce.copy(ROOT, root)
    shutil.rmtree(root / "book")
    shutil.rmtree(root / "data")
    check.fix(toybook.write_package(root / "data"))
    made = make(root.with_name(f"{root.name}, its words"), **chapters)
    shutil.move(made / "book", root / "book")
    shutil.rmtree(made)
    return root


def run(root: Path, command: str = "build", **options) -> subprocess.CompletedProcess:
    """Run `book COMMAND` with the package that is in `root`."""
    return subprocess.run(**{**started(root, command), "text": True, "capture_output": True, **options})


def started(root: Path, command: str = "build", **environment: str) -> dict[str, object]:
    """What subprocess needs to start `book COMMAND` with the package that is in `root`."""
    return {
        "args": [sys.executable, "-m", "without_recognition.cli", command],
        "cwd": root,
        "env": {**os.environ, **environment, "PYTHONPATH": str(root / "analysis")},
    }


def files(root: Path) -> dict[str, bytes]:
    """Path -> bytes of the published book in `root`."""
    folder = root / "_build" / "book"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def obey_modes() -> None:
    """Take from root, if it is root, the right to pass over the modes of files."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def stock_build(root: Path, *options: str, **environment: str) -> subprocess.CompletedProcess:
    """Run `jupyter-book build book --config _config.yml` in `root`."""
    return subprocess.run(
        [
            Path(sys.executable).with_name("jupyter-book"),
            "build",
            "book",
            "--config",
            "_config.yml",
            *options,
        ],
        cwd=root,
        text=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
