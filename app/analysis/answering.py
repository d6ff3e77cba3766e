"""A new manager: whom a seat, or a person who has none, answers to from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from app.analysis.hierarchy import Hierarchy
from app.analysis.recording import held, present
from app.analysis.seat_filling import new_seat
from app.analysis.seat_making import SeatMaking
from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import FUTURE, PAST, readable
from app.domain.index import ABSENT


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers to whom: keys, `seats:ID` or `people:ID`. A person is meant in the seat that they hold; one without a
    seat gets one made, in the organization (id) that is named with them, else where they are known to be."""

    who: str
    to: str
    kind: Literal["solid", "dotted"] = "solid"
    who_in: str = ""
    to_in: str = ""


def answer(made: SeatMaking, wish: Answering) -> str:
    """Let a seat answer to another one; the name of the edit.

    The solid line that holds ends on the day and another begins, which ends where one on record follows. Without a day
    it is corrected in place. A dotted line comes beside those there are. Whether lines come round in a circle is looked
    at when the edit is made.
    """
    seat, to = _seat(made, wish.who, wish.who_in, "who"), _seat(made, wish.to, wish.to_in, "to")
    if seat is None or to is None:
        return ""
    low, high = made.whose(seat), made.whose(to)
    if seat["id"] == to["id"]:
        made.wrong("to", f"{low} cannot report to themselves", "Choose somebody else.")
    lines = [line for line in _lines(made, str(seat["id"])) if _may_hold(line, made)]
    there = [line for line in lines if line["to_seat_id"] == to["id"]]
    if any(wish.kind == "dotted" or line["kind"] != "dotted" for line in there):
        made.wrong("to", f"{low} reports to {high} already", "There is nothing to change.")
    if made.mistakes:
        return ""
    _other_house(made, seat, to)
    if wish.kind == "dotted":
        _begin(made, seat, to, "dotted", None)
        made.effects.append(f"{low} reports to {high} by a dotted line{made.when}")
    else:
        _solid(made, seat, to, [line for line in lines if line["kind"] != "dotted"])
        made.effects.append(f"{low} reports to {high}{made.when}")
    dotted = " by a dotted line" if wish.kind == "dotted" else ""
    return f"{low} reports to {high}{dotted}"


def _seat(made: SeatMaking, key: str, organization: str, field: str) -> Row | None:
    """The seat that a key means; a person without one gets one made."""
    table, _, row_id = key.partition(":")
    if table == "seats":
        return made.open_seat(row_id, field)
    if table != "people" or made.dataset.position("people", row_id) is None:
        made.wrong(field, "nobody is named", "Choose a seat or a person.")
        return None
    posts = [post for post in held(made.dataset, row_id) if post["organization_id"] == organization]
    post = posts[-1] if posts else present(made.dataset, row_id)
    name = made.name("people", row_id)
    if post is None:
        made.wrong(field, f"it is not on record where {name} is", "Record where they are first.")
        return None
    if post["seat_id"] and made.row("seats", str(post["seat_id"])) is not None:
        return made.open_seat(str(post["seat_id"]), field)
    seat = new_seat(made, str(post["organization_id"]), str(post["role"] or ""))
    if seat is not None:
        made.put("stints", {**post, "seat_id": seat["id"], "source_ids": made.cited(post)})
        made.effects.append(f"{name} holds it")
    return seat


def _lines(made: SeatMaking, seat: str) -> list[Row]:
    """The lines up from a seat that are not denied, the earlier first."""
    frame = made.dataset["reports"].filter(pl.col("seat_id") == seat, pl.col("status").ne_missing("denied"))
    return sorted(frame.iter_rows(named=True), key=lambda row: (_lo(row), row["id"]))


def _may_hold(line: Row, made: SeatMaking) -> bool:
    """Whether a line may hold on the day that is said or, where its days are not sure, near it."""
    return _lo(line) < made.hi and _hi(line) - 1 > made.lo


def _solid(made: SeatMaking, seat: Row, to: Row, lines: list[Row]) -> None:
    """The new solid line in place of those that hold."""
    corrected = False
    for line in lines:
        before = made.row("seats", str(line["to_seat_id"]))
        was = made.whose(before) if before is not None else str(line["to_seat_id"])
        if not corrected and (not made.day or _lo(line) == made.lo):
            corrected = True
            made.put("reports", {**line, "to_seat_id": to["id"], "status": made.status, "source_ids": made.cited(line)})
            since = f" from {line['start']}" if line["start"] else ""
            made.effects.append(f"Corrects the line to {was}{since}")
            if line["source_ids"]:
                remedy = "Look whether they say so of the new one; else take them out of the record."
                made.doubt("source", f"its sources were cited for the line to {was}", remedy)
        else:
            made.put("reports", {**line, "end": made.day or None, "source_ids": made.cited(line)})
            made.effects.append(f"Ends the line to {was}{f' on {made.day}' if made.day else ''}")
    if not corrected:
        later = [line for line in _lines(made, str(seat["id"])) if line["kind"] != "dotted" and _lo(line) >= made.hi]
        _begin(made, seat, to, "solid", later[0]["start"] if later and made.day else None)
        if later and made.day:
            made.effects.append(f"It holds until {later[0]['start']}, when another line begins")


def _begin(made: SeatMaking, seat: Row, to: Row, kind: str, end: str | None) -> None:
    row: Row = dict.fromkeys(made.dataset["reports"].columns)
    row |= {"id": made.free("reports", f"rp-{str(seat['id']).removeprefix('seat-')}"), "seat_id": seat["id"]}
    row |= {"to_seat_id": to["id"], "kind": kind, "start": made.day or None, "end": end, "status": made.status}
    made.put("reports", {**row, "source_ids": made.sources})


def _other_house(made: SeatMaking, seat: Row, to: Row) -> None:
    """Doubt a line between two organizations that have no common root on the day."""
    ids = made.dataset["organizations"].get_column("id")
    hierarchy = Hierarchy.of(made.dataset)
    roots = []
    for end in (seat, to):
        code = made.dataset.position("organizations", str(end["organization_id"]))
        chain = hierarchy.above(ABSENT if code is None else code, int(hierarchy.period(made.lo)))
        roots.append(chain[-1] if chain else ABSENT)
    if roots[0] != roots[1] and ABSENT not in roots:
        low, high = (made.name("organizations", ids[root]) for root in roots)
        made.doubt("to", f"they are at {low} and at {high}", "Look whether this is meant; lines seldom leave a house.")


def _lo(line: Row) -> int:
    return dates.parse(line["start"]).earliest if readable(line["start"]) else PAST


def _hi(line: Row) -> int:
    return dates.parse(line["end"]).latest if readable(line["end"]) else FUTURE
