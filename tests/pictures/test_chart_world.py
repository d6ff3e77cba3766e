"""A chart under a camera: one level of detail at every scale, words that can be read, and of a large chart as much as
the camera sees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dataset import Dataset, frame_of
from app.files.registry import read_sound
from app.pictures import chart_world
from app.pictures.avatar import LEAST_INITIALS
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_levels import BANDS, FOLD_SIZES
from app.pictures.chart_world import ChartWorld, Part
from app.places import bundled_dataset
from app.scene.camera import HOME, Camera
from app.scene.marks import Label
from app.scene.outline import bounds
from app.scene.pick import shown
from app.scene.scene import Layer, Scene
from app.scene.style import Role
from tests.pictures.bodies import Body, bodies, chart_of, panels_of, seen, world_of
from tests.pictures.crews import crew
from tests.pictures.made import fixed

DATA = Path(__file__).parents[1] / "data"
LEAST_TYPE, SMALL = 10.5, 1e-6
SCALES = (4.0, 1.0, 0.99, 0.5, 0.49, 0.4, 0.374, 0.31, 0.3, 0.1, 0.05, 0.02, 0.001)
ALL = Folds(DEEPEST)
MEANT = ("seats:", "people:", "organizations:", "reports:", "group:")


@pytest.fixture(scope="module", params=["bundled", "teams", "posts", "units", "large"])
def world(request: pytest.FixtureRequest) -> ChartWorld:
    """Real and made-up charts with everything unfolded."""
    dataset, focus = {
        "bundled": lambda: (read_sound(bundled_dataset())[0], ""),
        "teams": lambda: (read_sound(DATA / "teams" / "etcd_io.csv")[0], "etcd-io"),
        "posts": lambda: (read_sound(DATA / "organogram")[0], "human-tissue-authority"),
        "units": lambda: (crew(160, units=4), "crew"),
        "large": lambda: (crew(1_500, units=4), "crew"),
    }[request.param]()
    return world_of(chart_of(dataset, focus), ALL)


def visible(scene: Scene, scale: float) -> list[Layer]:
    """The layers of the world that a scale shows."""
    return [layer for layer in scene.layers if layer.space == "world" and shown(layer, scale)]


@pytest.mark.parametrize("scale", SCALES)
def test_at_every_scale_one_level_of_detail_draws_each_box(world: ChartWorld, scale: float) -> None:
    scene = world.scene()
    levels: dict[str, set[tuple[float, float]]] = {}
    for layer in visible(scene, scale):
        for mark in layer.marks:
            for key in np.unique(mark.key[mark.key >= 0]).tolist():
                levels.setdefault(scene.keys[key], set()).add((layer.min_scale, layer.max_scale))
    for key in seen(world):
        assert len(levels.get(key, ())) == 1, key


def test_no_word_is_smaller_than_can_be_read_where_its_level_begins(world: ChartWorld) -> None:
    scene = world.scene()
    for layer in scene.layers:
        least = min(layer.min_scale, 1.0) if layer.space == "world" else 1.0
        for mark in layer.marks:
            if isinstance(mark, Label):
                words = np.array([scene.styles[style].role is not Role.INITIALS for style in mark.style.tolist()])
                smallest = np.where(words, LEAST_TYPE, 0.82 * LEAST_INITIALS)
                assert (mark.size * least >= smallest).all(), layer.name


@pytest.mark.parametrize("size", [(1280.0, 720.0), (700.0, 1200.0), (2560.0, 1440.0)])
def test_home_shows_all_of_it_between_header_and_foot(world: ChartWorld, size: tuple[float, float]) -> None:
    made = world_of(world.chart, ALL, size=size)
    (x, y, w, h), home = made.frame.map, made.home
    left, top = home.to_view(0.0, 0.0)
    right, bottom = home.to_view(*made.plan.size)
    assert x - SMALL <= left <= right <= x + w + SMALL
    assert y - SMALL <= top <= bottom <= y + h + SMALL
    assert home.scale <= 1.0
    assert home.scale == 1.0 or left - x < SMALL or top - y < SMALL  # no smaller than need be


def united(n: int) -> Dataset:
    """A crew in which whoever stands on the third level leads a unit of all below."""
    made = crew(n, units=n // 8)
    up = dict(made["reports"].select("seat_id", "to_seat_id").iter_rows())
    above = {seat: (up.get(seat), up.get(up.get(seat, "")), up.get(up.get(up.get(seat, ""), ""))) for seat in up}
    heads = [seat for seat, (_, second, third) in above.items() if second and not third]
    unit = {seat: f"unit-{number}" for number, seat in enumerate(heads[: n // 8])}
    seats = made["seats"].to_dicts()
    for row in seats:
        line = [row["id"], *above.get(row["id"], ())]
        row["organization_id"] = next((unit[seat] for seat in line if seat in unit), "crew")
        del row["extra"]
    return Dataset.of({**made.tables, "seats": frame_of("seats", seats)})


@pytest.mark.parametrize("n", [160, 700])
def test_no_name_of_a_band_lies_under_a_card(n: int) -> None:
    world = world_of(chart_of(united(n), focus="crew"), ALL)
    scene = world.scene()
    cards = world.plan.xy
    names = [mark for layer in scene.layers if layer.name == "names of bands" for mark in layer.marks]
    assert names
    for mark in names:
        assert isinstance(mark, Label)
        for x, y, text in zip(mark.x, mark.y, mark.text, strict=True):  # they end at x
            left = x - fixed([text], (10.5, 450))[0]
            under = (cards[:, 0] < x) & (cards[:, 0] + 222 > left) & (cards[:, 1] < y) & (cards[:, 1] + 52 > y - 8)
            assert not under.any(), text


def test_without_anyone_the_page_says_what_to_do() -> None:
    world = world_of(Body().chart)
    assert world.home == HOME
    assert world.part(HOME) == Part()
    (said,) = [mark.text for mark in world.scene().layer("nothing").marks if isinstance(mark, Label)]
    assert "Add seats and reports" in " ".join(said)


@pytest.mark.parametrize("scale", [low for low, *_ in FOLD_SIZES])
def test_what_folds_is_found_where_it_stands(world: ChartWorld, scale: float) -> None:
    world = world_of(world.chart, Folds(2))
    size = next(size for low, _, size in FOLD_SIZES if low == scale)
    there = [fold for fold in world.folds if fold.shown(size)]
    assert there or not any(fold.text for fold in world.folds)  # from further off only what hides someone
    for fold in there:
        left, top, wide, high = fold.box(fixed, size)
        assert world.fold_at(left + wide / 2, top + high / 2, scale) == fold.key
    assert world.fold_at(-1_000.0, -1_000.0, scale) == ""
    assert all(world.fold_at(fold.x, fold.y, BANDS[-1][1] / 2) == "" for fold in there)  # from afar there is none


def test_the_innermost_unit_lies_at_a_place(world: ChartWorld) -> None:
    units = panels_of(world)
    for key, (left, top, right, _) in units.items():
        assert world.unit_at((left + right) / 2, top + 5.0) == key
        assert world.unit_box(key) == pytest.approx((left, top, right - left, units[key][3] - top))
    assert world.unit_at(-50.0, -50.0) == ""
    assert world.unit_box("organizations:nowhere") is None
    assert world.unit_words("organizations:nowhere") is None
    marks = {mark.key: mark for mark in world.unit_marks()}
    assert list(marks) == list(units)
    assert all(mark.above in ("", *marks) and mark.name for mark in marks.values())


def drawn(scene: Scene, camera: Camera, size: tuple[float, float]) -> dict[str, set[str]]:
    """Keys of boxes and folds that a camera sees, by layer."""
    (left, top), (right, bottom) = camera.to_world(0.0, 0.0), camera.to_world(*size)
    found: dict[str, set[str]] = {}
    for layer in visible(scene, camera.scale):
        for mark in layer.marks:
            if not isinstance(mark, Label):
                box = bounds(mark)
                meets = (box[:, 0] < right) & (box[:, 2] > left) & (box[:, 1] < bottom) & (box[:, 3] > top)
                keys = {scene.keys[key] for key in mark.key[meets & (mark.key >= 0)].tolist()}
                found.setdefault(layer.name, set()).update(key for key in keys if key.startswith(MEANT))
    return {name: keys for name, keys in found.items() if keys}


@st.composite
def cameras(draw: st.DrawFn) -> tuple[float, float, float]:
    """A scale, and which part of the world lies in the middle, from 0 to 1."""
    scale = draw(st.sampled_from((4.0, 1.0, 0.7, 0.5, 0.4, 0.31, 0.2, 0.05)))
    return scale, draw(st.floats(0, 1)), draw(st.floats(0, 1))


@settings(max_examples=30)
@given(bodies(), cameras(), cameras())
def test_a_part_has_all_that_its_camera_sees(
    body: Body, first: tuple[float, float, float], second: tuple[float, float, float]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chart_world, "MANY", 0)
        patch.setattr(chart_world, "AROUND", 0.1)
        world = world_of(body.chart, ALL, size=(300.0, 200.0))
        size = (world.frame.width, world.frame.height)
        looks = []
        for scale, x, y in (first, second):
            at = (x * world.plan.size[0], y * world.plan.size[1])
            looks.append(Camera(scale, size[0] / 2 - at[0] * scale, size[1] / 2 - at[1] * scale))
        whole = world.scene()
        part = world.part(looks[0])
        assert world.covers(part, looks[0])
        made = world.scene(part)
        assert part.whole == (not body.boxes)
        for camera in looks:
            if world.covers(part, camera):
                assert drawn(made, camera, size) == drawn(whole, camera, size)
            assert world.covers(Part(), camera)


def test_a_part_leaves_out_what_lies_far_off_and_other_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_world, "MANY", 100)
    world = world_of(chart_of(crew(1_500), "crew"), ALL)
    near = Camera(1.0, 0.0, 0.0)
    part = world.part(near)
    assert not part.whole
    assert not world.covers(part, Camera(0.7, 0.0, 0.0))  # another level of detail
    assert not world.covers(part, Camera(1.0, -9_000.0, 0.0))
    assert world.covers(part, Camera(1.2, -10.0, 10.0))
    made = world.scene(part)
    assert {(layer.min_scale, layer.max_scale) for layer in made.layers if layer.name in ("cards", "names")} == {
        BANDS[0]
    }
    assert 0 < len([key for key in made.keys if key.startswith("seats:")]) < 700
    afar = world.part(world.home)
    assert afar == Part(*BANDS[-1])
    assert world.covers(afar, Camera(world.home.scale, 500.0, 500.0))
    assert len([key for key in world.scene(afar).keys if key.startswith("seats:")]) == 1_500
