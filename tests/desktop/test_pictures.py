"""Which picture is on the canvas: by the rail and by keys, each with a camera of its own; Back and Forward; found again
with the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import empty, prepare, shown
from app.domain import dates
from app.files.registry import write
from app.pictures.chart_folds import Folds
from app.scene.camera import HOME, Camera
from app.session.view import View
from tests.desktop.charted import BODY, FIRST, charted, click_fold, look_at, seen
from tests.desktop.driving import SIZE, act, settle
from tests.desktop.waiting import until
from tests.pictures.made import texts

Ctrl = Qt.KeyboardModifier.ControlModifier


def button(app: Application, name: str) -> QToolButton:
    """The button of the rail with this name."""
    return next(b for b in app.rail.findChildren(QToolButton) if b.accessibleName() == name)


def told(app: Application) -> tuple[str, str, str]:
    """What the window, its canvas and the menu of selection call the picture."""
    pressed = [b.accessibleName() for b in app.rail.findChildren(QToolButton) if b.isChecked()]
    return app.canvas.accessibleName(), pressed[0], act(app, "edit.select-all").text().replace("&", "")


def test_the_rail_changes_the_picture(app: Application, qtbot: QtBot) -> None:
    assert told(app) == ("Flow map", "Flow map", "Select all of the flow map")
    for name in ("Organization chart", "Build-out", "Flow map"):
        qtbot.mouseClick(button(app, name), Qt.MouseButton.LeftButton)
        settle(app)
        assert told(app) == (name, name, f"Select all of the {name.lower()}")


def test_keys_change_the_picture_and_each_keeps_its_own_camera(office: Application, qtbot: QtBot) -> None:
    cameras = {}
    for key, scale in ((Qt.Key.Key_1, 2.0), (Qt.Key.Key_2, 0.8), (Qt.Key.Key_3, 1.5)):
        qtbot.keyClick(office.canvas, key, Ctrl)
        settle(office)
        assert office.canvas.camera == office.canvas.home  # seen whole at first
        office.canvas.set_camera(Camera(scale, -30.0 * scale, 40.0))
        cameras[key] = office.canvas.camera
        settle(office)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        qtbot.keyClick(office.canvas, key, Ctrl)
        settle(office)
        assert office.canvas.camera == office.session.camera == cameras[key]


def test_commands_of_the_chart_are_there_with_the_chart(office: Application) -> None:
    names = ("chart.fold", "chart.level.2", "chart.grow.right", "chart.minimap", "chart.open-selection")
    assert all(act(office, name).isEnabled() for name in names)
    act(office, "view.picture.flowmap").trigger()
    settle(office)
    assert not any(act(office, name).isEnabled() for name in names)
    assert office.lensbar.pages.currentIndex() == 0
    assert act(office, "time.play").isEnabled()


def test_back_leads_to_the_picture_before_as_it_was_seen(office: Application) -> None:
    look_at(office, FIRST)
    office.session.note()
    near = office.canvas.camera
    for name, camera in (("buildout", HOME), ("flowmap", Camera(2.0, -300.0, -100.0))):
        act(office, f"view.picture.{name}").trigger()
        settle(office)
        office.canvas.set_camera(camera)
        settle(office)
        office.session.note()
    walked = [("buildout", HOME), ("orgchart", near), ("orgchart", None)]
    for way, places in (("back", walked), ("forward", [*walked[-2::-1], ("flowmap", Camera(2.0, -300.0, -100.0))])):
        for picture, camera in places:
            act(office, f"go.{way}").trigger()
            settle(office)
            assert office.session.view.picture == picture
            assert office.canvas.camera == (camera or office.canvas.home)
    assert not act(office, "go.forward").isEnabled()


def test_a_camera_of_a_picture_that_is_still_made_leaves_the_present_one_alone(office: Application) -> None:
    look_at(office, FIRST)
    near = office.canvas.camera
    office.session.note()
    act(office, "view.picture.buildout").trigger()
    settle(office)
    office.session.note()
    office.session.back()
    assert office.canvas.accessibleName() == "Build-out"  # the chart is being made
    assert office.canvas.camera == HOME
    office.canvas.set_camera(Camera(3.0, -500.0, -400.0))  # somebody zooms meanwhile
    settle(office)
    assert charted(office).name == "Organization chart"
    assert office.canvas.camera == near


def test_a_picture_that_was_seen_whole_is_seen_whole_again_on_another_day(office: Application) -> None:
    act(office, "view.picture.flowmap").trigger()
    settle(office)
    office.session.set_clock(office.session.clock.at(float(dates.day(2024, 3, 1))))
    settle(office)
    act(office, "view.picture.orgchart").trigger()
    settle(office)
    assert len(seen(office)) < len(BODY.boxes)
    assert office.canvas.camera == office.canvas.home


def test_another_picture_is_not_forgotten_over_a_new_size(office: Application) -> None:
    office.frame.resize(1100, 760)
    act(office, "view.picture.flowmap").trigger()
    assert office.jobs.busy
    office.drawing._settle.timeout.emit()  # the size has settled before the picture is there
    settle(office)
    assert office.canvas.accessibleName() == "Flow map"


def test_folding_is_a_step_back_too(office: Application, qtbot: QtBot) -> None:
    everyone = seen(office)
    click_fold(office, qtbot, FIRST)
    office.session.note()
    assert seen(office) < everyone
    act(office, "go.back").trigger()
    settle(office)
    assert seen(office) == everyone
    act(office, "go.forward").trigger()
    settle(office)
    assert seen(office) < everyone


def test_back_and_forward_lead_to_other_days(office: Application) -> None:
    look_at(office, FIRST)
    cameras = [office.canvas.camera]
    for month in (2, 6):
        office.session.note()
        office.session.set_clock(office.session.clock.at(float(dates.day(2024, month, 15))))
        settle(office)
        look_at(office, "seats:s000", scale=1.0 + 0.1 * month)
        cameras.append(office.canvas.camera)
    for way, steps in (("back", (1, 0)), ("forward", (1, 2))):
        for step in steps:
            act(office, f"go.{way}").trigger()
            settle(office)
            assert office.canvas.camera == office.session.camera == cameras[step]
            when = ("", "on 15 February 2024", "on 15 June 2024")[step]
            assert office.canvas.scene is not None
            assert when in office.canvas.scene.header.title
    assert not act(office, "go.forward").isEnabled()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The made-up organization on disk."""
    path = tmp_path / "body.json"
    write(BODY.dataset, path)
    return path


