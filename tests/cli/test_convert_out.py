"""`convert` to formats of other programs: endings, filters, what the file says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest

from app.cli import main
from app.files.exports import EXPORTS
from app.files.registry import write
from tests.pictures.made import small


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small dataset on disk."""
    path = tmp_path / "small.json"
    write(small(), path)
    return path


@pytest.mark.parametrize("name", list(EXPORTS))
def test_the_ending_and_the_name_both_choose_the_format(name: str, file: Path) -> None:
    ending = EXPORTS[name].ending
    by_ending, by_name = file.with_name(f"a{ending}"), file.with_name("thing.bin")
    assert main(["convert", str(file), str(by_ending)]) == 0
    assert main(["convert", str(file), str(by_name), "--as", name]) == 0
    assert by_ending.is_dir() == by_name.is_dir() == (name == "parquet")
    assert by_ending.exists()


def test_flows_are_narrowed_and_say_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.with_name("net.flows.graphml")
    narrowed = ["--lens", "to:South", "--from", "2025", "--to", "2025", "--level", "lab", "--known-by", "2026"]
    assert main(["convert", str(file), str(out), *narrowed]) == 0
    assert capsys.readouterr().out == f"{out}: 3 moves in 1 flow\n"
    graph = networkx.read_graphml(out)
    assert list(graph.edges(data="weight")) == [("north", "south", 3)]
    said = {key: graph.graph[key] for key in ("dataset", "lens", "level", "window", "known_by", "command")}
    assert said == {
        "dataset": small().digest,
        "lens": "to:South",
        "level": "lab",
        "window": "2025-01-01 to 2026-01-01",
        "known_by": "2026-12-31",
        "command": "main.py convert small.json net.flows.graphml --from 2025-01-01 --to 2025-12-31 "
        "--known-by 2026-12-31 --lens to:South --level lab",
    }
    again = file.with_name("again.flows.graphml")
    assert main([*said["command"].replace("small.json", str(file)).replace(out.name, str(again)).split()[1:]]) == 0
    before = out.read_text("utf-8").replace(out.name, again.name)
    assert again.read_text("utf-8") == before


@pytest.mark.parametrize("out", ["a.xlsx", "a.gexf", "a.jsonld", "a.md", "a.parquet", "a.json", "a/"])
@pytest.mark.parametrize("more", [["--lens", "to:South"], ["--level", "unit"], ["--as-of", "2025"]])
def test_filters_of_flows_are_refused_elsewhere(
    out: str, more: list[str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", str(file), f"{file.parent}/{out}", *more]) == 2
    told = capsys.readouterr().err
    assert f"{more[0]} means nothing" in told
    assert 1 <= len(told.strip().splitlines()) <= 3
    assert list(file.parent.iterdir()) == [file]


def test_a_lens_that_names_nobody_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(file), str(file.with_name("a.dot")), "--lens", "to:Atlantis"]) == 2
    assert "there is no organization 'Atlantis'" in capsys.readouterr().err
    assert list(file.parent.iterdir()) == [file]


def test_an_unknown_name_lists_all_formats(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for args, words in (
        (["x.docx"], [".json", ".xlsx", ".flows.gexf"]),
        (["x.xlsx", "--as", "excel"], ["csv.zip", "gexf-flows"]),
    ):
        assert main(["convert", str(file), *args]) == 2
        told = capsys.readouterr().err
        assert all(word in told for word in words)
        assert 1 <= len(told.strip().splitlines()) <= 3


def test_what_left_as_linked_data_is_json(file: Path) -> None:
    out = file.with_name("a.jsonld")
    assert main(["convert", str(file), str(out)]) == 0
    head = json.loads(out.read_text("utf-8"))["@graph"][0]
    assert head["term:command"] == "main.py convert small.json a.jsonld"
    assert head["term:left-out"] == "denied: 2; relations: 2"


def test_the_command_says_how_a_table_was_read(tmp_path: Path) -> None:
    source, out = tmp_path / "people.csv", tmp_path / "a.md"
    source.write_text("Who,Firm,Since\nAda Madeup,Made-up Works,2025-01\n", "utf-8")
    said = ["--map", "Who=person", "--map", "Firm=organization", "--map", "Since=start"]
    assert main(["convert", str(source), str(out), *said]) == 0
    first = out.read_text("utf-8")
    line = next(line for line in first.splitlines() if line.startswith("- Command: "))
    assert line == f"- Command: main.py convert people.csv a.md {' '.join(said)}"
