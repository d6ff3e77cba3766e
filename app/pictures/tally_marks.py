"""Moves counted by period as bars in a lane of a timeline, with a scale, and what a bar says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.flows import Flows
from app.pictures import wording
from app.pictures.board import Board, Sheet
from app.pictures.days_axis import Days
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry, Specimen
from app.pictures.tallies import Tallies
from app.pictures.tally_keys import moved
from app.pictures.timeline_lanes import Placed
from app.pictures.traffic import STRONG_FIRST
from app.scene import lettering
from app.scene.marks import Anchor
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Status, Style

LARGEST = 6
"""Flows that a bar names, of those with more than one move."""
NUMBER, LINE, MOST_LINES = 14.0, 26.0, 5
"""Design pixels that the number above the highest bar takes, and between two lines of the scale at least; how many
lines it has at most."""
SCALE = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
SMALL, PALE = 10.5, "their days not known within a month, spread"


def bar_key(lane: Placed, period: int) -> str:
    """The key of a bar of a lane that has tallies."""
    assert lane.tallies is not None
    first, end = lane.tallies.first[period : period + 2].tolist()
    return moved(first, end, lane.lane.key.partition(":")[2])


def unit_of(lane: Placed, tallies: Tallies) -> float:
    """Pixels of one move."""
    return max(lane.bars - NUMBER, 1.0) * lane.unit / max(tallies.most, 1.0)


def draw(board: Board, lane: Placed, tallies: Tallies, days: Days, s: float) -> None:
    """Bars from the floor of a lane, the surest moves below, those that may lie in the period pale above them."""
    each = unit_of(lane, tallies)
    _scale(board, lane, tallies, days, s)
    sheet = board.sheet("bars", 18)
    edges = np.clip(days.across(tallies.first), days.x, days.end)
    gap = min(1.0 * lane.unit, float(np.diff(edges).max(initial=1.0)) * 0.12)
    styles = [Style(Role.TALLY, "", Status(word)) for word in STRONG_FIRST]
    for n in np.flatnonzero(tallies.total > 0).tolist():
        x, w, y, own = float(edges[n]), float(edges[n + 1] - edges[n]) - gap, lane.floor, bar_key(lane, n)
        values = [
            *zip(tallies.counts[n].tolist(), styles, strict=True),
            (float(tallies.spread[n]), Style(Role.BAR_PALE)),
        ]
        for count, style in values:
            if count > 0:
                high = max(count * each, 0.75)
                sheet.box(x + gap / 2, y - high, max(w, 0.75), high, style, key=own)
                y -= high
    most = int(tallies.total.argmax())
    text = f"{tallies.most:,.0f} in {tallies.named(most)}"
    wide = board.width(text, (SMALL * s, lettering.font(Style(Role.STUB_COUNT))[1]))
    middle = float(edges[most] + edges[most + 1]) / 2
    left = min(max(middle - wide / 2, days.x + 2 * s), days.end - wide)
    board.sheet("names", 40).label(
        left, lane.floor - tallies.most * each - 4 * s, text, Style(Role.STUB_COUNT), SMALL * s, key=bar_key(lane, most)
    )


def scale_width(board: Board, lane: Placed, s: float) -> float:
    """The room that the numbers of the scale take beside the head of a lane."""
    most = lane.tallies.most if lane.tallies is not None else 0.0
    return board.width(f"{most:,.0f}", (SMALL * s, lettering.font(SCALE)[1]))


def _scale(board: Board, lane: Placed, tallies: Tallies, days: Days, s: float) -> None:
    """Round numbers as lines across the lane, where there is room for more than the highest bar alone."""
    each = unit_of(lane, tallies)
    least = max(LINE * s / each, tallies.most / MOST_LINES)
    step = next((n * 10**p for p in range(9) for n in (1, 2, 5) if n * 10**p >= least), 0)
    rule, words = board.sheet("grid", 5), board.sheet("heads", 41)
    rule.line(days.x, lane.floor, days.end, lane.floor, Style(Role.GRID))
    for n in range(step, int(tallies.most) + 1, step) if step else ():
        y = lane.floor - n * each
        rule.line(days.x, y, days.end, y, Style(Role.GRID))
        words.label(days.x - 5 * s, y + 3.5 * s, f"{n:,}", SCALE, SMALL * s, anchor=Anchor.END)


def tip(gathered: Gathered, lane: Placed, period: int) -> Tip:
    """What a bar says: which period, how many moves, how sure, the largest flows."""
    tallies = lane.tallies
    assert tallies is not None
    whose = f" to {lane.lane.head}" if lane.lane.key else ""
    n = tallies.counts[period]
    lines = [", ".join(f"{k:,} {word}" for k, word in zip(n.tolist(), STRONG_FIRST, strict=True) if k)]
    if maybe := tallies.n_maybe(period):
        lines.append(f"{maybe:,} more may lie here, {PALE}")
    labels, flows = gathered.labels, Flows.of(tallies.moves.take(tallies.sure(period)), len(gathered.labels))
    for a, b, k in zip(flows.origin[:LARGEST], flows.destination[:LARGEST], flows.n_moves[:LARGEST], strict=True):
        if k > 1:
            lines.append(f"{labels[a]} → {labels[b]}: {k:,}")
    head = f"{tallies.named(period)}: {wording.counted(int(n.sum()), 'move')}{whose}"
    return Tip(head, tuple(line for line in lines if line))


def entries(lanes: Sequence[Placed], s: float) -> list[Entry]:
    """Signs of the legend: of bars by status, and of what is spread."""
    found = [lane.tallies for lane in lanes if lane.tallies is not None]
    if not found:
        return []
    there = sum(tallies.counts.sum(axis=0) for tallies in found)
    made = [
        Entry(12 * s, f"moves of a {found[0].word}, {word}", _bar(Style(Role.TALLY, "", Status(word)), s))
        for word, n in zip(STRONG_FIRST, np.asarray(there).tolist(), strict=True)
        if n
    ]
    if any(tallies.has_vague for tallies in found):
        made.append(Entry(12 * s, PALE, _bar(Style(Role.BAR_PALE), s)))
    return made


def _bar(style: Style, s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x + 2 * s, y - 6 * s, 8 * s, 12 * s, style)

    return paint
