"""One function a figure: a History (or one chapter of it) in, a Figure out."""
from analysis.charts.chains import rivals, transmission
from analysis.charts.chapters import balance, channels, disclosure, echo, timeline, who_says
from analysis.charts.comparisons import oic_relations, un_agreement, un_key_votes
from analysis.charts.figure import Figure

__all__ = ["Figure", "balance", "channels", "disclosure", "echo", "oic_relations", "rivals", "timeline", "transmission",
           "un_agreement", "un_key_votes", "who_says"]
