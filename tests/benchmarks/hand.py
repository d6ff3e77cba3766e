"""What the window answers to a hand: the pointer over a large picture, a step of the clock, a sorted table."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

Show = Callable[[str, float, float, str], None]
PLACES = 300
STEPS = 40


def report(show: Show) -> None:
    """Hover at 2,000 flows, a clock step on the bundled dataset, sorting and searching a million moves."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks import listing

    held = QApplication.instance() or QApplication([])
    hover(show)
    step(show)
    listing.report(show)
    del held


def hover(show: Show) -> None:
    """The pointer over a picture of 2,000 flows: what lies below it is found and painted."""
    import numpy as np
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QImage

    from app.analysis.options import Options
    from app.desktop.canvas import Canvas
    from app.pictures.flowmap import FlowMap, FlowMapOptions
    from app.pictures.shown import MapShown
    from app.render.widths import measure
    from app.session.clock import Clock
    from tests.benchmarks.synthetic import web

    options = FlowMapOptions(Options(), size=(1920.0, 1080.0), top=46, alone=False)
    picture = FlowMap.of(web(46, 2_000, 10_000), options, measure)
    canvas = Canvas()
    canvas.resize(1920, 1080)
    canvas.show_picture(MapShown(measure, picture))
    canvas.show_clock(Clock(picture.span[1], picture.span))
    while canvas._stills.busy:
        canvas._stills.step(1.0)
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    canvas.render(image)
    places = np.random.default_rng(1).uniform((40, 120), (1880, 960), (PLACES, 2))
    times = []
    for x, y in places.tolist():
        begin = time.perf_counter()
        canvas._set_hover(canvas.key_at(x, y), QPointF(x, y))
        canvas.render(image)
        times.append(time.perf_counter() - begin)
    canvas._card_timer.stop()
    canvas._timer.stop()
    canvas.close()
    worst = statistics.quantiles(times, n=20)[18]
    show("Hover, 95th percentile, 2,000 flows", worst, 0.016, f"median {statistics.median(times) * 1000:.1f} ms")


def step(show: Show) -> None:
    """A step of the clock on the bundled dataset: everything painted crisp again."""
    from PySide6.QtGui import QImage

    from app.desktop.canvas import Canvas
    from app.desktop.opening import prepare
    from app.pictures.shown import MapShown
    from app.render.widths import measure
    from app.session.clock import Clock

    picture = prepare(None, (1920, 900)).picture
    canvas = Canvas()
    canvas.resize(1920, 900)
    canvas.show_picture(MapShown(measure, picture))
    image = QImage(1920, 900, QImage.Format.Format_RGB32)
    days = picture.days[-STEPS:]
    times = []
    for day in days.tolist():
        begin = time.perf_counter()
        canvas.show_clock(Clock(float(day), picture.span))
        while canvas._stills.busy:
            canvas._stills.step(1.0)
        canvas.render(image)
        times.append(time.perf_counter() - begin)
    canvas._timer.stop()
    canvas.close()
    show("Step of the clock, bundled dataset", statistics.median(times), 0.05, "new Scene, painted whole")
