"""Small multiples: a moving picture held still. One tile for each period, in each the same picture with the moves of
that period: organizations stand in the same places and widths mean the same in all of them, so that two periods can be
compared by eye (Tufte, Envisioning Information, 1990; Archambault, Purchase and Pinaud, Animation, small multiples, and
the effect of mental map preservation in dynamic graphs, 2011).

`Multiples.of` lays the picture out once, from the moves of all tiles; `scene` paints it once a tile. See the visual
language, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.analysis.options import Options
from app.analysis.periods import Stretch, stretches
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import Ints
from app.layout.tiling import Room, most_tiles, places
from app.pictures import frame as framing
from app.pictures import legend, moves_words, multiples_tips, provenance
from app.pictures import multiples_words as words
from app.pictures.annotating import titled
from app.pictures.board import Board
from app.pictures.gathered import Gathered
from app.pictures.multiples_kinds import KINDS, Asked, Kind, TilePicture
from app.scene.scene import Measure, Meta, Scene
from app.scene.tiled import Tile, tiled

LEAST, MOST = 4, 12
"""Tiles that there are at least and at most."""
HEAD = 22.0
"""Height of a tile's head, in units of type."""
GAP = (28.0, 20.0)
"""Between tiles, across and down, in units of type."""
MOST_ORGANIZATIONS = 18
"""Organizations drawn at most, if the user does not say."""


@dataclass(frozen=True, slots=True)
class MultiplesOptions:
    """How small multiples are drawn. view: of which picture, one of KINDS; filter: what is counted; size: of the whole;
    top: organizations drawn (None: by the size of a tile); focus: ids set off from the rest; months: length of a period
    (None: as fits); command: the command line that re-makes it."""

    view: str
    filter: Options
    size: tuple[float, float] = framing.REFERENCE
    top: int | None = None
    focus: tuple[str, ...] = ()
    months: int | None = None
    command: str = ""


