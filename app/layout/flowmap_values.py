"""What goes into the layout of a flow map, and what comes out: two values made of arrays."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


def _none() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True, eq=False, kw_only=True)
class FlowMapProblem:
    """What is to be laid out: n nodes, m flows, p plates. Lengths are pixels; y points down.

    ids: n distinct names, which settle all ties; radii (n,): discs, rings included; flows (m, 2): origin and
    destination as rows of ids, each direction of a pair at most once; people (m,), above 0;
    frame: x, y, width and height of the ground to use; k: pixels per person (`sizes.flow_scale`); unit: picture width
    over 1600, by which gaps and arrow heads scale.
    Optional, nothing where left out: name_sizes (n, 2): width and height of the name (and totals) beside a node;
    count_sizes (m, 2): of the count beside a flow, 0 for none; stub_people (n, 2): people in from and out to
    organizations that are not drawn; stub_count_sizes (n, 2, 2): of their counts; plate_sizes (p, 2): callouts, the
    most important first, plate_near (p,): the row of the node each speaks of.
    ValueError for shapes that do not fit, repeated ids or flows, a flow from a node to itself, numbers that are not
    finite, or sizes below 0.
    """

    ids: tuple[str, ...]
    radii: Floats
    flows: Ints
    people: Floats
    frame: tuple[float, float, float, float]
    k: float
    unit: float = 1.0
    name_sizes: Floats = field(default_factory=_none)
    count_sizes: Floats = field(default_factory=_none)
    stub_people: Floats = field(default_factory=_none)
    stub_count_sizes: Floats = field(default_factory=_none)
    plate_sizes: Floats = field(default_factory=_none)
    plate_near: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.intp))

    def __post_init__(self) -> None:
        n, m, p = len(self.ids), len(self.people), len(self.plate_near)
        shapes = {
            "radii": (n,),
            "people": (m,),
            "name_sizes": (n, 2),
            "count_sizes": (m, 2),
            "stub_people": (n, 2),
            "stub_count_sizes": (n, 2, 2),
            "plate_sizes": (p, 2),
        }
        for name, shape in shapes.items():
            given = np.array(getattr(self, name), dtype=np.float64)
            array = np.zeros(shape) if given.size == 0 else given
            if array.shape != shape:
                raise ValueError(f"{name} must have the shape {shape}, not {array.shape}")
            if not np.isfinite(array).all() or (array < 0).any():
                raise ValueError(f"{name} must hold finite numbers of 0 and above")
            object.__setattr__(self, name, _sealed(array))
        for name, shape in (("flows", (m, 2)), ("plate_near", (p,))):
            rows = np.array(getattr(self, name), dtype=np.intp).reshape(shape)
            if rows.size and (rows.min() < 0 or rows.max() >= n):
                raise ValueError(f"{name} must hold rows of ids, 0 to {n - 1}")
            object.__setattr__(self, name, _sealed(rows))
        if len(set(self.ids)) < n:
            raise ValueError("ids must be distinct")
        if (self.flows[:, 0] == self.flows[:, 1]).any():
            raise ValueError("a flow must not lead from a node to itself")
        if len(np.unique(self.flows, axis=0)) < m:
            raise ValueError("a flow must not be given twice; add up its people")
        if (self.people <= 0).any():
            raise ValueError("a flow must hold more than 0 people")
        if not (np.isfinite(self.frame).all() and self.frame[2] > 0 and self.frame[3] > 0):
            raise ValueError("the frame must have a width and a height above 0")
        if not (self.k > 0 and self.unit > 0):
            raise ValueError("k and unit must be above 0")

    def same(self, other: FlowMapProblem) -> bool:
        """Whether exactly the same is to be laid out."""
        return all(np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))


@dataclass(frozen=True, eq=False, kw_only=True)
class Arrangement:
    """What a later layout takes over from an earlier one: places of nodes and bows of flows, in a frame.

    ids: n names; frame: x, y, width, height; xy (n, 2): centres; flows (m, 2): rows of ids; bows (m, 2): bend and skew.
    """

    ids: tuple[str, ...]
    frame: tuple[float, float, float, float]
    xy: Floats
    flows: Ints
    bows: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class FlowMapLayout:
    """Where everything stands; rows as in the problem, arrays read-only, NaN where something is not drawn.

    ids, frame: of the problem. xy (n, 2): centres; radii (n,).
    flows (m, 2); curves (m, 4, 2): centre lines from rim to rim in the direction of travel, those of the two directions
    of a pair each other's reverse; bows (m, 2): bend to the right and skew, as chosen; lengths (m,): whole arc;
    trims (m, 2): length cut off at start and end; span (m, 2): the same as curve parameters; inner (m,): distance of
    the inner edge to the right of the centre line; widths, heads, barbs (m,): breadth, length and overhang of the
    half-arrow.
    name_boxes (n, 4): x, y, width, height; name_stands (n,): labels.START, MIDDLE or END; names (n,): is shown.
    count_boxes (m, 4), counts (m,): is shown.
    stub_axes (n, 2, 2, 2): in and out, start and end in the direction of travel, from which the arrow keeps right as
    flows do; stub_widths, stub_heads, stub_barbs (n, 2); stub_count_boxes (n, 2, 4).
    plate_boxes (p, 4).
    """

    ids: tuple[str, ...]
    frame: tuple[float, float, float, float]
    xy: Floats
    radii: Floats
    flows: Ints
    curves: Floats
    bows: Floats
    lengths: Floats
    trims: Floats
    span: Floats
    inner: Floats
    widths: Floats
    heads: Floats
    barbs: Floats
    name_boxes: Floats
    name_stands: npt.NDArray[np.int8]
    names: Bools
    count_boxes: Floats
    counts: Bools
    stub_axes: Floats
    stub_widths: Floats
    stub_heads: Floats
    stub_barbs: Floats
    stub_count_boxes: Floats
    plate_boxes: Floats

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if isinstance(value, np.ndarray):
                _sealed(value)


def _sealed(array: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    array.setflags(write=False)
    return array
