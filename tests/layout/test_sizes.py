"""Breadths, heads, barbs and radii are exactly those of the visual language."""

from __future__ import annotations

import pytest

from app.layout import sizes


def test_two_pixels_a_person_until_the_largest_flow_passes_fourteen() -> None:
    assert sizes.flow_scale(1) == 2.0
    assert sizes.flow_scale(14) == 2.0
    assert sizes.flow_scale(28) == 1.0
    assert sizes.flow_scale(14, unit=0.8) == 1.6
    assert 100 * sizes.flow_scale(100) == pytest.approx(28.0)


def test_breadth_is_linear_from_zero_but_singles_stand_back() -> None:
    assert sizes.flow_widths([0, 1, 2, 5, 14], 2.0).tolist() == [0.0, 1.6, 4.0, 10.0, 28.0]


def test_a_picture_scales_by_its_width() -> None:
    assert sizes.unit_of(1600) == 1.0
    assert sizes.unit_of(800) == 0.5
    with pytest.raises(ValueError, match="wider than 0"):
        sizes.unit_of(0)


def test_barbs_and_heads() -> None:
    assert sizes.barbs([1.6, 10.0]).tolist() == [3.2, 4.2]
    assert sizes.barbs([1.6], unit=2.0).tolist() == [6.4]
    assert sizes.heads([1.6, 10.0], [500.0, 500.0]).tolist() == [9.0, pytest.approx(0.95 * 14.2)]
    assert sizes.heads([28.0], [40.0]).tolist() == [18.0], "never more than 45 % of the flow"


def test_the_area_of_a_node_is_people_moved() -> None:
    assert sizes.node_radii([0, 4, 60], [1, 0, 40]).tolist() == [7.5, 9.0, 45.0]
    assert sizes.node_radii([100], [0], unit=0.5).tolist() == [22.5]
    assert len(sizes.node_radii([], [])) == 0
