"""Texts in order, as numbers where there are many."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import ordering
from app.domain.ordering import place, text_ranks

TEXTS = st.lists(
    st.text(st.sampled_from("ab é"), max_size=40) | st.sampled_from(["", "shared beginning x", "shared begin"])
)


@given(TEXTS, st.booleans())
def test_ranks_put_texts_in_the_order_of_their_bytes(texts: list[str], shared: bool):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "MANY_ROWS", 0)
        column = pl.Series([f"all begin alike {text}" if shared else text for text in texts], dtype=pl.String)
        ranks = text_ranks(column)
    expected = column.rank("dense").to_numpy() if len(column) else np.zeros(0)
    assert (
        np.sign(np.subtract.outer(ranks, ranks))
        == np.sign(np.subtract.outer(expected.astype(int), expected.astype(int)))
    ).all()


@given(st.sets(st.text("abc", max_size=3)), st.text("abc", max_size=3))
def test_an_id_is_found_where_polars_finds_it(ids: set[str], wanted: str):
    column = pl.Series(sorted(ids), dtype=pl.String)
    assert place(column, wanted) == (int(column.search_sorted(wanted)) if len(column) else 0)
