"""Where people were, counted by hand and beside the figures."""

from __future__ import annotations

import numpy as np

from app.analysis.careers import Careers
from app.analysis.presence import known_people
from app.analysis.whereabouts import ever_at, whereabouts
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.index import ABSENT


def data() -> Dataset:
    """Ada: North 2020 to 2022-07, then South. Ben: North at an unknown time until 2023, and nothing after. Cyd: two
    posts at once. Dov: South, founded in 2021, from an unknown day on."""
    organizations = [
        {"id": "north", "name": "North"},
        {"id": "south", "name": "South", "founded": "2021"},
        {"id": "west", "name": "West"},
    ]
    people = [{"id": i, "name": f"{i.title()} Madeup"} for i in ("ada", "ben", "cyd", "dov")]
    rows = [
        ("ada", "north", "2020-01-01", "2022-07-01"),
        ("ada", "south", "2022-07-01", ".."),
        ("ben", "north", None, "2023-01-01"),
        ("cyd", "north", "2019-01-01", ".."),
        ("cyd", "west", "2020-01-01", ".."),
        ("dov", "south", None, ".."),
    ]
    stints = [
        {
            "id": f"st-{n}",
            "person_id": person,
            "organization_id": organization,
            "kind": "employment",
            "rank": n,
            "start": start,
            "end": end,
        }
        for n, (person, organization, start, end) in enumerate(rows)
    ]
    tables = {"organizations": organizations, "people": people, "stints": stints}
    return Dataset.of({name: frame_of(name, some) for name, some in tables.items()})


NORTH, SOUTH, WEST = 0, 1, 2
DAYS = [dates.parse(text).latest - 1 for text in ("2018", "2020", "2022", "2023")]


def test_each_person_is_at_one_place_on_each_day() -> None:
    made = data()
    found = whereabouts(made, Careers.of(made), DAYS, np.array([True] * 4 + [False]))
    assert found.person.tolist() == [0, 1, 2, 3]
    assert found.organization.tolist() == [
        [ABSENT, NORTH, SOUTH, SOUTH],
        [NORTH, NORTH, NORTH, ABSENT],
        [ABSENT, WEST, WEST, WEST],
        [ABSENT, ABSENT, SOUTH, SOUTH],  # South was not yet founded
    ]
    assert found.sure.tolist() == [
        [False, True, True, True],
        [False, False, False, False],
        [False, True, True, True],
        [False, False, False, False],
    ]
    assert found.several == 1


def test_only_those_who_are_asked_for() -> None:
    made = data()
    found = whereabouts(made, Careers.of(made), DAYS, np.array([False, True, False, False, False]))
    assert found.person.tolist() == [1]


def test_who_is_certain_somewhere_is_counted_as_the_figures_count() -> None:
    made = data()
    careers = Careers.of(made)
    found = whereabouts(made, careers, DAYS, np.array([True] * 4 + [False]))
    for column, day in enumerate(DAYS):
        counts = known_people(careers, day).certain.tolist()
        sure = found.organization[found.sure[:, column], column]
        drawn = np.bincount(sure, minlength=3).tolist()
        both = int(day >= dates.day(2020, 12))  # Cyd, who is at North as well
        assert drawn == [counts[NORTH] - both, counts[SOUTH], counts[WEST]]


def test_who_was_ever_somewhere() -> None:
    careers = Careers.of(data())
    assert ever_at(careers, [SOUTH], 4).tolist() == [True, False, False, True]
    assert ever_at(careers, [], 4).tolist() == [False] * 4
