"""One function a figure: a History (or one chapter of it) in, a Figure out."""
from analysis.charts.assembly import un_governments, un_ideal_points, un_subjects, un_with_arabs
from analysis.charts.chains import rivals, transmission
from analysis.charts.chapters import balance, channels, disclosure, echo, timeline, who_says
from analysis.charts.comparisons import oic_relations, un_agreement, un_key_votes
from analysis.charts.figure import Figure
from analysis.charts.findings_contact import (contacts_and_sources, contacts_by_government, contacts_over_time,
                                              recognition_conditions, time_to_disclosure, what_denials_deny)
from analysis.charts.findings_witness import (echo_by_group, firm_by_group, reliability_check, whose_word,
                                              without_one_author)
from analysis.charts.neighbours import bilateral_record, event_counts, oic_hazards, oic_spells, polls
from analysis.charts.recomputed import survival, survival_table

__all__ = ["Figure", "balance", "bilateral_record", "channels", "contacts_and_sources",
           "contacts_by_government", "contacts_over_time", "disclosure", "echo", "echo_by_group",
           "event_counts", "firm_by_group", "oic_hazards", "oic_relations", "oic_spells", "polls",
           "recognition_conditions", "reliability_check", "rivals", "survival", "survival_table",
           "time_to_disclosure", "timeline", "transmission", "un_agreement", "un_governments",
           "un_ideal_points", "un_key_votes", "un_subjects", "un_with_arabs", "what_denials_deny",
           "who_says", "whose_word", "without_one_author"]
