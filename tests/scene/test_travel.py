"""Travelling over a picture by keyboard."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.travel import AXES, Place, Way, round_clock, step
from app.scene.twin import NOTHING, Kind, Point, Twin, TwinMark

ARROWS = tuple(AXES)


def organization(name: str, x: float, y: float) -> TwinMark:
    return TwinMark(name, Kind.ORGANIZATION, name, "", (x - 1, y - 1, 2, 2), (x, y), (x, y), (x, y))


def line(a: TwinMark, b: TwinMark, people: int = 1, kind: Kind = Kind.FLOW) -> TwinMark:
    """A straight flow that keeps a little to the right of the line between the middles."""
    dx, dy = b.at[0] - a.at[0], b.at[1] - a.at[1]
    far = math.hypot(dx, dy) or 1.0

    def beside(at: Point) -> Point:
        return at[0] - dy / far * 0.01, at[1] + dx / far * 0.01

    leaves = beside((a.at[0] + dx / far, a.at[1] + dy / far))
    lands = beside((b.at[0] - dx / far, b.at[1] - dy / far))
    middle = ((leaves[0] + lands[0]) / 2, (leaves[1] + lands[1]) / 2)
    sign = ">" if kind is Kind.FLOW else "="
    return TwinMark(f"{a.key}{sign}{b.key}", kind, "", "", (0, 0, 1, 1), middle, leaves, lands, people, a.key, b.key)


def cross() -> Twin:
    """North, east, south and west round a middle, each with a flow to it; the middle sends five people back west."""
    middle, *rim = (
        organization("m", 0, 0),
        organization("n", 0, -10),
        organization("e", 10, 0),
        organization("s", 0, 10),
        organization("w", -10, 0),
    )
    flows = [line(middle, rim[3], 5), *(line(one, middle) for one in rim)]
    return Twin("", (), (middle, *rim, *flows))


def go(twin: Twin, start: Place, *ways: Way) -> Place:
    for way in ways:
        start = step(twin, start, way)
    return start


@pytest.mark.parametrize(("way", "key"), [(Way.UP, "n"), (Way.RIGHT, "e"), (Way.DOWN, "s"), (Way.LEFT, "w")])
def test_arrows_go_to_the_neighbour_that_way(way: Way, key: str) -> None:
    assert step(cross(), Place("m"), way) == Place(key)


def test_an_arrow_with_nobody_that_way_stays() -> None:
    assert step(cross(), Place("n"), Way.UP) == Place("n")


def test_straight_ahead_wins_over_a_little_nearer_aside() -> None:
    twin = Twin("", (), (organization("a", 0, 0), organization("aside", 70, 60), organization("ahead", 100, 0)))
    assert step(twin, Place("a"), Way.RIGHT).key == "ahead"


def test_much_nearer_aside_wins_over_far_ahead() -> None:
    twin = Twin("", (), (organization("a", 0, 0), organization("aside", 30, 20), organization("ahead", 200, 0)))
    assert step(twin, Place("a"), Way.RIGHT).key == "aside"


def test_equally_near_ones_go_by_the_order_of_the_twin() -> None:
    twin = Twin("", (), (organization("a", 0, 0), organization("one", 10, 5), organization("two", 10, -5)))
    assert step(twin, Place("a"), Way.RIGHT).key == "one"


def test_from_nowhere_every_way_leads_to_the_first() -> None:
    for way in Way:
        assert step(cross(), Place(), way) == Place("m")
        assert step(cross(), Place("gone"), way) == Place("m")
        assert step(NOTHING, Place("gone"), way) == Place()


def test_into_an_organization_goes_to_its_largest_flow_and_on_clockwise() -> None:
    twin = cross()
    at = step(twin, Place("m"), Way.INTO)
    assert at == Place("m>w", "m")
    round_once = [at.key]
    for _ in range(4):
        at = step(twin, at, Way.NEXT)
        round_once.append(at.key)
    assert round_once == ["m>w", "n>m", "e>m", "s>m", "w>m"]
    assert step(twin, at, Way.NEXT) == Place("m>w", "m")
    assert at.about == "m"


def test_previous_undoes_next() -> None:
    twin = cross()
    for flow in round_clock(twin, "m"):
        assert go(twin, Place(flow.key, "m"), Way.NEXT, Way.PREVIOUS) == Place(flow.key, "m")


def test_a_flow_leads_to_its_ends_and_back_to_where_it_was_entered() -> None:
    twin, at = cross(), Place("n>m", "m")
    assert step(twin, at, Way.START) == Place("n")
    assert step(twin, at, Way.END) == Place("m")
    assert step(twin, at, Way.BACK) == Place("m")
    assert step(twin, Place("n>m", "n"), Way.BACK) == Place("n")


def test_arrows_on_a_flow_go_to_the_end_that_lies_that_way() -> None:
    twin = cross()
    assert step(twin, Place("m>w", "m"), Way.LEFT) == Place("w")
    assert step(twin, Place("m>w", "m"), Way.RIGHT) == Place("m")
    assert step(twin, Place("n>m", "m"), Way.UP) == Place("n")
    assert step(twin, Place("n>m", "n"), Way.DOWN) == Place("m")


def test_a_flow_without_a_say_counts_as_entered_from_its_origin() -> None:
    assert step(cross(), Place("n>m"), Way.BACK) == Place("n")
    assert step(cross(), Place("n>m", "e"), Way.BACK) == Place("n")


def test_an_organization_without_flows_has_nothing_to_go_into() -> None:
    twin = Twin("", (), (organization("a", 0, 0),))
    assert all(step(twin, Place("a"), way) == Place("a") for way in Way)


def test_relations_stand_round_the_rim_with_the_flows() -> None:
    a, b = organization("a", 0, 0), organization("b", 10, 0)
    twin = Twin("", (), (a, b, line(a, b, 2), line(a, b, 0, Kind.RELATION)))
    assert {m.key for m in round_clock(twin, "a")} == {"a>b", "a=b"}
    assert go(twin, Place("a"), Way.INTO, Way.NEXT) == Place("a=b", "a")
    assert go(twin, Place("a"), Way.INTO, Way.NEXT, Way.END) == Place("b")


@st.composite
def twins(draw: st.DrawFn) -> Twin:
    """Up to nine organizations at random points, some of them at one point, and some flows between them."""
    points = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=9))
    found = [organization(f"o{n}", float(x), float(y)) for n, (x, y) in enumerate(points)]
    ends = st.tuples(st.sampled_from(found), st.sampled_from(found)).filter(lambda pair: pair[0] is not pair[1])
    pairs = (
        draw(st.lists(ends, unique_by=lambda pair: (pair[0].key, pair[1].key), max_size=12)) if len(found) > 1 else []
    )
    return Twin("", (), (*found, *(line(a, b, draw(st.integers(0, 9))) for a, b in pairs)))


def reached(twin: Twin, start: Place) -> set[str]:
    """Keys that any sequence of steps leads to."""
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for way in Way:
            there = step(twin, here, way)
            if there not in seen:
                seen.add(there)
                ahead.append(there)
    return {place.key for place in seen}


@given(twins())
def test_every_mark_is_reached_from_every_organization(twin: Twin) -> None:
    for one in twin.places:
        assert reached(twin, Place(one.key)) == {m.key for m in twin.marks}


@given(twins())
def test_arrows_land_on_an_organization_in_their_sector_or_stay(twin: Twin) -> None:
    for one in twin.places:
        for way in ARROWS:
            there = twin.mark(step(twin, Place(one.key), way).key)
            assert there is not None
            dx, dy = there.at[0] - one.at[0], there.at[1] - one.at[1]
            axis = AXES[way]
            along, across = dx * axis[0] + dy * axis[1], abs(dx * axis[1] - dy * axis[0])
            assert there is one or (along > 0 and across <= along)
            empty = not any(
                (o.at[0] - one.at[0]) * axis[0] + (o.at[1] - one.at[1]) * axis[1]
                >= max(abs((o.at[0] - one.at[0]) * axis[1] - (o.at[1] - one.at[1]) * axis[0]), 1e-9)
                for o in twin.places
            )
            assert (there is one) == empty


@given(twins())
def test_next_passes_every_flow_of_an_organization_once_and_comes_back(twin: Twin) -> None:
    for one in twin.places:
        flows = twin.of_organization[one.key]
        at = step(twin, Place(one.key), Way.INTO)
        passed = []
        for _ in flows:
            passed.append(at.key)
            at = step(twin, at, Way.NEXT)
        assert sorted(passed) == sorted(m.key for m in flows)
        assert not flows or at.key == passed[0]


@given(twins())
def test_a_step_depends_on_nothing_but_the_twin_and_the_place(twin: Twin) -> None:
    again = Twin(twin.title, twin.lines, tuple(twin.marks))
    for one in twin.marks:
        for way in Way:
            assert step(twin, Place(one.key), way) == step(again, Place(one.key), way)
