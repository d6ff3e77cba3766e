"""Who entered a build-out in which period, and who of them is still there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.buildout import HELD, LEFT, POSSIBLE
from app.analysis.cohorts import Cohort, cohorts
from app.analysis.presence import held
from app.domain import dates
from app.domain.dates import FUTURE, PAST
from tests.analysis.cases import Tables
from tests.analysis.test_buildout import TEAM, people
from tests.analysis.test_seats import STINTS, opened


def rows(tables: Tables, day: str, **options: int) -> list[tuple[str, str, bool, int, int, int]]:
    """First day, end, vagueness, and how many came, are there, may be there, of each cohort."""
    _, _, found, roster = opened(tables, day)
    return [
        (dates.text(c.first), dates.text(c.end), c.vague, c.came, c.there, c.may_be)
        for c in cohorts(found, roster, **options)
    ]


def test_quarters_and_who_of_them_is_still_there() -> None:
    assert rows(people(**TEAM), "2026-02") == [
        ("2025-04-01", "2025-07-01", False, 1, 1, 0),
        ("2025-07-01", "2025-10-01", False, 3, 2, 0),
        ("2026-01-01", "2026-04-01", False, 1, 1, 0),
    ]


def test_nobody_has_entered_who_comes_later_and_some_may_be_there() -> None:
    assert rows(people(**TEAM), "2025-07-15") == [
        ("2025-04-01", "2025-07-01", False, 1, 1, 0),
        ("2025-07-01", "2025-10-01", False, 2, 1, 1),
    ]


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (8, ["2020-01-01", "2021-04-01", "2021-07-01", "2023-10-01"]),
        (3, ["2020-01-01", "2021-01-01", "2023-01-01"]),
        (2, ["2020-01-01", "2022-01-01"]),
        (1, ["2020-01-01"]),
    ],
)
def test_periods_become_longer_where_they_would_be_many(most: int, expected: list[str]) -> None:
    begins = ("2020-02", "2021-05", "2021-08", "2023-11")
    tables = people(**{f"p{n}": f"a msl {begin} to .. @s{n}" for n, begin in enumerate(begins)})
    found = rows(tables, "2024-12", most=most)

    assert [row[0] for row in found] == expected
    assert sum(row[3] for row in found) == 4


def test_a_year_is_not_put_into_one_of_its_quarters() -> None:
    tables = people(
        ann="a msl 2025-02 to .. @s1",
        bob="a msl 2025 to .. @s2",
        cat="a msl ? to .. @s3",
        dan="a msl 2026-01 to .. @s4",
    )
    assert rows(tables, "2026-06") == [
        ("2025-01-01", "2025-04-01", False, 1, 1, 0),
        ("2025-01-01", "2026-01-01", True, 1, 1, 0),
        ("2026-01-01", "2026-04-01", False, 1, 1, 0),
        (dates.text(PAST), dates.text(FUTURE), True, 1, 0, 1),
    ]


def test_all_who_came_before_the_first_day_asked_for_are_one_cohort() -> None:
    assert rows(people(**TEAM), "2026-02", since=dates.day(2025, 8)) == [
        (dates.text(PAST), "2025-08-01", False, 3, 2, 0),
        ("2025-07-01", "2025-10-01", False, 1, 1, 0),
        ("2026-01-01", "2026-04-01", False, 1, 1, 0),
    ]


def test_who_changes_seats_entered_once() -> None:
    tables = people(ann="a msl 2025-01 to 2025-06 @s1; b msl 2025-07 to .. @s2")

    assert rows(tables, "2026") == [("2025-01-01", "2025-04-01", False, 1, 1, 0)]


def test_without_seats_there_are_no_cohorts() -> None:
    assert rows(people(), "2026") == []


@settings(max_examples=40, deadline=None)
@given(STINTS, st.integers(1, 6), st.booleans())
def test_everybody_who_has_come_is_in_one_cohort(stints: list[tuple[str, str, str]], most: int, cut: bool) -> None:
    named = {f"p{n}": f"a msl {start} to {end} @{seat}" for n, (start, end, seat) in enumerate(stints)}
    _, _, found, roster = opened(people(**named), "2025-08")
    made = cohorts(found, roster, most, dates.day(2025, 4) if cut else None)
    h = found.holders
    certain, possible = held(h, found.day)
    who = [int(h.person[at]) for cohort in made for at in cohort.holders]

    def of(state: int) -> set[int]:
        return {int(h.person[at]) for c in made for at in c.holders[c.states == state]}

    assert sorted(who) == sorted(set(h.person[h.start_lo <= found.day].tolist()))
    assert of(HELD) == set(h.person[certain].tolist())
    assert of(POSSIBLE) == set(h.person[possible].tolist()) - of(HELD)
    assert of(LEFT) == set(who) - of(HELD) - of(POSSIBLE)
    for cohort in made:
        assert inside(cohort, roster.lo[cohort.holders], roster.hi[cohort.holders])


def inside(cohort: Cohort, lo: np.ndarray, hi: np.ndarray) -> bool:
    """Whether all of a cohort entered within its period."""
    return bool(((cohort.first <= lo) & (hi <= cohort.end)).all())
