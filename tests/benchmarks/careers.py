"""Figures of careers and timeline: chosen and laid out, set on a page, in a window, on another day."""

from __future__ import annotations

import os
from collections.abc import Callable

Show = Callable[..., None]
Median = Callable[..., float]
SIZE = (1920.0, 1080.0)


def careers(show: Show, median: Median) -> None:
    """All figures of them: the bundled dataset, then 1,000 and 10,000 people."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.files.registry import read_sound
    from app.places import bundled_dataset
    from tests.benchmarks.synthetic import dataset

    bundled, _ = read_sound(bundled_dataset())
    for name, data, factor in (
        ("bundled dataset", bundled, 1.0),
        ("1,000 people", dataset(3_300), 1.0),
        ("10,000 people", dataset(33_000), 2.0),
    ):
        _careers(show, median, name, data, factor)
        _timeline(show, median, name, data, factor)


def _careers(show: Show, median: Median, name: str, data: object, factor: float) -> None:
    from app.analysis.options import Options
    from app.domain.dataset import Dataset
    from app.pictures.careers import CareersOptions, CareersPicture
    from app.pictures.gathered import Gathered
    from app.pictures.shown_careers import CareersShown, made
    from app.render.image import png
    from app.render.theme import LIGHT
    from app.render.widths import measure
    from app.scene.camera import Camera

    assert isinstance(data, Dataset)
    gathered = Gathered.of(data, Options())
    options = CareersOptions(Options(), size=SIZE)

    def page() -> CareersPicture:
        return CareersPicture.of(data, options, measure, gathered)

    note = f"{len(page().order)} lines, the others counted"
    show(f"Careers on a page, {name}", median(page), 0.1 * factor, note)
    show(f"… its Scene, {name}", median(lambda: page().scene(still=False)) - median(page), 0.05)
    scene = page().scene()
    show(f"… PNG, {name}", median(lambda: png(scene, LIGHT)), 0.25)
    show(f"Careers in a window, {name}", median(lambda: made(gathered, measure, SIZE)), 0.05 * factor, "all in place")
    shown = made(gathered, measure, SIZE)
    cameras = iter(Camera(1.0, 0.0, -500.0 * (n % 9)) for n in range(1_000))

    def scrolled() -> None:
        there: CareersShown = shown.detailed(next(cameras))
        there.scene(None, "cumulative", 0.0)

    show(f"… the part that is seen, {name}", median(scrolled), 0.1, "off the main thread")
    days = iter(range(19_000, 20_000))
    shown.scene(None, "cumulative", 0.0)
    show(f"… another day, {name}", median(lambda: shown.scene(float(next(days)), "cumulative", 0.0), 20), 0.016)


def _timeline(show: Show, median: Median, name: str, data: object, factor: float) -> None:
    from app.analysis.options import Options
    from app.domain.dataset import Dataset
    from app.pictures.gathered import Gathered
    from app.pictures.shown_timeline import TimelineShown, made
    from app.render.widths import measure

    assert isinstance(data, Dataset)
    gathered = Gathered.of(data, Options())

    def timeline() -> TimelineShown:
        return made(gathered, measure, SIZE)

    note = f"{len(timeline().picture.happenings.events):,} events"
    show(f"Timeline laid out, {name}", median(timeline), 0.25 * factor, note)

    def whole() -> None:
        timeline().scene(None, "cumulative", 0.0)

    show(f"… with its Scene, {name}", median(whole), 0.3 * factor)
    shown, days = timeline(), iter(range(19_000, 20_000))
    shown.scene(None, "cumulative", 0.0)
    show(f"… another day, {name}", median(lambda: shown.scene(float(next(days)), "cumulative", 0.0), 20), 0.016)
