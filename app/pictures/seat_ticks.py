"""Who joined and who left, below the axis of a team's curve."""

from __future__ import annotations

from functools import partial

import numpy as np

from app.analysis.order import Positions
from app.domain.dates import FUTURE, PAST
from app.domain.index import Ints
from app.pictures import wording
from app.pictures.board import Sheet
from app.pictures.seat_axes import LANE, MONTH, Axes
from app.pictures.seat_places import Holding
from app.pictures.seat_tips import NAMED, since
from app.scene.marks import Anchor
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Style
from app.scene.tips import Later


def draw_ticks(sheet: Sheet, place: Axes, holding: Holding, s: float) -> None:
    """Who joined and who left, in two lanes below the axis, one mark for all of one day or of one span of days."""
    h, roster, day = holding.build_out.holders, holding.roster, holding.build_out.day
    base, last = place.y + place.h, min(day, place.last)
    come = np.flatnonzero((h.start_lo <= last) & (roster.hi > place.first) & (roster.lo > PAST) & (roster.hi < FUTURE))
    gone = np.flatnonzero((h.end_lo > PAST) & (h.end_hi < FUTURE) & (h.end_lo <= last) & (h.end_hi > place.first))
    lanes = (("joined", come, roster.lo, roster.hi), ("left", gone, h.end_lo, h.end_hi))
    small = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    for nth, (word, who, lo, hi) in enumerate(lanes):
        top = base + (6 + LANE * nth) * s
        if len(who):
            sheet.label(place.x - 4 * s, top + 9 * s, word, small, 10.5 * s, anchor=Anchor.END)
        for long, first, holders in _spans(who, lo, hi):
            when = since(first, first + long)
            tip = Later(partial(_told, holding, word, when), holders)
            key = f"group:{word}:{when.replace(' ', '-')}"
            quiet = holding.lit is not None and not holding.lit[holders].any()
            left, right = (float(place.across(d)) for d in (first, first + long))
            emphasis = Emphasis.QUIET if quiet else Emphasis.NORMAL
            if long == 1:
                style = Style(Role.BAR_OTHER, emphasis=emphasis)
                sheet.box(left - 0.5 * s, top, 2 * s, 9 * s, style, key=key, tip=tip)
            else:
                tall = (5 if long <= MONTH else 2) * s
                wide = max(right - left - s, 2 * s)
                style = Style(Role.BAR_PALE, emphasis=emphasis)
                sheet.box(left, top + (9 * s - tall) / 2, wide, tall, style, key=key, tip=tip)


def _spans(who: Positions, lo: Ints, hi: Ints) -> list[tuple[int, int, Positions]]:
    """Holders by the span of days in which they joined or left: its length, its first day, who; the vaguest first."""
    if not len(who):
        return []
    bounds = np.stack([hi[who] - lo[who], lo[who]])
    spans, number, counts = np.unique(bounds, axis=1, return_inverse=True, return_counts=True)
    order = np.argsort(number.reshape(-1), kind="stable")
    parts = np.split(who[order], np.cumsum(counts)[:-1])
    return [(long, first, part) for (long, first), part in zip(spans.T.tolist(), parts, strict=True)][::-1]


def _told(holding: Holding, word: str, when: str, holders: Positions) -> Tip:
    """Who joined or left at a time, and from where, as far as a tip has room."""
    first = holders[:NAMED]
    names = [
        f"{name}, {holding.origin_label(holding.origins[at])}"
        for name, at in zip(holding.names(first), first.tolist(), strict=True)
    ]
    more = [f"and {len(holders) - NAMED} more"] if len(holders) > NAMED else []
    return Tip(f"{when}: {wording.people(len(holders))} {word}", (*names, *more), holding.sources(first))
