"""Figures of matrices and chord pictures: how long their orders take and how good they are; whole pictures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.domain.dataset import Dataset
from app.layout import chord_order, matrix
from app.layout.matrix import Floats, Positions

Show = Callable[..., None]
Median = Callable[..., float]
GENERATED = ((20, 40, 0.05, 0.05), (200, 400, 0.3, 1.0), (2_000, 4_000, 6.0, 20.0))
"""Nodes and links of generated inputs; seconds for the order of a matrix and for that of a circle."""


def made(n: int, n_links: int, *, seed: int = 20) -> tuple[Positions, Floats]:
    """Links and weights, the same on every machine: each node has a hidden group, in which four of five links stay;
    few are heavy, most are light."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, max(n // 8, 2), n)
    start = rng.integers(0, n, n_links)
    end = rng.integers(0, n, n_links)
    for link in np.flatnonzero(rng.random(n_links) < 0.8).tolist():
        near = np.flatnonzero(group == group[start[link]])
        end[link] = near[rng.integers(0, len(near))]
    weight = np.minimum(np.ceil(rng.pareto(1.3, n_links) * 2 + 1e-9), 200.0)
    return np.stack([start, end], axis=1).astype(np.intp), weight


def report(show: Show, median: Median) -> None:
    """All figures of it."""
    from app.files.registry import read
    from app.places import bundled_dataset
    from tests.analysis.openstack import openstack
    from tests.benchmarks.synthetic import dataset

    for n, n_links, line, circle in GENERATED:
        _generated(show, median, n, n_links, (line, circle))
    for name, data, target in (
        ("bundled dataset", read(bundled_dataset()), 0.4),
        ("OpenStack sample", openstack(), 0.4),
        ("1M stints", dataset(1_000_000), 6.0),
    ):
        _pictures(show, median, name, data, target)
    for n_stints, n_organizations in ((100_000, 1_000), (1_000_000, 1_000), (1_000_000, 2_000)):
        _heat(show, median, dataset(n_stints, n_organizations))


def _generated(show: Show, median: Median, n: int, n_links: int, targets: tuple[float, float]) -> None:
    links, weight = made(n, n_links)
    weights = matrix.together(n, links, weight)
    shuffled = np.random.default_rng(7).permutation(n)
    runs = 1 if n > 1_000 else 5
    found = matrix.order(weights)
    share = matrix.cost(weights, found) / matrix.cost(weights, shuffled)
    note = f"length {share:.3f} of that of a random order"
    show(f"Order of a matrix, {n:,} nodes", median(lambda: matrix.order(weights), runs), targets[0], note)
    around = chord_order.order(n, links, weight)
    first, last, chance = (_share(weights, some) for some in (found, around, shuffled))
    note = f"crossings {last:.1f} ‰; {first:.1f} in the order of the matrix, {chance:.0f} in a random one"
    show(f"… of a circle, {n:,} nodes", median(lambda: chord_order.order(n, links, weight), runs), targets[1], note)


def _heat(show: Show, median: Median, data: Dataset) -> None:
    """A heat map of all organizations at 1920 × 1080: made, and its image of a day set anew."""
    from PySide6.QtWidgets import QApplication

    from app.analysis.options import Options
    from app.desktop.charts.heatmap import HeatMap
    from app.pictures.gathered import Gathered
    from app.pictures.shown_heat import heat
    from app.render.widths import measure

    running = QApplication.instance() or QApplication([])
    name = f"{data['organizations'].height:,} organizations, {data['stints'].height:,} stints"
    gathered = Gathered.of(data, Options())
    shown = heat(gathered, (1920.0, 1080.0), measure)
    made = median(lambda: heat(gathered, (1920.0, 1080.0), measure), 1)
    show(f"Heat map, {name}", made, 1.5, f"{shown.picture.exchange.n_pairs:,} pairs")
    chart = HeatMap()
    chart.resize(1860, 800)
    chart.show_picture(shown)
    days = iter(range(gathered.as_of - 6_000, gathered.as_of, 100))
    show(f"… its image on another day, {name}", median(lambda: chart.show_moment(float(next(days)), None), 9), 0.016)
    show(f"… painted, {name}", median(chart.grab, 9), 0.016)
    assert running is not None  # the chart lives as long as it does


def _share(weights: Floats, order: Positions) -> float:
    """Thousandths of all pairs of chords, by weight, that cross."""
    chords = np.triu(weights).ravel()
    pairs = (chords.sum() ** 2 - (chords**2).sum()) / 2
    return 1000 * chord_order.crossings(weights, order) / max(pairs, 1.0)


def _pictures(show: Show, median: Median, name: str, data: Dataset, target: float) -> None:
    """Both pictures at 1920 × 1080: moves, order, layout; then the Scene of a day."""
    from app.analysis.options import Options
    from app.pictures.chord import Chord
    from app.pictures.exchange import ExchangeOptions
    from app.pictures.matrix import Matrix
    from app.render.widths import measure

    _ = data.index
    size, runs = (1920.0, 1080.0), 1 if target > 1 else 3
    for noun, kind in (("Matrix", Matrix), ("Chord picture", Chord)):
        options = ExchangeOptions(Options(), size)
        picture = kind.of(data, options, measure)
        note = f"{picture.exchange.n_pairs:,} pairs"
        show(f"{noun}, {name}", median(lambda k=kind, o=options: k.of(data, o, measure), runs), target, note)
        day = float(picture.gathered.as_of - 300)
        picture.scene(day, still=False)
        show(f"… its Scene on a day, {name}", median(lambda p=picture, d=day: p.scene(d, still=False), runs), 0.05)
