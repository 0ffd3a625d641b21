"""Words that the press adds to `explaining`: names of sources, values, sides, and the notes of marks."""

from __future__ import annotations

from analysis import dates, evidence
from analysis.explaining import DEFECTS, count, opening
from analysis.press.lookup import Lookup

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
SMALL = {"a", "and", "at", "by", "for", "from", "in", "near", "of", "on", "the", "to"}
ABBREVIATIONS = {"cia", "isi", "oic", "plo", "uae", "uk", "un", "us", "usa"}
BASES = {
    "record": "a record of the act",
    "participant": "took part",
    "official": "spoke in office",
    "reported": "its own reporting",
    "study": "a study that cites evidence",
    "anonymous": "unnamed informant",
    "hearsay": "hearsay",
    "inference": "inference",
}
GRADES = {
    "documented": "a record of the act itself was read, or both sides said so at the time",
    "corroborated": "two or more independent witnesses, one of them close to it",
    "attested": "at least one witness whose word counts",
    "alleged": "it is said, but by nobody whose word can count",
}
STATUSES = {
    "unchallenged": "nothing stands against it",
    "challenged": "something weaker stands against it",
    "disputed": "something as strong stands against it",
    "contradicted": "something stronger stands against it",
}


def voice(side: str) -> str:
    """Whose account a side is, for the 'whose account' aid: pakistani, israeli or other."""
    return side if side in ("pakistani", "israeli") else "other"


def grade_words(judgement: evidence.Judgement) -> str:
    """'attested', or 'attested, disputed' where something stands against it."""
    challenged = judgement.status != "unchallenged"
    return judgement.grade + (f", {judgement.status}" if challenged else "")


def level(judgement: evidence.Judgement) -> int:
    """How far the evidence dial may turn before this goes dim: 2 documented, 1 corroborated, 0 else."""
    if judgement.status in ("disputed", "contradicted"):
        return 0
    return {"documented": 2, "corroborated": 1}.get(judgement.grade, 0)


def byline(source: dict[str, str]) -> str:
    """Who speaks in a source, short: 'Dawn', 'Yegar', 'Associated Press'."""
    if source["author"] and source["kind"] in ("scholarship", "memoir", "opinion", "retrospective"):
        names = [name.partition(",")[0].strip() for name in source["author"].split(";")]
        return (
            names[0]
            if len(names) == 1
            else f"{names[0]} and {names[1]}"
            if len(names) == 2
            else f"{names[0]} and others"
        )
    return source["container"] or source["publisher"]


def short(source: dict[str, str]) -> str:
    """'Dawn, 1 September 2005'."""
    return f"{byline(source)}, {dates.bare(source['written'] or source['issued'])}"


def full(source: dict[str, str], locator: str = "") -> str:
    """A note: author, title, where it stands, date, locator. Plain text, without a full stop."""
    authors = " and ".join(
        " ".join(reversed([part.strip() for part in name.split(",", 1)]))
        for name in source["author"].split(";")
        if name.strip()
    )
    title = source["title"] if source["title"].startswith("[") else f"“{source['title']}”"
    home = source["container"] or source["publisher"]
    when = dates.bare(source["issued"])
    if source["written"]:
        when = f"{dates.bare(source['written'])} (published {when})"
    return ", ".join(filter(None, [authors, title, home, when, locator]))


def value(look: Lookup, aspect: str, text: str) -> str:
    """A claimed value in words: a date, an actor's name, or the slug with spaces."""
    if aspect == "date":
        return dates.bare(text)
    if text in look.actors:
        return look.actors[text]["name"]
    if aspect in ("place", "initiator", "organisation"):
        return " ".join(
            w if w in SMALL else w.upper() if w in ABBREVIATIONS else w.capitalize() for w in text.split("-")
        )
    if aspect == "count":
        return " to ".join(f"{int(n):,}" if n.isdigit() else n for n in text.split("/"))
    return text.replace("-", " ")


def aspect(look: Lookup, name: str, of: str = "") -> str:
    """'date', or 'role of Khurshid Kasuri'."""
    label = look.label("claims", "aspect", name)
    who = look.actors[of]["name"] if of in look.actors else of.replace("-", " ")
    return f"{label} of {who}" if of else label


def teller(look: Lookup, row: evidence.Row) -> str:
    """On whose word a row rests: the speaker, else the root source."""
    speaker = look.claims[row.claim_id]["speaker"]
    return look.actors[speaker]["name"] if speaker else byline(look.sources[row.root])


def defects(row: evidence.Row) -> str:
    """What weakens a row, in words; empty where nothing does."""
    found = [DEFECTS[d] for d in sorted(row.defects)]
    if row.reliability == "E":
        found.append("unreliable source")
    return "; ".join(found) + ("" if row.counts else ("; " if found else "") + "does not count")


def voices(rows) -> list[str]:
    """The accounts among rows, sorted."""
    return sorted({voice(row.side) for row in rows})


def note(look: Lookup, judgement: evidence.Judgement) -> str:
    """The note that print sets for an evidence mark: grade, opening sentence, who says so, who denies it."""
    parts = [f"{grade_words(judgement).capitalize()}. {opening(judgement)}"]
    for verb, rows in (("So", judgement.affirms), ("Denied by", judgement.denies)):
        who = list(dict.fromkeys(short(look.sources[row.source_id]) for row in rows))
        if who:
            more = f" and {count(len(who) - 3, 'more')[:-1]}" if len(who) > 4 else ""
            named = who if len(who) <= 4 else who[:3]
            parts.append(f"{verb}: {'; '.join(named)}{more}.")
    return " ".join(parts)


def dispute_note(look: Lookup, dispute: dict) -> str:
    """The note of a dispute mark: the values with their grades, the ruling or that it is open."""
    name = aspect(look, dispute["aspect"], dispute["of"])
    told = "; ".join(
        f"{value(look, j.aspect, j.value) or 'that it happened'} ({grade_words(j)})"
        for j in dispute["values"]
    )
    return f"{name}, {dispute['status']}: {told}. {ruling(look, dispute)}"


def dispute_title(look: Lookup, dispute: dict) -> str:
    """'Kasuri and Shalom meet in Istanbul: initiator'."""
    what = aspect(look, dispute["aspect"], dispute["of"])
    return f"{look.events[dispute['event_id']]['title']}: {what[0].lower()}{what[1:]}"


def follows(look: Lookup, dispute: dict, judgement: evidence.Judgement) -> bool:
    """Whether the ruling goes with this value; a ruling may follow a denial, then it goes with none."""
    ruled = look.claims.get(dispute["follows"])
    return bool(ruled) and ruled["stance"] == "affirms" and ruled["value"] == judgement.value


def ruling(look: Lookup, dispute: dict) -> str:
    """The ruling in a sentence, with its reason; that it is open where one is demanded and missing."""
    if dispute["follows"]:
        claim = look.claims[dispute["follows"]]
        who = teller(look, look.weighing.row(dispute["follows"]))
        whom = {"denies": f"the denial by {who}", "doubts": f"the doubt of {who}"}.get(
            claim["stance"], value(look, dispute["aspect"], claim["value"]) or who
        )
        return f"This book follows {whom}. {dispute['reason']}"
    if dispute["open"]:
        return "Open: the evidence does not allow a ruling."
    best = dispute["values"][0]
    if best.status == "contradicted":
        return "No ruling is needed: the better evidence stands against it."
    if best.grade == "alleged":
        return "No ruling is needed: no witness whose word can count stands behind any of it."
    return "No ruling is needed: what stands against it is weaker."


def spelled(number: int) -> str:
    """'zero', 'one' ... 'ten', then digits, with a comma at thousands."""
    words = "zero one two three four five six seven eight nine ten".split()
    return words[number] if number <= 10 else f"{number:,}"
