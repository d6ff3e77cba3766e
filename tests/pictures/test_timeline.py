"""The timeline as a picture: which events stand where, what is counted, what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.analysis.options import Options
from app.analysis.summary import summary
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.errors import UsageError
from app.files.registry import read_sound
from app.pictures.timeline import TimelineOptions, TimelinePicture
from app.places import bundled_dataset
from app.scene.marks import Box, Dot, Label, Path
from app.scene.scene import Scene
from app.scene.style import Role, Status
from tests.benchmarks.synthetic import dataset as synthetic
from tests.pictures.lives import eventful, styled
from tests.pictures.made import fixed, small, texts
from tests.pictures.test_careers import options as careers_options

BUNDLED, _ = read_sound(bundled_dataset())


def picture(dataset: Dataset | None = None, **chosen: Any) -> TimelinePicture:
    """The timeline of a dataset (default: `eventful`) in the fixed font."""
    group = chosen.pop("group", None)
    plain = careers_options(**chosen)
    made = TimelineOptions(plain.filter, plain.size, plain.focus, plain.top, group)
    return TimelinePicture.of(dataset if dataset is not None else eventful(), made, fixed)


def said(found: TimelinePicture) -> dict[str, list[str]]:
    """Keys of the events of each lane."""
    return {lane.lane.head: [event.key for event in lane.lane.events] for lane in found.lanes}


def row_of(scene: Scene, key: str, role: Role = Role.EVENT) -> tuple[Any, int, Status]:
    """The mark, its row and its status of an event."""
    return next((mark, row, style.status) for k, style, mark, row in styled(scene, role) if k == key)


# --- which events there are ---


def test_events_stand_in_lanes_by_kind() -> None:
    found = said(picture())

    assert found == {
        "Moves": ["move:st-ada-00>st-ada-01", "move:st-ben-02>st-ben-03", "move:st-eve-10>st-eve-11"],
        "Deals": ["relations:vague", "relations:bond", "relations:never"],
        "Claims": ["claims:yes", "claims:no", "claims:late-word"],
        "Mergers and renames": ["successions:join"],
        "Seats and targets": ["seats:chair", "targets:fifty"],
    }


def test_what_has_no_day_is_counted() -> None:
    assert picture().happenings.left_out == (("without a day", 2),)  # Fay's move, and a partnership
    assert "2 without a day" in picture().scene().header.left_out


def test_lanes_by_organization_hold_each_event_once_with_the_first_that_it_is_about() -> None:
    found = said(picture(group="organization"))
    everything = [key for events in found.values() for key in events]

    assert len(everything) == len(set(everything)) == 12
    assert "move:st-ada-00>st-ada-01" in found["South"]
    assert "relations:bond" in found["North"]
    assert found["Other organizations"] == ["claims:no"], "it is about a person alone"


def test_of_many_organizations_the_first_have_a_lane_and_the_others_one_together() -> None:
    found = said(picture(BUNDLED, group="organization", top=4))

    assert len(found) == 4
    assert next(iter(found)) == "Meta"
    assert list(found)[-1] == "Other organizations"


def test_focus_leaves_what_is_about_an_organization_or_a_person() -> None:
    of_ada = said(picture(focus=("people:ada",)))
    of_west = picture(focus=("west",))

    assert of_ada == {"Moves": ["move:st-ada-00>st-ada-01"], "Claims": ["claims:no"]}
    assert of_west.lanes == ()
    assert dict(of_west.happenings.left_out) == {"not about the focus": 12, "without a day": 2}


def test_an_organization_in_focus_stands_for_those_below_it() -> None:
    whole = picture(BUNDLED, focus=("meta",)).happenings.events
    part = picture(BUNDLED, focus=("meta-superintelligence-labs",)).happenings.events

    assert 0 < len(part) < len(whole)
    assert {event.key for event in part} <= {event.key for event in whole}


def test_window_lens_and_known_by_day_are_obeyed() -> None:
    assert said(picture(since="2025-06", until="2025-06")) == {"Claims": ["claims:yes", "claims:no"]}
    assert "claims:late-word" not in said(picture(known_by="2026-03"))["Claims"]
    assert said(picture(lens="person:eve"))["Moves"] == ["move:st-eve-10>st-eve-11"]
    assert dict(picture(lens="person:eve").happenings.left_out)["filtered out"] > 0


# --- how they are drawn ---


def test_a_mark_stands_on_its_day() -> None:
    found = picture()
    mark, row, status = row_of(found.scene(), "move:st-ada-00>st-ada-01")

    assert isinstance(mark, Dot)
    assert status is Status.CONFIRMED
    assert mark.x[row] == pytest.approx(float(found.days.across(dates.parse("2023-04-10").earliest)), abs=4.5)


def test_a_day_known_to_the_year_is_a_pale_span_of_that_year_and_no_mark() -> None:
    found = picture()
    scene = found.scene()
    mark, row, _ = row_of(scene, "relations:vague", Role.EVENT_SPAN)
    assert isinstance(mark, Box)

    assert mark.x[row] == pytest.approx(float(found.days.across(dates.day(2024))))
    assert mark.x[row] + mark.w[row] == pytest.approx(float(found.days.across(dates.day(2025))))
    assert not [key for key, *_ in styled(scene, Role.EVENT) if key == "relations:vague"]


def test_shapes_and_words_tell_stance_status_and_amount() -> None:
    scene = picture().scene()
    tips = {scene.keys[m.key[r]]: scene.tips[m.tip[r]] for k, _, m, r in styled(scene, Role.EVENT) if k}
    (up, n, _), (down, k, _) = row_of(scene, "claims:yes"), row_of(scene, "claims:no")

    assert isinstance(up, Path)
    assert isinstance(down, Path)
    tops = [m.points[m.offsets[r] : m.offsets[r + 1], 1] for m, r in ((up, n), (down, k))]
    assert (tops[0] == tops[0].min()).sum() == 1, "for: it points up"
    assert (tops[1] == tops[1].max()).sum() == 1, "against: it points down"
    assert row_of(scene, "relations:never")[2] is Status.DENIED
    assert "for it" in tips["claims:yes"].lines
    assert "$2B · 10 %" in tips["relations:bond"].lines
    assert tips["successions:join"].head == "East → South"
    assert tips["relations:bond"].links == ("paper",)


def test_what_comes_after_the_as_of_day_is_veiled() -> None:
    found = picture(as_of="2024-12-31")
    ((_, _, veil, row),) = styled(found.scene(), Role.VEIL)
    assert isinstance(veil, Box)

    assert veil.x[row] == pytest.approx(float(found.days.across(dates.day(2025))))
    assert not styled(picture().scene(), Role.VEIL)


CHOICES: list[dict[str, Any]] = [
    {},
    {"group": "organization"},
    {"focus": ("meta-superintelligence-labs",)},
    {"since": "2025", "until": "2025-08"},
    {"size": (640.0, 360.0)},
    {"size": (2560.0, 1440.0), "known_by": "2025-09"},
    {"lens": "to:Meta"},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_names_never_overlap_on_the_bundled_dataset(chosen: dict[str, Any]) -> None:
    scene = picture(BUNDLED, **chosen).scene()
    boxes = [
        (mark.x[row], mark.y[row] - mark.size[row] * 0.8, 0.5 * mark.size[row] * len(mark.text[row]), mark.size[row])
        for layer in scene.layers
        if layer.name == "names"
        for mark in layer.marks
        if isinstance(mark, Label)
        for row in range(len(mark))
    ]
    assert boxes
    x, y, w, h = (np.array(part) for part in zip(*boxes, strict=True))
    meet = (x[:, None] + 0.01 < x + w) & (x + 0.01 < (x + w)[:, None])
    meet &= (y[:, None] + 0.01 < y + h) & (y + 0.01 < (y + h)[:, None])
    assert meet.sum() == len(boxes), "each meets itself alone"


@pytest.mark.parametrize("data", [eventful(), BUNDLED, synthetic(2_000)], ids=["eventful", "bundled", "synthetic"])
@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_every_event_is_drawn_or_counted(data: Dataset, chosen: dict[str, Any]) -> None:
    if data is not BUNDLED:
        chosen = {name: value for name, value in chosen.items() if name not in ("focus", "lens")}
    found = picture(data, **chosen)
    n_rows = sum(data[table].height for table in ("relations", "claims", "successions", "targets"))
    n_days = sum(data["seats"][name].drop_nulls().len() for name in ("opened", "closed"))
    everything = len(found.gathered.careers.moves) + n_rows + n_days
    told = len(found.happenings.events) + len(found.happenings.crowd)
    assert told + sum(dict(found.happenings.left_out).values()) == everything
    assert told == sum(lane.lane.n for lane in found.lanes)
    for lane in found.lanes:
        in_spans = sum(len(span.events) for span in lane.spans)
        marked, counted = int(lane.shown.sum()), int(lane.counts[1].sum())
        assert in_spans + lane.n_spans_over + marked + counted == len(lane.lane.events)
    drawn = {key for key, *_ in styled(found.scene(), Role.EVENT) if key}
    wanted = {lane.lane.events[int(n)].key for lane in found.lanes for n in lane.marks[lane.shown]}
    assert drawn == wanted


def test_moves_of_the_bundled_dataset_are_those_of_stats() -> None:
    figures = summary(BUNDLED, Options())
    found = picture(BUNDLED, since="1950")
    n_moves = sum(event.kind == "moves" for event in found.happenings.events)

    assert n_moves == figures["moves"] - figures["undated"]


def test_marks_that_coincide_are_counted_where_they_are_many() -> None:
    found = picture(synthetic(2_000), size=(900.0, 500.0))
    scene = found.scene()
    told = [text for text in texts(scene, "names") if text.startswith("+")]

    assert sum(int(text[1:].replace(",", "")) for text in told) == sum(
        int(lane.counts[1].sum()) for lane in found.lanes
    )
    assert told


# --- words ---


def test_the_title_is_a_finding() -> None:
    assert picture(BUNDLED).scene().header.title.startswith("More moves in ")
    assert picture().scene().header.title == ("3 moves, 3 deals, 3 claims, 1 merger or rename, 2 seats and targets")
    assert picture(focus=("people:ada",)).scene().header.title == "Ada Madeup: 1 move, 1 claim"


def test_where_nothing_is_on_record_the_picture_says_what_to_add() -> None:
    scene = picture(Dataset.of({})).scene()

    assert scene.header.title == "Nothing on record"
    assert any("Record a move" in text for text in texts(scene, "nothing"))
    assert any("Clear it" in text for text in texts(picture(small(), lens="from:West to:North").scene(), "nothing"))


def test_another_grouping_is_refused() -> None:
    with pytest.raises(UsageError, match="--group"):
        picture(group="cohort")


def test_the_legend_names_only_what_occurs() -> None:
    told = " · ".join(picture(focus=("people:ada",)).scene().legend)

    assert "move, in the colour of where from" in told
    assert "claim against it" in told
    for missing in ("deal", "merger", "claim for", "the days it may have been", "more of the same days", "denied"):
        assert missing not in told
