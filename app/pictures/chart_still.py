"""An organization chart as one page: fitted to it where every name can be read there, else the whole of the chart that
one zooms over, as far away as the page shows all of it; that too where it is seen larger so."""

from __future__ import annotations

from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_trees import DETAILS
from app.pictures.chart_world import ChartWorld
from app.pictures.orgchart import OrgChart
from app.scene.scene import Scene
from app.scene.viewed import through


def still(chart: OrgChart) -> Scene:
    """The picture of a chart for a file."""
    if not len(chart.boxes) or (chart.fits_page and chart.reads):
        return chart.scene()
    world = ChartWorld.of(chart, chart.options.size, Folds(DEEPEST), chart.options.arrangement)
    if chart.fits_page and world.home.scale * DETAILS[0].width <= chart.box_width:
        return chart.scene()
    frame = world.frame
    bands = [(0.0, 0.0, frame.width, frame.header_height + 2)]
    if frame.foot is not None:
        bands.append((0.0, frame.foot[1] - 1, frame.width, frame.height))
    return through(world.scene(still=True), world.home, bands, 1.0)
