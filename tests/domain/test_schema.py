"""The declaration of tables and fields."""

import polars as pl
import pytest

from app.domain.schema import TABLES, Kind

ALL = [(table, field) for table in TABLES.values() for field in table.fields]


def test_tables_stand_in_the_order_in_which_they_are_written():
    assert list(TABLES) == [
        "organizations", "people", "stints", "seats", "reports", "relations", "successions", "targets", "claims",
        "sources", "views",
    ]  # fmt: skip


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_every_table_begins_with_id_and_ends_with_the_common_fields(table):
    assert table.names[0] == "id"
    assert table.names[-4:] == ("status", "notes", "source_ids", "extra")
    assert len(set(table.names)) == len(table.names)
    assert table.noun
    assert table.noun != table.name


def test_stints_have_the_columns_of_the_published_format():
    assert TABLES["stints"].names == (
        "id", "person_id", "organization_id", "unit", "role", "seat_id", "kind", "rank", "order_stated", "announced",
        "start", "end", "status", "notes", "source_ids", "extra",
    )  # fmt: skip


def test_references_name_tables_that_exist():
    assert {field.reference for _, field in ALL} - {""} <= set(TABLES)


def test_every_field_says_what_it_is():
    assert [f"{table.name}.{field.name}" for table, field in ALL if not field.about] == []


def test_kinds_that_share_a_column_type_are_told_apart():
    assert Kind.TEXT is not Kind.DATE
    assert Kind.LIST is not Kind.SET
    assert Kind.TEXT.dtype == Kind.DATE.dtype == Kind.JSON.dtype == pl.String()


def test_a_schema_makes_a_frame():
    frame = pl.DataFrame(schema=TABLES["targets"].schema)
    assert frame.columns == ["id", "organization_id", "seats", "by", "status", "notes", "source_ids", "extra"]
    assert frame.schema["seats"] == pl.Int64()
    assert frame.schema["source_ids"] == pl.List(pl.String())


def test_a_field_is_found_by_its_name():
    assert TABLES["stints"].field("person_id").reference == "people"
    assert TABLES["people"].field("name").required
    with pytest.raises(KeyError, match=r"people\.salary"):
        TABLES["people"].field("salary")
