"""Selecting, finding and travelling in a chart: one selection for tables, flow map and evidence; what is folded away is
unfolded to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.palette import CommandPalette
from app.render.palette import Level
from tests.desktop.charted import BODY, DEEPEST_SEAT, FIRST, HEAD, SECOND, box_at, charted, entries, look_at, seen
from tests.desktop.driving import act, pixels, settle

Left, No = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Key = Qt.Key


def lit(app: Application) -> dict[str, Level]:
    """What is emphasized on the canvas."""
    scene = app.canvas.scene
    assert scene is not None
    return {scene.keys[row]: level for row, level in app.canvas._levels(scene).items()}


def chosen(app: Application, table: str) -> list[str]:
    """The keys of the selected rows of a table."""
    app.tables.tabs.setCurrentIndex(list(app.tables.tables).index(table))
    listing = app.tables.table.model.listing
    assert listing is not None
    return listing.keys(app.tables.table.chosen)


def find(app: Application, qtbot: QtBot, text: str) -> None:
    """Ctrl+K, some letters, Enter."""
    act(app, "go.find").trigger()
    palette = app.frame.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.text, text)
    qtbot.keyClick(palette.text, Key.Key_Return)
    settle(app)


def test_a_seat_that_is_clicked_is_selected_in_tables_and_flow_map_too(office: Application, qtbot: QtBot) -> None:
    act(office, "view.tables").trigger()
    settle(office)
    look_at(office, FIRST)
    qtbot.mouseClick(office.canvas, Left, No, box_at(office, FIRST))
    assert office.session.focus == (FIRST,)
    assert chosen(office, "people") == ["people:h001"]
    assert chosen(office, "moves") == ["move:h001-0>h001-1"]
    act(office, "view.picture.flowmap").trigger()
    settle(office)
    assert office.session.focus == (FIRST,)
    assert "move:h001-0>h001-1" in lit(office)


def test_the_path_to_the_top_is_lit_with_the_one_that_is_selected(office: Application, qtbot: QtBot) -> None:
    look_at(office, DEEPEST_SEAT)
    before = pixels(office.canvas)
    qtbot.mouseClick(office.canvas, Left, No, box_at(office, DEEPEST_SEAT))
    levels = lit(office)
    assert levels.pop(DEEPEST_SEAT) in (Level.SELECTED, Level.HOVER)
    path = {"seats:s006", "seats:s003", FIRST, HEAD, *(f"reports:r{n:03}" for n in (7, 6, 3, 1))}
    assert levels == dict.fromkeys(path, Level.FOCUS)
    assert pixels(office.canvas) != before
    office.session.set_focus((DEEPEST_SEAT, FIRST))
    assert set(lit(office)) <= {DEEPEST_SEAT, FIRST}


def test_someone_without_a_seat_opens_the_evidence(office: Application, qtbot: QtBot) -> None:
    assert not office.docks.evidence.isVisible()
    look_at(office, "people:p003")
    qtbot.mouseClick(office.canvas, Left, No, box_at(office, "people:p003"))
    assert office.evidence.evidence is not None
    assert office.evidence.evidence.head == "Person Number3"
    assert office.docks.evidence.isVisible()
    settle(office)


def test_a_person_selected_in_a_table_is_lit_in_the_chart(office: Application) -> None:
    act(office, "view.tables").trigger()
    settle(office)
    office.tables.selected.emit(("people:h005",))
    assert lit(office)["seats:s005"] is Level.SELECTED
    office.tables.selected.emit(("people:p002",))
    assert lit(office)["people:p002"] is Level.SELECTED
    office.tables.selected.emit(("flow:north>body",))  # whoever came that way
    assert {key for key, level in lit(office).items() if level is Level.SELECTED} == {HEAD, "seats:s003", "seats:s006"}


def test_a_click_on_a_line_selects_it_and_on_the_ground_nothing(office: Application, qtbot: QtBot) -> None:
    look_at(office, HEAD)
    x, y, w, h = charted(office).world_of.plan.spots[1][0].tolist()
    below = office.canvas.camera.to_view(x + w / 2 - 60.0, y + h + 20.0)
    qtbot.mouseClick(office.canvas, Left, No, QPoint(*map(round, below)))
    assert office.session.focus == ("reports:r001",)
    qtbot.mouseClick(office.canvas, Left, No, QPoint(20, office.canvas.height() // 2))
    assert office.session.focus == ()


def test_who_is_found_by_name_is_unfolded_to(office: Application, qtbot: QtBot) -> None:
    act(office, "chart.level.1").trigger()
    settle(office)
    assert seen(office) == {HEAD}
    for name, key in (("Holder Number7", DEEPEST_SEAT), ("Person Number1", "people:p001")):
        find(office, qtbot, name)
        assert key in seen(office)
        assert office.canvas.rect().contains(box_at(office, key))
        assert office.canvas.camera.scale == pytest.approx(max(1.0, 3 * office.canvas.home.scale))
    assert office.session.focus == ("people:p001",)
    act(office, "chart.level.1").trigger()
    settle(office)
    assert seen(office) == {HEAD}


@pytest.mark.parametrize("key", [Key.Key_G, Key.Key_unknown])
def test_g_goes_to_the_selection_and_unfolds_it(office: Application, qtbot: QtBot, key: Key) -> None:
    office.look(office.session.view)
    act(office, "chart.level.2").trigger()
    settle(office)
    office.session.set_focus((DEEPEST_SEAT,))
    if key is Key.Key_G:
        qtbot.keyClick(office.canvas, key)
    else:
        act(office, "chart.open-selection").trigger()
    settle(office)
    assert office.canvas.rect().contains(box_at(office, DEEPEST_SEAT))
    assert office.session.view.folds.level == 2
    assert "seats:s005" not in seen(office)  # what the way there does not need stays folded


def test_a_line_is_gone_to_where_its_seats_are(office: Application) -> None:
    office.showing.reveal(("reports:r007",))
    settle(office)
    for end in (DEEPEST_SEAT, "seats:s006"):
        assert office.canvas.rect().contains(box_at(office, end))


def test_the_keyboard_enters_the_chart_and_walks_the_hierarchy(office: Application, qtbot: QtBot) -> None:
    canvas = office.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    day = office.session.clock.day
    walked = []
    for key in (Key.Key_Return, Key.Key_Down, Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Right, Key.Key_Up,
                Key.Key_Backspace):  # fmt: skip
        qtbot.keyClick(canvas, key)
        walked.append(canvas.travelled)
        settle(office)
    assert walked == [HEAD, FIRST, SECOND, FIRST, "seats:s003", "seats:s004", FIRST, HEAD]
    assert office.session.clock.day == day
    qtbot.keyClick(canvas, Key.Key_Space)
    assert office.session.focus == (HEAD,)
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert canvas.travelled == ""


def test_who_is_travelled_to_comes_into_sight_with_a_ring(office: Application, qtbot: QtBot) -> None:
    look_at(office, HEAD, scale=2.0)
    office.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    office.canvas.travel(DEEPEST_SEAT)
    settle(office)
    assert office.canvas.rect().contains(box_at(office, DEEPEST_SEAT))
    ringed = pixels(office.canvas)
    qtbot.keyClick(office.canvas, Key.Key_Escape)
    settle(office)
    assert pixels(office.canvas) != ringed


def test_all_of_the_chart_can_be_selected_and_copied_as_text(office: Application) -> None:
    act(office, "edit.select-all").trigger()
    units = {f"organizations:{unit}" for unit in ("body", "unit-000", "unit-001", "unit-002")}
    assert set(office.session.focus) == {*BODY.boxes, *units}
    lines = office.canvas.marks().text.splitlines()
    at = next(n for n, line in enumerate(lines) if "Holder Number3" in line)
    assert lines[at].startswith("        Holder")
    assert "Holder Number6" in lines[at + 1]
    settle(office)


def test_menus_elsewhere_lead_to_the_chart(office: Application) -> None:
    act(office, "view.picture.buildout").trigger()
    settle(office)
    entries(office, "seats:s005")["In the organization chart"].trigger()
    settle(office)
    assert (office.session.view.picture, office.session.view.organization) == ("orgchart", "unit-000")
    assert office.canvas.rect().contains(box_at(office, "seats:s005"))
    act(office, "view.picture.flowmap").trigger()
    settle(office)
    entries(office, "organizations:body")["Organization chart"].trigger()
    settle(office)
    assert (office.session.view.picture, office.session.view.organization) == ("orgchart", "body")
    assert seen(office) == set(BODY.boxes)
