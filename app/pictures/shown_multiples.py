"""Small multiples on a canvas: `made` makes them. The clock changes nothing in their tiles; the one in which its day
lies is set off."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.analysis.periods import Stretch
from app.pictures import multiples_tips, multiples_twin, reach
from app.pictures.cards import Card
from app.pictures.gathered import Gathered
from app.pictures.multiples import Multiples, MultiplesOptions
from app.pictures.shown import MovesShown, Picture, Pictured
from app.scene import motion as moving
from app.scene.scene import Measure, Scene
from app.scene.twin import Twin


def made(
    gathered: Gathered,
    view: str,
    size: tuple[float, float],
    measure: Measure,
    *,
    top: int | None = None,
    months: int | None = None,
    before: object = None,
) -> MultiplesShown:
    """Small multiples of a picture, of the moves that are gathered. before: the picture on the canvas, or another of
    its kind, in which organizations stand where they shall stand."""
    options = MultiplesOptions(view, gathered.options, size, top, months=months)
    if isinstance(before, MultiplesShown):
        before = before.picture.picture
    elif isinstance(before, MovesShown):
        before = before.picture
    picture = Multiples.of(gathered.dataset, options, measure, before, gathered)
    _ = picture.whole  # painted here, not when the canvas first asks
    return MultiplesShown(measure, picture)


class PictureOfTiles(Picture, Protocol):
    """A picture in tiles, one for each period."""

    @property
    def name(self) -> str:
        """`Flow map by year`."""

    @property
    def periods(self) -> tuple[Stretch, ...]:
        """Of the tiles."""

    def on(self, day: float) -> int:
        """The tile in which a day lies; -1 for none."""

    def at(self, x: float, y: float) -> int:
        """The tile at a place; -1 for none."""

    def scene(self, marked: int = -1, *, still: bool = True) -> Scene:
        """The whole, with one tile set off."""


@dataclass(frozen=True, eq=False)
class Tiled(Pictured):
    """What holds for all pictures in tiles."""

    picture: PictureOfTiles

    @property
    @abstractmethod
    def view(self) -> str:
        """What no other picture is called."""

    @property
    def name(self) -> str:
        """`Flow map by year`."""
        return self.picture.name

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The same on every day, but for the tile that is set off; None: the day of people."""
        marked = self.picture.on(self.gathered.as_of if day is None else day)
        return self.kept(float(marked), lambda: self.picture.scene(marked, still=False))

    def last_day(self, x: float, y: float) -> int | None:
        """The last day of the period whose tile lies at a place; None where there is no tile."""
        tile = self.picture.at(x, y)
        return self.picture.periods[tile].last if tile >= 0 else None

    @abstractmethod
    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """What a mark says in its period."""

    @abstractmethod
    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """What the tiles say, mark by mark."""


@dataclass(frozen=True, eq=False)
class MultiplesShown(Tiled):
    """Small multiples of a picture of moves on a canvas."""

    picture: Multiples

    @property
    def view(self) -> str:
        """`flowmap-multiples`, which no other picture is called."""
        return f"{self.picture.options.view}-multiples"

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records, in all tiles; for those without a place of their own what they share with others."""
        wanted = tuple(keys)
        found = dict.fromkeys(reach.marks(self.gathered, scene, wanted))
        number = {key: at for at, key in enumerate(scene.keys)}
        for key in wanted:
            for mark in multiples_tips.shared(self.picture, key):
                if mark in number:
                    found[number[mark]] = None
        return tuple(found)

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """Who in the period, when, how sure, which sources."""
        tip = self.tip_at(scene, key, x, y, scale)
        return multiples_tips.card(self.picture, key, self.picture.at(x, y), tip)

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations and flows in words, with their figures period by period."""
        return multiples_twin.twin(self.picture, scene)
