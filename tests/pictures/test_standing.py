"""Orders in which organizations stand: what moving one makes of them, and what is kept of those that are not shown."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.domain.edit import apply
from app.domain.views import orders, reorder
from app.pictures.standing import Standing, ordered, released
from tests.pictures.made import small

IDS = ("north", "east", "south", "west")


def standing(ids: tuple[str, ...] = IDS) -> Standing:
    n = len(ids)
    boxes = np.stack([np.zeros(n), 20.0 * np.arange(n), np.full(n, 100.0), np.full(n, 18.0)], axis=1)
    return Standing("sankey", "after", ids, boxes)


@given(st.integers(0, 3), st.integers(0, 4))
def test_one_moves_and_the_others_keep_their_order(at: int, to: int) -> None:
    made = standing().moved(at, to)
    assert sorted(made) == sorted(IDS)
    assert [one for one in made if one != IDS[at]] == [one for one in IDS if one != IDS[at]]
    if to < len(IDS) and to != at:
        assert made[made.index(IDS[at]) + 1] == IDS[to]
    if to == len(IDS):
        assert made[-1] == IDS[at]


def test_a_place_is_on_a_row_or_between() -> None:
    assert [standing().at(50, y) for y in (0, 17, 19, 40, 200)] == [0, 0, -1, 2, -1]
    assert standing().at(101, 5) == -1
    assert standing(()).at(0, 0) == -1


def test_organizations_that_are_not_shown_keep_their_place_after_those_they_followed() -> None:
    data = small()
    data = apply(data, reorder(data, "sankey", "after", ("north", "gone", "east", "lost"), "Order"))
    shown = standing(("east", "north", "south"))
    edit = ordered(data, shown, ("south", "east", "north"), "South")
    assert edit.name == "Order: South"
    assert orders(apply(data, edit), "sankey") == {"after": ("south", "east", "lost", "north", "gone")}
    assert orders(apply(data, released(data, "sankey")), "sankey") == {}
    assert not released(small(), "sankey")
