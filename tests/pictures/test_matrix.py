"""What a matrix shows, counted by hand on a tiny dataset, and as the figures count on real ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.options import Options
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.lens import parse
from app.domain.views import reorder
from app.files.registry import read
from app.pictures import shown_exchange
from app.pictures.exchange import Exchange, ExchangeOptions
from app.pictures.gathered import Gathered
from app.pictures.matrix import Matrix
from app.places import bundled_dataset
from app.scene.marks import Box, Label
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role, Status
from tests.analysis.openstack import openstack
from tests.benchmarks import synthetic
from tests.pictures.made import fixed, small, texts


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


def made(
    dataset: Dataset | None = None,
    *,
    as_of: str = "",
    lens: str = "",
    previous: Matrix | None = None,
    **options: object,
) -> Matrix:
    chosen = Options(as_of=dates.parse(as_of).latest - 1 if as_of else None, lens=parse(lens))
    picked = ExchangeOptions(chosen, **options)  # type: ignore[arg-type]  # by name
    return Matrix.of(dataset or small(), picked, fixed, previous)


def fills(scene: Scene, key: str, layer: str = "fills") -> list[tuple[Role, Status, float, float]]:
    """Role, status, width and height of what fills the cell of a key."""
    number = scene.keys.index(key)
    found = []
    for mark in scene.layer(layer).marks:
        assert isinstance(mark, Box)
        for row in np.flatnonzero(mark.key == number).tolist():
            style = scene.styles[int(mark.style[row])]
            found.append((style.role, style.status, float(mark.w[row]), float(mark.h[row])))
    return found


def area(scene: Scene, key: str) -> float:
    return sum(w * h for role, _, w, h in fills(scene, key) if role is Role.BAND)


def total(scene: Scene, layer: str) -> list[str]:
    return [text for text in texts(scene, layer) if text.replace(",", "").isdigit()]


def rows(picture: Matrix) -> list[str]:
    return [picture.exchange.organization(place) for place in picture.order.tolist()]


def test_areas_mean_people_and_are_split_by_status() -> None:
    scene = made().scene()
    three = fills(scene, "flow:north>south")
    assert [(role, status) for role, status, *_ in three] == [
        (Role.BAND, Status.CONFIRMED),
        (Role.BAND, Status.REPORTED),
    ]
    assert three[0][2] == pytest.approx(2 * three[1][2])
    assert area(scene, "flow:north>south") == pytest.approx(3 * area(scene, "flow:north>east"))
    assert [status for _, status, *_ in fills(scene, "flow:south>north")] == [Status.RUMORED]
    assert [status for _, status, *_ in fills(scene, "flow:east>west")] == [Status.DISPUTED]


def test_figures_rows_and_columns_add_up() -> None:
    picture = made()
    scene = picture.scene()
    assert sorted(total(scene, "counts")) == ["1", "1", "1", "3"]
    assert sorted(total(scene, "totals")) == sorted(["4", "1", "1", "3", "1", "1", "1"])  # left, then joined
    assert {"FROM ↓   TO →", "LEFT", "JOINED"} == set(texts(scene, "edges"))
    joined, left = picture.exchange.totals(picture.exchange.people)
    assert joined.sum() == left.sum() == 6
    assert scene.header.title == "Most went from NL to South: 3 people"


def test_others_say_how_many_and_no_move_is_lost() -> None:
    picture = made(top=2)
    scene = picture.scene()
    assert picture.exchange.people.sum() == 6
    assert "2 others" in texts(scene, "names")
    assert "2 moves touch 2 smaller organizations" in scene.header.left_out
    assert {"group:out-north", "group:among-others", "group:others"} <= set(scene.keys)
    assert rows(picture)[-1] == ""  # others stand last
    shown = shown_exchange.MatrixShown(fixed, picture)
    told = shown.card(scene, "group:out-north", None, 0, 0, 1)
    assert told is not None
    assert (told.head, told.line) == ("NL → 2 others", "1 person · 1 confirmed")
    assert [row.name for row in told.rows] == ["Eve Madeup"]


def test_on_a_day_cells_fill_and_nothing_moves() -> None:
    whole, early = made(), made(as_of="2025-03-31")
    assert rows(whole) == rows(early)
    scene = early.scene()
    pale = [part for part in fills(scene, "flow:north>south") if part[0] is Role.LANE_PALE]
    full = [part for part in fills(scene, "flow:north>south") if part[0] is Role.BAND]
    assert len(pale) == 1
    assert sum(w for *_, w, _ in full) == pytest.approx(pale[0][2] * 2 / 3)  # Ada, and Cyd in the middle of the year
    assert [part[0] for part in fills(scene, "flow:south>north")] == [Role.LANE_PALE]
    places = [
        [(mark.text, mark.x.tolist()) for mark in picture.scene().layer("names").marks if isinstance(mark, Label)]
        for picture in (whole, early)
    ]
    assert places[0] == places[1]
    assert "after the day" in scene.header.left_out
    assert early.scene(dates.day(1990, 1)).header.title == "Nobody had moved by 1 January 1990"


def test_a_window_counts_only_what_lies_in_it() -> None:
    scene = made().scene(float(dates.day(2025, 7)), mode="window", window=60.0)
    assert total(scene, "counts") == ["1"]  # Ben, in June
    assert total(made().scene(float(dates.day(2025, 7)), mode="instant"), "counts") == []


def test_in_net_a_pair_has_one_cell() -> None:
    scene = made(net=True).scene()
    assert len(fills(scene, "flow:north>south")) == 2
    assert "flow:south>north" not in scene.keys
    assert sorted(total(scene, "counts")) == ["1", "1", "2"]
    assert "2 moves cancelled out" in scene.header.left_out
    assert scene.header.title == "Most went from NL to South: 2 people more than back"


def test_focus_lights_a_row_and_a_column() -> None:
    scene = made(focus=("south",)).scene()
    bright = {
        key: {scene.styles[int(s)].emphasis for mark in scene.layer("fills").marks for s in mark.style[mark.key == n]}
        for n, key in enumerate(scene.keys)
        if key.startswith("flow:")
    }
    assert bright["flow:north>south"] == bright["flow:south>north"] == {Emphasis.NORMAL}
    assert bright["flow:east>west"] == {Emphasis.QUIET}
    assert scene.header.title == "South: 3 arrivals, 1 departure"


def test_a_chosen_order_is_kept_before_the_one_that_stood() -> None:
    data = apply(small(), reorder(small(), "matrix", "organizations", ("west", "north"), "Order"))
    picture = made(data)
    assert [one for one in rows(picture) if one in ("west", "north")] == ["west", "north"]
    again = made(previous=picture)
    assert rows(again) == rows(picture)


def test_one_more_move_moves_nobody() -> None:
    before = made(openstack(), top=20)
    data = before.gathered.dataset
    a, b = (data["organizations"].item(at, "id") for at in (0, -1))
    stints = [
        {"id": f"new-{n}", "person_id": "new", "organization_id": o, "rank": n, "kind": "employment", "end": end}
        for n, (o, end) in enumerate(((a, "2015"), (b, "..")))
    ]
    more = apply(data, put(data, "Add", {"people": [{"id": "new", "name": "New Madeup"}], "stints": stints}))
    after = made(more, top=20, previous=before)
    assert int(after.exchange.bands.people.sum()) == int(before.exchange.bands.people.sum()) + 1
    stood = [one for one in rows(before) if one in rows(after)]
    assert [one for one in rows(after) if one in stood] == stood


@pytest.mark.parametrize("top", [1, 8, 60])
def test_every_counted_move_is_in_one_cell(bundled: Dataset, top: int) -> None:
    """As many as the figures of `stats` count, pair by pair."""
    picture = made(bundled, top=top)
    exchange = picture.exchange
    figures = summary(bundled)
    assert int(exchange.people.sum()) == figures["moves"]
    counted = {(flow["from"], flow["to"]): flow["moves"] for flow in figures["flows"]}
    for pair in np.flatnonzero(exchange.named).tolist():
        ends = tuple(exchange.organization(int(e[pair])) for e in (exchange.origin, exchange.destination))
        assert counted[ends] == exchange.people[pair]  # type: ignore[index]  # two ends
    assert len(np.unique(exchange.bands.members)) == len(exchange.bands.members)
    drawn = [key for key in picture.scene().keys if key.startswith("flow:")]
    assert len(drawn) == int(exchange.named.sum())


@given(st.integers(1, 400), st.integers(1, 40), st.integers(1, 45), st.booleans())
@settings(max_examples=25, deadline=None)
def test_moves_are_kept_whatever_is_drawn(n_stints: int, n_organizations: int, top: int, net: bool) -> None:
    data = synthetic.dataset(n_stints, n_organizations)
    exchange = Exchange.of(Gathered.of(data, Options()), top, net=net)
    assert int(exchange.bands.people.sum()) == len(exchange.gathered.moves)
    joined, left = exchange.totals(exchange.people)
    assert joined.sum() == left.sum() == exchange.people.sum()
    day = 10_000.0
    assert exchange.lanes(day).sum() == np.count_nonzero(
        ~exchange.gathered.moves.undated & (exchange.gathered.moves.joined <= day)
    )
    both = exchange.lanes(day) + exchange.lanes(float(1 << 24), day)
    assert both.sum() == np.count_nonzero(~exchange.gathered.moves.undated)
    assert len(set(zip(exchange.origin.tolist(), exchange.destination.tolist(), strict=True))) == exchange.n_pairs


def test_without_moves_it_says_what_to_do() -> None:
    empty = made(Dataset.of({})).scene()
    assert empty.header.title == "No moves on record"
    assert any("Record one" in text for text in texts(empty, "empty"))
    assert made(lens="from:West").scene().header.title == "No move matches"


@pytest.mark.parametrize("size", [(320.0, 240.0), (1280.0, 720.0), (2560.0, 1440.0)])
@pytest.mark.parametrize("top", [3, 25, 120])
def test_words_stay_in_the_picture_and_apart(bundled: Dataset, size: tuple[float, float], top: int) -> None:
    picture = made(bundled, size=size, top=top)
    scene = picture.scene()
    boxes = []
    for mark in scene.layer("names").marks:
        if isinstance(mark, Label):
            for row, text in enumerate(mark.text):
                wide = float(fixed([text], (float(mark.size[row]), 400))[0])
                left = float(mark.x[row]) - (wide if mark.anchor[row] == 2 else 0.0)
                boxes.append(
                    (left, float(mark.y[row]) - 0.7 * float(mark.size[row]), wide, 0.7 * float(mark.size[row]))
                )
                assert left >= -1e-6
                assert left + wide <= size[0] + 1e-6
    for n, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[n + 1 :]:
            assert not (x < x2 + w2 and x2 < x + w and y < y2 + h2 and y2 < y + h)
    assert scene.size == size


def test_on_a_canvas_what_is_pointed_at_is_a_flow_everywhere() -> None:
    picture = made()
    shown = shown_exchange.matrix(picture.gathered, picture.options.size, fixed)
    scene = shown.scene(None, "cumulative", 183.0)
    twin = shown.twin(scene, None, "cumulative", 183.0)
    cell = twin.mark("flow:north>south")
    assert cell is not None
    assert shown.key_at(scene, *cell.at, 1.0) == "flow:north>south"
    told = shown.card(scene, "flow:north>south", None, *cell.at, 1.0)
    assert told is not None
    assert [row.name for row in told.rows] == ["Cyd Madeup", "Ada Madeup", "Ben Madeup"]
    lit = {scene.keys[row] for row in shown.lit(scene, ("people:ada",))}
    assert lit == {"flow:north>south"}
    assert shown.box_of(scene, ("people:ada",)) is not None
    assert shown.motion is None
    assert (shown.view, shown.name) == ("matrix", "Matrix")
    known = shown_exchange.matrix(picture.gathered, picture.options.size, fixed, before=shown)
    assert rows(known.picture) == rows(picture)


def test_records_without_a_place_light_what_they_share() -> None:
    picture = made(top=2)
    shown = shown_exchange.matrix(picture.gathered, picture.options.size, fixed, top=2)
    scene = shown.scene(None, "cumulative", 183.0)

    def lit(key: str) -> set[str]:
        return {scene.keys[row] for row in shown.lit(scene, (key,))}

    assert lit("organizations:east") == {"group:others"}
    assert lit("flow:north>east") == lit("people:eve") == {"group:out-north"}
    assert lit("flow:east>west") == {"group:among-others"}
    assert lit("flow:west>north") == set()


def test_the_twin_tells_every_cell() -> None:
    shown = shown_exchange.MatrixShown(fixed, made(top=2))
    scene = shown.scene(None, "cumulative", 183.0)
    twin = shown.twin(scene, None, "cumulative", 183.0)
    told = twin.text
    assert "NL: North Lab (NL); 1 in, 4 out; most to South, 3 people" in told
    assert "NL to South, 3 people: 2 confirmed, 1 reported" in told
    assert "2 others to 2 others, 1 person: 1 disputed" in told
    assert {key for key in scene.keys if key} == {mark.key for mark in twin.marks}
