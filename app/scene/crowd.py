"""So many people on the way that dots would hide one another: fewer, shaded dots stand for them.

Where more are on the way than MOST, the plane is cut into square cells, and one dot stands in each that is not empty,
where its people are on average, the stronger the more they are. Nobody is left out: a cell stands for all in it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.scene.marks import Floats
from app.scene.motion import LANDED, Frame

MOST = 20_000
"""Dots of a frame of which each is one person."""
CELL = 7.0
"""World units that a cell measures: as much as a dot."""
PALEST, FULL = 0.25, 0.95
"""Opacity of a cell with one person, and the share of the cells that are as strong as the fullest or paler."""


def shaded(moment: Frame) -> Frame:
    """The moment as it is up to MOST dots; of more one dot a cell, each like the last of those in it and at rest."""
    if len(moment) <= MOST:
        return moment
    cell = np.floor(moment.xy / CELL).astype(np.int64)
    cell -= cell.min(axis=0)
    width = int(cell[:, 0].max()) + 1
    number = cell[:, 1] * width + cell[:, 0]
    counts = np.bincount(number)
    there = np.flatnonzero(counts)
    last = np.zeros(len(counts), dtype=np.intp)
    last[number] = np.arange(len(moment))
    n = counts[there]
    xy: Floats = np.stack([np.bincount(number, moment.xy[:, axis])[there] / n for axis in (0, 1)], axis=1)
    strength = np.minimum(n / np.quantile(n, FULL), 1.0)
    chosen = moment.of(last[there])
    return replace(
        chosen,
        xy=xy,
        state=np.full(len(there), LANDED, dtype=np.int8),
        hollow=np.zeros(len(there), dtype=np.bool_),
        opacity=PALEST + (1.0 - PALEST) * strength,
    )
