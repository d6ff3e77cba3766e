"""Open after save gives the same dataset, in every format, and a second save the same bytes."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from app.domain.dataset import Dataset, frame_of
from app.files import native, registry
from app.files.lines import json_list
from app.files.manifest import parsed, written
from tests.files.made import HEAD, datasets, full, put, same, tidy, written_rows

ROOT = Path(__file__).parents[2]
NAMES = ("d.json", "d.json.gz", "d.talentflow", "d.csv.zip", "d/")


def content(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of every file in a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


def kept(dataset: Dataset) -> Dataset:
    """A dataset as it is opened after a save, its unknown keys in their one form."""
    unknown = {key: written(parsed(text)) for key, text in dataset.unknown.items()}
    return Dataset(tidy(dataset).tables, dataset.version, unknown)


@pytest.mark.parametrize("name", NAMES)
def test_a_dataset_with_everything_comes_back(tmp_path: Path, name: str):
    registry.write(full(), f"{tmp_path}/{name}")
    assert same(registry.read(tmp_path / name), kept(full()))


@pytest.mark.parametrize("name", NAMES)
def test_two_saves_are_the_same_bytes(tmp_path: Path, name: str):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    registry.write(full(), f"{tmp_path}/one/{name}")
    registry.write(registry.read(tmp_path / "one" / name), f"{tmp_path}/two/{name}")
    assert content(tmp_path / "one" / name) == content(tmp_path / "two" / name)


@pytest.mark.parametrize("name", NAMES)
def test_json_by_way_of_another_format_is_the_same_json(tmp_path: Path, name: str):
    native.write(full(), tmp_path / "before.json")
    registry.write(registry.read(tmp_path / "before.json"), f"{tmp_path}/{name}")
    native.write(registry.read(tmp_path / name), tmp_path / "after.json")
    assert (tmp_path / "after.json").read_bytes() == (tmp_path / "before.json").read_bytes()


@given(datasets())
@settings(max_examples=12)
def test_any_dataset_comes_back_from_every_format(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            registry.write(dataset, f"{folder}/{name}")
            opened = registry.read(f"{folder}/{name}")
            assert same(opened, kept(dataset)), name
            before = content(Path(folder, name))
            registry.write(opened, f"{folder}/{name}")
            assert content(Path(folder, name)) == before, name


@given(datasets())
@settings(max_examples=12)
def test_any_layout_of_json_is_the_same_dataset(dataset: Dataset):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "d.json")
        native.write(dataset, path)
        expected, value = kept(dataset), json.loads(path.read_text("utf-8"))
        for layout in ({}, {"indent": 2}, {"separators": (",", ":")}, {"ensure_ascii": False, "indent": "\t"}):
            path.write_text(json.dumps(value, **layout), "utf-8")
            assert same(native.read(path), expected), layout


def test_an_empty_dataset_comes_back(tmp_path: Path):
    for name in NAMES:
        registry.write(Dataset.of(), f"{tmp_path}/{name}")
        assert same(registry.read(tmp_path / name), Dataset.of())


def test_the_layout_is_one_record_a_line_with_leading_commas(tmp_path: Path):
    people = [
        {"id": "b", "name": "Bob", "source_ids": ["two", "one", "two"]},
        {"id": "a", "name": "e\u0301", "aliases": [], "extra": '{"z": 1, "k": [ ]}'},
    ]
    dataset = Dataset.of(
        {"people": frame_of("people", people)}, "1.0", {"new": '[{"b": 1, "a": 2}, {}]', "x": " 1.50 "}
    )
    native.write(dataset, tmp_path / "d.json")
    tables = (tmp_path / "d.json").read_text("utf-8").split("\n")
    assert tables[:6] == [
        HEAD,
        ',"organizations":[',
        "]",
        ',"people":[',
        '{"id":"a","name":"é","k":[],"z":1}',
        ',{"id":"b","name":"Bob","source_ids":["one","two"]}',
    ]
    assert tables[-8:] == ["]", ',"new":[', '{"a":2,"b":1}', ",{}", "]", ',"x":1.5', "}", ""]


def test_the_gzip_file_holds_the_plain_one_and_no_time(tmp_path: Path):
    native.write(full(), tmp_path / "d.json")
    native.write_packed(full(), tmp_path / "d.json.gz")
    packed = (tmp_path / "d.json.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "d.json").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"


def test_a_byte_order_mark_is_no_part_of_the_data(tmp_path: Path):
    text = written_rows("people", {"id": "a", "name": "A"})
    path = put(tmp_path / "d.json", b"\xef\xbb\xbf" + text.encode())
    assert native.read(path)["people"]["name"].to_list() == ["A"]


def test_a_newer_minor_version_keeps_what_it_brings(tmp_path: Path):
    text = '{"format":"talentflow","version":"1.9","people":[{"id":"a","shoe":{"size":[43]}}],"moods":[{"id":"m"}]}'
    native.write(native.read(put(tmp_path / "d.json", text)), tmp_path / "d.json")
    again = json.loads((tmp_path / "d.json").read_text("utf-8"))
    assert again["version"] == "1.9"
    assert again["people"] == [{"id": "a", "shoe": {"size": [43]}}]
    assert again["moods"] == [{"id": "m"}]


def test_pieces_of_a_large_table_are_put_together_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.files.outline.PIECE", 200)
    monkeypatch.setattr("app.files.records._SAMPLE", 30)
    rows = [{"id": f"p{n:03}", "name": f'N "{n}"'} | ({"orcid": "x"} if n == 25 else {}) for n in range(50)]
    rows[40]["shoe"] = 43
    lines = native.read(put(tmp_path / "d.json", written_rows("people", *rows)))
    pretty = json.dumps({"format": "talentflow", "version": "1.0", "people": rows}, indent=1)
    for dataset in (lines, native.read(put(tmp_path / "d.json", pretty))):
        people = dataset["people"]
        assert people["name"].to_list() == [f'N "{n}"' for n in range(50)]
        assert people.filter(pl.col("orcid").is_not_null())["id"].to_list() == ["p025"]
        assert people.filter(pl.col("extra").is_not_null()).select("id", "extra").rows() == [("p040", '{"shoe":43}')]


@pytest.mark.parametrize(
    "text", [":", ":x", '":', "\\", '\\"', "\\\\", '["a"]', "[]", "{}", '{"a":"b"}', '", "', "null"]
)
def test_text_that_looks_like_json_stays_text(tmp_path: Path, text: str):
    rows = [{"id": "a", "name": text, "aliases": [text, "b"], "notes": text}]
    person = native.read(put(tmp_path / "d.json", written_rows("people", *rows))).row("people", "a")
    assert person is not None
    assert (person["name"], person["aliases"], person["notes"]) == (text, [text, "b"], text)


@pytest.mark.parametrize(
    ("cell", "elements"),
    [
        ("a;b", ["a", "b"]),
        (" a ; b ", ["a", "b"]),
        (r"a\;b;c", ["a;b", "c"]),
        (r"\\;x", ["\\", "x"]),
        (r"\ a\ ", [" a "]),
        (";;a;", ["a"]),
        ("a\\", ["a\\"]),
    ],
)
def test_elements_of_a_list_in_a_cell(tmp_path: Path, cell: str, elements: list[str]):
    put(tmp_path / "people.csv", f'id,aliases\nada,"{cell}"\n')
    person = registry.read(tmp_path).row("people", "ada")
    assert person is not None
    assert person["aliases"] == elements


def test_csv_as_a_spreadsheet_writes_it(tmp_path: Path):
    text = '\ufeffid,rank,order_stated,start,team size\r\ns, 5 ,FALSE,2025,"1,000"\r\n\r\n'
    stint = registry.read(put(tmp_path / "stints.csv", text).parent).row("stints", "s")
    assert stint is not None
    assert (stint["rank"], stint["order_stated"], stint["start"]) == (5, False, "2025")
    assert stint["extra"] == '{"team size":"1,000"}'


def test_a_healthy_file_is_opened_without_row_models(tmp_path: Path):
    registry.write(full(), tmp_path / "d.json")
    code = "import sys; from app.files.registry import read; read(sys.argv[1]); print('pydantic' in sys.modules)"
    command = [sys.executable, "-c", code, str(tmp_path / "d.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_a_nested_field_that_holds_nothing_is_blank(tmp_path: Path):
    rows = [{"id": "v", "view": "flowmap", "options": " null ", "extra": " {} "}]
    native.write(Dataset.of({"views": frame_of("views", rows)}), tmp_path / "d.json")
    view = native.read(tmp_path / "d.json").row("views", "v")
    assert view is not None
    assert (view["options"], view["extra"]) == (None, None)


@given(datasets())
@settings(max_examples=50)
def test_a_few_rows_are_written_as_many_are(dataset: Dataset):
    for name, frame in dataset.tables.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("app.files.lines.FEW", -1)
            many = json_list(name, frame)
        assert json_list(name, frame) == many
        assert b"\n" not in many
        assert len(parsed(many.decode())) == frame.height
