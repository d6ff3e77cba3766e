"""Drafts of records become edits: what is named and not on record is added, what is wrong is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.adding import Cited, Party
from app.analysis.drafting import Draft, begun, drafted
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.schema import TABLES
from tests.pictures.made import small


@pytest.fixture
def dataset() -> Dataset:
    """The small one."""
    return small()


def test_a_new_record_gets_an_id_of_its_name(dataset: Dataset) -> None:
    made = drafted(dataset, Draft("people", "", {"name": "Zo Madeup", "expertise": ["vision"]}))
    assert made.edit.name == "Add the person Zo Madeup"
    row = made.dataset.row("people", "zo-madeup")
    assert row is not None
    assert (row["name"], row["expertise"]) == ("Zo Madeup", ["vision"])
    again = drafted(made.dataset, Draft("people", "", {"name": "Zo Madeup"}))
    assert again.id == "zo-madeup-2"


def test_what_a_stint_names_is_added_in_the_same_edit(dataset: Dataset) -> None:
    values = {
        "person_id": Party(name="Zo Madeup"), "organization_id": Party(name="Madeup Works"), "start": "2025-06",
        "source_ids": [Cited(title="Report", publisher="Paper", url="https://paper.example/a")],
    }  # fmt: skip
    made = drafted(dataset, Draft("stints", "", begun("stints", values)))
    assert made.mistakes == ()
    assert {table: change.n_rows for table, change in made.edit.tables.items()} == {
        "organizations": 1, "people": 1, "stints": 1, "sources": 1,
    }  # fmt: skip
    row = made.dataset.row("stints", made.id)
    assert row is not None
    assert (row["person_id"], row["organization_id"], row["end"], row["rank"]) == (
        "zo-madeup",
        "madeup-works",
        "..",
        10,
    )
    assert row["source_ids"] == ["paper-report"]
    person = made.dataset.row("people", "zo-madeup")
    assert person is not None
    assert person["source_ids"] == ["paper-report"]  # who says so counts for the person too
    assert made.effects == (
        "Adds the source “Report”", "Adds Zo Madeup to the people", "Adds Madeup Works to the organizations",
    )  # fmt: skip


def test_one_name_is_added_once(dataset: Dataset) -> None:
    new = Party(name="Madeup Works")
    made = drafted(dataset, Draft("relations", "", {"from_id": new, "to_id": new, "kind": "partnership"}))
    assert made.edit.tables["organizations"].n_rows == 1


def test_only_what_is_named_changes(dataset: Dataset) -> None:
    row = dataset["people"].row(0, named=True)
    made = drafted(dataset, Draft("people", row["id"], {"orcid": "0000-0001"}))
    after = made.dataset.row("people", row["id"])
    assert after == {**row, "orcid": "0000-0001"}
    assert made.edit.name == f"Edit the person {row['name']}"
    assert not drafted(made.dataset, Draft("people", row["id"], {"orcid": "0000-0001"})).edit


@pytest.mark.parametrize(
    ("table", "values", "field", "message"),
    [
        ("people", {}, "name", "it is missing"),
        ("stints", {"person_id": Party(name="Zo"), "organization_id": Party(name="W"), "start": "June"}, "start",
         "'June' is not a date"),
        ("reports", {"seat_id": Party(name="no seat"), "to_seat_id": "none"}, "seat_id", "there is no seat 'no seat'"),
        ("targets", {"organization_id": Party(name="W"), "seats": "many"}, "seats",
         "'many' stands where a whole number belongs"),
        ("stints", {"person_id": Party(name="Zo"), "organization_id": Party(name="W"), "start": "2025", "end": "2020"},
         "end", "end 2020 lies before start 2025"),
        ("stints", {"person_id": Party(name="Zo"), "organization_id": Party(name="W"), "start": ".."}, "start",
         "'..' says that something has not ended"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_field_and_nothing_is_made(
    dataset: Dataset, table: str, values: dict[str, object], field: str, message: str
) -> None:
    made = drafted(dataset, Draft(table, "", values))
    assert (field, message) in [(fault.field, fault.message) for fault in made.mistakes]
    assert all(fault.remedy for fault in made.mistakes)
    assert not made.edit
    assert made.dataset is dataset


def test_a_circle_of_parents_is_refused(dataset: Dataset) -> None:
    one, other = dataset["organizations"].get_column("id").to_list()[:2]
    below = drafted(dataset, Draft("organizations", one, {"parent_id": other})).dataset
    made = drafted(below, Draft("organizations", other, {"parent_id": one}))
    assert [fault.code for fault in made.mistakes] == ["cycle"]


def test_a_record_that_is_gone_is_told(dataset: Dataset) -> None:
    made = drafted(dataset, Draft("people", "nobody-here", {"name": "Zo"}))
    assert made.mistakes[0].message == "the person 'nobody-here' is not there any more"


_TEXT = st.none() | st.text(max_size=8)
_VALUES = st.one_of(
    _TEXT, st.integers(), st.floats(), st.booleans(), st.lists(st.text(max_size=5), max_size=3),
    st.builds(Party, name=st.text(max_size=6)), st.builds(Cited, title=st.text(max_size=5)),
    st.sampled_from(["2025-06", "2025", "..", "c1", "#123456", "employment", "reported", "north", "east", "ada"]),
)  # fmt: skip


@given(st.data())
def test_whatever_stands_in_a_form_nothing_is_raised_and_no_error_is_made(data: st.DataObject) -> None:
    """Undo gives back what was there."""
    dataset = small()
    table = data.draw(st.sampled_from(sorted(TABLES)))
    names = [field.name for field in TABLES[table].fields if field.name not in ("id", "extra")]
    row_id = data.draw(st.sampled_from(["", *dataset[table].get_column("id").to_list()[:2]]))
    values = data.draw(st.dictionaries(st.sampled_from(names), _VALUES))
    made = drafted(dataset, Draft(table, row_id, values))
    if made.mistakes:
        assert not made.edit
        return
    was = {(fault.table, fault.id, fault.code) for fault in errors(check(dataset))}
    assert [f for f in errors(check(made.dataset)) if (f.table, f.id, f.code) not in was] == []
    back = apply(made.dataset, made.edit.inverse)
    assert all(back[name].equals(dataset[name]) for name in TABLES)
