"""One record takes the place of others: nothing refers to those any more, nothing is lost, and undo brings all back."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.apart import apart, set_apart
from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.errors import DataError
from app.domain.rewiring import rewire
from app.domain.views import pin, pins
from app.files.registry import write
from tests.domain.worlds import DATES, dataset

O, P, S = ([f"{letter}{n}" for n in range(4)] for letter in "oqw")  # noqa: E741  # a pool each


def a(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "organizations": {"name": a("Meta", "OpenAI", None), "parent_id": a(None, *O), "aliases": a([], ["M"], ["m", "N"])},
    "people": {"name": a("Ada", "A. Byron"), "expertise": a([], ["b", "a"]), "status": a(None, "denied", "confirmed")},
    "stints": {
        "person_id": a(*P), "organization_id": a(*O), "rank": a(None, 10, 20, 30), "start": a(*DATES),
        "end": a(None, "..", "2021"), "kind": a(None, "advisor"),
    },
    "seats": {"organization_id": a(*O), "rank": a(None, 1)},
    "relations": {"from_id": a(*O), "to_id": a(*O), "kind": a("investment", "compute")},
    "successions": {
        "from_id": a(*O), "to_id": a(None, *O), "previous_id": a(None, *O), "kind": a("rename", "reparented"),
    },
    "targets": {"organization_id": a(*O), "seats": a(5, 6)},
    "sources": {"title": a("T", "U"), "derived_from": a(None, *S)},
    "views": {"view": a("flowmap", "duplicates")},
}  # fmt: skip
ABOUT = [f"organizations:{i}" for i in O] + [f"people:{i}" for i in P] + [f"sources:{i}" for i in S]
ABOUT += [f"flow:{i}>{j}" for i in O for j in O if i != j]
ABOUT += ["relations:relations0", "relations:relations1", "stints:stints0", "stints:stints1", "claims:claims0"]
OPTIONS = [
    {"pins": {"o0": [0.1, 0.2], "o1": [0.3, 0.4]}}, {"order": ["o2", "o1", "o0"]}, {"apart": ["q0", "q1"]},
    {"notes": [{"at": "flow:o0>o1", "text": "Look"}, {"at": "people:q1"}]}, {"apart": ["q0", "q1", "q2"]},
]  # fmt: skip


FEW = settings(max_examples=40)  # each makes a dataset of eleven tables


@st.composite
def wired(draw: st.DrawFn) -> Dataset:
    """A dataset in which everything refers to everything."""
    pools = {"organizations": O, "people": P, "sources": S}
    tables = {}
    for table, fields in FIELDS.items():
        ids = pools.get(table) or [f"{table}{n}" for n in range(draw(st.integers(0, 5)))]
        cited = st.lists(st.sampled_from(S), max_size=2, unique=True)
        rows = [{"id": i, "source_ids": draw(cited), **{name: draw(v) for name, v in fields.items()}} for i in ids]
        tables[table] = rows
    for row in tables["views"]:
        row["options"] = json.dumps(draw(st.sampled_from(OPTIONS)))
    about = st.lists(st.sampled_from(ABOUT), min_size=1, max_size=3, unique=True)
    tables["claims"] = [{"id": f"claims{n}", "about": draw(about), "text": draw(a("He did", None))} for n in range(4)]
    return dataset(**tables)


MERGED = st.sampled_from([("organizations", O), ("people", P), ("sources", S)])


@st.composite
def wanted(draw: st.DrawFn) -> tuple[Dataset, str, str, list[str]]:
    """A dataset, and records of it of which one takes the place of the others."""
    table, pool = draw(MERGED)
    kept, *others = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=3, unique=True))
    return draw(wired()), table, kept, others


def words(world: Dataset) -> set[str]:
    """Every word of every cell."""
    return {w for frame in world.tables.values() for row in frame.rows() for w in re.findall(r"\w+", str(row))}


def errors(world: Dataset) -> set[tuple[str, str, str]]:
    return {(f.code, f.table, f.field) for f in check(world) if f.severity == "error"}


@FEW
@given(wanted())
def test_nothing_refers_any_more_to_what_was_merged(case: tuple[Dataset, str, str, list[str]]) -> None:
    world, table, kept, others = case
    after = apply(world, rewire(world, table, kept, others).edit)
    assert not words(after) & set(others)
    assert after.row(table, kept) is not None


@FEW
@given(case=wanted())
def test_undo_brings_back_every_byte(
    case: tuple[Dataset, str, str, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    world, table, kept, others = case
    edit = rewire(world, table, kept, others).edit
    back = apply(apply(world, edit), edit.inverse)
    folder = tmp_path_factory.mktemp("undo")
    write(world, folder / "before.json")
    write(back, folder / "after.json")
    assert (folder / "before.json").read_bytes() == (folder / "after.json").read_bytes()


@FEW
@given(wanted())
def test_a_sound_dataset_stays_sound(case: tuple[Dataset, str, str, list[str]]) -> None:
    world, table, kept, others = case
    after = apply(world, rewire(world, table, kept, others).edit)
    assert errors(after) <= errors(world)


@FEW
@given(wanted())
def test_what_is_merged_again_moves_nothing(case: tuple[Dataset, str, str, list[str]]) -> None:
    world, table, kept, others = case
    after = apply(world, rewire(world, table, kept, others).edit)
    anew = apply(after, put(after, "Again", {table: [{"id": i} for i in others]}))
    again = rewire(anew, table, kept, others)
    assert (again.moved, again.united, again.dropped, again.reordered) == ({}, {}, {}, 0)
    assert set(again.edit.tables) == {table}


@FEW
@given(wanted())
def test_what_has_nothing_to_do_with_it_stays(case: tuple[Dataset, str, str, list[str]]) -> None:
    world, table, kept, others = case
    edit, named = rewire(world, table, kept, others).edit, {kept, *others}
    for name, change in edit.tables.items():
        for row in change.before.iter_rows(named=True):
            told = set(re.findall(r"\w+", str(row)))
            # a claim may speak of a row that became one with another, or led to itself
            assert told & named or name == "claims"


@FEW
@given(wanted())
def test_every_source_of_a_stint_that_became_one_is_kept(case: tuple[Dataset, str, str, list[str]]) -> None:
    world, table, kept, others = case
    assume(table != "sources")
    after = apply(world, rewire(world, table, kept, others).edit)
    for row in world["stints"].iter_rows(named=True):
        place = {field: kept if row[field] in others else row[field] for field in ("person_id", "organization_id")}
        same = [
            one for one in after["stints"].iter_rows(named=True)
            if all(one[n] == {**row, **place}[n] for n in ("person_id", "organization_id", "start", "end", "kind"))
        ]  # fmt: skip
        assert any(set(row["source_ids"]) <= set(one["source_ids"]) for one in same)


@FEW
@given(wired())
def test_ranks_of_a_merged_person_do_not_collide_and_dates_keep_their_order(world: Dataset) -> None:
    result = rewire(world, "people", "q0", ["q1"])
    after = apply(world, result.edit)
    index, person = after.index, after.position("people", "q0")
    ranks = index.rank[index.person == person].tolist()
    if result.reordered:
        assert all(low < high for low, high in pairwise(ranks))  # the order that moves are made of


def jane(**more: list[dict[str, Any]]) -> Dataset:
    """One made-up person on record twice, at organizations that are on record twice."""
    people = [
        {"id": "jane", "name": "Jane Example", "expertise": ["vision"], "source_ids": ["memo"], "status": "reported"},
        {"id": "jane-2", "name": "J. Example", "aliases": ["Janey"], "orcid": "0000-0001", "status": "confirmed",
         "notes": "Seen at a conference", "source_ids": ["post"]},
    ]  # fmt: skip
    organizations = [
        {"id": i, "name": n} for i, n in (("north", "North"), ("north-inc", "North, Inc."), ("east", "East"))
    ]
    sources = [{"id": "memo", "title": "Memo"}, {"id": "post", "title": "Post"}]
    return dataset(**{"people": people, "organizations": organizations, "sources": sources, **more})


def test_the_record_that_stays_has_the_best_of_all() -> None:
    row = rewire(jane(), "people", "jane", ["jane-2"]).row
    assert (row["name"], row["aliases"]) == ("Jane Example", ["J. Example", "Janey"])
    assert (row["orcid"], row["status"], row["notes"]) == ("0000-0001", "confirmed", "Seen at a conference")
    assert row["source_ids"] == ["memo", "post"]


def test_a_value_can_be_chosen() -> None:
    row = rewire(jane(), "people", "jane", ["jane-2"], {"name": "jane-2", "orcid": "jane"}).row
    assert (row["name"], row["aliases"], row["orcid"]) == ("J. Example", ["Jane Example", "Janey"], None)


def test_a_stint_that_is_on_record_twice_becomes_one_with_the_sources_of_both() -> None:
    stint = {"organization_id": "north", "start": "2020-03", "end": ".."}
    world = jane(
        stints=[
            {"id": "s1", "person_id": "jane", "rank": 10, "source_ids": ["memo"], **stint},
            {"id": "s2", "person_id": "jane-2", "rank": 40, "source_ids": ["post"], **stint},
            {"id": "s3", "person_id": "jane-2", "rank": 10, "organization_id": "east", "start": "2018", "end": "2020"},
        ],
        claims=[{"id": "c", "about": ["stints:s2"], "text": "She was there"}],
    )
    result = rewire(world, "people", "jane", ["jane-2"])
    after = apply(world, result.edit)
    assert after["stints"].select("id", "rank", "source_ids").rows() == [("s1", 20, ["memo", "post"]), ("s3", 10, [])]
    assert after["claims"]["about"].to_list() == [["stints:s1"]]
    assert (result.moved, result.united, result.reordered) == ({"stints": 1, "claims": 1}, {"stints": 1}, 1)


def test_who_came_back_stays_one_who_came_back() -> None:
    """Stints without dates at organizations that become one may be a return: none of them goes."""
    stints = [
        {"id": f"s{n}", "person_id": "jane", "rank": n * 10, "organization_id": where}
        for n, where in enumerate(("north", "east", "north-inc"))
    ]
    world = jane(stints=stints)
    result = rewire(world, "organizations", "north", ["north-inc"])
    assert apply(world, result.edit)["stints"]["organization_id"].to_list() == ["north", "east", "north"]
    assert result.united == {}


def test_what_led_from_one_to_the_other_is_gone_and_claims_about_it_stay() -> None:
    world = jane(
        relations=[{"id": "r", "from_id": "north", "to_id": "north-inc", "kind": "partnership"}],
        successions=[
            {"id": "u1", "from_id": "north-inc", "to_id": "north", "kind": "rename"},
            {"id": "u2", "from_id": "east", "to_id": "north", "previous_id": "north-inc", "kind": "reparented"},
            {"id": "u3", "from_id": "north-inc", "to_id": "east", "previous_id": "north", "kind": "reparented"},
        ],
        claims=[{"id": "c", "about": ["flow:north>north-inc", "relations:r", "people:jane"], "text": "Some went"}],
    )
    result = rewire(world, "organizations", "north", ["north-inc"])
    after = apply(world, result.edit)
    assert after["relations"].height == 0
    assert after["successions"].select("id", "from_id", "previous_id").rows() == [("u3", "north", None)]
    assert after["claims"]["about"].to_list() == [["organizations:north", "people:jane"]]
    assert result.dropped == {"relations": 1, "successions": 2}


def test_a_unit_merged_with_the_body_above_it_has_no_circle_above_it() -> None:
    world = dataset(
        organizations=[
            {"id": "top", "name": "Top"}, {"id": "low", "name": "Low", "parent_id": "middle"},
            {"id": "middle", "name": "Middle", "parent_id": "top"},
        ]
    )  # fmt: skip
    assert rewire(world, "organizations", "low", ["middle"]).row["parent_id"] == "top"
    result = rewire(world, "organizations", "low", ["top"])  # the middle is below the one and above the other
    assert (result.row["parent_id"], result.cleared) == (None, ("parent_id",))
    assert errors(apply(world, result.edit)) == set()


def test_a_pin_goes_with_its_organization_and_one_that_stays_keeps_its_place() -> None:
    world = jane()
    world = apply(world, pin(world, "flowmap", {"north": (0.1, 0.1), "north-inc": (0.9, 0.9)}, "Pin"))
    after = apply(world, rewire(world, "organizations", "north", ["north-inc"]).edit)
    assert pins(after, "flowmap") == {"north": (0.1, 0.1)}
    after = apply(world, rewire(world, "organizations", "east", ["north-inc"]).edit)
    assert pins(after, "flowmap") == {"north": (0.1, 0.1), "east": (0.9, 0.9)}


def test_who_is_judged_not_to_be_the_same_is_remembered_through_a_merge() -> None:
    world = dataset(people=[{"id": i, "name": i.upper()} for i in "abcd"])
    world = apply(world, set_apart(world, ["b", "a"], "Not the same"))
    assert apart(world) == {("a", "b")}
    moved = apply(world, rewire(world, "people", "c", ["b"]).edit)
    assert apart(moved) == {("a", "c")}
    result = rewire(world, "people", "a", ["b"])
    assert (result.judged, apart(apply(world, result.edit))) == (1, frozenset())


@pytest.mark.parametrize("others", [[], ["jane"], ["jane-2", "jane-2"], ["nobody"]])
def test_what_cannot_be_merged_is_refused(others: list[str]) -> None:
    with pytest.raises(DataError):
        rewire(jane(), "people", "jane", others)
