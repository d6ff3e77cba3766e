"""Driving a window on a file that somebody else changes too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton

from app.desktop.application import Application
from app.domain.edit import apply, put
from app.files.registry import read, write
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until


def elsewhere(file: Path, person: str = "ada", **fields: object) -> None:
    """Somebody else changes a person in the file."""
    world = read(file)
    rows = {"people": [{**(world.row("people", person) or {"id": person}), **fields}]}
    write(apply(world, put(world, "elsewhere", rows)), file)


def rename(app: Application, name: str, person: str = "ada") -> None:
    """An edit in the window."""
    document = app.session.document
    assert document is not None
    row = document.dataset.row("people", person)
    assert row is not None
    app.session.do(put(document.dataset, f"Rename to {name}", {"people": [{**row, "name": name}]}))


def name(app: Application, person: str = "ada") -> str:
    document = app.session.document
    assert document is not None
    row = document.dataset.row("people", person)
    return str(row["name"]) if row is not None else "gone"


def name_on(file: Path, person: str = "ada") -> str:
    row = read(file).row("people", person)
    return str(row["name"]) if row is not None else "gone"


def come_back(app: Application) -> None:
    """Switch to the window from another program, and give it the time to look."""
    settle(app)
    QApplication.sendEvent(app.frame, QEvent(QEvent.Type.WindowActivate))
    assert app.jobs.busy
    settle(app)


def press(app: Application, words: str) -> None:
    """Press a button of the banner."""
    found = [b for b in app.banner.findChildren(QPushButton) if b.text() == words and not b.isHidden()]
    found[0].click()


def versions_of(app: Application) -> list[QAction]:
    """What the menu of earlier versions offers when it is opened."""
    menus = app.frame.actions_by_id.menus
    menus["File"].aboutToShow.emit()
    assert menus["File/Earlier"].isEnabled() == bool(menus["File/Earlier"].actions())
    return menus["File/Earlier"].actions()


def save(app: Application) -> None:
    act(app, "file.save").trigger()
    until(lambda: app.session.document is not None and not app.session.document.changed and not app.jobs.busy)
