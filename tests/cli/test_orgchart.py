"""`render orgchart` as a user meets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.test_orgchart import team
from tests.render.pdf_pages import sizes, words

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A team of seven with its reporting lines."""
    path = tmp_path / "team.json"
    write(team(7), str(path))
    return path


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_a_chart_is_written_in_every_format(ending: str, begins: bytes, file: Path, tmp_path: Path) -> None:
    out = tmp_path / f"chart.{ending}"
    assert main(["render", "orgchart", str(file), "-o", str(out), "--theme", "dark", "--size", "1280x720"]) == 0
    assert out.read_bytes().startswith(begins)


def test_a_pdf_of_a_chart_without_room_for_its_names_has_sheets_to_read_it_on(tmp_path: Path) -> None:
    path, out = tmp_path / "large.json", tmp_path / "chart.pdf"
    write(team(60), str(path))
    assert main(["render", "orgchart", str(path), "-o", str(out), "--size", "800x600"]) == 0
    data = out.read_bytes()
    pages = words(data)
    assert set(sizes(data)) == {(800.0, 600.0)}
    assert "Sheet" not in pages[0]  # the picture on one page, as in every format
    n_sheets = len(pages) - 2
    assert f"Theframesare{n_sheets}sheetsatreadingsize" in pages[1]
    for number, said in enumerate(pages[2:], 1):
        assert f"Sheet{number}of{n_sheets}" in said
    for number in range(60):
        assert any(re.search(rf"PersonNumber{number}(?!\d)", said) for said in pages[2:])
    png = tmp_path / "chart.png"
    assert main(["render", "orgchart", str(path), "-o", str(png), "--size", "800x600"]) == 0
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_pdf_of_a_chart_that_can_be_read_has_one_page(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "chart.pdf"
    assert main(["render", "orgchart", str(file), "-o", str(out)]) == 0
    assert sizes(out.read_bytes()) == [(1600.0, 1000.0)]


def test_the_picture_says_how_it_is_made_again(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"
    words = ["render", "orgchart", str(file), "-o", str(out), "--as-of", "2025-12", "--focus", "team"]
    assert main(words) == 0
    text = out.read_text(encoding="utf-8")
    assert "render orgchart team.json -o chart.svg --as-of 2025-12 --focus team" in text
    assert "on 31 December 2025" in text
    assert "Person Number6" in text


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--focus", "atlantis"], "names no organization"),
        (["--net"], "--net means nothing"),
        (["--top", "3"], "--top means nothing"),
    ],
)
def test_options_that_a_chart_has_no_use_for_are_refused(
    more: list[str], message: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "orgchart", str(file), "-o", str(tmp_path / "x.svg"), *more]) == 2
    assert message in capsys.readouterr().err


def test_a_filter_lights_some_and_removes_nobody(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"
    words = ["render", "orgchart", str(file), "-o", str(out)]
    assert main([*words, "--lens", "from:o1"]) == 0
    text = out.read_text(encoding="utf-8")
    assert "Filter: from:o1, " in text
    assert all(f"Person Number{k}" in text for k in range(7))
    assert main([*words, "--from", "2030", "--to", "2031"]) == 0
    assert "0 of 7 lit" in out.read_text(encoding="utf-8")


def test_the_window_ends_with_the_day_of_the_chart(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"
    assert main(["render", "orgchart", str(file), "-o", str(out), "--to", "2025-12"]) == 0
    assert "As of 2025-12-31" in out.read_text(encoding="utf-8")
