"""Where everything of a chart stands in the window: each box once, nothing over anything, units within units."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dataset import Dataset
from app.layout.tree import NONE
from app.pictures import chart_plan
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_trees import Arrangement, shelves
from app.scene.pick import Rectangle
from tests.pictures.bodies import Body, bodies, chart_of, panel_key, panels_of, seen, world_of
from tests.pictures.crews import crew

SMALL = 1e-6
ALL = Folds(DEEPEST)
arrangements = st.sampled_from((None, "down", "right", "compact"))


def overlap(rects: np.ndarray) -> bool:
    """Whether any two rectangles (n, 4) as left, top, right, bottom cover a place together."""
    low, high = rects[:, None, :2], rects[:, None, 2:] - SMALL
    both = ((low < high.transpose(1, 0, 2)) & (low.transpose(1, 0, 2) < high)).all(axis=2)
    np.fill_diagonal(both, val=False)
    return bool(both.any())


def inside(inner: Rectangle, outer: Rectangle) -> bool:
    corners = zip(inner[:2], inner[2:], outer[:2], outer[2:], strict=True)
    return all(a >= low - SMALL and b <= high + SMALL for a, b, low, high in corners)


@settings(max_examples=30)
@given(bodies(), arrangements)
def test_unfolded_every_box_is_seen_once_and_covers_no_other(body: Body, arrangement: Arrangement | None) -> None:
    world = world_of(body.chart, ALL, arrangement)
    assert seen(world) == body.boxes
    _, spots = world.plan.spots
    rects = np.concatenate([spots[:, :2], spots[:, :2] + spots[:, 2:]], axis=1)
    assert not overlap(rects)
    units = panels_of(world)
    for rect in (*map(tuple, rects.tolist()), *units.values()):
        assert inside(rect, (0.0, 0.0, *world.plan.size))
    trees = rects[: len(world.plan.at)]
    assert not any(overlap(np.vstack([trees, unit])) for unit in units.values())


@settings(max_examples=30)
@given(bodies())
def test_units_lie_within_their_units_and_hold_their_people(body: Body) -> None:
    world = world_of(body.chart, ALL)
    units = panels_of(world)
    assert set(units) == {panel_key(unit) for unit in body.parts}
    within: dict[str, list[Rectangle]] = {}
    for unit in body.parts - {NONE}:
        up, own = panel_key(body.units[unit]), units[panel_key(unit)]
        assert inside(own, units[up])
        within.setdefault(up, []).append(own)
    assert not any(overlap(np.array(rects)) for rects in within.values())
    at, spots = world.plan.spots
    found = []
    for box, (x, y, w, h) in zip(at.tolist(), spots.tolist(), strict=True):
        holder = world.unit_at(x + w / 2, y + h / 2)
        if holder:
            found.append((world.chart.boxes.keys[box], holder))
            assert inside((x, y, x + w, y + h), units[holder])
    assert sorted(found) == sorted((key, panel_key(unit)) for key, unit in body.loose)


def test_someone_in_several_units_stands_in_each_of_the_lowest() -> None:
    body = Body(units=(NONE, 0, NONE), people=(frozenset({0, 1, 2}), frozenset({NONE}), frozenset({NONE, 2})))
    world = world_of(body.chart, ALL)
    assert seen(world) == {"people:p000": 2, "people:p001": 1, "people:p002": 1}
    assert sorted(body.loose) == [("people:p000", 1), ("people:p000", 2), ("people:p001", NONE), ("people:p002", 2)]


def test_nobody_has_no_place() -> None:
    world = world_of(Body().chart)
    assert world.plan.empty
    assert not seen(world)
    assert world.plan.size == (0.0, 0.0)
    assert world.folds == ()
    assert list(world.unit_marks()) == []
    assert world.unit_at(10.0, 10.0) == ""
    assert world.fold_at(10.0, 10.0, 1.0) == ""


@pytest.mark.parametrize("room", [(1600.0, 1000.0), (900.0, 1600.0), (3000.0, 600.0)])
def test_a_chart_gets_about_the_shape_of_its_room(room: tuple[float, float]) -> None:
    world = world_of(chart_of(crew(600, units=6, branch=5), "crew"), ALL, size=room)
    wide, high = world.plan.size
    wanted = world.frame.map[2] / world.frame.map[3]
    assert 0.5 < wide / high / wanted < 2.0


def two_trees(n: int) -> Dataset:
    """A crew whose third seat answers to nobody, and takes half of those who answered to the first."""
    made = crew(n)
    lines = made["reports"].filter(pl.col("seat_id") != "seat-000002")
    odd = pl.col("seat_id").str.tail(1).is_in(["1", "3", "5", "7", "9"])
    turned = pl.when((pl.col("to_seat_id") == "seat-000000") & odd).then(pl.lit("seat-000002"))
    return Dataset.of({**made.tables, "reports": lines.with_columns(to_seat_id=turned.otherwise("to_seat_id"))})


@pytest.mark.parametrize("n", [120, 240])
def test_two_large_trees_stand_beside_each_other_where_all_is_seen_larger_so(
    n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = chart_of(two_trees(n), "crew")
    parted = world_of(chart, ALL)
    monkeypatch.setattr(chart_plan, "PARTED", float("inf"))
    assert parted.home.scale >= world_of(chart, ALL).home.scale
    p = parted.plan
    roots = np.flatnonzero(p.parent == NONE)
    assert len(roots) == 2
    assert p.xy[roots[0], 1] == p.xy[roots[1], 1]
    assert not overlap(np.hstack([p.xy, p.xy + np.array([222.0, 52.0])]))


def test_a_row_of_trees_gets_higher_where_it_may() -> None:
    extents = [(10.0, 5.0), (10.0, 8.0), (30.0, 3.0)]
    assert shelves(extents, 31.0, 1.0) == ([(0.0, 0.0), (0.0, 6.0), (0.0, 15.0)], (30.0, 18.0))
    assert shelves(extents, 31.0, 1.0, grow=True) == ([(0.0, 0.0), (11.0, 0.0), (0.0, 9.0)], (30.0, 12.0))


def rows(body: Body) -> list[str]:
    """The units in the order in which they are read."""
    units = panels_of(world_of(body.chart, ALL))
    return sorted(units.keys() - {panel_key(NONE)}, key=lambda key: (round(units[key][1]), units[key][0]))


def test_one_person_more_seldom_reorders_the_rows_of_units() -> None:
    sizes = (3, 4, 4, 13, 7, 11, 10, 8, 3, 20, 7, 15)
    people = tuple(frozenset({unit}) for unit, n in enumerate(sizes) for _ in range(n))
    before = rows(Body((NONE,) * 12, (), people))
    after = [rows(Body((NONE,) * 12, (), (*people, frozenset({unit})))) for unit in range(12)]
    assert after.count(before) >= 9
