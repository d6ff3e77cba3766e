"""A graph → GEXF 1.3, with the time of every stint as a spell.

A spell reaches from the earliest day on which a stint may have begun to the latest on which it may have ended, without
a side where that is not known; what is on record stands beside it (`start edtf`, `end edtf`). What made the file is its
description, and its date is the day of the data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.files import atomic
from app.files.graph_out import OutEdge, OutGraph, OutNode, Types, flow_graph, outer, people_graph
from app.files.graph_words import EXACT
from app.files.outgoing import Outgoing, told
from app.files.xmls import quoted, text_of

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACES = 'xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"'


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
    day = f" lastmodifieddate={quoted(graph.day)}" if graph.day else ""
    mode = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if graph.dynamic else ' mode="static"'
    edge_types = {**graph.edge_types, **(dict.fromkeys(EXACT, "string") if graph.dynamic else {})}
    of_nodes, of_edges = _numbers(graph.node_types), _numbers(edge_types)
    yield f'{_HEAD}\n<gexf {_NAMESPACES} version="1.3">'
    yield f"<meta{day}>"
    yield f"<creator>{text_of(graph.words['Software'])}</creator>"
    yield f"<description>{text_of(graph.title)}. {text_of(told(graph.words))}</description>"
    yield "</meta>"
    yield f'<graph defaultedgetype="directed" idtype="string"{mode}>'
    yield from _declared("node", graph.node_types)
    yield from _declared("edge", edge_types)
    yield "<nodes>"
    for node in graph.nodes:
        yield _node(node, of_nodes)
    yield "</nodes>"
    yield "<edges>"
    for edge in graph.edges:
        yield _edge(edge, of_edges)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _numbers(types: Types) -> Mapping[str, str]:
    """Title → id of its attribute."""
    return {title: str(at) for at, title in enumerate(types)}


def _declared(sort: str, types: Types) -> Iterator[str]:
    yield f'<attributes class="{sort}" mode="static">'
    for at, (title, kind) in enumerate(types.items()):
        yield f'<attribute id="{at}" title={quoted(title)} type="{kind}"/>'
    yield "</attributes>"


def _node(node: OutNode, numbers: Mapping[str, str]) -> str:
    above = f" pid={quoted(node.above)}" if node.above else ""
    return (
        f"<node id={quoted(node.key)} label={quoted(node.label)}{above}>"
        f"{_values(node.values, numbers)}{_color(node.color)}</node>"
    )


def _edge(edge: OutEdge, numbers: Mapping[str, str]) -> str:
    kind = f" kind={quoted(edge.kind)}" if edge.kind else ""
    weight = f' weight="{edge.weight}"' if edge.weight else ""
    start, end = outer(edge)
    sides = (f" start={quoted(start)}" if start else "") + (f" end={quoted(end)}" if end else "")
    spells = f"<spells><spell{sides}/></spells>" if sides else ""
    dated = {title: text for title, text in zip(EXACT, (edge.start, edge.end), strict=True) if text}
    return (
        f"<edge id={quoted(edge.key)} source={quoted(edge.source)} target={quoted(edge.target)}{kind}{weight}>"
        f"{_values({**edge.values, **dated}, numbers)}{spells}</edge>"
    )


def _values(values: Mapping[str, Any], numbers: Mapping[str, str]) -> str:
    each = (f'<attvalue for="{numbers[title]}" value={quoted(plain(value))}/>' for title, value in values.items())
    return f"<attvalues>{''.join(each)}</attvalues>" if values else ""


def _color(color: str) -> str:
    if not color:
        return ""
    r, g, b = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f'<viz:color r="{r}" g="{g}" b="{b}" a="1.0"/>'


def plain(value: object) -> str:
    """A value as XML writes it: truth in small letters."""
    return str(value).lower() if isinstance(value, bool) else str(value)
