"""The heat map in the window: it is chosen, follows the session, and asks for what is done on it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest

from app.desktop.application import Application
from app.desktop.charts import heatmap_sight as sights
from app.desktop.charts.heatmap import HeatMap
from app.desktop.charts.heatmap_sight import Cell, Sight
from app.desktop.charts.heatmap_view import strongest
from app.desktop.export import whole
from app.domain import dates
from app.domain.lens import parse
from app.pictures.shown_heat import HeatShown
from app.render.heat_colors import NOBODY, STRONGEST, WITHIN, colors
from app.session.view import View
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

KEY = "flow:north>south"
Key, Button = Qt.Key, Qt.MouseButton


@pytest.fixture
def heat(app: Application) -> HeatMap:
    """The matrix of the small dataset as a heat map."""
    act(app, "view.picture.matrix").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == "matrix")
    app.lensbar.manner.setCurrentIndex(1)
    app.lensbar.manner.activated.emit(1)
    until(lambda: isinstance(app.canvas.shown, HeatShown))
    settle(app)
    chart = app.heating.chart
    assert chart is not None
    assert chart.isVisible()
    return chart


def cell_of(heat: HeatMap, key: str) -> Cell:
    assert heat.picture is not None
    return heat.picture.cells_of(key)[0]


def middle(heat: HeatMap, cell: Cell) -> QPoint:
    return heat.parts.rectangle(cell).center().toPoint()


def level(heat: HeatMap, key: str) -> int:
    return int(heat.levels[cell_of(heat, key)])


def test_cells_are_as_strong_as_many_people_went(heat: HeatMap) -> None:
    assert level(heat, KEY) == STRONGEST
    assert NOBODY < level(heat, "flow:north>east") < STRONGEST
    assert set(np.diag(heat.levels).tolist()) == {WITHIN}
    assert np.count_nonzero(heat.levels > WITHIN) == 4
    heat.figures.hide()  # the number stands in the middle of the cell
    image: QImage = heat.grab().toImage()
    assert image.pixelColor(middle(heat, cell_of(heat, KEY))).name() == colors(heat.theme)[STRONGEST].hex
    empty = cell_of(heat, "flow:east>west")[::-1]
    assert image.pixelColor(middle(heat, empty)).name() == heat.theme.bg.hex


def test_names_are_whole_and_apart(heat: HeatMap) -> None:
    heat.grab()
    for names in (heat.rows, heat.columns):
        assert len(names.written) == 4
        places = [place for _, place in names.written]
        assert all(names.boundingRect().contains(place) for place in places)
        assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[:n])


def test_it_follows_the_clock_and_its_window(app: Application, heat: HeatMap) -> None:
    clock = app.session.clock.paused()
    app.session.set_clock(clock.at(float(dates.day(2025, 4))))
    assert NOBODY < level(heat, KEY) < STRONGEST
    app.session.set_clock(clock.at(float(dates.day(2024, 1))))
    assert level(heat, KEY) == NOBODY
    assert level(heat, "flow:east>west") > NOBODY
    act(app, "time.mode.window").trigger()
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 8))))
    assert level(heat, "flow:east>west") == NOBODY
    assert level(heat, KEY) > NOBODY


def test_a_click_selects_the_flow_everywhere_and_a_selection_is_marked(app: Application, heat: HeatMap) -> None:
    QTest.mouseClick(heat.viewport(), Button.LeftButton, pos=middle(heat, cell_of(heat, KEY)))
    assert app.session.focus == (KEY,)
    assert app.evidence.evidence is not None
    assert heat.parts.selected == (cell_of(heat, KEY),)
    app.session.set_focus(("people:eve",))
    assert heat.parts.selected == (cell_of(heat, "flow:north>east"),)
    app.session.set_focus(("organizations:south",))
    assert heat.picture is not None
    assert heat.parts.lines == (heat.picture.row_of("organizations:south"),)
    empty = cell_of(heat, KEY)[::-1]
    QTest.mouseClick(
        heat.viewport(), Button.LeftButton, Qt.KeyboardModifier.ControlModifier, middle(heat, cell_of(heat, KEY))
    )
    assert app.session.focus == ("organizations:south", KEY)
    QTest.mouseClick(heat.viewport(), Button.LeftButton, pos=middle(heat, (empty[1], empty[1])))
    assert app.session.focus == ()


def test_a_name_selects_its_organization(app: Application, heat: HeatMap) -> None:
    row = heat.picture.row_of("organizations:east") if heat.picture is not None else -1
    at = heat.parts.rectangle((row, 0)).center()
    QTest.mouseClick(heat.viewport(), Button.LeftButton, pos=QPoint(round(heat.sight.area[0] - 20), round(at.y())))
    assert app.session.focus == ("organizations:east",)


def test_the_pointer_has_a_crosshair_and_a_card(heat: HeatMap) -> None:
    cell = cell_of(heat, KEY)
    QTest.mouseMove(heat.viewport(), middle(heat, cell))
    assert heat.parts.pointed == cell
    until(heat.card.isVisible)
    assert heat.card.card is not None
    assert heat.card.card.head == "NL → South"
    assert len(heat.card.card.rows) == 3
    empty = cell_of(heat, "flow:east>west")[::-1]
    QTest.mouseMove(heat.viewport(), middle(heat, empty))
    until(lambda: heat.card.card is not None and heat.card.card.head == "West → East")
    assert heat.card.card.line == "Nobody on record went so"


def press(heat: HeatMap, key: Qt.Key) -> bool:
    """Press a key as a window with shortcuts does; whether the heat map has claimed it."""
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    asked.ignore()
    heat.event(asked)
    if asked.isAccepted():
        heat.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    return asked.isAccepted()


def test_arrows_walk_from_cell_to_cell_and_say_where_one_is(
    app: Application, heat: HeatMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("app.desktop.accessible.announce", lambda _, text: said.append(text))
    day = app.session.clock.day
    assert not press(heat, Key.Key_Space)  # plays time, as anywhere, until one walks
    assert press(heat, Key.Key_Right)
    assert heat.parts.walked == cell_of(heat, KEY)
    assert said == ["NL to South, 3 people"]
    before = heat.parts.walked
    assert press(heat, Key.Key_Right if before[1] < 3 else Key.Key_Left)
    assert heat.parts.walked is not None
    assert heat.parts.walked[0] == before[0]
    assert abs(heat.parts.walked[1] - before[1]) == 1
    heat.parts.walked = before
    assert press(heat, Key.Key_Return)
    assert app.session.focus == (KEY,)
    assert press(heat, Key.Key_Escape)
    assert heat.parts.walked is None
    assert press(heat, Key.Key_Escape)
    assert app.session.focus == ()
    assert app.session.clock.day == day


def test_the_wheel_zooms_at_the_pointer_a_drag_pans_a_double_click_shows_all(heat: HeatMap) -> None:
    whole_sight = heat.sight
    at = QPointF(middle(heat, cell_of(heat, KEY)))
    for _ in range(6):
        event = QWheelEvent(
            at, heat.mapToGlobal(at), QPoint(), QPoint(0, 120), Button.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        heat.wheelEvent(event)
    assert heat.sight.wide > whole_sight.wide
    assert heat.cell_at(at.x(), at.y()) == cell_of(heat, KEY)
    x = heat.sight.x
    QTest.mousePress(heat.viewport(), Button.LeftButton, pos=at.toPoint())
    QTest.mouseMove(heat.viewport(), at.toPoint() - QPoint(30, 0))
    QTest.mouseRelease(heat.viewport(), Button.LeftButton, pos=at.toPoint() - QPoint(30, 0))
    assert heat.sight.x <= x
    QTest.mouseDClick(heat.viewport(), Button.LeftButton, pos=at.toPoint())
    assert heat.sight == whole_sight


def test_commands_of_the_camera_are_those_of_the_heat_map(app: Application, heat: HeatMap) -> None:
    camera = app.canvas.camera
    act(app, "view.zoom-in").trigger()
    assert not heat.sight.is_whole
    act(app, "view.fit").trigger()
    assert heat.sight.is_whole
    app.session.set_focus((KEY,))
    act(app, "view.centre").trigger()
    assert heat.parts.area.intersects(heat.parts.rectangle(cell_of(heat, KEY)))
    assert app.canvas.camera == camera


def test_the_menu_of_a_cell_is_that_of_its_flow(app: Application, heat: HeatMap) -> None:
    asked: list[str] = []
    heat.menu_wanted.connect(lambda key, _: asked.append(key))
    app.offers.menu = lambda *_: None  # type: ignore[method-assign]  # the menu itself has tests of its own
    for cell in (cell_of(heat, KEY), cell_of(heat, "flow:east>west")[::-1]):
        heat.menu_wanted.emit(heat.key_at(middle(heat, cell).x(), middle(heat, cell).y()), QPoint())
    assert asked == [KEY, ""]


def test_it_is_part_of_the_view(app: Application, heat: HeatMap) -> None:
    assert app.session.view.heat
    assert View.restored(app.session.view.state) == app.session.view
    assert not View.restored({}).heat
    app.session.note()
    app.lensbar.manner.setCurrentIndex(0)
    app.lensbar.manner.activated.emit(0)
    until(lambda: not isinstance(app.canvas.shown, HeatShown))
    assert not heat.isVisible()
    assert app.canvas.cover is None
    act(app, "go.back").trigger()
    until(lambda: isinstance(app.canvas.shown, HeatShown))
    assert heat.isVisible()


def test_filter_net_and_number_of_organizations_hold(app: Application, heat: HeatMap) -> None:
    app.lensbar.top.setValue(2)
    until(lambda: len(heat.parts.names) == 3)
    assert heat.parts.names[-1] == "2 others"
    app.lensbar.top.setValue(1)
    until(lambda: len(heat.parts.names) == 4)
    app.lensbar.net.setChecked(True)
    until(lambda: app.session.view.net)
    settle(app)
    assert heat.levels[cell_of(heat, "flow:south>north")] == NOBODY
    app.lensbar.net.setChecked(False)
    app.lensbar.text.setText("from:East")
    app.lensbar.apply()
    until(lambda: app.session.view.lens == parse("from:East"))
    until(lambda: len(heat.parts.names) == 2)
    app.lensbar.text.setText("from:West")
    app.lensbar.apply()
    until(lambda: not heat.isVisible())  # the canvas says that no move matches
    settle(app)
    assert app.canvas.scene is not None
    assert app.canvas.scene.header.title == "No move matches"


def test_it_is_dressed_in_the_theme(app: Application, heat: HeatMap) -> None:
    act(app, "view.theme.dark").trigger()
    heat.figures.hide()
    image: QImage = heat.grab().toImage()
    assert image.pixelColor(middle(heat, cell_of(heat, KEY))).name() == colors(app.frame.theme)[STRONGEST].hex


def test_on_paper_it_is_the_matrix_and_the_status_line_says_so(app: Application, heat: HeatMap) -> None:
    current = app.current()
    assert heat.isVisible()
    assert current is not None
    assert any(layer.name == "fills" for layer in whole(current, (900, 600)).layers)
    app.exporter.copy()
    until(lambda: "matrix of areas" in app.frame.statusBar().currentMessage())


# what is in sight, and which names there is room for


AREA = (100.0, 50.0, 700.0, 350.0)


@given(
    st.integers(1, 3_000),
    st.lists(st.tuples(st.floats(0.2, 5.0), st.floats(100, 699), st.floats(50, 349), st.floats(-900, 900)), max_size=8),
)
def test_whatever_is_done_cells_fill_the_area_or_are_all_in_sight(
    n: int, steps: list[tuple[float, float, float, float]]
) -> None:
    sight = Sight.whole(AREA, n)
    for factor, x, y, way in steps:
        before = sight.row_at(y), sight.column_at(x)
        zoomed = sight.zoomed(factor, x, y)
        if factor >= 1 and min(before) >= 0:  # what lies below the pointer stays there, or goes with the edge
            assert abs(zoomed.row_at(y) - before[0]) <= 1
        sight = zoomed.panned(way, -way)
        assert sight.x <= AREA[0] + 1e-6
        assert sight.x + n * sight.wide >= min(AREA[2], AREA[0] + n * sight.wide) - 1e-6
        assert sight.y <= AREA[1] + 1e-6
        assert sight.wide >= Sight.whole(AREA, n).wide - 1e-9
        seen = sight.showing((n - 1, n // 2))
        assert n - 1 in seen.rows
        assert n // 2 in seen.columns


@given(st.integers(1, 400), st.floats(0.5, 40.0))
def test_named_rows_are_never_nearer_than_a_line_and_the_first_is_named(n: int, size: float) -> None:
    found = sights.named(range(n), lambda row: row * size, size, 14.0)
    assert found[0] == 0
    at = sorted(row * size for row in found)
    assert all(b - a >= 14.0 - 1e-9 for a, b in pairwise(at)) or size >= 14.0
    assert len(found) == n or size < 14.0


@pytest.mark.parametrize(
    ("along", "across", "expected"),
    [
        (200, 14, ("Thinking Machines Lab",)),
        (100, 28, ("Thinking", "Machines Lab")),
        (100, 14, ()),
        (40, 90, ()),
        (200, 10, ()),
    ],
)
def test_a_name_is_written_whole_in_one_or_two_lines_or_not_at_all(
    along: float, across: float, expected: tuple[str, ...]
) -> None:
    assert sights.lines("Thinking Machines Lab", lambda text: 7.0 * len(text), along, across, 14.0) == expected


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 4), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_where_cells_are_smaller_than_pixels_the_strongest_are_seen(
    rows: int, columns: int, down: int, across: int, seed: int
) -> None:
    levels = np.random.default_rng(seed).integers(0, 256, (rows, columns)).astype(np.uint8)
    made = strongest(levels, down, across)
    for row in range(made.shape[0]):
        for column in range(made.shape[1]):
            part = levels[row * down : (row + 1) * down, column * across : (column + 1) * across]
            assert made[row, column] == part.max()
