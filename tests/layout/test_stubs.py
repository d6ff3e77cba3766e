"""Stubs take the widest free angle, in and out side by side, and keep to the right like flows."""

from __future__ import annotations

import numpy as np
import pytest

from app.layout import stubs
from app.layout.raster import Ground

FRAME = np.array([0.0, 0.0, 400.0, 400.0])
MIDDLE = np.array([200.0, 200.0])
HERE, RADII = np.array([[200.0, 200.0]]), np.array([20.0])


def angle_of(axis: np.ndarray) -> float:
    """Degrees clockwise from the right at which a stub leaves its node."""
    far = axis[0] if np.hypot(*(axis[0] - HERE[0])) > np.hypot(*(axis[1] - HERE[0])) else axis[1]
    return float(np.degrees(np.arctan2(*(far - HERE[0])[::-1])) % 360)


def test_a_stub_takes_the_middle_of_the_free_angle() -> None:
    ground = Ground(FRAME, 2.0)
    # everything but a wedge about "down" is taken
    ground.add_boxes(np.array([[0.0, 0.0, 400.0, 210.0], [0.0, 0.0, 170.0, 400.0], [230.0, 0.0, 170.0, 400.0]]))
    axes = stubs.place_stubs(HERE, RADII, np.array([[4.0, 4.0]]), MIDDLE, ground)
    assert angle_of(axes[0, 0]) == pytest.approx(90.0, abs=6)
    assert (axes[0, 0] == axes[0, 1][::-1]).all(), "one axis, travelled both ways"
    lengths = np.hypot(*(axes[0, :, 1] - axes[0, :, 0]).T)
    assert ((lengths >= 24) & (lengths <= 30)).all()


def test_in_leads_to_the_node_and_out_away_from_it() -> None:
    axes = stubs.place_stubs(HERE, RADII, np.array([[4.0, 6.0]]), MIDDLE, Ground(FRAME, 2.0))
    distance = np.hypot(*(axes[0] - HERE[0]).transpose(2, 0, 1))
    assert distance[0, 1] == pytest.approx(24.0), "4 px clear of the rim"
    assert distance[1, 0] == pytest.approx(24.0)
    assert distance[0, 0] > 40
    assert distance[1, 1] > 40


def test_without_people_there_is_no_stub() -> None:
    axes = stubs.place_stubs(
        np.tile(HERE, (2, 1)), np.tile(RADII, 2), np.array([[0.0, 4.0], [0.0, 0.0]]), MIDDLE, Ground(FRAME, 2.0)
    )
    assert np.isnan(axes[0, 0]).all()
    assert np.isfinite(axes[0, 1]).all()
    assert np.isnan(axes[1]).all()
    assert stubs.place_stubs(np.zeros((0, 2)), np.zeros(0), np.zeros((0, 2)), MIDDLE, Ground(FRAME, 2.0)).shape == (
        0,
        2,
        2,
        2,
    )


def test_two_narrow_gaps_take_one_arrow_each() -> None:
    ground = Ground(FRAME, 1.0)
    ground.add_boxes(np.array([[0.0, 0.0, 400.0, 400.0]]))
    ground.add_boxes(np.array([[186.0, 0.0, 28.0, 400.0]]), 0.0)
    axes = stubs.place_stubs(HERE, RADII, np.array([[12.0, 12.0]]), MIDDLE, ground)
    assert {round(angle_of(a) / 90) for a in axes[0]} == {1, 3}


def test_where_everything_solid_is_in_the_way_there_is_none() -> None:
    ground = Ground(FRAME, 2.0)
    ground.add_boxes(FRAME[None], stubs.SOLID)
    assert np.isnan(stubs.place_stubs(HERE, RADII, np.array([[4.0, 4.0]]), MIDDLE, ground)).all()


def test_counts_stand_beyond_the_far_ends_and_clear_of_the_arrows() -> None:
    widths = np.array([[6.0, 6.0]])
    axes = stubs.place_stubs(HERE, RADII, widths, MIDDLE, Ground(FRAME, 2.0))
    places = stubs.count_candidates(axes, widths, np.full((1, 2, 2), 10.0))
    assert places.shape == (1, 2, stubs.COUNT_PLACES, 4)
    centres = places[0, :, 0, :2] + 5
    assert (np.hypot(*(centres - HERE[0]).T) > 48).all()
    arrows = stubs.boxes_round(axes, widths)
    assert len(arrows) == 2 * stubs.PIECES
    apart = (places[0, :, None, 0, :2] >= arrows[:, :2] + arrows[:, 2:]) | (
        places[0, :, None, 0, :2] + 10 <= arrows[:, :2]
    )
    assert apart.any(axis=2).all()


def test_a_stub_keeps_its_side_until_much_of_the_ground_there_is_taken() -> None:
    widths = np.array([[4.0, 4.0]])
    lower = Ground(FRAME, 2.0)
    lower.add_boxes(np.array([[0.0, 0.0, 400.0, 210.0], [0.0, 0.0, 170.0, 400.0], [230.0, 0.0, 170.0, 400.0]]))
    down = stubs.place_stubs(HERE, RADII, widths, MIDDLE, lower)
    free = Ground(FRAME, 2.0)
    assert angle_of(stubs.place_stubs(HERE, RADII, widths, MIDDLE, free)[0, 0]) != pytest.approx(90.0, abs=6)
    kept = stubs.place_stubs(HERE, RADII, widths, MIDDLE, Ground(FRAME, 2.0), kept=down)
    assert (kept == down).all()
    larger = stubs.place_stubs(HERE, RADII + 2, widths, MIDDLE, Ground(FRAME, 2.0), kept=down)
    assert angle_of(larger[0, 0]) == pytest.approx(angle_of(down[0, 0]))
    taken = Ground(FRAME, 2.0)
    taken.add_boxes(np.array([[150.0, 215.0, 100.0, 100.0]]))
    turned = stubs.place_stubs(HERE, RADII, widths, MIDDLE, taken, kept=down)
    assert angle_of(turned[0, 0]) != pytest.approx(90.0, abs=30)
