"""Organograms of the UK government: real ones with their real faults; nothing dropped, nobody invented."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as random_given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.analysis.presence import present
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.errors import Fault, TalentflowError
from app.files import registry
from app.files.reading import Reading
from app.files.snapshots import day_of
from app.pictures.gathered import Gathered
from tests.files.made import mutated, same
from tests.files.organograms import SENIOR, post, rows, written

DATA = Path(__file__).parents[1] / "data" / "organogram"
SENIORS = sorted(DATA.glob("*-senior.csv"))
JUNIORS = sorted(DATA.glob("*-junior.csv"))
HTA, CHRE, CCC = "human-tissue-authority", "council-for-healthcare-regulatory-excellence", "committee-on-climate-change"

Row = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> Reading:
    return registry.reading(DATA)


@pytest.fixture(scope="module")
def dataset(made: Reading) -> Dataset:
    return made.dataset


def given(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(made: Reading, file: str, code: str) -> list[int | None]:
    """The rows of a file that are told with a code."""
    return [fault.row for fault in made.faults if fault.code == code and Path(fault.file).name == file]


def department(path: Path) -> tuple[str, str]:
    name = path.name.rsplit("-", 4)
    return name[0].replace("_", "-"), "-".join(name[1:4])


# --- known by content ---


def test_a_folder_a_zip_and_a_single_file_are_known_by_their_columns(dataset: Dataset, tmp_path: Path):
    assert registry.recognised(DATA) == "organogram"
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as file:
        for path in (*SENIORS, *JUNIORS):
            file.write(path, f"some/folder/{path.name}")
    assert registry.recognised(tmp_path / "all.zip") == "organogram"
    assert same(registry.read(tmp_path / "all.zip"), dataset)
    for path in (SENIORS[0], JUNIORS[0]):
        assert registry.recognised(path) == "organogram"
        other = shutil.copy(path, tmp_path / "whatever")
        assert registry.recognised(Path(other)) == "organogram"


def test_a_single_file_does_not_look_for_others():
    alone = registry.read(DATA / "human_tissue_authority-2012-09-30-senior.csv")
    assert alone["seats"].height == 5
    assert alone["claims"].height == 0
    assert alone["sources"]["published"].to_list() == ["2012-09-30"]


# --- nothing is lost ---


def test_every_senior_row_is_a_seat_or_told(made: Reading):
    sources = {row["id"]: row["published"] for row in made.dataset["sources"].iter_rows(named=True)}
    for path in SENIORS:
        name, day = department(path)
        seats = [row for row in rows(made.dataset, "seats") if row["id"].startswith(f"seat-{name}-")]
        here = [row for row in seats if day in {sources[source] for source in row["source_ids"]}]
        references = {row["Post Unique Reference"] for row in given(path)}
        assert {row["id"] for row in here} == {f"seat-{name}-{reference.lower()}" for reference in references}
        repeated = told(made, path.name, "repeated-post")
        assert len(here) + len(repeated) == len(given(path))


def test_every_junior_row_is_counted_or_told(made: Reading):
    claims = {row["id"]: row for row in made.dataset["claims"].iter_rows(named=True)}
    n_claims = 0
    for path in JUNIORS:
        name, day = department(path)
        distinct: dict[str, list[dict[str, str]]] = defaultdict(list)
        n_repeated = 0
        for cells in given(path):
            line = {column: cell for column, cell in cells.items() if column != "source_file"}
            post = cells["Reporting Senior Post"]
            if line in distinct[post]:
                n_repeated += 1
            else:
                distinct[post].append(line)
        assert len(told(made, path.name, "repeated-line")) == n_repeated
        for post, lines in distinct.items():
            claim = claims[f"staff-{name}-{post.lower()}-{day}"]
            total = sum(Decimal(line["Number of Posts in FTE"]) for line in lines)
            assert (claim["about"], claim["field"]) == ([f"seats:seat-{name}-{post.lower()}"], "headcount")
            assert Decimal(claim["value"]) == total
            assert f" in {len(lines)} row" in claim["text"]
            for line in lines:
                assert f"{line['Number of Posts in FTE']} {line['Generic Job Title']} ({line['Grade']}" in claim["text"]
                assert f"£{line['Payscale Minimum (£)']} to £{line['Payscale Maximum (£)']}" in claim["text"]
        n_claims += len(distinct)
    assert made.dataset["claims"].height == n_claims


def test_only_people_whom_the_files_name_have_names(dataset: Dataset):
    names = {cells["Name"] for path in SENIORS for cells in given(path)}
    titles = {cells["Job Title"] for path in SENIORS for cells in given(path)}
    found = {name for row in rows(dataset, "people") for name in (row["name"], *row["aliases"])}
    named = {name for name in found if not name.startswith("Name not disclosed, post ")}
    assert named == names - titles
    assert found - named == {f"Name not disclosed, post {post}" for post in ("HOA", "HCS", "CEC")}


@pytest.mark.parametrize("path", SENIORS, ids=lambda path: path.name)
def test_on_the_day_of_a_snapshot_those_whom_it_names_are_certain_and_nobody_else(path: Path, dataset: Dataset):
    name, day = department(path)
    gathered = Gathered.of(dataset, Options())
    certain, possible = present(gathered.careers, day_of(day) or 0)
    index, stints = gathered.careers.index, dataset["stints"]
    holders = {}
    for which in (certain, possible):
        at = [stints.row(int(row), named=True) for row in index.row[which]]
        holders[id(which)] = {(row["seat_id"], row["person_id"]) for row in at if f"-{name}-" in row["seat_id"]}
    assert holders[id(certain)] == holders[id(possible)]
    people = {row["id"]: {row["name"], *row["aliases"]} for row in rows(dataset, "people")}
    expected = {cells["Post Unique Reference"].lower(): cells["Name"] for cells in given(path)}
    assert {seat for seat, _ in holders[id(certain)]} == {f"seat-{name}-{post}" for post in expected}
    for seat, person in holders[id(certain)]:
        spelled = expected[seat.removeprefix(f"seat-{name}-")]
        assert spelled in people[person] or any(known.startswith("Name not disclosed") for known in people[person])


# --- what the three snapshots of one authority say ---


def test_stints_over_time(dataset: Dataset):
    found = {
        (row["person_id"].removeprefix(f"person-{HTA}-"), row["seat_id"][-1], row["start"], row["end"])
        for row in rows(dataset, "stints")
        if HTA in row["person_id"]
    }
    assert found == {
        ("craig-muir", "1", "2011-03?", "2012-09?"),
        ("alan-clamp", "5", "2011-03?", "2012-09?"),
        ("alan-clamp", "1", "2012-09?", ".."),
        ("sarah-bedwell", "5", "2012-09?", ".."),
        ("sue-martin", "2", "2011-03?", "2011-09?"),
        ("sue-gallone", "2", "2011-09?", ".."),
        ("shaun-griffin", "3", "2011-03?", ".."),
        ("allan-marriott-smith", "4", "2011-03?", ".."),
    }
    [muir] = rows(dataset, "stints", person_id=f"person-{HTA}-craig-muir")
    assert muir["notes"] == "There by 2011-03-31; there on 2011-09-30, gone by 2012-09-30"
    assert muir["role"] == "Chief Executive"
    assert len(muir["source_ids"]) == 2
    [smith] = rows(dataset, "people", id=f"person-{HTA}-allan-marriott-smith")
    assert (smith["name"], smith["aliases"]) == ("Allan Marriott-Smith", ["Allan Marriott Smith"])


def test_lines_and_units_over_time(dataset: Dataset):
    lines = [row for row in rows(dataset, "reports") if HTA in row["seat_id"]]
    assert {(row["seat_id"][-1], row["to_seat_id"][-1], row["start"], row["end"]) for row in lines} == {
        (post, "1", None, "..") for post in "2345"
    }
    [unit] = rows(dataset, "organizations", id=f"{HTA}-strategy-and-quality-directorate")
    assert (unit["name"], unit["aliases"]) == ("Strategy & Quality Directorate", ["Strategy and Quality directorate"])
    assert (unit["parent_id"], unit["kind"]) == (HTA, "government")
    assert dataset.row("organizations", HTA)["parent_id"] == "department-of-health"
    [seat] = rows(dataset, "seats", id=f"seat-{HTA}-4")
    assert (seat["organization_id"], seat["title"]) == (unit["id"], "Director of Strategy and Quality")


def test_lines_that_change_do_so_on_the_day_that_shows_it(dataset: Dataset):
    lines = [row for row in rows(dataset, "reports") if CHRE in row["seat_id"]]
    assert {(row["seat_id"][-1], row["to_seat_id"][-1], row["start"], row["end"]) for row in lines} == {
        ("2", "1", None, "2011-09-30?"),
        ("3", "1", None, "2011-09-30?"),
        ("4", "1", None, "2011-09-30?"),
        ("3", "2", "2011-09-30?", ".."),
        ("4", "2", "2011-09-30?", ".."),
    }


# --- the faults of the real files ---


@pytest.mark.parametrize(
    ("file", "code", "lines"),
    [
        ("committee_on_climate_change-2011-09-30-senior.csv", "self", [3]),
        ("committee_on_climate_change-2011-09-30-senior.csv", "no-name", [2, 4, 5]),
        ("council_for_healthcare_regulatory_excellence-2011-09-30-senior.csv", "self", [2]),
        ("council_for_healthcare_regulatory_excellence-2011-09-30-senior.csv", "repeated-post", [3, 5, 7, 9]),
        ("council_for_healthcare_regulatory_excellence-2011-09-30-senior.csv", "similar-name", [6]),
        ("human_tissue_authority-2011-09-30-senior.csv", "similar-name", [3]),
        ("human_tissue_authority-2012-09-30-senior.csv", "same-name", [3]),
        *((path.name, "no-column-name", [1]) for path in SENIORS),
    ],
)
def test_every_fault_is_told_at_its_row(made: Reading, file: str, code: str, lines: list[int]):
    assert told(made, file, code) == lines


def test_a_fault_says_where_what_and_what_to_do_and_stays_in_the_notes(made: Reading):
    [fault] = [f for f in made.faults if f.code == "self" and "climate" in f.file]
    assert (fault.severity, fault.table, fault.id) == ("warning", "seats", f"seat-{CCC}-ceo")
    assert fault.field == "Reports to Senior Post"
    assert fault.remedy
    seat = made.dataset.row("seats", fault.id)
    assert seat is not None
    assert seat["notes"] == f"committee_on_climate_change-2011-09-30-senior.csv, row 3: {fault.message}"
    assert all(f.severity == "warning" and f.message and f.remedy and f.file for f in made.faults)
    for f in made.faults:
        record = made.dataset.row(f.table, f.id)
        assert record is not None
        assert f.message in (record["notes"] or "")


def test_it_passes_the_checks_and_comes_back_from_a_file(made: Reading, tmp_path: Path):
    assert errors(made.checked) == []
    assert {fault.code for fault in check(made.dataset)} == set()
    registry.write(made.dataset, tmp_path / "made.json")
    again = registry.reading(tmp_path / "made.json")
    assert same(again.dataset, made.dataset)
    assert again.checked == []


def test_the_seat_of_a_post_is_the_same_from_whichever_snapshots(dataset: Dataset):
    alone = registry.read(DATA / "human_tissue_authority-2011-09-30-senior.csv")
    for table in ("seats", "organizations", "people"):
        assert set(alone[table]["id"]) <= set(dataset[table]["id"])


# --- what cannot be read ---


HEAD = ",".join(SENIOR).encode()


@pytest.mark.parametrize(
    ("content", "code", "exit_code"),
    [
        (HEAD + b'\n"1","Ann', "syntax", 3),
        (HEAD + b"\n1,Ann\n", "ragged", 1),
        (HEAD + b"\n" + b"," * len(SENIOR) + b"\n", "ragged", 1),
        (HEAD + b"\n1,\xa3" + b"," * (len(SENIOR) - 2) + b"\n", "encoding", 3),
        (HEAD + b"\n1," + b"x" * 16_000_001 + b"," * (len(SENIOR) - 2) + b"\n", "syntax", 3),
        (HEAD + b",Name\n", "repeated-key", 1),
        (HEAD.replace(b"Job Title", b"Work") + b"\n", "missing", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path: Path, content: bytes, code: str, exit_code: int):
    path = tmp_path / "body-2011-03-31-senior.csv"
    path.write_bytes(content)
    for place in (path, tmp_path):
        with pytest.raises(TalentflowError) as caught:
            registry.read(place)
        fault: Fault = caught.value.fault
        assert (fault.code, caught.value.exit_code) == (code, exit_code)
        assert fault.file == str(path)
        assert fault.remedy


def test_a_file_named_so_that_lacks_the_columns_is_refused_beside_others(tmp_path: Path):
    written(tmp_path / "body-2011-03-31-senior.csv", SENIOR, post("1", "Ann Made"))
    (tmp_path / "body-2011-03-31-junior.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TalentflowError, match="it has no column Reporting Senior Post"):
        registry.read(tmp_path)


def test_an_empty_file_has_nobody(tmp_path: Path):
    found = registry.reading(written(tmp_path / "body-2011-03-31-senior.csv", SENIOR))
    assert found.dataset.n_rows == 1  # the source
    assert found.checked == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@random_given(st.data())
def test_whatever_happens_to_the_bytes_it_opens_without_errors_or_says_why(tmp_path: Path, data: st.DataObject):
    folder = tmp_path / "mutated"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in sorted(DATA.glob("council*.csv")):
        (folder / path.name).write_bytes(data.draw(mutated(path.read_bytes())))
    with suppress(TalentflowError):
        assert errors(registry.reading(folder).checked) == []
