"""Cells copied from a table and pasted into one."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.entering import entered
from app.domain.dataset import Dataset, frame_of
from app.domain.edit import apply
from app.domain.errors import DataError
from app.domain.schema import TABLES
from app.files.pasted import grid, tabbed
from app.files.pasting import Place, pasted
from app.files.reading_cells import CellTexts
from tests.domain.worlds import datasets, labs

CELL = st.text(st.sampled_from('ab\t\n\r" ;é'), max_size=5)


def paste(before: Dataset, text: str, table: str, fields: tuple[str, ...], ids: list[str], **other: object) -> Dataset:
    declared = TABLES[table]
    place = Place(table, [declared.field(name) for name in fields], ids, **other)  # type: ignore[arg-type]  # by name
    return apply(
        before, entered(before, pasted(before, grid(text), place, {"organization": "organization_id"}).cells, "Paste")
    )


def refusal(text: str, table: str, fields: tuple[str, ...], ids: list[str]) -> tuple[int | None, str, str]:
    with pytest.raises(DataError) as caught:
        paste(labs(), text, table, fields, ids)
    fault = caught.value.fault
    return fault.row, fault.field, fault.text


@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_cells_come_back_as_they_were_written(lines: list[list[str]]):
    assert grid(tabbed(lines)) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\tx\n', [["two\nlines", "x"]]),
        ('say "hi"\t"open\n', [['say "hi"', '"open']]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ("a\t", [["a", ""]]),
    ],
)
def test_what_spreadsheets_write_is_read(text: str, lines: list[list[str]]):
    assert grid(text) == lines


def test_names_words_and_figures_become_values():
    after = paste(
        labs(), "Bob\tmeta\t2024-05\tYES\tOn record: x\t1,200", "stints",
        ("person_id", "organization_id", "start", "order_stated", "notes", "rank"), ["st-ada-01"],
    )  # fmt: skip
    row = after.row("stints", "st-ada-01")
    assert row is not None
    assert (row["person_id"], row["organization_id"], row["order_stated"], row["rank"]) == ("bob", "meta", True, 1200)


def test_one_cell_fills_what_is_selected_and_a_grid_repeats():
    ids = ["st-ada-01", "st-ada-02", "st-bob-01"]
    after = paste(labs(), "Founder", "stints", ("role", "unit"), ids, spread=(2, 3))
    assert after["stints"].select("role", "unit").rows() == [("Founder", "Founder")] * 3
    after = paste(labs(), "A\tB\n", "stints", ("role", "unit"), ids, spread=(2, 2))
    assert after["stints"]["role"].to_list() == ["A", "A", None]


def test_rows_beyond_the_last_one_are_added():
    after = paste(labs(), "Ada L\nBob\nCyd\n", "people", ("name",), ["bob"])
    assert after["people"].select("id", "name").rows() == [
        ("ada", "Ada"), ("bob", "Ada L"), ("bob-2", "Bob"), ("cyd", "Cyd"),
    ]  # fmt: skip


def test_a_first_line_may_name_the_fields():
    text = "Organization\tperson_id\tstart\nOpenAI\tada\t2019\n"
    after = paste(labs(), text, "stints", ("role",), [])
    made = after["stints"].filter(pl.col("start") == "2019")
    assert made.select("person_id", "organization_id", "end").rows() == [("ada", "openai", "..")]


def test_ids_in_the_grid_say_which_row_is_meant():
    after = paste(labs(), "id\tname\nbob\tRobert\nzed\tZed\n", "people", ("name",), ["ada"])
    assert after["people"].select("id", "name").rows() == [("ada", "Ada"), ("bob", "Robert"), ("zed", "Zed")]


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("Ada\tNowhere\n", (1, "organization_id"), "there is no organization 'Nowhere'"),
        ("Ada\tMeta\t2020\nBob\tMeta\tsoon\n", (2, "start"), "write a date as 2025-06-26"),
        ("Ada\tMetta\n", (1, "organization_id"), "Did you mean Meta?"),
        ("a\tb\tc\td\n", (1, ""), "beyond the last one"),
        ("\tMeta\n", (1, "person_id"), "it is missing"),
    ],
)
def test_what_cannot_be_understood_is_told_by_row_and_column(text: str, where: tuple[int, str], words: str):
    row, field, said = refusal(text, "stints", ("person_id", "organization_id", "start"), ["st-ada-01", "st-ada-02"])
    assert (row, field) == where
    assert words.lower() in said.lower()


def test_a_name_that_two_have_is_asked_for_by_id():
    twins = Dataset.of({**labs().tables, "people": frame_of("people", [{"id": i, "name": "Ada"} for i in ("a", "b")])})
    found = CellTexts(twins).value(TABLES["stints"], TABLES["stints"].field("person_id"), "ada")
    assert "2 people are called 'ada'" in found.text  # type: ignore[union-attr]  # it is a fault
    assert CellTexts(twins).written(TABLES["stints"].field("person_id"), pl.Series(["a"])) == ["a"]


@given(datasets())
def test_what_is_copied_and_pasted_changes_nothing(made: Dataset):
    for table in ("people", "organizations", "stints"):
        frame, texts = made[table], CellTexts(made)
        fields = [field for field in TABLES[table].fields if field.name not in ("id", "extra")]
        sound = {f.name for f in fields if not f.reference or f.reference == "organizations"}
        fields = [
            f
            for f in fields
            if f.name in sound and f.name not in ("start", "end", "announced", "founded", "organization_id")
        ]
        lines = list(zip(*(texts.written(field, frame[field.name]) for field in fields), strict=True))
        place = Place(table, fields, frame["id"].to_list())
        assert not entered(made, pasted(made, grid(tabbed(lines)), place, {}).cells, "Paste")
