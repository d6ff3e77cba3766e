"""`render chord` and `render matrix` as a user meets them."""

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


@pytest.mark.parametrize("view", ["chord", "matrix"])
@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_both_are_written_in_every_format(view: str, ending: str, begins: bytes, file: Path, tmp_path: Path) -> None:
    out = tmp_path / f"picture.{ending}"
    assert main(["render", view, str(file), "-o", str(out), "--theme", "dark", "--size", "1280x720"]) == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize("view", ["chord", "matrix"])
@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--as-of", "2025-03"], "2 after the day"),
        (["--from", "2025", "--to", "2025-06"], "outside the window"),
        (["--lens", "to:South"], "Filter: to:South"),
        (["--focus", "south"], "South: 3 arrivals, 1 departure"),
        (["--top", "2"], "2 others"),
        (["--net"], "2 moves cancelled out"),
        (["--level", "unit"], "by unit, not rolled up"),
        (["--known-by", "2025"], "Known by 2025-12-31"),
    ],
)
def test_flags_say_what_they_did_and_are_in_the_command(
    view: str, flags: list[str], said: str, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "picture.svg"
    assert main(["render", view, str(file), "-o", str(out), *flags]) == 0
    text = out.read_text(encoding="utf-8")
    assert said in text
    assert f"main.py render {view} small.json -o picture.svg {flags[0]}" in text
