"""Teams to compare: seats on record, or known people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.buildout import INTERNAL
from app.analysis.careers import Careers
from app.analysis.presence import known_people
from app.analysis.seat_curve import seat_curve
from app.analysis.seats import NOBODY
from app.analysis.teams import Team
from app.domain import dates
from app.domain.dataset import Dataset
from app.files import registry
from tests.analysis.cases import Tables, dataset_of
from tests.analysis.test_buildout import TEAM, people

BUNDLED = Path(__file__).parent.parent.parent / "data" / "ai-labs.json"


def team(tables: Tables, organization: str, day: str, level: str = "organization") -> tuple[Dataset, Careers, Team]:
    dataset = dataset_of(tables)
    careers = Careers.of(dataset, level)  # type: ignore[arg-type]  # one of the levels
    code = dataset.position("organizations", organization)
    assert code is not None
    return dataset, careers, Team.of(dataset, careers, code, dates.parse(day).latest - 1)


def test_a_team_with_seats_counts_seats_against_its_target() -> None:
    _, _, found = team(people(**TEAM), "msl", "2025-12-31")

    assert found.is_seated
    assert (found.build_out.filled, found.build_out.wanted, found.build_out.left) == (3, 3, 1)


def test_a_team_without_seats_counts_the_people_known_there() -> None:
    dataset, _, found = team(people(**TEAM), "openai", "2025-06-15")
    names = dataset["people"]["id"].to_list()

    assert not found.is_seated
    assert [names[code] for code in found.build_out.holders.person] == ["ann", "eve"]
    assert (found.build_out.filled, found.build_out.left, found.build_out.wanted) == (1, 1, 0)
    assert found.roster.holder.tolist() == [0, 1]


def test_nobody_and_nothing_is_an_empty_team() -> None:
    _, _, found = team(people(**TEAM), "tbd", "2026")

    assert (found.is_seated, len(found.build_out.seats), found.build_out.filled) == (False, 0, 0)


def test_who_moves_on_within_a_team_came_from_where_they_entered_it() -> None:
    tables = people(
        ann="a openai 2020 to 2021; b google 2021 to 2022-01; c deepmind 2022-01 to 2023-01; d google 2023-01 to ..",
        bob="a deepmind 2020 to 2021-01; b google 2021-01 to ..",
    )
    found = team(tables, "google", "2024")[2].build_out
    assert dict(found.by_origin) == {"openai": 1, "unknown": 1}
    assert found.filled == 2

    labs = team(tables, "google", "2024", "lab")[2].build_out
    assert dict(labs.by_origin) == {"openai": 1, "unknown": 1}
    inside = team(tables, "deepmind", "2022-06")[2].build_out
    assert dict(inside.by_origin) == {INTERNAL: 1}


@pytest.mark.parametrize("organization", ["openai", "anthropic", "google", "xai"])
@pytest.mark.parametrize("day", ["2019-06-30", "2025-03-31", "2026-06-28"])
def test_of_the_bundled_dataset_a_team_holds_its_known_people(organization: str, day: str) -> None:
    dataset = registry.read(BUNDLED)
    careers, at = Careers.of(dataset), dates.parse(day).latest - 1
    code = dataset.position("organizations", organization)
    assert code is not None
    counted = known_people(careers, at)
    found = Team.of(dataset, careers, code, at).build_out

    assert (found.filled, found.possible) == (counted.certain[code], counted.possible[code])


PLACES = st.sampled_from(["openai", "google", "deepmind"])
BOUNDS = st.sampled_from(["?", "2020", "2020-03", "2020-05-04", "2021", "2021-06", "2022-01-01", ".."])
CAREERS = st.lists(st.lists(st.tuples(PLACES, BOUNDS, BOUNDS), min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(CAREERS)
def test_on_every_day_the_curve_of_a_team_counts_its_known_people(lives: list[list[tuple[str, str, str]]]) -> None:
    """For a root, whose known people are those of the level `organization`."""
    named = {
        f"p{n}": "; ".join(
            f"{'abcd'[k]} {where} {start.replace('..', '?')} to {end}" for k, (where, start, end) in enumerate(life)
        )
        for n, life in enumerate(lives)
    }
    _, careers, found = team(people(**named), "google", "2023")
    curve = seat_curve(found.build_out)
    code = found.build_out.organization

    for day in range(dates.day(2019, 12, 30), dates.day(2022, 6), 17):
        counted = known_people(careers, day)
        certain, possible = curve.at(day)
        assert (certain.sum(), possible) == (counted.certain[code], counted.possible[code])
    assert (found.roster.holder != NOBODY).sum() == len(np.unique(found.build_out.holders.person))
