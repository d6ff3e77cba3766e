"""`compare` as its user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.made import small


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small dataset on disk."""
    path = tmp_path / "small.json"
    write(small(), str(path))
    return path


def test_two_days_are_compared(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(file), "--before", "2020", "--after", "2025"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("2020-12-31 compared with 2025-12-31: ")
    assert {line[0] for line in out[1:]} <= set("+>-~")


def test_it_can_be_written_and_read(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, begin in (("a.md", "# 2020-12-31 compared"), ("a.csv", "how,person,from,to")):
        target = tmp_path / name
        assert main(["compare", str(file), "--before", "2020", "-o", str(target)]) == 0
        assert target.read_text("utf-8").startswith(begin)
    assert main(["compare", str(file), "--before", "2020", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["before", "after", "counts", "stayed", "differences"]
    assert sum(told["counts"].values()) == len(told["differences"])


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--before", "2020", "--after", "2020"], "both moments are the same"),
        (["--before", "soon"], "--before: 'soon' is not a date"),
        (["--before", "2020", "--lens", "from>x"], "from knows no >"),
        (["--before", "2020", "-o", "a.xyz"], "a comparison cannot be written as '.xyz'"),
    ],
)
def test_wrong_use_is_told(file: Path, args: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(file), *args]) == 2
    assert message in capsys.readouterr().err
