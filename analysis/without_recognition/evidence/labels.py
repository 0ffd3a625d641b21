"""Plain words for what is computed: names of sources, values and sides, and the sentences of cards and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from without_recognition.citations.notes import byline as byline
from without_recognition.citations.notes import full as full
from without_recognition.citations.notes import short as short
from without_recognition.data import dates
from without_recognition.data.number_words import counted, spelled
from without_recognition.evidence import flags, slugs
from without_recognition.evidence.lines import Testimony
from without_recognition.evidence.lookup import Lookup
from without_recognition.evidence.rules import BY_ID, DEFECTS, NO_GRADE, UNRELIABLE
from without_recognition.evidence.weighing import Judgement

STOP = re.compile(r"[.?!…][\"'”’)]*$")  #: the end of a sentence
SPECIAL = re.compile(r"([\\`*_{}\[\]<>$&|~])")  #: what Markdown would read
SIDES = {
    "pakistani": "Pakistan",
    "israeli": "Israel",
    "palestinian": "Palestinian",
    "indian": "India",
    "american": "United States",
    "turkish": "Turkey",
    "arab": "Arab",
    "international": "international",
    "other": "other",
}
#: The sides as those who speak.
SPEAKERS = {
    "pakistani": "Pakistan",
    "israeli": "Israel",
    "palestinian": "the Palestinians",
    "indian": "India",
    "american": "the United States",
    "turkish": "Turkey",
    "arab": "an Arab state",
    "international": "an international body",
    "other": "a third country",
}


def escaped(words: str) -> str:
    """`words` of the data, so that Markdown shows them as they are.

    >>> print(escaped("a*b"))
    a\\*b
    """
    return SPECIAL.sub(r"\\\1", words)


def begun(words: str) -> str:
    """`words` as a sentence begins; the capitals of names within stay.

    >>> begun("to 27 December 2007")
    'To 27 December 2007'
    """
    return words[:1].upper() + words[1:]


def within(words: str) -> str:
    """`words`, which begin with no name, as they stand within a sentence; the capitals of names stay.

    >>> within("Role of Khurshid Kasuri")
    'role of Khurshid Kasuri'
    """
    return words[:1].lower() + words[1:]


def stopped(words: str) -> str:
    """`words` with a stop at the end, if they have none.

    >>> stopped("He is not named."), stopped("not named"), stopped("“Why?”")
    ('He is not named.', 'not named.', '“Why?”')
    """
    return words if STOP.search(words) else f"{words}."


count = partial(counted, words=("no", "one"))  #: 'no lines', 'one line', '3 lines'


def opening(judgement: Judgement) -> str:
    """The first sentence of a card: what carries it and what stands against it, in plain words."""
    for_it, against = _carried(judgement), []
    if judgement.denies:
        state = any(r.state_voice for r in judgement.denies)
        against.append(flags.WORDS["officially_denied"] if state else "it is denied")
    if judgement.rivals:
        against.append(
            f"{count(len(judgement.rivals), 'other version')} {'is' if len(judgement.rivals) == 1 else 'are'} told"
        )
    return begun(for_it) + ("; " + " and ".join(against) if against else "") + "."


def _carried(judgement: Judgement) -> str:
    """What carries it: what its rule says, or how many witnesses and of what kind."""
    if not judgement.affirms:
        return "nobody whom we have read affirms it"
    if said := BY_ID[judgement.grade_rule].opening:
        sides = judgement.speaking
        named = listed(SPEAKERS[s] for s in sides) if sides else ""
        return said.format(sides=spelled(len(sides)), named=named)
    kinds = {r.basis for r in judgement.affirms if r.counts}
    if kinds == {"anonymous"}:
        return f"{count(judgement.lines, 'unnamed witness', 'unnamed witnesses')} only"
    if judgement.lines == 1 and kinds & {"participant", "official"}:
        return "one witness, a party to it"
    return count(judgement.lines, "independent witness", "independent witnesses")


def listed(names: Iterable[str]) -> str:
    """'Pakistan', 'Pakistan and Israel', 'Pakistan, Israel and Turkey'."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def voice(side: str) -> str:
    """Whose account a side is, for the 'whose account' aid: pakistani, israeli or other."""
    return side if side in ("pakistani", "israeli") else "other"


