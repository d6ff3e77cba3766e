"""What the hover card tells."""

from __future__ import annotations

from app.domain import dates
from app.pictures.cards import card
from app.scene.style import Status
from tests.pictures.made import flow_map


def test_a_flow_names_its_people_by_day() -> None:
    told = card(flow_map(), "flow:north>south", None)
    assert told is not None
    assert told.head == "NL → South"
    assert told.line == "3 people · 2 confirmed · 1 reported"
    assert [(r.initials, r.name, r.when, r.status, r.sources) for r in told.rows] == [
        ("CM", "Cyd Madeup", "2025", Status.REPORTED, "The Paper"),
        ("AM", "Ada Madeup", "2025-03", Status.CONFIRMED, "The Paper"),
        ("BM", "Ben Madeup", "2025-06-10", Status.CONFIRMED, "The Paper"),
    ]


def test_on_a_day_it_names_only_those_who_have_moved() -> None:
    told = card(flow_map(), "flow:north>south", float(dates.day(2025, 4)))
    assert told is not None
    assert told.line.startswith("2 people by 1 April 2025")
    assert len(told.rows) == 2


def test_a_dot_is_a_person_with_their_sources() -> None:
    told = card(flow_map(), "move:st-ben-0>st-ben-1", None)
    assert told is not None
    assert (told.head, told.line) == ("Ben Madeup", "NL → South")
    assert told.notes == ("The Paper, 2026-01-31",)


def test_an_organization_tells_in_out_net_and_known_people() -> None:
    told = card(flow_map(), "organizations:south", None)
    assert told is not None
    assert told.line == "3 came in, 1 went out, net +2"
    assert told.notes[0] == "2 known people, up to 3, on 2026-01-31" or told.notes[0].startswith("3 known people")
    assert "From NL 3" in told.notes


def test_what_has_no_people_tells_its_tip_or_nothing() -> None:
    assert card(flow_map(), "relations:bond", None, ("NL and South", ("investment",))) is not None
    assert card(flow_map(), "relations:bond", None) is None
    assert card(flow_map(), "flow:west>east", None) is None
