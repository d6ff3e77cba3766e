"""What of a picture lies where on the canvas: under the pointer, in a rubber band."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.pictures.shown import Shown
from app.scene.camera import Camera
from app.scene.motion import Frame
from app.scene.pick import nearest
from app.scene.scene import Scene

REACH = 6.0
"""Pixels from the pointer within which a dot is meant."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is on the canvas at a moment: a picture, its Scene on the day, the camera, the dots of the moment."""

    shown: Shown
    scene: Scene
    camera: Camera
    frame: Frame | None

    def key_at(self, x: float, y: float) -> str:
        """The key of a dot, a flow, an organization, … at a place of the widget; blank for nothing."""
        wx, wy = self.camera.to_world(x, y)
        motion = self.shown.motion
        if motion is not None and self.frame is not None:
            at = nearest(self.frame.xy, wx, wy, REACH / self.camera.scale)
            if at >= 0 and (key := int(motion.key[self.frame.row[at]])) >= 0:
                return self.scene.keys[key]
        return self.shown.key_at(self.scene, wx, wy, self.camera.scale)

    def keys_in(self, area: QRectF) -> tuple[str, ...]:
        """The keys of organizations, flows, seats and people that an area of the widget touches."""
        camera = self.camera
        corners = (*camera.to_world(area.left(), area.top()), *camera.to_world(area.right(), area.bottom()))
        keys = list(self.shown.keys_in(self.scene, corners, camera.scale))
        motion = self.shown.motion
        if motion is not None and self.frame is not None:
            x, y = self.frame.xy[:, 0], self.frame.xy[:, 1]
            inside = (x >= corners[0]) & (x <= corners[2]) & (y >= corners[1]) & (y <= corners[3])
            keys += [self.scene.keys[k] for k in motion.key[self.frame.row[inside]].tolist() if k >= 0]
        return tuple(dict.fromkeys(keys))