FRAME = f"frame fact: {NO_GRADE}"


def grade_words(judgement: Judgement) -> str:
    """'attested', or 'attested, disputed' where something stands against it; of a frame fact that it has no grade."""
    return ", ".join(_graded(judgement))


def grade_said(judgement: Judgement) -> str:
    """The same within a sentence: 'alleged and challenged'."""
    return " and ".join(_graded(judgement))


def _graded(judgement: Judgement) -> list[str]:
    status = [] if judgement.status == "unchallenged" else [judgement.status]
    return [FRAME if judgement.frame else judgement.grade, *status]


#: What a sign is where no drawing can be: on paper, in figures, in notebooks.
SIGNS = {
    "documented": "●",
    "corroborated": "◐",
    "attested": "◉",
    "alleged": "○",
    "frame": "□",
    "challenged": "◇",
    "disputed": "◈",
    "contradicted": "◆",
}


def signs(judgement: Judgement) -> str:
    """The sign of the grade and, where something stands against it, that of the status: '●', '○◈'."""
    return "".join(SIGNS.get(name, "") for name in sign(judgement))


def sign(judgement: Judgement) -> tuple[str, str]:
    """What the sign in a sentence shows: (grade or 'frame', status)."""
    return ("frame" if judgement.frame else judgement.grade, judgement.status)


LEVELS = {"attested": 1, "corroborated": 2, "documented": 3}


def level(judgement: Judgement) -> int:
    """How far the evidence dial may turn before this goes dim: 3 documented, 2 corroborated, 1 attested, 0 else.

    0 too where something as strong or stronger stands against it. A frame fact never goes dim.
    """
    if judgement.frame:
        return LEVELS["documented"]
    if judgement.status in ("disputed", "contradicted"):
        return 0
    return LEVELS.get(judgement.grade, 0)


def spoken(look: Lookup, judgement: Judgement) -> str:
    """What a sign says aloud: how sure, and of what: 'documented: Jinnah writes to Truman against partition'."""
    sure = grade_words(judgement).replace(FRAME, "frame fact")
    what = look.events[judgement.event_id]["title"]
    if judgement.aspect != "occurrence":
        what += f", {within(aspect(look, judgement.aspect, judgement.of))}"
    return f"{sure}: {what}"


def status_rule(judgement: Judgement) -> str:
    """The rule of the status as a card says it; that an event happened has no rival values."""
    rule = BY_ID[judgement.status_rule]
    return rule.happened if rule.happened and judgement.aspect == "occurrence" else rule.card


def life(actor: dict[str, str]) -> str:
    """'born 25 December 1876, died 11 September 1948', or what is known of it."""
    return ", ".join(f"{what} {dates.bare(actor[what])}" for what in ("born", "died") if actor[what])


def value(look: Lookup, aspect: str, text: str) -> str:
    """A claimed value in words: a date, an actor's name, a number, or the slug in words."""
    if aspect == "date":
        return dates.bare(text)
    if text in look.actors:
        return look.actors[text]["name"]
    if aspect == "place" and text in look.places:
        return look.places[text]["label"]
    if aspect == "count":
        return " to ".join(f"{int(n):,}" if n.isdigit() else n for n in text.split("/"))
    return slugs.in_words(look.history, text)


def aspect(look: Lookup, name: str, of: str = "") -> str:
    """'date', or 'role of Khurshid Kasuri'."""
    label = look.label("claims", "aspect", name)
    who = look.actors[of]["name"] if of in look.actors else slugs.in_words(look.history, of)
    return f"{label} of {who}" if of else label


def teller(look: Lookup, row: Testimony) -> str:
    """On whose word a row rests: the speaker, else the root source."""
    speaker = look.claims[row.claim_id]["speaker"]
    return look.actors[speaker]["name"] if speaker else byline(look.sources[row.root])


