"""The tables below the picture: sorting, finding, selecting, copying, choosing columns."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QHelpEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.analysis.options import Options
from app.desktop.models.listing import BLOCK, ORGANIZATION, ListingModel
from app.desktop.panels import listings as tables
from app.desktop.panels.tables import MAKERS, TablesPanel
from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.pictures import listing
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.render.palette import Palette
from app.render.theme import DARK, LIGHT
from tests.benchmarks.synthetic import dataset
from tests.desktop.waiting import until
from tests.pictures.made import fixed, flow_map

Key, Button, No = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Button.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> TablesPanel:
    """The small dataset in the panel."""
    made = TablesPanel()
    qtbot.addWidget(made)
    made.resize(1060, 300)
    made.show_picture(flow_map())
    with qtbot.waitExposed(made):
        made.show()
    return made


def column(panel: TablesPanel, name: str) -> list[str]:
    model = panel.table.model
    number = [c.name for c in model.columns].index(name)
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def click_head(panel: TablesPanel, qtbot: QtBot, name: str) -> None:
    head = panel.table.head
    number = [c.name for c in panel.table.model.columns].index(name)
    at = QPoint(head.sectionViewportPosition(number) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), LEFT, pos=at)


def click_row(panel: TablesPanel, qtbot: QtBot, row: int, held: Qt.KeyboardModifier = No) -> None:
    view = panel.table.view
    qtbot.mouseClick(view.viewport(), LEFT, held, view.visualRect(panel.table.model.index(row, 0)).center())


def selected_names(panel: TablesPanel) -> list[str]:
    chooser = panel.table.view.selectionModel()
    return [str(index.data()) for index in sorted(chooser.selectedRows(), key=lambda index: index.row())]


def told(panel: TablesPanel) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    panel.selected.connect(keys.append)
    return keys


@pytest.mark.parametrize("make", [*MAKERS.values()])
def test_the_model_is_sound(qtmodeltester: ModelTester, make: Any):
    made = make(flow_map())
    model = ListingModel()
    qtmodeltester.check(model)
    model.show(made)
    for number in range(len(made.columns)):
        model.sort(number, Qt.SortOrder.DescendingOrder)
        qtmodeltester.check(model)
    for text in ("south", "nothing at all", ""):
        model.filter(text)
        qtmodeltester.check(model)


def test_many_rows_are_texts_only_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch, qtmodeltester: ModelTester):
    picture = FlowMap.of(dataset(3_000, 40), FlowMapOptions(Options()), fixed)
    made, model = listing.moves(picture), ListingModel()
    asked: list[int] = []
    texts = type(made).texts
    monkeypatch.setattr(type(made), "texts", lambda self, c, rows: asked.append(len(rows)) or texts(self, c, rows))
    model.show(made)
    model.sort(0)
    assert model.rowCount() == made.n > 1_500
    assert asked == []
    names = [model.index(row, 0).data() for row in range(BLOCK + 1)]
    assert asked == [BLOCK, BLOCK]
    assert names == sorted(names, key=str.lower)
    qtmodeltester.check(model)


def test_cells_say_what_they_show(panel: TablesPanel):
    model = panel.table.model
    assert model.headerData(1, Qt.Orientation.Horizontal) == "From"
    row = column(panel, "Person").index("Eve Madeup")
    origin, left = model.index(row, 1), model.index(row, 3)
    assert (origin.data(), left.data()) == ("NL", "not known")
    assert origin.data(ORGANIZATION) == "north"
    assert (
        origin.data(Qt.ItemDataRole.DecorationRole).name() == Palette(LIGHT, {"north": "c1"}).organization("north").hex
    )
    assert origin.data(Qt.ItemDataRole.ToolTipRole) == "North Lab (NL)"
    assert origin.data(Qt.ItemDataRole.AccessibleTextRole) == "NL"
    assert model.data(model.index(99, 0)) is None


def test_each_tab_says_how_much_it_holds(panel: TablesPanel):
    counts = [panel.tabs.tabText(n) for n in range(panel.tabs.count())]
    assert counts == ["Moves 6", "People 7", "Organizations 4", "Seats 0", "Coverage 4"]


def test_a_table_is_filled_when_it_is_looked_at(qtbot: QtBot):
    made = TablesPanel()
    qtbot.addWidget(made)
    made.show_picture(flow_map())
    assert not made.listings
    with qtbot.waitExposed(made):
        made.show()
    assert made.tables["moves"].model.rowCount() == 6
    assert made.tables["people"].model.rowCount() == 0
    made.tabs.setCurrentIndex(1)
    assert made.tables["people"].model.rowCount() == 7


def test_a_click_on_a_head_sorts_and_another_turns_it_round(panel: TablesPanel, qtbot: QtBot):
    assert column(panel, "Joined")[0] == "2025-09"  # newest first by itself
    click_head(panel, qtbot, "Person")
    assert column(panel, "Person") == [f"{n} Madeup" for n in ("Ada", "Ben", "Cyd", "Dov", "Eve", "Fay")]
    click_head(panel, qtbot, "Person")
    assert column(panel, "Person")[0] == "Fay Madeup"


def test_finding_leaves_the_rows_that_hold_every_word(panel: TablesPanel, qtbot: QtBot):
    qtbot.keyClicks(panel.line, "north SOUTH")
    assert sorted(column(panel, "Person")) == ["Ada Madeup", "Ben Madeup", "Cyd Madeup", "Dov Madeup"]
    assert panel.said.text() == "4 of 6 moves"
    qtbot.keyClicks(panel.line, " nowhere")
    assert panel.table.model.rowCount() == 0
    assert panel.table.nothing.isVisible()
    assert panel.table.nothing.text().startswith("No move matches this filter.")
    qtbot.keyClick(panel.line, Key.Key_Escape)
    assert panel.table.model.rowCount() == 6
    assert not panel.table.nothing.isVisible()
    assert panel.said.text() == ""


def test_with_many_rows_finding_waits_for_a_pause(panel: TablesPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "MANY", 3)
    qtbot.keyClicks(panel.line, "ada")
    assert panel.table.model.rowCount() == 6
    until(lambda: column(panel, "Person") == ["Ada Madeup"])
    qtbot.keyClicks(panel.line, "x")
    panel.tabs.setCurrentIndex(1)
    assert panel.table.model.rowCount() == 7
    panel.tabs.setCurrentIndex(0)
    assert panel.line.text() == "adax"
    assert panel.table.model.rowCount() == 0


def test_each_table_keeps_what_was_looked_for_in_it(panel: TablesPanel, qtbot: QtBot):
    qtbot.keyClicks(panel.line, "ada")
    panel.tabs.setCurrentIndex(1)
    assert panel.line.text() == ""
    assert panel.table.model.rowCount() == 7
    panel.tabs.setCurrentIndex(0)
    assert panel.line.text() == "ada"
    assert column(panel, "Person") == ["Ada Madeup"]


def test_selecting_tells_keys(panel: TablesPanel, qtbot: QtBot):
    keys = told(panel)
    click_row(panel, qtbot, 0)
    assert keys == [("move:st-dov-0>st-dov-1",)]
    click_row(panel, qtbot, 2, SHIFT)
    assert keys[-1] == ("move:st-dov-0>st-dov-1", "move:st-ben-0>st-ben-1", "move:st-ada-0>st-ada-1")
    assert panel.said.text() == "3 of 6 moves selected"
    click_row(panel, qtbot, 1, CONTROL)
    assert keys[-1] == ("move:st-dov-0>st-dov-1", "move:st-ada-0>st-ada-1")
    panel.table.view.clearSelection()
    assert keys[-1] == ()


def test_a_selection_from_outside_is_shown_and_not_told(panel: TablesPanel):
    keys = told(panel)
    panel.select(("move:st-ada-0>st-ada-1",))
    assert selected_names(panel) == ["Ada Madeup"]
    panel.tabs.setCurrentIndex(1)
    assert selected_names(panel) == ["Ada Madeup"]
    panel.select(("flow:north>south",))
    assert selected_names(panel) == []
    panel.tabs.setCurrentIndex(0)
    assert selected_names(panel) == ["Ben Madeup", "Ada Madeup", "Cyd Madeup"]
    panel.select(())
    assert selected_names(panel) == []
    assert keys == []


def test_the_first_selected_row_is_scrolled_to(panel: TablesPanel):
    picture = FlowMap.of(dataset(3_000, 40), FlowMapOptions(Options()), fixed)
    panel.show_picture(picture)
    model = panel.table.model
    assert model.listing is not None
    key = model.listing.keys(model.rows[-1:])[0]
    panel.select((key,))
    rect = panel.table.view.visualRect(model.index(model.rowCount() - 1, 0))
    assert panel.table.view.viewport().rect().contains(rect.center())


def test_the_selection_stays_with_its_rows(panel: TablesPanel, qtbot: QtBot):
    click_row(panel, qtbot, 1)
    keys = told(panel)
    click_head(panel, qtbot, "Person")
    assert selected_names(panel) == ["Ben Madeup"]
    qtbot.keyClicks(panel.line, "dov")
    assert selected_names(panel) == []
    panel.line.clear()
    assert selected_names(panel) == ["Ben Madeup"]
    panel.show_picture(
        FlowMap.of(panel.picture.gathered.dataset, FlowMapOptions(Options(lens=parse("to:south"))), fixed)
    )
    assert selected_names(panel) == ["Ben Madeup"]
    assert keys == []


def test_the_keyboard_walks_through_the_rows(panel: TablesPanel, qtbot: QtBot):
    view, keys = panel.table.view, told(panel)
    view.setFocus()
    qtbot.keyClick(view, Key.Key_End)
    assert selected_names(panel) == ["Eve Madeup"]
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_Down)
    assert selected_names(panel) == ["Ben Madeup"]
    qtbot.keyClick(view, Key.Key_Down, CONTROL)
    assert selected_names(panel) == ["Ben Madeup"]
    n = len(keys)
    qtbot.keyClick(view, Key.Key_Return)
    assert selected_names(panel) == ["Ada Madeup"]
    assert keys[n:][-1] == ("move:st-ada-0>st-ada-1",)
    qtbot.keyClick(view, Key.Key_F, CONTROL)
    assert panel.line.hasFocus()
    qtbot.keyClick(panel.line, Key.Key_Down)
    assert view.hasFocus()


def test_keys_of_the_window_do_not_reach_into_the_rows(qtbot: QtBot):
    window, fired = QMainWindow(), []
    window.setMinimumSize(640, 300)
    qtbot.addWidget(window)
    for keys in ("Home", "Left", "Ctrl+C", "Esc", "Ctrl+F", "Space"):
        action = QAction(keys, window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False, k=keys: fired.append(k))
        window.addAction(action)
    panel = TablesPanel(window)
    window.setCentralWidget(panel)
    panel.show_picture(flow_map())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    view = panel.table.view
    view.setFocus()
    until(view.hasFocus)
    for key, held in ((Key.Key_Home, No), (Key.Key_Left, No), (Key.Key_C, CONTROL), (Key.Key_F, CONTROL)):
        view.setFocus()
        qtbot.keyClick(view, key, held)
    panel.line.setText("ada")
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Escape)
    assert panel.line.text() == ""
    assert fired == []
    qtbot.keyClick(view, Key.Key_Space)
    assert fired == ["Space"]  # it stops everything, always


def test_copying_gives_lines_with_tabs_and_a_table(panel: TablesPanel, qtbot: QtBot):
    click_row(panel, qtbot, 0)
    click_row(panel, qtbot, 1, CONTROL)
    qtbot.keyClick(panel.table.view, Key.Key_C, CONTROL)
    held = QGuiApplication.clipboard().mimeData()
    assert held.text().splitlines() == [
        "Person\tFrom\tTo\tLeft\tJoined\tStatus\tSources",
        "Dov Madeup\tSouth\tNL\t2025-09\t2025-09\trumored\t1 · The Paper",
        "Ben Madeup\tNL\tSouth\t2025-06-10\t2025-06-10\tconfirmed\t1 · The Paper",
    ]
    assert held.html().count("<tr>") == 3
    assert panel.said.text() == "Copied 2 moves"


def test_without_a_selection_all_that_is_shown_is_copied(panel: TablesPanel):
    panel.line.setText("to nowhere")
    panel.copy()
    assert panel.said.text() == "0 of 6 moves"
    panel.line.setText("north")
    panel.table.view.setColumnHidden(0, True)
    panel.table.head.moveSection(2, 1)
    panel.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("To\tFrom\tLeft")
    assert len(lines) == 1 + panel.table.model.rowCount() == 6


def test_columns_are_chosen_from_a_menu(panel: TablesPanel):
    menu = panel.table.columns_menu()
    choices = {action.text(): action for action in menu.actions()}
    assert choices["Left"].isChecked()
    choices["Left"].trigger()
    choices["Sources"].trigger()
    assert [panel.table.model.columns[c].name for c in panel.table.columns_shown()] == [
        "Person",
        "From",
        "To",
        "Joined",
        "Status",
    ]
    again = {action.text(): action for action in panel.table.columns_menu().actions()}
    assert not again["Left"].isChecked()
    again["As they were at first"].trigger()
    assert len(panel.table.columns_shown()) == 7
    for name in ("Person", "From", "To", "Left", "Joined", "Status"):
        {a.text(): a for a in panel.table.columns_menu().actions()}[name].trigger()
    last = {a.text(): a for a in panel.table.columns_menu().actions()}["Sources"]
    assert not last.isEnabled()


def test_rows_are_sorted_and_copied_from_a_menu_too(panel: TablesPanel):
    menu = panel.table.rows_menu()
    by = next(a.menu() for a in menu.actions() if a.text() == "Sort by")
    assert isinstance(by, QMenu)
    next(a for a in by.actions() if a.text() == "Person").trigger()
    assert column(panel, "Person")[0] == "Ada Madeup"
    next(a for a in menu.actions() if a.text() == "Copy rows").trigger()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 7


def test_the_columns_come_back_as_they_were(panel: TablesPanel, qtbot: QtBot):
    panel.table.head.moveSection(6, 0)
    panel.table.head.resizeSection(0, 240)
    panel.table.view.setColumnHidden(3, True)
    click_head(panel, qtbot, "Status")
    panel.tabs.setCurrentIndex(2)
    state = json.loads(json.dumps(panel.state()))
    other = TablesPanel()
    qtbot.addWidget(other)
    other.restore(state)
    assert other.state() == {**state, "people": {}}
    other.resize(1060, 300)
    other.show_picture(flow_map())
    with qtbot.waitExposed(other):
        other.show()
    assert other.name == "organizations"
    other.tabs.setCurrentIndex(0)
    assert other.table.state() == state["moves"]
    assert column(other, "Status")[0] == "rumored"
    names = [other.table.model.columns[c].name for c in other.table.columns_shown()]
    assert names == ["Sources", "Person", "From", "To", "Joined", "Status"]
    assert other.table.head.sectionSize(0) == 240


@pytest.mark.parametrize(
    "state",
    [
        None,
        7,
        {"tab": "nowhere", "moves": 3},
        {"moves": {"hidden": ["x", 3], "order": "abc", "widths": {"From": "wide", "To": -5}, "sort": ["x", 1]}},
        {"moves": {"hidden": ["Person", "From", "To", "Left", "Joined", "Status", "Sources"], "sort": [{}, 1]}},
        {"moves": {"order": ["To", "To", {}], "hidden": {}, "widths": [], "sort": ["Joined"]}},
    ],
)
def test_a_state_that_cannot_be_read_does_no_harm(panel: TablesPanel, state: Any):
    panel.restore(state)
    assert len(panel.table.columns_shown()) == 7
    assert panel.table.model.rowCount() == 6
    assert [panel.table.head.sectionSize(n) > 40 for n in range(7)] == [True] * 7


def test_a_picture_laid_out_anew_changes_nothing(panel: TablesPanel, qtbot: QtBot):
    click_row(panel, qtbot, 2)
    before = panel.table.model.listing
    data = panel.picture.gathered.dataset
    panel.show_picture(FlowMap.of(data, FlowMapOptions(Options(), size=(900.0, 500.0)), fixed))
    assert panel.table.model.listing is before
    panel.show_picture(FlowMap.of(data, FlowMapOptions(Options(lens=parse("to:south"))), fixed))
    assert panel.tabs.tabText(0) == "Moves 3"
    assert panel.table.model.rowCount() == 3


def test_nothing_to_show_is_said(panel: TablesPanel):
    data = panel.picture.gathered.dataset
    panel.show_picture(FlowMap.of(data, FlowMapOptions(Options(lens=parse("from:west"))), fixed))
    assert panel.table.nothing.text() == "No move matches this filter."
    panel.show_picture(flow_map(Dataset.of()))
    assert panel.table.nothing.text() == "No move in this dataset."
    panel.tabs.setCurrentIndex(1)
    assert panel.table.nothing.text() == "No person in this dataset."
    panel.copy()
    assert panel.said.text() == ""


def test_both_themes_paint_every_table(panel: TablesPanel):
    pictures = []
    for theme in (LIGHT, DARK):
        panel.show_theme(theme)
        for number in range(panel.tabs.count()):
            panel.tabs.setCurrentIndex(number)
            image = panel.grab().toImage()
            corner = image.pixelColor(image.width() - 40, image.height() - 20)
            assert corner.name() == theme.surface.hex
            pictures.append(bytes(image.constBits()))
    assert len(set(pictures)) == 2 * len(MAKERS)


def test_a_selected_row_has_an_accent_at_its_left(panel: TablesPanel, qtbot: QtBot):
    click_row(panel, qtbot, 1)
    rect = panel.table.view.visualRect(panel.table.model.index(1, 0))
    image = panel.table.view.viewport().grab().toImage()
    assert image.pixelColor(1, rect.center().y()).name() == LIGHT.accent.hex
    assert image.pixelColor(5, rect.center().y()).name() == LIGHT.accentbg.hex
    assert image.pixelColor(1, rect.center().y() + 21).name() == LIGHT.surface.hex


def test_everything_has_a_name(panel: TablesPanel):
    parts = [panel, panel.tabs, panel.line, *(t.view for t in panel.tables.values()), panel.table.head]
    names = [part.accessibleName() for part in parts]
    assert all(names)
    assert names[3:7] == ["Moves", "People", "Organizations", "Seats"]


def test_what_is_cut_is_told_in_full(panel: TablesPanel, monkeypatch: pytest.MonkeyPatch):
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _view: said.append(text))
    view, model = panel.table.view, panel.table.model
    for width in (60, 200):
        panel.table.head.resizeSection(0, width)
        for number in (0, 1):
            at = view.visualRect(model.index(1, number)).center()
            QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    assert said == ["Ben Madeup", "North Lab (NL)", "", "North Lab (NL)"]


def test_a_great_selection_is_told_in_part_and_kept(panel: TablesPanel):
    picture = FlowMap.of(dataset(6_000, 40), FlowMapOptions(Options()), fixed)
    panel.show_picture(picture)
    keys = told(panel)
    panel.table.view.selectAll()
    assert len(keys[-1]) == 2_000
    n = panel.table.model.rowCount()
    assert panel.said.text() == f"{n:,} of {n:,} moves selected"
    panel.table.head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert len(panel.table.chosen) == n
    assert panel.table.view.selectionModel().isRowSelected(n // 2)
    assert np.array_equal(panel.table.model.places(panel.table.chosen), np.arange(n))
