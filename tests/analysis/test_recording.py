"""Recording a move: what the one edit does to the records, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.adding import Cited, Party
from app.analysis.careers import Careers
from app.analysis.recording import NewMove, Recorded, held, mistakes, present, recorded
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.errors import DataError
from app.files.registry import read_sound
from app.places import bundled_dataset
from tests.domain.worlds import labs


@pytest.fixture(scope="module")
def world() -> Dataset:
    """The bundled dataset."""
    return read_sound(bundled_dataset())[0]


REPORT = Cited(title="A report", publisher="paper.example", published="2026-06-20")


def made(dataset: Dataset, **fields: Any) -> Recorded:
    """A recorded move of Jason Wei from Meta's team to Anthropic, with some fields otherwise."""
    told = NewMove(
        Party("jason-wei"), Party("anthropic"), Party("meta-superintelligence-labs"), "Researcher", "2026-06",
        source=REPORT,
    )  # fmt: skip
    return recorded(dataset, replace(told, **fields))


def stint_at(dataset: Dataset, person: str, organization: str) -> dict[str, object]:
    return [post for post in held(dataset, person) if post["organization_id"] == organization][-1]


def test_the_post_that_is_left_ends_and_a_new_one_begins(world: Dataset) -> None:
    before = stint_at(world, "jason-wei", "meta-superintelligence-labs")
    result = made(world)
    old = stint_at(result.dataset, "jason-wei", "meta-superintelligence-labs")
    new = stint_at(result.dataset, "jason-wei", "anthropic")
    assert old == {**before, "end": "2026-06", "source_ids": sorted({*before["source_ids"], "paper-example-a-report"})}
    assert (new["start"], new["end"], new["role"], new["status"]) == ("2026-06", "..", "Researcher", "reported")
    assert new["rank"] > old["rank"]
    assert present(result.dataset, "jason-wei") == new
    assert result.edit.name == "Record the move of Jason Wei to Anthropic"
    assert result.warnings == ()
    assert result.effects == (
        "Adds the source “A report”",
        "Ends the stint at Meta Superintelligence Labs (MSL) (Researcher) on 2026-06",
        "Adds a stint at Anthropic as Researcher from 2026-06",
    )


def test_it_is_one_more_move_and_one_step_that_can_be_undone(world: Dataset) -> None:
    result = made(world)
    moves = [Careers.of(dataset, "organization").moves for dataset in (world, result.dataset)]
    assert len(moves[1]) == len(moves[0]) + 1
    back = apply(result.dataset, result.edit.inverse)
    assert back.digest == world.digest


def test_whoever_and_whatever_is_new_is_added_once(world: Dataset) -> None:
    new = Party(name="  Zo  Madeup ")
    result = made(world, person=new, left=Party(name="Old Place"), joined=Party(name="New Place"))
    assert (result.person, result.left, result.joined) == ("zo-madeup", "old-place", "new-place")
    assert result.dataset.row("people", "zo-madeup")["name"] == "Zo Madeup"
    assert [post["organization_id"] for post in held(result.dataset, "zo-madeup")] == ["old-place", "new-place"]
    first = held(result.dataset, "zo-madeup")[0]
    assert (first["start"], first["end"]) == (None, "2026-06")  # nobody has said when it began
    assert errors(check(result.dataset)) == []


def test_without_a_day_none_is_written_and_the_old_post_is_over_all_the_same(world: Dataset) -> None:
    result = made(world, day="")
    old = stint_at(result.dataset, "jason-wei", "meta-superintelligence-labs")
    new = stint_at(result.dataset, "jason-wei", "anthropic")
    assert (old["end"], new["start"]) == (None, None)
    assert len(Careers.of(result.dataset, "organization").moves) == len(Careers.of(world, "organization").moves) + 1


def test_who_is_said_to_leave_an_organization_leaves_the_unit_they_are_in(world: Dataset) -> None:
    result = made(world, left=Party("meta"))
    assert stint_at(result.dataset, "jason-wei", "meta-superintelligence-labs")["end"] == "2026-06"


def test_without_an_origin_nothing_ends_and_a_second_post_is_doubted(world: Dataset) -> None:
    result = made(world, left=Party())
    assert stint_at(result.dataset, "jason-wei", "meta-superintelligence-labs")["end"] == ".."
    assert [fault.code for fault in result.warnings] == ["overlap"]