def defects(row: Testimony) -> str:
    """What weakens a row, in words; empty where nothing does."""
    found = [DEFECTS[d].words for d in sorted(row.defects)]
    if row.reliability == UNRELIABLE:
        found.append("unreliable source")
    return "; ".join(found) + ("" if row.counts else ("; " if found else "") + "does not count")


def voices(rows: Iterable[Testimony]) -> list[str]:
    """The accounts among rows, sorted."""
    return sorted({voice(row.side) for row in rows})


def evidence_note(look: Lookup, judgement: Judgement) -> str:
    """The note that print sets for an evidence mark: grade, opening sentence, who says so, who denies it."""
    parts = [f"{begun(grade_words(judgement))}. {opening(judgement)}"]
    for verb, rows in (("So", judgement.affirms), ("Denied by", judgement.denies)):
        who = list(dict.fromkeys(short(look.sources[row.source_id]) for row in rows))
        if who:
            more = f" and {len(who) - 2} more" if len(who) > 3 else ""
            named = who if len(who) <= 3 else who[:2]
            parts.append(f"{verb}: {'; '.join(named)}{more}.")
    return " ".join(parts)


def short_note(look: Lookup, judgement: Judgement) -> str:
    """The same in a printed book: 'Alleged, contradicted: Dahri, 2016 and 8 more. Denied by Yegar, 2007.'"""
    kind = "Frame fact" if judgement.frame else begun(judgement.grade)
    told = kind if judgement.status == "unchallenged" else f"{kind}, {judgement.status}"
    for verb, rows in ((": ", judgement.affirms), (". Denied by ", judgement.denies)):
        who = list(dict.fromkeys(look.briefs[row.source_id] for row in rows))
        most = who if len(who) <= 4 else who[:3]
        told += verb + "; ".join(most) + (f" and {len(who) - 3} more" if len(who) > 4 else "") if who else ""
    return f"{told}."


def dispute_note(look: Lookup, dispute: dict[str, Any]) -> str:
    """The note of a dispute mark: the values with their grades, the ruling or that it is open."""
    name = aspect(look, dispute["aspect"], dispute["of"])
    told = "; ".join(
        f"{value(look, j.aspect, j.value) or 'that it happened'} ({grade_words(j)})"
        for j in dispute["values"]
    )
    return f"{name}, {dispute['status']}: {told}. {ruling(look, dispute)}"


def dispute_title(look: Lookup, dispute: dict[str, Any]) -> str:
    """'Kasuri and Shalom meet in Istanbul: initiator'."""
    what = within(aspect(look, dispute["aspect"], dispute["of"]))
    return f"{look.events[dispute['event_id']]['title']}: {what}"


def follows(look: Lookup, dispute: dict[str, Any], judgement: Judgement) -> bool:
    """Whether the ruling goes with this value; a ruling may follow a denial, then it goes with none."""
    ruled = look.claims.get(dispute["follows"])
    return ruled is not None and ruled["stance"] == "affirms" and ruled["value"] == judgement.value


def ruled(dispute: dict[str, Any]) -> str:
    """Whether a dispute is ruled on: 'ruled', 'open', or that no ruling is needed."""
    return "ruled" if dispute["follows"] else "open" if dispute["open"] else "none needed"


def ruling(look: Lookup, dispute: dict[str, Any]) -> str:
    """The ruling in a sentence, with its reason; that it is open where one is demanded and missing."""
    if dispute["follows"]:
        claim = look.claims[dispute["follows"]]
        who = teller(look, look.weighing.testimony(dispute["follows"]))
        whom = {"denies": f"the denial by {who}", "doubts": f"the doubt of {who}"}.get(
            claim["stance"], value(look, dispute["aspect"], claim["value"]) or who
        )
        return f"This book follows {whom}. {dispute['reason']}"
    if dispute["open"]:
        return "Open: the evidence does not allow a ruling."
    best = dispute["values"][0]
    rule = "S2" if best.status == "contradicted" else "G4" if best.grade == "alleged" else "S4"
    return f"No ruling is needed: {BY_ID[rule].unruled}."
