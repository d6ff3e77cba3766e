"""Small multiples in the window: one key there and back, the clock, a tile, what is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.desktop.application import Application
from app.desktop.export import whole
from app.domain import dates
from app.domain.removing import removal
from app.pictures.multiples_kinds import KINDS
from app.pictures.shown_multiples import MultiplesShown
from app.pictures.shown_seat_tiles import SeatTilesShown
from app.session.view import View
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until


def turn(app: Application, picture: str = "flowmap") -> MultiplesShown:
    """Show a picture as small multiples."""
    act(app, f"view.picture.{picture}").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == picture)
    act(app, "view.multiples").trigger()
    until(lambda: isinstance(app.canvas.shown, MultiplesShown))
    settle(app)
    assert isinstance(app.canvas.shown, MultiplesShown)
    return app.canvas.shown


@pytest.mark.parametrize("name", KINDS)
def test_one_command_shows_the_tiles_and_the_same_one_the_moving_picture(app: Application, name: str) -> None:
    shown = turn(app, name)
    assert shown.view == f"{name}-multiples"
    assert act(app, "view.multiples").isChecked()
    assert app.session.view.tiled
    assert {word for word, part in app.lensbar._parts.items() if not part.isHidden()} == {"period", "top"}
    act(app, "view.multiples").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == name)
    assert not act(app, "view.multiples").isChecked()


def test_seat_boards_stand_still_while_the_clock_moves_and_lead_to_its_day(office: Application) -> None:
    app = office
    act(app, "view.picture.buildout").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == "buildout")
    act(app, "view.multiples").trigger()
    until(lambda: isinstance(app.canvas.shown, SeatTilesShown))
    settle(app)
    shown = app.canvas.shown
    assert isinstance(shown, SeatTilesShown)
    assert act(app, "view.multiples").isChecked()
    before, tiles = app.canvas.scene, shown.picture.periods
    app.session.set_clock(app.session.clock.paused().at(float(tiles[0].last)))
    until(lambda: app.canvas.scene is not before)
    assert app.canvas.shown is shown
    x, y, w, h = shown.picture.places[0]
    where = QPointF(*app.canvas.camera.to_view(x + w - 3.0, y + h - 3.0))
    QTest.mouseDClick(app.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where.toPoint())
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == "buildout")
    assert app.session.clock.day == tiles[0].last


def test_the_key_is_m(app: Application) -> None:
    app.canvas.setFocus()
    QTest.keyClick(app.canvas, Qt.Key.Key_M)
    until(lambda: isinstance(app.canvas.shown, MultiplesShown))


def test_they_are_a_place_that_back_leaves_and_that_is_kept_with_the_file(app: Application) -> None:
    turn(app)
    assert View.restored(app.session.view.state) == app.session.view
    assert View.restored({"multiples": "perhaps"}) == View()
    app.session.back()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == "flowmap")
    app.session.forward()
    until(lambda: isinstance(app.canvas.shown, MultiplesShown))


def test_a_picture_without_them_says_so_and_stays(app: Application) -> None:
    act(app, "view.picture.alluvial").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == "alluvial")
    settle(app)
    act(app, "view.multiples").trigger()
    assert "side by side already" in app.frame.statusBar().currentMessage()
    assert not act(app, "view.multiples").isChecked()
    assert not app.session.view.multiples
    assert app.canvas.shown is not None
    assert app.canvas.shown.view == "alluvial"


def test_the_length_of_a_period_is_chosen_in_the_bar(app: Application) -> None:
    turn(app)
    box = app.lensbar.period
    box.setCurrentIndex(box.findData(3))
    box.activated.emit(box.currentIndex())

    def by_quarter() -> bool:
        shown = app.canvas.shown
        return isinstance(shown, MultiplesShown) and shown.name == "Flow map by quarter"

    until(by_quarter)


def test_the_clock_sets_off_a_tile_and_moves_nothing(app: Application) -> None:
    shown = turn(app)
    app.session.set_clock(app.session.clock.paused().at(float(dates.day(2025, 3))))
    settle(app)
    scene = app.canvas.scene
    assert scene is shown.scene(float(dates.day(2025, 3)), "cumulative", 183.0)
    assert scene is not None
    assert scene.layer("marked").marks
    assert app.canvas.frame is None or not len(app.canvas.frame)


def test_a_double_click_on_the_ground_of_a_tile_goes_to_the_end_of_its_period(app: Application) -> None:
    shown = turn(app)
    x, y, _, h = shown.picture.places[1]
    at = QPointF(*app.canvas.camera.to_view(x + 1.0, y + h - 1.0))
    assert not app.canvas.key_at(at.x(), at.y())
    QTest.mouseDClick(app.canvas, Qt.MouseButton.LeftButton, pos=at.toPoint())
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == "flowmap")
    assert int(app.session.clock.day) == shown.picture.periods[1].last
    assert not app.session.view.multiples


def test_what_lies_in_a_tile_is_selected_told_and_exported(app: Application) -> None:
    shown = turn(app)
    flow = app.canvas.marks().mark("flow:north>south")
    assert flow is not None
    assert "3 people" in flow.name
    app.session.set_focus(("flow:north>south",))
    assert app.evidence.evidence is not None
    assert app.canvas.scene is not None
    assert shown.lit(app.canvas.scene, ("flow:north>south",))
    current = app.current()
    assert current is not None
    scene = whole(current, (900, 600))
    assert scene.size == (900.0, 600.0)
    assert scene.meta.view == "flowmap"
    assert "Flow map by" in scene.header.scope
    assert all(layer.name != "marked" for layer in scene.layers)


def test_an_edit_shows_in_the_tiles(app: Application) -> None:
    shown = turn(app)
    assert app.session.document is not None
    before = int(shown.picture.counts.sum())
    dataset = app.session.document.dataset
    app.session.do(removal(dataset, {"people": ["ada"]}, "Remove Ada").edit)
    settle(app)
    assert isinstance(app.canvas.shown, MultiplesShown)
    assert int(app.canvas.shown.picture.counts.sum()) == before - 1
