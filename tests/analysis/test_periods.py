"""Calendar periods of a span."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.periods import periods
from app.domain import dates


def days(text: str) -> int:
    return dates.parse(text).earliest


def test_years_end_with_the_day_itself() -> None:
    found = periods(days("2022-05-01"), days("2025-06-28"), 6)
    assert [(dates.text(p.day), p.name, p.whole) for p in found] == [
        ("2021-12-31", "2021", True),
        ("2022-12-31", "2022", True),
        ("2023-12-31", "2023", True),
        ("2024-12-31", "2024", True),
        ("2025-06-28", "2025-06-28", False),
    ]


def test_they_are_as_short_as_there_is_room_for() -> None:
    span = (days("2024-02-10"), days("2025-03-31"))
    assert [p.name for p in periods(*span, 9)] == ["2023 Q4", "2024 Q1", "2024 Q2", "2024 Q3", "2024 Q4", "2025 Q1"]
    assert [p.name for p in periods(*span, 4)] == ["2023 H2", "2024 H1", "2024 H2", "2025-03-31"]


def test_a_length_that_is_asked_for_holds() -> None:
    found = periods(days("2020"), days("2024-12-31"), 3, months=12)
    assert [p.name for p in found] == ["2019", "2020", "2021", "2022", "2023", "2024"]


def test_a_span_that_ends_before_it_begins_is_a_day() -> None:
    assert [p.name for p in periods(days("2025"), days("2024-01-01"), 9)] == ["2024-01-01"]


@given(st.integers(0, 30_000), st.integers(0, 20_000), st.integers(3, 14))
def test_any_span_is_covered_in_order(first: int, length: int, most: int) -> None:
    found = [p.day for p in periods(first, first + length, most)]
    assert found == sorted(set(found))
    assert found[-1] == first + length
    assert found[0] <= first
    assert len(found) <= most
