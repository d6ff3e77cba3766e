"""Zip files that are not what they seem, and Parquet tables that are none."""

from __future__ import annotations

import copy
import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from app.domain.errors import DataError, FileError
from app.files import registry
from tests.files.made import full, put

PEOPLE = b"id,name\nada,Ada\n"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """A zip file of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    """What is said of a file that is not opened."""
    with pytest.raises(FileError) as caught:
        registry.read(path)
    assert caught.value.fault.file.startswith(str(path))
    assert caught.value.fault.remedy
    return caught.value.text


def test_folders_and_files_of_the_system_do_not_matter(tmp_path: Path):
    members = {"data/": b"", "data/people.csv": PEOPLE, "__MACOSX/data/._people.csv": b"\0", "data/.DS_Store": b"\0"}
    assert registry.read(zipped(tmp_path / "d.zip", members))["people"].height == 1


@pytest.mark.parametrize(
    "name", ["../people.csv", "/people.csv", "a/../../people.csv", "..\\people.csv", "C:\\people.csv", "C:people.csv"]
)
def test_paths_that_lead_out(tmp_path: Path, name: str):
    text = refusal(zipped(tmp_path / "d.csv.zip", {"organizations.csv": b"id\n", name: PEOPLE}))
    assert name in text
    assert "its path leads out of the archive" in text


def test_links(tmp_path: Path):
    info = zipfile.ZipInfo("people.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as file:
        file.writestr(info, "../secret")
    assert "people.csv: it is a link" in refusal(tmp_path / "d.zip")


def test_two_members_of_one_name(tmp_path: Path):
    members = {"people.csv": PEOPLE, "more/people.csv": PEOPLE}
    assert "two members have this name" in refusal(zipped(tmp_path / "d.zip", members))


def test_encrypted_members(tmp_path: Path):
    content = bytearray(zipped(tmp_path / "d.zip", {"people.csv": PEOPLE}).read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    content[6] |= 1
    assert "it is encrypted" in refusal(put(tmp_path / "d.zip", bytes(content)))


def test_a_bomb_by_its_ratio(tmp_path: Path):
    text = refusal(zipped(tmp_path / "d.zip", {"people.csv": bytes(20_000_000)}))
    assert "people.csv: it unpacks to 20,000,000 bytes out of" in text


def test_a_bomb_by_its_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.files.archive.MOST_BYTES", 2**20)
    members = {f"{n}.csv": PEOPLE * 40_000 for n in range(3)}
    assert "it unpacks to more than" in refusal(zipped(tmp_path / "d.zip", members))


def test_a_bomb_by_its_number(tmp_path: Path):
    members = {f"{n}.csv": b"" for n in range(1_001)}
    assert "more than 1,000 members" in refusal(zipped(tmp_path / "d.zip", members))


def test_a_bomb_of_members_that_share_their_bytes(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as file:
        file.writestr("people.csv", PEOPLE)
        for n in range(3):
            twin = copy.copy(file.filelist[0])
            twin.filename = twin.orig_filename = f"{n}.csv"
            file.filelist.append(twin)
    assert "it overlaps another member" in refusal(tmp_path / "d.zip")


def test_a_member_that_holds_more_than_it_says(tmp_path: Path):
    content = bytearray(zipped(tmp_path / "d.zip", {"people.csv": PEOPLE * 100}).read_bytes())
    at = content.index(b"PK\1\2") + 24
    content[at : at + 4] = (len(PEOPLE)).to_bytes(4, "little")
    assert "damaged" in refusal(put(tmp_path / "d.zip", bytes(content)))


def test_a_member_whose_bytes_are_damaged(tmp_path: Path):
    content = bytearray(zipped(tmp_path / "d.zip", {"people.csv": PEOPLE}).read_bytes())
    content[30 + len("people.csv") + 5] ^= 0xFF
    assert "damaged" in refusal(put(tmp_path / "d.zip", bytes(content)))


def test_an_archive_that_is_cut_off(tmp_path: Path):
    registry.write(full(), tmp_path / "d.talentflow")
    whole = (tmp_path / "d.talentflow").read_bytes()
    assert "damaged" in refusal(put(tmp_path / "d.talentflow", whole[: len(whole) // 2]))


def test_an_archive_in_which_nothing_is_known(tmp_path: Path):
    assert "no table is known" in refusal(zipped(tmp_path / "d.zip", {"a.txt": b""}))
    assert "it holds no table" in refusal(zipped(tmp_path / "d.csv.zip", {"a.csv": b""}))
    assert "no table is known" in refusal(zipped(tmp_path / "e.zip", {}))


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        (b"{", "not valid JSON"),
        (b"[]", "not a JSON object"),
        (b'{"format":"talentflow","version":"3.0"}', "it is of version 3.0"),
        (b'{"format":"other"}', "no dataset of this program"),
        (b"[" * 200_000, "not valid JSON"),
        (b'{"format":"talentflow","version":"1.0","x":' + b"[" * 300 + b"]" * 300 + b"}", "nested more than"),
    ],
)
def test_a_head_that_is_none(tmp_path: Path, manifest: bytes, says: str):
    assert says in refusal(zipped(tmp_path / "d.csv.zip", {"people.csv": PEOPLE, "talentflow.json": manifest}))


def test_a_key_that_stands_twice_in_the_head(tmp_path: Path):
    head = b'{"format":"talentflow","version":"1.0","x":1,"x":2}'
    with pytest.raises(DataError, match="stands twice"):
        registry.read(zipped(tmp_path / "d.csv.zip", {"people.csv": PEOPLE, "talentflow.json": head}))


def parquet(columns: dict[str, Any]) -> bytes:
    """A Parquet table."""
    content = io.BytesIO()
    pl.DataFrame(columns).write_parquet(content)
    return content.getvalue()


def test_a_parquet_table_that_is_none(tmp_path: Path):
    text = refusal(zipped(tmp_path / "d.talentflow", {"people.parquet": b"PAR1 but no more"}))
    assert "people.parquet: it is not a readable Parquet table" in text


def test_a_parquet_table_of_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.files.packed.MOST_ROWS", 1)
    path = zipped(tmp_path / "d.talentflow", {"people.parquet": parquet({"id": ["a", "b"]})})
    assert "people.parquet: it holds more than 1 rows" in refusal(path)


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"id": ["s"], "rank": ["first"]}, "rank"),
        ({"id": ["s"], "source_ids": ["x"]}, "source_ids"),
        ({"id": ["s"], "role": [5]}, "role"),
        ({"id": [None, "s"]}, "id"),
        ({"id": ["", "s"]}, "id"),
        ({"role": ["x"]}, "id"),
    ],
)
def test_columns_of_another_type(tmp_path: Path, columns: dict[str, Any], field: str):
    path = zipped(tmp_path / "d.talentflow", {"stints.parquet": parquet(columns)})
    with pytest.raises(DataError) as caught:
        registry.read(path)
    assert (caught.value.fault.table, caught.value.fault.field) == ("stints", field)
    assert caught.value.fault.file == str(path)


def test_parquet_as_another_program_writes_it(tmp_path: Path):
    columns = {
        "id": pl.Series(["b", "a"]).cast(pl.Categorical),
        "start": pl.Series(["2025-06-26", "2024-01-01"]).str.to_date(),
        "rank": pl.Series([2, 1], dtype=pl.Int16),
        "source_ids": [["z", "y", "z"], []],
        "seen": pl.Series(["2025-01-01", None]).str.to_date(),
    }
    stints = registry.read(zipped(tmp_path / "d.talentflow", {"stints.parquet": parquet(columns)}))["stints"]
    assert stints.select("id", "start", "rank", "source_ids", "extra").rows() == [
        ("a", "2024-01-01", 1, [], None),
        ("b", "2025-06-26", 2, ["y", "z"], '{"seen":"2025-01-01"}'),
    ]


def test_numbers_that_are_not_finite_are_not_saved(tmp_path: Path):
    path = zipped(tmp_path / "d.talentflow", {"relations.parquet": parquet({"id": ["r"], "stake_pct": [float("nan")]})})
    with pytest.raises(DataError, match="not a finite number"):
        registry.read(path)
