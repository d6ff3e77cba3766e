"""Marks of an alluvial picture: bands of those who stay and those who move, bars, names at both sides, heads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.domain.index import Ints
from app.layout.layering import Layering
from app.layout.sankey import SankeyLayout
from app.pictures import band_marks, wording
from app.pictures.alluvial_cohort import MAYBE, SURE, Cohort, moves_on, people_of
from app.pictures.band_marks import Block, Body
from app.pictures.band_people import motion_of
from app.pictures.bands import NOWHERE, OTHERS, Bands
from app.pictures.board import Board
from app.pictures.flowmap_tips import NAMED_IN_TIP
from app.pictures.gathered import Gathered
from app.scene import lettering
from app.scene.marks import Anchor, Floats, ints
from app.scene.motion import Motion
from app.scene.scene import Tip
from app.scene.style import Certainty, Emphasis, Role, Style
from app.scene.tips import Later

if TYPE_CHECKING:
    from app.pictures.alluvial import Alluvial

Positions = npt.NDArray[np.intp]

HEAD = 26.0
"""Height above the columns for their heads, in design pixels."""
NOT_ON_RECORD = "not on record"


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every day shares: the board with all keys and tips; keys (k,) of the bands as text, key and tip their
    numbers; keys and tips (b,) of the blocks; order (k,): in which bands are painted; slot (k, 2, 2): upper edge within
    the band and height of both lanes; styles by band and lane, pale styles; counts (b, 2): people for certain and at
    most; names (b,); the motion; room: for names at either side."""

    board: Board
    keys: tuple[str, ...]
    key: Ints
    tip: Ints
    block_keys: tuple[str, ...]
    block_tips: tuple[Later, ...]
    order: Ints
    slot: Floats
    lane_style: Ints
    pale_style: Ints
    counts: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    motion: Motion | None
    room: float


def name_of(gathered: Gathered, code: int) -> str:
    """What to call a block."""
    if code == NOWHERE:
        return NOT_ON_RECORD
    return gathered.labels[code] if code != OTHERS else "others"


def texts(gathered: Gathered, cohort: Cohort) -> list[str]:
    """Names with figures at both sides, for the room that they need."""
    ends = np.flatnonzero(np.isin(cohort.bands.column, (0, len(cohort.periods) - 1)))
    return [_text(gathered, cohort, block) for block in ends.tolist()]


def _text(gathered: Gathered, cohort: Cohort, block: int) -> str:
    return f"{_label(gathered, cohort, block)} {figure(*cohort.counts[block])}"


def _label(gathered: Gathered, cohort: Cohort, block: int) -> str:
    """The name beside a block: of others, how many organizations they are there."""
    code = int(cohort.bands.code[block])
    if code != OTHERS:
        return name_of(gathered, code)
    return wording.counted(cohort.n_others(int(cohort.bands.column[block])), "other", "others")


def figure(sure: int, most: int) -> str:
    """`31`, or `31 to 45` where more may be there."""
    return f"{most:,}" if sure == most else f"{sure:,} to {most:,}"


def block_key(gathered: Gathered, bands: Bands, block: int) -> str:
    """`cell:2.openai`: an organization in one column; ids hold no dot."""
    return f"cell:{int(bands.column[block])}.{place_of(gathered, int(bands.code[block]))}"


def band_key(gathered: Gathered, bands: Bands, band: int) -> str:
    """`cell:2.openai>meta`: those who went from one to the other after one column, or stayed."""
    a, b = (int(block[band]) for block in (bands.start, bands.end))
    return f"{block_key(gathered, bands, a)}>{place_of(gathered, int(bands.code[b]))}"


def place_of(gathered: Gathered, code: int) -> str:
    """The id of an organization, or what stands for it in a key."""
    return {NOWHERE: ".nowhere", OTHERS: ".others"}.get(code) or gathered.ids[code]


