"""Carrying marks over the picture with the mouse: what lights up, what is refused, what is asked, what is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.analysis.adding import Party
from app.desktop.application import Application
from app.desktop.dialogs.seat import SeatDialog
from app.desktop.frame import Frame
from app.desktop.opening import shown
from app.domain.dataset import Dataset
from app.pictures.drop_board import Spots
from app.pictures.shown_seats import BoardShown
from app.session.document import Document
from app.session.view import View
from tests.desktop.charted import DEEPEST_SEAT, FIRST, HEAD, SECOND, box_at, charted, entries, fold_at, look_at
from tests.desktop.driving import act, place_of, settle
from tests.desktop.waiting import until
from tests.pictures.crew import crew

Left, No = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
LEAF, OPEN_SEAT, LOOSE, PERSON, UNIT = "seats:s003", "seats:s004", "seats:s008", "people:p003", "organizations:unit-002"
LAST_DAY = "2026-01-31"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about a form


def dataset(app: Application) -> Dataset:
    document = app.session.document
    assert document is not None
    return document.dataset


def carry(app: Application, start: QPoint, *way: QPoint) -> None:
    """Press, and move over some places; the button stays down."""
    QTest.mousePress(app.canvas, Left, No, start)
    for at in way:
        for share in (0.3, 1.0):
            QTest.mouseMove(app.canvas, (start + (at - start) * share))
        start = at


def let_go(app: Application, at: QPoint) -> None:
    QTest.mouseRelease(app.canvas, Left, No, at)


def dropped(app: Application, low: str, high: str) -> SeatDialog:
    """Drag one card onto another; the form that asks."""
    carry(app, box_at(app, low), box_at(app, high))
    let_go(app, box_at(app, high))
    return form_of(app)


def form_of(app: Application) -> SeatDialog:
    form = app.seatings.form
    assert isinstance(form, SeatDialog)
    assert form.isVisible()
    return form


def told(app: Application) -> str:
    return app.frame.statusBar().currentMessage()


def over(app: Application) -> tuple[str, str]:
    """Deed and words of what lies below the pointer."""
    drop = app.canvas.dragging.over
    assert drop is not None
    return drop.deed, drop.words


def line(app: Application, seat: str) -> list[tuple[object, ...]]:
    frame = dataset(app)["reports"].filter(dataset(app)["reports"]["seat_id"] == seat)
    return sorted(frame.select("to_seat_id", "kind", "start", "end").rows(), key=str)


def test_a_card_dropped_on_another_gets_a_new_manager(office: Application) -> None:
    before = dataset(office)
    form = dropped(office, LEAF, SECOND)
    assert form.windowTitle() == "Holder Number3 reports to Holder Number2"
    assert form.day.text() == LAST_DAY
    assert form.focusWidget() is form.day
    QTest.keyClick(form.day, Qt.Key.Key_Return)
    assert line(office, "s003") == [("s001", "solid", None, LAST_DAY), ("s002", "solid", LAST_DAY, None)]
    assert office.seatings.form is None
    assert told(office) == "Holder Number3 reports to Holder Number2: done. Ctrl+Z takes it back."
    settle(office)
    assert SECOND in charted(office).path(DEEPEST_SEAT)  # in the chart too, and who is below has come along
    assert FIRST not in charted(office).path(DEEPEST_SEAT)
    act(office, "edit.undo").trigger()
    assert dataset(office).digest == before.digest
    settle(office)


def test_the_form_says_what_it_will_do_before_it_does(office: Application) -> None:
    form = dropped(office, LEAF, SECOND)
    until(lambda: "Ends the line to Holder Number1 on 2026-01-31" in form.notes.text())
    assert "Nobody is named who says so." in form.notes.text()
    form.day.setText("2026-02")
    assert form.meant.text() == "1 February 2026 to 28 February 2026"
    until(lambda: "Ends the line to Holder Number1 on 2026-02" in form.notes.text())
    form.close()


def test_the_chart_goes_over_in_motion(office: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    form = dropped(office, LEAF, SECOND)
    monkeypatch.setattr("app.desktop.pictureview.SECONDS", 30.0)
    form.accept_button.click()
    until(lambda: office.canvas._change is not None)
    office.canvas.set_camera(office.canvas.home)
    act(office, "view.zoom-in").trigger()
    settle(office)


def test_a_blank_day_corrects_the_line(office: Application) -> None:
    form = dropped(office, LEAF, SECOND)
    form.day.clear()
    assert form.meant.text().startswith("No day:")
    form.accept_button.click()
    assert line(office, "s003") == [("s002", "solid", None, None)]
    settle(office)


def test_a_dotted_line_is_an_alternative_and_a_source_goes_with_it(office: Application) -> None:
    form = dropped(office, LEAF, SECOND)
    form.choices["dotted"].setChecked(True)
    form.source.setText("https://paper.example/who-answers-to-whom-now")
    form.accept_button.click()
    assert line(office, "s003") == [("s001", "solid", None, None), ("s002", "dotted", LAST_DAY, None)]
    row = dataset(office)["reports"].filter(dataset(office)["reports"]["kind"] == "dotted").row(0, named=True)
    (source,) = row["source_ids"]
    assert dataset(office).row("sources", source)["url"] == "https://paper.example/who-answers-to-whom-now"
    settle(office)


def test_what_is_no_day_is_marked_and_not_done(office: Application) -> None:
    form = dropped(office, LEAF, SECOND)
    form.day.setText("soon")
    until(lambda: form.day.property("wrong") is True)
    assert "'soon' is not a date" in form.day.toolTip()
    assert not form.accept_button.isEnabled()
    before = dataset(office)
    QTest.keyClick(form.day, Qt.Key.Key_Return)
    assert dataset(office) is before
    form.close()


def test_a_card_cannot_go_below_itself_and_the_reason_is_told(office: Application) -> None:
    before = dataset(office)
    carry(office, box_at(office, FIRST), box_at(office, DEEPEST_SEAT))
    why = "Holder Number7 stands below Holder Number1: the lines would come round in a circle"
    assert over(office) == ("", why)
    assert told(office) == why
    assert office.canvas.cursor().shape() is Qt.CursorShape.ForbiddenCursor
    QTest.mouseMove(office.canvas, box_at(office, HEAD))
    assert over(office) == ("", "Holder Number1 reports to Holder Number0 already")
    QTest.mouseMove(office.canvas, box_at(office, SECOND))
    assert over(office) == ("report", "Holder Number1 reports to Holder Number2")
    QTest.mouseMove(office.canvas, box_at(office, DEEPEST_SEAT))
    let_go(office, box_at(office, DEEPEST_SEAT))
    assert office.seatings.form is None
    assert told(office) == why  # it stays said
    assert dataset(office) is before


def test_escape_gives_up_and_nothing_is_selected_or_changed(office: Application, qtbot: QtBot) -> None:
    before = dataset(office)
    office.session.set_focus((HEAD,))
    carry(office, box_at(office, LEAF), box_at(office, SECOND))
    assert office.canvas.dragging.targets is not None
    qtbot.keyClick(office.canvas, Qt.Key.Key_Escape)
    assert office.canvas.dragging.targets is None
    assert told(office) == ""
    let_go(office, box_at(office, SECOND))
    assert office.seatings.form is None
    assert office.session.focus == (HEAD,)
    assert dataset(office) is before


def test_dropping_on_nothing_does_nothing(office: Application) -> None:
    ground = QPoint(6, office.canvas.height() // 2)
    assert office.canvas.key_at(ground.x(), ground.y()) == ""
    camera = office.canvas.camera
    carry(office, box_at(office, LEAF), box_at(office, SECOND), QPoint(60, office.canvas.height() // 2))
    let_go(office, QPoint(60, office.canvas.height() // 2))
    assert office.seatings.form is None
    assert office.canvas.camera == camera
    assert told(office) == ""


def test_what_folds_a_card_stands_for_the_card(office: Application) -> None:
    look_at(office, SECOND)
    carry(office, box_at(office, DEEPEST_SEAT), fold_at(office.canvas, SECOND))
    assert over(office) == ("report", "Holder Number7 reports to Holder Number2")
    office.canvas._gestures.give_up()


def test_lawful_targets_are_lit_and_others_dimmed_in_both_themes(office: Application) -> None:
    for theme in ("light", "dark"):
        act(office, f"view.theme.{theme}").trigger()
        settle(office)
        calm = office.canvas.grab().toImage()
        carry(office, box_at(office, FIRST), box_at(office, FIRST) + QPoint(0, 30))
        busy = office.canvas.grab().toImage()
        for key in (SECOND, LOOSE, PERSON, DEEPEST_SEAT, HEAD):
            assert part(calm, office, key) != part(busy, office, key)
        assert contrast(part(busy, office, DEEPEST_SEAT)) < 0.6 * contrast(part(calm, office, DEEPEST_SEAT))
        assert contrast(part(busy, office, SECOND)) > 0.9 * contrast(part(calm, office, SECOND))
        office.canvas._gestures.give_up()
        let_go(office, QPoint(3, 3))
        assert office.canvas.grab().toImage() == calm


def part(image: QImage, app: Application, key: str) -> QImage:
    """What of the canvas a card covers."""
    box = charted(app).box_of(charted(app).made, (key,))
    assert box is not None
    (x0, y0), (x1, y1) = (app.canvas.camera.to_view(*corner) for corner in (box[:2], box[2:]))
    return image.copy(round(x0), round(y0), round(x1 - x0), round(y1 - y0))


def contrast(image: QImage) -> int:
    """From the darkest to the lightest pixel."""
    light = [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())]
    return max(light) - min(light)


def test_at_the_rim_the_picture_goes_on(office: Application) -> None:
    look_at(office, LEAF, scale=2.0)
    camera = office.canvas.camera
    carry(office, box_at(office, LEAF), QPoint(office.canvas.width() - 8, office.canvas.height() // 2))
    until(lambda: office.canvas.camera.dx < camera.dx - 30)
    office.canvas._gestures.give_up()
    still = office.canvas.camera
    QApplication.processEvents()
    assert office.canvas.camera == still


def test_while_time_plays_nothing_can_be_carried(office: Application) -> None:
    clock = office.session.clock
    office.session.set_clock(clock.at(clock.span[0]).played())
    QTest.mousePress(office.canvas, Left, No, box_at(office, HEAD))
    QTest.mouseMove(office.canvas, box_at(office, HEAD) + QPoint(40, 10))
    assert office.canvas.dragging.targets is None
    let_go(office, QPoint(40, 40))
    office.timing.pause()
    settle(office)


def test_another_picture_takes_what_is_carried_away(office: Application) -> None:
    carry(office, box_at(office, LEAF), box_at(office, SECOND))
    act(office, "view.picture.flowmap").trigger()
    settle(office)
    assert office.canvas.dragging.targets is None
    let_go(office, QPoint(40, 40))
    assert office.seatings.form is None


def test_somebody_without_a_seat_takes_an_empty_one(office: Application) -> None:
    form = dropped(office, PERSON, OPEN_SEAT)
    assert form.windowTitle() == "Person Number3 and Maker 4"
    assert next(iter(form.choices.values())).isChecked()
    form.accept_button.click()
    frame = dataset(office)["stints"].filter(dataset(office)["stints"]["person_id"] == "p003").sort("rank")
    assert frame.select("organization_id", "seat_id", "start", "end").rows() == [
        ("body", None, "2024-04-01", LAST_DAY), ("unit-000", "s004", LAST_DAY, ".."),
    ]  # fmt: skip
    settle(office)
    assert charted(office).world_of.chart.boxes.names[charted(office).world_of.chart.boxes.at_key[OPEN_SEAT]] == (
        "Person Number3"
    )


def test_a_holder_on_an_empty_seat_takes_it_or_reports_to_it(office: Application) -> None:
    form = dropped(office, DEEPEST_SEAT, OPEN_SEAT)
    assert [button.text() for button in form.choices.values()] == ["Takes the seat", "Reports to it"]
    form.choices["report"].setChecked(True)
    form.accept_button.click()
    assert ("s004", "solid", LAST_DAY, None) in line(office, "s007")
    settle(office)
    form = dropped(office, LOOSE, OPEN_SEAT)
    form.accept_button.click()
    frame = dataset(office)["stints"].filter(dataset(office)["stints"]["person_id"] == "h008").sort("rank")
    assert frame.select("organization_id", "seat_id", "end").rows()[1:] == [
        ("body", "s008", LAST_DAY), ("unit-000", "s004", ".."),
    ]  # fmt: skip
    settle(office)


def test_a_seat_is_made_for_somebody_without_one_who_gets_a_manager(office: Application) -> None:
    form = dropped(office, PERSON, FIRST)
    form.accept_button.click()
    assert line(office, "seat-maker") == [("s001", "solid", LAST_DAY, None)]
    assert dataset(office).row("stints", "p003-1")["seat_id"] == "seat-maker"
    settle(office)


def test_who_is_in_two_units_leaves_the_one_they_were_taken_from(office: Application) -> None:
    at, spots = charted(office).world_of.plan.spots
    keys = charted(office).world_of.chart.boxes.keys
    units = charted(office).world_of.chart.boxes.unit
    place = {int(units[n]): spots[row] for row, n in enumerate(at.tolist()) if keys[n] == "people:p002"}
    code = charted(office).gathered.ids.index("unit-001")
    x, y, w, h = place[code].tolist()
    start = QPointF(*office.canvas.camera.to_view(x + w / 2, y + h / 2)).toPoint()
    ground = head_of(office, "organizations:body")
    carry(office, start, ground)
    let_go(office, ground)
    form_of(office).accept_button.click()
    frame = dataset(office)["stints"].filter(dataset(office)["stints"]["person_id"] == "p002").sort("rank")
    assert frame.select("organization_id", "end").rows() == [
        ("unit-001", LAST_DAY), ("unit-002", ".."), ("body", ".."),
    ]  # fmt: skip
    settle(office)


def test_a_picture_that_is_hidden_lets_go(office: Application) -> None:
    carry(office, box_at(office, LEAF), box_at(office, SECOND))
    act(office, "file.close").trigger()
    assert office.canvas.dragging.targets is None


def test_somebody_dropped_into_another_unit_joins_it(office: Application) -> None:
    start, unit = box_at(office, PERSON), head_of(office, UNIT)
    carry(office, start, unit)
    assert over(office) == ("join", "Person Number3 joins Unit 2")
    let_go(office, unit)
    form_of(office).accept_button.click()
    frame = dataset(office)["stints"].filter(dataset(office)["stints"]["person_id"] == "p003").sort("rank")
    assert frame.select("organization_id", "end").rows() == [("body", LAST_DAY), ("unit-002", "..")]
    settle(office)


def head_of(app: Application, key: str) -> QPoint:
    """Where the name of a unit stands on the canvas."""
    box = charted(app).world_of.unit_box(key)
    assert box is not None
    return QPointF(*app.canvas.camera.to_view(box[0] + 40, box[1] + 16)).toPoint()


def test_an_edit_elsewhere_closes_the_form(office: Application) -> None:
    dropped(office, LEAF, SECOND)
    act(office, "edit.undo").setEnabled(True)
    other = dropped_edit(office)
    assert office.seatings.form is None
    assert dataset(office).row("people", "p003")["name"] == other
    settle(office)


def dropped_edit(app: Application) -> str:
    """Somebody is renamed meanwhile."""
    from app.domain.edit import put

    row = dataset(app).row("people", "p003")
    assert row is not None
    app.session.do(put(dataset(app), "Rename", {"people": [{**row, "name": "Somebody Else"}]}))
    return "Somebody Else"


@pytest.fixture
def board(frame: Frame) -> Iterator[Application]:
    """The build-out of the crew's deck in the window."""
    document = Document(crew(), None, "crew.json")
    view = View(picture="buildout", organization="deck")
    made = Application(frame, shown(document, (1200, 640), {"view": view.state}), play=False)
    settle(made)
    yield made
    made.close()


