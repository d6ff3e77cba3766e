"""The text twin of a flow map on a day: every organization, flow and relation that is drawn, with its figures in words.

The marks hold still while time goes by: they come in the order of the whole span, and only names and descriptions count
what has happened by the day, as totals and ribbons do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.pictures import wording
from app.pictures.flowmap import FlowMap
from app.pictures.flowmap_marks import drawn_people
from app.pictures.mark_rows import ribbons
from app.pictures.traffic import STRONG_FIRST, happened
from app.scene import motion as moving
from app.scene.curves import headings, places, rightward
from app.scene.marks import Floats, Ints
from app.scene.motion import Mode
from app.scene.outline import bounds
from app.scene.scene import Scene
from app.scene.twin import Kind, Point, Rectangle, Twin, TwinMark


def twin(
    picture: FlowMap, scene: Scene, day: float | None = None, *, mode: Mode = "cumulative", window: float = 183.0
) -> Twin:
    """The twin of `picture.scene(day, mode=mode, window=window)`, which is the scene to hand over.

    Organizations with most moves over the whole span first; flows by the organization they leave, each one's largest
    first; relations that the day knows, by id. A picture without organizations gives a Twin without marks.
    """
    header = scene.header
    at = picture.gathered.clock if day is None else day
    since = moving.since(at, mode, window)
    people = _people(picture, at, since)
    flows = _flows(picture, people, at, since)
    marks = (*_organizations(picture, people, at, since), *flows, *_relations(picture, at))
    return Twin(header.title, header.lines, marks)


def _people(picture: FlowMap, at: float | None, since: float | None) -> Ints:
    """People of each flow of the traffic as the picture counts them: by the day, or in net over the whole span."""
    traffic = picture.traffic
    if picture.prepared.net:
        return drawn_people(traffic, net=True)
    return traffic.per_flow(happened(traffic.moves, at, since))


def _key(picture: FlowMap, n: int) -> str:
    return f"organizations:{picture.gathered.ids[picture.traffic.nodes[n]]}"


def _label(picture: FlowMap, n: int) -> str:
    return picture.gathered.labels[int(picture.traffic.nodes[n])]


def _organizations(picture: FlowMap, people: Ints, at: float | None, since: float | None) -> list[TwinMark]:
    traffic, placed = picture.traffic, picture.layout
    n_in, n_out = traffic.totals(at, since)
    came, went = traffic.stubs(at, since)
    marks = []
    for n in range(traffic.n_nodes):
        (x, y), r = (float(v) for v in placed.xy[n]), float(placed.radii[n])
        full, label = picture.gathered.names[traffic.nodes[n]], _label(picture, n)
        told = [full] if full != label else []
        told.append(f"{n_in[n]:,} in, {n_out[n]:,} out")
        told.append(_largest(picture, people, n))
        beyond = [f"{wording.people(int(c))} {word}" for c, word in ((came[n], "from"), (went[n], "to")) if c]
        told.append(f"{' and '.join(beyond)} organizations that are not drawn" if beyond else "")
        box = (x - r, y - r, 2 * r, 2 * r)
        moved = int(n_in[n] + n_out[n])
        description = "; ".join(part for part in told if part)
        marks.append(
            TwinMark(_key(picture, n), Kind.ORGANIZATION, label, description, box, (x, y), (x, y), (x, y), moved)
        )
    return marks


def _largest(picture: FlowMap, people: Ints, n: int) -> str:
    """`largest flow to Meta, 13 people`; of equal ones the departing, then the first; blank where nobody moved."""
    traffic = picture.traffic
    ends = ((traffic.flow_from, traffic.flow_to, "to"), (traffic.flow_to, traffic.flow_from, "from"))
    most, told = 0, ""
    for here, there, word in ends:
        flows = np.flatnonzero(here == n)
        if len(flows) and people[flows].max() > most:
            flow = flows[int(people[flows].argmax())]
            most = int(people[flow])
            told = f"largest flow {word} {_label(picture, int(there[flow]))}, {wording.people(most)}"
    return told


def _flows(picture: FlowMap, people: Ints, at: float | None, since: float | None) -> list[TwinMark]:
    """Flows by the organization they leave, then by people over the whole span, then by the one they reach."""
    traffic, placed, net = picture.traffic, picture.layout, picture.prepared.net
    place, flow = picture.prepared.order, picture.prepared.flow
    if not len(flow):
        return []
    whole = drawn_people(traffic, net=net)
    order = np.lexsort((traffic.flow_to[flow], -whole[flow], traffic.flow_from[flow]))
    place, flow = place[order], flow[order]
    none = np.zeros(len(flow), dtype=np.int32)
    curves, inner, widths = placed.curves[place], placed.inner[place], placed.widths[place]
    shapes = ribbons(
        curves.copy(), inner.copy(), widths.copy(), placed.trims[place].copy(), key=none, style=none, tip=none
    )
    steps = placed.span[place] @ np.array([[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]])  # start, middle, end of what is drawn
    points = places(curves, steps) + rightward(headings(curves, steps)) * (inner + widths / 2)[:, None, None]
    boxes = bounds(shapes)
    lanes = traffic.per_lane(happened(traffic.moves, at, since))
    marks = []
    for number, box, line in zip(flow.tolist(), boxes, points, strict=True):
        a, b = int(traffic.flow_from[number]), int(traffic.flow_to[number])
        n = int(people[number])
        if net:
            gross = int(traffic.people[number])
            name = f"{wording.people(n)} net"
            told = f"{gross:,} went, {gross - n:,} the other way"
        else:
            name, told = wording.people(n), _certainty(lanes[number].tolist())
        keys = _key(picture, a), _key(picture, b)
        marks.append(
            TwinMark(
                f"flow:{keys[0].partition(':')[2]}>{keys[1].partition(':')[2]}",
                Kind.FLOW,
                f"{_label(picture, a)} to {_label(picture, b)}, {name}",
                told,
                _box(box, line),
                _point(line[1]),
                _point(line[0]),
                _point(line[2]),
                n,
                *keys,
            )
        )
    return marks


def _certainty(lanes: Sequence[int]) -> str:
    """`10 confirmed, 4 reported`; blank for nobody."""
    return ", ".join(f"{n:,} {word}" for n, word in zip(lanes, STRONG_FIRST, strict=True) if n)


def _relations(picture: FlowMap, at: float | None) -> list[TwinMark]:
    if not picture.options.relations:
        return []
    number = {int(code): n for n, code in enumerate(picture.traffic.nodes)}
    marks = []
    for bond in picture.gathered.bonds(at):
        a, b = number.get(bond.a), number.get(bond.b)
        if a is None or b is None:
            continue
        line = picture.prepared.bond_lines[bond.a, bond.b]
        middle = line[len(line) // 2]
        box = np.concatenate([line.min(axis=0), line.max(axis=0)])
        marks.append(
            TwinMark(
                bond.key,
                Kind.RELATION,
                bond.tip.head,
                "; ".join(bond.tip.lines),
                _box(box, line),
                _point(middle),
                _point(line[0]),
                _point(line[-1]),
                0,
                _key(picture, a),
                _key(picture, b),
            )
        )
    return marks


def _box(edges: Floats, line: Floats) -> Rectangle:
    """Left, top, width, height of edges (left, top, right, bottom), or of a line's points where edges are NaN."""
    if not np.isfinite(edges).all():
        edges = np.concatenate([line.min(axis=0), line.max(axis=0)])
    x0, y0, x1, y1 = (float(v) for v in edges)
    return x0, y0, x1 - x0, y1 - y0


def _point(xy: Floats) -> Point:
    return float(xy[0]), float(xy[1])
