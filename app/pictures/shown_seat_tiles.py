"""Small seat boards on a canvas."""

from __future__ import annotations

from dataclasses import dataclass

from app.pictures.buildout import VIEW as BUILD_OUT
from app.pictures.buildout import BuildOutOptions
from app.pictures.cards import Card
from app.pictures.gathered import Gathered
from app.pictures.seat_places import Place
from app.pictures.seat_tiles import DISC, SeatTiles
from app.pictures.shown_multiples import Tiled
from app.pictures.shown_seats import MOST_TOLD, told
from app.scene import motion as moving
from app.scene.scene import Measure, Scene, Tip
from app.scene.twin import Kind, Twin, TwinMark


def made(
    gathered: Gathered, organization: str, size: tuple[float, float], measure: Measure, *, months: int | None = None
) -> SeatTilesShown:
    """The boards of an organization, blank for that of the first target, up to the day of what is gathered."""
    options = BuildOutOptions(gathered.options, size=size, focus=organization)
    picture = SeatTiles.of(gathered.dataset, options, measure, gathered, months)
    _ = picture.whole  # painted here, not when the canvas first asks
    return SeatTilesShown(measure, picture)


@dataclass(frozen=True, eq=False)
class SeatTilesShown(Tiled):
    """Small seat boards on a canvas: the clock changes nothing in them; the one in which its day lies is set off."""

    picture: SeatTiles

    @property
    def view(self) -> str:
        """Which no other picture is called."""
        return f"{BUILD_OUT}-multiples"

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """What a seat says on the last day of the period."""
        found = self.tip_at(scene, key, x, y, scale)
        tile = self.picture.at(x, y)
        places = self.picture.stages[tile].places if tile >= 0 else ()
        color = next((place.organization for place in places if place.key == key), "")
        return told(Tip(*found), color) if found is not None else None

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """The seats in words, each with what it was at the end of each period in which that changed."""
        picture, header = self.picture, scene.header
        (middles, cell), by_slot = picture.middles(len(picture.periods) - 1), self._by_slot()
        marks = []
        for slot, states in sorted(by_slot.items())[:MOST_TOLD]:
            newest = states[-1][1]
            x, y = middles[slot].tolist()
            r = DISC * cell
            about, before = [], ""
            for period, place in states:
                said = place.lost or (f"{place.name}, {place.word}" if not place.empty else place.word)
                if said != before:
                    about.append(f"{period}: {said}")
                before = said
            name = newest.name or "A place"
            box = (x - r, y - r, 2 * r, 2 * r)
            marks.append(TwinMark(newest.key, Kind.SEAT, name, "; ".join(about), box, *((x, y),) * 3))
        return Twin(header.title, header.lines, tuple(marks))

    def _by_slot(self) -> dict[int, list[tuple[str, Place]]]:
        """Of each slot that a seat on record has, its period and place on each board that has it."""
        found: dict[int, list[tuple[str, Place]]] = {}
        for tile, period in enumerate(self.picture.periods):
            for place, slot in self.picture.standing(tile):
                if place.key in self.picture.slots:
                    found.setdefault(slot, []).append((period.name, place))
        return found
