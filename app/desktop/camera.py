"""Moving the camera over a picture: zoom at a point, pan, fit; pure functions on values."""

from __future__ import annotations

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
