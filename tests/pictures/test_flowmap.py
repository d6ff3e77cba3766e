"""What a flow map shows, counted by hand on a tiny dataset and by properties on the bundled one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.options import Options
from app.analysis.summary import summary
from app.domain import dates, lens
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.errors import UsageError
from app.files.registry import read
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.places import bundled_dataset
from app.render.widths import measure
from app.scene import motion
from app.scene.marks import Dot, Label
from app.scene.style import Certainty, Emphasis, Role, Status
from tests.pictures.made import fixed, flow_map, small, texts, widths


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


def test_a_flow_is_as_wide_as_its_people_and_its_lanes_add_up() -> None:
    scene = flow_map().scene()
    lanes = widths(scene, "flow:north>south", Role.LANE)
    assert lanes == pytest.approx([4.0, 2.0])  # 2 confirmed, 1 reported, at 2 px each
    assert widths(scene, "flow:south>north", Role.LANE) == pytest.approx([1.6])  # a flow of one


def test_denied_moves_are_in_no_count() -> None:
    picture = flow_map()
    assert picture.traffic.people.sum() == 6
    assert ("denied", 2) in picture.gathered.left_out


def test_statuses_are_told_apart_by_style() -> None:
    scene = flow_map().scene()
    lanes = {style.status for style in scene.styles if style.role is Role.LANE}
    assert {Status.CONFIRMED, Status.REPORTED, Status.RUMORED, Status.DISPUTED} <= lanes
    assert "rumored lane" in scene.legend


def test_the_legend_says_whom_the_counts_are_about() -> None:
    assert "Counts are people known to this dataset, not staff numbers." in flow_map().scene().legend


def test_one_dot_is_one_dated_person() -> None:
    picture = flow_map()
    assert picture.prepared.motion is not None
    scene = picture.scene()
    dots = [m for m in scene.layer("people").marks if isinstance(m, Dot)]
    keys = sorted(scene.keys[k] for m in dots for k in m.key.tolist())
    assert keys == [
        "move:st-ada-0>st-ada-1",
        "move:st-ben-0>st-ben-1",
        "move:st-cyd-0>st-cyd-1",
        "move:st-dov-0>st-dov-1",
        "move:st-fay-0>st-fay-1",
    ]  # eve's day is not known: no dot


def test_a_day_known_only_to_the_year_is_hollow() -> None:
    scene = flow_map().scene()
    hollow = {
        scene.keys[int(k)]
        for m in scene.layer("people").marks
        if isinstance(m, Dot)
        for k, s in zip(m.key, m.style, strict=True)
        if scene.styles[int(s)].certainty is Certainty.UNSURE
    }
    assert hollow == {"move:st-cyd-0>st-cyd-1"}


def test_totals_on_a_day_count_what_has_happened() -> None:
    picture = flow_map(as_of="2025-05-31")
    n_in, n_out = picture.traffic.totals(picture.gathered.clock)
    by_id = {
        picture.gathered.ids[c]: (int(a), int(b)) for c, a, b in zip(picture.traffic.nodes, n_in, n_out, strict=True)
    }
    assert by_id == {
        "north": (0, 2),
        "south": (2, 0),
        "east": (0, 1),
        "west": (1, 0),
    }  # cyd's nominal day is 2025-01-01
    scene = picture.scene()
    assert "2 after the day" in scene.header.left_out
    assert "1 without a date" in scene.header.left_out
    assert widths(scene, "flow:south>north", Role.LANE).size == 0
    assert widths(scene, "flow:south>north", Role.LANE_PALE).size == 1


def test_places_hold_still_while_time_passes() -> None:
    picture = flow_map()
    scenes = [picture.scene(float(dates.day(year))) for year in (2024, 2025, 2026)]
    places = []
    for scene in scenes:
        nodes = next(m for m in scene.layer("nodes").marks if isinstance(m, Dot))
        places.append((nodes.x.tolist(), nodes.y.tolist(), nodes.r.tolist()))
    assert places[0] == places[1] == places[2]


def test_keys_keep_their_numbers_over_days() -> None:
    picture = flow_map()
    first, later = picture.scene(float(dates.day(2024, 2))), picture.scene(None)
    assert later.keys[: len(first.keys)] == first.keys
    assert later.styles[: len(picture.prepared.board.styles)] == first.styles[: len(picture.prepared.board.styles)]


def test_relations_are_a_quiet_layer_without_the_lapsed() -> None:
    scene = flow_map().scene()
    assert "relations:bond" in scene.keys
    assert "relations:gone" not in scene.keys
    assert scene.layer("relations").z < scene.layer("flows").z
    assert "relations" not in [la.name for la in flow_map(relations=False).scene().layers]


def test_net_keeps_the_surplus_and_draws_no_person() -> None:
    picture = flow_map(net=True)
    scene = picture.scene()
    assert scene.motion is None
    assert "flow:south>north" not in scene.keys
    assert widths(scene, "flow:north>south", Role.LANE).sum() == pytest.approx(4.0)  # 3 there, 1 back


def test_focus_dims_the_rest_and_moves_nothing() -> None:
    plain, focused = flow_map(), flow_map(focus=("west",))
    assert np.array_equal(plain.layout.xy, focused.layout.xy)
    scene = focused.scene()
    quiet = {scene.styles[int(s)].organization for s in focused.prepared.lane_style[focused.prepared.quiet].ravel()}
    assert quiet == {"north", "south"}
    assert not [s for s in plain.scene().styles if s.emphasis is Emphasis.QUIET]


def test_a_person_in_focus_lights_their_flow() -> None:
    picture = flow_map(focus=("people:ben",))
    lit = picture.prepared.flow[~picture.prepared.quiet]
    ends = {(picture.gathered.ids[picture.traffic.nodes[picture.traffic.flow_from[f]]]) for f in lit}
    assert ends == {"north"}
    assert picture.scene().header.title.startswith("Ben Madeup")


def test_what_is_not_drawn_is_stubs_and_is_counted() -> None:
    picture = flow_map(top=2)
    scene = picture.scene()
    assert picture.traffic.n_nodes == 2
    assert "smaller organization" in scene.header.left_out
    assert any(key.startswith("group:out-north") for key in scene.keys)
    drawn = (
        picture.traffic.people.sum()
        + len(picture.traffic.in_stub)
        + len(picture.traffic.out_stub)
        + len(picture.traffic.hidden)
    )
    assert drawn == len(picture.gathered.moves)


def test_an_unknown_focus_says_what_to_write() -> None:
    with pytest.raises(UsageError, match="names no organization"):
        flow_map(focus=("nowhere",))


def test_a_filter_without_a_match_is_an_empty_picture_that_says_so() -> None:
    options = FlowMapOptions(Options(lens=lens.parse("from:west to:east")))
    scene = FlowMap.of(small(), options, fixed).scene()
    assert scene.header.title == "No move matches"
    assert not [la for la in scene.layers if la.name in ("flows", "nodes", "people")]


def test_an_empty_dataset_draws_its_frame() -> None:
    scene = FlowMap.of(Dataset.of(), FlowMapOptions(Options()), fixed).scene()
    assert scene.header.title == "No moves on record"


def test_tips_name_people_and_link_sources() -> None:
    scene = flow_map().scene()
    tip = next(t for t in scene.tips if t.head == "NL → South")
    assert tip.lines[0] == "3 people: 2 confirmed, 1 reported"
    assert "Ada Madeup, 2025-03, confirmed, The Paper" in tip.lines
    assert tip.links == ("paper",)
    assert scene.meta.sources["paper"].url == "https://example.org/all"


def test_every_drawn_flow_and_dot_has_a_source_or_says_unsourced(bundled: Dataset) -> None:
    scene = FlowMap.of(bundled, FlowMapOptions(Options()), measure).scene()
    for layer in ("flows", "people"):
        for mark in scene.layer(layer).marks:
            for key, tip in zip(mark.key.tolist(), mark.tip.tolist(), strict=True):
                if key >= 0:
                    assert scene.tips[tip].links or "unsourced" in scene.tips[tip].text


def test_the_picture_counts_what_stats_count(bundled: Dataset) -> None:
    picture = FlowMap.of(bundled, FlowMapOptions(Options(), top=500), measure)
    figures = summary(bundled)
    ids, traffic = picture.gathered.ids, picture.traffic
    drawn = {
        (ids[traffic.nodes[a]], ids[traffic.nodes[b]]): int(n)
        for a, b, n in zip(traffic.flow_from, traffic.flow_to, traffic.people, strict=True)
    }
    assert drawn == {(f["from"], f["to"]): f["moves"] for f in figures["flows"]}
    assert picture.scene().header.scope.startswith(f"{figures['moves']} moves")


@pytest.mark.parametrize("size", [(480.0, 320.0), (640.0, 480.0), (1280.0, 720.0), (1600.0, 1000.0), (2560.0, 1440.0)])
def test_texts_stay_in_the_picture_and_are_never_tiny(bundled: Dataset, size: tuple[float, float]) -> None:
    scene = FlowMap.of(bundled, FlowMapOptions(Options(), size=size), measure).scene()
    for layer in scene.layers:
        for mark in layer.marks:
            if isinstance(mark, Label):
                assert (mark.size >= 10.5).all()
                for x, y, text, anchor, high in zip(mark.x, mark.y, mark.text, mark.anchor, mark.size, strict=True):
                    wide = float(measure([text], (float(high), 500))[0])
                    left = x - (0, wide / 2, wide)[anchor]
                    assert left >= -1, (layer.name, text)
                    assert left + wide <= size[0] + 6, (layer.name, text)
                    assert 0 <= y <= size[1], (layer.name, text)


def test_an_added_move_shifts_no_organization_far(bundled: Dataset) -> None:
    before = FlowMap.of(bundled, FlowMapOptions(Options()), measure)
    stint = bundled.row("stints", "st-lucas-beyer-40") or bundled["stints"].row(0, named=True)
    more = bundled.replaced(
        {"stints": bundled["stints"].filter(bundled["stints"]["id"] != stint["id"])}
    )  # one move fewer is one move more the other way round
    after = FlowMap.of(more, FlowMapOptions(Options()), measure, before)
    place = dict(zip(before.layout.ids, before.layout.xy, strict=True))
    for name, xy, radius in zip(after.layout.ids, after.layout.xy, after.layout.radii, strict=True):
        if name in place:
            assert np.hypot(*(xy - place[name])) <= radius


def test_motion_lands_on_the_joined_day() -> None:
    picture = flow_map()
    moves = picture.prepared.motion
    assert moves is not None
    ben = next(row for row in range(len(moves)) if "st-ben-0" in picture.scene().keys[int(moves.key[row])])
    assert moves.land[ben] == dates.day(2025, 6, 10)
    speed = 30.0
    day = dates.day(2025, 6, 10) - 0.5 * float(moves.seconds[ben]) * speed
    moment = motion.frame(moves, day, days_per_second=speed)
    assert moment.state[moment.row.tolist().index(ben)] == motion.TRAVELLING


def test_modes_fill_what_they_keep() -> None:
    picture = flow_map()
    day = float(dates.day(2025, 6, 15))
    cumulative = widths(picture.scene(day), "flow:north>south", Role.LANE).sum()
    window = widths(picture.scene(day, mode="window", window=30.0), "flow:north>south", Role.LANE).sum()
    instant = widths(picture.scene(day, mode="instant"), "flow:north>south", Role.LANE).sum()
    assert (cumulative, window, instant) == pytest.approx((6.0, 2.0, 0.0))


def test_the_same_options_make_the_same_scene(bundled: Dataset) -> None:
    options = FlowMapOptions(Options(), size=(1280.0, 720.0))
    one, two = (FlowMap.of(bundled, options, measure).scene() for _ in range(2))
    assert [la.marks for la in one.layers] == [la.marks for la in two.layers]
    assert replace(one.meta, dataset="") == replace(two.meta, dataset="")


def test_callouts_tell_computed_facts(bundled: Dataset) -> None:
    picture = FlowMap.of(bundled, FlowMapOptions(Options()), measure)
    heads = [finding.head for finding in picture.findings]
    assert "June to September 2025: the rush to Meta" in heads
    rush = next(f for f in picture.findings if "rush" in f.head)
    said = int(rush.text.split()[0])
    moves = picture.gathered.moves
    days = (dates.day(2025, 6), dates.day(2025, 10))
    exact = ~moves.undated & (moves.joined_hi - moves.joined_lo <= 31)
    inside = exact & (moves.joined >= days[0]) & (moves.joined < days[1]) & (moves.destination == rush.organization)
    assert said == inside.sum()
    assert "the rush to Meta" in " ".join(texts(picture.scene(), "callouts"))


def test_where_the_same_is_to_be_laid_out_the_layout_is_taken_over() -> None:
    before = flow_map()
    data = before.gathered.dataset

    def after(table: str, row_id: str, **fields: object) -> FlowMap:
        edit = put(data, "Change", {table: [{**(data.row(table, row_id) or {}), **fields}]})
        return FlowMap.of(apply(data, edit), before.options, fixed, before)

    assert after("people", "ben", name="Somebody Else").layout is before.layout
    assert after("stints", "st-ben-1", status="denied").layout is not before.layout
    assert after("organizations", "south", name="A much longer name").layout is not before.layout


def test_words_are_taken_over_where_the_tables_that_they_are_made_from_are_the_same(bundled: Dataset) -> None:
    before = FlowMap.of(bundled, FlowMapOptions(Options()), measure)
    before.scene()

    def after(table: str, **fields: object) -> FlowMap:
        row = bundled[table].row(0, named=True)
        changed = apply(bundled, put(bundled, "Change", {table: [{**row, **fields}]}))
        return FlowMap.of(changed, before.options, measure, before)

    assert after("stints", notes="looked at again").gathered.sources is before.gathered.sources
    assert after("stints", notes="looked at again").gathered.bonds(None) == before.gathered.bonds(None)
    made = after("sources", publisher="Somebody Else")
    assert "Somebody Else" in {source.publisher for source in made.scene().meta.sources.values()}
    named = after("organizations", name="Quite Another")
    assert "Quite Another" in named.gathered.names
    fresh = FlowMap.of(named.gathered.dataset, before.options, measure)
    assert named.scene().meta == fresh.scene().meta
