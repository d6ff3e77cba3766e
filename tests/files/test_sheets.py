"""Text tables of any encoding and dialect are read cell by cell, or refused with the reason."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.errors import FileError, TalentflowError
from app.files import sheets_text
from app.files.sheets import Dialect, Sheet, sheet
from app.files.sheets_dialect import dialect
from tests.files.made import mutated, put

DATA = Path(__file__).parents[1] / "data" / "sheets"
SPECTRUM = sorted((DATA / "csv-spectrum").glob("*.csv"))


def cells(read: Sheet) -> list[tuple[str, ...]]:
    return read.cells.rows()


def as_csv(rows: list[list[str]], delimiter: str = ",", **more: Any) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, **more).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("file", SPECTRUM, ids=lambda file: file.stem)
def test_every_kind_of_csv_is_what_it_should_be(file: Path):
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    expected = expected if isinstance(expected, list) else [expected]
    found = sheet(file).cells.to_dicts()
    if file.stem == "newlines_crlf":  # see ORIGIN.md
        expected[1]["a"] = expected[1]["a"].replace("\r\n", "\n")
    if file.stem == "location_coordinates":
        expected[0]["Contact Phone Number"] = found[0]["Contact Phone Number"]
    assert found == expected


def test_carriage_returns_within_cells_stay(tmp_path: Path):
    content = (DATA / "csv-spectrum" / "newlines_crlf.csv").read_bytes().replace(b"\n", b"\r\n")
    assert sheet(put(tmp_path / "t.csv", content)).cells["a"].to_list() == ["1", "Once upon \r\na time", "7"]


@pytest.mark.parametrize(
    ("name", "how"),
    [("airedale", {}), ("imdb", {"escapechar": "\\"}), ("milk", {"delimiter": "\t"})],
)
def test_odd_dialects_are_found(name: str, how: dict[str, Any]):
    file = DATA / "clevercsv" / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as text:
        expected = [tuple(row) for row in csv.reader(text, **how) if row]
    found = sheet(file)
    below = [row for row in expected if any(cell.strip() for cell in row)]
    below = below[1:] if found.header_row is not None else below
    assert cells(found) == [row[: len(found.header)] for row in below]
    assert {fault.code for fault in found.faults} <= {"repeated-key"}


def test_naughty_strings_are_read_as_they_are(tmp_path: Path):
    content = (DATA / "naughty-strings" / "blns.txt").read_bytes().replace(b"\x01", b"")
    found = sheet(put(tmp_path / "t.txt", content), dialect=Dialect("\x01", ""))
    lines = content.decode().split("\n")
    expected = [line for line in lines if line.strip()]
    assert found.cells.to_series().to_list() == expected[1:]
    assert found.header == (" ".join(expected[0].split()),)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1251", "shift_jis"]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str):
    words = {
        "cp1251": ("Имя", "Организация", "Исследователь Иванова работает", "Лаборатория высоких энергий"),
        "shift_jis": ("名前", "組織", "研究者は大学で働いています", "東京の研究所"),
    }.get(encoding, ("Prénom", "Société", "Zoë Müller à l'œuvre", "Étude générale"))
    rows = [list(words[:2]), *([words[2], words[3]] for _ in range(40))]
    found = sheet(put(tmp_path / "t.csv", as_csv(rows).encode(encoding)))
    assert found.header == words[:2]
    assert set(cells(found)) == {words[2:]}
    said = any(fault.code == "encoding" for fault in found.faults)
    assert said is (encoding in ("cp1252", "cp1251", "shift_jis"))


def test_what_is_no_table_is_refused_with_the_reason(tmp_path: Path):
    for content, code in (
        (b"", "empty"),
        (b"\n \n,,\n", "empty"),
        (bytes(range(256)) * 20, "encoding"),
        (b'name,employer\nAda,"Alpha\nBo,Beta\nCy,Gamma\n', "cut-short"),
        ((",".join(f"c{n}" for n in range(3_000)) + "\n" + "," * 2_999 + "x\n").encode(), "too-large"),
    ):
        with pytest.raises(FileError) as caught:
            sheet(put(tmp_path / "t.csv", content))
        assert caught.value.fault.code == code
        assert caught.value.fault.remedy


@pytest.mark.parametrize("cell", ["x" * 200_000, '"' + "x\n" * 100_000 + '"'])
def test_a_long_cell_is_read_and_an_endless_one_refused(tmp_path: Path, cell: str, monkeypatch: pytest.MonkeyPatch):
    path = put(tmp_path / "t.csv", f"a,b\n1,2\n{cell}\n3,{cell}\n")
    assert sheet(path).cells["a"][1] == sheet(path).cells["b"][2] == cell.strip('"')
    monkeypatch.setattr(sheets_text, "LONGEST_CELL", 1_000)
    with pytest.raises(FileError, match="row 3: it is no text table"):
        sheet(path)


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(FileError, match="no such file"):
        sheet(tmp_path / "none.csv")
    monkeypatch.setattr(sheets_text, "MOST_BYTES", 10)
    with pytest.raises(FileError, match="Split it"):
        sheet(put(tmp_path / "t.csv", "a,b\n1,2\n3,4\n"))


def test_titles_blank_rows_and_what_stands_above_the_header(tmp_path: Path):
    text = "\n\nHires of the year,,\n,,\nperson,employer,start\nAda,Alpha,2019\n\n,,\nBo,Beta,2020\n"
    found = sheet(put(tmp_path / "t.csv", text))
    assert found.header == ("person", "employer", "start")
    assert found.header_row == 5
    assert cells(found) == [("Ada", "Alpha", "2019"), ("Bo", "Beta", "2020")]
    assert found.rows.to_list() == [6, 9]
    assert [(fault.code, fault.row) for fault in found.faults] == [("passed-over", 3)]


def test_rows_with_other_numbers_of_cells_are_told(tmp_path: Path):
    text = 'a,b,c\n1,2,3\n4,5\n6,7,8,9\n"x\ny",1,2\n7\n1,2,3,,\n'
    found = sheet(put(tmp_path / "t.csv", text))
    assert found.header == ("a", "b", "c", "column 4")
    assert cells(found) == [
        ("1", "2", "3", ""),
        ("4", "5", "", ""),
        ("6", "7", "8", "9"),
        ("x\ny", "1", "2", ""),
        ("7", "", "", ""),
        ("1", "2", "3", ""),
    ]
    assert [(fault.code, fault.row) for fault in found.faults] == [("ragged", 3), ("ragged", 4), ("ragged", 7)]
    assert found.rows.to_list() == [2, 3, 4, 5, 7, 8]


def test_columns_without_a_name_or_with_the_same(tmp_path: Path):
    found = sheet(put(tmp_path / "t.csv", "name,,name,role\nAda,x,Bo,y\n"))
    assert found.header == ("name", "column 2", "name (2)", "role")
    assert [fault.field for fault in found.faults] == ["name (2)"]


@pytest.mark.parametrize("first", ["Ada Test,Alpha,2019-05-01", "https://example.org,Ada,5", "Alpha,Ada Test,x"])
def test_a_table_may_have_no_header(tmp_path: Path, first: str):
    found = sheet(put(tmp_path / "t.csv", f"{first}\nAlpha,Cy Test,2020\nAlpha,Bo Test,2021\n"))
    assert found.header == ("column 1", "column 2", "column 3")
    assert found.header_row is None
    assert len(cells(found)) == 3


def test_the_beginning_of_a_file_tells_its_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from app.files import sheets

    monkeypatch.setattr(sheets_text, "_BEGINNING", 1_003)
    rows = [["name", "text"], *([f"n{n}", 'é "quoted"\nlines, too'] for n in range(500))]
    path = put(tmp_path / "t.csv", as_csv(rows))
    whole, begun = sheet(path), sheets.beginning(path)
    assert begun.header == whole.header
    assert 5 < begun.cells.height < 500
    assert begun.cells.equals(whole.cells.head(begun.cells.height))


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)
PLAIN = st.text("abcXYZ äß中0123", min_size=1, max_size=8).map(str.strip).filter(bool)


@st.composite
def tables(draw: st.DrawFn, text: st.SearchStrategy[str] = TEXT) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(text, min_size=width, max_size=width), min_size=1, max_size=12))
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    return [[f"head{'abcdef'[n]}" for n in range(width)], *kept]


def padded(rows: list[list[str]]) -> list[tuple[str, ...]]:
    return [tuple(row) for row in rows[1:]]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=tables(),
    delimiter=st.sampled_from(",;\t|:^"),
    quote=st.sampled_from("\"'"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    escaped=st.booleans(),
)
@example([["heada", "headb"], ['"', ""]], ",", '"', csv.QUOTE_MINIMAL, "\n", False)
def test_any_table_is_read_back_cell_by_cell(
    tmp_path: Path, rows: list[list[str]], delimiter: str, quote: str, quoting: int, end: str, escaped: bool
):
    how: dict[str, Any] = {"quotechar": quote, "quoting": quoting, "lineterminator": end}
    how |= {"escapechar": "\\", "doublequote": False} if escaped else {}
    path = put(tmp_path / "t.csv", as_csv(rows, delimiter, **how))
    found = sheet(path, dialect=Dialect(delimiter, quote, "\\" if escaped else ""), encoding="utf-8")
    assert found.header[: len(rows[0])] == tuple(rows[0])
    assert cells(found) == padded(rows)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=tables(PLAIN), delimiter=st.sampled_from(",;\t|"), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
)
def test_the_dialect_of_a_plain_table_is_found(tmp_path: Path, rows: list[list[str]], delimiter: str, quoting: int):
    found = sheet(put(tmp_path / "t.csv", as_csv(rows, delimiter, quoting=quoting)))
    assert found.header == tuple(rows[0])
    assert cells(found) == padded(rows)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables(), block=st.integers(8, 200))
def test_blocks_of_any_size_make_the_same_table(tmp_path: Path, rows: list[list[str]], block: int):
    path = put(tmp_path / "t.csv", as_csv(rows))
    given_so = Dialect()
    whole = sheet(path, dialect=given_so, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets_text, "BLOCK", block)
        cut = sheet(path, dialect=given_so, encoding="utf-8")
    assert cells(cut) == cells(whole) == padded(rows)
    assert cut.rows.to_list() == whole.rows.to_list()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("ab\",;\n\r\t \\'é"), max_size=60))
def test_any_text_gives_the_cells_that_python_sees(tmp_path: Path, text: str):
    path = put(tmp_path / "t.csv", text)
    found = None
    with suppress(FileError):
        found = sheet(path, dialect=Dialect(), encoding="utf-8")
    if found is None:
        return
    seen = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    seen = seen[len(seen) - found.cells.height :]
    wide = max(map(len, seen), default=0)
    columns = zip(*(row + [""] * (wide - len(row)) for row in seen), strict=True)
    filled = [column for column in columns if any(cell.strip() for cell in column)]
    named = [found.cells[name].to_list() for name in found.header if found.cells[name].str.strip_chars().ne("").any()]
    assert named == [list(column) for column in filled]


def test_the_usual_marks_are_told_without_a_library():
    code = (
        "import sys; from app.files.sheets_dialect import dialect;"
        "texts = ('a,b\\n1,2\\n', 'a;b\\n1,5;2\\n', 'a\\tb\\nx, y\\tz\\n', 'a|b\\n1|2\\n');"
        "print([dialect(text).delimiter for text in texts]);"
        "print('clevercsv' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:2] == ["[',', ';', '\\t', '|']", "False"]


def test_rare_marks_quotes_and_blanks():
    assert dialect("~a~|~b, c~\n" * 20).delimiter == "|"
    assert dialect("'a','b'\n'x, y','z'\n" * 5).quote == "'"
    assert dialect('a, "b, c", d\n1, "2, 3", 4\n').spaced
    assert dialect('a,"say \\"x\\" loud",c\nb,"\\"y\\" it",d\n').escape == "\\"
    assert dialect('a,"C:\\dir\\",c\nb,"D:\\",d\n').escape == ""


@settings(max_examples=150, deadline=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, data: st.DataObject):
    file = data.draw(st.sampled_from([*SPECTRUM, DATA / "clevercsv" / "imdb.csv", DATA / "clevercsv" / "milk.csv"]))
    content = data.draw(mutated(file.read_bytes()[:4_000]))
    with suppress(TalentflowError):
        found = sheet(put(tmp_path / "t.csv", content))
        assert found.cells.height == len(found.rows)
        assert len(found.header) == found.cells.width
