"""Graphs of other programs (GEXF, GraphML) → a Dataset: people, organizations, stints, and numbers of flows as claims.

How a graph becomes a dataset stands in docs/decisions, on graphs and careers of other programs. In short: what the file
says is kept with its days, what it does not say is not made up, and what nobody here understands is counted.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from app.domain.dataset import Row
from app.files import gexf, graphml
from app.files.graph import Edge, Graph
from app.files.graph_bodies import Bodies
from app.files.graph_file import GraphFile
from app.files.graph_flows import Flows
from app.files.graph_roles import kind_of, roles
from app.files.graph_stints import Stints
from app.files.posts import seen
from app.files.reading import Reading, shown
from app.files.texts import read_error, refused
from app.files.xmls import root

_READERS = {"gexf": gexf.read, "graphml": graphml.read}
_START = 65_536


def is_gexf(start: bytes) -> bool:
    """Whether a file that begins so is GEXF."""
    return root(start) == "gexf"


def is_graphml(start: bytes) -> bool:
    """Whether a file that begins so is GraphML."""
    return root(start) == "graphml"


def read(path: Path) -> Reading:
    """The Dataset of a graph, and what is doubtful in its file. FileError where it cannot be read, is no graph, or has
    no nodes."""
    return _read(path, unnamed=False)


def read_with_unnamed(path: Path) -> Reading:
    """The same with a person for each whom a flow counts, plainly called unnamed, so that flows can be drawn."""
    return _read(path, unnamed=True)


def _read(path: Path, *, unnamed: bool) -> Reading:
    graph = _graph(path)
    if not graph.nodes:
        raise refused(path, "no-tables", "it is a graph without nodes", "Export the graph again, with its nodes.")
    file = GraphFile(path, graph)
    bodies = Bodies(file, graph, roles(graph))
    stints, flows = Stints(file, bodies), Flows(file, bodies, unnamed=unnamed)
    stints.of_nodes()
    left: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        origin, destination = bodies.find(edge.source), bodies.find(edge.target)
        if origin is None or destination is None:
            _lost(file, bodies, edge)
        elif bodies.is_person(edge.source) and bodies.is_person(edge.target):
            left.setdefault(kind_of(edge), []).append(edge)
        elif bodies.is_person(edge.source):
            stints.of_edge(edge, origin, destination)
        elif bodies.is_person(edge.target):
            stints.of_edge(edge, destination, origin)
        else:
            flows.of_edge(edge, origin, destination)
    flows.tell()
    _tell(file, graph, left)
    rows: dict[str, list[Row]] = {
        "organizations": bodies.organizations(),
        "people": [*bodies.people(), *flows.people],
        "stints": [*stints.rows(), *flows.stints],
        "relations": flows.relations,
        "claims": flows.claims,
        "sources": file.sources(seen(stints.rows())),
    }
    return file.warnings.reading(rows)


def _graph(path: Path) -> Graph:
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except OSError as error:
        raise read_error(path, error) from error
    reader = _READERS.get(root(start))
    if reader is None:
        raise refused(path, "wrong-format", "it is neither GEXF nor GraphML", "Export the graph in one of the two.")
    return reader(path)


def _lost(file: GraphFile, bodies: Bodies, edge: Edge) -> None:
    """Say why an edge joins nothing."""
    for key in (edge.source, edge.target):
        if not bodies.is_declared(key):
            way = f"from {shown(edge.source)!r} to {shown(edge.target)!r}"
            message = f"an edge leads {way}, and there is no node {shown(key)!r}"
            file.warn("dangling", message, "Add the node, or correct the edge.", row=edge.row, field="edge")
            return
    file.warnings.ignore("edges of nodes that were left out")


def _tell(file: GraphFile, graph: Graph, between_people: dict[str, list[Edge]]) -> None:
    """Say what of a graph became no record."""
    for oddity in graph.oddities:
        file.warn(oddity.code, oddity.message, oddity.remedy, row=oddity.row, field=oddity.field)
    for name, n in Counter(graph.ignored).items():
        file.warnings.ignore(name, n)
    for word, edges in between_people.items():
        said = f" of kind {shown(word)!r}" if word else ""
        message = f"{len(edges):,} edges{said} join two people, from this one on, and were left out"
        remedy = "A dataset joins people through the organizations at which they are."
        file.warn("between-people", message, remedy, row=edges[0].row, field="edge", n=len(edges))
