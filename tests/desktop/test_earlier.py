"""Earlier versions of a file can be opened from the File menu."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from app.desktop.application import Application
from app.files.registry import read
from tests.desktop.driving import act, settle
from tests.desktop.on_file import name, name_on, rename, save, versions_of
from tests.desktop.test_saving import answer, title
from tests.desktop.waiting import until
from tests.pictures.made import small
from tests.session.documents import same_rows


@pytest.fixture
def app(on_disk: Application) -> Application:
    """A window on the file."""
    return on_disk


def test_without_an_earlier_version_the_menu_offers_none(app: Application) -> None:
    assert versions_of(app) == []
    act(app, "file.new").trigger()
    until(lambda: title(app) == "Untitled")
    assert versions_of(app) == []


def test_an_earlier_version_opens_under_a_name_of_its_own_and_asks_where_to_be_saved(
    app: Application, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = file.stat().st_size
    os.utime(file, (1_764_166_200, 1_764_166_200))
    rename(app, "Mine")
    save(app)
    before = file.read_bytes()
    (version,) = versions_of(app)
    text = version.text()
    day, _, rest = text.partition(" · ")
    assert rest == f"{size / 1000:.0f} kB"
    app.session.set_clock(app.session.clock.paused().at(app.session.clock.span[0] + 300))
    at = app.session.clock.day
    version.trigger()
    until(lambda: title(app) == f"mine.json ({day})")
    assert name(app) == "Ada Madeup"
    assert app.session.clock.day == at
    assert not act(app, "file.reload").isEnabled()
    assert [action.text() for action in versions_of(app)] == [text]  # and from there to another one
    settle(app)
    QApplication.sendEvent(app.frame, QEvent(QEvent.Type.WindowActivate))
    assert not app.jobs.busy  # there is no file to look at
    asked: list[str] = []

    def ask(_: object, __: str, start: str, *___: object) -> tuple[str, str]:
        asked.append(start)
        return str(file.with_name("restored.json")), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    act(app, "file.save").trigger()
    until(lambda: title(app) == "restored.json")
    assert asked == [str(file)]
    assert same_rows(read(file.with_name("restored.json")), small())
    assert file.read_bytes() == before


def test_who_only_looks_at_an_earlier_version_is_asked_nothing(app: Application, file: Path) -> None:
    rename(app, "Mine")
    save(app)
    (version,) = versions_of(app)
    version.trigger()
    until(lambda: name(app) == "Ada Madeup")
    act(app, "file.close").trigger()
    assert app.welcome.isVisible()
    assert name_on(file) == "Mine"


def test_an_earlier_version_is_opened_after_the_question_about_changes(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(app, "Mine")
    save(app)
    rename(app, "Mine again")
    (version,) = versions_of(app)
    asked = answer(monkeypatch, "Cancel")
    version.trigger()
    assert asked == ["mine.json has 1 unsaved change. Save before going on?"]
    assert name(app) == "Mine again"


def test_versions_of_one_minute_are_told_apart(app: Application, file: Path) -> None:
    for n in range(3):
        os.utime(file, (1_764_166_200 + n, 1_764_166_200 + n))
        rename(app, f"Name {n}")
        settle(app)
        act(app, "file.save").trigger()
        until(lambda: app.session.document is not None and not app.session.document.changed)
    texts = [action.text() for action in versions_of(app)]
    assert len(set(texts)) == 3
    assert [text.partition(" · ")[0][-2:] for text in texts] == ["02", "01", "00"]
