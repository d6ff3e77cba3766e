"""Several teams in one picture: one scale, the same columns, what is said of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.pictures.seat_layers import arranged
from app.pictures.team_compare import TeamCompare, TeamCompareOptions
from app.scene.marks import Dot, Label, Path
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role
from tests.pictures.made import fixed, texts
from tests.pictures.teams import crews
from tests.pictures.test_buildout import edited, marks, open_places, quiet, tip

FOUR = ("crew-1", "crew-2", "crew-3", "north")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Teams of 6 of 10, 9 of 8 and 3 without a target."""
    return crews((6, 10), (9, 8), (3, None))


def compared(dataset: Dataset, day: str = "2026-01-31", **options: Any) -> TeamCompare:
    """The comparison of a dataset in the fixed font; lens: its text; since: first day of the window."""
    since = options.pop("since", None)
    window = (dates.parse(since).earliest, FUTURE) if since else None
    chosen = Options(as_of=dates.parse(day).latest - 1, window=window, lens=parse(options.pop("lens", "")))
    return TeamCompare.of(dataset, TeamCompareOptions(chosen, **{"focus": FOUR, **options}), fixed)


def ends(scene: Scene, role: Role) -> dict[str, tuple[float, float]]:
    """Key → the last point of each line of a role."""
    return {
        scene.keys[m.key[row]]: tuple(m.points[m.offsets[row + 1] - 1].tolist())
        for layer in scene.layers
        for m in layer.marks
        if isinstance(m, Path)
        for row in range(len(m))
        if m.key[row] >= 0 and scene.styles[int(m.style[row])].role is role and m.stroke[row] == 0
    }


def label_of(scene: Scene, text: str, layer: str = "teams") -> tuple[float, float]:
    """Where a word of a layer stands."""
    return next(
        (float(m.x[row]), float(m.y[row]))
        for m in scene.layer(layer).marks
        if isinstance(m, Label)
        for row in range(len(m))
        if m.text[row] == text
    )


def test_every_team_has_its_name_its_figures_and_says_what_is_counted(dataset: Dataset) -> None:
    scene = compared(dataset).scene()
    words = texts(scene, "teams")

    assert [word for word in words if word.startswith(("Crew", "North"))] == ["Crew 1", "Crew 2", "Crew 3", "North"]
    assert {"6 of 10 seats filled", "4 open", "9 seats filled, target 8", "1 over"} <= set(words)
    assert {"0 known people", "no seat on record", "6 left again"} <= set(words)
    assert scene.header.title == "How 4 teams filled on 31 January 2026"
    assert "known people where no seat is on record (North)" in scene.header.scope
    assert "people known to this dataset, not staff numbers" in scene.legend[-1]
    assert "headcount" not in " ".join(texts(scene)).casefold()


def test_two_teams_have_their_figures_in_the_title(dataset: Dataset) -> None:
    assert compared(dataset, focus=("crew-2", "organizations:crew-1")).scene().header.title == (
        "Crew 2: 9 seats, target 8; Crew 1: 6 of 10 seats on 31 January 2026"
    )


def test_curves_stand_on_one_scale_of_days_and_people(dataset: Dataset) -> None:
    scene = compared(dataset).scene()
    sure, targets = ends(scene, Role.SURE), ends(scene, Role.TARGET)
    bottoms = {key: y for key, (_, y) in sure.items()}

    assert len({round(x, 6) for x, _ in sure.values()}) == 1
    row = label_of(scene, "Crew 2")[1] - label_of(scene, "Crew 1")[1]
    up = {key: bottoms[f"group:in-seat:{FOUR[n]}"] - n * row for n, key in enumerate(FOUR)}
    seat = (up["north"] - up["crew-2"]) / 9
    assert seat > 0
    assert [round((up["north"] - up[key]) / seat, 6) for key in FOUR] == [6, 9, 3, 0]
    goals = [targets["targets:goal-1"][1], targets["targets:goal-2"][1] - row]
    assert [round((up["north"] - y) / seat, 6) for y in goals] == [10, 8]


def test_people_stand_in_the_column_of_their_origin_and_open_places_in_the_last(dataset: Dataset) -> None:
    scene = compared(dataset).scene()
    names = ("North", "South", "East", "West", "not known", "still open")
    heads = {name: label_of(scene, name, "counts")[0] for name in names}
    spots = {key: x for key, _, x, _ in marks(scene, Role.SEATED)}

    assert list(heads) == sorted(heads, key=heads.__getitem__)
    for n in range(6):
        lane = heads[("North", "South", "East", "West")[n % 4]]
        assert lane <= spots[f"seats:seat-1-{n:05}"] < lane + 100
    assert open_places(scene) == {f"group:open:{n}:crew-1" for n in range(1, 5)}
    assert tip(scene, "cell:north>crew-2").head == "Crew 2, from North: 3"
    assert tip(scene, "cell:north>crew-2").links == ("paper",)
    assert tip(scene, "seats:seat-1-00000").head == "Given0 Family0"


def test_a_person_without_a_seat_says_who_since_when_and_on_whose_word(dataset: Dataset) -> None:
    scene = compared(edited(dataset, "stints", p1_00000_0={"end": ".."})).scene()
    told = tip(scene, "people:p1-00000")

    assert told.head == "Given0 Family0"
    assert told.lines[0] == "Sailor, North"
    assert told.lines[-1] == "Where they came from is not on record"
    assert told.links == ("paper",)


