"""A build that is killed leaves the old book or the new one, whole, and nothing else behind."""

from __future__ import annotations

import kills


def test_killed_builds(tmp_path):
    for done, wrong in kills.trials(tmp_path, count=2, seed=2026):
        assert not wrong, done
