"""The codebook, from data/datapackage.json: the same text for CONTRIBUTING.md and for the book's data page."""
from __future__ import annotations

from analysis import dataset

START, END = "<!-- codebook: written from data/datapackage.json -->", "<!-- end of codebook -->"


def markdown(package: dict, level: int = 3) -> str:
    """Every table, column and enum value in a line, as Markdown; headings begin at `level`."""
    parts = []
    for resource in dataset.resources(package).values():
        schema = resource["schema"]
        key = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
        parts += [f"{'#' * level} `{resource['path']}`", "", f"{resource['description']} Key: `{', '.join(key)}`.", ""]
        for field in schema["fields"]:
            parts.append(f"- `{field['name']}`{_marks(field)}: {field['description']}")
            parts += [f"  - `{c['value']}` ({c['label']}). {c['description']}" for c in field.get("categories", ())]
        parts.append("")
    return "\n".join(parts)


def _marks(field: dict) -> str:
    required = field.get("constraints", {}).get("required")
    return " (required)" if required else ""


def inserted(text: str, package: dict) -> str:
    """`text` with what stands between the two marker lines replaced by the codebook."""
    before, rest = text.split(START)
    return f"{before}{START}\n\n{markdown(package)}\n{END}{rest.split(END)[1]}"
