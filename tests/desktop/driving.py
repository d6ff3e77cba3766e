"""Driving the window in tests: find things, act, wait until the picture stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.desktop.application import Application
from app.desktop.canvas import Canvas
from tests.desktop.waiting import until

SIZE = (1200, 800)


def settle(app: Application) -> None:
    """Until the picture stands crisp at the canvas' own size."""

    def stands() -> bool:
        canvas, still = app.canvas, app.canvas._stills
        fits = canvas.shown is not None and canvas.shown.size == (float(canvas.width()), float(canvas.height()))
        stands = canvas._glide is None and canvas._change is None and not still.busy
        crisp = still.shown is not None and still.shown.scene is canvas.scene
        return fits and stands and crisp and not app.jobs.busy and not app.drawing._settle.isActive()

    until(stands)


def place_of(canvas: Canvas, organization: str) -> QPoint:
    """Where an organization stands on the widget."""
    assert canvas.picture is not None
    xy = canvas.picture.layout.xy[canvas.picture.layout.ids.index(organization)]
    return QPointF(*canvas.camera.to_view(*xy)).toPoint()


def pixels(widget: QWidget) -> bytes:
    """What is on a widget."""
    image = widget.grab().toImage()  # held, for its bits do not hold it
    return bytes(image.constBits())


def act(app: Application, name: str) -> QAction:
    """The action of a command."""
    return app.frame.actions_by_id[name]


def turn_to(app: Application, name: str) -> None:
    """Show a picture."""
    act(app, f"view.picture.{name}").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == name)
    settle(app)
