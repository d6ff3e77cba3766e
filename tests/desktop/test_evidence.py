"""Selecting a mark on the canvas and reading who says so."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.panels.evidence import EMPTY
from tests.desktop.driving import pixels, settle
from tests.desktop.waiting import until


def place(app: Application, organization: str) -> QPoint:
    picture = app.canvas.picture
    assert picture is not None
    return QPointF(*app.canvas.camera.to_view(*picture.layout.xy[picture.layout.ids.index(organization)])).toPoint()


def click(app: Application, qtbot: QtBot, organization: str) -> None:
    qtbot.mouseClick(app.canvas, Qt.MouseButton.LeftButton, pos=place(app, organization))


def test_a_click_selects_and_opens_the_evidence(app: Application, qtbot: QtBot) -> None:
    assert not app.docks.evidence.isVisible()
    click(app, qtbot, "south")
    assert app.session.focus == ("organizations:south",)
    assert app.docks.evidence.isVisible()
    text = app.evidence.page.toPlainText()
    assert "South" in text
    assert "3 in, 1 out, net +2" in text
    assert "The Paper" in text
    assert app.evidence.sources.text() == "1 source"


def test_the_selection_is_marked_on_the_canvas(app: Application, qtbot: QtBot) -> None:
    app.docks.evidence.show()
    settle(app)
    qtbot.mouseMove(app.canvas, QPoint(2, 2))
    before = pixels(app.canvas)
    app.session.set_focus(("organizations:south",))
    assert pixels(app.canvas) != before


def test_escape_or_a_click_on_the_ground_clears_it(app: Application, qtbot: QtBot) -> None:
    click(app, qtbot, "south")
    settle(app)
    qtbot.keyClick(app.canvas, Qt.Key.Key_Escape)
    assert app.session.focus == ()
    assert app.evidence.page.toPlainText().strip() == EMPTY
    assert not app.evidence.copy.isEnabled()
    click(app, qtbot, "south")
    qtbot.mouseClick(app.canvas, Qt.MouseButton.LeftButton, pos=QPoint(4, app.canvas.height() // 2))
    assert app.session.focus == ()


def test_dragging_selects_nothing(app: Application, qtbot: QtBot) -> None:
    at = place(app, "south")
    qtbot.mousePress(app.canvas, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(app.canvas, at + QPoint(40, 10))
    qtbot.mouseRelease(app.canvas, Qt.MouseButton.LeftButton, pos=at + QPoint(40, 10))
    assert app.session.focus == ()


def test_it_is_copied_with_its_sources(app: Application, qtbot: QtBot) -> None:
    click(app, qtbot, "south")
    qtbot.mouseClick(app.evidence.copy, Qt.MouseButton.LeftButton)
    assert "[1] The Paper. All moves. 2026-01-31. https://example.org/all" in QGuiApplication.clipboard().text()


def test_a_key_shows_and_hides_the_panel(app: Application) -> None:
    act = app.frame.actions_by_id["view.evidence"]
    act.trigger()
    assert app.docks.evidence.isVisible()
    assert app.evidence.page.accessibleDescription() == EMPTY
    act.trigger()
    assert not app.docks.evidence.isVisible()


def test_another_document_begins_with_nothing_selected(app: Application, qtbot: QtBot) -> None:
    click(app, qtbot, "south")
    app.documents.open(None)
    until(lambda: app.session.document is not None and app.session.document.dataset["people"].height == 201)
    assert app.session.focus == ()
    app.session.set_clock(app.session.clock.paused())
