"""Title, notes, highlights and hidden organizations: written by keys, menus and the mouse, undone, kept in the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.desktop.application import Application
from app.desktop.dialogs.annotation import NoteDialog, TitleDialog
from app.domain.annotations import Annotations, annotations_of
from app.files.registry import read_sound
from app.pictures.notes import NOTE
from tests.desktop.driving import act, pixels, place_of, settle
from tests.desktop.waiting import until

Left, No = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have the next dialogs typed into and accepted."""

    def answered(text: str) -> None:
        def note(dialog: NoteDialog) -> int:
            dialog.text.setPlainText(text)
            return 1

        def title(dialog: TitleDialog) -> int:
            dialog.text.setText(text)
            return 1

        monkeypatch.setattr(NoteDialog, "exec", note)
        monkeypatch.setattr(TitleDialog, "exec", title)

    return answered


def held(app: Application) -> Annotations:
    assert app.session.document is not None
    assert app.canvas.shown is not None
    return annotations_of(app.session.document.dataset, app.canvas.shown.view)


def select(app: Application, *keys: str) -> None:
    app.session.set_focus(keys)


def do(app: Application, name: str) -> None:
    act(app, name).trigger()
    settle(app)


def note_place(app: Application, at: int = 0) -> QPoint:
    """The middle of a note on the canvas."""
    mark = app.canvas.marks().mark(f"{NOTE}{at}")
    assert mark is not None
    return QPointF(*app.canvas.camera.to_view(*mark.at)).toPoint()


def menu_of(app: Application, key: str) -> list[str]:
    made = QMenu()
    app.annotating.offer(made, key)
    return [action.text().replace("&", "") for action in made.actions() if action.text()]


def test_a_title_is_given_shown_undone_and_given_up_by_a_blank(app: Application, answer: Callable[[str], None]) -> None:
    assert app.canvas.scene is not None
    computed = app.canvas.scene.header.title
    answer("  What  we found ")
    do(app, "annotate.title")
    assert held(app).title == "What we found"
    assert app.canvas.scene.header.title == "What we found"
    assert app.canvas.marks().title == "What we found"
    answer("")
    do(app, "annotate.title")
    assert app.canvas.scene.header.title == computed
    app.session.undo()
    settle(app)
    assert app.canvas.scene.header.title == "What we found"


def test_a_note_is_written_changed_and_deleted(app: Application, answer: Callable[[str], None]) -> None:
    select(app, "organizations:south")
    answer("Look here")
    do(app, "annotate.note")
    (note,) = held(app).notes
    assert (note.about, note.text) == ("organizations:south", "Look here")
    key = app.canvas.key_at(note_place(app).x(), note_place(app).y())
    assert key == f"{NOTE}0"
    answer("Look there")
    QTest.mouseDClick(app.canvas, Left, No, note_place(app))
    settle(app)
    assert held(app).notes[0].text == "Look there"
    select(app, key)
    answer("And there")
    act(app, "edit.record").trigger()
    settle(app)
    assert held(app).notes[0].text == "And there"
    act(app, "edit.delete").trigger()
    settle(app)
    assert not held(app).notes
    app.session.undo()
    settle(app)
    assert held(app).notes[0].text == "And there"


