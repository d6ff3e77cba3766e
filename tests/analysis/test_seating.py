"""Edits about seats: what each does to the records, what it refuses, and what holds whatever is done in turn."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.adding import Cited, Party
from app.analysis.seating import (
    Answering,
    Closing,
    Filling,
    Joining,
    Opening,
    Said,
    Seated,
    Stating,
    Vacating,
    Wish,
    seated,
)
from app.domain import dates
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.errors import DataError, Fault
from tests.pictures.bodies import Body, bodies
from tests.pictures.crew import crew

TODAY = dates.day(2026, 1, 31)
WORD = Cited(title="A note", publisher="note.example", published="2026-01-20")


def done(dataset: Dataset, wish: Wish, day: str = "2025-09-01", source: Cited = WORD) -> Seated:
    return seated(dataset, wish, Said(day, source=source), TODAY)


def refused(dataset: Dataset, wish: Wish, day: str = "2025-09-01") -> Fault:
    with pytest.raises(DataError) as caught:
        done(dataset, wish, day)
    fault = caught.value.fault
    assert fault.field
    assert fault.remedy
    return fault


def stints(dataset: Dataset, person: str) -> list[tuple[Any, ...]]:
    frame = dataset["stints"].filter(dataset["stints"]["person_id"] == person).sort("rank", "id")
    return [(row["organization_id"], row["seat_id"], row["start"], row["end"]) for row in frame.iter_rows(named=True)]


def lines(dataset: Dataset, seat: str) -> list[tuple[Any, ...]]:
    frame = dataset["reports"].filter(dataset["reports"]["seat_id"] == seat)
    names = ("to_seat_id", "kind", "start", "end")
    return sorted(frame.select(names).rows(), key=str)


# filling


def test_somebody_from_elsewhere_takes_a_seat_and_leaves_their_post() -> None:
    world = crew()
    made = done(world, Filling("purser", Party("ann"), "Purser"))
    assert stints(made.dataset, "ann")[1:] == [
        ("ship", "captain", "2024-01", "2025-09-01"), ("deck", "purser", "2025-09-01", ".."),
    ]  # fmt: skip
    assert made.edit.name == "Fill purser with Ann Madeup"
    assert made.effects == (
        "Adds the source “A note”",
        "Ends the stint at The Ship Company (SHIP) on 2025-09-01",
        "Adds a stint of Ann Madeup at Deck, in purser from 2025-09-01",
    )
    assert made.warnings == ()
    assert apply(made.dataset, made.edit.inverse).digest == world.digest


def test_somebody_who_is_there_is_split_on_the_day_and_keeps_what_they_had_before() -> None:
    made = done(crew(), Filling("purser", Party("bob")))
    assert stints(made.dataset, "bob") == [
        ("deck", None, "2022", "2024-02"), ("deck", "mate", "2024-02", "2025-09-01"),
        ("deck", "purser", "2025-09-01", ".."),
    ]  # fmt: skip
    assert "Bob Madeup leaves First mate from 2025-09-01" in made.effects


def test_without_a_day_the_stint_is_corrected_and_no_day_is_written() -> None:
    made = done(crew(), Filling("purser", Party("bob")), day="")
    assert stints(made.dataset, "bob")[1:] == [("deck", "purser", "2024-02", "..")]
    elsewhere = done(crew(), Filling("purser", Party("ann")), day="")
    assert stints(elsewhere.dataset, "ann")[1:] == [
        ("ship", "captain", "2024-01", None), ("deck", "purser", None, ".."),
    ]  # fmt: skip


def test_a_seat_that_is_filled_is_no_longer_on_hold_and_an_offer_is_over() -> None:
    offered = [{"id": "eve-2", "person_id": "eve", "organization_id": "deck", "seat_id": "cook", "kind": "offer",
                "end": "..", "rank": 2}]  # fmt: skip
    made = done(crew(stints=offered), Filling("cook", Party("eve")))
    assert made.dataset.row("seats", "cook")["state"] is None
    assert stints(made.dataset, "eve") == [
        ("deck", "cook", None, "2025-09-01"), ("deck", "cook", "2025-09-01", ".."),
    ]  # fmt: skip


def test_a_seat_that_nobody_has_recorded_is_added_and_a_new_person_too() -> None:
    made = done(crew(), Filling("", Party(name="Zoe Madeup"), organization="deck", title="Second mate"))
    (stint,) = stints(made.dataset, "zoe-madeup")
    assert stint == ("deck", "seat-second-mate", "2025-09-01", "..")
    seat = made.dataset.row("seats", "seat-second-mate")
    assert (seat["title"], seat["organization_id"], seat["rank"], seat["opened"]) == ("Second mate", "deck", 8, None)


@pytest.mark.parametrize(
    ("wish", "day", "field", "words"),
    [
        (Filling("mate", Party("ann")), "2025-09-01", "seat", "Bob Madeup holds it since 2024-02"),
        (Filling("mate", Party("ann")), "", "seat", "Bob Madeup holds it since 2024-02"),
        (Filling("mate", Party("bob")), "2025-09-01", "person", "Bob Madeup holds it"),
        (Filling("purser", Party()), "2025-09-01", "person", "nobody is named"),
        (Filling("nowhere", Party("ann")), "2025-09-01", "seat", "there is no such seat"),
        (Filling("purser", Party("ann")), "soon", "day", "'soon' is not a date"),
        (Filling("purser", Party("bob")), "2024-01", "day", "the stint begins only on 2024-02"),
        (Filling("", Party("ann")), "2025-09-01", "organization", "no organization is named"),
    ],
)
def test_what_cannot_be_filled_says_why(wish: Wish, day: str, field: str, words: str) -> None:
    fault = refused(crew(), wish, day)
    assert fault.field == field
    assert words in fault.message


def test_a_seat_that_somebody_left_on_no_known_day_may_be_filled_but_it_is_doubted() -> None:
    made = done(crew(), Filling("lookout", Party("ann")))
    assert [fault.message for fault in made.warnings] == ["nobody says when Fay Madeup left it"]


# vacating and closing


def test_who_leaves_a_seat_leaves_or_stays_without_it() -> None:
    gone = done(crew(), Vacating("mate"))
    assert stints(gone.dataset, "bob")[-1] == ("deck", "mate", "2024-02", "2025-09-01")
    stays = done(crew(), Vacating("mate", stays=True))
    assert stints(stays.dataset, "bob")[-2:] == [
        ("deck", "mate", "2024-02", "2025-09-01"), ("deck", None, "2025-09-01", ".."),
    ]  # fmt: skip
    corrected = done(crew(), Vacating("mate", stays=True), day="")
    assert stints(corrected.dataset, "bob")[-1] == ("deck", None, "2024-02", "..")


def test_leaving_on_no_known_day_is_doubted() -> None:
    made = done(crew(), Vacating("mate"), day="")
    assert stints(made.dataset, "bob")[-1] == ("deck", "mate", "2024-02", None)
    assert "nobody says when Bob Madeup left" in [fault.message for fault in made.warnings]


def test_a_day_before_the_stint_began_is_refused() -> None:
    assert refused(crew(), Vacating("mate"), "2020").field == "day"


def test_a_closed_seat_has_no_lines_any_more() -> None:
    made = done(crew(), Closing("cook"), "2025-10")
    assert made.dataset.row("seats", "cook")["closed"] == "2025-10"
    for report in ("mate-cook", "cook-mate", "boy-cook"):
        assert made.dataset.row("reports", report)["end"] == "2025-10"
    assert "Ends 3 lines to it or from it on 2025-10" in made.effects
    assert refused(made.dataset, Filling("cook", Party("ann")), "2025-11").message == "Cook is closed since 2025-10"
    assert refused(made.dataset, Closing("cook"), "2025-11").message == "Cook is closed already"


def test_a_day_before_a_seat_or_a_line_to_it_began_is_refused() -> None:
    world = done(crew(), Answering("seats:purser", "seats:cook"), "2025-09").dataset
    assert refused(world, Closing("cook"), "2024").field == "day"
    assert refused(crew(), Closing("boy"), "2024").field == "day"  # it opens only in 2030


def test_a_seat_closed_on_no_known_day_keeps_its_lines_and_says_so() -> None:
    made = done(crew(), Closing("cook"), "")
    assert made.dataset.row("seats", "cook")["state"] == "closed"
    assert made.dataset.row("reports", "mate-cook")["end"] is None
    assert any("3 lines" in fault.message for fault in made.warnings)


def test_a_seat_that_is_held_is_neither_closed_nor_open() -> None:
    assert refused(crew(), Closing("mate")).message == "Bob Madeup holds it"
    assert refused(crew(), Stating("mate", "on-hold")).message == "Bob Madeup holds it"
    assert refused(crew(), Vacating("purser")).message == "nobody holds purser"


# what a seat says of itself


def test_a_seat_is_added_opened_held_back_and_offered() -> None:
    world = done(crew(), Opening("deck", "Diver"), "2025-11").dataset
    seat = world.row("seats", "seat-diver")
    assert (seat["state"], seat["opened"], seat["rank"]) == ("open", "2025-11", 8)
    world = done(world, Stating("seat-diver", "on-hold"), "").dataset
    assert world.row("seats", "seat-diver")["state"] == "on-hold"
    made = done(world, Stating("seat-diver", "offered", Party("ann")), "2025-12")
    assert made.dataset.row("seats", "seat-diver")["state"] == "offered"
    assert stints(made.dataset, "ann")[-1] == ("deck", "seat-diver", "2025-12", "..")
    assert made.dataset.row("stints", "offer-ann")["kind"] == "offer"
    assert refused(world, Stating("seat-diver", "on-hold")).message == "Diver is on hold already"


def test_a_closed_seat_can_be_opened_again() -> None:
    closed = done(crew(), Closing("cook"), "2025-10").dataset
    made = done(closed, Stating("cook", "open"), "2025-12")
    seat = made.dataset.row("seats", "cook")
    assert (seat["state"], seat["closed"]) == ("open", None)
    assert refused(closed, Stating("cook", "on-hold"), "2025-12").message == "Cook is closed"


# who answers to whom


def test_a_new_manager_ends_the_old_line_on_the_day() -> None:
    made = done(crew(), Answering("seats:mate", "seats:lookout"))
    assert lines(made.dataset, "mate") == [
        ("captain", "solid", "2024-02", "2025-09-01"), ("cook", "dotted", None, None),
        ("lookout", "solid", "2025-09-01", None),
    ]  # fmt: skip
    assert made.edit.name == "Bob Madeup reports to Fay Madeup"
    assert made.effects[1:] == (
        "Ends the line to Ann Madeup on 2025-09-01", "Bob Madeup reports to Fay Madeup from 2025-09-01",
    )  # fmt: skip


def test_without_a_day_the_line_is_corrected_in_place() -> None:
    made = done(crew(), Answering("seats:mate", "seats:purser"), day="")
    assert lines(made.dataset, "mate") == [("cook", "dotted", None, None), ("purser", "solid", "2024-02", None)]
    assert "Corrects the line to Ann Madeup from 2024-02" in made.effects
    assert "its sources were cited for the line to Ann Madeup" in [fault.message for fault in made.warnings]


def test_two_changes_on_one_day_leave_one_line() -> None:
    first = done(crew(), Answering("seats:mate", "seats:lookout")).dataset
    second = done(first, Answering("seats:mate", "seats:purser")).dataset
    assert ("purser", "solid", "2025-09-01", None) in lines(second, "mate")
    assert len(lines(second, "mate")) == len(lines(first, "mate"))


def test_a_line_before_another_one_ends_when_that_begins() -> None:
    made = done(crew(), Answering("seats:mate", "seats:purser"), "2023")
    assert ("purser", "solid", "2023", "2024-02") in lines(made.dataset, "mate")
    assert ("captain", "solid", "2024-02", None) in lines(made.dataset, "mate")


def test_a_dotted_line_stands_beside_the_solid_one() -> None:
    made = done(crew(), Answering("seats:mate", "seats:lookout", "dotted"))
    assert ("lookout", "dotted", "2025-09-01", None) in lines(made.dataset, "mate")
    assert ("captain", "solid", "2024-02", None) in lines(made.dataset, "mate")
    assert refused(made.dataset, Answering("seats:mate", "seats:lookout", "dotted")).message.endswith("already")


def test_who_has_no_seat_gets_one() -> None:
    world = crew(stints=[
        {"id": "eve-1", "person_id": "eve", "organization_id": "deck", "role": "Rower", "start": "2025", "end": "..",
         "rank": 1, "kind": "employment"},
    ])  # fmt: skip
    made = done(world, Answering("people:eve", "seats:captain"))
    assert stints(made.dataset, "eve") == [("deck", "seat-rower", "2025", "..")]
    assert lines(made.dataset, "seat-rower") == [("captain", "solid", "2025-09-01", None)]
    assert made.dataset.row("seats", "seat-rower")["title"] == "Rower"
    assert refused(world, Answering("people:dan", "seats:captain")).message.startswith("it is not on record where")


def test_a_line_to_another_house_is_doubted() -> None:
    world = done(crew(), Opening("harbor", "Pilot")).dataset
    made = done(world, Answering("seats:mate", "seats:seat-pilot"))
    assert [fault.message for fault in made.warnings] == ["they are at The Ship Company (SHIP) and at Harbor"]


@pytest.mark.parametrize(
    ("wish", "day", "words"),
    [
        (Answering("seats:mate", "seats:mate"), "2025-09-01", "cannot report to themselves"),
        (Answering("seats:mate", "seats:captain"), "2025-09-01", "Bob Madeup reports to Ann Madeup already"),
        (Answering("seats:captain", "seats:mate"), "2025-09-01", "Bob Madeup stands below Ann Madeup"),
        (Answering("seats:captain", "seats:mate"), "", "Bob Madeup stands below Ann Madeup"),
        (Answering("seats:mate", ""), "2025-09-01", "nobody is named"),
        (Answering("seats:mate", "people:nobody"), "2025-09-01", "nobody is named"),
        (Answering("seats:mate", "seats:lookout"), "..", "'..' is not a date"),
    ],
)
def test_who_cannot_be_answered_to_says_why(wish: Wish, day: str, words: str) -> None:
    assert words in refused(crew(), wish, day).message


def test_below_is_meant_of_the_days_that_a_line_holds() -> None:
    """The bosun answered to the mate until 2025-01, and so did the lookout below him."""
    assert done(crew(), Answering("seats:mate", "seats:lookout"), "2025-03").effects
    for day in ("2024-06", ""):  # without a day the line is corrected from 2024-02 on
        found = refused(crew(), Answering("seats:mate", "seats:lookout"), day).message
        assert found.startswith("Fay Madeup stands below Bob Madeup: ")


def test_a_person_who_goes_to_a_unit_moves() -> None:
    made = done(crew(), Joining(Party("bob"), Party("harbor")))
    assert stints(made.dataset, "bob")[-2:] == [
        ("deck", "mate", "2024-02", "2025-09-01"), ("harbor", None, "2025-09-01", ".."),
    ]  # fmt: skip


def test_without_a_source_it_is_done_and_said_to_have_none() -> None:
    made = done(crew(), Vacating("mate"), source=Cited())
    assert [fault.message for fault in made.warnings] == ["nobody is named who says so"]


# whatever is done in turn

DAYS = st.sampled_from(["", "2024", "2024-06", "2024-06-15", "2025-03-01~", "2025-03", "2025-12-31"])


@st.composite
def wishes(draw: st.DrawFn, body: Body) -> Wish:
    """Anything that can be wished of a body, sense or nonsense."""
    seats = [f"s{n:03}" for n in range(len(body.seats))] or ["s000"]
    holders = [f"h{n:03}" for n, (_, _, held) in enumerate(body.seats) if held]
    people = [*holders, *(f"p{n:03}" for n in range(len(body.people)))] or ["p000"]
    seat, person = draw(st.sampled_from(seats)), draw(st.sampled_from(people))
    ends = st.sampled_from([*(f"seats:{one}" for one in seats), *(f"people:{one}" for one in people)])
    kind = draw(st.integers(0, 9))
    if kind < 4:
        return Answering(draw(ends), draw(ends), "dotted" if draw(st.integers(0, 4)) == 0 else "solid")
    if kind < 7:
        new = draw(st.booleans())
        return Filling("" if new else seat, Party(person), organization="body", title="Extra" if new else "")
    if kind == 7:
        return Vacating(seat, draw(st.booleans()))
    return Closing(seat) if kind == 8 else Stating(seat, draw(st.sampled_from(("open", "on-hold", "offered"))))


@given(st.data())
def test_no_circle_comes_about_no_seat_has_two_holders_and_each_step_can_be_undone(data: st.DataObject) -> None:
    body = data.draw(bodies(most=7))
    world = body.dataset
    for _ in range(data.draw(st.integers(1, 5))):
        wish, day = data.draw(wishes(body)), data.draw(DAYS)
        try:
            made = seated(world, wish, Said(day), TODAY)
        except DataError:  # what is refused is the matter of the tests above
            continue
        assert apply(made.dataset, made.edit.inverse).digest == world.digest
        assert errors(check(made.dataset)) == []
        assert most_holders(made.dataset) <= 1
        world = made.dataset


def most_holders(dataset: Dataset) -> int:
    """The most people who are certain to hold one seat on one day: such a day is the first of somebody's."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in dataset["stints"].filter(dataset["stints"]["kind"] != "offer").iter_rows(named=True):
        if row["seat_id"]:
            span = (dates.parse(row["start"]).latest - 1, dates.parse(row["end"]).earliest)
            spans.setdefault(row["seat_id"], []).append(span)
    at_once = (sum(lo <= day < hi for lo, hi in own) for own in spans.values() for day, _ in own)
    return max(at_once, default=0)
