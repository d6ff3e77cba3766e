"""A foreign dataset joined to the open one: what always holds, whatever the two are."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

from app.analysis.careers import Careers
from app.analysis.joining import Joined, joined
from app.domain.dataset import Dataset, blank
from app.domain.edit import apply
from app.domain.schema import TABLES
from app.files.registry import read
from app.places import bundled_dataset
from tests.analysis.joinable import sound, wrong
from tests.domain.worlds import dataset

DATA = Path(__file__).parent.parent / "data"

FEW = settings(max_examples=25)  # each joins datasets of eleven tables


def same(one: Dataset, other: Dataset) -> bool:
    return all(one[table].equals(other[table]) for table in TABLES)


def told(result: Joined) -> dict[str, object]:
    return {table: (change.before.rows(), change.after.rows()) for table, change in result.edit.tables.items()}


@FEW
@given(sound(6))
def test_a_dataset_joined_with_itself_stays_as_it_is(world: Dataset) -> None:
    result = joined(world, world, "Import")
    assert told(result) == {}
    assert not result.unsure
    assert not result.kept


@FEW
@given(sound(), sound())
def test_what_was_joined_is_on_record_the_second_time(world: Dataset, brought: Dataset) -> None:
    once = joined(world, brought, "Import").dataset
    assert told(joined(once, brought, "Import")) == {}


@FEW
@given(sound(), sound())
def test_undo_brings_back_what_was(world: Dataset, brought: Dataset) -> None:
    result = joined(world, brought, "Import")
    assert same(apply(result.dataset, result.edit.inverse), world)


@FEW
@given(sound(), sound())
def test_no_reference_dangles_and_no_id_is_given_twice(world: Dataset, brought: Dataset) -> None:
    assert not wrong(world)
    assert not wrong(brought)
    assert not wrong(joined(world, brought, "Import").dataset)


@FEW
@given(sound(), sound())
def test_people_who_are_new_move_as_they_do_in_their_file(world: Dataset, brought: Dataset) -> None:
    result = joined(world, brought, "Import")
    known = {match.id for match in result.sure if match.table == "people"}
    fresh = [i for i in brought["people"].get_column("id") if i not in known]
    bodies = {match.id for match in result.sure if match.table == "organizations"}
    if bodies:  # what an organization belongs to is told by the dataset then
        return
    here = {i: result.ids.get("people", {}).get(i, i) for i in fresh}
    assert counted(result.dataset, list(here.values())) == counted(brought, fresh)


def counted(world: Dataset, people: list[str]) -> list[list[tuple[int, int, bool]]]:
    """Of each of some people, where they moved: days and whether they are known."""
    made = Careers.of(world).moves
    codes = [world.position("people", person) for person in people]
    rows = list(
        zip(made.person.tolist(), made.joined_lo.tolist(), made.joined_hi.tolist(), made.undated.tolist(), strict=True)
    )
    return [[(lo, hi, undated) for person, lo, hi, undated in rows if person == code] for code in codes]


AT = {"organizations": [{"id": "lab", "name": "Made Up Labs", "kind": "lab"}]}
BROUGHT = {"organizations": [{"id": "x", "name": "Made Up Labs, Inc."}]}


def person(world: Dataset, row_id: str) -> dict[str, object]:
    row = world.row("people", row_id)
    assert row is not None
    return row


def reasons(result: Joined) -> dict[str, tuple[str, str]]:
    return {match.id: (match.kept, match.reason) for match in result.matches}


def test_people_are_told_by_their_ids_whatever_they_are_called() -> None:
    mine = dataset(people=[{"id": "a", "name": "Ada Example", "orcid": "https://orcid.org/0000-0001"}])
    result = joined(mine, dataset(people=[{"id": "b", "name": "A. E. Other", "orcid": "0000-0001"}]), "Import")
    assert reasons(result) == {"b": ("a", "same ORCID")}
    assert person(result.dataset, "a")["aliases"] == ["A. E. Other"]


def test_two_orcids_are_two_people_even_at_one_place() -> None:
    post = {"organization_id": "lab", "start": "2020"}
    mine = dataset(
        **AT, people=[{"id": "a", "name": "Ada Example", "orcid": "0000-0001"}],
        stints=[{"id": "s", "person_id": "a", **post}],
    )  # fmt: skip
    theirs = dataset(
        **AT, people=[{"id": "a", "name": "Ada Example", "orcid": "0000-0002"}],
        stints=[{"id": "s", "person_id": "a", **post}],
    )  # fmt: skip
    result = joined(mine, theirs, "Import")
    assert not [match for match in result.matches if match.table == "people"]
    assert sorted(result.dataset["people"].get_column("id")) == ["a", "a-2"]
    assert result.dataset.row("stints", "s-2") is not None


def test_a_name_alone_makes_nobody_sure_a_name_and_a_place_do() -> None:
    stays = [{"id": "s", "person_id": "a", "organization_id": "lab", "start": "2020"}]
    mine = dataset(**AT, people=[{"id": "a", "name": "Ada Example"}, {"id": "b", "name": "Bob Sample"}], stints=stays)
    posts = [{"id": "t1", "person_id": "p", "organization_id": "x", "start": "2020-05", "end": "2022"}]
    theirs = dataset(
        **BROUGHT, people=[{"id": "p", "name": "Example, Ada"}, {"id": "q", "name": "Bob Sample"}], stints=posts
    )
    result = joined(mine, theirs, "Import")
    assert reasons(result)["p"] == ("a", "same name and both at Made Up Labs")
    assert reasons(result)["q"] == ("", "same name")
    assert [match.id for match in result.unsure] == ["q"]
    row = result.dataset.row("stints", "s")
    assert row is not None
    assert (row["start"], row["end"]) == ("2020-05", "2022")  # more exact, and a blank filled
    assert result.counts["stints"].added == 0
    chosen = joined(mine, theirs, "Import", {("people", "q"): "b", ("people", "p"): ""})
    assert reasons(chosen)["q"] == ("b", "chosen by hand")
    assert chosen.counts["people"].added == 1


def test_organizations_of_one_name_under_other_parents_are_two_unless_a_register_says_otherwise() -> None:
    mine = dataset(
        organizations=[
            {"id": "one", "name": "One"}, {"id": "team", "name": "Research", "parent_id": "one"},
            {"id": "uni", "name": "A University", "extra": '{"ids":{"ror":"https://ror.org/1"}}'},
        ]
    )  # fmt: skip
    theirs = dataset(
        organizations=[
            {"id": "two", "name": "Two"}, {"id": "team", "name": "Research", "parent_id": "two"},
            {"id": "u", "name": "Its French Name", "extra": '{"ids":{"grid":"g.1","ror":"https://ror.org/1"}}'},
        ]
    )  # fmt: skip
    result = joined(mine, theirs, "Import")
    assert reasons(result) == {"team": ("", "same name, but part of One"), "u": ("uni", "same ROR id")}
    row = result.dataset.row("organizations", "team-2")
    assert row is not None
    assert row["parent_id"] == "two"
    university = result.dataset.row("organizations", "uni")
    assert university is not None
    assert university["extra"] == '{"ids":{"grid":"g.1","ror":"https://ror.org/1"}}'


def test_what_differs_stays_as_it_is_and_is_told() -> None:
    mine = dataset(organizations=[{"id": "lab", "name": "Made Up Labs", "hq_city": "Here", "status": "confirmed"}])
    brought = {"name": "Made Up Labs", "hq_city": "There", "founded": "2001", "status": "rumored"}
    result = joined(mine, dataset(organizations=[{"id": "z", **brought}]), "Import")
    assert [(kept.field, kept.mine, kept.theirs) for kept in result.kept] == [
        ("hq_city", "Here", "There"), ("status", "confirmed", "rumored"),
    ]  # fmt: skip
    row = result.dataset.row("organizations", "lab")
    assert row is not None
    assert row["founded"] == "2001"


def test_new_stints_of_a_person_on_record_stand_where_their_days_put_them() -> None:
    bodies = [{"id": i, "name": f"Works {i.upper()}"} for i in "abcd"]
    ids = {"people": [{"id": "p", "name": "Ada Example", "orcid": "0000-0001"}], "organizations": bodies}
    mine = dataset(**ids, stints=[
        {"id": "s1", "person_id": "p", "organization_id": "a", "rank": 10, "start": "2010", "end": "2015"},
        {"id": "s2", "person_id": "p", "organization_id": "c", "rank": 20, "start": "2018"},
    ])  # fmt: skip
    theirs = dataset(**ids, stints=[
        {"id": "s1", "person_id": "p", "organization_id": "b", "rank": 10, "start": "2015", "end": "2018"},
        {"id": "s9", "person_id": "p", "organization_id": "d", "rank": 20},
    ])  # fmt: skip
    stints = joined(mine, theirs, "Import").dataset["stints"].sort("rank")
    assert stints.get_column("organization_id").to_list() == ["a", "b", "d", "c"]
    assert stints.get_column("order_stated").to_list() == [None, None, False, None]


def test_parts_of_the_bundled_dataset_come_together_again() -> None:
    world = read(bundled_dataset())
    half = world["people"].height // 2
    first, second = (
        world.replaced({
            "people": people,
            "stints": world["stints"].join(people, left_on="person_id", right_on="id", how="semi").sort("id"),
            "claims": blank("claims"),
        })
        for people in (world["people"].head(half), world["people"].tail(world["people"].height - half))
    )  # fmt: skip
    whole = joined(first, second, "Import")
    assert not whole.unsure
    assert not whole.kept
    for table in ("people", "stints", "organizations", "seats", "sources"):
        assert whole.dataset[table].equals(world[table])


def test_an_organogram_and_a_table_of_teams_join_each_other_and_themselves() -> None:
    office = read(DATA / "organogram")
    team = read(DATA / "teams" / "etcd_io.csv")
    world = read(bundled_dataset())
    for brought in (office, team):
        once = joined(world, brought, "Import")
        assert once.counts["stints"].added == brought["stints"].height
        assert not wrong(once.dataset)
        assert not joined(once.dataset, brought, "Import").edit
        assert same(apply(once.dataset, once.edit.inverse), world)


def test_views_of_the_file_stay_with_it() -> None:
    theirs = dataset(
        views=[{"id": "v", "view": "flowmap", "options": "{}"}], people=[{"id": "a", "name": "Ada Example"}]
    )
    result = joined(dataset(), theirs, "Import")
    assert result.left_out == 1
    assert not result.dataset["views"].height
