"""What happens to unsaved work when the program ends by itself, and what a save replaces."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.dialogs.recovery import RecoveryDialog, told
from app.desktop.frame import Frame
from app.desktop.opening import shown
from app.desktop.windows import Windows
from app.domain.edit import apply, put
from app.domain.views import pins
from app.files.registry import read, write
from app.pictures.flowmap import VIEW
from app.session import logs
from app.session.backup import versions
from app.session.document import Document
from app.session.recovery import Left, found, recovered
from app.session.settings import Settings
from tests.desktop.driving import act
from tests.desktop.test_saving import answer
from tests.desktop.waiting import until
from tests.pictures.made import small
from tests.session.documents import left_by_a_crash

KILLS = int(os.environ.get("TALENTFLOW_KILLS", "3"))
"""How often the program is killed: each time costs two seconds."""


def crash(app: Application) -> None:
    """The process of a window ends without a word, as far as its journal can tell."""
    journal = app.keeping._journal
    assert journal is not None
    left_by_a_crash(journal)
    app.keeping._journal = None


def started(qtbot: QtBot, folder: Path, file: Path | None) -> Windows:
    """The program after its next start, once the first window has its contents and looked for what was left."""
    windows = Windows(Settings(folder / "next"))
    qtbot.addWidget(windows.first(file))
    until(lambda: bool(windows.filled) and not windows.filled[0].jobs.busy)
    return windows


def asked() -> RecoveryDialog | None:
    """The question about unsaved work, if it is asked."""
    seen = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, RecoveryDialog)]
    return next((dialog for dialog in seen if dialog.isVisible()), None)


def end(windows: Windows) -> None:
    for frame in windows.frames.copy():
        frame.may_close = lambda: True
        frame.close()
    windows.end()


def pinned(app: Application) -> set[str]:
    document = app.session.document
    assert document is not None
    return set(pins(document.dataset, VIEW))


def test_who_only_looks_leaves_no_journal(on_disk: Application) -> None:
    assert on_disk.session.document is not None
    assert not logs.journals().exists()


def test_what_is_saved_or_given_up_leaves_none(on_disk: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk.pinning.pin_here("north")
    assert list(logs.journals().glob("*/journal.jsonl"))
    act(on_disk, "file.save").trigger()
    until(lambda: on_disk.session.document is not None and not on_disk.session.document.changed)
    on_disk.pinning.pin_here("south")
    answer(monkeypatch, "Do not save")
    act(on_disk, "file.close").trigger()
    assert on_disk.session.document is None
    assert list(logs.journals().iterdir()) == []


def test_work_left_behind_is_offered_and_comes_back_with_its_history(
    on_disk: Application, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    on_disk.pinning.pin_here("north")
    on_disk.pinning.pin_here("south")
    on_disk.session.undo()
    crash(on_disk)
    windows = started(qtbot, tmp_path, file)
    until(lambda: asked() is not None)
    dialog = asked()
    assert dialog is not None
    assert "mine.json: 1 change, the last today at" in dialog.list.item(0).text()
    assert str(file.parent) in dialog.list.item(0).text()
    dialog.bring_back.click()
    until(lambda: bool(pinned(windows.filled[0])))
    app = windows.filled[0]
    assert pinned(app) == {"north"}
    assert app.frame.windowTitle().startswith("mine.json · 1 unsaved change")
    app.session.redo()
    assert pinned(app) == {"north", "south"}
    app.session.undo()
    app.session.undo()
    assert pinned(app) == set()
    assert app.session.document is not None
    assert not app.session.document.changed
    assert pins(read(file), VIEW) == {}  # the file itself is as it was
    crash(app)
    assert found(logs.journals()) == []  # nothing was left that could be lost
    end(windows)


def test_work_that_comes_back_is_safe_at_once(on_disk: Application, file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    on_disk.pinning.pin_here("north")
    crash(on_disk)
    for n in range(2):
        windows = started(qtbot, tmp_path / str(n), file)
        until(lambda: asked() is not None)
        dialog = asked()
        assert dialog is not None
        dialog.bring_back.click()
        until(lambda w=windows: pinned(w.filled[0]) == {"north"})
        crash(windows.filled[0])
        end(windows)


def test_not_now_asks_again_and_discarding_asks_first(
    on_disk: Application, file: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk.pinning.pin_here("north")
    crash(on_disk)
    windows = started(qtbot, tmp_path / "a", file)
    until(lambda: asked() is not None)
    dialog = asked()
    assert dialog is not None
    dialog.later.click()
    end(windows)
    windows = started(qtbot, tmp_path / "b", file)
    until(lambda: asked() is not None)
    dialog = asked()
    assert dialog is not None
    questions = answer(monkeypatch, "Cancel")
    dialog.discard.click()
    assert questions == ["Give up the unsaved changes of mine.json? They cannot be brought back after that."]
    assert len(found(logs.journals())) == 1
    until(lambda: asked() is not None)  # who cancels is asked again
    dialog = asked()
    assert dialog is not None
    answer(monkeypatch, "Discard")
    dialog.discard.click()
    assert found(logs.journals()) == []
    end(windows)


def test_of_two_only_the_ticked_one_comes_back_and_the_other_stays(
    frame: Frame, on_disk: Application, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    on_disk.pinning.pin_here("north")
    crash(on_disk)
    on_disk.session.document = None
    on_disk.documents.take(shown(Document(small(), None, "new.json"), (1200, 640), {}))
    on_disk.pinning.pin_here("south")
    crash(on_disk)
    windows = started(qtbot, tmp_path, file)
    until(lambda: asked() is not None)
    dialog = asked()
    assert dialog is not None
    assert [left.name for left in dialog.ticked] == ["new.json", "mine.json"]  # the last used first
    assert "not on any disk yet" in dialog.list.item(0).text()
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.bring_back.click()
    until(lambda: pinned(windows.filled[0]) == {"north"})
    assert [left.name for left in found(logs.journals())] == ["new.json"]
    assert len(windows.frames) == 1
    end(windows)
    assert frame.isVisible()


def test_nothing_ticked_can_neither_be_brought_back_nor_given_up(qtbot: QtBot, on_disk: Application) -> None:
    on_disk.pinning.pin_here("north")
    crash(on_disk)
    (left,) = found(logs.journals())
    dialog = RecoveryDialog([left])
    qtbot.addWidget(dialog)
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.bring_back.isEnabled()
    assert not dialog.discard.isEnabled()
    assert isinstance(left, Left)
    assert told(left).startswith("mine.json: 1 change")


def test_what_does_not_fit_the_file_any_more_is_told_in_the_issues(
    on_disk: Application, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    document = on_disk.session.document
    assert document is not None
    row = document.dataset["people"].row(0, named=True)
    on_disk.session.do(put(document.dataset, "Rename", {"people": [{**row, "name": "Mine"}]}))
    crash(on_disk)
    changed = put(read(file), "elsewhere", {"people": [{**row, "name": "Theirs"}]})
    write(apply(read(file), changed), file)
    windows = started(qtbot, tmp_path, file)
    until(lambda: asked() is not None)
    dialog = asked()
    assert dialog is not None
    dialog.bring_back.click()
    app = windows.filled[0]
    until(lambda: "In 1 place the changes do not fit the file as it is now" in app.banner.text)
    assert "mine.json has been changed by somebody else since." in app.banner.text
    kept = app.session.document
    assert kept is not None
    assert kept.dataset.row("people", row["id"])["name"] == "Theirs"
    assert found(logs.journals())  # what could not be done again is not given up
    end(windows)


def test_a_full_disk_is_told_once_and_the_steps_are_written_later(
    on_disk: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk.pinning.pin_here("north")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("app.session.journal.os.write", full)
        on_disk.pinning.pin_here("south")
        assert on_disk.banner.text.startswith("Changes are not being kept")
        on_disk.banner.hide()
        on_disk.session.undo()
        assert on_disk.banner.text == ""
    on_disk.session.redo()
    crash(on_disk)
    (left,) = found(logs.journals())
    recovery = recovered(left)
    assert set(pins(recovery.document.dataset, VIEW)) == {"north", "south"}
    recovery.journal.close(discard=True)


def test_a_save_keeps_the_version_that_it_replaces(on_disk: Application, file: Path) -> None:
    before = file.read_bytes()
    on_disk.pinning.pin_here("north")
    act(on_disk, "file.save").trigger()
    until(lambda: on_disk.session.document is not None and not on_disk.session.document.changed)
    (version,) = versions(logs.versions(), file)
    assert version.path.read_bytes() == before
    assert file.read_bytes() != before


def test_a_save_is_done_where_no_earlier_version_can_be_kept(on_disk: Application, file: Path) -> None:
    logs.folder().mkdir(parents=True, exist_ok=True)
    logs.versions().write_text("in the way")
    on_disk.pinning.pin_here("north")
    act(on_disk, "file.save").trigger()
    until(lambda: on_disk.session.document is not None and not on_disk.session.document.changed)
    assert set(pins(read(file), VIEW)) == {"north"}


def test_a_killed_program_has_lost_nothing_it_had_acknowledged(home: Path, file: Path) -> None:
    chance = random.Random(50)
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.desktop.editing_window", str(file)],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "HOME": str(home)},
        ) as process:  # fmt: skip
            assert process.stdout is not None
            wanted, last = chance.randint(1, 60), 0
            while last < wanted and (line := process.stdout.readline()):
                last = int(line)
            process.kill()
            last = max([last, *map(int, process.stdout.read().split())])
        (left,) = found(logs.journals())
        recovery = recovered(left)
        assert (recovery.lost, recovery.warnings) == ((), ())
        n = len(recovery.document.past)
        assert last <= n <= last + 1
        assert recovery.document.dataset.row("people", "ada")["name"] == f"Name {n}"
        recovery.journal.close(discard=True)


def test_the_settings_of_a_window_do_not_hold_its_journal(
    on_disk: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing a window asks; what is answered with a save leaves neither a question nor a journal."""
    on_disk.pinning.pin_here("north")
    answer(monkeypatch, "Save")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: pytest.fail("the file is known"))
    on_disk.frame.may_close = on_disk._leave
    on_disk.frame.close()
    until(lambda: not on_disk.frame.isVisible())
    assert found(logs.journals()) == []
    assert list(logs.journals().iterdir()) == []
