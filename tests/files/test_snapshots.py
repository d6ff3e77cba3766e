"""Dates known by snapshots: never outside what is known, as wide as can be said, certain on the days themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import dates
from app.files.snapshots import between, by, day_of

DAYS = st.integers(dates.day(1990), dates.day(2030))


@pytest.mark.parametrize(
    ("before", "day", "text"),
    [
        ("2018-12-31", "2019-01-31", "2019-01"),  # all that is known, so without a mark
        ("2010-12-31", "2011-12-31", "2011"),
        ("2019-01-30", "2019-01-31", "2019-01-31"),
        ("2011-03-31", "2011-09-30", "2011-09?"),  # known only from September on
        ("2011-03-31", "2011-06-15", "2011-05?"),
        ("2011-09-30", "2013-03-31", "2012?"),
        ("2018-09-27", "2018-10-30", "2018-10-30?"),
        ("2019-01-31", "2019-01-31", "2019-01-31?"),
        (None, "2011-03-31", "2011-03?"),
        (None, "2018-08-30", "2018-08-30?"),
    ],
)
def test_what_a_date_between_two_snapshots_says(before: str | None, day: str, text: str):
    early, late = day_of(before) if before else None, day_of(day)
    assert late is not None
    assert between(early, late) == text


@given(st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted))
def test_a_date_lies_between_its_snapshots_and_says_when_more_is_possible(pair: list[int]):
    before, day = pair
    span = dates.parse(between(before, day))
    assert before < span.earliest < span.latest <= day + 1
    assert span.uncertain == ((span.earliest, span.latest) != (before + 1, day + 1))


@given(DAYS)
def test_whoever_is_in_the_first_snapshot_is_there_on_its_day(day: int):
    span = dates.parse(between(None, day))
    assert span.earliest <= day < span.latest <= day + 1
    assert span.uncertain
    assert dates.parse(by(day))[:2] == (day, day + 1)


@pytest.mark.parametrize(
    "text", ["", "2011", "2011-02-30", "0999-01-01", "9999-12-31", "2011-3-1", "\u0662\u0660\u0661\u0661-03-01", "soon"]
)
def test_what_is_no_day(text: str):
    assert day_of(text) is None