def prepare(
    board: Board, gathered: Gathered, cohort: Cohort, placed: SankeyLayout, layering: Layering, room: float
) -> Prepared:
    """Everything that does not depend on the day."""
    bands = cohort.bands
    ends = list(zip(bands.code[bands.start].tolist(), bands.code[bands.end].tolist(), strict=True))
    full = bands.per_lane
    height = full / np.maximum(full.sum(axis=1, keepdims=True), 1) * placed.breadth[:, None]
    sure, maybe, pale = [], [], []
    for a, b in ends:
        organization = gathered.ids[a] if a >= 0 else ""
        unsure = Style(Role.BAND, organization, certainty=Certainty.UNSURE)
        nothing = Style(Role.BAND_PALE, organization)
        if a == NOWHERE:  # nobody knows where they were: no colour, and no weight
            unsure = nothing
        sure.append(board.style(unsure if NOWHERE in (a, b) else Style(Role.BAND, organization)))
        maybe.append(board.style(unsure))
        pale.append(board.style(nothing))
    numbers = np.arange(bands.n_bands)
    keys = tuple(band_key(gathered, bands, band) for band in range(bands.n_bands))
    known = np.array([NOWHERE not in pair for pair in ends], dtype=np.bool_)
    stays = np.array([a == b for a, b in ends], dtype=np.bool_)
    move = moves_on(gathered, cohort)
    lit = np.ones(bands.n_bands, dtype=np.bool_)
    return Prepared(
        board=board,
        key=ints([board.key(key) for key in keys]),
        keys=keys,
        tip=ints([board.tip(Later(partial(_band_tip, gathered, cohort), band)) for band in numbers.tolist()]),
        block_keys=tuple(block_key(gathered, bands, block) for block in range(bands.n_blocks)),
        block_tips=tuple(Later(partial(_block_tip, gathered, cohort), block) for block in range(bands.n_blocks)),
        # of whom nothing is on record first, then who stays, then high below low: who moves lies on top
        order=numbers[np.lexsort((numbers, -bands.people, ~stays, known))].astype(np.int32)
        if len(ends)
        else numbers.astype(np.int32),
        slot=np.stack([np.cumsum(height, axis=1) - height, height], axis=2),
        lane_style=np.stack([ints(sure), ints(maybe)], axis=1),
        pale_style=ints(pale),
        counts=tuple(cohort.counts),
        names=tuple(_label(gathered, cohort, block) for block in range(bands.n_blocks)),
        motion=motion_of(board, gathered, bands, placed, placed.curves(layering), gathered.moves, move, lit),
        room=room,
    )


def _band_tip(gathered: Gathered, cohort: Cohort, band: int) -> Tip:
    """From where to where between which days, how many, and who."""
    bands = cohort.bands
    a, b = (int(bands.code[block[band]]) for block in (bands.start, bands.end))
    column = int(bands.column[bands.start[band]])
    members = np.arange(bands.first[band], bands.first[band + 1])
    maybe = int(np.count_nonzero(bands.lane[members] == MAYBE))
    between = f"{wording.iso(cohort.periods[column].day)} to {wording.iso(cohort.periods[column + 1].day)}"
    head = f"{name_of(gathered, a)} → {name_of(gathered, b)}" if a != b else f"{name_of(gathered, a)}: stayed"
    told = wording.people(len(members)) + (f", {maybe:,} of them perhaps" if maybe else "")
    return Tip(head, (f"{told}, {between}", *names_of(gathered, people_of(cohort, bands.members[members]))))


def _block_tip(gathered: Gathered, cohort: Cohort, block: int) -> Tip:
    """Who was there at the end of a period."""
    bands = cohort.bands
    column, code = int(bands.column[block]), int(bands.code[block])
    here = np.flatnonzero(cohort.codes[:, column] == code)
    head = gathered.names[code] if code >= 0 else _label(gathered, cohort, block)
    sure, most = cohort.counts[block]
    up = "" if sure == most or code == NOWHERE else f", {sure:,} of them for certain"
    line = f"{wording.people(most)} on {wording.iso(cohort.periods[column].day)}{up}"
    sources = gathered.organization_sources(code) if code >= 0 else ()
    return Tip(head, (line, *names_of(gathered, cohort.found.person[here])), sources)


def names_of(gathered: Gathered, people: Ints) -> list[str]:
    """Names of people, and how many more there are."""
    frame = gathered.dataset["people"]
    told = [str(frame.item(row, "name") or frame.item(row, "id")) for row in people[:NAMED_IN_TIP].tolist()]
    more = len(people) - len(told)
    return [*told, *([f"and {more:,} more"] if more else [])]


