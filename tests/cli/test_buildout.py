"""`render buildout` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.teams import team

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A team of twelve with a target of ten."""
    path = tmp_path / "team.json"
    write(team(12, 10), str(path))
    return path


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_build_out_is_written_in_every_format(
    ending: str, begins: bytes, theme: str, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"team.{ending}"

    assert main(["render", "buildout", str(file), "-o", str(out), "--theme", theme, "--size", "1280x720"]) == 0
    assert out.read_bytes().startswith(begins)


def test_days_and_focus_choose_what_is_drawn_and_the_picture_says_how_it_is_made_again(
    file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "team.svg"
    words = ["render", "buildout", str(file), "-o", str(out), "--as-of", "2024-01-03", "--focus", "crew"]

    assert main(words) == 0
    text = out.read_text(encoding="utf-8")
    assert "3 of 10 seats filled for certain, up to 4" in text
    assert "main.py render buildout team.json -o team.svg --as-of 2024-01-03 --focus crew" in text
    assert main([*words, "--known-by", "2020"]) == 0
    assert "0 of 10 seats filled" in out.read_text(encoding="utf-8") or "no seats" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "flags", [["--lens", "from:North"], ["--net"], ["--top", "3"], ["--from", "2024"], ["--to", "2025"]]
)
def test_options_without_meaning_are_refused(
    flags: list[str], file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "buildout", str(file), "-o", str(tmp_path / "x.png"), *flags]) == 2
    told = capsys.readouterr().err
    assert f"{flags[0]} means nothing in a picture `buildout`" in told
    assert "--as-of sets the day" in told
    assert not (tmp_path / "x.png").exists()


def test_a_focus_that_is_no_organization_is_wrong_use(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "buildout", str(file), "-o", str(tmp_path / "x.svg"), "--focus", "atlantis"]) == 2
    assert "names no organization" in capsys.readouterr().err


def test_the_bundled_dataset_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "bundled.svg"

    assert main(["render", "buildout", "-o", str(out), "--as-of", "2025-07-15"]) == 0
    assert "18 of about 50 seats filled for certain, up to 45" in out.read_text(encoding="utf-8")
