"""Marks of a picture of two moments: names with their figures, heads, the axis, tokens, bars, and what groups are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.pictures.avatar import LEAST_INITIALS, LEAST_SIGN, avatar, point, sign
from app.pictures.board import Board, Sheet
from app.pictures.compare_plan import (
    DETAIL,
    FIGURES,
    LABEL,
    NAME,
    PAD,
    SWATCH,
    Manner,
    Placed,
    Plan,
    figures,
    font,
    last_name,
)
from app.pictures.compare_rows import NAMED, NOT_ON_RECORD, OTHERS, WAYS, Groups, Row, Token, Way
from app.pictures.wording import initials
from app.scene.marks import Anchor
from app.scene.scene import Tip
from app.scene.style import Certainty, Emphasis, Role, Status, Style

HEADS: Mapping[Way, str] = {"left": "LEFT", "came": "CAME", "changed": "STAYED, WITH A CHANGE"}
_CAPTION = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
_FIGURE = Style(Role.CAPTION, emphasis=Emphasis.STRONG)
_QUIET = Style(Role.CAPTION, emphasis=Emphasis.QUIET)
MOST_GROUPS = 12
"""Groups that are told above tokens at most."""


def draw(board: Board, plan: Plan) -> None:
    """Everything between header and foot."""
    lines, words = board.sheet("lines", 10), board.sheet("heads", 60)
    right = max(plan.axis, *(plan.start(way)[0] + plan.room[way] for way in WAYS[1:]))
    bottom = plan.rows[-1].bottom
    for placed in plan.rows:
        lines.line(plan.names, placed.top, right, placed.top, Style(Role.HAIRLINE))
    if plan.room["left"] or plan.room["came"]:
        lines.line(plan.axis, plan.top, plan.axis, bottom, Style(Role.REPORT, emphasis=Emphasis.SMALL))
    _heads(board, words, plan)
    names, captions = board.sheet("names", 62), board.sheet("groups", 61)
    for placed in plan.rows:
        _name(board, names, plan, placed)
        if plan.manner.captions or not placed.drawn:
            for way in WAYS:
                _caption(board, captions, plan, placed, way)
    with board.sheet("people", 40).by_kind() as sheet, board.sheet("signs", 41).by_kind() as signs:
        for placed in plan.rows:
            for way in WAYS:
                if placed.drawn and plan.manner.is_bars:
                    _bars(sheet, plan, placed, way)
                elif placed.drawn:
                    _tokens(board, sheet, signs, plan, placed, way)


def _heads(board: Board, sheet: Sheet, plan: Plan) -> None:
    """What stands where, and how many these are."""
    size, _ = font(Style(Role.SECTION), plan.scale)
    y = plan.top - 9 * plan.scale
    sheet.label(plan.names, y, "BEFORE → AFTER", Style(Role.SECTION), size)
    for way in WAYS:
        if n := sum(len(placed.row.tokens[way]) for placed in plan.rows):
            x, leftward = plan.start(way)
            room = max(plan.room[way], 60 * plan.scale)
            words = (f"{word} · {n:,}" for word in (HEADS[way], way.upper()))
            text = next((text for text in words if 1.1 * board.width(text, (size, 600)) <= room), f"{n:,}")
            sheet.label(x, y, text, Style(Role.SECTION), size, anchor=Anchor.END if leftward else Anchor.START)


def _name(board: Board, sheet: Sheet, plan: Plan, placed: Placed) -> None:
    """The name of a row in the colour of its organization, and how many were and are there."""
    row, s = placed.row, plan.scale
    quiet = Emphasis.QUIET if not row.near else Emphasis.NORMAL
    size, weight = font(LABEL, s)
    y = placed.top + (PAD + 10.5) * s
    bar = Style(Role.BAR if row.organization else Role.BAR_OTHER, row.organization, emphasis=quiet)
    sheet.box(plan.names, y - 9 * s, 9 * s, 9 * s, bar, radius=2 * s, key=row.key, tip=row.tip)
    text = board.elided(row.label, (size, weight), plan.names_room - SWATCH * s)
    style = Style(Role.NODE_NAME, emphasis=Emphasis.QUIET) if not row.near else LABEL
    x = plan.names + (SWATCH - 2) * s
    sheet.label(x, y, text, style, size, key=row.key, tip=row.tip)
    number = Style(Role.NODE_NUMBER, emphasis=Emphasis.QUIET) if not row.near else FIGURES
    sheet.label(x, y + 15 * s, figures(row), number, font(FIGURES, s)[0], key=row.key, tip=row.tip)


def _caption(board: Board, sheet: Sheet, plan: Plan, placed: Placed, way: Way) -> None:
    """How many there are on one side, next to the axis, and of whom they are, in the order in which they stand:
    `9  4 OpenAI, 2 Google, 3 not on record`."""
    groups = placed.row.groups[way]
    if not groups:
        return
    s, (x, leftward) = plan.scale, plan.start(way)
    n = f"{len(placed.row.tokens[way]):,}"
    size, weight = font(_CAPTION, s)
    figure = board.width(n, font(_FIGURE, s)) + 7 * s
    is_near = any(token.lit for token in placed.row.tokens[way])
    bold, plain = (_FIGURE, _CAPTION) if is_near else (_QUIET, _QUIET)
    y, anchor = plan.caption(placed), Anchor.END if leftward else Anchor.START
    told = Tip(f"{placed.row.label}, {n} {way}", tuple(f"{len(some):,} {name}" for name, some in groups[:NAMED]))
    key = placed.row.key
    sheet.label(x, y, n, bold, font(_FIGURE, s)[0], anchor=anchor, key=key, tip=told)
    text = _joined(board, groups, (size, weight), plan.room[way] - figure, backward=leftward)
    sheet.label(x + (-figure if leftward else figure), y, text, plain, size, anchor=anchor, key=key, tip=told)


def _joined(board: Board, groups: Groups, type_: tuple[float, int], room: float, *, backward: bool) -> str:
    """Groups with their people in a line: as many as fit, those of whom nothing is on record, and how many people are
    in others; blank if not even that fits. backward: read from the right."""
    known = [(name, len(some)) for name, some in groups if name != NOT_ON_RECORD]
    unknown = [(name, len(some)) for name, some in groups if name == NOT_ON_RECORD]
    for n in range(min(len(known), MOST_GROUPS), -1 if unknown else 0, -1):
        rest = sum(people for _, people in known[n:])
        shown = [*known[:n], *([("other" if rest == 1 else "others", rest)] if rest else ()), *unknown]
        parts = [f"{people:,} {name}" for name, people in shown]
        text = ", ".join(reversed(parts) if backward else parts)
        if board.width(text, type_) <= room:
            return text
    return ""


def _tokens(board: Board, sheet: Sheet, signs: Sheet, plan: Plan, placed: Placed, way: Way) -> None:
    """One side of a row, person by person."""
    manner, (tokens, corners) = plan.manner, plan.places(placed, way)
    for token, (x, y) in zip(tokens, corners.tolist(), strict=True):
        middle = x + manner.width - manner.r - 1 if manner.words and way == "left" else x + manner.r + 1
        middle = middle if manner.words else x + manner.width / 2
        at = middle, y + (manner.r + 1 if manner.words else manner.height / 2)
        disc(sheet, signs, at, manner.r, token, way, key=token.key, signed=manner.words == "told")
        if manner.words:
            _words(board, sheet, manner, token, at, plan.scale, leftward=way == "left")


def disc(
    sheet: Sheet, signs: Sheet, at: tuple[float, float], r: float, token: Token, way: Way, *, key: str,
    signed: bool = False,
) -> None:  # fmt: skip
    """One person as a disc or a dot: full, or hollow where the days are not certain; with the sign of what the status
    has become where that has changed. signed: with that of the status in any case."""
    quiet, tip = not token.lit, token.tip
    if r < LEAST_INITIALS:
        changed = way == "changed"
        worn = point(token.organization, gone=token.unsure, vague=changed and not token.unsure, quiet=quiet)
        hollow = 0.12 * r if token.unsure or changed else 0.0  # for a ring reaches beyond its line
        sheet.dot(*at, r - hollow, worn, key=key, tip=tip)
        return
    status = token.status if signed or token.status is Status.RUMORED else Status.NONE
    avatar(sheet, *at, r, initials(token.name), token.organization, status, gone=token.unsure, quiet=quiet,
           key=key, tip=tip, signs=signs)  # fmt: skip
    if token.one.how == "status" and (r < LEAST_SIGN or status in (Status.NONE, Status.REPORTED)):  # else it has one
        emphasis = Emphasis.QUIET if quiet else Emphasis.NORMAL
        place = at[0] + 0.78 * r, at[1] + 0.72 * r, 0.42 * r
        sign(signs, *place, token.status, emphasis=emphasis, key=key, tip=tip)


def _words(
    board: Board, sheet: Sheet, manner: Manner, token: Token, at: tuple[float, float], s: float, *, leftward: bool
) -> None:
    """The name beside a disc; below it what became of the person, where there is room for that."""
    side = manner.r + 6 * s
    x, anchor = (at[0] - side, Anchor.END) if leftward else (at[0] + side, Anchor.START)
    room = manner.width - 2 * manner.r - 12 * s
    name = last_name(token.name) if manner.words == "last" else token.name
    lines = [(name, DETAIL, 4.0 * s)]
    if manner.words == "told":
        lines = [(name, NAME, -2.0 * s), (token.line, DETAIL, 12.5 * s)]
    for text, style, below in lines:
        size, weight = font(style, s)
        worn = Style(style.role, emphasis=Emphasis.QUIET) if not token.lit else style
        shown = board.elided(text, (size, weight), room)
        sheet.label(x, at[1] + below, shown, worn, size, anchor=anchor, key=token.key, tip=token.tip)


def _bars(sheet: Sheet, plan: Plan, placed: Placed, way: Way) -> None:
    """One side of a row as bars, a piece for each group; paler at its end where the days are not certain."""
    x, leftward = plan.start(way)
    y, row = plan.inner(placed), placed.row
    for name, tokens in row.groups[way]:
        unsure = Counter(token.unsure for token in tokens)
        tip = Tip(f"{row.label}, {way}: {name}", _counted(unsure))
        for vague in (False, True):
            if not unsure[vague]:
                continue
            wide = unsure[vague] * plan.per_person
            certainty = Certainty.UNSURE if vague else Certainty.SURE
            emphasis = Emphasis.NORMAL if any(token.lit for token in tokens) else Emphasis.QUIET
            style = Style(Role.BAND, tokens[0].organization, emphasis=emphasis, certainty=certainty)
            sheet.box(x - wide if leftward else x, y, wide, plan.manner.height, style,
                      key=bar_key(row, way, tokens[0].organization), tip=tip)  # fmt: skip
            x += -wide if leftward else wide


def _counted(unsure: Counter[bool]) -> tuple[str, ...]:
    people = f"{unsure.total():,} {'person' if unsure.total() == 1 else 'people'}"
    return (people, *([f"of {unsure[True]:,} of them the days are not certain"] if unsure[True] else ()))


def bar_key(row: Row, way: Way, organization: str) -> str:
    """What a piece of a bar stands for: `flow:X>Y` where both ends are organizations of their own, else its row.
    organization: where its people went, or came from."""
    if row.key == OTHERS or way == "changed" or not organization:
        return row.key
    ends = (row.organization, organization)
    return "flow:" + ">".join(ends if way == "left" else reversed(ends))
