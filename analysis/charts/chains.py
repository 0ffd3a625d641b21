"""Who rests on whom, and which values compete."""
from __future__ import annotations

import textwrap

import pandas as pd

from analysis import citing, evidence
from analysis.charts.chapters import PERSPECTIVES, heard
from analysis.charts.figure import Figure, chart, drawn, finish
from analysis.charts.style import INK, MUTED, PALETTE, RULE, SIDES, bare, mark
from analysis.dataset import History
from analysis.messages import UnknownId


@chart
def transmission(history: History, event_id: str) -> Figure:
    """The tellings of one event, each joined to the source from which it comes; roots on the left.

    Raises KeyError where no claim says that the event occurred.
    """
    j = evidence.judge(history, event_id)
    w = evidence.weigh(history)
    sources = history.whole.sources
    title, key = f"Who rests on whom: {history.whole.events.at[event_id, 'title']}", f"transmission-{event_id}"
    depth, above, told = {}, {}, {}
    for row in (*j.affirms, *j.denies, *j.doubts):
        path, root = w.chain(row.claim_id)
        names = list(dict.fromkeys([w.claims[c]["source_id"] for c in path] + [root]))[::-1]
        for n, name in enumerate(names):
            depth[name] = max(depth.get(name, 0), n)
            if n:
                above[name] = names[n - 1]
        told[row.source_id] = row
    order = _tree(depth, above, sources)
    columns = max(depth.values()) + 1
    drawing, ax = drawn(height=0.5 + 0.34 * len(order))
    drawing.subplots_adjust(left=0.01, right=0.99, top=0.97, bottom=0.03)
    ax.set_xlim(0, max(columns, 2))
    ax.set_ylim(len(order) - 0.3, -0.6)
    ax.axis("off")
    for name, parent in above.items():
        x0, y0, x1, y1 = depth[parent], order[parent], depth[name], order[name]
        ax.plot([x0 + 0.05, x0 + 0.05, x1], [y0 + 0.18, y1, y1], color=MUTED, lw=0.9, zorder=1)
    rows = []
    for name, y in order.items():
        row = told.get(name)
        unread = row is None
        stance = row.stance if row else "origin, not read"
        colour = PALETTE["orange"] if stance in ("denies", "doubts") else SIDES.get(sources.at[name, "perspective"], INK)
        x = depth[name] + 0.05
        if unread:
            ax.plot(x, y, "s", ms=6, mfc="none", mec=colour, mew=0.9, zorder=3)
        elif stance == "affirms":
            mark(ax, x, y, "documented" if row.counts else "alleged", size=6.5, colour=colour)
        else:
            ax.plot(x, y, "x", ms=6, color=colour, mew=1.7, zorder=3)
        detail = "not read" if unread else f"{stance}, {row.basis}" + ("" if row.counts or stance != "affirms" else ", does not count")
        ax.text(x + 0.08, y, f"{citing.short(sources.loc[name])}", va="center", fontsize=7.4)
        ax.text(x + 0.08, y + 0.36, detail, va="center", fontsize=6, color=MUTED)
        rows.append({"source_id": name, "short": citing.short(sources.loc[name]), "rests_on": above.get(name, ""), "depth": depth[name],
                     "stance": stance, "basis": row.basis if row else "", "counts": bool(row and row.counts)})
    data = pd.DataFrame(rows)
    tellings = f"{j.mentions} telling{'' if j.mentions == 1 else 's'}"
    alt = (f"{tellings} of one event come down to {j.lines} "
           f"{'witness whose word counts' if j.lines == 1 else 'witnesses whose word counts'}; {len(j.denies)} deny it.")
    return finish(drawing, key=key, data=data, title=title, alt=alt,
                  caption="Left to right: from the origin to those who repeat it. Filled circle: counts as a witness; empty "
                          "circle: a telling that does not count; square: an origin that we could not read; cross: denies or doubts.",
                  description="; ".join(f"{r.short} ({r.stance})" + (f" rests on {r.rests_on}" if r.rests_on else "") for r in data.itertuples()),
                  event_ids=[event_id], counted=tellings)


def _tree(depth: dict, above: dict, sources) -> dict[str, int]:
    """Rows for the nodes: every root followed by what hangs on it, in order of date."""
    def when(name: str) -> tuple:
        return citing.year(sources.loc[name]), name

    out: dict[str, int] = {}

    def put(name: str) -> None:
        out[name] = len(out)
        for child in sorted((c for c, p in above.items() if p == name), key=when):
            put(child)

    for root in sorted((n for n in depth if n not in above), key=when):
        put(root)
    return out


