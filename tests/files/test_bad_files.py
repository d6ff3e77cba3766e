"""Files that cannot be opened: each gives one typed error that names file, row, field and remedy, and exit code."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import polars as pl
import pytest

from app.domain.checks import check, errors
from app.domain.errors import DataError, Fault, FileError, TalentflowError, UsageError
from app.files import native, registry
from tests.files.made import HEAD, put, written_rows

DEEP = 200_000
LISTS = "[" * DEEP + "]" * DEEP
OBJECTS = '{"a":' * DEEP + "1" + "}" * DEEP
GIGABYTE = 2**30


def refusal(path: Path, kind: type[TalentflowError]) -> Fault:
    """The fault of a file that cannot be opened; it names the file and what to do."""
    with pytest.raises(kind) as caught:
        registry.read(path)
    fault = caught.value.fault
    assert fault.file.startswith(str(path))
    assert fault.remedy
    assert str(path) in caught.value.text
    return fault


def test_a_file_that_is_missing(tmp_path: Path):
    assert refusal(tmp_path / "none.json", FileError).code == "no-file"
    assert refusal(tmp_path / "none" / "none.json", FileError).code == "no-file"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = put(tmp_path / "d.json", written_rows("people", {"id": "a"}))

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path, FileError).code == "no-permission"


def test_a_folder_without_tables(tmp_path: Path):
    put(tmp_path / "readme.txt", "nothing")
    assert refusal(tmp_path, FileError).code == "no-tables"


def test_a_folder_where_a_file_is_expected(tmp_path: Path):
    with pytest.raises(FileError, match="it is a folder"):
        registry.read(tmp_path, "json")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (bytes(range(256)), "binary"),
        (b"\0" * 5_000, "binary"),
        (b"\xff\xfe{\0}\0", "encoding"),
        (b"nonsense", "wrong-format"),
        (b"[]", "wrong-format"),
        (b'[{"format":"talentflow"}]', "wrong-format"),
        (b"{}", "wrong-format"),
        (b'{"nodes":[],"links":[]}', "wrong-format"),
        (b'{"format":"other","version":"1.0"}', "wrong-format"),
        (b'{"format":"talentflow"}', "wrong-format"),
        (b'{"format":"talentflow","version":1}', "wrong-format"),
        (b'{"format":"talentflow","version":"one"}', "wrong-format"),
        (b'{"format":"talentflow","version":"2.0"}', "newer-version"),
        (b'{"format":"talentflow","version":"10.3","people":[]}', "newer-version"),
        (b"{", "truncated"),
        (b'{"format":"talentflow","version":"1.0","people":[{"id":"a","na', "truncated"),
        (f'{HEAD}\n,"people":[\n{{"id":"a"}}\n,{{"id":"b"'.encode(), "truncated"),
        (b'{"format":"talentflow","version":"1.0"}}', "syntax"),
        (b'{"format":"talentflow","version":"1.0"} {}', "syntax"),
        (b'{"format":"talentflow","version":"1.0",}', "syntax"),
        (b'{"format":"talentflow" "version":"1.0"}', "syntax"),
        (b'{"format":"talentflow","version":"1.0"]', "syntax"),
        (b'{"format":"talentflow","version":"1.0",people:[]}', "syntax"),
        (b'{"format":"talentflow","version":"1.0","x":01}', "syntax"),
        (b'{"format":"talentflow","version":"1.0","x":NaN}', "syntax"),
        (b'{"format":"talentflow","version":"1.0","x":1e999}', "syntax"),
        (b'{"format":"talentflow","version":"1.0","x":"a\nb"}', "syntax"),
        (b'{"format":"talentflow","version":"1.0","x":"\xff"}', "encoding"),
        (b'{"format":"talentflow","version":"1.0","people":[{"id":"a","name":"\xff"}]}', "encoding"),
    ],
)
def test_content_that_is_no_dataset(tmp_path: Path, content: bytes, code: str):
    assert refusal(put(tmp_path / "d.json", content), FileError).code == code


@pytest.mark.parametrize(
    "records",
    [
        '{"id":"a"}\n{"id":"b"}',
        '{"id":"a"},',
        ',{"id":"a"}',
        '{"id":"a"}\n,{"id":"b"},',
        "{id:1}",
        '{"id":"a"} x',
        "{'id':'a'}",
    ],
)
def test_records_that_are_no_json_are_named_by_row(tmp_path: Path, records: str):
    fault = refusal(put(tmp_path / "d.json", f'{HEAD}\n,"people":[\n{records}\n]\n}}\n'), FileError)
    assert (fault.code, fault.table) == ("syntax", "people")
    assert fault.row in (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * DEEP, id="nothing but brackets"),
        pytest.param('{"a":' * DEEP, id="objects that never close"),
        pytest.param(f'{HEAD},"x":{LISTS}}}', id="an unknown key"),
        pytest.param(f'{HEAD}\n,"x":{LISTS}\n}}\n', id="an unknown key on its line"),
        pytest.param(f'{HEAD}\n,"people":[\n{{"id":"a","x":{LISTS}}}\n]\n}}\n', id="an unknown field"),
        pytest.param(f'{HEAD}\n,"people":[\n{{"id":"a","name":{LISTS}}}\n]\n}}\n', id="a text"),
        pytest.param(f'{HEAD}\n,"people":[\n{{"id":"a","x":{LISTS[DEEP - 500 : DEEP + 500]}}}\n]\n}}\n', id="500"),
        pytest.param(f'{HEAD}\n,"x":{LISTS[DEEP - 500 : DEEP + 500]}\n}}\n', id="500 outside"),
        pytest.param(f'{HEAD}\n,"views":[\n{{"id":"a","options":{OBJECTS}}}\n]\n}}\n', id="a nested field"),
    ],
)
def test_brackets_without_end(tmp_path: Path, text: str):
    assert refusal(put(tmp_path / "d.json", text), FileError).code in ("nested", "wrong-format")


def test_wrong_types_are_named_by_row_and_field(tmp_path: Path):
    rows = [
        {"id": "a", "rank": 1},
        {"id": "b", "rank": "1"},
        {"id": "c", "rank": 1.5},
        {"id": "d", "role": 5},
        {"id": "e", "order_stated": 1},
        {"id": "f", "source_ids": "x"},
        {"id": "g", "source_ids": ["x", 1]},
        {"id": "h", "rank": 2**63},
        {"id": "i", "role": ["x"]},
        {"id": "j", "role": {"a": "b"}},
        {"id": "k", "source_ids": [["x"]]},
    ]
    path = put(tmp_path / "d.json", written_rows("stints", *rows))
    with pytest.raises(DataError) as caught:
        registry.read(path)
    found = [(fault.row, fault.id, fault.field, fault.code) for fault in caught.value.faults]
    fields = ["rank", "rank", "role", "order_stated", "source_ids", "source_ids", "rank", "role", "role", "source_ids"]
    assert found == [(n + 2, "bcdefghijk"[n], field, "wrong-type") for n, field in enumerate(fields)]
    assert {fault.file for fault in caught.value.faults} == {str(path)}
    assert caught.value.exit_code == 1


@pytest.mark.parametrize("record", ["5", "null", '"a"', '["a"]'])
def test_something_else_in_the_place_of_a_record(tmp_path: Path, record: str):
    fault = refusal(put(tmp_path / "d.json", f'{HEAD},"people":[{{"id":"a"}},{record}]}}'), DataError)
    assert (fault.table, fault.row) == ("people", 2)


def test_a_table_that_is_no_list(tmp_path: Path):
    assert refusal(put(tmp_path / "d.json", f'{HEAD},"people":{{"id":"a"}}}}'), DataError).table == "people"


@pytest.mark.parametrize("row", [{"name": "A"}, {"id": "", "name": "A"}, {"id": None}])
def test_a_record_without_an_id(tmp_path: Path, row: dict[str, object]):
    fault = refusal(put(tmp_path / "d.json", written_rows("people", {"id": "x"}, row)), DataError)
    assert (fault.code, fault.row, fault.field) == ("missing", 2, "id")


@pytest.mark.parametrize("text", ['{"id":"b","name":"B","name":"C"}', '{"id":"b","x":{"name":1,"name":1}}'])
def test_a_key_that_stands_twice_in_a_record(tmp_path: Path, text: str):
    content = f'{HEAD}\n,"people":[\n{{"id":"a"}}\n,{text}\n]\n}}\n'
    fault = refusal(put(tmp_path / "d.json", content), DataError)
    assert (fault.code, fault.row, fault.id, fault.field) == ("repeated-key", 2, "b", "name")


@pytest.mark.parametrize("keys", ['"people":[],"people":[]', '"version":"1.0"', '"x":1,"x":1', '"x":{"a":1,"a":1}'])
def test_a_key_that_stands_twice_outside(tmp_path: Path, keys: str):
    assert refusal(put(tmp_path / "d.json", f"{HEAD},{keys}}}"), DataError).code == "repeated-key"


def test_half_a_surrogate_pair_is_no_text(tmp_path: Path):
    content = f'{HEAD}\n,"people":[\n{{"id":"a","name":"\\ud83d"}}\n]\n}}\n'
    fault = refusal(put(tmp_path / "d.json", content), FileError)
    assert (fault.code, fault.row) == ("syntax", 1)
    for text in (',"x":["\\ude00"]}', '\n,"\\ude00":1\n}\n', '\n,"\\ude00":[\n]\n}\n'):
        assert refusal(put(tmp_path / "d.json", HEAD + text), FileError).code == "syntax"
    put(tmp_path / "people.csv", 'id,extra\na,"{""x"":""\\ud83d""}"\n')
    with pytest.raises(DataError, match="half a surrogate pair"):
        registry.read(tmp_path)


def test_what_can_be_read_but_contradicts_itself_opens_and_is_named_by_the_checks(tmp_path: Path):
    text = f"""{HEAD},"organizations":[{{"id":"x","parent_id":"y"}},{{"id":"y","parent_id":"x"}},{{"id":"x"}}],
        "stints":[{{"id":"s","person_id":"nobody","organization_id":"x"}}]}}"""
    dataset = registry.read(put(tmp_path / "d.json", text))
    found = {(fault.code, fault.table) for fault in errors(check(dataset))}
    assert {("duplicate-id", "organizations"), ("cycle", "organizations"), ("dangling", "stints")} <= found


@pytest.mark.parametrize(
    ("start", "size", "code"),
    [
        (b"", GIGABYTE, "binary"),
        (b"", GIGABYTE + 1, "too-large"),
        (f'{HEAD}\n,"people":[\n{" " * 70_000}'.encode(), GIGABYTE, "syntax"),
        (b'{"data":' + b" " * 70_000, GIGABYTE, "wrong-format"),
    ],
)
def test_a_gigabyte_is_not_taken_into_memory(tmp_path: Path, start: bytes, size: int, code: str):
    path = put(tmp_path / "d.json", start)
    with path.open("r+b") as file:
        file.truncate(size)  # a file with a hole: no disk is used
    with pytest.raises(FileError) as caught:
        native.read(path)
    assert caught.value.fault.code == code


def test_gzip_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.files.texts.MOST_TEXT", 1_000)
    path = put(tmp_path / "d.json.gz", gzip.compress(b" " * 10_000))
    assert refusal(path, FileError).code == "too-large"


def test_gzip_that_is_cut_off_or_damaged(tmp_path: Path):
    whole = gzip.compress(written_rows("people", *({"id": f"a{n}"} for n in range(500))).encode())
    assert refusal(put(tmp_path / "a.json.gz", whole[:-20]), FileError).code == "damaged"
    assert refusal(put(tmp_path / "b.json.gz", whole[:40] + b"\0\0\0\0" + whole[44:]), FileError).code == "damaged"


def test_other_files_are_told_apart_by_their_content(tmp_path: Path):
    table = io.BytesIO()
    pl.DataFrame({"id": ["a"]}).write_parquet(table)
    for name, content, says in (
        ("d.talentflow", table.getvalue(), "a single Parquet table"),
        ("people.csv", b"id,name\na,A\n", "a single CSV table"),
        ("people.csv", "id,name\na,A\n".encode("utf-16"), "a single CSV table"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "of no format"),
        ("d.talentflow", b"PK but no zip", "damaged"),
    ):
        with pytest.raises(FileError, match=says):
            registry.read(put(tmp_path / name, content))


def test_the_content_decides_and_not_the_name(tmp_path: Path):
    text = written_rows("people", {"id": "a"})
    for name in ("d.talentflow", "d.csv.zip", "d.json.gz", "d"):
        assert registry.read(put(tmp_path / name, text))["people"].height == 1
    assert registry.read(put(tmp_path / "d.json", gzip.compress(text.encode())))["people"].height == 1


def test_formats_that_do_not_exist_are_answered_with_those_that_do(tmp_path: Path):
    for call in (
        lambda: registry.read(tmp_path, "xlsx"),
        lambda: registry.target_format(tmp_path / "d.json", "xlsx"),
        lambda: registry.target_format(tmp_path / "d.xlsx"),
        lambda: registry.target_format(tmp_path / "d.json", "factbase"),
    ):
        with pytest.raises(UsageError, match=r"json.*talentflow.*csv"):
            call()
    with pytest.raises(UsageError, match="End the name in /"):
        registry.target_format(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "code", "row", "field"),
    [
        ("stints.csv", "id,rank\na,1\nb,two\n", "wrong-type", 3, "rank"),
        ("stints.csv", "id,rank\na,1_0\n", "wrong-type", 2, "rank"),
        ("stints.csv", "id,order_stated\na,maybe\n", "wrong-type", 2, "order_stated"),
        ("relations.csv", "id,amount_usd\na,1e999\n", "wrong-type", 2, "amount_usd"),
        ("relations.csv", 'id,amount_usd\n"a",nan\n', "wrong-type", 2, "amount_usd"),
        ("people.csv", 'id,notes\na,"one\ntwo"\n,three\n', "missing", 4, "id"),
        ("people.csv", "id,name\na\n", "ragged", 2, ""),
        ("people.csv", "id,name\na,b,c\n", "ragged", 2, ""),
        ("people.csv", "name\nAda\n", "missing", 1, "id"),
        ("people.csv", "id;name\na;A\n", "missing", 1, "id"),
        ("people.csv", "id,name,name\n", "repeated-key", 1, ""),
        ("people.csv", "id,extra\na,[1]\n", "wrong-type", 1, "extra"),
        ("people.csv", 'id,extra\na,"{""name"":1}"\n', "wrong-type", 1, "extra"),
        ("views.csv", "id,view,options\na,flowmap,{\n", "wrong-type", 1, "options"),
    ],
)
def test_bad_cells_are_named_by_file_line_and_column(
    tmp_path: Path, name: str, text: str, code: str, row: int, field: str
):
    put(tmp_path / name, text)
    with pytest.raises(DataError) as caught:
        registry.read(tmp_path)
    fault = caught.value.fault
    assert (fault.file, fault.code, fault.row, fault.field) == (str(tmp_path / name), code, row, field)
    assert fault.remedy


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b'id,name\na,"b\n', "syntax"),
        (b'id,name\na,"b"c\n', "syntax"),
        (b"id,name\na,\xff\n", "encoding"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path: Path, content: bytes, code: str):
    path = put(tmp_path / "people.csv", content)
    with pytest.raises(FileError) as caught:
        registry.read(tmp_path)
    assert (caught.value.fault.file, caught.value.fault.code) == (str(path), code)
