"""One row at a time: what is wrong with it, field by field, in words for the user."""

from __future__ import annotations

import pytest

from app.domain.errors import DataError
from app.domain.row_models import model
from app.domain.rows import faults, row
from app.domain.schema import TABLES

PERSON = {"id": "ada", "name": "Ada"}


def test_every_table_has_a_model_with_every_field():
    for name, table in TABLES.items():
        assert tuple(model(name).model_fields) == table.names


def test_a_good_row_has_no_faults():
    assert faults("people", PERSON) == []


def test_a_row_is_filled_up_in_field_order():
    made = row(
        "people", {"name": "Ada", "id": "ada", "aliases": ["B", "A"], "source_ids": ["z", "y", "z"], "orcid": ""}
    )
    assert list(made) == list(TABLES["people"].names)
    assert made["aliases"] == ["B", "A"]
    assert made["source_ids"] == ["y", "z"]
    assert made["expertise"] == []
    assert made["orcid"] is None


@pytest.mark.parametrize(
    ("table", "given", "code", "field", "says", "remedy"),
    [
        ("people", {"id": "ada"}, "missing", "name", "it is missing", "Write its name."),
        ("people", {"id": "ada", "name": ""}, "missing", "name", "it is missing", "Write its name."),
        ("people", {**PERSON, "id": "Ada L"}, "bad-id", "id", "'Ada L' has a form", "small letters"),
        ("organizations", {**PERSON, "color": "red"}, "bad-form", "color", "'red' has a form", "c1 to c12"),
        ("organizations", {**PERSON, "kind": "shop"}, "unknown-word", "kind", "'shop' is not a kind", "company, lab"),
        ("organizations", {**PERSON, "founded": "May"}, "unreadable-date", "founded", "'May' is not a date", "2025-06"),
        ("organizations", {**PERSON, "founded": "2025-13"}, "unreadable-date", "founded", "not a date", "2025-06"),
        ("people", {**PERSON, "name": 5}, "wrong-type", "name", "5 stands where text", "text in quotes"),
        ("people", {**PERSON, "aliases": "x"}, "wrong-type", "aliases", "'x' stands where a list", "a list of texts"),
        ("people", {**PERSON, "aliases": ["x", 1]}, "wrong-type", "aliases", '["x", 1] stands', "a list of texts"),
        ("people", {**PERSON, "extra": "{"}, "wrong-type", "extra", "'{' stands where JSON", "JSON text"),
        ("people", {**PERSON, "shoe": 43}, "unknown-field", "shoe", "no field 'shoe'", "Its fields are id, name"),
        ("people", {**PERSON, "notes": 1, "name": "x" * 99}, "wrong-type", "notes", "1 stands", "text in quotes"),
    ],
)
def test_a_fault_names_field_reason_and_remedy(
    table: str, given: dict[str, object], code: str, field: str, says: str, remedy: str
):
    [fault] = faults(table, given)
    assert (fault.table, fault.code, fault.field) == (table, code, field)
    assert says in fault.message
    assert remedy in fault.remedy


def test_all_faults_of_a_row_are_found_at_once():
    given = {"id": "s", "rank": "1", "order_stated": "no", "start": "soon"}
    found = {(fault.field, fault.code, fault.id) for fault in faults("stints", given)}
    assert found == {
        ("person_id", "missing", "s"),
        ("organization_id", "missing", "s"),
        ("rank", "wrong-type", "s"),
        ("order_stated", "wrong-type", "s"),
        ("start", "unreadable-date", "s"),
    }
    with pytest.raises(DataError) as caught:
        row("stints", given)
    assert len(caught.value.faults) == 5


def test_long_values_are_cut_in_messages():
    [fault] = faults("organizations", {**PERSON, "kind": "x" * 500})
    assert len(fault.message) < 120