def test_a_file_opens_with_the_picture_organization_and_folds_that_one_left_it_with(frame: Frame, file: Path) -> None:
    first = Application(frame, prepare(file, SIZE), play=False)
    settle(first)
    first.look(View(picture="orgchart", organization="unit-000", arrangement="right"))
    settle(first)
    act(first, "chart.level.1").trigger()
    settle(first)
    first.session.set_clock(first.session.clock.at(float(dates.day(2024, 6, 15))))
    settle(first)
    first.documents.open(None)
    until(lambda: first.frame.windowTitle().startswith("ai-labs"))
    assert first.session.view.picture == "flowmap"
    first.documents.open(file)
    until(lambda: first.frame.windowTitle().startswith("body.json"))
    settle(first)
    view = first.session.view
    assert (view.picture, view.organization, view.arrangement) == ("orgchart", "unit-000", "right")
    assert view.folds == Folds(1)
    assert charted(first).world_of.chart.options.focus == "unit-000"
    assert first.canvas.scene is not None
    assert "on 15 June 2024" in first.canvas.scene.header.title
    assert act(first, "chart.level.1").isChecked()
    assert act(first, "chart.grow.right").isChecked()
    assert first.canvas.camera == first.canvas.home
    first.close()


def test_an_empty_dataset_says_what_to_add(frame: Frame) -> None:
    made = Application(frame, shown(empty(), SIZE, {}), play=False)
    settle(made)
    for name, title, remedy in (
        ("orgchart", "No organization chart on record", "Add seats and reports"),
        ("buildout", "No seats on record", "Add seats and a target"),
    ):
        act(made, f"view.picture.{name}").trigger()
        settle(made)
        assert made.canvas.scene is not None
        assert made.canvas.scene.header.title == title
        assert remedy in " ".join(texts(made.canvas.scene))
        assert title in made.canvas.marks().text
        assert made.lensbar.seats.choice.count() == 0
        assert not made.canvas.minimap.isVisible()
    made.close()
