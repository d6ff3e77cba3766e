"""Files in which time plays, written from the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.dialogs.export import Choice, ExportDialog
from app.render.film import Film
from app.session.pictured import can_play
from tests.desktop.waiting import until


def choice(ending: str) -> Choice:
    return Choice(ending, (640, 480), 1.0, "dark", seconds=2.0, fps=10)


@pytest.mark.parametrize(
    ("ending", "start"), [(".svg", b"<svg"), (".html", b"<!doctype html>"), (".gif", b"GIF89a"), (".webp", b"RIFF")]
)
def test_every_format_is_written(app: Application, tmp_path: Path, ending: str, start: bytes) -> None:
    path = tmp_path / f"map{ending}"
    app.exporter.write(path, choice(ending))
    until(path.exists)
    until(lambda: "Written" in app.frame.statusBar().currentMessage())
    content = path.read_bytes()
    assert content.startswith(start)
    assert ending != ".svg" or b"animateTransform" in content


@pytest.mark.parametrize("view", ["sankey", "chord", "alluvial"])
def test_what_the_window_shows_is_filmed(app: Application, tmp_path: Path, view: str) -> None:
    app.session.set_view(replace(app.session.view, picture=view))
    until(lambda: app.canvas.shown is not None and app.canvas.shown.view == view)
    path = tmp_path / "film.gif"
    app.exporter.write(path, choice(".gif"))
    until(path.exists)
    with Image.open(path) as found:
        assert found.size == (640, 480)


def test_giving_up_leaves_no_file(app: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(self: Film) -> object:
        while True:
            yield self.picture(0.0)

    monkeypatch.setattr(Film, "pictures", endless)
    monkeypatch.setattr(Film, "n_pictures", 1_000_000)
    films = app.exporter.films
    folder = tmp_path / "films"
    folder.mkdir()
    app.exporter.write(folder / "map.gif", choice(".gif"))
    until(lambda: films.dialog is not None and films.dialog.value() > 0)
    assert films.dialog is not None
    assert films.dialog.maximum() == 1_000_000
    films.dialog.findChild(QPushButton).click()
    assert films.dialog is None
    assert "Given up" in app.frame.statusBar().currentMessage()
    until(lambda: list(folder.iterdir()) == [])
    assert not app.jobs.busy


def test_what_cannot_be_written_is_said(app: Application, tmp_path: Path) -> None:
    (tmp_path / "taken.gif").mkdir()
    app.exporter.write(tmp_path / "taken.gif", choice(".gif"))
    until(lambda: bool(app.banner.text))
    assert "taken.gif" in app.banner.text


def test_the_dialog_offers_length_and_pictures_a_second(app: Application, qtbot: QtBot) -> None:
    assert app.canvas.picture is not None
    scene = app.canvas.picture.scene(app.canvas.day)
    dialog = ExportDialog(scene, (1000, 600), "light", app.frame, moves=True)
    qtbot.addWidget(dialog)
    assert not dialog.seconds.isEnabled()
    assert dialog.choice.seconds is None
    dialog.format.setCurrentIndex(dialog.format.findData(".webm"))
    dialog.scale.setValue(1.0)
    dialog.seconds.setValue(10.0)
    dialog.fps.setValue(25)
    assert (dialog.choice.seconds, dialog.choice.fps, dialog.choice.ending) == (10.0, 25, ".webm")
    assert dialog.result_of.text() == "1,000 × 600 pixels, 250 pictures"
    dialog.format.setCurrentIndex(dialog.format.findData("playing.svg"))
    assert (dialog.choice.seconds, dialog.choice.fps, dialog.choice.ending) == (10.0, None, ".svg")
    assert dialog.seconds.isEnabled()
    assert not dialog.fps.isEnabled()
    still = ExportDialog(scene, (1000, 600), "light", app.frame)
    qtbot.addWidget(still)
    assert still.format.findData(".webm") < 0


def test_time_does_not_play_in_tiles_and_net_numbers(app: Application) -> None:
    view = app.session.view
    assert can_play(view)
    assert not can_play(replace(view, picture="matrix"))
    assert not can_play(replace(view, net=True))
    assert not can_play(replace(view, multiples=True))
