"""What screen readers see of painted marks."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desktop import accessible, accessible_marks
from app.desktop.canvas import Canvas
from app.pictures.shown import MapShown
from app.pictures.twin import twin
from app.scene.camera import Camera
from app.scene.twin import NOTHING, Rectangle, Twin
from tests.desktop.painted import FLOW, OTHER, TWIN, A, B, Painted
from tests.desktop.waiting import until
from tests.pictures.made import fixed, flow_map

Event, Role, Text = QAccessible.Event, QAccessible.Role, QAccessible.Text


def seen(widget: QWidget) -> QAccessibleInterface:
    """The widget as a reader sees it."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def names(widget: QWidget) -> list[str]:
    return [seen(widget).child(n).text(Text.Name) for n in range(seen(widget).childCount())]


@pytest.fixture
def painted(qtbot: QtBot) -> Painted:
    widget = Painted()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Event, str]]]:
    """Events with the names of what they are about, told while somebody listens."""
    events: list[tuple[Event, str]] = []

    def note(event: QAccessibleEvent) -> None:
        about = event.accessibleInterface()
        events.append((event.type(), about.text(Text.Name) if about is not None else ""))

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    QAccessible.setActive(True)
    yield events
    QAccessible.setActive(False)


def test_a_painted_widget_is_a_list_of_its_marks(painted: Painted) -> None:
    own = seen(painted)
    assert own.role() is Role.List
    assert own.text(Text.Name) == "Flow map"
    assert own.text(Text.Description) == TWIN.title
    assert own.childCount() == 3
    assert names(painted) == ["A", "B", "A to B, 2 people"]
    assert [own.child(n).role() for n in range(3)] == [Role.ListItem] * 3
    assert own.child(2).text(Text.Description) == "2 confirmed"
    assert own.child(2).text(Text.Help) == ""
    assert own.child(3) is None
    assert own.child(-1) is None


def test_a_description_of_the_widget_itself_comes_before_the_title(painted: Painted) -> None:
    painted.setAccessibleDescription("A map")
    assert seen(painted).text(Text.Description) == "A map"


def test_marks_know_their_parent_their_place_in_it_and_their_window(painted: Painted) -> None:
    own = seen(painted)
    for n in range(3):
        child = own.child(n)
        assert child.isValid()
        assert child.childCount() == 0
        assert child.parent() is own
        assert own.indexOfChild(child) == n
        assert own.child(n) is child
        assert child.window() is painted.windowHandle()
    assert own.indexOfChild(own) == -1


def test_a_mark_of_another_widget_is_no_child(painted: Painted, qtbot: QtBot) -> None:
    other = Painted()
    qtbot.addWidget(other)
    assert seen(painted).indexOfChild(seen(other).child(0)) == -1
    assert seen(other).child(0) is not seen(painted).child(0)


def test_rectangles_are_places_on_the_screen_and_move_with_the_camera(painted: Painted) -> None:
    mark = seen(painted).child(0)
    assert mark.rect() == QRect(painted.mapToGlobal(QPoint(10, 10)), painted.mapToGlobal(QPoint(29, 29)))
    assert not mark.state().offscreen
    painted.shift = QPoint(500, 0)
    assert mark.rect().topLeft() == painted.mapToGlobal(QPoint(510, 10))
    assert mark.state().offscreen


def test_a_point_finds_the_organization_above_the_flow(painted: Painted) -> None:
    own = seen(painted)

    def at(x: int, y: int) -> str:
        place = painted.mapToGlobal(QPoint(x, y))
        found = own.childAt(place.x(), place.y())
        return found.text(Text.Name) if found is not None else ""

    assert at(20, 20) == "A"
    assert at(50, 40) == "A to B, 2 people"
    assert at(110, 90) == ""


def test_selection_and_focus_are_states(painted: Painted) -> None:
    own = seen(painted)
    a, b = own.child(0), own.child(1)
    assert a.state().selectable
    assert a.state().focusable
    painted.select(B.key)
    assert (a.state().selected, b.state().selected) == (0, 1)
    painted.travel(A.key)
    painted.activateWindow()
    painted.setFocus()
    until(painted.hasFocus)
    assert (a.state().focused, b.state().focused) == (1, 0)
    assert own.focusChild() is a
    painted.travel("")
    assert own.focusChild() is not a
    painted.hide()
    assert a.state().invisible


