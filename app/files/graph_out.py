"""Dataset → graphs for other programs: people and organizations joined by stints, or organizations joined by flows.

What a format calls things is its own matter; here are nodes and edges with typed values, in the order of their ids.
Records that are denied are left out, for a program that knows no status would count them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.files.outgoing import STEP, Outgoing, asserted

Types = Mapping[str, str]
"""Title of a value → `string`, `integer`, `double` or `boolean`."""


@dataclass(frozen=True, slots=True)
class OutNode:
    """above: the id of the organization that it is a unit of; color: `#rrggbb`; both blank where there is none."""

    key: str
    label: str
    above: str
    values: Mapping[str, Any]
    color: str = ""


@dataclass(frozen=True, slots=True)
class OutEdge:
    """kind: of the stint, or `moves`; weight: of a flow, 0 for a stint; start, end: as they are on record."""

    key: str
    source: str
    target: str
    kind: str
    values: Mapping[str, Any]
    weight: int = 0
    start: str = ""
    end: str = ""


@dataclass(frozen=True, eq=False)
class OutGraph:
    """words: what made it; nodes and edges can be gone through once."""

    title: str
    words: Mapping[str, str]
    day: str
    node_types: Types
    edge_types: Types
    nodes: Iterable[OutNode]
    edges: Iterable[OutEdge]
    dynamic: bool


_TYPES_OF_BODIES = {"other": "other organization"}
"""Kinds that say too little beside those of people."""
_NODE_TYPES: Types = dict.fromkeys(
    (
        *("type", "status", "aliases", "expertise", "orcid", "openalex", "wikidata", "founded", "dissolved"),
        *("hq_city", "hq_country", "notes", "sources"),
    ),
    "string",
)
_EDGE_TYPES: Types = {
    **dict.fromkeys(("role", "unit", "seat", "status"), "string"),
    "rank": "integer",
    "order_stated": "boolean",
    **dict.fromkeys(("announced", "notes", "sources"), "string"),
}


def people_graph(outgoing: Outgoing) -> OutGraph:
    """People and organizations as nodes, stints as edges from the one to the other."""
    return OutGraph(
        title="People, organizations and stints",
        words=outgoing.of_records(("organizations", "people", "stints")),
        day=outgoing.day,
        node_types=_NODE_TYPES,
        edge_types=_EDGE_TYPES,
        nodes=_bodies(outgoing),
        edges=_stints(outgoing),
        dynamic=True,
    )


def _bodies(outgoing: Outgoing) -> Iterator[OutNode]:
    dataset = outgoing.dataset
    organizations, people = asserted(dataset["organizations"]), asserted(dataset["people"])
    kept = set(organizations["id"])
    for row in organizations.iter_rows(named=True):
        kind = row["kind"] or "organization"
        values = {**_common(row, _NODE_TYPES), "type": _TYPES_OF_BODIES.get(kind, kind)}
        above = row["parent_id"] if row["parent_id"] in kept else ""
        yield OutNode(row["id"], row["name"] or row["id"], above, values, outgoing.colors.get(row["id"], ""))
    for row in people.iter_rows(named=True):
        yield OutNode(row["id"], row["name"] or row["id"], "", {**_common(row, _NODE_TYPES), "type": "person"})


def _stints(outgoing: Outgoing) -> Iterator[OutEdge]:
    dataset = outgoing.dataset
    people, organizations = (set(asserted(dataset[name])["id"]) for name in ("people", "organizations"))
    frame, titles = asserted(dataset["stints"]), dict(dataset["seats"].select("id", "title").iter_rows())
    for at, row in enumerate(frame.iter_rows(named=True)):
        if not at % STEP:
            outgoing.progress(at / frame.height)
        if row["person_id"] not in people or row["organization_id"] not in organizations:
            continue
        values = {**_common(row, _EDGE_TYPES), "seat": titles.get(row["seat_id"]) or row["seat_id"]}
        yield OutEdge(
            key=row["id"],
            source=row["person_id"],
            target=row["organization_id"],
            kind=row["kind"] or "",
            values={title: value for title, value in values.items() if value is not None},
            start=row["start"] or "",
            end=row["end"] or "",
        )


def _common(row: Mapping[str, Any], titles: Iterable[str]) -> dict[str, Any]:
    """The values of a row that stand in a graph under the same name, and its sources; lists joined."""
    found = {**row, "sources": row["source_ids"]}
    values = {title: found.get(title) for title in titles}
    return {
        title: " | ".join(value) if isinstance(value, list) else value
        for title, value in values.items()
        if value is not None and value != []
    }


_FLOW_NODE_TYPES: Types = {
    **dict.fromkeys(("type", "hq_country"), "string"),
    **dict.fromkeys(("moves_in", "moves_out", "moves_net", "known_people", "possible_people"), "integer"),
}
_FLOW_EDGE_TYPES: Types = {
    **dict.fromkeys(("dated", "certain"), "integer"),
    **dict.fromkeys(("first_joined", "last_joined"), "string"),
}


def flow_graph(outgoing: Outgoing) -> OutGraph:
    """Organizations as nodes, flows as edges whose weight is the number of moves. UsageError for a lens that names what
    is not there."""
    return OutGraph(
        title="Flows between organizations",
        words=outgoing.of_flows,
        day=outgoing.day,
        node_types=_FLOW_NODE_TYPES,
        edge_types=_FLOW_EDGE_TYPES,
        nodes=_ends(outgoing),
        edges=_flows(outgoing),
        dynamic=False,
    )


def _ends(outgoing: Outgoing) -> Iterator[OutNode]:
    """Organizations with a move, or with known people on the as-of day."""
    figures = outgoing.figures
    flows, people = figures.flows, figures.known_people
    frame = outgoing.dataset["organizations"]
    into, out = flows.into.tolist(), flows.out.tolist()
    certain, possible = ([0] * frame.height,) * 2 if people is None else (people.certain, people.possible)
    columns = frame.select("id", "name", "kind", "hq_country").iter_rows()
    for code, (row_id, name, kind, country) in enumerate(columns):
        if not (into[code] or out[code] or possible[code]):
            continue
        values = {
            "type": _TYPES_OF_BODIES.get(kind or "organization", kind or "organization"),
            **({"hq_country": country} if country else {}),
            "moves_in": into[code],
            "moves_out": out[code],
            "moves_net": into[code] - out[code],
            "known_people": int(certain[code]),
            "possible_people": int(possible[code]),
        }
        yield OutNode(row_id, name or row_id, "", values, outgoing.colors.get(row_id, ""))


def _flows(outgoing: Outgoing) -> Iterator[OutEdge]:
    figures = outgoing.figures
    flows, moves = figures.flows, figures.careers.moves
    ids = outgoing.dataset["organizations"].get_column("id").to_list()
    positions, offsets = flows.members
    certain = moves.certain(figures.options.window)
    for at, (origin, destination, n) in enumerate(
        zip(flows.origin.tolist(), flows.destination.tolist(), flows.n_moves.tolist(), strict=True)
    ):
        if not at % STEP:
            outgoing.progress(at / len(flows))
        mine = positions[offsets[at] : offsets[at + 1]]
        days = moves.joined[mine][~moves.undated[mine]]
        values: dict[str, Any] = {"dated": len(days), "certain": int(np.count_nonzero(certain[mine]))}
        if len(days):
            values |= {"first_joined": dates.text(int(days.min())), "last_joined": dates.text(int(days.max()))}
        a, b = ids[origin], ids[destination]
        yield OutEdge(f"{a}>{b}", a, b, "moves", values, n)


def outer(edge: OutEdge) -> tuple[str, str]:
    """The days between which a stint may have lasted, as ISO: the earliest that its start and the latest that its end
    may be. Blank where that is not known, or where it still lasts."""
    first, last = dates.parse(edge.start), dates.parse(edge.end)
    start = dates.text(first.earliest) if PAST < first.earliest < FUTURE else ""
    end = dates.text(last.latest - 1) if last.latest < FUTURE else ""
    return start, end