def test_a_note_is_dragged_and_stands_there(app: Application, answer: Callable[[str], None]) -> None:
    select(app, "organizations:south")
    answer("Look here")
    do(app, "annotate.note")
    start = note_place(app)
    way = QPoint(-90 if start.x() > app.canvas.width() / 2 else 90, 40 if start.y() < app.canvas.height() / 2 else -40)
    QTest.mousePress(app.canvas, Left, No, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(app.canvas, start + way * share)
    assert app.canvas.dragging.over is not None
    assert app.canvas.dragging.over.deed == "note"
    QTest.mouseRelease(app.canvas, Left, No, start + way)
    settle(app)
    end = note_place(app)
    assert abs(end.x() - start.x() - way.x()) <= 2
    assert abs(end.y() - start.y() - way.y()) <= 2
    app.session.undo()
    settle(app)
    assert note_place(app) == start


def test_a_highlight_is_turned_on_and_off_by_its_key(app: Application) -> None:
    before = pixels(app.canvas)
    select(app, "organizations:south", "organizations:north")
    do(app, "annotate.highlight")
    assert held(app).highlights == ("organizations:south", "organizations:north")
    select(app)
    settle(app)
    assert pixels(app.canvas) != before
    select(app, "organizations:south")
    do(app, "annotate.highlight")
    assert held(app).highlights == ("organizations:north",)


def test_an_organization_is_hidden_and_shown_again(app: Application) -> None:
    assert app.showing.flows is not None
    assert "north" in app.showing.flows.layout.ids
    n = app.showing.flows.traffic.n_nodes
    select(app, "organizations:north")
    do(app, "annotate.hide")
    assert "north" not in app.showing.flows.layout.ids
    assert app.showing.flows.traffic.n_nodes == n - 1
    assert app.canvas.scene is not None
    assert "Hidden by hand: NL" in app.canvas.scene.header.left_out
    assert "Show NL again" in menu_of(app, "")
    assert act(app, "annotate.show").isEnabled()
    do(app, "annotate.show")
    assert "north" in app.showing.flows.layout.ids
    assert not act(app, "annotate.show").isEnabled()


def test_careers_hide_nobody_and_say_so(app: Application) -> None:
    act(app, "view.picture.careers").trigger()
    settle(app)
    assert not act(app, "annotate.hide").isEnabled()
    app.annotating.hide("north")
    assert not held(app)
    assert "filter" in app.frame.statusBar().currentMessage()


def test_menus_offer_what_can_be_written_about_a_mark(app: Application, answer: Callable[[str], None]) -> None:
    assert menu_of(app, "organizations:south") == ["Write a note …", "Highlight", "Hide from this picture"]
    assert menu_of(app, "flow:north>south") == ["Write a note …", "Highlight"]
    assert menu_of(app, "") == ["Title of the picture …"]
    select(app, "organizations:south")
    do(app, "annotate.highlight")
    answer("Look")
    do(app, "annotate.note")
    assert "No highlight" in menu_of(app, "organizations:south")
    assert menu_of(app, f"{NOTE}0") == ["Edit the note …", "Delete the note"]
    assert "Remove all annotations" in menu_of(app, "")
    do(app, "annotate.clear")
    assert not held(app)


def test_without_a_selection_it_says_what_to_do(app: Application) -> None:
    for name in ("annotate.note", "annotate.highlight"):
        act(app, name).trigger()
        assert "Select" in app.frame.statusBar().currentMessage()
    assert app.session.document is not None
    assert not app.session.document.past


def test_each_picture_has_its_own_and_the_file_keeps_them(
    app: Application, answer: Callable[[str], None], file: Path
) -> None:
    answer("Mine")
    do(app, "annotate.title")
    act(app, "view.picture.sankey").trigger()
    settle(app)
    assert not held(app)
    answer("Theirs")
    do(app, "annotate.title")
    app.documents.save_over(file)
    until(lambda: app.session.document is not None and not app.session.document.changed)
    data, _ = read_sound(file)
    assert annotations_of(data, "flowmap").title == "Mine"
    assert annotations_of(data, "sankey").title == "Theirs"


def test_a_note_is_reached_by_the_keyboard(app: Application, answer: Callable[[str], None]) -> None:
    select(app, "organizations:south")
    answer("Look here")
    do(app, "annotate.note")
    app.canvas.travel(f"{NOTE}0")
    assert app.canvas.travelled == f"{NOTE}0"
    answer("Read")
    select(app)
    do(app, "annotate.note")
    assert held(app).notes[0].text == "Read"
    assert place_of(app.canvas, "south")
