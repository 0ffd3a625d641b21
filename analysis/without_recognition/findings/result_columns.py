"""The tables of results, described: each table, its key, and each column with type and meaning. Written once, here.

`results` fills these tables; the descriptor, the codebook and the files of the export are made from what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from without_recognition.data import codebook

TYPES = ("string", "date", "integer", "boolean")  #: a date is YYYY-MM-DD; a date or an integer may be missing


@dataclass(frozen=True)
class Column:
    """One column: its name, one of TYPES, and what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, the columns that are its key, and its columns in order."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


def _columns(*told: str) -> tuple[Column, ...]:
    """Columns from lines `name: meaning` or `name (type): meaning`."""
    made = []
    for line in told:
        head, _, meaning = line.partition(": ")
        name, _, kind = head.rstrip(")").partition(" (")
        made.append(Column(name, kind or "string", meaning))
    return tuple(made)


EVENT = "event_id: The event, as in events.csv."
OF = (
    "aspect: What of the event is said, as in claims.csv.",
    "of: Of whom or of what, where an aspect asks for it.",
)
VALUE = "value: What is said to be so; empty for the occurrence."
BOUNDS = (
    "earliest (date): First day that the date allows; empty where it is open.",
    "latest (date): Last day that the date allows; empty where it is open.",
)
WEIGHED = (
    "grade: documented, corroborated, attested or alleged; empty for the occurrence of a frame fact.",
    "grade_rule: The rule that gave the grade, as on the method page.",
    "status: unchallenged, challenged, disputed or contradicted: what stands against it.",
    "status_rule: The rule that gave the status.",
    "warnings: Flags, with blanks between, as on the method page.",
    "n_lines (integer): Independent witnesses who affirm it and count.",
    "n_mentions (integer): Claims that affirm it.",
)

