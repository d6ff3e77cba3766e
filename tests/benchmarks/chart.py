"""Figures of the organization chart: layout, everything unfolded on screen, pan and zoom."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

Show = Callable[..., None]
Median = Callable[..., float]
SIZE = (1920, 1000)


def chart(show: Show, median: Median) -> None:
    """All figures of it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    held = QApplication.instance() or QApplication([])
    for n, target in ((10_000, 0.02), (100_000, 0.2)):
        _layout(show, median, n, target)
    for n, target in ((10_000, 0.1), (100_000, 0.5)):
        _unfolded(show, n, target)
    _carried(show, median, 100_000)
    _stepped(show, median)
    del held


def _layout(show: Show, median: Median, n: int, target: float) -> None:
    import numpy as np

    from app.layout.tree import tidy

    parent = np.array([-1, *((k - 1) // 8 for k in range(1, n))])
    sizes = np.full((n, 2), (222.0, 52.0))
    show(f"Tidy tree of {n:,} boxes", median(lambda: tidy(parent, sizes, (12.0, 40.0))), target)


def _unfolded(show: Show, n: int, target: float) -> None:
    """From the wish to see all levels to everything painted; then frames of panning and zooming."""
    from PySide6.QtGui import QImage

    from app.analysis.options import Options
    from app.desktop import camera as moves
    from app.desktop.canvas import Canvas
    from app.desktop.pictureview import SLICE
    from app.pictures.chart_folds import DEEPEST, Folds
    from app.pictures.chart_world import ChartWorld
    from app.pictures.orgchart import OrgChart, OrgChartOptions
    from app.pictures.shown_seats import ChartShown
    from app.render.widths import measure
    from tests.pictures.crews import crew

    data, size = crew(n), (float(SIZE[0]), float(SIZE[1]))
    begin = time.perf_counter()
    made = OrgChart.of(data, OrgChartOptions(Options(), size=size), measure)
    _ = made.boxes
    show(
        f"Structure of {n:,} seats on a day", time.perf_counter() - begin, target * 3, "off the main thread, once a day"
    )
    canvas = Canvas()
    canvas.resize(*SIZE)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    first = ChartShown.of(measure, ChartWorld.of(made, size, Folds()), None)
    canvas.show_picture(first, first.home)
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        shown = ChartShown.of(measure, ChartWorld.of(made, size, Folds(DEEPEST)), None)
        canvas.show_picture(shown, shown.home)
        while canvas._stills.busy:
            canvas._stills.step(1.0)
        canvas.render(image)
        times.append(time.perf_counter() - begin)
    show(
        f"All of {n:,} boxes on screen after unfolding", statistics.median(times), target, "laid out and painted whole"
    )
    frames = []
    for k in range(240):  # pan, then zoom in to a hundred times and out again
        begin = time.perf_counter()
        if k < 80:
            canvas.set_camera(moves.panned(canvas.camera, 3.0, 1.0))
        else:
            canvas.zoom(1.06 if k < 160 else 1 / 1.06, canvas.rect().center().toPointF())
        canvas._stills.step(SLICE)
        canvas.render(image)
        frames.append(time.perf_counter() - begin)
    canvas._timer.stop()
    canvas.minimap.close_down()
    canvas.close()
    worst = statistics.quantiles(frames, n=20)[18]
    note = f"median {statistics.median(frames) * 1000:.1f} ms, longest {max(frames) * 1000:.0f} ms"
    show(f"Pan and zoom at {n:,} boxes, 95th percentile of frames", worst, 0.016, note)


def _carried(show: Show, median: Median, n: int) -> None:
    """A card is taken up and carried over others, everything unfolded."""
    from itertools import count

    from PySide6.QtCore import QPointF

    from app.analysis.options import Options
    from app.desktop.canvas import Canvas
    from app.pictures.chart_folds import DEEPEST, Folds
    from app.pictures.chart_world import ChartWorld
    from app.pictures.orgchart import OrgChart, OrgChartOptions
    from app.pictures.shown_seats import ChartShown
    from app.render.widths import measure
    from app.scene.camera import Camera
    from tests.pictures.crews import crew

    size = (float(SIZE[0]), float(SIZE[1]))
    made = OrgChart.of(crew(n), OrgChartOptions(Options(), size=size), measure)
    world = ChartWorld.of(made, size, Folds(DEEPEST))
    x, y, w, h = world.plan.spots[1][n // 2].tolist()
    camera = Camera(1.0, size[0] / 2 - x - w / 2, size[1] / 2 - y - h / 2)
    canvas, middle, steps = Canvas(), QPointF(size[0] / 2, size[1] / 2), count()
    canvas.resize(*SIZE)
    canvas.show_picture(ChartShown.of(measure, world, camera), camera)
    key = canvas.key_at(middle.x(), middle.y())
    taken = median(lambda: canvas.dragging.begin(key, middle))
    show(f"A card of {n:,} is taken up", taken, 0.05, "lawful targets of all, the ghost")
    canvas.dragging.begin(key, middle)
    carried = median(lambda: canvas.dragging.move(middle + QPointF(float(next(steps) % 400), 0.0)))
    show("… and carried on", carried, 0.008, "a move of the pointer")
    canvas.dragging.end()
    canvas._timer.stop()
    canvas.minimap.close_down()
    canvas.close()


def _stepped(show: Show, median: Median) -> None:
    """Another day of the bundled dataset, as while time plays."""
    from app.analysis.options import Options
    from app.files.registry import read_sound
    from app.pictures.chart_folds import Folds
    from app.pictures.chart_world import ChartWorld
    from app.pictures.gathered import Gathered
    from app.pictures.orgchart import OrgChart, OrgChartOptions
    from app.pictures.shown_seats import ChartShown
    from app.places import bundled_dataset
    from app.render.widths import measure

    data, _ = read_sound(bundled_dataset())
    gathered = Gathered.of(data, Options())
    size = (float(SIZE[0]), float(SIZE[1]))
    days = iter(range(20_300, 20_400))

    def step() -> None:
        now = gathered.on(next(days))
        made = OrgChart.of(data, OrgChartOptions(now.options, size=size), measure, now)
        ChartShown.of(measure, ChartWorld.of(made, size, Folds()), None)

    show("Chart of another day, bundled dataset", median(step), 0.05, "off the main thread")
