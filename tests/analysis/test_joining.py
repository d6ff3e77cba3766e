"""A foreign dataset joined to the open one: what always holds, whatever the two are."""

from __future__ import annotations

from hypothesis import given, settings

from app.analysis.careers import Careers
from app.analysis.joining import Joined, joined
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.schema import TABLES
from tests.analysis.joinable import sound, wrong

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
