"""The curve of a team: seats held for certain as steps, stacked by origin, against the target.

Above the black line lies, hatched, what may be: days known only to the month or year. Below the axis who joined and who
left, a tick where the day is known, else a pale bar over the days that it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.seat_curve import Curve
from app.domain import dates
from app.pictures import wording
from app.pictures.avatar import HATCH, hatch_of_box
from app.pictures.board import Board, Sheet
from app.pictures.seat_axes import NAMES, Axes, axes, draw_grid
from app.pictures.seat_places import Holding
from app.pictures.seat_ticks import draw_ticks
from app.scene.marks import Anchor, Floats, Ints, floats
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Style

MOST_STEPS = 600
"""A curve of more steps is drawn at so many even days."""


@dataclass(frozen=True, slots=True)
class Group:
    """Origins that stand as one layer: what they are called, whose colour, which columns of the curve."""

    label: str
    organization: str
    columns: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Steps:
    """A curve cut to the axis: edges (k + 1,) of its k steps, certain (k, g), possible (k,)."""

    edges: Floats
    certain: Ints
    possible: Ints


def groups(holding: Holding, curve: Curve, most: int = 9) -> list[Group]:
    """Layers from the bottom: origins with a colour in palette order, then grey ones by size, then several small grey
    ones as one that says how many, the organization itself, those of whom nobody says."""
    colors, roles = holding.gathered.colors, [f"c{n}" for n in range(1, 13)]
    largest = curve.certain.max(axis=0, initial=0) if len(curve.days) else np.zeros(len(curve.origins))
    plain: list[tuple[tuple[int, float, str], int]] = []
    inside: list[int] = []
    unknown: list[int] = []
    for at, origin in enumerate(curve.origins):
        if origin in ("internal", "unknown"):
            (inside if origin == "internal" else unknown).append(at)
            continue
        color = colors.get(origin)
        rank = roles.index(color) if color in roles else len(roles)
        grey = rank == len(roles) and color is None
        plain.append(((rank + grey, -float(largest[at]), origin), at))
    order = [at for _, at in sorted(plain)]
    small = [at for at in order if largest[at] <= 1 and curve.origins[at] not in colors]
    if len(order) > most:
        small = [*order[most - 1 :], *(at for at in small if at not in order[most - 1 :])]
    kept = [at for at in order if len(small) < 2 or at not in small]
    found = [_group(holding, curve.origins[at], (at,)) for at in kept]
    if len(small) > 1:
        found.append(Group(f"{len(small)} others", "", tuple(small)))
    found += [_group(holding, curve.origins[at], (at,)) for at in (*inside, *unknown)]
    return found


def _group(holding: Holding, origin: str, columns: tuple[int, ...]) -> Group:
    return Group(holding.origin_label(origin), holding.color_of(origin), columns)


def _steps(curve: Curve, place: Axes, day: int) -> Steps:
    inner = curve.days[(curve.days > place.first) & (curve.days <= day)]
    if len(inner) > MOST_STEPS:
        inner = np.unique(np.linspace(place.first + 1, day, MOST_STEPS).astype(np.int32))
    days = np.concatenate([[place.first], inner])
    rows = np.searchsorted(curve.days, days, side="right") - 1
    none = rows < 0
    certain = np.where(none[:, None], 0, curve.certain[np.maximum(rows, 0)])
    possible = np.where(none, 0, curve.possible[np.maximum(rows, 0)])
    return Steps(place.across(np.append(days, day)), certain, possible)


def draw(
    board: Board, sheet: Sheet, at: tuple[float, float, float, float], holding: Holding, curve: Curve, s: float,
    *, known_by: int | None = None, about: bool = False, target_tip: Tip | None = None,
) -> None:  # fmt: skip
    """Set the curve into `at` (x, y, w, h), under a head. known_by: a line at that day, if it lies on the axis; about:
    the target is a round number."""
    x, y, w, h = at
    sheet.label(x, y + 11 * s, "PEOPLE IN SEAT, BY ORIGIN", Style(Role.SECTION), 10.5 * s)
    place = axes(holding, curve, (x, y + 26 * s, w, h - 26 * s), s)
    draw_grid(board, sheet, place, s)
    day = holding.build_out.day
    if len(curve.days):
        steps = _steps(curve, place, day)
        layers = groups(holding, curve)
        _band(sheet, place, steps)
        _areas(board, sheet, place, steps, layers, s)
        _sure(sheet, place, steps, s)
    draw_ticks(sheet, place, holding, s)
    if holding.build_out.wanted:
        _target(board, sheet, place, holding, curve, s, about=about, tip=target_tip)
    if known_by is not None and place.first < known_by < day:
        left = float(place.across(known_by))
        sheet.line(left, place.y, left, place.y + place.h, Style(Role.MAYBE))
        style = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
        sheet.label(left + 4 * s, place.y + 9 * s, f"known by {wording.iso(known_by)}", style, 10.5 * s)


def _band(sheet: Sheet, place: Axes, steps: Steps) -> None:
    """Between what is certain and what may be: hatched, with a thin outline."""
    sure = steps.certain.sum(axis=1)
    tip = Tip("May be in seat", ("The day is known only to the month or year",))
    for left, right, low, high in zip(
        steps.edges[:-1].tolist(),
        steps.edges[1:].tolist(),
        place.up(sure).tolist(),
        place.up(steps.possible).tolist(),
        strict=True,
    ):
        if low - high > 0.5 and right > left:
            for line in hatch_of_box(left, high, right, low, HATCH):
                sheet.path(line, Style(Role.HATCH), key="group:may-be", tip=tip)
    sheet.path(_stairs(steps.edges, place.up(steps.possible)), Style(Role.MAYBE), key="group:may-be", tip=tip)


def _areas(board: Board, sheet: Sheet, place: Axes, steps: Steps, layers: Sequence[Group], s: float) -> None:
    """Layers from the bottom, and their names at the right where they end."""
    low = np.zeros(len(steps.possible))
    ends: list[tuple[float, Group, int]] = []
    for layer in layers:
        own = steps.certain[:, list(layer.columns)].sum(axis=1)
        high = low + own
        tip = Tip(layer.label, (f"{wording.counted(int(own[-1]), 'seat')} held for certain",))
        key = f"organizations:{layer.organization}" if layer.organization else f"group:origin:{layer.label}"
        runs = np.flatnonzero(np.diff(np.concatenate([[0], (own > 0).astype(np.int8), [0]])))
        for begin, end in zip(runs[::2].tolist(), runs[1::2].tolist(), strict=True):
            edges = steps.edges[begin : end + 1]
            upper = _stairs(edges, place.up(high[begin:end]))
            lower = _stairs(edges, place.up(low[begin:end]))[::-1]
            style = Style(Role.AREA, layer.organization)
            sheet.path(np.concatenate([upper, lower]), style, closed=True, key=key, tip=tip)
        if len(own) and own[-1]:
            ends.append((float(place.up((low[-1] + high[-1]) / 2)), layer, int(own[-1])))
        low = high
    largest = sorted(ends, key=lambda end: -end[2])[: max(int(place.h // (13 * s)), 1)]
    ends = [end for end in ends if end in largest]
    right = float(steps.edges[-1])
    for at, y, (_, layer, n) in zip((e[0] for e in ends), _spread([e[0] for e in ends], place, s), ends, strict=True):
        sheet.path(floats([right + 2 * s, at, right + 10 * s, y], (2, 2)), Style(Role.GRID))
        room = (NAMES - 12) * s - board.width(f" {n:,}", (11 * s, 500))
        label = board.elided(layer.label, (11 * s, 500), room)
        text = f"{n:,} from {layer.label}" if len(layer.columns) > 1 else f"{label} {n:,}"
        sheet.label(right + 12 * s, y + 4 * s, text, Style(Role.NODE_WORD, emphasis=Emphasis.STRONG), 11 * s)


def _spread(wanted: Sequence[float], place: Axes, s: float) -> list[float]:
    """Baselines at least a line apart, from the bottom up, as near as may be to where they are wanted."""
    found: list[float] = []
    for y in wanted:
        found.append(min(y, found[-1] - 13 * s) if found else min(y, place.y + place.h - 2 * s))
    return found


def _sure(sheet: Sheet, place: Axes, steps: Steps, s: float) -> None:
    sure = steps.certain.sum(axis=1)
    tip = Tip(f"{wording.counted(int(sure[-1]), 'seat')} held for certain, up to {int(steps.possible[-1]):,}")
    sheet.path(_stairs(steps.edges, place.up(sure)), Style(Role.SURE), key="group:in-seat", tip=tip)
    x, y = float(steps.edges[-1]), float(place.up(sure[-1]))
    sheet.path(_circle(x, y, 1.2 * s), Style(Role.SURE), stroke=2.6 * s, key="group:in-seat", tip=tip)
    sheet.label(x - 6 * s, y - 8 * s, f"{int(sure[-1]):,}", Style(Role.NODE_NAME), 13.5 * s, anchor=Anchor.END,
                key="group:in-seat", tip=tip)  # fmt: skip


def _target(
    board: Board, sheet: Sheet, place: Axes, holding: Holding, curve: Curve, s: float, *, about: bool, tip: Tip | None
) -> None:
    """The target with its word, and the days on which it was reached, at the earliest and for certain."""
    wanted = holding.build_out.wanted
    y, key = float(place.up(wanted)), f"targets:{holding.build_out.target}"
    style = Style(Role.TARGET)
    sheet.path(floats([place.x, y, place.x + place.w, y], (2, 2)), style, key=key, tip=tip)
    word = Style(Role.CLOCK_TEXT)
    text = f"target {'about ' if about else ''}{wanted:,}"
    small = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG)
    free = place.x + board.width(text, (11 * s, 650)) + 12 * s
    both = ((curve.possible, "at the earliest"), (curve.sure, "surely"))
    if np.array_equal(curve.possible, curve.sure):
        both = ((curve.sure, "reached"), (curve.sure, ""))
    for nth, (levels, said) in enumerate(both):
        reached = curve.days[(levels >= wanted) & (curve.days > place.first)]
        if not len(reached) or reached[0] > holding.build_out.day:
            continue
        left = float(place.across(int(reached[0])))
        words = f"{said} {_short(int(reached[0]))}" if said else ""
        wide = board.width(words, (11 * s, 500))
        above = float(place.up(place.most)) - (26 + 15 * (1 - nth)) * s
        start = min(max(left - 3 * s, free if nth else left - 3 * s), place.x + place.w + 6 * s - wide)
        sheet.path(floats([left, above + 4 * s, left, y], (2, 2)), style, key=key, tip=tip)
        sheet.label(start, above, words, small, 11 * s, key=key, tip=tip)
        sheet.path(_circle(left, y, 3.2 * s), style, closed=False, key=key, tip=tip)
        if nth:
            sheet.path(_circle(left, y, 1.3 * s), style, stroke=3.2 * s, key=key, tip=tip)
    sheet.label(place.x + 2 * s, y - 5 * s, text, word, 11 * s, key=key, tip=tip)


def _stairs(edges: Floats, levels: Floats) -> Floats:
    """Steps (k,) between edges (k + 1,) as a polyline (2k, 2)."""
    return np.stack([np.repeat(edges, 2)[1:-1], np.repeat(levels, 2)], axis=1)


def _circle(x: float, y: float, r: float) -> Floats:
    turn = np.linspace(0, 2 * np.pi, 24)
    return np.stack([x + r * np.cos(turn), y + r * np.sin(turn)], axis=1)


def _short(day: int) -> str:
    """8 Aug 2025."""
    number, month, year = dates.written(day).split()
    return f"{number} {month[:3]} {year}"
