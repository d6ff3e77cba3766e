"""A picture that does not play, as a play of one step: for files that are made of plays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.playing import Play
from app.scene import motion as moving
from app.scene.marks import Bools
from app.scene.motion import Motion
from app.scene.scene import Header, Measure, Scene

MOMENT = 0.2
"""Seconds that its one step takes."""


@dataclass(frozen=True, eq=False)
class Still:
    """A Scene as a picture in which nobody moves."""

    made: Scene
    gathered: Gathered
    frame: Frame
    measure: Measure

    @property
    def motion(self) -> Motion | None:
        """Nobody is on the way."""
        return None

    @property
    def rests(self) -> Bools:
        """No path."""
        return np.zeros(0, dtype=np.bool_)

    def scene(
        self, day: float | None = None, *, mode: moving.Mode, window: float, still: bool, said: Header | None
    ) -> Scene:
        """The one there is."""
        return self.made

    def play(self, day: float) -> Play:
        """It, standing on a day: whoever rests in it is a mark like others."""
        layers = tuple(replace(layer, moving=False) for layer in self.made.layers)
        still = replace(self, made=replace(self.made, layers=layers, motion=None))
        return Play(still, day - 1.0, day, MOMENT, 0.0, dated=False)
