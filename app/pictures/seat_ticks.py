"""Who joined and who left, below the axis of a team's curve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.seats import origin_of
from app.domain.dates import FUTURE, PAST
from app.pictures import wording
from app.pictures.board import Sheet
from app.pictures.seat_axes import LANE, MONTH, Axes
from app.pictures.seat_places import Holding
from app.pictures.seat_tips import people_tip, since
from app.scene.marks import Anchor
from app.scene.style import Emphasis, Role, Style


def draw_ticks(sheet: Sheet, place: Axes, holding: Holding, s: float) -> None:
    """Who joined and who left, in two lanes below the axis, one mark for all of one day or of one span of days."""
    h, roster, day = holding.build_out.holders, holding.roster, holding.build_out.day
    base = place.y + place.h
    come = np.flatnonzero((h.start_lo <= day) & (roster.hi > place.first) & (roster.lo > PAST) & (roster.hi < FUTURE))
    gone = np.flatnonzero((h.end_lo > PAST) & (h.end_hi < FUTURE) & (h.end_lo <= day) & (h.end_hi > place.first))
    lanes = (("joined", come, roster.lo, roster.hi), ("left", gone, h.end_lo, h.end_hi))
    small = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    for nth, (word, who, lo, hi) in enumerate(lanes):
        top = base + (6 + LANE * nth) * s
        if len(who):
            sheet.label(place.x - 4 * s, top + 9 * s, word, small, 10.5 * s, anchor=Anchor.END)
        days: dict[tuple[int, int], list[int]] = {}
        for holder in who.tolist():
            days.setdefault((int(lo[holder]), int(hi[holder])), []).append(holder)
        for (first, end), holders in sorted(days.items(), key=lambda pair: pair[0][0] - pair[0][1]):
            when = since(first, end)
            names = [f"{holding.person(x)}, {holding.origin_label(origin_of(holding.build_out, x))}" for x in holders]
            tip = people_tip(f"{when}: {wording.people(len(holders))} {word}", names, _sources(holding, holders))
            key = f"group:{word}:{when.replace(' ', '-')}"
            left, right = (float(place.across(d)) for d in (first, end))
            if end - first == 1:
                sheet.box(left - 0.5 * s, top, 2 * s, 9 * s, Style(Role.BAR_OTHER), key=key, tip=tip)
            else:
                tall = (5 if end - first <= MONTH else 2) * s
                wide = max(right - left - s, 2 * s)
                sheet.box(left, top + (9 * s - tall) / 2, wide, tall, Style(Role.BAR_PALE), key=key, tip=tip)


def _sources(holding: Holding, holders: Sequence[int]) -> list[str]:
    gathered, stints = holding.gathered, holding.build_out.holders.stint
    rows = gathered.careers.index.row[stints[list(holders[:12])]]
    return [source for own in gathered.dataset["stints"]["source_ids"].gather(rows).to_list() for source in own or ()]
