"""The people behind a mark that is no record: by which move each stands there, how sure that is, whose word."""

from __future__ import annotations

import numpy as np

from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.crowd import Crowd
from app.pictures.evidence_desk import Desk
from app.pictures.evidence_facts import MOST_LISTED, Evidence, Item, listed


def crowd(desk: Desk, of: Crowd) -> Evidence:
    """Everyone of a crowd, as far as a section names people: those who moved with their move, then the others."""
    moves = desk.gathered.moves
    number = {desk.data.position("stints", key.rpartition(">")[2]): n for n, key in enumerate(of.moves)}
    joined = desk.data.index.row[moves.joined_stint]
    rows = np.flatnonzero(np.isin(joined, [row for row in number if row is not None]))
    rows = rows[np.argsort([number[int(joined[row])] for row in rows], kind="stable")]
    ids = desk.data["people"].get_column("id")
    items = [_moved(desk, row, ids[int(moves.person[row])]) for row in rows[:MOST_LISTED].tolist()]
    moved = set(ids.gather(moves.person[rows]))
    others = [person for person in of.people if person not in moved]
    items += [
        Item(desk.person(person), "", "", _sources(desk, person), f"people:{person}", person)
        for person in others[: MOST_LISTED - len(items)]
    ]
    line = f"{wording.people(len(of.people))} on record"
    if len(rows) > len(moved):
        line += f", {wording.counted(len(rows), 'move')}"
    return desk.closed(of.name, line, listed("People", items, len(rows) + len(others)))


def _moved(desk: Desk, row: int, person: str) -> Item:
    gathered, moves = desk.gathered, desk.gathered.moves
    way = " → ".join(gathered.labels[int(ends[row])] for ends in (moves.origin, moves.destination))
    return Item(
        gathered.person_name(moves, row),
        f"{way}, {gathered.when(moves, row)}",
        STATUSES[int(moves.status[row])],
        desk.cite(gathered.move_sources(moves, row)),
        f"stints:{gathered.move_key(moves, row).rpartition('>')[2]}",
        person,
    )


def _sources(desk: Desk, person: str) -> tuple[int, ...]:
    row = desk.data.row("people", person)
    return desk.cite(row["source_ids"]) if row is not None else ()
