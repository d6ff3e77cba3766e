"""Where blocks and bands of a Sankey stand: exactly for a few, by properties for any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.layering import Layering, layered
from app.layout.sankey import SankeyLayout, layout, settled


def placed(
    links: list[tuple[int, int]], weight: list[float], layer: list[int], *, most: float = 1e9, slot: float = 0.0
) -> tuple[Layering, SankeyLayout]:
    layering = layered(
        len(layer), np.array(links, dtype=np.intp).reshape(-1, 2), np.array(weight), np.array(layer, dtype=np.intp)
    )
    return layering, layout(layering, (0.0, 0.0, 100.0, 60.0), bar=10.0, gap=12.0, most=most, slot=slot)


def test_two_sides_exactly() -> None:
    # 0 → 2 three people, 0 → 3 one, 1 → 3 two: six people and one gap are 60 high, so a person is 8
    _, made = placed([(0, 2), (0, 3), (1, 3)], [3.0, 1.0, 2.0], [0, 0, 1, 1])
    assert made.k == 8.0
    assert made.x.tolist() == [0.0, 90.0]
    assert made.height.tolist() == [32.0, 16.0, 24.0, 24.0]
    assert made.top.tolist() == [0.0, 44.0, 0.0, 36.0]
    assert made.leaves.tolist() == [0.0, 24.0, 44.0]
    assert made.lands.tolist() == [0.0, 36.0, 44.0]
    assert made.breadth.tolist() == [24.0, 8.0, 16.0]


def test_a_band_is_level_where_it_can_be() -> None:
    layering, made = placed([(0, 1), (1, 2)], [2.0, 2.0], [0, 1, 2], most=5.0)
    assert made.k == 5.0
    assert made.top.tolist() == [25.0, 25.0, 25.0]  # in the middle of the height
    curve = made.curves(layering)[0]
    assert curve.tolist() == [[10.0, 30.0], [27.5, 30.0], [27.5, 30.0], [45.0, 30.0]]


def test_people_are_no_higher_than_asked() -> None:
    assert placed([(0, 1)], [3.0], [0, 1], most=4.0)[1].height.tolist() == [12.0, 12.0]


def test_a_low_block_has_room_for_its_name_and_the_others_share_the_rest() -> None:
    # one person of ten beside a gap of 12: 60 - 12 - 6 are left for nine
    _, made = placed([(0, 2), (1, 3)], [9.0, 1.0], [0, 0, 1, 1], slot=6.0)
    k = 42.0 / 9.0
    assert made.k == pytest.approx(k)
    assert made.top.tolist() == pytest.approx([0.0, 54.0 + 3.0 - k / 2, 0.0, 54.0 + 3.0 - k / 2])


def test_nothing_and_nobody() -> None:
    assert len(placed([], [], [])[1].top) == 0
    assert placed([], [], [0])[1].height.tolist() == [0.0]


def test_settled_pools_what_would_overlap() -> None:
    tops = settled(np.array([10.0, 10.0]), np.array([4.0, 4.0]), np.array([1.0, 1.0]), 2.0, (0.0, 40.0))
    assert tops.tolist() == [7.0, 13.0]
    heavy = settled(np.array([10.0, 10.0]), np.array([4.0, 4.0]), np.array([3.0, 1.0]), 2.0, (0.0, 40.0))
    assert heavy.tolist() == [8.5, 14.5]
    low = settled(np.array([-9.0, 90.0]), np.array([4.0, 4.0]), np.ones(2), 2.0, (0.0, 40.0))
    assert low.tolist() == [0.0, 36.0]


flows = st.lists(st.tuples(st.integers(0, 5), st.integers(6, 11), st.integers(1, 40)), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(flows, st.sampled_from([0.0, 3.0, 50.0]))
def test_no_blocks_overlap_and_bands_fill_their_blocks(rows: list[tuple[int, int, int]], slot: float) -> None:
    pairs = {(a, b): float(w) for a, b, w in rows}
    layering, made = placed(list(pairs), list(pairs.values()), [0] * 6 + [1] * 6, slot=slot)
    for members in layering.members():
        row = members[np.argsort(made.order.position[members])]
        assert (made.top[row][1:] >= made.top[row][:-1] + made.height[row][:-1] + made.gap - 1e-6).all()
        assert made.top[row].min() >= -1e-6
        assert (made.top[row] + made.height[row]).max() <= 60 + 1e-6
    for own, edge in ((layering.start, made.leaves), (layering.end, made.lands)):
        for block in np.unique(own).tolist():
            mine = np.flatnonzero(own == block)
            mine = mine[np.argsort(edge[mine])]
            ends = edge[mine] + made.breadth[mine]
            assert edge[mine[0]] == pytest.approx(made.top[block])
            assert edge[mine][1:] == pytest.approx(ends[:-1])
            assert ends[-1] == pytest.approx(made.top[block] + made.height[block])


@settings(max_examples=30, deadline=None)
@given(flows, st.randoms())
def test_the_order_of_the_links_changes_nothing(rows: list[tuple[int, int, int]], random: object) -> None:
    pairs = {(a, b): float(w) for a, b, w in rows}
    layer = [0] * 6 + [1] * 6
    _, once = placed(list(pairs), list(pairs.values()), layer)
    mixed = list(pairs)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # a Random of hypothesis
    _, again = placed(mixed, [pairs[pair] for pair in mixed], layer)
    assert again.top == pytest.approx(once.top, abs=1e-6)
