"""What a picture points out by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.moves import Moves
from app.pictures.findings import _back, _returned

STEPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(0, 5)), max_size=40)


def moves_of(steps: list[tuple[int, int, int]]) -> Moves:
    """Moves of (person, origin, destination) in person order."""
    rows = np.array(sorted(steps, key=lambda step: step[0]), dtype=np.int32).reshape(-1, 3)
    named = SimpleNamespace(person=rows[:, 0], origin=rows[:, 1], destination=rows[:, 2])
    return cast(Moves, _Sized(named, len(rows)))


class _Sized:
    """Arrays with a length, as Moves are."""

    def __init__(self, arrays: SimpleNamespace, n: int) -> None:
        self.person, self.origin, self.destination = arrays.person, arrays.origin, arrays.destination
        self._n = n

    def __len__(self) -> int:
        return self._n


@given(STEPS)
def test_who_came_back_is_who_had_left(steps: list[tuple[int, int, int]]) -> None:
    moves = moves_of(steps)
    left: set[tuple[int, int]] = set()
    expected = []
    rows = zip(moves.person.tolist(), moves.origin.tolist(), moves.destination.tolist(), strict=True)
    for person, origin, destination in rows:
        expected.append((person, destination) in left)
        left.add((person, origin))
    if len(moves):
        assert _back(moves, 6).tolist() == expected


def test_three_who_came_back_are_a_finding() -> None:
    names = ["A", "B", "C"]
    steps = [step for person in range(3) for step in ((person, 0, 1), (person, 1, 0))]
    found = _returned(moves_of(steps), [0, 1, 2], names)
    assert found is not None
    assert (found.head, found.text, found.organization) == ("Three came back to A", "Three of them from B.", 0)
    assert _returned(moves_of(steps[:4]), [0, 1, 2], names) is None
    assert _returned(moves_of(steps), [1, 2], names) is None
    assert _returned(moves_of([]), [0], names) is None
    assert _returned(moves_of(steps), [], names) is None
