"""What becomes of records that are made one: the moves that follow, and what is told about it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.analysis.careers import Careers
from app.analysis.merging import Merging, fullest, merged
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.files.registry import read
from tests.domain.worlds import dataset

BUNDLED = Path(__file__).parents[2] / "data" / "ai-labs.json"


@pytest.fixture(scope="module")
def labs() -> Dataset:
    """The bundled dataset with a made-up person on record twice, and an organization."""
    world = read(BUNDLED)
    post = {
        "kind": "employment",
        "start": "2020-03",
        "end": "2023-05",
        "organization_id": "openai",
        "role": "Researcher",
    }
    rows: dict[str, list[dict[str, object]]] = {
        "people": [
            {"id": "jane-example", "name": "Jane Example"},
            {"id": "j-example", "name": "J. Example", "orcid": "0000-0001", "wikidata": "Q1"},
        ],
        "organizations": [{"id": "openai-inc", "name": "OpenAI, Inc."}],
        "stints": [
            {"id": "st-a", "person_id": "jane-example", "rank": 10, **post},
            {"id": "st-b", "person_id": "jane-example", "organization_id": "anthropic", "start": "2023-05", "rank": 20},
            {"id": "st-c", "person_id": "j-example", "rank": 10, **post},
            {"id": "st-d", "person_id": "j-example", "organization_id": "google", "end": "2020", "rank": 30},
        ],
    }  # fmt: skip
    return apply(world, put(world, "Made up", rows))


def moves_of(world: Dataset) -> Counter[str]:
    """How many moves each person has, by id."""
    people = world["people"].get_column("id")
    return Counter(people[int(code)] for code in Careers.of(world).moves.person)


def test_moves_of_everybody_else_stay(labs: Dataset) -> None:
    before = moves_of(labs)
    after = moves_of(merged(labs, Merging("people", "jane-example", ("j-example",))).dataset)
    assert after["jane-example"] == 2  # from Google to OpenAI to Anthropic: each record had half of it
    for counts in (before, after):
        del counts["jane-example"], counts["j-example"]
    assert before == after


def test_who_was_at_neither_organization_keeps_every_move(labs: Dataset) -> None:
    before = moves_of(labs)
    after = moves_of(merged(labs, Merging("organizations", "anthropic", ("thinking-machines-lab",))).dataset)
    stints = labs["stints"]
    there = stints.filter(stints.get_column("organization_id").is_in(["anthropic", "thinking-machines-lab"]))
    concerned = set(there.get_column("person_id"))
    assert {p: n for p, n in before.items() if p not in concerned} == {
        p: n for p, n in after.items() if p not in concerned
    }
    assert sum(after.values()) < sum(before.values())  # between the two nobody moves any more


def test_it_tells_what_it_does(labs: Dataset) -> None:
    result = merged(labs, Merging("people", "jane-example", ("j-example",)))
    assert result.edit.name == "Merge J. Example into Jane Example"
    assert result.effects == (
        "Moves 1 stint to Jane Example",
        "Makes one of what is on record twice: 1 stint, with the sources of both",
        "Puts all stints in one order: 2 stints get another rank",
        "Keeps “J. Example” as another name",
    )
    assert result.warnings == ()


def test_it_tells_what_is_doubtful(labs: Dataset) -> None:
    told = [fault.message for fault in merged(labs, Merging("people", "jason-wei", ("weiyao-wang",))).warnings]
    assert any("still runs" in message for message in told)  # at two places at one time
    told = [fault.message for fault in merged(labs, Merging("people", "jason-wei", ("j-example",))).warnings]
    assert any(message.startswith("stints at OpenAI come from several") for message in told)
    other = apply(labs, put(labs, "x", {"people": [{"id": "jane-example", "name": "Jane", "orcid": "0000-0002"}]}))
    told = [fault.message for fault in merged(other, Merging("people", "jane-example", ("j-example",))).warnings]
    assert "they have different ORCIDs" in told


@pytest.mark.parametrize(
    ("table", "kept", "other"),
    [
        ("people", "jason-wei", "hyung-won-chung"), ("organizations", "meta", "meta-superintelligence-labs"),
        ("organizations", "fair", "meta"), ("organizations", "google-deepmind", "google-brain"),
        ("organizations", "openai", "openai-inc"),
    ],
)  # fmt: skip
def test_no_merge_of_the_bundled_dataset_makes_an_error(labs: Dataset, table: str, kept: str, other: str) -> None:
    result = merged(labs, Merging(table, kept, (other,)))
    assert errors(check(result.dataset)) == errors(check(labs))


def test_the_fullest_record_stays() -> None:
    people: list[dict[str, Any]] = [{"id": "a", "name": "A"}, {"id": "b", "name": "B", "orcid": "1"}, {"id": "c"}]
    world = dataset(people=people, stints=[{"id": "s", "person_id": "c"}])
    assert fullest(world, "people", ["a", "b", "c"]) == "c"
    assert fullest(world, "people", ["a", "b"]) == "b"
