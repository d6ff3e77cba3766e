"""What stands for a record in a picture, what it is called, and in which chart it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from app.analysis.options import Options
from app.domain.dataset import Dataset
from app.pictures import reach
from app.pictures.gathered import Gathered
from tests.domain.worlds import PEOPLE, datasets
from tests.pictures.crew import crew
from tests.pictures.made import flow_map


@given(datasets())
def test_a_person_stands_for_every_move_and_each_for_its_flow(data: Dataset) -> None:
    gathered = flow_map(data).gathered
    moves = gathered.moves
    for person in PEOPLE:
        code = data.position("people", person)
        rows = np.flatnonzero(moves.person == (-2 if code is None else code)).tolist()
        keys = reach.moves_of(gathered, f"people:{person}")
        assert keys == [gathered.move_key(moves, row) for row in rows]
        for key, row in zip(keys, rows, strict=True):
            flow = f"flow:{gathered.ids[int(moves.origin[row])]}>{gathered.ids[int(moves.destination[row])]}"
            assert reach.flow_of(gathered, key.removeprefix("move:")) == flow


def test_seats_and_their_holders_stand_for_each_other() -> None:
    gathered = Gathered.of(crew(), Options())
    assert reach.seats_of(gathered, "ann") == ["seats:captain"]
    assert reach.seats_of(gathered, "eve") == ["seats:ghost", "seats:cook"]
    assert reach.seats_of(gathered, "nobody") == []
    assert reach.holders(gathered, "mate") == ["people:cyd", "people:bob"]
    assert reach.holders(gathered, "purser") == reach.holders(gathered, "none") == []
    assert reach.standing(gathered, "seats:captain") == [
        "people:ann", "move:ann-0>ann-1", "seats:captain", "flow:harbor>ship", "seats:captain",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("seats:captain", "Ann Madeup"),
        ("seats:boy", "Ship's boy"),
        ("reports:bosun-mate", "Dan Madeup reports to Bob Madeup"),
        ("reports:none", "none"),
        ("targets:hands", "The target of Deck"),
        ("claims:c-paint", "The paint"),
        ("claims:c-mate", "The mate's seat is to go"),
    ],
)
def test_records_have_names(key: str, name: str) -> None:
    assert reach.named(Gathered.of(crew(), Options()), key) == name


@pytest.mark.parametrize(
    ("key", "organization"),
    [
        ("seats:mate", "deck"),
        ("reports:mate-captain", "deck"),
        ("targets:hands", "deck"),
        ("people:ann", "ship"),
        ("organizations:harbor", "harbor"),
        ("seats:lost", ""),
        ("seats:none", ""),
        ("reports:none", ""),
        ("claims:c-law", ""),
    ],
)
def test_a_record_stands_in_the_chart_of_one_organization(key: str, organization: str) -> None:
    seats = [*crew()["seats"].to_dicts(), {"id": "lost", "organization_id": "nowhere"}]
    assert reach.seated_at(Gathered.of(crew(seats=seats), Options()), key) == organization
