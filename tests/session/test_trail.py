"""Back and Forward."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.session.trail import MOST, Trail

Numbers = st.lists(st.integers(0, 5), max_size=30)


def walked(places: list[int]) -> Trail[int]:
    trail: Trail[int] = Trail()
    for place in places:
        trail = trail.gone(place)
    return trail


@given(Numbers)
def test_back_and_forward_undo_each_other(places: list[int]) -> None:
    trail = walked(places)
    back = trail.back()
    assert back.forward().here == trail.here or not trail.can_go_back


def test_going_elsewhere_forgets_what_was_ahead() -> None:
    trail = walked([1, 2, 3]).back().back().gone(9)
    assert (trail.places, trail.can_go_forward) == ((1, 9), False)


def test_the_same_place_twice_is_no_step() -> None:
    assert walked([1, 1, 1]).places == (1,)


@given(Numbers, st.integers(0, 5))
def test_the_present_place_is_corrected_without_a_step(places: list[int], other: int) -> None:
    trail = walked(places).back()
    mended = trail.instead(other)
    assert mended.here == other
    assert (mended.can_go_back, mended.can_go_forward) == (trail.can_go_back, trail.can_go_forward)
    assert mended.forward().here == (trail.forward().here if trail.can_go_forward else other)


def test_an_empty_trail_leads_nowhere() -> None:
    trail: Trail[int] = Trail()
    assert trail.here is None
    assert trail.back() is trail
    assert trail.forward() is trail


def test_the_oldest_places_are_forgotten() -> None:
    trail = walked(list(range(MOST + 10)))
    assert len(trail.places) == MOST
    assert trail.here == MOST + 9
