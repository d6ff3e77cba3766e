"""Short arrows to and from organizations that are not drawn.

A stub is a straight piece of the same half-arrow as a flow: people leaving keep to the right of an axis that points
away from the node, people coming in keep to the right on their way in, hence the two lie side by side.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.layout.raster import Ground
from app.layout.sizes import GAP, INNER, barbs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

ANGLES, PIECES = 72, 4
COUNT_PLACES = 5
ROOM = 12.0
"""Ground beyond the far end of a stub that its count will want, in units."""
HELD = 0.2
"""Of the ground under a stub so much may come to lie under ribbons before it turns to another side."""
STILL = 1e-6
RIBBON, SOLID = 1.0, 100.0
"""What the ground holds under ribbons, and under discs, names and the like."""


def stub_lengths(widths: Floats, unit: float) -> Floats:
    """Lengths of stubs by the widths of both arrows (n, 2): 24 to 30 units, the wider the longer; (n,)."""
    return np.asarray(unit * np.clip(24.0 + widths.max(axis=1, initial=0.0) / (4 * unit), 24.0, 30.0))


def place_stubs(
    xy: Floats,
    radii: Floats,
    widths: Floats,
    middle: Floats,
    ground: Ground,
    unit: float = 1.0,
    kept: Floats | None = None,
) -> Floats:
    """Axes of stubs (n, 2, 2, 2): in and out, start and end in the direction of travel, x and y; NaN for none.

    widths (n, 2): breadth of the arrow in and of the arrow out, 0 for none. `ground` holds RIBBON under ribbons and
    SOLID under what no stub may cover; stubs are added to it. Each node, the largest first, takes the middle of the
    widest free angle (the one pointing away from the middle of the map where several are equal). Where no angle is free
    for both arrows side by side, each looks for its own; where none is free at all, the one that lies on least ribbon;
    where something solid is everywhere in the way, there is none.
    kept (n, 2, 2, 2): axes of an earlier arrangement, NaN for none: their directions are taken again unless more than
    `HELD` of the ground there is taken.
    """
    axes = np.full((len(xy), 2, 2, 2), np.nan)
    length = stub_lengths(widths, unit)
    side = np.where(widths > 0, INNER * unit + widths + barbs(widths, unit) + 2 * unit, 0.0)
    for node in np.lexsort((np.arange(len(xy)), -radii)):
        near = radii[node] + GAP * unit
        along = np.linspace(near, near + length[node] + ROOM * unit, 12)
        both = (widths[node] > 0).all()
        if kept is not None and (rays := _rays(kept[node], widths[node])) is not None:
            under = [
                _cells(xy[node], along, np.where(np.isin((0, 1), ways), side[node], 0.0), ray[None], ground)[0]
                for ways, ray in rays
            ]
            if all((mine >= 0).all() and ground.grid.ravel()[mine].mean() < HELD for mine in under):
                for (ways, ray), mine in zip(rays, under, strict=True):
                    _stand(axes[node], ways, xy[node] + np.array([[near], [near + length[node]]]) * ray)
                    ground.set_cells(mine, RIBBON)
                still = np.abs(axes[node] - kept[node]) < STILL  # what has not moved is where it was to the last bit
                axes[node] = np.where(still, kept[node], axes[node])
                continue
        groups = [(0, 1)] if both else [(way,) for way in (0, 1) if widths[node, way] > 0]
        together = _find(xy[node], along, side[node], middle, ground) if both else None
        if together is not None and together[1] > 0:
            apart = (_find(xy[node], along, alone, middle, ground)[1] for alone in np.diag(side[node]))
            if sum(apart) < together[1]:
                groups, together = [(0,), (1,)], None
        for ways in groups:
            sides = np.where(np.isin((0, 1), ways), side[node], 0.0)
            ray, load, cells = together or _find(xy[node], along, sides, middle, ground)
            if load >= SOLID / len(cells):
                continue
            _stand(axes[node], ways, xy[node] + np.array([[near], [near + length[node]]]) * ray)
            ground.set_cells(cells, RIBBON)
    return axes


def _stand(axes: Floats, ways: tuple[int, ...], ends: Floats) -> None:
    """Lay arrows of a node (2, 2, 2) on a line (2, 2) that leads away from it."""
    for way in ways:
        axes[way] = ends if way else ends[::-1]


def _rays(kept: Floats, widths: Floats) -> list[tuple[tuple[int, ...], Floats]] | None:
    """The directions that the arrows of a node had (2, 2, 2), and which stood in each; None where other ones are drawn
    now."""
    stood = np.isfinite(kept[:, 0, 0])
    if not stood.any() or (stood != (widths > 0)).any():
        return None
    away = np.stack((kept[0, 0] - kept[0, 1], kept[1, 1] - kept[1, 0]))
    rays = away / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-12)[:, None]
    ways = np.flatnonzero(stood).tolist()
    if len(ways) == 2 and np.abs(rays[0] - rays[1]).max() < 1e-9:
        return [((0, 1), rays[0])]
    return [((way,), rays[way]) for way in ways]


def _find(xy: Floats, along: Floats, sides: Floats, middle: Floats, ground: Ground) -> tuple[Floats, float, Ints]:
    """The best direction for a stub that reaches `sides` to its left and right: ray, what it lies on, its cells."""
    angle = np.arange(ANGLES) * 2 * np.pi / ANGLES
    ray = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    cells = _cells(xy, along, sides, ray, ground)
    load = np.where(cells < 0, SOLID, ground.grid.ravel()[cells]).mean(axis=1)
    best = _widest(load, xy - middle)
    return ray[best], float(load[best]), cells[best]


def _cells(xy: Floats, along: Floats, sides: Floats, rays: Floats, ground: Ground) -> Ints:
    """Cells (r, places) under a stub that reaches `sides` to its left and right, in each of some directions (r, 2)."""
    right = np.stack((-rays[:, 1], rays[:, 0]), axis=1)
    across = np.linspace(-sides[0], sides[1], 7)[:, None]
    place = xy + along[:, None, None] * rays[:, None, None] + across * right[:, None, None]
    return ground.cells(place).reshape(len(rays), -1)


def _widest(load: Floats, outward: Floats) -> int:
    """The middle of the widest free run of a circle of angles, or the least loaded angle."""
    count = len(load)
    towards = round(float(np.arctan2(outward[1], outward[0])) / (2 * np.pi) * count) % count
    step = np.abs((np.arange(count) - towards + count // 2) % count - count // 2)
    blocked = np.flatnonzero(load > 0)
    if not len(blocked):
        return towards
    if len(blocked) == count:
        return int(np.lexsort((step, np.round(load, 9)))[0])
    apart = np.abs((np.arange(count)[:, None] - blocked[None, :] + count // 2) % count - count // 2).min(axis=1)
    return int(np.lexsort((step, -apart))[0])


def count_candidates(axes: Floats, widths: Floats, sizes: Floats, unit: float = 1.0) -> Floats:
    """Boxes for the counts of stubs (n, 2, 5, 4): beyond the far end, then beside it; NaN for none.

    axes, widths as from `place_stubs`; sizes (n, 2, 2) of the counts, 0 for none.
    """
    far = np.stack((axes[:, 0, 0], axes[:, 1, 1]), axis=1)
    near = np.stack((axes[:, 0, 1], axes[:, 1, 0]), axis=1)
    ray = far - near
    ray = ray / np.maximum(np.hypot(ray[..., 0], ray[..., 1]), 1e-12)[..., None]
    right = np.stack((-ray[..., 1], ray[..., 0]), axis=-1) * np.array([-1.0, 1.0])[:, None]
    half_along = (np.abs(ray) * sizes / 2).sum(axis=-1)
    half_across = (np.abs(right) * sizes / 2).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        both: Bools = np.hypot(*np.moveaxis(far[:, :1] - far[:, 1:], -1, 0)) < unit
    # two counts beyond the ends of one pair need room side by side; one alone sits in line with its arrow
    beyond = np.where(both, np.maximum(INNER * unit + widths / 2, half_across + unit), INNER * unit + widths / 2)
    outer = INNER * unit + widths + barbs(widths, unit) + 2 * unit + half_across
    places = []
    past = 3 * unit + half_along
    for share, offset, further in (
        (1.0, beyond, past),
        (0.8, outer, 0.0),
        (0.4, outer, 0.0),
        (1.0, outer, past / 2),
        (1.0, beyond + half_across, past),
    ):
        along = near + share * (far - near) + np.broadcast_to(further, widths.shape)[..., None] * ray
        places.append(along + offset[..., None] * right - sizes / 2)
    corner = np.stack(places, axis=2)
    boxes = np.concatenate((corner, np.broadcast_to(sizes[:, :, None], corner.shape)), axis=3)
    return np.where((sizes.min(axis=-1) > 0)[..., None, None], boxes, np.nan)


def boxes_round(axes: Floats, widths: Floats, unit: float = 1.0) -> Floats:
    """Upright boxes that together cover the stubs that are drawn: (b, 4), `PIECES` for each."""
    drawn = np.isfinite(axes[..., 0, 0])
    start, way, width = axes[drawn][:, 0], axes[drawn][:, 1] - axes[drawn][:, 0], widths[drawn]
    ray = way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-12)[:, None]
    outer = np.stack((-ray[:, 1], ray[:, 0]), axis=1) * (INNER * unit + width)[:, None]
    cuts = start[:, None] + np.linspace(0.0, 1.0, PIECES + 1)[:, None] * way[:, None]
    pieces = np.stack((cuts[:, :-1], cuts[:, 1:], cuts[:, :-1] + outer[:, None], cuts[:, 1:] + outer[:, None]))
    low, high = pieces.min(axis=0), pieces.max(axis=0)
    return np.concatenate((low, high - low), axis=2).reshape(-1, 4)
