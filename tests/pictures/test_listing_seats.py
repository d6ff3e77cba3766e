"""Seats as rows: who holds each, from where, since when, whom it answers to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.pictures import listing_seats
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.listing import Listing
from tests.domain.worlds import seated_datasets
from tests.pictures.crew import crew
from tests.pictures.made import fixed, flow_map
from tests.pictures.teams import team


def seats(data: Dataset, **options: Any) -> Listing:
    return listing_seats.seats(FlowMap.of(data, FlowMapOptions(Options(**options)), fixed))


def column(made: Listing, name: str, rows: Any = None) -> list[str]:
    """The texts of a column, all rows as they stand at first unless others are given."""
    number = [c.name for c in made.columns].index(name)
    return made.texts(number, made.sort_order(*made.first) if rows is None else rows)


def told(made: Listing, title: str) -> dict[str, str]:
    """What stands in the row of a seat, by the names of the columns; blanks left away."""
    row = np.array([made.texts(1, np.arange(made.n)).index(title)])
    return {c.name: text for n, c in enumerate(made.columns) if (text := made.texts(n, row)[0])}


def day(text: str) -> int:
    return dates.parse(text).latest - 1


def test_a_row_a_seat_by_organization_then_rank() -> None:
    made = seats(crew())
    assert made.n == 7  # the denied one is none
    assert column(made, "Organization") == ["Deck"] * 6 + ["SHIP"]
    assert column(made, "Title") == ["First mate", "Lookout", "Bosun", "Cook", "Ship's boy", "", "Captain"]
    assert column(made, "Holder") == [
        "Bob Madeup", "perhaps Fay Madeup", "Dan Madeup (left)", "on hold", "planned", "open", "Ann Madeup",
    ]  # fmt: skip
    assert column(made, "State") == ["held", "perhaps held", "left", "on hold", "planned", "open", "held"]
    assert column(made, "Since") == ["2024-02", "not known", "2023-03-05", "", "", "", "2024-01"]
    assert column(made, "Came from") == ["SHIP (inside)", "not known", "not known", "", "", "", "Harbor"]


def test_whom_a_seat_answers_to() -> None:
    made = seats(crew())
    assert told(made, "First mate")["Answers to"] == "Ann Madeup"  # a solid line goes before a surer dotted one
    assert told(made, "Cook")["Answers to"] == "Bob Madeup (dotted)"
    assert told(made, "Lookout")["Answers to"] == "Dan Madeup (left)"
    assert told(made, "Ship's boy")["Answers to"] == "Cook"  # nobody sits there: its title
    assert "Answers to" not in told(made, "Bosun")  # that line is over
    earlier = seats(crew(), as_of=day("2024-06"))
    assert told(earlier, "Bosun")["Answers to"] == "Bob Madeup"


def test_status_and_sources_are_those_of_the_holding_and_the_seat() -> None:
    made = seats(crew())
    assert (told(made, "First mate")["Status"], told(made, "Captain")["Status"]) == ("confirmed", "reported")
    assert told(made, "Captain")["Sources"] == "2 · The Log, A Letter"
    assert told(made, "Cook")["Sources"] == "unsourced"
    row = made.rows_of(["seats:bosun"])
    assert made.details([c.name for c in made.columns].index("State"), row) == ["left 2025-01"]
    sure = seats(crew(seats=[{"id": "captain", "organization_id": "ship", "title": "Captain", "status": "rumored"}]))
    status = [c.name for c in sure.columns].index("Status")
    assert sure.details(status, np.array([0])) == ["The seat itself is rumored"]


def test_seats_are_as_of_the_day() -> None:
    made = seats(crew(), as_of=day("2024-01-15"))
    assert told(made, "First mate")["Holder"] == "Cyd Madeup"
    assert told(made, "Captain")["Holder"] == "perhaps Ann Madeup"  # she came on some day of that month
    assert told(made, "Bosun")["Holder"] == "Dan Madeup"
    earlier = told(seats(crew(), as_of=day("2023-06")), "Captain")
    assert (earlier["Holder"], earlier["State"]) == ("not yet there", "not yet there")


def test_what_is_not_yet_known_is_not_told() -> None:
    made = seats(crew(), known_by=day("2025-12"))  # only the letter is out, and it is about one stint
    assert column(made, "Title") == ["Cook"]  # unsourced: always known


@pytest.mark.parametrize(
    ("key", "titles"),
    [
        ("seats:cook", ["Cook"]),
        ("seats:ghost", []),
        ("people:cyd", ["First mate"]),
        ("people:eve", []),  # a denied stint and an offer hold nothing
        ("organizations:deck", ["Bosun", "Cook", "First mate", "Lookout", "Ship's boy", ""]),
        ("organizations:ship", ["Bosun", "Captain", "Cook", "First mate", "Lookout", "Ship's boy", ""]),
        ("organizations:harbor", []),
        ("reports:lookout-bosun", ["Bosun", "Lookout"]),
        ("move:ann-0>ann-1", ["Captain"]),
        ("move:x>bob-0", []),
        ("reports:none", []),
        ("group:x", []),
        ("", []),
    ],
)
def test_keys_stand_for_seats(key: str, titles: list[str]) -> None:
    made = seats(crew())
    assert sorted(made.texts(1, made.rows_of([key])), key=lambda t: (not t, t)) == titles


def test_a_filter_leaves_the_seats_of_whom_it_lets_through() -> None:
    made = seats(crew(), lens=parse("from:Harbor"))
    assert column(made, "Holder") == ["Ann Madeup"]
    assert made.keys(np.arange(1)) == ["seats:captain"]
    assert not len(made.rows_of(["seats:mate"]))


def test_seats_are_found_by_any_word_and_by_those_of_some_columns() -> None:
    made = seats(crew())
    assert made.texts(1, np.flatnonzero(made.matches("deck bob"))) == ["First mate", "Cook"]  # one answers to him
    assert made.texts(1, np.flatnonzero(made.matches("on hold"))) == ["Cook"]
    known_by = (listing_seats.HOLDER, listing_seats.TITLE, listing_seats.ORGANIZATION)
    assert made.matches("confirmed").any()
    assert not made.matches("confirmed", known_by).any()
    assert made.texts(1, np.flatnonzero(made.matches("captain ship", known_by))) == ["Captain"]


def test_names_stand_before_the_words_of_empty_seats() -> None:
    made = seats(crew())
    order = made.sort_order(0)
    assert made.texts(0, order)[:4] == ["Ann Madeup", "Bob Madeup", "Dan Madeup (left)", "perhaps Fay Madeup"]
    assert made.texts(0, order)[4:] == ["open", "on hold", "planned"]


def test_many_keys_are_looked_up_at_once_in_their_order() -> None:
    made = seats(team(90, vacant=10))
    keys = made.keys(np.arange(made.n)[::-1])
    assert made.rows_of([*keys, "seats:none", "people:p00003"]).tolist() == list(range(made.n))[::-1]


def test_parts_of_the_table_say_what_the_whole_says() -> None:
    made = seats(team(150, vacant=20, seats={3: {"state": "closed"}, 155: {"state": "offered"}}), as_of=day("2025-06"))
    rows = np.arange(made.n)
    for number, held in enumerate(made.columns):
        assert made.texts(number, rows) == [made.texts(number, rows[n : n + 1])[0] for n in rows]
        assert made.details(number, rows) == [made.details(number, rows[n : n + 1])[0] for n in rows], held.name


def test_what_to_add_is_said_where_there_is_no_seat() -> None:
    made = seats(Dataset.of())
    assert made.n == 0
    assert "seats" in made.missing
    assert made.sort_order(*made.first).tolist() == []


@given(seated_datasets())
def test_any_seats_are_listed(data: Dataset) -> None:
    made = listing_seats.seats(flow_map(data, as_of="2020-06"))
    rows = np.arange(made.n)
    assert [made.rows_of([key]).tolist() for key in made.keys(rows)] == [[n] for n in range(made.n)]
    for number in range(len(made.columns)):
        assert sorted(made.sort_order(number).tolist()) == rows.tolist()
        often = np.tile(rows, 65)  # more than a part
        assert made.texts(number, often) == made.texts(number, rows) * 65
        assert made.details(number, often) == made.details(number, rows) * 65
    for n, holder in enumerate(made.texts(0, rows)):
        assert made.matches(holder.removeprefix("perhaps ").removesuffix(" (left)"))[n]
