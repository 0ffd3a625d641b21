"""Write the software bill of materials (CycloneDX 1.6) of requirements.lock; run by hand when the lock changes.

Run by the Python of an environment that make.py has set up: licences are what the installed packages say of themselves.
Names, versions, markers and hashes are the lock's. The same lock and environment give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
WRITTEN = ROOT / "analysis" / "without_recognition" / "press" / "formats" / "without-recognition.cdx.json"
LONGEST = 60  #: characters of a licence's name; some packages put the whole text there


def components(lock: str) -> list[dict]:
    """A CycloneDX component for each pin of the lock, those for other machines too."""
    found = []
    for block in re.findall(r"^[a-zA-Z0-9][^\n]*(?:\n[ #][^\n]*)*", lock, re.MULTILINE):
        pin = Requirement(block.partition("\n")[0].rstrip(" \\"))
        name, version = canonicalize_name(pin.name), str(pin.specifier).removeprefix("==")
        purl = f"pkg:pypi/{name}@{version}"
        hashes = sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
        component = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
            "licenses": licences(name),
            "properties": [{"name": "python:marker", "value": str(pin.marker)}] if pin.marker else [],
        }
        found.append({key: value for key, value in component.items() if value})
    return sorted(found, key=lambda each: each["bom-ref"])


def licences(name: str) -> list[dict]:
    """What the installed package names: an SPDX expression, else words; nothing where it is not installed here."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    if expression := about.get("License-Expression"):
        return [{"expression": expression}]
    classified = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if "License ::" in c]
    named = classified or [about.get("License", "").strip().partition("\n")[0][:LONGEST]]
    return [{"license": {"name": each}} for each in dict.fromkeys(named) if each and each != "UNKNOWN"]


def bill(lock: str) -> dict:
    """The whole document; its serial number is made of the lock, and no time stands in it."""
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "without-recognition",
                "name": "without-recognition",
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components(lock),
    }


def text(made: dict) -> str:
    """The document with a line for each component, so that a change of the lock is a change of few lines."""
    head = json.dumps({key: value for key, value in made.items() if key != "components"})
    lines = ",\n".join(json.dumps(component) for component in made["components"])
    return f'{head[:-1]}, "components": [\n{lines}\n]}}\n'


def main() -> int:
    """Write it."""
    made = bill(LOCK.read_text("utf-8"))
    WRITTEN.write_text(text(made), "utf-8")
    named = sum("licenses" in each for each in made["components"])
    print(f"{WRITTEN.name}: {len(made['components'])} packages, {named} with a licence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
