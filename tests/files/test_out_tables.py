"""Tables for other programs: workbook, Parquet, Markdown, linked data."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from app.domain.dataset import Dataset, frame_of
from app.domain.errors import FileError
from app.domain.schema import TABLES, Kind
from app.files import xlsx
from app.files.cells import written_cells
from app.files.exports import EXPORTS
from app.files.outgoing import Outgoing
from app.files.registry import read
from tests.files.made import datasets, full, same, tidy
from tests.files.outgoing_data import sound


def written(outgoing: Outgoing, name: str, folder: str | Path) -> Path:
    path = Path(folder, f"data{EXPORTS[name].ending}")
    EXPORTS[name].write(outgoing, path)
    return path


# --- XLSX ---


def cells_of(path: Path, table: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(table).to_python(skip_empty_area=False)


def expected_cells(dataset: Dataset, table: str, names: list[str]) -> list[list[Any]]:
    """What the sheet of a table shall hold: typed as a sheet can, text as in the CSV dialect."""
    frame = tidy(dataset)[table]
    columns = []
    for name in names:
        kind, column = TABLES[table].field(name).kind, frame.get_column(name)
        values = (
            column.to_list() if kind in (Kind.FLAG, Kind.INT, Kind.FLOAT) else written_cells(column, kind).to_list()
        )
        columns.append([_in_sheet(value, kind) for value in values])
    return [list(row) for row in zip(*columns, strict=True)]


def _in_sheet(value: Any, kind: Kind) -> Any:
    if value is None:
        return ""
    if kind is Kind.DATE and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and value >= "1900-03-01":
        return dt.date.fromisoformat(value)
    if kind is Kind.INT and abs(value) > 2**53:
        return str(value)
    if kind is Kind.FLOAT and value and not 1e-300 < abs(value) < 1e300:
        return repr(value)
    if kind in (Kind.INT, Kind.FLOAT):
        return pytest.approx(value, rel=1e-15)
    return re.sub("[\ufffe\uffff]", "\ufffd", value) if isinstance(value, str) else value


@given(datasets())
@settings(max_examples=25)
def test_the_sheets_of_any_dataset_hold_its_cells(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        path = written(Outgoing(dataset), "xlsx", folder)
        assert CalamineWorkbook.from_path(path).sheet_names == ["About", *TABLES]
        for table in TABLES:
            names, *rows = cells_of(path, table)
            assert rows == expected_cells(dataset, table, names)


def test_numbers_that_a_sheet_cannot_hold_are_text(tmp_path: Path):
    relations = [
        {"id": f"r-{n}", "from_id": "o", "to_id": "o", "amount_usd": amount}
        for n, amount in enumerate((1.5e308, 5e-324, 0.0, -2.5))
    ]
    ranks = (2**53, 2**53 + 1, -(2**63))
    stints = [{"id": f"st-{n}", "rank": rank} for n, rank in enumerate(ranks)]
    tables = {"relations": frame_of("relations", relations), "stints": frame_of("stints", stints)}
    path = written(Outgoing(Dataset.of(tables)), "xlsx", tmp_path)
    names, *rows = cells_of(path, "relations")
    assert [row[names.index("amount_usd")] for row in rows] == ["1.5e+308", "5e-324", 0.0, -2.5]
    names, *rows = cells_of(path, "stints")
    assert [row[names.index("rank")] for row in rows] == [2**53, str(2**53 + 1), str(-(2**63))]


@given(sound())
@settings(max_examples=15)
def test_no_name_becomes_a_formula_or_gets_lost(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        path = written(Outgoing(dataset), "xlsx", folder)
        for table in ("organizations", "people", "stints", "sources"):
            names, *rows = cells_of(path, table)
            assert rows == expected_cells(dataset, table, names)


def test_the_first_sheet_says_what_the_file_is(tmp_path: Path):
    path = written(Outgoing(full(), command="main.py convert a.json data.xlsx"), "xlsx", tmp_path)
    told = dict(row[:2] for row in cells_of(path, "About"))
    assert told["Dataset"] == full().digest
    assert told["Command"] == "main.py convert a.json data.xlsx"
    assert told["Lens"] == "none: every record"
    assert told["As of"] == "2025-12-31"
    assert told["Sheet people"] == "2 records"
    assert "not staff numbers" in told["Note"]


def test_a_cell_that_is_too_long_is_cut_and_that_is_told(tmp_path: Path):
    people = [{"id": "p", "name": "Madeup", "notes": "x" * 40_000}]
    path = written(Outgoing(Dataset.of({"people": frame_of("people", people)})), "xlsx", tmp_path)
    names, row = cells_of(path, "people")
    assert len(row[names.index("notes")]) == 32_767
    assert "1 of people" in dict(line[:2] for line in cells_of(path, "About"))["Cut cells"]


def test_a_table_that_is_longer_than_a_sheet_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    with pytest.raises(FileError) as caught:
        written(Outgoing(full()), "xlsx", tmp_path)
    assert "people has 2 records, and a sheet of XLSX holds 1" in caught.value.text
    assert ".parquet" in caught.value.text
    assert list(tmp_path.iterdir()) == []


def test_links_and_frozen_headers_are_there(tmp_path: Path):
    import zipfile

    path = written(Outgoing(full()), "xlsx", tmp_path)
    with zipfile.ZipFile(path) as box:
        sheets = {name: box.read(name).decode() for name in box.namelist() if name.endswith(".xml")}
    pages = [text for name, text in sheets.items() if name.startswith("xl/worksheets/sheet")]
    assert sum("topLeftCell" in page and "<autoFilter" in page for page in pages) == len(TABLES)
    assert sum("<hyperlink " in page for page in pages) == 1
    assert not any("<f>" in page for page in pages)


# --- Parquet ---


@given(datasets())
@settings(max_examples=10)
def test_parquet_tables_are_the_tables(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        outgoing = Outgoing(dataset, command="main.py convert")
        path = written(outgoing, "parquet", folder)
        for name, frame in tidy(dataset).tables.items():
            assert pl.read_parquet(path / f"{name}.parquet").equals(frame)
            told = pl.read_parquet_metadata(path / f"{name}.parquet")
            assert told["talentflow:Dataset"] == dataset.digest
            assert told["talentflow:Command"] == "main.py convert"
        assert same(read(written(outgoing, "parquet.zip", folder)), read(_saved(dataset, folder)))


def _saved(dataset: Dataset, folder: str) -> Path:
    from app.files.registry import write

    path = Path(folder, "d.talentflow")
    write(dataset, path)
    return path


# --- Markdown ---


def rows_of(text: str, table: str) -> list[list[str]]:
    """The cells of a table as GitHub's dialect splits them."""
    lines = text.split(f"\n## {table} · ")[1].split("\n\n")[1].splitlines()
    cut = [re.split(r"(?<!\\)(?:\\\\)*\|", line)[1:-1] for line in lines]
    return [[cell.strip() for cell in row] for row in cut]


