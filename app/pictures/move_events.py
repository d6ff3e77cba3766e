"""Moves of a timeline: those that are told one by one, as events, and those that are too many for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from app.analysis.moves import keys as move_keys
from app.analysis.moves import sources as cited
from app.analysis.order import Positions
from app.domain.schema import STATUSES
from app.pictures.event_focus import EventFocus
from app.pictures.events import ELSEWHERE, FILTERED, OUTSIDE, UNDATED, Event
from app.pictures.gathered import Gathered
from app.scene.scene import Tip
from app.scene.style import Status

FEW = 24
"""Of moves that are counted so many at most have a mark and a name all the same: those with most sources."""


def chosen(gathered: Gathered, focus: EventFocus, out: Counter[str]) -> Positions:
    """Rows of the dated moves that the lens, the focus and the window let through. out: takes how many are left out for
    what reason."""
    moves = gathered.careers.moves
    rows = np.flatnonzero(gathered.selection.moves)
    out[FILTERED] += len(moves) - len(rows)
    for reason, keep in (
        (ELSEWHERE, focus.met),
        (UNDATED, lambda rows: ~moves.undated[rows]),
        (OUTSIDE, lambda rows: moves.inside(gathered.options.window)[rows]),
    ):
        kept = rows[keep(rows)]
        out[reason] += len(rows) - len(kept)
        rows = kept
    return rows


def outstanding(gathered: Gathered, rows: Positions) -> Positions:
    """Of some moves the few whose new post has more sources than that of any other one; none where many have as
    many."""
    moves, index = gathered.careers.moves, gathered.careers.index
    cites = gathered.dataset["stints"].get_column("source_ids").list.len().fill_null(0).to_numpy()
    n = cites[index.row[moves.joined_stint[rows]]].astype(np.int64)
    if len(rows) <= FEW:
        return rows
    some: Positions = rows[n > np.partition(n, len(n) - FEW - 1)[len(n) - FEW - 1]]
    return some


def events(gathered: Gathered, rows: Positions, *, alone: bool) -> Iterator[Event]:
    """Some moves as events. alone: of one person, who then need not be named."""
    moves = gathered.careers.moves
    some = moves.take(rows)
    names = gathered.dataset["people"].get_column("name").gather(some.person).to_list()
    told = zip(rows.tolist(), move_keys(gathered.dataset, some), cited(gathered.dataset, some), names, strict=True)
    for row, key, sources, name in told:
        who = name or gathered.person_name(moves, row)
        yield _event(gathered, row, key, len(sources), who, alone=alone)


def _event(gathered: Gathered, row: int, key: str, n_sources: int, who: str, *, alone: bool) -> Event:
    moves, labels = gathered.careers.moves, gathered.labels
    a, b = int(moves.origin[row]), int(moves.destination[row])
    way = f"{labels[a]} → {labels[b]}"

    def told() -> Tip:
        return Tip(who, (way, gathered.when_line(moves, row)), gathered.move_sources(moves, row))

    return Event(
        "moves",
        key,
        int(moves.joined_lo[row]),
        int(moves.joined_hi[row]),
        int(moves.joined[row]),
        way if alone else f"{who}: {way}",
        gathered.ids[a],
        Status(STATUSES[int(moves.status[row])]),
        float(n_sources),
        "disc",
        (b, a),
        told,
    )
