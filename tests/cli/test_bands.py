"""`render sankey` and `render alluvial` as a user meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.made import small

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Four organizations and six moves."""
    path = tmp_path / "small.json"
    write(small(), str(path))
    return path


@pytest.mark.parametrize("view", ["sankey", "alluvial"])
@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_both_are_written_in_every_format(view: str, ending: str, begins: bytes, file: Path, tmp_path: Path) -> None:
    out = tmp_path / f"picture.{ending}"
    assert main(["render", view, str(file), "-o", str(out), "--theme", "dark", "--size", "1280x720"]) == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("view", "flags", "said"),
    [
        ("sankey", ["--as-of", "2025-03"], "2 after the day"),
        ("sankey", ["--from", "2025", "--to", "2025-06"], "outside the window"),
        ("sankey", ["--lens", "to:South"], "Filter: to:South"),
        ("sankey", ["--focus", "south"], "South: 3 arrivals, 1 departure"),
        ("sankey", ["--top", "2"], "2 others"),
        ("sankey", ["--net"], "2 moves cancelled out"),
        ("sankey", ["--level", "unit"], "by unit, not rolled up"),
        ("sankey", ["--known-by", "2025"], "Known by 2025-12-31"),
        ("alluvial", ["--as-of", "2025-08-15"], "on 15 August 2025"),
        ("alluvial", ["--focus", "south"], "people ever at South"),
        ("alluvial", ["--period", "year", "--from", "2023", "--to", "2025"], "END OF 2022"),
        ("alluvial", ["--top", "1"], "smaller organizations under others"),
        ("alluvial", ["--lens", "person:ada"], "Filter: person:ada"),
    ],
)
def test_flags_say_what_they_did_and_are_in_the_command(
    view: str, flags: list[str], said: str, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "picture.svg"
    assert main(["render", view, str(file), "-o", str(out), *flags]) == 0
    text = out.read_text(encoding="utf-8")
    assert said in text
    assert f"main.py render {view} small.json -o picture.svg" in text
    for flag in flags[::2]:
        assert flag in text.partition("Command")[2].partition("</entry>")[0]


@pytest.mark.parametrize(
    ("view", "flag"), [("alluvial", ["--net"]), ("sankey", ["--period", "year"]), ("flowmap", ["--period", "year"])]
)
def test_options_without_meaning_are_refused(
    view: str, flag: list[str], file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", view, str(file), "-o", str(tmp_path / "x.svg"), *flag]) == 2
    assert f"{flag[0]} means nothing in a picture `{view}`" in capsys.readouterr().err
