"""Says who moved: the people of a flow, of moves that are counted together, and of what came to or left an
organization."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from app.analysis.flows import Flows
from app.domain.index import Ints
from app.domain.schema import STATUSES
from app.pictures import reach, wording
from app.pictures.evidence_desk import Desk
from app.pictures.evidence_facts import MOST_LISTED, Evidence, Item, Section, listed
from app.pictures.gathered import Gathered

MOST_FLOWS = 8
"""Flows that are named of moves which are counted together."""


def flow(desk: Desk, origin: str, destination: str) -> Evidence | None:
    """The people of a flow, and what is claimed of it."""
    gathered, moves = desk.gathered, desk.gathered.moves
    codes = {i: c for c, i in enumerate(gathered.ids)}
    if origin not in codes or destination not in codes:
        return None
    a, b = codes[origin], codes[destination]
    rows = np.flatnonzero((moves.origin == a) & (moves.destination == b))
    if not len(rows):
        return None
    people = _people(desk, rows, lambda row: gathered.when(moves, row))
    line = f"{wording.people(len(rows))} on record"
    sections = (*people, *desk.claims(_about_flow(desk, a, b)))
    return desk.closed(f"{gathered.labels[a]} → {gathered.labels[b]}", line, sections)


def counted(desk: Desk, key: str, organization: str) -> Evidence | None:
    """The largest flows and the people of moves that a timeline counts together. organization: id of the one that they
    all lead to; blank for any."""
    gathered, moves, labels = desk.gathered, desk.gathered.moves, desk.gathered.labels
    rows = reach.rows_of(gathered, key)
    if not len(rows):
        return None
    found = Flows.of(moves.take(rows), len(labels))
    flows = [
        Item(f"{labels[a]} → {labels[b]}", wording.people(n))
        for a, b, n in zip(
            *(part[:MOST_FLOWS].tolist() for part in (found.origin, found.destination, found.n_moves)), strict=True
        )
        if n > 1
    ]
    sections = [Section("Largest flows", tuple(flows))] if flows else []
    sections += _people(desk, rows, lambda row: _way(gathered, row, organization))
    return desk.closed(reach.named(gathered, key), f"{wording.counted(len(rows), 'move')} on record", sections)


def _way(gathered: Gathered, row: int, organization: str) -> str:
    """From where to where, unless all lead to one organization, and when."""
    a, b = (gathered.labels[int(ends[row])] for ends in (gathered.moves.origin, gathered.moves.destination))
    return f"{f'from {a}' if organization else f'{a} → {b}'}, {gathered.when(gathered.moves, row)}"


def _people(desk: Desk, rows: npt.NDArray[np.intp], told: Callable[[int], str]) -> list[Section]:
    """Who made some moves, by day, those without one last; of many the first. told: the second line of a row."""
    moves = desk.gathered.moves
    rows = rows[np.lexsort((rows, moves.joined[rows], moves.undated[rows]))]
    items = [_mover(desk, row, told(row)) for row in rows[:MOST_LISTED].tolist()]
    return listed("People", items, len(rows)) if len(rows) > MOST_LISTED else [Section("People", tuple(items))]


def _mover(desk: Desk, row: int, detail: str) -> Item:
    """Who made a move, how sure it is, on whose word."""
    gathered, moves = desk.gathered, desk.gathered.moves
    return Item(
        gathered.person_name(moves, row),
        detail,
        STATUSES[int(moves.status[row])],
        desk.cite(gathered.move_sources(moves, row)),
        f"stints:{gathered.move_key(moves, row).rpartition('>')[2]}",
        str(gathered.dataset["people"].item(int(moves.person[row]), "id")),
    )


def moved(desk: Desk, title: str, rows: npt.NDArray[np.intp], other: Ints) -> list[Section]:
    """The moves of an organization in one direction, the newest first, those without a day last."""
    gathered, moves = desk.gathered, desk.gathered.moves
    rows = rows[np.lexsort((-moves.joined[rows], moves.undated[rows]))]
    way = "from" if title == "Came in" else "to"
    items = [
        _mover(desk, row, f"{way} {gathered.labels[int(other[row])]}, {gathered.when(moves, row)}")
        for row in rows[:MOST_LISTED].tolist()
    ]
    return listed(title, items, len(rows))


def below(desk: Desk, code: int) -> list[str]:
    """Ids of the organizations that count as one at the level today, itself included."""
    everyone = np.arange(len(desk.gathered.ids), dtype=np.int32)
    at_level = desk.gathered.careers.levels.at(everyone, desk.gathered.as_of)
    return [desk.gathered.ids[c] for c in np.flatnonzero(at_level == code).tolist()] or [desk.gathered.ids[code]]


def _about_flow(desk: Desk, a: int, b: int) -> set[str]:
    """Every way in which a claim may speak of a flow: units of the one to units of the other."""
    return {f"flow:{x}>{y}" for x in below(desk, a) for y in below(desk, b)}
