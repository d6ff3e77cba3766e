"""What changes from one still picture to the next: the SVG of several days laid over each other, element by element.

An element that looks the same on all days is there once. Where it changes, every look is there once, with the steps at
which it shows. Laid over each other in this order, what shows at a step is exactly the picture of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_FORM = {
    "path": {"d"},
    "polygon": {"points"},
    "polyline": {"points"},
    "rect": {"x", "y", "width", "height"},
    "text": {"textLength"},
}
"""What of an element says how large it is and where, not which one it is."""

Attributes = tuple[tuple[str, str], ...]
"""Names and values, in order."""
Steps = tuple[tuple[int, int], ...]
"""Ranges of steps, from the first to the one after the last."""


@dataclass(frozen=True, slots=True)
class Named:
    """What an element stands for: its id in a still picture (blank for none), its title, the address of its source."""

    id: str = ""
    title: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One look of one element: tag, attributes and words as in an SVG, and when it shows; blank is always."""

    tag: str
    attributes: Attributes
    words: str
    named: Named
    shows: Steps


@dataclass(frozen=True, slots=True)
class Element:
    """One element in all its looks, in the order in which they come; group: what it and its neighbours stand for
    together."""

    group: Named | None
    looks: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """A layer by name, with its elements from the lowest up."""

    name: str
    elements: tuple[Element, ...]


_Look = tuple[str, Attributes, str, Named]
"""Tag, attributes, words, what it stands for."""


@dataclass(slots=True)
class _Slot:
    """One element through all steps: a look → the steps at which it has it."""

    group: Named | None
    looks: dict[_Look, list[int]] = field(default_factory=dict)


def stacked(pictures: Iterable[str], names: Iterable[str]) -> tuple[list[Stack], int]:
    """The layers of some SVG documents of one picture, one a step, each layer once; and how many steps there are.
    names: of all layers that may occur, from the lowest up."""
    slots: dict[str, dict[tuple[object, ...], _Slot]] = {}
    order: dict[str, list[tuple[object, ...]]] = {}
    n = 0
    for step, text in enumerate(pictures):
        n = step + 1
        for layer in etree.fromstring(text.encode()):
            if layer.tag != f"{_SVG}g":
                continue
            name = str(layer.get("id"))
            own, sequence = slots.setdefault(name, {}), order.setdefault(name, [])
            after = 0
            places = {slot: at for at, slot in enumerate(sequence)}
            added = 0
            for identity, group, look in _leaves(layer):
                slot = own.get(identity)
                if slot is None:
                    slot = own[identity] = _Slot(group)
                    sequence.insert(after, identity)
                    added += 1
                    after += 1
                elif identity in places:
                    after = max(after, places[identity] + added + 1)
                slot.looks.setdefault(look, []).append(step)
    made = [
        Stack(name, tuple(_element(slots[name][identity], n) for identity in order[name]))
        for name in names
        if name in order
    ]
    return made, n


def _element(slot: _Slot, n: int) -> Element:
    pieces = []
    for look, steps in slot.looks.items():
        shows = _ranges(steps)
        pieces.append(Piece(*look, () if shows == ((0, n),) else shows))
    return Element(slot.group, tuple(pieces))


def _ranges(steps: list[int]) -> Steps:
    runs = (list(run) for _, run in groupby(enumerate(steps), key=lambda pair: pair[1] - pair[0]))
    return tuple((run[0][1], run[-1][1] + 1) for run in runs)


def _leaves(
    layer: etree._Element,
) -> Iterator[tuple[tuple[object, ...], Named | None, _Look]]:
    """Elements of a layer: which one it is, the group that it belongs to, how it looks."""
    count: dict[tuple[object, ...], int] = {}
    for outer in layer:
        link, inner = "", outer
        if outer.tag == f"{_SVG}a":
            link, inner = str(outer.get("href")), outer[0]
        group = _named(inner, link) if inner.tag == f"{_SVG}g" else None
        for leaf in inner if group is not None else (inner,):
            tag = str(leaf.tag).removeprefix(_SVG)
            if tag == "title":
                continue
            named = Named() if group is not None else _named(leaf, link)
            known = named.id or group is not None or tag == "text" or len(layer) == 1
            form = _FORM.get(tag, set()) if known else set()
            which = tuple((k, v) for k, v in leaf.attrib.items() if k != "id" and k not in form)
            identity: tuple[object, ...] = (group.id if group is not None else "", named.id, tag, which)
            nth = count[identity] = count.get(identity, 0) + 1
            attributes = tuple((str(k), str(v)) for k, v in leaf.attrib.items() if k != "id")
            words = leaf.text or ""
            if len(leaf) and leaf[0].tail:
                words += leaf[0].tail
            yield (*identity, nth), group, (tag, attributes, words, named)


def _named(element: etree._Element, link: str) -> Named:
    """The id without the number of a further mark, title and link of an element."""
    title = element.find(f"{_SVG}title")
    said = (title.text or "") if title is not None else ""
    return Named(str(element.get("id") or "").partition(":")[0], said, link)
