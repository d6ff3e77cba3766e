"""The program's windows, its last chance, and what is printed and exported of what is in sight."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.desktop import lastchance
from app.desktop.application import Application
from app.desktop.dialogs.export import Choice, ExportDialog
from app.desktop.export import exported, part
from app.desktop.lastchance import LastChance, ReportDialog, put_aside, report
from app.desktop.opening import shown
from app.desktop.printing import page, painter_of
from app.desktop.windows import Windows
from app.files.registry import read
from app.scene.camera import Camera
from app.session import logs
from app.session.document import Document
from app.session.settings import Settings
from tests.desktop.driving import settle
from tests.desktop.waiting import until
from tests.pictures.made import small


def test_two_datasets_in_two_windows(qtbot: QtBot, tmp_path: Path, file: Path) -> None:
    windows = Windows(Settings(tmp_path / "s"))
    first = windows.first(file)
    qtbot.addWidget(first)
    until(lambda: len(windows.filled) == 1 and windows.filled[0].timebar.chart is not None)
    second = windows.another()
    qtbot.addWidget(second)
    assert windows.filled[1].welcome.isVisible()
    assert windows.filled[1].timebar.chart is not None
    windows.filled[1].documents.open(None)
    until(lambda: second.windowTitle().startswith("ai-labs.json"))
    assert first.windowTitle() == "mine.json — Talentflow"
    windows.filled[0].pinning.pin_here("north")
    assert "1 unsaved" in first.windowTitle()
    assert "unsaved" not in second.windowTitle()
    windows.filled[0].session.undo()
    first.actions_by_id["file.quit"].trigger()
    assert not first.isVisible()
    assert not second.isVisible()
    assert windows.frames == []
    windows.end()


def test_without_a_file_the_program_begins_with_the_last_one(qtbot: QtBot, tmp_path: Path, file: Path) -> None:
    settings = Settings(tmp_path / "s")
    settings.last = file
    windows = Windows(settings)
    frame = windows.first(None)
    qtbot.addWidget(frame)
    assert frame.notice.accessibleName() == "Opening mine.json …"
    until(lambda: frame.windowTitle().startswith("mine.json"))
    frame.close()
    windows.end()


def test_a_file_that_cannot_be_opened_leads_to_the_welcome_page(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    windows = Windows(Settings(tmp_path / "s"))
    frame = windows.first(tmp_path / "missing.json")
    qtbot.addWidget(frame)
    until(lambda: len(windows.filled) == 1)
    assert windows.filled[0].welcome.isVisible()
    assert "missing.json" in windows.filled[0].welcome.accessibleDescription()
    assert "missing.json" in capsys.readouterr().err
    frame.close()
    windows.end()


def test_a_window_closed_while_it_loads_is_not_filled(qtbot: QtBot, tmp_path: Path, file: Path) -> None:
    windows = Windows(Settings(tmp_path / "s"))
    frame = windows.first(file)
    qtbot.addWidget(frame)
    frame.close()
    windows.end()
    assert windows.filled == []


# the last chance


def changed(document: Document) -> Document:
    from app.domain.views import pin

    return document.done(pin(document.dataset, "flowmap", {"north": (0.5, 0.5)}, "Pin"))


def test_unsaved_work_is_put_aside_and_can_be_opened() -> None:
    assert put_aside(Document(small(), None, "mine.json")) is None
    first = put_aside(changed(Document(small(), None, "mine.json")))
    second = put_aside(changed(Document(small(), None, "mine.json")))
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("rescued-mine-1.json", "rescued-mine-2.json")
    assert read(first)["views"].height == 1


@pytest.mark.usefixtures("qapp")
def test_what_nobody_foresaw_is_told_with_a_report(
    monkeypatch: pytest.MonkeyPatch, logged: list[logging.LogRecord]
) -> None:
    told: list[ReportDialog] = []
    monkeypatch.setattr(lastchance.ReportDialog, "exec", lambda self: told.append(self) or 0)
    documents = [changed(Document(small(), None, "mine.json"))]
    chance = LastChance(lambda: documents, lambda: None)
    chance.install()
    try:
        raise RuntimeError("odd thing")
    except RuntimeError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]  # there is one
    chance.remove()
    assert len(told) == 1
    assert "RuntimeError: odd thing" in told[0].text.toPlainText()
    told[0].copy.click()
    assert "odd thing" in QGuiApplication.clipboard().text()
    assert [record.getMessage() for record in logged] == ["unforeseen"]
    logged.clear()
    assert sys.excepthook is not chance._hook


def test_a_report_holds_the_last_lines_of_the_log() -> None:
    path = logs.begin()
    assert path is not None
    own = logging.getLogger("app")
    try:
        own.info("something was done")
        assert "something was done" in report()
    finally:
        for handler in own.handlers[:]:
            if isinstance(handler, logging.FileHandler):
                own.removeHandler(handler)
                handler.close()
        own.setLevel(logging.NOTSET)


# paper, and what is in sight


def test_the_page_lies_as_the_picture_does_and_is_painted(app: Application, tmp_path: Path) -> None:
    current = app.current()
    assert current is not None
    scene = current.flows.scene(None)
    printer = page(scene)
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    assert printer.docName() == scene.header.title
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    printer.setPageMargins(QMarginsF(10, 10, 10, 10), QPageLayout.Unit.Millimeter)
    painter_of(scene)(printer)
    written = (tmp_path / "page.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert len(written) > 5_000


def test_only_what_is_in_sight_is_exported_at_the_size_of_the_canvas(app: Application) -> None:
    app.canvas.set_camera(Camera(3.0, -900.0, -500.0))
    settle(app)
    current = app.current()
    assert current is not None
    whole_keys = {k for layer in current.flows.scene(current.day).layers for m in layer.marks for k in m.key.tolist()}
    scene = part(current)
    assert scene is not None
    keys = {k for layer in scene.layers for m in layer.marks for k in m.key.tolist()}
    assert keys < whole_keys
    assert scene.size == current.flows.options.size
    text = exported(current, Choice(".svg", current.size, 1.0, "light", seen=True)).decode()
    assert text.startswith("<svg")
    assert f'width="{current.size[0]}"' in text
    dialog = ExportDialog(current.flows.scene(None), current.size, "light", app.frame, seen=scene)
    assert dialog.part.isEnabled()
    dialog.part.setCurrentIndex(1)
    assert dialog.choice.seen
    assert not dialog.size_of.isEnabled()
    assert not dialog.transparent.isEnabled()
    assert dialog.choice.size == current.size
    assert isinstance(dialog, QDialog)
    dialog.deleteLater()


def test_exports_stand_alone_with_their_histogram(app: Application) -> None:
    current = app.current()
    assert current is not None
    text = exported(current, Choice(".svg", (1200, 800), 1.0, "light")).decode()
    assert "MOVES PER QUARTER" in text
    opened = shown(Document(small()), (1200, 800), {})
    assert not opened.picture.options.alone
