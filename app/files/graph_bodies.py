"""Nodes of a graph as people and organizations, with the values that have a field here; and what lies within what."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain import dates
from app.domain.circles import circles
from app.domain.dataset import Row
from app.files.graph import Graph, Node, Value
from app.files.graph_file import GraphFile, listed
from app.files.graph_roles import Roles
from app.files.graph_words import EMPLOYERS, IDS, NAMES, OF_BODIES, OF_PEOPLE, TYPES, plain
from app.files.reading import shown

_LISTS = ("aliases", "expertise")
_DATES = ("founded", "dissolved")
_OWN_IDS = ("orcid", "openalex", "wikidata")
"""Ids that people have fields for."""


class Bodies:
    """People and organizations by the keys of their nodes."""

    def __init__(self, file: GraphFile, graph: Graph, roles: Roles) -> None:
        self._file, self._roles = file, roles
        self._rows: dict[str, Row] = {}
        self._nodes: dict[str, Node] = {}
        self._named: dict[str, Row] = {}
        for node in graph.nodes:
            if node.key in self._nodes:
                message, remedy = (
                    f"another node has the id {shown(node.key)!r}; this one was left out",
                    "Give it its own.",
                )
                file.warn("duplicate-id", message, remedy, row=node.row, field="node")
                continue
            self._nodes[node.key] = node
            if node.key in roles.people:
                self._rows[node.key] = self._person(node)
            elif node.key in roles.bodies:
                self._rows[node.key] = self._body(node)
        self._lost(graph)
        for node in self._nodes.values():
            self._place(node)

    def find(self, key: str) -> Row | None:
        """The record of a node; None where it is neither a person nor an organization, or there is none."""
        return self._rows.get(key)

    def is_person(self, key: str) -> bool:
        """Whether a node is a person."""
        return key in self._roles.people

    def is_declared(self, key: str) -> bool:
        """Whether there is such a node."""
        return key in self._nodes

    def members(self) -> Iterable[tuple[Node, str]]:
        """People whose nodes lie in those of organizations, each with the key of its organization."""
        for node in self._nodes.values():
            if node.key in self._roles.people and node.above in self._roles.bodies:
                yield node, node.above

    def employers(self) -> Iterable[tuple[Node, Value]]:
        """People whose values name an employer, with each such value."""
        for node in self._nodes.values():
            if node.key in self._roles.people:
                yield from ((node, value) for value in node.values if _is_employer(value) and value.text)

    def called(self, name: str) -> Row:
        """The organization of a name, made where there is none."""
        if not self._named:
            self._named = {row["name"].casefold(): row for key, row in self._rows.items() if key in self._roles.bodies}
        row = self._named.get(name.casefold())
        if row is None:
            row = {"id": self._file.ids.new(name), "name": name, "source_ids": [self._file.source]}
            self._named[name.casefold()] = row
            self._rows[f"\0{name}"] = row  # no node: XML has no such key
        return row

    def set_parent(self, low: Row, high: Row) -> bool:
        """Put an organization below another one; False where it has another parent already."""
        if low.get("parent_id") not in (None, high["id"]):
            return False
        low["parent_id"] = high["id"]
        return True

    def people(self) -> list[Row]:
        """The rows of people."""
        return [row for key, row in self._rows.items() if key in self._roles.people]

    def organizations(self) -> list[Row]:
        """The rows of organizations, none below itself."""
        rows = [row for key, row in self._rows.items() if key not in self._roles.people]
        by_id = {row["id"]: row for row in rows}
        for circle in circles({row["id"]: (row["parent_id"],) for row in rows if row.get("parent_id")}):
            row = by_id[circle[0]]
            message, remedy = f"{shown(row['name'])} lies within itself", "Correct pid, or what lies in what."
            self._file.warn("circle", message, remedy, row=1, field="node", about=("organizations", row["id"]))
            row["parent_id"] = None
        return rows

    def _person(self, node: Node) -> Row:
        name = _name(node)
        row: Row = {"id": self._file.ids.new("person", name), "name": name, "source_ids": [self._file.source]}
        kept: list[Value] = []
        for value in node.values:
            word = plain(value.title)
            if IDS.get(word) in _OWN_IDS and value.text:
                row[IDS[word]] = _bare(value.text)
            elif not self._is_said(node, value, name) and not _is_employer(value) and not _fill(row, OF_PEOPLE, value):
                kept.append(value)
        row["extra"] = self._file.extra(kept, "node")
        return row

    def _body(self, node: Node) -> Row:
        name = _name(node)
        row: Row = {"id": self._file.ids.new(name), "name": name, "source_ids": [self._file.source]}
        row["kind"] = self._roles.bodies[node.key] or None
        kept: list[Value] = []
        registered: dict[str, str] = {}
        for value in node.values:
            word = plain(value.title)
            if word in IDS and value.text:
                registered[IDS[word]] = value.text if IDS[word] == "ror" else _bare(value.text)
            elif (
                not self._is_said(node, value, name)
                and not self._dated(row, value)
                and not _fill(row, OF_BODIES, value)
            ):
                kept.append(value)
        spells = [{"start": s.start, "end": s.end, "timestamp": s.at} for s in node.spells]
        for spell in spells:
            self._file.warnings.ignore("node.spells")
            for key in [key for key, text in spell.items() if not text]:
                del spell[key]
        more = {"ids": registered} if registered else {}
        row["extra"] = self._file.extra(kept, "node", {**more, **({"spells": spells} if spells else {})})
        return row

    def _is_said(self, node: Node, value: Value, name: str) -> bool:
        """Whether a value only says what the record is called or what it is."""
        word = plain(value.title)
        if word in NAMES:
            return value.text == name or value.text == node.label
        return word in TYPES and self._roles.by == "types"

    def _dated(self, row: Row, value: Value) -> bool:
        """Put the day on which an organization began or ended into its row, if the value is one."""
        field = OF_BODIES.get(plain(value.title))
        if field not in _DATES:
            return False
        found = self._file.times.date(value.text) or None
        if found is None or found == dates.OPEN or row.get(field):
            return False
        if field == "dissolved" and dates.parse(found).latest <= dates.parse(row.get("founded")).earliest:
            return False
        if (
            field == "founded"
            and row.get("dissolved")
            and dates.parse(row["dissolved"]).latest <= dates.parse(found).earliest
        ):
            return False
        row[field] = found
        return True

    def _lost(self, graph: Graph) -> None:
        """Say which nodes became no record, and what all are where the file does not say it."""
        for key, word in self._roles.neither.items():
            node = self._nodes[key]
            said = f"is of type {shown(word)!r}" if word else "does not say what it is"
            message = f"{shown(_name(node))} {said}: no person, no organization, and it was left out"
            remedy = "Give it a type such as person, company, lab or university."
            self._file.warn("no-record", message, remedy, row=node.row, field="node")
        if not self._roles.by and graph.nodes:
            message = "it does not say what its nodes are: all of them were read as organizations"
            remedy = "Give each an attribute type, such as person or company."
            self._file.warn("no-types", message, remedy, row=1, field="type")

    def _place(self, node: Node) -> None:
        """Put an organization below the one that its node lies in."""
        row, high = self._rows.get(node.key), self._rows.get(node.above)
        if not node.above or row is None:
            return
        bodies = self._roles.bodies
        if node.key in bodies and high is not None and node.above in bodies and high is not row:
            self.set_parent(row, high)
        elif not (node.key in self._roles.people and node.above in bodies):
            message = f"{shown(row['name'])} lies in {shown(node.above)!r}, which is no organization above it"
            table = "people" if node.key in self._roles.people else "organizations"
            remedy = "Correct pid, or what lies in what."
            self._file.warn("dangling", message, remedy, row=node.row, field="node", about=(table, row["id"]))


def _name(node: Node) -> str:
    """What a node is called: an attribute that says its name, unless its label does and is no number; else its key."""
    said = next((value.text for value in node.values if value.text and plain(value.title) in NAMES), "")
    if node.label and not (said and node.label.replace(".", "").isdecimal()):
        return node.label
    return said or node.key


def _is_employer(value: Value) -> bool:
    return plain(value.title) in EMPLOYERS


def _fill(row: Row, fields: dict[str, str], value: Value) -> bool:
    """Put a value into the field of its title; False where it has none, or cannot stand there."""
    field = fields.get(plain(value.title))
    if field is None or field in _DATES or not value.text or row.get(field):
        return False
    if field == "hq_country" and not (len(value.text) == 2 and value.text.isalpha()):
        return False
    row[field] = listed(value.text) if field in _LISTS else value.text.upper() if field == "hq_country" else value.text
    return True


def _bare(text: str) -> str:
    """An id without the address before it."""
    return text.strip().rstrip("/").rpartition("/")[2]
