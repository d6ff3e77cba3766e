"""How far moves have come by a day: looked up, and the same as counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.analysis.progress import Progress
from app.domain import dates
from app.domain.dataset import Dataset
from app.pictures.gathered import Gathered
from tests.pictures.lives import eventful
from tests.pictures.test_timeline import BUNDLED

DAYS = st.one_of(st.none(), st.integers(dates.day(1990), dates.day(2030)).map(float))


@pytest.mark.parametrize("data", [eventful(), BUNDLED], ids=["eventful", "bundled"])
@given(day=DAYS)
def test_what_is_looked_up_is_what_is_counted(data: Dataset, day: float | None) -> None:
    moves = Gathered.of(data, Options()).moves
    progress = Progress.of(moves)
    done = np.ones(len(moves), dtype=np.bool_) if day is None else ~moves.undated & (moves.joined <= day)
    dated = moves.joined[done & ~moves.undated]

    assert progress.moves(day) == np.count_nonzero(done)
    assert progress.people(day) == len(np.unique(moves.person[done]))
    assert progress.n_undated == np.count_nonzero(moves.undated)
    assert progress.later(day) == (0 if day is None else np.count_nonzero(~moves.undated & (moves.joined > day)))
    assert progress.span(day) == ((int(dated.min()), int(dated.max())) if len(dated) else None)


def test_of_no_moves_nothing_has_come() -> None:
    progress = Progress.of(Gathered.of(Dataset.of({}), Options()).moves)

    assert (progress.moves(None), progress.people(None), progress.moves(0.0)) == (0, 0, 0)
    assert progress.span(None) is None


def test_moves_by_day_stand_in_order_with_the_undated_last() -> None:
    moves = Gathered.of(BUNDLED, Options()).moves
    expected = np.lexsort((np.arange(len(moves)), moves.joined, moves.undated))

    assert moves.by_day.tolist() == expected.tolist()
