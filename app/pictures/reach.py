"""What a selected record means in a picture: which marks stand for it, and which filter shows nothing but it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from app.analysis.buildout import holding
from app.analysis.moves import Moves
from app.analysis.naming import naming
from app.analysis.order import Positions
from app.domain import dates
from app.domain.lens import Lens, Term
from app.pictures import wording
from app.pictures.bands import Bands
from app.pictures.gathered import Gathered
from app.pictures.tally_keys import meant
from app.scene.marks import Label
from app.scene.outline import bounds
from app.scene.pick import Rectangle
from app.scene.scene import Scene


def marks(gathered: Gathered, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
    """The rows of `scene.keys` that stand for records, each once: a record's own mark; for a person, that of every
    move; for a seat, those of who has held it; for a line between seats that is not drawn, both of them; for a move
    that has no dot, its flow. What is not drawn has none."""
    present = {key: at for at, key in enumerate(scene.keys)}
    found: dict[int, None] = {}
    for key in keys:
        for wanted in (key,) if key in present else standing(gathered, key):
            if wanted in present:
                found[present[wanted]] = None
    return tuple(found)


def box_of_marks(scene: Scene, rows: tuple[int, ...]) -> Rectangle | None:
    """Left, top, right, bottom of the marks of some keys (rows of `scene.keys`) in the world; None for no marks."""
    wanted = np.array(rows, dtype=np.int64)
    boxes = [
        bounds(mark)[np.isin(mark.key, wanted)]
        for layer in scene.layers
        if layer.space == "world"
        for mark in layer.marks
        if not isinstance(mark, Label)
    ]
    found = np.concatenate(boxes) if boxes else np.zeros((0, 4))
    if not len(found):
        return None
    (left, top), (right, bottom) = found[:, :2].min(axis=0).tolist(), found[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom


def with_holders(gathered: Gathered, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Keys, and after them those of everyone who has held a seat among them, each once."""
    seats = [key.partition(":")[2] for key in keys if key.startswith("seats:")]
    if not seats:
        return keys
    stints = gathered.dataset["stints"]
    people = stints.filter(stints["seat_id"].is_in(seats)).get_column("person_id").drop_nulls()
    return tuple(dict.fromkeys((*keys, *(f"people:{person}" for person in people))))


def moves_of(gathered: Gathered, key: str) -> list[str]:
    """The keys of a person's moves that the picture counts; none for any other key."""
    table, _, rest = key.partition(":")
    rows = _moves_by(gathered, rest) if table == "people" else ()
    return [gathered.move_key(gathered.moves, row) for row in rows]


def _moves_by(gathered: Gathered, person: str) -> Iterable[int]:
    """Places of a person's moves among those that the picture counts: moves stand person by person."""
    code = gathered.dataset.position("people", person)
    if code is None:
        return ()
    return range(*np.searchsorted(gathered.moves.person, np.array([code, code + 1], dtype=np.int32)).tolist())


def narrowed(gathered: Gathered, key: str) -> Lens | None:
    """The filter that leaves an organization, a flow or a person; None for a key that no filter names."""
    kind, _, rest = key.partition(":")
    if kind == "organizations":
        return Lens((Term("organization", rest),))
    if kind == "flow" and ">" in rest:
        a, b = rest.split(">", 1)
        return Lens((Term("from", a), Term("to", b)))
    if (bar := meant(key)) is not None:
        first, end, organization = bar
        return Lens((Term("after", first), Term("before", end), *([Term("to", organization)] if organization else [])))
    if kind == "seats":
        held = holders(gathered, rest)
        return Lens((Term("person", held[-1].partition(":")[2]),)) if held else None
    person = person_of(gathered, key)
    return Lens((Term("person", person),)) if person else None


def named(gathered: Gathered, key: str) -> str:
    """What to call a record in a sentence; its id where it has no name."""
    kind, _, rest = key.partition(":")
    if kind == "organizations":
        at = gathered.dataset.position("organizations", rest)
        return gathered.labels[at] if at is not None else rest
    if kind == "flow" and ">" in rest:
        return " → ".join(named(gathered, f"organizations:{end}") for end in rest.split(">", 1))
    if (bar := meant(key)) is not None:
        whose = f" to {named(gathered, f'organizations:{bar[2]}')}" if bar[2] else ""
        return f"Moves{whose} from {bar[0]} to {wording.iso(dates.parse(bar[1]).earliest - 1)}"
    if kind == "relations":
        row = gathered.dataset.row("relations", rest)
        ends = (row["from_id"], row["to_id"]) if row is not None else ()
        return " and ".join(named(gathered, f"organizations:{end}") for end in ends) or rest
    if kind == "seats":
        return ", ".join(named(gathered, person) for person in holders(gathered, rest)[-1:]) or _titled(gathered, rest)
    if kind in ("reports", "targets", "claims"):
        return _put(gathered, kind, rest)
    person = person_of(gathered, key)
    row = gathered.dataset.row("people", person) if person else None
    return str(row["name"] or person) if row is not None else rest


