"""Seats in the window: their table beside the chart, finding them, being led to them, the day that all of it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import shown
from app.desktop.palette import CommandPalette
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.pictures.shown_seats import BoardShown, ChartShown
from app.render.theme import DARK, LIGHT
from app.session.document import Document
from tests.desktop.driving import act, pixels, settle
from tests.desktop.waiting import until
from tests.pictures.crew import crew

Opener = Callable[[Dataset], Application]


@pytest.fixture
def opener(frame: Frame) -> Iterator[Opener]:
    """Opens a dataset in the window, time standing at the end."""
    made: list[Application] = []

    def opened(dataset: Dataset) -> Application:
        document = Document(dataset, None, "crew.json")
        made.append(Application(frame, shown(document, (1200, 640), {}), play=False))
        settle(made[0])
        return made[0]

    yield opened
    made[0].close()


@pytest.fixture
def app(opener: Opener) -> Application:
    """The crew in the window."""
    return opener(crew())


def stands(app: Application, kind: type = ChartShown, day: str = "") -> None:
    """Until a picture of seats stands, of a day if one is named."""

    def there() -> bool:
        picture = app.canvas.shown
        if not isinstance(picture, kind) or app.jobs.busy or app.canvas._glide is not None:
            return False
        return not day or picture.gathered.as_of == dates.parse(day).earliest

    until(there)


def chart(app: Application) -> ChartShown:
    """The chart of the deck, with the seats beside it."""
    app.charting.turn_to("orgchart", "deck")
    act(app, "view.tables").trigger()
    app.tables.tabs.setCurrentIndex(3)
    stands(app)
    picture = app.canvas.shown
    assert isinstance(picture, ChartShown)
    return picture


def place(app: Application, key: str) -> QPoint:
    """Where a box stands on the widget."""
    picture = app.canvas.shown
    assert isinstance(picture, ChartShown)
    box = picture.box_of(picture.made, (key,))
    assert box is not None
    return QPointF(*app.canvas.camera.to_view((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)).toPoint()


def column(app: Application, name: str) -> list[str]:
    model = app.tables.table.model
    number = [c.name for c in model.columns].index(name)
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def chosen(app: Application) -> list[str]:
    """Titles of the rows that are selected."""
    rows = app.tables.table.view.selectionModel().selectedRows(1)
    return [str(index.data()) for index in sorted(rows, key=lambda index: index.row())]


def clicked(app: Application, qtbot: QtBot, title: str) -> None:
    view = app.tables.table.view
    index = app.tables.table.model.index(column(app, "Title").index(title), 0)
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def test_what_is_selected_in_the_chart_is_selected_in_the_table(app: Application, qtbot: QtBot) -> None:
    chart(app)
    assert app.tables.name == "seats"
    assert app.tables.tabs.tabText(3) == "Seats 7"
    qtbot.mouseClick(app.canvas, Qt.MouseButton.LeftButton, pos=place(app, "seats:mate"))
    assert app.session.focus == ("seats:mate",)
    assert chosen(app) == ["First mate"]
    assert "held by Bob Madeup" in app.evidence.page.toPlainText()
    stands(app)
    app.session.set_focus(("reports:lookout-bosun",))
    assert chosen(app) == ["Lookout", "Bosun"]
    stands(app)


def test_what_is_selected_in_the_table_is_selected_in_the_chart(app: Application, qtbot: QtBot) -> None:
    chart(app)
    clicked(app, qtbot, "Bosun")
    assert app.session.focus == ("seats:bosun",)
    assert app.canvas.focus == ("seats:bosun",)
    assert app.evidence.evidence is not None
    assert app.evidence.evidence.head == "Bosun"
    stands(app)


def test_table_and_evidence_are_of_the_day_that_the_chart_shows(app: Application, qtbot: QtBot) -> None:
    chart(app)
    clicked(app, qtbot, "First mate")
    stands(app)
    assert column(app, "Holder")[0] == "Bob Madeup"
    app.session.set_clock(app.session.clock.at(dates.day(2024, 1, 15)))
    stands(app, day="2024-01-15")
    assert column(app, "Holder")[0] == "Cyd Madeup"
    assert chosen(app) == ["First mate"]
    assert "held by Cyd Madeup on 2024-01-15" in app.evidence.page.toPlainText()
    act(app, "view.picture.flowmap").trigger()
    settle(app)
    assert column(app, "Holder")[0] == "Bob Madeup"
    assert "held by Bob Madeup on 2026-01-31" in app.evidence.page.toPlainText()


def test_a_seat_is_found_by_title_holder_and_team(app: Application, qtbot: QtBot) -> None:
    act(app, "go.find").trigger()
    palette = app.frame.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.text, "bob madeup")
    assert [(f.text, f.detail) for f in palette.model.finds] == [
        ("Bob Madeup", "person"),
        ("First mate · Bob Madeup · Deck", "seat"),
    ]
    palette.text.clear()
    qtbot.keyClicks(palette.text, "mate deck")
    assert [find.text for find in palette.model.finds] == ["First mate · Bob Madeup · Deck"]
    assert not app.docks.evidence.isVisible()  # it opens and makes the canvas smaller while the chart is made
    qtbot.keyClick(palette.text, Qt.Key.Key_Return)
    stands(app)
    assert app.session.focus == ("seats:mate",)
    assert app.session.view.organization == "deck"
    assert app.canvas.rect().contains(place(app, "seats:mate"))
    assert app.docks.evidence.isVisible()


def test_an_organization_is_not_hidden_behind_its_many_seats(app: Application, qtbot: QtBot) -> None:
    act(app, "go.find").trigger()
    palette = app.frame.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.text, "deck")
    assert (palette.model.finds[0].text, palette.model.finds[0].detail) == ("Deck", "organization")
    assert len(palette.model.finds) == 7
    palette.reject()


@pytest.mark.parametrize(
    ("table", "row", "kind", "organization"),
    [
        ("seats", "cook", ChartShown, "deck"),
        ("seats", "captain", ChartShown, "ship"),
        ("reports", "mate-captain", ChartShown, "deck"),
        ("targets", "hands", BoardShown, "deck"),
    ],
)
def test_an_issue_of_a_seat_leads_to_the_picture_in_which_it_stands(
    app: Application, table: str, row: str, kind: type, organization: str
) -> None:
    app.checking.show_faults((Fault("x", "it is odd", "Look.", "warning", table=table, id=row),))
    app.issues.view.activated.emit(app.issues.model.index(0, 0))
    stands(app, kind)
    assert app.session.view.organization == organization
    assert app.session.focus == (f"{table}:{row}",)
    assert app.evidence.evidence is not None
    if kind is ChartShown:
        picture, scene = app.canvas.shown, app.canvas.scene
        assert picture is not None
        assert scene is not None
        assert picture.lit(scene, app.session.focus)
    app.issues.view.activated.emit(app.issues.model.index(0, 0))  # once more, where it is shown already
    stands(app, kind)
    assert app.session.focus == (f"{table}:{row}",)


def test_an_issue_of_a_seat_that_stands_nowhere_says_so_and_tells_what_there_is(opener: Opener) -> None:
    app = opener(crew(seats=[{"id": "lost", "organization_id": "nowhere", "title": "Lost"}]))
    app.checking.show_faults((Fault("dangling", "it is nowhere", "Look.", table="seats", id="lost"),))
    app.issues.view.activated.emit(app.issues.model.index(0, 0))
    assert "lost" in app.frame.statusBar().currentMessage()
    assert app.evidence.evidence is not None
    assert app.evidence.evidence.head == "Lost"
    settle(app)


def test_where_there_is_no_seat_the_table_says_what_to_add(opener: Opener) -> None:
    app = opener(crew(seats=[], reports=[], targets=[]))
    act(app, "view.tables").trigger()
    app.tables.tabs.setCurrentIndex(3)
    settle(app)
    assert app.tables.table.nothing.isVisible()
    assert app.tables.table.nothing.text().startswith("No seat in this dataset.<br/>A seat is a place in a team")
    app.tables.line.setText("captain")
    assert app.tables.table.nothing.text().startswith("No seat matches this filter.")


def test_columns_of_the_seats_come_back(app: Application) -> None:
    chart(app)
    app.tables.table.view.setColumnHidden(3, True)
    state = app.tables.state()
    assert state["tab"] == "seats"
    app.tables.restore({})
    assert not app.tables.table.view.isColumnHidden(3)
    app.tables.restore(state)
    assert app.tables.table.view.isColumnHidden(3)
    assert app.tables.name == "seats"


def test_seats_are_painted_in_both_themes(app: Application) -> None:
    chart(app)
    pictures = []
    for theme in (LIGHT, DARK):
        app.tables.show_theme(theme)
        pictures.append(pixels(app.tables.table))
    assert pictures[0] != pictures[1]
    stands(app)


def test_a_chart_asked_for_while_the_canvas_changes_its_size_comes_all_the_same(app: Application) -> None:
    app.frame.resize(1100, 720)
    until(lambda: not app.drawing._fits(app.canvas.picture))  # type: ignore[arg-type]  # a flow map is shown
    app.charting.turn_to("orgchart", "deck")
    app.drawing.draw()  # the size has settled: what is under way is made again for it
    stands(app)
    assert app.session.view.picture == "orgchart"
