"""Flows → DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html).

Every id and text stands in quotes. In a label Graphviz reads backslashes as signs and `&…;` as letters: both are
escaped, so that a name is drawn as it is. What made the file are attributes of the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.files import atomic
from app.files.graph_out import OutGraph, flow_graph
from app.files.outgoing import Outgoing

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_BROADEST = 12.0
"""Points of the line of the largest flow."""


def write(outgoing: Outgoing, path: Path) -> None:
    """Write organizations and flows, atomically. UsageError for a lens that fits nothing, FileError where it cannot be
    written."""
    with atomic.replacing(path) as file:
        for line in _lines(flow_graph(outgoing), outgoing):
            file.write(f"{line}\n".encode())


def _lines(graph: OutGraph, outgoing: Outgoing) -> Iterator[str]:
    most = int(outgoing.figures.flows.n_moves.max(initial=1))
    words = {word.lower().replace(" ", "_"): text for word, text in graph.words.items()}
    yield f"digraph {quoted(graph.title)} {{"
    yield f"graph {_attributes(words)};"
    yield 'node [shape="ellipse"];'
    for node in graph.nodes:
        paint = {"style": "filled", "fillcolor": f"{node.color}40", "color": node.color} if node.color else {}
        values = {title: str(value) for title, value in node.values.items()}
        yield f"{quoted(node.key)} {_attributes({**values, **paint}, label=node.label)};"
    for edge in graph.edges:
        width = max(_BROADEST * edge.weight / most, 0.5)
        values = {
            "weight": str(edge.weight),
            "penwidth": f"{width:.2f}",
            **{title: str(value) for title, value in edge.values.items()},
        }
        yield f"{quoted(edge.source)} -> {quoted(edge.target)} {_attributes(values, label=str(edge.weight))};"
    yield "}"


def quoted(text: str) -> str:
    """A text in quotes. A backslash is doubled: alone before a quote it would take the quote's meaning away."""
    plain = _FORBIDDEN.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def label(text: str) -> str:
    """A text in quotes that is drawn as it is: with its lines, and without letters made of `&…;`."""
    lines = _FORBIDDEN.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n").replace("&", "&amp;").split("\n")
    return '"' + r"\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'


def _attributes(values: Mapping[str, str], **labels: str) -> str:
    parts = [f"{title}={label(text)}" for title, text in labels.items()]
    parts += [f"{title}={quoted(text)}" for title, text in values.items()]
    return f"[{', '.join(parts)}]"
