"""Marks of the flow map: flows with lanes and heads, stubs, nodes, relations.

All that does not depend on the day (keys, tips, slots of lanes, paths of dots) is prepared once; a day only masks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.layout import sizes
from app.layout.flowmap import FlowMapLayout
from app.pictures import wording
from app.pictures.board import NONE, Board
from app.pictures.flowmap_people import motion_of, room
from app.pictures.flowmap_tips import flow_tip, node_tip
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered, outside_focus
from app.pictures.legend import NodePart, draw_nodes
from app.pictures.mark_rows import ribbons
from app.pictures.traffic import STRONG_FIRST, Traffic, happened
from app.scene.marks import Floats, Ints, floats, ints
from app.scene.motion import Motion
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Status, Style
from app.scene.tips import Later, Told

if TYPE_CHECKING:
    from app.pictures.flowmap import FlowMap

Positions = npt.NDArray[np.intp]

PIECE = 400
"""Rows of one mark: a device that paints in slices makes the shapes of one piece at a time."""
N_HALOS = 2
"""Rows below each flow that keep crossings clean: of its body and of its head."""
LANE_STATUS = tuple(Status(word) for word in STRONG_FIRST)


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every day shares: the board with all keys and tips; drawn flows in painting order (f,), numbers of the
    traffic's flows; slot (f, lanes, 2): inner edge and breadth of each lane when full; breadth, head, barb (f,);
    style numbers; the motion of people (None without any); rests (p,): paths on which people rest;
    flow_discs: what texts must keep off; bond_lines: the line of each bond of two drawn organizations, by codes."""

    board: Board
    order: Ints
    flow: Ints
    slot: Floats
    key: Ints
    tip: Ints
    quiet: npt.NDArray[np.bool_]
    node_quiet: npt.NDArray[np.bool_]
    lane_style: Ints
    halo_style: int
    head_style: Ints
    pale_style: Ints
    pale_head_style: Ints
    node_tips: tuple[Told, ...]
    motion: Motion | None
    rests: npt.NDArray[np.bool_]
    flow_discs: Floats
    bond_lines: Mapping[tuple[int, int], Floats]
    net: bool


def between(periods: Sequence[int]) -> list[tuple[float, int]]:
    """The day before each period and its last one; before the first period there is no other."""
    return list(zip((-np.inf, *periods), periods, strict=False))


def drawn_people(traffic: Traffic, *, net: bool, periods: Sequence[int] = ()) -> Ints:
    """People of each flow: its moves, or in net what its direction has more than the other (0: not drawn). periods:
    last days of periods: its moves in the one in which it has most."""
    if periods and traffic.n_flows:
        each = [traffic.per_flow(happened(traffic.moves, day, since)) for since, day in between(periods)]
        most: Ints = np.max(each, axis=0)
        return most
    if not net or not traffic.n_flows:
        return traffic.people
    n = max(traffic.n_nodes, 1)
    table = np.zeros((n, n), dtype=np.int32)
    table[traffic.flow_from, traffic.flow_to] = traffic.people
    more: Ints = np.maximum(table - table.T, 0)[traffic.flow_from, traffic.flow_to].astype(np.int32)
    return more


def prepare(
    board: Board,
    gathered: Gathered,
    traffic: Traffic,
    placed: FlowMapLayout,
    shown: Positions,
    people: Ints,
    frame: Frame,
    *,
    net: bool,
) -> Prepared:
    """Everything that does not depend on the day. shown: flows of the traffic that the layout holds, in its order."""
    count = people[shown]
    quiet, node_quiet = outside_focus(gathered, traffic, shown)
    for code in traffic.nodes:  # every key that any day shows gets its number here, so that numbers hold on all days
        for key in ("organizations:{}", "group:in-{}", "group:out-{}"):
            board.key(key.format(gathered.ids[code]))
    for bond in gathered.bonds(None):
        board.key(bond.key)
    # painting order: what is out of focus first, then small below large, ties by the place in the layout
    order = np.lexsort((np.arange(len(shown)), count, ~quiet)) if len(shown) else np.empty(0, dtype=np.intp)
    flow = shown[order].astype(np.int32)
    quiet = quiet[order]
    ids = [gathered.ids[c] for c in traffic.nodes]
    keys = [
        board.key(f"flow:{ids[a]}>{ids[b]}")
        for a, b in zip(traffic.flow_from[flow], traffic.flow_to[flow], strict=True)
    ]
    tips = [board.tip(Later(partial(flow_tip, gathered, traffic), int(f))) for f in flow]
    origin = [ids[a] for a in traffic.flow_from[flow]]
    single = count[order] == 1

    def styles(role: Role, status: Status = Status.NONE, *, sized: bool = False) -> Ints:
        return ints(
            [
                board.style(
                    Style(role, o, status, Emphasis.QUIET if q else Emphasis.SMALL if sized and s else Emphasis.NORMAL)
                )
                for o, q, s in zip(origin, quiet, single, strict=True)
            ]
        )

    motion = None if net else motion_of(board, gathered, traffic, placed, shown)
    lanes = (
        np.stack([styles(Role.LANE, status, sized=True) for status in LANE_STATUS], axis=1)
        if len(flow)
        else np.empty((0, 4), dtype=np.int32)
    )
    return Prepared(
        board=board,
        order=order.astype(np.int32),
        flow=flow,
        slot=_slots(traffic, placed, order, flow),
        key=ints(keys),
        tip=ints(tips),
        quiet=quiet,
        node_quiet=node_quiet,
        lane_style=lanes,
        halo_style=board.style(Style(Role.HALO)),
        head_style=styles(Role.HEAD, sized=True),
        pale_style=styles(Role.LANE_PALE),
        pale_head_style=styles(Role.HEAD_PALE),
        node_tips=tuple(Later(partial(node_tip, gathered, traffic), n) for n in range(traffic.n_nodes)),
        motion=motion,
        flow_discs=_flow_discs(placed),
        bond_lines=_bond_lines(gathered, traffic, placed),
        rests=room(motion, placed.widths, frame.scale),
        net=net,
    )