def spot(app: Application, key: str) -> QPoint:
    """Where a place stands on the board."""
    picture = app.canvas.shown
    assert isinstance(picture, BoardShown)
    box = Spots.of(picture.made).at(picture.made.keys.index(key), -99.0, -99.0)
    assert box is not None
    return QPointF(*app.canvas.camera.to_view(box[0] + box[2] / 2, box[1] + box[3] / 2)).toPoint()


def test_on_the_board_somebody_goes_to_an_empty_seat(board: Application) -> None:
    carry(board, spot(board, "seats:mate"), spot(board, "seats:lookout"))
    assert over(board)[0] == ""
    QTest.mouseMove(board.canvas, spot(board, "seats:cook"))
    assert over(board) == ("fill", "Bob Madeup takes Cook")
    let_go(board, spot(board, "seats:cook"))
    form_of(board).accept_button.click()
    assert dataset(board).row("stints", "bob-1-cook")["seat_id"] == "cook"
    assert dataset(board).row("stints", "bob-1")["end"] == LAST_DAY
    assert dataset(board).row("seats", "cook")["state"] is None
    settle(board)
    board.session.undo()
    assert dataset(board).digest == crew().digest
    settle(board)


def test_a_place_that_only_the_target_wants_becomes_a_seat(frame: Frame) -> None:
    bare = crew(seats=[{"id": "mate", "organization_id": "deck", "title": "First mate", "rank": 1}], reports=[])
    view = View(picture="buildout", organization="deck")
    made = Application(frame, shown(Document(bare, None, "crew.json"), (1200, 640), {"view": view.state}), play=False)
    settle(made)
    start, end = spot(made, "seats:mate"), spot(made, "group:open:2")
    carry(made, start, end)
    assert over(made) == ("fill", "Bob Madeup takes an open seat")
    let_go(made, end)
    form_of(made).lines["title"].setText("Second mate")
    form_of(made).accept_button.click()
    assert dataset(made).row("seats", "seat-second-mate")["organization_id"] == "deck"
    assert dataset(made).row("stints", "bob-1-seat-second-mate")["seat_id"] == "seat-second-mate"
    settle(made)
    offered = entries(made, "group:open:1")
    assert {"Fill with …", "Add a seat …"} <= set(offered)
    offered["Fill with …"].trigger()
    form = form_of(made)
    form.pickers["person"].put(Party("ann"))
    form.accept_button.click()
    assert dataset(made).row("seats", "seat-deck")["organization_id"] == "deck"
    settle(made)
    made.close()


