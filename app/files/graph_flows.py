"""Edges between organizations: numbers of a flow as claims, relations, and what is a unit of what.

A graph of organizations whose edges have weights says how many went from one to the other, and names nobody. Such a
number is a claim about the flow, with the days of its spell; nobody is made up for it. Only who asks for it gets a
person for each, plainly called unnamed (docs/decisions, on graphs and careers of other programs).
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.dataset import Row
from app.files.graph import ALWAYS, Edge, Spell, Value
from app.files.graph_bodies import Bodies
from app.files.graph_file import GraphFile, number, shortest
from app.files.graph_roles import kind_of
from app.files.graph_stints import stated
from app.files.graph_words import AMOUNTS, EDGE_KINDS, MOVES, PARTS, RELATIONS, SILENT, WEIGHTS, plain
from app.files.posts import STEP
from app.files.reading import shown

MOST_UNNAMED = 200_000
"""Unnamed people that are made of one file."""


class Flows:
    """Claims, relations and, if they are asked for, unnamed people of a graph, as its edges come."""

    def __init__(self, file: GraphFile, bodies: Bodies, *, unnamed: bool) -> None:
        self._file, self._bodies, self._unnamed = file, bodies, unnamed
        self.claims: list[Row] = []
        self.relations: list[Row] = []
        self.people: list[Row] = []
        self.stints: list[Row] = []
        self._counted: list[int] = []

    def tell(self) -> None:
        """Say once that numbers of flows name nobody, and how they can be drawn all the same."""
        if self._counted:
            message = f"{len(self._counted):,} numbers of a flow name nobody, from this edge on, and stand as claims"
            remedy = "Read it as graph-unnamed (--in graph-unnamed) to have an unnamed person for each whom they count."
            self._file.warn("names-nobody", message, remedy, row=self._counted[0], field="edge")

    def of_edge(self, edge: Edge, origin: Row, destination: Row) -> None:
        """What an edge between two organizations says."""
        word = kind_of(edge)
        if word in RELATIONS and edge.direction != "mutual":
            self._relate(edge, RELATIONS[word], origin, destination)
        elif word in PARTS and edge.direction == "directed" and origin is not destination:
            if not self._bodies.set_parent(origin, destination):
                message = f"{shown(origin['name'])} is a part of {shown(destination['name'])} too"
                about = ("organizations", origin["id"])
                self._warn("parent-changed", message, "Say which of them holds, and since when.", edge, about)
        else:
            for spell, weight in _weights(edge):
                self._claim(edge, word, spell, weight, origin, destination)

    def _relate(self, edge: Edge, kind: str, origin: Row, destination: Row) -> None:
        file, amount = self._file, None
        spells, values = stated(edge.spells, [v for v in edge.values if plain(v.title) not in EDGE_KINDS])
        left = [Value("weight", edge.weight)] if edge.weight else []
        for value in values:
            if amount is None and plain(value.title) in AMOUNTS and (amount := number(value.text)) is not None:
                continue
            left.append(value)
        row_id = file.ids.new("rel", origin["name"], destination["name"], kind)
        when = file.sound(file.times.whens(spells)[0], row=edge.row, field="edge", about=("relations", row_id))
        self.relations.append(
            {
                "id": row_id,
                "from_id": origin["id"],
                "to_id": destination["id"],
                "kind": kind,
                "amount_usd": amount,
                "announced": when.start or None,
                "notes": "; ".join(part for part in (edge.label, when.told) if part) or None,
                "source_ids": [file.source],
                "extra": file.extra(left, "edge"),
            }
        )

    def _claim(self, edge: Edge, word: str, spell: Spell, weight: str, origin: Row, destination: Row) -> None:
        """The claim of an edge for one spell: `moves` where it leads from one to the other and has a weight and no kind
        that says something else."""
        file = self._file
        a, b = origin["name"], destination["name"]
        directed = edge.direction != "undirected" and origin is not destination
        counts = directed and edge.direction == "directed" and bool(weight) and (not word or word in MOVES)
        if directed:
            about = [f"flow:{origin['id']}>{destination['id']}"]
            about += [f"flow:{destination['id']}>{origin['id']}"] if edge.direction == "mutual" else []
        else:
            about = list(dict.fromkeys(f"organizations:{row['id']}" for row in (origin, destination)))
        row_id = file.ids.new("cl", a, b)
        if spell is not ALWAYS:
            given = file.times.whens((spell,))[0]
            file.sound(given, row=edge.row, field="edge", about=("claims", row_id))
        if weight and number(weight) is None:
            message, remedy = f"the weight {shown(weight)!r} is no number", "Write a number."
            self._warn("no-number", message, remedy, edge, ("claims", row_id))
        arrow = "→" if directed and edge.direction == "directed" else "–"
        said = edge.label or edge.kind or word or ("moves" if counts else "an edge")
        worth = shortest(weight) if weight else ""
        day = file.times.within(spell)
        times = [Value(key, text) for key, text in _texts(spell)]
        kept = [v for v in stated(edge.spells, edge.values)[1] if plain(v.title) not in WEIGHTS | SILENT | EDGE_KINDS]
        self.claims.append(
            {
                "id": row_id,
                "about": about,
                "topic": f"{a} {arrow} {b}",
                "field": "moves" if counts else word or None,
                "value": worth or None,
                "text": f"{a} {arrow} {b}: {said}{f', {worth}' if worth else ''}{_in_words(spell)}",
                "stance": "neutral",
                "date": day or None,
                "source_ids": [file.source],
                "extra": file.extra([*kept, *times], "edge"),
            }
        )
        if counts and not self._unnamed:
            self._counted.append(edge.row)
        elif counts:
            self._name_nobody(edge, day, weight, origin, destination)

    def _name_nobody(self, edge: Edge, day: str, weight: str, origin: Row, destination: Row) -> None:
        """A person without a name for each whom a flow counts: left the one and joined the other within its spell."""
        file, n = self._file, number(weight)
        a, b = origin["name"], destination["name"]
        if n is None or n != int(n) or n < 0 or len(self.people) + n > MOST_UNNAMED:
            message = (
                f"{shown(weight)} is no number of people, or there would be more than {MOST_UNNAMED:,}: none was made"
            )
            self._warn("no-number", message, "Write whole numbers, or split the file.", edge)
            return
        for nth in range(1, int(n) + 1):
            name = f"Unnamed {nth} of {int(n)}, {a} → {b}"
            person = file.ids.new("unnamed", a, b)
            told = "Nobody knows who this is: the file says only how many there were"
            self.people.append({"id": person, "name": name, "notes": told, "source_ids": [file.source]})
            for rank, body, dated in ((STEP, origin, "end"), (2 * STEP, destination, "start")):
                self.stints.append(
                    {
                        "id": f"st-{person}-{rank}",
                        "person_id": person,
                        "organization_id": body["id"],
                        "kind": "employment",
                        "rank": rank,
                        dated: day or None,
                        "source_ids": [file.source],
                    }
                )

    def _warn(self, code: str, message: str, remedy: str, edge: Edge, about: tuple[str, str] | None = None) -> None:
        self._file.warn(code, message, remedy, row=edge.row, field="edge", about=about)


def _weights(edge: Edge) -> Iterator[tuple[Spell, str]]:
    """The weights of an edge with their spells: of its values those that are dynamic, else its own for each spell."""
    given = [value for value in edge.values if plain(value.title) in WEIGHTS and value.text]
    if dated := [value for value in given if value.spell is not ALWAYS]:
        yield from ((value.spell, value.text) for value in dated)
        return
    weight = edge.weight or next((value.text for value in given), "")
    spells, _ = stated(edge.spells, edge.values)
    yield from ((spell, weight) for spell in spells or (ALWAYS,))


def _texts(spell: Spell) -> Iterator[tuple[str, str]]:
    given = {"start": spell.start, "end": spell.end, "timestamp": spell.at}
    return ((key, text) for key, text in given.items() if text)


def _in_words(spell: Spell) -> str:
    """A spell behind a sentence: `, from 2024 to 2025`."""
    if spell.at:
        return f", at {spell.at}"
    parts = [f"from {spell.start}"] if spell.start else []
    parts += [f"to {spell.end}"] if spell.end else []
    return f", {' '.join(parts)}" if parts else ""
