"""What a chord picture shows, counted by hand on a tiny dataset, and as the figures count on real ones."""

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
from app.pictures import shown_exchange
from app.pictures.chord import Chord
from app.pictures.exchange import ExchangeOptions
from app.places import bundled_dataset
from app.scene import motion
from app.scene.marks import Label, Path
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role, Status
from tests.analysis.openstack import openstack
from tests.pictures.made import fixed, small, texts


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return read(bundled_dataset())


def made(
    dataset: Dataset | None = None, *, as_of: str = "", lens: str = "", previous: Chord | None = None, **options: object
) -> Chord:
    chosen = Options(as_of=dates.parse(as_of).latest - 1 if as_of else None, lens=parse(lens))
    picked = ExchangeOptions(chosen, **options)  # type: ignore[arg-type]  # by name
    return Chord.of(dataset or small(), picked, fixed, previous)


def bodies(scene: Scene, key: str) -> list[tuple[Role, Status, float]]:
    """Role, status and breadth, where it begins, of each part of a chord."""
    number = scene.keys.index(key)
    found = []
    for mark in scene.layer("chords").marks:
        assert isinstance(mark, Path)
        for row in np.flatnonzero(mark.key == number).tolist():
            style = scene.styles[int(mark.style[row])]
            points = mark.points[mark.offsets[row] : mark.offsets[row + 1]]
            begins = np.concatenate([points[:1], points[-10:]])  # the left corner, and along the rim from the right
            found.append((style.role, style.status, float(np.hypot(*(begins[0] - begins[1])))))
    return found


def round_(picture: Chord) -> list[str]:
    return [picture.exchange.organization(place) for place in picture.order.tolist()]


def test_chords_are_as_broad_as_their_people_in_lanes_of_status() -> None:
    picture = made()
    k, scene = picture.layout.k, picture.scene()
    parts = bodies(scene, "flow:north>south")
    assert [part[:2] for part in parts] == [(Role.BAND, Status.CONFIRMED), (Role.BAND, Status.REPORTED)]
    assert parts[0][2] > parts[1][2]
    assert picture.layout.widths.tolist() == pytest.approx((k * picture.exchange.people[picture.pair]).tolist())
    assert [status for _, status, _ in bodies(scene, "flow:south>north")] == [Status.RUMORED]
    heads = scene.layer("points").marks[0]
    assert len(heads) == 4
    assert scene.header.title == "The largest exchange: 3 people from NL to South, 1 back"


def test_arcs_sum_to_all_moves_twice(bundled: Dataset) -> None:
    for data in (small(), bundled):
        picture = made(data)
        held = (picture.layout.end - picture.layout.begin) * picture.prepared.circle.radius / picture.layout.k
        drawn = picture.exchange.people[picture.pair]
        assert held.sum() == pytest.approx(2 * drawn.sum())
        joined, left = picture.exchange.totals(picture.exchange.people)
        own = picture.exchange.origin == picture.exchange.destination
        among = 2 * np.bincount(
            picture.exchange.origin[own], picture.exchange.people[own], minlength=picture.exchange.n_places
        )
        assert held.tolist() == pytest.approx((joined + left - among).tolist())


@pytest.mark.parametrize("top", [1, 8, 60])
def test_every_counted_move_has_a_chord_or_is_named_as_left_out(bundled: Dataset, top: int) -> None:
    picture = made(bundled, top=top)
    drawn = int(picture.exchange.people[picture.pair].sum())
    gone = summary(bundled)["moves"] - drawn
    assert (f"{gone} among these are not drawn" in picture.scene().header.left_out) == (gone > 0)


def test_names_say_how_many_came_and_went() -> None:
    said = texts(made().scene(), "names")
    assert {"NL", "1 in · 4 out", "South", "3 in · 1 out", "West", "1 in · 0 out"} <= set(said)
    said = texts(made(top=2).scene(), "names")
    assert "2 others" in said


def test_on_a_day_chords_fill_and_arcs_hold_still() -> None:
    whole, early = made(), made(as_of="2025-03-31")
    assert early.layout.begin.tolist() == whole.layout.begin.tolist()
    scene = early.scene()
    assert [part[0] for part in bodies(scene, "flow:north>south")] == [Role.BAND_PALE, Role.BAND, Role.BAND]
    assert [part[0] for part in bodies(scene, "flow:south>north")] == [Role.BAND_PALE]
    assert "0 in · 0 out" not in texts(whole.scene(), "names")
    worn = {scene.styles[int(n)].role for n in scene.layer("points").marks[0].style}
    assert worn == {Role.HEAD, Role.HEAD_PALE}
    assert "1 in · 2 out" not in texts(scene, "names")
    assert early.scene(dates.day(1990, 1)).header.title == "Nobody had moved by 1 January 1990"


def test_people_go_along_their_chords_and_become_part_of_them() -> None:
    picture = made()
    moved = picture.motion
    assert moved is not None
    assert len(moved) == 5  # all but Eve, whose day is not known
    assert len(motion.frame(moved, moved.span[1] + 1, rests=picture.rests)) == 0
    going = motion.frame(moved, float(moved.land[0]) - 10.0, days_per_second=60.0)
    there = np.hypot(*(going.xy - np.array(picture.prepared.circle.centre)).T)
    assert len(going)
    assert (there <= picture.prepared.circle.rim).all()
    assert made(net=True).motion is None


