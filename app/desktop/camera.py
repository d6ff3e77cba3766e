"""Moving the camera over a picture: zoom at a point, pan, fit; pure functions on values."""

from __future__ import annotations

from app.scene.camera import HOME, Camera

CLOSEST, FARTHEST = 12.0, 0.4
"""Bounds of the camera's scale."""
STEP = 1.25
"""Factor of one zoom step."""
KEPT = 80.0
"""Pixels of the picture that always stay in sight."""


def zoomed(camera: Camera, factor: float, x: float, y: float) -> Camera:
    """The camera after zooming by a factor so that what lies at view point (x, y) stays there."""
    scale = min(max(camera.scale * factor, FARTHEST), CLOSEST)
    real = scale / camera.scale
    return Camera(scale, x - (x - camera.dx) * real, y - (y - camera.dy) * real)


def panned(camera: Camera, dx: float, dy: float) -> Camera:
    """The camera after dragging the picture by so many pixels."""
    return Camera(camera.scale, camera.dx + dx, camera.dy + dy)


def held(camera: Camera, size: tuple[float, float]) -> Camera:
    """The camera moved back so that some of a picture of this size stays in a view of the same size."""
    width, height = size
    dx = min(max(camera.dx, KEPT - width * camera.scale), width - KEPT)
    dy = min(max(camera.dy, KEPT - height * camera.scale), height - KEPT)
    return Camera(camera.scale, dx, dy)


def is_home(camera: Camera) -> bool:
    """Whether the whole picture is shown as it is."""
    return abs(camera.scale - HOME.scale) < 1e-6 and abs(camera.dx) < 0.5 and abs(camera.dy) < 0.5