def _put(gathered: Gathered, table: str, row_id: str) -> str:
    """What a line, a target or a claim says, in a few words; its id where it does not exist."""
    row = gathered.dataset.row(table, row_id)
    if row is None:
        return row_id
    if table == "reports":
        return " reports to ".join(named(gathered, f"seats:{row[end]}") for end in ("seat_id", "to_seat_id"))
    if table == "targets":
        team = named(gathered, f"organizations:{row['organization_id']}")
        return f"The target of {team}"
    return str(row["topic"] or row["text"] or row_id)


def _titled(gathered: Gathered, seat: str) -> str:
    """The title of a seat that nobody has held; its id where it has none."""
    row = gathered.dataset.row("seats", seat)
    return str((row["title"] if row is not None else None) or seat)


def people_of(gathered: Gathered, key: str) -> list[str]:
    """The ids of the people whom a key is about: a person, who made a move, whose stint it is, who has held a seat;
    none for others."""
    kind, _, rest = key.partition(":")
    if kind == "seats":
        return [person.partition(":")[2] for person in holders(gathered, rest)]
    return [found] if (found := person_of(gathered, key)) else []


def person_of(gathered: Gathered, key: str) -> str:
    """The id of the person of a key: their own, of who moved, of whose stint it is; blank if there is none."""
    kind, _, rest = key.partition(":")
    if kind == "people":
        return rest
    row = gathered.dataset.row("stints", rest.rpartition(">")[2]) if kind in ("move", "stints") else None
    return str(row["person_id"]) if row is not None else ""


def standing(gathered: Gathered, key: str) -> list[str]:
    """Keys of marks that may stand for one that the picture does not draw itself."""
    kind, _, rest = key.partition(":")
    if kind == "stints" and (person := person_of(gathered, key)):
        return [f"people:{person}", *standing(gathered, f"people:{person}")]
    if kind == "people":
        found = []
        for move in moves_of(gathered, key):
            found += [move, *standing(gathered, move)]
        return found + seats_of(gathered, rest)
    if kind == "seats":
        return [mark for person in holders(gathered, rest) for mark in (person, *standing(gathered, person))]
    if kind == "move" and ">" in rest:
        return [*_seat_of(gathered, rest), flow] if (flow := flow_of(gathered, rest)) else _seat_of(gathered, rest)
    if kind == "flow" and ">" in rest:
        return _seats_filled(gathered, *rest.split(">", 1))
    if kind == "reports":
        row = gathered.dataset.row("reports", rest)
        return [f"seats:{row[end]}" for end in ("seat_id", "to_seat_id")] if row is not None else []
    return []


def seats_of(gathered: Gathered, person: str) -> list[str]:
    """The keys of the seats that a person, by id, holds or has held."""
    data, code = gathered.dataset, gathered.dataset.position("people", person)
    if code is None:
        return []
    first, end = np.searchsorted(data.index.person, np.array([code, code + 1], dtype=np.int32)).tolist()
    rows = np.sort(data.index.row[first:end])
    return _seat_keys(data["stints"].get_column("seat_id").gather(rows))


def _seat_of(gathered: Gathered, stints: str) -> list[str]:
    """The key of the seat that the move `STINT_A>STINT_B` leads to; none if it is to no seat."""
    row = gathered.dataset.row("stints", stints.rpartition(">")[2])
    return [f"seats:{row['seat_id']}"] if row is not None and row["seat_id"] else []


def _seats_filled(gathered: Gathered, origin: str, destination: str) -> list[str]:
    """The keys of the seats that the moves of a flow lead to."""
    rows = rows_of(gathered, f"flow:{origin}>{destination}")
    index = gathered.dataset.index
    joined = index.row[gathered.moves.joined_stint[rows]]
    return _seat_keys(gathered.dataset["stints"].get_column("seat_id").gather(joined))


