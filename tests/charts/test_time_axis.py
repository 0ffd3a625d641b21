"""An axis of time finds its steps, whatever its length and the room for labels."""

from __future__ import annotations

import warnings
from datetime import date, timedelta

import pytest
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from without_recognition.charts.marks import time_axis


@pytest.mark.parametrize("width", [0.15, 0.4, 0.9])
@pytest.mark.parametrize("days", [2, 40, 200, 400, 700, 1000, 1400, 1500, 4000, 30000])
def test_steps_fit_without_a_warning(days: int, width: float) -> None:
    drawing = Figure(figsize=(5, 2))
    ax = drawing.add_axes((0.05, 0.3, width, 0.6))
    start = date(2001, 3, 1)
    ax.set_xlim(date2num(start), date2num(start + timedelta(days=days)))
    time_axis(ax)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawing.draw_without_rendering()
    assert 1 <= len(ax.get_xticks()) <= 9
