"""The re-run kit: the same bytes each time, data inside,
and the page *Run it again* word for word in a new environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from without_recognition import load
from without_recognition.press.build import book, reproduce
from without_recognition.press.export import kit
from without_recognition.press.system import digest

PAGE = (ROOT / "book" / "reference" / "run.md").read_text("utf-8")
SHELL = re.findall(r"```\{code-block\} sh\n(.*?)\n```", PAGE, re.S)
PYTHON = re.findall(r"```\{code-block\} python\n(.*?)\n```", PAGE, re.S)
QUICK = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_QUIET": "1", "MPLBACKEND": "agg"}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("kit")
    kit.write_kit(ROOT, out)
    return out


def test_a_copy_elsewhere_gives_the_same_bytes(made, tmp_path, monkeypatch) -> None:
    copy = reproduce.copy(ROOT, tmp_path / "dér [ordner] *")  # a pattern, to some
    os.utime(copy / "make.py", (1, 1))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "5")
    written = kit.write_kit(copy, tmp_path / "out")
    assert os.environ["SOURCE_DATE_EPOCH"] == "5" and len(written) == 3
    assert {p.name: p.read_bytes() for p in written} == {p.name: p.read_bytes() for p in made.iterdir()}


def test_the_sources_are_those_that_an_edition_depends_on(made) -> None:
    (packed,) = made.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    depends = {
        f"{name}/{path.relative_to(top).as_posix()}" if top.is_dir() else name
        for name, top in digest.sources(ROOT).items()
        for path in ([top] if top.is_file() else (p for p in top.rglob("*") if p.is_file()))
        if "__pycache__" not in path.parts
    }
    assert held - {"PKG-INFO"} == depends


def test_the_wheel_carries_the_data(made, tmp_path) -> None:
    (wheel,) = made.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = "import without_recognition as w; h = w.load(); print(w.__file__, len(h.claims), h.root)"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
    )
    file, claims, folder = ran.stdout.split()
    assert file.startswith(str(tmp_path)) and folder.startswith(str(tmp_path))
    assert int(claims) == len(load().claims)


def test_a_book_without_code_has_no_kit(tmp_path) -> None:
    assert kit.write_kit(tmp_path, tmp_path / "out") == [] and not (tmp_path / "out").exists()


# --- the page, word for word --------------------------------------------------------------------
@pytest.fixture(scope="module")
def downloads(tmp_path_factory) -> Path:
    """A folder of nothing but the downloads of the built book, outside the checkout."""
    import shutil

    folder = tmp_path_factory.mktemp("away") / "downloads"
    shutil.copytree(book.build(ROOT).parent / "downloads", folder)
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """A new environment, `python` of which comes first; pip fills it from the index that it has."""
    folder = tmp_path_factory.mktemp("environment") / "env"
    subprocess.run([sys._base_executable, "-m", "venv", folder], check=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return {**kept, **QUICK, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder)}


def typed(lines: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(["sh", "-ec", lines], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.outside
def test_a_script_as_the_page_says(downloads, environment) -> None:
    (downloads / "variant.py").write_text(PYTHON[1], "utf-8")
    told = typed(SHELL[1], downloads, environment)
    assert "**eight** ~~11~~ tellings" in told and "untold" in told
    assert "without dahri-2016" in (downloads / "timeline.svg").read_text("utf-8").replace("\n", " ")
    assert (downloads / "timeline.csv").read_text("utf-8").startswith("event_id,")


@pytest.mark.outside
def test_the_command_line_as_the_page_says(downloads, environment) -> None:
    told = typed(SHELL[2], downloads, environment)
    assert told.startswith("Ben-Gurion is said to cable Jinnah")
    html = (downloads / "notebooks" / "telegram.html").read_text("utf-8")
    assert "11 tellings" in " ".join(html.split()) and ("<svg" in html or "data:image/" in html)


@pytest.mark.outside
def test_jupyterlab_as_the_page_says(downloads, environment) -> None:
    install, start = SHELL[0].splitlines()
    typed(install, downloads, environment)
    options = " --no-browser --allow-root --port=18999 --ServerApp.port_retries=0 --IdentityProvider.token=a"
    running = subprocess.Popen(f"exec {start}{options}", shell=True, cwd=downloads, env=environment)
    try:
        for _ in range(120):
            time.sleep(0.5)
            try:
                page = urllib.request.urlopen("http://127.0.0.1:18999/lab?token=a").read()
                break
            except OSError:
                assert running.poll() is None
        assert b"JupyterLab" in page
    finally:
        running.terminate()
        running.wait()
    assert PYTHON[0] == 'leave_out = {"sources": "dahri-2016"}'
