"""Careers that take over what an edit left as it was are those that are derived from scratch."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.careers import Careers
from app.analysis.levels import LEVELS, Level
from app.domain.edit import apply
from tests.domain.worlds import datasets, edits


@given(st.data(), st.sampled_from(LEVELS))
def test_what_is_taken_over_is_what_would_be_derived(data: st.DataObject, level: Level) -> None:
    dataset = data.draw(datasets())
    careers = Careers.of(dataset, level)
    for _ in range(3):
        dataset = apply(dataset, data.draw(edits(dataset)))
        careers, fresh = Careers.of(dataset, level, before=careers), Careers.of(dataset, level)
        for name in ("moves", "unstated", "succeeded"):
            one, other = getattr(careers, name), getattr(fresh, name)
            for field in fields(one):
                np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))
        for name in ("counts", "begins", "left", "joined"):
            np.testing.assert_array_equal(getattr(careers, name), getattr(fresh, name))
        np.testing.assert_array_equal(careers.levels.newest, fresh.levels.newest)
        np.testing.assert_array_equal(careers.levels.spots, fresh.levels.spots)


@given(st.data())
def test_another_level_or_day_takes_nothing_over(data: st.DataObject) -> None:
    dataset = data.draw(datasets())
    before = Careers.of(dataset, "unit")
    for level, known_by in (("organization", None), ("unit", 19_000)):
        found, fresh = Careers.of(dataset, level, known_by, before), Careers.of(dataset, level, known_by)
        assert found is not before
        np.testing.assert_array_equal(found.moves.origin, fresh.moves.origin)
        np.testing.assert_array_equal(found.counts, fresh.counts)
