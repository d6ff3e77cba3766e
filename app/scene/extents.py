"""What of a picture's world stands where at a scale of the camera: every mark, and what is better not cut through."""

from __future__ import annotations

import numpy as np

from app.scene.marks import AnyMarks, Box, Dot, Floats, Label, Path
from app.scene.outline import bounds
from app.scene.pick import shown
from app.scene.scene import Scene

_NONE = np.zeros((0, 4))


def world_marks(scene: Scene, scale: float) -> list[AnyMarks]:
    """The marks of the world that are seen at a scale."""
    return [mark for layer in scene.layers if layer.space == "world" and shown(layer, scale) for mark in layer.marks]


def inked(scene: Scene, scale: float) -> Floats:
    """Boxes (n, 4) around every mark of the world that is seen at a scale: left, top, right, bottom. Of lines around
    every piece, so that a long one with right angles does not fill all that it goes around."""
    marks = world_marks(scene, scale)
    return np.concatenate([_NONE, *(_pieces(mark) if isinstance(mark, Path) else bounds(mark) for mark in marks)])


def things(scene: Scene, scale: float, most: tuple[float, float]) -> Floats:
    """Boxes (n, 4) around what is better not cut through: boxes, dots and words. Those of one key are one thing, as a
    disc and the name beside it, unless that were wider or higher than `most`."""
    marks = [mark for mark in world_marks(scene, scale) if isinstance(mark, (Box, Dot, Label)) and len(mark)]
    if not marks:
        return _NONE
    boxes, key = np.concatenate([bounds(mark) for mark in marks]), np.concatenate([mark.key for mark in marks])
    alone, named = boxes[key < 0], boxes[key >= 0]
    keys, of = np.unique(key[key >= 0], return_inverse=True)
    low, high = np.full((len(keys), 2), np.inf), np.full((len(keys), 2), -np.inf)
    np.minimum.at(low, of, named[:, :2])
    np.maximum.at(high, of, named[:, 2:])
    far = np.any(high - low > most, axis=1)
    return np.concatenate([alone, named[far[of]], np.concatenate([low, high], axis=1)[~far]])


def _pieces(path: Path) -> Floats:
    """Boxes around the pieces of lines; around the whole of a polygon, and of a line of one point."""
    whole = path.closed | (np.diff(path.offsets) < 2)
    row = np.repeat(np.arange(len(path)), np.diff(path.offsets))
    first = np.flatnonzero((row[1:] == row[:-1]) & ~whole[row[:-1]])
    a, b = path.points[first], path.points[first + 1]
    half = path.stroke[row[first]][:, None] / 2
    pieces = np.concatenate([np.minimum(a, b) - half, np.maximum(a, b) + half], axis=1)
    return np.concatenate([pieces, bounds(path)[whole & (np.diff(path.offsets) > 0)]])
