"""What is denied, by whom."""

from __future__ import annotations

from typing import Any

from without_recognition.charts import rows
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import label_of, share, stacked
from without_recognition.charts.style import MUTED, SIDES
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import contact

#: voice -> how its part of a bar is filled
VOICES: dict[str, dict[str, Any]] = {
    "Pakistan": {"color": SIDES["pakistani"]},
    "other Pakistani": {"color": SIDES["pakistani"], "alpha": 0.4},
    "Israel": {"color": SIDES["israeli"]},
    "other Israeli": {"color": SIDES["israeli"], "alpha": 0.4},
    "others": {"color": MUTED, "alpha": 0.55},
}


@chart
def what_denials_deny(history: History) -> Figure:
    """What is denied, by whom: lines of denial by aspect and voice; in small, those of contacts.

    history: the whole, a chapter or a variant. `.data`, one row an aspect and voice: aspect, voice, lines
    (of denial), of_contacts (those that concern a contact). Source: claims.

    >>> from without_recognition import charts, load
    >>> "Israel" in set(charts.what_denials_deny(load()).data["voice"])
    True
    """
    key = "what-denials-deny"
    found = contact.denials(history)
    if found.empty:
        return empty(key, "Nobody denies anything", "Nobody denies anything yet.")
    aspects = found["aspect"].value_counts()
    order = sorted(aspects.index, key=lambda a: (-aspects[a], a))
    cells = (
        found.groupby(["aspect", "voice"])
        .agg(lines=("event_id", "size"), of_contacts=("contact", "sum"))
        .reset_index()
    )
    cells["of_contacts"] = cells["of_contacts"].astype(int)
    of_contacts = cells.groupby("aspect")["of_contacts"].sum()
    looks = {v: look for v, look in VOICES.items() if v in set(cells["voice"])}
    lay = rows.Rows(
        [label_of(a) for a in order],
        column=1.2,
        notes=[f"{aspects[a]}, {of_contacts[a] or 'none'} of contacts" for a in order],
        deep=[0.15] * len(order),
        gap=0.07,
    )
    drawing, ax = lay.drawn(bottom=0.02)
    stacked(ax, lay.at, cells, order, row="aspect", column="voice", count="lines", looks=looks)
    existence = int((found["aspect"] == "occurrence").sum())
    official = int((found["aspect"] == "official_character").sum())
    kind = "is coded as one of the occurrence", "are coded as denials of the occurrence"
    perhaps = "some may mean only an official visit"
    return finish(
        drawing,
        key=key,
        data=cells,
        title=share(existence, len(found), "denial", *kind) + (f"; {perhaps}" if existence else ""),
        event_ids=sorted(set(found["event_id"])),
        alt=f"{counted(len(found), 'line')} of denial, by the coding: {existence} of the occurrence, of which "
        f"{perhaps}, {official} of its official character alone.",
        caption="lines of denial (one witness, one proposition) by what the coding takes them to deny and by whose "
        "voice; the states are their offices and office-holders. Who says that no visit took place is coded as "
        "denying the occurrence, though an official visit may be meant.",
        lacks="whether a denial is true, and what a speaker had in mind.",
        signs=[({"marker": "s", "mec": "none", **look}, v) for v, look in looks.items()],
        numbers=[
            (f"{label_of(r.aspect)}, {r.voice}", f"{r.lines}, {r.of_contacts} of contacts")
            for r in cells.itertuples()
        ],
        counted=counted(len(found), "denial"),
    )
