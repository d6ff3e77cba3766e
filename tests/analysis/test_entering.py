"""Cells that are set in a table: one edit, checked as a whole, with what it names and nobody has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.adding import Cited, Party
from app.analysis.entering import Cells, entered
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.errors import DataError
from tests.domain.worlds import labs


def done(cells: Cells, before: Dataset | None = None) -> Dataset:
    before = before or labs()
    return apply(before, entered(before, cells, "Set"))


def refused(cells: Cells) -> list[tuple[int | None, str, str]]:
    with pytest.raises(DataError) as caught:
        entered(labs(), cells, "Set")
    return [(fault.row, fault.field, fault.code) for fault in caught.value.faults]


def test_a_value_for_several_rows_is_one_edit():
    edit = entered(labs(), Cells("stints", ["st-ada-01", "st-bob-01"], {"role": ["Scientist", "Scientist"]}), "Set")
    assert edit.n_rows == 2
    after = apply(labs(), edit)
    assert after["stints"].select("id", "role").rows() == [
        ("st-ada-01", "Scientist"),
        ("st-ada-02", None),
        ("st-bob-01", "Scientist"),
    ]


def test_what_stands_there_already_is_no_step():
    assert not entered(labs(), Cells("people", ["bob"], {"expertise": [["vision"]]}), "Set")


def test_who_is_new_is_added_once_and_named_everywhere():
    new = Party(name="New Lab")
    after = done(Cells("stints", ["st-ada-02", "st-bob-01"], {"organization_id": [new, new]}))
    assert after.row("organizations", "new-lab")["name"] == "New Lab"  # type: ignore[index]  # the row is there
    assert after["stints"]["organization_id"].to_list() == ["openai", "new-lab", "new-lab"]
    said = Cited(title="A report", url="https://paper.example/x")
    after = done(Cells("people", ["ada"], {"source_ids": [["memo", said]]}))
    assert after["people"]["source_ids"].to_list()[0] == ["a-report", "memo"]


def test_each_wrong_cell_is_told_and_nothing_is_set():
    cells = {"start": ["2020", "soon"], "person_id": ["nobody", None], "announced": ["..", None], "end": ["..", None]}
    assert refused(Cells("stints", ["st-ada-01", "st-bob-01"], cells)) == [
        (1, "person_id", "dangling"),
        (1, "announced", "open-date"),
        (2, "start", "unreadable-date"),
        (2, "person_id", "missing"),
    ]


def test_a_row_that_would_end_before_it_begins_is_refused():
    assert refused(Cells("stints", ["st-ada-01"], {"end": ["2019"]})) == [(1, "end", "end-before-start")]


def test_a_new_row_gets_an_id_and_a_blank_stays_blank():
    rows = {"person_id": ["ada", "ada"], "organization_id": ["meta", "openai"], "end": [None, "2024"]}
    after = done(Cells("stints", ["", ""], rows))
    made = after["stints"].filter(~after["stints"]["id"].is_in(labs()["stints"]["id"].implode()))
    assert made.select("id", "kind", "end", "rank").rows() == [
        ("st-ada-10", "employment", None, 10),
        ("st-ada-20", "employment", "2024", 20),
    ]
    assert refused(Cells("people", [""], {"expertise": [["chips"]]})) == [(1, "name", "missing")]


def test_an_id_that_is_given_is_taken_unless_somebody_has_it():
    after = done(Cells("people", ["", ""], {"id": ["cyd-x", "ada"], "name": ["Cyd", "Another Ada"]}))
    assert after["people"]["id"].to_list() == ["ada", "another-ada", "bob", "cyd-x"]


@given(st.lists(st.sampled_from(["ada", "bob"]), unique=True), st.data())
def test_undo_brings_back_what_was(ids: list[str], data: st.DataObject):
    names = data.draw(st.lists(st.sampled_from(["Ada", "Zoë", "X y"]), min_size=len(ids), max_size=len(ids)))
    before = labs()
    edit = entered(before, Cells("people", ids, {"name": names}), "Set")
    after = apply(before, edit)
    assert {i: after.row("people", i)["name"] for i in ids} == dict(zip(ids, names, strict=True))  # type: ignore[index]  # the row is there
    assert apply(after, edit.inverse).digest == before.digest
