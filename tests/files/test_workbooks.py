"""Workbooks are read as they would be typed, or refused with the reason and what to do."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import FileError, TalentflowError, UsageError
from app.files import sheets_package
from app.files.sheets import is_workbook, sheet, sheet_names
from tests.files.made import mutated, put
from tests.files.workbooks import sheet_xml, workbook

CALAMINE = Path(__file__).parents[1] / "data" / "sheets" / "calamine"
FILES = sorted(path for path in CALAMINE.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize(
    ("name", "says", "remedy"),
    [
        ("pass_protected.xlsx", "protected by a password", "save it without one"),
        ("issue252.xlsx", "Bad CRC-32 for file 'xl/_rels/workbook.xml.rels'", "save it anew"),
        ("empty_sheet.xlsx", "no sheet of the workbook holds anything", "another"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, says: str, remedy: str):
    with pytest.raises(FileError) as caught:
        sheet(CALAMINE / name)
    assert says in caught.value.fault.message
    assert remedy in caught.value.fault.remedy


@pytest.mark.parametrize("name", ["date.xlsx", "date_1904.xlsx", "date.xls", "date.ods"])
def test_days_of_both_systems_are_days(name: str):
    found = sheet(CALAMINE / name)
    assert found.cells["column 1"][0] == "2021-01-01"
    assert found.cells["column 2"][0] == "15"


def test_days_as_text_and_hours():
    column = sheet(CALAMINE / "date_iso.xlsx").cells["column 1"].to_list()
    assert column[:3] == ["2021-01-01", "2021-01-01 10:10:10", "10:10:10"]


@pytest.mark.parametrize(
    ("name", "header", "first", "row"),
    [
        ("empty_s_attribute.xlsx", ("Name", "Value"), ("John", "1"), 2),
        ("header-row.xlsx", ("Columns", "Column A", "Column B", "Column C"), ("put data here", "1", "2", "3"), 12),
        ("no-header.xlsx", ("column 1", "column 2"), ("a", "0"), 5),
        ("inlineStr_cdata.xlsx", ("Hello CDATA", "World"), ("12345", "NormalText"), 2),
        ("temperature.xlsx", ("label", "value"), ("celsius", "22.2222"), 2),
        ("number_rows_repeated.ods", ("A", "B"), ("C", "D"), 2),
    ],
)
def test_cells_are_read_where_they_stand(name: str, header: tuple[str, ...], first: tuple[str, ...], row: int):
    found = sheet(CALAMINE / name)
    assert found.header == header
    assert found.cells.row(0) == first
    assert found.rows[0] == row


def test_errors_are_what_they_are_called():
    found = sheet(CALAMINE / "errors.xlsx").cells["column 1"].to_list()
    assert found == ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path):
    rows = {"Notes": [], "Moves": [["person", "to"], ["Ada", "Alpha"]], "People": [["person"], ["Bo"]]}
    path = workbook(tmp_path / "t.xlsx", rows)
    assert sheet_names(path) == ("Moves", "People")
    first = sheet(path)
    assert first.sheet == "Moves"
    assert [fault.message for fault in first.faults] == ["it has 2 sheets, of which Moves was read"]
    chosen = sheet(path, "people")
    assert (chosen.sheet, chosen.cells.rows(), chosen.faults) == ("People", [("Bo",)], ())
    with pytest.raises(UsageError, match="Moves, People"):
        sheet(path, "Notes")


def test_numbers_flags_and_blanks_are_as_typed(tmp_path: Path):
    rows = [["year", "share", "sure", "gap", "big"], [2019, 0.5, True, None, 10**17], [2020.0, 1e-7, False, "x", -3]]
    found = sheet(workbook(tmp_path / "t.xlsx", {"S": rows}))
    assert found.cells.rows() == [
        ("2019", "0.5", "true", "", "1e+17"),
        ("2020", "1e-07", "false", "x", "-3"),
    ]


def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_read(tmp_path: Path):
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far = f'<worksheet><sheetData>{near}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = workbook(tmp_path / "t.xlsx", {"S": far + "</sheetData></worksheet>"})
    with pytest.raises(FileError, match="1,048,576 rows and 16,384 columns"):
        sheet(path)
    blank = far.replace('<c r="XFD1048576"><v>1</v></c>', '<c r="XFD1048576" s="1"/>')  # coloured, and nothing in it
    path = workbook(tmp_path / "b.xlsx", {"S": blank + "</sheetData></worksheet>"})
    assert sheet(path).cells.rows() == [("1",)]


def test_far_cells_of_open_documents_are_refused(tmp_path: Path):
    def ods(body: str) -> Path:
        with zipfile.ZipFile(tmp_path / "t.ods", "w") as file:
            file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            file.writestr("META-INF/manifest.xml", manifest)
            file.writestr(
                "content.xml",
                '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
                f'<table:table table:name="S">{body}</table:table></office:spreadsheet></office:body>'
                "</office:document-content>",
            )
        return tmp_path / "t.ods"

    text = '<table:table-cell office:value-type="string"{0}><text:p>x</text:p></table:table-cell>'
    wide = text.format(' table:number-columns-repeated="16000"')
    with pytest.raises(FileError, match="16,000 columns"):
        sheet(ods(f'<table:table-row table:number-rows-repeated="1000000">{wide}</table:table-row>'))
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    row = f"<table:table-row>{text.format('')}{text.format('')}</table:table-row>"
    assert sheet(ods(row + tail)).header == ("column 1", "column 2")


def test_far_cells_of_binary_workbooks_are_refused(tmp_path: Path):
    def record(kind: int, content: bytes) -> bytes:
        return bytes([kind, len(content)]) + content

    def place(at: int) -> bytes:
        return at.to_bytes(4, "little") + bytes(4)

    near = record(0, place(0)) + record(2, place(1)) + record(0, place(9_999)) + record(1, place(16_000))
    assert sheets_package._binary_reach(near) == (10_000, 2)
    path = tmp_path / "t.xlsb"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.bin", b"")
        file.writestr("xl/worksheets/sheet1.bin", near + record(2, place(16_000)))
    with pytest.raises(FileError, match="10,000 rows and 16,001 columns"):
        sheet(path)


def test_a_bomb_and_too_many_parts_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = workbook(tmp_path / "t.xlsx", {"S": "<worksheet><sheetData/></worksheet>" + " " * 40_000_000})
    with pytest.raises(FileError, match="unpacks to 40,000,0"):
        sheet(path)
    monkeypatch.setattr(sheets_package, "MOST_BYTES", 1_000)
    with pytest.raises(FileError, match="unpacks to more than"):
        sheet(path)
    monkeypatch.setattr(sheets_package, "MOST_MEMBERS", 3)
    with pytest.raises(FileError, match="more than 3 parts"):
        sheet(path)


@pytest.mark.parametrize("name", ["date.xlsx", "date.ods", "date.xls"])
def test_a_workbook_that_is_cut_short_is_refused(tmp_path: Path, name: str):
    content = (CALAMINE / name).read_bytes()
    for share in (0.3, 0.6, 0.95):
        path = put(tmp_path / name, content[: int(len(content) * share)])
        with pytest.raises(FileError) as caught:
            sheet(path)
        assert caught.value.fault.remedy


def test_a_package_without_its_parts(tmp_path: Path):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", "<workbook/>")
    assert is_workbook(path)
    with pytest.raises(FileError, match="damaged"):
        sheet(path)


@settings(max_examples=80, deadline=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, data: st.DataObject):
    file = data.draw(st.sampled_from([path for path in FILES if path.stat().st_size < 40_000]))
    path = put(tmp_path / f"t{file.suffix}", data.draw(mutated(file.read_bytes())))
    with suppress(TalentflowError):
        for name in sheet_names(path):
            assert sheet(path, name).header


@settings(max_examples=60, deadline=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_part_is_read_or_refused(tmp_path: Path, data: st.DataObject):
    part = sheet_xml([["name", "n"], ["Ada", 1], ["#N/A", 2.5], ["Bo", True]])
    changed = data.draw(mutated(part.encode())).decode("utf-8", "replace")
    path = workbook(tmp_path / "t.xlsx", {"S": changed})
    with suppress(TalentflowError):
        assert sheet(path).header
