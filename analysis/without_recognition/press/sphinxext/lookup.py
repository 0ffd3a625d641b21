"""The Lookup of the data that a Sphinx build is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from without_recognition.data.dataset import load
from without_recognition.evidence.lookup import Lookup

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LOOKUPS: WeakKeyDictionary[Any, Lookup] = WeakKeyDictionary()  # Sphinx application -> Lookup


def lookup(app: Sphinx | BuildEnvironment) -> Lookup:
    """The Lookup of the data folder that `wr_data` names (from the sources' folder), made once a build.

    `app` is a Sphinx application or build environment.
    """
    app = getattr(app, "app", app)
    if app not in _LOOKUPS:
        _LOOKUPS[app] = Lookup.of(load(Path(app.srcdir, app.config.wr_data) if app.config.wr_data else None))
    return _LOOKUPS[app]
