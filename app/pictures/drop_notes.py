"""Carrying a note to another place: its line goes on leading to what it is about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.domain.annotations import annotations_of
from app.domain.index import Bools
from app.pictures.drop_targets import NO_BOXES, Drop
from app.pictures.notes import NOTE, Anchor, anchor, pixels_of, placed
from app.pictures.shown import Shown
from app.scene.marks import Box, Floats
from app.scene.outline import bounds
from app.scene.pick import Rectangle
from app.scene.pick import shown as visible_at
from app.scene.scene import Scene


@dataclass(frozen=True, eq=False)
class NoteTargets:
    """A note that is carried. number: of the note; about: where its mark is; held: where in it the pointer took it,
    from its left top corner; per_pixel: of the world, at the scale of the camera."""

    shown: Shown
    number: int
    about: Anchor
    box: Rectangle
    held: tuple[float, float]
    per_pixel: float
    is_round = False
    anywhere = True

    @classmethod
    def of(cls, shown: Shown, scene: Scene, key: str, x: float, y: float, scale: float) -> NoteTargets | None:
        """The note at a place, seen at a scale of the camera; None where its mark is gone."""
        number = int(key.removeprefix(NOTE))
        notes = annotations_of(shown.gathered.dataset, scene.meta.view).notes
        about = anchor(scene, shown.gathered, notes[number].about) if number < len(notes) else None
        row = scene.keys.index(key) if key in scene.keys else -1
        for layer in scene.layers:
            for mark in layer.marks if visible_at(layer, scale) else ():
                found = np.flatnonzero(mark.key == row) if isinstance(mark, Box) else np.empty(0, dtype=np.intp)
                if about is not None and len(found):
                    left, top, right, bottom = bounds(mark)[int(found[0])].tolist()
                    box = (left, top, right - left, bottom - top)
                    return cls(shown, number, about, box, (x - left, y - top), pixels_of(layer))
        return None

    @property
    def key(self) -> str:
        """`group:note-N`."""
        return f"{NOTE}{self.number}"

    @property
    def name(self) -> str:
        """What is carried."""
        return "The note"

    @property
    def within(self) -> str:
        """Nothing."""
        return ""

    def still(self, shown: Shown) -> bool:
        """Whether everything stands where it stood."""
        return shown is self.shown

    def drop(self, key: str, x: float, y: float) -> Drop | None:
        """A note may stand anywhere."""
        box = (x - self.held[0], y - self.held[1], *self.box[2:])
        return Drop("note", "Put the note here", key, box)

    def within_sight(self, area: Rectangle) -> tuple[Floats, Bools]:
        """No mark is a target."""
        return NO_BOXES, np.zeros(0, dtype=np.bool_)

    def place(self, box: Rectangle) -> tuple[float, float]:
        """The place of the note, as `Note.place`, if its plate stands there."""
        return placed(self.about, box, self.shown.frame.scale, self.per_pixel)
