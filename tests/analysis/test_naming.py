"""Which stints name a seat, looked up one by one, a few at a time and all at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from app.analysis.buildout import build_out, countable, seats_on
from app.analysis.careers import Careers
from app.analysis.naming import naming, stints_naming
from app.domain import dates
from app.domain.dataset import Dataset
from tests.domain.worlds import SEATS, dataset, seated_datasets


def names_of(data: Dataset, seat: str) -> list[int]:
    """Positions in the Index of the stints that name a seat, by a look at every one."""
    named = data["stints"]["seat_id"].to_list()
    return [at for at, row in enumerate(data.index.row.tolist()) if named[row] == seat]


@given(seated_datasets())
def test_every_way_to_look_finds_the_same(data: Dataset) -> None:
    rows = {seat: row for seat in SEATS if (row := data.position("seats", seat)) is not None}
    every = np.array(sorted(rows.values()), dtype=np.intp)
    at, seat = stints_naming(data, every)  # nothing is kept yet
    for name, row in rows.items():
        assert at[seat == row].tolist() == naming(data).of(row).tolist() == names_of(data, name)
    again = stints_naming(data, every)
    assert (again[0].tolist(), again[1].tolist()) == (at.tolist(), seat.tolist())


def test_many_seats_are_looked_up_like_few() -> None:
    seats = [{"id": f"t{n:03}", "organization_id": "o"} for n in range(100)]
    stints = [
        {"id": f"s{n:03}", "person_id": "p", "organization_id": "o", "seat_id": f"t{n % 50:03}"} for n in range(120)
    ]
    data = dataset(organizations=[{"id": "o"}], people=[{"id": "p"}], seats=seats, stints=stints)
    at, seat = stints_naming(data, np.arange(100))
    assert len(at) == 120
    few_at, few_seat = stints_naming(data, np.arange(10, 20))
    chosen = (seat >= 10) & (seat < 20)
    assert (few_at.tolist(), few_seat.tolist()) == (at[chosen].tolist(), seat[chosen].tolist())
    assert not len(stints_naming(data, np.arange(0))[0])


@given(seated_datasets())
def test_all_seats_have_the_holders_that_a_team_of_all_has(data: Dataset) -> None:
    careers, day = Careers.of(data), dates.day(2020, 7)
    root = data.position("organizations", "o0")
    assert root is not None
    team = build_out(data, careers, day, root)
    every = seats_on(data, careers, day, np.flatnonzero(countable(data, careers)))
    ids, people = data["seats"]["id"], data["people"]["id"]

    def held(found: object) -> dict[str, list[str]]:
        assert isinstance(found, type(team))
        seats = [ids[int(row)] for row in found.seats]
        holders: dict[str, list[str]] = {seat: [] for seat in seats}
        for seat, person in zip(found.holders.seat.tolist(), found.holders.person.tolist(), strict=True):
            holders[seats[seat]].append(people[person])
        return holders

    everyone = held(every)
    assert all(everyone[seat] == holders for seat, holders in held(team).items())
    states = dict(zip([ids[int(row)] for row in every.seats], every.states(day).tolist(), strict=True))
    assert all(states[ids[int(row)]] == state for row, state in zip(team.seats, team.states(day).tolist(), strict=True))
