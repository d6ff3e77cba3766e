"""A chart that leaves the window: as SVG, as PNG, on the clipboard, as one sees it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtGui import QGuiApplication, QImage

from app.desktop.application import Application
from app.desktop.dialogs.export import Choice
from app.domain import dates
from tests.desktop.charted import BODY, DEEPEST_SEAT, FIRST, look_at
from tests.desktop.driving import act, settle
from tests.desktop.waiting import until


def written(app: Application, path: Path, choice: Choice) -> Path:
    app.exporter.write(path, choice)
    until(lambda: "Written" in app.frame.statusBar().currentMessage())
    return path


def marked(svg: str) -> set[str]:
    """The keys of seats and people that a file has marks of."""
    return {unquote(key) for key in re.findall(r'id="k-((?:seats|people)%3A[^":]+)', svg)}


def test_as_svg_it_has_every_box_with_its_words_and_the_day(office: Application, tmp_path: Path) -> None:
    office.session.set_clock(office.session.clock.at(float(dates.day(2025, 2, 3))))
    settle(office)
    text = written(office, tmp_path / "chart.svg", Choice(".svg", (1600, 1000), 1.0, "light")).read_text("utf-8")
    assert marked(text) == set(BODY.boxes)
    assert "The Body on 3 February 2025" in text
    for words in ("Holder Number7", "Maker 4, Unit 0", "Unit 1", "Holder Number1 reports to Holder Number0"):
        assert words in text, words


def test_what_is_in_sight_can_be_written_alone(office: Application, tmp_path: Path) -> None:
    look_at(office, DEEPEST_SEAT, scale=4.0)
    choice = Choice(".svg", (1600, 1000), 1.0, "light", seen=True)
    text = written(office, tmp_path / "part.svg", choice).read_text("utf-8")
    assert DEEPEST_SEAT in marked(text)
    assert marked(text) < set(BODY.boxes)
    assert "Holder Number7" in text


def test_folded_boxes_are_folded_in_what_one_sees(office: Application, tmp_path: Path) -> None:
    act(office, "chart.level.1").trigger()
    settle(office)
    look_at(office, "seats:s000")
    choice = Choice(".svg", (1600, 1000), 1.0, "dark", seen=True)
    text = written(office, tmp_path / "folded.svg", choice).read_text("utf-8")
    assert marked(text) == {"seats:s000"}
    assert "6 people · 1 open" in text


def test_as_png_it_has_the_pixels_that_were_promised(office: Application, tmp_path: Path) -> None:
    image = QImage(str(written(office, tmp_path / "chart.png", Choice(".png", (900, 600), 2.0, "light"))))
    assert (image.width(), image.height()) == (1800, 1200)
    colors = {image.pixel(x, y) for x in range(0, 1800, 7) for y in range(0, 1200, 7)}
    assert len(colors) > 20


def test_it_is_copied_in_the_size_of_the_canvas(office: Application) -> None:
    look_at(office, FIRST)
    act(office, "edit.copy").trigger()
    until(lambda: "clipboard" in office.frame.statusBar().currentMessage())
    assert QGuiApplication.clipboard().image().width() == 2 * office.canvas.width()
