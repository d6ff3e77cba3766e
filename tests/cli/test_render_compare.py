"""`render compare` as its user meets it."""

from __future__ import annotations

import html
import shlex
from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.made import small

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of a small dataset, in the folder that one is in."""
    monkeypatch.chdir(tmp_path)
    for name in ("small.json", "later.json"):
        write(small(), str(tmp_path / name))


def remade(path: Path) -> list[str]:
    """The arguments of the command that a picture names."""
    text = html.unescape(path.read_text("utf-8"))
    begin = text.index("main.py render compare")
    return shlex.split(text[begin : text.index("<", begin)])[1:]


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_it_is_written_in_every_format(ending: str, begins: bytes) -> None:
    args = ["render", "compare", "small.json", "-o", f"out.{ending}", "--theme", "dark", "--size", "1280x720"]
    assert main(args) == 0
    assert Path(f"out.{ending}").read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "As of 2025-01-31 → 2026-01-31"),
        (["--before", "2024", "--after", "2025-06"], "As of 2024-12-31 → 2025-06-30"),
        (["--after", "2025-06"], "As of 2024-06-30 → 2025-06-30"),
        (["--known-before", "2025"], "Known by 2025-12-31 → 2026-01-31"),
        (["--with", "later.json", "--before", "2025-01"], "From small.json to later.json"),
        (["--lens", "to:South"], "Filter: to:South"),
        (["--focus", "south", "--before", "2025-01"], "South: 2 came, 1 left"),
        (["--top", "1", "--before", "2024"], "smaller organization"),
        (["--level", "unit", "--known-by", "2026-02"], "Known by 2026-02-28"),
    ],
)
def test_flags_say_what_they_did_and_the_command_makes_it_again(flags: list[str], said: str) -> None:
    assert main(["render", "compare", "small.json", "-o", "out.svg", *flags]) == 0
    first = Path("out.svg").read_text("utf-8")
    assert said in html.unescape(first)
    again = remade(Path("out.svg"))
    assert set(flags) <= set(again)
    Path("out.svg").unlink()
    assert main(again) == 0
    assert Path("out.svg").read_text("utf-8") == first


@pytest.mark.parametrize(
    ("view", "flags", "message"),
    [
        (
            "compare",
            ["--net"],
            "--net means nothing in a picture `compare`\nLeave --net away; --before and",
        ),
        ("compare", ["--multiples"], "--multiples: `compare` shows two moments side by side already"),
        ("compare", ["--as-of", "2025"], "--as-of means nothing"),
        ("compare", ["--from", "2025"], "--from means nothing"),
        ("compare", ["--sort", "name"], "--sort means nothing"),
        ("compare", ["--before", "soon"], "--before: 'soon' is not a date"),
        ("compare", ["--before", "2025", "--after", "2025"], "both moments are the same"),
        ("compare", ["--focus", "nobody"], "names no organization"),
        ("sankey", ["--before", "2025"], "--before means nothing in a picture `sankey`"),
        ("flowmap", ["--known-after", "2025"], "--known-after means nothing in a picture `flowmap`"),
        ("matrix", ["--with", "later.json"], "--with means nothing in a picture `matrix`"),
    ],
)
def test_senseless_options_are_refused(
    view: str, flags: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", view, "small.json", "-o", "out.svg", *flags]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert len(err.splitlines()) <= 3
    assert not Path("out.svg").exists()


def test_a_second_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "compare", "small.json", "--with", "gone.json", "-o", "out.svg"]) == 3
    assert "gone.json" in capsys.readouterr().err
