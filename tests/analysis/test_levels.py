"""Hierarchy and levels: whose parent is whose, day by day, and what an organization counts as."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.hierarchy import Hierarchy
from app.analysis.levels import Levels
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.errors import UsageError
from app.domain.index import ABSENT
from tests.analysis import reference
from tests.analysis.cases import Tables, dataset_of, tables_of
from tests.analysis.test_moves import worlds

GOOGLE = "google deepmind:lab<google team<deepmind"
BOUGHT = "deepmind>google reparented 2014"


def rolled(tables: Tables, level: Any, organization: str, day: int, known_by: int | None = None) -> str:
    dataset = dataset_of(tables)
    ids = dataset["organizations"].get_column("id").to_list()
    levels = Levels.of(dataset, level, Hierarchy.of(dataset, known_by))
    code = np.array([ids.index(organization)], dtype=np.int32)
    return ids[levels.at(code, np.array([day], dtype=np.int32))[0]]


@pytest.mark.parametrize(
    ("level", "organization", "expected"),
    [
        ("unit", "team", "team"),
        ("lab", "team", "deepmind"),
        ("lab", "deepmind", "deepmind"),
        ("lab", "google", "google"),
        ("organization", "team", "google"),
        ("organization", "google", "google"),
    ],
)
def test_a_unit_counts_as_itself_its_lab_or_its_root(level: str, organization: str, expected: str) -> None:
    assert rolled(tables_of("", GOOGLE), level, organization, dates.day(2020)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dates.day(2013, 12, 31), "deepmind"),
        (dates.day(2014), "google"),
        (FUTURE, "google"),
        (PAST, "deepmind"),
    ],
)
def test_a_change_of_parent_counts_from_the_earliest_day_of_its_date(day: int, expected: str) -> None:
    assert rolled(tables_of("", GOOGLE, BOUGHT), "organization", "team", day) == expected


def test_each_of_two_changes_has_its_time() -> None:
    tables = tables_of("", "lab<last", "lab>middle reparented first 2010 | lab>last reparented middle 2020")
    years = {year: rolled(tables, "organization", "lab", dates.day(year)) for year in (2009, 2010, 2019, 2020)}

    assert years == {2009: "first", 2010: "middle", 2019: "middle", 2020: "last"}


def test_a_change_that_is_denied_or_not_yet_known_does_not_count() -> None:
    denied = tables_of("", GOOGLE, BOUGHT + " denied")
    assert rolled(denied, "organization", "deepmind", dates.day(2013)) == "google"

    later = tables_of("a deepmind 2010 to .. known 2014-02", GOOGLE, BOUGHT)
    later["successions"][0]["source_ids"] = ["source-0"]
    assert rolled(later, "organization", "deepmind", dates.day(2014, 2), dates.day(2014, 1, 31)) == "deepmind"
    assert rolled(later, "organization", "deepmind", dates.day(2014, 2), dates.day(2014, 2, 28)) == "google"


def test_a_circle_of_parents_ends_at_its_smallest_id() -> None:
    tables = tables_of("", "alpha<beta beta<gamma gamma<alpha tail<gamma self<self")

    assert {rolled(tables, "organization", name, 0) for name in ("alpha", "beta", "gamma", "tail")} == {"alpha"}
    assert rolled(tables, "organization", "self", 0) == "self"


def test_an_organization_that_nobody_has_stays_absent() -> None:
    levels = Levels.of(dataset_of(tables_of("", GOOGLE, BOUGHT)))
    nobody = np.array([ABSENT], dtype=np.int32)

    assert levels.at(nobody, np.array([0], dtype=np.int32)).tolist() == [ABSENT]
    assert levels.at(nobody, 0).tolist() == [ABSENT]


def test_without_organizations_there_is_nothing_to_roll_up() -> None:
    levels = Levels.of(Dataset.of())

    assert levels.at(np.empty(0, dtype=np.int32), 0).tolist() == []


def test_a_level_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="unit, lab, organization"):
        Levels.of(Dataset.of(), "team")  # type: ignore[arg-type]  # a word from outside


def test_below_an_organization_are_itself_and_all_units_under_it_that_day() -> None:
    dataset = dataset_of(tables_of("", GOOGLE + " openai", BOUGHT))
    hierarchy = Hierarchy.of(dataset)
    ids = dataset["organizations"].get_column("id").to_list()

    def below(day: int) -> set[str]:
        inside = hierarchy.below([ids.index("google")], int(hierarchy.period(day)))
        return {name for name, found in zip(ids, inside[:-1], strict=True) if found}

    assert below(dates.day(2013)) == {"google"}
    assert below(dates.day(2015)) == {"google", "deepmind", "team"}


@given(worlds(), st.sampled_from(["unit", "lab", "organization"]), st.integers(16_000, 19_000))
def test_every_organization_rolls_up_as_the_slow_path_says(tables: Tables, level: str, day: int) -> None:
    world = reference.World(tables, None)
    dataset = dataset_of(tables)
    hierarchy = Hierarchy.of(dataset)
    ids = dataset["organizations"].get_column("id").to_list()
    codes = np.arange(len(ids), dtype=np.int32)
    found = Levels.of(dataset, level, hierarchy).at(codes, day)  # type: ignore[arg-type]  # a word from outside

    assert [ids[code] for code in found] == [world.rolled(name, day, level) for name in ids]
    period = int(hierarchy.period(day))
    assert [[ids[c] for c in hierarchy.above(code, period)] for code in codes] == [world.chain(i, day) for i in ids]
