"""Letters that nobody sees, or that are not what was meant: for cells of tables, pages and settings alike.

Each function gives the first fault as (index, `what is wrong; what to do`), or None.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

SEEN = {
    *range(0x600, 0x606),
    0x6DD,
    0x8E2,
}  #: Arabic signs that Unicode counts as invisible although they are drawn
JOINERS = "\u200c\u200d"  #: part of the spelling in Arabic and Indic scripts
TYPOGRAPHIC = "–—‘’“”…•†"
WEB = re.compile(r"https?://[^\s<>\"'`]+")
IN_ADDRESS = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?%-]")
HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\.)+[A-Za-z0-9-]{2,}\.?(?::\d{1,5})?")
Fault = tuple[int, str] | None


def odd(text: str) -> Fault:
    """Replacement characters, invisible ones, odd spaces, mojibake, letters that are not composed (NFC)."""
    if text.isascii():
        return None
    return _invisible(text) or _mojibake(text) or _composed(text)


def _invisible(text: str) -> Fault:
    for at, c in enumerate(text):
        if c.isascii():
            continue
        kind, called = (
            unicodedata.category(c),
            f"{unicodedata.name(c, 'a character').lower()} (U+{ord(c):04X})",
        )
        if c == "\ufffd":
            return at, f"{called}, where a letter was lost; type it anew"
        if kind == "Zs":
            return at, f"{called}; write a plain space"
        if kind in ("Co", "Cn", "Cs"):
            return at, f"{called}, which no font has; type it anew"
        if kind == "Cf" and ord(c) not in SEEN and not (c in JOINERS and _joins(text, at)):
            return at, f"{called}, which nobody sees; remove it"
    return None


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands between or after letters of a script that is spelled with joiners."""
    return at > 0 and unicodedata.category(text[at - 1]) in ("Lo", "Mn", "Mc")


def _mojibake(text: str) -> Fault:
    """UTF-8 that was read as Windows-1252 or Latin-1: 'Ã©' for 'é'."""
    for run in re.finditer(r"[^\x00-\x7f]{2,}", text):
        if len(run[0]) == 2 and run[0][1] in TYPOGRAPHIC and run[0][0] not in "ÃÂ":
            continue  # 'CAFÉ”' is what it seems
        for encoding in ("cp1252", "latin-1"):
            try:
                meant = run[0].encode(encoding).decode("utf-8")
            except ValueError:
                continue
            return run.start(), f"'{run[0]}' was read in a wrong encoding; write '{meant}'"
    return None


def _composed(text: str) -> Fault:
    normal = unicodedata.normalize("NFC", text)
    if normal == text:
        return None
    at = next((n for n, (a, b) in enumerate(zip(text, normal)) if a != b), len(normal) - 1)
    return at, f"a letter in parts (not NFC); write '{normal[at]}' as one letter"


def address(text: str) -> Fault:
    """What keeps `text` from being an address of the web, each sign of it encoded once."""
    begin = re.match(r"https?://", text)
    if not begin:
        return 0, f"'{text}' is no address of the web; begin it with https://"
    host = re.match(r"[^/?#]*", text[begin.end() :])
    if host is None or not HOST.fullmatch(host[0]):
        return begin.end(), f"'{text}' is no address of the web, for it names no host; correct it"
    fragment = text.find("#")
    for at, c in enumerate(text):
        if not IN_ADDRESS.fullmatch(c) and at != fragment:
            return at, f"'{text}' is no address of the web: '{c}' must be encoded; write {quote(c, safe='')}"
        if c == "%":
            hexadecimal = text[at + 1 : at + 3]
            if not re.fullmatch("[0-9A-Fa-f]{2}", hexadecimal):
                return at, f"'{text}' is no address of the web: a % that encodes nothing; write %25"
            if hexadecimal == "25" and re.match("[0-9A-Fa-f]{2}", text[at + 3 :]):
                twice = text[at : at + 5]
                return at, f"'{text}' is encoded twice, at '{twice}'; write %{twice[3:]}"
    return None
