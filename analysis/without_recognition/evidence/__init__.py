"""Lines of evidence, grades, statuses, flags, disputes: pure functions of a History and of the table of rules."""

from without_recognition.data.graded import FRAME, SINGLE_VALUED, is_frame, is_graded
from without_recognition.evidence.comparing import compare, followed
from without_recognition.evidence.disclosure import disclosure, to_read
from without_recognition.evidence.disputes import disputes
from without_recognition.evidence.explanation import Explanation, explain
from without_recognition.evidence.lines import BOOK, EvidenceError, Proposition, Testimony, line_keys
from without_recognition.evidence.rules import (
    CONTEMPORARY,
    FIRM,
    GRADES,
    LATE,
    NEAR,
    STATUSES,
    Rules,
    grade,
    status,
)
from without_recognition.evidence.weighing import (
    COLUMNS,
    WEIGHED,
    Judgement,
    Weighing,
    compatible,
    events,
    graded,
    judge,
    occurrences,
    propositions,
    weigh,
)

__all__ = [
    "BOOK",
    "COLUMNS",
    "CONTEMPORARY",
    "FIRM",
    "FRAME",
    "GRADES",
    "LATE",
    "NEAR",
    "SINGLE_VALUED",
    "STATUSES",
    "WEIGHED",
    "EvidenceError",
    "Explanation",
    "Judgement",
    "Proposition",
    "Rules",
    "Testimony",
    "Weighing",
    "compare",
    "compatible",
    "disclosure",
    "disputes",
    "events",
    "explain",
    "followed",
    "grade",
    "graded",
    "is_frame",
    "is_graded",
    "judge",
    "line_keys",
    "occurrences",
    "propositions",
    "status",
    "to_read",
    "weigh",
]
