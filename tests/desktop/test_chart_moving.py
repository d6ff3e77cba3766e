"""A chart in the window over time and under a filter: its day, playing, how it goes over, whose it is; the overview."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.desktop import transition
from app.desktop.application import Application
from app.domain import dates
from app.scene.camera import Camera
from tests.desktop.charted import BODY, FIRST, HEAD, box_at, charted, click_fold, look_at, seen
from tests.desktop.driving import act, pixels, settle
from tests.desktop.waiting import until


def title(app: Application) -> str:
    assert app.canvas.scene is not None
    return app.canvas.scene.header.title


def go(app: Application, year: int, month: int, day: int = 1) -> None:
    app.session.set_clock(app.session.clock.paused().at(float(dates.day(year, month, day))))
    settle(app)


def test_the_chart_is_of_the_day_of_the_clock(office: Application) -> None:
    assert title(office) == "The Body, as far as reporting lines are known"  # at the end: all that is known
    go(office, 2024, 3, 15)
    assert title(office).startswith("The Body on 15 March 2024")
    there = {key for key in seen(office) if key in ("seats:s000", "seats:s001", "seats:s002", "seats:s003")}
    assert there == {"seats:s000", "seats:s001", "seats:s002"}  # each came a month after the one before
    act(office, "time.last").trigger()
    settle(office)
    assert seen(office) == set(BODY.boxes)


def test_it_grows_while_time_plays_and_stands_when_it_pauses(office: Application, qtbot: QtBot) -> None:
    go(office, 2024, 1, 2)
    few = len(seen(office))
    qtbot.keyClick(office.canvas, Qt.Key.Key_Space)
    assert office.session.clock.playing
    until(lambda: len(seen(office)) > few)
    qtbot.keyClick(office.canvas, Qt.Key.Key_Space)
    assert not office.session.clock.playing
    settle(office)
    day = int(office.session.clock.day)
    assert charted(office).world_of.chart.structure is not None
    assert charted(office).world_of.chart.structure.day == day
    assert dates.text(day) in office.canvas.scene.header.context  # type: ignore[union-attr]  # a chart is shown


def test_at_the_end_of_time_everyone_is_shown(office: Application) -> None:
    clock = office.session.clock
    office.session.set_clock(clock.at(clock.span[1] - 4).played())
    until(lambda: not office.session.clock.playing)
    settle(office)
    assert seen(office) == set(BODY.boxes)
    assert " on " not in title(office)


def test_another_day_goes_over_in_motion(office: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.desktop.pictureview.SECONDS", 30.0)
    office.session.set_clock(office.session.clock.at(float(dates.day(2024, 4))))
    until(lambda: office.canvas._change is not None)
    first = pixels(office.canvas)
    until(lambda: pixels(office.canvas) != first)
    office.canvas.set_camera(Camera(office.canvas.camera.scale, 0.0, 60.0))  # who looks elsewhere does not wait
    assert office.canvas._change is None
    settle(office)


def test_a_change_ends_at_the_new_picture(office: Application) -> None:
    go(office, 2024, 4)
    now = pixels(office.canvas)
    act(office, "view.still").trigger()
    office.canvas.refresh()
    settle(office)
    assert pixels(office.canvas) == now
    act(office, "view.still").trigger()


def test_where_motion_is_reduced_nothing_moves(office: Application, qtbot: QtBot) -> None:
    act(office, "view.still").trigger()
    made: list[object] = []
    between = transition.Transition.between
    office.canvas.glide_to(office.canvas.home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transition.Transition, "between", lambda *a: made.append(a) or between(*a))
        go(office, 2024, 5)
        click_fold(office, qtbot, HEAD)
    assert made == []
    assert office.canvas._change is None
    look_at(office, HEAD)
    office.showing.reveal((FIRST,))
    assert office.canvas._glide is None
    settle(office)


def test_too_many_marks_are_not_moved(office: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transition, "MOST", 3)
    go(office, 2024, 4)
    assert office.canvas._change is None
    assert "on 1 April 2024" in title(office)


def test_whom_a_filter_leaves_out_is_pale_and_stays(office: Application, qtbot: QtBot) -> None:
    before = pixels(office.canvas)
    act(office, "view.filter").trigger()
    qtbot.keyClicks(office.lensbar.text, "from:north")
    qtbot.keyClick(office.lensbar.text, Qt.Key.Key_Return)
    until(lambda: bool(office.session.view.lens))
    settle(office)
    assert seen(office) == set(BODY.boxes)
    boxes = charted(office).world_of.chart.boxes
    assert {boxes.keys[at] for at in range(len(boxes)) if boxes.lit[at]} == {
        "seats:s000", "seats:s003", "seats:s004", "seats:s006",
    }  # fmt: skip
    assert office.canvas.scene is not None
    assert "Filter: from:north, 3 of 13 lit" in office.canvas.scene.header.context
    assert pixels(office.canvas) != before


def test_the_lens_bar_offers_organizations_and_shows_the_chosen_one(office: Application) -> None:
    choice = office.lensbar.seats.choice
    assert choice.currentText() == "The Body"
    names = [choice.itemText(n) for n in range(choice.count())]
    assert names[:2] == ["The Body", "Unit 0"]
    assert {"Unit 1", "Unit 2"} <= set(names)
    choice.setCurrentIndex(names.index("Unit 0"))
    choice.activated.emit(names.index("Unit 0"))
    settle(office)
    assert title(office).startswith("Unit 0")
    assert office.session.view.organization == "unit-000"
    assert office.canvas.camera == office.canvas.home
    assert office.lensbar.seats.compare.isHidden()  # charts are not compared


def test_each_organization_keeps_its_camera(office: Application) -> None:
    office.charting.turn_to("orgchart", "body")
    settle(office)
    look_at(office, FIRST)
    near = office.canvas.camera
    office.charting.turn_to("orgchart", "unit-000")
    settle(office)
    assert office.canvas.camera == office.canvas.home
    office.charting.turn_to("orgchart", "body")
    settle(office)
    assert office.canvas.camera == near


def compared(app: Application) -> dict[str, QAction]:
    """What the menu of comparison offers."""
    app.lensbar.seats.menu.aboutToShow.emit()
    return {action.text().replace("&", ""): action for action in app.lensbar.seats.menu.actions() if action.text()}


def test_a_build_out_is_compared_with_other_teams(office: Application) -> None:
    act(office, "view.picture.buildout").trigger()
    settle(office)
    bar = office.lensbar.seats
    assert not bar.compare.isHidden()
    assert bar.compare.text() == "Compare"
    assert "The Body" not in compared(office)  # not with itself
    compared(office)["Unit 0"].trigger()
    settle(office)
    assert office.session.view.beside == ("unit-000",)
    assert bar.compare.text() == "Compared with 1"
    assert title(office) == "The Body: 8 seats filled; Unit 0: 2 seats filled"
    keys = [mark.key for mark in office.canvas.marks().marks]
    assert len(keys) == len(set(keys)) == len(BODY.seats)  # those of the unit are those of the body too
    assert "Holder Number5" in office.canvas.marks().text
    compared(office)["Unit 2"].trigger()
    settle(office)
    assert office.session.view.beside == ("unit-000", "unit-002")
    assert compared(office)["Unit 0"].isChecked()
    compared(office)["Unit 0"].trigger()
    settle(office)
    assert office.session.view.beside == ("unit-002",)
    compared(office)["Compare with none"].trigger()
    settle(office)
    assert office.session.view.beside == ()
    assert bar.compare.text() == "Compare"


def test_the_overview_is_there_when_one_has_zoomed_and_leads_elsewhere(office: Application, qtbot: QtBot) -> None:
    canvas, overview = office.canvas, office.canvas.minimap
    assert not overview.isVisible()
    look_at(office, FIRST)
    assert overview.isVisible()
    assert canvas.rect().contains(overview.geometry())
    before, scale = canvas.camera, canvas.camera.scale
    qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(overview.width() // 2, overview.height() - 20))
    settle(office)
    assert canvas.camera != before
    assert canvas.camera.scale == scale
    own = overview._own.to_world(overview.width() / 2, overview.height() - 20.0)
    assert canvas.camera.to_view(*own) == pytest.approx((canvas.width() / 2, canvas.height() / 2), abs=1.0)
    act(office, "view.fit").trigger()
    settle(office)
    assert not overview.isVisible()


def test_the_overview_can_be_turned_off_and_belongs_to_charts(office: Application) -> None:
    look_at(office, FIRST)
    act(office, "chart.minimap").trigger()
    assert not office.canvas.minimap.isVisible()
    act(office, "chart.minimap").trigger()
    assert office.canvas.minimap.isVisible()
    act(office, "view.picture.flowmap").trigger()
    settle(office)
    office.canvas.set_camera(Camera(2.0, -100.0, -100.0))
    assert not office.canvas.minimap.isVisible()
    settle(office)


def test_the_overview_shows_the_part_in_sight(office: Application) -> None:
    look_at(office, FIRST, scale=2.0)
    until(lambda: not office.canvas.minimap._timer.isActive())
    first = office.canvas.minimap.grab().toImage()
    office.canvas.set_camera(Camera(2.0, office.canvas.camera.dx + 300.0, office.canvas.camera.dy))
    settle(office)
    assert office.canvas.minimap.grab().toImage() != first
    assert box_at(office, FIRST).x() > office.canvas.width() / 2
