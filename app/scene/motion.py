"""People in motion: arrays over moves, and where each dot is at a moment.

Times are days (float64) on the dataset's calendar; `seconds` are seconds of screen time. A dot lands on its joined
day. It sets out as late as its crossing allows, not before the left day, and waits at the rim until then; where the
gap between the posts is shorter than the crossing it sets out early and is hollow until the left day.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np

from app.scene.marks import Bools, Floats, Ints

WAITING, TRAVELLING, LANDED = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Motion:
    """One row a dated move, sorted by `leave`.

    curve (p, 4, 2): centre lines of flows; trim (p, 2): length cut at both ends;
    path (n,): row → curve; lane (n,): distance right of the centre line; rest (n,): resting place, 0 to 1 along it;
    key, style, tip (n,): as in marks; leave, land (n,): the left and joined days; seconds (n,): screen time of the
    crossing (0.6 to 1.6 by length); unsure (n,): the joined day is not known within a month.
    """

    curve: Floats
    trim: Floats
    path: Ints
    lane: Floats
    rest: Floats
    key: Ints
    style: Ints
    tip: Ints
    leave: Floats
    land: Floats
    seconds: Floats
    unsure: Bools
    span: tuple[float, float] = field(default=(0.0, 0.0))

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def __len__(self) -> int:
        return len(self.path)