def test_a_reader_selects_through_the_list(painted: Painted) -> None:
    own = seen(painted)
    chosen = own.selectionInterface()
    assert chosen.selectedItemCount() == 0
    assert chosen.selectedItem(0) is None
    assert chosen.select(own.child(2))
    assert painted.selection == (FLOW.key,)
    assert chosen.selectedItems() == [own.child(2)]
    assert chosen.selectedItem(0) is own.child(2)
    assert chosen.isSelected(own.child(2))
    assert not chosen.isSelected(own.child(0))
    assert not chosen.unselect(own.child(0))
    assert chosen.unselect(own.child(2))
    assert painted.selection == ()
    assert not chosen.selectAll()


def test_pressing_a_mark_selects_it_and_focus_goes_to_it(painted: Painted) -> None:
    action = seen(painted).child(2).actionInterface()
    assert action.actionNames() == ["Press", "SetFocus"]
    action.doAction("Press")
    assert painted.selection == (FLOW.key,)
    action.doAction("SetFocus")
    assert painted.travelled == FLOW.key
    action.doAction("Fly")
    assert painted.selection == (FLOW.key,)


@pytest.mark.parametrize("kind", ["textInterface", "valueInterface", "tableCellInterface", "attributesInterface"])
def test_what_is_not_offered_is_none(painted: Painted, kind: str) -> None:
    assert getattr(seen(painted), kind)() is None
    assert getattr(seen(painted).child(0), kind)() is None


def test_a_mark_held_while_the_picture_changes_is_invalid_until_it_comes_back(painted: Painted) -> None:
    own = seen(painted)
    a, b = own.child(0), own.child(1)
    painted.twin = OTHER
    accessible.told_changed(painted)
    assert names(painted) == ["C", "B"]
    assert not a.isValid()
    assert a.state().invalid
    assert (a.text(Text.Name), a.rect()) == ("", QRect())
    assert own.indexOfChild(a) == -1
    assert own.child(1) is b
    painted.twin = TWIN
    assert a.isValid()
    assert own.child(0) is a
    painted.twin = NOTHING
    assert own.childCount() == 0
    assert not b.isValid()


@pytest.mark.usefixtures("qapp")
def test_a_mark_held_while_its_widget_is_deleted_is_handed_back() -> None:
    widget = Painted()
    own = seen(widget)
    marks = [own.child(n) for n in range(3)]
    press = marks[0].actionInterface()
    numbers = [QAccessible.uniqueId(mark) for mark in (own, *marks)]
    shiboken6.delete(widget)
    assert [QAccessible.accessibleInterface(number) for number in numbers] == [None] * 4
    assert not any(shiboken6.isValid(mark) for mark in marks)
    press.doAction("Press")


def test_widgets_come_and_go_without_a_trace(qtbot: QtBot) -> None:
    for _ in range(50):
        top = QWidget()
        widget = Painted(parent=top)
        assert names(widget) == ["A", "B", "A to B, 2 people"]
        widget.pressed.connect(widget.note)
        assert seen(widget).child(0).parent() is seen(widget)
        del widget, top
        gc.collect()
    last = Painted()
    qtbot.addWidget(last)
    seen(last)
    assert len(accessible_marks._marks) == 0
    assert len(accessible_marks._widgets) == 1


def test_a_widget_stays_one_list_after_a_signal_was_connected_to_a_method(painted: Painted) -> None:
    before = seen(painted).child(0)
    painted.pressed.connect(painted.note)
    own = seen(painted)
    assert own.role() is Role.List
    assert own.child(0) is before
    assert before.parent() is own
    assert own.indexOfChild(before) == 0


def test_other_widgets_are_as_ever(qtbot: QtBot) -> None:
    plain = QWidget()
    qtbot.addWidget(plain)
    assert seen(plain).role() is not Role.List
    accessible.install(Painted)
    assert names(Painted(OTHER)) == ["C", "B"]


def test_events_tell_focus_selection_and_change(painted: Painted, told: list[tuple[Event, str]]) -> None:
    painted.travel(B.key)
    painted.select(FLOW.key)
    painted.select("")
    painted.travel("")
    assert told == [
        (Event.Focus, "B"),
        (Event.Selection, "A to B, 2 people"),
        (Event.SelectionWithin, "Flow map"),
        (Event.Focus, "Flow map"),
    ]
    painted.travel(B.key)
    told.clear()
    painted.twin = OTHER
    accessible.told_changed(painted)
    assert told == [
        (Event.DescriptionChanged, "Flow map"),
        (Event.NameChanged, "B"),
        (Event.DescriptionChanged, "B"),
    ]
    told.clear()
    accessible.announce(painted, "3 moves match")
    accessible.announce(painted, "")
    accessible.told_focus(painted, A.key)  # not in this picture
    assert told == [(Event.Announcement, "Flow map")]


