"""What a Sankey shows, counted by hand on a tiny dataset, and as the figures count on real ones."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.options import Options
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.lens import parse
from app.domain.views import reorder
from app.files.registry import read
from app.pictures import sankey as view
from app.pictures import shown_bands
from app.pictures.bands import OTHERS
from app.pictures.gathered import Gathered
from app.pictures.sankey import Sankey, SankeyOptions
from app.places import bundled_dataset
from app.scene import motion
from app.scene.marks import Box, Path
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role
from tests.analysis.openstack import openstack
from tests.pictures.made import beside, fixed, small, texts


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


def made(dataset: Dataset | None = None, *, as_of: str = "", lens: str = "", **options: object) -> Sankey:
    chosen = Options(as_of=dates.parse(as_of).latest - 1 if as_of else None, lens=parse(lens))
    return Sankey.of(dataset or small(), SankeyOptions(chosen, **options), fixed)  # type: ignore[arg-type]  # by name


def heights(scene: Scene, key: str, role: Role) -> list[float]:
    """Heights of the bodies of a band, where they begin."""
    number = scene.keys.index(key)
    found = []
    for layer in scene.layers:
        for mark in layer.marks:
            if isinstance(mark, Path) and layer.name == "bands":
                for row in np.flatnonzero(mark.key == number).tolist():
                    if scene.styles[int(mark.style[row])].role is role:
                        points = mark.points[mark.offsets[row] : mark.offsets[row + 1]]
                        found.append(float(points[-1, 1] - points[0, 1]))
    return found


def test_bands_are_as_high_as_their_people_in_lanes_of_status() -> None:
    picture = made()
    k = picture.layout.k
    scene = picture.scene()
    assert heights(scene, "flow:north>south", Role.BAND) == pytest.approx([2 * k, k])  # confirmed, reported
    assert heights(scene, "flow:south>north", Role.BAND) == pytest.approx([k])
    assert heights(scene, "flow:north>south", Role.BAND_PALE) == []


def test_one_who_goes_and_one_who_comes_back_are_two_bands() -> None:
    picture = made()
    names = {(int(c), picture.gathered.ids[o]) for c, o in zip(picture.bands.column, picture.bands.code, strict=True)}
    assert names == {(0, "north"), (0, "south"), (0, "east"), (1, "north"), (1, "south"), (1, "east"), (1, "west")}
    assert {"NL 4", "South 1", "NL 1", "South 3", "West 1"} <= beside(picture.scene())


def test_others_say_how_many_they_are_and_no_move_is_lost() -> None:
    picture = made(top=2)
    assert picture.people.sum() == 6
    scene = picture.scene()
    assert {"1 other 1", "2 others 2"} <= beside(scene)
    assert "2 moves touch 2 smaller organizations" in scene.header.left_out
    assert {"group:others", "group:out-north", "group:others-before", "group:others-after"} <= set(scene.keys)


def test_on_a_day_bands_fill_and_bars_hold_still() -> None:
    whole, early = made(), made(as_of="2025-03-31")
    assert whole.layout.top.tolist() == early.layout.top.tolist()
    scene = early.scene()
    k = early.layout.k
    assert heights(scene, "flow:north>south", Role.BAND_PALE) == pytest.approx([3 * k])
    assert heights(scene, "flow:north>south", Role.BAND) == pytest.approx([k, k])  # Ada; Cyd, dated 2025
    assert heights(scene, "flow:south>north", Role.BAND) == []
    assert "South 2" in beside(scene)
    assert "2 after the day" in scene.header.left_out


def test_net_draws_the_surplus_and_says_what_cancelled_out() -> None:
    picture = made(net=True)
    assert picture.motion is None
    scene = picture.scene()
    assert sum(heights(scene, "flow:north>south", Role.BAND)) == pytest.approx(2 * picture.layout.k)
    assert heights(scene, "flow:south>north", Role.BAND) == []
    assert "2 moves cancelled out" in scene.header.left_out


def test_focus_dims_what_is_not_about_it_and_moves_nothing() -> None:
    plain, focused = made(), made(focus=("west",))
    assert plain.layout.top.tolist() == focused.layout.top.tolist()
    lit = {key for key, bright in zip(focused.prepared.keys, focused.prepared.lit, strict=True) if bright}
    assert lit == {"flow:east>west"}
    person = made(focus=("people:dov",))
    lit = {key for key, bright in zip(person.prepared.keys, person.prepared.lit, strict=True) if bright}
    assert lit == {"flow:south>north"}
    assert any(style.emphasis is Emphasis.QUIET for style in focused.scene().styles)


def test_one_dot_is_one_dated_person_who_travels_from_bar_to_bar() -> None:
    picture = made()
    assert picture.motion is not None
    assert len(picture.motion) == 5  # Eve's day is not known
    placed = picture.layout
    assert picture.motion.curve[:, 0, 0] == pytest.approx(placed.x[0] + placed.bar)
    assert picture.motion.curve[:, 3, 0] == pytest.approx(placed.x[1])
    assert len(motion.frame(picture.motion, 30_000.0)) == 5
    assert len(motion.frame(picture.motion, 30_000.0, rests=picture.rests)) == 0  # who has landed is part of the band


def test_each_dot_keeps_within_its_band(bundled: Dataset) -> None:
    picture = made(bundled)
    moves, bands, placed = picture.motion, picture.bands, picture.layout
    assert moves is not None
    keys, gathered = picture.scene().keys, picture.gathered
    on = {gathered.move_key(gathered.moves, int(row)): n for n, row in enumerate(bands.members)}
    for row in range(0, len(moves), 7):
        band = bands.band[on[keys[int(moves.key[row])]]]
        y = moves.curve[moves.path[row], 0, 1]
        assert placed.leaves[band] <= y <= placed.leaves[band] + placed.breadth[band]


def test_a_picture_keeps_the_orders_of_the_one_before() -> None:
    before = made(bundled_small())
    after = Sankey.of(small(), SankeyOptions(Options()), fixed, before)
    for kept, now in zip(before.rows, after.rows, strict=True):
        assert [code for code in now if code in kept] == [code for code in kept if code in now]


def bundled_small() -> Dataset:
    """The small dataset with a chosen order that no layout would take."""
    data = apply(small(), reorder(small(), view.VIEW, "before", ("east", "south", "north"), "Order"))
    return apply(data, reorder(data, view.VIEW, "after", ("west", "north", "east", "south"), "Order"))


def test_chosen_orders_are_kept() -> None:
    picture = made(bundled_small())
    ids = [[picture.gathered.ids[code] for code in row] for row in picture.rows]
    assert ids == [["east", "south", "north"], ["west", "north", "east", "south"]]


@pytest.mark.parametrize("top", [3, 18, 900])
def test_counts_are_those_of_the_figures(bundled: Dataset, top: int) -> None:
    figures = summary(bundled)
    picture = made(bundled, top=top)
    flows = {(flow["from"], flow["to"]): flow["moves"] for flow in figures["flows"]}
    assert int(picture.people.sum()) == figures["moves"]
    ids = picture.gathered.ids
    for band in range(picture.bands.n_bands):
        a, b = (int(picture.bands.code[end[band]]) for end in (picture.bands.start, picture.bands.end))
        if OTHERS not in (a, b):
            assert picture.people[band] == flows[ids[a], ids[b]]


def test_the_sample_has_623_moves_over_276_pairs() -> None:
    picture = made(openstack(), top=900)
    assert picture.people.sum() == 623
    assert picture.bands.n_bands == 276
    few = made(openstack(), top=10)
    assert few.people.sum() == 623
    # without an overlap, whatever the heights
    for column in range(2):
        blocks = np.flatnonzero(few.bands.column == column)
        blocks = blocks[np.argsort(few.layout.top[blocks])]
        ends = few.layout.top[blocks] + few.layout.height[blocks]
        assert (few.layout.top[blocks][1:] >= ends[:-1] - 1e-6).all()
        assert int(few.bands.code[blocks[-1]]) == OTHERS


def test_what_moves_among_others_would_hide_everything_else_is_left_out_and_said() -> None:
    window = (dates.day(2023), dates.day(2025, 4))  # Fay from East to West, Cyd and Ada from North to South
    picture = Sankey.of(small(), SankeyOptions(Options(window=window), top=1), fixed)
    assert picture.people.sum() == 2
    scene = picture.scene()
    assert "group:others" not in [scene.keys[k] for m in scene.layer("bands").marks for k in m.key.tolist() if k >= 0]
    assert "1 move among them not drawn" in scene.header.left_out


def test_an_empty_picture_says_what_to_add() -> None:
    scene = made(Dataset.of({})).scene()
    assert scene.header.title == "No moves on record"
    assert texts(scene, "empty")[0].startswith("No moves yet. Record one")
    filtered = made(lens="from:West").scene()
    assert filtered.header.title == "No move matches"
    assert "Clear the filter" in texts(filtered, "empty")[0]


def test_two_pictures_of_the_same_are_the_same(bundled: Dataset) -> None:
    first, second = made(bundled).scene(), made(bundled).scene()
    assert (first.layers, first.keys, first.tips) == (second.layers, second.keys, second.tips)


def test_bars_are_as_high_as_what_leaves_and_lands() -> None:
    scene = made().scene()
    bars = [m for m in scene.layer("blocks").marks if isinstance(m, Box)]
    heights_ = np.concatenate([m.h for m in bars])
    assert heights_.sum() == pytest.approx(2 * 6 * made().layout.k)


def test_on_a_canvas_it_says_who_and_lights_what_is_selected() -> None:
    gathered = Gathered.of(small(), Options())
    shown = shown_bands.sankey(gathered, (1600.0, 1000.0), fixed)
    scene = shown.scene(None, "cumulative", 183.0)
    band = shown.picture.prepared.keys.index("flow:north>south")
    x, y = shown.picture.curves[band].mean(axis=0).tolist()
    assert shown.key_at(scene, x, y, 1.0) == "flow:north>south"
    card = shown.card(scene, "flow:north>south", None, x, y, 1.0)
    assert card is not None
    assert {row.name for row in card.rows} == {"Ada Madeup", "Ben Madeup", "Cyd Madeup"}
    lit = {scene.keys[row] for row in shown.lit(scene, ("people:ben",))}
    assert lit == {"move:st-ben-0>st-ben-1", "flow:north>south"}
    box = shown.box_of(scene, ("organizations:north",))
    assert box is not None
    assert box[2] - box[0] > 1000  # North stands at both sides
    assert (shown.view, shown.world) == ("sankey", (0.0, 0.0, 1600.0, 1000.0))


def test_others_on_a_canvas_name_people_and_organizations() -> None:
    shown = shown_bands.sankey(Gathered.of(small(), Options()), (1600.0, 1000.0), fixed, top=2)
    scene = shown.scene(None, "cumulative", 183.0)
    card = shown.card(scene, "group:out-north", None, 0.0, 0.0, 1.0)
    assert card is not None
    assert card.head == "NL → 2 others"
    assert [row.name for row in card.rows] == ["Eve Madeup"]
    block = next(n for n in range(shown.picture.bands.n_blocks) if shown.picture.bands.code[n] == OTHERS)
    placed = shown.picture.layout
    x, y = placed.x[shown.picture.bands.column[block]] + 4, placed.top[block] + placed.height[block] / 2
    key = shown.key_at(scene, float(x), float(y), 1.0)
    told = shown.card(scene, key, None, float(x), float(y), 1.0)
    assert told is not None
    assert told.head == "1 other organization"


def test_the_twin_reads_both_sides_and_what_has_happened() -> None:
    shown = shown_bands.sankey(Gathered.of(small(), Options()), (1600.0, 1000.0), fixed)
    day = float(dates.day(2025, 4))
    scene = shown.scene(day, "cumulative", 183.0)
    twin = shown.twin(scene, day, "cumulative", 183.0)
    assert "NL: 2 left, 0 joined" in twin.text
    assert "NL to South, 2 people: 1 confirmed, 1 reported" in twin.text
    assert set(twin.of_organization) == {mark.key for mark in twin.places}


def test_a_new_picture_on_the_canvas_keeps_the_order() -> None:
    gathered = Gathered.of(bundled_small(), Options())
    first = shown_bands.sankey(gathered, (1600.0, 1000.0), fixed)
    again = shown_bands.sankey(Gathered.of(small(), Options()), (1200.0, 800.0), fixed, before=first)
    assert again.picture.rows == first.picture.rows
