"""`convert` of a table: what is guessed, what is said by hand, and what comes of it on standard error."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from tests.files.made import put
from tests.files.workbooks import workbook

ROOT = Path(__file__).parents[2]
ROWS = "who;where;from;until;shoe size\nAda Test;Alpha;2019-05;present;41\nBo Test;Beta;soon;;42\n"


def test_a_table_is_converted_and_says_what_came_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = put(tmp_path / "t.csv", ROWS), tmp_path / "out.json"
    assert main(["convert", str(path), str(out)]) == 0
    told = capsys.readouterr()
    assert told.out == f"{out}: 7 records\n"
    assert told.err.splitlines() == [
        f"{path}: 2 organizations, 2 people, 2 stints, 1 source",
        f"warning: {path}, row 3, field from: 'soon': it is no date that can be read",
        "ignored, with how often it has a value: shoe size (2)",
    ]
    (stint, _) = json.loads(out.read_text(encoding="utf-8"))["stints"]
    assert (stint["start"], stint["end"]) == ("2019-05", "..")


def test_many_warnings_are_cut(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "".join(f"Ada Test {n};Alpha;soon {n}\n" if n % 2 else f"Ada Test {n};Alpha;2019\n" for n in range(60))
    path = put(tmp_path / "t.csv", "person;company;start\n" + lines)
    assert main(["convert", str(path), str(tmp_path / "out.json"), "--map", "start=start"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 22
    assert told[-1] == "… and 10 more warnings about the file"


def test_columns_that_are_not_known_are_said_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = put(tmp_path / "t.csv", "a,b,c\nAda Test,Alpha,2019\nBo Test,Alpha,2020\n"), tmp_path / "out.json"
    assert main(["convert", str(path), str(out)]) == 1
    error = capsys.readouterr().err
    assert "not known what its columns hold: a, b, c" in error
    assert '--map "a=person"' in error
    assert not out.exists()
    said = [word for name in ("a=person", "b=organization", "c=start") for word in ("--map", name)]
    assert main(["convert", "--in", "table", str(path), str(out), *said]) == 0
    assert len(json.loads(out.read_text(encoding="utf-8"))["stints"]) == 2


def test_a_sheet_and_a_shape_are_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(
        tmp_path / "t.xlsx",
        {"A": [["person", "company"], ["Ada Test", "Alpha"]], "B": [["name", "note"], ["Bo Test", "x"]]},
    )
    out = tmp_path / "out.json"
    assert main(["convert", str(path), str(out), "--sheet", "B", "--shape", "people"]) == 0
    capsys.readouterr()
    assert [row["name"] for row in json.loads(out.read_text(encoding="utf-8"))["people"]] == ["Bo Test"]
    assert main(["convert", str(path), str(out), "--sheet", "C"]) == 2
    assert "Its sheets that hold something are A, B." in capsys.readouterr().err


@pytest.mark.parametrize("said", [["--map", "x=person"], ["--map", "who=nothing"], ["--shape", "flocks"]])
def test_wrong_words_are_wrong_use(tmp_path: Path, said: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "t.csv", ROWS)
    assert main(["convert", str(path), str(tmp_path / "out.json"), *said]) == 2
    assert capsys.readouterr().err


def test_words_about_a_table_are_refused_for_another_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "t.csv", ROWS)
    assert main(["convert", "--in", "json", str(path), str(tmp_path / "out.json"), "--map", "who=person"]) == 2
    assert "--in table" in capsys.readouterr().err


def test_a_plain_table_needs_none_of_the_libraries_for_odd_ones(tmp_path: Path) -> None:
    path = put(tmp_path / "t.csv", ROWS.replace("soon", "2019"))
    code = (
        "import sys; from app.cli import main; done = main(sys.argv[1:]);"
        "print(done, sorted({name.split('.')[0] for name in sys.modules} & "
        "{'clevercsv', 'charset_normalizer', 'dateparser', 'python_calamine', 'PySide6', 'pydantic'}))"
    )
    args = [sys.executable, "-c", code, "convert", str(path), str(tmp_path / "out.json")]
    ran = subprocess.run(args, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "0 []"
