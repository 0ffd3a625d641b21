"""What would have to come before recognition, as leaders said."""

from __future__ import annotations

from collections import Counter

from without_recognition.charts import rows, style
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import share, time_axis
from without_recognition.charts.style import PALETTE, mark
from without_recognition.data import dates
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.findings import contact

ORANGE = PALETTE["orange"]


@chart
def recognition_conditions(history: History) -> Figure:
    """What Pakistan's leaders said would have to come first, statement by statement.

    history: the whole, a chapter or a variant. `.data`, one row a statement: claim_id, event_id, title, date
    (EDTF), speaker, position, standing, grade. Source: claims, and the series recognition-conditions.

    >>> from without_recognition import charts, load
    >>> charts.recognition_conditions(load()).data["claim_id"].is_unique
    True
    """
    key = "recognition-conditions"
    found = contact.conditions(history)
    if found.empty:
        return empty(key, "No statement yet", "No statement on recognition is coded yet.")
    positions = [p for p in contact.POSITIONS if p in set(found["position"])]
    found = found.assign(place=[positions.index(p) for p in found["position"]])
    order = found.sort_values(["place", "day"], kind="stable")
    at = order["position"].to_list()
    lay = rows.Rows(
        [f"{_short_name(r.name)}, {_when(r.date)}" for r in order.itertuples()],
        column=1.75 if style.narrow() else 2.3,
        heads={at.index(p): f"{contact.POSITIONS[p]}: {at.count(p)}" for p in positions},
        events=order["event_id"].to_list(),
        deep=[0.14] * len(order),
        gap=0.05,
        beside=True,
    )
    drawing, ax = lay.drawn(bottom=0.26)
    days = [style.day(d) for d in order["day"]]
    pad = max((max(days) - min(days)) * 0.05, 300)
    ax.set_xlim(min(days) - pad, max(days) + pad)
    lay.rules(ax)
    for x, y, r in zip(days, lay.at, order.itertuples()):
        mark(ax, x, y, r.grade, size=5.4, event=r.event_id)
        if r.standing == "out_of_office":
            ax.plot(x, y, "s", ms=8.5, mfc="none", mec=ORANGE, mew=1, zorder=3, gid=f"ev:{r.event_id}:out")
    time_axis(ax)
    data = found[["claim_id", "event_id", "title", "date", "speaker", "position", "standing", "grade"]]
    top = Counter(found["position"]).most_common(1)[0]
    return finish(
        drawing,
        key=key,
        data=data,
        title=f"{share(top[1], len(found), 'statement', 'says', 'say')}: {contact.POSITIONS[top[0]]}",
        event_ids=found["event_id"],
        counted=f"{counted(len(found), 'statement')}, one coder",
        alt=f"{counted(len(found), 'statement')} on recognition from {found['day'].iloc[0].year} to "
        f"{found['day'].iloc[-1].year}; the position most often taken is '{contact.POSITIONS[top[0]]}' ({top[1]}).",
        caption="what leaders, ministries and politicians of Pakistan said would have to come first, from closed "
        "(above) to open (below), each statement at its date; one position each, coded by us.",
        lacks="what they would have done.",
        signs=(
            *rows.GRADED,
            ({"marker": "s", "ms": 8, "mfc": "none", "mec": ORANGE, "mew": 1}, "said out of office"),
        ),
        numbers=[
            (f"{dates.bare(r.date)}, {r.name}", contact.POSITIONS[r.position]) for r in found.itertuples()
        ],
    )


def _short_name(name: str) -> str:
    return {
        "Ministry of Foreign Affairs of Pakistan": "Foreign ministry",
        "Hafiz Muhammad Tahir Mehmood Ashrafi": "Tahir Ashrafi",
    }.get(name, name)


def _when(text: str) -> str:
    """The year, or the words for a longer time."""
    span = dates.parse(text)
    return (
        str(span.latest.year)
        if span.earliest.year == span.latest.year
        else dates.bare(text).replace("the ", "")
    )
