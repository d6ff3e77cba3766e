"""Build-out: the seats of a team, who held them when, and where they came from."""

from __future__ import annotations

from typing import Any

import pytest

from app.analysis.buildout import CLOSED, HELD, LEFT, POSSIBLE, VACANT, BuildOut, build_out, build_outs
from app.analysis.careers import Careers
from app.domain import dates
from app.domain.dataset import Dataset
from tests.analysis.cases import Tables, dataset_of, full, tables_of

ORGANIZATIONS = "msl:lab<meta tbd<msl fair:lab<meta deepmind:lab<google openai"


def people(**careers: str) -> Tables:
    """One person a name, each with stints in the short notation; `@s1` behind a stint seats it."""
    tables = tables_of("", ORGANIZATIONS)
    tables["people"].clear()
    for person, stints in careers.items():
        parts = stints.split(";")
        plain = ";".join(part.split("@")[0] for part in parts)
        own = tables_of(plain, ORGANIZATIONS, person=person)
        for row, part in zip(own["stints"], parts, strict=True):
            row["id"] = f"{person}-{row['id']}"
            row["seat_id"] = part.split("@")[1].strip() if "@" in part else None
        tables["people"] += own["people"]
        tables["stints"] += own["stints"]
    for seat in sorted({row["seat_id"] for row in tables["stints"] if row["seat_id"]}):
        tables["seats"].append(full("seats", id=seat, organization_id="msl", rank=1))
    tables["targets"].append(full("targets", id="target", organization_id="msl", seats=3))
    return tables


def built(tables: Tables, day: str, level: Any = "organization", known_by: int | None = None) -> BuildOut:
    dataset = dataset_of(tables)
    return build_outs(dataset, Careers.of(dataset, level, known_by), dates.parse(day).latest - 1, known_by)[0]


TEAM = {
    "ann": "a openai 2020 to 2025-05; b msl 2025-06 to .. @s1",
    "bob": "a deepmind 2020 to 2025-06; b msl 2025-07 to 2025-12-01 @s2",
    "cat": "a fair 2020 to 2025-06; b msl 2025-07-10 to .. @s3",
    "dan": "a msl 2025-08 to .. @s4",
    "eve": "a openai 2020 to 2026-01; b msl 2026-02 to .. @s2",
}


def figures(found: BuildOut) -> tuple[int, int, int, int, int]:
    return found.filled, found.possible, found.left, found.open, found.over


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-05", (0, 0, 0, 3, 0)),
        ("2025-06-15", (0, 1, 0, 3, 0)),
        ("2025-06", (1, 1, 0, 2, 0)),
        ("2025-07-15", (2, 3, 0, 1, 0)),
        ("2025-08", (4, 4, 0, 0, 1)),
        ("2025-12-01", (3, 3, 1, 0, 0)),
        ("2026-02", (4, 4, 0, 0, 1)),
    ],
)
def test_the_figures_of_a_team_day_by_day(day: str, expected: tuple[int, ...]) -> None:
    assert figures(built(people(**TEAM), day)) == expected


def test_filled_seats_are_counted_by_where_their_holder_came_from() -> None:
    assert built(people(**TEAM), "2025-08").by_origin == {"google": 1, "internal": 1, "openai": 1, "unknown": 1}
    assert built(people(**TEAM), "2026-02").by_origin == {"openai": 2, "internal": 1, "unknown": 1}
    assert built(people(**TEAM), "2025-08", "lab").by_origin == {"deepmind": 1, "fair": 1, "openai": 1, "unknown": 1}


def test_where_the_order_is_not_stated_the_origin_is_unknown() -> None:
    tables = people(ann="a openai ? to ? unordered; b msl 2025-06 to .. @s1")

    assert built(tables, "2025-07").by_origin == {"unknown": 1}


