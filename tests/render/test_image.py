import re
import struct
import subprocess
import sys
import zlib
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from app.domain.errors import UsageError
from app.render.image import LARGEST_SIDE, application, image, pdf, png
from app.render.palette import Level
from app.render.png import encode
from app.render.theme import DARK, LIGHT
from app.scene.motion import frame
from app.scene.scene import Header, Tip
from app.scene.style import Role, Style
from tests.render.pdf_pages import sizes, words
from tests.render.scenes import Sketch, every_kind, layer, many_flows

pytestmark = pytest.mark.usefixtures("qapp")


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Kind and body of each chunk, their checksums verified."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = [], 8
    while at < len(data):
        length = struct.unpack(">I", data[at : at + 4])[0]
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        found.append((kind, body))
        at += 12 + length
    return found


def opened(data: bytes) -> QImage:
    made = QImage.fromData(data, "PNG")
    assert not made.isNull()
    return made


def texts(data: bytes) -> dict[str, str]:
    return dict(body.decode("latin-1").split("\0", 1) for kind, body in chunks(data) if kind == b"tEXt")


def test_a_png_has_the_size_of_the_scene_times_its_scale():
    made = opened(png(every_kind(), LIGHT, scale=2))
    assert (made.width(), made.height()) == (800, 600)
    assert made.dotsPerMeterX() == round(192 / 0.0254)
    assert opened(png(every_kind(), LIGHT, dpi=300)).dotsPerMeterY() == 11811


def test_a_png_holds_what_was_painted():
    for transparent in (False, True):
        painted = image(every_kind(), LIGHT, transparent=transparent)
        made = opened(png(every_kind(), LIGHT, transparent=transparent)).convertToFormat(painted.format())
        assert np.abs(np.array(made.constBits(), dtype=int) - np.array(painted.constBits(), dtype=int)).max() <= 1


def test_a_png_carries_the_command_and_the_dataset():
    found = texts(png(every_kind(), LIGHT))
    assert found["Command"] == 'talentflow render flowmap --lens "from:OpenAI" -o a.svg'
    assert found["Dataset"] == "sha256:0123"
    assert found["As of"] == "2026-11-23"
    assert "Lens" not in found  # blank


def test_words_beyond_latin_1_are_carried_too():
    scene = replace(every_kind(), header=Header("Łukasz → Meta", "", "", ""))
    international = [body for kind, body in chunks(png(scene, LIGHT)) if kind == b"iTXt"]
    assert international == [b"Title\0\0\0\0\0" + "Łukasz → Meta".encode()]


def test_another_size_holds_the_whole_scene_in_its_middle():
    made = image(Sketch().scene(), LIGHT, size=(400, 600))
    assert (made.width(), made.height()) == (400, 600)
    s = Sketch()
    scene = s.scene(layer("a", 0, s.boxes((Style(Role.BAR), "", 0, 0, 400, 300, 0))))
    made = image(scene, LIGHT, size=(400, 600))
    column = [made.pixelColor(200, y) != made.pixelColor(0, 0) for y in (100, 149, 151, 300, 448, 452)]
    assert column == [False, False, True, True, True, False]


def test_a_see_through_png_has_no_ground():
    s = Sketch()
    ground = s.boxes((Style(Role.GROUND), "", 0, 0, 400, 300, 0), (Style(Role.BAR), "", 10, 10, 20, 20, 0))
    made = opened(png(s.scene(layer("a", 0, ground)), LIGHT, transparent=True))
    assert made.pixelColor(200, 200).alpha() == 0
    assert made.pixelColor(15, 15).alpha() == 255
    assert opened(png(s.scene(layer("a", 0, ground)), DARK)).pixelColor(200, 200).name() == DARK.bg.hex


@pytest.mark.parametrize("scale", [0.0, 0.001, LARGEST_SIDE])
def test_sizes_that_cannot_be_painted_are_refused(scale):
    with pytest.raises(UsageError, match="cannot be painted") as caught:
        image(every_kind(), LIGHT, scale=scale)
    assert "Choose a size and scale" in caught.value.text


def test_the_same_scene_gives_the_same_bytes():
    assert png(every_kind(), LIGHT) == png(every_kind(), LIGHT)


def test_emphasis_and_moments_reach_the_picture():
    scene = many_flows(8, size=(400.0, 300.0), people=20)
    moment = frame(scene.motion, 2000.0)
    assert len({png(scene, LIGHT), png(scene, LIGHT, frame=moment), png(scene, LIGHT, emphasis={0: Level.HOVER})}) == 3


@pytest.mark.parametrize("cuts", [(), (1,), (1, 3)])
def test_pixels_are_encoded_row_by_row_in_bands(cuts):
    pixels = np.arange(4 * 3 * 4, dtype=np.uint8).reshape(4, 3, 4)
    data = encode(np.split(pixels, cuts), pixels.shape, dpi=96, texts={})
    kinds = dict(chunks(data))
    assert struct.unpack(">IIBB", kinds[b"IHDR"][:10]) == (3, 4, 8, 6)
    stream = b"".join(body for kind, body in chunks(data) if kind == b"IDAT")
    assert zlib.decompress(stream) == b"".join(b"\0" + row.tobytes() for row in pixels)
    assert opened(data).pixelColor(2, 3).red() == pixels[3, 2, 0]


