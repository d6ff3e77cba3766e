"""A smooth way of a camera from one part of a picture to another."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.scene.camera import Camera

RHO = math.sqrt(2.0)
SHORTEST, LONGEST = 0.3, 0.9
"""Seconds that a glide takes, by the length of its way."""
PACE = 1.4
"""Length of way a second, in the measure of van Wijk and Nuij."""


@dataclass(frozen=True, slots=True)
class Glide:
    """A smooth way from one camera to another: zooming out, panning and zooming in as one movement.

    Method: van Wijk and Nuij, Smooth and efficient zooming and panning (InfoVis 2003), with ρ = √2; slow at both ends.
    """

    start: Camera
    end: Camera
    size: tuple[float, float]

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return min(max(self._length() / PACE, SHORTEST), LONGEST)

    def at(self, share: float) -> Camera:
        """The camera after a share of the time, 0 to 1."""
        if share >= 1.0:
            return self.end
        eased = share * share * (3.0 - 2.0 * share)
        (x0, y0, w0), (x1, y1, w1) = self._ends()
        far = math.hypot(x1 - x0, y1 - y0)
        if far < 1e-6 * w0:
            return self._camera(x0, y0, w0 * (w1 / w0) ** eased)
        r0, length = self._r(0), self._length()
        s = eased * length
        width = w0 * math.cosh(r0) / math.cosh(RHO * s + r0)
        way = w0 / RHO**2 * (math.cosh(r0) * math.tanh(RHO * s + r0) - math.sinh(r0)) / far
        return self._camera(x0 + (x1 - x0) * way, y0 + (y1 - y0) * way, width)

    def _ends(self) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        width, height = self.size
        start, end = (
            (*camera.to_world(width / 2, height / 2), width / camera.scale) for camera in (self.start, self.end)
        )
        return start, end

    def _r(self, which: int) -> float:
        (x0, y0, w0), (x1, y1, w1) = self._ends()
        far = math.hypot(x1 - x0, y1 - y0)
        w, sign = (w0, 1.0) if which == 0 else (w1, -1.0)
        b = (w1 * w1 - w0 * w0 + sign * RHO**4 * far * far) / (2.0 * w * RHO**2 * far)
        return math.log(math.sqrt(b * b + 1.0) - b)

    def _length(self) -> float:
        (x0, y0, w0), (x1, y1, w1) = self._ends()
        if math.hypot(x1 - x0, y1 - y0) < 1e-6 * w0:
            return abs(math.log(w1 / w0)) / RHO
        return (self._r(1) - self._r(0)) / RHO

    def _camera(self, x: float, y: float, width: float) -> Camera:
        scale = self.size[0] / width
        return Camera(scale, self.size[0] / 2 - x * scale, self.size[1] / 2 - y * scale)
