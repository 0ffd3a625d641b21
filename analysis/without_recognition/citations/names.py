"""The cell `author`: who wrote a source, `Family, Given; Family, Given` or the whole name of a body."""

from __future__ import annotations

SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
OTHERS = {"literal": "others"}  #: stands for those whom the source does not name
AND_OTHERS = " and others"


def people(cell: str) -> list[dict[str, str]]:
    """The authors as CSL names: `family` and `given` (and `suffix`), or `literal` for a body, whole.

    What has more commas than a name has is one `literal`, so that nothing that reads it can stumble.
    """
    found = []
    for text in (" ".join(part.split()) for part in cell.split(";")):
        more = text.endswith(AND_OTHERS)
        if text := text.removesuffix(AND_OTHERS):
            found.append(_name(text))
        if more:
            found.append(dict(OTHERS))
    return found


def _name(text: str) -> dict[str, str]:
    family, *rest = (part.strip() for part in text.split(","))
    if family and len(rest) == 1 and rest[0]:
        return {"family": family, "given": rest[0]}
    if family and len(rest) == 2 and rest[0] and rest[1] in SUFFIXES:
        return {"family": family, "given": rest[0], "suffix": rest[1]}
    return {"literal": text}


def family(name: dict[str, str]) -> str:
    """'Yegar', 'US Embassy Tel Aviv'."""
    return name.get("family") or name["literal"]


def spoken(name: dict[str, str]) -> str:
    """'Moshe Yegar', 'US Embassy Tel Aviv'."""
    if "literal" in name:
        return name["literal"]
    return " ".join(filter(None, (name["given"], name["family"], name.get("suffix", ""))))
