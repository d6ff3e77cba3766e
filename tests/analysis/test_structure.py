"""The structure of an organization on a day: seats, lines, what is wrong with them, and whom nobody places."""

from __future__ import annotations

from typing import Any

from app.analysis.careers import Careers
from app.analysis.structure import LATER_SEATS, LOOSE_LINES, Structure, depths
from app.domain import dates
from app.domain.dataset import Dataset
from tests.analysis.cases import Tables, dataset_of, full
from tests.analysis.test_buildout import TEAM, people


def line(name: str, seat: str, to: str, **fields: Any) -> dict[str, Any]:
    return full("reports", id=name, seat_id=seat, to_seat_id=to, kind="solid", status="reported") | fields


def structure(tables: Tables, day: str = "2025-09-15") -> tuple[Structure, Dataset]:
    dataset = dataset_of(tables)
    number = dates.parse(day).latest - 1
    at = dataset.position("organizations", "msl")
    assert at is not None
    return Structure.of(dataset, Careers.of(dataset), at, number), dataset


def names(found: Structure, dataset: Dataset) -> list[str]:
    return [dataset["seats"].item(int(row), "id") for row in found.seats]


def test_seats_stand_below_those_they_answer_to() -> None:
    tables = people(**TEAM)
    tables["reports"] += [line("r2", "s2", "s1"), line("r3", "s3", "s2"), line("r4", "s3", "s1", kind="dotted")]
    found, dataset = structure(tables)
    assert names(found, dataset) == ["s1", "s2", "s3", "s4"]
    assert found.parent.tolist() == [-1, 0, 1, -1]
    assert found.linked.tolist() == [True, True, True, False]
    assert [(d.seat, d.to) for d in found.dotted] == [(2, 0)]
    assert depths(found.parent).tolist() == [0, 1, 2, 0]
    assert not found.faults
    assert not found.left_out


def test_a_manager_who_changed_within_a_month_is_the_new_one_in_that_month() -> None:
    tables = people(**TEAM)
    tables["reports"] += [
        line("r1", "s3", "s1", end="2025-09", status="confirmed"),
        line("r2", "s3", "s2", start="2025-09"),
        line("r3", "s4", "s1", kind="dotted", end="2025-09"),
        line("r4", "s4", "s2", end="2025"),  # nothing follows it
    ]
    for day, parent in (("2025-08", [-1, -1, 0, 1]), ("2025-09-10", [-1, -1, 1, 1]), ("2025-10", [-1, -1, 1, 1])):
        found, _ = structure(tables, day)
        assert found.parent.tolist() == parent
        assert not found.faults
    assert [(d.seat, d.to) for d in structure(tables, "2025-09-10")[0].dotted] == [(3, 0)]


def test_a_seat_outside_is_shown_one_step_up() -> None:
    tables = people(**TEAM)
    tables["seats"] += [full("seats", id=i, organization_id="meta", title="Head") for i in ("boss", "chair")]
    tables["reports"] += [line("r1", "s1", "boss"), line("r0", "boss", "chair")]
    found, dataset = structure(tables)
    assert names(found, dataset)[-1] == "boss"
    assert found.outside.tolist() == [False] * 4 + [True]
    assert found.parent.tolist() == [4, -1, -1, -1, -1]


def test_faulty_lines_are_listed_and_nobody_is_dropped() -> None:
    tables = people(**TEAM)
    tables["reports"] += [
        line("self", "s1", "s1"),
        line("to-nobody", "s2", "s99"),
        line("round-a", "s3", "s4"),
        line("round-b", "s4", "s3"),
        line("twice", "s4", "s1"),
    ]
    found, dataset = structure(tables)
    assert names(found, dataset) == ["s1", "s2", "s3", "s4"]
    assert sorted((fault.code, fault.id) for fault in found.faults) == [
        ("circle", "round-a"),
        ("dangling", "to-nobody"),
        ("second", "twice"),
        ("self", "self"),
    ]
    assert found.parent.tolist() == [-1, -1, -1, 2]


def test_the_stronger_of_two_solid_lines_is_drawn() -> None:
    tables = people(**TEAM)
    tables["reports"] += [line("a", "s2", "s1", status="rumored"), line("b", "s2", "s3", status="confirmed")]
    found, _ = structure(tables)
    assert found.parent.tolist() == [-1, 2, -1, -1]
    assert [fault.id for fault in found.faults] == ["a"]


def test_a_line_counts_on_its_days_only_and_never_when_denied() -> None:
    tables = people(**TEAM)
    tables["reports"] += [
        line("early", "s2", "s1", end="2025-08"),
        line("now", "s2", "s3", start="2025-09"),
        line("never", "s4", "s1", status="denied"),
    ]
    assert structure(tables)[0].parent.tolist() == [-1, 2, -1, -1]
    assert structure(tables, "2025-07-20")[0].parent.tolist()[:2] == [-1, 0]


def test_seats_that_come_later_are_left_out_and_counted() -> None:
    tables = people(**TEAM)
    tables["reports"].append(line("r1", "s1", "s4"))
    found, dataset = structure(tables, "2025-06-30")
    assert names(found, dataset) == ["s1"]
    assert found.left_out == {LATER_SEATS: 3, LOOSE_LINES: 1}
    assert not found.faults


def test_open_seats_stay() -> None:
    tables = people(**TEAM)
    tables["seats"] += [
        full("seats", id="s7", organization_id="msl", title="Chair", state="planned", opened="2026"),
        full("seats", id="s8", organization_id="tbd", title="Lead"),
    ]
    found, dataset = structure(tables)
    assert names(found, dataset)[-2:] == ["s7", "s8"]


def test_people_without_a_seat_are_found_once() -> None:
    tables = people(**TEAM, fay="a openai 2020 to 2025-01; b msl 2025-02 to ..; c tbd 2025-03 to ..")
    found, dataset = structure(tables)
    people_found = dataset.index.person[found.unseated].tolist()
    assert [dataset["people"].item(code, "id") for code in people_found] == ["fay"]


def test_a_disputed_claim_is_a_disputed_line() -> None:
    tables = people(**TEAM)
    claim = {"id": "c", "about": ["people:cat"], "topic": "cat reports to ann", "status": "disputed"}
    tables["claims"].append(full("claims", **claim))
    found, _ = structure(tables)
    assert [(d.seat, d.to, d.table) for d in found.disputed] == [(2, 0, "claims")]
    tables["reports"].append(line("r3", "s3", "s2"))
    assert not structure(tables)[0].disputed


def test_nothing_gives_nothing() -> None:
    found, _ = structure(people())
    assert not len(found.seats)
    assert not len(found.unseated)
    assert depths(found.parent).tolist() == []
