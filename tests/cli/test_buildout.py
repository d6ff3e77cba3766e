"""`render buildout` as a user meets it."""

from __future__ import annotations

import shlex
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


def test_options_without_meaning_are_refused(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "buildout", str(file), "-o", str(tmp_path / "x.png"), "--net"]) == 2
    told = capsys.readouterr().err
    assert "--net means nothing in a picture `buildout`" in told
    assert "--as-of sets the day" in told
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--lens", "from:North"], "Filter: from:North, 3 of 12 filled seats lit"),
        (["--top", "1"], "9 from 3 others"),
        (["--from", "2024-02"], "earlier"),
        (["--to", "2024-01"], "Crew of Many on 31 January 2024: 6 of 10 seats filled"),
        (["--to", "2024-01", "--as-of", "2024-02-29"], "Crew of Many on 29 February 2024: 12 seats filled, target 10"),
        (["--level", "unit"], "12 seats filled, target 10"),
    ],
)
def test_flags_say_what_they_did(flags: list[str], said: str, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "team.svg"

    assert main(["render", "buildout", str(file), "-o", str(out), *flags]) == 0
    text = out.read_text(encoding="utf-8")
    assert said in text
    assert shlex.join(["main.py", "render", "buildout", "team.json", "-o", "team.svg"]) in text
    for flag in flags[::2]:
        assert flag in text.partition("Command")[2].partition("</entry>")[0]


def test_a_lens_that_cannot_be_read_is_wrong_use(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "buildout", str(file), "-o", str(tmp_path / "x.svg"), "--lens", "from:Atlantis"]) == 2
    assert "there is no organization 'Atlantis'" in capsys.readouterr().err


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_several_teams_are_compared(ending: str, begins: bytes, theme: str, file: Path, tmp_path: Path) -> None:
    out = tmp_path / f"teams.{ending}"
    words = ["render", "buildout", str(file), "-o", str(out), "--focus", "crew", "--focus", "north", "--theme", theme]

    assert main(words) == 0
    assert out.read_bytes().startswith(begins)
    if ending == "svg":
        text = out.read_text(encoding="utf-8")
        assert "Crew of Many: 12 seats, target 10; North: 0 known people" in text
        assert "--focus crew --focus north" in text
        again = tmp_path / "again.svg"
        assert main([*words, "-o", str(again)]) == 0
        assert again.read_text(encoding="utf-8").replace("again.svg", "teams.svg") == text


def test_one_focus_given_twice_is_one(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "team.svg"

    assert main(["render", "buildout", str(file), "-o", str(out), "--focus", "crew", "--focus", "crew"]) == 0
    assert "SEAT BOARD" in out.read_text(encoding="utf-8")


def test_a_chart_of_several_organizations_is_wrong_use(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["render", "orgchart", str(file), "-o", str(tmp_path / "x.svg"), "--focus", "crew", "--focus", "north"]
    assert main(words) == 2
    assert "`buildout` compares several" in capsys.readouterr().err


def test_a_focus_that_is_no_organization_is_wrong_use(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "buildout", str(file), "-o", str(tmp_path / "x.svg"), "--focus", "atlantis"]) == 2
    assert "names no organization" in capsys.readouterr().err


def test_the_bundled_dataset_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "bundled.svg"

    assert main(["render", "buildout", "-o", str(out), "--as-of", "2025-07-15"]) == 0
    assert "18 of about 50 seats filled for certain, up to 45" in out.read_text(encoding="utf-8")


def test_the_bundled_dataset_is_drawn_as_it_could_be_known_on_a_day(tmp_path: Path) -> None:
    out = tmp_path / "known.svg"

    assert main(["render", "buildout", "-o", str(out), "--as-of", "2025-08-31", "--known-by", "2025-07-10"]) == 0
    text = out.read_text(encoding="utf-8")
    assert "20 of about 50 seats filled" in text
    assert "Seats left out: 38 not yet known" in text
    assert "known by 2025-07-10" in text
