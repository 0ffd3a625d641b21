"""One function a figure: a History (or one chapter of it) in, a Figure out."""
from analysis.charts.chains import rivals, transmission
from analysis.charts.chapters import balance, channels, disclosure, echo, timeline, who_says
from analysis.charts.figure import Figure

__all__ = ["Figure", "balance", "channels", "disclosure", "echo", "rivals", "timeline", "transmission", "who_says"]
