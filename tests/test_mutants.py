"""Broken data by machine: each mutant is valid and loads, or is refused in words; nothing crashes, nothing changes."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import shutil
import traceback
from collections import Counter
from itertools import zip_longest
from pathlib import Path

import mutants
import pytest
import small_data
from without_recognition import evidence
from without_recognition.data import check, dataset

MUTANTS, FIXES = 300, 100
SHAPE = re.compile(r"[\w.-]+(:\d+(:\w+)?)?: .+; .+")


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = small_data.write(tmp_path_factory.mktemp("mutants") / "sound")
    assert check.data_problems(folder) == []
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, whole."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def mutant(sound: Path, seed: int) -> tuple[Path, str]:
    folder = sound.with_name("mutant")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sound, folder)
    return folder, mutants.damage(folder, seed)


def fault(folder: Path) -> str:
    """What check, load and the rules did that they must not do with the package; "" if all is as promised."""
    before = contents(folder)
    try:
        found = check.data_problems(folder)
        if found:
            odd = [p for p in found if not SHAPE.fullmatch(p)]
            return f"not file:row:column: what; remedy: {odd[:3]}" if odd else ""
        evidence.propositions(dataset.load(folder))
        return "" if contents(folder) == before else "input files were changed"
    except Exception:
        return traceback.format_exc()


def test_every_mutant_loads_or_is_refused_in_words(sound: Path) -> None:
    faults, refused = [], 0
    for seed in range(MUTANTS):
        folder, done = mutant(sound, seed)
        if wrong := fault(folder):
            faults.append(f"seed {seed} ({done}): {wrong}")
        refused += bool(check.data_problems(folder))
    assert not faults, f"{len(faults)} of {MUTANTS}\n" + "\n".join(faults)
    assert MUTANTS // 2 < refused < MUTANTS, "the mutants are too tame or too wild to show anything"


def rows(raw: bytes) -> Counter | None:
    """What the rows of a table say, without regard to their order and that of columns; None for what is no table."""
    try:
        words = raw.decode("utf-16" if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig")
        told = csv.reader(io.StringIO(words, newline=""), strict=True)
        header, *others = [row for row in told if any(row)]
        return Counter(tuple(sorted(zip_longest(header, row, fillvalue=""))) for row in others)
    except (ValueError, csv.Error):  # not UTF-8, or nothing
        return None


def test_fix_sorts_or_leaves_the_bytes_and_never_loses_a_row(sound: Path, capsys) -> None:
    changed = 0
    for seed in range(MUTANTS, MUTANTS + FIXES):
        folder, done = mutant(sound, seed)
        before = contents(folder)
        assert check.main([str(folder), "--fix"]) in (0, 1)
        after = contents(folder)
        assert after.keys() == before.keys(), f"seed {seed} ({done})"
        for name in after:
            if after[name] != before[name]:
                changed += 1
                assert rows(before[name]) is not None and rows(after[name]) == rows(before[name]), (
                    f"{seed} ({done}): {name}"
                )
    assert changed, "no mutant gave fix anything to do"
    capsys.readouterr()


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.pop("resources"),
        lambda p: p["resources"].pop(0),
        lambda p: p.update(title=None),
        lambda p: p["resources"][0].update(path="../sources.csv"),
        lambda p: p["resources"][0].update(profile="http://a.b/c"),
        lambda p: p["resources"][0]["schema"].pop("primaryKey"),
        lambda p: p["resources"][3]["schema"]["fields"].pop(),
        lambda p: p["resources"][0]["schema"]["fields"][1]["constraints"].pop("enum"),
    ],
)
def test_a_descriptor_that_the_rules_cannot_rest_on_is_refused(tmp_path: Path, change) -> None:
    folder = small_data.write(tmp_path / "data")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    change(package)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    found = check.data_problems(folder)
    assert found and all(p.startswith("datapackage.json: ") and SHAPE.fullmatch(p) for p in found), found
