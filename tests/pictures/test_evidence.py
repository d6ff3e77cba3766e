"""What stands behind a mark: facts, claims of both sides, numbered sources."""

from __future__ import annotations

import pytest

from app.analysis.options import Options
from app.domain.dataset import Dataset
from app.files.registry import read
from app.pictures.evidence import evidence
from app.pictures.evidence_facts import Cited, Evidence, numbers
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.places import bundled_dataset
from app.render.widths import measure
from tests.pictures.made import flow_map


@pytest.fixture(scope="module")
def picture() -> FlowMap:
    data: Dataset = read(bundled_dataset())
    return FlowMap.of(data, FlowMapOptions(Options()), measure)


def found(picture: FlowMap, key: str) -> Evidence:
    told = evidence(picture.gathered, key)
    assert told is not None
    return told


def titles(told: Evidence) -> list[str]:
    return [section.title for section in told.sections]


def test_a_flow_lists_its_people_with_numbered_sources() -> None:
    told = found(flow_map(), "flow:north>south")
    assert (told.head, told.line) == ("NL → South", "3 people on record")
    assert [(i.text, i.detail, i.status, i.cited) for i in told.sections[0].items] == [
        ("Cyd Madeup", "2025", "reported", (1,)),
        ("Ada Madeup", "2025-03", "confirmed", (1,)),
        ("Ben Madeup", "2025-06-10", "confirmed", (1,)),
    ]
    assert [(s.number, s.publisher, s.url) for s in told.sources] == [(1, "The Paper", "https://example.org/all")]
    assert told.independence == "1 source"


def test_a_dot_is_a_career(picture: FlowMap) -> None:
    key = "move:st-lucas-beyer-30>st-lucas-beyer-40"
    told = found(picture, key)
    assert told.head == "Lucas Beyer"
    posts = told.sections[0].items
    assert posts[0].text.startswith("MSL")
    assert posts[0].detail.startswith("since 2025-06")
    assert [p.text.split(" · ")[0] for p in posts] == ["MSL", "OpenAI", "Google DeepMind", "Google Brain"]
    assert "Claims" in titles(told)


def test_claims_of_one_matter_stand_together_with_both_sides(picture: FlowMap) -> None:
    told = found(picture, "move:st-lucas-beyer-30>st-lucas-beyer-40")
    claims = next(s for s in told.sections if s.title == "Claims").items
    texts = " ".join(c.text for c in claims)
    assert "100 million" in texts  # what he denied is about Meta, not about him: the matter brings it here
    assert "denied the claimed sign-on bonus" in texts
    sides = {word for c in claims for word in ("supports", "contradicts") if word in c.detail}
    assert sides == {"supports", "contradicts"}


def test_a_flow_finds_claims_on_flows_between_its_units(picture: FlowMap) -> None:
    told = found(picture, "flow:openai>meta")
    claims = next(s for s in told.sections if s.title == "Claims").items
    assert any("three Zurich researchers left" in c.text for c in claims)


def test_an_organization_tells_facts_relations_and_claims(picture: FlowMap) -> None:
    told = found(picture, "organizations:openai")
    assert titles(told) == ["Facts", "Relations", "Claims", "People now · 20", "Came in · 37", "Went out · 51"]
    facts, relations, _, now, came, went = (section.items for section in told.sections)
    assert "not staff numbers" in facts[0].detail
    assert any("Microsoft → OpenAI" in item.text and "$13B" in item.detail for item in relations)
    assert (len(now), len(came), len(went)) == (20, 37, 51)
    assert all(item.detail.startswith("from ") for item in came)
    assert "Alexander Kolesnikov" in {item.text for item in went}
    assert [item.text for item in now] == sorted(item.text for item in now)


def test_a_person_tells_every_post(picture: FlowMap) -> None:
    told = found(picture, "people:lucas-beyer")
    assert told.head == "Lucas Beyer"
    assert told.sections[0].title == "Posts"
    assert [item.text.split(" · ")[0] for item in told.sections[0].items][:2] == [
        "MSL",
        "OpenAI",
    ]


def test_several_marks_are_a_line_each_with_the_sources_of_all(picture: FlowMap) -> None:
    told = evidence(picture.gathered, "people:lucas-beyer", "flow:openai>meta", "nothing:here")
    assert told is not None
    assert told.head == "2 selected"
    assert [item.text for item in told.sections[0].items] == ["Lucas Beyer", "OpenAI → Meta"]
    cited = {n for item in told.sections[0].items for n in item.cited}
    assert cited == {source.number for source in told.sources}
    assert all(item.cited for item in told.sections[0].items)


def test_a_relation_tells_all_that_binds_the_two() -> None:
    told = found(flow_map(), "relations:bond")
    assert told.head == "NL and South"
    assert told.sections[0].items[0].detail == "investment · $2B"


def test_every_number_cited_is_a_source(picture: FlowMap) -> None:
    scene = picture.scene()
    for key in scene.keys:
        told = evidence(picture.gathered, key)
        if told is not None:
            cited = {n for section in told.sections for item in section.items for n in item.cited}
            assert cited <= {source.number for source in told.sources}
            assert [source.number for source in told.sources] == list(range(1, len(told.sources) + 1))


def test_as_text_it_can_be_pasted_with_its_citations() -> None:
    text = found(flow_map(), "flow:north>south").text
    assert "- Ada Madeup (confirmed) [1]" in text
    assert text.endswith("Sources (1 source)\n[1] The Paper. All moves. 2026-01-31. https://example.org/all")


def test_what_is_no_record_has_no_evidence() -> None:
    picture = flow_map()
    assert evidence(picture.gathered, "group:in-north") is None
    assert evidence(picture.gathered, "flow:west>north") is None
    assert evidence(picture.gathered, "flow:nowhere>north") is None
    assert evidence(picture.gathered, "move:x>y") is None
    assert evidence(picture.gathered, "") is None


def test_a_source_that_repeats_another_is_not_independent() -> None:
    paper = Cited(1, "paper", "The Paper", "", "", "", derived=False)
    copy = Cited(2, "copy", "A Copy", "", "", "", derived=True)
    assert Evidence("Head", "", (), (paper, copy)).independence == "2 sources, 1 independent"


def test_numbers_in_a_row_are_a_range() -> None:
    assert numbers(()) == ""
    assert numbers((3, 1)) == "1, 3"
    assert numbers((1, 2)) == "1, 2"
    assert numbers((9, 1, 2, 3, 7, 8, 9, 12)) == "1–3, 7–9, 12"
