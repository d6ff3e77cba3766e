"""A made-up team with one seat of every kind: held, perhaps held, left, and empty in every state; and people without a
seat. Checked by hand."""

from __future__ import annotations

from typing import Any

from app.domain.dataset import Dataset, frame_of

STATES = ("open", "planned", "on-hold", "offered")


def desk(*, lines: bool = True) -> Dataset:
    """Seats of `desk`: boss (Ada, confirmed, from North since June 2025), sure (Ben, reported, from South), maybe (Cyd,
    who may have left), gone (Dov, who left in October 2025), weak (Eve, rumored), and one open, planned, on hold and
    offered each; all below boss unless lines is false. Fay and Gus work there without a seat: Fay was there before."""
    known = {"source_ids": ["paper"]}
    organizations = [
        {"id": "desk", "name": "The Desk", **known},
        {"id": "north", "name": "North", "color": "c1", **known},
        {"id": "south", "name": "South", "color": "c2", **known},
    ]
    stints: list[dict[str, Any]] = []

    def came(person: str, origin: str, end: str | None, seat: str | None, status: str = "reported") -> None:
        common = {"person_id": person, "kind": "employment", "status": status, **known}
        start = "2025-06-10"
        stints.append(common | {"id": f"{person}-0", "organization_id": origin, "rank": 10, "end": start})
        here = {"id": f"{person}-1", "organization_id": "desk", "rank": 20, "start": start, "end": end, "seat_id": seat}
        stints.append(common | here | {"role": "Clerk"})

    came("ada", "north", "..", "boss", "confirmed")
    came("ben", "south", "..", "sure")
    came("cyd", "north", None, "maybe")
    came("dov", "north", "2025-10-20", "gone")
    came("eve", "north", "..", "weak", "rumored")
    came("fay", "desk", "..", None)
    came("gus", "south", "..", None, "disputed")
    everyone = dict.fromkeys(stint["person_id"] for stint in stints)
    people = [{"id": person, "name": f"{person.title()} Madeup", **known} for person in everyone]
    seats = [
        {"id": name, "organization_id": "desk", "title": title, "rank": rank, **known}
        for rank, (name, title) in enumerate(
            (("boss", "Head"), ("sure", "Clerk"), ("maybe", "Clerk"), ("gone", "Clerk"), ("weak", None))
        )
    ]
    seats += [
        {"id": state, "organization_id": "desk", "title": "Scribe", "rank": 10 + n, "state": state, **known}
        for n, state in enumerate(STATES)
    ]
    reports = [
        {"id": f"r-{seat['id']}", "seat_id": seat["id"], "to_seat_id": "boss", "kind": "solid", "status": "reported"}
        for seat in seats[1:]
        if lines
    ]
    tables = {
        "organizations": organizations, "people": people, "stints": stints,
        "seats": seats, "reports": reports,
        "sources": [{"id": "paper", "publisher": "The Paper", "published": "2026-01-31"}],
    }  # fmt: skip
    return Dataset.of({name: frame_of(name, rows) for name, rows in tables.items() if rows})
