"""The lens bar: typing a filter, choosing level, net and top; what is wrong is said and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.dialogs.export import Choice
from app.domain import dates
from tests.desktop.waiting import until


def typed(app: Application, qtbot: QtBot, text: str) -> None:
    """Type a filter as a user does: the key that leads to it, the words, Enter."""
    app.frame.actions_by_id["view.filter"].trigger()
    qtbot.keyClicks(app.lensbar.text, text)
    qtbot.keyClick(app.lensbar.text, Qt.Key.Key_Return)


def n_moves(app: Application) -> int:
    assert app.canvas.picture is not None
    return len(app.canvas.picture.gathered.moves)


def test_a_typed_filter_is_applied_and_counted(app: Application, qtbot: QtBot) -> None:
    assert app.lensbar.count.text() == "6 moves"
    typed(app, qtbot, "from:north status:confirmed")
    until(lambda: n_moves(app) == 3)
    assert app.lensbar.count.text() == "3 of 6 moves"
    assert app.canvas.scene is not None
    assert "Filter: from:north status:confirmed" in app.canvas.scene.header.context


def test_a_filter_that_cannot_be_read_is_told_and_nothing_changes(app: Application, qtbot: QtBot) -> None:
    before = app.canvas.picture
    typed(app, qtbot, "form:north")
    assert "Did you mean from:" in app.lensbar.complaint
    assert app.canvas.picture is before
    qtbot.keyClick(app.lensbar.text, Qt.Key.Key_Escape)  # takes back what was typed
    assert app.lensbar.text.text() == ""
    assert app.lensbar.complaint == ""


def test_a_name_that_is_not_there_is_told_with_what_is_near(app: Application, qtbot: QtBot) -> None:
    before = app.canvas.picture
    typed(app, qtbot, "from:Sout")
    until(lambda: bool(app.lensbar.complaint))
    assert "South" in app.lensbar.complaint
    assert app.canvas.picture is before


def test_escape_clears_an_applied_filter(app: Application, qtbot: QtBot) -> None:
    typed(app, qtbot, "to:west")
    until(lambda: n_moves(app) == 1)
    qtbot.keyClick(app.lensbar.text, Qt.Key.Key_Escape)
    until(lambda: n_moves(app) == 6)
    assert app.lensbar.text.text() == ""


def test_the_menu_clears_it_too(app: Application, qtbot: QtBot) -> None:
    typed(app, qtbot, "to:west")
    until(lambda: n_moves(app) == 1)
    app.frame.actions_by_id["view.clear-filter"].trigger()
    until(lambda: n_moves(app) == 6)


def test_level_net_top_and_investments_are_asked_for(app: Application) -> None:
    bar = app.lensbar
    bar.net.click()
    until(lambda: app.session.view.net)
    assert app.canvas.scene is not None
    assert app.canvas.scene.motion is None
    bar.top.setValue(2)
    until(lambda: app.session.view.top == 2)
    assert app.canvas.picture is not None
    assert app.canvas.picture.traffic.n_nodes == 2
    bar.relations.click()
    until(lambda: not app.session.view.relations)
    assert "relations" not in [layer.name for layer in app.canvas.scene.layers]
    bar.level.setCurrentIndex(bar.level.findData("unit"))
    until(lambda: app.session.view.level == "unit")
    assert app.canvas.scene.meta.level == "unit"


def test_the_day_stays_under_another_filter(app: Application, qtbot: QtBot) -> None:
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 5))))
    typed(app, qtbot, "to:south")
    until(lambda: n_moves(app) == 3)
    assert app.session.clock.day == dates.day(2025, 5)
    assert app.canvas.scene is not None
    assert "As of 2025-05-01" in app.canvas.scene.header.context


def test_a_filter_without_a_match_says_so(app: Application, qtbot: QtBot) -> None:
    typed(app, qtbot, "from:west to:east")
    until(lambda: n_moves(app) == 0)
    assert app.canvas.scene is not None
    assert app.canvas.scene.header.title == "No move matches"
    assert app.lensbar.count.text() == "0 of 6 moves"


def test_an_export_shows_the_same_filter(app: Application, qtbot: QtBot, tmp_path: Path) -> None:
    typed(app, qtbot, "to:west")
    until(lambda: n_moves(app) == 1)
    path = tmp_path / "map.svg"
    app.exporter.write(path, Choice(".svg", (900, 600), 1.0, "light"))
    until(path.exists)
    assert "Filter: to:west" in path.read_text(encoding="utf-8")


def test_every_control_is_named(app: Application) -> None:
    bar = app.lensbar
    assert [w.accessibleName() for w in (bar.text, bar.level, bar.top)] == ["Filter", "Level", "Organizations drawn"]
    assert all(w.toolTip() for w in (bar.text, bar.level, bar.top, bar.net, bar.relations))


def hands(app: Application, qtbot: QtBot, text: str) -> None:
    """Type into the filter without pressing Enter."""
    app.lensbar.text.activateWindow()
    app.frame.actions_by_id["view.filter"].trigger()
    qtbot.keyClicks(app.lensbar.text, text)


def test_what_may_follow_is_offered_and_taken_with_tab(app: Application, qtbot: QtBot) -> None:
    line = app.lensbar.text
    hands(app, qtbot, "fr")
    assert next(one.said for one in line.offered) == "from:"
    qtbot.keyClick(line._list, Qt.Key.Key_Tab)
    assert line.text() == "from:"
    qtbot.keyClicks(line, "nor")
    assert [one.said for one in line.offered] == ["North Lab (NL)"]
    qtbot.keyClick(line._list, Qt.Key.Key_Tab)
    assert line.text() == 'from:"North Lab (NL)" '
    qtbot.keyClick(line._list if line._list.isVisible() else line, Qt.Key.Key_Return)
    until(lambda: n_moves(app) == 4)
    assert app.lensbar.complaint == ""


def test_enter_takes_what_is_highlighted_and_else_applies(app: Application, qtbot: QtBot) -> None:
    line = app.lensbar.text
    hands(app, qtbot, "status:co")
    qtbot.keyClick(line._list, Qt.Key.Key_Down)
    qtbot.keyClick(line._list, Qt.Key.Key_Return)
    assert line.text() == "status:confirmed "
    assert n_moves(app) == 6  # taken, not applied
    qtbot.keyClick(line._list if line._list.isVisible() else line, Qt.Key.Key_Return)
    until(lambda: n_moves(app) < 6)


def test_the_word_that_cannot_be_read_is_selected(app: Application) -> None:
    app.lensbar.text.setText("to:west form:north")
    app.lensbar.apply()
    assert app.lensbar.text.selectedText() == "form:north"
    assert "Did you mean from:?" in app.lensbar.complaint


def test_conditions_are_joined_in_the_window(app: Application) -> None:
    app.lensbar.text.setText("(from:north or to:west) not status:rumored")
    app.lensbar.apply()
    until(lambda: n_moves(app) < 6)
    assert app.canvas.scene is not None
    assert "Filter: (from:north or to:west) not status:rumored" in app.canvas.scene.header.context


def test_a_filter_is_kept_under_a_name_applied_and_forgotten(app: Application, qtbot: QtBot) -> None:
    saved = app.saved_lenses
    saved.keep("nothing to keep")
    assert app.session.document is not None
    assert not app.session.document.changed
    typed(app, qtbot, "from:north")
    until(lambda: n_moves(app) < 6)
    n = n_moves(app)
    saved.keep("  Out of  North ")
    assert app.lensbar.saved.text() == "Saved · 1"
    assert app.session.document.past[-1].name == "Keep the filter “Out of North”"
    app.lensbar.clear()
    until(lambda: n_moves(app) == 6)
    saved.menu.aboutToShow.emit()
    (action,) = [one for one in saved.menu.actions() if one.text() == "Out of North"]
    assert action.toolTip() == "from:north"
    action.trigger()
    until(lambda: n_moves(app) == n)
    saved.forget("Out of North")
    assert app.lensbar.saved.text() == "Saved"
    app.session.undo()
    assert app.lensbar.saved.text() == "Saved · 1"
