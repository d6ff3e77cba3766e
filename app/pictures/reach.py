"""What a selected record means in a picture: which marks stand for it, and which filter shows nothing but it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.domain.lens import Lens, Term
from app.pictures.flowmap import FlowMap
from app.scene.scene import Scene


def marks(picture: FlowMap, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
    """The rows of `scene.keys` that stand for records, each once: a record's own mark; for a person, that of every
    move; for a move that has no dot, its flow. What the picture does not draw has none."""
    present = {key: at for at, key in enumerate(scene.keys)}
    found: dict[int, None] = {}
    for key in keys:
        for wanted in (key,) if key in present else _standing(picture, key):
            if wanted in present:
                found[present[wanted]] = None
    return tuple(found)


def moves_of(picture: FlowMap, key: str) -> list[str]:
    """The keys of a person's moves that the picture counts; none for any other key."""
    table, _, rest = key.partition(":")
    code = picture.gathered.dataset.position("people", rest) if table == "people" else None
    if code is None:
        return []
    rows = np.flatnonzero(picture.gathered.moves.person == code)
    return [picture.gathered.move_key(picture.gathered.moves, row) for row in rows.tolist()]


def narrowed(picture: FlowMap, key: str) -> Lens | None:
    """The filter that leaves an organization, a flow or a person; None for a key that no filter names."""
    kind, _, rest = key.partition(":")
    if kind == "organizations":
        return Lens((Term("organization", rest),))
    if kind == "flow" and ">" in rest:
        a, b = rest.split(">", 1)
        return Lens((Term("from", a), Term("to", b)))
    person = rest if kind == "people" else _person_of(picture, key)
    return Lens((Term("person", person),)) if person else None


def named(picture: FlowMap, key: str) -> str:
    """What to call a record in a sentence; its id where it has no name."""
    kind, _, rest = key.partition(":")
    gathered = picture.gathered
    if kind == "organizations":
        at = gathered.dataset.position("organizations", rest)
        return gathered.labels[at] if at is not None else rest
    if kind == "flow" and ">" in rest:
        return " → ".join(named(picture, f"organizations:{end}") for end in rest.split(">", 1))
    if kind == "relations":
        row = gathered.dataset.row("relations", rest)
        ends = (row["from_id"], row["to_id"]) if row is not None else ()
        return " and ".join(named(picture, f"organizations:{end}") for end in ends) or rest
    person = rest if kind == "people" else _person_of(picture, key)
    row = gathered.dataset.row("people", person) if person else None
    return str(row["name"] or person) if row is not None else rest


def _person_of(picture: FlowMap, key: str) -> str:
    """The id of the person of a move's key; blank if there is none."""
    kind, _, rest = key.partition(":")
    row = picture.gathered.dataset.row("stints", rest.rpartition(">")[2]) if kind == "move" else None
    return str(row["person_id"]) if row is not None else ""


def _standing(picture: FlowMap, key: str) -> list[str]:
    """Keys of marks that may stand for one that the picture does not draw itself."""
    kind, _, rest = key.partition(":")
    if kind == "people":
        found = []
        for move in moves_of(picture, key):
            found += [move, *_standing(picture, move)]
        return found
    if kind == "move" and ">" in rest:
        return [flow] if (flow := flow_of(picture, rest)) else []
    return []


def flow_of(picture: FlowMap, stints: str) -> str:
    """The key of the flow that the move `STINT_A>STINT_B` is part of, at the picture's level; blank if none."""
    gathered = picture.gathered
    data, moves = gathered.dataset, gathered.moves
    at = data.position("stints", stints.rpartition(">")[2])
    if at is None:
        return ""
    row = np.flatnonzero(data.index.row[moves.joined_stint] == at)
    if not len(row):
        return ""
    a, b = int(moves.origin[row[0]]), int(moves.destination[row[0]])
    return f"flow:{gathered.ids[a]}>{gathered.ids[b]}"
