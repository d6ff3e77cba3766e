"""Careers on a canvas: a world to scroll over, whose day line moves while time plays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.dates import PAST
from app.pictures import career_tips as tips
from app.pictures import reach, wording
from app.pictures.board import Board
from app.pictures.cards import Card
from app.pictures.career_world import CareersWorld, Part
from app.pictures.careers import VIEW, CareersOptions, CareersPicture
from app.pictures.gathered import Gathered
from app.pictures.shown import Pictured
from app.pictures.shown_seats import MOST_TOLD, told
from app.scene import motion as moving
from app.scene.camera import HOME, Camera
from app.scene.pick import Rectangle
from app.scene.scene import Measure, Scene, Tip
from app.scene.twin import Kind, Twin, TwinMark

NEAREST = 4.0
"""No camera looks nearer."""


@dataclass(frozen=True, eq=False)
class CareersShown(Pictured):
    """Careers on a canvas, with the part that a camera needs."""

    view = VIEW
    name = "Careers"
    nearest = NEAREST
    picture: CareersPicture
    world_of: CareersWorld
    part: Part

    @classmethod
    def of(cls, measure: Measure, world: CareersWorld, camera: Camera | None) -> CareersShown:
        """What a camera needs; None for that of the beginning."""
        return cls(measure, world.picture, world, world.part(camera if camera is not None else HOME))

    @property
    def world(self) -> Rectangle:
        """All rows."""
        return self.world_of.world

    @cached_property
    def _ground(self) -> Board:
        return self.world_of.ground(self.part)

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The careers on a day, whatever the mode: what is past stays. That of the last day is kept."""
        return self.kept(day, lambda: self.world_of.scene(self._ground, self.part, day))

    def covers(self, scene: Scene, camera: Camera) -> bool:
        """Whether its part has all that a camera shows."""
        return self.world_of.covers(self.part, camera)

    def detailed(self, camera: Camera) -> CareersShown:
        """The same with what a camera shows."""
        return replace(self, part=self.world_of.part(camera))

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records: for a person their name and all their bars, for a move its join and both bars."""
        wide: dict[str, None] = {}
        for key in keys:
            wide[key] = None
            kind, _, rest = key.partition(":")
            if kind == "flow":
                wide |= dict.fromkeys(reach.moves_of_flow(self.gathered, key))
            elif kind == "move":
                wide |= dict.fromkeys(f"stints:{stint}" for stint in rest.split(">", 1))
            elif kind in ("people", "seats"):
                rows = self.world_of.rows_of(key)
                bars = self.world_of.bars_of(rows) if rows else []
                wide |= dict.fromkeys(f"stints:{self.picture.marks.id_of(n)}" for n in bars)
        return reach.marks(self.gathered, scene, wide)

    def box_of(self, scene: Scene, keys: tuple[str, ...]) -> Rectangle | None:
        """What stands for keys, wherever it is: bars of stints and moves, else whole rows."""
        rows = [row for key in keys for row in self.world_of.rows_of(key)]
        wanted = {
            stint
            for kind, _, rest in (key.partition(":") for key in keys)
            if kind in ("stints", "move")
            for stint in rest.split(">", 1)
        }
        bars = self.world_of.bars_of(rows) if rows else []
        return self.world_of.box(rows, [n for n in bars if self.picture.marks.id_of(n) in wanted])

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """What a stint, a move, a person or the head of a group says."""
        gathered = self.gathered
        kind, _, rest = key.partition(":")
        if kind == "organizations":
            code = gathered.dataset.position("organizations", rest)
            return _organization(gathered, code) if code is not None else None
        found = self._tip(kind, rest)
        return told(found[0], found[1]) if found is not None else None

    def _tip(self, kind: str, rest: str) -> tuple[Tip, str] | None:
        """The tip of a record, and the organization whose colour it wears."""
        gathered, data = self.gathered, self.gathered.dataset
        if kind == "people":
            code = data.position("people", rest)
            return (tips.person_tip(gathered, code), "") if code is not None else None
        at = data.position("stints", rest.rpartition(">")[2]) if kind in ("stints", "move") else None
        if at is None:
            return None
        position = int((data.index.row == at).argmax())
        if kind == "stints":
            return tips.stint_tip(gathered, position), str(data["stints"].item(at, "organization_id") or "")
        moves = gathered.careers.moves
        rows = (moves.joined_stint == position).nonzero()[0]
        if not len(rows):
            return None
        return tips.move_tip(gathered, int(rows[0])), gathered.ids[int(moves.origin[rows[0]])]

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Every line in words, from the top."""
        header, plan = scene.header, self.world_of.plan
        lines = list(header.lines)
        if plan is None:
            return Twin(header.title, tuple(lines), ())
        if (rest := len(plan.order) - MOST_TOLD) > 0:
            lines.append(f"{wording.people(rest)} more, farther down")
        told = range(min(len(plan.order), MOST_TOLD))
        return Twin(header.title, tuple(lines), tuple(self._line(row) for row in told))

    def _line(self, row: int) -> TwinMark:
        plan, data = self.world_of.plan, self.gathered.dataset
        assert plan is not None
        code = int(plan.order.people[row])
        bars = self.world_of.bars_of([row])
        stints = (data["stints"].row(int(data.index.row[plan.at[n]]), named=True) for n in bars)
        about = "; ".join(tips.stint_line(self.gathered, stint) for stint in stints)
        left, top, right, bottom = self.world_of.box([row], []) or (0.0, 0.0, 0.0, 0.0)
        at = ((left + right) / 2, (top + bottom) / 2)
        key, name = f"people:{data['people'].item(code, 'id')}", tips.name_of(self.gathered, code)
        if plan.order.heads:
            name = f"{name}, {plan.order.heads[int(plan.order.group[row])].name}"
        return TwinMark(key, Kind.PERSON, name, about, (left, top, right - left, bottom - top), at, at, at)


def _organization(gathered: Gathered, code: int) -> Card:
    known, possible = gathered.known_people(code)
    upto = f", up to {possible:,}" if possible > known else ""
    day = f" on {wording.iso(gathered.as_of)}" if gathered.as_of > PAST else ""
    line = f"{wording.counted(known, 'known person', 'known people')}{upto}{day}"
    return Card(gathered.names[code], line, gathered.ids[code])


def made(
    gathered: Gathered,
    measure: Measure,
    size: tuple[float, float],
    *,
    span: tuple[int, int] | None = None,
    focus: Sequence[str] = (),
    sort: str | None = None,
    group: str | None = None,
    camera: Camera | None = None,
) -> CareersShown:
    """Careers for a window. gathered: of the session's filter, not of its day, for the day is told to `scene`; size: of
    the canvas; span: the days of the clock, up to whose last one the axis goes; focus, sort, group: as on the command
    line; camera: that looks at it, None for the beginning."""
    options = CareersOptions(
        gathered.options, size, tuple(focus), sort=sort, group=group, until=span[1] if span is not None else None
    )
    picture = CareersPicture.whole(gathered.dataset, options, measure, gathered)
    return CareersShown.of(measure, CareersWorld(picture), camera)
