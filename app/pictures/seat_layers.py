"""A curve of seats as marks: layers by origin, the line of what is certain, the hatched band of what may be.

Stacked in one order wherever curves stand side by side: the layers and their colours mean the same in each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.buildout import INTERNAL, UNKNOWN
from app.analysis.seat_curve import Curve
from app.pictures import wording
from app.pictures.avatar import HATCH, circle, hatch_of_box
from app.pictures.board import Sheet
from app.pictures.seat_axes import Axes
from app.pictures.seat_places import Holding
from app.scene.marks import Floats, Ints
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Style

MOST_STEPS = 600
"""A curve of more steps is drawn at so many even days."""
MOST_LAYERS = 9
"""Origins that have a layer of their own, at most."""
MAY_BE = Tip("May be in seat", ("The day is known only to the month or year",))


@dataclass(frozen=True, slots=True)
class Group:
    """Origins that stand as one layer: what they are called, whose colour, which columns of the curve."""

    label: str
    organization: str
    columns: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Steps:
    """A curve cut to an axis and a day: edges (k + 1,) of its k steps on the page, certain (k, g), lit (k, g): those of
    the certain ones that the lens lets through, possible (k,)."""

    edges: Floats
    certain: Ints
    lit: Ints
    possible: Ints

    @property
    def sure(self) -> Ints:
        """Seats held for certain, (k,)."""
        return np.asarray(self.certain.sum(axis=1), dtype=np.int32)


End = tuple[float, Group, int, int]
"""Where a layer ends: its middle, itself, how many people, from how many origins."""


def arranged(
    colors: Mapping[str, str], largest: Mapping[str, int], named: int | None = None, most: int = MOST_LAYERS
) -> tuple[list[str], list[str]]:
    """Origins in the order of their layers from the bottom, those with a colour in palette order, then grey ones by
    size; and those that stand together as one layer: grey ones of a single person, if several, and the smallest that
    are too many.

    largest: the most people from each origin on any day; named: how many stand for themselves at most, if somebody
    says; most: layers at most, if nobody does. Those from inside or from nowhere known have no part in it.
    """
    roles = [f"c{n}" for n in range(1, 13)]

    def order(origin: str) -> tuple[int, int, str]:
        color = colors.get(origin)
        rank = roles.index(color) if color in roles else len(roles) + (color is None)
        return (rank, -largest[origin], origin)

    ordered = sorted((origin for origin in largest if origin not in (INTERNAL, UNKNOWN)), key=order)
    small = [origin for origin in ordered if largest[origin] <= 1 and origin not in colors]
    small = small if len(small) > 1 else []
    kept = [origin for origin in ordered if origin not in small]
    room = len(kept) if len(kept) + bool(small) <= most else most - 1
    out = sorted(kept, key=lambda origin: (-largest[origin], origin))[room if named is None else named :]
    return [o for o in kept if o not in out], [o for o in ordered if o in out or o in small]


def groups(holding: Holding, curve: Curve, named: int | None = None) -> list[Group]:
    """Layers from the bottom: origins in the order of `arranged`, then the small ones as one that says how many, the
    organization itself, those of whom nobody says."""
    number = {origin: at for at, origin in enumerate(curve.origins)}
    sizes = dict(zip(curve.origins, curve.certain.max(axis=0, initial=0).tolist(), strict=True))
    kept, small = arranged(holding.gathered.colors, sizes, named)
    found = [_group(holding, origin, number[origin]) for origin in kept]
    if small:
        found.append(Group(wording.counted(len(small), "other"), "", tuple(number[origin] for origin in small)))
    return found + [_group(holding, origin, number[origin]) for origin in (INTERNAL, UNKNOWN) if origin in number]


def _group(holding: Holding, origin: str, column: int) -> Group:
    return Group(holding.origin_label(origin), holding.color_of(origin), (column,))


def steps(curve: Curve, place: Axes, day: int) -> Steps:
    """The curve from the first day of the axis up to a day on it; no steps where the day lies before it or the curve
    has none."""
    if not len(curve.days) or day <= place.first:
        empty = np.zeros((0, len(curve.origins)), dtype=np.int32)
        return Steps(np.zeros(0), empty, empty, np.zeros(0, dtype=np.int32))
    inner = curve.days[(curve.days > place.first) & (curve.days <= day)]
    if len(inner) > MOST_STEPS:
        inner = np.unique(np.linspace(place.first + 1, day, MOST_STEPS).astype(np.int32))
    days = np.concatenate([[place.first], inner])
    rows = np.searchsorted(curve.days, days, side="right") - 1
    none, at = rows < 0, np.maximum(rows, 0)
    certain, lit = (np.where(none[:, None], 0, levels[at]) for levels in (curve.certain, curve.lit))
    return Steps(place.across(np.append(days, day)), certain, lit, np.where(none, 0, curve.possible[at]))


def draw_band(sheet: Sheet, place: Axes, cut: Steps, key: str = "group:may-be", tip: Tip = MAY_BE) -> None:
    """Between what is certain and what may be: hatched, with a thin outline."""
    for left, right, low, high in zip(
        cut.edges[:-1].tolist(),
        cut.edges[1:].tolist(),
        place.up(cut.sure).tolist(),
        place.up(cut.possible).tolist(),
        strict=True,
    ):
        if low - high > 0.5 and right > left:
            for line in hatch_of_box(left, high, right, low, HATCH):
                sheet.path(line, Style(Role.HATCH), key=key, tip=tip)
    sheet.path(stairs(cut.edges, place.up(cut.possible)), Style(Role.MAYBE), key=key, tip=tip)


def draw_areas(
    sheet: Sheet, place: Axes, cut: Steps, layers: Sequence[Group], told: Callable[[Group, int], Tip]
) -> list[End]:
    """Layers from the bottom, of each first those whom the lens lets through, then, pale, the others. told: the tip of
    a layer with so many people at the end. Returns where each that is there at the end ends: y, layer, people, from how
    many origins."""
    low = np.zeros(len(cut.possible))
    ends: list[End] = []
    for layer in layers:
        columns = list(layer.columns)
        own, lit = cut.certain[:, columns].sum(axis=1), cut.lit[:, columns].sum(axis=1)
        tip = told(layer, int(own[-1]))
        key = f"organizations:{layer.organization}" if layer.organization else f"group:origin:{layer.label}"
        for part, emphasis in ((lit, Emphasis.NORMAL), (own - lit, Emphasis.QUIET)):
            high = low + part
            style = Style(Role.AREA, layer.organization, emphasis=emphasis)
            runs = np.flatnonzero(np.diff(np.concatenate([[0], (part > 0).astype(np.int8), [0]])))
            for begin, end in zip(runs[::2].tolist(), runs[1::2].tolist(), strict=True):
                edges = cut.edges[begin : end + 1]
                upper = stairs(edges, place.up(high[begin:end]))
                lower = stairs(edges, place.up(low[begin:end]))[::-1]
                sheet.path(np.concatenate([upper, lower]), style, closed=True, key=key, tip=tip)
            low = high
        if own[-1]:
            n_origins = int(np.count_nonzero(cut.certain[-1, columns]))
            ends.append((float(place.up(low[-1] - own[-1] / 2)), layer, int(own[-1]), n_origins))
    return ends


def draw_sure(sheet: Sheet, place: Axes, cut: Steps, s: float, key: str, tip: Tip) -> None:
    """The line of what is certain, with a dot at its end."""
    sheet.path(stairs(cut.edges, place.up(cut.sure)), Style(Role.SURE), key=key, tip=tip)
    x, y = float(cut.edges[-1]), float(place.up(cut.sure[-1]))
    sheet.path(circle(x, y, 1.2 * s), Style(Role.SURE), stroke=2.6 * s, key=key, tip=tip)


def stairs(edges: Floats, levels: Floats) -> Floats:
    """Steps (k,) between edges (k + 1,) as a polyline (2k, 2)."""
    return np.stack([np.repeat(edges, 2)[1:-1], np.repeat(levels, 2)], axis=1)
