"""Foreign files in the window: looked at, then imported as one step or opened, as its user clicks and types."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from app.desktop.application import Application
from app.desktop.dialogs.importing import COLUMNS, KEPT, MATCHED, UNSURE, ImportDialog
from app.desktop.models.bringing import TextRows
from app.domain.dataset import Dataset
from app.domain.edit import put
from app.domain.schema import TABLES
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about raising windows

STAYS = """person,organization,role,start,end
Ada Example,North Lab,Researcher,2020-03-01,2021-05-31
Zoe Sample,Made Up Works,Engineer,2022-01-10,
Zoe Sample,North Lab,Engineer,2023-02-01,
"""
ODD = """alpha,beta,gamma
Zoe Sample,Made Up Works,2022-01-10
Yan Sample,North Lab,2023-02-01
"""


def rested(app: Application) -> None:
    until(lambda: not app.jobs.busy)


def dataset(app: Application) -> Dataset:
    assert app.session.document is not None
    return app.session.document.dataset


def dialog(app: Application) -> ImportDialog:
    until(lambda: app.importing.dialog is not None and app.importing.dialog.isVisible())
    assert app.importing.dialog is not None
    rested(app)
    return app.importing.dialog


@pytest.fixture
def stays(tmp_path: Path) -> Path:
    path = tmp_path / "stays.csv"
    path.write_text(STAYS)
    return path


@pytest.fixture
def preview(app: Application, stays: Path) -> ImportDialog:
    app.importing.begin(stays)
    return dialog(app)


def same(one: Dataset, other: Dataset) -> bool:
    return all(one[table].equals(other[table]) for table in TABLES)


def tabs(window: ImportDialog) -> list[str]:
    return [window.tabs.tabText(n) for n in range(window.tabs.count()) if window.tabs.isTabVisible(n)]


def dropped(app: Application, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(app.frame, QDragEnterEvent(QPoint(50, 50), *args))
    QApplication.sendEvent(app.frame, QDropEvent(QPoint(50, 50), *args))


def named(world: Dataset) -> list[str]:
    return sorted(world["people"].get_column("name"))


def test_nothing_is_changed_before_somebody_says_so(app: Application, preview: ImportDialog) -> None:
    before = dataset(app)
    assert preview.said.text().startswith("2 organizations, 2 people, 3 stints and 1 source")
    assert "Adds 1 organization, 2 people, 3 stints and 1 source" in preview.notes.text()
    assert tabs(preview) == ["Summary 0", "Columns 5", "Matched 1", "New 7", "Warnings 1"] or tabs(preview)[1:] == [
        "Columns 5", "Matched 1", "New 7", "Warnings 1",
    ]  # fmt: skip
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert dataset(app) is before


def test_an_import_is_one_step_that_says_what_it_was_and_undo_takes_it_back(
    app: Application, preview: ImportDialog
) -> None:
    before = dataset(app)
    QTest.keyClick(preview, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not preview.isVisible()
    assert app.session.document is not None
    assert [step.name for step in app.session.document.past] == ["Import stays.csv: 2 people, 3 stints"]
    assert {"Ada Example", "Zoe Sample"} <= set(named(dataset(app)))
    stints = dataset(app)["stints"].filter(pl.col("organization_id") == "north")
    assert len(stints.join(before["stints"], on="id", how="anti")) == 2  # North Lab is the North Lab on record
    settle(app)
    act(app, "edit.undo").trigger()
    assert same(dataset(app), before)


def test_what_was_imported_is_on_record_the_next_time(app: Application, preview: ImportDialog, stays: Path) -> None:
    preview.import_button.click()
    before = dataset(app)
    app.importing.begin(stays)
    again = dialog(app)
    assert "Finds on record already" in again.notes.text()
    again.import_button.click()
    assert dataset(app) is before


def test_who_may_be_on_record_is_asked_and_the_answer_counts(app: Application, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("person,organization,start\nAda Madeup,Elsewhere Works,2010\n")
    app.importing.begin(path)
    window = dialog(app)
    assert window.unsure.list.model_.rows == [("Person", "Ada Madeup", "new", "same name")]
    window.tabs.setCurrentIndex(UNSURE)
    answers = [window.unsure.box.itemText(n) for n in range(window.unsure.box.count())]
    assert answers == ["Ada Madeup — same name; at North Lab (NL), South", "A new person"]
    window.unsure.box.setCurrentIndex(0)
    window.unsure.box.activated.emit(0)
    rested(app)
    assert not window.tabs.isTabVisible(UNSURE)
    assert ("Person", "Ada Madeup", "Ada Madeup", "chosen by hand") in window.matched.list.model_.rows
    window.import_button.click()
    assert named(dataset(app)).count("Ada Madeup") == 1
    mine = dataset(app)["stints"].filter(pl.col("person_id") == "ada").sort("rank")
    assert mine.get_column("start").to_list() == [None, "2010", "2025-03"]


def test_a_match_can_be_taken_back(app: Application, preview: ImportDialog) -> None:
    preview.tabs.setCurrentIndex(MATCHED)
    assert preview.matched.list.model_.rows == [("Organization", "North Lab", "North Lab (NL)", "same name")]
    preview.matched.box.setCurrentIndex(1)
    preview.matched.box.activated.emit(1)
    rested(app)
    assert preview.matched.list.model_.rows == [("Organization", "North Lab", "new", "chosen by hand")]
    preview.import_button.click()
    assert "North Lab" in dataset(app)["organizations"].get_column("name").to_list()


def test_what_the_columns_of_a_table_are_is_asked_and_remembered(app: Application, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(ODD)
    dropped(app, path)
    window = dialog(app)
    assert window.tabs.currentIndex() == COLUMNS
    at = window.columns.shape.findData("stints")
    window.columns.shape.setCurrentIndex(at)
    window.columns.shape.activated.emit(at)
    rested(app)
    assert not window.import_button.isEnabled()
    assert "No column holds the" in window.columns.fault.text()
    columns = window.columns.columns
    for row, field in enumerate(("person", "organization", "start")):
        columns.list.setCurrentIndex(columns.list.model_.index(row, 0))
        at = columns.box.findData(field)
        columns.box.setCurrentIndex(at)
        columns.box.activated.emit(at)
        rested(app)
    assert window.import_button.isEnabled()
    window.import_button.click()
    assert {"Zoe Sample", "Yan Sample"} <= set(named(dataset(app)))
    other = tmp_path / "later.csv"
    other.write_text(ODD.replace("Yan", "Xia"))
    app.importing.begin(other)
    later = dialog(app)
    assert later.import_button.isEnabled()
    assert "Adds 1 person" in later.notes.text()


def test_a_row_can_say_something_else(app: Application, preview: ImportDialog) -> None:
    shape = preview.columns.shape
    at = shape.findData("people")
    shape.setCurrentIndex(at)
    shape.activated.emit(at)
    rested(app)
    assert preview.said.text().startswith("2 people and 1 source")


def test_it_opens_as_a_dataset_of_its_own(app: Application, preview: ImportDialog) -> None:
    preview.open_button.click()
    until(lambda: app.session.document is not None and app.session.document.name == "stays.csv")
    settle(app)
    assert named(dataset(app)) == ["Ada Example", "Zoe Sample"]
    assert app.session.document is not None
    assert app.session.document.path is None


def test_into_an_empty_dataset_nothing_is_imported_it_is_opened(app: Application, stays: Path) -> None:
    act(app, "file.new").trigger()
    settle(app)
    dropped(app, stays)
    window = dialog(app)
    assert not window.import_button.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: app.session.document is not None and app.session.document.name == "stays.csv")
    settle(app)


def test_a_file_that_cannot_be_read_is_told_and_the_document_stays(app: Application, tmp_path: Path) -> None:
    before = dataset(app)
    path = tmp_path / "broken.json"
    path.write_text("{")
    app.importing.begin(path)
    window = dialog(app)
    assert "✕" in window.notes.text()
    assert not window.import_button.isEnabled()
    assert not window.open_button.isEnabled()
    assert dataset(app) is before
    odd = tmp_path / "odd.bin"
    odd.write_bytes(bytes(range(256)))
    window.close()
    dropped(app, odd)
    until(app.banner.isVisible)
    assert dataset(app) is before


def test_another_format_is_tried(app: Application, preview: ImportDialog) -> None:
    at = preview.format.findData("popolo")
    preview.format.setCurrentIndex(at)
    preview.format.activated.emit(at)
    rested(app)
    assert "✕" in preview.notes.text()
    at = preview.format.findData("table")
    preview.format.setCurrentIndex(at)
    preview.format.activated.emit(at)
    rested(app)
    assert preview.import_button.isEnabled()


def test_what_lies_on_the_clipboard_is_imported(app: Application) -> None:
    QGuiApplication.clipboard().setText(STAYS.replace(",", "\t"))
    act(app, "edit.paste-import").trigger()
    window = dialog(app)
    assert "Adds 1 organization, 2 people" in window.notes.text()
    window.import_button.click()
    assert "Zoe Sample" in named(dataset(app))
    QGuiApplication.clipboard().clear()
    act(app, "edit.paste-import").trigger()
    assert not window.isVisible()


def test_a_value_of_mine_stays_and_that_is_told(app: Application, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("person,organization,start,end\nAda Madeup,South,2025-03,2026-01\n")
    app.importing.begin(path)
    window = dialog(app)
    assert window.kept.model_.rows == [("Ada Madeup at South", "end", "..", "2026-01")]
    assert window.tabs.tabText(KEPT) == "Kept 1"


def test_the_preview_follows_an_edit_made_meanwhile(app: Application, preview: ImportDialog) -> None:
    world = dataset(app)
    app.session.do(put(world, "Add", {"people": [{"id": "zoe", "name": "Zoe Sample"}]}))
    rested(app)
    assert [row[:2] for row in preview.unsure.list.model_.rows] == [("Person", "Zoe Sample")]


def test_the_model_keeps_to_the_rules_of_qt() -> None:
    model = TextRows(("One", "Two"))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show([("a", 1_000), ("b", 2)])
    assert model.data(model.index(0, 1)) == "1,000"
    model.show([])
    assert tester is not None
