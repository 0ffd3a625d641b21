"""Figures of the finding on who says so."""
from __future__ import annotations

import pandas as pd

from analysis.charts.chapters import PERSPECTIVES
from analysis.charts.figure import Figure, chart, drawn, empty, finish
from analysis.charts.findings_parts import intervals, matrix, rounded, words
from analysis.charts.style import INK, MUTED, PALETTE, SIDES
from analysis.dataset import History
from analysis.evidence import GRADES
from analysis.findings import contact, witness

LETTERS = {"A": "A reliable", "B": "B usually", "C": "C fairly", "D": "D not usually", "E": "E unreliable", "F": "F cannot be judged"}


@chart
def echo_by_group(history: History) -> Figure:
    """Mentions for each line of evidence, by channel and by decade."""
    key, title = "echo-by-group", "How many mentions rest on one witness"
    tables = {by: witness.echo(history, by=by) for by in ("channel", "decade")}
    whole = witness.echo(history)
    if whole.empty:
        return empty(key, title, "No event has a witness yet.")
    tables["channel"] = tables["channel"].sort_values("echo", ascending=False)
    sizes = [max(len(t), 1) for t in tables.values()]
    drawing, axes = drawn(height=0.9 + 0.21 * sum(sizes), nrows=2, sharex=True, height_ratios=sizes)
    drawing.subplots_adjust(left=0.17, right=0.72, top=0.95, bottom=0.1, hspace=0.14)
    for ax, (by, t) in zip(axes, tables.items()):
        ax.set_title(f"By {by}", fontsize=8, pad=3)
        ax.set_xscale("log")
        ax.set_xlim(0.9, 60)
        intervals(ax, t, group="group", value="echo",
                  notes=[f"{r.mentions} mentions, {r.lines} lines, n = {r.events}" for r in t.itertuples()])
        ax.axvline(whole["echo"].iloc[0], color=PALETTE["orange"], lw=1, zorder=2)
        ax.set_xticks([1, 2, 5, 10, 20, 50], ["1", "2", "5", "10", "20", "50"])
        ax.minorticks_off()
    axes[1].set_xlabel("mentions for one line of evidence (log scale)", fontsize=7.2)
    all_ = whole.iloc[0]
    data = pd.concat([t.assign(by=by) for by, t in {**tables, "all": whole}.items()])
    top = tables["channel"].iloc[0] if len(tables["channel"]) else all_
    return finish(
        drawing, key=key, data=rounded(data), title=title, counted=f"{all_['events']} events",
        alt=f"{all_['mentions']} mentions rest on {all_['lines']} lines of evidence, {all_['echo']:.1f} to one; the most by channel: "
            f"{words(top['group']).lower()}, {top['echo']:.1f}.",
        caption="Points: mentions divided by lines, summed over the events of the group; 95 per cent bootstrap intervals over events; the upright "
                "line is the whole book. n is the number of events.",
        description="; ".join(f"{words(r.group)}: {r.mentions} mentions, {r.lines} lines, {r.echo:.1f} ({r.low:.1f} to {r.high:.1f})"
                              for r in data.itertuples()))


@chart
def firm_by_group(history: History) -> Figure:
    """Share of events that are documented or corroborated, by channel and by decade."""
    tables = {by: witness.firm(history, by=by) for by in ("channel", "decade")}
    tables["channel"] = tables["channel"].sort_values(["share", "n"])
    if tables["channel"].empty:
        return empty("firm-by-group", "What is firm", "No event has been told yet.")
    sizes = [max(len(t), 1) for t in tables.values()]
    drawing, axes = drawn(height=0.9 + 0.21 * sum(sizes), nrows=2, sharex=True, height_ratios=sizes)
    drawing.subplots_adjust(left=0.17, right=0.86, top=0.95, bottom=0.1, hspace=0.14)
    for ax, (by, t) in zip(axes, tables.items()):
        ax.set_title(f"By {by}", fontsize=8, pad=3)
        ax.set_xlim(-0.02, 1)
        intervals(ax, t, group="group", value="share", notes=[f"{r.firm} of {r.n}" for r in t.itertuples()])
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    axes[1].set_xlabel("documented or corroborated, per cent of events", fontsize=7.2)
    data = pd.concat([t.assign(by=by) for by, t in tables.items()])
    low, high = tables["channel"].iloc[0], tables["channel"].iloc[-1]
    return finish(
        drawing, key="firm-by-group", data=rounded(data), title="What is firm",
        counted=f"{int(tables['channel']['n'].sum())} events",
        alt=f"Documented or corroborated are {low['firm']} of {low['n']} events of the channel {words(low['group']).lower()}, "
            f"{high['firm']} of {high['n']} of the channel {words(high['group']).lower()}.",
        caption="Share of the events that are documented or corroborated, with 95 per cent Wilson intervals; at the right, the counts.",
        description="; ".join(f"{words(r.group)}: {r.firm} of {r.n} ({100 * r.low:.0f} to {100 * r.high:.0f} per cent)"
                              for r in data.itertuples()))


