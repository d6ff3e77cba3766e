"""The whole layout of a flow map: nodes, flows, names, stubs, counts and plates, arrays in and arrays out.

The order of the work: nodes are placed, flows bow round them, names take the free places, flows choose once more and
spare the names, then stubs, counts and plates fill what is left. The result does not depend on the order of rows: all
is done in the order of ids and put back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt

from app.layout import curves as cv
from app.layout import labels, placing, routing, sizes, stubs
from app.layout.flowmap_values import FlowMapLayout, FlowMapProblem
from app.layout.raster import Ground

__all__ = ["FlowMapLayout", "FlowMapProblem", "layout"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

NAME_GAP, NAME_MARGIN, COUNT_COVERS = 5.0, 2.0, 0.45
CELL = 4.0


def layout(
    problem: FlowMapProblem,
    *,
    previous: FlowMapLayout | None = None,
    pinned: Mapping[str, tuple[float, float]] | None = None,
) -> FlowMapLayout:
    """Lay out a flow map.

    With `previous`, what stood there stays (moved along when the frame changed): after one more move no node has
    shifted by more than its radius, and flows keep their bends unless one came to lie under a node; only new nodes are
    placed. Leave it out for a fresh arrangement. `pinned` nodes (id → centre) stay exactly; ids that are not in the
    problem are ignored. No nodes give empty arrays. The same problem gives the same layout, whatever its row order.
    """
    order = np.array(sorted(range(len(problem.ids)), key=problem.ids.__getitem__), dtype=np.intp)
    back = np.argsort(order)
    flows = back[problem.flows]
    flow_order = np.lexsort((flows[:, 1], flows[:, 0]))
    in_order = replace(
        problem,
        ids=tuple(problem.ids[i] for i in order),
        radii=problem.radii[order],
        name_sizes=problem.name_sizes[order],
        stub_people=problem.stub_people[order],
        stub_count_sizes=problem.stub_count_sizes[order],
        flows=flows[flow_order],
        people=problem.people[flow_order],
        count_sizes=problem.count_sizes[flow_order],
        plate_near=back[problem.plate_near],
    )
    done = _in_order(in_order, previous, pinned or {})
    by_node = ("xy", "name_boxes", "name_stands", "names", "stub_axes", "stub_widths", "stub_heads", "stub_barbs")
    rows = {"plate_boxes": slice(None)} | dict.fromkeys((*by_node, "stub_count_boxes"), back)
    flow_back = np.argsort(flow_order)
    given = {"ids": problem.ids, "frame": problem.frame, "flows": problem.flows, "radii": problem.radii}
    arrays = {
        f.name: getattr(done, f.name)[rows.get(f.name, flow_back)] for f in fields(done) if f.name not in given
    }
    return FlowMapLayout(**given, **arrays)


def _in_order(
    problem: FlowMapProblem, previous: FlowMapLayout | None, pinned: Mapping[str, tuple[float, float]]
) -> FlowMapLayout:
    """The layout of a problem whose ids and flows are sorted."""
    unit, frame = problem.unit, np.array(problem.frame, dtype=np.float64)
    radii, flows = problem.radii, problem.flows
    widths = sizes.flow_widths(problem.people, problem.k)
    pairs, pair_of, people = _pairs(flows, problem.people, widths)

    xy = placing.place(
        radii,
        problem.name_sizes,
        pairs.ends,
        people,
        pairs.widths.sum(axis=1),
        frame,
        pinned=np.array([pinned.get(i, (np.nan, np.nan)) for i in problem.ids]).reshape(-1, 2),
        held=_held(problem, previous),
        unit=unit,
    )
    kept = _kept(problem, pairs.ends, previous)
    router = routing.Router(xy, radii, pairs, frame, unit)
    bows = router.choose(kept=kept, hold=routing.HOLD)
    if kept is not None:
        bows = router.repaired(bows, kept)
    curves, span, trims = _draw(problem, xy, pairs.ends, pair_of, bows, widths)
    ribbons = _ribbons(frame, curves, span, widths, unit)
    boxes, stands, chosen = _names(problem, xy, frame, ribbons)
    if kept is None:
        bows = router.repaired(router.choose(names=boxes, kept=bows))
        curves, span, trims = _draw(problem, xy, pairs.ends, pair_of, bows, widths)
        ribbons = _ribbons(frame, curves, span, widths, unit)
        boxes, stands, chosen = _names(problem, xy, frame, ribbons)

    discs = np.column_stack((xy, radii))
    stub_widths = np.where(problem.stub_people > 0, sizes.flow_widths(problem.stub_people, problem.k), 0.0)
    axes, stub_ground = _stubs(problem, xy, frame, stub_widths, boxes, ribbons)
    taken = [boxes[chosen], stub_ground]
    trial = stubs.count_candidates(axes, stub_widths, problem.stub_count_sizes, unit).reshape(2 * len(xy), -1, 4)
    first = np.lexsort((np.arange(len(trial)), -problem.stub_people.ravel()))
    picks = labels.choose(trial, first, frame, discs=discs, boxes=np.concatenate(taken), ground=ribbons, most_covered=0.6)
    stub_counts = labels.picked(trial, picks)
    taken.append(stub_counts[picks >= 0])

    trial = labels.count_candidates(curves, span, widths, problem.count_sizes, unit)
    first = np.lexsort((np.arange(len(trial)), -problem.people))
    picks = labels.choose(
        trial, first, frame, discs=discs, boxes=np.concatenate(taken), ground=ribbons, most_covered=COUNT_COVERS
    )
    counts = labels.picked(trial, picks)
    taken.append(counts[picks >= 0])

    solid = Ground(frame, CELL * unit)
    air = 6 * unit
    solid.add_discs(xy, radii + air)
    solid.add_boxes(np.concatenate(taken) + air * np.array([-1.0, -1.0, 2.0, 2.0]))
    near = xy[problem.plate_near]
    lengths = cv.lengths(curves, np.zeros(len(curves)), np.ones(len(curves)))
    return FlowMapLayout(
        ids=problem.ids,
        frame=problem.frame,
        xy=xy,
        radii=radii,
        flows=flows,
        curves=curves,
        bows=np.where(flows[:, 0] < flows[:, 1], 1.0, -1.0)[:, None] * bows[pair_of],
        lengths=lengths,
        trims=trims,
        span=span,
        inner=np.full(len(flows), sizes.INNER * unit),
        widths=widths,
        heads=sizes.heads(widths, lengths - trims.sum(axis=1), unit),
        barbs=sizes.barbs(widths, unit),
        name_boxes=boxes,
        name_stands=stands,
        names=chosen,
        count_boxes=counts,
        counts=picks >= 0,
        stub_axes=axes,
        stub_widths=stub_widths,
        stub_heads=sizes.heads(stub_widths, stubs.stub_lengths(stub_widths, unit)[:, None], unit),
        stub_barbs=np.where(stub_widths > 0, sizes.barbs(stub_widths, unit), 0.0),
        stub_count_boxes=stub_counts.reshape(-1, 2, 4),
        plate_boxes=labels.plates(problem.plate_sizes, near, frame, ribbons, solid),
    )


def _pairs(flows: Ints, people: Floats, widths: Floats) -> tuple[routing.Pairs, Ints, Floats]:
    """Joined pairs of nodes, the pair of each flow, and the people of each pair, both directions together."""
    ends, pair_of = np.unique(np.sort(flows, axis=1), axis=0, return_inverse=True)
    pair_of = pair_of.reshape(len(flows))
    both = np.zeros((len(ends), 2))
    both[pair_of, (flows[:, 0] > flows[:, 1]).astype(np.intp)] = widths
    return routing.Pairs(ends.reshape(-1, 2), both), pair_of, np.bincount(pair_of, people, len(ends))


def _held(problem: FlowMapProblem, previous: FlowMapLayout | None) -> Floats:
    """Where nodes stood, carried over into the frame of now; NaN for new ones: (n, 2)."""
    held = np.full((len(problem.ids), 2), np.nan)
    if previous is None or not len(previous.ids):
        return held
    old, new = np.array(previous.frame), np.array(problem.frame)
    same = bool((old == new).all())
    places = previous.xy if same else new[:2] + (previous.xy - old[:2]) / old[2:] * new[2:]
    stood = dict(zip(previous.ids, places, strict=True))
    for row, name in enumerate(problem.ids):
        held[row] = stood.get(name, np.nan)
    return held


def _kept(problem: FlowMapProblem, ends: Ints, previous: FlowMapLayout | None) -> Floats | None:
    """The bows that pairs had, NaN for new ones: (p, 2); None without a previous layout."""
    if previous is None:
        return None
    bows: dict[tuple[str, str], Floats] = {}
    for (i, j), bow in zip(previous.flows, previous.bows, strict=True):
        a, b = previous.ids[i], previous.ids[j]
        bows[min(a, b), max(a, b)] = bow if a < b else -bow
    nothing = np.full(2, np.nan)
    return np.array([bows.get((problem.ids[i], problem.ids[j]), nothing) for i, j in ends]).reshape(-1, 2)


def _draw(
    problem: FlowMapProblem, xy: Floats, ends: Ints, pair_of: Ints, bows: Floats, widths: Floats
) -> tuple[Floats, Floats, Floats]:
    """Centre lines, spans and trims of flows; see `FlowMapLayout`."""
    lines = routing.centre_lines(xy, problem.radii, ends, bows)[pair_of]
    forth = problem.flows[:, 0] < problem.flows[:, 1]
    curves = np.where(forth[:, None, None], lines, cv.reversed_curves(lines))
    span, trims = routing.trims(curves, xy, problem.radii, problem.flows, widths, problem.unit)
    return curves, span, trims


def _ribbons(frame: Floats, curves: Floats, span: Floats, widths: Floats, unit: float) -> Ground:
    """The ground under ribbons and their heads."""
    ground = Ground(frame, CELL * unit)
    inner = np.full(len(curves), sizes.INNER * unit)
    ground.add_ribbons(curves, span, inner, widths)
    share = np.minimum(0.45, 0.95 * 1.42 * widths / np.maximum(cv.lengths(curves, span[:, 0], span[:, 1]), 1e-9))
    back = np.column_stack((span[:, 1] - share * (span[:, 1] - span[:, 0]), span[:, 1]))
    ground.add_ribbons(curves, back, inner + widths, sizes.barbs(widths, unit) / 2)
    return ground


def _names(
    problem: FlowMapProblem, xy: Floats, frame: Floats, ribbons: Ground
) -> tuple[Floats, npt.NDArray[np.int8], npt.NDArray[np.bool_]]:
    """Boxes of names, how words stand in them, and which are shown; the largest nodes choose first."""
    gap = NAME_GAP * problem.unit
    middle = frame[:2] + frame[2:] / 2
    trial, stands = labels.name_candidates(xy, problem.radii, problem.name_sizes, middle, gap)
    first = np.lexsort((np.arange(len(xy)), -problem.radii))
    discs = np.column_stack((xy, problem.radii + NAME_MARGIN * problem.unit))
    picks = labels.choose(
        trial, first, frame, discs=discs, ground=ribbons, air=NAME_MARGIN * problem.unit, bias=labels.NAME_BIAS
    )
    return labels.picked(trial, picks), stands[np.arange(len(xy)), np.maximum(picks, 0)], picks >= 0


def _stubs(
    problem: FlowMapProblem, xy: Floats, frame: Floats, stub_widths: Floats, names: Floats, ribbons: Ground
) -> tuple[Floats, Floats]:
    """Axes of stubs, and boxes round them for what comes after."""
    unit = problem.unit
    ground = ribbons.copy()
    ground.add_discs(xy, problem.radii, stubs.SOLID)
    ground.add_boxes(names, stubs.SOLID)
    middle = frame[:2] + frame[2:] / 2
    axes = stubs.place_stubs(xy, problem.radii, stub_widths, middle, ground, unit)
    return axes, stubs.boxes_round(axes, stub_widths, unit)
