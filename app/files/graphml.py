"""GraphML → a graph (http://graphml.graphdrawing.org), with nested graphs, and labels as yEd writes them.

Values stand under declared keys. A node that lies in the graph of another one is below it. A hyperedge joins more than
two nodes and is told; ports say at which side of a node an edge ends, which nobody asks for here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.files.graph import Column, Direction, Edge, Graph, Node, Oddity, Value
from app.files.xmls import elements, inner, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_LABELS = {"NodeLabel", "EdgeLabel"}
_TOP = "graphml"
PARENT = "parent_id"
"""The key of the node that a node lies in, where no graph lies in another one."""


@dataclass
class _Key:
    """A declared key: for which elements, its column, and whether it holds how something looks."""

    sorts: str
    column: Column
    looks: bool


@dataclass
class _Open:
    """A node or graph that has begun: the number and key of a node, and how edges of a graph are."""

    name: str
    row: int = 0
    key: str = ""
    default: Direction = "undirected"


@dataclass
class _State:
    """What is known on the way through a file."""

    graph: Graph = field(default_factory=Graph)
    keys: dict[str, _Key] = field(default_factory=dict)
    trail: list[_Open] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)
    n_nodes: int = 0
    n_edges: int = 0


def read(path: Path) -> Graph:
    """The graph of a file. FileError where it cannot be read or is no XML."""
    state = _State()
    for event, name, element in elements(path, ("node", "edge", "hyperedge")):
        if event == "start":
            _begin(state, name, element)
        elif name == "key":
            _declare(state, element)
        elif name == "node":
            _take_node(state, element, state.trail.pop())
        elif name == "graph":
            state.trail.pop()
        elif name == "edge":
            _take_edge(state, element)
        elif name == "hyperedge":
            _tell_hyperedge(state, element)
        elif name in ("port", "locator"):
            state.graph.ignored.append(name)
        elif name == "data" and local_parent(element) in ("graph", _TOP):
            state.graph.ignored.append(f"data of the {local_parent(element)}")
    state.graph.nodes.sort(key=lambda node: node.row)
    return state.graph


def local_parent(element: _Element) -> str:
    """The name of the element around one."""
    parent = element.getparent()
    return "" if parent is None else local(parent)


def _begin(state: _State, name: str, element: _Element) -> None:
    if name == "graph":
        directed = element.get("edgedefault") == "directed"
        state.trail.append(_Open("graph", default="directed" if directed else "undirected"))
    elif name == "node":
        state.n_nodes += 1
        state.trail.append(_Open("node", state.n_nodes, element.get("id", "")))


def _declare(state: _State, element: _Element) -> None:
    default = next((inner(part) for part in element if local(part) == "default"), None)
    own = element.get("id", "")
    title = element.get("attr.name") or own
    looks = any(str(key).endswith("yfiles.type") for key in element.attrib)
    state.keys[own] = _Key(element.get("for", "all"), Column(title, default), looks)


def _take_node(state: _State, element: _Element, at: _Open) -> None:
    if not at.key:
        message = "a node has no id, and was left out"
        state.graph.oddities.append(Oddity("missing", message, "Give every node an id.", at.row, "node"))
        return
    values, label = _data(state, element, "node", at.row)
    above = next((opened.key for opened in reversed(state.trail) if opened.name == "node"), "")
    if not above:
        above = next((value.text for value in values if value.title == PARENT), "")
        values = tuple(value for value in values if value.title != PARENT)
    state.graph.nodes.append(Node(at.key, at.row, label, above, values))


def _take_edge(state: _State, element: _Element) -> None:
    state.n_edges += 1
    default: Direction = next((at.default for at in reversed(state.trail) if at.name == "graph"), "undirected")
    given = {"true": True, "1": True, "false": False, "0": False}.get(element.get("directed", "").lower())
    direction: Direction = default if given is None else "directed" if given else "undirected"
    values, label = _data(state, element, "edge", state.n_edges)
    edge = Edge(
        element.get("source", ""), element.get("target", ""), state.n_edges, direction, label=label, values=values
    )
    state.graph.edges.append(edge)


def _tell_hyperedge(state: _State, element: _Element) -> None:
    state.n_edges += 1
    ends = [part.get("node", "") for part in element if local(part) == "endpoint"]
    message = f"a hyperedge joins {', '.join(ends[:6])}{' …' if len(ends) > 6 else ''}, and was left out"
    remedy = "Write an edge for each pair that belongs together."
    state.graph.oddities.append(Oddity("hyperedge", message, remedy, state.n_edges, "hyperedge"))


def _data(state: _State, element: _Element, sort: str, row: int) -> tuple[tuple[Value, ...], str]:
    """The values of a node or an edge, defaults included, and the label that yEd has drawn."""
    values: list[Value] = []
    label, given = "", set()
    for part in element:
        if local(part) != "data":
            continue
        own = part.get("key", "")
        given.add(own)
        key = state.keys.get(own)
        if key is None and own not in state.strange:
            state.strange.add(own)
            message = f"the key {own!r} of this {sort} is not declared; it is called by its id"
            state.graph.oddities.append(Oddity("undeclared", message, "Declare it as a key.", row, sort))
        if len(part) or (key is not None and key.looks):
            label = label or next((text for mark in part.iter() if local(mark) in _LABELS and (text := _own(mark))), "")
            state.graph.ignored.append(f"{key.column.title if key is not None else own}: how it looks")
        else:
            values.append(Value(key.column.title if key is not None else own, inner(part)))
    for own, key in state.keys.items():
        if own not in given and not key.looks and key.column.default is not None and key.sorts in (sort, "all"):
            values.append(Value(key.column.title, key.column.default))
    return tuple(values), label


def _own(mark: _Element) -> str:
    """The text of a label itself, without that of what describes how it lies."""
    return " ".join((mark.text or "").split())
