"""The text twin of a picture: its marks in words and in order, for whoever does not see it or leaves the mouse alone.

A value like a Scene: a device reads it out, a keyboard travels over it (`travel`), and `Twin.text` can be copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, top, width, height in world units."""

INDENT = "    "


class Kind(StrEnum):
    """What a mark of the twin is; the value is the word for it, in the singular."""

    ORGANIZATION = "organization"
    FLOW = "flow"
    RELATION = "relation"
    SEAT = "seat"
    PERSON = "person"
    UNIT = "unit"
    EVENT = "event"
    NOTE = "note"

    @property
    def is_line(self) -> bool:
        """Whether it leads from one place to another."""
        return self in (Kind.FLOW, Kind.RELATION)


@dataclass(frozen=True, slots=True)
class TwinMark:
    """One mark in words.

    key: as in `Scene.keys`; name: short, says what it is; description: its figures, may be blank; box: what it covers;
    at: its middle; people: how many have moved on the flow, or into and out of the organization, 0 for a relation.
    A flow or relation leads between the organizations with the keys origin and destination, from the point `leaves` to
    the point `lands` at their rims; for what stands in one place both keys are blank and both points its middle. above:
    the key of what it stands below, blank for nothing.
    """

    key: str
    kind: Kind
    name: str
    description: str
    box: Rectangle
    at: Point
    leaves: Point
    lands: Point
    people: int = 0
    origin: str = ""
    destination: str = ""
    above: str = ""

    @property
    def text(self) -> str:
        """Name and description in one line."""
        return f"{self.name}: {self.description}" if self.description else self.name


@dataclass(frozen=True)
class Twin:
    """A picture in words: a title, lines about its scope, and marks: places (organizations, seats), then flows, then
    relations.

    Keys of marks are distinct; the ends of every flow and relation are places of the twin (else KeyError when first
    asked for), and what stands above a place is one of them and comes before it. Flows follow the order of the
    organizations they leave, the largest first. A picture without marks has its title and lines only.
    """

    title: str
    lines: tuple[str, ...]
    marks: tuple[TwinMark, ...]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return MappingProxyType({mark.key: n for n, mark in enumerate(self.marks)})

    @cached_property
    def of_organization(self) -> Mapping[str, tuple[TwinMark, ...]]:
        """Flows and relations by the key of each organization that they leave or reach, in the order of the marks."""
        found: dict[str, list[TwinMark]] = {m.key: [] for m in self.places}
        for mark in self.marks[len(found) :]:
            for end in dict.fromkeys((mark.origin, mark.destination)):
                found[end].append(mark)
        return MappingProxyType({key: tuple(marks) for key, marks in found.items()})

    @cached_property
    def places(self) -> tuple[TwinMark, ...]:
        """What stands in one place: organizations, those with most moves first; seats, those above first."""
        return tuple(m for m in self.marks if not m.kind.is_line)

    @cached_property
    def below(self) -> Mapping[str, tuple[TwinMark, ...]]:
        """The places right below each one, in their order; those below none under a blank key."""
        found: dict[str, list[TwinMark]] = {}
        for mark in self.places:
            found.setdefault(mark.above, []).append(mark)
        return MappingProxyType({key: tuple(marks) for key, marks in found.items()})

    def number(self, key: str) -> int:
        """The place of a mark in the order, -1 for a key that is not here."""
        return self._numbers.get(key, -1)

    def mark(self, key: str) -> TwinMark | None:
        """The mark of a key, None for a key that is not here."""
        number = self.number(key)
        return self.marks[number] if number >= 0 else None

    @cached_property
    def text(self) -> str:
        """The whole as plain text: title, lines, every place with its departing flows and right after it the places
        below it set in, relations."""
        told, ahead = [self.title, *self.lines], [(place, 0) for place in reversed(self.below.get("", ()))]
        while ahead:
            place, deep = ahead.pop()
            told.append(INDENT * deep + place.text)
            flows = (m for m in self.of_organization[place.key] if m.kind is Kind.FLOW)
            told += [INDENT + flow.text for flow in flows if flow.origin == place.key]
            ahead += [(below, deep + 1) for below in reversed(self.below.get(place.key, ()))]
        told += [mark.text for mark in self.marks if mark.kind is Kind.RELATION]
        return "\n".join(line for line in told if line)


NOTHING = Twin("", (), ())
"""The twin of no picture."""
