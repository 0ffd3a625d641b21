"""Editions other than the data as they are here: commits of a repository, and Data Packages of an older form."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from without_recognition.data import dataset, textfile
from without_recognition.data.dataset import TABLES, History


def unpacked(root: Path, names: Sequence[str], folders: Sequence[str], into: Path) -> bool:
    """Write `folders` of the first of `names` that is a commit of the repository at `root` to `into`.

    Returns whether there was one. Raises OSError where git is not here, DatasetError where it will not read there.
    """
    for name in names:
        found = _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if b"dubious ownership" in found.stderr:
            told = "git reads no repository of another user; run `git config --global --add safe.directory`"
            raise dataset.DatasetError(f"{root}: {told} with that folder")
        if found.returncode or name.startswith("-"):
            continue
        packed = _git(root, "archive", "--format=tar", found.stdout.decode().strip(), *folders)
        if not packed.returncode:
            with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
                archive.extractall(into, filter="data")
            return True
    return False


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    elsewhere = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE")
    env = {name: value for name, value in os.environ.items() if name not in elsewhere}
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=env)


def load(folder: Path) -> History:
    """The History in a folder; of an older form under the columns of today, empty where they had none.

    It is an edition of its own, no variant of the book's, though it may bear the version of that.
    In an older form no keys are checked, since what they lead to may be younger. Raises DatasetError.
    """
    try:
        found = dataset.load(folder)
    except dataset.DatasetError:
        if not _lacking(folder):
            raise
        return _older(folder)
    if not found.variant:
        return found
    return History(found.root, found.package, **{name: found.table(name) for name in TABLES})


def columns(folder: Path) -> dict[str, set[str]]:
    """Table -> the columns that it has in the Data Package of a folder. Raises OSError, ValueError and KeyError."""
    told = json.loads(textfile.read_text(folder / "datapackage.json"))
    return {name: {f["name"] for f in r["schema"]["fields"]} for name, r in dataset.resources(told).items()}


def _lacking(folder: Path) -> bool:
    """Whether the Data Package of a folder lacks a table or a column of today. Raises DatasetError where it is none."""
    try:
        had, today = columns(folder), columns(dataset.data_folder())
    except (OSError, ValueError, KeyError, TypeError, textfile.Unreadable) as wrong:
        told = f"{folder}: no Data Package of this book ({wrong}); give another folder"
        raise dataset.DatasetError(told) from wrong
    return any(names - had.get(table, set()) for table, names in today.items())


def _older(folder: Path) -> History:
    """The tables of a folder under the columns of today, with those of its series that today's data have.

    Raises DatasetError with every row that cannot be read.
    """
    told, today = dataset.described(folder), dataset.described(dataset.data_folder())
    kept = [r for r in today["resources"] if r["name"] in TABLES or (folder / r["path"]).is_file()]
    own: dict[str, Any] = {key: told[key] for key in ("version", "created", "title") if key in told}
    package = {**today, **own, "resources": kept}
    frames, problems, had = {}, list[str](), dataset.resources(told)
    for name, resource in dataset.resources(package).items():
        then = {**had.get(name, {}), "path": resource["path"]}
        read = dataset.table(folder, then, problems) if name in had else pd.DataFrame()
        columns = [f["name"] for f in resource["schema"]["fields"]]
        frames[name] = read.reindex(columns=columns, fill_value="").astype(str)
    if problems:
        raise dataset.DatasetError(*problems)
    return History(folder, package, **dataset.indexed(package, frames))
