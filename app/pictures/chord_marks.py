"""Marks of a chord picture: chords with their lanes and points, arcs.

All that does not depend on the day is prepared once; a day only says how much of each lane is filled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.index import Ints
from app.layout.chord import ChordLayout, NamePlaces, towards
from app.layout.chord import names as name_places
from app.layout.matrix import Positions
from app.pictures.board import NONE, Board, Sheet
from app.pictures.chord_people import motion_of
from app.pictures.exchange import Exchange
from app.pictures.frame import Frame
from app.pictures.traffic import STRONG_FIRST
from app.scene import lettering
from app.scene.marks import Anchor, Floats, Path, ints
from app.scene.motion import Motion
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.chord import Chord

RIM = 13.0
"""Breadth of an arc, in design pixels."""
REACH, REACH_IN_TILE = 22.0, 9.0
"""From the rim to the names, in units of type."""
BESIDE, BESIDE_IN_TILE = 150.0, 92.0
"""Room for names at either side, in units of type."""
HALO_FROM = 4.0
"""Chords at least so broad keep clear of those below them."""
PIECE = 400
"""Rows of one mark: a device that paints in slices makes the shapes of one piece at a time."""
LEAST_COUNT = 5
"""A chord's count is written from so many people."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Centre and inner radius of the rim, breadth of the rim."""

    centre: tuple[float, float]
    radius: float
    breadth: float

    @property
    def rim(self) -> float:
        """The outer radius."""
        return self.radius + self.breadth


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every day shares: the board with all keys and tips; the circle; key and tip numbers of chords (m,); order
    (m,): in which they are painted; slot (m, lanes, 2): left edge and breadth of each lane when full, as shares of the
    chord's; place_tips (n,): of arcs; the places of names; the motion."""

    board: Board
    circle: Circle
    key: Ints
    tip: Ints
    order: Positions
    slot: Floats
    place_tips: tuple[Tip, ...]
    names: NamePlaces
    motion: Motion | None


def circle(frame: Frame) -> Circle:
    """As large as leaves room for words above and below, and beside."""
    x, y, w, h = frame.map
    s, breadth = frame.type_scale, RIM * max(frame.scale, 0.6)
    beside = BESIDE_IN_TILE if frame.tile else BESIDE
    out = min(h / 2 - (4 if frame.tile else 14) * s, w / 2 - beside * s)
    return Circle((x + w / 2, y + h / 2), max(out - breadth, 40.0), breadth)


def two_lines(frame: Frame, exchange: Exchange) -> bool:
    """Whether names have room for a line of figures below."""
    return not frame.tile and exchange.n_places * 15 * frame.type_scale <= 0.8 * frame.map[3]


def placed_names(frame: Frame, round_: Circle, exchange: Exchange, begin: Floats, end: Floats) -> NamePlaces:
    """Where names stand, for arcs at these angles."""
    s, (_, y, _, h) = frame.type_scale, frame.map
    joined, left = exchange.totals(exchange.people)
    moved = (joined + left).astype(np.float64)
    shown = np.flatnonzero(end > begin)
    shown = np.sort(shown[np.argsort(-moved[shown], kind="stable")[: frame.n_named(len(shown))]])
    height = np.full(len(shown), (30.0 if two_lines(frame, exchange) else 15.0) * s)
    middle = (begin + end)[shown] / 2
    reach = REACH_IN_TILE if frame.tile else REACH
    between = (y - 4 * s, y + h + 2 * s)
    found = name_places(middle, height, moved[shown], round_.centre, round_.rim, between, reach * s)
    return replace(found, arc=shown[found.arc])


def prepare(
    board: Board, round_: Circle, exchange: Exchange, pair: Positions, placed: ChordLayout, where: NamePlaces
) -> Prepared:
    """Everything that does not depend on the day."""
    for place in range(exchange.n_places):
        board.key(exchange.key(place))
    lit, _ = exchange.lit
    breadth = exchange.parts[pair]
    people = exchange.people[pair]
    return Prepared(
        board=board,
        circle=round_,
        key=ints([board.key(exchange.pair_key(n)) for n in pair.tolist()]),
        tip=ints([board.tip(exchange.pair_tip(n)) for n in pair.tolist()]),
        # what is out of focus first, then broad below narrow: a narrow chord lies on a broad one and can be followed
        order=np.lexsort((np.arange(len(pair)), -people, lit[pair])),
        slot=np.stack([np.cumsum(breadth, axis=1) - breadth, breadth], axis=2),
        place_tips=tuple(exchange.tip(place) for place in range(exchange.n_places)),
        names=where,
        motion=motion_of(board, exchange, pair, placed) if not exchange.net else None,
    )


