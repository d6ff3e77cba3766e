"""Employers of developers as OpenStack keeps them: all stints of the real sample, its moves, what stands for nobody."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from app.analysis.careers import Careers
from app.domain.checks import errors
from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply
from app.domain.edit import put as put_rows
from app.domain.errors import FileError
from app.files import registry
from app.files.reading import Reading
from tests.files.graph_files import rows
from tests.files.made import put

DATA = Path(__file__).parents[1] / "data" / "openstack"


def published() -> dict[str, Any]:
    """The file as it was published, but for what its origin says."""
    users: dict[str, list[dict[str, str | None]]] = {}
    with (DATA / "stints.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            spell = {"company_name": line["company"], "end_date": line["end_date_raw"] or None}
            users.setdefault(line["person"], []).append(spell)
    listed = [{"user_name": name, "emails": ["x@example.org"], "companies": spells} for name, spells in users.items()]
    companies = json.loads((DATA / "companies.json").read_text(encoding="utf-8"))
    return {
        "users": listed,
        "companies": companies,
        "releases": [{"release_name": "Austin", "end_date": "2010-Oct-21"}],
    }


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = put(tmp_path_factory.mktemp("openstack") / "default_data.json", json.dumps(published(), indent=1))
    assert registry.recognised(path) == "openstack"
    return registry.reading(path)


def small(folder: Path, *spells: tuple[str, str | None], companies: tuple[dict[str, Any], ...] = ()) -> Reading:
    """What is read of one developer with these employers."""
    user = {"user_name": "Ada Made-Up", "companies": [{"company_name": name, "end_date": end} for name, end in spells]}
    return registry.reading(put(folder / "d.json", json.dumps({"users": [user], "companies": list(companies)})))


def succession(dataset: Dataset, before: str, after: str) -> Edit:
    """The edit that records that one organization became another."""
    ids = {row["name"]: row["id"] for row in rows(dataset, "organizations")}
    row = {"id": f"suc-{ids[before]}", "from_id": ids[before], "to_id": ids[after], "kind": "merger"}
    return put_rows(dataset, f"{before} became {after}", {"successions": [row]})


def pairs(dataset: Dataset) -> list[tuple[str, str]]:
    """From where to where each move leads."""
    moves, names = Careers.of(dataset).moves, dataset["organizations"].get_column("name").to_list()
    return [(names[a], names[b]) for a, b in zip(moves.origin, moves.destination, strict=True)]


def test_the_sample_has_2388_stints_and_623_moves(reading: Reading):
    dataset = reading.dataset
    assert (dataset["people"].height, dataset["stints"].height) == (1765, 2388)
    assert len(Careers.of(dataset).moves) == 623
    assert errors(reading.checked) == []


def test_what_was_renamed_or_taken_over_is_no_move_once_it_is_on_record(reading: Reading):
    before = pairs(reading.dataset)
    dataset = apply(reading.dataset, succession(reading.dataset, "HP", "HPE"))
    dataset = apply(dataset, succession(dataset, "eNovance", "Red Hat"))
    after = pairs(dataset)
    assert (before.count(("HP", "HPE")), before.count(("eNovance", "Red Hat"))) == (186, 25)
    assert (after.count(("HP", "HPE")), after.count(("eNovance", "Red Hat"))) == (0, 0)
    assert len(after) == 623 - 186 - 25


def test_aliases_are_one_company_unless_a_career_tells_them_apart(reading: Reading):
    named = {row["name"]: row for row in rows(reading.dataset, "organizations")}
    assert "Cisco" not in named
    assert "Cisco" in named["Cisco Systems"]["aliases"]
    assert "eNovance" in named
    assert "eNovance" not in named["Red Hat"]["aliases"]


def test_words_that_stand_for_no_company_are_kept_as_such_and_told(reading: Reading):
    bodies = rows(reading.dataset, "organizations")
    pseudo = {row["name"]: row["kind"] for row in bodies if row["aliases"][:1] == [f"*{row['name'].lower()}"]}
    assert pseudo == {"Independent": "other", "Robots": "other"}
    assert sum(fault.code == "pseudo" for fault in reading.faults) == 2
    assert dict(reading.ignored)["users.emails, not taken over"] == 1765
    assert {"companies.domains", "releases", "companies that employ nobody"} <= set(dict(reading.ignored))


def test_each_begins_where_the_one_before_ended_and_the_last_runs_on(tmp_path: Path):
    found = small(tmp_path, ("A", "2014-Aug-01"), ("B", "2015-Feb-28"), ("C", None))
    assert [(r["rank"], r["start"], r["end"]) for r in rows(found.dataset, "stints")] == [
        (10, None, "2014-08-01"), (20, "2014-08-01", "2015-02-28"), (30, "2015-02-28", ".."),
    ]  # fmt: skip


def test_an_end_before_the_one_before_is_told_and_gives_no_start(tmp_path: Path):
    found = small(tmp_path, ("A", "2014-Dec-01"), ("B", "2014-Jun-24"), ("C", None))
    assert [(r["start"], r["end"]) for r in rows(found.dataset, "stints")] == [
        (None, "2014-12-01"), (None, "2014-06-24"), ("2014-06-24", ".."),
    ]  # fmt: skip
    assert "end-before-start" in {fault.code for fault in found.faults}
    assert pairs(found.dataset) == [("A", "B"), ("B", "C")]


def test_two_without_an_end_and_a_day_that_is_none_are_told(tmp_path: Path):
    found = small(tmp_path, ("A", "2014-Feb-30"), ("B", None), ("C", None))
    assert [(r["start"], r["end"]) for r in rows(found.dataset, "stints")] == [(None, None), (None, None), (None, "..")]
    assert {fault.code for fault in found.faults} == {"unreadable-date", "open-twice", "undeclared"}


def test_a_file_without_developers_is_refused(tmp_path: Path):
    with pytest.raises(FileError, match="no developers"):
        registry.reading(put(tmp_path / "d.json", '{"users": [], "companies": []}'))
