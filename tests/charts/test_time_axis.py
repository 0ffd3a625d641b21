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


@pytest.mark.parametrize(
    ("start", "days", "first"),
    [
        (date(2026, 1, 20), 42, "22 Jan\n2026"),
        (date(2008, 11, 20), 200, "Dec\n2008"),
        (date(2007, 11, 20), 900, "2008"),
        (date(2005, 9, 1), 3, "1 Sep\n2005"),
    ],
)
def test_each_step_says_its_month_and_the_first_its_year(start: date, days: int, first: str) -> None:
    ax = Figure(figsize=(5, 2)).add_axes((0.05, 0.3, 0.6, 0.6))
    ax.set_xlim(date2num(start), date2num(start + timedelta(days=days)))
    time_axis(ax)
    low, high = ax.get_xlim()
    shown = [t.get_text() for t in ax.get_xticklabels() if low <= t.get_position()[0] <= high]
    assert shown[0] == first and len(shown) > 1
    years = [int(words[-4:]) for words in shown if words[-4:].isdigit()]
    assert years == sorted(set(years)), "a year is told once"
    assert all(words[:1].isdigit() for words in shown) or all(words[:1].isalpha() for words in shown)
