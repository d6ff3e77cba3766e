"""Three-way merge: by record and field, the same from either side, nothing lost without a word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dataset import Dataset, frame_of
from app.domain.edit import Edit, apply, difference, drop, put
from app.domain.errors import DataError
from app.domain.fieldwise import Conflict
from app.domain.merge import Merged, fitted, joined, merge
from app.domain.nested import text_of
from app.domain.schema import TABLES, Kind
from tests.domain.worlds import dataset, datasets, edits, labs

Rows = dict[str, dict[str, dict[str, Any]]]


def same(one: Dataset, other: Dataset) -> bool:
    """Whether two datasets hold the same."""
    rows = all(one[name].equals(other[name]) for name in TABLES)
    return rows and one.version == other.version and dict(one.unknown) == dict(other.unknown)


def told(made: Merged) -> list[tuple[object, ...]]:
    """Conflicts as tuples: table, id, field, base, A, B."""
    return [(c.table, c.id, c.field, c.base, c.a, c.b) for c in made.conflicts]


def mirrored(conflict: Conflict) -> Conflict:
    return replace(conflict, a=conflict.b, b=conflict.a)


def with_fields(world: Dataset, table: str, row_id: str, **fields: Any) -> Dataset:
    """The dataset with some fields of a record changed."""
    row = world.row(table, row_id)
    assert row is not None
    return apply(world, put(world, "change", {table: [{**row, **fields}]}))


# --- the rules one by one ---


def test_a_record_that_one_changed_is_taken_from_there() -> None:
    base = labs()
    a = with_fields(base, "people", "ada", name="Ada L.")
    b = with_fields(base, "stints", "st-bob-01", end="2024")
    made = merge(base, a, b)
    assert made.conflicts == ()
    assert made.n_changed == (1, 1)
    assert made.dataset.row("people", "ada")["name"] == "Ada L."
    assert made.dataset.row("stints", "st-bob-01")["end"] == "2024"


def test_different_fields_of_one_record_are_both_taken() -> None:
    base = labs()
    made = merge(
        base,
        with_fields(base, "people", "ada", name="Ada L."),
        with_fields(base, "people", "ada", orcid="0000-0001", expertise=["vision"]),
    )
    assert made.conflicts == ()
    row = made.dataset.row("people", "ada")
    assert (row["name"], row["orcid"], row["expertise"]) == ("Ada L.", "0000-0001", ["vision"])


def test_one_field_changed_to_the_same_value_is_fine_and_to_different_ones_a_conflict() -> None:
    base = labs()
    a = with_fields(base, "stints", "st-ada-01", end="2025-07", role="Lead")
    b = with_fields(base, "stints", "st-ada-01", end="2025-08", role="Lead")
    made = merge(base, a, b)
    assert told(made) == [("stints", "st-ada-01", "end", "2025-06", "2025-07", "2025-08")]
    assert made.dataset.row("stints", "st-ada-01")["role"] == "Lead"
    assert made.dataset.row("stints", "st-ada-01")["end"] == "2025-06"  # as in the base, until somebody decides


@pytest.mark.parametrize(("table", "row_id", "field"), [("people", "ada", "aliases"), ("people", "ada", "source_ids")])
def test_lists_that_are_sets_take_and_drop_members_and_never_conflict(table: str, row_id: str, field: str) -> None:
    base = with_fields(labs(), table, row_id, **{field: ["memo", "old"]})
    sources = [{"id": i} for i in ("memo", "new", "newer", "old")]
    base = apply(base, put(base, "sources", {"sources": sources}))
    a = with_fields(base, table, row_id, **{field: ["memo", "newer", "old"]})
    b = with_fields(base, table, row_id, **{field: ["new", "memo"]})
    made = merge(base, a, b)
    assert made.conflicts == ()
    assert made.dataset.row(table, row_id)[field] == ["memo", "new", "newer"]


def test_the_order_of_aliases_is_kept_where_it_can_be() -> None:
    base = with_fields(labs(), "people", "ada", aliases=["Z", "M", "A"])
    a = with_fields(base, "people", "ada", aliases=["Z", "M", "A", "X"])
    b = with_fields(base, "people", "ada", aliases=["Z", "A", "B"])
    assert merge(base, a, b).dataset.row("people", "ada")["aliases"] == ["Z", "A", "B", "X"]
    turned = with_fields(base, "people", "ada", aliases=["A", "M", "Z"])
    assert merge(base, base, turned).dataset.row("people", "ada")["aliases"] == ["A", "M", "Z"]


def test_a_list_whose_order_means_something_is_one_value() -> None:
    base = labs()
    a = with_fields(base, "people", "bob", expertise=["vision", "speech"])
    b = with_fields(base, "people", "bob", expertise=["speech", "vision"])
    made = merge(base, a, b)
    assert told(made) == [("people", "bob", "expertise", ["vision"], ["vision", "speech"], ["speech", "vision"])]


def test_a_record_that_one_removed_and_the_other_changed_is_a_conflict() -> None:
    base = labs()
    a = apply(base, drop(base, "forget", {"stints": ["st-bob-01"]}))
    b = with_fields(base, "stints", "st-bob-01", end="2024", role="Lead")
    old, new = {"role": None, "end": None}, {"role": "Lead", "end": "2024"}
    made = merge(base, a, b)
    assert told(made) == [("stints", "st-bob-01", "", old, None, new)]
    assert made.conflicts[0].code == "removed-and-changed"
    assert made.dataset["stints"].equals(base["stints"])
    assert told(merge(base, b, a)) == [("stints", "st-bob-01", "", old, new, None)]


def test_what_both_removed_is_removed() -> None:
    base = labs()
    less = apply(base, drop(base, "forget", {"stints": ["st-bob-01"]}))
    made = merge(base, less, apply(less, drop(less, "forget", {"people": ["bob"]})))
    assert made.conflicts == ()
    assert made.dataset["people"]["id"].to_list() == ["ada"]
    assert made.dataset["stints"]["id"].to_list() == ["st-ada-01", "st-ada-02"]


def test_records_that_both_added_are_one_and_blanks_give_way() -> None:
    base = labs()
    a = apply(base, put(base, "add", {"people": [{"id": "cleo", "name": "Cleo", "source_ids": ["memo"]}]}))
    b = apply(base, put(base, "add", {"people": [{"id": "cleo", "name": "Cleo", "orcid": "0000-0002"}]}))
    made = merge(base, a, b)
    assert made.conflicts == ()
    row = made.dataset.row("people", "cleo")
    assert (row["name"], row["orcid"], row["source_ids"]) == ("Cleo", "0000-0002", ["memo"])
    b = with_fields(b, "people", "cleo", name="Cleopatra")
    assert told(merge(base, a, b)) == [("people", "cleo", "name", None, "Cleo", "Cleopatra")]


def test_unknown_fields_merge_key_by_key() -> None:
    base = with_fields(labs(), "people", "ada", extra='{"grade":1,"height":"tall","tags":["x"]}')
    a = with_fields(base, "people", "ada", extra='{"grade":2,"height":"tall","tags":["x"]}')
    b = with_fields(base, "people", "ada", extra='{"born":1815,"grade":1,"tags":["x","y"]}')
    made = merge(base, a, b)
    assert made.conflicts == ()
    assert made.dataset.row("people", "ada")["extra"] == '{"born":1815,"grade":2,"tags":["x","y"]}'
    b = with_fields(base, "people", "ada", extra='{"grade":3}')
    assert told(merge(base, a, b)) == [("people", "ada", "grade", 1, 2, 3)]
    gone = with_fields(base, "people", "ada", extra=None)
    only = with_fields(base, "people", "ada", extra='{"grade":1,"height":"tall"}')
    assert merge(base, gone, only).dataset.row("people", "ada")["extra"] is None


def test_pins_of_two_people_merge_pin_by_pin() -> None:
    def pinned(**pins: list[float]) -> Dataset:
        options = text_of({"pins": pins, "zoom": True})
        return apply(labs(), put(labs(), "pin", {"views": [{"id": "v", "view": "flowmap", "options": options}]}))

    made = merge(pinned(meta=[0.5, 0.5]), pinned(meta=[0.1, 0.5]), pinned(meta=[0.5, 0.5], openai=[0.2, 0.2]))
    assert made.conflicts == ()
    options = json.loads(made.dataset.row("views", "v")["options"])
    assert options == {"pins": {"meta": [0.1, 0.5], "openai": [0.2, 0.2]}, "zoom": True}
    made = merge(pinned(meta=[0.5, 0.5]), pinned(meta=[0.1, 0.5]), pinned(meta=[0.9, 0.5]))
    assert told(made) == [("views", "v", "options.pins.meta", [0.5, 0.5], [0.1, 0.5], [0.9, 0.5])]


def test_tables_and_keys_of_a_newer_version_are_merged_and_kept() -> None:
    def newer(version: str, **unknown: object) -> Dataset:
        return replace(labs(), version=version, unknown={key: text_of(value) for key, value in unknown.items()})

    base = newer("1.2", plans=[{"id": "p1", "size": 1}], made_by={"tool": "x"})
    a = newer("1.9", plans=[{"id": "p1", "size": 2}], made_by={"tool": "x"}, color="red")
    b = newer("1.10", plans=[{"id": "p0"}, {"id": "p1", "name": "P", "size": 1}])
    made = merge(base, a, b)
    assert made.conflicts == ()
    assert made.dataset.version == "1.10"
    assert dict(made.dataset.unknown) == {
        "color": '"red"',
        "plans": '[{"id":"p0"},{"id":"p1","name":"P","size":2}]',
    }
    b = newer("1.2", plans=[{"id": "p1", "size": 3}], made_by={"tool": "x"})
    assert told(merge(base, a, b)) == [("plans", "", "p1.size", 1, 2, 3)]
    assert merge(base, a, b).dataset.version == "1.9"


@pytest.mark.parametrize(("one", "other"), [(1, 1.0), (1, True), (0, False), (None, 0)])
def test_values_that_only_python_holds_equal_are_told_apart(one: object, other: object) -> None:
    base = with_fields(labs(), "people", "ada", extra='{"x":"old"}')
    a, b = (with_fields(base, "people", "ada", extra=text_of({"x": value})) for value in (one, other))
    assert told(merge(base, a, b)) == [("people", "ada", "x", "old", one, other)]


def test_lists_that_are_no_records_in_order_are_one_value() -> None:
    def held(value: object) -> Dataset:
        return with_fields(labs(), "people", "ada", extra=text_of({"x": value}))

    for one, other in (
        ([1], [2]),
        ([{"id": "b"}, {"id": "a"}], [{"id": "c"}]),
        ([{"id": 1}], []),
        ([{}], [{"id": "a"}]),
    ):
        assert told(merge(held("old"), held(one), held(other))) == [("people", "ada", "x", "old", one, other)]


def test_text_that_is_no_json_is_one_value() -> None:
    base, a, b = (with_fields(labs(), "people", "ada", extra=text) for text in (None, "{", '{"x":1}'))
    assert told(merge(base, a, b)) == [("people", "ada", "extra", None, "{", '{"x":1}')]
    assert fitted(difference(base, a), b)[0] == Edit("nothing")


# --- what is wrong only together ---


def test_a_reference_to_what_the_other_removed_is_a_conflict() -> None:
    base = labs()
    base = apply(base, put(base, "add", {"organizations": [{"id": "acme", "name": "Acme"}]}))
    a = apply(base, drop(base, "forget", {"organizations": ["acme"]}))
    stint = {"id": "st-bob-02", "person_id": "bob", "organization_id": "acme", "start": "2026", "source_ids": ["memo"]}
    b = apply(base, put(base, "add", {"stints": [stint]}))
    made = merge(base, a, b)
    assert told(made) == [("stints", "st-bob-02", "organization_id", None, None, "acme")]
    conflict = made.conflicts[0]
    assert (conflict.code, conflict.message) == ("dangling", "there is no organization 'acme'")
    assert conflict.remedy


def test_an_id_that_both_gave_to_something_else_is_a_conflict() -> None:
    base = labs()
    a = apply(base, put(base, "add", {"organizations": [{"id": "delta", "name": "Delta"}]}))
    b = apply(base, put(base, "add", {"people": [{"id": "delta", "name": "Delta"}]}))
    assert [(c.code, c.table, c.id) for c in merge(base, a, b).conflicts] == [("duplicate-id", "people", "delta")]


def test_two_parents_that_make_a_circle_are_a_conflict() -> None:
    base = labs()
    made = merge(
        base,
        with_fields(base, "organizations", "meta", parent_id="openai"),
        with_fields(base, "organizations", "openai", parent_id="meta"),
    )
    assert [(c.code, c.table, c.id) for c in made.conflicts] == [("cycle", "organizations", "meta")]


def test_errors_that_a_file_had_before_are_not_laid_at_the_door_of_the_merge() -> None:
    base = labs()
    a = with_fields(base, "stints", "st-bob-01", organization_id="atlantis")
    made = merge(base, a, with_fields(base, "people", "bob", name="Rob"))
    assert made.conflicts == ()
    assert made.dataset.row("stints", "st-bob-01")["organization_id"] == "atlantis"


def test_of_errors_that_are_too_many_to_be_named_none_is_laid_at_its_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.domain.checks.MOST_NAMED", 1)
    base = labs()
    a = apply(
        base, put(base, "add", {"organizations": [{"id": i, "name": i, "kind": "club"} for i in ("a1", "a2", "a3")]})
    )
    b = apply(base, put(base, "add", {"organizations": [{"id": "a0", "name": "a0"}]}))
    assert merge(base, a, b).conflicts == ()


def test_an_error_of_a_record_in_conflict_is_not_told_twice() -> None:
    base = labs()
    a = with_fields(base, "stints", "st-ada-01", start="2025-07", end="..")
    b = with_fields(base, "stints", "st-ada-01", start="2026", end="2027")
    assert [c.field for c in merge(base, a, b).conflicts] == ["start", "end"]


def test_a_file_with_an_id_twice_is_refused() -> None:
    twice = dataset(people=[{"id": "ada", "name": "A"}, {"id": "ada", "name": "B"}])
    with pytest.raises(DataError, match="two rows have this id"):
        merge(labs(), labs(), twice)


# --- laws ---


@st.composite
def versions(draw: st.DrawFn) -> tuple[Dataset, Dataset, Dataset]:
    """A dataset and two versions of it that often touch the same records and fields."""
    base = draw(rows())
    tables = [{name: {i: dict(row) for i, row in base[name].items()} for name in base} for _ in range(2)]
    for version in tables:
        for name, held in version.items():
            for row_id in draw(st.lists(st.sampled_from(IDS[name]), max_size=3)):
                if draw(st.integers(0, 9)) == 0:
                    held.pop(row_id, None)
                else:
                    row = held.setdefault(row_id, {"id": row_id, "name": row_id})
                    row.update({field: draw(FIELDS[name][field]) for field in draw(some_of(FIELDS[name]))})
    return made_of(base), made_of(tables[0]), made_of(tables[1])


def some_of(names: Iterable[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(names)), unique=True, min_size=1, max_size=3)


IDS = {"people": ["p0", "p1"], "organizations": ["o0", "o1"], "views": ["v0"]}
FEW, MORE = settings(max_examples=15), settings(max_examples=30)
_MEMBERS = st.lists(st.sampled_from("abcd"), unique=True, max_size=3)
_OBJECT = st.dictionaries(st.sampled_from("xyz"), st.sampled_from([1, 1.0, True, None, {"k": 1}, {"k": 2, "l": 3}]))
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "people": {
        "name": st.sampled_from(["Ada", "Bob"]),
        "aliases": _MEMBERS,
        "expertise": _MEMBERS,
        "notes": st.sampled_from([None, "n", "m"]),
        "source_ids": _MEMBERS,
        "extra": _OBJECT.map(lambda value: text_of(value) if value else None),
    },
    "organizations": {
        "name": st.sampled_from(["Meta", "OpenAI"]),
        "parent_id": st.sampled_from([None, "o0", "o1"]),
        "founded": st.sampled_from([None, "2019", "soon"]),
    },
    "views": {"name": st.sampled_from([None, "x"]), "options": st.none() | _OBJECT.map(text_of)},
}


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    """Rows by table and id."""
    found: Rows = {}
    for name, ids in IDS.items():
        some = draw(some_of(ids))
        found[name] = {i: {"id": i, **{f: draw(values) for f, values in FIELDS[name].items()}} for i in some}
    return found


def made_of(tables: Rows) -> Dataset:
    return Dataset.of({name: frame_of(name, held.values()) for name, held in tables.items()})


@given(versions())
@FEW
def test_what_only_one_side_changed_is_what_comes_out(three: tuple[Dataset, Dataset, Dataset]) -> None:
    base, other, _ = three
    for made in (merge(base, base, other), merge(base, other, base), merge(base, other, other)):
        assert made.conflicts == ()
        assert same(made.dataset, other)


@given(versions())
@MORE
def test_it_does_not_matter_who_is_called_a(three: tuple[Dataset, Dataset, Dataset]) -> None:
    base, a, b = three
    one, other = merge(base, a, b), merge(base, b, a)
    assert same(one.dataset, other.dataset)
    assert one.conflicts == tuple(map(mirrored, other.conflicts))
    assert one.n_changed == other.n_changed[::-1]


@given(versions())
@MORE
def test_it_is_what_the_rules_say_row_by_row(three: tuple[Dataset, Dataset, Dataset]) -> None:
    expected, conflicts = by_hand(*three)
    made = merge(*three)
    assert same(made.dataset, expected)
    own = [(c.table, c.id, c.field) for c in made.conflicts if c.code in ("changed-twice", "removed-and-changed")]
    assert sorted(own) == sorted(conflicts)


@given(versions())
@FEW
def test_every_change_is_in_the_result_or_in_a_conflict(three: tuple[Dataset, Dataset, Dataset]) -> None:
    base, a, b = three
    made = merge(base, a, b)
    torn = {(c.table, c.id) for c in made.conflicts}
    for version, edit in ((a, difference(base, a)), (b, difference(base, b))):
        for table, change in edit.tables.items():
            for row_id in change.ids:
                was, now, got = (d.row(table, row_id) for d in (base, version, made.dataset))
                if (table, row_id) in torn:
                    continue
                if now is None:
                    assert got is None
                    continue
                for field in TABLES[table].fields:
                    if field.kind.dtype == Kind.TEXT.dtype and field.kind is not Kind.JSON:
                        changed = was is None or was[field.name] != now[field.name]
                        assert not changed or now[field.name] is None or got[field.name] == now[field.name]


@given(st.data(), datasets())
@FEW
def test_edits_of_different_records_merge_to_both(draw: st.DataObject, base: Dataset) -> None:
    first = draw.draw(edits(base))
    then = apply(base, first)
    second = draw.draw(edits(then))
    if any(set(change.ids) & set(first.tables[t].ids) for t, change in second.tables.items() if t in first.tables):
        second = Edit("nothing")
    made = merge(base, then, apply(base, second))
    assert same(made.dataset, apply(then, second))
    assert all(c.code not in ("changed-twice", "removed-and-changed") for c in made.conflicts)


@given(versions())
@FEW
def test_an_edit_fits_any_later_version_but_for_what_conflicts(three: tuple[Dataset, Dataset, Dataset]) -> None:
    base, a, now = three
    edit = difference(base, a)
    fit, conflicts = fitted(edit, now)
    after = apply(now, fit)  # it does fit
    assert fitted(edit, base) == (edit, ())
    both = merge(base, a, now)
    assert conflicts == joined(edit, difference(base, now))[1]
    if not conflicts:
        assert same(after, both.dataset)
    for conflict in conflicts:
        if conflict.field in ("name", "notes", "expertise", "parent_id", "founded"):
            assert after.row(conflict.table, conflict.id)[conflict.field] == conflict.b
        elif not conflict.field:
            assert after.row(conflict.table, conflict.id) == now.row(conflict.table, conflict.id)


# --- the rules a second time, plainly ---


def by_hand(base: Dataset, a: Dataset, b: Dataset) -> tuple[Dataset, list[tuple[str, str, str]]]:
    """The merge row by row and field by field, with the base standing in conflicts; and where these are."""
    conflicts: list[tuple[str, str, str]] = []
    tables: Rows = {}
    for table in TABLES:
        tables[table] = {}
        for row_id in sorted({*base[table]["id"], *a[table]["id"], *b[table]["id"]}):
            was, one, other = (d.row(table, row_id) for d in (base, a, b))
            if one == other or other == was:
                row = one
            elif one == was:
                row = other
            elif one is None or other is None:
                conflicts.append((table, row_id, ""))
                row = was
            else:
                blank = {f.name: [] if f.kind in (Kind.LIST, Kind.SET) else None for f in TABLES[table].fields}
                row = {}
                for field in TABLES[table].fields:
                    values = ((was or blank)[field.name], one[field.name], other[field.name])
                    row[field.name], wrong = field_by_hand(field.name, *values)
                    conflicts += [(table, row_id, path) for path in wrong]
                row["id"] = row_id
            if row is not None:
                tables[table][row_id] = row
    return made_of(tables), conflicts


def field_by_hand(name: str, was: Any, one: Any, other: Any) -> tuple[Any, list[str]]:
    if name == "id" or one == other or other == was:
        return one, []
    if one == was:
        return other, []
    if name in ("aliases", "about", "source_ids"):
        kept = [x for x in was if x in one and x in other]
        return kept + sorted(x for x in {*one, *other} if x not in was), []
    if name in ("extra", "options"):
        absent = {} if name == "extra" else "nothing"
        values = [absent if text is None else json.loads(text) for text in (was, one, other)]
        value, paths = json_by_hand((), *values)
        prefix = () if name == "extra" else (name,)
        empty = value == "nothing" or (name == "extra" and value == {})
        return None if empty else text_of(value), [".".join((*prefix, *path)) for path in paths]
    return was, [name]


def json_by_hand(path: tuple[str, ...], was: Any, one: Any, other: Any) -> tuple[Any, list[tuple[str, ...]]]:
    texts = [text_of(value) for value in (was, one, other)]
    if texts[1] == texts[2] or texts[2] == texts[0]:
        return one, []
    if texts[1] == texts[0]:
        return other, []
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return was, [path]
    value, paths = {}, []
    before = was if isinstance(was, dict) else {}
    for key in {*before, *one, *other}:
        parts = (held.get(key, "nothing") for held in (before, one, other))
        value[key], wrong = json_by_hand((*path, key), *parts)
        paths += wrong
    return {key: part for key, part in value.items() if part != "nothing"}, paths
