"""What is written into pictures stands in their Scenes: titles, hidden organizations, highlights, notes."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain.annotations import Annotations, Note, annotate
from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.files.registry import read_sound
from app.pictures.annotating import HIDING
from app.pictures.career_world import CareersWorld
from app.pictures.careers import CareersOptions, CareersPicture
from app.pictures.chart_folds import Folds
from app.pictures.chart_world import ChartWorld
from app.pictures.chord import Chord
from app.pictures.exchange import ExchangeOptions
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.gathered import Gathered
from app.pictures.matrix import Matrix
from app.pictures.multiples import Multiples, MultiplesOptions
from app.pictures.note_twin import annotated_twin
from app.pictures.notes import NEAREST, NOTE, STEP, Anchor, Sight, anchor, bands, placed, roomiest, stands
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.pictures.sankey import Sankey, SankeyOptions
from app.pictures.shown_careers import CareersShown
from app.pictures.twin import twin
from app.places import bundled_dataset
from app.scene.camera import CLOSEST, HOME
from app.scene.marks import AnyMarks, Box, Label
from app.scene.outline import bounds
from app.scene.scene import Layer, Scene
from app.scene.style import Role
from tests.pictures.crew import crew
from tests.pictures.made import fixed, small

SIZE = (1600.0, 1000.0)


def written(wanted: Annotations, view: str = "flowmap") -> Dataset:
    return apply(small(), annotate(small(), view, wanted, "Write"))


def flow_map(wanted: Annotations, alone: bool = True) -> FlowMap:
    return FlowMap.of(written(wanted), FlowMapOptions(Options(), SIZE, alone=alone), fixed)


def of_role(scene: Scene, role: Role) -> list[tuple[Layer, AnyMarks, int]]:
    return [
        (layer, mark, row)
        for layer in scene.layers
        for mark in layer.marks
        for row, style in enumerate(mark.style.tolist())
        if scene.styles[style].role is role
    ]


def plates(scene: Scene, scale: float = 1.0) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of the notes in sight."""
    found = [(la, mark, row) for la, mark, row in of_role(scene, Role.NOTE) if la.min_scale <= scale < la.max_scale]
    return [tuple(bounds(mark)[row].tolist()) for _, mark, row in found]


def words(scene: Scene) -> list[str]:
    return [text for layer in scene.layers for mark in layer.marks if isinstance(mark, Label) for text in mark.text]


def test_a_title_of_ones_own_stands_in_header_and_picture_on_every_day() -> None:
    made = flow_map(Annotations(title="Who went south"))
    for day in (None, 20_200.0):
        scene = made.scene(day)
        assert scene.header.title == "Who went south"
        assert "Who went south" in words(scene)
    assert flow_map(Annotations()).scene().header.title != "Who went south"


@pytest.mark.parametrize("view", HIDING[:2] + HIDING[3:])
def test_an_organization_that_is_hidden_is_counted_with_those_that_are_not_drawn(view: str) -> None:
    data, plain = written(Annotations(hidden=("south",)), view), small()
    made, before = (_made(view, one) for one in (data, plain))
    assert "organizations:south" in before.keys
    assert "organizations:south" not in made.keys
    assert "Hidden by hand: South" in made.header.left_out
    assert "Hidden" not in before.header.left_out


def _made(view: str, data: Dataset) -> Scene:
    if view == "flowmap":
        return FlowMap.of(data, FlowMapOptions(Options(), SIZE), fixed).scene()
    if view == "sankey":
        return Sankey.of(data, SankeyOptions(Options(), SIZE), fixed).scene()
    kind = Chord if view == "chord" else Matrix
    return kind.of(data, ExchangeOptions(Options(), SIZE), fixed).scene()


def test_hiding_loses_no_move_and_lets_nobody_else_in() -> None:
    plain, made = flow_map(Annotations()), flow_map(Annotations(hidden=("south",)))
    north = plain.layout.ids.index("north")
    assert set(made.layout.ids) == set(plain.layout.ids) - {"south"}
    before, after = plain.traffic.totals(None), made.traffic.totals(None)
    at = made.layout.ids.index("north")
    assert [int(n[at]) for n in after] == [int(n[north]) for n in before]


def test_an_organization_in_focus_is_not_hidden() -> None:
    data = written(Annotations(hidden=("south",)))
    made = FlowMap.of(data, FlowMapOptions(Options(), SIZE, focus=("south",)), fixed)
    assert "south" in made.layout.ids


def test_a_highlighted_organization_has_a_marker_pen_below_its_disc() -> None:
    scene = flow_map(Annotations(highlights=("organizations:north",))).scene()
    pens = of_role(scene, Role.MARKER)
    assert len(pens) == 2  # the tint, and its outline below it
    names = [layer.name for layer in scene.layers]
    assert names.index(pens[0][0].name) < names.index("nodes")
    node = anchor(scene, flow_map(Annotations()).gathered, "organizations:north")
    assert node is not None
    for _, mark, row in pens:
        left, top, right, bottom = bounds(mark)[row].tolist()
        assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(node.at)
        assert mark.key[row] == mark.tip[row] == -1