@pytest.mark.parametrize(
    ("rows", "size", "match"),
    [
        ((0,), (0, 3, 3), "no PNG"),
        ((2,), (3, 3, 3), "missing"),
        ((2, 2), (3, 3, 3), "not of"),
        ((3,), (3, 2, 3), "not of"),
    ],
)
def test_bands_that_make_no_picture_are_refused(rows, size, match):
    with pytest.raises(ValueError, match=match):
        encode([np.zeros((n, 3, 3), dtype=np.uint8) for n in rows], size, dpi=96, texts={})


@pytest.mark.parametrize("transparent", [False, True])
def test_a_large_picture_is_painted_in_bands_without_a_seam(monkeypatch, transparent):
    scene = many_flows(8, size=(400.0, 300.0), people=20)
    whole = opened(png(scene, LIGHT, scale=1.5, transparent=transparent))
    monkeypatch.setattr("app.render.image.BAND", 600 * 37)
    data = png(scene, LIGHT, scale=1.5, transparent=transparent)
    assert sum(kind == b"IDAT" for kind, _ in chunks(data)) == 13
    assert opened(data) == whole


def pdf_parts(data: bytes) -> str:
    """The PDF with its packed streams unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return (data + b"\n".join(unpacked)).decode("latin-1")


def test_a_pdf_is_one_page_of_the_scene_in_points_with_the_font_inside():
    text = pdf_parts(pdf(every_kind(), LIGHT))
    assert "/MediaBox [0 0 400.000000 300.000000]" in text
    assert text.count("/Type /Page\n") == 1
    names = set(re.findall(r"/FontName /\w*\+?([\w-]*)", text))
    assert names
    assert all(name.startswith("InterTalentflow") for name in names)
    assert "/FontFile2" in text
    assert "/Subtype /Image" not in text  # vectors, no pixels
    assert {mask.rstrip(">") for mask in re.findall(r"/SMask (\S+)", text)} <= {"/None"}


def test_pages_that_follow_have_sizes_links_and_words_of_their_own():
    def said(text, size):
        s = Sketch()
        label = s.labels((Style(Role.CAPTION), "", 10, 50, 0, 12, text), tip=Tip(text, (), ("s1",)))
        return s.scene(layer("a", 0, label), size=size)

    made = (said(text, size) for text, size in (("Second", (700.0, 200.0)), ("Third", (300.0, 500.0))))
    data = pdf(said("First", (400.0, 300.0)), DARK, more=made)
    assert sizes(data) == [(400.0, 300.0), (700.0, 200.0), (300.0, 500.0)]
    assert words(data) == ["First", "Second", "Third"]
    assert pdf_parts(data).count("/URI (https://example.org/a?b=1&c=2)") == 3


def test_a_pdf_keeps_digits_as_text():
    s = Sketch()
    words = s.labels((Style(Role.CAPTION), "", 10, 50, 0, 12, "58"), (Style(Role.SECTION), "", 10, 90, 0, 10.5, "2026"))
    text = pdf_parts(pdf(s.scene(layer("a", 0, words)), LIGHT))
    maps = "".join(re.findall(r"begincmap(.*?)endcmap", text, re.DOTALL))
    codes = {chr(int(code, 16)) for code in re.findall(r"<([0-9a-fA-F]{4})>", maps)}
    assert set("58206") <= codes


def test_a_pdf_says_what_made_it_and_leads_to_the_sources():
    text = pdf_parts(pdf(every_kind(), LIGHT))
    assert "Command: talentflow render flowmap" in text
    assert "sha256:0123" in text
    assert "/URI (https://example.org/a?b=1&c=2)" in text
    assert "javascript" not in text


def test_links_lie_over_their_marks():
    s = Sketch()
    box = s.boxes((Style(Role.BAR), "organizations:a", 100, 50, 80, 20, 0), tip=Tip("A", (), ("s1",)))
    text = pdf_parts(pdf(s.scene(layer("a", 0, box)), LIGHT))
    left, bottom, right, top = (float(x) for x in re.search(r"/Rect \[([\d. ]+)\]", text)[1].split())
    np.testing.assert_allclose([left, 300 - top, right, 300 - bottom], [100, 50, 180, 70], atol=0.1)


def test_a_pdf_shows_people_as_vectors():
    scene = many_flows(8, size=(400.0, 300.0), people=20)
    text = pdf_parts(pdf(scene, LIGHT, frame=frame(scene.motion, 2000.0)))
    assert "/Subtype /Image" not in text


def test_the_running_application_is_used(qapp):
    assert application() is qapp


def test_rendering_starts_an_application_without_a_screen():
    code = (
        "import os; [os.environ.pop(k, None) for k in ('QT_QPA_PLATFORM', 'DISPLAY', 'WAYLAND_DISPLAY')]\n"
        "from app.render.image import png; from app.render.theme import LIGHT\n"
        "from tests.render.scenes import every_kind\n"
        "print(len(png(every_kind(), LIGHT)) > 1000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
    assert done.stderr == ""
