"""The tables of a million moves and of a million seats: the first screen, and every column sorted and searched for the
first time and again.

`python -m tests.benchmarks.listing`, or as a group of all benchmarks.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from app.analysis.options import Options
from app.pictures import listing, listing_seats
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.listing import Listing
from app.render.widths import measure
from tests.benchmarks.synthetic import dataset, seated

N_STINTS = 1_450_000
"""About a million moves: a stint less a person, and some that stay within one organization."""
N_SEATS = 1_000_000
SCREEN = 64
"""Rows that a tall window shows."""
MOST = 0.3


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def screen(made: Listing) -> None:
    """The texts of the first screen, as sorted by itself."""
    rows = np.arange(min(SCREEN, made.n))
    for column in range(len(made.columns)):
        made.texts(column, rows)
        made.marks(column, rows)


def report(show: Callable[[str, float, float, str], None]) -> None:
    """Every figure; the first look at a column makes what later ones keep."""
    picture = FlowMap.of(dataset(N_STINTS), FlowMapOptions(Options()), measure)
    _report(show, picture, (listing.moves, listing.people, listing.organizations))
    _report(show, FlowMap.of(seated(N_SEATS), FlowMapOptions(Options()), measure), (listing_seats.seats,))


def _report(
    show: Callable[[str, float, float, str], None],
    picture: FlowMap,
    makers: tuple[Callable[[FlowMap], Listing], ...],
) -> None:
    for make in makers:
        begin = time.perf_counter()
        made = make(picture)
        ready = time.perf_counter() - begin
        name = f"{made.n:,} {made.table}"
        show(f"Listing of {name}", ready, 0.1, "made, no text yet")
        show(f"… its first {SCREEN} rows", seconds(lambda m=made: screen(m)), 0.1, "")
        sorts = [
            (
                seconds(lambda m=made, c=c: m.sort_order(c)),
                seconds(lambda m=made, c=c: m.sort_order(c, descending=True)),
            )
            for c in range(len(made.columns))
        ]
        first, again = max(sorts)
        worst = made.columns[sorts.index((first, again))].name
        show("… sorted, slowest column", first, MOST, f"{worst}; again {again * 1000:.0f} ms")
        words = ("person 12", "organization 7", "2014-05", "nobody", "confirmed", "nowhere")
        searches = [(seconds(lambda m=made, t=t: m.matches(t)), t) for t in words]
        show("… searched, slowest words", max(searches)[0], MOST, f"“{max(searches)[1]}”")


if __name__ == "__main__":
    report(
        lambda name, took, target, note: print(
            f"| {name} | {took * 1000:8.1f} ms | ≤ {target * 1000:.0f} ms | {note} |"
        )
    )