def _slots(traffic: Traffic, placed: FlowMapLayout, order: Positions, flow: Ints) -> Floats:
    """Inner edge and breadth of every lane of every drawn flow over the whole span, (f, lanes, 2)."""
    n_lanes = len(STRONG_FIRST)
    if not len(flow):
        return np.empty((0, n_lanes, 2))
    counts = traffic.per_lane(np.ones(len(traffic.moves), dtype=np.bool_))[flow].astype(np.float64)
    return _side_by_side(placed.inner[order], placed.widths[order], counts)


def _side_by_side(inner: Floats, widths: Floats, lanes: Floats) -> Floats:
    """Inner edge and breadth of lanes with so many people, (f, lanes, 2): together they are as broad as their flow."""
    share = lanes / np.maximum(lanes.sum(axis=1, keepdims=True), 1)
    breadth = share * widths[:, None]
    return np.stack([inner[:, None] + np.cumsum(breadth, axis=1) - breadth, breadth], axis=2)


def unit_width(picture: FlowMap) -> float:
    """Pixels per person of the layout."""
    people = drawn_people(picture.traffic, net=picture.options.net, periods=picture.options.periods)
    return sizes.flow_scale(float(people.max()) if len(people) else 1.0, picture.frame.scale)


def flows(board: Board, picture: FlowMap, day: float | None, since: float | None) -> None:
    """Halo, lanes and head of every flow, small below large. Before the last day the whole span stands pale below; in a
    tile there is nothing but what happened in its days, as broad as that."""
    p, traffic, placed = picture.prepared, picture.traffic, picture.layout
    n = len(p.flow)
    if not n:
        return
    sheet = board.sheet("flows", 30)
    done = happened(traffic.moves, day, since)
    whole = bool(done.all())
    lanes = traffic.per_lane(done)[p.flow].astype(np.float64)
    full = np.maximum(traffic.per_lane(np.ones_like(done))[p.flow], 1)
    order = p.order
    curve, trim = placed.curves[order], placed.trims[order]
    head, barb = placed.heads[order], placed.barbs[order]
    inner, width, slot = placed.inner[order], placed.widths[order], p.slot
    begun = lanes.sum(axis=1) > 0
    tile = picture.frame.tile
    if tile:
        width = sizes.flow_widths(lanes.sum(axis=1), unit_width(picture))
        slot, full = _side_by_side(inner, width, lanes), np.maximum(lanes, 1)
        room = placed.lengths[order] - trim.sum(axis=1)
        head, barb = sizes.heads(width, room, picture.frame.scale), sizes.barbs(width, picture.frame.scale)
    body = np.stack([trim[:, 0], trim[:, 1] + head], axis=1)
    nothing = np.zeros(n)
    # rows of one flow stand together: halo of the body, halo of the head, (pale body, pale head), lanes, head
    rows: list[tuple[Floats, Floats, Floats, Floats, Floats, Ints, npt.NDArray[np.bool_]]] = []

    def add(
        inner_: Floats, width_: Floats, trim_: Floats, style: Ints, keep: npt.NDArray[np.bool_], *, headed: bool
    ) -> None:
        rows.append((inner_, width_, trim_, head if headed else nothing, barb if headed else nothing, style, keep))

    every = begun if tile else np.ones(n, dtype=np.bool_)
    halo = np.full(n, p.halo_style, dtype=np.int32)
    # flows of one lie below all others: there is nothing to keep clear of
    several = (lanes.sum(axis=1) if tile else traffic.people[p.flow]) > 1
    add(inner, width, body, halo, several, headed=False)
    add(inner, width, trim, halo, several, headed=True)
    if not whole and not tile:
        add(inner, width, body, p.pale_style, every, headed=False)
        add(inner, width, trim, p.pale_head_style, ~begun, headed=True)
    for lane in range(lanes.shape[1]):
        filled = slot[:, lane, 1] * lanes[:, lane] / full[:, lane]
        add(slot[:, lane, 0], filled, body, p.lane_style[:, lane], filled > 0, headed=False)
    add(inner, width, trim, p.head_style, begun, headed=True)
    keep = np.stack([r[6] for r in rows], axis=1).ravel()

    def woven(column: int) -> Floats:
        stacked = np.stack([r[column] for r in rows], axis=1)
        kept: Floats = stacked.reshape(-1, *stacked.shape[2:])[keep].astype(np.float64)
        return kept

    k = len(rows)

    def told(numbers: Ints) -> Ints:
        """Key or tip of each row; a halo is ground and stands for nothing."""
        spread = np.repeat(numbers[:, None], k, axis=1)
        spread[:, :N_HALOS] = NONE
        return ints(spread.ravel()[keep])

    curves, inners, breadths, trims = np.repeat(curve, k, axis=0)[keep], woven(0), woven(1), woven(2)
    heads, barbs, keys, tips = woven(3), woven(4), told(p.key), told(p.tip)
    styles = ints(np.stack([r[5] for r in rows], axis=1).ravel()[keep])
    for start in range(0, len(curves), PIECE):
        part = slice(start, start + PIECE)
        sheet.marks(
            ribbons(
                curves[part].copy(),
                inners[part],
                breadths[part],
                trims[part].copy(),
                key=keys[part].copy(),
                style=styles[part].copy(),
                tip=tips[part].copy(),
                head=heads[part].copy(),
                barb=barbs[part].copy(),
            )
        )


