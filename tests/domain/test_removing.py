"""Removing records: what goes with them, what lets go of them, and that nothing refers to nothing afterwards."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks import check
from app.domain.dataset import Dataset, frame_of
from app.domain.edit import apply
from app.domain.removing import removal
from tests.domain.worlds import ORGANIZATIONS, PEOPLE, STINTS, dataset, datasets, labs, seated_datasets


def removed(before: Dataset, **ids: list[str]) -> Dataset:
    return apply(before, removal(before, ids, "Remove").edit)


def test_what_cannot_stand_without_it_goes_too():
    made = removal(labs(), {"people": ["ada"]}, "Remove Ada")
    assert (made.asked, made.following, made.loosened) == ({"people": 1}, {"stints": 2}, {})
    after = apply(labs(), made.edit)
    assert after["stints"]["id"].to_list() == ["st-bob-01"]
    assert made.edit.name == "Remove Ada"


def test_one_thing_leads_to_another():
    """A team goes, with it its seats, with them the lines between them; who held a seat keeps the stint elsewhere."""
    before = dataset(
        organizations=[{"id": "team", "name": "Team"}, {"id": "home", "name": "Home", "parent_id": "team"}],
        people=[{"id": "ada", "name": "Ada"}],
        seats=[{"id": i, "organization_id": "team"} for i in ("a", "b")],
        reports=[{"id": "line", "seat_id": "a", "to_seat_id": "b"}],
        stints=[{"id": "one", "person_id": "ada", "organization_id": "home", "seat_id": "a"}],
        targets=[{"id": "fifty", "organization_id": "team", "seats": 50}],
    )
    made = removal(before, {"organizations": ["team"]}, "")
    assert made.following == {"seats": 2, "reports": 1, "targets": 1}
    assert made.loosened == {"organizations": 1, "stints": 1}
    after = apply(before, made.edit)
    assert after.row("stints", "one")["seat_id"] is None  # type: ignore[index]  # the row is there
    assert after.row("organizations", "home")["parent_id"] is None  # type: ignore[index]  # the row is there
    assert not after["reports"].height


def test_a_claim_goes_with_the_last_thing_it_is_about():
    about: list[tuple[str, list[str]]] = [
        ("alone", ["people:ada"]),
        ("both", ["people:ada", "people:bob"]),
        ("flow", ["flow:openai>meta"]),
        ("nothing", []),
        ("second", ["claims:alone"]),
    ]
    before = Dataset.of(
        {**labs().tables, "claims": frame_of("claims", [{"id": i, "about": entries} for i, entries in about])}
    )
    after = removed(before, people=["ada"])
    assert after["claims"].select("id", "about").rows() == [
        ("both", ["people:bob"]),
        ("flow", ["flow:openai>meta"]),
        ("nothing", []),
    ]
    assert removed(before, organizations=["meta"])["claims"]["id"].to_list() == ["alone", "both", "nothing", "second"]


def test_sets_lose_the_id_and_keep_the_rest():
    more = {"id": "st-x", "person_id": "bob", "organization_id": "meta", "source_ids": ["memo", "other"]}
    tables = {**labs().tables, "stints": frame_of("stints", [more])}
    before = Dataset.of({**tables, "sources": frame_of("sources", [{"id": "memo"}, {"id": "other"}])})
    made = removal(before, {"sources": ["memo"]}, "")
    assert made.loosened == {"organizations": 2, "people": 2, "stints": 1}
    after = apply(before, made.edit)
    assert after["stints"]["source_ids"].to_list() == [["other"]]
    assert after["people"]["source_ids"].to_list() == [[], []]


def test_what_is_not_there_is_no_step():
    made = removal(labs(), {"people": ["nobody"], "seats": []}, "")
    assert not made.edit
    assert (made.asked, made.following, made.loosened) == ({}, {}, {})


@st.composite
def cases(draw: st.DrawFn) -> tuple[Dataset, dict[str, list[str]]]:
    """A dataset in which some things refer to what is not there, with claims; and what shall go."""
    base = draw(st.one_of(datasets(), seated_datasets()))
    keys = [f"{table}:{i}" for table in ("people", "organizations", "stints", "seats") for i in base[table]["id"]]
    entries = st.lists(st.sampled_from([*keys, "people:p77", "flow:o0>o1", "claims:c0"]), max_size=3)
    claims: list[dict[str, Any]] = [{"id": f"c{n}", "about": draw(entries)} for n in range(draw(st.integers(0, 3)))]
    made = Dataset.of({**base.tables, "claims": frame_of("claims", claims)})
    pools = {"people": PEOPLE, "organizations": ORGANIZATIONS, "stints": STINTS, "claims": ["c0", "c1"]}
    return made, {t: draw(st.lists(st.sampled_from(pool), max_size=3)) for t, pool in pools.items()}


def dangling(made: Dataset) -> set[tuple[str, str, str, str]]:
    return {(f.table, f.id, f.field, f.message) for f in check(made) if f.code in ("dangling", "missing")}


@given(cases())
def test_nothing_new_refers_to_nothing_and_undo_brings_all_back(case: tuple[Dataset, dict[str, list[str]]]):
    before, ids = case
    made = removal(before, ids, "Remove")
    after = apply(before, made.edit)
    assert dangling(after) <= dangling(before)
    for table, some in ids.items():
        assert not set(some) & set(after[table]["id"])
    assert apply(after, made.edit.inverse).digest == before.digest
    gone = {t: before[t].height - after[t].height for t in before.tables}
    told = {t: made.asked.get(t, 0) + made.following.get(t, 0) for t in before.tables}
    assert gone == told
