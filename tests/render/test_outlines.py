"""Outlines written short are the same outlines, as near as a twentieth of a pixel; circles are round."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.outlines import line_path, short_path

SIDES = st.floats(-3000, 3000, allow_nan=False).map(lambda value: round(value, 2))
POINTS = st.tuples(SIDES, SIDES)
NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")


def places(d: str) -> list[tuple[float, float]]:
    """The points of an outline of M, l, c, z, absolute, in order."""
    found: list[tuple[float, float]] = []
    for letter, numbers in re.findall("([Mlcz])([^Mlcz]*)", d):
        values = [float(number) for number in NUMBER.findall(numbers)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        n_each = 3 if letter == "c" else 1
        for first in range(0, len(pairs), n_each):
            x, y = (0.0, 0.0) if letter == "M" else found[-1]
            found += [(x + dx, y + dy) for dx, dy in pairs[first : first + n_each]]
    return found


@given(POINTS, st.lists(st.one_of(POINTS.map(lambda p: [p]), st.lists(POINTS, min_size=3, max_size=3)), max_size=30))
def test_no_place_is_further_away_than_rounding_and_errors_do_not_add_up(start, parts) -> None:
    d = "M{},{}".format(*start)
    for part in parts:
        d += ("L" if len(part) == 1 else "C") + " ".join(f"{x},{y}" for x, y in part)
    wanted = [start, *(point for part in parts for point in part)]
    got = places(short_path(f"{d}Z"))
    assert len(got) == len(wanted)
    assert np.abs(np.array(got) - np.array(wanted)).max() <= 0.0501
    assert short_path(f"{d}Z").endswith("z")


def test_an_outline_in_several_parts_begins_each_at_its_place() -> None:
    assert short_path("M1,2L3.04,4 5,4M10,10L9.5,9.75Z") == "M1 2l2 2 2 0M10 10l-.5-.2z"


def ring(x: float, y: float, radius: float, begin: float, turn: float, n: int) -> str:
    angles = [begin + turn * i / n for i in range(n + 1)]
    return " ".join(f"{x + radius * math.cos(a):.2f},{y + radius * math.sin(a):.2f}" for a in angles)


@pytest.mark.parametrize("turn", [2 * math.pi, -2 * math.pi, 6.0, 3.3, -3.0, 2.0])
@given(st.floats(5, 200), st.floats(0, 6))
def test_points_on_a_circle_are_arcs_that_pass_through_all_of_them(turn, radius, begin) -> None:
    wanted = ring(400, 300, radius, begin, turn, 40)
    points = [tuple(map(float, pair.split(","))) for pair in wanted.split()]
    at, (x, y) = 0, points[0]
    for written, onward, *end in re.findall(r"A([\d.]+),\1 0 0 ([01]) ([\d.-]+),([\d.-]+)", line_path(wanted)):
        r, to = float(written), tuple(map(float, end))
        half_x, half_y = (to[0] - x) / 2, (to[1] - y) / 2
        height = math.sqrt(r * r - half_x**2 - half_y**2) / math.hypot(half_x, half_y)
        side = 1 if onward == "1" else -1
        center = x + half_x - side * half_y * height, y + half_y + side * half_x * height
        assert (onward == "1") == (turn > 0)
        stop = points.index(to, at + 1)
        assert all(abs(math.dist(center, point) - r) < 0.06 for point in points[at : stop + 1])
        at, (x, y) = stop, to
    assert at == len(points) - 1


@pytest.mark.parametrize(
    "points",
    [
        "0,0 10,0 20,0 30,0 40,0 50,0 60,0 70,0",
        "0,0 10,0 10,10 0,10",
        ring(0, 0, 50, 0, 6, 5),
        "0,0 1,9 2,0 3,9 4,0 5,9 6,0",
    ],
)
def test_what_is_no_circle_stays_a_line(points) -> None:
    assert "A" not in line_path(points)
