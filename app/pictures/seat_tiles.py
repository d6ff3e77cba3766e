"""The build-out held still: a small seat board for each period, as it was on the last day of it. Every seat keeps its
place from board to board, so that one sees which were filled when, and which were left.

`SeatTiles.of` derives, `scene` sets the picture. See the visual language, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.analysis.buildout import POSSIBLE
from app.analysis.periods import Stretch, ends_of
from app.domain.dataset import Dataset
from app.layout.tiling import Room, most_tiles, places
from app.pictures import buildout_words, legend, multiples_words, provenance, seat_board, wording
from app.pictures import frame as framing
from app.pictures import seat_tiles_words as words
from app.pictures.avatar import LEAST_RING, avatar, empty_place
from app.pictures.board import Board, Sheet
from app.pictures.buildout import VIEW, BuildOutOptions, BuildOutPicture
from app.pictures.gathered import Gathered
from app.pictures.multiples import GAP, HEAD, LEAST, MOST
from app.pictures.seat_axes import MONTH, begin
from app.pictures.seat_places import Place
from app.pictures.seat_rows import by_month
from app.scene.marks import Floats, floats
from app.scene.scene import Measure, Meta, Scene

SHAPE, LEAST_TILE = 1.6, (190.0, 90.0)
"""Width by height that suits a board; its width and height at least, in units of type."""
LARGEST = 44.0
"""Width of the cell of a seat at most, in units of type."""
DISC = 0.42
"""Radius of a seat, in cells."""


@dataclass(frozen=True, eq=False)
class SeatTiles:
    """The boards of one organization. options: as of a build-out; months: length of a period, None for as fits;
    gathered: as of the last day; stages: the build-out at the end of each period; places: of the tiles. Without seats
    there is one period."""

    options: BuildOutOptions
    months: int | None
    gathered: Gathered
    frame: framing.Frame
    periods: tuple[Stretch, ...]
    places: tuple[Room, ...]
    stages: tuple[BuildOutPicture, ...]
    measure: Measure

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: BuildOutOptions,
        measure: Measure,
        gathered: Gathered | None = None,
        months: int | None = None,
    ) -> SeatTiles:
        """Choose the periods and derive the board of each. UsageError for a focus that is no organization."""
        gathered = gathered or Gathered.of(dataset, options.filter)
        frame = framing.framed(options.size, foot_height=framing.LOW_FOOT)
        s, last = frame.type_scale, BuildOutPicture.of(dataset, options, measure, gathered)
        gap, least = (GAP[0] * s, GAP[1] * s), (LEAST_TILE[0] * s, (LEAST_TILE[1] + HEAD) * s)
        most = min(max(most_tiles(frame.map[2:], least, gap), LEAST), MOST)
        day, first = gathered.as_of, gathered.as_of
        if last.holding is not None:
            roster = last.holding.roster
            first = min(begin(roster.lo, roster.hi, day) + MONTH, day) if last.since is None else last.since
        periods = ends_of(first, day, most, months)
        before = (BuildOutPicture.of(dataset, options, measure, gathered.on(period.last)) for period in periods[:-1])
        where = places(len(periods), frame.map, SHAPE, gap)
        return cls(options, months, gathered, frame, periods, where, (*before, last), measure)

    @property
    def name(self) -> str:
        """`Build-out by quarter`."""
        return f"Build-out by {multiples_words.each(self.periods[-1].months)}"

    def on(self, day: float) -> int:
        """The tile in which a day lies; -1 for none."""
        return next((n for n, period in enumerate(self.periods) if period.holds(day)), -1)

    def at(self, x: float, y: float) -> int:
        """The tile at a place; -1 for none."""
        within = (left <= x < left + w and top <= y < top + h for left, top, w, h in self.places)
        return next((n for n, there in enumerate(within) if there), -1)

    @cached_property
    def slots(self) -> dict[str, int]:
        """Which of all slots each seat on record has: in the order of the last board, then those that only earlier
        ones have."""
        keys = (place.key for stage in reversed(self.stages) for row in by_month(stage.places) for place in row.places)
        return {key: n for n, key in enumerate(dict.fromkeys(key for key in keys if key.startswith("seats:")))}

    @cached_property
    def n_slots(self) -> int:
        """How many slots a board has."""
        return max(len(self.slots), *(len(stage.places) for stage in self.stages))

    def standing(self, tile: int) -> list[tuple[Place, int]]:
        """The places of a board with their slots: seats in their own, nameless open ones in those that are free."""
        there = self.stages[tile].places
        named = {self.slots[place.key] for place in there if place.key in self.slots}
        free = (slot for slot in range(self.n_slots) if slot not in named)
        return [(place, self.slots[place.key] if place.key in self.slots else next(free)) for place in there]

    def middles(self, tile: int) -> tuple[Floats, float]:
        """The middle of each slot of a board, (n, 2), and the width of its cell."""
        s = self.frame.type_scale
        x, y, w, h = self.places[tile]
        room = (w, h - HEAD * s)
        columns = np.arange(1, self.n_slots + 1)
        cells = np.minimum(room[0] / columns, room[1] / np.ceil(self.n_slots / columns))
        best = int(cells.argmax())
        cell = min(float(cells[best]), LARGEST * s)
        across = max(int(room[0] / cell + 1e-6), 1)
        line, column = np.divmod(np.arange(self.n_slots), across)
        return np.stack([x + (column + 0.5) * cell, y + HEAD * s + (line + 0.5) * cell], axis=1), cell

    def scene(self, marked: int = -1, *, still: bool = True) -> Scene:
        """The whole. marked: the tile that is set off, that of the clock's day; still: with the hash of the dataset, as
        for a file."""
        scene = self.whole
        if marked >= 0 and self.slots:
            board = Board(self.options.size, self.measure, styles=scene.styles)
            multiples_words.mark(board, self.frame, self.places[marked])
            layers = sorted((*scene.layers, *board.finished()), key=lambda layer: layer.z)
            scene = replace(scene, layers=tuple(layers))
        return replace(scene, meta=self._meta(None)) if still else scene

    @cached_property
    def whole(self) -> Scene:
        """All boards, none of them set off."""
        board = Board(self.options.size, self.measure)
        header = words.header(self) if self.n_slots else buildout_words.header(self.stages[-1])
        framing.around(board, self.frame, header)
        said: tuple[str, ...] = ()
        board.style(multiples_words.MARKED)  # has its number on every day
        if not self.n_slots:
            buildout_words.nothing(board, board.sheet("nothing", 10), self.frame, self.stages[-1])
        else:
            words.heads(board, self)
            sheet = board.sheet("seats", 10)
            for tile in range(len(self.periods)):
                self._board(board, sheet, tile)
            if self.frame.foot is not None:
                shown = [place for tile in range(len(self.periods)) for place, _ in self.standing(tile)]
                entries = buildout_words.entries(tuple(shown), self.frame.type_scale, band=False, curve=False)
                said = legend.strip(board, board.sheet("foot", 82, "page"), self.frame, (), entries)
        return board.scene(header, said, None, self._meta(""))

    def _board(self, board: Board, sheet: Sheet, tile: int) -> None:
        """The seats of one period."""
        standing, (middles, cell) = self.standing(tile), self.middles(tile)
        some, at = [place for place, _ in standing], middles[[slot for _, slot in standing]]
        r = DISC * cell
        if r < LEAST_RING:
            seat_board.points(board, sheet, some, floats(at), r)
            return
        with sheet.by_kind() as signs, sheet.by_kind() as under:  # the last to close lies on top
            for place, (x, y) in zip(some, at.tolist(), strict=True):
                if place.empty:
                    planned, paused = place.stated == "planned", place.stated == "on-hold"
                    empty_place(under, x, y, r, planned=planned, paused=paused, key=place.key, tip=place.tip)
                else:
                    avatar(under, x, y, r, wording.initials(place.name), place.organization, place.status,
                           gone=place.gone, vague=place.state == POSSIBLE, quiet=not place.lit, key=place.key,
                           tip=place.tip, signs=signs)  # fmt: skip

    def _meta(self, digest: str | None) -> Meta:
        left_out: Sequence[tuple[str, int]] = self.stages[-1].left_out
        day = wording.iso(self.gathered.as_of)
        return provenance.meta(self.gathered, VIEW, self.options.command, day, tuple(left_out), digest=digest)
