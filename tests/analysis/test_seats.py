"""Seats one by one, and how many were held over time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.buildout import HELD, INTERNAL, LEFT, POSSIBLE, UNKNOWN, VACANT, BuildOut, build_outs
from app.analysis.careers import Careers
from app.analysis.seat_curve import seat_curve
from app.analysis.seats import NOBODY, Genealogy, Roster, ended, left_out, lit, origin_of
from app.analysis.select import Selector
from app.analysis.skills import Asked, expertise
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from tests.analysis.cases import Tables, dataset_of, full
from tests.analysis.test_buildout import TEAM, people


def opened(tables: Tables, day: str, known_by: str = "") -> tuple[Dataset, Careers, BuildOut, Roster]:
    """A dataset, its careers, the build-out of its target on a day, and the roster."""
    dataset = dataset_of(tables)
    known = dates.parse(known_by).latest - 1 if known_by else None
    careers = Careers.of(dataset, "organization", known)
    found = build_outs(dataset, careers, dates.parse(day).latest - 1, known)[0]
    return dataset, careers, found, Roster.of(dataset, careers, found)


def shown(dataset: Dataset, found: BuildOut, roster: Roster) -> list[str]:
    """Who is shown on each seat; blank for nobody."""
    ids = dataset["people"]["id"].to_list()
    return [ids[found.holders.person[at]] if at != NOBODY else "" for at in roster.holder.tolist()]


@pytest.mark.parametrize(
    ("day", "who", "states"),
    [
        ("2025-05", ["", "", "", ""], [VACANT] * 4),
        ("2025-06", ["ann", "", "", ""], [HELD, VACANT, VACANT, VACANT]),
        ("2025-07-15", ["ann", "bob", "cat", ""], [HELD, POSSIBLE, HELD, VACANT]),
        ("2025-12-01", ["ann", "bob", "cat", "dan"], [HELD, LEFT, HELD, HELD]),
        ("2026-02", ["ann", "eve", "cat", "dan"], [HELD] * 4),
    ],
)
def test_each_seat_shows_who_is_there_or_was_last(day: str, who: list[str], states: list[int]) -> None:
    dataset, _, found, roster = opened(people(**TEAM), day)

    assert shown(dataset, found, roster) == who
    assert roster.state.tolist() == states


def test_a_refilled_seat_keeps_its_history() -> None:
    dataset, _, found, roster = opened(people(**TEAM), "2026-02")
    names = dataset["people"]["id"].to_list()

    assert [[names[found.holders.person[at]] for at in past] for past in roster.past] == [[], ["bob"], [], []]
    assert not roster.later.any()
    before = opened(people(**TEAM), "2025-05")[3]
    assert before.later.all()


def test_where_holders_came_from_and_when_they_left() -> None:
    _, _, found, roster = opened(people(**TEAM), "2025-12-31")

    assert [origin_of(found, at) for at in roster.holder] == ["openai", "google", INTERNAL, UNKNOWN]
    assert [ended(found, at) for at in roster.holder] == [
        None,
        (dates.day(2025, 12, 1), dates.day(2025, 12, 2)),
        None,
        None,
    ]


def test_an_announcement_dates_a_joining_more_exactly_once_it_is_made() -> None:
    tables = people(ann="a msl 2025 to .. announced 2025-06-26 @s1")

    for day, expected in (("2025-12", ("2025-06-26", "2025-06-27")), ("2025-05", ("2025-01-01", "2026-01-01"))):
        roster = opened(tables, day)[3]
        assert (dates.text(int(roster.lo[0])), dates.text(int(roster.hi[0]))) == expected


def test_a_vacant_seat_says_its_state_or_is_planned_until_it_opens() -> None:
    tables = people(ann="a msl 2025-06 to .. @s1")
    tables["seats"] += [
        full("seats", id="s2", organization_id="msl", rank=2, state="on-hold"),
        full("seats", id="s3", organization_id="msl", rank=3, opened="2027"),
        full("seats", id="s4", organization_id="msl", rank=4, opened="2024"),
    ]

    assert opened(tables, "2026")[3].stated == ("", "on-hold", "planned", "")


def test_the_seat_a_holder_left_and_who_filled_it() -> None:
    tables = people(
        ann="a openai 2020 to 2025-05 @s2; b msl 2025-06 to .. @s1",
        bob="a google 2020 to 2025-06; b openai 2025-07 to .. @s2",
        cat="a openai 2019 to 2020 @s2",
        dan="a msl 2025 to .. @s3",
    )
    for seat in tables["seats"]:
        seat["organization_id"] = "openai" if seat["id"] == "s2" else "msl"
    dataset, careers, found, roster = opened(tables, "2026")
    genealogy = Genealogy(dataset, careers)
    hole = genealogy.hole(int(found.holders.stint[roster.holder[0]]))

    assert hole is not None
    assert dataset["seats"]["id"][hole.seat] == "s2"
    stints = dataset["stints"]["id"].to_list()
    assert [stints[careers.index.row[at]] for at in hole.filled_by] == ["bob-b"]
    assert genealogy.hole(int(found.holders.stint[roster.holder[1]])) is None
    bob = next(at for at in range(len(careers.index)) if stints[careers.index.row[at]] == "bob-b")
    google = genealogy.hole(bob)
    assert google is not None
    assert (google.seat, google.filled_by) == (NOBODY, ())


def test_expertise_of_those_who_are_there_and_what_the_seats_lack() -> None:
    tables = people(**TEAM)
    for person, words in {"ann": ["speech", "vision"], "bob": ["robots"], "cat": ["vision"]}.items():
        next(row for row in tables["people"] if row["id"] == person)["expertise"] = words
    tables["seats"][0]["skills"] = ["Vision", "safety"]
    dataset, _, found, _ = opened(tables, "2025-12-31")
    told = expertise(dataset, found)

    assert (told.n_people, told.silent) == (3, 1)
    assert list(told.counts.items()) == [("vision", 2), ("speech", 1)]
    assert told.missing == ("safety",)
    assert told.asked == (Asked("Vision", 1, 1, 2), Asked("safety", 1, 0, 0))


def test_seats_denied_or_not_yet_known_are_counted_as_left_out() -> None:
    tables = people(**TEAM)
    tables["sources"] = [full("sources", id="late", published="2026-05")]
    tables["seats"][0]["status"] = "denied"
    tables["seats"][1]["source_ids"] = ["late"]

    dataset, careers, found, _ = opened(tables, "2026-06")
    assert left_out(dataset, careers, found) == {"denied": 1}
    dataset, careers, found, _ = opened(tables, "2026-06", known_by="2026-01")
    assert left_out(dataset, careers, found) == {"denied": 1, "not yet known": 1}


def test_the_curve_of_a_team_step_by_step() -> None:
    found = opened(people(**TEAM), "2026-02")[2]
    curve = seat_curve(found)
    steps = [
        (dates.text(int(day)), sure, may)
        for day, sure, may in zip(curve.days, curve.sure.tolist(), curve.possible.tolist(), strict=True)
    ]

    assert steps == [
        ("2025-06-01", 0, 1), ("2025-06-30", 1, 1), ("2025-07-01", 1, 2), ("2025-07-10", 2, 3), ("2025-07-31", 3, 3),
        ("2025-08-01", 3, 4), ("2025-08-31", 4, 4), ("2025-12-01", 3, 3), ("2026-02-01", 3, 4), ("2026-02-28", 4, 4),
    ]  # fmt: skip
    assert dict(zip(curve.origins, curve.at(dates.day(2026, 2, 28))[0].tolist(), strict=True)) == {
        "openai": 2, "google": 0, "internal": 1, "unknown": 1,
    }  # fmt: skip
    assert curve.at(dates.day(2020))[1] == 0


def test_a_curve_may_go_on_after_the_day_of_its_build_out() -> None:
    found = opened(people(**TEAM), "2025-07-15")[2]

    assert seat_curve(found).days[-1] <= found.day
    onward = seat_curve(found, until=dates.day(2026, 3))
    assert onward.at(dates.day(2026, 2, 28))[1] == 4
    for day in range(dates.day(2025, 5), found.day + 1):
        assert onward.at(day)[1] == seat_curve(found).at(day)[1]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("from:openai", {"ann", "eve"}),
        ("person:cat", {"cat"}),
        ("organization:google", {"bob"}),
        ("status:reported", {"dan"}),
        ("from:openai after:2026", {"eve"}),
        ("to:openai", set()),
        ("", {"ann", "bob", "cat", "dan", "eve"}),
    ],
)
def test_a_lens_lights_holders_by_the_stint_or_the_move_into_the_seat(text: str, who: set[str]) -> None:
    tables = people(**TEAM)
    next(row for row in tables["stints"] if row["person_id"] == "dan")["status"] = "reported"
    dataset, careers, found, _ = opened(tables, "2026-02")
    shown = lit(careers, found, Selector.of(dataset, careers, parse(text)).select())
    names = dataset["people"]["id"].to_list()

    assert {names[code] for code in found.holders.person[shown]} == who
    curve = seat_curve(found, lit=shown)
    held_by = found.held_by[shown[found.held_by]]
    assert curve.lit[-1].sum() == len(held_by)
    assert (curve.lit <= curve.certain).all()


def test_an_announcement_dates_a_joining_of_which_nothing_else_is_known() -> None:
    roster = opened(people(ann="a msl ? to .. announced 2025-06-26 @s1"), "2025-12")[3]

    assert (dates.text(int(roster.lo[0])), dates.text(int(roster.hi[0]))) == ("2025-06-26", "2025-06-27")


def test_a_seat_that_is_closed_asks_for_nothing() -> None:
    tables = people(ann="a msl 2025 to .. @s1")
    tables["seats"][0]["skills"] = ["vision"]
    tables["seats"].append(full("seats", id="s2", organization_id="msl", rank=2, skills=["safety"], closed="2025-03"))
    dataset, _, found, _ = opened(tables, "2026")

    assert expertise(dataset, found).asked == (Asked("vision", 1, 0, 0),)


def test_without_seats_there_is_no_curve_and_nobody() -> None:
    tables = people()
    dataset, _, found, roster = opened(tables, "2026")
    curve = seat_curve(found)

    assert (len(curve.days), curve.certain.shape, len(roster.holder)) == (0, (0, 0), 0)
    assert expertise(dataset, found).n_people == 0


MONTHS = st.integers(1, 12).map(lambda month: f"2025-{month:02}")
DATES = st.one_of(MONTHS, st.just("2025"), st.integers(1, 28).map(lambda day: f"2025-06-{day:02}"), st.just("?"))
STINTS = st.lists(st.tuples(DATES, st.one_of(DATES, st.just("..")), st.sampled_from(["s1", "s2", "s3"])), max_size=7)


@settings(max_examples=40, deadline=None)
@given(STINTS)
def test_on_every_day_the_curve_is_what_the_states_say(stints: list[tuple[str, str, str]]) -> None:
    careers = {f"p{n}": f"a msl {start} to {end} @{seat}" for n, (start, end, seat) in enumerate(stints)}
    found = opened(people(**careers), "2026-03")[2]
    curve = seat_curve(found)

    for day in range(dates.day(2024, 12, 30), dates.day(2026, 1, 15), 3):
        states = found.states(day)
        certain, possible = curve.at(day)
        assert certain.sum() == np.count_nonzero(states == HELD)
        assert possible == np.count_nonzero((states == HELD) | (states == POSSIBLE))