def test_in_net_a_pair_is_one_chord() -> None:
    picture = made(net=True)
    assert {"flow:north>south"} <= set(picture.scene().keys)
    assert sorted(picture.exchange.people[picture.pair].tolist()) == [1, 1, 2]
    assert picture.scene().header.title == "The largest surplus: 2 people from NL to South"


def test_focus_dims_the_others() -> None:
    scene = made(focus=("south",)).scene()
    number = scene.keys.index("flow:east>west")
    marks = scene.layer("chords").marks
    dim = {scene.styles[int(s)].emphasis for mark in marks for s in mark.style[mark.key == number]}
    assert dim == {Emphasis.QUIET}
    lit = scene.keys.index("flow:north>south")
    assert {scene.styles[int(s)].emphasis for mark in marks for s in mark.style[mark.key == lit]} == {Emphasis.NORMAL}
    assert scene.header.title == "South: 3 arrivals, 1 departure"


def test_a_chosen_order_is_kept_and_so_is_the_one_that_stood() -> None:
    data = apply(small(), reorder(small(), "chord", "organizations", ("south", "west", "north", "east"), "Order"))
    picture = made(data)
    assert round_(picture) == ["south", "west", "north", "east"]
    again = made(previous=picture)
    assert round_(again) == round_(picture)
    assert again.layout.begin.tolist() == picture.layout.begin.tolist()


def test_without_moves_it_says_what_to_do() -> None:
    empty = made(Dataset.of({})).scene()
    assert empty.header.title == "No moves on record"
    assert any("Record one" in text for text in texts(empty, "empty"))
    assert made(lens="from:West").scene().header.title == "No move matches"


@pytest.mark.parametrize("size", [(320.0, 240.0), (1280.0, 720.0), (2560.0, 1440.0)])
@pytest.mark.parametrize("top", [3, 25, 120])
def test_words_stay_in_the_picture_and_apart(size: tuple[float, float], top: int) -> None:
    scene = made(openstack(), size=size, top=top).scene()
    boxes = []
    for mark in scene.layer("names").marks:
        assert isinstance(mark, Label)
        for row, text in enumerate(mark.text):
            wide = float(fixed([text], (float(mark.size[row]), 400))[0])
            left = float(mark.x[row]) - (wide if mark.anchor[row] == 2 else 0.0)
            boxes.append((left, float(mark.y[row]) - 0.7 * float(mark.size[row]), wide, 0.7 * float(mark.size[row])))
            assert left >= -1e-6
            assert left + wide <= size[0] + 1e-6
    for n, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[n + 1 :]:
            assert not (x < x2 + w2 and x2 < x + w and y < y2 + h2 and y2 < y + h)


def test_on_a_canvas_what_is_pointed_at_is_a_flow_everywhere() -> None:
    picture = made()
    shown = shown_exchange.chord(picture.gathered, picture.options.size, fixed)
    scene = shown.scene(None, "cumulative", 183.0)
    twin = shown.twin(scene, None, "cumulative", 183.0)
    for mark in twin.marks:
        assert shown.key_at(scene, *mark.at, 1.0) == mark.key
        told = shown.card(scene, mark.key, None, *mark.at, 1.0)
        assert told is not None
        assert told.line
    move = next(key for key in scene.keys if key.startswith("move:st-ada"))
    assert {scene.keys[row] for row in shown.lit(scene, (move,))} == {move, "flow:north>south"}
    assert shown.box_of(scene, (move,)) is not None
    assert shown.motion is not None
    assert (shown.view, shown.name) == ("chord", "Chord picture")
    again = shown_exchange.chord(picture.gathered, picture.options.size, fixed, before=shown)
    assert round_(again.picture) == round_(picture)


def test_the_twin_tells_every_chord_and_not_what_has_none() -> None:
    shown = shown_exchange.ChordShown(fixed, made(top=2))
    scene = shown.scene(None, "cumulative", 183.0)
    told = shown.twin(scene, None, "cumulative", 183.0).text
    assert "NL to South, 3 people: 2 confirmed, 1 reported" in told
    assert "NL to 2 others, 1 person: 1 confirmed" in told
    assert "2 others to 2 others" not in told
    net = shown_exchange.ChordShown(fixed, made(net=True))
    scene = net.scene(None, "cumulative", 183.0)
    assert "NL to South, 2 people net: 3 went, 1 the other way" in net.twin(scene, None, "cumulative", 183.0).text


def test_what_moves_only_among_others_has_no_arc_and_no_mark() -> None:
    shown = shown_exchange.ChordShown(fixed, made(lens="from:East", top=1, focus=("south",)))
    scene = shown.scene(None, "cumulative", 183.0)
    twin = shown.twin(scene, None, "cumulative", 183.0)
    assert {mark.key for mark in twin.marks} == set()
    assert not any(layer.name == "names" for layer in scene.layers)
    assert "1 among these are not drawn" in scene.header.left_out
