"""`render careers` and `render timeline` as a user meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.lives import eventful

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Six made-up people and what happened around them."""
    path = tmp_path / "lives.json"
    whole = eventful()
    stints = whole["stints"]
    write(type(whole).of({**whole.tables, "stints": stints.filter(stints["person_id"] != "nobody")}), str(path))
    return path


@pytest.mark.parametrize("view", ["careers", "timeline"])
@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_are_written_in_every_format(
    view: str, ending: str, begins: bytes, theme: str, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"made.{ending}"

    assert main(["render", view, str(file), "-o", str(out), "--theme", theme, "--size", "900x500"]) == 0
    assert out.read_bytes().startswith(begins)


def test_flags_choose_who_has_a_line_and_the_picture_says_how_it_is_made_again(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "careers.svg"
    words = ["render", "careers", str(file), "-o", str(out), "--as-of", "2025-01", "--focus", "south", "--sort", "name"]

    assert main([*words, "--group", "cohort"]) == 0
    text = out.read_text(encoding="utf-8")
    assert "Careers that led to South" in text
    assert "main.py render careers lives.json -o careers.svg --as-of 2025-01 --focus south --sort name" in text
    assert "--group cohort" in text
    assert "As of 2025-01-31" in text


def test_a_timeline_groups_by_organization(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.svg"

    assert main(["render", "timeline", str(file), "-o", str(out), "--group", "organization", "--top", "2"]) == 0
    assert "Other organizations" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["careers", "--sort", "age"], "recent, joined, first, last, moves, name"),
        (["careers", "--group", "kind"], "none, present, origin, cohort"),
        (["timeline", "--group", "cohort"], "kind, organization"),
        (["timeline", "--sort", "name"], "--sort means nothing"),
        (["careers", "--net"], "--net means nothing"),
        (["flowmap", "--group", "kind"], "--group means nothing"),
    ],
)
def test_words_that_mean_nothing_are_refused(
    words: list[str], said: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    view, *flags = words

    assert main(["render", view, str(file), "-o", str(tmp_path / "no.svg"), *flags]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "no.svg").exists()
