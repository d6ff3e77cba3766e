"""The changes panel: what differs from the file on disk, and how any of it is taken back."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.models.changes import AT_FIRST, ChangesModel
from app.desktop.opening import prepare
from app.domain.dataset import Dataset
from app.domain.edit import apply, difference, drop, put
from app.domain.reverting import Piece
from app.domain.schema import TABLES
from app.files.registry import read, write
from app.pictures.differences import Differences
from app.render.theme import DARK
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until
from tests.pictures.made import small

Role = Qt.ItemDataRole
Words = tuple[str, str]


def data_of(app: Application) -> Dataset:
    assert app.session.document is not None
    return app.session.document.dataset


def do(app: Application, name: str, **rows: list[dict[str, object]]) -> None:
    """Give fields of records another value, or add records."""
    dataset = data_of(app)
    whole = {table: [{**(dataset.row(table, str(r["id"])) or {}), **r} for r in some] for table, some in rows.items()}
    app.session.do(put(dataset, name, whole))
    fresh(app)


def fresh(app: Application) -> None:
    """Until the panel shows what is so now."""
    until(lambda: not app.jobs.busy)


def listed(model: ChangesModel, below: QModelIndex | None = None) -> list[Words | list[Words]]:
    """The words of all rows, those that hang from a row as a list after it."""
    found: list = []
    for n in range(model.rowCount(below or QModelIndex())):
        index = model.index(n, 0, below or QModelIndex())
        found.append(model.words(index))
        if model.hasChildren(index):
            found.append(listed(model, index))
    return found


def choose(app: Application, *pieces: Piece) -> None:
    """Select rows of the tree."""
    chooser = app.changes.view.selectionModel()
    chooser.clear()
    for piece in pieces:
        index = app.changes.model.index_of(piece)
        assert app.changes.model.piece(index) == piece
        app.changes.view.setCurrentIndex(index) if len(pieces) == 1 else chooser.select(
            index, chooser.SelectionFlag.Select | chooser.SelectionFlag.Rows
        )


def answer(monkeypatch: pytest.MonkeyPatch, beginning: str) -> list[str]:
    """Press the button that begins so, in the next questions; the questions asked."""
    asked: list[str] = []

    def press(box: QMessageBox) -> QPushButton | None:
        asked.append(box.text())
        (found,) = [b for b in box.buttons() if b.text().replace("&", "").startswith(beginning)]
        assert isinstance(found, QPushButton)
        return found

    monkeypatch.setattr("app.desktop.documents.chosen", press)
    return asked


@pytest.fixture
def on_disk(frame: Frame, tmp_path: Path) -> Application:
    """A window on a file, the changes open."""
    path = tmp_path / "mine.json"
    write(small(), path)
    app = Application(frame, prepare(path, (1200, 640)), play=False)
    act(app, "view.changes").trigger()
    settle(app)
    frame.closing.connect(app.close)
    return app


def test_nothing_differs_from_a_file_that_was_just_opened(on_disk: Application) -> None:
    assert on_disk.docks.changes.isVisible()
    assert on_disk.changes.nothing.text() == "Nothing differs from the file on disk"
    assert on_disk.changes.nothing.isVisible()
    assert not on_disk.changes.view.isVisible()
    settle(on_disk)


def test_what_was_begun_new_is_all_new(app: Application) -> None:
    act(app, "view.changes").trigger()
    fresh(app)
    assert app.changes.nothing.text() == "Nothing differs from what was opened"
    act(app, "file.new").trigger()
    until(lambda: app.changes.nothing.text() == "Not saved yet: everything is new")
    do(app, "Add", people=[{"id": "zoe", "name": "Zoe Madeup"}])
    assert app.changes.head.text() == "Not saved yet: 1 added"
    act(app, "edit.undo").trigger()
    settle(app)


def test_what_differs_stands_by_table_record_and_field(on_disk: Application) -> None:
    do(on_disk, "Edit", people=[{"id": "ben", "name": "Ben Elsewhere"}, {"id": "zoe", "name": "Zoe Madeup"}])
    do(on_disk, "Send Cyd", stints=[{"id": "st-cyd-1", "organization_id": "west", "start": None}])
    on_disk.session.do(drop(data_of(on_disk), "Drop", {"relations": ["gone"]}))
    fresh(on_disk)
    assert on_disk.changes.head.text() == "4 records differ from mine.json: 1 added, 2 changed, 1 removed"
    assert listed(on_disk.changes.model) == [
        ("People", "1 added, 1 changed"),
        [
            ("Ben Elsewhere", "name"),
            [("name", "Ben Madeup → Ben Elsewhere")],
            ("Zoe Madeup", "added"),
            [("id", "zoe"), ("name", "Zoe Madeup")],
        ],
        ("Stints", "1 changed"),
        [
            ("Cyd Madeup at West", "organization, start"),
            [("organization", "South → West"), ("start", "2025 → (blank)")],
        ],
        ("Relations", "1 removed"),
        [
            ("acquisition: North Lab (NL) → East", "removed"),
            [
                ("id", "gone"), ("from", "North Lab (NL)"), ("to", "East"), ("kind", "acquisition"),
                ("amount usd", "1000000000.0"), ("outcome", "lapsed"), ("sources", "The Paper: All moves"),
            ],
        ],
    ]  # fmt: skip
    act(on_disk, "edit.undo").trigger()
    fresh(on_disk)
    assert on_disk.changes.head.text() == "3 records differ from mine.json: 1 added, 2 changed"
    settle(on_disk)


def test_saving_leaves_nothing_and_undoing_past_it_differs_again(on_disk: Application) -> None:
    do(on_disk, "Rename", people=[{"id": "ben", "name": "Ben Elsewhere"}])
    act(on_disk, "file.save").trigger()
    until(lambda: on_disk.changes.nothing.text() == "Nothing differs from the file on disk")
    act(on_disk, "edit.undo").trigger()
    fresh(on_disk)
    assert ("name", "Ben Elsewhere → Ben Madeup") in listed(on_disk.changes.model)[1][1]
    do(on_disk, "Else", people=[{"id": "ada", "name": "Ada Elsewhere"}])
    assert on_disk.changes.head.text() == "2 records differ from mine.json: 2 changed"
    settle(on_disk)


def test_one_field_is_taken_back_by_the_delete_key_and_that_can_be_undone(on_disk: Application, qtbot: QtBot) -> None:
    do(on_disk, "Edit", people=[{"id": "ben", "name": "Ben Elsewhere", "notes": "Seen"}])
    choose(on_disk, Piece("people", "ben", "name"))
    on_disk.changes.view.setFocus()
    qtbot.keyClick(on_disk.changes.view, Qt.Key.Key_Delete)
    fresh(on_disk)
    assert act(on_disk, "edit.undo").text() == "&Undo: Revert name of Ben Elsewhere"
    row = data_of(on_disk).row("people", "ben")
    assert row is not None
    assert (row["name"], row["notes"]) == ("Ben Madeup", "Seen")
    assert listed(on_disk.changes.model)[1][1] == [("notes", "(blank) → Seen")]
    qtbot.keyClick(on_disk.changes.view, Qt.Key.Key_Delete)
    fresh(on_disk)
    assert (data_of(on_disk).row("people", "ben") or {})["notes"] == "Seen"  # what stood above is not selected
    act(on_disk, "edit.undo").trigger()
    fresh(on_disk)
    assert (data_of(on_disk).row("people", "ben") or {})["name"] == "Ben Elsewhere"
    settle(on_disk)


def test_a_record_is_taken_back_by_the_button_and_several_at_once(on_disk: Application, qtbot: QtBot) -> None:
    do(on_disk, "Edit", people=[{"id": i, "name": f"{i} Elsewhere"} for i in ("ada", "ben", "cyd")])
    on_disk.changes.view.selectionModel().clear()
    assert not on_disk.changes.revert.isEnabled()
    choose(on_disk, Piece("people", "ben"))
    qtbot.mouseClick(on_disk.changes.revert, Qt.MouseButton.LeftButton)
    fresh(on_disk)
    assert act(on_disk, "edit.undo").text() == "&Undo: Revert ben Elsewhere"
    choose(on_disk, Piece("people", "ada"), Piece("people", "cyd"))
    revert = on_disk.changes.menu().actions()[0]
    assert revert.text() == "Revert 2 changes"
    revert.trigger()
    fresh(on_disk)
    assert act(on_disk, "edit.undo").text() == "&Undo: Revert 2 changes"
    assert not on_disk.changes.model.sections
    settle(on_disk)


def test_everything_is_taken_back_as_one_step(on_disk: Application, tmp_path: Path, qtbot: QtBot) -> None:
    do(on_disk, "Edit", people=[{"id": "ben", "name": "Ben Elsewhere"}, {"id": "zoe", "name": "Zoe"}])
    on_disk.session.do(drop(data_of(on_disk), "Drop", {"relations": ["gone"]}))
    on_disk.pinning.pin_here("north")
    fresh(on_disk)
    n = len(on_disk.history.model.line)
    qtbot.mouseClick(on_disk.changes.all, Qt.MouseButton.LeftButton)
    fresh(on_disk)
    assert on_disk.changes.nothing.text() == "Nothing differs from the file on disk"
    assert len(on_disk.history.model.line) == n + 1
    file = read(tmp_path / "mine.json")
    assert all(data_of(on_disk)[table].equals(file[table]) for table in TABLES)
    settle(on_disk)


def test_what_others_depend_on_is_taken_back_with_them_or_not_at_all(
    on_disk: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    stint = {"id": "st-zoe", "person_id": "zoe", "organization_id": "west"}
    do(on_disk, "Hire", people=[{"id": "zoe", "name": "Zoe Madeup"}], stints=[stint])
    asked = answer(monkeypatch, "Cancel")
    on_disk.changes.revert_wanted.emit([Piece("people", "zoe")])
    fresh(on_disk)
    assert asked == ["1 other change hangs together with Zoe Madeup: Zoe Madeup at West (stint). Revert it too?"]
    assert data_of(on_disk).row("people", "zoe") is not None
    answer(monkeypatch, "Revert all 2")
    on_disk.changes.revert_wanted.emit([Piece("people", "zoe")])
    fresh(on_disk)
    assert data_of(on_disk).row("people", "zoe") is None
    assert data_of(on_disk).row("stints", "st-zoe") is None
    assert "0 errors" in on_disk.status._issues.text()
    act(on_disk, "edit.undo").trigger()
    assert data_of(on_disk).row("stints", "st-zoe") is not None
    settle(on_disk)


def test_enter_and_a_double_click_lead_to_the_record(on_disk: Application, qtbot: QtBot) -> None:
    do(on_disk, "Edit", people=[{"id": "ben", "name": "Ben Elsewhere"}], stints=[{"id": "st-cyd-1", "notes": "x"}])
    settle(on_disk)
    view = on_disk.changes.view
    choose(on_disk, Piece("people", "ben"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert on_disk.session.focus == ("people:ben",)
    index = on_disk.changes.model.index_of(Piece("stints", "st-cyd-1"))
    view.scrollTo(index)
    at = view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert on_disk.session.focus == ("people:cyd",)
    settle(on_disk)


def test_a_pin_is_told_by_where_it_is(on_disk: Application) -> None:
    on_disk.pinning.pin_here("north")
    fresh(on_disk)
    row, fields = listed(on_disk.changes.model)[1]
    assert row == ("what is fixed in the flowmap", "added")
    (options,) = [said for word, said in fields if word == "options"]
    assert options.startswith("pins.north 0.")
    settle(on_disk)


def test_out_of_sight_nothing_is_worked_out(on_disk: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[object] = []
    of = Differences.of
    monkeypatch.setattr(Differences, "of", lambda *given: worked.append(given) or of(*given))
    act(on_disk, "view.changes").trigger()
    do(on_disk, "Edit", people=[{"id": "ben", "name": "Ben Elsewhere"}])
    assert worked == []
    act(on_disk, "view.changes").trigger()
    until(lambda: bool(on_disk.changes.model.sections))
    assert len(worked) == 1
    settle(on_disk)


def test_what_was_folded_and_selected_stays_so_through_changes(on_disk: Application) -> None:
    do(on_disk, "Edit", people=[{"id": "ben", "name": "Ben Elsewhere"}, {"id": "cyd", "name": "Cyd Elsewhere"}])
    view, model = on_disk.changes.view, on_disk.changes.model
    assert view.isExpanded(model.index_of(Piece("people", "ben")))
    view.collapse(model.index_of(Piece("people", "ben")))
    choose(on_disk, Piece("people", "cyd", "name"))
    do(on_disk, "More", people=[{"id": "ada", "name": "Ada Elsewhere"}])
    assert not view.isExpanded(model.index_of(Piece("people", "ben")))
    assert view.isExpanded(model.index_of(Piece("people", "ada")))
    assert model.piece(view.currentIndex()) == Piece("people", "cyd", "name")
    settle(on_disk)


def test_of_very_many_the_first_are_listed_and_the_others_counted(on_disk: Application) -> None:
    n = 3 * AT_FIRST // 2
    do(on_disk, "Import", people=[{"id": f"made-{i:05}", "name": f"Made Up {i}"} for i in range(n)])
    model = on_disk.changes.model
    top = model.index(0, 0)
    assert model.rowCount(top) == AT_FIRST + 1
    last = model.index(AT_FIRST, 0, top)
    assert model.words(last)[0] == f"… and {n - AT_FIRST:,} more"
    assert model.piece(last) is None
    on_disk.changes.view.activated.emit(last)
    assert model.rowCount(model.index(0, 0)) == n
    assert on_disk.changes.head.text() == f"{n:,} records differ from mine.json: {n:,} added"
    act(on_disk, "edit.undo").trigger()
    settle(on_disk)


def test_a_difference_of_a_hundred_thousand_records_is_a_model_that_qt_accepts() -> None:
    n = 100_000
    people = pl.DataFrame({"id": [f"p{i:06}" for i in range(n)], "name": [f"Made Up {i}" for i in range(n)]})
    world = Dataset.of({"people": people})
    now = Dataset.of({"people": people.with_columns(pl.col("name") + "!")})
    model = ChangesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(Differences.of(difference(world, now), now))
    top = model.index(0, 0)
    assert model.words(top) == ("People", "100,000 changed")
    assert model.words(model.index(AT_FIRST, 0, top))[0] == "… and 99,500 more"
    small_now = apply(small(), put(small(), "Add", {"people": [{"id": "zoe", "name": "Zoe"}]}))
    model.show(Differences.of(difference(small(), small_now), small_now))
    assert model.rowCount() == 1
    model.show(None)
    assert model.rowCount() == 0


def test_it_follows_the_theme(on_disk: Application) -> None:
    do(on_disk, "Edit", people=[{"id": "ben", "name": "Ben Elsewhere"}])
    on_disk.changes.show_theme(DARK)
    image = on_disk.changes.view.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 3, 3).name() == DARK.surface.hex.lower()
    settle(on_disk)
