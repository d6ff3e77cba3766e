"""The organization chart as a reader meets it: who is drawn, how, with which words; at any size."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.errors import UsageError
from app.files.registry import read_sound
from app.pictures.frame import LOW_FOOT, framed
from app.pictures.orgchart import OrgChart, OrgChartOptions
from app.places import bundled_dataset
from app.scene.marks import Box, Dot, Label, Path
from app.scene.scene import Scene, Tip
from app.scene.style import Certainty, Emphasis, Role, Status
from tests.pictures.made import fixed, small, texts

LEAST_TYPE = 10.5


def team(n: int, *, lines: bool = True, **seats: dict[str, Any]) -> Dataset:
    """A team of n seats held by people of three origins, each but the first below the one at a third of its number."""
    ids = [f"s{i:05d}" for i in range(n)]
    organizations = [{"id": "team", "name": "The Team"}] + [
        {"id": f"o{i}", "name": f"Origin {i}", "color": f"c{i + 1}"} for i in range(3)
    ]
    people = [{"id": f"p-{i}", "name": f"Person Number{k}"} for k, i in enumerate(ids)]
    stints: list[dict[str, Any]] = []
    for k, i in enumerate(ids):
        known = {"person_id": f"p-{i}", "kind": "employment", "status": "confirmed", "source_ids": ["paper"]}
        stints.append(known | {"id": f"a-{i}", "organization_id": f"o{k % 3}", "end": "2025-05", "rank": 1})
        own = {"id": f"b-{i}", "organization_id": "team", "seat_id": i, "start": "2025-06-10", "end": "..", "rank": 2}
        stints.append(known | own)
    rows = [{"id": i, "organization_id": "team", "title": "Engineer", "rank": k} for k, i in enumerate(ids)]
    rows += [{"id": i, "organization_id": "team", "rank": n} | fields for i, fields in seats.items()]
    reports = [
        {"id": f"r-{ids[k]}", "seat_id": ids[k], "to_seat_id": ids[(k - 1) // 3], "kind": "solid", "status": "reported"}
        for k in range(1, n if lines else 0)
    ]
    source = {"id": "paper", "publisher": "The Paper", "published": "2026-01-31"}
    tables = {"organizations": organizations, "people": people, "stints": stints, "seats": rows, "reports": reports}
    return Dataset.of({name: frame_of(name, some) for name, some in (tables | {"sources": [source]}).items()})


def chart(dataset: Dataset, *, focus: str = "team", as_of: str = "", **options: Any) -> Scene:
    chosen = Options(as_of=dates.parse(as_of).latest - 1 if as_of else None)
    return OrgChart.of(dataset, OrgChartOptions(chosen, focus=focus, **options), fixed).scene()


def tip_of(scene: Scene, key: str) -> Tip:
    """What a seat says when asked."""
    number = scene.keys.index(key)
    marks = (mark for layer in scene.layers for mark in layer.marks)
    at = next(int(mark.tip[row]) for mark in marks for row in np.flatnonzero(mark.key == number).tolist())
    return scene.tips[at]


def cards(scene: Scene, role: Role = Role.CARD) -> dict[str, tuple[float, float, float, float]]:
    """Place of each box of a role, by key."""
    return {
        scene.keys[int(m.key[n])]: (float(m.x[n]), float(m.y[n]), float(m.w[n]), float(m.h[n]))
        for layer in scene.layers
        for m in layer.marks
        if isinstance(m, Box)
        for n in range(len(m))
        if scene.styles[int(m.style[n])].role is role and m.key[n] >= 0
    }


def test_cards_stand_in_their_tree_with_name_role_and_lines() -> None:
    scene = chart(team(4))
    found = cards(scene)
    assert set(found) == {f"seats:s{i:05d}" for i in range(4)}
    assert {place[2:] for place in found.values()} == {(222.0, 52.0)}
    x, y, w, h = found["seats:s00000"]
    below = [found[f"seats:s{i:05d}"] for i in (1, 2, 3)]
    assert [place[0] for place in below] == sorted(place[0] for place in below)
    assert {place[1] - y for place in below} == {h + 40.0}
    assert (below[0][0] + below[2][0] + w) / 2 == pytest.approx(x + w / 2)
    words = texts(scene)
    assert {"Person Number0", "Engineer", "A root: nobody above is on record", "PN"} <= set(words)
    assert "reports:r-s00001" in scene.keys
    assert "4 of 4 seats have a reporting line: 2 levels, at most 3 to one seat" in scene.header.scope


def test_every_mark_of_a_seat_says_who_where_from_and_on_whose_word() -> None:
    scene = chart(team(4))
    told = {tip.head: tip for tip in scene.tips}
    assert told["Person Number1"].links == ("paper",)
    assert any("Origin 1" in text for text in told["Person Number1"].lines)
    assert told["Person Number1 reports to Person Number0"].lines == ("reported, unsourced",)


def test_seats_that_nobody_holds_are_outlined_and_named() -> None:
    seats = {
        name: {"title": name.title(), "state": state}
        for name, state in (("x1", "open"), ("x2", "planned"), ("x3", "offered"), ("x4", "on-hold"))
    }
    scene = chart(team(4, **seats))
    assert {"Nobody there yet", "X1", "open", "planned", "offered", "on hold"} <= set(texts(scene))
    assert {"open", "planned", "offered", "on hold"} <= set(scene.legend)


def test_without_lines_all_are_one_flat_group_by_origin() -> None:
    scene = chart(team(9, lines=False))
    assert scene.header.title == "The Team: no reporting line is known"
    words = texts(scene)
    assert "Reporting lines not known" in words
    assert [word for word in words if word.startswith("Origin")] == ["Origin 0", "Origin 1", "Origin 2"]
    assert words.count("3 seats") == 3
    assert not cards(scene)


def test_a_day_before_anyone_came_says_so() -> None:
    scene = chart(team(4), as_of="2024-01-01")
    assert scene.header.title == "The Team on 1 January 2024: nobody on record"
    assert scene.header.left_out == "Left out: 4 seats not yet there"
    assert any("Add seats and reports" in word for word in texts(scene))


def test_an_empty_dataset_has_an_empty_chart() -> None:
    scene = chart(Dataset.of(), focus="")
    assert scene.header.title == "No organization chart on record"
    assert not scene.legend


def test_without_seats_and_focus_the_chart_is_of_the_organization_with_most_people() -> None:
    assert chart(small(), focus="").header.title.startswith("South")


def test_people_without_seats_are_a_chart_too() -> None:
    scene = chart(small(), focus="south")
    assert "people:ben" in scene.keys
    assert "people without a seat" in scene.header.scope


def test_faulty_lines_are_counted_in_the_header_and_told_at_their_seats() -> None:
    dataset = team(4)
    faulty = [{"id": "y", "seat_id": "s00001", "to_seat_id": "s00002"}]
    faulty += [{"id": "z", "seat_id": "s00000", "to_seat_id": "s00000"}]
    reports = frame_of("reports", [*dataset["reports"].to_dicts(), *faulty])
    scene = chart(Dataset.of({**dataset.tables, "reports": reports}))
    assert "2 faulty lines, not drawn: s00001 has a second solid line" in scene.header.left_out
    assert "A root: the line above is faulty" in texts(scene)
    assert "Not drawn: s00000 reports to itself" in tip_of(scene, "seats:s00000").lines
    assert "Not drawn: s00001 has a second solid line" in tip_of(scene, "seats:s00001").lines
    assert not any("Not drawn" in line for line in tip_of(scene, "seats:s00003").lines)


def test_a_seat_tells_what_its_file_says_against_itself_and_how_long_it_is_held() -> None:
    notes = "old.csv, row 3: it answers to itself\nold.csv, row 9: it is given twice\nnew.csv, row 1: a third thing"
    lines = tip_of(chart(team(4, s00009={"notes": notes})), "seats:s00009").lines
    assert lines[-3:] == (*(f"Note: {line}" for line in notes.splitlines()[:2]), "1 more note")
    assert "Tenure: 7 mo" in tip_of(chart(team(4)), "seats:s00001").lines


def test_seats_that_are_denied_are_counted_as_left_out() -> None:
    one = chart(team(4, s00009={"status": "denied"}))
    assert one.header.left_out == "Left out: 1 denied seat"
    assert "seats:s00009" not in one.keys
    two = chart(team(4, s00008={"status": "denied"}, s00009={"status": "denied"}))
    assert two.header.left_out == "Left out: 2 denied seats"


def test_a_focus_that_is_no_organization_is_refused() -> None:
    with pytest.raises(UsageError, match="names no organization"):
        chart(team(1), focus="atlantis")


@pytest.mark.parametrize("size", [(1600.0, 1000.0), (640.0, 480.0), (480.0, 320.0), (3200.0, 2000.0)])
@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("n", [1, 3, 60, 700])
def test_all_seats_are_inside_the_picture_and_type_stays_legible(
    n: int, lines: bool, size: tuple[float, float]
) -> None:
    scene = chart(team(n, lines=lines), size=size)
    found = {**cards(scene, Role.BAR), **cards(scene)}
    seen = {key for key in scene.keys if key.startswith("seats:")}
    assert len(seen) == n
    for x, y, w, h in found.values():
        assert x >= -1e-6
        assert y >= -1e-6
        assert x + w <= size[0] + 1e-6
        assert y + h <= size[1] + 1e-6
    frame = framed(size, foot_height=LOW_FOOT)
    for dots in (m for layer in scene.layers for m in layer.marks if isinstance(m, Dot) and layer.name == "people"):
        assert (dots.x + dots.r <= size[0]).all()
        assert (dots.y + dots.r <= frame.map[1] + frame.map[3] + 1e-6).all()
    sizes = [
        (scene.styles[int(style)].role, float(size))
        for layer in scene.layers
        for m in layer.marks
        if isinstance(m, Label)
        for style, size in zip(m.style, m.size, strict=True)
    ]
    assert all(size >= LEAST_TYPE for role, size in sizes if role is not Role.INITIALS)


def test_less_detail_when_there_is_less_room() -> None:
    wide = {place[2] for place in cards(chart(team(4))).values()}
    less = {place[2] for place in cards(chart(team(45))).values()}
    assert wide == {222.0}
    assert less <= {150.0, 128.0, 104.0}
    assert less
    assert not cards(chart(team(700)))
    assert len(cards(chart(team(700)), Role.BAR)) == 700


def test_an_arrangement_can_be_chosen() -> None:
    down, right = cards(chart(team(4))), cards(chart(team(4), arrangement="right"))
    assert down["seats:s00001"][1] > down["seats:s00000"][1] + 52
    assert right["seats:s00001"][0] > right["seats:s00000"][0] + 222
    assert len({right[f"seats:s{i:05d}"][0] for i in (1, 2, 3)}) == 1


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    """The dataset that comes with the program."""
    return read_sound(bundled_dataset(), None)[0]


def test_the_bundled_team_has_its_lines_the_disputed_one_and_those_who_left(bundled: Dataset) -> None:
    scene = chart(bundled, focus="")
    assert scene.header.title == "Meta Superintelligence Labs, as far as reporting lines are known"
    dashed = {
        scene.keys[int(key)]
        for m in scene.layer("disputed").marks
        if isinstance(m, Path)
        for key, style in zip(m.key, m.style, strict=True)
        if scene.styles[int(style)].status is Status.DISPUTED
    }
    assert dashed == {"claims:c-zhao-report"}
    found = cards(scene)
    assert found["seats:seat-17-shengjia-zhao"][1] == pytest.approx(found["seats:seat-04-alexandr-wang"][1])
    assert {"Outside MSL", "Line disputed", "2 sources disagree, 2025-08"} <= set(texts(scene))
    pale = {
        scene.keys[int(m.key[n])]
        for m in scene.layer("boxes").marks
        if isinstance(m, Box)
        for n in range(len(m))
        if scene.styles[int(m.style[n])].certainty is Certainty.UNSURE
    }
    assert "seats:seat-59-yann-lecun" in pale
    seats = {key for key in scene.keys if key.startswith("seats:")}
    assert len(seats) == 59


def test_a_past_day_has_the_seats_of_that_day(bundled: Dataset) -> None:
    scene = chart(bundled, focus="organizations:meta-superintelligence-labs", as_of="2025-07-31")
    assert "on 31 July 2025" in scene.header.title
    assert "seats not yet there" in scene.header.left_out
    assert "seats:seat-59-yann-lecun" not in scene.keys


def test_the_same_data_make_the_same_picture(bundled: Dataset) -> None:
    first, second = chart(bundled, focus=""), chart(bundled, focus="")
    assert first.keys == second.keys
    assert all(a.marks == b.marks for a, b in zip(first.layers, second.layers, strict=True))


def test_dotted_lines_move_no_box() -> None:
    plain = team(7)
    dotted = {"id": "z", "seat_id": "s00006", "to_seat_id": "s00001", "kind": "dotted", "status": "reported"}
    reports = frame_of("reports", [*plain["reports"].to_dicts(), dotted])
    scene = chart(Dataset.of({**plain.tables, "reports": reports}))
    assert cards(scene) == cards(chart(plain))
    lines = [m for m in scene.layer("lines").marks if isinstance(m, Path)]
    styles = [scene.styles[int(style)] for m in lines for style in m.style]
    assert sum(style.emphasis is Emphasis.SMALL for style in styles) == 1
    assert np.isfinite(np.concatenate([m.points for m in lines])).all()


def test_a_dotted_line_to_a_root_runs_round_the_words_above_it() -> None:
    plain = team(7)
    roots = [row for row in plain["reports"].to_dicts() if row["seat_id"] not in ("s00001", "s00002")]
    for low, high in (("s00001", "s00003"), ("s00002", "s00004"), ("s00002", "s00003"), ("s00001", "s00002")):
        dotted = {"id": "dotted", "seat_id": low, "to_seat_id": high, "kind": "dotted"}
        scene = chart(Dataset.of({**plain.tables, "reports": frame_of("reports", [*roots, dotted])}))
        number = scene.keys.index("reports:dotted")
        (line,) = [
            mark.points[mark.offsets[row] : mark.offsets[row + 1]]
            for mark in scene.layer("lines").marks
            if isinstance(mark, Path)
            for row in np.flatnonzero(mark.key == number).tolist()
        ]
        captions = [
            (x, y - 10.5, x + fixed([text], (10.5, 450))[0], y)
            for mark in scene.layer("words").marks
            if isinstance(mark, Label)
            for x, y, text in zip(mark.x, mark.y, mark.text, strict=True)
            if text.startswith("A root")
        ]
        assert captions
        for (x0, y0), (x1, y1) in pairwise(line):
            for left, top, right, low_y in captions:
                beside = max(x0, x1) < left or min(x0, x1) > right
                assert beside or max(y0, y1) < top or min(y0, y1) > low_y


def test_few_seats_stand_with_some_air_above_them() -> None:
    _, top, _, high = framed((1600.0, 1000.0), foot_height=LOW_FOOT).map
    places = cards(chart(team(3))).values()
    above, below = min(y for _, y, _, _ in places) - top, top + high - max(y + h for _, y, _, h in places)
    assert 60.0 < above < below


def test_seats_of_a_unit_stand_on_a_band_with_its_name() -> None:
    plain = team(13)
    unit = {"id": "crew", "name": "The Crew", "parent_id": "team"}
    organizations = frame_of("organizations", [*plain["organizations"].to_dicts(), unit])
    inside = ("s00003", "s00010", "s00011", "s00012")
    seats = [row | {"organization_id": "crew"} if row["id"] in inside else row for row in plain["seats"].to_dicts()]
    tables = {**plain.tables, "organizations": organizations, "seats": frame_of("seats", seats)}
    scene = chart(Dataset.of(tables))
    (band,) = [m for m in scene.layer("bands").marks if isinstance(m, Box)]
    assert texts(scene, "bands") == ["The Crew"]
    left, top, right, low = band.x[0], band.y[0], band.x[0] + band.w[0], band.y[0] + band.h[0]
    for key, (x, y, w, h) in cards(scene).items():
        among = left < x + w and x < right and top < y + h and y < low
        assert among == (key.partition(":")[2] in inside)
