"""Moving the camera over a picture: zoom at a point, pan, fit, glide; pure functions on values."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.scene.camera import HOME, Camera

FARTHEST = 0.4
"""Part of the scale at which the whole is seen, below which no camera goes."""
STEP = 1.25
"""Factor of one zoom step."""
KEPT = 80.0
"""Pixels of the picture that always stay in sight."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a camera may look at: the world (left, top, right, bottom), the camera that shows all of it, the largest
    scale; it never looks from farther than FARTHEST times that of the whole."""

    world: tuple[float, float, float, float]
    home: Camera
    nearest: float

    def scale(self, wanted: float) -> float:
        """The scale nearest to a wanted one that is allowed."""
        return min(max(wanted, FARTHEST * self.home.scale), max(self.nearest, self.home.scale))


def zoomed(camera: Camera, factor: float, x: float, y: float, reach: Reach) -> Camera:
    """The camera after zooming by a factor so that what lies at view point (x, y) stays there."""
    scale = reach.scale(camera.scale * factor)
    real = scale / camera.scale
    return Camera(scale, x - (x - camera.dx) * real, y - (y - camera.dy) * real)


def panned(camera: Camera, dx: float, dy: float) -> Camera:
    """The camera after dragging the picture by so many pixels."""
    return Camera(camera.scale, camera.dx + dx, camera.dy + dy)


def held(camera: Camera, size: tuple[float, float], reach: Reach) -> Camera:
    """The camera moved back so that some of the world stays in a view of this size."""
    (width, height), (left, top, right, bottom), s = size, reach.world, camera.scale
    dx = min(max(camera.dx, KEPT - right * s), width - KEPT - left * s)
    dy = min(max(camera.dy, KEPT - bottom * s), height - KEPT - top * s)
    return Camera(s, dx, dy)


def is_home(camera: Camera, home: Camera = HOME) -> bool:
    """Whether the whole picture is shown as it is."""
    alike = abs(camera.scale / home.scale - 1.0) < 1e-6
    return alike and abs(camera.dx - home.dx) < 0.5 and abs(camera.dy - home.dy) < 0.5


def around(
    box: tuple[float, float, float, float], size: tuple[float, float], reach: Reach, closest: float = 3.0
) -> Camera:
    """The camera that shows a box (left, top, right, bottom) of the world in the middle of a view, not too near."""
    left, top, right, bottom = box
    width, height = size
    scale = min(width / max(right - left, 1.0), height / max(bottom - top, 1.0), closest)
    scale = reach.scale(scale)
    return Camera(scale, width / 2 - (left + right) / 2 * scale, height / 2 - (top + bottom) / 2 * scale)


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
