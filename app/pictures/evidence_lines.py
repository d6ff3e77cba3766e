"""What stands behind lines between seats: who answers to whom, since when, on whose word, and who disagrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.known import known_rows
from app.analysis.structure import REPORTS_TO, Structure
from app.domain import dates
from app.domain.dataset import Row
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.evidence_desk import Desk, interval
from app.pictures.evidence_facts import MOST_LISTED, Evidence, Item, Section, listed
from app.pictures.evidence_holders import NOT_ON_RECORD, Seats, both


@dataclass(frozen=True, slots=True)
class Dispute:
    """A line that sources disagree about. other: id of the seat at its other end; is_up: whether that is the one above;
    claim: the record that says so."""

    other: str
    is_up: bool
    claim: Row


def report(desk: Desk, report_id: str) -> Evidence | None:
    """A line between two seats: of which sort, since when, who they are, and what is claimed of the same matter."""
    row = desk.data.row("reports", report_id)
    if row is None:
        return None
    ends = (row["seat_id"], row["to_seat_id"])
    others = [line for line in lines(desk, "seat_id", row["seat_id"]) if line["id"] != report_id]
    seats = Seats.of(desk, (*ends, *(line["to_seat_id"] for line in others[:MOST_LISTED])))
    low, high = (seats.holder(end) or seats.title(end) for end in ends)
    own = [told(desk, row, f"{low} → {high}"), *([Item(row["notes"])] if row["notes"] else [])]
    sections = [
        Section("Line", tuple(own)),
        Section("Who reports", (_end(seats, ends[0]),)),
        Section("To whom", (_end(seats, ends[1]),)),
    ]
    elsewhere = [told(desk, line, seats.named(line["to_seat_id"])) for line in others[:MOST_LISTED]]
    sections += listed("Other lines of the seat", elsewhere, len(others))
    names = called(seats.holder(ends[0]))

    def same_matter(claim: Row) -> bool:
        matter = REPORTS_TO.fullmatch(claim["topic"] or "")
        return f"reports:{report_id}" in claim["about"] or (matter is not None and matter[1] in names)

    sections += desk.matter(same_matter)
    return desk.closed(f"{low} reports to {high}", f"{_sort(row)}, {_when(row)}", sections)


def lines(desk: Desk, end: str, seat_id: str) -> list[Row]:
    """Reports that name a seat at one end: those that hold on the day first, solid ones first, the surest first."""
    frame, day = desk.data["reports"], desk.gathered.as_of
    known = known_rows(desk.data, "reports", desk.gathered.careers.known.day)
    at = np.flatnonzero((frame[end] == seat_id).fill_null(value=False).to_numpy())
    rows = [frame.row(row, named=True) for row in at[known[at]].tolist()]
    weakness = {word: -n for n, word in enumerate(STATUSES)}
    return sorted(
        rows,
        key=lambda r: (not _there(r, day), r["kind"] == "dotted", weakness.get(r["status"] or "reported", 0), r["id"]),
    )


def told(desk: Desk, line: Row, other: str) -> Item:
    """One report, named by what stands at its other end."""
    day = desk.gathered.as_of
    over = "" if _there(line, day) or line["status"] == "denied" else f"not on {wording.iso(day)}"
    detail = " · ".join(part for part in (_sort(line), _when(line), over) if part)
    return Item(other, detail, line["status"] or "", desk.cite(line["source_ids"]), f"reports:{line['id']}")


def around(desk: Desk, upward: Sequence[Row], downward: Sequence[Row], disputed: Sequence[Dispute]) -> list[Section]:
    """The lines of a seat: whom it answers to, then who answers to it; disputed ones at the end of each."""
    above, below = upward[:MOST_LISTED], downward[:MOST_LISTED]
    others = (line["to_seat_id"] for line in above), (line["seat_id"] for line in below)
    seats = Seats.of(desk, (*others[0], *others[1], *(dispute.other for dispute in disputed)))
    over = [told(desk, line, seats.named(line["to_seat_id"])) for line in above]
    over += [_contested(desk, dispute, seats) for dispute in disputed if dispute.is_up]
    under = [told(desk, line, seats.named(line["seat_id"])) for line in below]
    under += [_contested(desk, dispute, seats) for dispute in disputed if not dispute.is_up]
    n_under = len(downward) - len(below) + len(under)
    return [
        Section("Answers to", tuple(over or [Item("No line on record")])),
        *listed("Answer to it", under, n_under),
    ]


def _contested(desk: Desk, dispute: Dispute, seats: Seats) -> Item:
    claim = dispute.claim
    detail = " · ".join(part for part in (claim["text"], claim["date"]) if part)
    cited = desk.cite(claim["source_ids"])
    return Item(seats.named(dispute.other), detail, claim["status"] or "", cited, f"claims:{claim['id']}")


def disputes(desk: Desk, seat: Row, holder: str) -> list[Dispute]:
    """The disputed lines of a seat. The structure is derived only where a claim names its holder."""
    names, frame = called(holder), desk.data["claims"]
    code = desk.data.position("organizations", seat["organization_id"])
    topics = frame.filter((frame["status"] == "disputed").fill_null(value=False)).get_column("topic").drop_nulls()
    matters = [matter for topic in topics if (matter := REPORTS_TO.fullmatch(topic)) is not None]
    if code is None or not any(names & {matter[1], matter[2]} for matter in matters):
        return []
    structure = Structure.of(desk.data, desk.gathered.careers, code, desk.gathered.as_of)
    ids = desk.data["seats"].get_column("id").gather(structure.seats).to_list()
    found = []
    for line in structure.disputed:
        low, high = ids[line.seat], ids[line.to]
        if seat["id"] in (low, high):
            is_up = bool(seat["id"] == low)
            found.append(Dispute(high if is_up else low, is_up, frame.row(line.row, named=True)))
    return found


def called(name: str) -> set[str]:
    """What a claim may call somebody: by the whole name, or by the last one. None for a blank."""
    return {name, name.split()[-1]} if name.strip() else set()


def _there(line: Row, day: int) -> bool:
    """Whether a report may hold on a day; a denied one does not."""
    start, end = (dates.parse(text if dates.readable(text) else None) for text in (line["start"], line["end"]))
    return line["status"] != "denied" and start.earliest <= day and day + 1 < end.latest


def _sort(line: Row) -> str:
    return f"{line['kind'] or 'solid'} line"


def _when(line: Row) -> str:
    """`from 2025-08 until 2025-12`; `days not on record`."""
    parts = [f"{word} {line[name]}" for word, name in (("from", "start"), ("until", "end")) if line[name]]
    return " ".join(part for part in parts if not part.endswith(dates.OPEN)) or f"days {NOT_ON_RECORD}"


def _end(seats: Seats, seat_id: str) -> Item:
    """One end of a line: who sits there since when, how sure that is; of an empty seat what is known of it."""
    desk, row, stint = seats.desk, seats.desk.data.row("seats", seat_id), seats.last_stint(seat_id)
    if row is None:
        return Item(seats.title(seat_id))
    name, where = seats.named(seat_id), desk.organization(row["organization_id"])
    if stint is None:
        return Item(name, where, row["status"] or "", desk.cite(row["source_ids"]), f"seats:{seat_id}")
    cited, record = both(desk, stint, row), f"stints:{stint['id']}"
    return Item(name, f"{where} · {interval(stint)}", stint["status"] or "", cited, record)
