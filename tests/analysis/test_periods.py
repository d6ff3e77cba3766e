"""Calendar periods of a span."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.moves import Moves
from app.analysis.periods import MONTHS, ends_of, periods, stretches
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


def joined(*texts: str) -> Moves:
    """Moves of which only the joined days matter; blank for undated ones."""
    n = len(texts)
    none, at, flags = np.zeros(n, dtype=np.int32), np.arange(n), np.array([not text for text in texts], dtype=np.bool_)
    spans = [dates.parse(text or "2020") for text in texts]
    lo, hi = (np.array([getattr(span, end) for span in spans], dtype=np.int32) for end in ("earliest", "latest"))
    return Moves(at, at.copy(), none, none, none, none, none, lo, hi, lo, flags, np.zeros(n, dtype=np.uint8))


EVER = (days("1900"), days("2026-07-01") - 1)


def names(moves: Moves, **asked: object) -> list[str]:
    return [period.name for period in stretches(moves, EVER, 4, 12, **asked)]  # type: ignore[arg-type]  # by name


def test_stretches_are_quarters_where_those_hold_nearly_all_and_days_are_known() -> None:
    moves = joined("2024-11-03", "2025-02", "2025-05-01", "2025-05-02", "")
    assert names(moves) == ["2024 Q3", "2024 Q4", "2025 Q1", "2025 Q2"]
    assert names(moves, months=12) == ["2022", "2023", "2024", "2025"]


def test_they_are_longer_where_many_days_are_known_to_the_year_only() -> None:
    assert names(joined("2021", "2022", "2023-03-01", "2024-05-04")) == ["2021", "2022", "2023", "2024"]
    assert names(joined("2021", "2022"), months=3)[-2:] == ["2021 Q4", "2022 Q1"]  # who asks for quarters gets them


def test_a_few_early_moves_make_them_no_longer() -> None:
    late = [f"2025-{month:02d}-10" for month in range(1, 13)] * 3
    assert names(joined("1998-01-05", *late)) == ["2025 Q1", "2025 Q2", "2025 Q3", "2025 Q4"]


def test_the_last_is_cut_by_the_last_day_and_the_whole_of_a_span_can_be_asked_for() -> None:
    moves = joined("2025-08-01", "2026-04-05")
    *_, last = stretches(moves, (days("2025"), days("2026-05-11") - 1), 4, 12, 3, whole=True)
    assert (last.name, dates.text(last.last), last.whole) == ("2026 Q2", "2026-05-10", False)
    whole = stretches(moves, (days("2025"), days("2026-10-01") - 1), 4, 12, 3, whole=True)
    assert [period.name for period in whole] == [f"2025 Q{n}" for n in (1, 2, 3, 4)] + ["2026 Q1", "2026 Q2", "2026 Q3"]
    assert names(joined()) == ["2025 Q3", "2025 Q4", "2026 Q1", "2026 Q2"]


@given(
    st.lists(st.integers(days("1990"), days("2026")), max_size=40),
    st.sampled_from([None, *MONTHS]),
    st.integers(4, 12),
    st.booleans(),
)
def test_stretches_follow_one_another_and_no_move_after_them_is_missed(
    when: list[int], months: int | None, most: int, whole: bool
) -> None:
    moves = joined(*(dates.text(day) for day in when))
    found = stretches(moves, (days("1990"), days("2026-06-01")), 4, most, months, whole=whole)
    assert 4 <= len(found) <= most
    assert all(one.last == other.since for one, other in pairwise(found))
    assert all(one.since < one.last for one in found)
    assert all(day <= found[-1].last for day in when)
    assert len({period.months for period in found}) == 1
    for day in when:
        assert sum(period.holds(day) for period in found) == (day > found[0].since)


def test_periods_of_a_span_follow_each_other_up_to_its_last_day() -> None:
    first, last = (dates.parse(text).earliest for text in ("2024-02-10", "2024-08-05"))
    found = ends_of(first, last, 12)
    assert [period.name for period in found] == ["2024 Q1", "2024 Q2", "2024-08-05"]
    assert [period.whole for period in found] == [True, True, False]
    assert dates.text(found[0].since) == "2023-12-31"
    assert all(a.last == b.since for a, b in pairwise(found))
    assert [period.name for period in ends_of(first, last, 1)] == ["2024-08-05"]
    assert [period.name for period in ends_of(first, last, 12, 12)] == ["2024-08-05"]
    (alone,) = ends_of(last, first, 12)
    assert (alone.since, alone.last) == (first - 1, first)


@given(st.integers(15_000, 20_000), st.integers(0, 8_000), st.integers(1, 14), st.sampled_from([None, 3, 12, 24]))
def test_every_day_of_a_span_lies_in_one_period_unless_there_are_too_many(
    first: int, days: int, most: int, months: int | None
) -> None:
    found = ends_of(first, first + days, most, months)
    assert 1 <= len(found) <= max(most, 1) or months is None
    assert found[-1].last == first + days
    if months is None and most >= 3:
        assert found[0].since < first
        assert len(found) <= most
    assert all(a.last == b.since for a, b in pairwise(found))
