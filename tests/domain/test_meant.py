"""What texts that are no dates surely mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import dates
from app.domain.meant import Meant, meant

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("June 2025", "2025-06"),
        ("Sept. 2025", "2025-09"),
        ("26th of June 2025", "2025-06-26"),
        ("June 26, 2025", "2025-06-26"),
        ("2025 June 26", "2025-06-26"),
        ("26-Jun-2025", "2025-06-26"),
        ("2025-6-3", "2025-06-03"),
        ("2025/06/03", "2025-06-03"),
        ("2025.6", "2025-06"),
        ("6/2025", "2025-06"),
        ("26/06/2025", "2025-06-26"),
        ("06/26/2025", "2025-06-26"),
        ("5.5.2025", "2025-05-05"),
        ("20250626", "2025-06-26"),
        ("26062025", "2025-06-26"),
        ("2025\u201306\u201326", "2025-06-26"),
        ("2025-06-26T10:00:00Z", "2025-06-26"),
        ("2025-06-XX", "2025-06"),
        ("2025-00-00", "2025"),
        ("c. 2025", "2025~"),
        ("about June 2025", "2025-06~"),
        ("2025-06 ?", "2025-06?"),
        ("ca. 2025 ?", "2025%"),
        ("in 2025", "2025"),
        ("n/a", ""),
    ],
)
def test_what_can_be_read_in_one_way_is_read(text: str, expected: str) -> None:
    assert meant(text) == Meant(expected)


@pytest.mark.parametrize("text", ["03/04/2025", "3.4.2025", "1 2 2025", "early 2025", "mid-2025"])
def test_of_what_can_be_read_in_several_ways_the_year_is_sure(text: str) -> None:
    assert meant(text) == Meant("2025", whole=False)


@pytest.mark.parametrize(
    "text",
    [
        "soon", "26/06/25", "06-25", "winter 2025", "summer 2025", "Q3 2025", "2025-02-30", "13/2025", "2021-2023",
        "June", "26 Jun", "mayor 2025", "2025 26 June", "June 2025 or 2026", "0", "", "2025-XX-12", "99999999",
        "2\u0665/06/2025",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_not_guessed(text: str) -> None:
    assert meant(text) is None


def test_what_has_not_ended_is_open_only_where_that_can_be() -> None:
    assert meant("Present", may_be_open=True) == Meant("..")
    assert meant("Present") is None


@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y %b %d", "%d-%b-%Y"]))
def test_a_day_written_in_another_way_is_that_day(day: dt.date, form: str) -> None:
    assert meant(day.strftime(form)) == Meant(day.isoformat())


@given(DAYS)
def test_numbers_are_read_only_as_far_as_all_readings_agree(day: dt.date) -> None:
    found = meant(f"{day:%d/%m/%Y}")
    one_way = day.day > 12 or day.day == day.month
    assert found == (Meant(day.isoformat()) if one_way else Meant(f"{day.year}", whole=False))


@given(st.text(max_size=20) | st.from_regex(r"[0-9a-z ./~?-]{0,14}", fullmatch=True), st.booleans())
def test_whatever_is_meant_is_a_date(text: str, may_be_open: bool) -> None:
    found = meant(text, may_be_open=may_be_open)
    if found is not None:
        assert dates.readable(found.text)
        assert found.text != dates.OPEN or may_be_open


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]), st.sampled_from(["", "~", "?", "%"]))
def test_a_date_means_itself(day: dt.date, form: str, flag: str) -> None:
    assert meant(day.strftime(form) + flag) == Meant(day.strftime(form) + flag)
