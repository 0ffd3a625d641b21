"""Report on what the book is built with: pins, hashes, versions, licences, known vulnerabilities.

Run by the Python of an environment that make.py has set up, whose `pip install --require-hashes` has compared
every file with the lock. Exit code 1 where the environment is not the lock. Advisories are shown, and do not
decide: they change from day to day, and may be out of reach.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
AUDITOR = "pip-audit==2.10.1"


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Package -> its version and how many hashes the lock has for it, of those meant for this machine."""
    found = {}
    for block in re.findall(r"^[a-zA-Z0-9][^\n]*(?:\n[ #][^\n]*)*", lock, re.MULTILINE):
        pin = Requirement(block.partition("\n")[0].rstrip(" \\"))
        if pin.marker is None or pin.marker.evaluate():
            found[pin.name] = str(pin.specifier).removeprefix("=="), block.count("--hash=sha256:")
    return found


def wrong(pinned: dict[str, tuple[str, int]]) -> list[str]:
    """What in this environment is not as the lock says."""
    found = []
    for name, (version, hashes) in pinned.items():
        if not hashes:
            found.append(f"{name}: the lock has no hash for it")
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            found.append(f"{name}: is in the lock and not installed")
        else:
            if installed != version:
                found.append(f"{name}: the lock says {version}, installed is {installed}")
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    return found + (checked.stdout.splitlines() if checked.returncode else [])


def licence(name: str) -> str:
    """The licence that a package names, in its own words."""
    about = metadata.metadata(name)
    classifiers = about.get_all("Classifier", [])
    classified = " / ".join(each.rpartition(" :: ")[2] for each in classifiers if "License ::" in each)
    named = about.get("License-Expression") or classified or about.get("License") or "names none"
    return named.strip().partition("\n")[0][:60]


def advisories(audited: dict) -> list[str]:
    """What pip-audit's JSON says, in lines: what is vulnerable, and of how many packages nothing is known."""
    found = audited["dependencies"]
    unknown = [each["name"] for each in found if "skip_reason" in each]
    lines = [
        f"VULNERABLE: {each['name']} {each['version']}: {flaw['id']},"
        f" mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for each in found
        for flaw in each.get("vulns", ())
    ]
    lines.append(f"{len(lines)} advisories for {len(found) - len(unknown)} packages")
    if unknown:
        lines.append(f"NOT AUDITED, no advisories to be had: {', '.join(unknown)}")
    return lines


def audit(room: Path, pinned: dict[str, tuple[str, int]]) -> list[str]:
    """Run pip-audit on the lock, in an environment of its own; on one package first, to see if it can."""
    python = room / "bin" / "python"
    for command in ([sys.executable, "-m", "venv", room], [python, "-m", "pip", "install", AUDITOR]):
        if subprocess.run(command, capture_output=True).returncode:
            return ["advisories could not be reached: not audited (pip-audit could not be installed)"]
    name, (version, _) = next(iter(pinned.items()))
    (room / "one.txt").write_text(f"{name}=={version}\n")
    first = _pip_audit(python, "--no-deps", "-r", room / "one.txt")
    if first is None or any("skip_reason" in each for each in first["dependencies"]):
        return ["advisories could not be reached: not audited"]
    whole = _pip_audit(python, "--require-hashes", "-r", LOCK)
    return ["advisories could not be reached: not audited"] if whole is None else advisories(whole)


def _pip_audit(python: Path, *arguments: object) -> dict | None:
    command = [python, "-m", "pip_audit", "--disable-pip", "--format=json", "--timeout=20", *arguments]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=300)
        return json.loads(said.stdout)
    except (ValueError, subprocess.TimeoutExpired):
        return None


def main() -> int:
    """Print the report."""
    pinned = pins(LOCK.read_text())
    problems = wrong(pinned)
    hashes = sum(each for _, each in pinned.values())
    print(f"Python {sys.version.split()[0]}: {len(pinned)} pins for this machine, {hashes} hashes")
    if problems:
        print(*problems, sep="\n")
        return 1
    print("every pin has a hash and is installed in its version; pip finds no conflict; licences:")
    print(*(f"{count:4} {name}" for name, count in Counter(map(licence, pinned)).most_common()), sep="\n")
    with tempfile.TemporaryDirectory() as room:
        print(*audit(Path(room), pinned), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
