"""What a picture tells of one mark: who, when, how sure, which sources. Values; a device sets them on a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.gathered import Gathered
from app.pictures.traffic import Traffic, happened
from app.scene.scene import Source, Tip
from app.scene.style import Status

Positions = npt.NDArray[np.intp]

MOST_ROWS = 14


class Peopled(Protocol):
    """A picture of moves: a flow map, a Sankey."""

    @property
    def gathered(self) -> Gathered:
        """What it knows of the dataset."""

    @property
    def traffic(self) -> Traffic:
        """Which organizations and flows it draws."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person on a card: initials, name, day, evidence, sources."""

    initials: str
    name: str
    when: str
    status: Status
    sources: str
    organization: str
    """Whose colour the initials wear: where the person came from."""


@dataclass(frozen=True, slots=True)
class Card:
    """A head in the colour of an organization, a line of figures, people, and how many more there are."""

    head: str
    line: str
    organization: str = ""
    rows: tuple[Row, ...] = ()
    more: int = 0
    notes: tuple[str, ...] = ()


def card(picture: Peopled, key: str, day: float | None, tip: tuple[str, tuple[str, ...]] | None = None) -> Card | None:
    """The card of a mark by its key, as of a day. For a key that no list of people stands behind, its tip's words;
    None if it has none."""
    kind, _, rest = key.partition(":")
    if kind == "flow":
        return _flow(picture, rest, day)
    if kind == "move":
        return move_card(picture.gathered, key)
    if kind == "organizations":
        return _organization(picture, rest, day)
    return None if tip is None else Card(tip[0], "", notes=tip[1])


def _flow(picture: Peopled, rest: str, day: float | None) -> Card | None:
    gathered, traffic = picture.gathered, picture.traffic
    a, _, b = rest.partition(">")
    ids = [gathered.ids[c] for c in traffic.nodes]
    if a not in ids or b not in ids:
        return None
    found = np.flatnonzero((traffic.flow_from == ids.index(a)) & (traffic.flow_to == ids.index(b)))
    if not len(found):
        return None
    flow = int(found[0])
    rows = np.arange(traffic.first[flow], traffic.first[flow + 1])
    names = dict(zip(ids, (gathered.labels[c] for c in traffic.nodes), strict=True))
    return crowd_card(gathered, f"{names[a]} → {names[b]}", a, traffic.moves, rows, day)


def cited(sources: Mapping[str, Source], tip: Tip, most: int = 6) -> tuple[str, ...]:
    """Publishers and days of the sources of a tip, and how many more there are."""
    known = [source for link in tip.links if (source := sources.get(link)) is not None]
    told = [f"{source.publisher}{f', {source.published}' if source.published else ''}" for source in known[:most]]
    more = [f"and {wording.counted(len(known) - most, 'more source')}"] if len(known) > most else []
    return (*told, *more)


def crowd_card(
    gathered: Gathered, head: str, organization: str, moves: Moves, rows: Positions, day: float | None
) -> Card:
    """A card of some moves: those that have happened by a day, and who made them."""
    rows = rows[happened(moves, day)[rows]]
    until = f" by {wording.written(int(day))}" if day is not None else ""
    counts = [(int((moves.status[rows] == STATUSES.index(s)).sum()), s) for s in reversed(STATUSES)]
    line = f"{wording.people(len(rows))}{until}" + "".join(f" · {n} {s}" for n, s in counts if n)
    return Card(head, line, organization, _people(gathered, moves, rows), max(len(rows) - MOST_ROWS, 0))


def _people(gathered: Gathered, moves: Moves, rows: Positions) -> tuple[Row, ...]:
    """People of some moves, by day, those without a date last."""
    order = np.lexsort((rows, moves.joined[rows], moves.undated[rows]))
    return tuple(
        Row(
            wording.initials(name := gathered.person_name(moves, row)),
            name,
            gathered.when(moves, row),
            Status(STATUSES[int(moves.status[row])]),
            gathered.publishers(gathered.move_sources(moves, row)),
            gathered.ids[int(moves.origin[row])],
        )
        for row in rows[order][:MOST_ROWS].tolist()
    )


def move_card(gathered: Gathered, key: str) -> Card | None:
    """The card of one move; None if it is not among those that are gathered."""
    moves = gathered.moves
    stint = key.partition(":")[2].partition(">")[2]
    position = gathered.dataset.position("stints", stint)
    if position is None:
        return None
    rows = np.flatnonzero(gathered.dataset.index.row[moves.joined_stint] == position)
    if not len(rows):
        return None
    row = int(rows[0])
    a, b = (int(ends[row]) for ends in (moves.origin, moves.destination))
    role = str(gathered.dataset["stints"].item(position, "role") or "")
    sources = [gathered.sources.get(s) for s in gathered.move_sources(moves, row)]
    notes = [f"{s.publisher}{f', {s.published}' if s.published else ''}" for s in sources if s is not None]
    return Card(
        gathered.person_name(moves, row),
        f"{gathered.labels[a]} → {gathered.labels[b]}" + (f" · {role}" if role else ""),
        gathered.ids[a],
        tuple(replace(person, name="Joined") for person in _people(gathered, moves, np.array([row]))),
        notes=tuple(notes[:6]) + ((f"and {len(notes) - 6} more sources",) if len(notes) > 6 else ()),
    )


def _organization(picture: Peopled, organization: str, day: float | None) -> Card | None:
    gathered, traffic = picture.gathered, picture.traffic
    ids = [gathered.ids[c] for c in traffic.nodes]
    if organization not in ids:
        return None
    n = ids.index(organization)
    n_in, n_out = traffic.totals(day)
    code = int(traffic.nodes[n])
    until = f" by {wording.written(int(day))}" if day is not None else ""
    line = f"{n_in[n]:,} came in, {n_out[n]:,} went out{until}, net {int(n_in[n]) - int(n_out[n]):+,d}"
    known, possible = gathered.known_people(code)
    upto = f", up to {possible:,}," if possible > known else ""
    notes = [f"{wording.counted(known, 'known person', 'known people')}{upto} on {wording.iso(gathered.as_of)}"]
    done = traffic.per_flow(happened(traffic.moves, day))
    for word, here, there in (("From", traffic.flow_to, traffic.flow_from), ("To", traffic.flow_from, traffic.flow_to)):
        flows = np.flatnonzero((here == n) & (done > 0))
        largest = flows[np.argsort(-done[flows], kind="stable")][:4]
        if len(largest):
            notes.append(
                f"{word} " + ", ".join(f"{gathered.labels[traffic.nodes[there[f]]]} {done[f]}" for f in largest)
            )
    sources = gathered.organization_sources(code)
    notes.append(f"Record: {gathered.publishers(sources)}")
    return Card(gathered.names[code], line, organization, notes=tuple(notes))