def test_of_two_holders_at_once_the_one_who_came_last_gives_the_origin() -> None:
    tables = people(
        ann="a openai 2020 to 2025; b msl 2025-06 to .. @s1", bob="a google 2020 to 2025; b msl 2025-07 to .. @s1"
    )
    found = built(tables, "2026")

    assert (found.filled, found.by_origin) == (1, {"google": 1})
    assert [dates.text(int(day)) for day in found.holders.start_lo] == ["2025-06-01", "2025-07-01"]


def test_only_people_who_hold_a_seat_at_or_below_the_organization_count() -> None:
    tables = people(
        ann="a msl 2025-06 to ..",
        bob="a tbd 2025-06 to .. @s1",
        cat="a openai 2025-06 to .. @s2",
        dan="a msl 2020 to .. @s9",
    )
    for seat in tables["seats"]:
        seat["organization_id"] = {"s1": "tbd", "s2": "openai", "s9": "meta"}[seat["id"]]

    assert figures(built(tables, "2026")) == (1, 1, 0, 2, 0)


@pytest.mark.parametrize("flag", ["denied", "offer", "education"])
def test_a_denied_stint_an_offer_or_a_study_fills_no_seat(flag: str) -> None:
    assert built(people(ann=f"a msl 2025-06 to .. {flag} @s1"), "2026").filled == 0


def test_an_advisor_may_hold_a_seat() -> None:
    found = built(people(ann="a msl 2025-06 to .. advisor @s1"), "2026")

    assert (found.filled, found.by_origin) == (1, {"unknown": 1})


def test_seats_have_states() -> None:
    tables = people(
        ann="a msl 2025-01 to .. @s1",
        bob="a msl 2025-06 to .. @s2",
        cat="a msl 2024 to 2025-02 @s3",
        dan="a msl 2024 to 2025-02 @s4",
        eve="a msl 2027 to .. @s5",
        fay="a msl 2024 to 2025-02 @s6",
    )
    tables["seats"][3]["closed"] = "2025-03"
    tables["seats"][5]["state"] = "closed"
    found = built(tables, "2025-06-10")

    assert found.states(found.day).tolist() == [HELD, POSSIBLE, LEFT, CLOSED, VACANT, CLOSED]
    assert found.left == 1


def test_seats_stand_by_rank_then_id() -> None:
    tables = people(ann="a msl 2025 to .. @s1", bob="a msl 2025 to .. @s2", cat="a msl 2025 to .. @s3")
    for seat, rank in zip(tables["seats"], (None, 2, 1), strict=True):
        seat["rank"] = rank
    dataset = dataset_of(tables)
    found = build_outs(dataset, Careers.of(dataset), 0)[0]

    assert dataset["seats"]["id"].gather(found.seats).to_list() == ["s3", "s2", "s1"]


def test_a_target_denied_or_not_yet_known_or_of_nobody_is_left_out() -> None:
    tables = people(ann="a msl 2025 to .. known 2025-06 @s1")
    tables["sources"] = [full("sources", id="source-0", published="2025-06")]
    tables["targets"] += [
        full("targets", id="denied", organization_id="msl", seats=3, status="denied"),
        full("targets", id="later", organization_id="msl", seats=3, source_ids=["source-0"]),
        full("targets", id="nowhere", organization_id="lost", seats=3),
    ]
    dataset = dataset_of(tables)

    def targets(known_by: int | None) -> list[str]:
        careers = Careers.of(dataset, known_by=known_by)
        return [b.target for b in build_outs(dataset, careers, dates.day(2026), known_by)]

    assert targets(None) == ["later", "target"]
    assert targets(dates.day(2025, 5)) == ["target"]
    assert built(tables, "2026", known_by=dates.day(2025, 5)).filled == 0


def test_an_organization_without_a_target_has_seats_too() -> None:
    dataset = dataset_of(people(**TEAM))
    meta = dataset["organizations"]["id"].to_list().index("meta")
    found = build_out(dataset, Careers.of(dataset), dates.day(2025, 9), meta)

    assert figures(found) == (4, 4, 0, 0, 4)


def test_an_empty_dataset_has_no_targets() -> None:
    dataset = Dataset.of()

    assert build_outs(dataset, Careers.of(dataset), 0) == ()
