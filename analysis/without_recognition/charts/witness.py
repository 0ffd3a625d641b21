"""Figures of the finding on who says so."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Drawing

from without_recognition.charts import rows
from without_recognition.charts.figure import Figure, chart, empty, finish
from without_recognition.charts.marks import label_of, points, rounded, share, stacked
from without_recognition.charts.style import INK, MUTED, PALETTE, SIDES
from without_recognition.data.dataset import History
from without_recognition.data.number_words import counted
from without_recognition.evidence import GRADES
from without_recognition.findings import contact, witness

FEW = 10  #: of fewer events that others tell too, no title gives a share
LETTERS = {
    "A": "A reliable",
    "B": "B usually",
    "C": "C fairly",
    "D": "D not usually",
    "E": "E unreliable",
    "F": "F cannot be judged",
}


@chart
def echo_by_group(history: History) -> Figure:
    """Mentions for each line of evidence, by channel and by decade.

    history: the whole, a chapter or a variant. `.data`, one row a channel or decade: group, by (channel or
    decade), counts of events, mentions and lines, echo (mentions for each line). Source: claims.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.echo_by_group(load()).data["by"]))
    ['all', 'channel', 'decade']
    """
    key = "echo-by-group"
    tables = {by: witness.echo(history, by=by) for by in ("channel", "decade")}
    whole = witness.echo(history)
    if whole.empty:
        return empty(key, "No witness yet", "No event has a witness yet.")
    tables["channel"] = tables["channel"].sort_values("echo", ascending=False)
    t = pd.concat([part.assign(by=by) for by, part in tables.items()])
    lay = _groups(
        tables, [f"{r.mentions} to {r.lines}, {counted(r.events, 'event')}" for r in t.itertuples()]
    )
    drawing, ax = lay.drawn(bottom=0.42)
    ax.set_xscale("log")
    most = max(25, 1.2 * t["echo"].max())
    ax.set_xlim(0.9, most)
    lay.rules(ax)
    points(ax, lay.at, t, group="group", value="echo")
    ax.axvline(whole["echo"].iloc[0], color=PALETTE["orange"], lw=1, zorder=2)
    ticks = [n for n in (1, 2, 5, 10, 20, 50) if n < most]
    ax.set_xticks(ticks, [str(n) for n in ticks])
    ax.minorticks_off()
    ax.set_xlabel("mentions for one line of evidence (log scale)")
    all_ = whole.iloc[0]
    data = pd.concat([part.assign(by=by) for by, part in {**tables, "all": whole}.items()])
    top = tables["channel"].iloc[0] if len(tables["channel"]) else all_
    return finish(
        drawing,
        key=key,
        data=rounded(data),
        title=f"{counted(int(all_['mentions']), 'mention')} rest on "
        f"{counted(int(all_['lines']), 'line')} of evidence, {all_['echo']:.1f} to one",
        counted=counted(int(all_["events"]), "event"),
        alt=f"{counted(all_['mentions'], 'mention')} for {counted(all_['lines'], 'line')} of evidence, "
        f"{all_['echo']:.1f} to one; the most by channel: {label_of(top['group']).lower()}, {top['echo']:.1f}.",
        caption="mentions divided by lines of evidence, summed over the events of each group; "
        "behind it mentions, lines and events.",
        lacks="which of the mentions was needed.",
        signs=(({"marker": "|", "color": PALETTE["orange"], "mew": 1.2, "ms": 8}, "the whole book"),),
        numbers=[
            (
                label_of(r.group),
                f"{counted(r.mentions, 'mention')}, {counted(r.lines, 'line')}, {r.echo:.1f}",
            )
            for r in data.itertuples()
        ],
    )


def _shares(lay: rows.Rows, table: pd.DataFrame, group: str, words: str) -> Drawing:
    """Shares of the rows of `lay` as points on a scale of per cent, which `words` name."""
    drawing, ax = lay.drawn(bottom=0.42)
    ax.set_xlim(0, 1)
    lay.rules(ax)
    points(ax, lay.at, table, group=group, value="share")
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    ax.set_xlabel(words)
    return drawing


def _groups(tables: dict[str, pd.DataFrame], notes: list[str]) -> rows.Rows:
    """Rows of channels, then of decades, each under its head."""
    names = [label_of(str(g)) for t in tables.values() for g in t["group"]]
    heads = {0: "By channel"} if len(tables["channel"]) else {}
    if len(tables["decade"]):
        heads[len(tables["channel"])] = "By decade"
    return rows.Rows(names, column=1.1, heads=heads, notes=notes, deep=[0.14] * len(names), gap=0.06)


@chart
def firm_by_group(history: History) -> Figure:
    """Share of events that are documented or corroborated, by channel and by decade.

    history: the whole, a chapter or a variant. `.data`, one row a channel or decade: group, by (channel or
    decade), n and firm (counts of events), share (0 to 1). Source: claims.

    >>> from without_recognition import charts, load
    >>> charts.firm_by_group(load()).data["share"].between(0, 1).all().item()
    True
    """
    tables = {by: witness.firm(history, by=by) for by in ("channel", "decade")}
    tables["channel"] = tables["channel"].sort_values(["share", "n"])
    if tables["channel"].empty:
        return empty("firm-by-group", "Nothing told yet", "No event has been told yet.")
    data = pd.concat([t.assign(by=by) for by, t in tables.items()])
    lay = _groups(tables, [f"{r.firm} of {r.n}" for r in data.itertuples()])
    drawing = _shares(lay, data, "group", "per cent of events")
    low, high = tables["channel"].iloc[0], tables["channel"].iloc[-1]
    firm, n = int(tables["channel"]["firm"].sum()), int(tables["channel"]["n"].sum())
    return finish(
        drawing,
        key="firm-by-group",
        data=rounded(data),
        title=f"{share(firm, n, 'event', 'is documented or corroborated', 'are documented or corroborated')}, fewest "
        f"in the channel {label_of(low['group']).lower()}: {low['firm']} of {low['n']}",
        counted=counted(n, "event"),
        alt=f"Documented or corroborated are {low['firm']} of {low['n']} events of the channel "
        f"{label_of(low['group']).lower()}, {high['firm']} of {high['n']} of the channel "
        f"{label_of(high['group']).lower()}.",
        caption="the share of the events that are documented or corroborated; at the right, the counts.",
        lacks="what was never told.",
        numbers=[(label_of(r.group), f"{r.firm} of {r.n}") for r in data.itertuples()],
    )


@chart
def whose_word(history: History) -> Figure:
    """Lines of evidence by channel and by the side of the witness.

    history: the whole, a chapter or a variant. `.data`, one row a channel and side: channel, side, counts of
    lines and events, share (0 to 1, of the channel's lines). Source: claims.

    >>> from without_recognition import charts, load
    >>> "israeli" in set(charts.whose_word(load()).data["side"])
    True
    """
    key = "whose-word"
    t = witness.origins(history)
    if t.empty:
        return empty(key, "No witness yet", "No event has a witness yet.")
    looks = {s: look for s, look in VOICES.items() if s in set(t["side"]) or s == "others"}
    parts = t.assign(part=[s if s in VOICES else "others" for s in t["side"]])
    parts = parts.groupby(["channel", "part"], as_index=False)["lines"].sum()
    total = parts.groupby("channel")["lines"].sum().sort_values(ascending=False)
    lay = rows.Rows(
        [label_of(c) for c in total.index],
        column=1.1,
        notes=[str(n) for n in total],
        deep=[0.16] * len(total),
        gap=0.07,
    )
    drawing, ax = lay.drawn(bottom=0.02)
    stacked(ax, lay.at, parts, list(total.index), row="channel", column="part", count="lines", looks=looks)
    by_side = t.groupby("side")["lines"].sum()
    all_ = int(by_side.sum())
    own = {s: int(by_side.get(s, 0)) for s in ("pakistani", "israeli", "american")}
    return finish(
        drawing,
        key=key,
        data=rounded(t),
        title=f"Of {counted(all_, 'line')} of evidence {own['pakistani']:,} "
        f"{'is' if own['pakistani'] == 1 else 'are'} Pakistani, {own['israeli']:,} Israeli",
        counted=f"{counted(all_, 'line')} of evidence",
        alt=f"{counted(all_, 'line')} of evidence: "
        + ", ".join(f"{n} {s.capitalize()}" for s, n in own.items())
        + ", the rest from others.",
        caption="distinct witnesses whose word counts for the occurrence of an event, by its channel and by "
        "the side for which the witness speaks (a newspaper counts for its own perspective, "
        "unless it carries somebody else's word).",
        lacks="how well each of them could know.",
        signs=[({"marker": "s", "mec": "none", **look}, label_of(s)) for s, look in looks.items()],
        numbers=[
            (
                f"{label_of(r.channel)}, {label_of(r.side)}",
                f"{r.lines} ({100 * r.share:.0f} per cent of the channel)",
            )
            for r in t.itertuples()
        ],
    )


VOICES: dict[str, dict[str, Any]] = {
    "pakistani": {"color": SIDES["pakistani"]},
    "israeli": {"color": SIDES["israeli"]},
    "american": {"color": PALETTE["orange"]},
    "others": {"color": MUTED, "alpha": 0.5},
}


@chart
def reliability_check(history: History) -> Figure:
    """The letter given to a source against what the rest of the evidence says of its stories.

    history: the whole, a chapter or a variant. `.data`, one row a letter: letter, counts of tellings, of
    those told by others too and of those firm without the source, share (0 to 1). Source: claims and
    sources.

    >>> from without_recognition import charts, load
    >>> charts.reliability_check(load()).data["letter"].tolist()[:2]
    ['A', 'B']
    """
    key = "reliability-check"
    t = witness.reliability(history)
    if t.empty:
        return empty(key, "Nothing told yet", "No source has told of an event yet.")
    lay = rows.Rows(
        [LETTERS[x] for x in t["letter"]],
        column=1.15,
        notes=[f"{r.firm} of {r.told} (of {counted(r.tellings, 'telling')})" for r in t.itertuples()],
        deep=[0.16] * len(t),
    )
    drawing = _shares(lay, t, "letter", "firm without this source, per cent")
    some = t[t["told"] >= FEW] if (t["told"] >= FEW).any() else t
    first, last = some.iloc[0], some.iloc[-1]
    return finish(
        drawing,
        key=key,
        data=rounded(t),
        title=f"Of what others tell too, {100 * first['share']:.0f} per cent of {first['letter']} sources’ stories are "
        f"firm without them, {100 * last['share']:.0f} of {last['letter']} sources’",
        counted=counted(int(t["tellings"].sum()), "telling"),
        alt="; ".join(f"{r.letter}: {100 * r.share:.0f} per cent of {r.told}" for r in t.itertuples())
        + " tellings are firm without the source itself.",
        caption="for each source and each event that it tells whether the event is documented or "
        "corroborated by the others alone, by the letter that we gave the source.",
        lacks="stories that nobody else tells.",
        numbers=[
            (
                LETTERS[r.letter],
                f"{r.firm} firm of {r.told} told by others, {counted(r.tellings, 'telling')}",
            )
            for r in t.itertuples()
        ],
    )


@chart
def without_one_author(history: History) -> Figure:
    """Grades of the events that the most prolific hand tells, with and without it; contacts a decade, likewise.

    history: the whole, a chapter or a variant. `.data`: part is grades (one row a pair: grade with the
    author, grade without, counts of events) or contacts (one row a decade: decade, counts of contacts and of
    those gone). Source: claims.

    >>> from without_recognition import charts, load
    >>> sorted(set(charts.without_one_author(load()).data["part"]))
    ['contacts', 'grades']
    """
    key = "without-one-author"
    told = witness.without(history)
    if told.empty:
        return empty(key, "No author yet", "No source is signed yet.")
    moves = witness.moves(history)
    gone = set(told.index[told["without"] == witness.UNTOLD])
    contacts = contact.contacts(history)
    contacts = contacts[contacts["decade"] != ""].assign(gone=lambda c: c.index.isin(gone))
    by = contacts.groupby("decade").agg(contacts=("title", "size"), gone=("gone", "sum")).reset_index()
    data = pd.concat([moves.assign(part="grades"), by.assign(part="contacts")])
    alt = (
        f"Told by nobody else: {len(gone) or 'none'} of {counted(len(told), 'event')} that one author tells; on that "
        f"author alone: {int(by['gone'].sum()) or 'none'} of "
        f"{counted(int(by['contacts'].sum()), 'contact', words=('no',))}."
    )
    return finish(
        _what_stays(moves, by),
        key=key,
        data=data,
        title=f"Of {counted(len(told), 'event')} that one author tells {len(gone) or 'none'} "
        f"{'are' if len(gone) > 1 else 'is'} told by nobody else",
        event_ids=told.index,
        alt=alt,
        counted=counted(len(told), "event"),
        caption="the events that the author with most claims in the data tells, by grade, and contacts by "
        "decade: what stays without that author's texts and what others take from them.",
        lacks="whether that author is right.",
        signs=[
            ({"marker": "s", "mec": "none", **FATES[part]}, said)
            for part, said in (
                ("stays", "as firm without"),
                ("falls", "weaker without"),
                ("goes", "told by nobody else"),
            )
        ],
        numbers=[
            *(
                (f"{r.grade} with, {r.without} without", counted(r.events, "event"))
                for r in moves.itertuples()
            ),
            *(
                (r.decade, f"{counted(r.contacts, 'contact')}, {r.gone} on that author alone")
                for r in by.itertuples()
            ),
        ],
    )


#: what becomes of an event without an author -> how its part of a bar is filled
FATES: dict[str, dict[str, Any]] = {
    "stays": {"color": INK},
    "falls": {"color": MUTED, "alpha": 0.6},
    "goes": {"color": PALETTE["orange"], "alpha": 0.6},
}


def _what_stays(moves: pd.DataFrame, by: pd.DataFrame) -> Drawing:
    """A bar a grade, from `moves`, and a bar a decade, from `by`, parted by what becomes of the events."""
    cells = pd.concat(
        [
            moves.assign(
                row=moves["grade"],
                part=[_fate(g, without) for g, without in zip(moves["grade"], moves["without"])],
                n=moves["events"],
            ),
            by.assign(row=by["decade"], part="stays", n=by["contacts"] - by["gone"]),
            by.assign(row=by["decade"], part="goes", n=by["gone"]),
        ]
    )
    cells = cells[cells["n"] > 0].groupby(["row", "part"], as_index=False)["n"].sum()
    grades = [g for g in GRADES if g in set(moves["grade"])]
    names = [*grades, *by["decade"]]
    kept = cells[cells["part"] == "stays"].set_index("row")["n"]
    total = cells.groupby("row")["n"].sum()
    lay = rows.Rows(
        [label_of(n) for n in names],
        column=1.1,
        heads={0: "Events, by grade with this author", len(grades): "Contacts, by decade"},
        notes=[f"{int(kept.get(n, 0))} of {int(total.get(n, 0))} stay" for n in names],
        deep=[0.14] * len(names),
        gap=0.06,
    )
    drawing, ax = lay.drawn(bottom=0.02)
    stacked(ax, lay.at, cells, names, row="row", column="part", count="n", looks=FATES)
    return drawing


def _fate(grade: str, without: str) -> str:
    if without == witness.UNTOLD:
        return "goes"
    return "stays" if GRADES.index(without) <= GRADES.index(grade) else "falls"
