"""Two moments as a picture in the window: the days that it and the list share, what is selected, the other file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.analysis.comparing import USUAL, Side
from app.desktop.application import Application
from app.desktop.daylines import DayLine
from app.desktop.export import whole
from app.desktop.frame import Frame
from app.desktop.opening import prepare
from app.domain import dates
from app.domain.edit import apply, put
from app.files.registry import write
from app.pictures.shown_compare import CompareShown
from app.session.view import EVERYTHING_SHOWN, View
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until

JUNE, JULY, DECEMBER = (dates.last_day(dates.parse(f"2025-{month}")) for month in ("06", "07", "12"))


@pytest.fixture
def app(frame: Frame) -> Iterator[Application]:
    """The bundled dataset, with the picture in sight."""
    made = Application(frame, prepare(None, (1200, 640)), play=False)
    settle(made)
    act(made, "view.picture.compare").trigger()
    until(lambda: isinstance(made.canvas.shown, CompareShown))
    settle(made)
    yield made
    made.close()


def types(line: DayLine, text: str) -> None:
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def title(app: Application) -> str:
    return app.canvas.scene.header.title if app.canvas.scene is not None else ""


def picture(app: Application) -> CompareShown:
    assert isinstance(app.canvas.shown, CompareShown)
    return app.canvas.shown


def test_it_is_never_empty_at_first_sight_and_says_which_days_it_has_chosen(app: Application) -> None:
    assert title(app).startswith("Between 28 June 2025 and 28 June 2026 ")
    days = app.lensbar.days
    assert (days.before.text(), days.after.text()) == ("", "")
    assert (days.before.placeholderText(), days.after.placeholderText()) == ("2025-06-28", "2026-06-28")
    assert picture(app).rows


def test_days_typed_above_the_picture_stand_in_the_list_too_and_back_leads_to_those_before(app: Application) -> None:
    act(app, "view.compare").trigger()
    until(app.compare.isVisible)
    settle(app)
    app.session.note()
    types(app.lensbar.days.before, "2025-07")
    until(lambda: title(app).startswith("Between 31 July 2025 and"))
    types(app.lensbar.days.after, "2025-12")
    until(lambda: title(app).startswith("Between 31 July and 31 December 2025"))
    settle(app)
    assert (app.session.view.before, app.session.view.after) == (Side(JULY), Side(DECEMBER))
    assert app.compare.days["before"].text() == "2025-07-31"
    until(lambda: app.compare.heading.text().startswith("2025-07-31 compared with 2025-12-31: "))
    shown = picture(app).picture.told
    assert shown is not None
    assert app.compare.table.model.rowCount() == len(shown.comparison.differences)
    app.session.note()
    app.session.back()
    until(lambda: app.session.view.after == USUAL)
    until(lambda: app.lensbar.days.after.text() == "")
    assert View.restored(app.session.view.state) == app.session.view


def test_days_typed_in_the_list_stand_in_the_picture_too(app: Application) -> None:
    act(app, "view.compare").trigger()
    until(app.compare.isVisible)
    types(app.compare.known["before"], "2025-07")
    until(lambda: title(app).startswith("Between what was known on 31 July 2025 and 28 June 2026"))
    assert app.session.view.before == Side(None, JULY)
    assert app.lensbar.days.before.placeholderText() == "2026-06-28"
    types(app.lensbar.days.before, "2025-12")
    until(lambda: app.session.view.before == Side(DECEMBER, JULY))


def test_what_is_no_day_is_marked_and_the_picture_stays(app: Application) -> None:
    before = title(app)
    types(app.lensbar.days.before, "soon")
    assert app.lensbar.days.before.property("wrong") is True
    assert "write a date" in app.lensbar.days.before.accessibleDescription()
    assert app.session.view.before == USUAL
    assert title(app) == before
    types(app.lensbar.days.before, "")
    assert app.lensbar.days.before.property("wrong") is False


def test_who_is_clicked_is_selected_everywhere_and_their_word_is_told(app: Application) -> None:
    shown = picture(app)
    scene = app.canvas.scene
    assert scene is not None
    mark = next(mark for mark in app.canvas.marks().places if mark.key.startswith("people:"))
    spot = QPoint(*(round(v) for v in app.canvas.camera.to_view(*mark.at)))
    QTest.mouseClick(app.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    until(lambda: app.session.focus == (mark.key,))
    assert app.evidence.evidence is not None
    assert app.evidence.evidence.head == mark.name
    card = shown.card(scene, mark.key, None, *mark.at, 1.0)
    assert card is not None
    assert any(note.startswith("Before, 2025-06-28: ") for note in card.notes)
    app.session.set_focus(("organizations:meta",))
    assert shown.lit(scene, ("organizations:meta",))


def test_another_file_stands_after_in_the_picture_too(
    app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = app.session.document
    assert document is not None
    stint = document.dataset["stints"].filter(document.dataset["stints"]["status"] == "confirmed").row(0, named=True)
    path = tmp_path / "other.json"
    changed = put(document.dataset, "Doubt", {"stints": [{**stint, "status": "rumored", "end": ".."}]})
    write(apply(document.dataset, changed), path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    app.moments.choose()
    until(lambda: picture(app).files == ("ai-labs.json", "other.json"))
    settle(app)
    current = app.current()
    assert current is not None
    scene = whole(current, (900, 600))
    assert scene.size == (900.0, 600.0)
    assert scene.header.title == title(app)
    assert app.session.view.before == USUAL  # the file is no part of the view
    app.moments.choose()
    until(lambda: picture(app).files == ("", ""))
    assert title(app).startswith("Between 28 June 2025 and 28 June 2026 ")


def test_it_follows_filter_level_and_edits(app: Application) -> None:
    app.lensbar.text.setText("organization:apple")
    app.lensbar.apply()
    until(lambda: app.canvas.scene is not None and "Filter: organization:apple" in app.canvas.scene.header.context)
    settle(app)
    assert "filtered out" in app.canvas.scene.header.left_out if app.canvas.scene is not None else False
    document = app.session.document
    assert document is not None
    row = document.dataset.row("people", "ruoming-pang")
    assert row is not None
    app.session.do(put(document.dataset, "Rename", {"people": [{**row, "name": "Zo Madeup"}]}))
    until(lambda: any(mark.name == "Zo Madeup" for mark in app.canvas.marks().places))


def test_other_pictures_are_not_made_again_for_the_days(app: Application) -> None:
    act(app, "view.picture.sankey").trigger()
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == "sankey")
    settle(app)
    scene = app.canvas.scene
    app.look(View.restored({**app.session.view.state, "moments": [[JUNE, None], [None, None]]}))
    settle(app)
    assert app.session.view.before == Side(JUNE)
    assert app.canvas.scene == scene
    assert app.canvas.shown is not None
    assert app.canvas.shown.view == "sankey"


def test_small_multiples_of_another_picture_leave_it_as_it_is(app: Application) -> None:
    app.look(replace(app.session.view, picture="sankey", multiples=True))
    until(lambda: not isinstance(app.canvas.shown, CompareShown))
    settle(app)
    act(app, "view.picture.compare").trigger()
    until(lambda: isinstance(app.canvas.shown, CompareShown))
    assert title(app).startswith("Between 28 June 2025 and")


def test_what_cannot_be_read_of_a_view_is_as_usual() -> None:
    for held in (None, 7, [], [[1]], [[1, 2, 3], [1, 2]], [["2025", None], [None, None]], [[True, None], [None, 9.5]]):
        restored = View.restored({**EVERYTHING_SHOWN.state, "moments": held})
        assert (restored.before, restored.after) == (USUAL, USUAL)
    view = View(before=Side(JUNE, JULY), after=Side(DECEMBER))
    assert View.restored(view.state) == view
    assert view.flows == EVERYTHING_SHOWN