def chords(board: Board, picture: Chord, day: float | None, since: float | None) -> None:
    """Every chord: ground round it, its whole breadth pale before the last day, lanes as far as people have moved, and
    its point. In a tile there is only what happened in its days, along the middle of each chord."""
    p, placed, exchange, pair = picture.prepared, picture.layout, picture.exchange, picture.pair
    if not len(pair):
        return
    lit, _ = exchange.lit
    share = exchange.share(day, since)[pair]
    people = exchange.shown(day, since)[pair]
    whole = bool((share == 1).all())
    origin = [exchange.organization(place) for place in exchange.origin[pair].tolist()]
    emphasis = [Emphasis.NORMAL if bright else Emphasis.QUIET for bright in lit[pair].tolist()]
    halo = board.style(Style(Role.HALO))

    def style(m: int, role: Role, status: Status = Status.NONE) -> int:
        return board.style(Style(role, origin[m], status, emphasis[m]))

    rows: list[tuple[int, float, float, int]] = []  # chord, shares of its breadth, style
    tile = picture.frame.tile
    filled = p.slot[..., 1] * share
    at = (1 - filled.sum(axis=1, keepdims=True)) / 2 + np.cumsum(filled, axis=1) - filled if tile else p.slot[..., 0]
    drawn = p.order[people[p.order] > 0] if tile else p.order
    for m in drawn.tolist():
        if placed.widths[m] >= HALO_FROM and not tile:
            rows.append((m, 0.0, 1.0, halo))
        if not whole and not tile:
            rows.append((m, 0.0, 1.0, style(m, Role.BAND_PALE)))
        for lane, word in enumerate(STRONG_FIRST):
            left, breadth = float(at[m, lane]), float(filled[m, lane])
            if breadth > 0:
                rows.append((m, left, left + breadth, style(m, Role.BAND, Status(word))))
    sheet = board.sheet("chords", 30)
    chord, styles = ints([row[0] for row in rows]), ints([row[3] for row in rows])
    stands = styles != halo
    keys, tips = (np.where(stands, numbers[chord], NONE) for numbers in (p.key, p.tip))
    shares = np.array([row[1:3] for row in rows]).reshape(-1, 2)
    for first in range(0, len(rows), PIECE):
        some = slice(first, first + PIECE)
        outlines = placed.bodies(chord[some].astype(np.intp), shares[some, 0], shares[some, 1])
        _shapes(sheet, outlines, styles[some], keys[some], tips[some])
    heads = ints([style(m, Role.HEAD if people[m] else Role.HEAD_PALE) for m in drawn.tolist()])
    points = placed.heads(filled.sum(axis=1) if tile else 1.0)
    _shapes(board.sheet("points", 32), points[drawn], heads, p.key[drawn], p.tip[drawn])
    _counts(board, picture, people, origin, emphasis)


def _shapes(sheet: Sheet, outlines: Floats, style: Ints, key: Ints, tip: Ints) -> None:
    """Filled outlines, (n, points, 2)."""
    n, k = outlines.shape[:2]
    sheet.marks(
        Path(
            key=ints(key),
            style=ints(style),
            tip=ints(tip),
            points=outlines.reshape(-1, 2).copy(),
            offsets=np.arange(n + 1, dtype=np.int32) * k,
            closed=np.ones(n, dtype=np.bool_),
            stroke=np.zeros(n),
        )
    )


def _counts(board: Board, picture: Chord, people: Ints, origin: list[str], emphasis: list[Emphasis]) -> None:
    """How many people are on each chord, where it begins, if there are several and it is broad enough."""
    placed, s = picture.layout, picture.frame.type_scale
    size, weight = lettering.font(Style(Role.BAND_COUNT))
    size *= s
    sheet = board.sheet("counts", 60)
    middle = picture.layout.leaves.mean(axis=1)
    inward = picture.prepared.circle.radius - 13 * s
    spots = np.array(picture.prepared.circle.centre) + inward * towards(middle)
    for m in np.flatnonzero((people >= LEAST_COUNT) & (placed.widths >= size * 1.05)).tolist():
        text = f"{people[m]:,}"
        if board.width(text, (size, weight)) > 1.6 * float(placed.widths[m]):
            continue
        x, y = spots[m].tolist()
        style = Style(Role.BAND_COUNT, origin[m], emphasis=emphasis[m])
        sheet.label(x, y + size * 0.36, text, style, size, anchor=Anchor.MIDDLE)


def arcs(board: Board, picture: Chord) -> None:
    """Arcs over the whole span, in the colours of their organizations."""
    exchange, p, placed = picture.exchange, picture.prepared, picture.layout
    _, near = exchange.lit
    whole = _turn(p.circle.radius + p.circle.breadth / 2, p.circle, 0.0, 2 * np.pi)
    if exchange.n_pairs:
        board.sheet("rim", 12).path(whole, Style(Role.HAIRLINE))
    sheet = board.sheet("arcs", 40)
    for place in range(exchange.n_places):
        begin, end = float(placed.begin[place]), float(placed.end[place])
        if end > begin:
            role = Role.BAR if place != exchange.others else Role.BAR_OTHER
            role = Role.BAND if picture.frame.tile and place != exchange.others else role
            emphasis = Emphasis.NORMAL if near[place] else Emphasis.QUIET
            sheet.path(
                sector(p.circle, begin, end),
                Style(role, exchange.organization(place), emphasis=emphasis),
                closed=True,
                key=exchange.key(place),
                tip=p.place_tips[place],
            )


def sector(round_: Circle, begin: float, end: float) -> Floats:
    """The outline of a piece of the rim."""
    sides = (_turn(radius, round_, begin, end) for radius in (round_.rim, round_.radius))
    outer, inner = sides
    return np.concatenate([outer, inner[::-1]])


def _turn(radius: float, round_: Circle, begin: float, end: float) -> Floats:
    """Points of a piece of a circle."""
    n = max(2, int(np.ceil((end - begin) * round_.rim / 6.0)) + 1)
    found: Floats = towards(np.linspace(begin, end, n)) * radius + np.array(round_.centre)
    return found
