"""Marks of the flow map: flows with lanes and heads, stubs, nodes, relations, people, and the motion of people.

All that does not depend on the day (keys, tips, slots of lanes, paths of dots) is prepared once; a day only masks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.layout import sizes
from app.layout.flowmap import FlowMapLayout
from app.pictures import wording
from app.pictures.board import NONE, Board, ribbons
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.legend import NodePart, draw_nodes
from app.pictures.traffic import STRONG_FIRST, Traffic, happened
from app.scene import motion as moving
from app.scene.marks import Dot, Floats, Ints, Path, floats, ints
from app.scene.motion import Motion
from app.scene.scene import Meta, Tip
from app.scene.style import Certainty, Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.flowmap import FlowMap, FlowMapOptions

Positions = npt.NDArray[np.intp]

UNSURE_DAYS = 31
"""A day that is not known within so many is uncertain: its dot is hollow."""
DOT_RADIUS = 3.3
LEAST_SPACE = 7.0
"""Pixels of path a resting dot needs; where there is less the flow's breadth and count stand for its people."""
NAMED_IN_TIP = 12
MOST_TAILS = 400
"""With more people than this at rest no dot has a tail: it is the first thing that crowds."""
MOST_DOTS = 20_000
"""With more people than this no dot has a tip or a key of its own."""

LANE_STATUS = tuple(Status(word) for word in STRONG_FIRST)


@dataclass(frozen=True, eq=False)
class Prepared:
    """What every day shares: the board with all keys and tips; drawn flows in painting order (f,), numbers of the
    traffic's flows; slot (f, lanes, 2): inner edge and breadth of each lane when full; breadth, head, barb (f,);
    style numbers; the motion of people (None without any); rests (p,): paths on which people rest;
    flow_discs: what texts must keep off."""

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
    node_tips: tuple[Tip, ...]
    motion: Motion | None
    rests: npt.NDArray[np.bool_]
    flow_discs: Floats
    net: bool


def drawn_people(traffic: Traffic, *, net: bool) -> Ints:
    """People of each flow: its moves, or in net what its direction has more than the other (0: not drawn)."""
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
    quiet, node_quiet = _quiet(gathered, traffic, shown)
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
    keys = [board.key(f"flow:{ids[a]}>{ids[b]}") for a, b in zip(traffic.flow_from[flow], traffic.flow_to[flow], strict=True)]
    tips = [board.tip(_flow_tip(gathered, traffic, int(f))) for f in flow]
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

    motion = None if net else _motion(board, gathered, traffic, placed, shown, frame, node_quiet)
    lanes = np.stack([styles(Role.LANE, status, sized=True) for status in LANE_STATUS], axis=1) if len(flow) else np.empty((0, 4), dtype=np.int32)
    return Prepared(
        board=board,
        order=order.astype(np.int32),
        flow=flow,
        slot=_slots(traffic, placed, order, flow, net=net),
        key=ints(keys),
        tip=ints(tips),
        quiet=quiet,
        node_quiet=node_quiet,
        lane_style=lanes,
        halo_style=board.style(Style(Role.HALO)),
        head_style=styles(Role.HEAD, sized=True),
        pale_style=styles(Role.LANE_PALE),
        pale_head_style=styles(Role.HEAD_PALE),
        node_tips=tuple(_node_tip(gathered, traffic, n) for n in range(traffic.n_nodes)),
        motion=motion,
        flow_discs=_flow_discs(placed),
        rests=_room(motion, placed.widths, frame.scale),
        net=net,
    )


