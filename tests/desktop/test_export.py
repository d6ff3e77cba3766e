"""Exporting and copying the picture from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from app.desktop.application import Application
from app.desktop.dialogs.export import Choice, ExportDialog, fitting
from app.desktop.export import offered
from app.desktop.frame import Frame
from app.desktop.opening import shown
from app.domain import dates
from app.pictures.caption import captioned
from app.scene.scene import Measure, Scene
from app.session.document import Document
from app.session.view import View
from tests.benchmarks.synthetic import dataset
from tests.desktop.driving import settle
from tests.desktop.waiting import until


@pytest.fixture
def app(app: Application) -> Application:
    """The small dataset in the window, on a day in 2025."""
    app.session.set_clock(app.session.clock.at(float(dates.day(2025, 5))))
    return app


@pytest.fixture
def dialog(app: Application, qtbot: QtBot) -> ExportDialog:
    """The dialog on what the window shows."""
    assert app.canvas.picture is not None
    made = ExportDialog(app.canvas.picture.scene(app.canvas.day), (1000, 600), "light", app.frame)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("ending", "start"), [(".png", b"\x89PNG"), (".svg", b"<svg"), (".pdf", b"%PDF"), (".pptx", b"PK")]
)
def test_every_format_is_written(app: Application, tmp_path: Path, ending: str, start: bytes) -> None:
    path = tmp_path / f"map{ending}"
    app.exporter.write(path, Choice(ending, (900, 600), 1.0, "dark"))
    until(path.exists)
    until(lambda: "Written" in app.frame.statusBar().currentMessage())
    assert path.read_bytes().startswith(start)


def test_a_png_has_the_pixels_that_were_promised_and_shows_the_day(app: Application, tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    app.exporter.write(path, Choice(".png", (900, 600), 2.0, "light", transparent=True))
    until(path.exists)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1800, 1200)
    assert image.hasAlphaChannel()
    assert image.pixelColor(2, 2).alpha() == 0
    svg = tmp_path / "map.svg"
    app.exporter.write(svg, Choice(".svg", (900, 600), 1.0, "light"))
    until(svg.exists)
    assert "As of 2025-05-01" in svg.read_text(encoding="utf-8")


def test_what_cannot_be_written_is_said_and_nothing_is_lost(app: Application, tmp_path: Path) -> None:
    taken = tmp_path / "taken.png"
    taken.mkdir()
    app.exporter.write(taken, Choice(".png", (900, 600), 1.0, "light"))
    until(lambda: bool(app.banner.text))
    assert "taken.png" in app.banner.text
    assert taken.is_dir()


def test_copying_puts_the_picture_on_the_clipboard(app: Application) -> None:
    app.frame.actions_by_id["edit.copy"].trigger()
    until(lambda: "clipboard" in app.frame.statusBar().currentMessage())
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * app.canvas.picture.options.size[0]  # type: ignore[union-attr]  # a picture is shown


def test_the_dialog_says_what_will_come_out(dialog: ExportDialog) -> None:
    assert dialog.result_of.text() == "2,000 × 1,200 pixels, 26.5 × 15.9 cm"
    dialog.scale.setValue(1.0)
    dialog.size_of.setCurrentIndex(dialog.size_of.findText("1920 × 1080, screen"))
    assert dialog.result_of.text() == "1,920 × 1,080 pixels, 25.4 × 14.3 cm"
    assert (dialog.width_of.value(), dialog.height_of.value()) == (1920, 1080)
    dialog.format.setCurrentIndex(dialog.format.findData(".pdf"))
    assert dialog.result_of.text() == "67.7 × 38.1 cm, one page"
    assert not dialog.scale.isEnabled()
    assert not dialog.transparent.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData(".svg"))
    assert "sharp at any size" in dialog.result_of.text()


def test_a_slide_may_be_without_a_ground(dialog: ExportDialog) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(".pptx"))
    assert "slide" in dialog.result_of.text()
    assert not dialog.scale.isEnabled()
    dialog.transparent.setChecked(True)
    assert dialog.choice.transparent


def test_the_sources_stand_below_the_picture_where_they_are_wanted(app: Application, tmp_path: Path) -> None:
    plain, named = tmp_path / "plain.svg", tmp_path / "named.svg"
    app.exporter.write(plain, Choice(".svg", (900, 600), 1.0, "light"))
    until(plain.exists)
    app.exporter.write(named, Choice(".svg", (900, 600), 1.0, "light", caption=True))
    until(named.exists)
    assert "[1] " not in plain.read_text("utf-8")
    assert "[1] " in named.read_text("utf-8")


def test_the_dialog_asks_for_sources_and_shows_them(dialog: ExportDialog) -> None:
    assert not dialog.choice.caption
    before = dialog.preview.pixmap().size()
    dialog.caption.setChecked(True)
    after = dialog.preview.pixmap().size()
    assert dialog.choice.caption
    assert dialog.result_of.text().endswith("and the sources")
    assert after.height() / after.width() > before.height() / before.width()


def test_the_sources_of_the_preview_are_set_once(dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[Scene] = []

    def counted(scene: Scene, measured: Measure) -> Scene:
        times.append(scene)
        return captioned(scene, measured)

    monkeypatch.setattr("app.desktop.dialogs.export.captioned", counted)
    dialog.caption.setChecked(True)
    shown = dialog.preview.pixmap().toImage()
    dialog.dpi.setValue(300)
    dialog.scale.setValue(3.0)
    dialog.theme.setCurrentIndex(1)
    dialog.width_of.setValue(1234)
    assert dialog.preview.pixmap().toImage() != shown
    dialog.caption.setChecked(False)
    dialog.caption.setChecked(True)
    assert len(times) == 1


def test_careers_of_many_take_as_many_pages_as_they_need(frame: Frame, tmp_path: Path) -> None:
    document = Document(dataset(400, 4), None, "many.json")
    app = Application(frame, shown(document, (900, 600), {"view": View(picture="careers").state}), play=False)
    settle(app)
    try:
        current = app.current()
        assert current is not None
        scene, more = offered(current)
        assert scene.header.title
        assert more is not None
        n_more = more((900, 600))
        assert n_more > 1
        slides = tmp_path / "all.pptx"
        app.exporter.write(slides, Choice(".pptx", (900, 600), 1.0, "light", sheets=True))
        until(slides.exists)
        assert len(Presentation(str(slides)).slides) == 1 + n_more
        app.exporter.write(tmp_path / "one.pptx", Choice(".pptx", (900, 600), 1.0, "light"))
        until((tmp_path / "one.pptx").exists)
        assert len(Presentation(str(tmp_path / "one.pptx")).slides) == 1
    finally:
        app.close()


def test_typed_numbers_are_another_size(dialog: ExportDialog) -> None:
    dialog.width_of.setValue(1234)
    assert dialog.size_of.currentText() == "Another size"
    assert dialog.choice.size == (1234, 600)
    dialog.width_of.setValue(1600)
    dialog.height_of.setValue(1000)
    assert dialog.size_of.currentText() == "1600 × 1000"


def test_the_preview_follows_theme_and_ground(dialog: ExportDialog) -> None:
    def corner() -> tuple[int, int]:
        color = dialog.preview.pixmap().toImage().pixelColor(1, 1)
        return color.lightness(), color.alpha()

    assert corner()[0] > 240
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    assert corner()[0] < 40
    dialog.transparent.setChecked(True)
    assert corner()[1] == 0


def test_the_name_gets_the_ending_of_the_format(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted  # given up: the dialog stays
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "map"), ""))
    dialog.accept()
    assert dialog.path == tmp_path / "map.png"
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_every_field_has_a_name(dialog: ExportDialog) -> None:
    fields = (dialog.format, dialog.size_of, dialog.width_of, dialog.height_of, dialog.scale, dialog.theme)
    assert [f.accessibleName() for f in fields] == ["Format", "Size", "Width", "Height", "Scale", "Theme"]


def test_a_size_is_fitted_into_a_room() -> None:
    assert fitting((1600, 1000), (400, 400)) == (400, 250)
    assert fitting((100, 1000), (400, 400)) == (40, 400)
