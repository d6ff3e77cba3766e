"""A file that somebody else has changed is noticed, on coming back and before a save; both can be taken."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import prepare
from app.domain.views import pins
from app.files.registry import read
from app.pictures.flowmap import VIEW
from app.session import logs
from app.session.recovery import found, recovered
from app.session.settings import Settings
from tests.desktop.driving import act, settle
from tests.desktop.on_file import come_back, elsewhere, name, name_on, press, rename, save, versions_of
from tests.desktop.test_recovering import crash
from tests.desktop.test_saving import answer, save_to, title
from tests.desktop.waiting import until
from tests.pictures.made import small
from tests.session.documents import same_rows

QUESTION = "mine.json was changed on disk since it was read. Save over it?"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, file: Path) -> Iterator[Callable[[], Application]]:
    """Opens windows on the file."""
    made: list[Application] = []

    def one() -> Application:
        frame = Frame(Settings(tmp_path / f"settings-{len(made)}"))
        qtbot.addWidget(frame, before_close_func=let_go)
        with qtbot.waitExposed(frame):
            frame.show()
        made.append(Application(frame, prepare(file, (1200, 640)), play=False))
        settle(made[-1])
        return made[-1]

    yield one
    for app in made:
        let_go(app.frame)
        app.frame.close()


def let_go(frame: Frame) -> None:
    """What a test has changed is not asked about."""
    frame.may_close = lambda: True


@pytest.fixture
def app(window: Callable[[], Application]) -> Application:
    """A window on the file."""
    return window()


# --- it is noticed ---


def test_a_file_that_is_as_it_was_is_no_matter(app: Application, file: Path) -> None:
    come_back(app)
    assert app.banner.text == ""
    os.utime(file, (1_000_000_000, 1_000_000_000))
    come_back(app)
    assert app.banner.text == ""


def test_a_change_is_told_and_read_again_and_one_looks_where_one_looked(app: Application, file: Path) -> None:
    app.session.set_clock(app.session.clock.paused().at(app.session.clock.span[0] + 300))
    app.session.set_focus(("organizations:south",))
    elsewhere(file, name="Theirs")
    come_back(app)
    assert app.banner.text == "mine.json was changed on disk since it was read."
    assert app.banner.actions_said == ["Read it again"]
    assert name(app) == "Ada Madeup"
    day = app.session.clock.day
    press(app, "Read it again")
    until(lambda: name(app) == "Theirs")
    assert app.banner.text == ""
    assert (app.session.clock.day, app.session.focus) == (day, ("organizations:south",))
    come_back(app)
    assert app.banner.text == ""


def test_it_is_looked_at_once_no_job_runs(app: Application, file: Path) -> None:
    elsewhere(file, name="Theirs")
    app.look(app.session.view)
    app.pinning.pin_here("north")
    assert app.jobs.busy
    QApplication.sendEvent(app.frame, QEvent(QEvent.Type.WindowActivate))
    until(lambda: "was changed on disk" in app.banner.text)


def test_who_closes_the_message_hears_no_more_of_that_change_but_of_the_next(
    app: Application, file: Path, qtbot: QtBot
) -> None:
    elsewhere(file, name="Theirs")
    come_back(app)
    qtbot.mouseClick(app.banner._close, Qt.MouseButton.LeftButton)
    for _ in range(2):
        come_back(app)
        assert app.banner.text == ""
    assert name(app) == "Ada Madeup"
    elsewhere(file, name="Theirs again")
    come_back(app)
    assert "was changed on disk" in app.banner.text


def test_an_offer_that_another_message_has_taken_the_place_of_is_made_again(app: Application, file: Path) -> None:
    elsewhere(file, name="Theirs")
    come_back(app)
    app.banner.say("Something else.")
    assert app.banner.actions_said == []
    come_back(app)
    assert app.banner.actions_said == ["Read it again"]


def test_what_is_changed_back_needs_no_answer(app: Application, file: Path) -> None:
    before = file.read_bytes()
    elsewhere(file, name="Theirs")
    come_back(app)
    file.write_bytes(before)
    come_back(app)
    assert app.banner.text == ""


def test_an_edit_after_the_offer_is_not_lost_by_it(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(file, "ben", name="Theirs")
    come_back(app)
    rename(app, "Mine")
    assert app.banner.actions_said == ["Take both", "Read it again"]
    assert "you have 1 unsaved change" in app.banner.text
    asked = answer(monkeypatch, "Cancel")
    press(app, "Read it again")
    assert asked == ["Read mine.json again and lose 1 unsaved change?"]
    assert name(app) == "Mine"
    assert app.banner.actions_said == ["Take both", "Read it again"]
    app.session.undo()
    assert app.banner.actions_said == ["Read it again"]


def test_a_file_that_has_gone_is_told_and_can_be_saved_again(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.unlink()
    come_back(app)
    assert app.banner.text == "mine.json is not on disk any more: save it to keep it."
    assert title(app) == "mine.json · unsaved changes"
    asked = answer(monkeypatch, "Cancel")
    act(app, "file.close").trigger()
    assert asked == ["mine.json has unsaved changes. Save before going on?"]
    press(app, "Save it")
    until(lambda: title(app) == "mine.json")
    assert app.banner.text == ""
    assert same_rows(read(file), small())


def test_a_file_that_comes_back_as_it_was_is_as_if_nothing_had_been(app: Application, file: Path) -> None:
    kept = file.read_bytes()
    rename(app, "Mine")
    file.unlink()
    come_back(app)
    assert title(app) == "mine.json · 1 unsaved change"
    file.write_bytes(kept)
    come_back(app)
    assert app.banner.text == ""
    assert title(app) == "mine.json · 1 unsaved change"
    app.session.undo()
    assert title(app) == "mine.json"


def test_what_has_no_file_is_not_looked_for(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    act(app, "file.new").trigger()
    settle(app)
    monkeypatch.setattr("app.files.stamp.Stamp.now", lambda *_: pytest.fail("there is nothing to look at"))
    QApplication.sendEvent(app.frame, QEvent(QEvent.Type.WindowActivate))
    assert not app.jobs.busy


# --- both are taken ---


def test_both_are_taken_and_the_edits_can_be_undone_one_by_one(app: Application, file: Path) -> None:
    rename(app, "Mine")
    app.pinning.pin_here("north")
    settle(app)
    app.session.set_focus(("organizations:south",))
    elsewhere(file, "ben", name="Theirs")
    come_back(app)
    press(app, "Take both")
    until(lambda: name(app, "ben") == "Theirs")
    assert name(app) == "Mine"
    assert title(app) == "mine.json · 2 unsaved changes"
    assert app.banner.text == ""
    assert "with your 2 unsaved changes" in app.frame.statusBar().currentMessage()
    assert app.session.focus == ("organizations:south",)
    assert name_on(file) == "Ada Madeup"  # nothing is saved by it
    act(app, "edit.undo").trigger()
    assert title(app) == "mine.json · 1 unsaved change"
    act(app, "edit.undo").trigger()
    assert (title(app), name(app), name(app, "ben")) == ("mine.json", "Ada Madeup", "Theirs")
    act(app, "edit.redo").trigger()
    save(app)
    assert (name_on(file), name_on(file, "ben")) == ("Mine", "Theirs")


def test_what_does_not_fit_stands_in_the_issues_and_stays_there(app: Application, file: Path) -> None:
    rename(app, "Mine")
    rename(app, "Also mine", "ben")
    elsewhere(file, name="Theirs")
    come_back(app)
    press(app, "Take both")
    until(lambda: "In 1 place the changes do not fit the file as it is now" in app.banner.text)
    assert (name(app), name(app, "ben")) == ("Theirs", "Also mine")
    assert app.docks.issues.isVisible()
    wanted = "“Rename to Mine” would have made it “Mine”, but the file says “Theirs” now"
    settle(app)
    assert wanted in [fault.message for fault in app.issues.model.faults]
    rename(app, "Something", "cyd")
    settle(app)
    assert wanted in [fault.message for fault in app.issues.model.faults]
    assert "Your version as it was is kept" in app.banner.text
    (version,) = versions_of(app)
    app.session.undo()
    app.session.undo()
    version.trigger()
    until(lambda: name(app) == "Mine")
    assert name(app, "ben") == "Also mine"


def test_an_edit_while_both_are_taken_is_taken_too(app: Application, file: Path) -> None:
    rename(app, "Mine")
    elsewhere(file, "ben", name="Theirs")
    come_back(app)
    press(app, "Take both")
    rename(app, "Mine as well", "cyd")
    until(lambda: name(app, "ben") == "Theirs")
    assert (name(app), name(app, "cyd"), title(app)) == ("Mine", "Mine as well", "mine.json · 2 unsaved changes")


def test_an_undone_save_is_taken_back_in_the_file_as_it_is_now(app: Application, file: Path) -> None:
    rename(app, "Mine")
    save(app)
    app.session.undo()
    rename(app, "Mine too", "cyd")  # no steps lead back to the file
    elsewhere(file, "ben", name="Theirs")
    come_back(app)
    press(app, "Take both")
    until(lambda: name(app, "ben") == "Theirs")
    assert (name(app), name(app, "cyd")) == ("Ada Madeup", "Mine too")
    assert act(app, "edit.undo").text() == "&Undo: Rename to Mine too"
    app.session.undo()
    assert act(app, "edit.undo").text() == "&Undo: Take back “Rename to Mine”"
    app.session.undo()
    assert (name(app), title(app)) == ("Mine", "mine.json")


def test_a_pin_that_was_taken_away_is_away_in_both(app: Application, file: Path) -> None:
    app.pinning.pin_here("north")
    app.pinning.pin_here("south")
    save(app)
    settle(app)
    app.pinning.unpin("north")
    elsewhere(file, "ben", name="Theirs")
    come_back(app)
    press(app, "Take both")
    until(lambda: name(app, "ben") == "Theirs")
    document = app.session.document
    assert document is not None
    assert set(pins(document.dataset, VIEW)) == {"south"}


def test_a_file_that_cannot_be_read_is_told_and_changes_nothing(app: Application, file: Path) -> None:
    rename(app, "Mine")
    file.write_text("{", encoding="utf-8")
    come_back(app)
    press(app, "Take both")
    until(lambda: "was changed" not in app.banner.text)
    assert "mine.json" in app.banner.text
    assert (name(app), title(app)) == ("Mine", "mine.json · 1 unsaved change")


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("saved_before", [False, True])
def test_the_journal_goes_on_with_what_was_taken(app: Application, file: Path, saved_before: bool, lost: bool) -> None:
    if saved_before:
        rename(app, "Saved", "dov")
        save(app)
    rename(app, "Mine")
    rename(app, "Mine too", "cyd")
    app.session.undo()
    app.session.redo()
    elsewhere(file, "ben", name="Theirs")
    if lost:
        elsewhere(file, "cyd", name="Theirs too")
    come_back(app)
    press(app, "Take both")
    until(lambda: name(app, "ben") == "Theirs")
    rename(app, "Later", "eve")
    expected = app.session.document
    assert expected is not None
    crash(app)
    (left,) = found(logs.journals())
    made = recovered(left)
    assert (made.lost, made.warnings) == ((), ())
    assert same_rows(made.document.dataset, expected.dataset)
    assert [edit.name for edit in made.document.past] == [edit.name for edit in expected.past]
    assert made.document.saved == expected.saved
    made.journal.close(discard=True)


def test_a_document_whose_file_has_gone_outlives_a_crash(app: Application, file: Path) -> None:
    file.unlink()
    come_back(app)
    crash(app)
    (left,) = found(logs.journals())
    made = recovered(left)
    assert same_rows(made.document.dataset, small())
    assert made.document.changed
    made.journal.close(discard=True)


# --- saving ---


def test_a_save_asks_before_it_writes_over_somebody_elses(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(app, "Mine")
    elsewhere(file, "ben", name="Theirs")
    before = file.read_bytes()
    asked = answer(monkeypatch, "Cancel")
    act(app, "file.save").trigger()
    until(lambda: asked == [QUESTION])
    settle(app)
    assert file.read_bytes() == before
    assert title(app) == "mine.json · 1 unsaved change"
    answer(monkeypatch, "Save over it")
    act(app, "file.save").trigger()
    until(lambda: title(app) == "mine.json")
    assert (name_on(file), name_on(file, "ben")) == ("Mine", "Ben Madeup")
    (version,) = versions_of(app)  # what was saved over is not lost
    version.trigger()
    until(lambda: name(app, "ben") == "Theirs")


def test_both_can_be_taken_instead_and_are_not_saved_by_that(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(app, "Mine")
    elsewhere(file, "ben", name="Theirs")
    before = file.read_bytes()
    answer(monkeypatch, "Take both")
    act(app, "file.save").trigger()
    until(lambda: name(app, "ben") == "Theirs")
    settle(app)
    assert file.read_bytes() == before
    assert title(app) == "mine.json · 1 unsaved change"
    monkeypatch.undo()
    save(app)
    assert (name_on(file), name_on(file, "ben")) == ("Mine", "Theirs")


def test_a_window_that_was_to_close_stays_when_the_save_is_not_done(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(app, "Mine")
    elsewhere(file, name="Theirs")
    asked: list[str] = []

    def pressed(box: object) -> QPushButton | None:
        asked.append(box.text())  # type: ignore[attr-defined]  # a message box
        words = "Save" if "Save before" in asked[-1] else "Cancel"
        return next(b for b in box.buttons() if b.text().replace("&", "") == words)  # type: ignore[attr-defined]  # the same

    monkeypatch.setattr("app.desktop.documents.chosen", pressed)
    app.frame.close()
    until(lambda: len(asked) == 2)
    settle(app)
    assert asked[1] == QUESTION
    assert app.frame.isVisible()
    assert title(app) == "mine.json · 1 unsaved change"


def test_saving_to_another_file_does_not_ask(app: Application, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename(app, "Mine")
    elsewhere(file, name="Theirs")
    save_to(monkeypatch, file.with_name("other.json"))
    act(app, "file.save-as").trigger()
    until(lambda: title(app) == "other.json")
    assert (name_on(file), name_on(file.with_name("other.json"))) == ("Theirs", "Mine")


def test_two_windows_on_one_file_notice_each_other(
    window: Callable[[], Application], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = window(), window()
    rename(one, "Mine")
    rename(other, "Other's", "ben")
    save(one)
    asked = answer(monkeypatch, "Take both")
    act(other, "file.save").trigger()
    until(lambda: name(other) == "Mine")
    assert asked == [QUESTION]
    monkeypatch.undo()
    save(other)
    assert (name_on(file), name_on(file, "ben")) == ("Mine", "Other's")
    come_back(one)
    assert one.banner.actions_said == ["Read it again"]


def test_what_is_edited_while_it_is_saved_is_asked_about_before_it_is_left(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(app, "Mine")
    asked = answer(monkeypatch, "Save")
    act(app, "file.close").trigger()
    rename(app, "Mine too", "ben")
    until(lambda: app.welcome.isVisible())
    assert len(asked) == 2
    assert (name_on(file), name_on(file, "ben")) == ("Mine", "Mine too")
