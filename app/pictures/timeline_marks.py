"""Marks of a timeline: heads of lanes, spans, leaders, marks by kind, names, counts."""

from __future__ import annotations

import numpy as np

from app.pictures import tally_marks, wording
from app.pictures.board import Board, Sheet
from app.pictures.days_axis import Days
from app.pictures.events import Event, Shape
from app.pictures.timeline_lanes import SPAN, Placed, Span, said
from app.scene import lettering
from app.scene.marks import Floats, floats
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Status, Style
from app.scene.tips import Later, Told

RADIUS = 3.4
"""Of a mark, in design pixels."""
NAMED = 12
"""Events that the tip of a span names."""
NAME, SMALL = 11.0, 10.5


def draw(board: Board, lane: Placed, days: Days, left: float, s: float) -> None:
    """One lane with its head at the left."""
    rule = board.sheet("lanes", 6)
    rule.line(left, lane.top, days.end, lane.top, Style(Role.HAIRLINE))
    scale = tally_marks.scale_width(board, lane, s) if lane.tallies is not None else 0.0
    _head(board, board.sheet("heads", 41), lane, (left, days.x - 12 * s), scale, s)
    if lane.tallies is not None:
        tally_marks.draw(board, lane, lane.tallies, days, s)
    spans = board.sheet("spans", 20)
    for span in lane.spans:
        _span(board, spans, lane, span, s)
    sheet = board.sheet("events", 22)
    tips = {n: _told(lane.lane.events[int(lane.marks[n])]) for n in np.flatnonzero(lane.shown).tolist()}
    for n, row in zip(lane.named.tolist(), lane.name_row.tolist(), strict=True):
        at, up = float(lane.x[n]), lane.name_y(row) - 0.7 * NAME * s
        sheet.line(at, lane.mark_y(int(lane.level[n])), at, up, Style(Role.LEADER))
    for n in np.flatnonzero(lane.shown).tolist():
        event = lane.lane.events[int(lane.marks[n])]
        style = Style(Role.EVENT, event.organization, event.status)
        y, r = lane.mark_y(int(lane.level[n])), RADIUS * lane.unit
        draw_shape(sheet, event.shape, float(lane.x[n]), y, r, style, key=event.key, tip=tips[n])
    words = board.sheet("names", 40)
    for n, x, row, text in zip(
        lane.named.tolist(), lane.name_x.tolist(), lane.name_row.tolist(), lane.names, strict=True
    ):
        event = lane.lane.events[int(lane.marks[n])]
        words.label(x, lane.name_y(row), text, Style(Role.LEGEND), NAME * s, key=event.key, tip=tips[n])
    for x, n in zip(*(part.tolist() for part in lane.counts), strict=True):
        words.label(x, lane.count_y, f"+{n:,}", Style(Role.STUB_COUNT), SMALL * s)


def _told(event: Event) -> Told:
    return Later(lambda about: about.told(), event)


def _head(board: Board, sheet: Sheet, lane: Placed, x: tuple[float, float], scale: float, s: float) -> None:
    """Its name, how many events there are, and how many of them have no name. scale: what the numbers of bars take at
    the right, below the name."""
    strong = Style(Role.LEGEND, emphasis=Emphasis.STRONG)
    text = board.elided(lane.lane.head, (11.5 * s, lettering.font(strong)[1]), x[1] - x[0])
    sheet.label(x[0], lane.top + 15 * s, text, strong, 11.5 * s, key=lane.lane.key)
    lines = [said(lane)]
    if lane.tallies is not None:
        lines.append(f"up to {lane.tallies.most:,.0f} a {lane.tallies.word}")
    if lane.n_unnamed:
        lines.append(f"+{lane.n_unnamed:,} without a name here")
    if lane.n_spans_over:
        lines.append(f"+{lane.n_spans_over:,} with vague days left out")
    style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    for n, line in enumerate(lines[: max(int((lane.height / s - 8) / 13) - 1, 1)]):
        font = (SMALL * s, lettering.font(style)[1])
        sheet.label(x[0], lane.top + (29 + 13 * n) * s, board.elided(line, font, x[1] - x[0] - scale), style, SMALL * s)


def _span(board: Board, sheet: Sheet, lane: Placed, span: Span, s: float) -> None:
    """The days on which something may have been, with its name or how many there are."""
    events = [lane.lane.events[n] for n in span.events]
    first = events[0]
    y, high = lane.span_y(span.row), (SPAN - 3.0) * lane.unit
    alike = {event.organization for event in events}
    status = first.status if len(events) == 1 else Status.NONE
    style = Style(Role.EVENT_SPAN, first.organization if len(alike) == 1 else "", status)
    key = span_key(events)
    tip = _told(first) if len(events) == 1 else Later(together, events)
    sheet.box(span.x0, y, span.x1 - span.x0, high, style, radius=2 * lane.unit, key=key, tip=tip)
    font = (SMALL * s, lettering.font(Style(Role.CAPTION, emphasis=Emphasis.SMALL))[1])
    words = [first.name] if len(events) == 1 else [wording.counted(len(events), *lane.lane.noun), f"{len(events):,}"]
    room = span.x1 - span.x0 - 8 * s
    text = next((word for word in words if board.width(word, font) <= room), board.elided(words[-1], font, room))
    if len(text) > 2 or len(events) > 1:
        ink = Style(Role.NODE_WORD)
        sheet.label(span.x0 + 4 * s, y + high / 2 + 3.7 * s, text, ink, SMALL * s, key=key, tip=tip)


def span_key(events: list[Event]) -> str:
    """The key of a span: that of its event, or of a group where there are several."""
    first = events[0]
    if len(events) == 1:
        return first.key
    whose = first.organizations[0] if first.organizations else -1
    return f"group:{first.kind}:{whose}:{first.lo}:{first.hi}"


def together(events: list[Event]) -> Tip:
    """What some events say together."""
    tips = [event.told() for event in events[:NAMED]]
    lines = [event.name for event in events[:NAMED]]
    if len(events) > NAMED:
        lines.append(f"and {len(events) - NAMED:,} more")
    links = dict.fromkeys(link for tip in tips for link in tip.links)
    days = f"{wording.iso(events[0].lo)} to {wording.iso(events[0].hi - 1)}"
    return Tip(f"{len(events):,} between {days}", tuple(lines), tuple(links))


def draw_shape(
    sheet: Sheet, shape: Shape, x: float, y: float, r: float, style: Style, *, key: str = "", tip: Told | None = None
) -> None:
    """The mark of an event."""
    if shape == "disc":
        sheet.dot(x, y, r, style, key=key, tip=tip)
    elif shape == "square":
        sheet.box(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r, style, radius=0.2 * r, key=key, tip=tip)
    else:
        sheet.path(_OUTLINES[shape] * r + (x, y), style, closed=True, key=key, tip=tip)


_OUTLINES: dict[str, Floats] = {
    "diamond": floats([0, -1.25, 1.25, 0, 0, 1.25, -1.25, 0], (4, 2)),
    "up": floats([0, -1.15, 1.15, 0.95, -1.15, 0.95], (3, 2)),
    "down": floats([0, 1.15, -1.15, -0.95, 1.15, -0.95], (3, 2)),
}
