"""Ctrl+K, Back and Forward, help, and being led to a doubtful record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.desktop.application import Application
from app.desktop.commands import COMMANDS
from app.desktop.dialogs import help as pages
from app.desktop.models.issues import where
from app.desktop.palette import CommandPalette
from app.desktop.panels.issues import NONE
from app.domain.edit import put
from app.domain.errors import Fault
from app.render.theme import DARK, LIGHT
from app.session.document import Document
from tests.desktop.driving import act, place_of, settle
from tests.desktop.waiting import until
from tests.pictures.made import small


@pytest.fixture
def palette(app: Application) -> Iterator[CommandPalette]:
    """Ctrl+K has been pressed."""
    act(app, "go.find").trigger()
    found = app.frame.findChild(CommandPalette)
    assert found is not None
    yield found
    if isValid(found) and found.isVisible():
        found.reject()


def listed(palette: CommandPalette) -> list[str]:
    return [find.text for find in palette.model.finds]


def test_without_a_word_it_offers_what_can_be_done(palette: CommandPalette) -> None:
    assert {"Play", "Export the picture", "Fit"} <= set(listed(palette))
    assert "Stop opening" not in listed(palette)  # nothing is being opened


def test_a_person_is_found_and_gone_to(app: Application, palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.text, "ben")
    assert listed(palette)[0] == "Ben Madeup"
    assert palette.model.finds[0].detail == "person"
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert app.session.focus == ("people:ben",)
    assert app.evidence.evidence is not None
    settle(app)


def test_an_organization_is_found_by_another_name(app: Application, palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.text, "south")
    assert listed(palette)[0] == "South"
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert app.session.focus == ("organizations:south",)
    settle(app)


def test_arrows_walk_the_list_and_enter_does_the_command(
    app: Application, palette: CommandPalette, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.text, "zoom")
    assert listed(palette)[:2] == ["Zoom in", "Zoom out"]
    qtbot.keyClick(palette.text, Qt.Key.Key_Down)
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    until(lambda: app.canvas._glide is None)
    assert app.canvas.camera.scale == pytest.approx(0.8)
    settle(app)


def test_what_fits_nothing_lists_nothing(palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.text, "qqqq")
    assert listed(palette) == []
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert palette.text.accessibleDescription() == "0 found"


def test_a_click_goes_too(app: Application, palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.text, "south")
    at = palette.list.visualRect(palette.model.index(0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert app.session.focus == ("organizations:south",)
    settle(app)


def test_back_and_forward_walk_where_one_looked(app: Application, qtbot: QtBot) -> None:
    assert not act(app, "go.back").isEnabled()
    qtbot.mouseClick(app.canvas, Qt.MouseButton.LeftButton, pos=place_of(app.canvas, "south"))
    app.session.note()
    app.lensbar.text.setText("from:north")
    app.lensbar.apply()
    until(lambda: str(app.session.view.lens) == "from:north")
    app.session.note()
    act(app, "go.back").trigger()
    until(lambda: app.lensbar.text.text() == "")
    assert app.session.focus == ("organizations:south",)
    act(app, "go.back").trigger()
    assert app.session.focus == ()
    act(app, "go.forward").trigger()
    act(app, "go.forward").trigger()
    until(lambda: app.lensbar.text.text() == "from:north")
    assert not act(app, "go.forward").isEnabled()
    settle(app)


def test_the_table_and_the_map_share_the_selection(app: Application) -> None:
    act(app, "view.tables").trigger()
    settle(app)
    app.tables.selected.emit(("organizations:south",))
    assert app.canvas.focus == ("organizations:south",)
    settle(app)


def test_an_issue_leads_to_its_record(app: Application) -> None:
    faults = (
        Fault("x", "it is odd", "Look.", "warning", table="stints", id="st-ben-0", row=1, field="start"),
        Fault("y", "it is odd too", "Look.", "warning", table="sources", id="s1"),
    )
    app.checking.show_faults(faults)
    assert app.issues.head.text() == "0 errors, 2 warnings"
    assert where(faults[0]) == "stints st-ben-0, row 1, field start"
    app.issues.view.activated.emit(app.issues.model.index(0, 0))
    assert app.session.focus == ("people:ben",)
    app.issues.copy()
    assert QGuiApplication.clipboard().text().count("it is odd") == 2
    app.checking.show_faults(())
    assert app.issues.head.text() == NONE
    settle(app)


def test_an_issue_of_what_is_drawn_nowhere_says_so(app: Application) -> None:
    document = app.session.document
    assert document is not None
    source = document.dataset["sources"]["id"][0]
    app.leading.to_record("sources", source)
    assert source in app.frame.statusBar().currentMessage()
    app.leading.to_record("sources", "not-there")


def test_warnings_are_counted_anew_after_an_edit(app: Application) -> None:
    document = app.session.document
    assert document is not None
    before = app.issues.model.rowCount()
    row = document.dataset.row("people", "ben")
    assert row is not None
    app.session.do(put(document.dataset, "Leave the name away", {"people": [{**row, "name": None}]}))
    until(lambda: app.issues.model.rowCount() > before)
    assert "1 error" in app.status._issues.text()
    app.session.undo()
    until(lambda: "0 errors" in app.status._issues.text())
    settle(app)


def test_the_page_of_keys_lists_every_key() -> None:
    html = pages.keys(LIGHT)
    for command in COMMANDS:
        if command.keys:
            assert command.plain.replace("'", "&#x27;") in html, command.id
    assert "Drag an organization" in html


def test_pages_of_help_open_in_the_theme(app: Application) -> None:
    for name, word in (("help.read", "one person"), ("help.keys", "Ctrl+K"), ("help.about", "MIT")):
        act(app, name).trigger()
        page = next(p for p in app.frame.findChildren(pages.Page) if p.isVisible())
        assert word in page.text.toPlainText().replace("One", "one")
        page.reject()
        until(lambda: not any(p.isVisible() for p in app.frame.findChildren(pages.Page)))
    assert DARK.ink.hex in pages.how_to_read(DARK) or DARK.ink2.hex in pages.how_to_read(DARK)


def test_a_report_can_be_copied(app: Application) -> None:
    act(app, "help.report").trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Talentflow ")
    assert "Python" in text


def test_the_picture_can_be_copied_as_text(app: Application) -> None:
    act(app, "edit.copy-text").trigger()
    text = QGuiApplication.clipboard().text()
    assert "South" in text
    assert len(text.splitlines()) > 6


def test_space_presses_a_button_that_has_the_focus(app: Application, qtbot: QtBot) -> None:
    button = app.docks.bar.widgetForAction(act(app, "view.tables"))
    assert isinstance(button, QToolButton)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert app.docks.tables.isVisible()
    assert not app.session.clock.playing
    settle(app)


def test_commands_know_whether_their_dock_is_there(app: Application) -> None:
    for name, dock in (("evidence", app.docks.evidence), ("tables", app.docks.tables), ("issues", app.docks.issues)):
        action = act(app, f"view.{name}")
        assert not action.isChecked()
        action.trigger()
        assert dock.isVisible()
        assert action.isChecked()
        dock.close()
        assert not action.isChecked()
    settle(app)


def test_the_known_by_day_is_asked_for_on_the_timeline_and_told(app: Application) -> None:
    document = app.session.document
    assert isinstance(document, Document)
    app.timebar.known_by_wanted.emit(20_000)
    until(lambda: app.session.view.known_by == 20_000)
    assert "Known by 2024-10-04" in app.status._known.text()
    app.timebar.known_by_wanted.emit(None)
    until(lambda: app.session.view.known_by is None)
    assert app.status._known.text() == ""
    assert small().n_rows == document.dataset.n_rows
    assert app.canvas.rect().contains(QPoint(1, 1))
    settle(app)
