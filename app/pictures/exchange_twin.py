"""The text twins of a matrix, a heat map and a chord picture: organizations and flows in words, as of a day.

Marks come in the order of the whole span, whatever the day, and only their figures count what has happened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app.domain.index import Ints
from app.layout.chord import towards
from app.pictures import wording
from app.pictures.chord import Chord
from app.pictures.exchange import Exchange
from app.pictures.heat import Heat
from app.pictures.matrix import Matrix
from app.pictures.traffic import STRONG_FIRST
from app.scene import motion as moving
from app.scene.motion import Mode
from app.scene.scene import Scene
from app.scene.twin import Kind, Point, Rectangle, Twin, TwinMark

Box = Callable[[int], Rectangle]
Line = Callable[[int], tuple[Rectangle, Point, Point, Point]]
"""What a pair covers, its middle, where it leaves and where it lands."""

MOST_FLOWS = 1_000
"""Flows of a heat map that are told, the largest; thousands more would be read by nobody."""


def of_matrix(
    picture: Matrix, scene: Scene, day: float | None = None, *, mode: Mode = "cumulative", window: float = 183.0
) -> Twin:
    """The twin of `picture.scene(day, mode=mode, window=window)`, which is the scene to hand over. An organization is
    where its row and its column meet."""
    grid = picture.grid

    def box(place: int) -> Rectangle:
        n = int(grid.place[place])
        return float(grid.x[n]), float(grid.y[n]), grid.width, grid.height

    def line(pair: int) -> tuple[Rectangle, Point, Point, Point]:
        ends = (ends[pair : pair + 1] for ends in (picture.exchange.origin, picture.exchange.destination))
        x, y = grid.corner(*ends)[0].tolist()
        middle = (x + grid.width / 2, y + grid.height / 2)
        return (x, y, grid.width, grid.height), middle, (float(grid.x[0]), middle[1]), (middle[0], float(grid.y[0]))

    return _twin(
        picture.exchange, scene, np.arange(picture.exchange.n_pairs), box, line, _days(picture, day, mode, window)
    )


def of_heat(
    picture: Heat, scene: Scene, day: float | None = None, *, mode: Mode = "cumulative", window: float = 183.0
) -> Twin:
    """The twin of a heat map on a day, with as many of the largest flows as are told, and how many more there are. The
    window that paints it says where its cells are; here each stands where it would if all were in sight."""
    exchange, (left, top, w, h) = picture.exchange, picture.frame.map
    n = max(exchange.n_places, 1)

    def box(place: int) -> Rectangle:
        at = int(picture.rank[place])
        return left + w * at / n, top + h * at / n, w / n, h / n

    def line(pair: int) -> tuple[Rectangle, Point, Point, Point]:
        x, y = left + w * int(picture.column[pair]) / n, top + h * int(picture.row[pair]) / n
        middle = (x + w / n / 2, y + h / n / 2)
        return (x, y, w / n, h / n), middle, (left, middle[1]), (middle[0], top)

    largest = np.argsort(-exchange.people, kind="stable")
    told = _twin(exchange, scene, largest[:MOST_FLOWS], box, line, _days(picture, day, mode, window))
    more = int(np.count_nonzero(exchange.people[largest[MOST_FLOWS:]]))
    return replace(told, lines=(*told.lines, f"and {more:,} smaller flows")) if more else told


def of_chord(
    picture: Chord, scene: Scene, day: float | None = None, *, mode: Mode = "cumulative", window: float = 183.0
) -> Twin:
    """The twin of `picture.scene(day, mode=mode, window=window)`, which is the scene to hand over. Moves among others,
    which have no chord, are only in the totals of these."""
    placed, round_ = picture.layout, picture.prepared.circle

    def box(place: int) -> Rectangle:
        middle = towards((placed.begin[place] + placed.end[place]) / 2)
        x, y = (np.array(round_.centre) + middle * (round_.radius + round_.breadth / 2)).tolist()
        half = round_.breadth
        return x - half, y - half, 2 * half, 2 * half

    chord = np.arange(len(picture.pair))
    number = {int(pair): n for n, pair in enumerate(picture.pair)}
    outlines = placed.bodies(chord, np.zeros(len(chord)), np.ones(len(chord)))
    low, high = outlines.min(axis=1), outlines.max(axis=1)
    lines = placed.lines(chord, np.full(len(chord), 0.5))

    def line(pair: int) -> tuple[Rectangle, Point, Point, Point]:
        n = number[pair]
        (x0, y0), (x1, y1) = low[n].tolist(), high[n].tolist()
        start, middle, end = ((float(x), float(y)) for x, y in lines[n, [0, lines.shape[1] // 2, -1]])
        return (x0, y0, x1 - x0, y1 - y0), middle, start, end

    return _twin(picture.exchange, scene, picture.pair, box, line, _days(picture, day, mode, window))


def _days(
    picture: Matrix | Chord | Heat, day: float | None, mode: Mode, window: float
) -> tuple[float | None, float | None]:
    """The day that a scene shows, and after which day it counts."""
    at = picture.gathered.clock if day is None else day
    return at, moving.since(at, mode, window)


def _twin(
    exchange: Exchange,
    scene: Scene,
    pairs: np.ndarray[tuple[int], np.dtype[np.intp]],
    box: Box,
    line: Line,
    days: tuple[float | None, float | None],
) -> Twin:
    people = exchange.shown(*days)
    joined, left = exchange.totals(people)
    whole = np.add(*exchange.totals(exchange.people))
    order = np.lexsort((np.arange(exchange.n_places), -whole))
    drawn = pairs[exchange.people[pairs] > 0]
    order = order[np.isin(order, [exchange.origin[drawn], exchange.destination[drawn]])]
    rank = np.argsort(np.concatenate([order, np.setdiff1d(np.arange(exchange.n_places), order)]))
    marks = []
    for place in order.tolist():
        x, y, w, h = around = box(place)
        at = (x + w / 2, y + h / 2)
        code = int(exchange.codes[place])
        full, name = exchange.gathered.names[code] if code >= 0 else "", exchange.name(place)
        told = [full if full != name else "", f"{joined[place]:,} in, {left[place]:,} out"]
        told.append(_largest(exchange, people, place))
        moved = int(joined[place] + left[place])
        about = "; ".join(part for part in told if part)
        marks.append(TwinMark(exchange.key(place), Kind.ORGANIZATION, name, about, around, at, at, at, moved))
    drawn = drawn[
        np.lexsort((rank[exchange.destination[drawn]], -exchange.people[drawn], rank[exchange.origin[drawn]]))
    ]
    lanes = exchange.lanes(*days)
    for pair in drawn.tolist():
        a, b = int(exchange.origin[pair]), int(exchange.destination[pair])
        n = int(people[pair])
        name = f"{exchange.name(a)} to {exchange.name(b)}, {wording.people(n)}{' net' if exchange.net else ''}"
        certain = ", ".join(f"{k:,} {word}" for k, word in zip(lanes[pair].tolist(), STRONG_FIRST, strict=True) if k)
        gross = int(exchange.bands.people[pair])
        about = f"{gross:,} went, {gross - n:,} the other way" if exchange.net else certain
        spot = line(pair)
        marks.append(
            TwinMark(exchange.pair_key(pair), Kind.FLOW, name, about, *spot, n, exchange.key(a), exchange.key(b))
        )
    header = scene.header
    return Twin(header.title, header.lines, tuple(marks))


def _largest(exchange: Exchange, people: Ints, place: int) -> str:
    """`most to Meta, 13 people`; of equal ones the departing, then the first; blank where nobody moved."""
    most, told = 0, ""
    for here, there, word in (
        (exchange.origin, exchange.destination, "to"),
        (exchange.destination, exchange.origin, "from"),
    ):
        own = np.flatnonzero(here == place)
        if len(own) and people[own].max() > most:
            pair = own[int(people[own].argmax())]
            most = int(people[pair])
            told = f"most {word} {exchange.name(int(there[pair]))}, {wording.people(most)}"
    return told
