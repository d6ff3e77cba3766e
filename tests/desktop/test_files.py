"""Opening files in the window: the dialog, recent files, dropping, reloading, failing, giving up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.desktop import documents
from app.desktop.application import Application
from app.desktop.frame import Frame
from app.desktop.opening import Opened, prepare
from app.domain import dates
from app.domain.errors import Fault, FileError
from app.files.registry import write
from app.session.settings import Settings
from tests.desktop.waiting import until
from tests.pictures.made import small


@pytest.fixture
def app(frame: Frame, tmp_path: Path) -> Iterator[Application]:
    """A window on a small dataset in a file."""
    other = tmp_path / "first.json"
    write(small(), other)
    made = Application(frame, prepare(other, (1200, 640)), play=False)
    yield made
    made.close()


def shown(app: Application) -> str:
    return app.frame.windowTitle().split(" — ")[0]


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """The file dialog answers with a path, or was cancelled."""
    answer = (str(path) if path else "", "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: answer)


def test_the_dialog_opens_a_file(app: Application, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, file)
    app.frame.actions_by_id["file.open"].trigger()
    until(lambda: shown(app) == "mine.json")
    assert app.session.document is not None
    assert app.session.document.path == file
    assert app.banner.text == ""


def test_a_cancelled_dialog_changes_nothing(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, None)
    before = app.session.document
    app.frame.actions_by_id["file.open"].trigger()
    assert app.session.document is before
    assert not app.jobs.busy


def test_a_failed_open_keeps_the_present_document_and_says_what_to_do(app: Application, file: Path) -> None:
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 4))))
    before = app.session.document
    file.write_text("{", encoding="utf-8")
    app.documents.open(file)
    until(lambda: bool(app.banner.text))
    assert app.session.document is before
    assert shown(app) == "first.json"
    assert app.session.clock.day == dates.day(2025, 4)
    assert "mine.json" in app.banner.text
    assert 2 <= len(app.banner.text.splitlines()) <= 3
    assert app.banner.accessibleName() == app.banner.text


def test_the_message_can_be_closed(app: Application, file: Path, qtbot: QtBot) -> None:
    app.banner.say("Something.\nDo something.")
    qtbot.mouseClick(app.banner._close, Qt.MouseButton.LeftButton)
    assert app.banner.text == ""
    assert file.exists()


def test_reload_shows_what_is_on_disk_and_keeps_the_day(app: Application, file: Path) -> None:
    app.documents.open(file)
    until(lambda: shown(app) == "mine.json")
    app.session.set_clock(app.session.clock.paused().at(float(dates.day(2025, 4))))
    file.write_text(file.read_text(encoding="utf-8").replace("Ben Madeup", "Ben Renamed"), encoding="utf-8")
    before = app.session.document
    app.frame.actions_by_id["file.reload"].trigger()
    until(lambda: app.session.document is not before)
    assert app.session.document is not None
    assert app.session.document.dataset.row("people", "ben")["name"] == "Ben Renamed"  # type: ignore[index]  # the row is there
    assert app.session.clock.day == dates.day(2025, 4)
    assert not app.session.clock.playing


def test_the_sample_has_no_file_to_reload(app: Application) -> None:
    app.frame.actions_by_id["file.open-sample"].trigger()
    until(lambda: shown(app) == "ai-labs.json")
    assert not app.frame.actions_by_id["file.reload"].isEnabled()
    assert app.session.clock.playing


def test_recent_files_are_listed_newest_first_and_can_be_opened(app: Application, file: Path) -> None:
    app.documents.open(file)
    until(lambda: shown(app) == "mine.json")
    menu = app.frame.actions_by_id.menus["File/Recent"]
    assert [a.text() for a in menu.actions() if a.text()] == ["mine.json", "first.json", "&Clear this list"]
    menu.actions()[1].trigger()
    until(lambda: shown(app) == "first.json")
    next(a for a in menu.actions() if a.text() == "&Clear this list").trigger()
    assert app.frame.settings.recent == []
    assert not menu.isEnabled()


def test_a_file_dropped_on_the_window_is_opened(app: Application, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(50, 50), *args)
    QApplication.sendEvent(app.frame, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(app.frame, QDropEvent(QPoint(50, 50), *args))
    until(lambda: shown(app) == "mine.json")


def test_two_files_at_once_or_a_web_address_are_not_taken(app: Application, file: Path) -> None:
    for urls in ([QUrl.fromLocalFile(str(file))] * 2, [QUrl("https://example.org/a.json")]):
        data = QMimeData()
        data.setUrls(urls)
        enter = QDragEnterEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(app.frame, enter)
        assert not enter.isAccepted()


def test_a_slow_opening_shows_progress_and_can_be_given_up(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = threading.Event()

    def slow(*args: Any, **more: Any) -> Opened:
        hold.wait(10)
        return prepare(*args, **more)

    monkeypatch.setattr(documents, "prepare", slow)
    app.documents.open(file)
    stop = app.frame.actions_by_id["file.stop"]
    assert stop.isEnabled()
    until(lambda: not app.status.progress.isHidden())
    stop.trigger()
    assert app.status.progress.isHidden()
    assert not stop.isEnabled()
    hold.set()
    app.jobs.close()
    assert shown(app) == "first.json"


def test_a_window_whose_first_file_failed_says_why_and_opens_another(frame: Frame, file: Path) -> None:
    app = Application(frame)
    missing = Path("missing.json")
    app.documents.not_done(FileError(Fault("missing", "there is no such file", file=str(missing))), missing, "opened")
    assert frame.notice.isHidden()
    assert app.welcome.isVisible()
    assert "there is no such file" in app.welcome.accessibleDescription()
    assert frame.actions_by_id["file.open"].isEnabled()
    assert not frame.actions_by_id["time.play"].isEnabled()
    app.documents.open(file)
    until(lambda: shown(app) == "mine.json")
    assert not app.welcome.isVisible()
    assert app.session.clock.playing
    app.close()


def test_settings_outlive_the_window_and_forget_what_is_gone(tmp_path: Path, file: Path) -> None:
    Settings(tmp_path / "s").remember(file)
    Settings(tmp_path / "s").theme = "dark"
    again = Settings(tmp_path / "s")
    assert again.recent == [file.resolve()]
    assert again.theme == "dark"
    file.unlink()
    assert Settings(tmp_path / "s").recent == []


def test_the_chosen_theme_is_there_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    first = Frame(Settings(tmp_path / "s"))
    qtbot.addWidget(first)
    first.choose_theme("dark")
    second = Frame(Settings(tmp_path / "s"))
    qtbot.addWidget(second)
    assert second.theme.name == "dark"
    assert second.actions_by_id["view.theme.dark"].isChecked()
    second.choose_theme("light")
