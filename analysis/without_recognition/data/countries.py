"""Codes of countries in the series: those of ISO 3166-1 alpha-3, and what a column's description allows beside them.

The list is our own, for `book check` runs where only the light packages are, and none of these has it; Babel, which
comes with Sphinx, has such codes as mere aliases, mixed with those of states that are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from without_recognition.data.rows import column_cells

STANDARD = "ISO 3166-1 alpha-3"
BESIDE = re.compile(r"\bor ([A-Z]{3})\b")  #: as in "ISO 3166-1 alpha-3, or ALL for every state"
_OF_THE_STANDARD = (
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA "
    "BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN "  # codespell:ignore caf
    "CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU "
    "EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB "  # codespell:ignore fro
    "GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL "
    "ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO "
    "LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR "
    "MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER "  # codespell:ignore nam
    "PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM "
    "SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK "  # codespell:ignore tha
    "TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM "
    "VUT WLF WSM YEM ZAF ZMB ZWE "
)
CODES = frozenset(_OF_THE_STANDARD.split())


def country_code_problems(file: str, fields: list[dict[str, Any]], table: pd.DataFrame) -> Iterator[str]:
    """Cells that are no code of a country, in the columns whose description asks for one."""
    for field in fields:
        about = str(field.get("description", ""))
        if STANDARD not in about:
            continue
        known = CODES | {*BESIDE.findall(about)}
        for row, cell in enumerate(column_cells(table, field["name"]), 2):
            if cell and cell not in known:
                told = f"'{cell}' is no code of {STANDARD}; write one, such as PAK"
                yield f"{file}:{row}:{field['name']}: {told}"
