"""Moves as bands of a Sankey: from the organizations they leave, on the left, to those they join, on the right.

An organization that people leave and join has a block on either side, so no way back and no circle is any trouble.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.domain.index import Ints
from app.layout.layer_order import Wishes
from app.layout.layering import Layering, layered
from app.pictures.bands import NOWHERE, OTHERS, Bands
from app.pictures.gathered import Gathered
from app.pictures.traffic import LANE_OF, STRONG_FIRST

BEFORE, AFTER = 0, 1
SIDES = ("before", "after")
"""Names of both columns, for chosen orders."""
MOST_AMONG = 0.25
"""The share of all moves that a band of those among smaller organizations may have."""


def bands_of(moves: Moves, nodes: Ints, n_organizations: int) -> Bands:
    """All moves, each on one band; organizations that are not among the nodes are OTHERS on either side. On a band the
    surest come first, then the earliest, undated ones last."""
    own = np.full(n_organizations, OTHERS, dtype=np.int32)
    own[nodes] = nodes
    column = np.full(len(moves), BEFORE, dtype=np.int32)
    lane = LANE_OF[moves.status]
    return Bands.of(column, own[moves.origin], own[moves.destination], lane, len(STRONG_FIRST), moves.by_day)


def drawn_people(bands: Bands, *, net: bool) -> Ints:
    """People of each band; in net what it has more than the one the other way, nothing between others. Where moves
    among others are more than a share of all they have no band: they would be all that there is to see."""
    among = (bands.code[bands.start] == OTHERS) & (bands.code[bands.end] == OTHERS)
    if not net:
        many = int(bands.people[among].sum()) > MOST_AMONG * int(bands.people.sum())
        return np.where(among & many, 0, bands.people).astype(np.int32)
    by_ends = {
        (int(bands.code[a]), int(bands.code[b])): n
        for a, b, n in zip(bands.start, bands.end, bands.people.tolist(), strict=True)
    }
    return np.array([max(n - by_ends.get((b, a), 0), 0) for (a, b), n in by_ends.items()], dtype=np.int32)


def links_of(bands: Bands, people: Ints) -> Layering:
    """What a layout needs of bands that hold so many people."""
    links = np.stack([bands.start, bands.end], axis=1).astype(np.intp)
    return layered(bands.n_blocks, links, people.astype(np.float64), bands.column.astype(np.intp))


def wishes_of(bands: Bands, people: Ints, asked: Mapping[int, Sequence[int]]) -> Wishes:
    """Large blocks first, others below all, what is not on record below these. asked: column → codes that stand in
    this order there, from the top down."""
    held = bands.held(people)
    rank = np.full(bands.n_blocks, -1, dtype=np.intp)
    for column, codes in asked.items():
        place = {code: n for n, code in enumerate(codes)}
        for block in np.flatnonzero(bands.column == column).tolist():
            rank[block] = place.get(int(bands.code[block]), -1)
    band = np.select([bands.code == OTHERS, bands.code == NOWHERE], [1, 2], 0).astype(np.intp)
    return Wishes(-held.astype(np.int64), band, rank)


def codes_of(gathered: Gathered, ids: Sequence[str]) -> list[int]:
    """Codes of organizations that exist."""
    found = (gathered.dataset.position("organizations", i) for i in ids)
    return [code for code in found if code is not None]


def lit_bands(
    gathered: Gathered, bands: Bands, people: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which bands and which blocks are in focus; all where there is none. people (m,): person codes of the members."""
    if not gathered.focus and not gathered.focus_people:
        return np.ones(bands.n_bands, dtype=np.bool_), np.ones(bands.n_blocks, dtype=np.bool_)
    wanted = np.isin(bands.code, list(gathered.focus))
    lit = wanted[bands.start] | wanted[bands.end]
    if gathered.focus_people:
        lit[bands.band[np.isin(people, list(gathered.focus_people))]] = True
    near = wanted.copy()
    near[bands.start[lit]] = True
    near[bands.end[lit]] = True
    return lit, near