@given(sound())
@settings(max_examples=20)
def test_markdown_has_a_row_a_record_and_no_markup_of_the_data(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        text = written(Outgoing(dataset), "markdown", folder).read_text("utf-8")
    assert f"- Dataset: {dataset.digest}" in text
    for table in ("organizations", "people", "sources"):
        names, _, *rows = rows_of(text, table)
        assert [row[0] for row in rows] == dataset[table]["id"].to_list()
        assert {len(row) for row in rows} == {len(names)}
    assert "<" not in text
    assert not re.search(r"(?<!\\)[`\[]", text)


# --- linked data ---

CONTEXT_WORDS = {"@id", "@type", "@value"}


def expanded(value: Any, context: dict[str, str]) -> list[str]:
    """Every term and reference of a node as the absolute address that it stands for; AssertionError for one that
    stands for none."""

    def address(term: str) -> str:
        prefix, colon, rest = term.partition(":")
        assert colon, f"{term} is no address"
        if rest.startswith("//") or prefix == "urn":
            return term
        assert prefix in context, f"{prefix} is not declared"
        return context[prefix] + rest

    found = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "@type":
                found += [address(one) for one in ([inner] if isinstance(inner, str) else inner)]
            elif key == "@id":
                found.append(address(inner))
            elif key == "@value":
                assert set(value) == {"@value", "@type"}
            else:
                found += [address(key), *expanded(inner, context)]
    elif isinstance(value, list):
        found += [one for inner in value for one in expanded(inner, context)]
    return found


@given(sound())
@settings(max_examples=20)
def test_linked_data_expand_and_refer_to_what_is_there(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        held = json.loads(written(Outgoing(dataset), "jsonld", folder).read_text("utf-8"))
    graph, context = held["@graph"], held["@context"]
    found = expanded(graph, context)
    own = {node["@id"] for node in graph}
    assert len(own) == len(graph)
    used = {
        f"record:{address.removeprefix(context['record'])}"
        for address in found
        if address.startswith(context["record"])
    }
    assert used <= own
    members = [node for node in graph if "org:Membership" in node["@type"]]
    stints = [row for row in dataset["stints"].iter_rows(named=True) if row["status"] != "denied"]
    assert [(m["org:member"]["@id"], m["org:organization"]["@id"]) for m in members] == [
        (f"record:{row['person_id']}", f"record:{row['organization_id']}") for row in stints
    ]
    for member, row in zip(members, stints, strict=True):
        given_dates = f"{row['start'] or ''}/{row['end'] or ''}"
        told = member.get("org:memberDuring", {}).get("term:edtf", {"@value": "/"})["@value"]
        assert told == given_dates
        assert member["prov:wasDerivedFrom"] == [{"@id": "record:src"}]
    people = {node["@id"]: node["foaf:name"] for node in graph if "foaf:Person" in node["@type"]}
    assert people == {f"record:{i}": name for i, name in dataset["people"].select("id", "name").iter_rows()}
    assert graph[0]["term:dataset"] == dataset.digest


def test_nothing_refers_to_what_is_denied(tmp_path: Path):
    bodies = [{"id": "o", "name": "Works", "parent_id": "no"}, {"id": "no", "name": "Never", "status": "denied"}]
    people = [{"id": "p", "name": "Madeup", "source_ids": ["s", "false"]}]
    seats = [{"id": "seat-1", "organization_id": "o"}, {"id": "seat-2", "organization_id": "o", "status": "denied"}]
    lines = [{"id": f"rp-{n}", "seat_id": "seat-1", "to_seat_id": f"seat-{n}"} for n in (1, 2)]
    sources = [{"id": "s", "title": "Said", "derived_from": "false"}, {"id": "false", "status": "denied"}]
    rows = {"organizations": bodies, "people": people, "seats": seats, "reports": lines, "sources": sources}
    dataset = Dataset.of({name: frame_of(name, given) for name, given in rows.items()})
    graph = json.loads(written(Outgoing(dataset), "jsonld", tmp_path).read_text("utf-8"))["@graph"]
    nodes = {node["@id"]: node for node in graph[1:]}
    assert set(nodes) == {"record:o", "record:p", "record:seat-1", "record:s"}
    assert nodes["record:o"]["@type"] == ["org:Organization"]
    assert nodes["record:p"]["prov:wasDerivedFrom"] == [{"@id": "record:s"}]
    assert nodes["record:seat-1"]["org:reportsTo"] == [{"@id": "record:seat-1"}]
    assert "prov:wasDerivedFrom" not in nodes["record:s"]


def test_an_instant_says_no_more_than_is_known(tmp_path: Path):
    stint = {"id": "st", "person_id": "p", "organization_id": "o", "start": "2024-05~", "end": ".."}
    tables = {
        "people": frame_of("people", [{"id": "p", "name": "Madeup"}]),
        "organizations": frame_of("organizations", [{"id": "o", "name": "Works"}]),
        "stints": frame_of("stints", [stint]),
    }
    held = json.loads(written(Outgoing(Dataset.of(tables)), "jsonld", tmp_path).read_text("utf-8"))
    during = held["@graph"][-1]["org:memberDuring"]
    month = {"@value": "2024-05", "@type": "xsd:gYearMonth"}
    assert during == {
        "@type": ["time:Interval"],
        "term:edtf": {"@value": "2024-05~/..", "@type": "edtf:EDTF"},
        "time:hasBeginning": {"@type": ["time:Instant"], "time:inXSDgYearMonth": month},
    }


# --- all of them ---


@pytest.mark.parametrize("name", list(EXPORTS))
def test_the_same_data_give_the_same_bytes(name: str, tmp_path: Path):
    found = []
    for at in range(2):
        (tmp_path / str(at)).mkdir()
        path = written(Outgoing(full(), command="main.py convert"), name, tmp_path / str(at))
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        found.append([(file.name, file.read_bytes()) for file in files])
    assert found[0] == found[1]


@pytest.mark.parametrize("name", list(EXPORTS))
def test_an_empty_dataset_can_be_taken_away(name: str, tmp_path: Path):
    assert written(Outgoing(Dataset.of()), name, tmp_path).exists()


@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "parquet"])
def test_a_job_that_stops_leaves_the_old_file(name: str, tmp_path: Path):
    class Stopped(Exception):
        pass

    def stop(_: float) -> None:
        raise Stopped

    path = tmp_path / f"data{EXPORTS[name].ending}"
    path.write_text("old")
    with pytest.raises(Stopped):
        written(Outgoing(read(Path(__file__).parents[2] / "data" / "ai-labs.json"), progress=stop), name, tmp_path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