def stubs(board: Board, picture: FlowMap, day: float | None, since: float | None) -> None:
    """Short arrows to and from the organizations that are not drawn."""
    traffic, placed, gathered = picture.traffic, picture.layout, picture.gathered
    came, went = traffic.stubs(day, since)
    axes: list[Floats] = []
    rows: list[tuple[float, float, float, int, int, int]] = []  # breadth, head, barb, key, style, tip
    for n in range(traffic.n_nodes):
        own, label = gathered.ids[traffic.nodes[n]], gathered.labels[traffic.nodes[n]]
        quiet = Emphasis.QUIET if picture.prepared.node_quiet[n] else Emphasis.NORMAL
        for side, (count, role, way) in enumerate(((came[n], Role.STUB_IN, "from"), (went[n], Role.STUB_OUT, "to"))):
            axis = placed.stub_axes[n, side]
            if count == 0 or not np.isfinite(axis).all():
                continue
            style = board.style(Style(role, own if side else "", emphasis=quiet))
            tip = board.tip(Tip(f"{label}: {wording.people(int(count))} {way} organizations that are not drawn"))
            key = board.key(f"group:{'out' if side else 'in'}-{own}")
            axes.append(axis)
            width, head, barb = (float(x[n, side]) for x in (placed.stub_widths, placed.stub_heads, placed.stub_barbs))
            rows.append((width, head, barb, key, style, tip))
    if not rows:
        return
    straight = np.stack(axes)
    steps = np.array([0.0, 1 / 3, 2 / 3, 1.0])[None, :, None]
    line = straight[:, :1] + steps * (straight[:, 1:] - straight[:, :1])
    widths, heads, barbs = (np.array([row[i] for row in rows]) for i in range(3))
    keys, styles, tips = (np.array([row[i] for row in rows], dtype=np.int32) for i in range(3, 6))
    nothing = np.zeros(len(rows))
    body = np.stack([nothing, heads], axis=1)
    board.sheet("stubs", 35).marks(
        ribbons(
            np.concatenate([line, line]),
            np.concatenate([nothing, nothing]),
            np.concatenate([widths, widths]),
            np.concatenate([body, np.zeros_like(body)]),
            key=np.concatenate([keys, keys]),
            style=np.concatenate([styles, styles]),
            tip=np.concatenate([tips, tips]),
            head=np.concatenate([nothing, heads]),
            barb=np.concatenate([nothing, barbs]),
        )
    )


