from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from app.render.color import Color
from app.render.text import draw_text, em_width, family, font
from app.scene.marks import Anchor

pytestmark = pytest.mark.usefixtures("qapp")

INK, GROUND = Color(0, 0, 0), Color(255, 255, 255)


def drawn(**options) -> np.ndarray:
    """Darkness (40, 300) of a text drawn on white."""
    image = QImage(300, 40, QImage.Format.Format_Grayscale8)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_text(painter, options.pop("text", "Hamburg 58"), 150, 28, options.pop("role", (20.0, 430)), INK, **options)
    painter.end()
    return np.array(image.constBits(), dtype=float).reshape(40, image.bytesPerLine())[:, :300]


def extent(image: np.ndarray) -> tuple[float, float]:
    columns = np.flatnonzero((image < 100).any(axis=0))
    return columns.min(), columns.max()


def test_weights_really_differ():
    ink = [(128 - drawn(role=(20.0, weight))).clip(0).sum() for weight in (100, 400, 430, 520, 600, 650, 700, 900)]
    assert all(a < b * 0.985 for a, b in pairwise(ink))


def test_the_font_is_the_bundled_one():
    assert family() == "Inter Talentflow"
    assert font(12.4, 430).pixelSize() == 12
    assert font(12, 430).family() == family()


def test_figures_are_tabular_in_qt():
    assert em_width("1111", 520) == pytest.approx(em_width("8888", 520))


@pytest.mark.parametrize("size", [10.5, 12.5, 13.5, 17.0])
def test_half_sizes_are_drawn_as_such(size):
    short, long = (extent(drawn(text="H" * n, role=(size, 430))) for n in (1, 11))
    assert long[1] - short[1] == pytest.approx(em_width("H" * 10, 430) * size, abs=1)


def test_anchors():
    width = em_width("Hamburg 58", 430) * 20
    start, middle, end = (extent(drawn(anchor=a)) for a in Anchor)
    assert start[0] == pytest.approx(151, abs=2)
    assert end[1] == pytest.approx(149, abs=2)
    assert sum(middle) / 2 == pytest.approx(150, abs=2)
    assert start[1] - start[0] == pytest.approx(width, abs=3)


def test_tracking_widens():
    assert extent(drawn(tracking=0.1))[1] == pytest.approx(extent(drawn())[1] + 9 * 2, abs=2)


def test_a_halo_lies_round_the_letters():
    plain, halo = drawn(), drawn(halo=GROUND, halo_width=6.0)
    assert not (plain > 200).any()
    assert (halo > 250).any()
    assert (halo[plain < 10] < 60).all()  # the letters themselves lie above it
    assert not (halo[:, :140] > 200).any()


def test_turned_text_runs_downwards():
    image = drawn(text="H", angle=90.0, role=(14.0, 700))
    rows = np.flatnonzero((image < 60).any(axis=1))
    assert rows.min() >= 27


def test_measuring_and_metrics_agree():
    assert em_width("Łukasz", 650) * 100 == pytest.approx(QFontMetricsF(font(100, 650)).horizontalAdvance("Łukasz"))


def test_a_halo_from_an_image_is_that_of_the_outline():
    """A text that is turned by nothing stands where one stands that is turned by next to nothing, which is drawn from
    its outline."""
    for size in (10.5, 13.0, 24.0):
        kept, outline = (drawn(role=(size, 650), halo=GROUND, halo_width=5.0, angle=angle) for angle in (0.0, 1e-3))
        assert np.abs(kept - outline).mean() < 1.0
        assert (np.abs(kept - outline) > 48).mean() < 0.004
        assert (drawn(role=(size, 650), halo=GROUND, halo_width=5.0) == kept).all()
