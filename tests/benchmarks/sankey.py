"""Figures of Sankeys: how long an order of layers takes, and how much of it crosses; whole pictures."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.domain.dataset import Dataset
from app.layout.layer_order import crossing_share, first_order, improved
from app.layout.layering import layered
from tests.benchmarks.layered import Links, made

Show = Callable[..., None]
Median = Callable[..., float]
GENERATED = (
    (20, 4, 40, 0.15, 2.0),
    (200, 6, 400, 0.15, 2.0),
    (1_000, 8, 2_000, 0.15, 2.0),
    (2_000, 10, 4_000, 0.3, 4.0),
    (10_000, 12, 20_000, 1.0, 10.0),
)
"""Nodes, layers and links of generated inputs; seconds for the first order and for all that improves it."""


def report(show: Show, median: Median) -> None:
    """All figures of it."""
    from app.files.registry import read
    from app.places import bundled_dataset
    from tests.analysis.openstack import openstack
    from tests.benchmarks.synthetic import dataset

    for n, n_layers, n_links, first, whole in GENERATED:
        _generated(show, median, made(n, n_layers, n_links), (first, whole))
    for name, data, target in (
        ("bundled dataset", read(bundled_dataset()), 0.4),
        ("OpenStack sample", openstack(), 0.4),
        ("1M stints", dataset(1_000_000), 6.0),
    ):
        _pictures(show, median, name, data, target)


def _generated(show: Show, median: Median, links: Links, targets: tuple[float, float]) -> None:
    layering = layered(links.n, links.links, links.weight)
    order = first_order(layering)
    name = f"{links.n:,} nodes, {len(links.weight):,} links"
    crossed = crossing_share(layering, order.position, links.weight) * 1000
    show(f"First order, {name}", median(lambda: first_order(layering)), targets[0], f"crossings {crossed:.1f} ‰")
    begin = last = time.perf_counter()
    waits = []
    for better in improved(layering, order):
        order = better
        waits.append(time.perf_counter() - last)
        last = time.perf_counter()
    crossed = crossing_share(layering, order.position, links.weight) * 1000
    note = f"crossings {crossed:.1f} ‰; to be cancelled every {max(waits) * 1000:.0f} ms"
    show(f"… improved, {name}", last - begin, targets[1], note)


def _pictures(show: Show, median: Median, name: str, data: Dataset, target: float) -> None:
    """Both pictures at 1920 × 1080: moves, layout, one Scene; then the Scene of a day."""
    from app.analysis.options import Options
    from app.pictures.alluvial import Alluvial, AlluvialOptions
    from app.pictures.sankey import Sankey, SankeyOptions
    from app.render.widths import measure

    _ = data.index
    size, runs = (1920.0, 1080.0), 1 if target > 1 else 3
    for noun, make in (
        ("Sankey", lambda: Sankey.of(data, SankeyOptions(Options(), size), measure)),
        ("Alluvial picture", lambda: Alluvial.of(data, AlluvialOptions(Options(), size), measure)),
    ):
        picture = make()
        weight = picture.bands.people.astype(float)
        crossed = crossing_share(picture.layering, picture.layout.order.position, weight) * 1000
        note = f"{picture.bands.n_bands:,} bands, crossings {crossed:.1f} ‰"
        show(f"{noun}, {name}", median(make, runs), target, note)
        day = float(picture.gathered.as_of - 300)
        show(f"… its Scene on a day, {name}", median(lambda p=picture, d=day: p.scene(d, still=False), runs), 0.05)
