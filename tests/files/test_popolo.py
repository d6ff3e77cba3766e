"""Popolo: people, organizations, posts and memberships, wherever they stand in a document. All names are made up."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from app.domain.checks import errors
from app.domain.errors import DataError, FileError
from app.files import registry
from app.files.reading import Reading
from tests.files.graph_files import rows
from tests.files.made import put, same

DOCUMENT: dict[str, Any] = {
    "meta": {"sources": ["https://example.org"]},
    "persons": [
        {
            "id": "p1", "name": "Ada Made-Up", "gender": "female", "birth_date": "1970-01-01", "email": "a@example.org",
            "other_names": [{"name": "A. Made-Up"}, {"name": "Ada Made-Up"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q42"}, {"scheme": "legacy", "identifier": "7"}],
            "sources": [{"url": "https://example.org/ada", "note": "Her page"}],
        },
        {"id": "p2", "given_name": "Bo", "family_name": "Made-Up"},
    ],
    "organizations": [
        {
            "id": "o1", "name": "Made-Up Assembly", "classification": "legislature", "founding_date": "1900",
            "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}], "posts": [{"id": "s1", "label": "Speaker"}],
        },
        {"id": "o2", "name": "Budget Committee", "classification": "committee", "parent_id": "o1"},
        {"id": "o3", "name": "Green Made-Up Party", "classification": "party"},
    ],
    "events": [
        {"id": "term/1", "name": "First Term", "classification": "legislative period",
         "start_date": "2010-05-06", "end_date": "2015-03-30"}
    ],
    "memberships": [
        {"person_id": "p1", "post_id": "s1", "start_date": "2012-03", "end_date": "2014-01-31"},
        {"person_id": "p1", "organization_id": "o1", "role": "member", "legislative_period_id": "term/1",
         "on_behalf_of_id": "o3", "area_id": "a1"},
        {"person_id": "p2", "organization_id": "o2", "role": "chair", "start_date": "2013-00-00"},
    ],
}  # fmt: skip


def read(folder: Path, document: dict[str, Any]) -> Reading:
    return registry.reading(put(folder / "p.json", json.dumps(document)))


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return read(tmp_path, DOCUMENT)


def test_it_is_known_by_its_keys(tmp_path: Path):
    path = put(tmp_path / "ep-popolo-v1.0.txt", json.dumps(DOCUMENT, indent=2))
    assert registry.recognised(path) == "popolo"


def test_people_and_organizations_with_what_is_public_of_them(reading: Reading):
    people = {r["id"]: r for r in rows(reading.dataset, "people")}
    assert set(people) == {"person-ada-made-up", "person-bo-made-up"}
    ada = people["person-ada-made-up"]
    assert (ada["aliases"], ada["wikidata"], ada["extra"]) == (["A. Made-Up"], "Q42", None)
    bodies = {r["id"]: r for r in rows(reading.dataset, "organizations")}
    assert {key: (r["kind"], r["parent_id"]) for key, r in bodies.items()} == {
        "made-up-assembly": ("government", None),
        "budget-committee": ("government", "made-up-assembly"),
        "green-made-up-party": ("other", None),
    }
    assert bodies["made-up-assembly"]["founded"] == "1900"
    assert json.loads(bodies["made-up-assembly"]["extra"])["ids"] == {"wikidata": "Q1"}
    ignored = dict(reading.ignored)
    assert {key for key in ignored if key.endswith("not taken over")} == {
        "persons.gender, not taken over", "persons.birth_date, not taken over", "persons.email, not taken over",
    }  # fmt: skip
    assert ignored["persons.identifiers of legacy"] == ignored["memberships.area_id"] == ignored["meta"] == 1


def test_every_record_cites_the_file_and_the_pages_that_it_names(reading: Reading):
    sources = {r["url"]: r for r in rows(reading.dataset, "sources")}
    assert sources["https://example.org/ada"]["title"] == "Her page"
    ada = reading.dataset.row("people", "person-ada-made-up") or {}
    assert set(ada["source_ids"]) == {sources[None]["id"], sources["https://example.org/ada"]["id"]}


def test_memberships_are_stints_and_posts_seats(reading: Reading):
    [seat] = rows(reading.dataset, "seats")
    assert (seat["organization_id"], seat["title"]) == ("made-up-assembly", "Speaker")
    got = {
        (r["person_id"], r["organization_id"], r["role"], r["seat_id"], r["start"], r["end"])
        for r in rows(reading.dataset, "stints")
    }
    assert got == {
        ("person-ada-made-up", "made-up-assembly", None, seat["id"], "2012-03", "2014-01-31"),
        ("person-ada-made-up", "made-up-assembly", "member", None, "2010-05-06?", "2015-03-30?"),
        ("person-bo-made-up", "budget-committee", "chair", None, "2013", None),
    }
    notes = [r["notes"] for r in rows(reading.dataset, "stints") if r["role"] == "member"]
    assert notes == ["Member in First Term\nStart: that of the period\nEnd: that of the period\n"
                     "On behalf of Green Made-Up Party"]  # fmt: skip
    assert (reading.faults, errors(reading.checked)) == ((), [])


def test_it_comes_back_from_a_file(reading: Reading, tmp_path: Path):
    registry.write(reading.dataset, tmp_path / "d.json")
    assert same(registry.read(tmp_path / "d.json"), reading.dataset)


def test_memberships_within_people_and_organizations_count_once(tmp_path: Path, reading: Reading):
    inside = deepcopy(DOCUMENT)
    for membership in inside.pop("memberships"):
        person = next(p for p in inside["persons"] if p["id"] == membership["person_id"])
        person.setdefault("memberships", []).append(
            {**membership, "id": f"m{membership.get('post_id')}{membership.get('role')}"}
        )
    alone = read(tmp_path, inside)
    assert same(alone.dataset, reading.dataset)
    inside["memberships"] = [m for person in inside["persons"] for m in person.get("memberships", ())]
    assert same(read(tmp_path, inside).dataset, reading.dataset)


def test_people_and_organizations_may_stand_within_memberships(tmp_path: Path):
    membership = {"id": "m", "person": {"id": "p", "name": "Ada"}, "organization": {"id": "o", "name": "Body"}}
    found = read(tmp_path, {"memberships": [membership]})
    assert [found.dataset[name].height for name in ("people", "organizations", "stints")] == [1, 1, 1]


def test_what_is_doubtful_is_told_with_the_list_and_the_number(tmp_path: Path):
    document = {
        "persons": [{"id": "p", "name": "Ada"}, {"id": "p", "name": "Twice"}, {"name": "No Id"}, {"id": "q"}, 7],
        "organizations": [
            {"id": "a", "name": "A", "parent_id": "b"}, {"id": "b", "name": "B", "parent_id": "a"},
            {"id": "c", "name": "C", "parent_id": "nowhere"},
        ],
        "posts": [{"id": "s", "label": "Chair", "organization_id": "nowhere"}],
        "memberships": [
            {"person_id": "p", "organization_id": "a", "start_date": "2015", "end_date": "2013"},
            {"person_id": "x", "organization_id": "a"}, {"person_id": "p", "organization_id": "x"},
            {"member_id": "b", "organization_id": "a"},
            {"person_id": "p", "organization_id": "c", "start_date": "soon"},
            {"person_id": "p", "organization_id": "c", "start_date": "soon"},
        ],
    }  # fmt: skip
    found = read(tmp_path, document)
    told = {(fault.code, fault.field, fault.row) for fault in found.faults}
    assert told == {
        ("duplicate-id", "persons.id", 2), ("missing", "persons.id", 3), ("missing", "persons.name", 4),
        ("circle", "organizations.parent_id", 1), ("dangling", "organizations.parent_id", 3),
        ("dangling", "posts.organization_id", 1), ("end-before-start", "memberships.end_date", 1),
        ("dangling", "memberships.person_id", 2), ("dangling", "memberships.organization_id", 3),
        ("dangling", "memberships.person_id", 4), ("unreadable-date", "memberships.start_date", 5),
        ("repeated-row", "memberships.id", 6),
    }  # fmt: skip
    assert dict(found.ignored)["persons: no object"] >= 1
    assert errors(found.checked) == []


@pytest.mark.parametrize(
    ("text", "error", "code"),
    [
        ('{"persons":[]}', FileError, "no-tables"),
        ('{"persons":[{"id":"a","id":"b"}]}', DataError, "repeated-key"),
        ('{"persons":[{"id":"a",}]}', FileError, "syntax"),
        ('{"persons":' + "[" * 200 + "]" * 200 + "}", FileError, "nested"),
        ('{"persons":[{"id":"a"}', FileError, "truncated"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, text: str, error: type[FileError | DataError], code: str):
    path = put(tmp_path / "p.json", text)
    with pytest.raises(error) as caught:
        registry.reading(path, "popolo")
    assert caught.value.fault.code == code


def test_our_own_files_are_still_ours(tmp_path: Path):
    path = put(tmp_path / "d.json", '{"version":"1.0","persons":[],"format":"talentflow"}')
    assert registry.recognised(path) == "json"