def test_a_highlighted_flow_is_drawn_again_above_all_others() -> None:
    plain = flow_map(Annotations()).scene()
    scene = flow_map(Annotations(highlights=("flow:north>south",))).scene()
    drawn = scene.layer("highlights")
    roles = [scene.styles[style].role for mark in drawn.marks for style in mark.style.tolist()]
    assert roles[0] is Role.MARKER
    assert roles[-1] in (Role.LANE, Role.HEAD)
    at = [layer.name for layer in scene.layers].index("highlights")
    assert not any(la.name in ("lanes", "flows", "heads") for la in scene.layers[at + 1 :])
    assert [la.name for la in scene.layers if la.name != "highlights"] == [la.name for la in plain.layers]


def test_a_note_of_a_chart_stands_between_header_and_foot_as_the_whole_is_seen() -> None:
    data = crew()
    wanted = Annotations(notes=(Note("people:ann", "Who leads", (0.0, -300.0)),))
    data = apply(data, annotate(data, "orgchart", wanted, "Write"))
    chart = OrgChart.of(data, OrgChartOptions(Options(), (900.0, 700.0), focus="deck"), fixed)
    world = ChartWorld.of(chart, (900.0, 700.0), Folds())
    (plate,) = plates(world.scene(), world.home.scale)
    top = world.home.to_view(plate[0], plate[1])[1]
    assert top >= world.frame.map[1] - 1e-6


def test_a_note_of_careers_stays_with_its_row_beyond_what_is_in_sight() -> None:
    data, _ = read_sound(bundled_dataset())
    wanted = Annotations(notes=(Note("people:lucas-beyer", "Long", (9.0, 9.0)),))
    data = apply(data, annotate(data, "careers", wanted, "Write"))
    options = CareersOptions(Options(), size=(1200.0, 640.0))
    picture = CareersPicture.whole(data, options, fixed, Gathered.of(data, Options()))
    scene = CareersShown.of(fixed, CareersWorld(picture), None).scene(None, "cumulative", 0.0)
    of = anchor(scene, picture.gathered, "people:lucas-beyer")
    assert of is not None
    (plate,) = plates(scene)
    assert plate[3] > picture.frame.map[1] + picture.frame.map[3]  # out of sight, below the foot
    assert plate[1] > of.at[1]


def test_what_is_not_in_the_picture_is_neither_highlighted_nor_spoken_of() -> None:
    gone = Annotations(notes=(Note("organizations:nowhere", "Hello"),), highlights=("organizations:nowhere",))
    scene = flow_map(gone).scene()
    assert not of_role(scene, Role.MARKER)
    assert not of_role(scene, Role.NOTE)


def test_a_note_stands_beside_its_mark_with_a_line_to_it() -> None:
    note = Note("organizations:north", "The head\nand what it says", (90.0, -60.0))
    made = flow_map(Annotations(notes=(note,)))
    scene = made.scene()
    of = anchor(scene, made.gathered, "organizations:north")
    assert of is not None
    (plate,) = plates(scene)
    inside = made.frame.map
    assert plate[0] >= inside[0] - 1e-6
    assert plate[1] >= inside[1] - 1e-6
    assert {"The head", "and what it says"} <= set(words(scene))
    lines = of_role(scene, Role.NOTE_LINE)
    assert lines
    assert f"{NOTE}0" in scene.keys


def test_a_note_is_as_large_on_the_screen_however_near_one_looks() -> None:
    scene = flow_map(Annotations(notes=(Note("organizations:north", "Near"),))).scene()
    wide = []
    for scale in (1.0, 1.5, 3.0, 7.0, 11.9):
        (plate,) = plates(scene, scale)
        wide.append((plate[2] - plate[0]) * scale)
    assert max(wide) / min(wide) < STEP + 1e-9


@given(st.floats(0.05, 2.0), st.floats(1.0, 40.0))
def test_at_every_scale_exactly_one_layer_of_notes_is_in_sight(whole: float, times: float) -> None:
    found = bands(whole, whole * times)
    assert found[0][0] == whole
    assert math.isinf(found[-1][1])
    assert all(one[1] == two[0] for one, two in pairwise(found))
    assert found[-1][0] <= whole * times * STEP


@given(
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    st.tuples(st.floats(0, 60), st.floats(0, 60)),
    st.tuples(st.floats(-300, 300), st.floats(-300, 300)).filter(lambda place: math.hypot(*place) > NEAREST),
    st.floats(0.3, 3.0),
    st.floats(0.1, 3.0),
)
def test_a_note_that_is_carried_stands_where_it_was_put(
    at: tuple[float, float], half: tuple[float, float], place: tuple[float, float], unit: float, per_pixel: float
) -> None:
    of = Anchor(at, half)
    box = stands(of, Note("", "", place), (120.0, 40.0), unit, per_pixel)
    assert placed(of, box, unit, per_pixel) == pytest.approx(place, abs=1e-6)


