"""The paint of one style in one theme, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from app.render.color import Color
from app.scene.style import Status

WAITING_GAP = 3.2
"""Pixels from the rim of a waiting dot to its second ring."""
DASH = {Status.RUMORED: (5.0, 4.0), Status.DISPUTED: (9.0, 4.0), Status.DENIED: (1.5, 4.0)}
"""Dashes of what is not sure, on, off, …, in pixels. Dash means status and nothing else."""

LARGEST_TYPE = 1.6
"""World labels grow with the camera up to this factor."""


@dataclass(frozen=True, slots=True)
class Look:
    """Paint of one style. None is no paint; widths and dashes in pixels; dash: on, off, …; blank is solid.

    ring: a second thin ring (1 px, WAITING_GAP outside) round a dot that waits between two posts.
    """

    fill: Color | None = None
    stroke: Color | None = None
    stroke_width: float = 0.0
    dash: tuple[float, ...] = ()
    text: Color | None = None
    halo: Color | None = None
    halo_width: float = 0.0
    ring: Color | None = None

    @property
    def solid_margin(self) -> float:
        """Where fill and stroke are one opaque colour: by how many pixels the shape just grows; else 0."""
        return self.stroke_width / 2 if self.fill == self.stroke and self.fill is not None and not self.dash else 0.0
