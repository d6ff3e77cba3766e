"""Flows: moves counted by origin and destination."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis import flows as flows_module
from app.analysis.flows import Flows
from app.analysis.moves import Moves


def moves_of(pairs: list[tuple[int, int]]) -> Moves:
    """Moves of which only origin and destination matter."""
    n = len(pairs)
    zeros = np.zeros(n, dtype=np.int32)
    origin, destination = np.array(pairs, dtype=np.int32).reshape(n, 2).T
    at, flags = np.arange(n), np.zeros(n, dtype=np.bool_)
    status = np.zeros(n, dtype=np.uint8)
    return Moves(at, at.copy(), zeros, origin, destination, zeros, zeros, zeros, zeros, zeros, flags, status)


PAIRS = [(0, 1), (2, 1), (0, 1), (1, 0), (1, 3), (0, 1)]


def listed(flows: Flows) -> list[tuple[int, int, int]]:
    return list(zip(flows.origin.tolist(), flows.destination.tolist(), flows.n_moves.tolist(), strict=True))


def test_flows_are_counted_the_largest_first_then_by_origin_and_destination() -> None:
    flows = Flows.of(moves_of(PAIRS), 4)

    assert listed(flows) == [(0, 1, 3), (1, 0, 1), (1, 3, 1), (2, 1, 1)]
    assert flows.into.tolist() == [1, 4, 0, 1]
    assert flows.out.tolist() == [3, 2, 1, 0]


def test_net_is_what_is_left_of_the_two_directions() -> None:
    origin, destination, surplus = Flows.of(moves_of([*PAIRS, (3, 1)]), 4).net()

    assert list(zip(origin.tolist(), destination.tolist(), surplus.tolist(), strict=True)) == [(0, 1, 2), (2, 1, 1)]


def test_the_moves_behind_each_flow_are_named_by_their_position() -> None:
    which = np.array([False, True, True, True, True, True])
    flows = Flows.of(moves_of(PAIRS), 4, which)
    positions, offsets = flows.members

    assert listed(flows)[0] == (0, 1, 2)
    assert positions[offsets[0] : offsets[1]].tolist() == [2, 5]
    assert sorted(positions.tolist()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("n_organizations", [0, 4])
def test_without_moves_there_are_no_flows(n_organizations: int) -> None:
    flows = Flows.of(moves_of([]), n_organizations)

    assert len(flows) == 0
    assert flows.into.tolist() == [0] * n_organizations
    assert [len(part) for part in flows.net()] == [0, 0, 0]
    assert [part.tolist() for part in flows.members] == [[], [0]]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6))), st.booleans())
def test_flows_sum_to_the_moves_and_hold_each_once(pairs: list[tuple[int, int]], sparse: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flows_module, "DENSE", 0 if sparse else 1 << 22)
        flows = Flows.of(moves_of(pairs), 7)
    positions, offsets = flows.members

    assert flows.n_moves.sum() == flows.into.sum() == flows.out.sum() == len(pairs)
    assert sorted(positions.tolist()) == list(range(len(pairs)))
    for at, (origin, destination, n_moves) in enumerate(listed(flows)):
        behind = positions[offsets[at] : offsets[at + 1]].tolist()
        assert behind == [m for m, pair in enumerate(pairs) if pair == (origin, destination)]
        assert n_moves == len(behind)
    keys = [(-n, a, b) for a, b, n in listed(flows)]
    assert keys == sorted(keys)