def moves_of_flow(gathered: Gathered, key: str) -> list[str]:
    """The keys of the moves of a flow that the picture counts; none for any other key."""
    rows = rows_of(gathered, key) if key.startswith("flow:") else ()
    return [gathered.move_key(gathered.moves, int(row)) for row in rows]


def rows_of(gathered: Gathered, key: str, moves: Moves | None = None) -> Positions:
    """Places, among some moves (default: those that the picture counts), of a move, of those of a flow, of a person,
    of the person of a stint, of who has held a seat, or that a bar of a timeline counts by their nominal days; none for
    any other key."""
    moves = gathered.moves if moves is None else moves
    kind, _, rest = key.partition(":")
    data = gathered.dataset
    if (bar := meant(key)) is not None:
        first, end = (dates.parse(day).earliest for day in bar[:2])
        to = data.position("organizations", bar[2])
        inside = ~moves.undated & (moves.joined >= first) & (moves.joined < end)
        return np.flatnonzero(inside & (moves.destination == to) if bar[2] else inside)
    if kind == "flow" and ">" in rest:
        a, b = (_number(data.position("organizations", end)) for end in rest.split(">", 1))
        return np.flatnonzero((moves.origin == a) & (moves.destination == b))
    if kind == "move" and ">" in rest:
        at = _number(data.position("stints", rest.rpartition(">")[2]))
        return np.flatnonzero(data.index.row[moves.joined_stint] == at)
    people = [_number(data.position("people", person)) for person in people_of(gathered, key)]
    return np.flatnonzero(np.isin(moves.person, people)) if people else np.empty(0, dtype=np.intp)


def _number(position: int | None) -> int:
    """A position; for none a number that no record has."""
    return -2 if position is None else position


def _seat_keys(column: pl.Series) -> list[str]:
    return [f"seats:{seat}" for seat in dict.fromkeys(column.drop_nulls())]


def seated_at(gathered: Gathered, key: str) -> str:
    """The id of the organization in whose chart a record stands: that of a seat, of a person's newest stint, of a
    target, of the seat that reports; an organization's own. Blank where there is none."""
    kind, _, rest = key.partition(":")
    data = gathered.dataset
    if kind == "organizations":
        return rest if data.position("organizations", rest) is not None else ""
    if kind == "people":
        stints = data["stints"].filter(data["stints"]["person_id"] == rest).sort("rank", "id", nulls_last=True)
        return _there(gathered, stints.row(-1, named=True)["organization_id"]) if stints.height else ""
    if kind == "reports":
        row = data.row("reports", rest)
        return seated_at(gathered, f"seats:{row['seat_id']}") if row is not None else ""
    row = data.row(kind, rest) if kind in ("seats", "targets") else None
    return _there(gathered, row["organization_id"]) if row is not None else ""


def _there(gathered: Gathered, organization: str | None) -> str:
    """The id of an organization; blank if there is none of that id."""
    known = organization and gathered.dataset.position("organizations", organization) is not None
    return str(organization) if known else ""


def holders(gathered: Gathered, seat: str) -> list[str]:
    """The keys of everyone who is named for a seat, by its id, each once: last those who held it, the one who came last
    at the end."""
    data, row = gathered.dataset, gathered.dataset.position("seats", seat)
    if row is None:
        return []
    careers, at = gathered.careers, naming(data).of(row)
    at = at[np.lexsort((at, careers.proven.start_lo[at], holding(careers, at)))]
    people = data["stints"].get_column("person_id").gather(data.index.row[at[::-1]]).drop_nulls()
    return [f"people:{person}" for person in dict.fromkeys(people)][::-1]


def flow_of(gathered: Gathered, stints: str) -> str:
    """The key of the flow that the move `STINT_A>STINT_B` is part of, at the picture's level; blank if none."""
    data, moves = gathered.dataset, gathered.moves
    at = data.position("stints", stints.rpartition(">")[2])
    if at is None:
        return ""
    for row in _moves_by(gathered, str(data["stints"].item(at, "person_id") or "")):
        if data.index.row[moves.joined_stint[row]] == at:
            return f"flow:{gathered.ids[int(moves.origin[row])]}>{gathered.ids[int(moves.destination[row])]}"
    return ""


def bands_of(bands: Bands, rows: Positions) -> list[int]:
    """The bands on which some gathered moves stand, where these are the members of bands."""
    return np.unique(bands.band[np.isin(bands.members, rows)]).tolist() if len(rows) else []
