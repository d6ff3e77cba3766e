"""The measures of a flow map, on cases small enough to count by hand."""

from __future__ import annotations

import numpy as np

from app.layout import quality
from app.layout.curves import bowed


def straight(*ends: tuple[float, float, float, float]) -> np.ndarray:
    rows = np.array(ends)
    return bowed(rows[:, :2], rows[:, 2:], np.zeros(len(rows)), np.zeros(len(rows)))


def test_discs_that_overlap_and_discs_that_only_touch() -> None:
    xy, radii = np.array([[0.0, 0.0], [15.0, 0.0], [40.0, 0.0]]), np.array([10.0, 10.0, 15.0])
    assert quality.overlapping_discs(xy, radii).tolist() == [[0, 1]]
    assert quality.overlapping_discs(xy, radii, air=1.0).tolist() == [[0, 1], [1, 2]]
    assert not len(quality.overlapping_discs(xy[:1], radii[:1]))


def test_boxes_that_overlap_each_other_or_a_disc() -> None:
    boxes = np.array([[0.0, 0.0, 10.0, 10.0], [10.0, 0.0, 10.0, 10.0], [5.0, 5.0, 10.0, 10.0], [np.nan] * 4])
    assert quality.overlapping_boxes(boxes).tolist() == [[0, 2], [1, 2]]
    assert quality.boxes_on_discs(boxes, np.array([[-4.0, 5.0]]), np.array([5.0])).tolist() == [[0, 0]]


def test_a_crossing_weighs_the_product_of_its_people() -> None:
    curves = straight((0, 0, 10, 10), (0, 10, 10, 0), (20, 0, 30, 0))
    flows, people = np.array([[0, 1], [2, 3], [4, 5]]), np.array([3.0, 2.0, 5.0])
    assert quality.weighted_crossings(curves, flows, people) == 6 / 100


def test_the_two_directions_of_a_pair_do_not_cross() -> None:
    there = straight((0, 0, 10, 10))
    curves = np.concatenate((there, there[:, ::-1]))
    assert quality.weighted_crossings(curves, np.array([[0, 1], [1, 0]]), np.ones(2)) == 0.0
    assert quality.weighted_crossings(there, np.array([[0, 1]]), np.ones(1)) == 0.0


def test_a_ribbon_under_a_node_on_its_own_side_only() -> None:
    curves, flows = straight((0, 0, 100, 0)), np.array([[0, 1]])
    span, inner, widths = np.array([[0.0, 1.0]]), np.array([1.0]), np.array([10.0])
    radii = np.array([5.0, 5.0, 5.0])
    right, left = (
        np.array([[0.0, 0.0], [100.0, 0.0], [50.0, 14.0]]),
        np.array([[0.0, 0.0], [100.0, 0.0], [50.0, -14.0]]),
    )
    assert quality.clearance_violations(curves, flows, span, inner, widths, right, radii).tolist() == [[0, 2]]
    assert not len(quality.clearance_violations(curves, flows, span, inner, widths, left, radii))
    assert quality.clearance_violations(curves, flows, span, inner, widths, left, radii, margin=12.0).tolist() == [
        [0, 2]
    ]
