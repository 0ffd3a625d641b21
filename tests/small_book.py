"""A book of a few lines for the tests of the build: no evidence, one chapter a cell or two."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFIG = """\
title: Small
execute: {execute_notebooks: cache, timeout: 60, raise_on_error: true, show_tb: true, stderr_output: error}
sphinx:
  local_extensions: {small_extension: .}
  config:
    extensions: [myst_nb, jupyter_book, sphinx_comments, sphinx_external_toc, sphinx_design,
                 sphinx_book_theme, small_extension]
"""
EXTENSION = """\
from analysis.press import execute


def setup(app):
    app.connect("config-inited", execute.prepare, priority=950)
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
