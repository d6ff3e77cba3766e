"""A graph as a file of one holds it, before anybody says what it means: nodes, edges, their values and their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["directed", "undirected", "mutual"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A time for which something holds, as it is written: from `start` to `end`, or just then (`at`)."""

    start: str = ""
    end: str = ""
    at: str = ""


ALWAYS = Spell()


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a node or edge: the title of its column, its text, and when it holds."""

    title: str
    text: str
    spell: Spell = ALWAYS


@dataclass(frozen=True, slots=True)
class Node:
    """A node. row: its number in the file, counted from 1; label: blank where it has none; above: the node that it
    lies in, or blank."""

    key: str
    row: int
    label: str = ""
    above: str = ""
    values: tuple[Value, ...] = ()
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between two nodes, by their keys. weight: as it is written, blank where no weight is given."""

    source: str
    target: str
    row: int
    direction: Direction
    weight: str = ""
    label: str = ""
    kind: str = ""
    values: tuple[Value, ...] = ()
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Oddity:
    """What of a file could not be taken into a graph: of the node, edge or other element of that number."""

    code: str
    message: str
    remedy: str
    row: int
    field: str


@dataclass
class Graph:
    """Nodes and edges in the order of the file. ignored: what is not taken in, each time that it stands there."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    about: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A declared attribute of nodes or edges. options: the values that it may have; none where any may stand."""

    title: str
    default: str | None = None
    options: Sequence[str] = ()