def test_nothing_is_told_while_nobody_listens(painted: Painted, told: list[tuple[Event, str]]) -> None:
    QAccessible.setActive(False)
    painted.travel(B.key)
    painted.select(FLOW.key)
    accessible.told_changed(painted)
    accessible.announce(painted, "unheard")
    assert told == []


class Mapped(Canvas):
    """The real canvas, made to satisfy `Marked`."""

    _twin = NOTHING
    chosen: tuple[str, ...] = ()
    travelled = ""

    @property
    def selection(self) -> tuple[str, ...]:
        return self.chosen

    def marks(self) -> Twin:
        if self.picture is not None and self.scene is not None:
            self._twin = twin(self.picture, self.scene, self.day)
        return self._twin

    def place(self, box: Rectangle) -> QRect:
        x0, y0 = self.camera.to_view(box[0], box[1])
        x1, y1 = self.camera.to_view(box[0] + box[2], box[1] + box[3])
        corners = (self.mapToGlobal(QPointF(x, y)).toPoint() for x, y in ((x0, y0), (x1, y1)))
        return QRect(*corners)

    def select(self, key: str) -> None:
        self.chosen = (key,) if key else ()

    def travel(self, key: str) -> None:
        self.travelled = key


accessible.install(Mapped)


@pytest.fixture
def mapped(qtbot: QtBot) -> Iterator[Mapped]:
    canvas = Mapped()
    qtbot.addWidget(canvas)
    canvas.resize(1200, 800)
    canvas.show_picture(MapShown(fixed, flow_map(size=(1200.0, 800.0))))
    with qtbot.waitExposed(canvas):
        canvas.show()
    until(lambda: not canvas._timer.isActive())
    yield canvas
    until(lambda: not canvas._timer.isActive())


def test_the_canvas_lists_organizations_flows_and_relations(mapped: Mapped) -> None:
    assert names(mapped) == [
        "NL",
        "South",
        "East",
        "West",
        "NL to South, 3 people",
        "NL to East, 1 person",
        "South to NL, 1 person",
        "East to West, 1 person",
        "NL and South",
    ]
    own = seen(mapped)
    assert own.text(Text.Description).startswith("Most people joined South (3)")
    own.child(4).actionInterface().doAction("Press")
    assert mapped.chosen == ("flow:north>south",)
    assert own.child(4).state().selected


def test_marks_of_the_canvas_follow_its_camera(mapped: Mapped) -> None:
    picture = mapped.picture
    assert picture is not None
    south = seen(mapped).child(1)
    x, y = picture.layout.xy[picture.layout.ids.index("south")]
    middle = mapped.mapToGlobal(QPointF(x, y)).toPoint()
    assert (south.rect().center() - middle).manhattanLength() <= 2
    assert seen(mapped).childAt(middle.x(), middle.y()) is south
    width = south.rect().width()
    mapped.set_camera(Camera(2.0, -float(x), -float(y)))
    assert abs(south.rect().width() - 2 * width) <= 2
    assert (south.rect().center() - middle).manhattanLength() <= 3


def test_a_mark_of_the_canvas_is_held_while_the_picture_changes(mapped: Mapped) -> None:
    own = seen(mapped)
    west, south = own.child(3), own.child(1)
    mapped.show_picture(MapShown(fixed, flow_map(size=(1200.0, 800.0), top=2)))
    assert not west.isValid()
    assert south.isValid()
    assert own.indexOfChild(south) == 1
    assert own.childCount() == 5


AT_EXIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from tests.desktop.painted import TWIN, OTHER, Painted

app = QApplication([])
QAccessible.setActive(True)
held, widgets = [], []
for n in range(20):
    widget = Painted()
    widget.show()
    own = QAccessible.queryAccessibleInterface(widget)
    held += [own, *(own.child(i) for i in range(3))]
    held += [item.actionInterface() for item in held[-3:]]
    widget.travel(TWIN.marks[n % 3].key)
    widget.twin = OTHER
    widget.pressed.connect(widget.note)
    held.append(QAccessible.queryAccessibleInterface(widget))
    if n % 2:
        widgets.append(widget)
{end}
"""


@pytest.mark.parametrize(
    "end",
    [
        "",
        "sys.exit(0)",
        "QTimer.singleShot(0, app.quit); app.exec()",
        "app.shutdown()",
        "del app",
        "held.clear()",
        "widgets.clear(); app.shutdown()",
    ],
)
def test_a_program_ends_well_with_interfaces_in_hand(end: str) -> None:
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", AT_EXIT.replace("{end}", end)],
        cwd=root, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
