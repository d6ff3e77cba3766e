"""Members of Congress and presidents: every term a stint with its days, and nothing private."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.analysis.careers import Careers
from app.domain.checks import errors
from app.domain.errors import FileError
from app.files import registry
from app.files.reading import Reading
from tests.files.graph_files import rows
from tests.files.made import put

DATA = Path(__file__).parents[1] / "data" / "congress"
MEMBERS, PRESIDENTS = DATA / "legislators.yaml", DATA / "executive.yaml"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return registry.reading(MEMBERS)


def made(folder: Path, terms: str) -> Reading:
    """What is read of one member with these terms."""
    head = "- id:\n    bioguide: X000001\n  name:\n    first: Ada\n    last: Made-Up\n  terms:\n"
    return registry.reading(put(folder / "l.yaml", head + terms))


def test_files_are_known_by_what_is_in_them(tmp_path: Path):
    assert registry.recognised(MEMBERS) == registry.recognised(PRESIDENTS) == "congress"
    assert registry.recognised(put(tmp_path / "x.txt", MEMBERS.read_bytes())) == "congress"
    with pytest.raises(FileError, match="no format that is known"):
        registry.recognised(put(tmp_path / "y.yaml", "- name: Committee\n  id: 7\n"))


def test_every_term_is_a_stint_at_its_chamber(reading: Reading):
    text = MEMBERS.read_text(encoding="utf-8")
    assert reading.dataset["people"].height == len(re.findall(r"(?m)^- id:", text)) == 26
    stints = rows(reading.dataset, "stints")
    for sort, chamber in (("sen", "united-states-senate"), ("rep", "united-states-house-of-representatives")):
        here = [r for r in stints if r["organization_id"] == chamber]
        assert len(here) == text.count(f"  - type: {sort}\n") > 10
    days = re.findall(r"(?m)^  - type: \w+\n    start: '(.*)'\n    end: '(.*)'$", text)
    assert sorted((r["start"], r["end"]) for r in stints) == sorted(days)
    assert errors(reading.checked) == []


def test_a_senator_who_was_a_representative_has_moved_once(reading: Reading):
    dataset = reading.dataset
    both = [r["id"] for r in rows(dataset, "people") if r["name"] == "Jack Reed"]
    assert len(both) == 1
    theirs = [r for r in rows(dataset, "stints") if r["person_id"] == both[0]]
    assert theirs[-1]["role"] == "Senator for RI, class 2"
    assert [(r["unit"], r["role"]) for r in theirs][:2] == [("RI", "Representative for RI, district 2")] * 2
    moves = Careers.of(dataset).moves
    moved = [dataset["people"].item(int(person), "id") for person in moves.person]
    assert moved.count(both[0]) == 1


def test_party_and_leadership_are_kept_and_nothing_private_is(reading: Reading):
    dataset = reading.dataset
    kept = [json.loads(row["extra"])["congress"] for row in rows(dataset, "stints")]
    assert all("party" in held for held in kept)
    assert any(len(held.get("party_affiliations", ())) == 2 for held in kept)
    assert any("Leader" in (row["notes"] or "") for row in rows(dataset, "people"))
    assert {row["wikidata"][:1] for row in rows(dataset, "people")} == {"Q"}
    written = json.dumps([*rows(dataset, "people"), *rows(dataset, "stints")])
    text = MEMBERS.read_text(encoding="utf-8")
    for private in (*re.findall(r"birthday: '(.*)'", text), *re.findall(r"phone: (.*)", text)):
        assert private not in written
    assert dict(reading.ignored)["bio.birthday, not taken over"] == 26


def test_presidents_and_their_vice_presidents():
    found = registry.reading(PRESIDENTS)
    assert (found.dataset["people"].height, found.dataset["stints"].height) == (12, 22)
    assert found.dataset["organizations"]["name"].to_list() == ["Presidency of the United States"]
    assert set(found.dataset["stints"]["role"]) == {"President", "Vice President"}


def test_terms_that_cannot_be_read_are_told_by_the_number_of_the_member(tmp_path: Path):
    terms = "  - type: mayor\n    start: '2001-01-01'\n  - type: rep\n    start: '2005-01-03'\n    end: '2003-01-03'\n"
    found = made(tmp_path, terms + "  - type: sen\n    start: 'then'\n    state: ZZ\n")
    assert [(fault.code, fault.row) for fault in found.faults] == [
        ("unknown-word", 1), ("end-before-start", 1), ("unreadable-date", 1),
    ]  # fmt: skip
    assert {(r["start"], r["end"]) for r in rows(found.dataset, "stints")} == {(None, None)}


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("  - &a\n    type: rep\n  - *a\n", "alias"),
        ("  - {type: rep\n", "syntax"),
        ("  - !!python/object/apply:os.getcwd []\n", "syntax"),
        ("  - " + "[" * 5_000 + "\n", "syntax"),
        ("  - type: mayor\n", "no-tables"),
    ],
)
def test_yaml_that_is_none_or_not_safe_is_refused(tmp_path: Path, terms: str, code: str):
    with pytest.raises(FileError) as caught:
        made(tmp_path, terms)
    assert caught.value.fault.code == code
