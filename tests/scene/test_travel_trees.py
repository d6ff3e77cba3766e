"""Travelling by keyboard over what stands below each other, and such a picture as text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.travel import Place, Way, step
from app.scene.twin import INDENT, Kind, Twin, TwinMark
from tests.scene.test_travel import go, line, organization, reached


def seat(key: str, above: str = "", x: float = 0.0, y: float = 0.0, kind: Kind = Kind.SEAT) -> TwinMark:
    at = (x, y)
    return TwinMark(key, kind, key.upper(), "", (x - 1, y - 1, 2, 2), at, at, at, above=above)


TREE = Twin("Chart", ("of all",), (
    seat("head"), seat("other"), seat("a", "head"), seat("b", "head"), seat("c", "head"), seat("a1", "a"),
    seat("c1", "c"), seat("c2", "c"), seat("unit", kind=Kind.UNIT), seat("p", "unit", kind=Kind.PERSON),
))  # fmt: skip
"""A head with a, b, c below it, those with one, none and two; a box by itself; a unit with a person in it."""


@pytest.mark.parametrize(
    ("start", "way", "end"),
    [
        ("a1", Way.UP, "a"),
        ("head", Way.UP, "head"),
        ("head", Way.DOWN, "a"),
        ("b", Way.DOWN, "b"),
        ("head", Way.INTO, "a"),
        ("a1", Way.INTO, "a1"),
        ("a", Way.RIGHT, "b"),
        ("b", Way.LEFT, "a"),
        ("c", Way.RIGHT, "c"),
        ("a", Way.LEFT, "a"),
        ("a1", Way.RIGHT, "a1"),  # nobody beside it below the same one
        ("c2", Way.BACK, "c"),
        ("head", Way.BACK, "head"),
        ("head", Way.RIGHT, "other"),
        ("unit", Way.DOWN, "p"),
        ("p", Way.UP, "unit"),
        ("head", Way.NEXT, "other"),
        ("c2", Way.NEXT, "unit"),
        ("p", Way.NEXT, "head"),
        ("head", Way.PREVIOUS, "p"),
    ],
)
def test_a_step_goes_up_down_aside_or_through_all(start: str, way: Way, end: str) -> None:
    assert step(TREE, Place(start), way) == Place(end)


def test_down_and_up_again_is_where_one_was() -> None:
    assert go(TREE, Place("head"), Way.DOWN, Way.RIGHT, Way.RIGHT, Way.DOWN, Way.RIGHT, Way.UP, Way.UP) == Place("head")


def test_organizations_with_flows_are_travelled_as_before() -> None:
    a, b = organization("a", 0, 0), organization("b", 10, 0)
    twin = Twin("", (), (a, b, line(a, b, 2)))
    assert step(twin, Place("a"), Way.RIGHT) == Place("b")
    assert step(twin, Place("a"), Way.INTO) == Place("a>b", "a")


@st.composite
def forests(draw: st.DrawFn) -> Twin:
    """Places in any order that has what stands above first."""
    n = draw(st.integers(1, 12))
    ups = [draw(st.integers(-1, at - 1)) for at in range(n)]
    return Twin("", (), tuple(seat(f"s{at}", f"s{up}" if up >= 0 else "", 3.0 * at) for at, up in enumerate(ups)))


@given(forests())
def test_every_place_is_reached_and_steps_undo_each_other(twin: Twin) -> None:
    for mark in twin.marks:
        assert reached(twin, Place(mark.key)) == {other.key for other in twin.marks}
        assert go(twin, Place(mark.key), Way.NEXT, Way.PREVIOUS) == Place(mark.key)
        below = twin.below.get(mark.key, ())
        for other in below:
            assert step(twin, Place(other.key), Way.UP) == Place(mark.key)
        for left, right in pairwise(below):
            assert step(twin, Place(left.key), Way.RIGHT) == Place(right.key)
            assert step(twin, Place(right.key), Way.LEFT) == Place(left.key)


@given(forests())
def test_as_text_each_place_follows_what_it_stands_below(twin: Twin) -> None:
    lines = twin.text.splitlines()
    assert len(lines) == len(twin.marks)
    heads: list[str] = []
    for said in lines:
        deep = (len(said) - len(said.lstrip())) // len(INDENT)
        mark = next(mark for mark in twin.marks if mark.text == said.strip())
        assert mark.above == (heads[deep - 1] if deep else "")
        heads[deep:] = [mark.key]


def test_the_text_has_title_lines_and_the_tree_set_in() -> None:
    assert TREE.text.splitlines() == [
        "Chart", "of all", "HEAD", "    A", "        A1", "    B", "    C", "        C1", "        C2", "OTHER", "UNIT",
        "    P",
    ]  # fmt: skip