TABLES = (
    Table(
        "graded_events",
        "Events with their grades",
        "One row an event of events.csv, with the bounds of its date and what the rules say of its occurrence.",
        ("event_id",),
        _columns(
            EVENT,
            "title: What happened, in a few words.",
            "chapter: Chapter of the book.",
            "edtf: When, as Extended Date/Time Format.",
            *BOUNDS,
            "precision: day, month, year, span (every day belongs) or range (one unknown day).",
            "doubt: ? uncertain, ~ approximate, % both; empty where the date is stated plainly.",
            "place: Where, as in events.csv.",
            "channel: As in events.csv; context marks a frame fact.",
            "visibility: As in events.csv.",
            "contact: What met, as in events.csv.",
            "arena: Series of records coded whole that the event belongs to; "
            "such events are left out of counts of grades.",
            *WEIGHED,
        ),
    ),
    Table(
        "propositions",
        "Propositions",
        "One row a thing that can be true or false and of which a source speaks: an event, an aspect, a value.",
        ("event_id", "aspect", "of", "value"),
        _columns(
            EVENT,
            *OF,
            VALUE,
            *(f"value_{b.replace(': ', ': Of a value of the aspect date: ', 1)}" for b in BOUNDS),
            *WEIGHED,
            "followed (boolean): Whether the book goes with this value.",
        ),
    ),
    Table(
        "lines",
        "Lines of evidence",
        "One row a claim that affirms, denies or doubts and was not taken back: which line of evidence it belongs to.",
        ("claim_id",),
        _columns(
            "claim_id: The claim, as in claims.csv.",
            EVENT,
            *OF,
            VALUE,
            "stance: affirms, denies or doubts.",
            "source_id: Where it was read.",
            "root: Source at the end of its chain of origins: on whose word it rests.",
            "line: Name of its line: state:, person:, unnamed: or source: and whose word it is. "
            "Claims of one proposition and stance with one name are one witness.",
            "side: Side of who speaks.",
            "counts (boolean): Whether it counts as a witness (rule L3).",
            "carries (boolean): Whether its line is among those counted; of papers that print one text only one is.",
            "joined_by: What makes it one witness with other claims of its proposition and stance, "
            "blanks between: root, person, state, unnamed, group, text. Empty where it stands alone.",
            "n_defects (integer): How many defects it has.",
            "defects: unread, anonymous, retrospective, weak, blanks between.",
            "written (date): First day on which the earliest writing along its chain can have been written.",
            "days_after (integer): Days from the last day of the event to the last day of writing.",
        ),
    ),
    Table(
        "disputes",
        "Disputes",
        "One row a question on which sources stand against each other: an event, an aspect.",
        ("event_id", "aspect", "of"),
        _columns(
            EVENT,
            *OF,
            "title: Title of the event.",
            "status: challenged, disputed or contradicted: that of the best graded value with something against it.",
            "n_values (integer): How many values stand in dispute_values.",
            "follows: Claim that the book's ruling follows; empty where there is no ruling.",
            "followed_value: The value that the ruling goes with.",
            "reason: Why.",
            "what_would_change_it: What would change the ruling.",
            "undecided (boolean): Whether the rules ask for a ruling that is missing.",
        ),
    ),
    Table(
        "dispute_values",
        "Values in dispute",
        "One row a value of a dispute, the best graded first.",
        ("event_id", "aspect", "of", "value"),
        _columns(EVENT, *OF, VALUE, "place_in_order (integer): 1 for the best graded.", *WEIGHED),
    ),
    Table(
        "disclosure",
        "When it became public",
        "One row an event that somebody affirms: its earliest publication along every chain of origins.",
        ("event_id",),
        _columns(
            EVENT,
            "happened (date): Last day on which it can have happened; empty where it is open.",
            "public_by (date): Last day of the earliest publication known; empty where that has no date.",
            "days (integer): Between them, never below 0; empty where one of them is.",
            "source_id: That publication.",
            "via_unread (boolean): Whether that publication is known only through others.",
        ),
    ),
    Table(
        "contacts",
        "Contacts",
        "One row a contact of officials or emissaries of both sides: one encounter of the same people is counted once.",
        ("event_id",),
        _columns(
            "event_id: The best graded event of the encounter, which stands for it.",
            "title: Title of that event.",
            "edtf: When, as Extended Date/Time Format.",
            *BOUNDS,
            "decade: Such as 1990s; empty where it may be either of two.",
            "hidden (boolean): Whether it was not public when it happened.",
            "contact: What met, as in events.csv.",
            "grade: Grade of that event's occurrence.",
            "status: Its status.",
            "n_events (integer): How many events tell of the encounter; they stand in encounters.",
        ),
    ),
    Table(
        "encounters",
        "Encounters",
        "One row a graded event in which a Pakistani and an Israeli participant both act, statements left out.",
        ("event_id",),
        _columns(
            EVENT,
            "contact: What met, as in events.csv.",
            "grade: Grade of its occurrence.",
            "status: Its status.",
            "counted_as: Event of contacts that it is counted under; empty where it is no contact of "
            "officials or emissaries.",
        ),
    ),
    Table(
        "origin_edges",
        "Edges of origins",
        "One row a claim that relays another source: who takes it from whom.",
        ("claim_id",),
        _columns(
            "teller: Source in which it was read.",
            "origin: Source that it was taken from.",
            "claim_id: The claim that relays.",
            EVENT,
            *OF,
            VALUE,
            "origin_read (boolean): Whether the origin was read for this book.",
        ),
    ),
    Table(
        "codebook",
        "Codebook",
        "One row a column of a table (value empty), and one for each value that it may have.",
        ("table_name", "column_name", "value"),
        _columns(
            "table_name: The table.",
            "column_name: The column.",
            "value: A value that it may have; empty in the row of the column itself.",
            "label: The value in words.",
            "required (boolean): Whether a cell of the column must be filled in.",
            "description: What the column or the value means.",
        ),
    ),
)


def result_resources() -> list[dict[str, Any]]:
    """The tables as resources of a Data Package."""
    return [_resource(table) for table in TABLES]


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {"name": c.name, "type": c.type, "description": c.meaning}
        | ({"rdfType": codebook.EDTF} if c.name == "edtf" else {})
        for c in table.columns
    ]
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]},
    }