@given(
    st.tuples(st.floats(0, 60), st.floats(0, 60)),
    st.tuples(st.floats(-80, 80), st.floats(-80, 80)),
    st.floats(0.3, 3.0),
)
def test_a_note_never_covers_its_mark_however_small_the_picture(
    half: tuple[float, float], place: tuple[float, float], unit: float
) -> None:
    put = placed(Anchor((0.0, 0.0), half), (place[0] - 60, place[1] - 20, 120.0, 40.0), unit, 1.0)
    x, y, w, h = stands(Anchor((0.0, 0.0), half), Note("", "", put), (120.0, 40.0), unit / 2, 1.0)
    assert max(x - half[0], -half[0] - x - w, y - half[1], -half[1] - y - h) > -1e-6


def test_computed_callouts_give_way_to_notes() -> None:
    data, _ = read_sound(bundled_dataset())
    plain = FlowMap.of(data, FlowMapOptions(Options(), SIZE), fixed)
    callouts = [bounds(mark)[row] for _, mark, row in of_role(plain.scene(), Role.PLATE)]
    left, top, right, bottom = callouts[0].tolist()
    of = anchor(plain.scene(), plain.gathered, "organizations:meta")
    assert of is not None
    place = placed(of, (left, top, right - left, bottom - top), plain.frame.scale, 1.0)
    wanted = Annotations(notes=(Note("organizations:meta", "Mine", place),))
    data = apply(data, annotate(data, "flowmap", wanted, "Write"))
    made = FlowMap.of(data, FlowMapOptions(Options(), SIZE), fixed).scene()
    assert len(of_role(made, Role.PLATE)) == len(callouts) - 1


def test_there_is_room_for_a_new_note_where_it_covers_no_name() -> None:
    made = flow_map(Annotations(), alone=False)
    scene = made.scene(still=False)
    for key in ("organizations:north", "flow:north>south"):
        of = anchor(scene, made.gathered, key)
        assert of is not None
        place = roomiest(scene, of, (140.0, 50.0), Sight(made.frame, HOME, CLOSEST, beyond=False))
        x, y, w, h = stands(of, Note("", "", place), (140.0, 50.0), made.frame.scale, 1.0)
        for layer in scene.layers:
            for mark in layer.marks if layer.space == "world" else ():
                if isinstance(mark, Label):
                    left, top, right, bottom = bounds(mark).T
                    assert not ((left < x + w) & (right > x) & (top < y + h) & (bottom > y)).any()


def test_a_new_note_of_a_chart_has_its_room_in_what_the_whole_shows() -> None:
    data, _ = read_sound(bundled_dataset())
    chart = OrgChart.of(data, OrgChartOptions(Options(), (1200.0, 640.0)), fixed)
    world = ChartWorld.of(chart, (1200.0, 640.0), Folds())
    sight = Sight(world.frame, world.home, 4.0, beyond=False)
    assert world.home.scale < 0.9
    of = anchor(world.scene(), chart.gathered, "people:alexandr-wang")
    assert of is not None
    place = roomiest(world.scene(), of, (140.0, 50.0), sight)
    box = stands(of, Note("", "", place), (140.0, 50.0), world.frame.scale, 1 / world.home.scale)
    assert sight.held(box) == pytest.approx(box)


def test_notes_and_highlights_are_read_out() -> None:
    wanted = Annotations("Mine", (Note("organizations:south", "Look\nhere"),), ("organizations:north",))
    made = flow_map(wanted)
    scene = made.scene(still=False)
    plain = twin(made, scene, None, mode="cumulative", window=183.0)
    told = annotated_twin(plain, scene, made.gathered)
    assert told.title == "Mine"
    assert "Highlighted: NL" in told.lines
    mark = told.mark(f"{NOTE}0")
    assert mark is not None
    assert mark.name == "Note about South"
    assert mark.description == "Look; here"
    assert mark in told.places
    assert told.of_organization.keys() == {place.key for place in told.places}
    assert "Note about South: Look; here" in told.text


def test_tiles_have_no_notes() -> None:
    data = written(Annotations("Mine", (Note("organizations:north", "Here"),), ("organizations:north",)))
    scene = Multiples.of(data, MultiplesOptions("flowmap", Options(), SIZE, None, (), None, ""), fixed).scene()
    assert scene.header.title == "Mine"
    assert not of_role(scene, Role.NOTE)
    assert of_role(scene, Role.MARKER)


def test_a_box_is_highlighted_as_a_whole_and_not_its_parts() -> None:
    data = written(Annotations(highlights=("flow:north>south",)), "matrix")
    scene = Matrix.of(data, ExchangeOptions(Options(), SIZE), fixed).scene()
    pens = of_role(scene, Role.MARKER)
    assert len(pens) == 2
    wide = {round(float(mark.w[row])) for _, mark, row in pens if isinstance(mark, Box)}
    row = scene.keys.index("flow:north>south")
    cell = np.concatenate([m.w[m.key == row] for m in scene.layer("cells").marks if isinstance(m, Box)])
    assert wide == {round(float(cell.max()))}
