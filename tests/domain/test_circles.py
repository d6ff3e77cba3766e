"""Circles in a relation."""

from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from app.domain.circles import circles, knotted


def test_nothing_and_a_line_have_no_circle():
    assert circles({}) == []
    assert circles({"a": ("b",), "b": ("c",)}) == []
    assert knotted([]) == set()
    assert knotted([("a", "b"), ("b", "c"), ("a", "c")]) == set()


def test_a_circle_begins_with_its_smallest_name():
    assert circles({"c": ("a",), "a": ("b",), "b": ("c",), "d": ("a",)}) == [["a", "b", "c"]]
    assert circles({"a": ("a",)}) == [["a"]]
    assert circles({"b": ("a",), "a": ("b",), "y": ("z",), "z": ("y",)}) == [["a", "b"], ["y", "z"]]


def test_a_name_beside_a_circle_is_no_part_of_the_knot():
    lines = [("a", "b"), ("b", "a"), ("x", "a"), ("b", "top")]
    assert knotted(lines) == {"a", "b"}


def test_a_longer_way_round_is_part_of_the_knot():
    assert knotted([("a", "b"), ("b", "a"), ("a", "c"), ("c", "b")]) == {"a", "b", "c"}


relations = st.dictionaries(
    st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), max_size=3).map(tuple), max_size=7
)


@given(relations)
def test_circles_are_found_where_there_are_any(above):
    graph = nx.DiGraph([(low, high) for low, highs in above.items() for high in highs])
    found = circles(above)
    for circle in found:
        assert circle[0] == min(circle)
        assert all(high in above[low] for low, high in pairwise([*circle, circle[0]]))
    knots = [knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1 or graph.has_edge(*knot, *knot)]
    assert {frozenset(k) for k in knots} == {frozenset(k) for k in knots if any(set(c) <= k for c in found)}
    assert set().union(*knots) <= knotted(graph.edges)
    assert bool(knotted(graph.edges)) == bool(knots)
