"""Pictures for print and other grounds: `--dpi` says how large they print, `--transparent` leaves the ground out."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.cli import main
from app.files.carried import carried
from app.files.registry import write
from tests.pictures.made import small
from tests.render.pdf_pages import sizes, words

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.json"
    write(small(), path)
    return path


def drawn(file: Path, name: str, *more: str) -> bytes:
    path = file.with_name(name)
    assert main(["render", "flowmap", str(file), "-o", str(path), "--size", "900x600", *more]) == 0
    return path.read_bytes()


def test_dots_an_inch_change_the_size_in_print_and_no_pixel(file: Path) -> None:
    plain, fine = (Image.open(BytesIO(drawn(file, "a.png", *more))) for more in ((), ("--dpi", "300")))
    assert plain.size == fine.size == (900, 600)
    assert plain.tobytes() == fine.tobytes()
    assert fine.info["dpi"] == pytest.approx((300, 300), abs=0.02)
    assert plain.info["dpi"] == pytest.approx((96, 96), abs=0.02)


def test_each_format_is_as_large_in_print(file: Path) -> None:
    asked = ("--dpi", "200", "--scale", "2")
    png = Image.open(BytesIO(drawn(file, "a.png", *asked)))
    assert (png.width / png.info["dpi"][0], png.height / png.info["dpi"][1]) == pytest.approx((9.0, 6.0), abs=0.01)
    assert sizes(drawn(file, "a.pdf", *asked)) == [pytest.approx((648, 432), abs=1)]
    svg = drawn(file, "a.svg", *asked).decode()
    assert re.search(r'<svg [^>]*width="9in" height="6in" viewBox="0 0 900 600"', svg)


def test_without_a_ground_what_is_empty_is_see_through(file: Path) -> None:
    bare = Image.open(BytesIO(drawn(file, "a.png", "--transparent")))
    assert bare.mode == "RGBA"
    alphas = bare.getchannel("A")
    assert alphas.getpixel((2, 2)) == 0
    assert alphas.getextrema() == (0, 255)
    assert Image.open(BytesIO(drawn(file, "b.png"))).mode == "RGB"
    ground = 'width="900" height="600" fill="#'
    assert ground in drawn(file, "b.svg").decode()
    assert ground not in drawn(file, "a.svg", "--transparent").decode()


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "pptx"])
def test_the_command_that_it_carries_makes_it_again(
    file: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn(file, f"a.{ending}", "--dpi", "300", "--transparent")
    assert main(["render", "--remake", str(file.with_name(f"a.{ending}"))]) == 0
    said = capsys.readouterr().out
    assert "the same picture" in said
    assert "--dpi 300 --transparent" in said


def test_a_presentation_is_made_again_byte_for_byte(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn(file, "a.pptx", "--theme", "dark")
    assert main(["render", "--remake", str(file.with_name("a.pptx"))]) == 0
    assert "the same picture, byte for byte\n" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_caption_lies_below_the_same_picture(file: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    content = drawn(file, f"a.{ending}", "--caption")
    if ending == "png":
        bare, whole = Image.open(BytesIO(drawn(file, "b.png"))), Image.open(BytesIO(content))
        assert whole.height > bare.height
        assert whole.crop((0, 0, 900, 598)).tobytes() == bare.crop((0, 0, 900, 598)).tobytes()
    elif ending == "svg":
        assert "[1] " in content.decode()
        assert '<g id="layer-caption">' in content.decode()
    else:
        ((_, height),) = sizes(content)
        assert height > 600
        assert any("[1]" in text for text in words(content))
    assert main(["render", "--remake", str(file.with_name(f"a.{ending}"))]) == 0
    assert "the same picture" in capsys.readouterr().out


def test_a_slide_is_filled_unless_another_size_is_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file.with_name("a.pptx")
    assert main(["render", "flowmap", str(file), "-o", str(path)]) == 0
    assert "--size 1600x900" in carried(path)["Command"]
    assert main(["render", "flowmap", str(file), "-o", str(path), "--size", "1600x1000"]) == 0
    assert "--size 1600x1000" in carried(path)["Command"]
    assert main(["render", "--remake", str(path)]) == 0
    assert "byte for byte" in capsys.readouterr().out
