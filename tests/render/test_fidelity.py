"""One Scene, many devices: the SVG painted by Qt's own reader looks like our PNG."""

import shutil
import subprocess

import numpy as np
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.render.image import image
from app.render.svg import svg
from app.render.theme import THEMES
from tests.render.scenes import every_kind, many_flows

pytestmark = pytest.mark.usefixtures("qapp")


def pixels(made: QImage) -> np.ndarray:
    plain = made.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).astype(int)


def from_svg(text: str, width: int, height: int) -> np.ndarray:
    renderer = QSvgRenderer(QByteArray(text.encode()))
    assert renderer.isValid()
    made = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return pixels(made)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("scale", [1, 2])
def test_every_kind_of_mark_looks_the_same(theme, scale):
    scene = every_kind(labels=False)
    width, height = (round(x * scale) for x in scene.size)
    ours, theirs = pixels(image(scene, theme, scale=scale)), from_svg(svg(scene, theme), width, height)
    differ = (np.abs(ours - theirs).max(axis=2) > 32).mean()
    assert differ < 0.005


def test_a_busy_picture_looks_the_same():
    theme = THEMES["light"]
    full = many_flows(120, size=(1200.0, 800.0))
    scene = type(full)(**{**vars(full), "layers": tuple(x for x in full.layers if x.name != "names")})
    ours, theirs = pixels(image(scene, theme)), from_svg(svg(scene, theme, embed_font=False), 1200, 800)
    assert (np.abs(ours - theirs).max(axis=2) > 32).mean() < 0.005


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

if CHROMIUM is not None:  # where there is none, there is nothing to compare with

    def test_a_browser_shows_the_same_with_words(tmp_path):
        scene, theme = every_kind(), THEMES["light"]
        (tmp_path / "a.svg").write_text(svg(scene, theme), encoding="utf-8")
        size = "--window-size=400,300"
        flags = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={tmp_path / 'u'}",
        )
        subprocess.run(
            [CHROMIUM, *flags, size, f"--screenshot={tmp_path / 'a.png'}", (tmp_path / "a.svg").as_uri()],
            capture_output=True,
            check=True,
            timeout=120,
        )
        ours, theirs = pixels(image(scene, theme)), pixels(QImage(str(tmp_path / "a.png")))
        assert (np.abs(ours - theirs).max(axis=2) > 32).mean() < 0.03
