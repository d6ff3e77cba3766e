"""`render … --multiples` as a user meets it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.made import small

pytestmark = pytest.mark.usefixtures("qapp")
VIEWS = ("flowmap", "sankey", "chord", "matrix")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Four organizations and six moves."""
    path = tmp_path / "small.json"
    write(small(), str(path))
    return path


@pytest.mark.parametrize("view", [*VIEWS, "buildout"])
@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_they_are_written_in_every_format(view: str, ending: str, begins: bytes, file: Path, tmp_path: Path) -> None:
    out = tmp_path / f"picture.{ending}"
    assert main(["render", view, str(file), "-o", str(out), "--multiples", "--size", "1280x720"]) == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize("view", VIEWS)
def test_the_command_in_the_file_makes_it_again(
    view: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "picture.svg"
    assert main(["render", view, str(file), "-o", str(out), "--multiples", "--period", "half-year", "--top", "3"]) == 0
    first = out.read_text(encoding="utf-8")
    command = f"main.py render {view} small.json -o picture.svg --top 3 --multiples --period half-year"
    words = set(shlex.split(command))
    assert words <= set(first.partition("main.py render")[1].split() + first.replace("<", " ").split())
    out.unlink()
    assert main(shlex.split(command)[1:]) == 0
    assert out.read_text(encoding="utf-8").count("2025 H1") == first.count("2025 H1") > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["alluvial", "--multiples"], "an alluvial picture shows periods side by side already"),
        (["careers", "--multiples"], "--multiples: a picture `careers`"),
        (["orgchart", "--multiples"], "--multiples: an organization chart stands otherwise on every day"),
        (["buildout", "--multiples", "--top", "3"], "--top means nothing in a picture `buildout --multiples`"),
        (["buildout", "--multiples", "--focus", "south", "--focus", "east"], "shows one organization"),
        (["flowmap", "--multiples", "--net"], "--net means nothing in a picture `flowmap --multiples`"),
        (["flowmap", "--period", "year"], "--period means nothing in a picture `flowmap`"),
        (["matrix", "--multiples", "--sort", "name"], "--sort means nothing"),
    ],
)
def test_what_makes_no_sense_is_refused(
    words: list[str], said: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.svg"
    assert main(["render", words[0], str(file), "-o", str(out), *words[1:]]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) <= 3
    assert not out.exists()