def test_every_mark_that_stands_for_something_says_something(dataset: Dataset) -> None:
    scene = compared(dataset).scene()
    silent = {
        scene.keys[key]
        for layer in scene.layers
        for m in layer.marks
        for key, said in zip(m.key.tolist(), m.tip.tolist(), strict=True)
        if key >= 0 > said
    }
    assert silent == set()


def test_more_teams_than_there_is_room_for_are_counted(dataset: Dataset) -> None:
    picture = compared(dataset, size=(1000.0, 480.0))
    scene = picture.scene()
    n = len(picture.shown)

    assert 1 <= n < 4
    noun = "team" if n == 3 else "teams"
    assert scene.header.left_out == f"Left out: {4 - n} {noun} for which there is no room"
    assert (f"{noun} for which there is no room", 4 - n) in scene.meta.left_out
    eight = crews(*[(2, 3)] * 8)
    assert len(compared(eight, focus=tuple(f"crew-{k}" for k in range(1, 9))).shown) == 8


@pytest.mark.parametrize("size", [(1600.0, 1000.0), (1280.0, 720.0), (700.0, 900.0), (480.0, 320.0)])
def test_everything_stands_on_the_page(size: tuple[float, float], dataset: Dataset) -> None:
    scene = compared(dataset, size=size).scene()
    for layer in scene.layers:
        for m in layer.marks:
            if isinstance(m, Dot):
                assert (m.x - m.r >= 0).all()
                assert (m.x + m.r <= size[0]).all()
                assert (m.y + m.r <= size[1]).all()
            elif isinstance(m, Path):
                assert (m.points >= 0).all()
                assert (m.points <= np.array(size)).all()


def test_the_lens_pales_but_takes_nobody_away(dataset: Dataset) -> None:
    scene = compared(dataset, lens="from:north").scene()

    pale = {f"seats:seat-{k}-{n:05}" for k, many in ((1, 6), (2, 9), (3, 3)) for n in range(many) if n % 4}
    assert quiet(scene, Role.SEATED) == pale
    assert scene.header.context.endswith("Filter: from:north, 6 of 18 people lit")
    assert any(style.role is Role.AREA and style.emphasis is Emphasis.QUIET for style in scene.styles)
    assert "pale: outside the filter" in scene.legend


def test_the_window_begins_and_ends_the_curves_and_only_so_many_origins_are_named(dataset: Dataset) -> None:
    months = texts(compared(dataset, since="2024-03").scene(), "curve")
    assert "Apr 2024" in months
    assert not any(text.startswith("Jan 2024") for text in months)
    until = TeamCompareOptions(Options(window=(dates.day(2024), dates.day(2024, 2))), FOUR)
    assert TeamCompare.of(dataset, until, fixed).scene().header.title == "How 4 teams filled on 31 January 2024"

    heads = texts(compared(dataset, top=1).scene(), "counts")
    assert [word for word in heads if word in ("North", "South", "East", "West", "3 others")] == ["North", "3 others"]


def test_curves_may_begin_with_the_first_seat_of_each(dataset: Dataset) -> None:
    later = edited(dataset, "stints", **{f"p3_{n:05}_1": {"start": "2024-06-01"} for n in range(3)})
    scene = compared(later, focus=("crew-1", "crew-3"), aligned=True).scene()
    words = texts(scene, "curve")

    assert "PEOPLE, FROM THE FIRST SEAT FILLED" in words
    assert "first seat" in words
    assert "6 months" in words
    sure = ends(scene, Role.SURE)
    assert sure["group:in-seat:crew-3"][0] < sure["group:in-seat:crew-1"][0]
    assert not any(word.startswith("Jan") for word in words)


def test_with_a_span_the_axis_stands_still_and_a_clock_line_moves(dataset: Dataset) -> None:
    span = (dates.day(2024), dates.day(2024, 12, 31))
    lines = [ends(compared(dataset, day, span=span).scene(), Role.CLOCK) for day in ("2024-02-01", "2024-11-01")]

    assert lines[0]["group:clock"][0] < lines[1]["group:clock"][0]


def test_a_team_of_which_nothing_is_known_says_what_to_add(dataset: Dataset) -> None:
    tables = {name: dataset[name] for name in ("organizations", "people", "stints", "seats", "targets", "sources")}
    bare = Dataset.of({**tables, "stints": tables["stints"].head(0), "seats": tables["seats"].head(0)})
    scene = compared(bare, focus=("crew-3", "north"), size=(1600.0, 1000.0)).scene()

    assert any(text.startswith("No seat and no stint of Crew 3") for text in texts(scene, "curve"))
    assert compared(dataset, focus=()).scene().header.title == "No team to compare"


def test_a_focus_that_is_no_organization_is_wrong_use(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="names no organization"):
        compared(dataset, focus=("crew-1", "atlantis"))


def test_the_same_options_make_the_same_picture(dataset: Dataset) -> None:
    assert compared(dataset).scene() == compared(dataset).scene()


def test_origins_keep_the_order_of_the_palette_and_the_small_stand_together() -> None:
    colors = {"a": "c2", "b": "c1", "x": "#123456"}
    sizes = {"a": 5, "b": 2, "x": 1, "p": 1, "q": 1, "r": 4, "internal": 9, "unknown": 9}

    assert arranged(colors, sizes) == (["b", "a", "x", "r"], ["p", "q"])
    assert arranged(colors, sizes, 2) == (["a", "r"], ["b", "x", "p", "q"])
    assert arranged(colors, sizes, None, 4) == (["b", "a", "r"], ["x", "p", "q"])
    assert arranged({}, {"p": 1}) == (["p"], [])
