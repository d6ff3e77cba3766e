"""Organizations of ROR, of both schemas, and what became of them as far as that is known."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from app.domain.errors import FileError, TalentflowError
from app.files import registry
from app.files.reading import Reading
from tests.files.made import mutated, put, same
from tests.files.organograms import rows
from tests.files.registers import related, ror

OLD = {
    "id": "https://ror.org/0fghjkm01",
    "name": "First University",
    "types": ["Education"],
    "status": "active",
    "established": 1901,
    "aliases": ["The First"],
    "acronyms": ["FU"],
    "labels": [{"label": "Prima Universitas", "iso639": "la"}],
    "country": {"country_code": "XX", "country_name": "Made-up"},
    "addresses": [{"city": "Nowhere"}],
    "relationships": [],
    "external_ids": {
        "GRID": {"preferred": "grid.1.1", "all": "grid.1.1"},
        "ISNI": {"preferred": None, "all": ["0000 0001 2345 6789"]},
        "FundRef": {"preferred": "111", "all": ["222", "111"]},
        "Wikidata": {"preferred": None, "all": ["Q11"]},
    },
}
NEW = ror(
    1,
    "First University",
    established=1901,
    names=[
        {"value": "FU", "types": ["acronym"], "lang": None},
        {"value": "First University", "types": ["label", "ror_display"], "lang": "en"},
        {"value": "The First", "types": ["alias"], "lang": None},
        {"value": "Prima Universitas", "types": ["label"], "lang": "la"},
    ],
    external_ids=[
        {"type": "grid", "preferred": "grid.1.1", "all": ["grid.1.1"]},
        {"type": "isni", "preferred": None, "all": ["0000 0001 2345 6789"]},
        {"type": "fundref", "preferred": "111", "all": ["222", "111"]},
        {"type": "wikidata", "preferred": None, "all": ["Q11"]},
    ],
)


def of(path: Path, *records: dict[str, Any]) -> Reading:
    return registry.reading(put(path / "ror.json", json.dumps(list(records))))


def parents(found: Reading) -> dict[str, str | None]:
    return {row["id"]: row["parent_id"] for row in rows(found.dataset, "organizations")}


@pytest.mark.parametrize("record", [OLD, NEW], ids=["schema 1", "schema 2"])
def test_both_schemas_say_the_same_of_an_organization(record: dict[str, Any], tmp_path: Path):
    found = of(tmp_path, record)
    assert registry.recognised(tmp_path / "ror.json") == "ror"
    [row] = rows(found.dataset, "organizations")
    assert (row["name"], set(row["aliases"])) == ("First University", {"FU", "The First", "Prima Universitas"})
    assert (row["kind"], row["founded"], row["hq_city"], row["hq_country"]) == ("university", "1901", "Nowhere", "XX")
    assert json.loads(row["extra"]) == {
        "ids": {
            "ror": "https://ror.org/0fghjkm01",
            "grid": "grid.1.1",
            "isni": "0000000123456789",
            "fundref": "111",
            "wikidata": "Q11",
        },
        "other_ids": {"fundref": ["222"]},
    }
    [source] = rows(found.dataset, "sources")
    assert source["url"] == "https://ror.org/0fghjkm01"


def test_a_zip_with_both_schemas_holds_each_organization_once(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "v1-ror-data.zip", "w") as box:
        box.writestr("v1-2023-04-05-ror-data.json", json.dumps([OLD]))
        box.writestr("v1-ror-data_schema_v2.json", json.dumps([NEW, ror(2, "Second")]))
    found = registry.reading(tmp_path / "v1-ror-data.zip")
    assert registry.recognised(tmp_path / "v1-ror-data.zip") == "ror"
    assert {row["name"] for row in rows(found.dataset, "organizations")} == {"First University", "Second"}
    assert {row["published"] for row in rows(found.dataset, "sources")} == {"2023-04-05", "2024-05-06"}


def test_pages_are_read_like_lists(tmp_path: Path):
    page = json.dumps({"number_of_results": 1, "items": [NEW]})
    assert same(registry.read(put(tmp_path / "ror.json", page)), of(tmp_path, NEW).dataset)


def test_equal_names_are_two_organizations_where_the_ids_differ(tmp_path: Path):
    grid = [{"type": "grid", "preferred": None, "all": ["grid.9.9"]}]
    found = of(tmp_path, ror(1, "Institute", external_ids=grid), ror(2, "Institute", external_ids=grid))
    assert found.dataset["organizations"].height == 2


def test_parents_are_known_from_either_side_and_circles_told(tmp_path: Path):
    found = of(
        tmp_path,
        ror(1, "Top", relationships=[related("child", 2), related("child", 99), related("related", 3)]),
        ror(2, "Middle"),
        ror(3, "Low", relationships=[related("parent", 2)]),
        ror(4, "Two", relationships=[related("parent", 1), related("parent", 2)]),
    )
    assert parents(found) == {"top": None, "middle": "top", "low": "middle", "two": "top"}
    assert [fault.code for fault in found.faults] == ["several-parents"]
    assert {("relationships related", 1), ("relationships to organizations that are not in the file", 1)} <= set(
        found.ignored
    )
    circle = of(
        tmp_path,
        ror(1, "A", relationships=[related("parent", 2)]),
        ror(2, "B", relationships=[related("parent", 1)]),
    )
    assert [fault.code for fault in circle.faults] == ["circle"]
    assert not [fault for fault in circle.checked if fault.severity == "error"]


def test_a_succession_is_made_only_where_its_kind_is_known(tmp_path: Path):
    gone = {"status": "inactive"}
    found = of(
        tmp_path,
        ror(1, "One", relationships=[related("successor", 3)], **gone),
        ror(2, "Two", relationships=[related("successor", 3)], **gone),
        ror(3, "Both", relationships=[related("predecessor", 1), related("predecessor", 2)]),
        ror(4, "Young", established=1990, relationships=[related("successor", 5)], **gone),
        ror(5, "Old", established=1900),
        ror(6, "Former Name", relationships=[related("successor", 7)], **gone),
        ror(7, "Later Name", names=[
            {"value": "Later Name", "types": ["ror_display"]}, {"value": "former name", "types": ["alias"]},
        ]),
        ror(8, "Left", relationships=[related("successor", 9)], **gone),
        ror(9, "Right"),
        ror(10, "Split", relationships=[related("successor", 11), related("successor", 12)], **gone),
        ror(11, "Part A"),
        ror(12, "Part B"),
        ror(13, "Twice", status="withdrawn", relationships=[related("successor", 9)]),
    )  # fmt: skip
    made = {(row["from_id"], row["to_id"], row["kind"]) for row in rows(found.dataset, "successions")}
    assert made == {
        ("one", "both", "merger"), ("two", "both", "merger"), ("young", "old", "merger"),
        ("former-name", "later-name", "rename"),
    }  # fmt: skip
    assert all(row["date"] is None for row in rows(found.dataset, "successions"))
    told = {fault.id for fault in found.faults if fault.code == "succession"}
    assert told == {"left", "split", "twice"}
    by_id = {row["id"]: row for row in rows(found.dataset, "organizations")}
    assert by_id["twice"]["status"] == "denied"
    assert by_id["one"]["status"] is None
    assert "Inactive" in by_id["one"]["notes"]


def test_records_without_id_or_name_are_told(tmp_path: Path):
    found = of(tmp_path, ror(1, "A"), {"name": "No id"}, ror(2, ""))
    assert found.dataset["organizations"].height == 1
    assert [fault.code for fault in found.faults] == ["passed-over", "passed-over"]
    with pytest.raises(FileError, match="no ROR record"):
        registry.read(put(tmp_path / "no.json", "[]"), "ror")


def test_a_damaged_file_is_told_and_never_a_crash(tmp_path: Path):
    records = [OLD, ror(2, "Second", relationships=[related("parent", 1), related("successor", 1)], established=1990)]
    content = json.dumps(records, indent=1).encode()

    @settings(max_examples=150, deadline=10_000)
    @given(mutated(content))
    def damaged(changed: bytes) -> None:
        with suppress(TalentflowError):
            found = registry.reading(put(tmp_path / "r", changed), "ror")
            assert not [fault for fault in found.checked if fault.severity == "error"]

    damaged()
