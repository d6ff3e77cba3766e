"""Whom the marks of a tile stand for: the moves of its period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.order import Positions
from app.pictures import reach, wording
from app.pictures.cards import Card, crowd_card
from app.pictures.exchange import AMONG_KEY, OTHERS_KEY
from app.pictures.flowmap_tips import crowd_tip
from app.pictures.sankey import VIEW as SANKEY
from app.pictures.sankey_flows import SIDES
from app.scene.scene import Scene, Tip
from app.scene.tips import Later, Tips

if TYPE_CHECKING:
    from app.pictures.multiples import Multiples

NAMED = 4
"""Organizations that a card names to and from which most went."""


def rows_of(picture: Multiples, key: str) -> Positions:
    """The rows of the moves that are shown, of all tiles, for which the marks of a key stand; none for other keys."""
    moves, nodes = picture.shown.moves, picture.picture.traffic.nodes
    left, reached = moves.origin, moves.destination
    small = ~np.isin(left, nodes), ~np.isin(reached, nodes)
    kind, _, rest = key.partition(":")
    if kind == "organizations":
        code = _code(picture, rest)
        return np.flatnonzero((left == code) | (reached == code))
    if kind == "flow":
        a, b = (_code(picture, end) for end in rest.split(">", 1))
        return np.flatnonzero((left == a) & (reached == b))
    if kind != "group":
        return np.empty(0, dtype=np.intp)
    way, _, end = rest.partition("-")
    if way == "out":
        return np.flatnonzero((left == _code(picture, end)) & small[1])
    if way == "in":
        return np.flatnonzero(small[0] & (reached == _code(picture, end)))
    if end in ("before", "after"):  # a column of a Sankey
        return np.flatnonzero(small[end == "after"])
    either = key == OTHERS_KEY and picture.options.view != SANKEY  # there it is who went among them
    return np.flatnonzero(small[0] | small[1] if either else small[0] & small[1])


def _code(picture: Multiples, organization: str) -> int:
    code = picture.shown.dataset.position("organizations", organization)
    return -1 if code is None else code


def shared(picture: Multiples, key: str) -> list[str]:
    """The keys of marks that stand for others too and among them for a record: an organization without a place of its
    own, a flow to or from one, a move, a person, a seat. None for what is drawn itself."""
    kind, _, rest = key.partition(":")
    gathered = picture.gathered
    drawn = {gathered.ids[code] for code in picture.picture.traffic.nodes.tolist()}
    if kind == "organizations":
        return [] if rest in drawn else [OTHERS_KEY, *(f"{OTHERS_KEY}-{side}" for side in SIDES)]
    if kind == "flow" and ">" in rest:
        a, b = rest.split(">", 1)
        if a in drawn or b in drawn:
            return [] if a in drawn and b in drawn else [f"group:out-{a}" if a in drawn else f"group:in-{b}"]
        return [OTHERS_KEY if picture.options.view == SANKEY else AMONG_KEY]
    if kind == "move":
        return shared(picture, reach.flow_of(gathered, rest))
    people = reach.holders(gathered, rest) if kind == "seats" else [key]
    return [mark for person in people for move in reach.moves_of(gathered, person) for mark in shared(picture, move)]


def of_period(picture: Multiples, scene: Scene, tile: int) -> Scene:
    """The bare picture of a tile with tips that tell of its period alone; each is made when somebody asks."""
    keys: dict[int, str] = {}
    for layer in scene.layers:
        for mark in layer.marks:
            told = np.flatnonzero((mark.key >= 0) & (mark.tip >= 0))
            for tip, key in zip(mark.tip[told].tolist(), mark.key[told].tolist(), strict=True):
                keys[tip] = scene.keys[key]

    def made(at: int) -> Tip:
        return _tip(picture, keys[at], scene.tips[at].head, tile)

    return replace(scene, tips=Tips(Later(made, at) if at in keys else scene.tips[at] for at in range(len(scene.tips))))


def _tip(picture: Multiples, key: str, head: str, tile: int) -> Tip:
    """What a mark says in a tile."""
    rows, gathered = _within(picture, key, tile), picture.shown
    name = f"{head}, {picture.periods[tile].name}"
    if key.startswith("organizations:"):
        code = _code(picture, key.partition(":")[2])
        return Tip(name, (_figures(picture, code, rows),), gathered.organization_sources(code))
    return crowd_tip(gathered, name, gathered.moves, rows) if len(rows) else Tip(name, ("Nobody",))


def _within(picture: Multiples, key: str, tile: int) -> Positions:
    rows = rows_of(picture, key)
    within: Positions = rows[picture.tile_of[rows] == tile]
    return within


def _figures(picture: Multiples, code: int, rows: Positions) -> str:
    """`12 came in, 3 went out, net +9`."""
    n_in = int(np.count_nonzero(picture.shown.moves.destination[rows] == code))
    n_out = len(rows) - n_in
    return f"{n_in:,} came in, {n_out:,} went out, net {n_in - n_out:+,d}"


def card(picture: Multiples, key: str, tile: int, tip: tuple[str, tuple[str, ...]] | None) -> Card | None:
    """What a mark of a tile says when the pointer rests on it. None for what nobody stands behind and that has no tip.

    tip: head and lines of its tip."""
    gathered, moves = picture.shown, picture.shown.moves
    kind, _, rest = key.partition(":")
    if tile < 0 or tip is None or kind not in ("organizations", "flow", "group"):
        return None if tip is None else Card(tip[0], "", notes=tip[1])
    rows = _within(picture, key, tile)
    if kind != "organizations":
        owner = gathered.ids[int(moves.origin[rows[0]])] if kind == "flow" and len(rows) else ""
        return crowd_card(gathered, tip[0], owner, moves, rows, None)
    code, notes = _code(picture, rest), []
    for word, here, there in (("From", moves.destination, moves.origin), ("To", moves.origin, moves.destination)):
        codes, n = np.unique(there[rows[here[rows] == code]], return_counts=True)
        largest = np.lexsort((codes, -n))[:NAMED].tolist()
        if largest:
            notes.append(f"{word} " + ", ".join(f"{gathered.labels[codes[k]]} {n[k]:,}" for k in largest))
    notes.append(f"All periods: {wording.counted(len(rows_of(picture, key)), 'move')}")
    return Card(tip[0], _figures(picture, code, rows), rest, notes=tuple(notes))
