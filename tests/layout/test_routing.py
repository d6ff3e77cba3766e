"""Flows bow round nodes, share one centre line with the way back, and end clear of the rims."""

from __future__ import annotations

import numpy as np
import pytest

from app.layout import curves as cv
from app.layout import quality, routing

FRAME = np.array([0.0, 0.0, 800.0, 600.0])


def route(
    xy: np.ndarray, radii: np.ndarray, ends: list[tuple[int, int]], width: float = 10.0
) -> tuple[np.ndarray, np.ndarray]:
    pairs = routing.Pairs(np.array(ends, dtype=np.intp).reshape(-1, 2), np.full((len(ends), 2), width))
    router = routing.Router(xy, radii, pairs, FRAME)
    bows = router.repaired(router.choose())
    return bows, routing.centre_lines(xy, radii, pairs.ends, bows)


def violations(
    lines: np.ndarray, ends: list[tuple[int, int]], xy: np.ndarray, radii: np.ndarray, margin: float
) -> np.ndarray:
    """Both directions of every pair against every unrelated node."""
    curves = np.concatenate((lines, cv.reversed_curves(lines)))
    flows = np.concatenate((np.array(ends), np.array(ends)[:, ::-1]))
    widths = np.full(len(curves), 10.0)
    span, _ = routing.trims(curves, xy, radii, flows, widths)
    return quality.clearance_violations(curves, flows, span, np.full(len(curves), 0.9), widths, xy, radii, margin)


def test_a_lonely_flow_bows_gently() -> None:
    bows, lines = route(np.array([[100.0, 300.0], [300.0, 300.0]]), np.full(2, 20.0), [(0, 1)])
    assert 0.10 <= abs(bows[0, 0]) <= 0.18
    assert bows[0, 1] == 0
    assert np.hypot(*(lines[0, [0, 3]] - [[100, 300], [300, 300]]).T) == pytest.approx([20, 20], abs=1e-3)


@pytest.mark.parametrize("y", [240.0, 270.0, 300.0, 330.0, 360.0])
def test_a_flow_bows_clear_of_a_node_near_its_way(y: float) -> None:
    xy, radii = np.array([[100.0, 300.0], [700.0, 300.0], [400.0, y]]), np.full(3, 20.0)
    _, lines = route(xy, radii, [(0, 1)])
    assert not len(violations(lines, [(0, 1)], xy, radii, 4.0))


def test_a_flow_gets_round_a_row_of_nodes() -> None:
    xy = np.array([[60.0, 300.0], [740.0, 300.0], [250.0, 300.0], [400.0, 330.0], [400.0, 265.0], [550.0, 290.0]])
    radii = np.full(6, 18.0)
    _, lines = route(xy, radii, [(0, 1)])
    assert not len(violations(lines, [(0, 1)], xy, radii, 4.0))


def test_flows_in_one_direction_spread() -> None:
    xy, radii = np.array([[100.0, 300.0], [500.0, 300.0], [700.0, 320.0]]), np.full(3, 20.0)
    _, lines = route(xy, radii, [(0, 1), (0, 2)])
    t = np.full((2, 1), 0.1)
    heading = cv.tangents(lines, t)[:, 0]
    angle = np.degrees(np.arctan2(heading[:, 1], heading[:, 0]))
    assert abs(angle[0] - angle[1]) > 15
    assert not len(violations(lines, [(0, 1), (0, 2)], xy, radii, 4.0))


def test_names_are_spared_and_kept_bows_stay() -> None:
    xy, radii = np.array([[100.0, 300.0], [700.0, 300.0]]), np.full(2, 20.0)
    pairs = routing.Pairs(np.array([[0, 1]]), np.full((1, 2), 10.0))
    router = routing.Router(xy, radii, pairs, FRAME)
    first = router.choose()
    hump = 300 + np.sign(first[0, 0]) * 50
    second = router.choose(names=np.array([[300.0, hump - 40, 200.0, 80.0]]), kept=first)
    assert np.sign(second[0, 0]) == -np.sign(first[0, 0])
    odd = np.array([[0.30, 0.0]])
    assert (router.settled(odd) == odd).all()


@pytest.mark.parametrize("bend", [-0.35, -0.1, 0.1, 0.35])
@pytest.mark.parametrize("width", [1.6, 28.0])
def test_ribbons_begin_and_end_clear_of_the_rims(bend: float, width: float) -> None:
    xy, radii = np.array([[100.0, 300.0], [400.0, 200.0]]), np.array([45.0, 12.0])
    line = routing.centre_lines(xy, radii, np.array([[0, 1]]), np.array([[bend, 0.0]]))
    span, cut = routing.trims(line, xy, radii, np.array([[0, 1]]), np.array([width]))
    start = cv.beside(
        np.repeat(line, 5, axis=0), np.full((5, 1), span[0, 0]), 0.9 + width * np.linspace(0, 1, 5)[:, None]
    )
    tip = cv.beside(line, span[:, 1:], np.array([[0.9]]))
    assert np.hypot(*(start[:, 0] - xy[0]).T).min() >= 45 + 4 - 1e-3
    assert np.hypot(*(tip[0, 0] - xy[1])) == pytest.approx(12 + 4, abs=1e-3)
    assert cut[0, 0] > 3.9
    whole = cv.lengths(line, np.zeros(1), np.ones(1))
    assert cv.lengths(line, span[:, 0], span[:, 1]) == pytest.approx(whole - cut.sum(axis=1), abs=1e-3)


def test_nodes_at_one_place_give_curves_without_length() -> None:
    xy, radii = np.full((2, 2), 300.0), np.full(2, 20.0)
    _, lines = route(xy, radii, [(0, 1)])
    assert np.isfinite(lines).all()


def test_no_flows() -> None:
    bows, lines = route(np.zeros((2, 2)), np.ones(2), [])
    assert bows.shape == (0, 2)
    assert lines.shape == (0, 4, 2)


def test_of_bows_that_were_chosen_only_those_that_come_to_lie_under_a_node_change() -> None:
    xy, radii = np.array([[100.0, 300.0], [700.0, 300.0], [400.0, 500.0], [100.0, 100.0]]), np.full(4, 20.0)
    pairs = routing.Pairs(np.array([[0, 1], [1, 3]]), np.full((2, 2), 10.0))
    kept = np.array([[0.30, 0.0], [np.nan, np.nan]])
    bows = routing.Router(xy, radii, pairs, FRAME).settled(kept)
    assert bows[0].tolist() == [0.30, 0.0]
    assert np.isfinite(bows).all(), "a new pair gets a bow"
    lines = routing.centre_lines(xy, radii, pairs.ends, bows)
    beneath = cv.points(lines[:1], np.full((1, 1), 0.5))[0]
    moved = np.concatenate((xy[:2], beneath, xy[3:]))
    router = routing.Router(moved, radii, pairs, FRAME)
    again = router.repaired(router.settled(bows), bows)
    assert again[0].tolist() != [0.30, 0.0]
    lines = routing.centre_lines(moved, radii, pairs.ends, again)
    assert not len(violations(lines[:1], [(0, 1)], moved, radii, 4.0))
