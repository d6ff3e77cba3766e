"""From world to view: the one transformation between a Scene and the pixels of a device."""

from __future__ import annotations

from typing import NamedTuple


class Camera(NamedTuple):
    """View = world · scale + (dx, dy). Page layers are painted with HOME."""

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """A world point in view units."""
        return x * self.scale + self.dx, y * self.scale + self.dy

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """A view point in world units."""
        return (x - self.dx) / self.scale, (y - self.dy) / self.scale


HOME = Camera()
CLOSEST = 12.0
"""The nearest that a camera looks at a picture made for the size of its window."""
