"""Stints, seats and reports of a fact base, which hang together: a seat there names a person and a day, but no stint.

The dialect says by convention what is written out here: the order of rows, blank ends, who holds a seat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from app.domain import dates
from app.domain.errors import DataError, Fault
from app.files import factbase_notes as notes
from app.files.cells import elements
from app.files.roles import kind_said

Row = dict[str, Any]

_STEP = 10
_SPLIT = "One post in the fact base, divided where the seat begins"


def listed(cell: str | None) -> list[str]:
    """The elements of a cell; none of a blank one."""
    return elements(cell) if cell else []


class Posts:
    """The stints, the seats of the team with one more for each person outside it to whom a seat reports, the lines."""

    def __init__(self, given: Mapping[str, list[Row]]) -> None:
        """Rows of `organizations`, `stints` and `team_seats`. DataError for a seat whose person has no stint there."""
        self._given = given
        self._parents = {row["id"]: row["parent_id"] for row in given["organizations"]}
        self._by_person: dict[str, list[Row]] = defaultdict(list)
        self.seats: list[Row] = []
        self._make_stints()
        self._make_seats()

    def stints(self) -> list[Row]:
        """The stints of every person in the order of the file."""
        return [stint for stints in self._by_person.values() for stint in stints]

    def reports(self) -> list[Row]:
        """The solid lines from the team's seats."""
        of_person = {seat["person_id"]: seat["id"] for seat in self.seats}
        return [
            {
                "id": f"rp-{row['person_id']}",
                "seat_id": of_person[row["person_id"]],
                "to_seat_id": of_person[row["reports_to"]],
                "kind": "solid",
                "status": "reported",
                "source_ids": listed(row["source_ids"]),
            }
            for row in self._given["team_seats"]
            if row["reports_to"]
        ]

    def _make_stints(self) -> None:
        for row in self._given["stints"]:
            person = row["person_id"]
            stints = self._by_person[person]
            rank = _STEP * (len(stints) + 1)
            stints.append(
                {
                    "id": f"st-{person}-{rank}",
                    "person_id": person,
                    "organization_id": row["org_id"],
                    "unit": row["team"],
                    "role": row["role"],
                    "kind": kind_said(row["role"] or "") or "employment",
                    "rank": rank,
                    "order_stated": False if (person, row["org_id"]) in notes.ORDER_NOT_STATED else None,
                    "start": row["start"],
                    "end": row["end"],
                    "status": row["status"],
                    "source_ids": listed(row["source_ids"]),
                    "extra": row["extra"],
                }
            )
        for person, stints in self._by_person.items():
            for stint in stints:
                runs_on = stint is stints[-1] or (person, stint["organization_id"]) in notes.HELD_AT_ONCE
                if stint["end"] is None and runs_on:
                    stint["end"] = dates.OPEN

    def _make_seats(self) -> None:
        for rank, row in enumerate(self._given["team_seats"], 1):
            person = row["person_id"]
            seat = {
                "id": f"seat-{rank:02d}-{person}",
                "person_id": person,
                "organization_id": notes.TEAM,
                "title": row["seat_role"],
                "rank": rank,
                "status": row["status"],
                "source_ids": listed(row["source_ids"]),
                "extra": row["extra"],
            }
            before = self._seated(row, seat)
            if row["origin_org_id"] and row["origin_org_id"] != before:
                seat["notes"] = f"Origin as recorded: {row['origin_org_id']}"
            self.seats.append(seat)
        seated = {seat["person_id"] for seat in self.seats}
        for row in self._given["team_seats"]:
            person = row["reports_to"]
            if person and person not in seated:
                seated.add(person)
                self.seats.append(self._leader(row))

    def _seated(self, row: Row, seat: Row) -> str | None:
        """Put the holder into a seat; the organization where the person was before.

        The holder is the person's last stint in the team's family that does not begin clearly after the seat's day.
        """
        stints = self._by_person[row["person_id"]]
        family = self._root(notes.TEAM)
        day = _span(row, "announced_or_joined")
        here = [n for n, stint in enumerate(stints) if self._root(stint["organization_id"]) == family]
        if not here:
            message, remedy = f"{row['person_id']} has no stint there", "Add the stint to stints.csv."
            raise DataError(
                Fault("dangling", message, remedy, file=row["place"], row=row["line"], field="person_id", table="seats")
            )
        in_time = [n for n in here if _span(stints[n], "start").earliest < day.latest]
        at = in_time[-1] if in_time else here[-1]
        if _span(stints[at], "start").latest <= day.earliest:
            stints[at : at + 1] = _divided(stints[at], row["announced_or_joined"], seat["source_ids"])
            at += 1
        holder = stints[at]
        holder["seat_id"] = seat["id"]
        holder["announced"] = row["announced_or_joined"]
        holder["end"] = row["left"] or holder["end"]
        if row["status"] == "denied":
            holder["status"] = "denied"
        return stints[at - 1]["organization_id"] if at else None

    def _leader(self, row: Row) -> Row:
        """A seat outside the team for somebody to whom one of its seats reports: that of the last stint."""
        person = row["reports_to"]
        if not self._by_person.get(person):
            message, remedy = f"{person} has no stint", "Add the stint to stints.csv."
            raise DataError(
                Fault(
                    "dangling", message, remedy, file=row["place"], row=row["line"], field="reports_to", table="reports"
                )
            )
        stint = self._by_person[person][-1]
        seat = {
            "id": f"seat-00-{person}",
            "person_id": person,
            "organization_id": stint["organization_id"],
            "title": stint["role"],
            "rank": 0,
            "status": stint["status"],
            "source_ids": stint["source_ids"],
        }
        stint["seat_id"] = seat["id"]
        return seat

    def _root(self, organization: str | None) -> str | None:
        seen: set[str] = set()
        while organization is not None and organization not in seen and self._parents.get(organization):
            seen.add(organization)
            organization = self._parents[organization]
        return organization


def _divided(stint: Row, day: str, source_ids: Iterable[str]) -> list[Row]:
    """A stint as two of one organization, the second from a day on."""
    rank = stint["rank"] + _STEP // 2
    second = {
        **stint,
        "id": f"st-{stint['person_id']}-{rank}",
        "rank": rank,
        "start": day,
        "source_ids": [*stint["source_ids"], *source_ids],
        "notes": _SPLIT,
        "extra": None,
    }
    return [{**stint, "end": day, "notes": _SPLIT}, second]


def _span(row: Row, column: str) -> dates.Span:
    """Bounds of a date; one that cannot be read counts as unknown here, and `domain.checks` names it."""
    return dates.parse(row[column]) if dates.readable(row[column]) else dates.UNKNOWN
