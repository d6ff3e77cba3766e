"""What of a picture lies where on the canvas: under the pointer, in a rubber band, around selected marks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from app.pictures import reach
from app.pictures.flowmap import FlowMap
from app.render.widths import measure
from app.scene.camera import Camera
from app.scene.marks import Label
from app.scene.motion import Frame
from app.scene.outline import bounds
from app.scene.pick import Picker, nearest
from app.scene.scene import Scene, Tip

REACH = 6.0
"""Pixels from the pointer within which a dot is meant."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is on the canvas at a moment: a picture, its Scene on the day, the camera, the dots of the moment."""

    picture: FlowMap
    scene: Scene
    camera: Camera
    frame: Frame | None


class Picking:
    """Finds marks by place. Keeps the index of the last Scene."""

    def __init__(self) -> None:
        self._picker: tuple[Scene, Picker] | None = None

    def key_at(self, sight: Sight, x: float, y: float) -> str:
        """The key of a dot, a flow, an organization, … at a place of the widget; blank for nothing."""
        scene, camera = sight.scene, sight.camera
        wx, wy = camera.to_world(x, y)
        motion = sight.picture.prepared.motion
        if motion is not None and sight.frame is not None:
            at = nearest(sight.frame.xy, wx, wy, REACH / camera.scale)
            if at >= 0 and (key := int(motion.key[sight.frame.row[at]])) >= 0:
                return scene.keys[key]
        hits = self._of(scene).at(wx, wy, scale=camera.scale)
        return scene.keys[hits[0].key] if hits else ""

    def tip_of(self, sight: Sight, key: str, x: float, y: float) -> Tip | None:
        """The tip of the mark of a key at a place of the widget."""
        wx, wy = sight.camera.to_world(x, y)
        for hit in self._of(sight.scene).at(wx, wy, scale=sight.camera.scale):
            if sight.scene.keys[hit.key] == key and hit.tip >= 0:
                return sight.scene.tips[hit.tip]
        return None

    def keys_in(self, sight: Sight, area: QRectF) -> tuple[str, ...]:
        """The keys of organizations, flows and people that an area of the widget touches."""
        camera, scene = sight.camera, sight.scene
        corners = (*camera.to_world(area.left(), area.top()), *camera.to_world(area.right(), area.bottom()))
        keys = [scene.keys[hit.key] for hit in self._of(scene).within(corners, scale=camera.scale)]
        motion = sight.picture.prepared.motion
        if motion is not None and sight.frame is not None:
            x, y = sight.frame.xy[:, 0], sight.frame.xy[:, 1]
            inside = (x >= corners[0]) & (x <= corners[2]) & (y >= corners[1]) & (y <= corners[3])
            keys += [scene.keys[k] for k in motion.key[sight.frame.row[inside]].tolist() if k >= 0]
        return tuple(dict.fromkeys(keys))

    def _of(self, scene: Scene) -> Picker:
        if self._picker is None or self._picker[0] is not scene:
            self._picker = (scene, Picker(scene, measure))
        return self._picker[1]


def box_of(sight: Sight, keys: tuple[str, ...]) -> Box | None:
    """Left, top, right, bottom of what stands for these keys, in world units; None if nothing does."""
    wanted = np.array(reach.marks(sight.picture, sight.scene, keys), dtype=np.int64)
    boxes = [
        bounds(mark)[np.isin(mark.key, wanted)]
        for layer in sight.scene.layers
        if layer.space == "world"
        for mark in layer.marks
        if not isinstance(mark, Label)
    ]
    found = np.concatenate(boxes) if boxes else np.zeros((0, 4))
    if not len(found):
        return None
    (left, top), (right, bottom) = found[:, :2].min(axis=0).tolist(), found[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom
