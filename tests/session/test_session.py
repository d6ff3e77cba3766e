"""One window's state: signals, and where one has looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.lens import parse
from app.scene.camera import Camera
from app.session.clock import Clock, Mode
from app.session.document import Document
from app.session.session import Session
from app.session.view import View
from tests.pictures.made import small


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    """A session on the small dataset, standing on a day."""
    made = Session(qapp)
    made.set_document(Document(small()))
    made.set_clock(Clock(100.0, (0.0, 200.0)))
    made.forget_trail()
    yield made
    made.close()


def test_only_a_change_is_told(session: Session, qtbot: QtBot) -> None:
    for signal, same in (
        (session.clock_changed, lambda: session.set_clock(session.clock)),
        (session.view_changed, lambda: session.set_view(View())),
        (session.focus_changed, lambda: session.set_focus(("", ""))),
        (session.camera_changed, lambda: session.set_camera(session.camera)),
        (session.document_changed, session.undo),
    ):
        with qtbot.assertNotEmitted(signal):
            same()
    with qtbot.waitSignal(session.focus_changed) as told:
        session.set_focus(("a", "b", "a"))
    assert told.args == [("a", "b")]


def test_back_leads_to_where_one_looked_and_forward_again(session: Session) -> None:
    lens = View(lens=parse("from:north"))
    session.set_view(lens)
    session.set_focus(("organizations:north",))
    session.note()
    session.set_camera(Camera(2.0, 5.0, 5.0))
    session.set_clock(replace(session.clock, mode=Mode.WINDOW).at(50.0))
    session.back()  # what was looked at last need not have been looked at for long
    assert (session.view, session.focus, session.camera.scale) == (lens, ("organizations:north",), 1.0)
    assert (session.clock.day, session.clock.mode) == (100.0, Mode.CUMULATIVE)
    session.back()
    assert (session.view, session.focus) == (View(), ())
    session.forward()
    session.forward()
    assert (session.clock.day, session.clock.mode, session.camera) == (50.0, Mode.WINDOW, Camera(2.0, 5.0, 5.0))
    assert not session.trail.can_go_forward


def test_a_picture_that_comes_late_is_no_step_of_its_own(session: Session) -> None:
    whole, near = Camera(0.4, 20.0, 90.0), Camera(2.0, 5.0, 5.0)
    session.set_view(View(picture="orgchart"))
    session.note()  # one has rested there before the picture was made
    session.arrive(whole)
    assert (session.camera, len(session.trail.places)) == (whole, 2)
    session.set_camera(near)
    session.back()
    session.back()
    session.forward()
    assert (session.view.picture, session.camera) == ("orgchart", whole)
    session.set_view(View())
    session.arrive(near)  # not noted yet: it is when one has rested
    assert session.trail.here is not None
    assert session.trail.here.camera == whole
    session.note()
    assert session.trail.here.camera == near


def test_where_back_leads_is_told_when_all_of_it_is(session: Session, qtbot: QtBot) -> None:
    session.set_view(View(net=True))
    session.set_focus(("people:ben",))
    with qtbot.waitSignal(session.went) as told:
        session.back()
    assert told.args == [session.place]
    assert session.focus == ()
    with qtbot.assertNotEmitted(session.went):
        session.back()  # there is nothing before


def test_time_that_runs_is_no_place(session: Session) -> None:
    session.set_clock(session.clock.played())
    for _ in range(3):
        session.set_clock(session.clock.after(0.1))
        session.note()
    assert len(session.trail.places) == 1
    session.back()
    assert not session.clock.playing
    assert session.clock.day == 100.0


def test_a_place_is_remembered_after_a_rest(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.trail_changed, timeout=5_000):
        session.set_focus(("organizations:north",))
    assert session.trail.can_go_back


def test_without_a_document_there_is_nothing_to_walk(qapp: QApplication) -> None:
    empty = Session(qapp)
    empty.set_focus(("a",))
    empty.back()
    empty.undo()
    empty.redo()
    assert empty.trail.places == ()
    empty.close()
