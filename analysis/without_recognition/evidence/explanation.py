"""`explain(history, event_id)`: claims, lines, defects, the rule that fired and what would change it,
in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.variants import unknown_event, untold
from without_recognition.evidence import flags, labels
from without_recognition.evidence.disclosure import to_read
from without_recognition.evidence.labels import count
from without_recognition.evidence.lines import Testimony
from without_recognition.evidence.lookup import Lookup
from without_recognition.evidence.rules import BY_ID, DEFECTS, GRADES
from without_recognition.evidence.weighing import Judgement, weigh

MOST = 5  #: witnesses of one side in a notebook; print() shows all
GONE = "Nobody tells of it any longer in this variant."


@dataclass(frozen=True)
class Explanation:
    """Prints as text, in whole; a notebook shows the short of it.
    `judgements` holds what the rules say of every proposition of the event."""

    history: History
    event_id: str

    def __post_init__(self) -> None:
        known = self.history.whole.table("events").index
        if not isinstance(self.event_id, str) or self.event_id not in known:
            if not self._untold:
                raise unknown_event(self.history, self.event_id)

    @property
    def _untold(self) -> dict[str, str]:
        """The row of the event where the edition has it, and in this variant nobody tells of it."""
        return untold(self.history, self.event_id)

    @property
    def judgements(self) -> list[Judgement]:
        """The occurrence first, then the aspects."""
        own = [j for p, j in weigh(self.history).judgements.items() if p[0] == self.event_id]
        return sorted(own, key=lambda j: (j.aspect != "occurrence", j.aspect, j.of, GRADES.index(j.grade)))

    def __str__(self) -> str:
        event = self._untold or self.history.whole.table("events").loc[self.event_id]
        parts = [f"{event['title']} ({dates.bare(event['date'])})", event["summary"], ""]
        if self.history.whole.variant:
            parts.insert(0, f"[{self.history.whole.variant}]")
        if self._untold:
            parts.append(GONE)
        for j in self.judgements:
            parts += [*self._proposition(j), ""]
        rises = to_read(self.history)
        for r in rises[rises["event_id"] == self.event_id].to_dict("records"):
            parts.append(
                f"Would change it: reading {r['source_id']} ({r['aspect']}: {r['grade']} -> {r['would_be']})"
            )
        return "\n".join(parts).rstrip()

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        """Whether it happened: grade, status, the rules behind them, who says so and who not."""
        look = Lookup.of(self.history.whole)
        event = self._untold or look.event(self.event_id)
        told = [j for j in self.judgements if j.aspect == "occurrence"]
        when = dates.bare(event["date"])
        head = f"**{labels.escaped(event['title'])}** ({when}, `{self.event_id}`)"
        label = self.history.whole.variant
        variant = f" *{labels.begun(label)}.*" if label else ""
        if self._untold:
            return f"{head}: {labels.within(GONE)}{variant}"
        if not told:
            return f"{head}: nobody says that it happened.{variant}"
        j = told[0]
        lines = [f"{head}: {labels.signs(j)} **{labels.grade_words(j)}**.{variant}", ""]
        for what, rule in ((j.grade, j.grade_rule), (j.status, j.status_rule))[j.frame :]:
            lines.append(f"* {labels.begun(what)} (rule {rule}): {BY_ID[rule].card}.")
        lines.append(
            f"* {labels.begun(count(j.lines, 'line'))} of evidence in {count(j.mentions, 'mention')}."
        )
        for title, rows in (("So", j.affirms), ("Denied by", j.denies), ("Doubted by", j.doubts)):
            if rows:
                lines.append(f"* {title}: {self._witnesses(look, rows)}.")
        rises = to_read(self.history)
        for r in rises[(rises["event_id"] == self.event_id) & (rises["aspect"] == "occurrence")].to_dict(
            "records"
        ):
            source = labels.escaped(labels.short(look.sources[r["source_id"]]))
            lines.append(f"* Would change it: reading {source} (from {r['grade']} to {r['would_be']}).")
        return "\n".join(lines)

    @staticmethod
    def _witnesses(look: Lookup, rows: tuple[Testimony, ...]) -> str:
        """Those that count, then others, and how many there are more."""
        ordered = sorted(rows, key=lambda r: not r.counts)
        named = []
        for r in ordered[:MOST]:
            teller, source = labels.teller(look, r), labels.short(look.sources[r.source_id])
            words = source if source.startswith(teller) else f"{teller} in {source}"
            why = labels.defects(r)
            named.append(labels.escaped(f"{words} ({why})" if why else words))
        more = f"; and {len(rows) - MOST} more" if len(rows) > MOST else ""
        return "; ".join(named) + more

    def _proposition(self, j: Judgement) -> list[str]:
        what = " ".join(filter(None, [j.aspect, j.of and f"of {j.of}", j.value and f"= {j.value}"]))
        graded = "frame fact, without a grade" if j.frame else j.grade
        rules = (j.status_rule,) if j.frame else (j.grade_rule, j.status_rule)
        out = [
            f"{what}: {graded}, {j.status}  ({count(j.lines, 'line')}, {count(j.mentions, 'mention')})",
            *(f"  {rule}: {BY_ID[rule].card}" for rule in rules),
        ]
        if j.flags:
            out.append("  flags: " + "; ".join(flags.WORDS[f] for f in j.flags))
        for sign, rows in (("+", j.affirms), ("-", j.denies), ("?", j.doubts)):
            out += [f"  {sign} {self._row(r)}" for r in rows]
        return out

    def _row(self, r: Testimony) -> str:
        c = weigh(self.history).claims[r.claim_id]
        voice = f", on the word of {c['speaker']}" if c["speaker"] else ""
        rests = f", from {c['origin']}" if c["origin"] != "self" else ""
        why = "" if r.counts else " [does not count]"
        defects = f" ({', '.join(DEFECTS[d].words for d in sorted(r.defects))})" if r.defects else ""
        return f"{r.source_id} {c['locator']}: {r.basis}{voice}{rests}{defects}{why}"


def explain(history: History, event_id: str) -> Explanation:
    """Why an event's grade and status are what they are; prints as text. Raises UnknownId with the nearest id."""
    return Explanation(history, event_id)
