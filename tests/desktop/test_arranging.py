"""Organizations are put where they shall stand: dragged in their column, or by their menu; kept in the file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.desktop.application import Application
from app.domain.views import orders
from app.pictures.standing import Standing, standings
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

Left, No = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def turn_to(app: Application, name: str) -> Standing:
    """Show a picture; its last order."""
    act(app, f"view.picture.{name}").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == name)
    settle(app)
    return standing(app)


def standing(app: Application) -> Standing:
    assert app.canvas.shown is not None
    return standings(app.canvas.shown)[-1]


def place(app: Application, one: Standing, at: int, share: float = 0.5) -> QPoint:
    """A place on a row of an order, by the share of its height; on its name."""
    x, y, w, h = one.boxes[at].tolist()
    for across in (0.5, 0.2, 0.1, 0.8, 0.05, 0.95, 0.9):
        spot = QPointF(*app.canvas.camera.to_view(x + across * w, y + share * h)).toPoint()
        assert app.canvas.shown is not None
        if app.canvas.shown.record(app.canvas.key_at(spot.x(), spot.y())) == f"organizations:{one.ids[at]}":
            return spot
    return QPointF(*app.canvas.camera.to_view(x + 0.5 * w, y + share * h)).toPoint()


def drag(app: Application, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(app.canvas, Left, No, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(app.canvas, start + (end - start) * share)
    assert app.canvas.dragging.over is not None
    QTest.mouseRelease(app.canvas, Left, No, end)


@pytest.mark.parametrize("name", ["sankey", "alluvial", "matrix"])
def test_an_organization_is_dragged_to_another_place_in_its_column(app: Application, name: str) -> None:
    before = turn_to(app, name)
    assert len(before.ids) >= 3
    last = len(before.ids) - 1
    drag(app, place(app, before, last), place(app, before, 0, 0.2))
    settle(app)
    after = standing(app)
    assert after.ids == (before.ids[last], *before.ids[:last])
    assert app.session.document is not None
    assert orders(app.session.document.dataset, name)[before.column][: len(after.ids)] == after.ids
    assert app.session.document.past[-1].name.startswith("Order: ")
    app.session.undo()
    settle(app)
    assert orders(app.session.document.dataset, name) == {}


def test_an_organization_that_is_let_go_where_it_was_stays(app: Application) -> None:
    before = turn_to(app, "sankey")
    start = place(app, before, 0)
    QTest.mousePress(app.canvas, Left, No, start)
    for move in (QPoint(0, 40), QPoint(0, 20), QPoint(0, 1)):
        QTest.mouseMove(app.canvas, start + move)
    QTest.mouseRelease(app.canvas, Left, No, start + QPoint(0, 1))
    settle(app)
    assert standing(app).ids == before.ids
    assert app.session.document is not None
    assert not app.session.document.past


@pytest.mark.parametrize("name", ["sankey", "chord"])
def test_the_menu_of_an_organization_orders_it_and_lets_the_layout_order_again(app: Application, name: str) -> None:
    before = turn_to(app, name)
    entries = offered(app, f"organizations:{before.ids[1]}")
    words = [word for word in entries if word.startswith("Up")]
    entries[words[-1]].trigger()
    settle(app)
    assert standing(app).ids[:2] == (before.ids[1], before.ids[0])
    entries = offered(app, f"organizations:{before.ids[1]}")
    assert not entries[words[-1]].isEnabled(), "it is the first"
    assert entries["As the layout has it"].isEnabled()
    entries["As the layout has it"].trigger()
    settle(app)
    assert app.session.document is not None
    assert orders(app.session.document.dataset, name) == {}
    assert offered(app, "people:ann") == {}


def offered(app: Application, key: str) -> dict[str, QAction]:
    """What the menu of a key offers about orders, by its words."""
    menu = QMenu(app.canvas)
    app.arranging.offer(menu, key)
    submenus = [action.menu() for action in menu.actions()]
    found = [action for sub in submenus if isinstance(sub, QMenu) for action in sub.actions()]
    return {action.text().replace("&", ""): action for action in found if action.text()}
