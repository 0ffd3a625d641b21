"""Pages written by several processes are those written by one."""

from __future__ import annotations

import os

import toybook

PAGE = "# Istanbul\n\nThey met {event}`2005-istanbul-meeting`. A delegation was denied {event}`2005-delegation-174`.\n"


def test_one_core_and_three_write_the_same_pages(tmp_path, monkeypatch):
    forked = []
    built = {}
    for cores in (1, 3):
        monkeypatch.setattr(os, "sched_getaffinity", lambda pid, n=cores: set(range(n)))
        real = os.fork
        monkeypatch.setattr(os, "fork", lambda real=real, n=cores: (forked.append(n), real())[1])
        html, told, wrong = toybook.build(tmp_path / str(cores), PAGE, strict=True)
        assert not wrong, told
        built[cores] = {p.relative_to(html): p.read_bytes() for p in html.rglob("*") if p.is_file()}
        monkeypatch.undo()
    assert set(forked) == {3}
    assert built[1] == built[3]
