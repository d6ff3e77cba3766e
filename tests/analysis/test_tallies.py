"""What two moments differ in, organization by organization: it adds up, and agrees with the known people of a day."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.careers import Careers
from app.analysis.comparing import USUAL, Comparison, Moment, Side, known_sides, usual
from app.analysis.presence import known_people
from app.analysis.tallies import tallies
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.files.registry import read
from app.places import bundled_dataset
from tests.benchmarks import synthetic
from tests.pictures.made import small


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


def compared(dataset: Dataset, before: int, after: int, lens: str = "") -> Comparison:
    return Comparison.of(*(Moment.of(dataset, day, lens=parse(lens)) for day in (before, after)))


def adds_up(made: Comparison) -> None:
    """Every end of every difference is in one tally, and before − left + came is after."""
    ends: Counter[tuple[str, str]] = Counter()
    for tally in tallies(made):
        assert tally.before.possible - len(tally.left) + len(tally.came) == tally.after.possible
        assert tally.before.certain <= tally.before.possible
        assert tally.after.certain <= tally.after.possible
        for way, ones in (("left", tally.left), ("came", tally.came), ("changed", tally.changed)):
            ends.update((way, one.person) for one in ones)
    wanted: Counter[tuple[str, str]] = Counter()
    for one in made.differences:
        if one.how in ("seat", "status"):
            wanted["changed", one.person] += 1
            continue
        wanted["left", one.person] += one.before is not None
        wanted["came", one.person] += one.after is not None
    assert ends == +wanted


@given(st.integers(1, 300), st.integers(1, 12), st.integers(9_500, 15_000), st.integers(9_500, 15_000))
@settings(max_examples=40, deadline=None)
def test_it_adds_up_whatever_the_days(n_stints: int, n_organizations: int, before: int, after: int) -> None:
    adds_up(compared(synthetic.dataset(n_stints, n_organizations), before, after))


@pytest.mark.parametrize("lens", ["", "organization:meta", "status:confirmed", "from:openai"])
def test_it_adds_up_under_a_filter(bundled: Dataset, lens: str) -> None:
    made = compared(bundled, dates.day(2025, 6), dates.day(2025, 12, 31), lens)
    adds_up(made)
    everybody = compared(bundled, dates.day(2025, 6), dates.day(2025, 12, 31))
    assert len(made.differences) + made.filtered == len(everybody.differences)


def test_who_is_there_are_the_known_people_of_both_days(bundled: Dataset) -> None:
    before, after = dates.day(2024, 9, 15), dates.day(2025, 12, 31)
    careers, ids = Careers.of(bundled), bundled["organizations"].get_column("id").to_list()
    for tally in tallies(compared(bundled, before, after)):
        for day, count in ((before, tally.before), (after, tally.after)):
            known, code = known_people(careers, day), ids.index(tally.organization)
            assert (count.certain, count.possible) == (known.certain[code], known.possible[code])


def test_the_usual_day_before_lies_a_year_earlier_unless_something_else_differs() -> None:
    end, known = dates.day(2026, 2, 28), Side(known_by=dates.day(2025, 7))
    assert usual(USUAL, USUAL, (end, end), files=False) == (Side(dates.day(2025, 2, 28)), Side(end))
    assert usual(USUAL, Side(dates.day(2020)), (end, end), files=False)[0].day == dates.day(2019)
    assert usual(known, USUAL, (end, end), files=False)[0].day == end
    assert usual(USUAL, USUAL, (end - 7, end), files=True) == (Side(end - 7), Side(end))
    assert usual(USUAL, USUAL, (None, None), files=False) == (USUAL, USUAL)
    assert known_sides(known, USUAL, 7) == (known, Side(known_by=7))


def test_careers_at_hand_are_taken() -> None:
    data, sides = small(), (Side(dates.day(2025)), USUAL)
    careers = Careers.of(data)
    made = Comparison.between(data, None, sides, careers=careers)
    assert made.before.careers is careers is made.after.careers
    other = Comparison.between(data, None, (Side(None, dates.day(2020)), USUAL), careers=careers)
    assert other.before.careers is not careers