@chart
def whose_word(history: History) -> Figure:
    """Lines of evidence by channel and by the side of the witness."""
    key, title = "whose-word", "On whose word"
    t = witness.origins(history)
    if t.empty:
        return empty(key, title, "No event has a witness yet.")
    sides = [s for s in PERSPECTIVES if s in set(t["side"])]
    channels = t.groupby("channel")["lines"].sum().sort_values(ascending=False).index.to_list()
    drawing, ax = drawn(height=0.95 + 0.26 * len(channels))
    drawing.subplots_adjust(left=0.17, right=0.99, top=1 - 0.65 / (0.95 + 0.26 * len(channels)), bottom=0.02)
    matrix(ax, t, channels, sides, row="channel", column="side", count="lines",
           colour=lambda s: SIDES.get(s, MUTED))
    by_side = t.groupby("side")["lines"].sum().sort_values(ascending=False)
    return finish(
        drawing, key=key, data=rounded(t), title=title, counted=f"{int(by_side.sum())} lines of evidence",
        alt=f"{int(by_side.sum())} lines of evidence: " + ", ".join(
            f"{int(by_side.get(s, 0))} {s.capitalize()}" for s in ("pakistani", "israeli", "american")) + ", the rest from others.",
        caption="Distinct witnesses whose word counts for the occurrence of an event, by its channel and by the side for which the witness "
                "speaks (a newspaper counts for its own perspective, unless it carries somebody else's word).",
        description="; ".join(f"{words(r.channel)}, {r.side}: {r.lines} ({100 * r.share:.0f} per cent of the channel)" for r in t.itertuples()))


@chart
def reliability_check(history: History) -> Figure:
    """The letter given to a source against what the rest of the evidence says of its stories."""
    key, title = "reliability-check", "Do our letters for sources hold?"
    t = witness.reliability(history)
    if t.empty:
        return empty(key, title, "No source has told of an event yet.")
    drawing, ax = drawn(height=0.7 + 0.26 * len(t))
    drawing.subplots_adjust(left=0.2, right=0.70, top=0.97, bottom=0.2)
    ax.set_xlim(0, 1)
    intervals(ax, t, group="letter", value="share",
              notes=[f"{r.firm} of {r.told} (of {r.tellings} tellings)" for r in t.itertuples()])
    ax.set_yticks(range(len(t)), [LETTERS[x] for x in t["letter"]])
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    ax.set_xlabel("firm without this source, per cent", fontsize=7.2)
    return finish(
        drawing, key=key, data=rounded(t), title=title, counted=f"{int(t['tellings'].sum())} tellings",
        alt="; ".join(f"{r.letter}: {100 * r.share:.0f} per cent of {r.told}" for r in t.itertuples())
            + " tellings are firm without the source itself.",
        caption="For each source and each event that it tells: is the event documented or corroborated by the others alone? By the letter that "
                "we gave the source; 95 per cent Wilson intervals, which take tellings as independent and are too narrow. Stories that nobody "
                "else tells are left out.",
        description="; ".join(f"{LETTERS[r.letter]}: {r.firm} firm of {r.told} told by others, {r.tellings} tellings" for r in t.itertuples()))


@chart
def without_one_author(history: History) -> Figure:
    """Grades of the events that the most prolific hand tells, with and without it; contacts a decade, likewise."""
    key, title = "without-one-author", "What remains without one author"
    told = witness.without(history)
    if told.empty:
        return empty(key, title, "No source is signed yet.")
    moves = witness.moves(history)
    columns = [*GRADES, witness.UNTOLD]
    gone = set(told.index[told["without"] == witness.UNTOLD])
    contacts = contact.contacts(history)
    contacts = contacts[contacts["decade"] != ""].assign(gone=lambda c: c.index.isin(gone))
    by = contacts.groupby("decade").agg(contacts=("title", "size"), gone=("gone", "sum")).reset_index()
    drawing, (left, right) = drawn(height=2.5, ncols=2, width_ratios=[1.45, 1])
    drawing.subplots_adjust(left=0.13, right=0.98, top=0.70, bottom=0.08, wspace=0.24)
    matrix(left, moves, GRADES, columns, row="grade", column="without", count="events")
    left.set_title("with this author (rows), without (columns)", fontsize=7.4, y=1.36)
    left.tick_params(axis="x", labelsize=6.8)
    for y, r in enumerate(by.itertuples()):
        right.barh(y, r.contacts, height=0.6, color=PALETTE["band"], ec=MUTED, lw=0.6, gid=f"row:{r.decade}:with")
        right.barh(y, r.contacts - r.gone, height=0.6, color=INK, lw=0, gid=f"row:{r.decade}:without")
        right.text(r.contacts, y, f" {r.contacts - r.gone} of {r.contacts}", va="center", fontsize=6.8, color=INK)
    right.set_yticks(range(len(by)), by["decade"])
    right.set_ylim(max(len(by), 1) - 0.4, -0.6)
    right.margins(x=0.3)
    right.set_title("contacts that others tell too (dark)", fontsize=7.4)
    right.tick_params(length=0)
    right.spines["left"].set_visible(False)
    data = pd.concat([moves.assign(part="grades"), by.assign(part="contacts")])
    alt = f"Of {len(told)} events that one author tells, {len(gone)} are told by nobody else; {int(by['gone'].sum())} contacts of " \
          f"{int(by['contacts'].sum())} rest on that author alone."
    return finish(
        drawing, key=key, data=data, title=title, event_ids=told.index, alt=alt, counted=f"{len(told)} events",
        caption="Left: the events that the author with most claims in the data tells, by grade with and without his texts and what others take "
                "from them; 'untold' means that nobody else tells it. Right: contacts by decade, dark those that somebody else tells.",
        description="; ".join([f"{r.grade} with, {r.without} without: {r.events}" for r in moves.itertuples()]
                              + [f"{r.decade}: {r.contacts} contacts, {r.gone} rest on that author alone" for r in by.itertuples()]))
