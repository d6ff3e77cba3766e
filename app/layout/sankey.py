"""A Sankey: blocks in columns, as high as the people in them, and bands between them, as wide as the people on them.

Columns are layers and their order is that of `layer_order`; heights share one scale. Along a column blocks stand where
their bands are straightest: the least sum of squares of what bands rise and fall, by weight, that keeps the order and
the gaps, which pooling adjacent blocks finds exactly (Barlow and others 1972, isotonic regression); columns take turns.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from app.layout.layer_order import Order, Wishes, first_order, improved
from app.layout.layering import Layering
from app.layout.settling import settled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Frame = tuple[float, float, float, float]
"""Left, top, width, height."""

ROUNDS = 30
"""Rounds in which the order of a picture is improved: a fraction of a second for the blocks that a picture has."""
TURNS = 24
"""Times that every column is straightened."""
MOST_GAPS = 0.4
"""The share of a column's height that gaps may take: where there are many blocks they shrink."""
MOST_SLOTS = 0.6
"""The share that gaps and the least heights of blocks may take together."""


@dataclass(frozen=True, eq=False)
class SankeyLayout:
    """Where blocks and bands stand; blocks include the dummies of long links, last.

    order: of each column; top, height (p,): of each block; x (columns,): left edge of each column's bars; bar: their
    width; k: height of one person; gap: between blocks; leaves, lands (s,): the upper edge of each segment where it
    leaves a block and where it lands on the next; breadth (s,): its height at both.
    """

    order: Order
    top: Floats
    height: Floats
    x: Floats
    bar: float
    k: float
    gap: float
    leaves: Floats
    lands: Floats
    breadth: Floats

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def curves(self, layering: Layering) -> Floats:
        """The centre lines of all segments, (s, 4, 2): level where they leave and where they land."""
        x0 = self.x[layering.layer[layering.start]] + self.bar
        x1 = self.x[layering.layer[layering.end]]
        middle, half = (x0 + x1) / 2, self.breadth / 2
        y0, y1 = self.leaves + half, self.lands + half
        return np.stack([np.stack(point, axis=1) for point in ((x0, y0), (middle, y0), (middle, y1), (x1, y1))], axis=1)


def layout(
    layering: Layering,
    frame: Frame,
    *,
    bar: float,
    gap: float,
    most: float,
    wishes: Wishes | None = None,
    order: Order | None = None,
    rounds: int = ROUNDS,
    slot: float = 0.0,
) -> SankeyLayout:
    """Place blocks and bands in a frame. bar: width of a block; gap: between blocks, as long as there is room; most:
    height of a person at most; order: one that is kept, else it is found in so many rounds; slot: the height that even
    a low block has to itself, as long as there is room, so that names have a place. Without blocks arrays are empty.
    """
    if order is None:
        order = first_order(layering, wishes)
        for better in improved(layering, order, wishes, rounds=rounds):
            order = better
    people = _people(layering)
    x, y, w, h = frame
    n = layering.n_layers
    rows = [members[np.argsort(order.position[members])] for members in layering.members()] if n else []
    fewest = max((len(row) for row in rows), default=1) - 1
    apart = min(gap, MOST_GAPS * h / fewest) if fewest > 0 else gap
    own = min(slot, max(MOST_SLOTS * h / (fewest + 1) - apart, 0.0))
    k = min([most, *(_scale(people[row], h - apart * (len(row) - 1), own) for row in rows)])
    height = people * k
    columns = x + (w - bar) * (np.arange(n) / (n - 1) if n > 1 else np.full(n, 0.5))
    breadth = layering.weight * k
    out, into = _offsets(layering, order.position, breadth)
    slots = np.maximum(height, own)
    inset = (slots - height) / 2
    top = np.zeros(len(height))
    for row in rows:
        free = h - float(slots[row].sum()) - apart * (len(row) - 1)
        top[row] = y + free / 2 + _stacked(slots[row], apart) + inset[row]
    for turn in range(TURNS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            wanted, heft = _straight(layering, row, top, (out, into))
            wanted = np.where(heft > 0, wanted, top[row]) - inset[row]
            top[row] = settled(wanted, slots[row], heft, apart, (y, y + h)) + inset[row]
    return SankeyLayout(
        order, top, height, columns, bar, k, apart, top[layering.start] + out, top[layering.end] + into, breadth
    )


def _scale(people: Floats, room: float, least: float) -> float:
    """The height of a person with which blocks, none lower than so much, fill a room; infinite where nobody is."""
    count = np.sort(people[people > 0])
    n_empty = len(people) - len(count)
    for low in range(len(count)):  # the smallest blocks have their least height, the others share what is left
        k = (room - least * (n_empty + low)) / float(count[low:].sum())
        if k * count[low] >= least:
            return k
    return float(np.inf)


def _people(layering: Layering) -> Floats:
    """What each block holds: what leaves it or what lands on it, whichever is more."""
    n = len(layering.layer)
    leaving = np.bincount(layering.start, weights=layering.weight, minlength=n)
    landing = np.bincount(layering.end, weights=layering.weight, minlength=n)
    people: Floats = np.maximum(leaving, landing)
    return people


def _stacked(height: Floats, gap: float) -> Floats:
    """Tops of blocks one below the other, from 0 on."""
    below: Floats = np.cumsum(height + gap) - height - gap
    return below


def _offsets(layering: Layering, position: Ints, breadth: Floats) -> tuple[Floats, Floats]:
    """How far below the top of its block each segment leaves and lands: in the order of the blocks at the other end."""
    start, end = layering.start, layering.end
    out = _offset(start, np.lexsort((layering.link, position[end], start)), breadth)
    return out, _offset(end, np.lexsort((layering.link, position[start], end)), breadth)


def _offset(own: Ints, order: Ints, breadth: Floats) -> Floats:
    """For segments in an order, by block: what lies above each one in its block."""
    running = np.cumsum(breadth[order]) - breadth[order]
    begins = np.flatnonzero(np.r_[True, np.diff(own[order]) != 0]) if len(order) else np.empty(0, dtype=np.intp)
    offset = np.empty(len(order))
    offset[order] = running - np.repeat(running[begins], np.diff(np.r_[begins, len(order)]))
    return offset


def _straight(layering: Layering, row: Ints, top: Floats, offsets: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Where the blocks of a column would stand if their bands were level, and how much they weigh in that."""
    n, (out, into) = len(top), offsets
    level_out = top[layering.end] + into - out
    level_in = top[layering.start] + out - into
    w = layering.weight
    heft = np.zeros(n)
    heft += np.bincount(layering.start, weights=w, minlength=n)
    heft += np.bincount(layering.end, weights=w, minlength=n)
    pull = np.bincount(layering.start, weights=w * level_out, minlength=n)
    pull += np.bincount(layering.end, weights=w * level_in, minlength=n)
    return (pull / np.maximum(heft, 1e-12))[row], heft[row]
