"""What the menus of marks change: seats, lines, people, colours, each through its small form."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QMenu, QWidget

from app.analysis.adding import Party
from app.desktop.application import Application
from app.desktop.dialogs.color import ColorDialog, doubts
from app.desktop.dialogs.seat import SeatDialog
from app.domain.dataset import Dataset
from app.render.theme import DARK, LIGHT, role_color
from tests.desktop.charted import FIRST, HEAD, SECOND, charted, entries
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

OPEN_SEAT, PERSON = "seats:s004", "people:p003"
LAST_DAY = "2026-01-31"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about forms and menus


def dataset(app: Application) -> Dataset:
    document = app.session.document
    assert document is not None
    return document.dataset


def asked(app: Application, key: str, entry: str) -> SeatDialog:
    """The form behind an entry of the menu of a mark."""
    entries(app, key)[entry].trigger()
    form = app.seatings.form
    assert isinstance(form, SeatDialog)
    return form


def of_seats(app: Application, key: str) -> list[str]:
    """What the menu of a mark offers to change."""
    others = ("Says who?", "Edit this seat …", "Edit this person …", "Edit this organization …", "Edit this report …",
              "Go there", "Only this", "Record a move …", "Fold or unfold", "Copy the name", "",
              "Organization chart", "Build-out", "Write a note …", "Highlight")  # fmt: skip
    _, *texts = entries(app, key)
    return [
        text
        for text in texts
        if text not in others and not text.startswith(("Edit the stint", "Delete this", "People of"))
    ]


def types(widget: QWidget, text: str) -> None:
    for letter in text:
        QTest.keyClick(widget, letter)


def test_each_mark_offers_what_fits_it(office: Application) -> None:
    assert of_seats(office, FIRST) == ["Report to …", "Move to …", "Vacate …"]
    assert of_seats(office, OPEN_SEAT) == [
        "Fill with …", "Offer …", "Put on hold …", "Open …", "Report to …", "Close …",
    ]  # fmt: skip
    assert of_seats(office, PERSON) == ["Move to …", "Report to …"]
    assert of_seats(office, "organizations:unit-000") == ["Add a seat …", "Choose a colour …"]
    assert of_seats(office, "reports:r001") == []


def test_the_menu_of_a_seat_follows_what_it_is(office: Application) -> None:
    asked(office, OPEN_SEAT, "Put on hold …").accept_button.click()
    settle(office)
    assert "Put on hold …" not in of_seats(office, OPEN_SEAT)
    asked(office, OPEN_SEAT, "Open …").accept_button.click()
    settle(office)
    assert dataset(office).row("seats", "s004")["state"] == "open"
    assert dataset(office).row("seats", "s004")["opened"] == LAST_DAY
    assert "Open …" not in of_seats(office, OPEN_SEAT)


def test_a_seat_is_filled_with_a_person_by_a_few_letters(office: Application) -> None:
    form = asked(office, OPEN_SEAT, "Fill with …")
    picker = form.pickers["person"]
    assert form.focusWidget() is picker
    assert form.windowTitle() == "Fill Maker 4"
    types(picker, "number3")
    QTest.keyClick(picker._list if picker._list.isVisible() else picker, Qt.Key.Key_Return)
    assert picker.party.id in ("h003", "p003")
    picker.put(Party("p003"))
    until(lambda: "Adds a stint of Person Number3 at Unit 0, in Maker 4" in form.notes.text())
    form.accept_button.click()
    assert office.seatings.form is None
    held = dataset(office)["stints"].filter(dataset(office)["stints"]["seat_id"] == "s004")
    assert held.get_column("person_id").to_list() == ["p003"]
    settle(office)
    office.session.undo()
    settle(office)


def test_report_to_finds_seats_by_holder_and_people_without_one(office: Application) -> None:
    form = asked(office, SECOND, "Report to …")
    picker = form.pickers["to"]
    types(picker, "holder number5")
    offered = [picker._model.item(n).text() for n in range(picker._model.rowCount())]
    assert "Holder Number5" in offered
    assert any(text.startswith("Maker 5 at ") and "also Holder Number5" in text for text in offered)
    assert not any(text.startswith("New") for text in offered)
    QTest.keyClick(picker._list if picker._list.isVisible() else picker, Qt.Key.Key_Tab)
    picker.put(Party("s005"))
    until(lambda: "stands below" in form.notes.text())  # seat 5 answers to seat 2
    assert picker.property("wrong") is True
    assert "Choose somebody who does not" in picker.toolTip()
    assert not form.accept_button.isEnabled()
    picker.clear()
    types(picker, "person number3")
    assert picker._model.item(0).text() == "Person Number3"
    picker.put(Party("p003"))
    until(form.accept_button.isEnabled)
    form.accept_button.click()
    frame = dataset(office)["reports"].filter(dataset(office)["reports"]["seat_id"] == "s002").sort("id")
    assert set(frame.get_column("to_seat_id")) == {"s000", "seat-maker"}
    settle(office)


def test_a_blank_form_is_not_scolded(office: Application) -> None:
    form = asked(office, OPEN_SEAT, "Fill with …")
    until(lambda: not form.accept_button.isEnabled())
    assert "✕" not in form.notes.text()
    assert form.pickers["person"].property("wrong") is False
    QTest.keyClick(form, Qt.Key.Key_Escape)
    until(lambda: office.seatings.form is None)
    assert not office.jobs.busy


def test_a_person_moves_by_their_menu(office: Application) -> None:
    form = asked(office, FIRST, "Move to …")
    form.pickers["joined"].put(Party("unit-002"))
    form.lines["role"].setText("Head")
    form.accept_button.click()
    posts = dataset(office)["stints"].filter(dataset(office)["stints"]["person_id"] == "h001").sort("rank")
    assert posts.select("organization_id", "role", "end").rows()[-2:] == [
        ("body", "Maker", LAST_DAY), ("unit-002", "Head", ".."),
    ]  # fmt: skip
    settle(office)


def test_a_seat_is_vacated_offered_closed_and_added_by_menu(office: Application) -> None:
    form = asked(office, FIRST, "Vacate …")
    form.choices["stays"].setChecked(True)
    form.accept_button.click()
    settle(office)
    assert "Fill with …" in of_seats(office, FIRST)
    form = asked(office, FIRST, "Offer …")
    form.pickers["person"].put(Party("p003"))
    form.accept_button.click()
    settle(office)
    assert dataset(office).row("stints", "offer-p003")["seat_id"] == "s001"
    asked(office, FIRST, "Close …").accept_button.click()
    settle(office)
    assert dataset(office).row("seats", "s001")["closed"] == LAST_DAY
    form = asked(office, "organizations:unit-002", "Add a seat …")
    form.lines["title"].setText("Weaver")
    form.accept_button.click()
    settle(office)
    assert dataset(office).row("seats", "seat-weaver")["organization_id"] == "unit-002"
    assert "seats:seat-weaver" in charted(office).world_of.chart.boxes.at_key
    document = office.session.document
    assert document is not None
    assert [edit.name for edit in document.past] == [
        "Vacate Maker 1", "Offer Maker 1", "Close Maker 1", "Add Weaver",
    ]  # fmt: skip


def test_the_menu_key_is_about_the_mark_that_one_has_travelled_to(office: Application) -> None:
    office.session.set_focus((HEAD,))
    office.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    office.canvas.travel(SECOND)
    wanted: list[str] = []
    office.canvas.menu_wanted.connect(lambda key, _: wanted.append(key))
    middle = office.canvas.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, office.canvas.mapToGlobal(middle))
    QApplication.sendEvent(office.canvas, event)
    assert wanted == [SECOND]
    for menu in office.canvas.findChildren(QMenu):
        menu.close()


def test_every_field_has_a_name_for_screen_readers(office: Application) -> None:
    form = asked(office, OPEN_SEAT, "Fill with …")
    fields = (*form.pickers.values(), *form.lines.values(), form.day, form.status, form.source, form.notes)
    assert [field.accessibleName() for field in fields] == [
        "Person", "Role", "Day", "Status", "Source", "What will be done",
    ]  # fmt: skip
    form.close()
    office.seatings.choose_color("north")
    colors = office.seatings.form
    assert isinstance(colors, ColorDialog)
    light = role_color("c1", LIGHT).hex
    assert colors.swatches["c1"].accessibleName() == f"c1, {light}"
    assert colors.sample.accessibleName().startswith("How it looks, light: #")
    colors.close()


# colours


def colors_of(app: Application, organization: str) -> ColorDialog:
    entries(app, f"organizations:{organization}")["Choose a colour …"].trigger()
    form = app.seatings.form
    assert isinstance(form, ColorDialog)
    return form


def test_an_organization_gets_a_role_of_the_palette(app: Application) -> None:
    before = dataset(app)
    form = colors_of(app, "south")
    was = form.color
    assert not form.accept_button.isEnabled()
    other = next(role for role in form.swatches if role != was and not form._wearers(role))
    QTest.mouseClick(form.swatches[other], Qt.MouseButton.LeftButton)
    assert form.swatches[other].isChecked()
    assert form.notes.isHidden()
    form.accept_button.click()
    assert dataset(app).row("organizations", "south")["color"] == other
    assert app.seatings.form is None
    settle(app)
    assert app.showing.flows is not None
    assert app.showing.flows.gathered.colors["south"] == other
    act(app, "edit.undo").trigger()
    assert dataset(app).digest == before.digest
    settle(app)


def test_any_other_colour_is_taken_and_poor_contrast_is_told(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor("#fff6b0"))
    form = colors_of(app, "south")
    form.other_button.click()
    assert form.color == "#fff6b0"
    assert "On light ground it has a contrast of 1.1 : 1, and needs 3 : 1" in form.notes.text()
    assert "On dark ground" not in form.notes.text()
    assert not any(button.isChecked() for button in form.swatches.values())
    form.accept_button.click()
    assert dataset(app).row("organizations", "south")["color"] == "#fff6b0"
    settle(app)
    form = colors_of(app, "south")
    form.none_button.click()
    form.accept_button.click()
    assert dataset(app).row("organizations", "south")["color"] is None
    settle(app)


def test_giving_up_the_dialog_of_the_system_changes_nothing(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor())
    form = colors_of(app, "south")
    was = form.color
    form.other_button.click()
    assert form.color == was
    form.close()


@pytest.mark.parametrize(
    ("color", "wearers", "words"),
    [
        ("c1", (), []),
        ("", ("North",), ["North has this colour too."]),
        ("c2", ("A", "B", "C", "D"), ["A, B, C and 1 more have this colour too."]),
        ("#7d7d7d", (), []),
        ("#202020", (), ["On dark ground it has a contrast of 1.2 : 1, and needs 4.5 : 1: #7c7c7c is shown there."]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_colour(color: str, wearers: tuple[str, ...], words: list[str]) -> None:
    assert [line.removeprefix("⚠&nbsp; ") for line in doubts(color, wearers)] == words


def test_the_sample_is_painted_on_both_grounds(app: Application) -> None:
    form = colors_of(app, "south")
    form.choose("c4")
    image = form.sample.grab().toImage()
    low = image.height() // 2
    assert image.pixelColor(4, low).name() == LIGHT.bg.hex
    assert image.pixelColor(image.width() - 5, low).name() == DARK.bg.hex
    form.close()
