"""Filling a seat with a person, and vacating it."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.adding import STEP, Party
from app.analysis.names import as_id
from app.analysis.recording import held, present
from app.analysis.seat_making import VACANT_STATES, SeatMaking, still
from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import OPEN


@dataclass(frozen=True, slots=True)
class Filling:
    """A person takes a seat. seat: its id; blank: a new one, with a title, in an organization (id)."""

    seat: str
    person: Party
    role: str = ""
    organization: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Vacating:
    """Who holds a seat gives it up, and leaves, or stays without it."""

    seat: str
    stays: bool = False


def fill(made: SeatMaking, wish: Filling) -> str:
    """Fill a seat; the name of the edit.

    A stint that runs in the seat's organization gets the seat; where a day is said it is split there. Else a new one
    begins, and the post that the person is known to hold elsewhere ends. Whoever holds the seat must leave it first.
    """
    if not wish.person:
        made.wrong("person", "nobody is named", "Choose a person, or write the name of a new one.")
    seat = made.open_seat(wish.seat) if wish.seat else _new(made, wish)
    if seat is None or made.mistakes:
        return ""
    _must_be_free(made, str(seat["id"]), wish.person)
    if made.mistakes:
        return ""
    person, name = made.party("people", wish.person, {}, made.sources)
    _sit(made, seat, person, wish.role)
    if seat["state"] in VACANT_STATES and wish.seat:
        made.say(seat, state=None)
        made.effects.append(f"{made.title(seat)} is no longer {str(seat['state']).replace('-', ' ')}")
    _take_offers(made, str(seat["id"]), person)
    return f"Fill {made.title(seat)} with {name}"


def vacate(made: SeatMaking, wish: Vacating) -> str:
    """Vacate a seat; the name of the edit."""
    seat = made.seat(wish.seat)
    if seat is None or made.mistakes:
        return ""
    holding = made.holding(wish.seat)
    if not holding:
        made.wrong("seat", f"nobody holds {made.title(seat)}", "There is nothing to vacate.")
        return ""
    stint = holding[-1]
    name = made.name("people", str(stint["person_id"]))
    if wish.stays:
        made.split(stint, seat_id=None)
        made.effects.append(f"{name} stays, without {made.title(seat)}{made.when}")
    else:
        made.end(stint)
        if not made.day:
            remedy = "Say at least the year; until then the seat is shown as perhaps held."
            made.doubt("day", f"nobody says when {name} left", remedy)
    return f"Vacate {made.title(seat)}"


def new_seat(made: SeatMaking, organization: str, title: str, **fields: object) -> Row | None:
    """Add a seat at the end of its organization; None, and a mistake, where that does not exist."""
    if not organization or made.dataset.position("organizations", organization) is None:
        made.wrong("organization", "no organization is named", "Say where the seat stands.")
        return None
    title = " ".join(title.split())
    seats = made.dataset["seats"]
    ranks = seats.filter(seats["organization_id"] == organization).get_column("rank").drop_nulls()
    row: Row = dict.fromkeys(seats.columns)
    row |= {"id": made.free("seats", f"seat-{as_id(title) or organization}"), "title": title or None}
    row |= {"organization_id": organization, "rank": int(ranks.max()) + 1 if len(ranks) else None, **fields}  # type: ignore[arg-type]  # a column of whole numbers
    row |= {"status": made.status, "source_ids": made.sources}
    made.put("seats", row)
    where = made.name("organizations", organization)
    made.effects.append(f"Adds a seat{f' “{title}”' if title else ''} to {where}")
    return row


def _new(made: SeatMaking, wish: Filling) -> Row | None:
    return new_seat(made, wish.organization, wish.title)


def _must_be_free(made: SeatMaking, seat: str, person: Party) -> None:
    """A seat that somebody is known to hold on the day or later is not free."""
    for stint in made.stints(seat):
        own = str(stint["person_id"]) == person.id
        name = made.name("people", str(stint["person_id"]))
        if still(stint, made.lo):
            since = f" since {stint['start']}" if stint["start"] else ""
            remedy = "There is nothing to fill." if own else "Vacate the seat first, or choose a later day."
            made.wrong("person" if own else "seat", f"{name} holds it{since}", remedy)
        elif stint["end"] is None and not own:
            made.doubt("seat", f"nobody says when {name} left it", "Say in their stint when it ended.")


def _sit(made: SeatMaking, seat: Row, person: str, role: str) -> None:
    """The stint that holds the seat."""
    name, title = made.name("people", person), made.title(seat)
    posts = held(made.dataset, person)
    running = [post for post in posts if post["end"] in (None, OPEN)]
    here = [post for post in running if post["organization_id"] == seat["organization_id"]]
    if here:
        post = here[-1]
        if post["seat_id"] and (before := made.row("seats", str(post["seat_id"]))):
            made.effects.append(f"{name} leaves {made.title(before)}{made.when}")
        made.split(post, seat_id=seat["id"], role=role or post["role"])
        made.effects.append(f"{name} takes {title}{made.when}")
        return
    last = present(made.dataset, person)
    if last is not None and last in running:
        made.end(last)
    rank = max((int(post["rank"] or 0) for post in posts), default=0) + STEP
    stint: Row = dict.fromkeys(made.dataset["stints"].columns)
    stint |= {"id": made.free("stints", f"st-{person}-{rank}"), "person_id": person, "rank": rank, "end": OPEN}
    stint |= {"organization_id": seat["organization_id"], "seat_id": seat["id"], "role": role or None}
    stint |= {"start": made.day or None, "kind": "employment", "status": made.status, "source_ids": made.sources}
    made.put("stints", stint)
    where = made.name("organizations", str(seat["organization_id"]))
    made.effects.append(f"Adds a stint of {name} at {where}, in {title}{made.when}")
    _too_early(made, seat)


def _too_early(made: SeatMaking, seat: Row) -> None:
    """Doubt a day before the seat opened."""
    if seat["opened"] and made.day and dates.parse(seat["opened"]).earliest >= made.hi:
        made.doubt("day", f"the seat opens only on {seat['opened']}", "Correct the day, or that of the seat.")


def _take_offers(made: SeatMaking, seat: str, person: str) -> None:
    """An offer of the seat that still runs is over once the person holds it."""
    frame = made.dataset["stints"]
    offers = frame.filter(frame["person_id"] == person, frame["seat_id"] == seat, frame["kind"] == "offer")
    for offer in offers.iter_rows(named=True):
        if offer["end"] == OPEN:
            made.put("stints", {**offer, "end": made.day or None, "source_ids": made.cited(offer)})
            made.effects.append("The offer is over: it was taken")
