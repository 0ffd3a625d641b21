"""The cell `container`: title, volume, issue, document number and pages, where they stand in one text."""

from __future__ import annotations

import re
from collections.abc import Mapping

PAGES = re.compile(r"(?P<before>.+), pp?\. (?P<page>\d+(?:-\d+)?)")
NUMBERED = (
    re.compile(r"(?P<title>.+?) (?P<volume>\d+):(?P<issue>\d+(?:-\d+)?)(?: \((?P<rest>[^()]+)\))?"),
    re.compile(r"(?P<title>.+?), vol\. (?P<volume>[\w-]+)(?:, part (?P<part>\w+))?, doc\. (?P<number>\d+)"),
    re.compile(r"(?P<title>.+?) (?P<volume>\d+), part (?P<part>\d+)"),
    re.compile(r"(?P<title>.+?), issue (?P<issue>\d+)"),
)
OF_TYPE = {
    "article-journal": re.compile(r"(?P<title>.+?) (?P<volume>\d{1,3})"),
    "report": re.compile(r"(?P<genre>[A-Z][A-Za-z ]+) (?P<number>\d+)(?:, (?P<rest>.+))?"),
}  #: forms that mean something else in other types
COLUMNS = {
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "number": "number",
}  #: where a table has them


def parts(source: Mapping[str, str]) -> dict[str, str]:
    """`title`, `volume`, `issue`, `part`, `number`, `page`, `genre` (of a report) and `rest`, as far as given.

    Columns of the table that hold one of them win over what is read out of `container`.
    """
    paged = PAGES.fullmatch(source["container"])
    text, pages = (paged["before"], {"page": paged["page"]}) if paged else (source["container"], {})
    forms = [*NUMBERED, OF_TYPE[source["type"]]] if source["type"] in OF_TYPE else NUMBERED
    found = next((m for form in forms if (m := form.fullmatch(text))), None)
    read = found.groupdict() if found else {"title": text}
    given = {name: source[column] for column, name in COLUMNS.items() if source.get(column)}
    return {name: part for name, part in (read | pages | given).items() if part}
