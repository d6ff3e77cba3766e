"""The history panel: every step by name, and a way to any of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.models.history import HistoryModel
from app.desktop.opening import prepare
from app.domain.edit import put
from app.files.registry import write
from app.render.theme import DARK, LIGHT
from app.session.document import Document
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until
from tests.pictures.made import small

Role = Qt.ItemDataRole


def rename(app: Application, name: str, person: str = "ben") -> None:
    assert app.session.document is not None
    row = app.session.document.dataset.row("people", person) or {"id": person}
    app.session.do(put(app.session.document.dataset, f"Rename to {name}", {"people": [{**row, "name": name}]}))


def names(app: Application) -> list[str]:
    model = app.history.model
    return [model.data(model.index(n, 0)) for n in range(model.rowCount())]


def told(app: Application, row: int) -> str:
    return str(app.history.model.data(app.history.model.index(row, 0), Role.AccessibleTextRole))


def middle(app: Application, row: int) -> QPoint:
    rect: QRect = app.history.view.visualRect(app.history.model.index(row, 0))
    return rect.center()


def ben(app: Application) -> object:
    assert app.session.document is not None
    return (app.session.document.dataset.row("people", "ben") or {})["name"]


@pytest.fixture
def edited(app: Application) -> Application:
    """Three steps, and the history open."""
    act(app, "view.history").trigger()
    for name in ("One", "Two", "Three"):
        rename(app, name)
    settle(app)
    return app


def test_every_step_stands_by_its_name_and_the_present_one_is_marked(edited: Application) -> None:
    assert edited.docks.history.isVisible()
    assert names(edited) == ["As opened", "Rename to One", "Rename to Two", "Rename to Three"]
    assert [told(edited, n) for n in (2, 3)] == ["Rename to Two", "Rename to Three, the present state"]
    act(edited, "edit.undo").trigger()
    assert [told(edited, n) for n in (2, 3)] == ["Rename to Two, the present state", "Rename to Three, undone"]
    assert edited.history.view.currentIndex().row() == 2
    rename(edited, "Else")
    assert names(edited)[-1] == "Rename to Else"
    settle(edited)


def test_a_click_leads_to_any_step_as_one_change(edited: Application, qtbot: QtBot) -> None:
    seen: list[object] = []
    edited.session.document_changed.connect(seen.append)
    view = edited.history.view.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(edited, 0))
    assert (ben(edited), len(seen)) == ("Ben Madeup", 1)
    assert not act(edited, "edit.undo").isEnabled()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(edited, 3))
    assert (ben(edited), len(seen)) == ("Three", 2)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(edited, 3))
    assert len(seen) == 2
    settle(edited)


def test_the_arrows_only_look_and_enter_goes_there(edited: Application, qtbot: QtBot) -> None:
    day = edited.session.clock.day
    view = edited.history.view
    view.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    assert ben(edited) == "Three"
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert ben(edited) == "One"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Enter)
    assert ben(edited) == "Ben Madeup"
    assert edited.session.clock.day == day  # Home is a key of the clock elsewhere
    settle(edited)


def test_a_step_says_how_many_records_of_which_tables_it_changes(edited: Application) -> None:
    assert edited.session.document is not None
    people = [
        {"id": "zoe", "name": "Zoe"},
        {**(edited.session.document.dataset.row("people", "ada") or {}), "name": "A"},
    ]
    edited.session.do(
        put(
            edited.session.document.dataset, "Both", {"people": people, "organizations": [{"id": "new", "name": "New"}]}
        )
    )
    model = edited.history.model
    said = str(model.data(model.index(4, 0), Role.ToolTipRole))
    assert said == "Both\n1 organization: 1 added\n2 people: 1 added, 1 changed"
    assert "begins" in str(model.data(model.index(0, 0), Role.ToolTipRole))
    settle(edited)


def test_what_is_on_disk_is_marked(frame: Frame, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    write(small(), path)
    app = Application(frame, prepare(path, (1200, 640)), play=False)
    act(app, "view.history").trigger()
    assert told(app, 0) == "As opened, the present state, on disk"
    rename(app, "One")
    act(app, "file.save").trigger()
    until(lambda: app.history.model.saved == 1)
    assert told(app, 0) == "As opened"
    act(app, "edit.undo").trigger()
    assert told(app, 1) == "Rename to One, undone, on disk"
    rename(app, "Two")
    assert [told(app, n) for n in (0, 1)] == ["As opened", "Rename to Two, the present state"]
    settle(app)
    app.close()


def test_a_new_document_begins_with_new_and_one_that_was_closed_has_no_steps(app: Application) -> None:
    act(app, "file.new").trigger()
    until(lambda: names(app) == ["New"])
    rename(app, "Somebody", "somebody")
    assert names(app) == ["New", "Rename to Somebody"]
    act(app, "edit.undo").trigger()
    settle(app)
    act(app, "file.close").trigger()
    assert names(app) == []
    assert not app.docks.history.isVisible()


def test_the_present_and_the_pale_steps_look_so_in_both_themes(edited: Application) -> None:
    act(edited, "edit.undo").trigger()
    for theme in (LIGHT, DARK):
        edited.history.show_theme(theme)
        image = edited.history.view.viewport().grab().toImage()
        grounds = [image.pixelColor(image.width() - 4, middle(edited, row).y()).name() for row in (1, 2, 3)]
        assert grounds == [theme.surface.hex.lower(), theme.accentbg.hex.lower(), theme.surface.hex.lower()]
    settle(edited)


def test_the_model_holds_what_qt_asks_of_models_through_every_step() -> None:
    model = HistoryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    document = Document(small())
    model.show(document)
    for n in range(30):
        row = document.dataset.row("people", "ben") or {}
        document = document.done(put(document.dataset, f"Step {n}", {"people": [{**row, "name": f"Name {n}"}]}))
        model.show(document)
    for n in (0, 30, 7):
        model.show(document.at(n))
        assert (model.here, model.rowCount()) == (n, 31)
    model.show(None)
    assert model.rowCount() == 0
