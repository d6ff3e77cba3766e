"""The tables of all records in the window: typing into cells, copying, pasting, filling, adding, deleting, undoing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.modeltest import ModelTester

from app.desktop.application import Application
from app.desktop.models.records import RecordModel
from app.desktop.panels.record_table import RecordTable
from app.domain.dataset import Dataset
from app.domain.edit import apply, drop, put
from app.domain.schema import TABLES
from app.pictures.record_listing import LISTED, Shelf
from tests.benchmarks.synthetic import dataset as made_up
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until
from tests.pictures.made import small

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about popups

Key = Qt.Key
Held = Qt.KeyboardModifier
No, CONTROL, SHIFT, ALT = Held.NoModifier, Held.ControlModifier, Held.ShiftModifier, Held.AltModifier
FLAGS = QItemSelectionModel.SelectionFlag


class Hands:
    """Types and presses keys in the table in front, as a user does."""

    def __init__(self, app: Application, table: str) -> None:
        self.app = app
        app.docks.show(app.docks.records)
        app.records.tabs.setCurrentIndex(LISTED.index(table))
        self.table.view.setFocus()

    @property
    def table(self) -> RecordTable:
        return self.app.records.record_table

    @property
    def model(self) -> RecordModel:
        return self.table.model

    @property
    def data(self) -> Dataset:
        document = self.app.session.document
        assert document is not None
        return document.dataset

    @property
    def said(self) -> str:
        return self.app.records.hint.text()

    @property
    def n_steps(self) -> int:
        document = self.app.session.document
        assert document is not None
        return len(document.past)

    def row_of(self, row_id: str) -> int:
        return next(row for row in range(self.model.n_records) if self.model.id_at(row) == row_id)

    def goes_to(self, row_id: str, field: str) -> None:
        column = self.model.records.column_of(field)
        self.table.view.setColumnHidden(column, False)
        self.table.view.go_to(self.model.index(self.row_of(row_id), column))

    def selects(self, first: tuple[int, str], last: tuple[int, str]) -> None:
        """A rectangle of cells, its corners as row and field."""
        a, b = (self.model.index(row, self.model.records.column_of(field)) for row, field in (first, last))
        self.table.view.go_to(a)
        self.table.view.selectionModel().select(QItemSelection(a, b), FLAGS.ClearAndSelect)

    def presses(self, key: Qt.Key, held: Qt.KeyboardModifier = No) -> None:
        QTest.keyClick(self.here, key, held)
        QApplication.processEvents()

    def types(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(self.here, letter)
            QApplication.processEvents()

    @property
    def here(self) -> QWidget:
        """Where keys go: a list that has opened, an editor, or the table."""
        popup = QApplication.activePopupWidget()
        widget = self.table.view.cell.open
        return popup or (widget.inner if widget is not None else self.table.view)

    def at(self) -> tuple[str, str]:
        index = self.table.view.currentIndex()
        return self.model.id_at(index.row()), self.model.field(index.column()).name

    def value(self, table: str, row_id: str, field: str) -> object:
        row = self.data.row(table, row_id)
        assert row is not None
        return row[field]


@pytest.fixture
def stints(app: Application) -> Hands:
    return Hands(app, "stints")


@pytest.fixture
def people(app: Application) -> Hands:
    return Hands(app, "people")


@pytest.mark.parametrize("table", LISTED)
def test_the_model_is_sound_and_follows(qtmodeltester: ModelTester, table: str):
    shelf, model = Shelf(small()), RecordModel()
    model.show(shelf.listing(table))
    qtmodeltester.check(model)
    model.begin_entry({})
    qtmodeltester.check(model)
    assert [model.field(column) for column in range(model.columnCount())] == list(shelf.listing(table).fields)
    assert {field.name for field in shelf.listing(table).fields} == set(TABLES[table].names)


def test_rows_that_go_and_come_are_followed_one_by_one(qtmodeltester: ModelTester):
    before = made_up(300, 20)
    shelf, model = Shelf(before), RecordModel()
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show(shelf.listing("stints"))
    model.sort(model.records.column_of("organization_id"))
    qtmodeltester.check(model)
    order = [model.id_at(row) for row in range(model.n_records)]
    gone = [order[7], order[8], order[200], order[0]]
    edit = drop(before, "Remove", {"stints": gone})
    resets.clear()

    def step(shelf: Shelf, now: Dataset, away: list[str], new: list[str]) -> None:
        old, made = shelf.dataset, shelf.listing("stints")
        rows = [[(data.position("stints", i) or 0, i) for i in sorted(ids)] for data, ids in ((old, away), (now, new))]
        model.follow(made if made.dataset is now else shelf.after(edit, now).listing("stints"), rows[0], rows[1])

    after = apply(before, edit)
    shelf.listing("stints")
    step(shelf, after, gone, [])
    assert [model.id_at(row) for row in range(model.n_records)] == [i for i in order if i not in gone]
    later = shelf.after(edit, after)
    step(later, before, [], gone)
    assert [model.id_at(row) for row in range(model.n_records)] == order
    fresh = Shelf(before).listing("stints")
    assert [model.shown(row, 0) for row in range(5)] == fresh.texts(0, model.rows[:5])
    assert not resets


def test_tabs_say_how_many_records_there_are(stints: Hands):
    tabs = stints.app.records.tabs
    assert [tabs.tabText(n) for n in range(3)] == ["Organizations 4", "People 7", "Stints 14"]


def test_a_letter_begins_and_enter_goes_down(stints: Hands):
    stints.goes_to("st-ada-0", "role")
    stints.types("Head")
    assert stints.said == ""
    stints.presses(Key.Key_Return)
    assert stints.value("stints", "st-ada-0", "role") == "Head"
    assert stints.at() == ("st-ada-1", "role")
    told = stints.app.frame.statusBar().currentMessage()
    assert told == "Set the role of Ada Madeup at North Lab (NL): done. Ctrl+Z takes it back."
    assert stints.model.shown(stints.row_of("st-ada-0"), stints.model.records.column_of("role")) == "Head"
    act(stints.app, "edit.undo").trigger()
    assert stints.value("stints", "st-ada-0", "role") is None
    assert stints.at() == ("st-ada-1", "role")


def test_tab_goes_on_and_escape_gives_up(stints: Hands):
    stints.goes_to("st-ada-0", "start")
    stints.types("2019-04")
    assert stints.said == "1 April 2019 to 30 April 2019"
    stints.presses(Key.Key_Tab)
    assert (stints.value("stints", "st-ada-0", "start"), stints.at()) == ("2019-04", ("st-ada-0", "end"))
    stints.types("x")
    stints.presses(Key.Key_Escape)
    assert (stints.value("stints", "st-ada-0", "end"), stints.n_steps) == ("2025-03", 1)
    assert stints.at() == ("st-ada-0", "end")


def test_a_wrong_value_is_marked_and_stays_in_the_cell(stints: Hands):
    stints.goes_to("st-ada-0", "start")
    stints.types("last May")
    stints.presses(Key.Key_Return)
    assert stints.table.view.cell.open is not None
    assert stints.table.view.cell.open.inner.property("wrong") is True
    assert "Write a date as 2025-06-26" in stints.said
    assert stints.n_steps == 0
    stints.presses(Key.Key_Escape)
    stints.types("2027")
    stints.presses(Key.Key_Return)
    assert "lies before" in stints.said
    assert stints.value("stints", "st-ada-0", "start") is None


def test_a_picker_offers_and_a_new_one_is_added_in_the_same_step(stints: Hands):
    stints.goes_to("st-ada-1", "organization_id")
    stints.types("wes")
    until(lambda: QApplication.activePopupWidget() is not None)
    stints.presses(Key.Key_Return)
    until(lambda: stints.table.view.cell.open is None)
    assert stints.value("stints", "st-ada-1", "organization_id") == "west"
    stints.goes_to("st-ada-1", "organization_id")
    stints.types("Brand New")
    until(lambda: QApplication.activePopupWidget() is not None)
    stints.presses(Key.Key_Tab)
    until(lambda: stints.table.view.cell.open is None)
    assert stints.value("stints", "st-ada-1", "organization_id") == "brand-new"
    assert (stints.n_steps, stints.value("organizations", "brand-new", "name")) == (2, "Brand New")
    act(stints.app, "edit.undo").trigger()
    assert stints.data.row("organizations", "brand-new") is None


def test_words_are_chosen(stints: Hands):
    stints.goes_to("st-ada-0", "status")
    stints.presses(Key.Key_F2)
    assert isinstance(stints.here, QComboBox)
    stints.types("d")
    stints.presses(Key.Key_Return)
    assert str(stints.value("stints", "st-ada-0", "status")).startswith("d")


def test_control_enter_sets_all_rows_that_are_selected(stints: Hands):
    stints.selects((0, "role"), (3, "role"))
    stints.types("Scientist")
    stints.presses(Key.Key_Return, CONTROL)
    assert stints.data["stints"].filter(stints.data["stints"]["role"] == "Scientist").height == 4
    document = stints.app.session.document
    assert document is not None
    assert (stints.n_steps, document.past[-1].name) == (1, "Set the role of 4 stints")


def test_fill_down(stints: Hands):
    stints.goes_to(stints.model.id_at(0), "role")
    stints.types("Head")
    stints.presses(Key.Key_Return)
    stints.selects((0, "role"), (2, "unit"))
    stints.presses(Key.Key_Down, ALT)
    roles = [stints.value("stints", stints.model.id_at(row), "role") for row in range(4)]
    assert (roles, stints.n_steps) == (["Head", "Head", "Head", None], 2)


def test_copy_and_paste_over_other_cells(stints: Hands):
    stints.goes_to("st-ada-0", "organization_id")
    stints.selects((0, "organization_id"), (1, "organization_id"))
    stints.presses(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "North Lab (NL)\nSouth\n"
    assert "<td>South</td>" in QGuiApplication.clipboard().mimeData().html()
    stints.goes_to("st-fay-0", "organization_id")
    stints.presses(Key.Key_V, CONTROL)
    pasted = [stints.value("stints", f"st-fay-{n}", "organization_id") for n in range(2)]
    assert (pasted, stints.n_steps) == (["north", "south"], 1)
    act(stints.app, "edit.undo").trigger()
    assert stints.data.digest == small().digest


def test_a_paste_that_cannot_be_understood_says_where_and_changes_nothing(stints: Hands):
    QGuiApplication.clipboard().setText("South\t2025\nSuoth\t2025\n")
    stints.goes_to("st-ada-0", "organization_id")
    stints.table.view.setColumnHidden(stints.model.records.column_of("role"), True)
    stints.table.view.setColumnHidden(stints.model.records.column_of("unit"), True)
    stints.presses(Key.Key_V, CONTROL)
    assert stints.said.startswith("Row 2, Organization: there is no organization 'Suoth'. Did you mean South, ")
    assert stints.said.endswith("Nothing was changed.")
    assert stints.n_steps == 0


def test_rows_from_a_spreadsheet_are_added(people: Hands):
    QGuiApplication.clipboard().setText("Name\tExpertise\r\nHal Madeup\tvision; speech\r\nIda Madeup\t\r\n")
    people.presses(Key.Key_V, CONTROL | SHIFT)
    assert people.data["people"].height == 9
    assert people.value("people", "hal-madeup", "expertise") == ["vision", "speech"]
    assert people.app.records.tabs.tabText(1) == "People 9"
    act(people.app, "edit.undo").trigger()
    assert people.data["people"].height == people.model.n_records == 7


def test_delete_clears_cells_and_whole_rows_go_after_a_question(people: Hands, monkeypatch: pytest.MonkeyPatch):
    people.goes_to("ada", "name")
    people.presses(Key.Key_Delete)
    assert "it is missing" in people.said
    asked: list[str] = []

    def answer(question: str, *answers: str) -> str:
        asked.append(question)
        return answers[0]

    monkeypatch.setattr(people.app.documents, "asked", answer)
    people.goes_to("ada", "name")
    people.presses(Key.Key_Space, SHIFT)
    people.presses(Key.Key_Delete)
    assert asked == ["Delete the person Ada Madeup? 2 stints go with it."]
    assert (people.data.row("people", "ada"), people.model.n_records) == (None, 6)
    act(people.app, "edit.undo").trigger()
    assert people.data.digest == small().digest
    assert people.model.id_at(0) == "ada"


def test_a_new_row_is_added_when_it_is_complete(stints: Hands):
    stints.presses(Key.Key_Insert)
    assert (stints.model.rowCount(), stints.n_steps) == (15, 0)
    stints.types("Ada Madeup")
    until(lambda: QApplication.activePopupWidget() is not None)
    stints.presses(Key.Key_Tab)
    until(lambda: stints.table.view.cell.open is None)
    assert stints.said == "Not yet on record: the new stint lacks its organization. Esc gives it up."
    stints.types("east")
    until(lambda: QApplication.activePopupWidget() is not None)
    stints.presses(Key.Key_Return)
    until(lambda: stints.n_steps == 1)
    assert stints.model.rowCount() == stints.model.n_records == 15
    assert stints.value("stints", "st-ada-11", "organization_id") == "east"
    assert stints.at()[0] == "st-ada-11"


def test_a_row_that_was_begun_can_be_given_up(people: Hands):
    people.presses(Key.Key_Insert)
    people.presses(Key.Key_Escape)
    people.presses(Key.Key_Escape)
    assert people.model.rowCount() == 7


def test_a_row_is_duplicated_under_an_id_of_its_own(people: Hands):
    people.goes_to("ben", "name")
    people.presses(Key.Key_Insert, ALT)
    assert people.value("people", "ben-madeup", "name") == "Ben Madeup"


def test_the_selection_is_shared_with_the_window(stints: Hands):
    stints.goes_to("st-ben-1", "role")
    assert stints.app.session.focus == ("people:ben",)
    stints.app.session.set_focus(("people:eve",))
    assert [stints.model.id_at(row) for row in stints.table.extent.rows] == ["st-eve-0", "st-eve-1"]
    stints.app.session.set_focus(("flow:south>north",))
    assert [stints.model.id_at(row) for row in stints.table.extent.rows] == ["st-dov-0", "st-dov-1"]


def test_an_edit_leaves_place_order_and_selection_alone(stints: Hands):
    head = stints.table.head
    head.setSortIndicator(stints.model.records.column_of("role"), Qt.SortOrder.AscendingOrder)
    order = [stints.model.id_at(row) for row in range(14)]
    resets: list[int] = []
    stints.model.modelReset.connect(lambda: resets.append(1))
    stints.goes_to(order[4], "role")
    stints.types("A")
    stints.presses(Key.Key_Return)
    assert [stints.model.id_at(row) for row in range(14)] == order
    assert not resets
    settle(stints.app)
    edit = put(stints.data, "Add", {"people": [{"id": "zoe", "name": "Zoe"}]})
    stints.app.session.do(edit)
    assert not resets
    assert stints.app.records.tabs.tabText(1) == "People 8"


def test_keys_of_the_window_wait_while_a_cell_is_edited(stints: Hands):
    stints.goes_to("st-ada-0", "role")
    focus = stints.app.session.focus
    stints.types("gfo")
    assert stints.app.session.view.lens.terms == ()
    stints.presses(Key.Key_Return)
    assert (stints.value("stints", "st-ada-0", "role"), stints.app.session.focus) == ("gfo", focus)
