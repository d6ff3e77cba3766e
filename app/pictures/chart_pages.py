"""An organization chart over several pages, at a size at which it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.pictures import frame as framing
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_still import still
from app.pictures.chart_world import ChartWorld
from app.pictures.orgchart import OrgChart
from app.pictures.pages import Paged
from app.scene.scene import Scene

ALL_OPEN = Folds(DEEPEST)
OVERLAP = 36.0
"""What sheets share at least where cards are 222 wide."""


def paged(world: ChartWorld, size: tuple[float, float], scale: float | None = None) -> Paged:
    """A chart that is laid out over pages of a size. Everything stands where it stands in the window of the world.

    scale: of cards and words on the sheets; None for that of all type on a page of this size.
    """
    frame = framing.framed(size, foot_height=framing.LOW_FOOT)
    s = frame.type_scale if scale is None else scale
    scene = replace(world, frame=frame).scene(still=True)
    return Paged.of(scene, scale=s, overlap=OVERLAP * s, room=frame.map, measure=world.chart.measure)


def document(chart: OrgChart, folds: Folds = ALL_OPEN) -> Iterator[Scene]:
    """A chart for a file of several pages: the picture on one page; where that has no room for the names, the chart
    over pages at reading size too, folded so. Made page by page."""
    yield still(chart)
    if not chart.reads:
        yield from sheets(chart, folds).pages()


def sheets(chart: OrgChart, folds: Folds) -> Paged:
    """A chart over pages of its size, folded so."""
    options = chart.options
    return paged(ChartWorld.of(chart, options.size, folds, options.arrangement), options.size)
