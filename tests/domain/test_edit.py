"""Edits: a change as a value."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dataset import Dataset, blank, frame_of
from app.domain.edit import MOST_CHUNKS, SPLICED_ROWS, Change, Edit, apply, compose, difference, drop, put
from app.domain.errors import DataError, EditConflict
from app.domain.schema import TABLES
from tests.domain.worlds import dataset, datasets, edits, labs


def same(one, other):
    """Whether two datasets hold the same rows in the same order."""
    return all(one[name].equals(other[name]) for name in TABLES)


def renamed(world, name="Ada L."):
    return put(world, "rename", {"people": [{**world.row("people", "ada"), "name": name}]})


def crowd(n, name="x"):
    """n people, every second id of a row of ids."""
    return [{"id": f"p{2 * i:05}", "name": name} for i in range(n)]


def test_put_adds_and_replaces_rows():
    world = labs()
    edit = put(world, "two people", {"people": [{"id": "ada", "name": "Ada L."}, {"id": "cleo", "name": "Cleo"}]})
    after = apply(world, edit)
    assert after["people"]["name"].to_list() == ["Ada L.", "Bob", "Cleo"]
    assert after.row("people", "ada")["source_ids"] == []  # what the row did not name became blank
    assert edit.tables["people"].before["id"].to_list() == ["ada"]
    assert edit.n_rows == 2
    assert edit.name == "two people"


def test_the_dataset_before_is_untouched_and_shares_what_did_not_change():
    world = labs()
    before = {name: frame.clone() for name, frame in world.tables.items()}
    after = apply(world, renamed(world))
    assert all(world[name].equals(before[name]) for name in TABLES)
    assert all(after[name] is world[name] for name in TABLES if name != "people")
    assert after.version == world.version


def test_drop_removes_rows_and_passes_over_ids_that_are_not_there():
    world = labs()
    edit = drop(world, "forget", {"stints": ["st-bob-01", "st-zed-01", "st-bob-01"], "people": ["zed"]})
    assert list(edit.tables) == ["stints"]
    assert apply(world, edit)["stints"]["id"].to_list() == ["st-ada-01", "st-ada-02"]
    assert edit.n_rows == 1


def test_an_edit_that_changes_nothing_is_empty():
    world = labs()
    edit = put(world, "nothing", {"people": [world.row("people", "ada")], "stints": []})
    assert not edit
    assert dict(edit.tables) == {}
    assert edit == Edit("something else")
    assert apply(world, edit)["people"] is world["people"]


def test_rows_that_stay_as_they_are_fall_out_of_an_edit():
    world = labs()
    edit = put(world, "x", {"people": [world.row("people", "ada"), {**world.row("people", "bob"), "name": "Rob"}]})
    assert edit.tables["people"].after["id"].to_list() == ["bob"]
    assert edit == put(world, "another name", {"people": [{**world.row("people", "bob"), "name": "Rob"}]})
    assert edit != edit.inverse
    assert edit != put(world, "x", {"people": [{**world.row("people", "bob"), "name": "Bert"}]})


def test_the_inverse_swaps_the_sides():
    world = labs()
    edit = renamed(world)
    assert edit.inverse.tables["people"].after.equals(edit.tables["people"].before)
    assert edit.inverse.inverse == edit
    assert same(apply(apply(world, edit), edit.inverse), world)


def test_a_table_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="no such table: salaries"):
        Edit("x", {"salaries": Change(blank("people"), blank("people"))})


def test_an_edit_cannot_speak_of_two_rows_with_one_id():
    with pytest.raises(DataError, match="people, ada, field id: two rows have this id"):
        put(labs(), "x", {"people": [{"id": "ada", "name": "A"}, {"id": "ada", "name": "B"}]})
    twice = dataset(people=[{"id": "ada", "name": "A"}, {"id": "ada", "name": "B"}])
    with pytest.raises(DataError, match="Give one of them another id"):
        difference(labs(), twice)


# --- conflicts ---


def test_a_row_that_has_changed_since_is_a_conflict():
    world = labs()
    edit = renamed(world)
    now = apply(world, renamed(world, "Augusta"))
    with pytest.raises(EditConflict) as caught:
        apply(now, edit)
    fault = caught.value.fault
    assert (fault.table, fault.id, fault.field) == ("people", "ada", "name")
    assert fault.message == "it is 'Augusta' now, the edit expects 'Ada'"
    assert fault.remedy


def test_a_row_that_has_gone_is_a_conflict():
    world = labs()
    edit = renamed(world)
    with pytest.raises(EditConflict, match="people, ada: the row is not there any more"):
        apply(apply(world, drop(world, "forget", {"people": ["ada"]})), edit)


def test_a_row_that_is_there_already_is_a_conflict():
    world = labs()
    edit = put(world, "add", {"people": [{"id": "cleo", "name": "Cleo"}]})
    with pytest.raises(EditConflict, match="people, cleo, field id: a row with this id is there already"):
        apply(apply(world, edit), edit)


@pytest.mark.parametrize("n", [SPLICED_ROWS, SPLICED_ROWS + 1])
def test_a_conflict_is_found_in_large_edits_too(n):
    world = dataset(people=crowd(n))
    edit = put(world, "rename", {"people": crowd(n, "y")})
    other = apply(world, put(world, "one", {"people": [{"id": "p00004", "name": "z"}]}))
    with pytest.raises(EditConflict, match="people, p00004, field name: it is 'z' now, the edit expects 'x'"):
        apply(other, edit)


# --- splicing ---


@pytest.mark.parametrize("n", [1, SPLICED_ROWS, SPLICED_ROWS + 1])
def test_rows_are_added_changed_and_removed_anywhere_in_a_table(n):
    world = dataset(people=[{"id": "a", "name": "first"}, *crowd(n), {"id": "z", "name": "last"}])
    between = [{"id": f"p{2 * i + 1:05}", "name": "new"} for i in range(n)]
    grown = apply(world, put(world, "grow", {"people": [*between, {"id": "", "name": "0"}, {"id": "zz", "name": "9"}]}))
    assert grown["people"]["id"].to_list() == ["", "a", *[f"p{i:05}" for i in range(2 * n)], "z", "zz"]
    changed = apply(world, put(world, "change", {"people": crowd(n, "y")}))
    assert changed["people"]["name"].to_list() == ["first", *["y"] * n, "last"]
    ids = [row["id"] for row in crowd(n)]
    assert apply(world, drop(world, "drop", {"people": ids}))["people"]["name"].to_list() == ["first", "last"]


def test_a_table_can_be_emptied_and_filled_again():
    world = dataset(people=crowd(3))
    edit = drop(world, "all", {"people": list(world["people"]["id"])})
    empty = apply(world, edit)
    assert empty["people"].height == 0
    assert empty["people"].columns == list(TABLES["people"].names)
    assert same(apply(empty, edit.inverse), world)


def test_a_table_does_not_fall_into_ever_more_pieces():
    world = dataset(people=crowd(2_000))
    for n in range(0, 2_000, 3):
        world = apply(world, put(world, "x", {"people": [{"id": f"p{2 * n:05}", "name": "y"}]}))
        assert world["people"].n_chunks() <= MOST_CHUNKS
    assert world["people"]["name"].to_list() == ["y" if n % 3 == 0 else "x" for n in range(2_000)]


def test_an_edit_that_is_remembered_keeps_no_table_in_memory():
    world = dataset(stints=[{"id": f"s{n}", "rank": n} for n in range(100)])
    edits = [put(world, "x", {"stints": [{"id": "s7", "rank": 9}]}), drop(world, "x", {"stints": ["s3", "s4"]})]
    table = world["stints"]["rank"].to_numpy()
    assert np.shares_memory(table, world["stints"].slice(3, 1)["rank"].to_numpy())  # as a slice would
    for edit in edits:
        for now in (edit, edit.inverse):
            change = now.tables["stints"]
            assert not np.shares_memory(table, change.before["rank"].to_numpy())
            assert not np.shares_memory(table, change.after["rank"].to_numpy())


@given(st.data(), datasets())
def test_an_edit_in_pieces_equals_one_of_the_whole_table(draw, data):
    edit = draw.draw(edits(data))
    spliced = apply(data, edit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.domain.edit.SPLICED_ROWS", -1)
        assert same(apply(data, edit), spliced)
        others = draw.draw(edits(data))
        whole = {
            name: Change(edit.tables[name].after, others.tables[name].after)
            for name in edit.tables
            if name in others.tables
        }
        columns = Edit("column by column", whole)
    assert columns == Edit("row by row", whole)


# --- composing and comparing ---


def test_composing_follows_a_row_through_both_edits():
    world = labs()
    first = put(world, "add", {"people": [{"id": "cleo", "name": "Cleo"}]})
    then = apply(world, first)
    second = put(then, "rename", {"people": [{"id": "cleo", "name": "Cleopatra"}]})
    both = compose(first, second)
    assert both.name == "rename"
    assert both.tables["people"].before.height == 0
    assert both.tables["people"].after["name"].to_list() == ["Cleopatra"]
    third = drop(apply(then, second), "forget", {"people": ["cleo"]})
    assert not compose(both, third, "nothing")  # added and removed: nothing is left


def test_an_edit_that_does_not_follow_cannot_be_composed():
    world = labs()
    with pytest.raises(EditConflict, match="people, ada, field name"):
        compose(renamed(world, "Augusta"), renamed(world, "Ada L."))
    add = put(world, "add", {"people": [{"id": "cleo", "name": "Cleo"}]})
    with pytest.raises(EditConflict, match="people, cleo, field id: a row with this id is there already"):
        compose(add, add)
    with pytest.raises(EditConflict, match="people, ada: the row is not there any more"):
        compose(drop(world, "forget", {"people": ["ada"]}), renamed(world))


def test_the_difference_names_added_removed_and_changed_rows():
    old = labs()
    new = dataset(people=[{**old.row("people", "bob"), "name": "Rob"}, {"id": "cleo", "name": "Cleo"}])
    change = difference(old, new).tables["people"]
    assert change.before.select("id", "name").rows() == [("ada", "Ada"), ("bob", "Bob")]
    assert change.after.select("id", "name").rows() == [("bob", "Rob"), ("cleo", "Cleo")]
    assert change.n_rows == 3
    assert not difference(old, labs())


def test_a_list_that_differs_makes_a_difference():
    one, other = (dataset(people=[{"id": "ada", "aliases": a}]) for a in (["A", "B"], ["B", "A"]))
    assert difference(one, other).n_rows == 1
    one, other = (dataset(people=[{"id": "ada", "source_ids": a}]) for a in (["a", "b"], ["b", "a"]))
    assert not difference(one, other)


@given(st.data(), datasets())
def test_undo_and_redo(draw, data):
    edit = draw.draw(edits(data))
    after = apply(data, edit)
    assert same(apply(after, edit.inverse), data)
    assert apply(after, edit.inverse).digest == data.digest
    assert same(apply(apply(after, edit.inverse), edit), after)
    assert [name for name in TABLES if after[name] is not data[name]] == list(edit.tables)


@given(datasets(), datasets())
def test_the_difference_leads_from_one_to_the_other(old, new):
    edit = difference(old, new)
    assert same(apply(old, edit), new)
    assert same(apply(new, edit.inverse), old)
    assert difference(new, old) == edit.inverse


@given(st.data(), datasets())
def test_composed_edits_do_what_they_do_in_turn(draw, data):
    first = draw.draw(edits(data))
    second = draw.draw(edits(one := apply(data, first)))
    third = draw.draw(edits(two := apply(one, second)))
    end = apply(two, third)
    assert same(apply(data, compose(first, second)), two)
    assert compose(compose(first, second), third) == compose(first, compose(second, third)) == difference(data, end)
    assert not compose(first, first.inverse)


def test_unknown_parts_of_a_newer_file_outlive_an_edit():
    world = Dataset.of({"people": frame_of("people", [{"id": "ada", "name": "Ada"}])}, "1.7", {"plans": "[1]"})
    after = apply(world, put(world, "x", {"people": [{"id": "bob", "name": "Bob"}]}))
    assert after.version == "1.7"
    assert dict(after.unknown) == {"plans": "[1]"}


def test_edits_are_no_dictionary_keys():
    edit = put(labs(), "x", {"people": [{"id": "cleo"}]})
    for value in (edit, edit.tables["people"]):
        with pytest.raises(TypeError, match="unhashable"):
            hash(value)
    assert edit != "x"
    assert edit.tables["people"] != pl.DataFrame