@dataclass(frozen=True, eq=False)
class Multiples:
    """Small multiples of one Dataset under one set of options. gathered: all moves; shown: those that lie in a tile;
    periods, places: of the tiles, in order of time; picture: laid out at the size of a tile."""

    options: MultiplesOptions
    gathered: Gathered
    shown: Gathered
    frame: framing.Frame
    periods: tuple[Stretch, ...]
    places: tuple[Room, ...]
    picture: TilePicture
    measure: Measure

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        options: MultiplesOptions,
        measure: Measure,
        previous: object = None,
        gathered: Gathered | None = None,
    ) -> Multiples:
        """Choose the periods and lay the picture out. previous: a picture of the same kind, in which organizations
        stood before; gathered: the moves, where they are at hand."""
        kind = KINDS[options.view]
        gathered = gathered or Gathered.of(dataset, options.filter, options.focus)
        frame = framing.framed(options.size, foot_height=framing.LOW_FOOT)
        s = frame.type_scale
        gap, least = (GAP[0] * s, GAP[1] * s), (kind.least[0] * s, (kind.least[1] + HEAD) * s)
        most = min(max(most_tiles(frame.map[2:], least, gap), LEAST), MOST)
        moves = gathered.moves
        begin, end = gathered.options.window or (PAST, FUTURE)
        last = min(gathered.as_of, end - 1) if end < FUTURE else gathered.as_of
        periods = stretches(moves, (begin, last), LEAST, most, options.months, whole=begin > PAST)
        inside = moves.inside((periods[0].since + 1, periods[-1].last + 1))
        shown = replace(gathered, moves=moves.take(np.flatnonzero(inside)))
        where = places(len(periods), frame.map, kind.shape, gap)
        tile = framing.tile_of(frame, (where[0][2], where[0][3] - HEAD * s))
        top = options.top or _top(kind, tile)
        ends = tuple(period.last for period in periods)
        made = kind.make(Asked(shown, tile, top, ends, measure, previous))
        return cls(options, gathered, shown, frame, periods, where, made, measure)

    @property
    def kind(self) -> Kind:
        """Of which picture."""
        return KINDS[self.options.view]

    @property
    def name(self) -> str:
        """`Flow map by year`."""
        return f"{self.kind.name} by {words.each(self.periods[-1].months)}"

    @cached_property
    def tile_of(self) -> Ints:
        """The tile of each of the moves that are shown, (m,)."""
        ends = np.array([period.last for period in self.periods])
        return np.searchsorted(ends, self.shown.moves.joined).astype(np.int32)

    @cached_property
    def counts(self) -> Ints:
        """Moves of each tile, (t,)."""
        return np.bincount(self.tile_of, minlength=len(self.periods)).astype(np.int32)

    @cached_property
    def unsure(self) -> Ints:
        """Those of them that may lie in another period, (t,)."""
        moves, ends = self.shown.moves, np.array([period.last for period in self.periods])
        sinces = np.array([period.since for period in self.periods])
        sure = (moves.joined_lo > sinces[self.tile_of]) & (moves.joined_hi <= ends[self.tile_of] + 1)
        return np.bincount(self.tile_of[~sure], minlength=len(self.periods)).astype(np.int32)

    def corner(self, tile: int) -> tuple[float, float]:
        """Where the picture of a tile has its upper left corner."""
        x, y, *_ = self.places[tile]
        return x, y + HEAD * self.frame.type_scale

    def on(self, day: float) -> int:
        """The tile in which a day lies; -1 for none."""
        return next((n for n, period in enumerate(self.periods) if period.holds(day)), -1)

    def at(self, x: float, y: float) -> int:
        """The tile at a place; -1 for none."""
        within = (left <= x < left + w and top <= y < top + h for left, top, w, h in self.places)
        return next((n for n, there in enumerate(within) if there), -1)

    def part(self, tile: int) -> Scene:
        """The bare picture of one tile, whose marks say whom they stand for in that period."""
        period = self.periods[tile]
        day = float(period.last)
        made = self.picture.scene(day, mode="window", window=day - period.since, still=False)
        return multiples_tips.of_period(self, made, tile)

    def scene(self, marked: int = -1, *, still: bool = True) -> Scene:
        """The whole. marked: the tile that is set off, that of the clock's day; still: with the hash of the dataset, as
        for a file."""
        scene = self.whole
        if marked >= 0:
            board = Board(self.options.size, self.measure, styles=scene.styles)
            words.mark(board, self.frame, self.places[marked])
            layers = sorted((*scene.layers, *board.finished()), key=lambda layer: layer.z)
            scene = replace(scene, layers=tuple(layers))
        return replace(scene, meta=self._meta(dataset=True)) if still else scene

    @cached_property
    def whole(self) -> Scene:
        """All tiles with what they share, none of them set off. Nothing is painted in those in which nobody moved."""
        board = Board(self.options.size, self.measure)
        header = titled(words.header(self), self.gathered, self.options.view)
        framing.around(board, self.frame, header)
        if not len(self.shown.moves):
            moves_words.empty(board, self.frame, self.gathered)
        words.heads(board, self)
        foot, said = legend.foot(board, self.frame, *words.entries(self))
        if foot is not None:
            board.layer(foot)
        board.style(words.MARKED)  # has its number on every day
        tiles = [Tile(self.part(n), self.corner(n)) for n in np.flatnonzero(self.counts).tolist()]
        return tiled(board.scene(header, said, None, self._meta(dataset=False)), tiles)

    def _meta(self, *, dataset: bool) -> Meta:
        return provenance.meta_on(self.gathered, self.options.view, self.options.command, None, dataset=dataset)


def _top(kind: Kind, tile: framing.Frame) -> int:
    """How many organizations a tile has room for."""
    s = tile.type_scale
    room = (tile.width * tile.height) / (kind.least[0] * kind.least[1] * s * s)
    return int(np.clip(round(kind.top * np.sqrt(room)), kind.top, MOST_ORGANIZATIONS))
