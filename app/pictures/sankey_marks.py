"""Marks of a Sankey: bands with their lanes, bars, names, heads of both columns.

All that does not depend on the day is prepared once; a day only says how much of each lane is filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.domain.index import Bools, Ints
from app.layout.layering import Layering
from app.layout.sankey import SankeyLayout
from app.pictures import band_marks, wording
from app.pictures.band_marks import Block, Body
from app.pictures.band_people import motion_of
from app.pictures.bands import OTHERS, Bands
from app.pictures.board import Board, Sheet
from app.pictures.flowmap_tips import NAMED_IN_TIP, crowd_tip, node_tip
from app.pictures.gathered import Gathered
from app.pictures.sankey_flows import AFTER, BEFORE, SIDES, lit_bands
from app.pictures.traffic import STRONG_FIRST, Traffic
from app.scene import lettering
from app.scene.marks import Anchor, Floats, ints
from app.scene.motion import Motion
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.sankey import Sankey

HEAD = 26.0
"""Height above the columns for their heads, in design pixels."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every day shares: the board with all keys and tips; keys (k,) of the bands as text, key and tip their
    numbers; names, block_tips (b,); order (k,): in which bands are painted; slot (k, lanes, 2): upper edge within the
    band and height of each lane when full; styles by band and lane; pale styles; lit bands, near blocks: in focus; the
    motion; room: the width for names at either side."""

    board: Board
    keys: tuple[str, ...]
    key: Ints
    tip: Ints
    names: tuple[str, ...]
    block_tips: tuple[Tip, ...]
    order: Ints
    slot: Floats
    lane_style: Ints
    pale_style: Ints
    lit: Bools
    near: Bools
    motion: Motion | None
    room: float


def name_of(gathered: Gathered, bands: Bands, block: int) -> str:
    """What to call a block: an organization as pictures write it, or how many others it stands for."""
    code = int(bands.code[block])
    if code != OTHERS:
        return gathered.labels[code]
    return wording.counted(len(np.unique(others_of(gathered, bands, block))), "other", "others")


def others_of(gathered: Gathered, bands: Bands, block: int) -> Ints:
    """The organization of each move that a block of others stands for, (m,)."""
    before = int(bands.column[block]) == BEFORE
    of_block = np.flatnonzero((bands.start if before else bands.end) == block)
    ends = gathered.moves.origin if before else gathered.moves.destination
    return ends[bands.members[np.isin(bands.band, of_block)]]


def block_key(gathered: Gathered, bands: Bands, block: int) -> str:
    """`organizations:ID`; for others `group:others-before` or `group:others-after`."""
    code = int(bands.code[block])
    if code == OTHERS:
        return f"group:others-{SIDES[int(bands.column[block])]}"
    return f"organizations:{gathered.ids[code]}"


def band_key(gathered: Gathered, bands: Bands, band: int) -> str:
    """`flow:X>Y`; to and from others as the stubs of a flow map, among others `group:others`."""
    a, b = (int(bands.code[block[band]]) for block in (bands.start, bands.end))
    if a == OTHERS and b == OTHERS:
        return "group:others"
    if a == OTHERS:
        return f"group:in-{gathered.ids[b]}"
    return f"group:out-{gathered.ids[a]}" if b == OTHERS else f"flow:{gathered.ids[a]}>{gathered.ids[b]}"


def texts(gathered: Gathered, bands: Bands, held: Ints) -> list[str]:
    """Names with figures, for the room that they need."""
    return [f"{name_of(gathered, bands, block)} {held[block]:,}" for block in range(bands.n_blocks)]


def prepare(
    board: Board,
    gathered: Gathered,
    traffic: Traffic,
    bands: Bands,
    people: Ints,
    placed: SankeyLayout,
    layering: Layering,
    room: float,
    *,
    net: bool,
) -> Prepared:
    """Everything that does not depend on the day."""
    moves = gathered.moves
    lit, near = lit_bands(gathered, bands, moves.person[bands.members])
    for block in range(bands.n_blocks):
        board.key(block_key(gathered, bands, block))
    keys = tuple(band_key(gathered, bands, band) for band in range(bands.n_bands))
    names = [name_of(gathered, bands, block) for block in range(bands.n_blocks)]
    heads = [f"{names[a]} → {names[b]}" for a, b in zip(bands.start, bands.end, strict=True)]
    rows = [bands.members[bands.first[n] : bands.first[n + 1]] for n in range(bands.n_bands)]
    drawn = np.flatnonzero(people > 0)
    seen = np.where((people > 0)[bands.band], bands.members, -1)
    tip = np.full(bands.n_bands, -1, dtype=np.int32)
    tip[drawn] = [board.tip(crowd_tip(gathered, heads[n], moves, rows[n])) for n in drawn.tolist()]
    origin = [gathered.ids[code] if code != OTHERS else "" for code in bands.code[bands.start].tolist()]
    emphasis = [Emphasis.NORMAL if bright else Emphasis.QUIET for bright in lit.tolist()]
    full = bands.per_lane
    height = full / np.maximum(full.sum(axis=1, keepdims=True), 1) * placed.breadth[:, None]
    return Prepared(
        board=board,
        keys=keys,
        key=ints([board.key(key) for key in keys]),
        tip=tip,
        names=tuple(names),
        block_tips=tuple(_block_tip(gathered, traffic, bands, block) for block in range(bands.n_blocks)),
        # what is out of focus first, then high below low: a low band lies on a high one and can be followed
        order=drawn[np.lexsort((drawn, -people[drawn], lit[drawn]))].astype(np.int32),
        slot=np.stack([np.cumsum(height, axis=1) - height, height], axis=2),
        lane_style=ints(
            [
                board.style(Style(Role.BAND, o, Status(word), e))
                for o, e in zip(origin, emphasis, strict=True)
                for word in STRONG_FIRST
            ]
        ).reshape(-1, len(STRONG_FIRST)),
        pale_style=ints(
            [board.style(Style(Role.BAND_PALE, o, emphasis=e)) for o, e in zip(origin, emphasis, strict=True)]
        ),
        lit=lit,
        near=near,
        motion=None if net else motion_of(board, gathered, bands, placed, placed.curves(layering), moves, seen, lit),
        room=room,
    )


def bands(board: Board, picture: Sankey, day: float | None, since: float | None) -> None:
    """Every band: ground round it, its whole height pale before the last day, its lanes as far as people have moved."""
    p, placed = picture.prepared, picture.layout
    if not len(p.order):
        return
    share = _share(picture, day, since)
    tile = picture.frame.tile
    parts = [] if tile else [band_marks.halos(board, p.order, placed.breadth, picture.curves)]
    if not share.all() and not picture.frame.tile:
        nothing = np.zeros(len(p.order))
        of = (p.pale_style, p.key, p.tip)
        parts.append(Body(p.order, nothing, placed.breadth[p.order], *(numbers[p.order] for numbers in of)))
    for lane in range(share.shape[1]):
        filled = p.slot[:, lane, 1] * share[:, lane]
        some = p.order[filled[p.order] > 0]
        parts.append(
            Body(some, p.slot[some, lane, 0], filled[some], p.lane_style[some, lane], p.key[some], p.tip[some])
        )
    band_marks.bodies(board.sheet("bands", 30), picture.curves, placed.breadth, parts, p.order)
    people = picture.shown(day, since)
    styles = [
        Style(Role.BAND_COUNT, organization, emphasis=Emphasis.NORMAL if bright else Emphasis.QUIET)
        for organization, bright in zip(_origins(picture), p.lit.tolist(), strict=True)
    ]
    band_marks.counts(
        board.sheet("counts", 60), picture.curves, placed.breadth, people, styles, picture.frame.type_scale
    )


def _origins(picture: Sankey) -> list[str]:
    codes = picture.bands.code[picture.bands.start].tolist()
    return [picture.gathered.ids[code] if code != OTHERS else "" for code in codes]


def blocks(board: Board, picture: Sankey, day: float | None, since: float | None) -> None:
    """Bars of both columns over the whole span, names with the people of the day, heads."""
    bands_, frame, p = picture.bands, picture.frame, picture.prepared
    share = _share(picture, day, since)
    held = bands_.held(picture.shown(day, since))
    made = [_block(picture, block, int(held[block]), pale=not share.all()) for block in range(bands_.n_blocks)]
    drawn = [block for block in made if block.height > 0]
    s = frame.type_scale
    sheet = board.sheet("blocks", 40)
    band_marks.bars(sheet, drawn, s)
    if not share.all():
        _fill(sheet, picture, p.slot[..., 1] * share, made)
    sheet = board.sheet("names", 62)
    top, high = frame.map[1], frame.map[3]
    for column, anchor in ((BEFORE, Anchor.END), (AFTER, Anchor.START)):
        own = [made[n] for n in _down(picture, column) if made[n].height > 0]
        between = (top, top + high) if frame.tile else (top + (HEAD - 8) * s, top + high)
        band_marks.names(board, sheet, _named(picture, own), anchor, picture.prepared.room - 8 * s, between, s)
    if drawn and not frame.tile:
        heads(board, picture, s)


def _named(picture: Sankey, blocks: Sequence[Block]) -> list[Block]:
    """The blocks whose names are written: in a tile the highest, and of these those with anybody on the day."""
    high = sorted(blocks, key=lambda block: -block.height)[: picture.frame.n_named(len(blocks))]
    return [block for block in blocks if block in high and (block.people or not picture.frame.tile)]


def _share(picture: Sankey, day: float | None, since: float | None) -> Floats:
    """How much of each band and lane is full, (k, lanes); 1 where a lane holds nobody."""
    full = picture.bands.per_lane
    share: Floats = np.where(full > 0, picture.lanes(day, since) / np.maximum(full, 1), 1.0)
    return share


def _fill(sheet: Sheet, picture: Sankey, filled: Floats, made: Sequence[Block]) -> None:
    """The parts of bars behind what is full of their bands, in full colour."""
    p, placed = picture.prepared, picture.layout
    for tops, blocks_ in ((placed.leaves, picture.bands.start), (placed.lands, picture.bands.end)):
        for band, lane in np.argwhere(filled > 0).tolist():
            block = made[int(blocks_[band])]
            style = Style(_bar_role(picture, int(blocks_[band])), block.organization, emphasis=block.emphasis)
            top = float(tops[band] + p.slot[band, lane, 0])
            sheet.box(block.x, top, block.width, float(filled[band, lane]), style, key=block.key, tip=block.tip)


def _bar_role(picture: Sankey, block: int) -> Role:
    return Role.BAR_OTHER if picture.bands.code[block] == OTHERS else Role.BAR


def heads(board: Board, picture: Sankey, s: float) -> None:
    """`BEFORE` above the left bars, `AFTER` above the right ones."""
    style, placed = Style(Role.SECTION), picture.layout
    size = lettering.font(style)[0] * s
    sheet, y = board.sheet("heads", 63), picture.frame.map[1] + 9 * s
    sheet.label(float(placed.x[BEFORE] + placed.bar), y, "BEFORE", style, size, anchor=Anchor.END)
    sheet.label(float(placed.x[AFTER]), y, "AFTER", style, size)


def _down(picture: Sankey, column: int) -> Sequence[int]:
    """The blocks of a column from the top down."""
    blocks_ = np.flatnonzero(picture.bands.column == column)
    order: list[int] = blocks_[np.argsort(picture.layout.top[blocks_], kind="stable")].tolist()
    return order


def _block(picture: Sankey, block: int, people: int, *, pale: bool) -> Block:
    gathered, bands_, placed = picture.gathered, picture.bands, picture.layout
    code = int(bands_.code[block])
    return Block(
        x=float(placed.x[int(bands_.column[block])]),
        top=float(placed.top[block]),
        width=placed.bar,
        height=float(placed.height[block]),
        organization="" if code == OTHERS else gathered.ids[code],
        role=Role.BAND if pale else _bar_role(picture, block),
        emphasis=Emphasis.NORMAL if picture.prepared.near[block] else Emphasis.QUIET,
        key=block_key(gathered, bands_, block),
        tip=picture.prepared.block_tips[block],
        name=picture.prepared.names[block],
        people=people,
        figure=f"{people:,}",
    )


def _block_tip(gathered: Gathered, traffic: Traffic, bands: Bands, block: int) -> Tip:
    """What a bar says: in, out, known people; of others, which ones they are."""
    code = int(bands.code[block])
    if code != OTHERS:
        return node_tip(gathered, traffic, traffic.nodes.tolist().index(code))
    ends = others_of(gathered, bands, block)
    codes, n = np.unique(ends, return_counts=True)
    largest = np.lexsort((codes, -n))[:NAMED_IN_TIP]
    told = [f"{gathered.labels[codes[at]]} {n[at]:,}" for at in largest.tolist()]
    more = len(codes) - len(told)
    word = "left" if int(bands.column[block]) == BEFORE else "joined"
    head = wording.counted(len(codes), "other organization")
    lines = [f"{wording.people(len(ends))} {word} them", *told, *([f"and {more:,} more"] if more else [])]
    return Tip(head, tuple(lines))
