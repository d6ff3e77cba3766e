"""What the pointer and the keyboard do on the canvas."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.camera import Reach, around
from app.desktop.canvas import Canvas
from app.desktop.contextmenu import Deeds, flows_of, menu
from app.domain.views import pins
from app.pictures.flowmap import VIEW
from app.scene.camera import HOME, Camera
from app.scene.glide import Glide
from tests.desktop.driving import act, pixels, place_of, settle
from tests.desktop.waiting import until

Left, No = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Shift, Ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def canvas(app: Application) -> Canvas:
    """The canvas, with the evidence open so that its size stays."""
    act(app, "view.evidence").trigger()
    settle(app)
    return app.canvas


def pinned(app: Application) -> dict[str, tuple[float, float]]:
    assert app.session.document is not None
    return pins(app.session.document.dataset, VIEW)


def drag(qtbot: QtBot, canvas: Canvas, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = No) -> None:
    qtbot.mousePress(canvas, Left, held, start)
    for share in (0.3, 0.7, 1.0):
        at = QPointF(start) + (QPointF(end) - QPointF(start)) * share
        move(canvas, at, held)
    qtbot.mouseRelease(canvas, Left, held, end)


def move(canvas: Canvas, at: QPointF, held: Qt.KeyboardModifier) -> None:
    """QTest's own moves carry no modifiers."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(QEvent.Type.MouseMove, at, QPointF(canvas.mapToGlobal(at)), Qt.MouseButton.NoButton, Left, held)
    QApplication.sendEvent(canvas, event)


def test_ctrl_adds_and_takes_away(app: Application, canvas: Canvas, qtbot: QtBot) -> None:
    qtbot.mouseClick(canvas, Left, No, place_of(canvas, "south"))
    qtbot.mouseClick(canvas, Left, Ctrl, place_of(canvas, "north"))
    assert app.session.focus == ("organizations:south", "organizations:north")
    assert app.evidence.evidence is not None
    assert app.evidence.evidence.head == "2 selected"
    qtbot.mouseClick(canvas, Left, Ctrl, place_of(canvas, "south"))
    assert app.session.focus == ("organizations:north",)


def test_a_band_selects_what_it_touches(app: Application, canvas: Canvas, qtbot: QtBot) -> None:
    size = canvas.size()
    drag(qtbot, canvas, QPoint(8, 100), QPoint(size.width() - 8, size.height() - 8), Shift)
    kinds = {key.partition(":")[0] for key in app.session.focus}
    assert {"organizations", "flow"} <= kinds
    assert {"organizations:north", "organizations:south"} <= set(app.session.focus)
    assert tuple(canvas.camera) == tuple(HOME)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert app.session.focus == ()


def test_an_organization_is_dragged_and_pinned_in_one_step_that_can_be_undone(
    app: Application, canvas: Canvas, qtbot: QtBot
) -> None:
    before = place_of(canvas, "south")
    drag(qtbot, canvas, before, before + QPoint(60, 30))
    assert set(pinned(app)) == {"south"}
    settle(app)
    after = place_of(canvas, "south")
    assert (after - before - QPoint(60, 30)).manhattanLength() <= 3
    act(app, "edit.undo").trigger()
    assert pinned(app) == {}
    settle(app)


def test_a_drag_that_is_given_up_changes_nothing(app: Application, canvas: Canvas, qtbot: QtBot) -> None:
    at = place_of(canvas, "south")
    qtbot.mousePress(canvas, Left, No, at)
    move(canvas, QPointF(at + QPoint(40, 40)), No)
    carried = pixels(canvas)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert pixels(canvas) != carried
    qtbot.mouseRelease(canvas, Left, No, at + QPoint(40, 40))
    assert pinned(app) == {}
    assert app.session.focus == ()


def test_what_is_dragged_out_stays_in_the_map(app: Application, canvas: Canvas, qtbot: QtBot) -> None:
    drag(qtbot, canvas, place_of(canvas, "south"), QPoint(canvas.width() + 400, -300))
    assert pinned(app)["south"] == (1.0, 0.0)
    settle(app)


@pytest.mark.usefixtures("canvas")
def test_unpinning_lets_the_layout_place_it(app: Application) -> None:
    app.pinning.pin_here("south")
    app.pinning.pin_here("north")
    assert set(pinned(app)) == {"south", "north"}
    app.pinning.unpin(frozenset({"south"}))
    assert set(pinned(app)) == {"north"}
    act(app, "edit.unpin").trigger()
    assert pinned(app) == {}
    settle(app)


def texts(made: QMenu) -> list[str]:
    return [a.text().replace("&", "") for a in made.actions() if not a.isSeparator()]


