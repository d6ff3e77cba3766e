"""The text twin of a flow map."""

from __future__ import annotations

import pytest

from app.domain import dates
from app.domain.dataset import Dataset
from app.pictures.flowmap import FlowMap
from app.pictures.twin import twin
from app.scene.marks import Ribbon
from app.scene.motion import Mode
from app.scene.outline import bounds
from app.scene.twin import Kind, Twin, TwinMark
from tests.pictures.made import flow_map, small


def of(picture: FlowMap, day: float | None = None, mode: Mode = "cumulative", window: float = 183.0) -> Twin:
    return twin(picture, picture.scene(day, mode=mode, window=window), day, mode=mode, window=window)


def mark(told: Twin, key: str) -> TwinMark:
    found = told.mark(key)
    assert found is not None
    return found


def test_organizations_come_by_moves_then_flows_by_origin_then_relations() -> None:
    told = of(flow_map())
    assert [m.key for m in told.marks] == [
        "organizations:north",
        "organizations:south",
        "organizations:east",
        "organizations:west",
        "flow:north>south",
        "flow:north>east",
        "flow:south>north",
        "flow:east>west",
        "relations:bond",
    ]
    assert [m.kind for m in told.marks] == [Kind.ORGANIZATION] * 4 + [Kind.FLOW] * 4 + [Kind.RELATION]


def test_an_organization_tells_its_full_name_totals_and_largest_flow() -> None:
    north = mark(of(flow_map()), "organizations:north")
    assert north.name == "NL"
    assert north.description == "North Lab (NL); 1 in, 4 out; largest flow to South, 3 people"
    assert north.people == 5
    assert mark(of(flow_map()), "organizations:west").description == "1 in, 0 out; largest flow from East, 1 person"


def test_a_flow_tells_its_people_and_how_sure() -> None:
    flow = mark(of(flow_map()), "flow:north>south")
    assert (flow.name, flow.description) == ("NL to South, 3 people", "2 confirmed, 1 reported")
    assert (flow.origin, flow.destination) == ("organizations:north", "organizations:south")
    assert mark(of(flow_map()), "flow:south>north").text == "South to NL, 1 person: 1 rumored"


def test_a_relation_tells_what_it_is_worth() -> None:
    bond = mark(of(flow_map()), "relations:bond")
    assert (bond.name, bond.description) == ("NL and South", "NL → South: investment, $2B, confirmed")
    assert {bond.origin, bond.destination} == {"organizations:north", "organizations:south"}


def test_counts_are_those_of_the_day_and_the_order_holds_still() -> None:
    picture = flow_map()
    early = of(picture, float(dates.day(2025, 4)))
    assert [m.key for m in early.marks] == [m.key for m in of(picture).marks]
    assert mark(early, "flow:north>south").text == "NL to South, 2 people: 1 confirmed, 1 reported"
    assert mark(early, "organizations:south").description == "2 in, 0 out; largest flow from NL, 2 people"
    assert mark(early, "flow:south>north").text == "South to NL, 0 people"
    assert early.title != of(picture).title


def test_what_has_no_date_counts_only_where_all_is_shown() -> None:
    picture = flow_map()
    assert mark(of(picture), "flow:north>east").name == "NL to East, 1 person"
    assert mark(of(picture, float(dates.day(2026, 6))), "flow:north>east").name == "NL to East, 0 people"
    # a picture that is asked for as of a day fills up to it by itself
    assert mark(of(flow_map(as_of="2025-04-01")), "flow:north>south").people == 2


def test_a_window_counts_what_happened_in_it() -> None:
    picture, day = flow_map(), float(dates.day(2025, 9, 20))
    assert mark(of(picture, day, mode="window", window=30.0), "flow:north>south").people == 0
    assert mark(of(picture, day, mode="window", window=30.0), "flow:south>north").people == 1
    assert mark(of(picture, day), "flow:north>south").people == 3
    assert mark(of(picture, day, mode="instant"), "organizations:south").people == 0


def test_a_net_picture_tells_both_directions() -> None:
    told = of(flow_map(net=True))
    assert mark(told, "flow:north>south").text == "NL to South, 2 people net: 3 went, 1 the other way"
    assert told.mark("flow:south>north") is None


def test_organizations_that_are_not_drawn_are_counted_in_words() -> None:
    told = of(flow_map(top=2))
    assert [m.key for m in told.places] == ["organizations:north", "organizations:south"]
    assert mark(told, "organizations:north").description.endswith("; 1 person to organizations that are not drawn")


def test_relations_stay_away_where_they_are_not_drawn() -> None:
    assert of(flow_map(relations=False)).mark("relations:bond") is None


@pytest.mark.parametrize("net", [False, True])
def test_every_mark_is_one_of_the_scene_and_lies_where_it_is_drawn(net: bool) -> None:
    picture = flow_map(net=net)
    scene = picture.scene()
    told = twin(picture, scene)
    assert {m.key for m in told.marks} <= set(scene.keys)
    drawn = [m for m in scene.layer("flows").marks if isinstance(m, Ribbon)]
    for one in told.marks:
        x, y, w, h = one.box
        assert w > 0
        assert h > 0
        if one.kind is Kind.FLOW:
            number = scene.keys.index(one.key)
            rows = [tuple(b) for m in drawn for b, k in zip(bounds(m), m.key, strict=True) if k == number]
            assert min(r[0] for r in rows) == pytest.approx(x, abs=8)
            assert max(r[3] for r in rows) == pytest.approx(y + h, abs=8)
        for px, py in (one.at, one.leaves, one.lands):
            assert x - 6 <= px <= x + w + 6
            assert y - 6 <= py <= y + h + 6


def test_the_text_holds_title_scope_and_every_mark_indented_below_its_organization() -> None:
    picture = flow_map()
    told = of(picture)
    lines = told.text.splitlines()
    header = picture.scene().header
    assert lines[:3] == [header.title, header.scope, header.context]
    at = lines.index(mark(told, "organizations:north").text)
    assert lines[at + 1 : at + 3] == [
        "    NL to South, 3 people: 2 confirmed, 1 reported",
        "    NL to East, 1 person: 1 confirmed",
    ]
    assert lines[-1] == "NL and South: NL → South: investment, $2B, confirmed"
    assert all(sum(m.text in line for line in lines) == 1 for m in told.marks)


def test_a_picture_without_moves_has_a_title_and_no_marks() -> None:
    data = small()
    empty = Dataset.of({**data.tables, "stints": data["stints"].head(0)})
    told = of(flow_map(empty))
    assert told.marks == ()
    assert told.text.splitlines()[0] == "No moves on record"
    assert told.number("organizations:north") == -1
