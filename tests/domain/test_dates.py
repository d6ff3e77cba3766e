"""Dates that say how much is known of them."""

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import dates
from app.domain.dates import FUTURE, PAST, Span, day

EPOCH = dt.date(1970, 1, 1)


def iso(number):
    return (EPOCH + dt.timedelta(days=number)).isoformat()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-06-26", "2025-06-26", "2025-06-27"),
        ("2025-06", "2025-06-01", "2025-07-01"),
        ("2025-12", "2025-12-01", "2026-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("0001", "0001-01-01", "0002-01-01"),
    ],
)
def test_bounds_are_half_open(text, earliest, latest):
    span = dates.parse(text)
    assert (iso(span.earliest), iso(span.latest)) == (earliest, latest)
    assert not span.about
    assert not span.uncertain


def test_the_last_year_has_an_end_that_the_calendar_lacks():
    assert dates.parse("9999").latest == day(9999, 12, 31) + 1
    assert dates.parse("9999-12").latest == day(9999, 12, 31) + 1
    assert dates.parse("9999-12-31") == Span(day(9999, 12, 31), day(9999, 12, 31) + 1)


@pytest.mark.parametrize(("flag", "about", "uncertain"), [("~", True, False), ("?", False, True), ("%", True, True)])
def test_flags_keep_the_plain_bounds(flag, about, uncertain):
    for text in ("2025", "2025-06", "2025-06-26"):
        assert dates.parse(text + flag) == dates.parse(text)._replace(about=about, uncertain=uncertain)


def test_blank_is_unknown_and_two_dots_are_endless():
    assert dates.parse(None) == dates.parse("") == Span(PAST, FUTURE)
    assert dates.parse("..") == Span(FUTURE, FUTURE)


@pytest.mark.parametrize(
    "text",
    ["soon", "2025-13", "2025-00", "2025-06-31", "2025-02-29", "0000", "25", "2025-6", "2025-06-26T00:00", " 2025",
     "2025~?", "2025-06-26\n", "...", "~2025", "-2025", "\N{FULLWIDTH DIGIT TWO}025", "202\N{ARABIC-INDIC DIGIT FIVE}"],
)  # fmt: skip
def test_anything_else_is_no_date(text):
    assert not dates.readable(text)
    with pytest.raises(ValueError, match="is not a date"):
        dates.parse(text)


def test_the_error_says_what_the_calendar_lacks():
    with pytest.raises(ValueError, match="there is no month 13"):
        dates.parse("2025-13")
    with pytest.raises(ValueError, match="month 02 has no day 30"):
        dates.parse("2025-02-30")
    with pytest.raises(ValueError, match="there is no year 0000"):
        dates.parse("0000-01")


def test_a_column_has_bounds_row_by_row():
    lo, hi = dates.bounds(pl.Series(["2025-06", None, "..", "2025-06", "soon", ""]))
    june = dates.parse("2025-06")
    assert lo.tolist() == [june.earliest, PAST, FUTURE, june.earliest, PAST, PAST]
    assert hi.tolist() == [june.latest, FUTURE, FUTURE, june.latest, FUTURE, FUTURE]
    assert lo.dtype == hi.dtype == np.int32


@pytest.mark.parametrize("column", [[], [None, None]])
def test_blank_columns_are_unknown(column):
    lo, hi = dates.bounds(pl.Series(column, dtype=pl.String))
    assert lo.tolist() == [PAST] * len(column)
    assert hi.tolist() == [FUTURE] * len(column)


def test_unreadable_texts_are_named_once():
    column = pl.Series(["2025", "soon", None, "soon", "2025-13"])
    assert sorted(dates.unreadable(column)) == ["2025-13", "soon"]
    assert dates.unreadable(pl.Series([], dtype=pl.String)).to_list() == []


def test_days_as_text():
    assert dates.text(day(2025, 7, 31)) == "2025-07-31"
    assert dates.text(FUTURE) == ".."
    assert dates.text(PAST) == ""
    assert dates.text(dates.parse("9999").latest) == "9999-12-31"  # the calendar holds no later day
    assert dates.text(day(1) - 1) == "0001-01-01"  # nor an earlier one
    assert dates.written(day(2025, 7, 1)) == "1 July 2025"


def test_the_last_day_of_a_date():
    assert dates.text(dates.last_day(dates.parse("2025-06"))) == "2025-06-30"


days = st.dates().map(lambda d: (d - EPOCH).days)
texts = (
    st.dates().flatmap(lambda d: st.sampled_from([d.isoformat(), d.isoformat()[:7], d.isoformat()[:4]]))
    | st.sampled_from(["", "..", "soon", "2025-02-30"])
    | st.text(alphabet="0123456789-~?%. ", max_size=11)
)
flags = st.sampled_from(["", "~", "?", "%"])


@given(days)
def test_a_day_is_read_as_it_is_written(number):
    assert dates.parse(dates.text(number)) == Span(number, number + 1)


@given(texts)
def test_what_is_readable_has_bounds_in_order(text):
    if dates.readable(text):
        span = dates.parse(text)
        assert span.earliest < span.latest or span == dates.ENDLESS


@given(st.lists(st.none() | st.builds(str.__add__, texts, flags)))
def test_a_column_equals_its_rows(column):
    lo, hi = dates.bounds(pl.Series(column, dtype=pl.String))
    spans = [dates.parse(text) if dates.readable(text) else dates.UNKNOWN for text in column]
    assert list(zip(lo.tolist(), hi.tolist(), strict=True)) == [(s.earliest, s.latest) for s in spans]
    bad = {text for text in column if not dates.readable(text)}
    assert set(dates.unreadable(pl.Series(column, dtype=pl.String))) == bad