def test_every_mark_has_a_menu_that_fits_it(app: Application, canvas: Canvas) -> None:
    assert canvas.picture is not None
    assert canvas.shown is not None
    done: list[object] = []

    def turned(picture: str, organization: str) -> None:
        done.append((picture, organization))

    once = [done.append] * 5
    deeds = Deeds(*once, turned, *[done.append] * 6)
    south = menu(canvas, app.frame.actions_by_id, canvas.shown, "organizations:south", deeds)
    assert texts(south) == [
        "Says who?", "Go there", "Only this", "Record a move …", "Edit this organization …",
        "Delete this organization …", "Organization chart", "Build-out", "Select flows in", "Select flows out",
        "Pin here", "Copy the name",
    ]  # fmt: skip
    for action in south.actions():
        action.trigger()
    assert ("organizations:south",) in done
    assert flows_of(canvas.picture, "south", 1) in done
    assert {("orgchart", "south"), ("buildout", "south")} <= set(done)
    assert "south" in done
    assert "South" in done
    flow = menu(canvas, app.frame.actions_by_id, canvas.shown, "flow:north>south", deeds)
    assert texts(flow) == ["Says who?", "Go there", "Only this", "Record a move …", "Copy the name"]
    ground = menu(canvas, app.frame.actions_by_id, canvas.shown, "", deeds)
    assert "Fit" in texts(ground)
    for made in (south, flow, ground):
        made.deleteLater()


def test_the_menu_is_asked_for_where_the_pointer_is(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.menu_wanted.disconnect()
    at = place_of(canvas, "south")
    with qtbot.waitSignal(canvas.menu_wanted) as told:
        QApplication.sendEvent(canvas, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at)))
    assert told.args[0] == "organizations:south"


@pytest.mark.usefixtures("canvas")
def test_only_the_selection_filters_by_it(app: Application) -> None:
    assert not act(app, "view.keep").isEnabled()
    app.session.set_focus(("flow:north>south",))
    act(app, "view.keep").trigger()
    until(lambda: str(app.session.view.lens) == "from:north to:south")
    app.session.set_focus(("people:ben",))
    act(app, "view.keep").trigger()
    until(lambda: str(app.session.view.lens) == "person:ben")
    settle(app)


def test_a_person_selected_anywhere_is_lit_on_the_map(app: Application, canvas: Canvas) -> None:
    before = pixels(canvas)
    app.session.set_focus(("people:ben",))
    assert pixels(canvas) != before
    assert app.evidence.evidence is not None
    assert app.evidence.evidence.head == "Ben Madeup"


def test_going_to_the_selection_brings_it_into_sight(app: Application, canvas: Canvas) -> None:
    app.session.set_focus(("organizations:south",))
    act(app, "view.centre").trigger()
    settle(app)
    assert canvas.camera.scale > 1.2
    assert canvas.rect().contains(place_of(canvas, "south"))
    assert app.session.camera == canvas.camera


def test_the_keyboard_travels_and_selects(app: Application, canvas: Canvas, qtbot: QtBot) -> None:
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    day = app.session.clock.day
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    first = canvas.travelled
    assert first.startswith("organizations:")
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.travelled not in ("", first)
    assert app.session.clock.day == day
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert app.session.focus == (canvas.travelled,)
    assert not app.session.clock.playing
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.travelled == ""


def test_where_motion_is_reduced_time_goes_in_steps_and_the_camera_jumps(app: Application, canvas: Canvas) -> None:
    act(app, "view.still").trigger()
    assert canvas.reduced
    assert app.frame.settings.still
    act(app, "view.zoom-in").trigger()
    assert canvas.camera.scale == pytest.approx(1.25)
    app.session.set_clock(app.session.clock.at(app.session.clock.span[0]).played())
    assert canvas.frame is not None
    still = canvas.frame.xy.tolist()
    app.session.set_clock(app.session.clock.after(0.02))
    assert canvas.frame.xy.tolist() == still
    app.timing.pause()
    settle(app)


def test_a_glide_begins_and_ends_where_it_shall_and_is_smooth() -> None:
    size = (1000.0, 600.0)
    for start, end in ((HOME, Camera(4, -1500, -800)), (Camera(4, -100, -200), Camera(4, -1500, -800)), (HOME, HOME)):
        glide = Glide(start, end, size)
        assert glide.at(0.0) == pytest.approx(start, abs=1e-6)
        assert glide.at(1.0) == end
        assert 0.3 <= glide.seconds <= 0.9
        scales = [glide.at(n / 50).scale for n in range(51)]
        assert max(abs(b / a - 1) for a, b in pairwise(scales)) < 0.2


def test_a_box_is_shown_in_the_middle() -> None:
    reach = Reach((0, 0, 1000, 600), HOME, 12.0)
    camera = around((100, 100, 300, 200), (1000, 600), reach)
    assert camera.to_view(200, 150) == pytest.approx((500, 300))
    assert around((0, 0, 1, 1), (1000, 600), reach).scale == 3.0


def test_what_is_selected_is_lit_while_the_picture_of_another_day_is_still_shown(
    app: Application, canvas: Canvas
) -> None:
    app.session.set_clock(app.session.clock.at(app.session.clock.span[0]))
    settle(app)
    old = canvas._stills.shown
    assert old is not None
    app.session.set_clock(app.session.clock.at(app.session.clock.span[1]))
    assert canvas.scene is not None
    assert canvas._stills.shown is old
    only_now = [key for key in canvas.scene.keys if key not in old.scene.keys]
    app.session.set_focus((*canvas.scene.keys[-6:], *only_now[-1:], "people:ben", "organizations:south"))
    for still in (old, None):
        canvas.grab()  # with rows of the wrong Scene this would light other marks, or none at all
        rows = canvas._levels(still.scene if still is not None else canvas.scene)
        assert all(0 <= row < len((still.scene if still is not None else canvas.scene).keys) for row in rows)
    settle(app)
