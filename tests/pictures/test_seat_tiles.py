"""The build-out held still: the same seats in the same places, as they were at the end of each period."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.files.registry import read_sound
from app.pictures.buildout import BuildOutOptions
from app.pictures.gathered import Gathered
from app.pictures.multiples import LEAST, MOST
from app.pictures.seat_tiles import SeatTiles
from app.pictures.shown_seat_tiles import made as shown_made
from app.places import bundled_dataset
from app.scene.marks import Box, Dot, Label, Path
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role
from tests.pictures.made import fixed, small, texts
from tests.pictures.teams import team


def tiles(dataset: Dataset, day: str = "2025-01-31", *, months: int | None = None, **options: object) -> SeatTiles:
    """Small boards in the fixed font; lens: its text."""
    chosen = Options(as_of=dates.parse(day).latest - 1, lens=parse(str(options.pop("lens", ""))))
    return SeatTiles.of(dataset, BuildOutOptions(chosen, **options), fixed, months=months)  # type: ignore[arg-type]  # by name


def seats(scene: Scene) -> dict[str, list[tuple[float, float, Role]]]:
    """Where each seat has a disc or a ring, in the order of the tiles."""
    found: dict[str, list[tuple[float, float, Role]]] = {}
    for mark in scene.layer("seats").marks:
        for row in range(len(mark.key)):
            key, role = scene.keys[int(mark.key[row])], scene.styles[int(mark.style[row])].role
            if isinstance(mark, Dot) and role in (Role.AVATAR, Role.SEATED):
                found.setdefault(key, []).append((float(mark.x[row]), float(mark.y[row]), role))
            if isinstance(mark, Path) and role is Role.SEAT_OPEN:
                x, y = mark.points[mark.offsets[row] : mark.offsets[row + 1]].mean(axis=0).tolist()
                found.setdefault(key, []).append((x, y, role))
    return found


def test_each_board_says_how_many_seats_were_filled_at_its_end() -> None:
    made = tiles(team(30, 40))  # six a month from January 2024
    assert [period.name for period in made.periods] == ["2024 Q1", "2024 Q2", "2024 Q3", "2024 Q4", "2025-01-31"]
    words = texts(made.scene(), "tiles")
    assert [text for text in words if "filled" in text] == [
        "18 of 40 filled", "30 of 40 filled", "30 of 40 filled", "30 of 40 filled", "30 of 40 filled",
    ]  # fmt: skip
    assert made.scene().header.title == "Crew of Many on 31 January 2025: 30 of 40 seats filled; most came in 2024 Q1"
    assert "line: in seat for certain" not in made.scene().legend


def test_a_seat_has_the_same_place_in_every_board() -> None:
    made = tiles(team(30, 40))
    found = seats(made.scene())
    for n in range(30):
        places = found[f"seats:seat-{n:05}"]
        boards = [made.at(x, y) for x, y, _ in places]
        assert len(set(boards)) == len(places)
        corners = [made.places[tile] for tile in boards]
        pairs = zip(places, corners, strict=True)
        assert len({(round(x - left, 6), round(y - top, 6)) for (x, y, _), (left, top, *_) in pairs}) == 1
    assert len(found["seats:seat-00029"]) == 4  # came in May
    assert len(found["seats:seat-00000"]) == 5


@settings(deadline=None, max_examples=20)
@given(
    st.integers(1, 90), st.one_of(st.none(), st.integers(1, 120)), st.integers(0, 5), st.sampled_from([None, 3, 6, 12])
)
def test_whatever_the_team_no_two_seats_share_a_place_and_all_are_inside(
    n: int, wanted: int | None, vacant: int, months: int | None
) -> None:
    made = tiles(team(n, wanted, vacant=vacant), months=months, size=(1280.0, 720.0))
    assert 1 <= len(made.periods) <= MOST
    for tile, stage in enumerate(made.stages):
        standing = made.standing(tile)
        assert {place.key for place, _ in standing} == {place.key for place in stage.places}
        slots = [slot for _, slot in standing]
        assert len(set(slots)) == len(slots)
        middles, cell = made.middles(tile)
        x, y, w, h = made.places[tile]
        low, high = middles.min(axis=0) - cell / 2, middles.max(axis=0) + cell / 2
        assert x - 0.01 <= low[0]
        assert y - 0.01 <= low[1]
        assert high[0] <= x + w + 0.01
        assert high[1] <= y + h + 0.01
        gaps = np.abs(middles[:, None] - middles[None]).max(axis=2) + np.eye(len(middles)) * 1e9
        assert gaps.min(initial=1e9) >= cell - 0.01


def test_open_places_of_the_target_stand_where_no_seat_is_yet() -> None:
    made = tiles(team(6, 8), "2024-12-31", months=3)
    found = seats(made.scene())
    first, last = made.standing(0), made.standing(len(made.periods) - 1)
    assert {place.key for place, _ in last if place.empty} == {"group:open:1", "group:open:2"}
    assert {slot for place, slot in first if not place.empty} == set(range(6))
    assert all(role is Role.SEAT_OPEN for _, _, role in found["group:open:1"])


def test_a_seat_tells_what_it_was_at_the_end_of_the_period() -> None:
    data, _ = read_sound(bundled_dataset())
    shown = shown_made(Gathered.of(data, Options()), "", (1600.0, 1000.0), fixed)
    made, scene = shown.picture, shown.scene(None, "cumulative", 0.0)
    key = next(k for k in scene.keys if "yann-lecun" in k)
    names = [period.name for period in made.periods]
    for name, gone in (("2025 Q3", False), ("2026 Q1", True)):
        tile = names.index(name)
        middles, _ = made.middles(tile)
        x, y = middles[made.slots[key]].tolist()
        card = shown.card(scene, key, None, x, y, 1.0)
        assert card is not None
        assert card.head == "Yann LeCun"
        assert any(line.startswith("Left: ") for line in (card.line, *card.notes)) == gone
    read = shown.twin(scene, None, "cumulative", 0.0)
    mark = next(mark for mark in read.marks if mark.key == key)
    assert mark.description.startswith("2025 Q")
    assert "left" in mark.description


def test_the_tile_of_a_day_is_set_off() -> None:
    made = tiles(team(30, 40))
    assert made.on(dates.parse("2024-05-05").earliest) == 1
    marked = made.scene(1).layer("marked")
    (frame,) = marked.marks
    assert isinstance(frame, Path)
    x, y, w, h = made.places[1]
    assert frame.points.min(axis=0).tolist() == pytest.approx([x - 8, y])
    assert frame.points.max(axis=0).tolist() == pytest.approx([x + w + 8, y + h + 8])
    with pytest.raises(KeyError):
        made.scene().layer("marked")


def test_a_lens_pales_those_whom_it_leaves_out() -> None:
    scene = tiles(team(12, 12), lens="from:North").scene()
    pale = {
        scene.keys[int(mark.key[row])]
        for mark in scene.layer("seats").marks
        for row in range(len(mark.key))
        if isinstance(mark, Dot)
        and scene.styles[int(mark.style[row])].role is Role.AVATAR
        and scene.styles[int(mark.style[row])].emphasis is Emphasis.QUIET
    }
    assert pale == {f"seats:seat-{n:05}" for n in range(12) if n % 4}
    assert "pale: outside the filter" in scene.legend


def test_without_seats_the_picture_says_what_to_add() -> None:
    empty = tiles(Dataset.of()).scene()
    assert any("Add seats and a target" in text for text in texts(empty))
    known = tiles(small(), focus="south").scene()
    assert any("the organization chart shows them" in text for text in texts(known))
    assert not any(isinstance(mark, Box) for layer in known.layers if layer.name == "seats" for mark in layer.marks)


def test_many_seats_are_dots_and_no_board_is_too_small() -> None:
    made = tiles(team(2_000, None, per_month=100), "2026-01-31")
    scene = made.scene()
    assert LEAST <= len(made.periods) <= MOST
    assert not any(isinstance(mark, Label) for mark in scene.layer("seats").marks)
    counts = [sum(len(mark) for mark in scene.layer("seats").marks if isinstance(mark, Dot))]
    assert counts == [sum(len(stage.places) for stage in made.stages)]
