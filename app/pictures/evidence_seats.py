"""What stands behind a seat and behind the size of a team."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.buildout import build_out
from app.domain.dataset import Row
from app.domain.dates import OPEN
from app.pictures import evidence_lines as between
from app.pictures import wording
from app.pictures.evidence_desk import Desk
from app.pictures.evidence_facts import Evidence, Item, Section, listed
from app.pictures.evidence_holders import NOT_ON_RECORD, Seats, Sitting, not_counted

ABOUT, NO_DAY = "about", "no day is named"
SIZES = ("headcount", "seats")
"""Fields of an organization that a claim on the size of a team names."""


def seat(desk: Desk, seat_id: str) -> Evidence | None:
    """A seat: what it asks for, who holds it and who held it before, the lines from and to it, what is claimed."""
    row = desk.data.row("seats", seat_id)
    if row is None:
        return None
    seats = Seats.of(desk, (seat_id,))
    sitting = Sitting.of(seats)
    people = tuple(dict.fromkeys(seats.stint_of(at)["person_id"] for at in sitting.foremost))
    sections = [Section("Seat", tuple(_facts(desk, row, people))), *sitting.sections(seats)]
    sections += not_counted(desk, seat_id)
    upward, downward = between.lines(desk, "seat_id", seat_id), between.lines(desk, "to_seat_id", seat_id)
    disputed = between.disputes(desk, row, seats.holder(seat_id))
    sections += between.around(desk, upward, downward, disputed)
    about = {f"seats:{seat_id}", *(f"reports:{line['id']}" for line in (*upward, *downward))}
    about |= {f"people:{person}" for person in people}
    doubted = {dispute.claim["id"] for dispute in disputed}
    sections += desk.matter(lambda claim: claim["id"] in doubted or bool(about.intersection(claim["about"])))
    state = f"{seats.state(seat_id)} on {wording.iso(desk.gathered.as_of)}" if row["status"] != "denied" else "denied"
    line = f"{desk.organization(row['organization_id'])} · {state}"
    return desk.closed(row["title"] or "A seat without a title", line, sections)


def _facts(desk: Desk, row: Row, people: Sequence[str]) -> list[Item]:
    """What is on record of a seat itself: its unit, when it opened and closed, what it asks for and who knows that."""
    code = desk.data.position("organizations", row["organization_id"])
    where = desk.gathered.names[code] if code is not None else f"{row['organization_id']} (no such organization)"
    said = [f"{word} {row[word]}" for word in ("opened", "closed") if row[word] and row[word] != OPEN]
    said += [f"said to be {row['state'].replace('-', ' ')}"] if row["state"] else []
    asked = tuple(row["skills"])
    record = f"seats:{row['id']}"
    facts = [Item(where, " · ".join(said), row["status"] or "", desk.cite(row["source_ids"]), record)]
    facts += [Item(f"Asks for {', '.join(asked)}", "", "", desk.cite(row["source_ids"]), record)] if asked else []
    for person in people:
        own = desk.data.row("people", person)
        if own is None or not (own["expertise"] or asked):
            continue
        has = {word.casefold() for word in own["expertise"]}
        lacking = [skill for skill in asked if skill.casefold() not in has]
        met = "all that it asks for" if asked else ""
        knows = ", ".join(own["expertise"]) or NOT_ON_RECORD
        detail = f"{NOT_ON_RECORD}: {', '.join(lacking)}" if lacking and own["expertise"] else "" if lacking else met
        cited = desk.cite(own["source_ids"])
        facts.append(Item(f"{desk.person(person)} knows: {knows}", detail, "", cited, f"people:{person}"))
    return facts + ([Item(row["notes"])] if row["notes"] else [])


def target(desk: Desk, target_id: str) -> Evidence | None:
    """A target: how many seats, by when, on whose word; how far the team has come; claims on its size."""
    row = desk.data.row("targets", target_id)
    if row is None:
        return None
    team, frame = row["organization_id"], desk.data["targets"]
    others = frame.filter((frame["organization_id"] == team) & (frame["id"] != target_id))
    elsewhere = [_wanted(desk, other) for other in others.iter_rows(named=True)]
    sections = [Section("Target", (_wanted(desk, row),)), *_so_far(desk, row)]
    sections += listed("Other targets of the team", elsewhere, len(elsewhere))

    def of_its_size(claim: Row) -> bool:
        if f"targets:{target_id}" in claim["about"]:
            return True
        return f"organizations:{team}" in claim["about"] and claim["field"] in SIZES

    sections += desk.matter(of_its_size)
    by = f"by {row['by']}" if row["by"] else NO_DAY
    return desk.closed(f"{desk.organization(team)}: a target of {_many(row)}", by, sections)


def _wanted(desk: Desk, row: Row) -> Item:
    """How many seats a target wants, until when."""
    notes = "" if (row["notes"] or "").casefold() == ABOUT else row["notes"] or ""
    detail = " · ".join(part for part in (f"by {row['by']}" if row["by"] else NO_DAY, notes) if part)
    return Item(_many(row), detail, row["status"] or "", desk.cite(row["source_ids"]), f"targets:{row['id']}")


def _many(row: Row) -> str:
    """`about 50 seats`."""
    is_round = (row["notes"] or "").casefold().startswith(ABOUT)
    return f"{ABOUT + ' ' if is_round else ''}{wording.counted(int(row['seats'] or 0), 'seat')}"


def _so_far(desk: Desk, row: Row) -> list[Section]:
    """Seats of the team on the day, against what is wanted."""
    gathered, code = desk.gathered, desk.data.position("organizations", row["organization_id"])
    if code is None:
        return []
    team = build_out(desk.data, gathered.careers, gathered.as_of, code, int(row["seats"] or 0))
    most = f", up to {team.possible:,}" if team.possible > team.filled else ""
    counts = ((team.open, "still to fill"), (team.over, "beyond the target"), (team.left, "left and not filled again"))
    rest = " · ".join(f"{n:,} {word}" for n, word in counts if n)
    return [Section(f"Seats on {wording.iso(gathered.as_of)}", (Item(f"{team.filled:,} filled{most}", rest),))]