def test_on_the_map_a_person_dropped_on_an_organization_opens_the_form_of_a_move(app: Application) -> None:
    canvas = app.canvas
    assert canvas.frame is not None
    dots = (QPointF(*canvas.camera.to_view(*xy)).toPoint() for xy in canvas.frame.xy.tolist())
    at = next(dot for dot in dots if canvas.key_at(dot.x(), dot.y()).startswith("move:"))
    person = canvas.key_at(at.x(), at.y()).partition(">")[2]
    who = dataset(app).row("stints", person)["person_id"]
    targets_seen = {}
    for organization in ("north", "south", "east"):
        if organization in canvas.picture.layout.ids:  # type: ignore[union-attr]  # the map is shown
            targets_seen[organization] = place_of(canvas, organization)
    carry(app, at, *targets_seen.values())
    QTest.mouseMove(canvas, QPoint(5, 5))
    there = next(o for o, place in targets_seen.items() if lawful(app, place))
    let_go(app, targets_seen[there])
    form = app.recordings.form
    assert form is not None
    assert (form.person.party.id, form.joined.party.id) == (who, there)
    form.close()
    settle(app)


def lawful(app: Application, at: QPoint) -> bool:
    QTest.mouseMove(app.canvas, at)
    drop = app.canvas.dragging.over
    return drop is not None and drop.deed == "move"
