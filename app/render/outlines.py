"""Outlines as short as they can be written: relative, with one decimal, and as an arc what lies on a circle. No Qt.

For files of which each outline is there several times; a still SVG keeps two decimals and the points of the Scene.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import atan2, ceil, dist, hypot, pi

from app.render.steps import Element, Piece

_COMMANDS = re.compile("([MLCZ])([^MLCZ]*)")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_NEAR = 0.03
"""Pixels by which points may miss a circle."""
_FEWEST, _WIDEST = 7, 0.6
"""Points of an arc, and radians from one to the next: a corner more or less is no circle."""
_LONGEST = 2.2
"""Radians of an arc: the middle of one of half a turn would follow every rounding of its radius."""
_Point = tuple[float, float]


def shortened(element: Element) -> Element:
    """Paths, lines and areas as the shortest paths: lists of points of unlike lengths do not animate everywhere."""
    return replace(element, looks=tuple(_short(piece) for piece in element.looks))


def short_path(d: str) -> str:
    """An outline of absolute M, L, C, Z again. Places are rounded to tenths, not steps: no error adds up."""
    made = []
    at = (0, 0)
    for letter, numbers in _COMMANDS.findall(d):
        values = [round(float(number) * 10) for number in _NUMBERS.findall(numbers)]
        points = list(zip(values[::2], values[1::2], strict=True))
        if letter == "M":
            at = points[0]
            made.append("M" + _joined(at))
            letter, points = "L", points[1:]
        if letter == "Z":
            made.append("z")
        elif points:
            steps: list[int] = []
            n_each = 3 if letter == "C" else 1
            for first in range(0, len(points), n_each):
                each = points[first : first + n_each]
                steps += [value for x, y in each for value in (x - at[0], y - at[1])]
                at = each[-1]
            made.append(letter.lower() + _joined(steps))
    return "".join(made)


def line_path(points: str) -> str:
    """A line through points as an outline; round, where it is a circle or a part of one."""
    xy = _points(points)
    return _arc(xy) or short_path(f"M{points}")


def _short(piece: Piece) -> Piece:
    if piece.tag not in _WRITERS:
        return piece
    name, write = _WRITERS[piece.tag]
    attributes = tuple(("d", write(value)) if own == name else (own, value) for own, value in piece.attributes)
    return replace(piece, tag="path", attributes=attributes)


def _area_path(points: str) -> str:
    return short_path(f"M{points}Z")


_WRITERS = {"path": ("d", short_path), "polyline": ("points", line_path), "polygon": ("points", _area_path)}
"""Tag → the attribute with its outline, and what makes a path of it."""


def _points(text: str) -> list[_Point]:
    values = [float(value) for value in _NUMBERS.findall(text)]
    return list(zip(values[::2], values[1::2], strict=True))


def _arc(xy: Sequence[_Point]) -> str:
    """Points on a circle as arcs; blank for any other."""
    n = len(xy)
    if n < _FEWEST:
        return ""
    round_again = dist(xy[0], xy[-1]) < dist(xy[0], xy[n // 2])
    center = _center(xy[0], xy[n // 3], xy[2 * n // 3]) if round_again else _center(xy[0], xy[n // 2], xy[-1])
    if center is None:
        return ""
    x, y = center
    radii = [hypot(px - x, py - y) for px, py in xy]
    radius = sum(radii) / n
    if max(radii) - radius > _NEAR or radius - min(radii) > _NEAR:
        return ""
    angles = [atan2(py - y, px - x) for px, py in xy]
    turns = [(b - a + pi) % (2 * pi) - pi for a, b in pairwise(angles)]
    onward = min(turns) > 0
    if not (onward or max(turns) < 0) or max(map(abs, turns)) > _WIDEST:
        return ""
    n_arcs = ceil(abs(sum(turns)) / _LONGEST)
    stops = [round((n - 1) * part / n_arcs) for part in range(1, n_arcs + 1)]
    form = f"M{_plain(xy[0][0])},{_plain(xy[0][1])}"
    for stop in stops:
        form += f"A{_plain(radius)},{_plain(radius)} 0 0 {int(onward)} {_plain(xy[stop][0])},{_plain(xy[stop][1])}"
    return form


def _center(a: _Point, b: _Point, c: _Point) -> _Point | None:
    """The centre of the circle through three points; None where they are in line."""
    (ax, ay), (bx, by), (cx, cy) = a, b, c
    twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    if abs(twice) < 1e-6:
        return None
    aa, bb, cc = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
    x = (aa * (by - cy) + bb * (cy - ay) + cc * (ay - by)) / twice
    y = (aa * (cx - bx) + bb * (ax - cx) + cc * (bx - ax)) / twice
    return x, y


def _joined(tenths: Sequence[int]) -> str:
    """Numbers in tenths one after the other; a sign parts them as well as a blank does."""
    texts = [_tenth(value) for value in tenths]
    return texts[0] + "".join(text if text.startswith("-") else f" {text}" for text in texts[1:])


def _tenth(value: int) -> str:
    whole, part = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole or ''}.{part}" if part else f"{sign}{whole}"


def _plain(value: float) -> str:
    return f"{round(value, 2) + 0.0:g}"
