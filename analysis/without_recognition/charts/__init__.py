"""One function a figure: a History (or one chapter of it) in, a Figure out."""

from without_recognition.charts.chapter import balance, channels, echo
from without_recognition.charts.comparisons import oic_relations, un_agreement, un_key_votes
from without_recognition.charts.contact import (
    contacts_and_sources,
    contacts_by_government,
    contacts_over_time,
)
from without_recognition.charts.denials import what_denials_deny
from without_recognition.charts.disclosure import disclosure, time_to_disclosure
from without_recognition.charts.figure import Figure
from without_recognition.charts.general_debate import general_debate_states, general_debate_years
from without_recognition.charts.goods import goods_and_arms
from without_recognition.charts.peers import bilateral_record, event_counts, oic_hazards, oic_spells, polls
from without_recognition.charts.recognition import recognition_conditions
from without_recognition.charts.robustness import survival, survival_table
from without_recognition.charts.sources import transmission
from without_recognition.charts.timeline import timeline
from without_recognition.charts.tongues import texts_by_decade
from without_recognition.charts.un_votes import un_governments, un_ideal_points, un_subjects, un_with_arabs
from without_recognition.charts.values import rivals
from without_recognition.charts.voices import who_says
from without_recognition.charts.witness import (
    echo_by_group,
    firm_by_group,
    reliability_check,
    whose_word,
    without_one_author,
)

__all__ = [
    "Figure",
    "balance",
    "bilateral_record",
    "channels",
    "contacts_and_sources",
    "contacts_by_government",
    "contacts_over_time",
    "disclosure",
    "echo",
    "echo_by_group",
    "event_counts",
    "firm_by_group",
    "general_debate_states",
    "general_debate_years",
    "goods_and_arms",
    "oic_hazards",
    "oic_relations",
    "oic_spells",
    "polls",
    "recognition_conditions",
    "reliability_check",
    "rivals",
    "survival",
    "survival_table",
    "texts_by_decade",
    "time_to_disclosure",
    "timeline",
    "transmission",
    "un_agreement",
    "un_governments",
    "un_ideal_points",
    "un_key_votes",
    "un_subjects",
    "un_with_arabs",
    "what_denials_deny",
    "who_says",
    "whose_word",
    "without_one_author",
]