def bands(board: Board, picture: Alluvial, day: float | None, since: float | None) -> None:
    """Every band: in full as far as the day has come, pale after it."""
    p, placed, made = picture.prepared, picture.layout, picture.bands
    if not len(p.order):
        return
    ends = np.array([period.day for period in picture.cohort.periods])[made.column[made.end]]
    done = np.ones(made.n_bands, dtype=np.bool_) if day is None else ends <= day
    if since is not None:
        done &= ends > since
    later = p.order[~done[p.order]]
    parts = [band_marks.halos(board, p.order, placed.breadth, picture.curves)]
    of = (p.pale_style, p.key, p.tip)
    parts.append(Body(later, np.zeros(len(later)), placed.breadth[later], *(numbers[later] for numbers in of)))
    for lane in (SURE, MAYBE):
        some = p.order[done[p.order] & (p.slot[p.order, lane, 1] > 0)]
        above, height = p.slot[some, lane, 0], p.slot[some, lane, 1]
        parts.append(Body(some, above, height, p.lane_style[some, lane], p.key[some], p.tip[some]))
    band_marks.bodies(board.sheet("bands", 30), picture.curves, placed.breadth, parts, p.order)


def blocks(board: Board, picture: Alluvial, day: float | None) -> None:
    """Bars, pale where the day has not come; names with figures at both sides, figures in between; heads."""
    frame, s = picture.frame, picture.frame.type_scale
    reached = set(picture.columns(day).tolist())
    made = [_block(picture, block, reached) for block in range(picture.bands.n_blocks)]
    band_marks.bars(board.sheet("blocks", 40), made, s)
    top, high = frame.map[1], frame.map[3]
    last = len(picture.cohort.periods) - 1
    sheet = board.sheet("names", 62)
    for column, anchor in ((0, Anchor.END), (last, Anchor.START)):
        own = [made[block] for block in _down(picture, column)]
        band_marks.names(
            board, sheet, own, anchor, picture.prepared.room - 8 * s, (top + (HEAD - 8) * s, top + high), s
        )
    figures = board.sheet("counts", 60)
    size = lettering.font(Style(Role.BAND_COUNT))[0] * s
    for block, column in zip(made, picture.bands.column.tolist(), strict=True):
        if 0 < column < last and block.height >= 1.25 * size and block.role is not Role.BAR_PALE:
            style = Style(Role.BAND_COUNT, block.organization, emphasis=block.emphasis)
            at = block.x + block.width + 5 * s, block.top + block.height / 2 + 0.36 * size
            figures.label(*at, block.figure, style, size, key=block.key, tip=block.tip)
    if made:
        _heads(board, picture, s)


def _heads(board: Board, picture: Alluvial, s: float) -> None:
    """The period above each column."""
    style, placed = Style(Role.SECTION), picture.layout
    size = lettering.font(style)[0] * s
    sheet, y = board.sheet("heads", 63), picture.frame.map[1] + 9 * s
    last = len(picture.cohort.periods) - 1
    for column, period in enumerate(picture.cohort.periods):
        left = float(placed.x[column])
        at = {0: left + placed.bar, last: left}.get(column, left + placed.bar / 2)
        anchor = {0: Anchor.END, last: Anchor.START}.get(column, Anchor.MIDDLE)
        sheet.label(
            at, y, f"END OF {period.name}" if column == 0 and period.whole else period.name, style, size, anchor=anchor
        )


def _down(picture: Alluvial, column: int) -> list[int]:
    """The blocks of a column from the top down."""
    blocks_ = np.flatnonzero(picture.bands.column == column)
    order: list[int] = blocks_[np.argsort(picture.layout.top[blocks_], kind="stable")].tolist()
    return order


def _block(picture: Alluvial, block: int, reached: set[int]) -> Block:
    gathered, placed = picture.gathered, picture.layout
    column, code = int(picture.bands.column[block]), int(picture.bands.code[block])
    role = {NOWHERE: Role.BAR_PALE, OTHERS: Role.BAR_OTHER}.get(code, Role.BAR)
    sure, most = picture.prepared.counts[block]
    return Block(
        x=float(placed.x[column]),
        top=float(placed.top[block]),
        width=placed.bar,
        height=float(placed.height[block]),
        organization=gathered.ids[code] if code >= 0 else "",
        role=role,
        emphasis=Emphasis.NORMAL if column in reached else Emphasis.QUIET,
        key=picture.prepared.block_keys[block],
        tip=picture.prepared.block_tips[block],
        name=picture.prepared.names[block],
        people=most,
        figure=figure(most if code == NOWHERE else sure, most),
    )
