"""Files of registers on the command line, and what is loaded for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from tests.files.registers import DATA

ROOT = Path(__file__).parents[2]


def test_a_record_is_converted_checked_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "made.json"
    assert main(["convert", "--in", "orcid", str(DATA / "orcid-record.xml"), str(made)]) == 0
    assert main(["check", str(made)]) == 0
    capsys.readouterr()
    assert main(["stats", str(DATA / "orcid-record.json"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["people"], told["stints"], told["moves"]) == (1, 5, 2)


def test_a_part_of_a_record_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(DATA / "employments-3.0.xml")]) == 3
    told = capsys.readouterr().err
    assert "employments-3.0.xml" in told
    assert "Fetch the whole record" in told
    assert "Traceback" not in told


def test_xml_is_loaded_only_to_read_it() -> None:
    code = "import sys, app.files.registry as r; r.reading(sys.argv[1]); print('lxml' in sys.modules)"

    def loaded(name: str) -> str:
        run = [sys.executable, "-c", code, str(DATA / name)]
        return subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    assert (loaded("orcid-record.json"), loaded("orcid-record.xml")) == ("False", "True")
