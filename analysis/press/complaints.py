"""What Sphinx and its extensions complain of, in the form of this house: file:row: what; what to do."""

from __future__ import annotations

import logging
import os
import re
import traceback
from pathlib import Path

from sphinx.errors import ExtensionError
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from analysis.messages import plain

REMEDIES = {  #: a word of the message -> what to do about it
    "option": "write one that the directive knows",
    "content": "leave the directive empty",
    "argument": "see another page for how it is written",
    "footnote": "give every note one text and one call",
    "stderr": "mend what the cell warns of",
    "config value": "correct it in _config.yml",
    "theme option": "correct it in _config.yml",
    "no page shows": "list the reference pages in book/_toc.yml",
}


class Form(logging.Formatter):
    """Formatter for warnings about the sources below `source`."""

    def __init__(self, source: Path):
        super().__init__()
        self.source = source

    def format(self, record: logging.LogRecord) -> str:
        said = " ".join(logging.LogRecord.getMessage(record).split())
        return f"{self._place(getattr(record, 'location', None))}: {with_remedy(said)}"

    def _place(self, location: str | None) -> str:
        path, row = re.fullmatch(r"(.*?):?(\d*)", location or "").groups()
        if not path or path.startswith("<"):
            return self.source.name
        return Path(os.path.relpath(path, self.source.parent)).as_posix() + (f":{row}" if row else "")


def with_remedy(said: str) -> str:
    """One line that says what to do, in the words of the message or ours."""
    if "; " in said:
        return plain(said)
    remedy = next((remedy for word, remedy in REMEDIES.items() if word in said.lower()), "correct it there")
    return plain(f"{said.rstrip('.')}; {remedy}")


def prepare(app) -> None:
    """From now on Sphinx warns in our form."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.setFormatter(Form(Path(app.srcdir)))


def failure(wrong: Exception, app, log: Path) -> str:
    """What ended a build, in words; the traceback goes to `log`. `app` is None where no page had been read."""
    if isinstance(wrong, ExtensionError) and "\n" in str(wrong):
        return str(wrong)  # of `problems`: one mistake a line, each with its place
    page = app.env.temp_data.get("docname") if app and app.env else None
    place = f"book/{page}.md" if page else "_config.yml" if app is None else "book"
    log.parent.mkdir(parents=True, exist_ok=True)
    of_a_writer = getattr(wrong, "traceback", "")  # which was forked: Sphinx hands its traceback over as text
    log.write_text("".join([*traceback.format_exception(wrong), of_a_writer]), "utf-8")
    cause = wrong.__cause__ or wrong
    said = with_remedy(f"Sphinx cannot read it ({type(cause).__name__}: {cause})")
    return f"{place}: {said}, or, if it is sound, report {log.parent.name}/{log.name}"
