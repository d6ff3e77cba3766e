"""Team memberships by snapshot: rows in, rows out, and the right people on every day of a snapshot."""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as random_given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.analysis.presence import present
from app.domain import dates
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.errors import DataError, TalentflowError
from app.files import registry
from app.files.snapshots import day_of
from app.pictures.gathered import Gathered
from tests.files.made import mutated, put, same
from tests.files.organograms import rows

FILE = Path(__file__).parents[1] / "data" / "teams" / "etcd_io.csv"
HEAD = "org,team_path,role,person,start,end\n"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return registry.read(FILE)


def given() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def small(folder: Path, *lines: str) -> Dataset:
    return registry.read(put(folder / "t.csv", HEAD + "\n".join(lines) + "\n"))


def test_a_file_a_folder_and_a_zip_are_known_by_their_columns(dataset: Dataset, tmp_path: Path):
    assert registry.recognised(FILE) == registry.recognised(FILE.parent) == "teams"
    assert same(registry.read(FILE.parent), dataset)
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as file:
        file.write(FILE, FILE.name)
    assert same(registry.read(tmp_path / "t.zip"), dataset)
    assert registry.recognised(put(tmp_path / "t.txt", FILE.read_bytes())) == "teams"


def test_every_row_is_a_stint(dataset: Dataset):
    teams = {row["id"]: row for row in rows(dataset, "organizations")}
    names = dataset.names("people")

    def path(team: str) -> str:
        row = teams[team]
        return f"{path(row['parent_id'])}/{row['name']}" if row["parent_id"] else row["name"]

    found = Counter(
        (path(row["organization_id"]), row["role"], names[row["person_id"]], row["end"] == "..")
        for row in rows(dataset, "stints")
    )
    assert found == Counter(
        (f"{cells['org']}/{cells['team_path']}".rstrip("/"), cells["role"], cells["person"], not cells["end"])
        for cells in given()
    )
    assert dataset["people"].height == len({cells["person"] for cells in given()})
    assert {name: dataset[name].height for name in ("seats", "reports", "relations", "claims")} == {
        "seats": 0, "reports": 0, "relations": 0, "claims": 0,
    }  # fmt: skip


def test_there_is_a_unit_for_every_team_and_every_team_around_it(dataset: Dataset, tmp_path: Path):
    nested = dataset.row("organizations", "etcd-io-members-reviewers-etcd")
    assert nested is not None
    assert (nested["name"], nested["parent_id"], nested["kind"]) == (
        "reviewers-etcd",
        "etcd-io-members",
        "product-team",
    )
    made = small(tmp_path, "o,a/b/c,member,p,2020-01-31,", "o-a,b,member,p,2020-01-31,")
    assert {(row["id"], row["parent_id"], row["kind"]) for row in rows(made, "organizations")} == {
        ("o", None, "other"), ("o-a", None, "other"), ("o-a-2", "o", "product-team"),
        ("o-a-b", "o-a", "product-team"), ("o-a-b-2", "o-a-2", "product-team"),
        ("o-a-b-c", "o-a-b-2", "product-team"),
    }  # fmt: skip


def test_on_the_day_of_every_snapshot_its_members_are_certain_and_nobody_else(dataset: Dataset):
    gathered = Gathered.of(dataset, Options())
    index, stints = gathered.careers.index, dataset["stints"]
    teams = {row["id"]: row["name"] for row in rows(dataset, "organizations")}
    names = dataset.names("people")
    days = {cells[column] for cells in given() for column in ("start", "end") if cells[column]}
    assert len(days) > 20
    for day in days:
        certain, possible = present(gathered.careers, day_of(day) or 0)
        for which in (certain, possible):
            here = [stints.row(int(row), named=True) for row in index.row[which]]
            assert Counter((teams[row["organization_id"]], names[row["person_id"]]) for row in here) == Counter(
                ((cells["team_path"] or cells["org"]).split("/")[-1], cells["person"])
                for cells in given()
                if cells["start"] <= day and (not cells["end"] or day < cells["end"])
            )


