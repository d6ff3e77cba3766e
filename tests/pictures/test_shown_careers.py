"""Careers and timeline as a canvas shows them: parts, days, picking, cards, words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.files.registry import read_sound
from app.pictures import shown_careers, shown_timeline
from app.pictures.career_world import NEAR
from app.pictures.gathered import Gathered
from app.places import bundled_dataset
from app.scene.camera import HOME, Camera
from app.scene.scene import Scene
from app.scene.style import Emphasis, Role
from app.scene.twin import Kind
from tests.benchmarks.synthetic import dataset as synthetic
from tests.pictures.lives import eventful, styled
from tests.pictures.made import fixed

SIZE = (1200.0, 800.0)
NOW: tuple[float | None, str, float] = (None, "cumulative", 0.0)


def careers(data: Dataset | None = None, **chosen: object) -> shown_careers.CareersShown:
    return shown_careers.made(Gathered.of(data or eventful(), Options()), fixed, SIZE, **chosen)  # type: ignore[arg-type]  # options by name


def timeline(data: Dataset | None = None, **chosen: object) -> shown_timeline.TimelineShown:
    return shown_timeline.made(Gathered.of(data or eventful(), Options()), fixed, SIZE, **chosen)  # type: ignore[arg-type]  # options by name


def scene(shown: shown_careers.CareersShown | shown_timeline.TimelineShown, day: str = "") -> Scene:
    at = float(dates.parse(day).earliest) if day else None
    return shown.scene(at, "cumulative", 0.0)


def lit(shown: shown_careers.CareersShown | shown_timeline.TimelineShown, *keys: str) -> set[str]:
    made = scene(shown)
    return {made.keys[row] for row in shown.lit(made, keys)}


# --- careers ---


def test_the_window_scrolls_over_everyone_and_begins_at_the_top() -> None:
    shown = careers(synthetic(1_000))
    left, top, right, bottom = shown.world

    assert shown.home == HOME
    assert (left, top, right) == (0, 0, SIZE[0])
    assert shown.picture.plan is not None
    assert bottom > shown.picture.plan.bottom > 5 * SIZE[1]


def test_of_many_people_a_scene_holds_what_the_camera_sees_and_no_more() -> None:
    shown = careers(synthetic(3_300))
    made = scene(shown)
    below = Camera(1.0, 0.0, -9_000.0)
    far = Camera(0.45, 0.0, 0.0)

    assert shown.covers(made, HOME)
    assert not shown.covers(made, below)
    assert not shown.covers(made, far)
    for camera in (below, far):
        there = shown.detailed(camera)
        assert there.covers(scene(there), camera)
    n_names = [len(styled(scene(s), Role.SEAT_NAME)) for s in (shown, shown.detailed(below))]
    assert all(0 < n < 120 for n in n_names)
    rows = {key for key, *_ in styled(scene(shown), Role.SEAT_NAME)}
    assert rows.isdisjoint(key for key, *_ in styled(scene(shown.detailed(below)), Role.SEAT_NAME))


def test_a_part_reaches_beyond_the_view_on_all_sides_of_its_rows() -> None:
    shown = careers(synthetic(3_300)).detailed(Camera(1.0, 0.0, -9_000.0))
    made = scene(shown)

    assert shown.covers(made, Camera(1.0, 0.0, -9_300.0))
    assert shown.covers(made, Camera(1.0, 0.0, -8_700.0))


def test_from_afar_there_are_bars_without_words() -> None:
    made = scene(careers())
    for layer in made.layers:
        if layer.space == "world" and layer.name in ("stints", "names", "heads", "years"):
            assert layer.min_scale == NEAR
        if layer.name == "stints from afar":
            assert layer.max_scale == NEAR


def test_another_day_moves_the_day_line_and_nothing_else() -> None:
    shown = careers()
    one, two = scene(shown, "2022-01-01"), scene(shown, "2024-01-01")
    still = [layer for layer in one.layers if layer.name in ("grid", "stints", "heads")]

    assert still
    assert all(any(layer is other for other in two.layers) for layer in still)
    pale = [
        {key for key, style, *_ in styled(made, Role.SEAT_NAME) if style.emphasis is Emphasis.QUIET}
        for made in (one, two)
    ]
    assert pale[0] > pale[1]
    assert scene(shown, "2024-01-01") is two


def test_the_title_counts_who_was_where_on_the_day() -> None:
    data, _ = read_sound(bundled_dataset())
    shown = careers(data)

    assert "were at" in scene(shown, "2022-01-01").header.title
    assert scene(shown, "2022-01-01").header.title != scene(shown, "2026-01-01").header.title


def test_a_person_lights_their_name_and_all_their_bars_a_move_both_of_its_bars() -> None:
    shown = careers()

    assert lit(shown, "people:ada") == {"people:ada", "stints:st-ada-00", "stints:st-ada-01"}
    assert lit(shown, "move:st-ada-00>st-ada-01") == {
        "move:st-ada-00>st-ada-01", "stints:st-ada-00", "stints:st-ada-01"}  # fmt: skip
    assert {"move:st-ada-00>st-ada-01", "move:st-ben-02>st-ben-03"} <= lit(shown, "flow:north>south")
    assert lit(shown, "people:nobody") == set()


def test_where_a_record_stands_is_known_even_where_it_is_not_made() -> None:
    data = synthetic(3_300)
    shown = careers(data)
    assert shown.picture.plan is not None
    last = int(shown.picture.plan.order.people[-1])
    key = f"people:{data['people'].item(last, 'id')}"
    box = shown.box_of(scene(shown), (key,))

    assert box is not None
    assert box[1] > 10 * SIZE[1]
    assert shown.box_of(scene(shown), ("people:who",)) is None


def test_what_lies_under_the_pointer_says_who_says_so() -> None:
    shown = careers()
    made = scene(shown)
    left, top, right, bottom = shown.box_of(made, ("stints:st-ada-00",)) or (0.0, 0.0, 0.0, 0.0)
    x, y = (left + right) / 2, (top + bottom) / 2

    assert shown.key_at(made, x, y, 1.0) == "stints:st-ada-00"
    card = shown.card(made, "stints:st-ada-00", None, x, y, 1.0)
    assert card is not None
    assert (card.head, card.organization) == ("Ada Madeup", "north")
    assert "confirmed, The Paper" in card.notes
    for key, head in (("people:ada", "Ada Madeup"), ("move:st-ada-00>st-ada-01", "Ada Madeup")):
        told = shown.card(made, key, None, 0, 0, 1.0)
        assert told is not None
        assert told.head == head
    assert shown.card(made, "claims:yes", None, 0, 0, 1.0) is None


def test_every_line_can_be_read_out() -> None:
    shown = careers(group="origin", sort="name")
    twin = shown.twin(scene(shown), *NOW)  # type: ignore[arg-type]  # a mode by its word

    assert [mark.key for mark in twin.marks] == [f"people:{p}" for p in ("ada", "ben", "dov", "eve", "fay", "cyd")]
    assert {mark.kind for mark in twin.marks} == {Kind.PERSON}
    assert "South, Clerk: since 2023-04-10, confirmed" in twin.marks[0].text
    assert "North" in twin.marks[0].name
    assert "start not known" in twin.marks[1].text


def test_careers_of_nobody_can_be_shown() -> None:
    shown = careers(Dataset.of({}))
    made = scene(shown)

    assert shown.covers(made, Camera(1.0, 0.0, -500.0))
    assert shown.twin(made, *NOW).marks == ()  # type: ignore[arg-type]  # a mode by its word
    assert shown.box_of(made, ("people:ada",)) is None


@pytest.mark.parametrize("make", [careers, timeline])
def test_the_axis_goes_up_to_the_end_of_the_clock(make: object) -> None:
    span = (dates.day(2020), dates.day(2030))
    shown = make(span=span)  # type: ignore[operator]  # one of two makers
    days = shown.picture.plan.days if isinstance(shown, shown_careers.CareersShown) else shown.picture.days

    assert days.last == span[1]


# --- timeline ---


def test_days_of_a_timeline_share_all_but_the_veil() -> None:
    shown = timeline()
    one, two = scene(shown, "2023-01-01"), scene(shown, "2025-01-01")
    same = [layer for layer in one.layers if any(layer is other for other in two.layers)]

    assert {"events", "names", "heads"} <= {layer.name for layer in same}
    ((_, _, a, m),), ((_, _, b, n),) = (styled(made, Role.VEIL) for made in (one, two))
    assert a.x[m] < b.x[n]  # type: ignore[union-attr]  # boxes
    assert one.header.title != two.header.title


def test_records_light_their_events() -> None:
    shown = timeline()

    assert lit(shown, "claims:yes") == {"claims:yes"}
    assert lit(shown, "people:ada") == {"move:st-ada-00>st-ada-01"}
    assert lit(shown, "flow:north>south") >= {"move:st-ada-00>st-ada-01", "move:st-ben-02>st-ben-03"}
    assert shown.box_of(scene(shown), ("claims:yes",)) is not None


def test_a_record_within_a_span_of_several_lights_the_span() -> None:
    data, _ = read_sound(bundled_dataset())
    shown = timeline(data)
    lane = shown.picture.lanes[0]
    span = next(span for span in lane.spans if len(span.events) > 1)
    found = lit(shown, lane.lane.events[span.events[0]].key)

    assert len(found) == 1
    key = found.pop()
    assert key.startswith("group:")
    card = shown.card(scene(shown), key, None, 0, 0, 1.0)
    assert card is not None
    assert card.head.startswith(f"{len(span.events)} between ")


def test_an_event_says_who_says_so() -> None:
    shown = timeline()
    card = shown.card(scene(shown), "relations:bond", None, 0, 0, 1.0)

    assert card is not None
    assert card.head == "North → South"
    assert card.notes[-1] == "The Paper, 2026-01-31"
    assert shown.card(scene(shown), "people:ada", None, 0, 0, 1.0) is None


def test_what_lies_under_the_pointer_is_found() -> None:
    shown = timeline()
    made = scene(shown)
    left, top, right, bottom = shown.box_of(made, ("successions:join",)) or (0.0, 0.0, 0.0, 0.0)

    assert shown.key_at(made, (left + right) / 2, (top + bottom) / 2, 1.0) == "successions:join"
    assert "successions:join" in shown.keys_in(made, (left, top, right, bottom), 1.0)


def test_lanes_and_events_can_be_read_out() -> None:
    shown = timeline()
    twin = shown.twin(scene(shown), *NOW)  # type: ignore[arg-type]  # a mode by its word
    lanes = twin.below[""]

    assert [mark.name for mark in lanes] == ["Moves", "Deals", "Claims", "Mergers and renames", "Seats and targets"]
    assert twin.below[lanes[0].key][0].name == "Ada Madeup: North → South"
    n_told = sum(len(twin.below[lane.key]) for lane in lanes)
    assert n_told == len(shown.picture.happenings.events)
    assert len({mark.key for mark in twin.marks}) == len(twin.marks)


def test_a_timeline_of_nothing_can_be_shown() -> None:
    shown = timeline(Dataset.of({}))

    assert shown.twin(scene(shown), *NOW).marks == ()  # type: ignore[arg-type]  # a mode by its word
    assert shown.covers(scene(shown), HOME)
    assert replace(shown).world == (0, 0, *SIZE)
    assert np.isfinite(shown.nearest)
