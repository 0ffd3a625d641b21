"""One function a figure: a History (or one chapter of it) in, a Figure out."""
from analysis.charts.chains import rivals, transmission
from analysis.charts.chapters import balance, channels, disclosure, echo, timeline, who_says
from analysis.charts.comparisons import oic_relations, un_agreement, un_key_votes
from analysis.charts.figure import Figure
from analysis.charts.findings_contact import (contacts_and_sources, contacts_by_government, contacts_over_time,
                                              recognition_conditions, time_to_disclosure, what_denials_deny)
from analysis.charts.findings_witness import (echo_by_group, firm_by_group, reliability_check, whose_word,
                                              without_one_author)

__all__ = ["Figure", "balance", "channels", "contacts_and_sources", "contacts_by_government", "contacts_over_time",
           "disclosure", "echo", "echo_by_group", "firm_by_group", "oic_relations", "recognition_conditions",
           "reliability_check", "rivals", "time_to_disclosure", "timeline", "transmission", "un_agreement",
           "un_key_votes", "what_denials_deny", "who_says", "whose_word", "without_one_author"]