def test_dates_lie_between_snapshots_and_those_of_the_first_are_marked(dataset: Dataset):
    days = sorted({day_of(cells[column]) or 0 for cells in given() for column in ("start", "end") if cells[column]})
    for row in rows(dataset, "stints"):
        for name in ("start", "end"):
            span = dates.parse(row[name])
            if row[name] == "..":
                continue
            day = next(day for day in days if span.latest <= day + 1)
            before = max((earlier for earlier in days if earlier < day), default=dates.PAST)
            assert row["notes"] is not None or before < span.earliest
    first = [row for row in rows(dataset, "stints") if row["notes"]]
    assert {row["notes"] for row in first} == {"In the first snapshot of etcd-io: may have been there before"}
    assert {row["start"] for row in first} == {"2024-01?"}
    assert len(first) == sum(cells["start"] == "2024-01-31" for cells in given())


def test_the_file_is_one_source_of_the_newest_day_it_names(dataset: Dataset):
    [source] = rows(dataset, "sources")
    assert source["published"] == max(cells[column] for cells in given() for column in ("start", "end"))
    for table in ("organizations", "people", "stints"):
        assert {tuple(row["source_ids"]) for row in rows(dataset, table)} == {(source["id"],)}


def test_it_passes_the_checks_and_comes_back_from_a_file(dataset: Dataset, tmp_path: Path):
    assert errors(check(dataset)) == []
    registry.write(dataset, tmp_path / "t.json")
    assert same(registry.read(tmp_path / "t.json"), dataset)


def test_posts_of_a_person_stand_in_the_order_of_their_days(tmp_path: Path):
    made = small(tmp_path, "o,b,member,p,2020-03-31,", "o,a,member,p,2020-01-31,2020-03-31", "o,c,admin,p,,2020-01-31")
    found = [(row["rank"], row["start"], row["end"], row["role"]) for row in rows(made, "stints")]
    assert sorted(found) == [
        (10, None, "2020-01?", "admin"), (20, "2020-01?", "2020-03?", "member"), (30, "2020-03?", "..", "member")
    ]  # fmt: skip


def test_a_row_that_stands_there_twice_is_taken_once_and_told(tmp_path: Path):
    line = "o,a,member,p,2020-01-31,\n"
    made = registry.reading(put(tmp_path / "t.csv", HEAD + line + line))
    assert made.dataset["stints"].height == 1
    assert [(fault.code, fault.row, fault.severity) for fault in made.faults] == [("repeated-row", 3, "warning")]


def test_columns_that_nobody_knows_are_kept(tmp_path: Path):
    made = registry.read(put(tmp_path / "t.csv", "id,org,team_path,role,person,start,end\n7,o,a,,p,2020-01-31,\n"))
    assert made["stints"]["extra"].to_list() == ['{"teams":{"id":"7"}}']


def test_other_files_of_the_folder_are_passed_over_and_told(tmp_path: Path):
    put(tmp_path / "a.csv", "x,y\n1,2\n")
    put(tmp_path / "b.csv", HEAD + "o,a,,p,2020-01-31,\n")
    assert [(fault.code, Path(fault.file).name) for fault in registry.reading(tmp_path).faults] == [
        ("passed-over", "a.csv")
    ]


@pytest.mark.parametrize(
    ("line", "field", "message"),
    [
        (",a,member,p,2020-01-31,", "org", "missing"),
        ("o,a,member,,2020-01-31,", "person", "missing"),
        ("o,a,member,p,2020-02-30,", "start", "not a day"),
        ("o,a,member,p,2020-01,", "start", "not a day"),
        ("o,a,member,p,2020-01-31,soon", "end", "not a day"),
        ("o,a,member,p,2020-01-31,2020-01-31", "end", "not after the start"),
    ],
)
def test_rows_that_mean_nothing_are_errors_with_row_and_field(tmp_path: Path, line: str, field: str, message: str):
    with pytest.raises(DataError, match=message) as caught:
        small(tmp_path, "o,a,member,p,2020-01-31,", line)
    assert (caught.value.fault.row, caught.value.fault.field) == (3, field)
    assert caught.value.fault.file == str(tmp_path / "t.csv")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@random_given(st.data())
def test_whatever_happens_to_the_bytes_it_opens_without_errors_or_says_why(tmp_path: Path, data: st.DataObject):
    path = put(tmp_path / "mutated.csv", data.draw(mutated(FILE.read_bytes())))
    with suppress(TalentflowError):
        assert errors(registry.reading(path).checked) == []
