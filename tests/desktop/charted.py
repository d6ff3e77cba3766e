"""The chart of a made-up organization in the window: what it holds, and where on the canvas it lies."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.canvas import Canvas
from app.layout.tree import NONE
from app.pictures.chart_levels import FOLD_SIZES
from app.pictures.chart_world import FOLD
from app.pictures.shown_seats import ChartShown
from app.render.widths import measure
from app.scene.camera import Camera
from tests.desktop.driving import settle
from tests.pictures.bodies import Body
from tests.pictures.bodies import seen as boxes_seen

BODY = Body(
    units=(NONE, 0, NONE),
    seats=(
        (NONE, NONE, True), (NONE, 0, True), (NONE, 0, True), (0, 1, True), (0, 1, False), (0, 2, True),
        (NONE, 3, True), (NONE, 6, True), (NONE, NONE, True),
    ),
    people=(frozenset({0}), frozenset({1}), frozenset({1, 2}), frozenset({NONE})),
)  # fmt: skip
"""A head (seat 0), below it seats 1 and 2; below 1 seats 3 and 4, which is open; below 2 seat 5; below 3 a chain of 6
and 7; seat 8 and four people without a line, in the body, its units 0 and 2 and unit 1 within unit 0."""
HEAD, FIRST, SECOND, DEEPEST_SEAT = "seats:s000", "seats:s001", "seats:s002", "seats:s007"


def charted(app: Application) -> ChartShown:
    """The organization chart on the canvas."""
    assert isinstance(app.canvas.shown, ChartShown)
    return app.canvas.shown


def seen(app: Application) -> set[str]:
    """The keys of the boxes that are not folded away."""
    return set(boxes_seen(charted(app).world_of))


def look_at(app: Application, key: str, scale: float = 1.0) -> None:
    """Move what stands for a key to the middle of the canvas."""
    x, y, canvas = *_middle(app, key), app.canvas
    canvas.set_camera(Camera(scale, canvas.width() / 2 - x * scale, canvas.height() / 2 - y * scale))
    settle(app)


def box_at(app: Application, key: str) -> QPoint:
    """Where the middle of what stands for a key lies on the canvas."""
    return QPointF(*app.canvas.camera.to_view(*_middle(app, key))).toPoint()


def _middle(app: Application, key: str) -> tuple[float, float]:
    shown = charted(app)
    box = shown.box_of(shown.made, (key,))
    assert box is not None, f"{key} is not seen"
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def fold_at(canvas: Canvas, key: str) -> QPoint:
    """Where what folds a box or unit lies on the canvas."""
    assert isinstance(canvas.shown, ChartShown)
    fold = next(fold for fold in canvas.shown.world_of.folds if fold.key == FOLD + key)
    size = next(size for low, high, size in FOLD_SIZES if low <= canvas.camera.scale < high)
    left, top, wide, high = fold.box(measure, size)
    return QPointF(*canvas.camera.to_view(left + wide / 2, top + high / 2)).toPoint()


def click_fold(
    app: Application, qtbot: QtBot, key: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Go to a box or unit and click what folds it."""
    look_at(app, key)
    qtbot.mouseClick(app.canvas, Qt.MouseButton.LeftButton, held, fold_at(app.canvas, key))
    settle(app)


def entries(app: Application, key: str) -> dict[str, QAction]:
    """What the menu of a mark offers, by its words."""
    app.canvas.menu_wanted.emit(key, QPoint(5, 5))
    menu = next(menu for menu in app.canvas.findChildren(QMenu) if menu.isVisible())
    menu.hide()
    return {action.text().replace("&", ""): action for action in menu.actions()}
