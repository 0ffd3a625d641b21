"""Which pandoc makes PDF and EPUB: the wheel's, never the user's, nor what the user's home adds to it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from without_recognition.press import PressError
from without_recognition.press.print import document

BODY = "<h1>A title</h1><p>Words.</p>"


def typst(_: int = 0) -> str:
    return document.pandoc(BODY, "--to=typst-smart", epoch=0)


@pytest.mark.parametrize("version", ["2.17", "9.9.9"])
def test_an_older_or_newer_pandoc_on_the_path_is_never_run(tmp_path, monkeypatch, version):
    stub = tmp_path / "pandoc"
    stub.write_text(f"#!/bin/sh\necho ran >> {tmp_path}/log\necho 'pandoc {version}'\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    alone = typst()
    with ThreadPoolExecutor(12) as threads:
        assert set(threads.map(typst, range(36))) == {alone}
    assert "A title" in alone
    assert not (tmp_path / "log").exists()


def test_the_users_templates_and_init_file_are_not_read(tmp_path, monkeypatch):
    home = tmp_path / "pandoc"
    (home / "templates").mkdir(parents=True)
    (home / "init.lua").write_text("error('the user wrote this')\n")
    (home / "templates" / "default.typst").write_text("FOREIGN $body$\n")
    alone = document.pandoc(BODY, "--to=typst-smart", "--standalone", epoch=0)
    foreign = document.subprocess.run(
        [str(document.PANDOC), "--from=html", "--to=typst", "--standalone", f"--data-dir={home}"],
        input=BODY, capture_output=True, text=True,
    )  # fmt: skip
    assert (
        "FOREIGN" in foreign.stdout or "the user wrote this" in foreign.stderr
    )  # the trap works where it is met
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert document.pandoc(BODY, "--to=typst-smart", "--standalone", epoch=0) == alone


def test_a_wheel_without_pandoc_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(document, "PANDOC", tmp_path / "pandoc")
    with pytest.raises(PressError, match="pypandoc_binary"):
        typst()
