"""Small multiples: the same picture period by period, in the same places, on one scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.lens import parse
from app.files.registry import read_sound
from app.pictures.flowmap_marks import unit_width
from app.pictures.matrix import Matrix
from app.pictures.multiples import LEAST, MOST, Multiples, MultiplesOptions
from app.pictures.multiples_kinds import KINDS, untiled
from app.pictures.multiples_tips import rows_of
from app.pictures.multiples_twin import twin
from app.pictures.shown_multiples import MultiplesShown
from app.places import bundled_dataset
from app.scene.marks import Box, Dot, Label
from app.scene.scene import Scene
from app.scene.style import Role
from app.scene.twin import Kind
from tests.pictures.made import fixed, flow_map, small, texts, widths

VIEWS = tuple(KINDS)


def made(view: str, dataset: Dataset | None = None, **options: object) -> Multiples:
    chosen = MultiplesOptions(view, options.pop("filter", Options()), **options)  # type: ignore[arg-type]  # by name
    return Multiples.of(dataset or small(), chosen, fixed)


@pytest.fixture(scope="module")
def labs() -> Dataset:
    """The bundled dataset."""
    return read_sound(bundled_dataset())[0]


def moved(steps: list[tuple[str, str, str]]) -> Dataset:
    """People who each moved once: from, to, day."""
    stints = []
    for n, (a, b, when) in enumerate(steps):
        for k, (organization, start, end) in enumerate(((a, None, when), (b, when, ".."))):
            stints.append(
                {"id": f"st-{n}-{k}", "person_id": f"p{n}", "organization_id": organization, "kind": "employment",
                 "rank": k, "start": start, "end": end, "status": "confirmed", "source_ids": ["paper"]}
            )  # fmt: skip
    rows = {
        "organizations": [{"id": i, "name": i.upper(), "kind": "lab"} for i in ("a", "b", "c", "d", "e")],
        "people": [{"id": f"p{n}", "name": f"Made Up {n}"} for n in range(len(steps))],
        "stints": stints,
        "sources": [{"id": "paper", "publisher": "The Paper", "published": "2026-06-30"}],
    }
    return Dataset.of({table: frame_of(table, some) for table, some in rows.items()})


def heads(scene: Scene) -> list[str]:
    return texts(scene, "tiles")


@pytest.mark.parametrize("view", VIEWS)
def test_every_tile_has_its_period_and_how_many_moves_lie_in_it(view: str) -> None:
    picture = made(view, months=6)
    assert [(p.name, int(n)) for p, n in zip(picture.periods, picture.counts, strict=True)] == [
        ("2024 H1", 1), ("2024 H2", 0), ("2025 H1", 3), ("2025 H2", 1)
    ]  # fmt: skip
    said = heads(picture.scene())
    assert said == ["2024 H1", "1 move", "2024 H2", "no moves", "2025 H1", "3 moves, 1 perhaps", "2025 H2", "1 move"]
    assert "1 without a date" in picture.scene().header.left_out
    assert picture.scene().header.title == "Most moves in 2025 H1: 3 of 5"


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "sankey"])
def test_organizations_stand_in_the_same_places_in_all_tiles(view: str, labs: Dataset) -> None:
    picture = made(view, labs)
    names: dict[str, set[tuple[float, float]]] = {}
    scene = picture.scene()
    for layer in scene.layers:
        for mark in layer.marks:
            if isinstance(mark, Label) and layer.name == "names":
                for x, y, key, text in zip(mark.x, mark.y, mark.key, mark.text, strict=True):
                    if key < 0 or not scene.keys[key].startswith("organizations:") or text.isdigit():
                        continue
                    tile = picture.at(float(x), float(y))
                    assert tile >= 0, text
                    left, top = picture.corner(tile)
                    at = (round(float(x) - left, 6), round(float(y) - top, 6))
                    names.setdefault(f"{scene.keys[key]} {text}", set()).add(at)
    assert len(names) >= 6
    assert all(len(places) == 1 for places in names.values())


def test_bars_of_a_sankey_stand_in_the_same_places_in_all_tiles(labs: Dataset) -> None:
    picture = made("sankey", labs)
    bars: dict[tuple[str, float], set[tuple[float, float]]] = {}
    for tile in range(len(picture.periods)):
        scene = picture.part(tile)
        tallest: dict[tuple[str, float], tuple[float, float]] = {}
        for mark in scene.layer("blocks").marks:
            assert isinstance(mark, Box)
            for key, x, y, h in zip(mark.key.tolist(), mark.x.tolist(), mark.y.tolist(), mark.h.tolist(), strict=True):
                at = (scene.keys[key], x)
                tallest[at] = max(tallest.get(at, (0.0, y)), (h, y))
        for at, bar in tallest.items():
            bars.setdefault(at, set()).add(bar)
    assert len(bars) >= 12
    assert all(len(found) == 1 for found in bars.values())


@pytest.mark.parametrize("view", VIEWS)
def test_there_are_no_dots_of_people_and_names_of_a_few_organizations_only(view: str, labs: Dataset) -> None:
    picture = made(view, labs)
    scene = picture.scene()
    assert not any(key.startswith("move:") for key in scene.keys)
    assert scene.motion is None
    roles = {scene.styles[int(n)].role for la in scene.layers for m in la.marks if isinstance(m, Dot) for n in m.style}
    assert Role.PERSON not in roles
    named = {t for t in texts(scene, "names") if not t.isdigit()}
    sides = 2 if view == "sankey" else 1
    assert 4 <= len(named) <= 8 * sides
    assert LEAST <= len(picture.periods) <= MOST


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcde"),
            st.sampled_from("abcde"),
            st.integers(dates.parse("2019").earliest, dates.parse("2026").earliest),
        ),
        max_size=30,
    ),
    st.sampled_from([None, 3, 6, 12]),
    st.sampled_from(VIEWS),
)
def test_tiles_hold_exactly_the_moves_whose_day_lies_in_their_period(
    steps: list[tuple[str, str, int]], months: int | None, view: str
) -> None:
    steps = [step for step in steps if step[0] != step[1]]
    picture = made(view, moved([(a, b, dates.text(day)) for a, b, day in steps]), months=months, top=3)
    since, last = picture.periods[0].since, picture.periods[-1].last
    inside = [step for step in steps if since < step[2] <= last]
    assert int(picture.counts.sum()) == len(inside)
    for tile, period in enumerate(picture.periods):
        here = [(a, b) for a, b, day in steps if period.holds(day)]
        assert picture.counts[tile] == len(here)
        people = drawn(picture, tile)
        assert people == {f"flow:{a}>{b}": here.count((a, b)) for a, b in here if f"flow:{a}>{b}" in people}
        for a, b in here:
            key = f"flow:{a}>{b}"
            assert np.count_nonzero(picture.tile_of[rows_of(picture, key)] == tile) == here.count((a, b))
    before = len(steps) - len(inside)
    assert not before or f"{before} move" in picture.scene().header.left_out


def drawn(picture: Multiples, tile: int) -> dict[str, int]:
    """People of each flow between two drawn organizations in a tile, read from its marks where widths say it."""
    if not picture.counts[tile]:
        return {}
    scene = picture.part(tile)
    if picture.options.view == "flowmap":
        k = unit_width(picture.picture)  # type: ignore[arg-type]  # it is a flow map
        found = {}
        for key in (key for key in scene.keys if key.startswith("flow:")):
            wide = float(widths(scene, key, Role.LANE).sum()) / k
            if wide:
                found[key] = 1 if abs(wide - 0.8) < 1e-6 else round(wide)
        return found
    if isinstance(picture.picture, Matrix):
        exchange, period = picture.picture.exchange, picture.periods[tile]
        people = exchange.shown(period.last, period.since)
        return {exchange.pair_key(n): int(people[n]) for n in np.flatnonzero(exchange.named & (people > 0)).tolist()}
    return {}


def test_a_width_means_the_same_in_every_tile() -> None:
    steps = [("a", "b", "2024-02-01")] * 2 + [("a", "b", "2025-02-01")] * 6 + [("c", "d", "2025-03-01")] * 3
    picture = made("flowmap", moved(steps), months=12)
    k = unit_width(picture.picture)  # type: ignore[arg-type]  # it is a flow map
    tiles = {period.name: n for n, period in enumerate(picture.periods)}
    for name, key, people in (("2024", "flow:a>b", 2), ("2025", "flow:a>b", 6), ("2025", "flow:c>d", 3)):
        assert widths(picture.part(tiles[name]), key, Role.LANE).sum() == pytest.approx(people * k)
    assert "6 people" in picture.scene().legend


def test_tips_tell_of_their_own_period() -> None:
    picture = made("sankey", months=6)
    scene = picture.scene()
    told: dict[str, set[str]] = {}
    for layer in scene.layers:
        for mark in layer.marks:
            for key, tip in zip(mark.key.tolist(), mark.tip.tolist(), strict=True):
                if key >= 0 and tip >= 0:
                    told.setdefault(scene.keys[key], set()).add(scene.tips[tip].text)
    assert {text.splitlines()[0] for text in told["flow:north>south"]} == {"NL → South, 2025 H1"}
    assert any("3 people: 2 confirmed, 1 reported" in text for text in told["flow:north>south"])
    assert any("0 came in, 1 went out" in text for text in told["organizations:east"])
    assert {text.split(", ")[1].splitlines()[0] for text in told["organizations:south"]} >= {"2025 H1", "2025 H2"}


def test_cards_name_who_moved_in_the_period_of_the_tile() -> None:
    shown = MultiplesShown(fixed, made("matrix", months=6))
    scene = shown.scene(None, "cumulative", 183.0)
    names = {}
    for layer in scene.layers:
        for mark in layer.marks:
            if isinstance(mark, Box):
                for row in np.flatnonzero(mark.key >= 0).tolist():
                    x, y = float(mark.x[row] + mark.w[row] / 2), float(mark.y[row] + mark.h[row] / 2)
                    card = shown.card(scene, scene.keys[int(mark.key[row])], None, x, y, 1.0)
                    if card is not None:
                        names[card.head] = {row.name for row in card.rows}
    assert names["NL → South, 2025 H1"] == {"Ada Madeup", "Ben Madeup", "Cyd Madeup"}
    assert names["South → NL, 2025 H2"] == {"Dov Madeup"}
    assert names.get("NL → South, 2025 H2", set()) == set()


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_selected_is_lit_in_every_tile(view: str) -> None:
    shown = MultiplesShown(fixed, made(view, months=6))
    scene = shown.scene(None, "cumulative", 183.0)
    lit = shown.lit(scene, ("organizations:north",))
    assert [scene.keys[row] for row in lit] == ["organizations:north"]
    corners = {
        shown.picture.at(float(x), float(y))
        for layer in scene.layers
        for mark in layer.marks
        if isinstance(mark, Label)
        for x, y, key in zip(mark.x, mark.y, mark.key, strict=True)
        if key == lit[0]
    }
    with_moves = {n for n, count in enumerate(shown.picture.counts) if count}
    assert corners == with_moves if view != "sankey" else corners <= with_moves
    assert [scene.keys[row] for row in shown.lit(scene, ("people:ada",))] == ["flow:north>south"]


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "flowmap"])
def test_who_has_no_place_of_their_own_is_lit_among_others(view: str) -> None:
    shown = MultiplesShown(fixed, made(view, months=6, top=3))
    scene = shown.scene(None, "cumulative", 183.0)
    for key in ("organizations:west", "people:fay", "flow:east>west"):
        lit = [scene.keys[row] for row in shown.lit(scene, (key,))]
        assert lit
        assert all(mark.startswith("group:") for mark in lit)


@pytest.mark.parametrize("view", VIEWS)
def test_the_tile_of_the_clocks_day_is_set_off_and_days_within_it_change_nothing(view: str) -> None:
    shown = MultiplesShown(fixed, made(view, months=6))
    days = [float(dates.day(2025, month)) for month in (2, 5, 8)]
    one = shown.scene(days[0], "cumulative", 183.0)
    assert shown.scene(days[1], "window", 30.0) is one
    other = shown.scene(days[2], "cumulative", 183.0)
    assert other is not one
    frames = [scene.layer("marked").marks[0] for scene in (one, other)]
    for frame, name in zip(frames, ("2025 H1", "2025 H2"), strict=True):
        middle = frame.points.min(axis=0) + np.ptp(frame.points, axis=0) / 2  # type: ignore[union-attr]  # a path
        assert shown.picture.periods[shown.picture.at(*middle.tolist())].name == name
    early = shown.scene(float(dates.day(2001, 1)), "cumulative", 183.0)
    assert all(layer.name != "marked" for layer in early.layers)
    assert all(layer.name != "marked" for layer in shown.picture.scene().layers)  # nor in a file


def test_the_ground_of_a_tile_knows_the_end_of_its_period() -> None:
    shown = MultiplesShown(fixed, made("flowmap", months=6))
    x, y, w, h = shown.picture.places[1]
    assert shown.last_day(x + w / 2, y + h / 2) == dates.parse("2025").earliest - 1
    assert shown.last_day(1.0, 1.0) is None


@pytest.mark.parametrize("view", VIEWS)
def test_the_twin_tells_each_flow_period_by_period(view: str) -> None:
    picture = made(view, months=6)
    told = twin(picture, picture.scene())
    assert len({mark.key for mark in told.marks}) == len(told.marks)
    flow = told.mark("flow:north>south")
    assert flow is not None
    assert (flow.name, flow.description, flow.people) == ("NL to South, 3 people", "2025 H1: 3", 3)
    south = told.mark("organizations:south")
    assert south is not None
    assert south.description == "2025 H1: 3; 2025 H2: 1"
    assert picture.periods[picture.at(*flow.at)].name == "2025 H1"
    assert {mark.kind for mark in told.marks} == {Kind.ORGANIZATION, Kind.FLOW}


@pytest.mark.parametrize("view", VIEWS)
def test_nobody_gives_one_line_and_no_tile_with_marks(view: str) -> None:
    picture = made(view, filter=Options(lens=parse("person:gus")))
    scene = picture.scene()
    assert scene.header.title == "No move matches"
    assert not picture.counts.any()
    assert texts(scene, "empty")
    assert twin(picture, scene).marks == ()
    assert picture.scene(0).layer("marked").marks


def test_a_window_is_shown_whole_and_a_focus_is_in_the_title() -> None:
    window = (dates.parse("2024").earliest, dates.parse("2026").earliest)
    picture = made("flowmap", filter=Options(window=window), months=6, focus=("south",))
    assert [period.name for period in picture.periods] == ["2024 H1", "2024 H2", "2025 H1", "2025 H2"]
    assert picture.scene().header.title == "Most people joined South in 2025 H1: 3 of 3"


def test_organizations_stand_as_in_the_moving_picture() -> None:
    moving = flow_map()
    picture = Multiples.of(small(), MultiplesOptions("flowmap", Options()), fixed, moving)
    whole, tile = moving.layout, picture.picture.layout  # type: ignore[attr-defined]  # it is a flow map

    def shares(placed: object) -> dict[str, tuple[float, float]]:
        x, y, w, h = placed.frame  # type: ignore[attr-defined]  # a layout
        at = (placed.xy - (x, y)) / (w, h)  # type: ignore[attr-defined]  # a layout
        return {name: tuple(xy) for name, xy in zip(placed.ids, at.round(1).tolist(), strict=True)}  # type: ignore[attr-defined]  # a layout

    there = shares(whole)
    for name, at in shares(tile).items():
        assert np.hypot(*(np.array(at) - there[name])) < 0.25


def test_pictures_without_small_multiples_say_why() -> None:
    assert all(not untiled(view) for view in (*VIEWS, "buildout"))
    for view in ("alluvial", "careers", "timeline", "orgchart"):
        assert untiled(view)
