"""Which nodes of a graph are people, which are organizations, and how that is known.

The file says it by an attribute (`type`: person, company, …), or by kinds of edges that lead from people to
organizations (`works at`, `founder of`), or by what only people have (`first name`, `job title`). Where it says
nothing, every node is an organization, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.files.graph import Edge, Graph, Node
from app.files.graph_words import BODIES, EDGE_KINDS, OF_A_PERSON, PERSONS, STINTS, TYPES, plain


@dataclass
class Roles:
    """Keys of nodes: those of people; those of organizations with their kind, blank where none is given; those that
    are neither, with what they are called. by: `types`, `edges`, `values`, or blank where the file does not say."""

    people: set[str] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    neither: dict[str, str] = field(default_factory=dict)
    by: str = ""


def roles(graph: Graph) -> Roles:
    """What the nodes of a graph are. A node without a type among others that have one is what its edges say."""
    found = Roles()
    unsaid: list[Node] = []
    for node in graph.nodes:
        types = list(_types(node))
        if any(word in PERSONS for word in types):
            found.people.add(node.key)
        elif body := next((word for word in types if word in BODIES), None):
            found.bodies[node.key] = BODIES[body]
        elif types:
            found.neither[node.key] = types[0]
        else:
            unsaid.append(node)
    if found.people or found.bodies:
        found.by = "types"
        _take(found, unsaid, graph.edges)
        return found
    unsaid, found.neither = graph.nodes, {}
    _take(found, unsaid, graph.edges)
    if found.people:
        found.by = "edges"
    else:
        found.people = {node.key for node in graph.nodes if any(plain(v.title) in OF_A_PERSON for v in node.values)}
        found.by = "values" if found.people else ""
        found.neither = {key: word for key, word in found.neither.items() if key not in found.people}
    found.bodies |= dict.fromkeys(found.neither, "")
    found.neither = {}
    return found


def kind_of(edge: Edge) -> str:
    """What an edge says that it is, in plain small letters: its kind, else the attribute of such a title, else a label
    that is a known kind; blank where it does not say."""
    if edge.kind:
        return plain(edge.kind)
    said = next((value.text for value in edge.values if plain(value.title) in EDGE_KINDS and value.text), "")
    if said:
        return plain(said)
    label = plain(edge.label)
    return label if label in STINTS else ""


def _types(node: Node) -> Iterator[str]:
    for value in node.values:
        if value.text and plain(value.title) in TYPES:
            yield plain(value.text)


def _take(found: Roles, unsaid: list[Node], edges: list[Edge]) -> None:
    """Nodes that do not say what they are: at the one end of an edge of a stint people, at the other organizations;
    neither, if there are no such edges or they contradict each other."""
    keys = {node.key for node in unsaid}
    leave, reach = set[str](), set[str]()
    for edge in edges:
        if kind_of(edge) in STINTS:
            leave.add(edge.source)
            reach.add(edge.target)
    found.people |= (leave - reach) & keys
    found.bodies |= dict.fromkeys((reach - leave) & keys, "")
    known = found.people | set(found.bodies)
    found.neither |= {node.key: "" for node in unsaid if node.key not in known}
