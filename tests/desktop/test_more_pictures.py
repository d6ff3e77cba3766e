"""The other pictures of moves in the window: each is shown, says what lies where, follows the clock, is exported."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from app.desktop.application import Application
from app.desktop.export import whole
from app.desktop.lensbar import ASKED
from app.domain import dates
from app.pictures.shown_careers import CareersShown
from app.session.view import SEATED, Picture, View
from tests.desktop.driving import settle, turn_to
from tests.desktop.waiting import until

OTHERS = [name for name in get_args(Picture) if name not in (*SEATED, "flowmap")]
ON_A_DAY = [name for name in OTHERS if name != "compare"]  # which is of two days of its own


@pytest.mark.parametrize("name", OTHERS)
def test_each_picture_is_shown_and_what_lies_there_is_selected(app: Application, name: str) -> None:
    turn_to(app, name)
    shown, scene = app.canvas.shown, app.canvas.scene
    assert shown is not None
    assert scene is not None
    assert scene.header.title
    places = app.canvas.marks().places
    assert places
    known = ("people:", "organizations:", "flow:", "move:", "relations:", "claims:")
    mark = next(mark for mark in places if mark.key.startswith(known))
    app.session.set_focus((mark.key,))
    assert shown.lit(scene, (mark.key,))
    assert app.evidence.evidence is not None


@pytest.mark.parametrize("name", ON_A_DAY)
def test_each_picture_follows_the_clock_and_can_be_exported(app: Application, name: str) -> None:
    turn_to(app, name)
    app.session.set_clock(app.session.clock.paused().at(float(dates.day(2024, 6))))
    settle(app)
    current = app.current()
    assert current is not None
    assert current.shown.view == name
    scene = whole(current, (900, 600))
    assert scene.size == (900.0, 600.0)
    assert "2024-06-01" in scene.header.context


@pytest.mark.parametrize("name", OTHERS)
def test_each_picture_is_asked_what_it_can_answer(app: Application, name: str) -> None:
    turn_to(app, name)
    bar = app.lensbar
    shown = {word for word, part in bar._parts.items() if not part.isHidden()}
    assert shown == set(ASKED[name])


def test_a_picture_is_kept_with_its_choices_and_another_one_keeps_its_own(app: Application) -> None:
    turn_to(app, "careers")
    bar = app.lensbar
    bar.group.setCurrentIndex(bar.group.findData("present"))
    bar.group.activated.emit(bar.group.currentIndex())
    until(lambda: app.session.view.group == "present")
    settle(app)
    assert View.restored(app.session.view.state) == app.session.view
    turn_to(app, "timeline")  # which knows no such groups, and takes its own
    assert app.banner.text == "" or not app.banner.isVisible()
    turn_to(app, "alluvial")
    bar.period.setCurrentIndex(bar.period.findData(12))
    bar.period.activated.emit(bar.period.currentIndex())
    until(lambda: app.session.view.months == 12)


def test_careers_are_scrolled_with_the_wheel(app: Application) -> None:
    turn_to(app, "careers")
    app.canvas.resize(app.canvas.width(), app.canvas.height())
    assert isinstance(app.canvas.shown, CareersShown)
    before, middle = app.canvas.camera, QPointF(app.canvas.rect().center())
    for keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        event = QWheelEvent(
            middle, app.canvas.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        app.canvas.wheelEvent(event)
        assert (app.canvas.camera.scale == before.scale) == (keys == Qt.KeyboardModifier.NoModifier)