@chart
def rivals(history: History, event_id: str, aspect: str, of: str = "") -> Figure:
    """The competing values of one aspect: grade, status, witnesses by perspective.

    Raises UnknownId where nobody says anything of that aspect, or of that one person or thing.
    """
    judged = evidence.weigh(history).judgements
    told = {p[1:3] for p in judged if p[0] == event_id}
    if aspect not in (aspects := {name for name, _ in told}):
        raise UnknownId(f"aspect of {event_id}", aspect, sorted(aspects))
    if (aspect, of) not in told:
        raise UnknownId(f"{aspect} of {event_id} for", of, sorted(o for a, o in told if a == aspect))
    asked = f"{aspect.replace('_', ' ').capitalize()}{' of ' + _said(history, of) if of else ''}"
    title = f"{asked}: {history.whole.events.at[event_id, 'title']}"
    key = "-".join(filter(None, ["rivals", event_id, aspect.replace("_", "-"), of]))
    values = [j for p, j in judged.items() if p[:3] == (event_id, aspect, of)]
    values.sort(key=lambda j: (evidence.GRADES.index(j.grade), -j.lines, -j.mentions, j.value))
    sides = [s for s in PERSPECTIVES if any(r.side == s for j in values for r in (*j.affirms, *j.denies))]
    drawing, ax = drawn(height=0.8 + 0.42 * len(values))
    drawing.subplots_adjust(left=0.30, right=0.72, top=0.80 if len(values) > 2 else 0.7, bottom=0.03)
    ax.set_xlim(-0.6, len(sides) - 0.4)
    ax.set_ylim(len(values) - 0.5, -0.5)
    rows = []
    for y, j in enumerate(values):
        ax.axhline(y, color=RULE, lw=0.4, zorder=1)
        label = "\n".join(textwrap.wrap(_said(history, j.value), 24))
        ax.text(-0.09, y, label, transform=ax.get_yaxis_transform(), ha="right", va="center", fontsize=7.8, linespacing=1.1)
        ax.text(1.07, y, f"{j.grade}, {j.status}", transform=ax.get_yaxis_transform(), va="center", fontsize=7.2, color=MUTED)
        x_mark = len(sides) - 0.35
        mark(ax, x_mark, y, j.grade, size=6.5)
        for x, side in enumerate(sides):
            said = heard(j, side)
            colour = SIDES.get(side, INK)
            if said["witnesses"]:
                ax.plot(x, y, "o", ms=9, color=colour, zorder=4)
                ax.text(x, y, str(said["witnesses"]), color="#ffffff", ha="center", va="center_baseline", fontsize=6.4,
                        fontweight="bold", zorder=5)
            elif said["tellings"]:
                ax.plot(x, y, "o", ms=5, mfc="none", mec=colour, mew=0.8, zorder=4)
            if said["denials"]:
                ax.plot(x + 0.28, y, "x", ms=5.5, color=PALETTE["orange"], mew=1.7, zorder=5)
            if any(said.values()):
                rows.append({"value": j.value, "grade": j.grade, "status": j.status, "perspective": side, **said})
    ax.set_xticks(range(len(sides)), [s.capitalize() for s in sides], rotation=32, ha="left")
    ax.xaxis.tick_top()
    bare(ax)
    best = values[0]
    alt = f"{len(values)} values are claimed; the best supported, {_said(history, best.value)}, is {best.grade} and {best.status} ({best.lines} witnesses)."
    return finish(drawing, key=key, data=pd.DataFrame(rows), title=title, alt=alt,
                  caption="One row a claimed value. Filled circles count distinct witnesses by perspective, empty circles are tellings "
                          "that do not count, crosses are denials; at the right, grade and status.",
                  description="; ".join(f"{_said(history, j.value)}: {j.grade}, {j.status}, {j.lines} witnesses, {j.mentions} mentions" for j in values),
                  event_ids=[event_id], counted=f"{sum(j.mentions for j in values)} claims")


def _said(history: History, value: str) -> str:
    """A value in words: an actor's name, or the slug without hyphens."""
    actors = history.whole.actors
    if value in actors.index:
        return actors.at[value, "name"]
    if value.replace("/", "").isdigit():
        return " to ".join(f"{int(n):,}" if len(n) > 4 else n for n in value.split("/"))
    return value if value[:1].isdigit() else value.replace("-", " ")
