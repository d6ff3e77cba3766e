"""The Scene: everything a device needs to paint a picture, as one immutable value.

World space is what a camera moves; page space (header, legend) stays. Both have their origin at the top left of the
picture and the size in `Scene.size`, so that at camera scale 1 world and page units are pixels of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from app.scene.marks import AnyMarks
from app.scene.motion import Motion
from app.scene.style import Style

FontRole = tuple[float, int]
"""A size of type in world units and a weight, 100 to 900."""

Measure = Callable[[Sequence[str], FontRole], "np.ndarray[Any, np.dtype[np.float64]]"]
"""Widths of texts in one font: batched, cached by its maker. Tests use a fixed-width fake."""


ABOVE_PEOPLE = 76
"""Layers of the world from this z on lie above people in motion."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Marks that are painted together.

    name: for groups in exports and for switching off; z: order, low below; space: `world` zooms, `page` does not;
    min_scale, max_scale: camera scales at which it is shown (level of detail = layers with disjoint scales);
    moving: redrawn each frame, all others are cached; marks: painted in order.
    """

    name: str
    z: int
    marks: tuple[AnyMarks, ...]
    space: Literal["world", "page"] = "world"
    min_scale: float = 0.0
    max_scale: float = float("inf")
    moving: bool = False

    @property
    def above_people(self) -> bool:
        """Whether people in motion pass below it."""
        return self.space == "world" and self.z >= ABOVE_PEOPLE

    def drawn_as(self, other: Layer) -> bool:
        """Whether another layer is drawn the same under the same styles, whatever its marks stand for and say."""
        same = replace(self, marks=()) == replace(other, marks=()) and len(self.marks) == len(other.marks)
        return same and all(one.drawn_as(two) for one, two in zip(self.marks, other.marks, strict=True))


@dataclass(frozen=True, slots=True)
class Header:
    """The words above a picture: what it says, its scope, its days and filter, what is left out and why."""

    title: str
    scope: str
    context: str
    left_out: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands beside the title, without what is blank."""
        return tuple(line for line in (self.scope, self.context, self.left_out) if line)


@dataclass(frozen=True, slots=True)
class Tip:
    """What a mark says when asked: a head, lines of detail, and the sources behind it (ids, urls in `Scene.meta`)."""

    head: str
    lines: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """One plain text, for titles and screen readers."""
        return "\n".join((self.head, *self.lines))


@dataclass(frozen=True, slots=True)
class Source:
    """A source as pictures name it."""

    publisher: str
    title: str
    url: str
    published: str


@dataclass(frozen=True)
class Meta:
    """What made the picture, so that it can defend itself and be made again.

    dataset: hash; command: the command line that re-makes it; colors: organization id → its colour role (`c1` … or
    `#rrggbb`), names: organization id → name; sources: source id → Source; left_out: (reason, count) pairs; remarks:
    what else a file of it shall say, as word → text.
    """

    view: str
    dataset: str
    as_of: str
    known_by: str
    window: tuple[str, str]
    level: str
    lens: str
    command: str
    colors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    left_out: tuple[tuple[str, int], ...] = ()
    remarks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Scene:
    """A picture: size in world units, layers by z, words, motion, and the tables that marks point into.

    keys: what a mark stands for (`table:id`, `move:A>B`, `flow:X>Y`, `group:…`); see pictures and docs/glossary. tips:
    by number, a tuple, or `scene.tips.Tips` where many of them are made only when somebody asks.
    """

    size: tuple[float, float]
    layers: tuple[Layer, ...]
    header: Header
    legend: tuple[str, ...]
    motion: Motion | None
    keys: tuple[str, ...]
    styles: tuple[Style, ...]
    tips: Sequence[Tip]
    meta: Meta

    def layer(self, name: str) -> Layer:
        """The layer of that name; KeyError if there is none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)
