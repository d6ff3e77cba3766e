"""A lens applied: which moves, stints, people and organizations it lets through."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.careers import Careers
from app.analysis.moves import keys
from app.analysis.names import as_id, find
from app.analysis.select import Selector
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.errors import UsageError
from app.domain.lens import parse
from tests.analysis.cases import Tables, dataset_of, tables_of

ORGANIZATIONS = "meta:company fair:lab<meta msl:lab<meta deepmind:lab<google openai:company"


@pytest.fixture
def tables() -> Tables:
    tables = tables_of("", ORGANIZATIONS, "deepmind>google reparented 2014")
    tables["people"].clear()
    for person, name, expertise, stints in (
        ("ann", "Ann Ólafs", ["computer vision"], "openai 2020 to 2025-05; msl 2025-06-10 to .. rumored"),
        ("bob", "Bob", ["Vision-language models"], "deepmind 2010 to 2013; fair 2013-05 to 2020; openai ? to .."),
        ("cat", "Cat", ["safety"], "nyu 2010 to 2015 education; openai 2018 to 2025-07; msl 2025-08 to .. founder"),
        ("dan", "Bob", [], "openai 2021 to .. denied"),
    ):
        parts = [f"{person}{nth} {part.strip()}" for nth, part in enumerate(stints.split(";"))]
        own = tables_of(";".join(parts), ORGANIZATIONS, person=person)
        tables["people"] += [{**own["people"][0], "name": name, "expertise": expertise}]
        tables["stints"] += own["stints"]
    names = {"meta": "Meta Platforms", "openai": "OpenAI", "msl": "Meta Superintelligence Labs", "nyu": "NYU"}
    known = {row["id"] for row in tables["organizations"]}
    tables["organizations"] += [r for r in tables_of("a nyu ? to ?")["organizations"] if r["id"] not in known]
    for row in tables["organizations"]:
        row["name"] = names.get(row["id"], row["id"])
        row["aliases"] = ["MSL", "Facebook's lab"] if row["id"] == "msl" else []
    return tables


def selected(
    tables: Tables, lens: str, level: Any = "organization", known_by: int | None = None
) -> dict[str, list[str]]:
    """What a lens lets through, by id; moves as `person: origin>destination`."""
    dataset = dataset_of(tables)
    careers = Careers.of(dataset, level, known_by)
    selection = Selector.of(dataset, careers, parse(lens)).select()
    moves = careers.moves.take(selection.moves)
    stints = dataset["stints"]["id"].gather(careers.index.row[selection.stints])
    return {
        "moves": sorted(key.removeprefix("move:") for key in keys(dataset, moves)),
        "stints": sorted(stints),
        "people": dataset["people"]["id"].filter(selection.people.tolist()).to_list(),
        "organizations": dataset["organizations"]["id"].filter(selection.organizations.tolist()).to_list(),
    }


ALL_MOVES = ["ann0>ann1", "bob0>bob1", "bob1>bob2", "cat1>cat2"]


def test_an_empty_lens_lets_all_rows_through_but_denied_ones(tables: Tables) -> None:
    found = selected(tables, "")

    assert found["moves"] == ALL_MOVES
    assert found["stints"] == ["ann0", "ann1", "bob0", "bob1", "bob2", "cat0", "cat1", "cat2"]
    assert found["people"] == ["ann", "bob", "cat", "dan"]
    assert found["organizations"] == ["deepmind", "fair", "google", "meta", "msl", "nyu", "openai"]


@pytest.mark.parametrize(
    ("lens", "moves"),
    [
        ("from:openai", ["ann0>ann1", "cat1>cat2"]),
        ("from:OpenAI to:Meta", ["ann0>ann1", "cat1>cat2"]),
        ("to:meta", ["ann0>ann1", "bob0>bob1", "cat1>cat2"]),
        ("to:MSL", ["ann0>ann1", "cat1>cat2"]),
        ('to:"meta superintelligence labs"', ["ann0>ann1", "cat1>cat2"]),
        ("to:fair", ["bob0>bob1"]),
        ("from:fair to:openai", ["bob1>bob2"]),
        ("from:deepmind", ["bob0>bob1"]),
        ("from:google", []),
        ("organization:fair", ["bob0>bob1", "bob1>bob2"]),
        ("organization:fair organization:openai", ["bob1>bob2"]),
        ("after:2025-06-10", ["ann0>ann1", "cat1>cat2"]),
        ("after:2025-06-11", ["cat1>cat2"]),
        ("after:2025-05 before:2025-08", ["ann0>ann1"]),
        ("before:2100", ["ann0>ann1", "bob0>bob1", "cat1>cat2"]),
        ("status:rumored", ["ann0>ann1"]),
        ("status:confirmed", ["bob0>bob1", "bob1>bob2", "cat1>cat2"]),
        ("kind:founder", ["cat1>cat2"]),
        ("expertise:VISION", ["ann0>ann1", "bob0>bob1", "bob1>bob2"]),
        ("person:ann", ["ann0>ann1"]),
        ('person:"ANN ólafs"', ["ann0>ann1"]),
        ("person:Bob", ["bob0>bob1", "bob1>bob2"]),
        ("from:openai expertise:safety after:2025", ["cat1>cat2"]),
        ("from:openai person:bob", []),
    ],
)
def test_all_terms_must_hold_for_a_move(tables: Tables, lens: str, moves: list[str]) -> None:
    assert selected(tables, lens)["moves"] == moves


def test_a_lens_of_moves_lets_the_stints_people_and_organizations_of_those_moves_through(tables: Tables) -> None:
    assert selected(tables, "from:openai after:2025-07") == {
        "moves": ["cat1>cat2"],
        "stints": ["cat1", "cat2"],
        "people": ["cat"],
        "organizations": ["msl", "openai"],
    }


def test_a_lens_of_organizations_lets_the_stints_there_through(tables: Tables) -> None:
    found = selected(tables, "organization:meta status:confirmed")

    assert found["stints"] == ["bob1", "cat2"]
    assert found["people"] == ["bob", "cat"]
    assert found["organizations"] == ["fair", "msl"]


def test_a_lens_of_people_lets_all_their_stints_through(tables: Tables) -> None:
    found = selected(tables, "expertise:safety")

    assert found["stints"] == ["cat0", "cat1", "cat2"]
    assert found["people"] == ["cat"]


def test_rows_that_are_not_known_by_the_day_are_not_let_through(tables: Tables) -> None:
    source = tables_of("a openai ? to ? known 2025-06")["sources"][0]
    tables["sources"].append(source)
    for row in [*tables["stints"], *tables["people"]]:
        if row["id"] in ("cat2", "cat", "bob0", "dan"):
            row["source_ids"] = ["source-0"]
    found = selected(tables, "", known_by=dates.day(2025, 1))

    assert "cat2" not in found["stints"]
    assert found["people"] == ["ann", "bob", "cat"]  # cat is named by a stint that is known


@pytest.mark.parametrize(
    ("lens", "message"),
    [
        ("from:OpenIA", "filter 'from:OpenIA': there is no organization 'OpenIA'\nDid you mean OpenAI?"),
        ("to:labs", "Did you mean Meta Superintelligence Labs?"),
        ("organization:zzz", "Write the name or the id of one of the organizations."),
        ("person:Olafs", "filter 'person:Olafs': there is no person 'Olafs'"),
        ("person:fair", "there is no person 'fair'"),
    ],
)
def test_a_name_that_fits_nothing_is_refused_with_close_matches(tables: Tables, lens: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        selected(tables, lens)

    assert message in refused.value.text


def test_a_name_is_found_by_id_name_alias_or_as_an_id(tables: Tables) -> None:
    dataset = dataset_of(tables)
    ids = dataset["organizations"]["id"].to_list()

    for text in ("msl", "MSL", "meta superintelligence labs", "facebook's lab"):
        assert [ids[code] for code in find(dataset, "organizations", text, "to")] == ["msl"]
    assert [ids[code] for code in find(dataset, "organizations", "Meta!", "to")] == ["meta"]
    assert len(find(dataset, "people", "bob", "person")) == 1
    assert len(find(dataset, "people", "Bob", "person")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Thinking Machines Lab", "thinking-machines-lab"), ("Ólafs, Ann", "olafs-ann"), ("智谱", ""), ("x.AI", "x-ai")],
)
def test_a_text_becomes_an_id(text: str, expected: str) -> None:
    assert as_id(text) == expected


def test_an_empty_dataset_lets_nothing_through() -> None:
    dataset = Dataset.of()
    selection = Selector.of(dataset, Careers.of(dataset), parse("status:confirmed expertise:x after:2020")).select()

    assert [len(m) for m in (selection.moves, selection.stints, selection.people, selection.organizations)] == [0] * 4


@pytest.mark.parametrize(
    ("lens", "moves"),
    [
        ("from:openai or from:fair", ["ann0>ann1", "bob1>bob2", "cat1>cat2"]),
        ("not from:openai", ["bob0>bob1", "bob1>bob2"]),
        ("not (from:openai or to:openai)", ["bob0>bob1"]),
        ("from:openai not person:ann", ["cat1>cat2"]),
        ("(person:ann or kind:founder) to:msl", ["ann0>ann1", "cat1>cat2"]),
        ("joined>=2025-06-10", ["ann0>ann1", "cat1>cat2"]),
        ("joined>2025-06", ["cat1>cat2"]),
        ("joined<=2025-06", ["ann0>ann1", "bob0>bob1"]),
        ("joined<2025-06", ["bob0>bob1"]),
        ("joined:2025", ["ann0>ann1", "cat1>cat2"]),
        ("joined:2013..2025-07", ["ann0>ann1", "bob0>bob1"]),
        ("joined:..2020", ["bob0>bob1"]),
        ("not joined:..2020", ["ann0>ann1", "bob1>bob2", "cat1>cat2"]),  # one without a day is not before 2020
        ("left<2014", ["bob0>bob1"]),
        ("left:2025-05", ["ann0>ann1"]),
        ("moves>=2", ["bob0>bob1", "bob1>bob2"]),
        ("moves:1", ["ann0>ann1", "cat1>cat2"]),
        ("flow>1", ["ann0>ann1", "cat1>cat2"]),
        ("flow:1", ["bob0>bob1", "bob1>bob2"]),
        ("start>=2025-08", ["cat1>cat2"]),
        ("end:2020", ["bob0>bob1"]),
        ("at:2025-07", ["ann0>ann1", "bob1>bob2"]),
    ],
)
def test_conditions_are_joined_turned_round_and_compared(tables: Tables, lens: str, moves: list[str]) -> None:
    assert selected(tables, lens)["moves"] == moves


@pytest.fixture
def told(tables: Tables) -> Tables:
    """The same with roles, seats, sources and claims."""
    stints = {row["id"]: row for row in tables["stints"]}
    stints["ann1"] |= {"role": "Research lead", "unit": "TBD Lab", "seat_id": "seat-a", "source_ids": ["s1", "s2"]}
    stints["ann0"] |= {"role": "Researcher", "source_ids": ["s1"]}
    stints["cat2"] |= {"source_ids": ["s3"]}
    tables["seats"] = [
        {"id": "seat-a", "organization_id": "msl", "title": "Head of vision", "state": "offered"},
        {"id": "seat-b", "organization_id": "msl", "title": "Chief scientist", "state": "open"},
    ]
    tables["sources"] = [
        {"id": "s1", "publisher": "The Paper", "title": "Who went", "published": "2025-06"},
        {"id": "s2", "publisher": "Another", "title": "The paper trail", "published": "2025-07"},
        {"id": "s3", "publisher": "Third", "url": "https://third.example/a"},
    ]
    tables["claims"] = [
        {
            "id": "c1",
            "about": ["flow:deepmind>meta"],
            "topic": "pay",
            "text": "They were paid more",
            "ruling": "upheld",
        },
        {"id": "c2", "about": ["people:cat"], "topic": "size", "text": "Half the team"},
        {"id": "c3", "about": ["seats:seat-a"], "topic": "reports", "status": "denied"},
    ]
    return tables


@pytest.mark.parametrize(
    ("lens", "moves"),
    [
        ("role:RESEARCH", ["ann0>ann1"]),
        ("unit:tbd", ["ann0>ann1"]),
        ("seat:vision", ["ann0>ann1"]),
        ("state:offered", ["ann0>ann1"]),
        ("state:open", []),
        ("source:paper", ["ann0>ann1"]),
        ("source:third.example", ["cat1>cat2"]),
        ("sources:2", ["ann0>ann1"]),
        ("sources>=1", ["ann0>ann1", "cat1>cat2"]),
        ("sources:0", ["bob0>bob1", "bob1>bob2"]),
        ("published:2025-06", ["ann0>ann1"]),
        ("published>=2025-07", []),
        ("claim:pay", ["bob0>bob1"]),
        ("claim:team", ["cat1>cat2"]),
        ("claim:reports", []),  # denied
        ("ruling:upheld", ["bob0>bob1"]),
        ("ruling:open", ["cat1>cat2"]),  # a blank ruling is open
        ("ruling:open or source:paper", ["ann0>ann1", "cat1>cat2"]),
    ],
)
def test_seats_sources_and_claims_can_be_asked_of(told: Tables, lens: str, moves: list[str]) -> None:
    assert selected(told, lens)["moves"] == moves


@pytest.mark.parametrize(
    ("lens", "stints"),
    [
        ("role:research", ["ann0", "ann1"]),
        ("source:paper not role:lead", ["ann0"]),
        ("at:2019 organization:openai", ["cat1"]),
        ("person:ann or kind:education", ["ann0", "ann1", "cat0"]),
        ("seat:vision or claim:size", ["ann1", "cat0", "cat1", "cat2"]),
        ("end:2025", ["ann0", "cat1"]),
        ("not status:confirmed", ["ann1"]),
    ],
)
def test_what_is_not_of_moves_is_asked_of_every_stint(told: Tables, lens: str, stints: list[str]) -> None:
    assert selected(told, lens)["stints"] == stints


@given(st.lists(st.sampled_from(["from:openai", "moves>=2", "kind:founder", "joined>=2025", "role:x"]), min_size=1))
def test_any_of_conditions_is_the_opposite_of_none_of_them(parts: list[str]) -> None:
    """De Morgan, over moves."""
    tables = tables_of("a0 openai 2010 to 2015; a1 fair 2015 to 2020; a2 openai 2025 to .. founder", ORGANIZATIONS)
    any_of = selected(tables, " or ".join(parts))["moves"]
    none_of = selected(tables, " ".join(f"-{part}" for part in parts))["moves"]
    every = selected(tables, "")["moves"]
    assert sorted([*any_of, *none_of]) == every
    assert not set(any_of) & set(none_of)
