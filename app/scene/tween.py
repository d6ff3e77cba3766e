"""From one Scene of a picture to the next with object constancy: what leaves fades first, what stays moves, what joins
appears last (Heer and Robertson, Animated transitions in statistical data graphics, 2007: staged, slow-in slow-out).

Marks are told apart by their keys: all marks of a key move as the first box or disc of it does, and a line between two
boxes goes from its old points to its new ones. Marks without a key have no identity: they leave and join.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from app.scene.marks import AnyMarks, Bools, Box, Dot, Floats, Label, Path
from app.scene.scene import Layer, Scene
from app.scene.viewed import taken

LEAVE, MOVE = 0.28, 0.72
"""Shares of the time at which what stays begins to move, and has moved."""


_Place = tuple[float, float, float, float]
"""Left, top, width, height of a box; middle of a disc."""


class Stage(NamedTuple):
    """A moment: how much of what leaves is still there, how far what stays has moved, how much of what joins is there;
    all from 0 to 1."""

    leaving: float
    moved: float
    joining: float


def stage(share: float) -> Stage:
    """The moment after a share of the time: slow at both ends of each part."""
    return Stage(
        1.0 - _eased(share / LEAVE), _eased((share - LEAVE) / (MOVE - LEAVE)), _eased((share - MOVE) / (1.0 - MOVE))
    )


def _eased(share: float) -> float:
    part = min(max(share, 0.0), 1.0)
    return part * part * (3.0 - 2.0 * part)


@dataclass(frozen=True, eq=False)
class _Shift:
    """Rows of one mark that stay, and where they come from: off (k, 4) to their old places and, of boxes, their old
    widths and heights; or for lines the old points of all rows, (m, 2)."""

    mark: AnyMarks
    off: Floats | None
    points: Floats | None


@dataclass(frozen=True, eq=False)
class Tween:
    """leaving: what only the old Scene has; joining: what only the new one has; n_rows: marks that stay."""

    leaving: Scene
    joining: Scene
    n_rows: int
    _new: Scene
    _staying: tuple[tuple[Layer, tuple[_Shift, ...]], ...]

    @classmethod
    def of(cls, old: Scene, new: Scene, scale: float) -> Tween:
        """Between two Scenes, as far as they are seen at a scale of the camera; page layers are not part of it."""
        before, after = _layers(old, scale), _layers(new, scale)
        places, lines = _places(old, before), _lines(old, before)
        now = _places(new, after)
        kept_lines = lines.keys() & _lines(new, after).keys()
        staying = frozenset((places.keys() & now.keys()) | kept_lines)
        moved: list[tuple[Layer, tuple[_Shift, ...]]] = []
        n = 0
        for layer in after:
            shifts = []
            for mark in layer.marks:
                kept = _rows(mark, _mask(new, staying))
                for part in _apart(kept, new, places, now, lines):
                    shifts.append(part)
                    n += len(part.mark)
            if shifts:
                moved.append((layer, tuple(shifts)))
        return cls(_without(old, before, staying), _without(new, after, staying), n, new, tuple(moved))

    def staying(self, moved: float) -> Scene:
        """What stays, after a share of its way."""
        left = 1.0 - moved
        layers = [
            replace(layer, marks=tuple(_shifted(shift, left) for shift in shifts)) for layer, shifts in self._staying
        ]
        return replace(self._new, layers=tuple(layers))


def _layers(scene: Scene, scale: float) -> list[Layer]:
    return [
        replace(layer, min_scale=0.0, max_scale=float("inf"))
        for layer in scene.layers
        if layer.space == "world" and layer.min_scale <= scale < layer.max_scale
    ]


def _places(scene: Scene, layers: list[Layer]) -> dict[str, _Place]:
    """Where the first box or disc of each key stands, and how large it is; a disc has no size here."""
    found: dict[str, _Place] = {}
    for layer in layers:
        for mark in layer.marks:
            if isinstance(mark, (Box, Dot)):
                keyed = np.flatnonzero(mark.key >= 0)
                size = (mark.w, mark.h) if isinstance(mark, Box) else (np.zeros(len(mark)), np.zeros(len(mark)))
                columns = [column[keyed].tolist() for column in (mark.key, mark.x, mark.y, *size)]
                for key, x, y, w, h in zip(*columns, strict=True):
                    found.setdefault(scene.keys[key], (x, y, w, h))
    return found


def _lines(scene: Scene, layers: list[Layer]) -> dict[str, Floats]:
    """The points of the one line of each key that has no box and no disc."""
    found: dict[str, Floats] = {}
    several: set[str] = set()
    for layer in layers:
        for mark in layer.marks:
            if isinstance(mark, Path):
                for row in np.flatnonzero(mark.key >= 0).tolist():
                    key = scene.keys[int(mark.key[row])]
                    if key in found:
                        several.add(key)
                    found[key] = mark.points[mark.offsets[row] : mark.offsets[row + 1]]
    placed = _places(scene, layers)
    return {key: points for key, points in found.items() if key not in placed and key not in several}


def _mask(scene: Scene, keys: frozenset[str]) -> Bools:
    """Which keys of a Scene are among some, (keys + 1,); the last place answers for no key."""
    return np.array([*(key in keys for key in scene.keys), False], dtype=np.bool_)


def _rows(mark: AnyMarks, which: Bools) -> AnyMarks:
    """The rows of a mark whose keys are meant."""
    return taken(mark, np.flatnonzero(which[mark.key]))


def _apart(
    mark: AnyMarks,
    scene: Scene,
    old: dict[str, _Place],
    new: dict[str, _Place],
    lines: dict[str, Floats],
) -> list[_Shift]:
    """Rows that move with a box or a disc, lines that go from their old points to the new ones, and what stands at its
    new place at once: lines that bend otherwise now, words of lines."""
    keys = [scene.keys[key] for key in mark.key.tolist()]
    boxed = np.array([key in old and key in new for key in keys], dtype=np.bool_)
    found, rest = [], ~boxed
    if boxed.any():
        off = [[a - b for a, b in zip(old[k], new[k], strict=True)] for k, own in zip(keys, boxed, strict=True) if own]
        found.append(_Shift(taken(mark, np.flatnonzero(boxed)), np.array(off), None))
    if isinstance(mark, Path) and rest.any():
        loose = np.flatnonzero(rest).tolist()
        same = [n for n in loose if len(lines[keys[n]]) == mark.offsets[n + 1] - mark.offsets[n]]
        if same:
            points = np.concatenate([lines[keys[n]] for n in same])
            found.append(_Shift(taken(mark, np.array(same, dtype=np.intp)), None, points))
        rest[same] = False
    if rest.any():
        found.append(_Shift(taken(mark, np.flatnonzero(rest)), np.zeros((int(rest.sum()), 4)), None))
    return found


def _shifted(shift: _Shift, left: float) -> AnyMarks:
    """The rows, a share `left` of their way back."""
    mark = shift.mark
    if isinstance(mark, Path):
        if shift.points is not None:
            return replace(mark, points=mark.points + left * (shift.points - mark.points))
        assert shift.off is not None
        return replace(mark, points=mark.points + left * np.repeat(shift.off[:, :2], np.diff(mark.offsets), axis=0))
    assert shift.off is not None
    x, y = left * shift.off[:, 0], left * shift.off[:, 1]
    if isinstance(mark, Box):
        w, h = left * shift.off[:, 2], left * shift.off[:, 3]
        return replace(mark, x=mark.x + x, y=mark.y + y, w=np.maximum(mark.w + w, 0.0), h=np.maximum(mark.h + h, 0.0))
    return replace(mark, x=mark.x + x, y=mark.y + y) if isinstance(mark, (Dot, Label)) else mark


def _without(scene: Scene, layers: list[Layer], keys: frozenset[str]) -> Scene:
    """The Scene of those marks whose keys are not among some."""
    other = ~_mask(scene, keys)
    return replace(
        scene, layers=tuple(replace(layer, marks=tuple(_rows(mark, other) for mark in layer.marks)) for layer in layers)
    )
