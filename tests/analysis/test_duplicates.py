"""Who may be on record twice: made-up names spelled in many ways, and real files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.duplicates import OFFERED, Alike, duplicates
from app.domain.apart import set_apart
from app.domain.dataset import Dataset, frame_of
from app.domain.edit import apply
from app.files.registry import read
from tests.domain.worlds import dataset

ROOT = Path(__file__).parents[2]


def unheard(_: float) -> None:
    """Nobody waits for how much is done."""


def called(*names: str, table: str = "people", **more: list[Any]) -> Dataset:
    """Records of these names, and the nth value of further fields for the nth of them."""
    rows = [{"id": f"r{n}", "name": name, **{k: v[n] for k, v in more.items()}} for n, name in enumerate(names)]
    return dataset(**{table: rows})


def found(world: Dataset) -> list[Alike]:
    return duplicates(world, unheard)


def score(one: str, other: str, table: str = "people") -> int:
    """How likely two names are one, where nothing else is known; 0 if they are not offered."""
    groups = found(called(one, other, table=table))
    return groups[0].score if groups else 0


def at(person: str, organization: str, start: str | None, end: str | None, nth: int = 0) -> dict[str, Any]:
    row = {"id": f"st-{person}-{nth}-{organization}", "person_id": person, "organization_id": organization}
    return {**row, "start": start, "end": end, "rank": nth}


SPELLINGS = [
    ("Jane Example", "jane  EXAMPLE"), ("Jáne Éxample", "Jane Example"), ("Example, Jane", "Jane Example"),
    ("Lukasz Madeup", "Łukasz Madeup"), ("Jean-Luc Sample", "Jeanluc Sample"), ("Dr. Jane Example", "Jane Example"),
    ("Jane Q. Example", "Jane Example"), ("Jane Quinn Example", "Jane Q. Example"), ("O'Madeup Ian", "OMadeup Ian"),
    ("Yolanda (Jo) Sample", "Jo Sample"), ("J. Example", "Jane Example"), ("Example J", "Jane Example"),
    ("J. Q. Example", "Jane Quinn Example"), ("Shengjie Madeup", "Shenjie Madeup"),
    ("Jane Sampleton", "Jane Sampelton"),
]  # fmt: skip
OTHERS = [
    ("Jane Example", "John Example"), ("Weiyao Sample", "Weiyue Sample"), ("Jane Example", "Jane Madeup"),
    ("Daniel Example", "Daniela Example"), ("J. Q. Example", "Jane Peg Example"), ("J. Example", "Kim Example"),
    ("Bo Sample", "Bob Sample"), ("Anna Sample", "Anne Sample"), ("Person 1", "Person 2"),
    ("Name withheld, post 7", "Name withheld, post 7"), ("Jane Anna Sampleton", "Jane Sampelton"), ("Jane", "John"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_one_name_are_offered(one: str, other: str) -> None:
    assert score(one, other) >= OFFERED
    assert score(other, one) == score(one, other)  # whoever comes first


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_of_two_people_are_not(one: str, other: str) -> None:
    assert score(one, other) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Madeup AI", "MadeupAI"), ("Madeup", "Madeup, Inc."), ("Madeup Ltd", "The Madeup LLC"),
        ("Sampleton", "Sampelton"), ("Sample & Co", "Sample and Co."), ("General Sampling Lab (GSL)", "GSL"),
        ("Newname (formerly Oldname)", "Oldname"),
        ("University of Madeup", "Madeup University"), ("Sampling Resaerch Centre", "Sampling Research Centre"),
    ],
)  # fmt: skip
def test_names_of_one_organization_are_offered(one: str, other: str) -> None:
    assert score(one, other, "organizations") >= OFFERED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Madeup", "Madeup Research"), ("Madeup 1 Lab", "Madeup 2 Lab"), ("Team etcd", "Team jetcd"), ("Meta", "Beta"),
        ("SaCloud", "SoCloud"),
        ("Lab One (LO)", "Lab Other (LO)"),
    ],
)  # fmt: skip
def test_names_of_two_organizations_are_not(one: str, other: str) -> None:
    assert score(one, other, "organizations") == 0


def test_the_same_id_is_sure_and_another_one_rules_it_out() -> None:
    address = "https://orcid.org/0000-0001"
    (group,) = found(called("Jane Example", "Wholly Different", orcid=["0000-0001", address]))
    assert (group.score, group.reasons) == (100, ("same ORCID",))
    assert found(called("Jane Example", "Jane Example", orcid=["0000-0001", "0000-0002"])) == []
    assert found(called("Jane Example", "Jane Example", wikidata=["Q1", "Q2"])) == []
    assert len(found(called("Jane Example", "Jane Example", orcid=["0000-0001", None]))) == 1


def careers(*stints: dict[str, Any]) -> Dataset:
    """Jane Example and J. Example with stints."""
    people = [{"id": "jane", "name": "Jane Example"}, {"id": "j", "name": "J. Example"}]
    # another whom the initial fits, so that it is not the only one, nor enough
    people += [{"id": "june", "name": "June Example"}]
    bodies = [{"id": i, "name": i.title()} for i in ("north", "south")] + [{"id": "unit", "parent_id": "north"}]
    return dataset(people=people, organizations=bodies, stints=list(stints))


def test_who_was_at_one_place_is_likelier_one() -> None:
    assert found(careers()) == []
    (group,) = found(careers(at("jane", "north", "2020-03", "2022"), at("j", "unit", "2020", "2021")))
    assert group.ids == ("j", "jane")
    assert group.reasons == ("“J. Example” may stand for “Jane Example”", "both at North since 2020-03")
    (later,) = found(careers(at("jane", "north", "2020-03", "2022"), at("j", "north", "2023", "..")))
    assert later.score < group.score


def test_who_was_elsewhere_at_the_same_time_is_hardly_one() -> None:
    both = [at("jane", "north", "2020", "2023"), at("j", "north", "2018", "2019"), at("j", "south", "2019", "2023", 1)]
    assert found(careers(*both)) == []
    namesakes = dataset(
        people=[{"id": i, "name": "Jane Example"} for i in "ab"],
        organizations=[{"id": i, "name": i.title()} for i in ("north", "south")],
        stints=[at("a", "north", "2020", "2023"), at("b", "south", "2020", "2023")],
    )
    (group,) = found(namesakes)
    assert group.score < score("Jane Example", "Jane Example")
    assert group.reasons[-1] == "but at North and South at the same time"


def test_careers_of_other_centuries_are_two() -> None:
    people = [{"id": i, "name": "Jane Example"} for i in "ab"]
    stints = [at("a", "north", "1880", "1890"), at("b", "north", "1990", "..")]
    assert found(dataset(people=people, organizations=[{"id": "north"}], stints=stints)) == []


def test_organizations_that_the_dataset_binds_are_two() -> None:
    bodies = [{"id": "a", "name": "Sample Lab"}, {"id": "b", "name": "Sample Lab, Inc."}]
    assert len(found(dataset(organizations=bodies))) == 1
    below = [bodies[0], {**bodies[1], "parent_id": "a"}]
    assert found(dataset(organizations=below)) == []
    line = {"id": "x", "from_id": "b", "to_id": "a", "kind": "rename"}
    assert found(dataset(organizations=bodies, successions=[line])) == []
    assert found(dataset(organizations=bodies, relations=[{**line, "kind": "investment"}])) == []
    abroad = [{**bodies[0], "hq_country": "US"}, {**bodies[1], "hq_country": "FR", "hq_city": "Lyon"}]
    (group,) = found(dataset(organizations=abroad))
    assert group.reasons[-1] == "but in US and FR"


def test_sources_are_one_by_their_address_or_by_publisher_and_title() -> None:
    def sources(*rows: dict[str, Any]) -> list[Alike]:
        return found(dataset(sources=[{"id": f"s{n}", **row} for n, row in enumerate(rows)]))

    address = {"url": "https://www.paper.example/Story?utm_source=x#top", "title": "A story"}
    (group,) = sources(address, {"url": "http://paper.example/Story/", "title": "The story"})
    assert group.reasons == ("same address",)
    assert sources(address, {"url": "https://paper.example/story", "title": "A story"}) == []
    paper = {"publisher": "The Paper", "title": "A story"}
    (group,) = sources(paper, {"publisher": "the paper", "title": "A Story!"})
    assert group.reasons == ("same publisher and title",)
    assert sources(paper, {**paper, "derived_from": "s0"}) == []
    assert sources({**paper, "published": "2025-01"}, {**paper, "published": "2025-02"}) == []  # a series
    assert sources({"publisher": "The Paper"}, {"publisher": "The Paper"}) == []


def test_who_is_judged_not_to_be_the_same_is_not_offered_again() -> None:
    world = called("Jane Example", "jane example", "JANE EXAMPLE")
    assert [group.ids for group in found(world)] == [("r0", "r1", "r2")]
    judged = apply(world, set_apart(world, ["r0", "r1"], "Not the same"))
    (group,) = found(judged)
    assert len({"r0", "r1"} & set(group.ids)) == 1
    all_judged = apply(world, set_apart(world, ["r0", "r1", "r2"], "Not the same"))
    assert found(all_judged) == []


def test_the_bundled_dataset_names_nobody_twice() -> None:
    assert found(read(ROOT / "data" / "ai-labs.json")) == []


def test_a_real_name_misspelled_in_one_of_two_years_is_found() -> None:
    """Two spellings that the bodies themselves have published, in the sample of organograms."""
    groups = [group for group in found(read(ROOT / "tests" / "data" / "organogram")) if group.table == "people"]
    assert len(groups) == 1
    assert groups[0].reasons[0] == "names 96 % alike"


@given(st.lists(st.sampled_from([*{n for pair in SPELLINGS for n in pair}, "", None, "-"]), max_size=12))
@settings(max_examples=30)
def test_groups_do_not_overlap_and_every_record_is_there(names: list[str | None]) -> None:
    world = Dataset.of({"people": frame_of("people", [{"id": f"r{n}", "name": name} for n, name in enumerate(names)])})
    groups = found(world)
    members = [row_id for group in groups for row_id in group.ids]
    assert len(members) == len(set(members))
    assert all(len(group.ids) > 1 and world.position("people", i) is not None for group in groups for i in group.ids)
    assert groups == sorted(groups, key=lambda group: -group.score)


def test_whoever_waits_hears_how_much_is_done_and_can_stop_it() -> None:
    heard: list[float] = []
    duplicates(called("Jane Example", "Jane Example"), heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0

    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        duplicates(called("Jane Example", "Jane Example"), stop)
