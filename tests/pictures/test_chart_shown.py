"""A chart on a canvas: what boxes, lines, folds and units say, where records stand, and the whole in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from app.files.registry import read_sound
from app.layout.tree import NONE
from app.pictures import shown_seats
from app.pictures.cards import Card
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_world import FOLD
from app.pictures.shown_seats import ChartShown
from app.places import bundled_dataset
from app.scene.twin import Kind, Twin
from tests.pictures.bodies import Body, bodies, chart_of, folded, panel_key, seen, world_of
from tests.pictures.desks import desk
from tests.pictures.made import fixed

ALL = Folds(DEEPEST)
CHAIN = Body(units=(NONE, 0), seats=((NONE, NONE, True), (NONE, 0, True), (NONE, 1, False), (NONE, 1, True)),
             people=(frozenset({1}), frozenset({0, NONE})))  # fmt: skip
"""A head, one below, two below that one; a unit in a unit with a person each."""


def of(body: Body, folds: Folds = ALL) -> ChartShown:
    return ChartShown.of(fixed, world_of(body.chart, folds), None)


def card(shown: ChartShown, key: str) -> Card:
    found = shown.card(shown.made, key, None, 0.0, 0.0, 1.0)
    assert found is not None
    return found


def twin(shown: ChartShown) -> Twin:
    return shown.twin(shown.made, None, "cumulative", 0.0)


@pytest.fixture(scope="module")
def office() -> ChartShown:
    """The team with one seat of every kind."""
    return ChartShown.of(fixed, world_of(chart_of(desk(), "desk"), ALL), None)


def test_a_box_says_who_since_when_span_and_level(office: ChartShown) -> None:
    boss = card(office, "seats:boss")
    assert (boss.head, boss.line, boss.organization) == ("Ada Madeup", "Clerk, The Desk", "north")
    assert boss.notes[0] == "Joined: 2025-06-10, confirmed, The Paper"
    assert boss.notes[-2:] == ("8 seats to it, 3 people on 1 level below", "Level 1 of 2")  # one of them has left
    assert card(office, "seats:sure").notes[-1] == "Level 2 of 2"
    assert "Left: 2025-10-20" in card(office, "seats:gone").notes
    empty = card(office, "seats:planned")
    assert (empty.head, empty.organization) == ("Scribe: planned", "")
    fay = card(office, "people:fay")
    assert (fay.head, fay.notes[-1]) == ("Fay Madeup", "No seat on record")


def test_span_of_control_counts_the_levels_below() -> None:
    notes = card(of(CHAIN), "seats:s001").notes
    assert notes[-2:] == ("2 seats to it, 1 person on 1 level below", "Level 2 of 3")
    assert card(of(CHAIN), "seats:s000").notes[-2] == "1 seat to it, 2 people on 2 levels below"


def test_lines_folds_and_units_say_what_they_are(office: ChartShown) -> None:
    assert card(office, "reports:r-sure").head == "Ben Madeup reports to Ada Madeup"
    assert card(office, "reports:r-sure").line == "reported, unsourced"
    fold = card(office, f"{FOLD}seats:boss")
    assert (fold.head, fold.line) == (
        "Below Ada Madeup: 3 people · 4 open", "Click to fold; with Alt, everything on its level",
    )  # fmt: skip
    unit = card(office, "organizations:desk")
    assert (unit.head, unit.line.split(";")[0]) == ("The Desk", "2 people without a seat on record")
    for key in ("organizations:nowhere", "people:nobody", "reports:none", "flow:north>desk"):
        assert office.card(office.made, key, None, 0.0, 0.0, 1.0) is None


def test_a_disputed_line_says_that_sources_disagree() -> None:
    shown = ChartShown.of(fixed, world_of(chart_of(read_sound(bundled_dataset())[0], "")), None)
    told = card(shown, "claims:c-zhao-report")
    assert told.head == "Whether Shengjia Zhao reports to Alexandr Wang is disputed"
    assert told.line == "2 sources disagree, 2025-08"


def test_the_path_leads_over_lines_and_seats_to_the_top() -> None:
    shown = of(CHAIN)
    assert shown.path("seats:s003") == ("reports:r003", "reports:r001", "seats:s001", "seats:s000")
    assert shown.path("people:h003") == shown.path("seats:s003")  # whoever holds it
    assert shown.path("seats:s000") == shown.path("people:p000") == shown.path("organizations:unit-000") == ()
    hidden = of(CHAIN, Folds(1))
    assert hidden.path("seats:s003") == shown.path("seats:s003")


def test_records_are_found_where_they_stand() -> None:
    shown = of(CHAIN)
    at, spots = shown.world_of.plan.spots
    keys = [shown.world_of.chart.boxes.keys[box] for box in at.tolist()]
    rects = {key: (x, y, x + w, y + h) for key, (x, y, w, h) in zip(keys, spots.tolist(), strict=True)}
    for key, rect in rects.items():
        assert shown.box_of(shown.made, (key,)) == pytest.approx(rect)
        assert shown.key_at(shown.made, (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2, 1.0) == key
        assert key in shown.keys_in(shown.made, rect, 1.0)
    assert shown.box_of(shown.made, ("people:h003",)) == rects["seats:s003"]
    unit = shown.world_of.unit_box("organizations:unit-001")
    assert unit is not None
    assert shown.box_of(shown.made, ("organizations:unit-001",)) == pytest.approx(
        (unit[0], unit[1], unit[0] + unit[2], unit[1] + unit[3])
    )
    both = shown.box_of(shown.made, ("reports:r003",))
    assert both == pytest.approx(_around(rects["seats:s003"], rects["seats:s001"]))
    flow = shown.box_of(shown.made, ("flow:north>body",))  # who holds a seat came from there
    assert flow == pytest.approx(_around(rects["seats:s000"], rects["seats:s003"]))
    for key in ("people:nobody", "organizations:north", "flow:x>y"):
        assert shown.box_of(shown.made, (key,)) is None
    assert shown.box_of(shown.made, ()) is None


def _around(*rects: tuple[float, float, float, float]) -> tuple[float, ...]:
    corners = np.array(rects)
    return (*corners[:, :2].min(axis=0).tolist(), *corners[:, 2:].max(axis=0).tolist())


def test_a_place_between_boxes_is_a_line_a_unit_or_nothing() -> None:
    shown = of(CHAIN)
    x, y, w, h = shown.world_of.plan.spots[1][0].tolist()
    assert shown.key_at(shown.made, x + w / 2, y + h + 20.0, 0.6) in ("reports:r001", f"{FOLD}seats:s000")
    unit = shown.world_of.unit_box("organizations:unit-001")
    assert unit is not None
    assert shown.key_at(shown.made, unit[0] + 4.0, unit[1] + 4.0, 1.0) == "organizations:unit-001"
    assert shown.key_at(shown.made, -500.0, -500.0, 1.0) == ""
    assert shown.keys_in(shown.made, (-500.0, -500.0, -400.0, -400.0), 1.0) == ()


def test_only_what_others_stand_below_folds(office: ChartShown) -> None:
    shown = of(CHAIN)
    folds = {key: shown.foldable(key) for key in ("seats:s000", "people:h001", "seats:s003", "people:p000")}
    assert folds == {"seats:s000": "seats:s000", "people:h001": "seats:s001", "seats:s003": "", "people:p000": ""}
    assert shown.foldable("organizations:unit-000") == "organizations:unit-000"
    assert shown.foldable("organizations:unit-001") == shown.foldable("organizations:nowhere") == ""
    assert office.foldable("people:ada") == "seats:boss"


@settings(max_examples=25)
@given(folded())
def test_in_words_it_has_each_box_and_unit_once_below_what_it_stands_below(given: tuple[Body, Folds]) -> None:
    body, folds = given
    shown = of(body, folds)
    told, world = twin(shown), shown.world_of
    units = {panel.key for panel in world.plan.panels.panels}
    assert {mark.key for mark in told.marks} == {*seen(world), *units}
    assert len({mark.key for mark in told.marks}) == len(told.marks)
    for number, mark in enumerate(told.marks):
        assert mark.kind is (Kind.UNIT if mark.key in units else
                             Kind.PERSON if mark.key.startswith("people:") else Kind.SEAT)  # fmt: skip
        assert mark.above == "" or told.number(mark.above) < number
        if mark.key.startswith("seats:") and int(mark.key[-3:]) in body.linked:
            up = body.seats[int(mark.key[-3:])][1]
            assert mark.above == (f"seats:s{up:03}" if up != NONE else "")
        elif mark.kind is not Kind.UNIT:
            assert mark.above in {panel_key(unit) for key, unit in body.loose if key == mark.key}
    lines = told.text.splitlines()
    for mark in told.marks:  # each right below what it stands below, no other head between
        up, at = told.mark(mark.above), [n for n, line in enumerate(lines) if line.strip() == mark.text]
        if up is not None:
            deep = [len(line) - len(line.lstrip()) for line in lines]
            heads = [next(k for k in range(n, -1, -1) if deep[k] < deep[n]) for n in at]
            assert up.text in [lines[k].strip() for k in heads]


def test_of_very_many_boxes_those_above_are_read_out_and_the_rest_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_seats, "MOST_TOLD", 3)
    told = twin(of(CHAIN))
    seats = [mark.key for mark in told.marks if mark.kind is Kind.SEAT]
    assert seats == ["seats:s000", "seats:s001", "seats:s002"]
    assert told.lines[-1] == "3 more boxes, farther down"


def test_a_folded_box_says_in_words_whom_it_hides() -> None:
    told = twin(of(CHAIN, Folds(1)))
    head = told.mark("seats:s000")
    assert head is not None
    assert head.description.endswith("2 people · 1 open folded away")
    assert twin(of(Body())).marks == ()
    assert twin(of(Body())).title == "The Body: nobody on record"


@settings(max_examples=10)
@given(bodies())
def test_the_camera_reaches_all_of_it_and_a_little_more(body: Body) -> None:
    shown = of(body)
    left, top, right, bottom = shown.world
    for x, y, w, h in shown.world_of.plan.spots[1].tolist():
        assert left < x
        assert top < y
        assert x + w < right
        assert y + h < bottom
    assert shown.covers(shown.made, shown.home)
    assert shown.size == (shown.frame.width, shown.frame.height)


def test_someone_in_two_teams_is_lit_in_both() -> None:
    data = read_sound(Path(__file__).parents[1] / "data" / "teams" / "etcd_io.csv")[0]
    shown = ChartShown.of(fixed, world_of(chart_of(data, "etcd-io"), ALL), None)
    twice = next(key for key, n in seen(shown.world_of).items() if n > 1)
    (row,) = shown.lit(shown.made, (twice,))
    dots = [mark for mark in shown.made.layer("people").marks if row in mark.key.tolist()]
    assert sum(int((mark.key == row).sum()) for mark in dots[:1]) == seen(shown.world_of)[twice]
