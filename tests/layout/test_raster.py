"""Painted ground: what a box would cover."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.layout.raster import Ground

FRAME = np.array([100.0, 50.0, 80.0, 40.0])
LINE = np.array([[[100.0, 70.0], [120.0, 70.0], [160.0, 70.0], [180.0, 70.0]]])


def boxes(*rows: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(rows, dtype=np.float64)


def test_a_box_covers_its_share_of_a_painted_box() -> None:
    ground = Ground(FRAME, 4.0)
    ground.add_boxes(boxes((120, 62, 20, 8)))
    assert ground.cover(boxes((120, 62, 20, 8), (130, 62, 20, 8), (110, 62, 11, 4), (100, 50, 10, 10))).tolist() == [
        160.0,
        80.0,
        4.0,
        0.0,
    ]


def test_painting_twice_counts_once_and_boxes_outside_count_nothing() -> None:
    ground = Ground(FRAME, 4.0)
    ground.add_boxes(boxes((120, 62, 20, 8), (120, 62, 20, 8), (500, 500, 10, 10), (np.nan, 0, 1, 1)))
    assert ground.cover(FRAME) == 160.0
    assert ground.cover(np.array([0.0, 0.0, 1000.0, 1000.0])) == 160.0


def test_a_ribbon_takes_the_ground_on_its_right() -> None:
    ground = Ground(FRAME, 2.0)
    ground.add_ribbons(LINE, np.array([[0.0, 1.0]]), np.array([1.0]), np.array([6.0]))
    assert ground.cover(np.array([100.0, 71.0, 80.0, 6.0])) > 0.9 * 480
    assert ground.cover(np.array([100.0, 50.0, 80.0, 20.0])) == 0.0


def test_a_disc_takes_about_its_area() -> None:
    ground = Ground(FRAME, 1.0)
    ground.add_discs(np.array([[140.0, 70.0]]), np.array([15.0]))
    assert abs(ground.cover(FRAME) / (np.pi * 225) - 1) < 0.02


def test_a_copy_is_painted_on_its_own() -> None:
    ground = Ground(FRAME, 4.0)
    copy = ground.copy()
    copy.add_boxes(FRAME[None])
    assert ground.cover(FRAME) == 0.0
    assert copy.cover(FRAME) == 3200.0


@given(st.floats(-50, 300), st.floats(-50, 200), st.floats(0, 100), st.floats(0, 100))
def test_cover_is_the_sum_of_its_halves(x: float, y: float, w: float, h: float) -> None:
    ground = Ground(FRAME, 4.0)
    ground.add_discs(np.array([[140.0, 70.0], [110.0, 60.0]]), np.array([15.0, 9.0]))
    whole = ground.cover(np.array([x, y, w, h]))
    halves = ground.cover(boxes((x, y, w / 2, h), (x + w / 2, y, w / 2, h))).sum()
    assert np.isclose(whole, halves, atol=1e-6)
    assert -1e-6 <= whole <= w * h + 1e-6
