"""Weighted crossings: counted by hand, and as a plain loop counts them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.crossings import inversions, share


def counted(group: list[int], first: list[int], second: list[int], weight: list[float]) -> float:
    rows = range(len(group))
    return sum(
        weight[i] * weight[j]
        for i in rows
        for j in rows
        if group[i] == group[j] and first[i] < first[j] and second[i] > second[j]
    )


def of(*rows: tuple[int, int, int, float]) -> float:
    group, first, second, weight = (np.array(column) for column in zip(*rows, strict=True))
    return inversions(group, first, second, weight.astype(np.float64))


def test_two_links_that_cross_weigh_their_product() -> None:
    assert of((0, 0, 1, 3.0), (0, 1, 0, 5.0)) == 15.0


def test_links_with_a_common_end_do_not_cross() -> None:
    assert of((0, 0, 0, 3.0), (0, 0, 1, 5.0), (0, 1, 1, 7.0)) == 0.0


def test_links_of_different_groups_do_not_cross() -> None:
    assert of((0, 0, 1, 3.0), (1, 1, 0, 5.0)) == 0.0


def test_fewer_than_two_links_cross_nothing() -> None:
    nothing = np.empty(0, dtype=np.intp)
    assert inversions(nothing, nothing, nothing, np.empty(0)) == 0.0
    assert share(0.0, np.empty(0)) == 0.0


rows = st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 9), st.integers(0, 5))


@given(st.lists(rows, min_size=2, max_size=40))
def test_they_are_those_of_every_pair(links: list[tuple[int, int, int, int]]) -> None:
    columns = [list(column) for column in zip(*links, strict=True)]
    assert of(*links) == pytest.approx(counted(*columns))  # type: ignore[arg-type]  # whole numbers weigh too
