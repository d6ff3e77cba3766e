"""GEXF 1.1 to 1.3 → a graph, whatever the spelling of its namespace (https://gexf.net, and its schemas).

Static and dynamic: spells, and `start`, `end`, `timestamp` of elements and values, in all forms that the versions know.
Nested nodes and `pid` are one thing. How it looks (`viz`) and where it came from (`parents`) are not taken in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.files.graph import ALWAYS, Column, Direction, Edge, Graph, Node, Oddity, Spell, Value
from app.files.xmls import elements, inner, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_INTERVAL = re.compile(r"[\[(]([^,;\[\]()]*),([^,;\[\]()]*)[\])]")
_DIRECTIONS: dict[str, Direction] = {"directed": "directed", "undirected": "undirected", "mutual": "mutual"}
_LOOKS = {"color", "position", "size", "shape", "thickness"}
_HANDLED = {
    *("node", "edge", "nodes", "edges", "attvalues", "attvalue", "spells", "spell", "slices", "slice", "parents"),
    *("graph", "gexf", "meta", "creator", "description", "attributes", "attribute", "default", "options", "parent"),
}


@dataclass
class _Open:
    """A node that has begun: its number, key and the node around it."""

    row: int
    key: str
    above: str


@dataclass
class _Columns:
    """The attributes that are declared, by class and id, and ids that are used and not declared."""

    declared: dict[str, dict[str, Column]] = field(default_factory=lambda: {"node": {}, "edge": {}})
    strange: set[tuple[str, str]] = field(default_factory=set)


def read(path: Path) -> Graph:
    """The graph of a file. FileError where it cannot be read or is no XML."""
    graph, columns = Graph(), _Columns()
    trail: list[_Open] = []
    default: Direction = "undirected"
    n_nodes = n_edges = 0
    for event, name, element in elements(path, ("node", "edge")):
        if event == "start":
            if name == "graph":
                default = _DIRECTIONS.get(element.get("defaultedgetype", ""), "undirected")
            elif name == "node":
                n_nodes += 1
                above = element.get("pid") or (trail[-1].key if trail else "")
                trail.append(_Open(n_nodes, element.get("id", ""), above))
        elif name == "node":
            _take_node(graph, columns, element, trail.pop())
        elif name == "edge":
            n_edges += 1
            _take_edge(graph, columns, element, n_edges, default)
        elif name == "attributes":
            _declare(columns, element)
        elif name in ("creator", "description"):
            graph.about = ": ".join(part for part in (graph.about, inner(element)) if part)
        elif name == "meta":
            graph.modified = element.get("lastmodifieddate", "")
        elif name in _LOOKS:
            graph.ignored.append(f"viz:{name}")
        elif name not in _HANDLED:
            graph.ignored.append(name)
    graph.nodes.sort(key=lambda node: node.row)
    return graph


def _declare(columns: _Columns, element: _Element) -> None:
    """Take in a block of declarations; static and dynamic ones are declared alike."""
    declared = columns.declared.setdefault(element.get("class", "node"), {})
    for attribute in element:
        if local(attribute) == "attribute":
            key, default, options = attribute.get("id", ""), None, ""
            for part in attribute:
                if local(part) == "default":
                    default = inner(part)
                elif local(part) == "options":
                    options = inner(part)
            title = attribute.get("title") or key
            declared[key] = Column(title, default, tuple(filter(None, map(str.strip, options.split("|")))))


def _take_node(graph: Graph, columns: _Columns, element: _Element, at: _Open) -> None:
    if not at.key:
        message = "a node has no id, and was left out"
        graph.oddities.append(Oddity("missing", message, "Give every node an id.", at.row, "node"))
        return
    values, spells = _inside(graph, columns, element, "node", at.row)
    graph.nodes.append(Node(at.key, at.row, element.get("label", "").strip(), at.above, values, spells))


def _take_edge(graph: Graph, columns: _Columns, element: _Element, row: int, default: Direction) -> None:
    source, target = element.get("source", ""), element.get("target", "")
    given = element.get("type", "")
    # before 1.3 some wrote `dir` for `directed`, and `double` for `mutual`
    direction = _DIRECTIONS.get({"dir": "directed", "double": "mutual"}.get(given, given), default)
    values, spells = _inside(graph, columns, element, "edge", row)
    weight, label, kind = (element.get(key, "").strip() for key in ("weight", "label", "kind"))
    graph.edges.append(Edge(source, target, row, direction, weight, label, kind, values, spells))


def _inside(
    graph: Graph, columns: _Columns, element: _Element, sort: str, row: int
) -> tuple[tuple[Value, ...], tuple[Spell, ...]]:
    """Values and spells of a node or an edge."""
    declared = columns.declared[sort]
    values: list[Value] = []
    spells = _own_spells(element)
    missing = {key for key, column in declared.items() if column.default is not None}
    for part in element:
        name = local(part)
        if name == "attvalues":
            for given in part:
                key = given.get("for") or given.get("id") or ""
                missing.discard(key)
                column = declared.get(key)
                if column is None and (sort, key) not in columns.strange:
                    columns.strange.add((sort, key))
                    message = f"the attribute {key!r} of this {sort} is not declared; it is called by its id"
                    graph.oddities.append(Oddity("undeclared", message, "Declare it in attributes.", row, sort))
                column = column or Column(key)
                text = " ".join((given.get("value") or "").split())
                if column.options and text and text not in column.options:
                    message = f"{text[:60]!r} is none of the options of {column.title}"
                    graph.oddities.append(Oddity("unknown-word", message, "Correct it, or the options.", row, sort))
                values.append(Value(column.title, text, _spell(given)))
        elif name in ("spells", "slices"):
            spells += [_spell(given) for given in part]
        elif name == "parents":
            graph.ignored.append("parents")
    values += [Value(declared[key].title, declared[key].default or "") for key in declared if key in missing]
    return tuple(values), tuple(spells)


def _own_spells(element: _Element) -> list[Spell]:
    """The times that stand in the attributes of a node or an edge."""
    own = _spell(element)
    found = [own] if own != ALWAYS else []
    found += [Spell(start.strip(), end.strip()) for start, end in _INTERVAL.findall(element.get("intervals", ""))]
    stamps = re.split(r"[,;\s]+", element.get("timestamps", "").strip("<>[] "))
    return found + [Spell(at=stamp) for stamp in stamps if stamp]


def _spell(element: _Element) -> Spell:
    """The time of an element; an open bound (1.2) is a bound like any other, for days here end before their end."""
    start = element.get("start") or element.get("startopen") or ""
    end = element.get("end") or element.get("endopen") or ""
    at = element.get("timestamp") or ""
    return Spell(start, end, at) if start or end or at else ALWAYS
