"""The whole layout: what any map must keep, and small maps that can be checked by eye."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout import quality, sizes
from app.layout.flowmap import FlowMapLayout, FlowMapProblem, layout
from tests.layout.made import FRAME, market, problem

markets = st.builds(market, st.integers(3, 18), st.integers(2, 45), st.integers(0, 10_000))


def boxes_of(placed: FlowMapLayout) -> np.ndarray:
    return np.concatenate(
        (placed.name_boxes, placed.count_boxes, placed.stub_count_boxes.reshape(-1, 4), placed.plate_boxes)
    )


def one_more(given: FlowMapProblem, flow: int) -> FlowMapProblem:
    """The same market after one more move."""
    people = given.people.copy()
    people[flow] += 1
    n = len(given.ids)
    moved = np.bincount(given.flows[:, 0], people, n) + np.bincount(given.flows[:, 1], people, n)
    radii = np.maximum(given.radii, np.minimum(sizes.node_radii(moved, 0.0), 46.0))
    return replace(given, people=people, radii=radii, k=sizes.flow_scale(float(people.max())))


def test_no_nodes_one_node_two_nodes() -> None:
    none = layout(problem(0, []))
    assert none.xy.shape == (0, 2)
    assert none.curves.shape == (0, 4, 2)
    assert none.plate_boxes.shape == (0, 4)
    one = layout(problem(1, []))
    assert one.xy[0] == pytest.approx([800, 480], abs=1)
    assert one.names.all()
    two = layout(problem(2, [(0, 1, 5), (1, 0, 2)]))
    assert two.names.all()
    assert two.counts.tolist() == [True, False], "a flow of two has no count"
    assert two.widths.tolist() == [10.0, 4.0]
    assert two.barbs.tolist() == [4.2, 3.2]
    assert two.heads == pytest.approx([0.95 * 14.2, 9.0])


def test_the_two_directions_of_a_pair_share_one_line() -> None:
    placed = layout(problem(4, [(0, 1, 5), (1, 0, 2), (2, 1, 3), (1, 2, 1), (3, 0, 1)]))
    assert (placed.curves[0] == placed.curves[1][::-1]).all()
    assert (placed.curves[2] == placed.curves[3][::-1]).all()
    assert (placed.bows[0] == -placed.bows[1]).all()
    assert placed.lengths[0] == pytest.approx(placed.lengths[1])


def test_parts_that_nothing_joins_stand_side_by_side() -> None:
    placed = layout(problem(6, [(0, 1, 4), (2, 3, 4), (3, 2, 1)]))
    assert not len(quality.overlapping_discs(placed.xy, placed.radii, air=12))
    together = np.hypot(*(placed.xy[0] - placed.xy[1]))
    assert together < np.hypot(*(placed.xy[0] - placed.xy[2]))


@settings(max_examples=25)
@given(markets)
def test_what_any_map_keeps(given: FlowMapProblem) -> None:
    placed = layout(given)
    assert not len(quality.overlapping_discs(placed.xy, placed.radii, air=10.0))
    boxes = boxes_of(placed)
    assert not len(quality.overlapping_boxes(boxes))
    assert not len(quality.boxes_on_discs(boxes, placed.xy, placed.radii))
    shown = boxes[np.isfinite(boxes).all(axis=1)]
    assert (shown[:, :2] >= np.array(FRAME[:2]) - 1e-6).all()
    assert (shown[:, :2] + shown[:, 2:] <= np.array(FRAME[:2]) + FRAME[2:] + 1e-6).all()
    assert placed.names.all()
    under = quality.clearance_violations(
        placed.curves, placed.flows, placed.span, placed.inner, placed.widths, placed.xy, placed.radii
    )
    assert not len(under), "no flow runs under an unrelated node"
    assert (placed.heads <= 0.45 * (placed.lengths - placed.trims.sum(axis=1)) + 1e-9).all()
    assert all(np.isfinite(getattr(placed, f)).all() for f in ("xy", "curves", "bows", "lengths", "trims", "span"))


@settings(max_examples=15)
@given(markets, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(given: FlowMapProblem, random: object) -> None:
    rng = np.random.default_rng(random.randrange(1000))  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    nodes, flows = rng.permutation(len(given.ids)), rng.permutation(len(given.people))
    row_of = np.argsort(nodes)
    shuffled = replace(
        given,
        ids=tuple(given.ids[i] for i in nodes),
        radii=given.radii[nodes],
        name_sizes=given.name_sizes[nodes],
        stub_people=given.stub_people[nodes],
        stub_count_sizes=given.stub_count_sizes[nodes],
        flows=row_of[given.flows][flows],
        people=given.people[flows],
        count_sizes=given.count_sizes[flows],
        plate_near=row_of[given.plate_near],
    )
    one, other = layout(given), layout(shuffled)
    for name in ("xy", "name_boxes", "stub_axes", "stub_count_boxes", "name_stands"):
        assert np.array_equal(getattr(one, name)[nodes], getattr(other, name), equal_nan=True), name
    for name in ("curves", "trims", "widths", "heads", "count_boxes", "counts", "bows"):
        assert np.array_equal(
            getattr(one, name)[flows], getattr(other, name), equal_nan=getattr(one, name).dtype.kind == "f"
        ), name
    assert np.array_equal(one.plate_boxes, other.plate_boxes, equal_nan=True)


@settings(max_examples=25)
@given(markets, st.integers(0, 1000))
def test_one_more_move_shifts_no_node_by_more_than_its_radius(given: FlowMapProblem, pick: int) -> None:
    before = layout(given)
    flow = pick % len(given.people)
    after = layout(one_more(given, flow), previous=before)
    assert (np.hypot(*(after.xy - before.xy).T) <= before.radii).all()
    assert not len(quality.overlapping_discs(after.xy, after.radii))


def test_after_one_more_move_words_and_stubs_elsewhere_stay() -> None:
    given = market(16, 40, 3)
    before = layout(given)
    after = layout(one_more(given, 0), previous=before)
    ends = given.flows[0]
    others = np.setdiff1d(np.arange(len(given.ids)), ends)
    shown = before.names[others] & after.names[others]
    assert shown.sum() > len(others) / 2
    assert (before.name_boxes[others] == after.name_boxes[others])[shown].all()
    same = (before.stub_axes[others] == after.stub_axes[others]) | np.isnan(before.stub_axes[others])
    assert same.reshape(len(others), -1).all(axis=1).mean() > 0.8
    assert (before.bows == after.bows).all(axis=1).mean() > 0.9


@settings(max_examples=15)
@given(markets)
def test_a_new_organization_moves_no_other(given: FlowMapProblem) -> None:
    before = layout(given)
    n = len(given.ids)
    grown = problem(
        n + 1,
        [*((int(i), int(j), float(w)) for (i, j), w in zip(given.flows, given.people, strict=True)), (n, 0, 1.0)],
        ids=(*given.ids, "new"),
    )
    grown = replace(grown, radii=np.append(given.radii, 7.5))
    after = layout(grown, previous=before)
    assert (np.hypot(*(after.xy[:-1] - before.xy).T) <= before.radii).all()
    assert not len(quality.overlapping_discs(after.xy, after.radii))


def test_nothing_new_changes_nothing() -> None:
    given = market(16, 40, 3)
    before = layout(given)
    after = layout(given, previous=before)
    for name in ("xy", "bows", "curves"):
        assert (getattr(after, name) == getattr(before, name)).all(), name


def test_a_map_moves_along_with_its_frame() -> None:
    given = market(12, 30, 1)
    before = layout(given)
    x, y, w, h = FRAME
    wider = layout(replace(given, frame=(x, y, w * 1.25, h)), previous=before)
    assert wider.xy[:, 0] - x == pytest.approx((before.xy[:, 0] - x) * 1.25, abs=50)
    assert wider.xy[:, 1] == pytest.approx(before.xy[:, 1], abs=50)


def test_a_picture_of_half_the_width_is_the_same_picture() -> None:
    given = market(14, 35, 5)
    half = replace(
        given,
        frame=tuple(0.5 * side for side in given.frame),
        k=0.5 * given.k,
        unit=0.5,
        radii=0.5 * given.radii,
        name_sizes=0.5 * given.name_sizes,
        count_sizes=0.5 * given.count_sizes,
        stub_count_sizes=0.5 * given.stub_count_sizes,
        plate_sizes=0.5 * given.plate_sizes,
    )
    whole, small = layout(given), layout(half)
    assert small.xy == pytest.approx(0.5 * whole.xy, abs=1e-6)
    assert small.curves == pytest.approx(0.5 * whole.curves, abs=1e-6)
    assert small.widths == pytest.approx(0.5 * whole.widths)


def test_pinned_nodes_stay_exactly_and_unknown_ones_are_ignored() -> None:
    given = market(10, 25, 2)
    places = {"a": (700.0, 400.0), "d": (60.0, 130.0), "nobody": (0.0, 0.0)}
    before = layout(given)
    for placed in (layout(given, pinned=places), layout(given, pinned=places, previous=before)):
        assert placed.xy[0].tolist() == [700.0, 400.0]
        assert placed.xy[3].tolist() == [60.0, 130.0]
        assert not len(quality.overlapping_discs(placed.xy, placed.radii))


def test_a_map_fills_its_frame() -> None:
    placed = layout(market(18, 45, 4))
    size = np.ptp(placed.xy, axis=0) / FRAME[2:]
    assert (size > 0.7).all()
    share = (placed.xy - FRAME[:2]) / FRAME[2:]
    quarter = (share > 0.5) @ [1, 2]
    assert set(quarter.tolist()) == {0, 1, 2, 3}, "no quarter of the frame stands empty"


def test_a_market_is_drawn_with_few_crossings() -> None:
    """Far below what nodes on a circle in the order of their names give."""
    worse = better = 0.0
    for seed in range(3):
        given = market(16, 40, seed)
        placed = layout(given)
        turn = np.arange(16) * 2 * np.pi / 16
        ring = {i: (800 + 600 * np.cos(a), 480 + 320 * np.sin(a)) for i, a in zip(given.ids, turn, strict=True)}
        circle = layout(given, pinned=ring)
        better += quality.weighted_crossings(placed.curves, placed.flows, given.people)
        worse += quality.weighted_crossings(circle.curves, circle.flows, given.people)
    assert better < 0.5 * worse


def test_arrays_are_read_only() -> None:
    placed = layout(problem(3, [(0, 1, 2)]))
    for f in fields(placed):
        value = getattr(placed, f.name)
        if isinstance(value, np.ndarray):
            assert not value.flags.writeable, f.name
    with pytest.raises(ValueError, match="read-only"):
        placed.xy[0, 0] = 1.0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"radii": np.ones(3)}, r"radii must have the shape \(2,\)"),
        ({"radii": np.array([1.0, np.nan])}, "radii must hold finite numbers"),
        ({"name_sizes": np.full((2, 2), -1.0)}, "name_sizes must hold finite numbers of 0 and above"),
        ({"ids": ("a", "a")}, "ids must be distinct"),
        ({"flows": np.array([[0, 2]])}, "flows must hold rows of ids, 0 to 1"),
        ({"flows": np.array([[1, 1]])}, "from a node to itself"),
        ({"people": np.array([0.0])}, "more than 0 people"),
        ({"frame": (0.0, 0.0, 0.0, 10.0)}, "a width and a height above 0"),
        ({"k": 0.0}, "k and unit must be above 0"),
        ({"plate_near": np.array([4])}, "plate_near must hold rows of ids"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(problem(2, [(0, 1, 3)]), **changes)


def test_a_flow_is_given_once() -> None:
    with pytest.raises(ValueError, match="twice; add up its people"):
        problem(2, [(0, 1, 3), (0, 1, 2)])
