"""A picture over several pages as a reader meets it: nothing is lost, every sheet says where it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain.dataset import Dataset
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_pages import document, paged
from app.pictures.chart_world import ChartWorld
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.pictures.page_marks import Form
from app.pictures.pages import Paged
from app.render.svg import svg
from app.render.theme import LIGHT
from app.scene.marks import Box, Path
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role, Style
from tests.pictures.made import fixed, texts
from tests.pictures.teams import team as crew
from tests.pictures.test_orgchart import cards, team
from tests.render.scenes import Sketch, layer

SIZE = (800.0, 600.0)
ROOM = (40.0, 96.0, 720.0, 420.0)
BODY = Form(SIZE, 1.0).body


def world(dataset: Dataset, *, level: int | None = DEEPEST, size: tuple[float, float] = SIZE) -> ChartWorld:
    """A chart, unfolded unless told otherwise."""
    options = OrgChartOptions(
        Options(), size=size, focus="team" if "team" in dataset["organizations"]["id"] else "crew"
    )
    return ChartWorld.of(OrgChart.of(dataset, options, fixed), size, Folds(level))


def of_boxes(places: Sequence[tuple[float, float, float, float]]) -> Scene:
    """A world of boxes, each with a key of its own."""
    s = Sketch()
    marks = s.boxes(*((Style(Role.CARD), f"seats:s{n}", *place, 0) for n, place in enumerate(places)))
    return s.scene(layer("cards", 20, marks), size=SIZE)


def cut(scene: Scene, overlap: float = 36.0) -> Paged:
    return Paged.of(scene, scale=1.0, overlap=overlap, room=ROOM, measure=fixed)


def inside(box: tuple[float, float, float, float], body: tuple[float, float, float, float] = BODY) -> bool:
    x, y, w, h = box
    return x >= body[0] - 1e-6 and y >= body[1] - 1e-6 and x + w <= body[2] + 1e-6 and y + h <= body[3] + 1e-6


@given(
    st.lists(
        st.tuples(st.floats(0, 4000), st.floats(0, 3000), st.floats(1, 400), st.floats(1, 250)), min_size=1, max_size=40
    ),
    st.floats(0.0, 60.0),
)
def test_every_box_is_whole_on_a_sheet_and_no_sheet_is_without_a_mark(
    places: list[tuple[float, float, float, float]], overlap: float
) -> None:
    made = cut(of_boxes(places), overlap)
    scenes = list(made.pages())
    assert len(scenes) == made.n_pages
    if made.fits:
        assert len(cards(scenes[0])) == len(places)
        return
    found = [cards(scene) for scene in scenes[1:]]
    whole = {key for some in found for key, box in some.items() if inside(box)}
    assert whole == {f"seats:s{n}" for n in range(len(places))}
    for some in found:
        assert any(x < BODY[2] and x + w > BODY[0] and y < BODY[3] and y + h > BODY[1] for x, y, w, h in some.values())


@pytest.mark.parametrize("size", [(800.0, 600.0), (480.0, 320.0), (1600.0, 1000.0), (3200.0, 2000.0)])
@pytest.mark.parametrize("dataset", [team(60), team(300), crew(250)], ids=["few", "many", "flat"])
def test_everybody_is_whole_on_a_sheet_of_a_chart(dataset: Dataset, size: tuple[float, float]) -> None:
    laid_out = world(dataset, size=size)
    made = paged(laid_out, size)
    scenes = list(made.pages())
    assert {scene.size for scene in scenes} == {size}
    assert len(scenes) == made.n_pages
    x, y = made.grid.x, made.grid.y
    for left, top, wide, tall in laid_out.plan.spots[1].tolist():
        columns = (x.begin <= left + 4.0) & (left + wide - 4.0 <= x.end)
        rows = (y.begin <= top + 4.0) & (top + tall - 4.0 <= y.end)
        assert (made.grid.number[np.ix_(rows, columns)] > 0).any()


def test_a_sheet_says_what_it_is_a_part_of_and_which_one_follows_at_each_edge() -> None:
    laid_out = world(team(60))
    made = paged(laid_out, SIZE)
    sheets = list(made.pages())[1:]
    numbers = made.grid.number
    for scene, number in zip(sheets, range(1, numbers.max() + 1), strict=True):
        row, column = (int(n[0]) for n in np.nonzero(numbers == number))
        words = texts(scene, "sheet")
        assert f"Sheet {number} of {numbers.max()}" in words
        assert f"row {row + 1}, column {column + 1}" in words
        assert scene.header.scope == f"Sheet {number} of {numbers.max()}, row {row + 1}, column {column + 1}"
        assert "The Team: 60 seats with their reporting lines" in words
        assert any(word.startswith("As of 2026-01-31") for word in words)
        around = {
            "↑": numbers[row - 1, column] if row else 0,
            "↓": numbers[row + 1, column] if row + 1 < len(numbers) else 0,
            "←": numbers[row, column - 1] if column else 0,
            "→": numbers[row, column + 1] if column + 1 < numbers.shape[1] else 0,
        }
        said = " ".join(words)
        for arrow, other in around.items():
            assert (f"{arrow} sheet {other}" in said) == bool(other)
            assert (arrow in said) == bool(other)


def test_sheets_are_cut_along_lines_that_neighbours_share() -> None:
    made = cut(of_boxes([(x, y, 200.0, 50.0) for x in np.arange(0, 2000, 212.0) for y in np.arange(0, 1200, 62.0)]))
    sheets = list(made.pages())[1:]
    grid = made.grid
    corners = []
    for number, scene in enumerate(sheets, 1):
        row, column = (int(n[0]) for n in np.nonzero(grid.number == number))
        (lines,) = scene.layer("cuts").marks
        assert isinstance(lines, Path)
        thin = [n for n, s in enumerate(lines.style.tolist()) if scene.styles[s].emphasis is Emphasis.NORMAL]
        at = {tuple(np.round(lines.points[2 * n] + lines.points[2 * n + 1], 6).tolist()) for n in thin}
        assert (
            len(at)
            == len(thin)
            == sum(
                bool(0 <= r < len(grid.y) and 0 <= c < len(grid.x) and grid.number[r, c])
                for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
            )
        )
        left = BODY[0] - float(grid.x.begin[column])
        upright = [lines.points[2 * n, 0] for n in thin if lines.points[2 * n, 0] == lines.points[2 * n + 1, 0]]
        corners += [(round(float(x) - left, 6), column) for x in upright]
    shared = {x for x, _ in corners}
    assert shared == {round(float(x), 6) for x in grid.x.cut[1:-1]}  # the same place of the world from both sides
    gaps = [(x % 212.0) for x in shared]
    assert all(gap > 200.0 for gap in gaps)  # no card is cut through


def test_marks_beyond_the_body_lie_under_ground() -> None:
    scene = list(cut(of_boxes([(x, 0.0, 200.0, 50.0) for x in np.arange(0, 2000, 212.0)])).pages())[2]
    bands = scene.layer("bands")
    above = [la for la in scene.layers if la.z > bands.z or (la.z == bands.z and la.space == "page")]
    assert all(la.space == "page" for la in above)
    (ground,) = bands.marks
    assert isinstance(ground, Box)
    reach = [
        (float(x), float(y), float(x + w), float(y + h))
        for x, y, w, h in zip(ground.x, ground.y, ground.w, ground.h, strict=True)
    ]
    for x in np.linspace(-20, SIZE[0] + 20, 30):
        for y in np.linspace(-20, SIZE[1] + 20, 30):
            in_body = BODY[0] < x < BODY[2] and BODY[1] < y < BODY[3]
            covered = any(a <= x <= c and b <= y <= d for a, b, c, d in reach)
            assert covered != in_body


def test_the_overview_shows_every_sheet_with_its_number_and_counts_those_left_out() -> None:
    ring = [(x, y, 200.0, 50.0) for x in np.arange(0, 3000, 212.0) for y in (0.0, 2400.0)]
    made = cut(of_boxes(ring))
    overview = next(made.pages())
    assert made.grid.n_empty > 0
    (frames,) = overview.layer("sheets").marks
    assert len(frames) == made.grid.n_sheets
    assert texts(overview, "numbers of sheets") == [str(n) for n in range(1, made.grid.n_sheets + 1)]
    (note,) = texts(overview, "about the sheets")
    assert note.startswith(f"The frames are {made.grid.n_sheets} sheets at reading size that follow, in ")
    assert note.endswith(f"{made.grid.n_empty} empty ones left out")
    x, y, w, h = ROOM
    assert all(inside(box, (x, y, x + w, y + h)) for box in cards(overview).values())
    assert len(cards(overview)) == len(ring)


def test_the_overview_of_a_chart_has_its_header_and_its_legend() -> None:
    laid_out = world(team(300))
    overview, first, *_ = paged(laid_out, SIZE).pages()
    assert overview.header == laid_out.scene().header
    assert "reports to, on record" in overview.legend
    assert "HOW TO READ" in texts(overview)
    assert first.legend == ()
    assert first.meta == overview.meta


def test_what_fits_is_one_page_at_reading_size() -> None:
    made = cut(of_boxes([(5000.0, 900.0, 222.0, 52.0), (5300.0, 900.0, 222.0, 52.0)]))
    (only,) = made.pages()
    assert (made.fits, made.n_pages) == (True, 1)
    assert {box[2:] for box in cards(only).values()} == {(222.0, 52.0)}
    assert not texts(only)
    assert [(box[0] + box[2]) for box in cards(only).values()][1] <= ROOM[0] + ROOM[2]


def test_nobody_is_one_page_that_says_so() -> None:
    options = OrgChartOptions(Options(), size=SIZE)
    nobody = ChartWorld.of(OrgChart.of(Dataset.of(), options, fixed), SIZE, Folds())
    (only,) = paged(nobody, SIZE).pages()
    assert any("Add seats and reports" in text for text in texts(only))


def test_paper_says_how_many_are_folded_away_but_offers_nothing_to_fold() -> None:
    laid_out = world(team(300), level=3)
    on_screen = texts(laid_out.scene())
    on_paper = [text for scene in paged(laid_out, SIZE).pages() for text in texts(scene)]
    assert "–" in on_screen
    assert "–" not in on_paper
    assert any(re.fullmatch(r"\+\d+|\d+ people", text) for text in on_paper)


def test_everything_stands_where_it_stands_in_the_window() -> None:
    laid_out = world(team(60), size=(1200.0, 640.0))
    made = paged(laid_out, SIZE)
    begin = float(made.grid.x.begin[0]), float(made.grid.y.begin[0])
    first = list(made.pages())[1]
    spots = {
        laid_out.chart.boxes.keys[n]: spot for n, spot in zip(*(a.tolist() for a in laid_out.plan.spots), strict=True)
    }
    for key, (x, y, w, h) in cards(first).items():
        np.testing.assert_allclose((x - BODY[0] + begin[0], y - BODY[1] + begin[1], w, h), spots[key], atol=1e-6)


def test_a_sheet_is_a_picture_that_any_device_can_write() -> None:
    *_, last = paged(world(team(60)), SIZE).pages()
    text = svg(last, LIGHT)
    assert text.startswith("<svg")
    assert 'id="k-seats%3A' in text or 'id="k-seats:' in text
    assert "Sheet " in text


def test_a_chart_that_reads_on_one_page_has_no_sheets() -> None:
    def pages(n: int, size: tuple[float, float]) -> int:
        options = OrgChartOptions(Options(), size=size, focus="team")
        return len(list(document(OrgChart.of(team(n), options, fixed))))

    assert pages(4, (1600.0, 1000.0)) == 1
    assert pages(0, (1600.0, 1000.0)) == 1
    assert pages(60, SIZE) > 3


def test_the_document_of_a_chart_begins_with_the_picture_on_one_page() -> None:
    options = OrgChartOptions(Options(), size=SIZE, focus="team", command="again")
    chart = OrgChart.of(team(60), options, fixed)
    first, overview, *_ = document(chart)
    assert first.keys == chart.scene().keys
    assert first.meta.command == "again"
    assert "sheets" in {la.name for la in overview.layers}
    assert not chart.reads
