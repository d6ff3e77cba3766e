"""The whole layout of a flow map: nodes, flows, names, stubs, counts and plates, arrays in and arrays out.

The order of the work: nodes are placed, flows bow round them, names take the free places, flows choose once more and
spare the names, then stubs, counts and plates fill what is left. The result does not depend on the order of rows: all
is done in the order of ids and put back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.layout import curves as cv
from app.layout import labels, placing, routing, sizes, stubs
from app.layout.flowmap_values import Arrangement, FlowMapLayout, FlowMapProblem
from app.layout.raster import Ground

__all__ = ["Arrangement", "FlowMapLayout", "FlowMapProblem", "layout"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

NAME_GAP, NAME_MARGIN, COUNT_MARGIN, PLATE_MARGIN = 5.0, 2.0, 2.5, 6.0
COUNT_COVERS, STUB_COVERS = 0.6, 0.8
"""Shares of a count's box that may lie on ribbons."""
CELL = 5.0


def layout(
    problem: FlowMapProblem,
    *,
    previous: FlowMapLayout | Arrangement | None = None,
    pinned: Mapping[str, tuple[float, float]] | None = None,
) -> FlowMapLayout:
    """Lay out a flow map.

    With `previous`, what stood there stays (moved along when the frame changed): after one more move no node has
    shifted by more than its radius, and flows keep their bows unless one came to lie under a node; only new nodes are
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
    rows: dict[str, Ints] = dict.fromkeys(_BY_NODE, back)
    given: dict[str, Any] = {name: getattr(problem, name) for name in ("ids", "frame", "flows", "radii")}
    given["plate_boxes"] = done.plate_boxes
    flow_back = np.argsort(flow_order)
    for f in fields(done):
        if f.name not in given:
            given[f.name] = getattr(done, f.name)[rows.get(f.name, flow_back)]
    return FlowMapLayout(**given)


_BY_NODE = (
    "xy",
    "name_boxes",
    "name_stands",
    "names",
    "stub_axes",
    "stub_widths",
    "stub_heads",
    "stub_barbs",
    "stub_count_boxes",
)


@dataclass(frozen=True, eq=False)
class _Names:
    """Boxes of names (n, 4), how words stand in them and which are shown (n,)."""

    boxes: Floats
    stands: npt.NDArray[np.int8]
    shown: Bools


@dataclass(frozen=True, eq=False)
class _Stood:
    """Where words and stubs stood in an earlier layout of the same frame, by the rows of now, NaN for new ones: boxes
    of names (n, 4), axes of stubs (n, 2, 2, 2), boxes of their counts (2n, 4) and of those of flows (m, 4). None: there
    is no such layout."""

    names: Floats | None = None
    stubs: Floats | None = None
    stub_counts: Floats | None = None
    counts: Floats | None = None

    @classmethod
    def of(cls, problem: FlowMapProblem, previous: FlowMapLayout | Arrangement | None) -> _Stood:
        """What of it stands in the rows of a problem."""
        if not isinstance(previous, FlowMapLayout) or tuple(previous.frame) != tuple(problem.frame):
            return cls()
        place = {name: row for row, name in enumerate(previous.ids)}
        rows = np.array([place.get(name, -1) for name in problem.ids], dtype=np.intp)
        ends = {(previous.ids[a], previous.ids[b]): row for row, (a, b) in enumerate(previous.flows.tolist())}
        flows = [ends.get((problem.ids[a], problem.ids[b]), -1) for a, b in problem.flows.tolist()]
        boxes = _rows_of(previous.stub_count_boxes, rows).reshape(-1, 4)
        counts = _rows_of(previous.count_boxes, np.array(flows, dtype=np.intp))
        return cls(_rows_of(previous.name_boxes, rows), _rows_of(previous.stub_axes, rows), boxes, counts)


def _rows_of(values: Floats, rows: Ints) -> Floats:
    """Some rows of an array, NaN for -1."""
    return np.concatenate((values, np.full((1, *values.shape[1:]), np.nan)))[rows]


def _in_order(
    problem: FlowMapProblem, previous: FlowMapLayout | Arrangement | None, pinned: Mapping[str, tuple[float, float]]
) -> FlowMapLayout:
    """The layout of a problem whose ids and flows are sorted."""
    unit, frame, radii, flows = problem.unit, np.array(problem.frame, dtype=np.float64), problem.radii, problem.flows
    widths = sizes.flow_widths(problem.people, problem.k)
    pairs, pair_of, people = _pairs(flows, problem.people, widths)
    xy = placing.place(
        radii,
        problem.name_sizes,
        pairs.ends,
        people,
        frame,
        pinned=np.array([pinned.get(i, (np.nan, np.nan)) for i in problem.ids], dtype=np.float64).reshape(-1, 2),
        held=_held(problem, previous),
        unit=unit,
    )
    bows = _bows(problem, xy, frame, pairs, pair_of, widths, _kept(problem, pairs.ends, previous))
    curves = _lines(flows, routing.centre_lines(xy, radii, pairs.ends, bows), pair_of)
    span, trims = routing.trims(curves, xy, radii, flows, widths, unit)
    ribbons = _ribbons(frame, curves, span, widths, unit)
    stood = _Stood.of(problem, previous)
    names = _names(problem, xy, frame, ribbons, stood.names)
    stub_widths = np.where(problem.stub_people > 0, sizes.flow_widths(problem.stub_people, problem.k), 0.0)
    axes = _stubs(problem, xy, frame, stub_widths, names.boxes, ribbons, stood.stubs)

    discs, air = np.column_stack((xy, radii)), COUNT_MARGIN * unit
    taken = np.concatenate((names.boxes[names.shown], stubs.boxes_round(axes, stub_widths, unit)))
    trial = stubs.count_candidates(axes, stub_widths, problem.stub_count_sizes, unit).reshape(
        2 * len(xy), stubs.COUNT_PLACES, 4
    )
    first = np.lexsort((np.arange(len(trial)), -problem.stub_people.ravel()))
    picks = labels.choose(
        trial, first, frame, discs=discs, boxes=taken, ground=ribbons, most_covered=STUB_COVERS, air=air,
        held=stood.stub_counts,
    )  # fmt: skip
    stub_counts = labels.picked(trial, picks)

    taken = np.concatenate((taken, stub_counts[picks >= 0]))
    trial = labels.count_candidates(curves, span, widths, problem.count_sizes, unit)
    first = np.lexsort((np.arange(len(trial)), -problem.people))
    picks = labels.choose(
        trial, first, frame, discs=discs, boxes=taken, ground=ribbons, most_covered=COUNT_COVERS, air=air,
        held=stood.counts,
    )  # fmt: skip
    counts = labels.picked(trial, picks)

    taken = np.concatenate((taken, counts[picks >= 0]))
    lengths = cv.lengths(curves, np.zeros(len(curves)), np.ones(len(curves)))
    stub_heads = sizes.heads(stub_widths, stubs.stub_lengths(stub_widths, unit)[:, None], unit)
    return FlowMapLayout(
        ids=problem.ids,
        frame=problem.frame,
        xy=xy,
        radii=radii,
        flows=flows,
        curves=curves,
        bows=_signs(flows)[:, None] * bows[pair_of],
        lengths=lengths,
        trims=trims,
        span=span,
        inner=np.full(len(flows), sizes.INNER * unit),
        widths=widths,
        heads=sizes.heads(widths, lengths - trims.sum(axis=1), unit),
        barbs=sizes.barbs(widths, unit),
        name_boxes=names.boxes,
        name_stands=names.stands,
        names=names.shown,
        count_boxes=counts,
        counts=picks >= 0,
        stub_axes=axes,
        stub_widths=stub_widths,
        stub_heads=np.where(stub_widths > 0, stub_heads, 0.0),
        stub_barbs=np.where(stub_widths > 0, sizes.barbs(stub_widths, unit), 0.0),
        stub_count_boxes=stub_counts.reshape(-1, 2, 4),
        plate_boxes=_plates(problem, xy, frame, curves, span, widths, taken, ribbons),
    )


def _pairs(flows: Ints, people: Floats, widths: Floats) -> tuple[routing.Pairs, Ints, Floats]:
    """Joined pairs of nodes, the pair of each flow, and the people of each pair, both directions together."""
    ends, pair_of = np.unique(np.sort(flows, axis=1), axis=0, return_inverse=True)
    pair_of = pair_of.reshape(len(flows))
    both, total = np.zeros((len(ends), 2)), np.zeros(len(ends))
    both[pair_of, (flows[:, 0] > flows[:, 1]).astype(np.intp)] = widths
    np.add.at(total, pair_of, people)
    return routing.Pairs(ends.reshape(-1, 2), both), pair_of, total


def _signs(flows: Ints) -> Floats:
    """1 where a flow leads to the later id, -1 where it leads back: (m,)."""
    return np.where(flows[:, 0] < flows[:, 1], 1.0, -1.0)


def _held(problem: FlowMapProblem, previous: FlowMapLayout | Arrangement | None) -> Floats:
    """Where nodes stood, carried over into the frame of now; NaN for new ones: (n, 2)."""
    held = np.full((len(problem.ids), 2), np.nan)
    if previous is None:
        return held
    old, new = np.array(previous.frame), np.array(problem.frame)
    same = bool((old == new).all())
    places = previous.xy if same else new[:2] + (previous.xy - old[:2]) / old[2:] * new[2:]
    stood = dict(zip(previous.ids, places, strict=True))
    for row, name in enumerate(problem.ids):
        held[row] = stood.get(name, np.nan)
    return held


def _kept(problem: FlowMapProblem, ends: Ints, previous: FlowMapLayout | Arrangement | None) -> Floats | None:
    """The bows that pairs had, NaN for new ones: (p, 2); None without a previous layout."""
    if previous is None:
        return None
    bows: dict[tuple[str, str], Floats] = {}
    for (i, j), bow in zip(previous.flows, previous.bows, strict=True):
        a, b = previous.ids[i], previous.ids[j]
        bows[min(a, b), max(a, b)] = bow if a < b else -bow
    nothing = np.full(2, np.nan)
    return np.array([bows.get((problem.ids[i], problem.ids[j]), nothing) for i, j in ends]).reshape(-1, 2)


def _bows(
    problem: FlowMapProblem,
    xy: Floats,
    frame: Floats,
    pairs: routing.Pairs,
    pair_of: Ints,
    widths: Floats,
    kept: Floats | None,
) -> Floats:
    """The bows of pairs (p, 2): chosen, then chosen again to spare the names that would stand among the first."""
    router = routing.Router(xy, problem.radii, pairs, frame, problem.unit)
    if kept is not None:
        bows = router.settled(kept)
    else:
        bows = router.choose()
        whole = _lines(problem.flows, routing.centre_lines(xy, None, pairs.ends, bows), pair_of)
        ribbons = _ribbons(frame, whole, np.tile((0.0, 1.0), (len(whole), 1)), widths, problem.unit)
        bows = router.choose(names=_names(problem, xy, frame, ribbons).boxes, kept=bows)
    return router.repaired(bows, kept)


def _lines(flows: Ints, lines: Floats, pair_of: Ints) -> Floats:
    """Centre lines of flows in the direction of travel, from those of their pairs."""
    return np.where((_signs(flows) > 0)[:, None, None], lines[pair_of], cv.reversed_curves(lines)[pair_of])


def _ribbons(frame: Floats, curves: Floats, span: Floats, widths: Floats, unit: float) -> Ground:
    """The ground under ribbons and their heads."""
    ground = Ground(frame, CELL * unit)
    inner = np.full(len(curves), sizes.INNER * unit)
    ground.add_ribbons(curves, span, inner, widths)
    length = np.maximum(cv.lengths(curves, span[:, 0], span[:, 1]), cv.TINY)
    share = sizes.heads(widths, length, unit) / length
    back = np.column_stack((span[:, 1] - share * (span[:, 1] - span[:, 0]), span[:, 1]))
    ground.add_ribbons(curves, back, inner + widths, sizes.barbs(widths, unit) / 2)
    return ground


def _names(problem: FlowMapProblem, xy: Floats, frame: Floats, ribbons: Ground, held: Floats | None = None) -> _Names:
    """Places of names; the largest nodes choose first. held (n, 4): where they stood."""
    margin = NAME_MARGIN * problem.unit
    middle = frame[:2] + frame[2:] / 2
    trial, stands = labels.name_candidates(xy, problem.radii, problem.name_sizes, middle, NAME_GAP * problem.unit)
    first = np.lexsort((np.arange(len(xy)), -problem.radii))
    discs = np.column_stack((xy, problem.radii + margin))
    bias = labels.NAME_BIAS
    picks = labels.choose(trial, first, frame, discs=discs, ground=ribbons, air=margin, bias=bias, held=held)
    return _Names(labels.picked(trial, picks), stands[np.arange(len(xy)), np.maximum(picks, 0)], picks >= 0)


def _stubs(
    problem: FlowMapProblem,
    xy: Floats,
    frame: Floats,
    widths: Floats,
    names: Floats,
    ribbons: Ground,
    kept: Floats | None,
) -> Floats:
    """Axes of stubs: (n, 2, 2, 2)."""
    ground = ribbons.copy()
    ground.add_discs(xy, problem.radii, stubs.SOLID)
    ground.add_boxes(names, stubs.SOLID)
    return stubs.place_stubs(xy, problem.radii, widths, frame[:2] + frame[2:] / 2, ground, problem.unit, kept)


def _plates(
    problem: FlowMapProblem,
    xy: Floats,
    frame: Floats,
    curves: Floats,
    span: Floats,
    widths: Floats,
    taken: Floats,
    ribbons: Ground,
) -> Floats:
    """Places of plates (p, 4): clear of everything but flows of one person."""
    if not len(problem.plate_sizes):
        return np.zeros((0, 4))
    air = PLATE_MARGIN * problem.unit
    solid = Ground(frame, CELL * problem.unit)
    solid.add_discs(xy, problem.radii + air)
    solid.add_boxes(taken + air * np.array([-1.0, -1.0, 2.0, 2.0]))
    wide = np.flatnonzero(widths > problem.k)
    solid.add_ribbons(curves[wide], span[wide], np.full(len(wide), sizes.INNER * problem.unit), widths[wide])
    return labels.plates(problem.plate_sizes, xy[problem.plate_near], frame, ribbons, solid)
