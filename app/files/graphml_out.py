"""A graph → GraphML, as networkx, igraph, yEd and others read it: typed keys, values in `data`.

It knows no time: the days of a stint stand as they are on record, under `start` and `end`. What made the file are
values of the graph itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.files import atomic
from app.files.gexf_out import plain
from app.files.graph_out import OutGraph, Types, flow_graph, people_graph
from app.files.graphml import PARENT
from app.files.outgoing import Outgoing
from app.files.xmls import quoted, text_of

_NODE = {"label": "string", PARENT: "string", "color": "string"}
_STINT = {"kind": "string", "start": "string", "end": "string"}
_FLOW = {"kind": "string", "weight": "double"}
_TYPES = {"string": "string", "integer": "long", "double": "double", "boolean": "boolean"}


def write_people(outgoing: Outgoing, path: Path) -> None:
    """Write people, organizations and stints, atomically. FileError where it cannot be written."""
    _write(people_graph(outgoing), path)


def write_flows(outgoing: Outgoing, path: Path) -> None:
    """Write organizations and flows, atomically. UsageError for a lens that fits nothing, FileError as above."""
    _write(flow_graph(outgoing), path)


def _write(graph: OutGraph, path: Path) -> None:
    with atomic.replacing(path) as file:
        for line in _lines(graph):
            file.write(f"{line}\n".encode())


def _lines(graph: OutGraph) -> Iterator[str]:
    words = {"title": graph.title, **{word.lower().replace(" ", "_"): text for word, text in graph.words.items()}}
    node_types = {**_NODE, **graph.node_types}
    edge_types = {**(_STINT if graph.dynamic else _FLOW), **graph.edge_types}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield from _declared("graph", dict.fromkeys(words, "string"))
    yield from _declared("node", node_types)
    yield from _declared("edge", edge_types)
    yield '<graph id="G" edgedefault="directed">'
    yield _data("graph", words)
    for node in graph.nodes:
        own = {"label": node.label, PARENT: node.above, "color": node.color}
        yield f"<node id={quoted(node.key)}>{_data('node', {**own, **node.values})}</node>"
    for edge in graph.edges:
        own = {"kind": edge.kind, "start": edge.start, "end": edge.end, "weight": str(edge.weight or "")}
        held = _data("edge", {**own, **edge.values})
        yield f"<edge id={quoted(edge.key)} source={quoted(edge.source)} target={quoted(edge.target)}>{held}</edge>"
    yield "</graph>"
    yield "</graphml>"


def _declared(sort: str, types: Types) -> Iterator[str]:
    for title, kind in types.items():
        yield f'<key id="{sort}-{title}" for="{sort}" attr.name={quoted(title)} attr.type="{_TYPES[kind]}"/>'


def _data(sort: str, values: Mapping[str, Any]) -> str:
    """Values that are not blank."""
    filled = ((title, plain(value)) for title, value in values.items() if value != "")
    return "".join(f'<data key="{sort}-{title}">{text_of(text)}</data>' for title, text in filled)