def nodes(board: Board, picture: FlowMap, day: float | None, since: float | None) -> None:
    """Discs whose area is the people moved over the whole span; the arc is the share that came in by the day."""
    traffic, placed, gathered = picture.traffic, picture.layout, picture.gathered
    n_in, n_out = traffic.totals(day, since)
    sheet = board.sheet("nodes", 40)
    unit = picture.frame.scale
    parts: list[NodePart] = []
    for n in range(traffic.n_nodes):
        r, moved = float(placed.radii[n]), int(n_in[n] + n_out[n])
        stroke = (3.0 if r <= 16 * unit else 4.0 if r <= 30 * unit else 5.0) * unit
        parts.append(
            NodePart(
                float(placed.xy[n, 0]),
                float(placed.xy[n, 1]),
                r,
                n_in[n] / moved if moved else 0.0,
                gathered.ids[traffic.nodes[n]],
                max(stroke, 1.5),
                Emphasis.QUIET if picture.prepared.node_quiet[n] else Emphasis.NORMAL,
            )
        )
    draw_nodes(
        sheet,
        parts,
        [(f"organizations:{p.organization}", t) for p, t in zip(parts, picture.prepared.node_tips, strict=True)],
    )


def _bond_lines(gathered: Gathered, traffic: Traffic, placed: FlowMapLayout) -> Mapping[tuple[int, int], Floats]:
    """The line of each pair of drawn organizations that is ever bound."""
    number = {int(code): n for n, code in enumerate(traffic.nodes)}
    pairs = [(bond.a, bond.b) for bond in gathered.bonds(None) if bond.a in number and bond.b in number]
    return {(a, b): relation_line((number[a], number[b]), placed) for a, b in pairs}


def _flow_discs(placed: FlowMapLayout) -> Floats:
    """Discs (k, 3) of x, y, radius that cover the flows, for what must not stand on them."""
    t = np.linspace(0.02, 0.98, 40)[None, :, None]
    a, b, c, d = (placed.curves[:, None, i, :] for i in range(4))
    line = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
    along = np.gradient(line, axis=1) if len(line) else line
    right = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    right /= np.maximum(np.linalg.norm(right, axis=-1, keepdims=True), 1e-9)
    middle = placed.inner + placed.widths / 2
    centre = line + right * middle[:, None, None]
    radius = np.broadcast_to((placed.widths / 2)[:, None], centre.shape[:2])
    return np.concatenate([centre, radius[..., None]], axis=2).reshape(-1, 3)


def relations(board: Board, picture: FlowMap, day: float | None) -> None:
    """A double hairline for each pair that is bound by money or contract, below all flows; its amount at the middle."""
    traffic, gathered = picture.traffic, picture.gathered
    number = {int(code): n for n, code in enumerate(traffic.nodes)}
    sheet = board.sheet("relations", 10)
    for bond in gathered.bonds(day):
        a, b = number.get(bond.a), number.get(bond.b)
        if a is None or b is None:
            continue
        points = picture.prepared.bond_lines[bond.a, bond.b]
        quiet = Emphasis.QUIET if picture.prepared.node_quiet[a] or picture.prepared.node_quiet[b] else Emphasis.NORMAL
        for role in (Role.RELATION, Role.RELATION_CORE):
            sheet.path(points, Style(role, emphasis=quiet), key=bond.key, tip=bond.tip)


def relation_line(ends: tuple[int, int], placed: FlowMapLayout) -> Floats:
    """A line between two nodes (rows of the layout) from rim to rim, sampled, (25, 2): gently bowed to whichever side
    stays within the map and keeps off other nodes."""
    a, b = placed.xy[ends[0]], placed.xy[ends[1]]
    along = b - a
    others = np.array([n not in ends for n in range(len(placed.xy))])
    x, y, w, h = placed.frame
    best, least = np.empty((0, 2)), np.inf
    t = np.linspace(0, 1, 64)[:, None]
    for bow in (-0.13, 0.13, 0.0, -0.26, 0.26):
        way = bow if a[0] < b[0] else -bow
        control = (a + b) / 2 + np.array([-along[1], along[0]]) * way
        line = (1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b
        beyond = np.maximum.reduce([x - line[:, 0], line[:, 0] - x - w, y - line[:, 1], line[:, 1] - y - h])
        gaps = np.hypot(*(line[:, None] - placed.xy[None, others]).transpose(2, 0, 1)) - placed.radii[others]
        blame = 10.0 * float((beyond > 0).sum()) + float((gaps < 6).sum())
        if blame < least:
            best, least = line, blame
    outside = (np.hypot(*(best - a).T) > placed.radii[ends[0]] + 3) & (
        np.hypot(*(best - b).T) > placed.radii[ends[1]] + 3
    )
    kept = best[outside] if outside.sum() >= 2 else best
    return floats(kept[np.linspace(0, len(kept) - 1, 25).round().astype(int)])
