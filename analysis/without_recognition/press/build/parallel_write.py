"""Write pages on every core. (Reading stays serial: two of Jupyter Book's extensions do not allow more.)"""

from __future__ import annotations

import os
import sys
from functools import cache

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from without_recognition.press.system.processes import cores, die_with_parent


def on_all_cores(app: Sphinx, env: BuildEnvironment) -> None:
    """Have Sphinx fork writers, if it writes, once everything is read. For the event `env-updated`; Linux only."""
    if app.builder.format and sys.platform.startswith("linux") and cores() > 1:
        _leave_no_fork_behind()
        app.parallel = 2 * cores()  # small shares, so that the build waits little for the last


@cache
def _leave_no_fork_behind() -> None:
    os.register_at_fork(after_in_child=die_with_parent)
