"""Make the faces of the screen: cut from Source Serif 4, Source Sans 3 and, for Arabic and Urdu, Noto Naskh Arabic.

    pip install fonttools brotli fontpkg-source-serif-4
    python analysis/tools/fonts.py <folder of fontpkg_source_serif_4/files>

All come under the SIL Open Font Licence, which keeps the names for the whole fonts; the cuts are called "WR Serif",
"WR Sans" and "WR Naskh". The licences stand beside them. A browser loads the last only where a page shows its letters.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PRESS = Path(__file__).resolve().parents[1] / "without_recognition" / "press"
OUT = PRESS / "sphinxext" / "shell" / "static" / "fonts"
SANS = PRESS / "print" / "assets" / "fonts"
LETTERS = (
    "20-7E A0 A3 A7 AB AD B0 B1 B6 B7 BB BD BF-FF 100-101 11E-11F 12A-12B 130-131 141-142 152-153 15E-161 16A-16B "
    "17D-17E 1E0C-1E0D 1E24-1E25 1E62-1E63 1E6C-1E6D 2BE-2BF 2010-2014 2018-201A 201C-201E 2020 2022 2026 2032 2060 "
    "20AC 2190-2193 2212 2248 2264-2265"
)
ARABIC = (
    "20 60C 610-615 61B 61F 621-63A 640-655 660-66C 670-671 679 67E 686 688 691 698 6A9 6AF 6BA "
    "6BE 6C1-6C3 6CC 6D2-6D5 6F0-6F9"
)
FEATURES = ["kern", "liga", "onum", "tnum"]
JOINING = ["ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "calt", "liga", "mark", "mkmk", "kern"]
NASKH = "NotoNaskhArabic_400Regular.ttf"
CUTS = {  # name: (file, where on the axes, family)
    "wr-serif-400": ("SourceSerif4[opsz,wght].ttf", {"opsz": 14, "wght": 400}, "WR Serif"),
    "wr-serif-600": ("SourceSerif4[opsz,wght].ttf", {"opsz": 20, "wght": 600}, "WR Serif"),
    "wr-serif-400-italic": ("SourceSerif4-Italic[opsz,wght].ttf", {"opsz": 14, "wght": 400}, "WR Serif"),
    "wr-sans-400": ("SourceSans3_400Regular.ttf", {}, "WR Sans"),
    "wr-sans-600": ("SourceSans3_600SemiBold.ttf", {}, "WR Sans"),
}


def letters(ranges: str = LETTERS) -> set[int]:
    """The code points of `ranges`, hexadecimal."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def renamed(font: TTFont, family: str) -> None:
    """Give `font` the name `family` wherever it tells its own; copyright and licence stay."""
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = family.replace(" ", "") if record.nameID == 6 else family
        elif record.nameID not in (0, 2, 5, 13, 14):
            font["name"].removeNames(nameID=record.nameID)


def cut(
    source: Path,
    axes: dict[str, float],
    family: str,
    out: Path,
    ranges: str = LETTERS,
    features=tuple(FEATURES),
) -> None:
    """Write the letters `ranges` of `source`, at `axes`, as WOFF2 to `out`."""
    font = TTFont(source, recalcTimestamp=False)
    if axes:
        font = instancer.instantiateVariableFont(font, axes)
    options = subset.Options(
        hinting=False, layout_features=list(features), name_IDs=["*"], notdef_outline=True, flavor="woff2"
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters(ranges))
    cutter.subset(font)
    renamed(font, family)
    font.flavor = "woff2"
    font.save(out)


def main(folder: Path) -> None:
    """Make every cut."""
    cut(SANS / NASKH, {}, "WR Naskh", OUT / "wr-naskh-400.woff2", ARABIC, JOINING)
    for name, (file, axes, family) in CUTS.items():
        source = (SANS if file.startswith("SourceSans") else folder) / file
        cut(source, axes, family, OUT / f"{name}.woff2")
        print(name, (OUT / f"{name}.woff2").stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