def test_a_move_before_the_old_post_began_is_refused(world: Dataset) -> None:
    with pytest.raises(DataError, match="end 2019 lies before start 2025-07") as caught:
        made(world, day="2019")
    assert [fault.field for fault in caught.value.faults] == ["day"]


def test_without_a_source_it_is_recorded_and_said_to_have_none(world: Dataset) -> None:
    result = made(world, source=Cited())
    assert [fault.message for fault in result.warnings] == ["nobody is named who says so"]
    assert stint_at(result.dataset, "jason-wei", "anthropic")["source_ids"] == []


def test_an_address_that_is_a_source_already_is_not_added_again(world: Dataset) -> None:
    known = world["sources"].drop_nulls("url").row(0, named=True)
    result = made(world, source=Cited(title="Another title", url=known["url"] + "/"))
    assert stint_at(result.dataset, "jason-wei", "anthropic")["source_ids"] == [known["id"]]
    assert "sources" not in result.edit.tables


def test_ids_that_are_taken_get_a_number(world: Dataset) -> None:
    taken = apply(world, put(world, "", {"seats": [{"id": "new-place", "organization_id": "meta"}]}))
    result = made(taken, joined=Party(name="New Place"))
    assert result.joined == "new-place-2"


def test_a_name_without_letters_of_an_id_is_recorded(world: Dataset) -> None:
    result = made(world, person=Party(name="王小明"))
    assert result.dataset.row("people", result.person)["name"] == "王小明"
    assert result.person == "person"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"person": Party()}, "person", "nobody is named"),
        ({"person": Party(name="  ")}, "person", "nobody is named"),
        ({"joined": Party()}, "joined", "no organization is named"),
        ({"joined": Party("meta-superintelligence-labs")}, "joined", "both organizations are the same"),
        ({"left": Party(), "joined": Party("meta-superintelligence-labs")}, "joined", "on record there since 2025-07"),
        ({"day": "June 2026"}, "day", "'June 2026' is not a date"),
        ({"day": ".."}, "day", "'..' is not a date"),
        ({"source": Cited(title="A report", published="soon")}, "published", "'soon' is not a date"),
    ],
)
def test_what_cannot_be_recorded_says_which_field_and_what_to_do(
    world: Dataset, fields: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(DataError) as refused:
        made(world, **fields)
    (fault,) = refused.value.faults
    assert fault.field == field
    assert words in fault.message
    assert fault.remedy


def test_a_blank_form_says_all_that_is_missing() -> None:
    assert [fault.field for fault in mistakes(labs(), NewMove(Party(), Party()))] == ["person", "joined"]


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
PARTIES = TEXTS.map(lambda name: Party(name=name)) | st.sampled_from(
    [Party(), Party("ada"), Party("bob"), Party("meta"), Party("openai")]
)
DAYS = st.sampled_from(["", "2025", "2025-06~", "2025-06-26", "2019", "..", "soon"]) | TEXTS


@st.composite
def moves(draw: st.DrawFn) -> NewMove:
    """Whatever can be typed into a form, or chosen in it."""
    person = draw(PARTIES.filter(lambda party: party.id not in ("meta", "openai")))
    left, joined = (draw(PARTIES.filter(lambda party: party.id not in ("ada", "bob"))) for _ in range(2))
    cited = Cited(
        title=draw(TEXTS), publisher=draw(TEXTS), url=draw(TEXTS), published=draw(DAYS), quote=draw(TEXTS),
        accessed=draw(st.sampled_from(["", "2026-01-01"])),
    )  # fmt: skip
    status = draw(st.sampled_from(["reported", "confirmed", "rumored", "disputed"]))
    return NewMove(
        person, joined, left, draw(TEXTS), draw(DAYS), status, source=draw(st.sampled_from([Cited(), cited]))
    )


@given(moves())
def test_whatever_is_typed_gives_a_sound_dataset_or_a_refusal(move: NewMove) -> None:
    if mistakes(labs(), move):
        with pytest.raises(DataError):
            recorded(labs(), move)
        return
    result = tried(move)
    if isinstance(result, DataError):
        assert {fault.field for fault in result.faults} == {"day"}  # before the post that is left began
        return
    assert errors(check(result.dataset)) == []
    assert apply(result.dataset, result.edit.inverse).digest == labs().digest


def tried(move: NewMove) -> Recorded | DataError:
    try:
        return recorded(labs(), move)
    except DataError as error:
        return error
