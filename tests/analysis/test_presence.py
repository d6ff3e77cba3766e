"""Known people: certain and possible, distinct, at a level, on a day."""

from __future__ import annotations

from typing import Any

import pytest

from app.analysis.careers import Careers
from app.analysis.presence import known_people, present
from app.domain import dates
from app.domain.dataset import Dataset
from tests.analysis.cases import dataset_of, full, tables_of


def counts(stints: str, day: str, organizations: str = "", successions: str = "", level: Any = "organization") -> Any:
    """Organization → (people, possible) on a day, those without any left out."""
    dataset = dataset_of(tables_of(stints, organizations, successions))
    people = known_people(Careers.of(dataset, level), dates.parse(day).latest - 1)
    rows = zip(dataset["organizations"]["id"], people.certain.tolist(), people.possible.tolist(), strict=True)
    return {name: (certain, possible) for name, certain, possible in rows if possible}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-31", (0, 0)),
        ("2020-01-01", (0, 1)),
        ("2020-01-30", (0, 1)),
        ("2020-01-31", (1, 1)),
        ("2021-05-31", (1, 1)),
        ("2021-06-01", (0, 1)),
        ("2021-06-29", (0, 1)),
        ("2021-06-30", (0, 0)),
    ],
)
def test_bounds_decide_who_is_certain_and_who_possible(day: str, expected: tuple[int, int]) -> None:
    found = counts("a openai 2020-01 to 2021-06", day)

    assert found.get("openai", (0, 0)) == expected


def test_an_open_stint_runs_on() -> None:
    assert counts("a openai 2020-01 to ..", "2090") == {"openai": (1, 1)}


def test_a_blank_date_is_cut_by_its_neighbours() -> None:
    stints = "a openai 2018 to 2020-05-10; b xai ? to 2022-01-01; c meta ? to .."

    assert counts(stints, "2020-05-09") == {"openai": (1, 1)}
    assert counts(stints, "2020-05-10") == {"xai": (0, 1)}
    assert counts(stints, "2022-01-01") == {"meta": (0, 1)}


def test_an_unknown_end_is_possible_until_the_next_stint_must_have_begun() -> None:
    stints = "a openai 2018-01-01 to ?; b xai 2020-06 to .."

    assert counts(stints, "2020-06-29") == {"openai": (0, 1), "xai": (0, 1)}
    assert counts(stints, "2020-06-30") == {"xai": (1, 1)}


def test_a_person_with_two_posts_at_one_organization_is_one_person() -> None:
    stints = "a fair 2018 to ..; b msl 2019 to ..; c nyu 2010 to .."

    assert counts(stints, "2020", "fair<meta msl<meta") == {"meta": (1, 1), "nyu": (1, 1)}
    assert counts(stints, "2020", "fair<meta msl<meta", level="unit") == {"fair": (1, 1), "msl": (1, 1), "nyu": (1, 1)}


def test_organizations_roll_up_by_the_parents_of_the_day() -> None:
    where = ("a deepmind 2010 to ..", "deepmind<google", "deepmind>google reparented 2014")

    assert counts(where[0], "2013", *where[1:]) == {"deepmind": (1, 1)}
    assert counts(where[0], "2014-01-01", *where[1:]) == {"google": (1, 1)}


def test_students_advisors_and_denied_stints_are_not_counted() -> None:
    others = "a nyu 2010 to .. education; b openai 2010 to .. advisor; c meta 2010 to .. denied"

    assert counts(f"{others}; d xai 2010 to .. founder", "2020") == {"xai": (1, 1)}


def test_two_people_are_two_and_a_mask_leaves_some_out() -> None:
    tables = tables_of("a openai 2018 to ..")
    tables["people"].append(full("people", id="q", name="q"))
    tables["stints"].append({**tables["stints"][0], "id": "b", "person_id": "q"})
    dataset = dataset_of(tables)
    careers = Careers.of(dataset)

    assert known_people(careers, dates.day(2020)).certain.tolist() == [2]
    assert known_people(careers, dates.day(2020), careers.index.row == 1).certain.tolist() == [1]


def test_an_empty_dataset_has_nobody() -> None:
    careers = Careers.of(Dataset.of())

    assert known_people(careers, 0).possible.tolist() == []
    assert [len(part) for part in present(careers, 0)] == [0, 0]
