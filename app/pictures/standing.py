"""Which organizations stand in what order in a picture, and where: what a chosen order begins from.

A Sankey has an order in each column, an alluvial picture one that holds in every column, a matrix one of its rows,
which is that of its columns too, a chord picture one around its circle, where nothing is carried. Others, and whoever
is nowhere, have their fixed place and are no part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.views import orders, reorder
from app.layout.sankey import SankeyLayout
from app.pictures.alluvial import EVERY, Alluvial
from app.pictures.alluvial import VIEW as ALLUVIAL
from app.pictures.bands import Bands
from app.pictures.chord import VIEW as CHORD
from app.pictures.chord import Chord
from app.pictures.exchange import ORDER
from app.pictures.gathered import Gathered
from app.pictures.matrix import VIEW as MATRIX
from app.pictures.matrix import Matrix
from app.pictures.sankey import VIEW as SANKEY
from app.pictures.sankey import Sankey
from app.pictures.sankey_flows import SIDES
from app.pictures.shown import Shown
from app.pictures.shown_bands import AlluvialShown, SankeyShown
from app.pictures.shown_exchange import ChordShown, MatrixShown
from app.scene.marks import Floats

LEAST = 14.0
"""Height that a row has at least, in units of type: that of its name."""


@dataclass(frozen=True, eq=False)
class Standing:
    """One order. view, column: their names in the table `views`; ids: from the top down; boxes (n, 4): left, top, width
    and height of each in the world, with its name."""

    view: str
    column: str
    ids: tuple[str, ...]
    boxes: Floats

    def at(self, x: float, y: float) -> int:
        """Which of them lies at a place, -1 for none."""
        left, top, width, height = self.boxes.T
        found = np.flatnonzero((left <= x) & (x <= left + width) & (top <= y) & (y <= top + height))
        return int(found[0]) if len(found) else -1

    def moved(self, at: int, to: int) -> tuple[str, ...]:
        """The order if one of them stood before another one, or last (to = n)."""
        rest = [name for n, name in enumerate(self.ids) if n != at]
        rest.insert(to - (to > at), self.ids[at])
        return tuple(rest)


def standings(shown: Shown) -> list[Standing]:
    """The orders of a picture, from the left; none where organizations stand in no order."""
    if isinstance(shown, SankeyShown):
        return _of_sankey(shown.picture)
    if isinstance(shown, AlluvialShown):
        return _of_alluvial(shown.picture)
    if isinstance(shown, ChordShown):
        return [_of_chord(shown.picture)]
    return [_of_matrix(shown.picture)] if isinstance(shown, MatrixShown) else []


def ordered(dataset: Dataset, standing: Standing, ids: tuple[str, ...], name: str) -> Edit:
    """The edit that keeps an order. Organizations that do not stand in the picture now keep their places among those
    that were chosen before, after the ones they followed."""
    held = orders(dataset, standing.view).get(standing.column, ())
    made = list(ids)
    for n, organization in enumerate(held):
        if organization not in made:
            before = [one for one in held[:n] if one in made]
            made.insert(made.index(before[-1]) + 1 if before else 0, organization)
    return reorder(dataset, standing.view, standing.column, made, f"Order: {name}")


def released(dataset: Dataset, view: str) -> Edit:
    """The edit that has the layout order the organizations of a picture again. Empty if no order was chosen."""
    edit = Edit("Let the layout order organizations")
    for column in orders(dataset, view):
        edit = reorder(dataset, view, column, (), edit.name)
    return edit


def _of_sankey(picture: Sankey) -> list[Standing]:
    placed, bands, room = picture.layout, picture.bands, picture.prepared.room
    s = picture.frame.type_scale

    def box(column: int) -> tuple[float, float]:
        left = float(placed.x[column])
        return (left - room, room + placed.bar) if column == 0 else (left, room + placed.bar)

    return [_column(picture.gathered, bands, placed, n, box, (SANKEY, SIDES[n]), s) for n in range(len(SIDES))]


def _of_alluvial(picture: Alluvial) -> list[Standing]:
    placed, bands, room = picture.layout, picture.bands, picture.prepared.room
    last, s = len(picture.cohort.periods) - 1, picture.frame.type_scale

    def box(column: int) -> tuple[float, float]:
        left, right = float(placed.x[column]) - 4 * s, float(placed.x[column]) + placed.bar + 4 * s
        left -= room if column == 0 else 0.0
        return left, right - left + (room if column == last else 0.0)

    every = (ALLUVIAL, EVERY)
    return [_column(picture.gathered, bands, placed, n, box, every, s) for n in range(last + 1)]


def _column(
    gathered: Gathered,
    bands: Bands,
    placed: SankeyLayout,
    column: int,
    box: Callable[[int], tuple[float, float]],
    names: tuple[str, str],
    s: float,
) -> Standing:
    """The blocks of one column. box: its left edge and its width, with names."""
    blocks = np.flatnonzero((bands.column == column) & (bands.code >= 0))
    blocks = blocks[np.argsort(placed.order.position[blocks])]
    left, width = box(column)
    high = np.maximum(placed.height[blocks], LEAST * s)
    top = placed.top[blocks] + (placed.height[blocks] - high) / 2
    boxes = np.stack([np.full(len(blocks), left), top, np.full(len(blocks), width), high], axis=1)
    return Standing(*names, tuple(gathered.ids[code] for code in bands.code[blocks].tolist()), boxes)


def _of_chord(picture: Chord) -> Standing:
    names = [picture.exchange.organization(int(place)) for place in picture.order.tolist()]
    ids = tuple(name for name in names if name)
    return Standing(CHORD, ORDER, ids, np.zeros((len(ids), 4)) - 1.0)


def _of_matrix(picture: Matrix) -> Standing:
    cells, exchange = picture.grid, picture.exchange
    rows = [int(place) for place in picture.order.tolist() if exchange.organization(int(place))]
    left = float(picture.frame.map[0])
    n = len(rows)
    boxes = np.stack(
        [np.full(n, left), cells.y[:n], np.full(n, float(cells.x[0]) - left if n else 0.0), np.full(n, cells.height)],
        axis=1,
    )
    return Standing(MATRIX, ORDER, tuple(exchange.organization(place) for place in rows), boxes)
