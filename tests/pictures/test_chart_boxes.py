"""Everyone and every seat of a chart as columns: who, since when, from where, how sure, let through or not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from app.analysis.buildout import HELD, LEFT, POSSIBLE, VACANT
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.index import ABSENT
from app.domain.lens import parse
from app.layout.tree import NONE
from app.pictures.chart_boxes import INSIDE, Boxes, sorted_by_joining, status_of
from app.scene.style import Status
from tests.pictures.bodies import Body, bodies, chart_of
from tests.pictures.desks import STATES, desk


@pytest.fixture(scope="module")
def boxes() -> Boxes:
    return chart_of(desk(), "desk").boxes


@pytest.mark.parametrize(
    ("seat", "name", "title", "word", "lost", "state", "status"),
    [
        ("boss", "Ada Madeup", "Head", "10 Jun ’25", "", HELD, Status.CONFIRMED),
        ("sure", "Ben Madeup", "Clerk", "10 Jun ’25", "", HELD, Status.REPORTED),
        ("maybe", "Cyd Madeup", "Clerk", "10 Jun ’25", "", POSSIBLE, Status.REPORTED),
        ("gone", "Dov Madeup", "Clerk", "", "left 20 Oct ’25", LEFT, Status.REPORTED),
        ("weak", "Eve Madeup", "", "10 Jun ’25", "", HELD, Status.RUMORED),
        ("open", "", "Scribe", "open", "", VACANT, Status.NONE),
        ("planned", "", "Scribe", "planned", "", VACANT, Status.NONE),
        ("on-hold", "", "Scribe", "on hold", "", VACANT, Status.NONE),
        ("offered", "", "Scribe", "offered", "", VACANT, Status.NONE),
    ],
)
def test_a_seat_says_who_holds_it_or_what_it_is(
    boxes: Boxes, seat: str, name: str, title: str, word: str, lost: str, state: int, status: Status
) -> None:
    at = boxes.at_key[f"seats:{seat}"]
    assert (boxes.names[at], boxes.titles[at], boxes.words[at], boxes.losts[at]) == (name, title, word, lost)
    assert (boxes.state[at], status_of(int(boxes.status[at]))) == (state, status)
    assert boxes.empty[at] == (seat in STATES)
    assert boxes.gone[at] == (seat == "gone")
    assert boxes.vague[at] == (seat == "maybe")
    assert boxes.stated[at] == (seat if seat in STATES else "")
    assert boxes.initials[at] == "".join(word[0] for word in name.split())


def test_people_without_a_seat_come_after_the_seats_with_role_and_origin(boxes: Boxes) -> None:
    assert boxes.keys[boxes.n_seats :] == ("people:fay", "people:gus")
    fay, gus = (boxes.at_key[f"people:{name}"] for name in ("fay", "gus"))
    assert (boxes.titles[fay], boxes.words[fay]) == ("Clerk", "10 Jun ’25")
    assert boxes.origin[fay] == INSIDE
    ids = desk()["organizations"].get_column("id").to_list()
    assert ids[boxes.origin[gus]] == ids[boxes.wears[gus]] == "south"
    assert status_of(int(boxes.status[gus])) is Status.DISPUTED


def test_nobody_has_come_to_an_empty_seat(boxes: Boxes) -> None:
    empty = [boxes.at_key[f"seats:{state}"] for state in STATES]
    for column in (boxes.person, boxes.origin, boxes.wears, boxes.status):
        assert set(column[empty].tolist()) == {ABSENT}
    assert len(Boxes.nobody()) == 0
    assert Boxes.nobody().unseated.tolist() == []


def test_a_past_day_has_who_was_there_then() -> None:
    then = chart_of(desk(), "desk", as_of=dates.day(2025, 9, 1)).boxes
    at = then.at_key["seats:gone"]
    assert (then.names[at], then.words[at], then.losts[at]) == ("Dov Madeup", "10 Jun ’25", "")
    assert not then.gone[at]
    before = chart_of(desk(), "desk", as_of=dates.day(2025, 1, 1)).boxes
    assert before.keys == (*(f"seats:{state}" for state in STATES), "people:fay")


def test_a_filter_pales_whom_it_leaves_out_and_no_empty_seat() -> None:
    found = chart_of(desk(), "desk", lens=parse("from:north")).boxes
    lit = {key for key, on in zip(found.keys, found.lit.tolist(), strict=True) if on}
    assert lit == {"seats:boss", "seats:maybe", "seats:gone", "seats:weak", *(f"seats:{state}" for state in STATES)}
    assert chart_of(desk(), "desk").boxes.lit.all()
    window = (dates.day(2025, 7, 1), dates.day(2025, 8, 1))
    nobody = chart_of(desk(), "desk", window=window).boxes
    assert not nobody.lit[~nobody.empty].any()


def test_a_seat_of_a_unit_says_which() -> None:
    body = Body(units=(NONE,), seats=((0, NONE, True), (NONE, NONE, True)))
    assert body.chart.boxes.titles == ("Maker 0, Unit 0", "Maker 1")


def test_someone_whose_name_is_missing_goes_by_the_id() -> None:
    data = desk()
    people = [{"id": row["id"], "name": None} for row in data["people"].to_dicts()]
    nameless = Dataset.of({**data.tables, "people": frame_of("people", people)})
    assert chart_of(nameless, "desk").boxes.names[0] == "ada"


@settings(max_examples=20)
@given(bodies())
def test_every_column_is_as_long_and_whoever_came_first_stands_first(body: Body) -> None:
    boxes = body.chart.boxes
    n = len(boxes)
    columns = (boxes.names, boxes.titles, boxes.words, boxes.losts, boxes.stated, boxes.origin, boxes.wears, boxes.lit)
    assert {len(column) for column in columns} == {n}
    assert all(boxes.keys[at] == key for key, at in boxes.at_key.items())
    order = sorted_by_joining(boxes, np.arange(n))
    assert sorted(order.tolist()) == list(range(n))
    keyed = [(bool(boxes.empty[at]), int(boxes.lo[at]), int(boxes.hi[at]), at) for at in order.tolist()]
    assert keyed == sorted(keyed)
    people = {int(boxes.person[at]) for at in boxes.unseated}
    assert len(people) == len(boxes.unseated) == len(body.people)
