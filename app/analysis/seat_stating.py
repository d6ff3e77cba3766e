"""What a seat says of itself: a new one, open, offered, on hold, closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from app.analysis.adding import STEP, Party
from app.analysis.recording import held
from app.analysis.seat_filling import new_seat
from app.analysis.seat_making import SeatMaking, is_closed, still
from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import OPEN

STATE_WORDS = {"open": "open", "offered": "offered", "on-hold": "on hold", "planned": "planned"}


@dataclass(frozen=True, slots=True)
class Opening:
    """A new seat in an organization (id); it may be filled from the day on."""

    organization: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Stating:
    """A seat that nobody holds is open, offered (to a person, if one is named), on hold or planned."""

    seat: str
    state: Literal["open", "offered", "on-hold", "planned"]
    person: Party | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A seat no longer exists from the day on, nor do the lines to it and from it."""

    seat: str


def open_seat(made: SeatMaking, wish: Opening) -> str:
    """Add a seat that is open; the name of the edit."""
    seat = new_seat(made, wish.organization, wish.title, state="open", opened=made.day or None)
    return f"Add {made.title(seat)}" if seat is not None else ""


def state(made: SeatMaking, wish: Stating) -> str:
    """Say what a vacant seat is; the name of the edit. One that is closed is opened again."""
    seat, word = made.seat(wish.seat), STATE_WORDS[wish.state]
    if seat is None:
        return ""
    title, closed = made.title(seat), is_closed(seat, made.lo)
    holding = [row for row in made.holding(wish.seat) if still(row, made.lo)]
    if holding:
        name = made.name("people", str(holding[-1]["person_id"]))
        made.wrong("seat", f"{name} holds it", f"Vacate it first: a seat that is held is not {word}.")
    elif seat["state"] == wish.state and not closed and not wish.person:
        made.wrong("seat", f"{title} is {word} already", "There is nothing to change.")
    elif closed and wish.state != "open":
        made.wrong("seat", f"{title} is closed", "Open it again first.")
    if made.mistakes:
        return ""
    fields: dict[str, object] = {"state": wish.state}
    if closed:
        fields["closed"] = None
        made.effects.append(f"{title} is no longer closed")
    if wish.state == "open" and made.day and not seat["opened"]:
        fields["opened"] = made.day
    made.say(seat, **fields)
    made.effects.append(f"{title} is {word}{made.when if 'opened' in fields else ''}")
    if wish.state == "offered" and wish.person:
        _offer(made, seat, wish.person)
    verbs = {"open": "Open", "offered": "Offer", "on-hold": "Put on hold:", "planned": "Plan"}
    return f"{verbs[wish.state]} {title}"


def close(made: SeatMaking, wish: Closing) -> str:
    """Close a seat; the name of the edit."""
    seat = made.seat(wish.seat)
    if seat is None:
        return ""
    title = made.title(seat)
    holding = [row for row in made.holding(wish.seat) if still(row, made.lo)]
    if is_closed(seat, made.lo):
        made.wrong("seat", f"{title} is closed already", "There is nothing to close.")
    elif holding:
        name = made.name("people", str(holding[-1]["person_id"]))
        made.wrong("seat", f"{name} holds it", "Vacate it first, and say whether they leave or stay.")
    if made.mistakes:
        return ""
    made.say(seat, **({"closed": made.day} if made.day else {"state": "closed"}))
    made.effects.append(f"{title} is closed{made.when or ', since a day not known'}")
    _end_lines(made, seat)
    return f"Close {title}"


def _offer(made: SeatMaking, seat: Row, person: Party) -> None:
    """The offer as a stint of its own kind, which is no post."""
    row_id, name = made.party("people", person, {}, made.sources)
    rank = max((int(post["rank"] or 0) for post in held(made.dataset, row_id)), default=0) + STEP
    stint: Row = dict.fromkeys(made.dataset["stints"].columns)
    stint |= {"id": made.free("stints", f"offer-{row_id}"), "person_id": row_id, "seat_id": seat["id"], "rank": rank}
    stint |= {"organization_id": seat["organization_id"], "kind": "offer", "start": made.day or None, "end": OPEN}
    stint |= {"status": made.status, "source_ids": made.sources}
    made.put("stints", stint)
    made.effects.append(f"Adds the offer to {name}{made.when}")


def _end_lines(made: SeatMaking, seat: Row) -> None:
    """Lines that may hold on the day end on it; without a day none is ended, for nobody says when."""
    frame = made.dataset["reports"]
    some = frame.filter((pl.col("seat_id") == seat["id"]) | (pl.col("to_seat_id") == seat["id"]))
    _, end = dates.bounds(some.get_column("end"))
    running = [row for row, hi in zip(some.iter_rows(named=True), end.tolist(), strict=True) if hi - 1 > made.lo]
    if not running:
        return
    lines = "1 line" if len(running) == 1 else f"{len(running):,} lines"
    if not made.day:
        made.doubt("day", f"{lines} to it or from it stay without an end", "Say at least the year in which it closed.")
        return
    for row in running:
        made.put("reports", {**row, "end": made.day, "source_ids": made.cited(row)})
    made.effects.append(f"Ends {lines} to it or from it on {made.day}")
