"""Where rows and tokens of a picture of two moments stand, and how large tokens are: the largest that fit, all alike,
so that lengths can be compared. Names go first, then initials; where even points are too many, bars stand for
people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.layout.tokens import corners, n_lines, widths
from app.pictures.board import Board
from app.pictures.compare_rows import WAYS, Row, Token, Told, Way, both, most
from app.pictures.frame import Frame
from app.scene import lettering
from app.scene.marks import Floats
from app.scene.scene import FontRole
from app.scene.style import Emphasis, Role, Style

NAME, DETAIL = Style(Role.SEAT_NAME), Style(Role.SEAT_NAME, emphasis=Emphasis.SMALL)
"""How names are written, and what stands below them or beside small tokens."""
LABEL, FIGURES = (Style(role, emphasis=Emphasis.SMALL) for role in (Role.NODE_NAME, Role.NODE_NUMBER))
"""How organizations are written, and how many people they have."""
HEADS, PAD, CAPTION, LEAST = 24.0, 7.0, 16.0, 42.0
"""Height of the heads of columns; above and below what is in a row; of the words above tokens; of a row at least."""
GAP, SIDE_GAP = 10.0, 40.0
"""Between the axis and what stands beside it; between who came and who stayed."""
HEAD_SHARE = 0.17
"""The share of the width that names of organizations may take."""
WIDEST = 150.0
"""Width of a name beside a token at most."""
SWATCH = 18.0
"""Room before a name for the square in its colour."""
BAR, HIGHEST, LARGEST_DOT = 11.0, 60.0, 4.5
"""Height of a bar at least; of a row of bars at most; radius of a dot at most."""
FEW_LETTERED, FEW_DOTTED, CLEAR = 8, 12, 8.0
"""Rows that must fit at least with names or initials; with dots that stand so far apart. Smaller ones are taken so that
all fit."""
MOST_NAMED = 1_500
"""Of more tokens nobody looks for names, and they are not measured."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How tokens are drawn. width, height: of the cell of one, in pixels; r: radius of its disc; words: `told` for a
    name and a line below it, `names`, `last` for last names, blank for none; captions: whether groups are told above
    them; fewest: with so many rows it is good enough, None if all must fit. A manner without a width is bars."""

    width: float
    height: float
    r: float
    words: str = ""
    captions: bool = True
    fewest: int | None = None

    @property
    def is_bars(self) -> bool:
        """Whether people are bars."""
        return not self.width


@dataclass(frozen=True, eq=False)
class Placed:
    """A row and where it stands. drawn: whether its people are, else they are only counted in words."""

    row: Row
    top: float
    height: float
    drawn: bool

    @property
    def bottom(self) -> float:
        """Its lower end."""
        return self.top + self.height


@dataclass(frozen=True, eq=False)
class Plan:
    """Where everything stands. names: left end of the names of rows; axis: x of the axis; room: widths of left, came,
    changed; changed: x where who stayed begins; per_person: width of one in a bar."""

    manner: Manner
    rows: tuple[Placed, ...]
    top: float
    names: float
    names_room: float
    axis: float
    room: Mapping[Way, float]
    changed: float
    per_person: float
    scale: float

    def start(self, way: Way) -> tuple[float, bool]:
        """Where tokens begin, and whether they grow to the left."""
        if way == "changed":
            return self.changed, False
        return self.axis + (-GAP if way == "left" else GAP) * self.scale, way == "left"

    def caption(self, placed: Placed) -> float:
        """The baseline of the words above the tokens of a row."""
        return placed.top + (PAD + CAPTION - 5) * self.scale

    def inner(self, placed: Placed) -> float:
        """Where tokens of a row begin."""
        below = CAPTION if self.manner.captions or not placed.drawn else 0.0
        return placed.top + (PAD + below) * self.scale

    def places(self, placed: Placed, way: Way) -> tuple[tuple[Token, ...], Floats]:
        """The tokens of one side of a row and the corners (n, 2) of their cells."""
        tokens, (x, leftward) = placed.row.tokens[way], self.start(way)
        cell = self.manner.width, self.manner.height
        return tokens, corners(len(tokens), self.room[way], cell, (x, self.inner(placed)), leftward=leftward)


def last_name(name: str) -> str:
    """The last word of a name."""
    return name.split()[-1] if name.split() else name


def font(style: Style, s: float) -> FontRole:
    """Type of a style in a picture."""
    size, weight = lettering.font(style)
    return size * s, weight


def room_for(frame: Frame) -> int:
    """How many rows fit at least, whatever is in them; never none."""
    s = frame.type_scale
    return max(int((frame.map[3] - HEADS * s) // (LEAST * s)), 1)


def plan(board: Board, frame: Frame, told: Told, top: int | None) -> Plan:
    """Choose the largest tokens with which enough rows fit, and how many these are; people of others, at the foot, are
    only drawn where they fit too. top: organizations with rows of their own, None for as many as are useful."""
    s = frame.type_scale
    x, y, w, h = frame.map
    high, total, room_of = h - HEADS * s, len(told.tallies), room_for(frame)
    n = min(total, room_of if top is None else top)
    if n < total:
        n = max(min(n, room_of - 1), 1)  # others need a row
    own = told.own(n)
    largest = [most(own, way) for way in WAYS]
    names = _names_room(board, [*own, *([told.others(n)] if n < total else [])], w, s)
    aside = SIDE_GAP * s if largest[2] and any(largest[:2]) else 0.0
    left = x + names + 14 * s
    wide = x + w - left - 2 * GAP * s - aside
    shares = [*largest[:2], min(largest[2], max(largest[:2]) or largest[2])]
    room = dict(zip(WAYS, widths(shares, wide), strict=True))
    manner, n = _fitting(board, own, room, high, total, s, fixed=top is not None)
    if manner.is_bars:  # which do not wrap: sides are as wide as they are long
        room = dict(zip(WAYS, widths([k * k for k in largest], wide), strict=True))
        tall = min(max(high / (n + (n < total)), LEAST * s), HIGHEST * s)
        manner = replace(manner, height=tall - (LEAST - BAR) * s)
    per_person = min((room[way] / k for way, k in zip(WAYS, largest, strict=True) if k), default=1.0)
    placed, at = [], y + HEADS * s
    for row in own[:n]:
        placed.append(Placed(row, at, _height(row, manner, room, s), drawn=True))
        at = placed[-1].bottom
    if n < total:
        others = told.others(n)
        tall = _height(others, manner, room, s)
        if manner.is_bars:
            drawn = all(len(others.tokens[way]) * per_person <= room[way] + 1e-6 for way in WAYS)
        else:
            drawn = 0 <= tall <= y + h - at
        placed.append(Placed(others, at, tall if drawn else LEAST * s, drawn))
    axis = left + room["left"] + GAP * s
    changed = axis + GAP * s + room["came"] + aside
    return Plan(manner, tuple(placed), y + HEADS * s, x, names, axis, room, changed, per_person, s)


def figures(row: Row) -> str:
    """How many were there and are: `45 → 34–36`."""
    return f"{both(row.before)} → {both(row.after)}"


def _names_room(board: Board, rows: Sequence[Row], w: float, s: float) -> float:
    """The width for names of organizations, and for their figures, which are not shortened."""
    widest, figure = (
        max((board.width(text(row), font(style, s)) for row in rows), default=0.0)
        for text, style in ((lambda row: row.label, LABEL), (figures, FIGURES))
    )
    return max(min(widest, HEAD_SHARE * w), figure, 84 * s) + SWATCH * s


def _fitting(
    board: Board, own: Sequence[Row], room: Mapping[Way, float], high: float, total: int, s: float, *, fixed: bool
) -> tuple[Manner, int]:
    """The first manner, from the largest on, in which enough rows are not too high, and how many. total: how many
    organizations differ; fixed: whether all rows are wanted."""
    for manner in _manners(board, own, s):
        n, reached = 0, 0.0
        for row in own:
            tall = _height(row, manner, room, s)
            rest = LEAST * s if n + 1 < total else 0.0
            if tall < 0 or reached + tall + rest > high + 1e-6:
                break
            n, reached = n + 1, reached + tall
        least = len(own) if fixed or manner.fewest is None else min(len(own), manner.fewest)
        if n >= least or manner.is_bars:
            return manner, max(n, 1)
    raise AssertionError("bars are always among the manners")


def _manners(board: Board, rows: Sequence[Row], s: float) -> Iterator[Manner]:
    """Ways to draw tokens, the largest first; bars at last."""
    tokens = [token for row in rows for some in row.tokens.values() for token in some]
    if tokens and len(tokens) <= MOST_NAMED:
        names = [token.name for token in tokens]
        lines = [token.line for token in tokens]
        for r, texts, style, words in (
            (16.0, (names, lines), (NAME, DETAIL), "told"),
            (10.0, (names,), (DETAIL,), "names"),
            (10.0, ([last_name(name) for name in names],), (DETAIL,), "last"),
        ):
            wide = 0.0
            for some, worn in zip(texts, style, strict=True):
                board.know(some, font(worn, s))
                wide = max(wide, *(board.width(text, font(worn, s)) for text in some))
            wide = min(wide, (WIDEST + (40 if words == "told" else 0)) * s)
            yield Manner(wide + (2 * r + 20) * s, (2 * r + (10 if words == "told" else 4)) * s, r * s, words,
                         captions=words != "told", fewest=FEW_LETTERED)  # fmt: skip
    for pitch in (24.0, 20.0):
        yield Manner(pitch * s, pitch * s, (pitch / 2 - 1.5) * s, fewest=FEW_LETTERED)
    for pitch in (14.0, 12.0, 10.0, 8.0, 7.0, 6.0, 5.0, 4.0):
        r = min(0.385 * pitch, LARGEST_DOT) * s
        yield Manner(pitch * s, pitch * s, r, fewest=FEW_DOTTED if pitch >= CLEAR else None)
    yield Manner(0.0, BAR * s, 0.0)


def _height(row: Row, manner: Manner, room: Mapping[Way, float], s: float) -> float:
    """How high a row is in a manner; below 0 where it has no room at all."""
    if manner.is_bars:
        return LEAST * s + manner.height - BAR * s
    lines = [n_lines(len(row.tokens[way]), room[way], manner.width) for way in WAYS]
    if min(lines) < 0:
        return -1.0
    above = CAPTION * s if manner.captions else 0.0
    return max(2 * PAD * s + above + max(lines) * manner.height, LEAST * s)
