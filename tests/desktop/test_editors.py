"""The editors of fields: what is typed becomes a value, and what is no value is told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.analysis.adding import Cited, Party
from app.desktop.editors import FieldEditor, editor
from app.desktop.editors.chips import ChipsEditor
from app.desktop.editors.lines import LineEditor, read_number
from app.desktop.editors.references import ReferenceEditor
from app.domain.schema import TABLES
from tests.pictures.made import small

FIELDS = [(table.name, field.name) for table in TABLES.values() for field in table.fields if field.name != "extra"]


def made(qtbot: QtBot, table: str, field: str) -> FieldEditor:
    found = editor(TABLES[table], TABLES[table].field(field))
    qtbot.addWidget(found)
    found.work_on(small())
    return found


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_every_field_has_an_editor_that_gives_back_what_it_was_given(qtbot: QtBot, table: str, field: str) -> None:
    """For every value on record, and for none."""
    edited = made(qtbot, table, field)
    for value in [None, *small()[table].get_column(field).to_list()[:5]]:
        edited.put(value)
        assert edited.value() == (value if value is not None or not isinstance(edited, ChipsEditor) else [])
        assert edited.fault is None
    assert edited.inner.accessibleName()


@pytest.mark.parametrize(
    ("typed", "hint", "wrong"),
    [
        ("2025-06", "1 June 2025 to 30 June 2025", ""),
        ("2025-06-26", "26 June 2025", ""),
        ("2025~", "1 January 2025 to 31 December 2025, about", ""),
        ("..", "Has not ended", ""),
        ("", "", ""),
        ("June", "", "'June' is not a date"),
        ("2025-13", "", "'2025-13' is not a date"),
    ],
)
def test_a_date_says_what_it_means_as_it_is_typed(qtbot: QtBot, typed: str, hint: str, wrong: str) -> None:
    edited = made(qtbot, "stints", "end")
    assert isinstance(edited, LineEditor)
    QTest.keyClicks(edited.line, typed)
    assert edited.hint == hint
    assert (edited.fault.message if edited.fault else "") == wrong
    assert edited.value() == (typed or None)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("14.3bn", 14.3e9), ("$2 million", 2e6), ("1,000,000", 1e6), ("49", 49.0), ("49 %", 49.0), ("many", "many")],
)
def test_numbers_are_read_as_people_write_them(qtbot: QtBot, typed: str, value: object) -> None:
    edited = made(qtbot, "relations", "amount_usd")
    assert isinstance(edited, LineEditor)
    QTest.keyClicks(edited.line, typed)
    assert edited.value() == value
    assert (edited.fault is None) == isinstance(value, float)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_that_is_written_is_read_again(number: float) -> None:
    assert read_number(f"{number:.6f}") == round(number, 6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(exclude_characters=";\n", exclude_categories=("Cc", "Cs", "Z")), min_size=1)))
def test_lists_take_what_is_separated_by_semicolons(qtbot: QtBot, texts: list[str]) -> None:
    edited = made(qtbot, "people", "aliases")
    assert isinstance(edited, ChipsEditor)
    edited.line.setText("; ".join(texts))
    assert edited.value() == texts
    edited.take_line()
    assert edited.value() == list(dict.fromkeys(texts))


def test_chips_are_made_by_enter_and_taken_away_by_a_click_or_backspace(qtbot: QtBot) -> None:
    edited = made(qtbot, "people", "expertise")
    assert isinstance(edited, ChipsEditor)
    for word in ("vision", "speech", "vision"):
        QTest.keyClicks(edited.line, word)
        QTest.keyClick(edited.line, Qt.Key.Key_Return)
    assert edited.value() == ["vision", "speech"]
    chips = [chip for chip in edited.area.findChildren(QPushButton) if not chip.isHidden()]
    chips[0].click()
    assert edited.value() == ["speech"]
    QTest.keyClick(edited.line, Qt.Key.Key_Backspace)
    assert edited.value() == []


def test_a_reference_is_found_by_name_and_a_new_one_is_told(qtbot: QtBot) -> None:
    edited = made(qtbot, "stints", "organization_id")
    assert isinstance(edited, ReferenceEditor)
    row = small()["organizations"].row(0, named=True)
    QTest.keyClicks(edited.picker, row["name"])
    assert edited.value() == row["id"]
    edited.put(None)
    QTest.keyClicks(edited.picker, "Madeup Works")
    assert edited.value() == Party(name="Madeup Works")
    assert edited.hint == "Not on record: a new organization will be added"
    assert edited.fault is None


def test_a_seat_has_to_be_on_record(qtbot: QtBot) -> None:
    edited = made(qtbot, "reports", "seat_id")
    assert isinstance(edited, ReferenceEditor)
    QTest.keyClicks(edited.picker, "Madeup seat")
    assert edited.fault is not None
    assert edited.fault.message == "there is no seat 'Madeup seat'"


def test_a_pasted_link_becomes_a_new_source(qtbot: QtBot) -> None:
    edited = made(qtbot, "stints", "source_ids")
    assert isinstance(edited, ChipsEditor)
    edited.line.setText("https://paper.example/2026/06/12/who-went-where-today")
    value = edited.value()
    assert isinstance(value, list)
    (source,) = value
    assert isinstance(source, Cited)
    assert (source.publisher, source.published) == ("paper.example", "2026-06-12")
    assert edited.hint == "A new source: Who went where today, paper.example, 2026-06-12"


def test_what_a_claim_is_about_is_named_or_written(qtbot: QtBot) -> None:
    edited = made(qtbot, "claims", "about")
    assert isinstance(edited, ChipsEditor)
    person = small()["people"].row(0, named=True)
    QTest.keyClicks(edited.line, person["name"])
    QTest.keyClick(edited.line, Qt.Key.Key_Return)
    assert edited.value() == [f"people:{person['id']}"]
    one, other = small()["organizations"].get_column("name").to_list()[:2]
    edited.put([])
    edited.line.setText(f"{one} > {other}")
    ids = small()["organizations"].get_column("id").to_list()[:2]
    assert edited.value() == [f"flow:{ids[0]}>{ids[1]}"]
    assert edited.fault is None
    edited.line.setText("nobody at all")
    assert edited.fault is not None
    assert edited.fault.message == "'nobody at all' names no record"
