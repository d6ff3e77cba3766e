"""The window as a user meets it: mouse, wheel and keys through the real widgets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFont, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.desktop import chrome
from app.desktop.application import Application
from app.desktop.canvas import Canvas
from app.desktop.commands import COMMANDS
from app.desktop.frame import Frame
from app.desktop.hovercard import HoverCard
from app.desktop.opening import prepare, shown
from app.desktop.windows import Loader
from app.domain import dates
from app.domain.errors import DataError, FileError
from app.scene import motion
from app.session.clock import Mode
from app.session.document import Document
from tests.desktop.driving import SIZE, act, pixels, place_of, settle
from tests.desktop.waiting import until
from tests.pictures.made import small


def test_the_frame_says_what_it_opens_before_anything_is_loaded(qtbot: QtBot) -> None:
    made = Frame()
    qtbot.addWidget(made)
    made.notice.say("Opening small.json …")
    with qtbot.waitExposed(made):
        made.show()
    assert made.notice.accessibleName() == "Opening small.json …"
    assert made.actions_by_id["file.quit"].isEnabled()
    assert not made.actions_by_id["time.play"].isEnabled()
    made.close()


def test_the_loader_opens_the_bundled_dataset(qtbot: QtBot) -> None:
    loader = Loader(None, lambda: SIZE, {})
    with qtbot.waitSignal(loader.loaded, timeout=20_000) as got:
        loader.start()
    result, error = got.args
    assert error is None
    assert result.document.dataset["people"].height == 201
    loader.wait()


def test_a_file_that_cannot_be_opened_is_one_sentence_and_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="missing"):
        prepare(tmp_path / "missing.json", SIZE)
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"format":"talentflow","version":"1.0","people":[{"id":"a"}]}', encoding="utf-8")
    with pytest.raises(DataError, match="name"):
        prepare(wrong, SIZE)


def test_the_window_names_its_file_and_counts(app: Application) -> None:
    assert app.frame.windowTitle() == "small.json — Talentflow"


def test_space_plays_and_people_move(app: Application, qtbot: QtBot) -> None:
    qtbot.keyClick(app.canvas, Qt.Key.Key_Space)
    assert app.session.clock.playing
    first = app.session.clock.day
    assert first == app.session.clock.span[0]  # it stood at the end: it begins anew
    until(lambda: app.session.clock.day > first + 20)
    qtbot.keyClick(app.canvas, Qt.Key.Key_Space)
    assert not app.session.clock.playing
    stood = app.session.clock.day
    qtbot.wait(80)
    assert app.session.clock.day == stood


def test_playing_paints_dots_on_their_way(app: Application) -> None:
    app.timing.pace(0.25)
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 5, 20))).played())
    until(lambda: app.canvas.frame is not None and bool((app.canvas.frame.state == motion.TRAVELLING).any()))
    before = pixels(app.canvas)
    until(lambda: pixels(app.canvas) != before)
    app.timing.toggle()


def test_time_stops_at_the_end_with_everything_shown(app: Application) -> None:
    app.session.set_clock(app.session.clock.at(app.session.clock.span[1] - 3).played())
    until(lambda: not app.session.clock.playing)
    assert app.session.clock.at_end
    assert app.canvas.day is None
    assert app.canvas.scene is not None
    assert app.canvas.scene.header.scope.startswith("6 moves")


def test_a_click_on_the_timeline_goes_to_a_day(app: Application, qtbot: QtBot) -> None:
    chart = app.timebar.chart
    assert chart is not None
    x = round(chart.scale_shown.x(dates.day(2025, 4, 1)))
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 45))
    assert app.session.clock.day == pytest.approx(dates.day(2025, 4, 1), abs=5)
    assert app.canvas.scene is not None
    shown = dates.text(int(app.session.clock.day))
    assert app.canvas.scene.header.context.startswith(f"As of {shown}")


def test_before_the_timeline_is_there_a_slider_goes_to_a_day(frame: Frame) -> None:
    made = Application(frame, shown(Document(small()), (1200, 640), {}), play=False)
    made.timebar.slider.setValue(dates.day(2025, 4, 1))
    assert made.session.clock.day == dates.day(2025, 4, 1)
    made.close()


def test_arrows_step_from_move_to_move(app: Application, qtbot: QtBot) -> None:
    qtbot.keyClick(app.canvas, Qt.Key.Key_Home)
    assert app.session.clock.day == app.session.clock.span[0]
    days = []
    for _ in range(3):
        qtbot.keyClick(app.canvas, Qt.Key.Key_Right)
        days.append(dates.text(int(app.session.clock.day)))
    assert days == ["2024-01-01", "2025-01-01", "2025-03-01"]
    qtbot.keyClick(app.canvas, Qt.Key.Key_Left)
    assert dates.text(int(app.session.clock.day)) == "2025-01-01"
    qtbot.keyClick(app.canvas, Qt.Key.Key_End)
    assert app.session.clock.at_end


def test_what_is_kept_follows_the_menu(app: Application) -> None:
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 6, 15))))
    for name, people in (("cumulative", 4), ("window", 3), ("instant", 0)):
        act(app, f"time.mode.{name}").trigger()
        assert app.session.clock.mode is Mode(name)
        assert app.canvas.frame is not None
        assert int((app.canvas.frame.state == motion.LANDED).sum()) == people


def test_keys_change_the_window_and_the_known_by_day(app: Application, qtbot: QtBot) -> None:
    before = app.session.clock.window
    act(app, "time.window-longer").trigger()
    assert (app.session.clock.window, app.session.clock.mode) == (2 * before, Mode.WINDOW)
    for _ in range(12):
        act(app, "time.window-shorter").trigger()
    assert app.session.clock.window == 7.0
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 6, 15))))
    qtbot.keyClick(app.canvas, Qt.Key.Key_K)
    until(lambda: app.session.view.known_by == dates.day(2025, 6, 15))
    qtbot.keyClick(app.canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    until(lambda: app.session.view.known_by is None)
    settle(app)


def test_months_and_years_are_stepped(app: Application, qtbot: QtBot) -> None:
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 3, 31))))
    stepped = []
    for key, held in (
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier),
    ):
        qtbot.keyClick(app.canvas, key, held)
        stepped.append(dates.text(int(app.session.clock.day)))
    assert stepped == ["2025-02-28", "2024-02-28", "2025-02-28"]


def test_a_loop_is_set_with_two_keys_and_left_with_one(app: Application) -> None:
    for name, day in (("from", dates.day(2025, 3, 1)), ("to", dates.day(2025, 5, 1))):
        app.session.set_clock(app.session.clock.at(float(day)))
        act(app, f"time.loop-{name}").trigger()
    assert app.session.clock.repeats == (dates.day(2025, 3, 1), dates.day(2025, 5, 1))
    assert act(app, "time.loop").isChecked()
    act(app, "time.loop").trigger()
    assert app.session.clock.repeats is None


def test_time_can_be_paced_by_events(app: Application) -> None:
    act(app, "time.by-events").trigger()
    assert app.session.clock.pacing is not None
    act(app, "time.by-events").trigger()
    assert app.session.clock.pacing is None


def test_the_wheel_zooms_at_the_pointer(app: Application) -> None:
    canvas, at = app.canvas, QPointF(400, 300)
    before = canvas.camera.to_world(at.x(), at.y())
    wheel(canvas, at, 240)
    assert canvas.camera.scale == pytest.approx(1.25**2)
    assert canvas.camera.to_world(at.x(), at.y()) == pytest.approx(before)
    wheel(canvas, at, -24_000)
    assert canvas.camera.scale == pytest.approx(0.4)
    act(app, "view.fit").trigger()
    settle(app)
    assert tuple(canvas.camera) == (1.0, 0.0, 0.0)


def wheel(canvas: Canvas, at: QPointF, turn: int) -> None:
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_dragging_pans_and_never_loses_the_picture(app: Application, qtbot: QtBot) -> None:
    canvas = app.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(600, 300))
    qtbot.mouseMove(canvas, QPoint(650, 330))
    assert (canvas.camera.dx, canvas.camera.dy) == (50, 30)
    qtbot.mouseMove(canvas, QPoint(90_000, 330))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(1100, 330))
    assert canvas.camera.dx <= canvas.width() - 80
    settle(app)


def test_hovering_an_organization_lights_it_and_tells(app: Application, qtbot: QtBot) -> None:
    canvas = app.canvas
    before = pixels(canvas)
    with qtbot.waitSignal(canvas.hovered) as got:
        qtbot.mouseMove(canvas, place_of(canvas, "south"))
    assert got.args == ["organizations:south"]
    told = canvas.findChild(HoverCard)
    assert told is not None
    until(told.isVisible)
    assert told.card is not None
    assert told.card.head == "South"
    assert "came in" in told.accessibleName()
    assert pixels(canvas) != before
    qtbot.mouseMove(canvas, QPoint(3, canvas.height() - 3))
    until(lambda: not told.isVisible())


def test_hovering_a_dot_names_the_person_and_the_sources(app: Application, qtbot: QtBot) -> None:
    canvas = app.canvas
    assert canvas.frame is not None
    assert canvas.scene is not None
    assert canvas.scene.motion is not None
    keys = [canvas.scene.keys[int(canvas.scene.motion.key[row])] for row in canvas.frame.row]
    at = canvas.frame.xy[keys.index("move:st-ben-0>st-ben-1")]
    qtbot.mouseMove(canvas, QPointF(*canvas.camera.to_view(*at)).toPoint())
    told = canvas.findChild(HoverCard)
    assert told is not None
    until(told.isVisible)
    assert told.card is not None
    assert (told.card.head, told.card.notes) == ("Ben Madeup", ("The Paper, 2026-01-31",))


def test_the_card_stays_within_the_canvas(app: Application, qtbot: QtBot) -> None:
    canvas = app.canvas
    told = canvas.findChild(HoverCard)
    assert told is not None
    for organization in ("north", "south", "east", "west"):
        qtbot.mouseMove(canvas, QPoint(2, 2))
        qtbot.mouseMove(canvas, place_of(canvas, organization))
        until(lambda: told.isVisible() and told.card is not None)
        inner = told.geometry().adjusted(14, 14, -14, -14)
        assert canvas.rect().contains(inner)


def test_a_new_size_lays_the_picture_out_anew_and_keeps_the_day(app: Application) -> None:
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 6, 15))))
    app.frame.resize(900, 620)
    settle(app)
    assert app.canvas.picture is not None
    assert app.canvas.picture.options.size[0] == app.canvas.width()
    assert app.session.clock.day == dates.day(2025, 6, 15)


def test_themes_change_everything_at_once(app: Application) -> None:
    act(app, "view.theme.light").trigger()
    settle(app)
    light = app.canvas.grab().toImage().pixelColor(3, 200).lightness()
    act(app, "view.theme.dark").trigger()
    settle(app)
    dark = app.canvas.grab().toImage().pixelColor(3, 200).lightness()
    assert light > 240 > 40 > dark
    act(app, "view.theme.light").trigger()


def test_while_a_still_is_painted_the_old_one_is_shown(app: Application) -> None:
    canvas = app.canvas
    canvas.zoom(2.0, QPointF(300, 300))
    assert canvas._stills.busy
    image = canvas.grab().toImage()
    assert len({image.pixel(x, y) for x in range(100, 1100, 40) for y in range(120, 500, 40)}) > 3
    settle(app)


def test_closing_stops_everything(app: Application) -> None:
    app.timing.toggle()
    app.frame.close()
    assert not app.frame.isVisible()
    assert not app.canvas.clock.playing


def test_every_command_has_a_tip_and_keys_of_its_own() -> None:
    ids = [command.id for command in COMMANDS]
    keys = [key.lower() for command in COMMANDS for key in command.keys]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert all(command.tip and command.text for command in COMMANDS)


def test_every_command_does_something(app: Application) -> None:
    connected = [c.id for c in COMMANDS if act(app, c.id).receivers("2triggered(bool)") > 0]
    assert connected == [c.id for c in COMMANDS]


def test_controls_are_named_for_screen_readers(app: Application) -> None:
    buttons = app.timebar.findChildren(QToolButton)
    assert [b.accessibleName() for b in buttons] == ["Previous move", "Play", "Next move", "Loop"]
    assert all("(" in b.toolTip() for b in buttons)  # the key stands in the tooltip
    assert app.canvas.accessibleName() == "Flow map"


def test_a_dataset_without_moves_opens_with_time_switched_off(frame: Frame) -> None:
    from app.domain.dataset import Dataset

    data = Dataset.of()
    made = Application(frame, shown(Document(data, None, "empty.json"), SIZE, {}))
    settle(made)
    assert not made.session.clock.playing
    assert not act(made, "time.play").isEnabled()
    assert made.canvas.scene is not None
    assert made.canvas.scene.header.title == "No moves on record"
    made.close()


def test_ten_thousand_people_are_drawn_and_found(frame: Frame) -> None:
    from tests.benchmarks.synthetic import web

    data = web(20, 300, 10_000)
    made = Application(frame, shown(Document(data), (1200, 640), {}), play=False)
    settle(made)
    assert made.canvas.frame is not None
    assert np.isfinite(made.canvas.frame.xy).all()
    assert made.canvas.key_at(*place_of(made.canvas, "org-000").toTuple()) == "organizations:org-000"
    made.close()


@pytest.mark.usefixtures("qapp")
def test_type_follows_the_system_up_to_a_limit() -> None:
    font = QFont()
    try:
        for pixels, twelve in ((9, 12), (13, 12), (16, 15), (40, 19)):
            font.setPixelSize(pixels)
            chrome.follow_system(font)
            assert chrome.scaled(12) == twelve
            assert chrome.lettered(font, 12, 600).pixelSize() == twelve
    finally:
        font.setPixelSize(12)
        chrome.follow_system(font)


def test_a_screen_reader_hears_the_marks_of_the_real_window(app: Application) -> None:
    heard = QAccessible.queryAccessibleInterface(app.canvas)
    assert heard is not None
    marks = app.canvas.marks().marks
    assert heard.childCount() == len(marks) > 4
    south = next(heard.child(n) for n, mark in enumerate(marks) if mark.key == "organizations:south")
    assert south is not None
    assert south.text(QAccessible.Text.Name) == "South"
    place = south.rect().center() - app.canvas.mapToGlobal(QPoint(0, 0))
    assert (place - place_of(app.canvas, "south")).manhattanLength() <= 3
    app.session.set_focus(("organizations:south",))
    assert south.state().selected


def test_one_move_is_told_as_what_it_is(frame: Frame) -> None:
    from app.domain.lens import parse
    from app.session.view import View

    place = {"view": View(parse("person:ben from:north to:south")).state}
    opened = shown(Document(small()), (1200, 640), place)
    assert len(opened.picture.gathered.moves) == 1
    assert opened.picture.scene(None).header.title == "Ben Madeup moved from NL to South"
    assert frame.isVisible()
