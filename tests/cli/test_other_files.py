"""Files of other people's formats on the command line: figures, pictures, and what is doubtful in the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main

pytestmark = pytest.mark.usefixtures("qapp")

DATA = Path(__file__).parents[1] / "data"
CLIMATE = DATA / "organogram" / "committee_on_climate_change-2011-09-30-senior.csv"
TEAMS = DATA / "teams" / "etcd_io.csv"


def test_check_tells_the_faults_of_the_file_with_file_and_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CLIMATE), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["warnings"]) == (0, 5)
    [issue] = [issue for issue in told["issues"] if issue["code"] == "self"]
    assert issue == {
        "severity": "warning",
        "code": "self",
        "table": "seats",
        "id": "seat-committee-on-climate-change-ceo",
        "row": 3,
        "field": "Reports to Senior Post",
        "message": "it answers to itself, and is taken to answer to nobody",
        "remedy": "Give the post that it answers to; XX if there is none.",
        "file": str(CLIMATE),
    }
    assert main(["check", str(CLIMATE)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"warning: {CLIMATE}, seats, row 3, {issue['id']}, field {issue['field']}: {issue['message']}" in lines
    assert lines[-1] == "0 errors, 5 warnings"


def test_convert_says_that_there_is_something_to_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    made = tmp_path / "made.json"
    assert main(["convert", str(CLIMATE), str(made)]) == 0
    told = capsys.readouterr()
    assert told.err == f"{CLIMATE}: 5 warnings about the file; see main.py check {CLIMATE}\n"
    assert told.out.startswith(str(made))
    assert main(["convert", str(made), str(tmp_path / "again.json")]) == 0
    assert capsys.readouterr().err == ""
    assert (tmp_path / "again.json").read_bytes() == made.read_bytes()
    assert main(["check", str(made)]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"


def test_a_graph_tells_how_its_numbers_can_be_drawn(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    graph = DATA / "graphs" / "mixed.gexf"
    assert main(["check", str(graph)]) == 0
    assert "--in graph-unnamed" in capsys.readouterr().out
    dynamic = DATA / "graphs" / "dynamics_edgeweight.gexf"
    for in_format, n_moves in (("gexf", 0), ("graph-unnamed", 11)):
        made = tmp_path / f"{in_format}.json"
        assert main(["convert", str(dynamic), str(made), "--in", in_format]) == 0
        capsys.readouterr()
        assert main(["stats", str(made), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["moves"] == n_moves


@pytest.mark.parametrize("file", [DATA / "organogram", TEAMS])
def test_convert_by_the_name_of_the_format(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "organogram" if file.is_dir() else "teams"
    assert main(["convert", str(file), str(tmp_path / "a.json"), "--in", name]) == 0
    assert main(["convert", str(file), str(tmp_path / "b.json")]) == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    capsys.readouterr()
    other = "teams" if file.is_dir() else "organogram"
    assert main(["convert", str(file), str(tmp_path / "c.json"), "--in", other]) != 0
    assert 1 <= len(capsys.readouterr().err.strip().splitlines()) <= 3


def test_a_chart_of_an_organogram(tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"
    focus = "human-tissue-authority"
    assert main(["render", "orgchart", str(DATA / "organogram"), "-o", str(out), "--focus", focus]) == 0
    text = out.read_text(encoding="utf-8")
    assert "Alan Clamp" in text
    assert "Before: Craig Muir" in text  # one of the holders of the seat, not one of its people of the day
    assert "5 seats with their reporting lines" in text


def test_figures_of_teams(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(TEAMS), "--json", "--as-of", "2024-01-31"]) == 0
    told = json.loads(capsys.readouterr().out)
    [known] = told["known_people"]
    assert known["organization"] == "etcd-io"
    assert known["people"] == known["possible"] > 0
