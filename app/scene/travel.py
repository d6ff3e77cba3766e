"""Travelling over a picture by keyboard: from organization to organization by direction, round one along its flows, and
along a flow to its ends. Pure functions of a Twin.

By direction: the plane round an organization falls into four sectors of 90 degrees (the cones of a Yao graph: A. C.
Yao, On constructing minimum spanning trees in k-dimensional spaces, 1982). In a sector the one wins whose distance,
made longer by up to SKEW for its angle off the axis, is the least. Sectors alone may leave an organization out, so NEXT
and PREVIOUS go round all of them.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple

from app.scene.twin import Point, Twin, TwinMark

SKEW = 1.0
"""What the angle off the axis costs: at the border of a sector a distance counts as 1 + SKEW times itself."""


class Way(StrEnum):
    """One step.

    In a tree: UP to what stands above, DOWN and INTO to the first below, LEFT and RIGHT to those beside it below the
    same one, NEXT and PREVIOUS through all, BACK up. From an organization: LEFT to DOWN to the nearest one that way,
    INTO to its largest flow, NEXT and PREVIOUS through all organizations, those with most moves first. From a flow or
    relation: NEXT and PREVIOUS clockwise and back round the organization it was entered from, START and END to its two
    ends, LEFT to DOWN to the end that lies farther that way, BACK to where it was entered from.
    """

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    INTO = "into"
    NEXT = "next"
    PREVIOUS = "previous"
    START = "start"
    END = "end"
    BACK = "back"


AXES = {Way.LEFT: (-1.0, 0.0), Way.RIGHT: (1.0, 0.0), Way.UP: (0.0, -1.0), Way.DOWN: (0.0, 1.0)}
"""Unit vectors, y down."""


class Place(NamedTuple):
    """Where the traveller is: the key of a mark, and for a flow or relation the organization it was entered from."""

    key: str = ""
    about: str = ""


def step(twin: Twin, place: Place, way: Way) -> Place:
    """The place after one step; the same place where no step leads that way.

    From nowhere, and from what the twin does not have, every way leads to the organization with most moves; in a twin
    without organizations to nowhere. A flow whose `about` is not one of its ends counts as entered from its origin.
    """
    mark = twin.mark(place.key)
    if mark is None:
        return Place(twin.places[0].key) if twin.places else Place()
    if not mark.kind.is_line:
        in_tree = bool(mark.above) or mark.key in twin.below
        return _in_tree(twin, mark, way) if in_tree else _from_organization(twin, mark, way)
    about = place.about if place.about in (mark.origin, mark.destination) else mark.origin
    return _from_line(twin, mark, about, way)


def round_clock(twin: Twin, organization: str) -> tuple[TwinMark, ...]:
    """Flows and relations of an organization clockwise as they stand round its rim, beginning with the largest flow (of
    equal ones the first from the top on).

    KeyError for what is no organization of the twin.
    """
    middle = twin.marks[twin.number(organization)].at
    marks = twin.of_organization[organization]
    around = sorted(marks, key=lambda m: (_angle(middle, _rim(m, organization)), twin.number(m.key)))
    first = max(range(len(around)), key=lambda n: around[n].people, default=0)
    return tuple(around[first:] + around[:first])


def _in_tree(twin: Twin, mark: TwinMark, way: Way) -> Place:
    """One step from a place that stands above or below others."""
    if way in (Way.UP, Way.BACK):
        return Place(mark.above or mark.key)
    if way in (Way.DOWN, Way.INTO):
        below = twin.below.get(mark.key)
        return Place(below[0].key if below else mark.key)
    ring = twin.below[mark.above] if way in (Way.LEFT, Way.RIGHT) else twin.places
    at = ring.index(mark) + (1 if way in (Way.RIGHT, Way.NEXT) else -1)
    if way in (Way.LEFT, Way.RIGHT):
        return Place(ring[min(max(at, 0), len(ring) - 1)].key)
    return Place(ring[at % len(ring)].key)


def _from_organization(twin: Twin, mark: TwinMark, way: Way) -> Place:
    if way in AXES:
        return Place(_toward(twin, mark, AXES[way]))
    if way in (Way.NEXT, Way.PREVIOUS):
        ring = twin.places
        return Place(ring[(ring.index(mark) + (1 if way is Way.NEXT else -1)) % len(ring)].key)
    if way is Way.INTO and twin.of_organization[mark.key]:
        return Place(round_clock(twin, mark.key)[0].key, mark.key)
    return Place(mark.key)


def _toward(twin: Twin, mark: TwinMark, axis: Point) -> str:
    """The organization nearest in the sector round an axis, ties by the order of the twin; itself if there is none."""
    best, least = mark.key, math.inf
    for other in twin.places:
        dx, dy = other.at[0] - mark.at[0], other.at[1] - mark.at[1]
        along, across = dx * axis[0] + dy * axis[1], abs(dx * axis[1] - dy * axis[0])
        if along <= 0 or across > along:
            continue
        cost = math.hypot(along, across) * (1 + SKEW * math.atan2(across, along) / (math.pi / 4))
        if cost < least:
            best, least = other.key, cost
    return best


def _from_line(twin: Twin, mark: TwinMark, about: str, way: Way) -> Place:
    if way in AXES:
        ends = [twin.marks[twin.number(key)] for key in (mark.origin, mark.destination)]
        axis = AXES[way]
        first, second = (end.at[0] * axis[0] + end.at[1] * axis[1] for end in ends)
        return Place(ends[0].key if first > second else ends[1].key)
    if way is Way.START or way is Way.END:
        return Place(mark.origin if way is Way.START else mark.destination)
    if way is Way.BACK:
        return Place(about)
    if way is Way.INTO:
        return Place(mark.key, about)
    ring = round_clock(twin, about)
    return Place(ring[(ring.index(mark) + (1 if way is Way.NEXT else -1)) % len(ring)].key, about)


def _rim(mark: TwinMark, organization: str) -> Point:
    return mark.leaves if mark.origin == organization else mark.lands


def _angle(middle: Point, point: Point) -> float:
    """Clockwise from straight up, 0 to 2π, with y down."""
    return math.atan2(point[0] - middle[0], middle[1] - point[1]) % (2 * math.pi)
