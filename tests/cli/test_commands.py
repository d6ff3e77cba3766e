"""The command line as a user meets it: words, keys, exit codes, messages. Run in this process; start-up runs apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.files.registry import write
from tests.pictures.made import small

pytestmark = pytest.mark.usefixtures("qapp")  # pictures as PNG and PDF use the application of the other tests


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small dataset on disk."""
    path = tmp_path / "small.json"
    write(small(), str(path))
    return path


def test_stats_as_json_has_the_fixed_keys(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [
        "format", "as_of", "known_by", "window", "level", "lens", "people", "organizations", "stints", "moves",
        "undated", "certain", "flows", "net", "known_people", "buildout", "left_out",
    ]  # fmt: skip
    assert (told["moves"], told["undated"]) == (6, 1)
    assert told["flows"][0] == {"from": "north", "to": "south", "moves": 3}
    assert sum(flow["moves"] for flow in told["flows"]) == told["moves"]


def test_stats_in_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(file), "--top", "1"]) == 0
    out = capsys.readouterr().out
    assert "North Lab (NL)  South" in out
    assert "… and 3 more (--json has all)" in out
    assert "people in this dataset, not staff numbers" in out


def test_a_window_takes_whole_dates(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(file), "--json", "--from", "2025", "--to", "2025-06"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["window"] == {"from": "2025-01-01", "to": "2025-07-01"}
    assert (told["moves"], told["undated"]) == (3, 0)
    assert told["as_of"] == "2025-06-30"


def test_stats_and_check_of_the_bundled_dataset(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["people"] == 201
    assert [b["seats"] for b in told["buildout"]] == [50]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["stats", "--as-of", "soon"], "--as-of: 'soon' is not a date"),
        (["stats", "--from", "2025", "--to", "2024"], "lies before --from"),
        (["stats", "--lens", "from:Atlantis"], "there is no organization 'Atlantis'"),
        (["stats", "--lens", "form:OpenAI"], "did you mean from:?"),
        (["render", "flowmap", "-o", "x.bmp"], "End the name in .png, .svg, .pdf, .pptx"),
        (["render", "flowmap", "-o", "x.png", "--size", "big"], "Write width x height"),
        (["render", "flowmap", "-o", "x.png", "--focus", "atlantis"], "names no organization"),
        (["render", "pie", "-o", "x.png"], "pie"),
        (["convert", "a.json", "b.docx"], "b.docx"),
        (["stats", "--level", "planet"], "planet"),
        (["nonsense.json", "more"], "Too many arguments"),
        (["--frobnicate"], "frobnicate"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(
    args: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(args) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert message.lower() in told.err.lower()
    assert 1 <= len(told.err.strip().splitlines()) <= 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["stats"], ["check"], ["render", "flowmap"], ["convert"], ["diff"]])
def test_a_missing_file_ends_with_3(command: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.json")
    more = {"render": ["-o", str(tmp_path / "x.png")], "convert": [str(tmp_path / "y.json")], "diff": [missing]}
    assert main([*command, missing, *more.get(command[0], [])]) == 3
    told = capsys.readouterr().err
    assert "missing.json" in told
    assert "Traceback" not in told
    assert 1 <= len(told.strip().splitlines()) <= 3


@pytest.fixture
def wrong(file: Path) -> Path:
    """The same dataset with a stint at an organization that does not exist."""
    text = file.read_text(encoding="utf-8").replace(
        '"organization_id":"south","kind"', '"organization_id":"atlantis","kind"', 1
    )
    if "atlantis" not in text:
        text = text.replace('"organization_id":"south"', '"organization_id":"atlantis"', 1)
    file.write_text(text, encoding="utf-8")
    return file


def test_check_lists_errors_and_ends_with_1(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(wrong), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["errors"] == 1
    issue = told["issues"][0]
    assert list(issue) == ["severity", "code", "table", "id", "row", "field", "message", "remedy"]
    assert (issue["severity"], issue["code"], issue["table"], issue["field"]) == (
        "error",
        "dangling",
        "stints",
        "organization_id",
    )
    assert "atlantis" in issue["message"]


@pytest.mark.parametrize("command", [["stats"], ["render", "flowmap"], ["convert"], ["diff"]])
def test_data_with_errors_is_refused_with_1_and_nothing_is_written(
    command: list[str], wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = wrong.parent / "out.json"
    more = {"render": ["-o", str(wrong.parent / "out.png")], "convert": [str(out)], "diff": [str(wrong)]}
    assert main([*command, str(wrong), *more.get(command[0], [])]) == 1
    told = capsys.readouterr().err
    assert "small.json" in told
    assert "atlantis" in told
    assert not out.exists()
    assert not (wrong.parent / "out.png").exists()


def test_convert_goes_round_through_every_format(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, at = file.read_bytes(), str(file)
    for name in ("a.json.gz", "b.talentflow", "c.csv.zip", "folder/", "back.json"):
        target = str(tmp_path / name) + ("/" if name.endswith("/") else "")
        assert main(["convert", at, target]) == 0, capsys.readouterr().err
        at = target
    assert (tmp_path / "back.json").read_bytes() == before


def test_diff_tells_added_removed_and_changed(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.json"
    text = file.read_text(encoding="utf-8").replace('"2025-06-10"', '"2025-06-12"')
    lines = [line for line in text.splitlines(keepends=True) if '"id":"gone"' not in line]
    other.write_text("".join(lines), encoding="utf-8")
    assert main(["diff", str(file), str(other), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["added"] == {}
    assert [row["id"] for row in told["removed"]["relations"]] == ["gone"]
    assert told["changed"]["stints"] == [
        {"id": "st-ben-0", "fields": {"end": ["2025-06-10", "2025-06-12"]}},
        {"id": "st-ben-1", "fields": {"start": ["2025-06-10", "2025-06-12"]}},
    ]
    assert main(["diff", str(file), str(other)]) == 0
    assert "~ stints st-ben-1 start: 2025-06-10 → 2025-06-12" in capsys.readouterr().out
    assert main(["diff", str(file), str(file)]) == 0
    assert capsys.readouterr().out == "No difference.\n"


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_render_writes_every_format_in_both_themes(ending: str, theme: str, file: Path, tmp_path: Path) -> None:
    out = tmp_path / f"picture.{ending}"
    assert main(["render", "flowmap", str(file), "-o", str(out), "--theme", theme, "--size", "1280x720"]) == 0
    start = {"png": b"\x89PNG", "svg": b"<svg", "pdf": b"%PDF"}[ending]
    assert out.read_bytes().startswith(start)


def test_a_png_has_the_asked_size_and_scale_and_the_command_that_remakes_it(file: Path, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    out = tmp_path / "picture.png"
    args = [
        "render",
        "flowmap",
        str(file),
        "-o",
        str(out),
        "--size",
        "800x600",
        "--scale",
        "2",
        "--lens",
        "from:north to:south",
    ]
    assert main(args) == 0
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1600, 1200)
    content = out.read_bytes()
    assert (
        b"main.py render flowmap small.json -o picture.png --lens 'from:north to:south' --size 800x600 --scale 2"
        in content
    )
    again = tmp_path / "again" / "picture.png"
    again.parent.mkdir()
    args[4] = str(again)
    assert main(args) == 0
    assert again.read_bytes() == content  # the same command gives the same bytes


def test_several_focuses_set_several_off_and_lists_keep_what_has_any(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, pictures = tmp_path / "focus.svg", []
    for names in (["west"], ["west", "south"], ["west", "south", "west"]):
        flags = [word for name in names for word in ("--focus", name)]
        assert main(["render", "flowmap", str(file), "-o", str(out), *flags]) == 0
        pictures.append(out.read_text(encoding="utf-8").split("</metadata>"))
    assert "--focus west --focus south" in pictures[1][0]
    assert pictures[0][1] != pictures[1][1]
    assert pictures[1][1] == pictures[2][1]

    def flows(*names: str) -> list[list[str]]:
        assert main(["stats", str(file), *(word for name in names for word in ("--focus", name))]) == 0
        listed = capsys.readouterr().out.partition("Flows")[2].partition("In, out, net")[0]
        return sorted(line.split() for line in listed.strip().splitlines()[1:])

    assert flows("east") == sorted([["East", "West", "1"], ["North", "Lab", "(NL)", "East", "1"]])
    assert flows("east", "south") == flows()


def test_a_picture_that_cannot_be_written_leaves_the_old_one(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "taken.svg"
    folder.mkdir()
    assert main(["render", "flowmap", str(file), "-o", str(folder)]) == 3
    assert "taken.svg" in capsys.readouterr().err
    assert folder.is_dir()


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "render" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("talentflow ")
    assert main(["render", "--help"]) == 0
    assert "--known-by" in capsys.readouterr().out


def test_without_a_screen_the_window_says_what_else_there_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([]) == 2
    assert "main.py render flowmap" in capsys.readouterr().err
