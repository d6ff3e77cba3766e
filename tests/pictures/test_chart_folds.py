"""What of a chart is folded away, against a slow reference; folds as a value that is kept."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.tree import NONE
from app.pictures.chart_folds import DEEPEST, Folds, Tree
from app.session.view import View

KEYS = tuple(f"seats:{n}" for n in range(30))


@st.composite
def forests(draw: st.DrawFn, most: int = 30) -> list[int]:
    """Parents that stand before or after their children; none at all too."""
    n = draw(st.integers(0, most))
    parent = [draw(st.integers(NONE, at - 1)) for at in range(n)]
    order = draw(st.permutations(range(n)))
    moved = [NONE] * n
    for at, up in enumerate(parent):
        moved[order[at]] = NONE if up == NONE else order[up]
    return moved


folds = st.builds(Folds, st.none() | st.integers(1, 6), st.frozensets(st.sampled_from(KEYS), max_size=6))


def tree(parent: list[int]) -> Tree:
    return Tree.of(np.array(parent, dtype=np.intp))


def above(parent: list[int], at: int) -> list[int]:
    """The boxes above one, by going up."""
    found = []
    while parent[at] != NONE:
        at = parent[at]
        found.append(at)
    return found


@given(forests())
def test_depths_levels_heights_and_who_is_below_are_those_of_the_slow_way(parent: list[int]) -> None:
    made, n = tree(parent), len(parent)
    depth = [len(above(parent, at)) for at in range(n)]
    assert made.depth.tolist() == depth
    assert made.below.tolist() == [at in parent for at in range(n)]
    assert made.levels == max(depth, default=-1) + 1
    assert made.heights().tolist() == [
        max((depth[k] - depth[at] for k in range(n) if at in above(parent, k)), default=0) for at in range(n)
    ]
    assert [made.above(at) for at in range(n)] == [above(parent, at) for at in range(n)]
    assert sorted(at for level in made.by_level() for at in level.tolist()) == list(range(n))
    assert all({depth[at] for at in level.tolist()} <= {number} for number, level in enumerate(made.by_level()))


@given(forests(), st.lists(st.integers(0, 9), min_size=30, max_size=30))
def test_a_box_sums_what_stands_below_it_and_not_itself(parent: list[int], values: list[int]) -> None:
    n = len(parent)
    found = tree(parent).sums(np.array(values[:n], dtype=np.int32))
    assert found.tolist() == [sum(values[k] for k in range(n) if at in above(parent, k)) for at in range(n)]


@given(forests(), folds, st.integers(2, 5))
def test_below_a_level_all_is_folded_but_what_was_turned(parent: list[int], chosen: Folds, left_to_chart: int) -> None:
    made, n = tree(parent), len(parent)
    folded = made.folded(chosen, KEYS[:n], left_to_chart)
    open_levels = chosen.level or left_to_chart
    for at in range(n):
        deep = len(above(parent, at)) >= open_levels - 1
        assert folded[at] == (at in parent and deep != (KEYS[at] in chosen.turned))
    hidden = made.hidden(folded)
    assert hidden.tolist() == [any(folded[up] for up in above(parent, at)) for at in range(n)]


@given(forests(), st.integers(1, DEEPEST))
def test_as_many_levels_are_seen_as_were_asked_for(parent: list[int], level: int) -> None:
    made = tree(parent)
    seen = ~made.hidden(made.folded(Folds(level), KEYS[: len(parent)], 2))
    assert (seen == (made.depth < level)).all()


@given(forests(), st.integers(0, 40))
def test_levels_are_open_as_far_as_can_be_read_and_at_least_two(parent: list[int], most: int) -> None:
    made = tree(parent)
    level = made.readable(most)
    seen = [int((made.depth < n).sum()) for n in range(len(parent) + 3)]
    assert level >= 2
    assert level == 2 or seen[level] <= most
    assert level >= made.levels or seen[level + 1] > most


@given(folds, st.lists(st.sampled_from(KEYS), max_size=5, unique=True))
def test_folding_and_unfolding_again_is_the_same_value(chosen: Folds, keys: list[str]) -> None:
    turned = chosen.turn(*keys)
    assert (turned == chosen) == (not keys)
    assert turned.turn(*reversed(keys)) == chosen
    assert hash(turned.turn(*keys)) == hash(chosen)


@given(folds)
def test_folds_are_found_again_after_they_were_written_down(chosen: Folds) -> None:
    assert Folds.restored(json.loads(json.dumps(chosen.state))) == chosen
    seen = View(picture="orgchart", organization="crew", folds=chosen, arrangement="right")
    assert View.restored(json.loads(json.dumps(seen.state))) == seen
    assert (seen.flows.folds, seen.flows.arrangement, seen.flows.organization) == (Folds(), None, "")


@pytest.mark.parametrize(
    ("state", "read"),
    [
        (None, Folds()),
        ("all", Folds()),
        ({}, Folds()),
        ({"level": 0, "turned": ["seats:a"]}, Folds(None, frozenset({"seats:a"}))),
        ({"level": DEEPEST + 1}, Folds()),
        ({"level": True}, Folds()),
        ({"level": "2", "turned": "seats:a"}, Folds()),
        ({"level": 2, "turned": ["seats:a", 3, None]}, Folds(2, frozenset({"seats:a"}))),
    ],
)
def test_what_cannot_be_read_is_as_at_first(state: Any, read: Folds) -> None:
    assert Folds.restored(state) == read
