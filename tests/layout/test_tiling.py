"""Tiles in rows and columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.layout.tiling import most_tiles, places

sides = st.floats(200, 3000)


@given(st.integers(1, 12), sides, sides, st.floats(0.5, 3), st.floats(0, 30))
def test_tiles_are_alike_lie_in_the_room_in_reading_order_and_do_not_overlap(
    n: int, width: float, height: float, shape: float, gap: float
) -> None:
    found = places(n, (10.0, 20.0, width, height), shape, (gap, gap))
    assert len(found) == n
    w, h = found[0][2:]
    for at, (x, y, *size) in enumerate(found):
        assert tuple(size) == (w, h)
        assert x >= 10 - 1e-6
        assert y >= 20 - 1e-6
        assert x + w <= 10 + width + 1e-6
        assert y + h <= 20 + height + 1e-6
        for left, top, *_ in found[:at]:
            assert y > top + h - 1e-6 or (y == top and x > left + w - 1e-6)


def test_wide_things_stand_in_few_columns() -> None:
    def columns(shape: float) -> int:
        return len({x for x, *_ in places(12, (0, 0, 1200, 900), shape, (0, 0))})

    assert columns(1.0) == 4
    assert columns(4.0) < 4 < columns(0.3)
    assert places(0, (0, 0, 100, 100), 1.0, (0, 0)) == ()


def test_as_many_as_have_room_and_one_always() -> None:
    assert most_tiles((1000, 600), (240, 180), (20, 20)) == 3 * 3
    assert most_tiles((1020, 600), (240, 180), (20, 20)) == 4 * 3
    assert most_tiles((100, 100), (240, 180), (20, 20)) == 1
