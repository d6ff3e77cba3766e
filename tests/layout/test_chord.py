"""The order round a circle, arcs and chords on it, names beside it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.chord import ChordLayout, ChordProblem, layout, names, towards
from app.layout.chord_order import crossings, order
from app.layout.curves import beside
from app.layout.matrix import together

Flows = tuple[int, np.ndarray, np.ndarray]


@st.composite
def flows(draw: st.DrawFn, most: int = 8) -> Flows:
    """Some places, and distinct flows between two of them."""
    n = draw(st.integers(2, most))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] != pair[1])
    found = draw(st.lists(pairs, unique=True, max_size=20))
    people = draw(st.lists(st.integers(1, 50), min_size=len(found), max_size=len(found)))
    return n, np.array(found, dtype=np.intp).reshape(-1, 2), np.array(people, dtype=np.float64)


def placed(found: Flows, **others: float) -> ChordLayout:
    n, links, people = found
    around = order(n, links, people)
    options = {"radius": 300.0, "gap": 10.0, "most": 20.0, **others}
    return layout(ChordProblem(around, links, people, (400.0, 400.0), **options))


def crossed(weights: np.ndarray, found: np.ndarray) -> float:
    """Crossings counted pair by pair."""
    n = len(found)
    chords = [(a, b, weights[found[a], found[b]]) for a, b in combinations(range(n), 2) if weights[found[a], found[b]]]
    return sum(x * y for a, b, x in chords for c, d, y in chords if a < c < b < d)


def test_chords_that_need_not_cross_do_not() -> None:
    square = np.array([[0, 2], [2, 1], [1, 3], [3, 0]])
    found = order(4, square, np.ones(4))
    assert crossings(together(4, square, np.ones(4)), found) == 0
    assert crossings(together(4, square, np.ones(4)), np.arange(4)) == 1


@given(flows())
@settings(deadline=None)
def test_crossings_are_counted_as_they_are_drawn(found: Flows) -> None:
    n, links, people = found
    weights = together(n, links, people)
    for some in (np.arange(n), order(n, links, people)):
        assert crossings(weights, some) == pytest.approx(crossed(weights, some))


@given(flows())
@settings(deadline=None)
def test_nobody_could_stand_where_less_is_crossed(found: Flows) -> None:
    n, links, people = found
    weights = together(n, links, people)
    around = order(n, links, people)
    assert sorted(around.tolist()) == list(range(n))
    assert around.tolist() == order(n, links, people).tolist()
    mine = crossings(weights, around)
    for at in range(n):
        rest = np.delete(around, at)
        assert all(mine <= crossings(weights, np.insert(rest, to, around[at])) + 1e-6 for to in range(n))


@given(flows(), st.data())
@settings(deadline=None)
def test_who_stood_keeps_their_order_round_the_circle(found: Flows, data: st.DataObject) -> None:
    n, links, people = found
    held = data.draw(st.permutations(range(n)))[: data.draw(st.integers(1, n))]
    around = order(n, links, people, held).tolist()
    assert [one for one in around if one in held] == list(held)
    assert sorted(around) == list(range(n))


def test_arcs_by_hand() -> None:
    """0 → 1 three people and one back: both arcs hold four ends, each scaled alike."""
    problem = ChordProblem(
        np.array([0, 1]), np.array([[0, 1], [1, 0]]), np.array([3.0, 1.0]), (0.0, 0.0), 100.0, 10.0, 1e9
    )
    made = layout(problem)
    k = (2 * np.pi * 100.0 - 2 * 10.0) / 8
    assert made.k == pytest.approx(k)
    half = 10.0 / 2 / 100.0
    assert made.begin.tolist() == pytest.approx([half, np.pi + half])
    assert made.end.tolist() == pytest.approx([np.pi - half, 2 * np.pi - half])
    assert made.leaves[0].tolist() == pytest.approx([half, half + 3 * k / 100.0])  # who leaves stands first
    assert made.lands[1].tolist() == pytest.approx([half + 3 * k / 100.0, np.pi - half])
    assert made.leaves[1].tolist() == pytest.approx([np.pi + half, np.pi + half + k / 100.0])
    assert made.road[0].tolist() == [made.road[1, 1].tolist(), made.road[1, 0].tolist()]  # one road
    assert made.offset.tolist() == pytest.approx([0.25, 0.75])
    assert made.breadth.tolist() == pytest.approx([4 * k, 4 * k])


def test_few_people_are_no_wall() -> None:
    made = placed((2, np.array([[0, 1]]), np.array([1.0])), most=16.0)
    assert made.k == 16.0
    assert (made.end - made.begin).tolist() == pytest.approx([16 / 300, 16 / 300])


@given(flows())
@settings(deadline=None)
def test_every_person_has_their_place_on_both_arcs_and_no_two_share_it(found: Flows) -> None:
    n, links, people = found
    made = placed(found)
    ends = np.concatenate([made.leaves, made.lands])
    assert (np.diff(ends, axis=1)[:, 0] * 300.0).tolist() == pytest.approx((made.k * np.tile(people, 2)).tolist())
    arcs = np.concatenate([links[:, 0], links[:, 1]])
    assert float((made.end - made.begin).sum()) * 300.0 == pytest.approx(2 * made.k * people.sum())
    for place in range(n):
        own = ends[arcs == place]
        own = own[np.argsort(own[:, 0])]
        assert (own[1:, 0] >= own[:-1, 1] - 1e-9).all()
        if len(own):
            assert own[0, 0] == pytest.approx(made.begin[place])
            assert own[-1, 1] == pytest.approx(made.end[place])
    line = np.argsort(made.begin, kind="stable")
    assert (made.begin[line][1:] >= made.end[line][:-1] - 1e-9).all()  # no arc lies on another


@given(flows())
@settings(deadline=None)
def test_chords_begin_on_the_rim_and_point_at_it(found: Flows) -> None:
    made = placed(found)
    chord = np.arange(len(made.widths))
    outlines = made.bodies(chord, np.zeros(len(chord)), np.ones(len(chord)))
    away = np.hypot(*(outlines - 400.0).transpose(2, 0, 1))
    assert (away <= 300.0 + made.widths[:, None] + 1e-6).all() if len(chord) else True
    for n in chord.tolist():
        start = (towards(made.leaves[n]) * 300.0 + 400.0)[::-1]
        assert outlines[n, 0].tolist() == pytest.approx(start[0].tolist())
        tip = towards(made.lands[n].mean()) * made.tip[n] + 400.0
        heads = made.heads()[n]
        assert np.abs(heads - tip).sum(axis=1).min() < 1e-6
        assert made.tip[n] < 300.0


def test_a_road_is_equally_broad_all_along() -> None:
    """Of two far apart with one broad flow, the lines at both edges stay as far apart as people need."""
    made = placed((2, np.array([[0, 1]]), np.array([2.0])), most=10.0)
    left, right = (made.lines(np.array([0]), np.array([share]))[0] for share in (0.0, 1.0))
    away = np.hypot(*(left - right).T)
    assert away[5:-5].tolist() == pytest.approx([20.0] * (len(away) - 10), rel=0.05)


@given(
    st.lists(st.tuples(st.floats(0, 2 * np.pi), st.floats(10, 30), st.integers(0, 99)), max_size=30),
)
def test_names_keep_apart_from_each_other_and_off_the_circle(things: list[tuple[float, float, int]]) -> None:
    things.sort()
    angle, height, heft = (np.array([float(thing[n]) for thing in things]) for n in range(3))
    made = names(angle, height, heft, (500.0, 400.0), 300.0, (50.0, 750.0), 22.0)
    for way in (1, -1):
        own = np.flatnonzero(made.side == way)
        own = own[np.argsort(made.top[own], kind="stable")]
        assert (np.diff(made.top[own]) >= height[made.arc[own]][:-1] - 1e-6).all()
        high = height[made.arc[own]]
        near = np.clip(400.0, made.top[own], made.top[own] + high) - 400.0
        assert (np.hypot(made.at[own] - 500.0, near) >= 300.0 + 22.0 - 1e-6).all() if len(own) else True
    assert (made.top >= 50.0 - 1e-6).all()
    assert (made.top + height[made.arc] <= 750.0 + 1e-6).all()


def test_nothing_gives_nothing() -> None:
    made = layout(
        ChordProblem(np.empty(0, np.intp), np.empty((0, 2), np.intp), np.empty(0), (0.0, 0.0), 100.0, 10.0, 9.0)
    )
    assert (len(made.begin), made.k, len(made.heads())) == (0, 0.0, 0)
    assert order(0, np.empty((0, 2), np.intp), np.empty(0)).tolist() == []


@given(flows())
@settings(deadline=None)
def test_who_goes_along_a_chord_stays_on_their_stripe(found: Flows) -> None:
    made = placed(found)
    chord = np.arange(len(made.widths))
    for share in (0.1, 0.5, 0.9):
        curves, lane = made.ways(chord, np.full(len(chord), share))
        t = np.broadcast_to(np.linspace(0.0, 1.0, 400), (len(chord), 400))
        way = beside(curves, t, np.broadcast_to(lane[:, None], t.shape))
        line = made.lines(chord, np.full(len(chord), share))
        away = np.hypot(*(line[:, :, None] - way[:, None]).transpose(3, 0, 1, 2)).min(axis=2)
        assert (away <= np.maximum(0.25 * made.breadth, 4.0)[:, None]).all()
