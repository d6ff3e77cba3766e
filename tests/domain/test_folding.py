"""Many edits made one do what the many do in turn."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply, compose, difference, drop, put
from app.domain.folding import folded
from app.domain.schema import TABLES
from tests.domain.worlds import datasets, edits, labs


def same(one: Dataset, other: Dataset) -> bool:
    return all(one[name].equals(other[name]) for name in TABLES)


@given(st.data())
def test_it_does_what_the_edits_do_in_turn(data: st.DataObject) -> None:
    begin = now = data.draw(datasets())
    steps: list[Edit] = []
    for _ in range(data.draw(st.integers(0, 5))):
        steps.append(data.draw(edits(now)))
        now = apply(now, steps[-1])
    one = folded(steps, "All")
    assert same(apply(begin, one), now)
    assert one == difference(begin, now)
    assert one == reduce(compose, steps, Edit("Nothing"))
    assert same(apply(now, folded([step.inverse for step in reversed(steps)], "Back")), begin)


def test_what_comes_and_goes_leaves_nothing() -> None:
    world = labs()
    come = put(world, "Come", {"people": [{"id": "zoe", "name": "Zoe"}]})
    there = apply(world, come)
    go = drop(there, "Go", {"people": ["zoe"]})
    assert not folded([come, go], "Both")
    assert not folded([], "None")
    assert folded([come], "One").name == "One"
