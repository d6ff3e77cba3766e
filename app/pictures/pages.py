"""A picture that is too large for one page, over several: an overview, then sheets that can be put together. Each is a
Scene of its own, so that every device can write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.pictures import page_marks
from app.pictures.board import Board
from app.pictures.page_marks import NOTE, Form
from app.scene import cuts
from app.scene.camera import Camera
from app.scene.cuts import MOST_OVERLAP, MOST_WHOLE, Grid
from app.scene.extents import inked, things
from app.scene.outline import bounds
from app.scene.pick import Rectangle, shown, visible
from app.scene.scene import Header, Measure, Scene
from app.scene.viewed import MARGIN, taken, through

RIM = 14.0
"""World units that are free around the whole."""


@dataclass(frozen=True, eq=False)
class Paged:
    """A Scene whose world is too large for its size, over pages of that size.

    scale: at which the world is read; room: left, top, width, height between header and foot, for the overview; extent:
    of the world; grid: how it is cut. Sheets have no legend: the overview has it.
    """

    scene: Scene
    scale: float
    room: tuple[float, float, float, float]
    measure: Measure
    extent: Rectangle
    grid: Grid

    @classmethod
    def of(
        cls, scene: Scene, *, scale: float, overlap: float, room: tuple[float, float, float, float], measure: Measure
    ) -> Paged:
        """Cut a Scene. overlap: what neighbours share at least, in units of the paper; less on very small paper."""
        left, top, right, bottom = Form(scene.size, max(1.0, scale)).body
        window = ((right - left) / scale, (bottom - top) / scale)
        marks = inked(scene, scale)
        whole = things(scene, scale, (MOST_WHOLE * window[0], MOST_WHOLE * window[1]))
        shared = min(overlap / scale, MOST_OVERLAP * min(window))
        grid = cuts.grid(whole, marks, window, shared, RIM)
        if not len(marks):
            return cls(scene, scale, room, measure, (0.0, 0.0, 0.0, 0.0), grid)
        low, high = (marks[:, :2].min(axis=0) - RIM).tolist(), (marks[:, 2:].max(axis=0) + RIM).tolist()
        return cls(scene, scale, room, measure, (low[0], low[1], high[0], high[1]), grid)

    @property
    def fits(self) -> bool:
        """Whether the whole stands on one page at this scale."""
        left, top, right, bottom = self.extent
        return (right - left) * self.scale <= self.room[2] and (bottom - top) * self.scale <= self.room[3]

    @property
    def n_pages(self) -> int:
        """Pages in all."""
        return 1 if self.fits else 1 + self.grid.n_sheets

    def pages(self) -> Iterator[Scene]:
        """The overview, then the sheets in reading order; the whole alone where it fits."""
        yield self._whole()
        if self.fits:
            return
        for row in range(len(self.grid.y)):
            strip = self._strip(float(self.grid.y.begin[row]), float(self.grid.y.end[row]))
            for column in np.flatnonzero(self.grid.number[row]).tolist():
                yield self._sheet(strip, (row, column))

    @property
    def _type_scale(self) -> float:
        return max(1.0, self.scale)

    def _whole(self) -> Scene:
        """The whole world between header and foot, with the frames of the sheets over it."""
        scene, s = self.scene, self._type_scale
        left, top, right, bottom = self.extent
        x, y, w, h = self.room
        if not self.fits:
            y, h = y + NOTE * s, h - NOTE * s
        scale = min(w / max(right - left, 1.0), h / max(bottom - top, 1.0), self.scale)
        camera = Camera(scale, x + (w - (left + right) * scale) / 2, y - top * scale)
        seen = through(scene, camera, (), scale)
        if self.fits:
            return seen
        board = Board(scene.size, self.measure, styles=seen.styles)
        page_marks.overview(board, self.grid, self.extent, camera, (x, y - 8 * s), s)
        return _over(board, seen, scene.header, scene.legend)

    def _strip(self, top: float, bottom: float) -> Scene:
        """What of the world a row of sheets can show: so that not every sheet has to look through all of it."""
        reach = MARGIN / self.scale
        layers = (layer for layer in self.scene.layers if layer.space == "world" and shown(layer, self.scale))
        kept = tuple(
            replace(
                layer,
                marks=tuple(
                    taken(mark, visible(bounds(mark), (-np.inf, top - reach, np.inf, bottom + reach)))
                    for mark in layer.marks
                ),
            )
            for layer in layers
        )
        return replace(self.scene, layers=kept)

    def _sheet(self, strip: Scene, at: tuple[int, int]) -> Scene:
        """One sheet: its part of the world, and what stands around it."""
        form, grid, header = Form(self.scene.size, self._type_scale), self.grid, self.scene.header
        left, top, _, _ = form.body
        begin = float(grid.x.begin[at[1]]), float(grid.y.begin[at[0]])
        camera = Camera(self.scale, left - begin[0] * self.scale, top - begin[1] * self.scale)
        seen = through(strip, camera, form.bands, self.scale)
        board = Board(form.size, self.measure, styles=seen.styles)
        page_marks.ground(board, form)
        page_marks.sheet(board, form, grid, at, camera, header)
        return _over(board, seen, replace(header, scope=", ".join(page_marks.place(grid, at))), ())


def _over(board: Board, seen: Scene, header: Header, legend: tuple[str, ...]) -> Scene:
    """What is on a board over a Scene whose styles it began with."""
    for layer in seen.layers:
        board.layer(layer)
    made = board.scene(header, legend, None, seen.meta)
    return replace(made, keys=seen.keys, tips=seen.tips)
