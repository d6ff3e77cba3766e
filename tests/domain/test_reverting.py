"""Pieces of a difference are taken back, and nothing is left that refers to what is not there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply, difference, drop, put
from app.domain.reverting import UNTIED, Piece, Ties, revert, together
from app.domain.schema import TABLES
from tests.domain.worlds import datasets, edits, labs


def same(one: Dataset, other: Dataset) -> bool:
    return all(one[name].equals(other[name]) for name in TABLES)


def dangling(world: Dataset) -> set[tuple[str, str, str, str]]:
    return {(f.table, f.id, f.field, f.message) for f in check(world) if f.code == "dangling"}


def taken(changes: Edit, now: Dataset, *pieces: Piece) -> tuple[frozenset[Piece], Dataset]:
    """What goes together with some pieces, and the dataset after they were taken back."""
    every = together(changes, Ties.of(changes), pieces)
    return every, apply(now, revert(changes, every, "Revert"))


def hired() -> tuple[Dataset, Dataset]:
    """The labs, and after Cleo came with a stint and a claim, Bob's stint went to her, and Ada was renamed."""
    world = labs()
    bob = world.row("stints", "st-bob-01") or {}
    ada = world.row("people", "ada") or {}
    now = apply(
        world,
        put(
            world,
            "Hire",
            {
                "people": [{"id": "cleo", "name": "Cleo"}, {**ada, "name": "Ada L.", "notes": "Seen"}],
                "stints": [
                    {"id": "st-cleo-01", "person_id": "cleo", "organization_id": "meta"},
                    {**bob, "person_id": "cleo", "role": "Cook"},
                ],
                "claims": [{"id": "said", "about": ["people:cleo", "flow:openai>meta"], "text": "She came"}],
            },
        ),
    )
    return world, now


def test_one_field_of_many_is_taken_back() -> None:
    world, now = hired()
    every, after = taken(difference(world, now), now, Piece("people", "ada", "name"))
    assert every == {Piece("people", "ada", "name")}
    row = after.row("people", "ada")
    assert row is not None
    assert (row["name"], row["notes"]) == ("Ada", "Seen")


def test_what_is_added_goes_with_all_that_refers_to_it_and_no_more() -> None:
    world, now = hired()
    every, after = taken(difference(world, now), now, Piece("people", "cleo"))
    assert every == {
        Piece("people", "cleo"), Piece("stints", "st-cleo-01"), Piece("stints", "st-bob-01", "person_id"),
        Piece("claims", "said"),
    }  # fmt: skip
    assert dangling(after) == set()
    bob = after.row("stints", "st-bob-01")
    assert bob is not None
    assert (bob["person_id"], bob["role"]) == ("bob", "Cook")


def test_what_comes_back_brings_what_it_refers_to() -> None:
    world = labs()
    now = apply(world, drop(world, "Forget", {"people": ["ada"], "stints": ["st-ada-01", "st-ada-02"]}))
    every, after = taken(difference(world, now), now, Piece("stints", "st-ada-01"))
    assert every == {Piece("stints", "st-ada-01"), Piece("people", "ada")}
    assert dangling(after) == set()
    assert after.row("stints", "st-ada-02") is None


def test_a_field_of_an_added_record_stands_for_the_record_and_a_table_for_its_records() -> None:
    world, now = hired()
    changes = difference(world, now)
    assert together(changes, UNTIED, [Piece("people", "cleo", "name")]) == {Piece("people", "cleo")}
    assert together(changes, UNTIED, [Piece("people"), Piece("people", "ada", "name")]) == {
        Piece("people", "ada"), Piece("people", "cleo"),
    }  # fmt: skip
    with pytest.raises(KeyError):
        together(changes, UNTIED, [Piece("seats")])


@given(st.data())
def test_everything_taken_back_gives_what_was(data: st.DataObject) -> None:
    world = data.draw(datasets())
    now = apply(world, data.draw(edits(world)))
    changes = difference(world, now)
    every, after = taken(changes, now, *(Piece(table) for table in changes.tables))
    assert same(after, world)
    assert {(piece.table, piece.id) for piece in every} == {(t, i) for t, c in changes.tables.items() for i in c.ids}


@given(st.data())
@settings(max_examples=60)
def test_whatever_is_taken_back_no_reference_breaks(data: st.DataObject) -> None:
    world = data.draw(datasets())
    now = apply(world, data.draw(edits(world)))
    changes = difference(world, now)
    pieces = [
        Piece(table, row_id, field)
        for table, change in changes.tables.items()
        for row_id in change.ids
        for field in ("", *TABLES[table].names[1:])
    ]
    wanted = data.draw(st.lists(st.sampled_from(pieces), max_size=4)) if pieces else []
    _, after = taken(changes, now, *wanted)
    assert dangling(after) <= dangling(world) | dangling(now)
    rest = difference(world, after)
    assert all(row_id in set(changes.tables[t].ids) for t, c in rest.tables.items() for row_id in c.ids)
