"""Careers to scroll over in a window: everyone in their place, and of many people only the rows that a camera sees.

Two levels of detail with disjoint scales: bars with all that belongs to them and names; from afar bars alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.pictures import career_words as words
from app.pictures import frame as framing
from app.pictures import reach
from app.pictures.annotating import annotated, titled
from app.pictures.board import Board
from app.pictures.career_plan import Plan
from app.pictures.careers import VIEW, CareersPicture
from app.pictures.days_axis import draw_lines, draw_veil, draw_words
from app.scene.camera import Camera
from app.scene.pick import Rectangle
from app.scene.scene import Scene

NEAR = 0.62
"""From this scale of the camera on words can be read."""
MANY = 300
"""Of more rows only those that are looked at are made into a Scene."""
AROUND = 0.6
"""How far beyond the view a part reaches, in views."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of the careers a Scene holds: the scales [low, high) of a camera, and rows first to end."""

    low: float
    high: float
    first: int
    end: int


@dataclass(frozen=True, eq=False)
class CareersWorld:
    """Careers with everything in its place, for a window of a size."""

    picture: CareersPicture

    @property
    def plan(self) -> Plan | None:
        """Where everything stands; None without anyone."""
        return self.picture.plan

    @property
    def size(self) -> tuple[float, float]:
        """The window's."""
        return self.picture.options.size

    @cached_property
    def world(self) -> Rectangle:
        """All rows, and some room so that the last ones come free of the foot."""
        frame = self.picture.frame
        foot = frame.foot[3] if frame.foot is not None else 0.0
        bottom = self.plan.bottom + foot + 12 * frame.type_scale if self.plan is not None else 0.0
        return 0.0, 0.0, frame.width, max(frame.height, bottom)

    def part(self, camera: Camera) -> Part:
        """What a camera needs, with some room around."""
        plan = self.plan
        n = len(plan.order) if plan is not None else 0
        if plan is None or n <= MANY:
            return Part(0.0, float("inf"), 0, n)
        low, high = (NEAR, float("inf")) if camera.scale >= NEAR else (0.0, NEAR)
        top, bottom = self._seen(camera)
        more = (bottom - top) * AROUND
        return Part(low, high, *self._rows(top - more, bottom + more))

    def covers(self, part: Part, camera: Camera) -> bool:
        """Whether a part has all that a camera shows."""
        if self.plan is None:
            return True
        first, end = self._rows(*self._seen(camera))
        return part.low <= camera.scale < part.high and part.first <= first and end <= part.end

    def _seen(self, camera: Camera) -> tuple[float, float]:
        return camera.to_world(0.0, 0.0)[1], camera.to_world(0.0, self.size[1])[1]

    def _rows(self, top: float, bottom: float) -> tuple[int, int]:
        """The rows between two heights, at least one."""
        assert self.plan is not None
        rows, n = self.plan.rows, len(self.plan.order)
        first = int(np.searchsorted(self.plan.top + rows.top + rows.height, top, side="right"))
        end = int(np.searchsorted(self.plan.top + rows.top - rows.height, bottom, side="left"))
        first = min(max(first, 0), n - 1)
        return first, min(max(end, first + 1), n)

    def ground(self, part: Part) -> Board:
        """A board with all of a part that no day changes, in layers."""
        picture, plan = self.picture, self.plan
        board = Board(self.size, picture.measure)
        if plan is None:
            return board
        s, left = picture.frame.type_scale, picture.frame.map[0]
        first, end = part.first, part.end
        top, bottom = self._extent(plan, part)
        draw_lines(board.sheet("grid", 5), plan.days, top, bottom, s)
        if first == 0:
            draw_words(board, board.sheet("years", 8, min_scale=NEAR), plan.days, picture.frame.map[1] + 14 * s, s)
        if part.high > NEAR:
            picture.marks.bars(board, board.sheet("stints", 20, min_scale=NEAR), first, end)
        if part.low < NEAR:
            picture.marks.far(board, board.sheet("stints from afar", 20, max_scale=NEAR), first, end)
        picture.marks.heads(board, board.sheet("heads", 41, min_scale=NEAR), left, first, end)
        return board

    def _extent(self, plan: Plan, part: Part) -> tuple[float, float]:
        """Upper and lower edge of a part."""
        s, frame = self.picture.frame.type_scale, self.picture.frame
        head = plan.rows.head[part.first]
        above = plan.rows.top[part.first] if np.isnan(head) else head
        top = frame.map[1] + 6 * s if part.first == 0 else plan.top + float(above)
        return top, plan.top + float(plan.rows.top[part.end - 1] + plan.rows.height[part.end - 1])

    def scene(self, ground: Board, part: Part, day: float | None) -> Scene:
        """The picture on a day; None: on its own. ground: that of the part."""
        picture, frame = self.picture, self.picture.frame
        at = picture.gathered.clock if day is None else day
        board = Board(self.size, picture.measure, base=ground)
        for layer in ground.finished():
            board.layer(layer)
        framing.ground(board.sheet("ground", 0, "page"), frame)
        header = titled(words.header(picture, at), picture.gathered, VIEW)
        framing.header(board, board.sheet("header", 80, "page"), frame, header)
        said: tuple[str, ...] = ()
        if self.plan is None:
            words.nothing(picture, board.sheet("nothing", 10))
        else:
            names = board.sheet("names", 40, min_scale=NEAR)
            if part.high > NEAR:
                picture.marks.names(board, names, part.first, part.end, at)
            draw_veil(board, self.plan.days, at, self._extent(self.plan, part), frame.type_scale)
            said = words.foot(picture, board, at)
        scene = board.scene(header, said, None, picture.meta(at, dataset=False))
        return annotated(scene, picture.gathered, frame, picture.measure, beyond=True)

    def rows_of(self, key: str) -> list[int]:
        """The rows that a record stands in: a person, one of their stints or moves, who holds a seat."""
        if self.plan is None:
            return []
        people = [code for code in self._people(key) if code in self._row_of]
        return [self._row_of[code] for code in people]

    def _people(self, key: str) -> Iterable[int]:
        gathered = self.picture.gathered
        data = gathered.dataset
        kind, _, rest = key.partition(":")
        if kind == "move":
            kind, rest = "stints", rest.rpartition(">")[2]
        ids = [rest] if kind == "people" else []
        if kind == "stints":
            row = data.row("stints", rest)
            ids = [str(row["person_id"])] if row is not None else []
        if kind == "seats":
            ids = [held.partition(":")[2] for held in reach.holders(gathered, rest)]
        return [code for i in ids if (code := data.position("people", i)) is not None]

    @cached_property
    def _row_of(self) -> dict[int, int]:
        assert self.plan is not None
        return {code: row for row, code in enumerate(self.plan.order.people.tolist())}

    def bars_of(self, rows: list[int]) -> list[int]:
        """The numbers of all bars of some rows."""
        assert self.plan is not None
        first = self.plan.first_bar
        return [n for row in rows for n in range(int(first[row]), int(first[row + 1]))]

    def box(self, rows: list[int], bars: list[int]) -> Rectangle | None:
        """What some bars cover; where there are none, whole rows; None for neither."""
        plan = self.plan
        if plan is None or not (rows or bars):
            return None
        if bars:
            x0, x1, y = plan.bars.x0[bars], plan.bars.x1[bars], plan.y[bars]
            return float(x0.min()), float(y.min()), float(x1.max()), float(y.max()) + plan.bar
        top, height = plan.rows.top[rows], plan.rows.height[rows]
        left, right = self.picture.frame.map[0], plan.days.end
        return left, plan.top + float(top.min()), right, plan.top + float((top + height).max())
