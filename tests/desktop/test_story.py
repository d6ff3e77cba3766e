"""Stories in the window: steps made of what is shown, gone to, put in order, presented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.dialogs.story import StoryChoice, StoryDialog
from app.desktop.frame import Frame
from app.desktop.models.story import StoryModel
from app.desktop.opening import prepare
from app.domain import dates
from app.domain.edit import apply
from app.domain.stories import Step, begin, stories
from app.files.registry import write
from app.scene.camera import Camera
from app.session.view import View
from tests.desktop.driving import act, settle, turn_to
from tests.desktop.waiting import until
from tests.pictures.made import small

EARLY, LATE = float(dates.day(2025, 3, 1)), float(dates.day(2025, 9, 1))


@pytest.fixture
def story(app: Application) -> Iterator[Application]:
    """The window with the panel in sight."""
    act(app, "view.story").trigger()
    until(app.story.panel.isVisible)
    settle(app)
    return app


def steps(app: Application) -> tuple[Step, ...]:
    document = app.session.document
    assert document is not None
    found = stories(document.dataset)
    return found[0].steps if found else ()


def at(app: Application, day: float) -> None:
    app.session.set_clock(app.session.clock.paused().at(day))


def told(app: Application, *days: float) -> None:
    """A story of steps on some days."""
    for day in days:
        at(app, day)
        act(app, "story.add").trigger()
    settle(app)


def test_the_panel_says_what_to_do_and_a_key_makes_a_step_of_what_is_shown(story: Application) -> None:
    panel = story.story.panel
    assert panel.empty.isVisible()
    assert "Add" in panel.empty.text()
    assert not act(story, "story.present").isEnabled()
    at(story, EARLY)
    story.session.set_focus(("organizations:north",))
    act(story, "story.add").trigger()
    (step,) = steps(story)
    assert step.day == int(EARLY)
    assert step.focus == ("organizations:north",)
    assert View.restored(step.view) == story.session.view
    assert step.camera is None
    assert not panel.empty.isVisible()
    assert act(story, "story.present").isEnabled()
    act(story, "edit.undo").trigger()
    assert steps(story) == ()
    assert panel.empty.isVisible()


def test_words_are_typed_in_place_and_can_be_undone(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY, LATE)
    panel = story.story.panel
    panel.choose(0)
    panel.begin_words()
    qtbot.keyClicks(panel.head, "Who came first")
    qtbot.keyClick(panel.head, Qt.Key.Key_Return)
    assert steps(story)[0].head == "Who came first"
    panel.text.setFocus()
    qtbot.keyClicks(panel.text, "Two sentences. Plain ones.")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert steps(story)[0].text == "Two sentences. Plain ones."
    panel.seconds.setValue(12.5)
    panel.seconds.editingFinished.emit()
    assert [step.seconds for step in steps(story)] == [12.5, 8.0]
    for _ in range(3):
        act(story, "edit.undo").trigger()
    assert steps(story)[0].head == ""
    assert panel.head.text() == ""


def test_words_that_are_being_typed_belong_to_the_step_they_were_begun_for(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY, LATE)
    panel = story.story.panel
    panel.choose(0)
    panel.text.setFocus()
    qtbot.keyClicks(panel.text, "first")
    panel.list.setFocus()
    panel.choose(1)
    assert [step.text for step in steps(story)] == ["first", ""]
    assert panel.text.toPlainText() == ""


def test_a_click_on_a_step_goes_there_and_back_leads_back(story: Application) -> None:
    story.session.set_camera(Camera(2.0, -300.0, -200.0))
    told(story, EARLY)
    camera = story.session.camera
    story.canvas.fit()
    turn_to(story, "sankey")
    at(story, LATE)
    story.session.set_focus(("organizations:south",))
    story.session.note()
    story.story.panel.list.clicked.emit(story.story.panel.list.story_model.index(0, 0))
    settle(story)
    assert story.session.view.picture == "flowmap"
    assert story.session.clock.day == EARLY
    assert story.session.focus == ()
    assert story.session.camera == pytest.approx(camera, abs=0.5)
    assert story.canvas.camera == pytest.approx(camera, abs=0.5)
    act(story, "go.back").trigger()
    settle(story)
    assert story.session.view.picture == "sankey"
    assert story.session.clock.day == LATE
    assert story.session.focus == ("organizations:south",)


def test_the_view_through_a_lens_is_kept_and_put_into_another_step(story: Application) -> None:
    told(story, EARLY)
    story.story.panel.head.setText("Kept")
    story.story.panel.head.editingFinished.emit()
    story.lensbar.text.setText("from:north")
    story.lensbar.text.returnPressed.emit()
    until(lambda: str(story.session.view.lens) == "from:north")
    act(story, "story.put").trigger()
    (step,) = steps(story)
    assert step.view["lens"] == "from:north"
    assert step.head == "Kept"


def test_steps_are_moved_by_keys_buttons_and_dragging_and_deleted(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY, EARLY + 10, LATE)
    panel = story.story.panel
    panel.choose(0)
    act(story, "story.down").trigger()
    assert [step.day for step in steps(story)] == [EARLY + 10, EARLY, LATE]
    assert panel.row == 1
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [step.day for step in steps(story)] == [EARLY + 10, LATE, EARLY]
    assert not act(story, "story.down").isEnabled()
    model = panel.list.story_model
    data = model.mimeData([model.index(2, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert [step.day for step in steps(story)] == [EARLY, EARLY + 10, LATE]
    panel.choose(1)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert [step.day for step in steps(story)] == [EARLY, LATE]
    act(story, "edit.undo").trigger()
    assert len(steps(story)) == 3


def test_a_file_holds_several_stories(story: Application) -> None:
    told(story, EARLY)
    tellers = story.story
    tellers.begin("Second")
    assert tellers.story is not None
    assert tellers.story.name == "Second"
    assert tellers.panel.empty.isVisible()
    tellers.begin("Second")
    assert "already" in story.banner.text
    tellers.rename("Another")
    assert [tellers.panel.choice.itemText(n) for n in range(2)] == ["Another", "Story"]
    tellers.forget()
    assert tellers.story is not None
    assert tellers.story.name == "Story"
    act(story, "edit.undo").trigger()
    assert tellers.panel.choice.count() == 2


def test_small_pictures_are_made_in_a_job_and_once(story: Application) -> None:
    told(story, EARLY, LATE)
    model = story.story.panel.list.story_model
    until(lambda: model.image(0) is not None and model.image(1) is not None)
    settle(story)
    first = model.image(0)
    assert first is not None
    assert first != model.image(1)
    story.story.panel.choose(0)
    story.story.panel.head.setText("Words change no picture")
    story.story.panel.head.editingFinished.emit()
    settle(story)
    assert model.image(0) is first


def test_a_step_that_cannot_be_shown_says_so_and_nothing_changes(story: Application) -> None:
    document = story.session.document
    assert document is not None
    bad = Step({**story.session.view.state, "lens": "form:north"})
    story.session.do(begin(document.dataset, "Tale", (bad, Step(raw=7))))
    view = story.session.view
    for row, word in ((0, "Did you mean"), (1, "no step")):
        assert not story.story.go_to(row)
        assert word in story.banner.text or "form" in story.banner.text
        assert story.session.view == view


@pytest.mark.usefixtures("qapp")
def test_the_model_is_one() -> None:
    model = StoryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    some = tuple(Step(head=str(n)) for n in range(3))
    model.show(some, {})
    model.show(some[::-1], {})
    model.show(some[:1], {})
    model.show((), {})
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_file_that_tells_a_story_says_so(frame: Frame, tmp_path: Path) -> None:
    data = small()
    write(apply(data, begin(data, "Tale", (Step(View().state, head="Here"),))), tmp_path / "tale.json")
    app = Application(frame, prepare(tmp_path / "tale.json", (1200, 640)), play=False)
    settle(app)
    until(lambda: "“Tale”: F6 presents it" in frame.statusBar().currentMessage())
    act(app, "story.present").trigger()
    settle(app)
    assert app.story.presenting.strip.head.text() == "Here"
    app.close()


# presented


def present(app: Application) -> None:
    app.story.panel.choose(0)
    act(app, "story.present").trigger()
    settle(app)


def test_a_presentation_shows_the_picture_alone_and_puts_everything_back(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY, LATE)
    story.session.set_focus(("organizations:south",))
    story.session.note()
    before, state, flows = story.session.stood, story.frame.saveState(), story.showing.flows
    present(story)
    assert story.showing.flows is not flows  # it is larger now
    strip = story.story.presenting.strip
    around = (story.frame.menuBar(), story.docks.bar, story.docks.time, story.rail, story.lensbar, story.story.dock)
    assert not any(part.isVisible() for part in around)
    assert strip.isVisible()
    assert strip.geometry().top() >= story.canvas.geometry().bottom()
    assert strip.number.text() == "1 of 2"
    assert story.session.clock.day == EARLY
    assert story.session.focus == ()
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    settle(story)
    assert not strip.isVisible()
    assert all(part.isVisible() for part in around)
    after = story.session.stood
    assert (after.place, after.clock) == (before.place, before.clock)
    assert after.trail.places == before.trail.places
    assert story.frame.saveState() == state
    assert story.showing.flows is flows


def test_time_plays_from_step_to_step_and_stands_on_its_day(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY, LATE)
    panel = story.story.panel
    panel.choose(1)
    panel.seconds.setValue(2.0)
    panel.seconds.editingFinished.emit()
    present(story)
    strip = story.story.presenting.strip
    seen: list[float] = []
    story.session.clock_changed.connect(lambda clock: seen.append(clock.day))
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert story.session.clock.playing
    until(lambda: not story.session.clock.playing)
    assert story.session.clock.day == LATE
    assert len(seen) > 3
    assert seen == sorted(seen)
    qtbot.keyClick(strip, Qt.Key.Key_PageUp)  # no time runs backwards
    assert not story.session.clock.playing
    assert story.session.clock.day == EARLY
    act(story, "view.still").trigger()
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert not story.session.clock.playing
    assert story.session.clock.day == LATE


def test_nothing_moves_after_escape(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY, LATE)
    at(story, LATE)
    story.session.note()
    present(story)
    strip = story.story.presenting.strip
    qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert story.session.clock.playing
    qtbot.keyClick(story.canvas, Qt.Key.Key_Escape)
    assert not story.session.clock.playing
    assert story.session.clock.day == LATE
    assert story.canvas._glide is None
    settle(story)
    assert story.session.clock.day == LATE


def test_another_picture_is_faded_in(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY)
    turn_to(story, "sankey")
    told(story, LATE)
    turn_to(story, "flowmap")
    present(story)
    strip = story.story.presenting.strip
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    until(lambda: story.canvas.shown is not None and story.canvas.shown.view == "sankey")
    settle(story)
    assert story.session.view.picture == "sankey"
    assert story.session.clock.day == LATE
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    settle(story)
    assert story.session.view.picture == "flowmap"
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    settle(story)


def test_a_document_that_closes_ends_its_presentation(story: Application) -> None:
    told(story, EARLY)
    present(story)
    story.frame.may_close = lambda: True
    document = story.session.document
    assert document is not None
    story.session.set_document(replace(document, past=(), saved=0))
    act(story, "file.close").trigger()
    until(lambda: story.session.document is None)
    assert not story.story.presenting.on
    assert not story.story.presenting.strip.isVisible()


# written


def test_a_story_is_written_from_the_window(story: Application, tmp_path: Path) -> None:
    told(story, EARLY, LATE)
    for ending in (".pptx", ".pdf", ".webp"):
        path = tmp_path / f"tale{ending}"
        fps = 5 if ending == ".webp" else None
        story.story.export.write(path, StoryChoice(ending, (640, 360), "dark", fps))
        until(path.exists)
        until(lambda: "Written" in story.frame.statusBar().currentMessage())
    deck = Presentation(str(tmp_path / "tale.pptx"))
    assert len(deck.slides) == 2
    assert "render story small.json -o tale.pptx --story Story" in deck.core_properties.comments


def test_a_story_that_cannot_be_written_is_told(story: Application, tmp_path: Path) -> None:
    document = story.session.document
    assert document is not None
    bad = Step({**story.session.view.state, "lens": "from:Nowhere"})
    story.session.do(begin(document.dataset, "Tale", (bad,)))
    story.story.export.write(tmp_path / "tale.pdf", StoryChoice(".pdf", (640, 360), "light"))
    until(lambda: bool(story.banner.text))
    assert "step 1 of the story “Tale”" in story.banner.text
    assert list(tmp_path.glob("tale*")) == []


def test_the_dialog_says_what_comes_of_it(story: Application, qtbot: QtBot) -> None:
    told(story, EARLY, LATE)
    assert story.story.story is not None
    dialog = StoryDialog(story.story.story, "dark", story.frame)
    qtbot.addWidget(dialog)
    dialog.size_of.setCurrentIndex(1)
    assert dialog.result_of.text() == "2 steps, 16 s, 1,920 × 1,080 pixels, 480 pictures"
    assert dialog.choice == StoryChoice(".mp4", (1920, 1080), "dark", 30)
    dialog.format.setCurrentIndex(dialog.format.findData(".gif"))
    assert dialog.choice.fps == 20
    dialog.format.setCurrentIndex(dialog.format.findData(".pdf"))
    assert "2 pages" in dialog.result_of.text()
    assert dialog.choice.fps is None
    assert not dialog.size_of.isEnabled()
