"""Boxes of an organization chart as marks: cards, small boxes, bars; people of a flat group as tiles, discs, dots.

Everything is set by the array, for the same boxes are drawn in a still of fifty and in a window of 100,000 (looks,
sections 3 and 5).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.order import Positions
from app.domain.index import ABSENT, Bools
from app.domain.schema import STATUSES
from app.pictures.avatar import HATCH, LEAST_INITIALS, LEAST_RING, PAUSE, SIGNS, Strokes, circle, hatch_of_disc
from app.pictures.board import Board, Sheet
from app.pictures.chart_boxes import Boxes, status_of
from app.pictures.gathered import Gathered
from app.scene.marks import Anchor, Box, Dot, Floats, Ints, Label, Path, floats, ints
from app.scene.scene import Tip
from app.scene.style import Certainty, Emphasis, Role, Status, Style
from app.scene.tips import Later

_SILENT = (Status.NONE, Status.REPORTED)
"""Kinds of evidence that need no sign where there is little room."""
INFINITE = float("inf")


@dataclass(frozen=True, eq=False)
class Cast:
    """Boxes that are drawn: positions among the Boxes (k,), with their keys and tips on a board."""

    board: Board
    gathered: Gathered
    boxes: Boxes
    at: Positions
    key: Ints
    tip: Ints

    @classmethod
    def of(
        cls, board: Board, gathered: Gathered, boxes: Boxes, at: Positions, tip: Callable[[int], Tip] | None = None
    ) -> Cast:
        """tip: what a box says when asked; None where a device asks for it later."""
        keys = boxes.keys
        key = ints([board.key(keys[n]) for n in at.tolist()])
        told = ints([board.tip(Later(tip, n)) for n in at.tolist()] if tip is not None else np.full(len(at), -1))
        return cls(board, gathered, boxes, at, key, told)

    def some(self, which: Bools) -> Cast:
        """Those of a mask (k,)."""
        return Cast(self.board, self.gathered, self.boxes, self.at[which], self.key[which], self.tip[which])

    def mask(self, flags: Bools) -> Bools:
        """What an array over all boxes says of these, (k,)."""
        found: Bools = flags[self.at]
        return found

    def texts(self, column: Sequence[str]) -> list[str]:
        """What a column over all boxes says of these."""
        return [column[n] for n in self.at.tolist()]

    def styles(
        self,
        role: Role,
        *,
        colored: bool = False,
        weight: Emphasis = Emphasis.NORMAL,
        pale: Bools | None = None,
        quiet: Bools | None = None,
        status: bool = False,
    ) -> Ints:
        """A style for each, (k,): in the colour of where they came from or not; pale: (k,) unsure; quiet: (k,) faded,
        as are all that filter or window leave out; status: with that of the box."""
        boxes, n = self.boxes, len(self.at)
        faded = ~boxes.lit[self.at] if quiet is None else quiet | ~boxes.lit[self.at]
        unsure = np.zeros(n, dtype=np.bool_) if pale is None else pale
        wears = boxes.wears[self.at] if colored else np.full(n, ABSENT, dtype=np.int32)
        said = boxes.status[self.at] if status else np.full(n, ABSENT, dtype=np.int32)
        packed = ((wears.astype(np.int64) + 1) * 16 + said + 1) * 4 + faded * 2 + unsure
        kinds, which = np.unique(packed, return_inverse=True)
        made = []
        for kind in kinds.tolist():
            rest, flags = divmod(kind, 4)
            organization, evidence = divmod(rest, 16)
            style = Style(
                role,
                self.gathered.ids[organization - 1] if organization else "",
                status_of(evidence - 1),
                Emphasis.QUIET if flags & 2 else weight,
                Certainty.UNSURE if flags & 1 else Certainty.SURE,
            )
            made.append(self.board.style(style))
        return np.array(made, dtype=np.int32)[which.reshape(-1)]

    def one_style(self, style: Style) -> Ints:
        """The same style for all, faded where filter or window leave someone out, (k,)."""
        full = self.board.style(style)
        quiet = self.board.style(Style(style.role, style.organization, style.status, Emphasis.QUIET, style.certainty))
        return np.where(self.boxes.lit[self.at], full, quiet).astype(np.int32)

    # marks

    def box(self, sheet: Sheet, xy: Floats, size: tuple[float, float], style: Ints, radius: float = 0.0) -> None:
        """Rectangles of one size with their left top corners at xy (k, 2)."""
        n = len(self.at)
        sheet.marks(
            Box(
                key=self.key, style=style, tip=self.tip, x=floats(xy[:, 0]), y=floats(xy[:, 1]),
                w=np.full(n, size[0]), h=np.full(n, size[1]), radius=np.full(n, radius),
            )
        )  # fmt: skip

    def dot(self, sheet: Sheet, xy: Floats, r: float, style: Ints) -> None:
        """Discs about xy (k, 2)."""
        n = len(self.at)
        sheet.marks(
            Dot(key=self.key, style=style, tip=self.tip, x=floats(xy[:, 0]), y=floats(xy[:, 1]), r=np.full(n, r))
        )

    def label(
        self,
        sheet: Sheet,
        xy: Floats,
        text: Sequence[str],
        size: float,
        style: Ints,
        room: float | Floats = INFINITE,
        anchor: Anchor = Anchor.START,
    ) -> None:
        """Lines of text with their baselines at xy (k, 2), shortened to the room; blank ones are left away."""
        there = np.array([bool(line) for line in text], dtype=np.bool_)
        n = int(there.sum())
        sheet.marks(
            Label(
                key=self.key[there], style=style[there], tip=self.tip[there], x=floats(xy[there, 0]),
                y=floats(xy[there, 1]), anchor=np.full(n, int(anchor), dtype=np.int8), angle=np.zeros(n),
                text=tuple(line for line in text if line), size=np.full(n, size),
                max_width=floats(np.broadcast_to(np.asarray(room, dtype=np.float64), (len(there),))[there]),
            )
        )  # fmt: skip

    def strokes(self, sheet: Sheet, xy: Floats, r: float, lines: Sequence[Floats], style: Ints) -> None:
        """The same lines (points about the middle, in units of r) at each xy (k, 2)."""
        for line in lines:
            points = (xy[:, None, :] + line * r).reshape(-1, 2)
            n = len(self.at)
            sheet.marks(
                Path(
                    key=self.key, style=style, tip=self.tip, points=floats(points),
                    offsets=np.arange(n + 1, dtype=np.int32) * len(line), closed=np.zeros(n, dtype=np.bool_),
                    stroke=np.zeros(n),
                )
            )  # fmt: skip


def shifted(xy: Floats, dx: float, dy: float) -> Floats:
    """Places (k, 2) moved."""
    return xy + floats([dx, dy])


def shapes(strokes: Strokes) -> list[Floats]:
    """Lines of a sign as arrays."""
    return [floats([v for point in line for v in point], (len(line), 2)) for line in strokes]


def grounds(cast: Cast, sheet: Sheet, xy: Floats, size: tuple[float, float], s: float, bar: float = 3.0) -> None:
    """Cards themselves, and the bar in the colour of the origin, `bar` pixels wide."""
    boxes, (w, h) = cast.boxes, size
    radius = 8 * s if h > 40 * s else 6 * s
    empty, gone = cast.mask(boxes.empty), cast.mask(boxes.gone)
    planned = np.array([word == "planned" for word in cast.texts(boxes.stated)], dtype=np.bool_)
    for which, emphasis in ((empty & planned, Emphasis.SMALL), (empty & ~planned, Emphasis.STRONG)):
        some = cast.some(which)
        some.box(sheet, xy[which], (w, h), some.one_style(Style(Role.CARD, emphasis=emphasis)), radius)
    taken = cast.some(~empty)
    here = xy[~empty]
    taken.box(sheet, here, (w, h), taken.styles(Role.CARD, pale=gone[~empty]), radius)
    bars = taken.styles(Role.BAR, colored=True, quiet=gone[~empty])
    taken.box(sheet, shifted(here, s, 8 * s), (bar * s, h - 16 * s), bars, bar / 2 * s)


def avatars(cast: Cast, sheet: Sheet, xy: Floats, r: float, *, letters: bool = True) -> None:
    """Discs about xy, with initials or without letters, hatched where it is not certain that someone is there; rings of
    empty seats."""
    boxes = cast.boxes
    empty, gone, vague = (cast.mask(flags) for flags in (boxes.empty, boxes.gone, boxes.vague))
    taken, here = cast.some(~empty), xy[~empty]
    gone, vague = gone[~empty], vague[~empty]
    if r < LEAST_RING:  # too small for a tint in a ring
        for which, role in ((vague, Role.AVATAR), (~vague, Role.PERSON)):
            some = taken.some(which)
            some.dot(sheet, here[which], r, some.styles(role, colored=True, pale=gone[which]))
    else:
        status = taken.boxes.status[taken.at]
        weak = (status == STATUSES.index(Status.DENIED)) | (status == STATUSES.index(Status.RUMORED))
        for which, said in ((weak, True), (~weak, False)):  # of the others the ring says nothing
            some = taken.some(which)
            style = some.styles(Role.AVATAR, colored=True, pale=(gone | vague)[which], status=said)
            some.dot(sheet, here[which], r, style)
        some = taken.some(vague)
        some.strokes(sheet, here[vague], 1.0, hatch_of_disc(0, 0, r - 0.75, min(HATCH, r / 2.5)),
                     some.one_style(Style(Role.HATCH)))  # fmt: skip
    if letters and r >= LEAST_INITIALS:
        size = 0.82 * r
        initials = taken.texts(boxes.initials)
        style = taken.styles(Role.INITIALS, colored=True, pale=gone)
        taken.label(sheet, shifted(here, 0.0, 0.36 * size), initials, size, style, anchor=Anchor.MIDDLE)
    _rings(cast.some(empty), sheet, xy[empty], r)


def _rings(cast: Cast, sheet: Sheet, xy: Floats, r: float) -> None:
    """Places that nobody holds: paler if planned, with a pause sign if on hold."""
    stated = np.array(cast.texts(cast.boxes.stated), dtype=object)
    for planned in (True, False):
        which = (stated == "planned") == planned
        some = cast.some(which)
        style = Style(Role.SEAT_OPEN, emphasis=Emphasis.SMALL if planned else Emphasis.NORMAL)
        some.strokes(sheet, xy[which], 1.0, [circle(0.0, 0.0, r)], some.one_style(style))
    paused = stated == "on-hold"
    some = cast.some(paused)
    some.strokes(sheet, xy[paused], r, shapes(PAUSE), some.one_style(Style(Role.MARK_INK)))


def signs(cast: Cast, sheet: Sheet, xy: Floats, r: float, *, brief: bool = False) -> Bools:
    """The signs of status about xy (k, 2); brief: none where it is the rule. Gives who has one, (k,)."""
    boxes = cast.boxes
    silent = cast.mask(boxes.empty) | cast.mask(boxes.gone)
    codes = np.where(silent, ABSENT, boxes.status[cast.at])
    shown = np.zeros(len(codes), dtype=np.bool_)
    for code in np.unique(codes).tolist():
        status = status_of(code)
        if status is Status.NONE or (brief and status in _SILENT):
            continue
        which = codes == code
        shown |= which
        some = cast.some(which)
        some.dot(sheet, xy[which], r, some.one_style(Style(Role.MARK, status=status)))
        ink = some.one_style(Style(Role.MARK_INK, status=status))
        some.strokes(sheet, xy[which], r, shapes(SIGNS.get(status, ())), ink)
    return shown


def cards(
    cast: Cast,
    sheets: tuple[Sheet, Sheet],
    xy: Floats,
    size: tuple[float, float],
    s: float,
    taken: float | Floats = 0.0,
) -> None:
    """Cards with avatar, name, role, tenure, status; ground and words on a sheet each. taken: the width at the end of
    the lower line that something else has. The tenure shortens neither name nor role: it stands behind whichever leaves
    room for it."""
    ground, words = sheets
    boxes, w = cast.boxes, size[0]
    grounds(cast, ground, xy, size, s)
    avatars(cast, words, shifted(xy, 28 * s, 26 * s), 15 * s)
    losts = cast.texts(boxes.losts)
    lost = np.array([bool(text) for text in losts], dtype=np.bool_)
    shown = np.zeros(len(lost), dtype=np.bool_)
    shown[~lost] = signs(cast.some(~lost), words, shifted(xy[~lost], w - 16 * s, 17 * s), 5.5 * s)
    cast.label(words, shifted(xy, w - 12 * s, 21 * s), losts, 10.5 * s, cast.one_style(Style(Role.WARNING)),
               anchor=Anchor.END)  # fmt: skip
    told_lost = cast.board.measure(losts, (10.5 * s, 600)) + 6 * s * lost
    room = w - 64 * s - np.where(lost, told_lost, np.where(shown, 16 * s, 0.0))
    lower = np.broadcast_to(np.asarray(w - 62 * s - taken, dtype=np.float64), lost.shape)
    empty = cast.mask(boxes.empty)
    pale = empty | cast.mask(boxes.gone)
    titles = cast.texts(boxes.titles)
    heads = [
        title or "A seat" if no else name
        for no, name, title in zip(empty, cast.texts(boxes.names), titles, strict=True)
    ]
    lines = [word if no else title for no, word, title in zip(empty, cast.texts(boxes.words), titles, strict=True)]
    cast.label(words, shifted(xy, 52 * s, 22 * s), heads, 12.5 * s, cast.styles(Role.SEAT_NAME, pale=pale), room)
    small = cast.styles(Role.SEAT_NAME, pale=pale, weight=Emphasis.SMALL)
    cast.label(words, shifted(xy, 52 * s, 39 * s), lines, 11 * s, small, lower)
    measure, tenures = cast.board.measure, cast.texts(boxes.tenures)
    wide = measure(tenures, (10.5 * s, 430)) + 8 * s
    above = measure(heads, (12.5 * s, 620)) + wide <= room
    fits = above | (measure(lines, (11 * s, 430)) + wide <= lower)
    ends = np.stack([np.where(above, 52 * s + room - s, 52 * s + lower), np.where(above, 21 * s, 39 * s)], axis=1)
    told_tenures = [text if there else "" for text, there in zip(tenures, fits.tolist(), strict=True)]
    cast.label(words, xy + ends, told_tenures, 10.5 * s, small, anchor=Anchor.END)


def small_boxes(cast: Cast, sheets: tuple[Sheet, Sheet], xy: Floats, size: tuple[float, float], s: float) -> None:
    """Boxes with a name alone, or the title of an empty seat."""
    ground, words = sheets
    w, h = size
    grounds(cast, ground, xy, size, s)
    shown = signs(cast, words, shifted(xy, w - 13 * s, h / 2), 5 * s, brief=True)
    room = w - 19 * s - np.where(shown, 15 * s, 0.0)
    cast.label(words, shifted(xy, 11 * s, h / 2 + 4 * s), told(cast), 11 * s, _named(cast), room)


def told(cast: Cast) -> list[str]:
    """Names; of empty seats what they are."""
    boxes = cast.boxes
    said = zip(cast.texts(boxes.names), cast.texts(boxes.titles), cast.texts(boxes.words), strict=True)
    return [name or (f"{title}, {word}" if title else word) for name, title, word in said]


def _named(cast: Cast) -> Ints:
    """Styles of names alone: light for empty seats, pale for who has left."""
    empty = cast.mask(cast.boxes.empty)
    pale = empty | cast.mask(cast.boxes.gone)
    full, light = (cast.styles(Role.SEAT_NAME, pale=pale, weight=w) for w in (Emphasis.NORMAL, Emphasis.SMALL))
    return np.where(empty, light, full)


def bars(cast: Cast, sheet: Sheet, xy: Floats, size: tuple[float, float], *, rounded: bool = True) -> None:
    """Boxes in the colour of the origin; the outline of a card where nobody is there. Boxes of one look stand together,
    for neighbours of one look are painted in one call."""
    boxes = cast.boxes
    radius = min(2.0, size[1] / 3) if rounded else 0.0
    nobody = cast.mask(boxes.empty) | cast.mask(boxes.gone)
    faint = np.array([word == "planned" for word in cast.texts(boxes.stated)], dtype=np.bool_) | cast.mask(boxes.gone)
    for which, emphasis in ((nobody & faint, Emphasis.SMALL), (nobody & ~faint, Emphasis.STRONG)):
        some = cast.some(which)
        some.box(sheet, xy[which], size, some.one_style(Style(Role.CARD, emphasis=emphasis)), radius)
    some, here = cast.some(~nobody), xy[~nobody]
    style = some.styles(Role.BAR, colored=True)
    order = np.argsort(style, kind="stable")
    ordered = Cast(some.board, some.gathered, boxes, some.at[order], some.key[order], some.tip[order])
    ordered.box(sheet, here[order], size, style[order], radius)


def two_lines(cast: Cast, sheet: Sheet, xy: Floats, width: float | Floats, size: float) -> None:
    """Given names above family names, baselines of the upper line at xy: names that are read from afar."""
    names = [text.rpartition(" ") for text in told(cast)]
    pale = cast.mask(cast.boxes.empty) | cast.mask(cast.boxes.gone)
    style = cast.styles(Role.SEAT_NAME, pale=pale)
    light = cast.styles(Role.SEAT_NAME, pale=pale, weight=Emphasis.SMALL)
    cast.label(sheet, xy, [first for first, _, _ in names], size, light, width)
    lower = np.array([bool(first) for first, _, _ in names], dtype=np.float64)
    shift = np.stack([np.zeros(len(names)), size * (0.55 + 0.55 * lower)], axis=1)
    cast.label(sheet, xy + shift, [last for _, _, last in names], size, style, width)


def family_names(cast: Cast, sheet: Sheet, xy: Floats, width: float | Floats, size: float) -> None:
    """Family names alone, baselines at xy: for boxes that are seen from afar."""
    last = [text.rpartition(" ")[2] for text in told(cast)]
    cast.label(sheet, xy, last, size, _named(cast), width)


def tiles(
    cast: Cast, sheet: Sheet, xy: Floats, r: float, step: float, s: float, words: Sequence[str] | None = None
) -> None:
    """People of a flat group: disc about xy, name, and since when or until when, in a width of `step`. words: what
    stands below each name instead, but for who has left."""
    boxes = cast.boxes
    avatars(cast, sheet, xy, r)
    empty = cast.mask(boxes.empty)
    pale = empty | cast.mask(boxes.gone)
    room = step - 2 * r - 10 * s
    names = cast.texts(boxes.names)
    heads = [name or title or "A seat" for name, title in zip(names, cast.texts(boxes.titles), strict=True)]
    beside = shifted(xy, r + 6 * s, 0.0)
    cast.label(sheet, shifted(beside, 0.0, -2 * s), heads, 11 * s, cast.styles(Role.SEAT_NAME, pale=pale), room)
    losts = cast.texts(boxes.losts)
    lines = cast.texts(boxes.words) if words is None else words
    lines = ["" if lost else line for lost, line in zip(losts, lines, strict=True)]
    small = cast.styles(Role.SEAT_NAME, pale=pale, weight=Emphasis.SMALL)
    cast.label(sheet, shifted(beside, 0.0, 11.5 * s), lines, 10.5 * s, small, room)
    cast.label(sheet, shifted(beside, 0.0, 11.5 * s), losts, 10.5 * s, cast.one_style(Style(Role.WARNING)), room)