def _quiet(gathered: Gathered, traffic: Traffic, shown: Positions) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which shown flows and which nodes stand outside the focus; none if there is no focus."""
    if not gathered.focus and not gathered.focus_people:
        return np.zeros(len(shown), dtype=np.bool_), np.zeros(traffic.n_nodes, dtype=np.bool_)
    wanted = np.isin(traffic.nodes, list(gathered.focus))
    a, b = traffic.flow_from[shown], traffic.flow_to[shown]
    lit = wanted[a] | wanted[b]
    if gathered.focus_people:
        of_person = np.isin(traffic.moves.person, list(gathered.focus_people))
        lit |= traffic.per_flow(of_person)[shown] > 0
    near = wanted.copy()
    near[a[lit]] = True
    near[b[lit]] = True
    return ~lit, ~near


def _slots(traffic: Traffic, placed: FlowMapLayout, order: Positions, flow: Ints, *, net: bool) -> Floats:
    """Inner edge and breadth of every lane of every drawn flow over the whole span, (f, lanes, 2)."""
    n_lanes = len(STRONG_FIRST)
    if not len(flow):
        return np.empty((0, n_lanes, 2))
    counts = traffic.per_lane(np.ones(len(traffic.moves), dtype=np.bool_))[flow].astype(np.float64)
    share = counts / counts.sum(axis=1, keepdims=True)
    breadth = share * placed.widths[order][:, None]
    inner = placed.inner[order][:, None] + np.cumsum(breadth, axis=1) - breadth
    return np.stack([inner, breadth], axis=2)


def _motion(
    board: Board, gathered: Gathered, traffic: Traffic, placed: FlowMapLayout, shown: Positions, frame: Frame, node_quiet: npt.NDArray[np.bool_]
) -> Motion | None:
    """One dot a dated move: its stripe across the flow, its place to rest, its days, its words."""
    moves = traffic.moves
    place = np.full(traffic.n_flows, -1, dtype=np.intp)
    place[shown] = np.arange(len(shown))
    rows = np.flatnonzero(~moves.undated)
    if not len(rows):
        return None
    flow = traffic.flow[rows]
    path = place[flow]
    people = traffic.people[flow]
    stripe = rows - traffic.first[flow]
    lane = placed.inner[path] + placed.widths[path] * (stripe + 0.5) / people
    many = len(rows) > MOST_DOTS
    unsure = moves.joined_hi[rows] - moves.joined_lo[rows] > UNSURE_DAYS
    origins = [gathered.ids[c] for c in traffic.nodes]
    status = [Status(word) for word in gathered.statuses(moves.status[rows])]
    quiet, _ = _quiet(gathered, traffic, np.arange(traffic.n_flows))
    style = ints(
        [
            board.style(
                Style(
                    Role.PERSON, origins[a], s, Emphasis.QUIET if q else Emphasis.NORMAL,
                    Certainty.UNSURE if u else Certainty.SURE,
                )
            )
            for a, s, u, q in zip(traffic.flow_from[flow], status, unsure, quiet[flow], strict=True)
        ]  # fmt: skip
    )
    left = np.where(moves.left_lo[rows] > -(2**29), moves.left_lo[rows], moves.joined[rows])
    return moving.build(
        curve=placed.curves,
        trim=np.stack([placed.trims[:, 0], placed.trims[:, 1]], axis=1),
        path=ints(path.tolist()),
        lane=lane,
        rest=_rests(traffic, rows, flow),
        key=np.full(len(rows), NONE) if many else ints([board.key(gathered.move_key(moves, int(r))) for r in rows]),
        style=style,
        tip=np.full(len(rows), NONE) if many else ints([board.tip(_move_tip(gathered, traffic, int(r))) for r in rows]),
        leave=left.astype(np.float64),
        land=moves.joined[rows].astype(np.float64),
        unsure=unsure,
    )


def _rests(traffic: Traffic, rows: Positions, flow: Ints) -> Floats:
    """Resting places along a flow: by day, the earliest nearest the head, evenly between tail and head."""
    by_day = np.lexsort((rows, traffic.moves.joined[rows], flow))
    first = np.searchsorted(flow[by_day], np.arange(traffic.n_flows + 1))
    n = np.diff(first)
    place = np.arange(len(rows)) - first[flow[by_day]]
    rest = np.empty(len(rows))
    rest[by_day] = 0.86 - 0.78 * (place + 0.5) / n[flow[by_day]]
    return rest


def flows(board: Board, picture: FlowMap, day: float | None, since: float | None) -> None:
    """Halo, lanes and head of every flow, small below large. Before the last day the whole span stands pale below."""
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
    inner, width = placed.inner[order], placed.widths[order]
    body = np.stack([trim[:, 0], trim[:, 1] + head], axis=1)
    nothing = np.zeros(n)
    begun = lanes.sum(axis=1) > 0
    # rows of one flow stand together: halo of the body, halo of the head, (pale body, pale head), lanes, head
    rows: list[tuple[Floats, Floats, Floats, Floats, Floats, Ints, npt.NDArray[np.bool_]]] = []

    def add(inner_: Floats, width_: Floats, trim_: Floats, style: Ints, keep: npt.NDArray[np.bool_], *, headed: bool) -> None:
        rows.append((inner_, width_, trim_, head if headed else nothing, barb if headed else nothing, style, keep))

    every = np.ones(n, dtype=np.bool_)
    halo = np.full(n, p.halo_style, dtype=np.int32)
    add(inner, width, body, halo, every, headed=False)
    add(inner, width, trim, halo, every, headed=True)
    if not whole:
        add(inner, width, body, p.pale_style, every, headed=False)
        add(inner, width, trim, p.pale_head_style, ~begun, headed=True)
    for lane in range(lanes.shape[1]):
        filled = p.slot[:, lane, 1] * lanes[:, lane] / full[:, lane]
        add(p.slot[:, lane, 0], filled, body, p.lane_style[:, lane], filled > 0, headed=False)
    add(inner, width, trim, p.head_style, begun, headed=True)
    keep = np.stack([r[6] for r in rows], axis=1).ravel()

    def woven(column: int) -> Floats:
        stacked = np.stack([r[column] for r in rows], axis=1)
        kept: Floats = stacked.reshape(-1, *stacked.shape[2:])[keep].astype(np.float64)
        return kept

    k = len(rows)
    sheet.marks(
        ribbons(
            np.repeat(curve, k, axis=0)[keep],
            woven(0),
            woven(1),
            woven(2),
            key=ints(np.repeat(p.key, k)[keep]),
            style=ints(np.stack([r[5] for r in rows], axis=1).ravel()[keep]),
            tip=ints(np.repeat(p.tip, k)[keep]),
            head=woven(3),
            barb=woven(4),
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
            sizes = (float(each[n, side]) for each in (placed.stub_widths, placed.stub_heads, placed.stub_barbs))
            rows.append((*sizes, key, style, tip))
    if not rows:
        return
    straight = np.stack(axes)
    steps = np.array([0.0, 1 / 3, 2 / 3, 1.0])[None, :, None]
    line = straight[:, :1] + steps * (straight[:, 1:] - straight[:, :1])
    width, head, barb = (np.array([row[i] for row in rows]) for i in range(3))
    key, style, tip = (np.array([row[i] for row in rows], dtype=np.int32) for i in range(3, 6))
    nothing = np.zeros(len(rows))
    body = np.stack([nothing, head], axis=1)
    board.sheet("stubs", 35).marks(
        ribbons(
            np.concatenate([line, line]),
            np.concatenate([nothing, nothing]),
            np.concatenate([width, width]),
            np.concatenate([body, np.zeros_like(body)]),
            key=np.concatenate([key, key]),
            style=np.concatenate([style, style]),
            tip=np.concatenate([tip, tip]),
            head=np.concatenate([nothing, head]),
            barb=np.concatenate([nothing, barb]),
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
                float(placed.xy[n, 0]), float(placed.xy[n, 1]), r, n_in[n] / moved if moved else 0.0,
                gathered.ids[traffic.nodes[n]], max(stroke, 1.5),
                Emphasis.QUIET if picture.prepared.node_quiet[n] else Emphasis.NORMAL,
            )  # fmt: skip
        )
    draw_nodes(sheet, parts, [(f"organizations:{p.organization}", t) for p, t in zip(parts, picture.prepared.node_tips, strict=True)])


def people(board: Board, picture: FlowMap, day: float | None) -> None:
    """Everyone who has moved by the day, at rest on their flow, and a short tail that says which way they went."""
    motion = picture.prepared.motion
    if motion is None:
        return
    unit = picture.frame.scale
    at = float(np.inf) if day is None else day
    moment = thinned(picture.prepared, moving.frame(motion, min(at, 1e9), mode="cumulative"))
    landed = moment.state == moving.LANDED
    row, xy, angle = moment.row[landed], moment.xy[landed], np.radians(moment.angle[landed])
    if not len(row):
        return
    sheet = board.sheet("people", 50, moving=True)
    scale = max(min(unit, 1.6), 0.72)
    back = -np.stack([np.cos(angle), np.sin(angle)], axis=1) * scale
    styles = picture.prepared.board.styles
    worn = [styles[n] for n in motion.style[row].tolist()]
    none = np.full(len(row), NONE, dtype=np.int32)
    tailed = ((15.0, 9.0, Emphasis.SMALL), (9.0, 3.0, Emphasis.NORMAL)) if len(row) <= MOST_TAILS else ()
    for far, near, strength in tailed:
        tails = (Style(Role.TAIL, w.organization, emphasis=w.emphasis or strength) for w in worn)
        sheet.marks(
            Path(
                key=none.copy(),
                style=ints([board.style(tail) for tail in tails]),
                tip=none.copy(),
                points=np.stack([xy + far * back, xy + near * back], axis=1).reshape(-1, 2),
                offsets=np.arange(0, 2 * len(row) + 1, 2, dtype=np.int32),
                closed=np.zeros(len(row), dtype=np.bool_),
                stroke=np.zeros(len(row)),
            )
        )
    radius = np.where(motion.unsure[row], 2.9, DOT_RADIUS) * scale
    sheet.marks(
        Dot(key=motion.key[row], style=motion.style[row], tip=motion.tip[row], x=floats(xy[:, 0]), y=floats(xy[:, 1]), r=radius)
    )


def thinned(prepared: Prepared, moment: moving.Frame) -> moving.Frame:
    """A moment without the resting dots of flows that have no room for them."""
    motion = prepared.motion
    if motion is None or prepared.rests.all():
        return moment
    keep = (moment.state != moving.LANDED) | prepared.rests[motion.path[moment.row]]
    return moving.Frame(
        moment.row[keep], moment.xy[keep], moment.state[keep], moment.hollow[keep], moment.angle[keep], moment.opacity[keep]
    )


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


def _room(motion: Motion | None, widths: Floats, unit: float) -> npt.NDArray[np.bool_]:
    """Which paths have room for resting dots: enough length for each, and enough breadth to carry one."""
    if motion is None:
        return np.zeros(len(widths), dtype=np.bool_)
    each = motion.course.length * 0.78 / np.maximum(np.bincount(motion.path, minlength=len(widths)), 1)
    return (each >= LEAST_SPACE * unit) & (widths >= 1.2 * min(unit, 1.0))


def relations(board: Board, picture: FlowMap, day: float | None) -> None:
    """A double hairline for each pair that is bound by money or contract, below all flows; its amount at the middle."""
    traffic, placed, gathered = picture.traffic, picture.layout, picture.gathered
    number = {int(code): n for n, code in enumerate(traffic.nodes)}
    sheet = board.sheet("relations", 10)
    for bond in gathered.bonds(day):
        a, b = number.get(bond.a), number.get(bond.b)
        if a is None or b is None:
            continue
        points = relation_line(placed.xy[a], placed.xy[b], float(placed.radii[a]), float(placed.radii[b]))
        quiet = Emphasis.QUIET if picture.prepared.node_quiet[a] or picture.prepared.node_quiet[b] else Emphasis.NORMAL
        for role in (Role.RELATION, Role.RELATION_CORE):
            sheet.path(points, Style(role, emphasis=quiet), key=bond.key, tip=bond.tip)


def relation_line(a: Floats, b: Floats, ra: float, rb: float) -> Floats:
    """A gently bowed line from rim to rim, sampled, (25, 2)."""
    along = b - a
    length = float(np.hypot(*along)) or 1.0
    bow = (a + b) / 2 + np.array([-along[1], along[0]]) * (-0.13 if a[0] < b[0] else 0.13)
    t = np.linspace(0, 1, 64)[:, None]
    line = (1 - t) ** 2 * a + 2 * t * (1 - t) * bow + t**2 * b
    outside = (np.hypot(*(line - a).T) > ra + 3) & (np.hypot(*(line - b).T) > rb + 3)
    kept = line[outside] if outside.sum() >= 2 else line
    return floats(kept[np.linspace(0, len(kept) - 1, 25).round().astype(int)]) if length else floats(kept)


def _flow_tip(gathered: Gathered, traffic: Traffic, flow: int) -> Tip:
    """Who, when, how sure, and how many sources."""
    rows = np.arange(traffic.first[flow], traffic.first[flow + 1])
    a, b = (gathered.labels[traffic.nodes[n]] for n in (traffic.flow_from[flow], traffic.flow_to[flow]))
    counts = [(int((traffic.lane[rows] == i).sum()), word) for i, word in enumerate(STRONG_FIRST)]
    told = ", ".join(f"{n} {word}" for n, word in counts if n)
    lines = [f"{wording.people(len(rows))}: {told}"]
    lines += [gathered.person_line(traffic.moves, int(r)) for r in rows[:NAMED_IN_TIP]]
    if len(rows) > NAMED_IN_TIP:
        lines.append(f"and {len(rows) - NAMED_IN_TIP} more")
    links = dict.fromkeys(s for r in rows[:NAMED_IN_TIP] for s in gathered.move_sources(traffic.moves, int(r)))
    return Tip(f"{a} → {b}", tuple(lines), tuple(links))


def _move_tip(gathered: Gathered, traffic: Traffic, row: int) -> Tip:
    a, b = (gathered.labels[code] for code in (traffic.moves.origin[row], traffic.moves.destination[row]))
    return Tip(gathered.person_name(traffic.moves, row), (f"{a} → {b}", gathered.when_line(traffic.moves, row)), gathered.move_sources(traffic.moves, row))


def _node_tip(gathered: Gathered, traffic: Traffic, n: int) -> Tip:
    n_in, n_out = traffic.totals(None)
    code = int(traffic.nodes[n])
    known, possible = gathered.known_people(code)
    lines = [f"{n_in[n]} in, {n_out[n]} out, {int(n_in[n]) - int(n_out[n]):+d} net"]
    if known or possible:
        upto = f", up to {possible}" if possible > known else ""
        lines.append(f"{wording.counted(known, 'known person', 'known people')}{upto} on {wording.iso(gathered.as_of)}")
    return Tip(gathered.names[code], tuple(lines), gathered.organization_sources(code))


def meta(gathered: Gathered, options: FlowMapOptions, as_of: str) -> Meta:
    """Provenance of the picture, with the colours, names and sources that its marks refer to."""
    return Meta(
        view="flowmap",
        dataset=gathered.digest,
        as_of=as_of,
        known_by=wording.iso(options.filter.known_by) if options.filter.known_by is not None else "",
        window=gathered.window_text,
        level=options.filter.level,
        lens=str(options.filter.lens),
        command=options.command,
        colors=gathered.colors,
        names=MappingProxyType({i: gathered.labels[c] for c, i in enumerate(gathered.ids)}),
        sources=gathered.sources,
        left_out=gathered.left_out,
    )


__all__ = ["Meta", "Prepared", "sizes"]
