"""The book needs no network: it is built where there is none."""

from __future__ import annotations

import os
import subprocess

import pytest
import small_book

UNSHARE = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]


@pytest.mark.outside
def test_the_book_is_built_without_any_network(tmp_path):
    root = small_book.checkout(tmp_path / "site", only=small_book.chapter("One", "print(6 * 7)"))
    start = small_book.started(root)
    start["args"] = [*UNSHARE, "sh", "-c", 'cat /proc/net/dev && exec "$@"', "sh", *start["args"]]
    ended = subprocess.run(**start, text=True, capture_output=True)
    assert ended.returncode == 0, ended.stderr
    *interfaces, built = ended.stdout.splitlines()[2:]
    assert [line.split(":")[0].strip() for line in interfaces] == ["lo"] and built == "_build/book/index.html"
    assert any(name.endswith(".pdf") for name in small_book.files(root))
