"""Edges between a person and an organization as stints: one for each spell, with its days as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.dataset import Row
from app.files.graph import ALWAYS, Edge, Spell, Value
from app.files.graph_bodies import Bodies
from app.files.graph_file import GraphFile
from app.files.graph_roles import kind_of
from app.files.graph_words import EDGE_KINDS, ENDS, EXACT, ROLES, STAMPS, STARTS, STINTS, plain
from app.files.posts import ranked
from app.files.reading import shown


class Stints:
    """The stints of a graph as they are found."""

    def __init__(self, file: GraphFile, bodies: Bodies) -> None:
        self._file, self._bodies = file, bodies
        self._rows: list[Row] = []

    def rows(self) -> list[Row]:
        """The rows of the table, in order within each person."""
        ranked(self._rows)
        return self._rows

    def of_nodes(self) -> None:
        """Stints that nodes say: people who lie in an organization, or name their employer."""
        for node, above in self._bodies.members():
            body = self._bodies.find(above)
            if body is not None:
                self._make(self._bodies.find(node.key), body, node.spells, (), "", node.row, "node")
        for node, value in self._bodies.employers():
            spells = () if value.spell is ALWAYS else (value.spell,)
            body = self._bodies.called(value.text)
            self._make(self._bodies.find(node.key), body, spells, (), "", node.row, "node")

    def of_edge(self, edge: Edge, person: Row, body: Row) -> None:
        """The stints of an edge; its kind says what sort of stint they are, if it is a known one."""
        word = kind_of(edge)
        values = [value for value in edge.values if plain(value.title) not in EDGE_KINDS or word not in STINTS]
        spells, left = stated(edge.spells, values)
        if word and word not in STINTS and edge.kind:
            left = [*left, Value("kind", edge.kind)]
        said = "" if plain(edge.label) in STINTS else edge.label
        self._make(person, body, spells, left, STINTS.get(word, ""), edge.row, "edge", said)

    def _make(
        self,
        person: Row | None,
        body: Row,
        spells: Sequence[Spell],
        values: Iterable[Value],
        kind: str,
        row: int,
        field: str,
        label: str = "",
    ) -> None:
        assert person is not None  # who calls knows that the node is a person
        file = self._file
        roles = [value.text for value in values if plain(value.title) in ROLES and value.text]
        extra = file.extra([value for value in values if plain(value.title) not in ROLES], field)
        for given in file.times.whens(spells):
            row_id = file.ids.new("st", person["name"], body["name"])
            when = file.sound(given, row=row, field=field, about=("stints", row_id))
            told = "; ".join(part for part in (when.told, f"Edge: {shown(label)}" if label else "") if part)
            self._rows.append(
                {
                    "id": row_id,
                    "person_id": person["id"],
                    "organization_id": body["id"],
                    "role": "; ".join(dict.fromkeys(roles)) or None,
                    "kind": kind or None,
                    "start": when.start or None,
                    "end": when.end or None,
                    "notes": told or None,
                    "source_ids": [file.source],
                    "extra": extra,
                }
            )


def stated(spells: Sequence[Spell], values: Iterable[Value]) -> tuple[Sequence[Spell], list[Value]]:
    """The spells of an edge, where it has none that which its values say (`start`, `end`, `year`), and the other
    values. Dates as they are on record go before all."""
    times: dict[str, str] = {}
    stamps: list[str] = []
    left: list[Value] = []
    values = list(values)
    if exact := {plain(value.title): value.text for value in values if plain(value.title) in EXACT}:
        # our own files: a spell has bounds only, and these are the dates as they are on record
        left = [value for value in values if plain(value.title) not in EXACT]
        return (Spell(*(exact.get(title, "") for title in EXACT)),), left
    for value in values:
        word = plain(value.title)
        if not spells and value.text and word in STARTS | ENDS and word not in times:
            times["start" if word in STARTS else "end"] = value.text
        elif not spells and value.text and word in STAMPS:
            stamps.append(value.text)
        else:
            left.append(value)
    if spells or not (times or stamps):
        return spells, left
    if times:
        left += [Value("timestamp", stamp) for stamp in stamps]
        return (Spell(times.get("start", ""), times.get("end", "")),), left
    return tuple(Spell(at=stamp) for stamp in stamps), left
