"""Moves of a timeline that are too many for a mark each: counted by period, none left out, still to be looked into."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.pictures import reach
from app.pictures.days_axis import Days
from app.pictures.event_focus import EventFocus
from app.pictures.evidence import evidence
from app.pictures.gathered import Gathered
from app.pictures.shown_timeline import TimelineShown
from app.pictures.tallies import Tallies
from app.pictures.tally_keys import meant, moved
from app.pictures.timeline import TimelineOptions, TimelinePicture
from app.scene.marks import Box
from app.scene.style import Role
from tests.benchmarks.synthetic import dataset as synthetic
from tests.benchmarks.synthetic import tables
from tests.pictures.lives import eventful, styled
from tests.pictures.made import fixed, texts
from tests.pictures.test_timeline import BUNDLED, picture

SMALL = {"size": (900.0, 500.0)}
MANY = synthetic(12_000, 30)


def vague() -> Dataset:
    """The same many moves, a third of the posts known to begin in some year only."""
    made = tables(12_000, 30)
    row = pl.int_range(pl.len())
    year = pl.when(row % 3 == 0).then(pl.col("start").str.head(4)).otherwise(pl.col("start"))
    return Dataset.of({**made, "stints": made["stints"].with_columns(start=year, end=pl.lit(None, dtype=pl.String))})


@pytest.mark.parametrize("data", [MANY, vague()], ids=["months", "years"])
@pytest.mark.parametrize("group", ["kind", "organization"])
def test_every_move_counts_once_in_the_bars_of_one_lane(data: Dataset, group: str) -> None:
    found = picture(data, group=group, **SMALL)
    sums = [lane.tallies.total.sum() for lane in found.lanes if lane.tallies is not None]

    assert found.happenings.left_out == ()
    assert sum(sums) == pytest.approx(len(found.gathered.careers.moves))


def test_bars_are_as_high_as_their_moves_and_stand_in_their_periods() -> None:
    found = picture(MANY, **SMALL)
    (lane,) = found.lanes
    tallies = lane.tallies
    assert tallies is not None
    high = np.zeros(tallies.n)
    for key, _, mark, row in styled(found.scene(), Role.TALLY):
        if not key:
            continue
        assert isinstance(mark, Box)
        assert key.startswith("group:moved:")
        period = int(np.searchsorted(tallies.first, dates.parse(key.split(":")[2]).earliest))
        high[period] += mark.h[row]
        assert mark.x[row] >= float(found.days.across(int(tallies.first[period]))) - 1e-6 or period == 0
        assert mark.x[row] + mark.w[row] <= float(found.days.across(int(tallies.first[period + 1]))) + 1e-6
    full = tallies.total > 20  # smaller ones are drawn a little higher, to be seen
    assert high[full] / high.max() == pytest.approx(tallies.total[full] / tallies.most, rel=0.02)


def test_days_that_are_not_known_within_a_month_are_spread_over_what_they_may_mean() -> None:
    found = picture(vague(), **SMALL)
    (lane,) = found.lanes
    assert lane.tallies is not None
    unsure = lane.tallies.moves.joined_hi - lane.tallies.moves.joined_lo > 31

    assert lane.tallies.spread.sum() == pytest.approx(np.count_nonzero(unsure))
    assert lane.tallies.counts.sum() == np.count_nonzero(~unsure)
    assert styled(found.scene(), Role.BAR_PALE)
    assert any("not known within a month" in text for text in found.scene().legend)


def test_the_header_says_what_is_counted_and_the_lane_by_what_measure() -> None:
    found = picture(MANY, **SMALL)
    header = found.scene().header

    assert f"{len(found.happenings.crowd):,} moves counted by year" in " ".join(header.lines)
    assert header.left_out == "Left out: nothing"
    assert any(text.startswith("up to ") and text.endswith(" a year") for text in texts(found.scene(), "heads"))
    assert header.title.startswith("More moves in ")


def test_a_shorter_window_a_focus_and_a_filter_bring_marks_back() -> None:
    mover = MANY["people"].item(int(Gathered.of(MANY, Options()).moves.person[0]), "id")
    since = {"since": "2003-01", "until": "2003-02"}
    for chosen in (since, {"focus": (f"people:{mover}",)}, {"lens": "from:org-0001 to:org-0002"}):
        found = picture(MANY, **SMALL, **chosen)
        assert not len(found.happenings.crowd)
        assert 0 < len(found.happenings.events) < 800
        assert not styled(found.scene(), Role.TALLY)


def test_the_finding_of_a_day_is_the_same_whether_moves_are_marks_or_counted() -> None:
    large, small = picture(MANY, size=(6400.0, 3600.0)), picture(MANY, **SMALL)
    assert not len(large.happenings.crowd)
    assert len(small.happenings.crowd)

    for day in (None, float(dates.day(2004)), float(dates.day(1996, 6)), float(dates.day(1900))):
        titles = [found.scene(day).header.title for found in (large, small)]
        assert titles[0] == titles[1].replace(f" counted by {small.period}", "")


def test_a_bar_says_its_period_its_moves_and_its_largest_flows() -> None:
    found = picture(MANY, **SMALL)
    shown = TimelineShown(fixed, found)
    scene = found.scene()
    key = moved(dates.day(2005), dates.day(2006))
    card = shown.card(scene, key, None, 0, 0, 1)
    assert card is not None
    rows = reach.rows_of(found.gathered, key)

    assert card.head == f"2005: {len(rows):,} moves"
    n = sum(int(part.split(" ")[0].replace(",", "")) for part in card.notes[0].split(", "))
    assert n == len(rows), "by status"
    assert any(" → " in note for note in card.notes)


def test_a_bar_leads_to_its_people_and_to_a_filter_that_leaves_them() -> None:
    found = picture(MANY, group="organization", **SMALL)
    bars = {key for key, *_ in styled(found.scene(), Role.TALLY) if key.count(":") == 4 and "2005" in key}
    for key in sorted(bars):
        rows = reach.rows_of(found.gathered, key)
        told = evidence(found.gathered, key)
        lens = reach.narrowed(found.gathered, key)
        assert told is not None
        assert lens is not None
        assert told.line == f"{len(rows):,} moves on record"
        assert len(Gathered.of(MANY, replace(Options(), lens=lens)).moves) == len(rows) > 0
        assert told.head.startswith("Moves to Organization ")
    assert bars


def test_what_is_selected_elsewhere_lights_the_bars_in_which_it_counts() -> None:
    found = picture(MANY, **SMALL)
    shown, scene = TimelineShown(fixed, found), found.scene()
    moves = found.gathered.moves
    first = found.gathered.move_key(moves, 0)
    person = found.gathered.dataset["people"].item(int(moves.person[0]), "id")
    flow = f"flow:{found.gathered.ids[int(moves.origin[0])]}>{found.gathered.ids[int(moves.destination[0])]}"
    year = dates.text(int(moves.joined[0]))[:4]

    for key in (first, f"people:{person}", flow):
        lit = [scene.keys[row] for row in shown.lit(scene, (key,))]
        assert any(bar.startswith(f"group:moved:{year}") for bar in lit)
    assert len(shown.lit(scene, (first,))) == 1


def test_moves_with_more_sources_than_all_others_keep_their_marks_and_names() -> None:
    made = tables(12_000, 30)
    known = pl.when(pl.int_range(pl.len()).is_in([101, 5_005])).then(pl.lit(["source-1", "source-2"]))
    stints = made["stints"].with_columns(source_ids=known.otherwise(pl.col("source_ids")))
    second = made["sources"].with_columns(id=pl.lit("source-2"))
    found = picture(Dataset.of({**made, "stints": stints, "sources": pl.concat([made["sources"], second])}), **SMALL)
    keys = [event.key for event in found.happenings.events]

    assert 1 <= len(keys) <= 2
    assert all("st-00000101" in key or "st-00005005" in key for key in keys)
    assert {key for key, *_ in styled(found.scene(), Role.EVENT) if key} == set(keys)
    assert len(keys) + len(found.happenings.crowd) == len(found.gathered.careers.moves)
    assert any(text.startswith("Made-up Person") for text in texts(found.scene(), "names"))


def test_bars_are_read_out() -> None:
    found = picture(MANY, **SMALL)
    scene = found.scene()
    twin = TimelineShown(fixed, found).twin(scene, None, "cumulative", 183.0)
    bars = [mark for mark in twin.marks if mark.key.startswith("group:moved:")]

    tallies = found.lanes[0].tallies
    assert tallies is not None
    assert len(bars) == np.count_nonzero(tallies.total > 0)
    assert all("moves" in mark.name or "1 move" in mark.name for mark in bars)


@pytest.mark.parametrize("data", [eventful(), BUNDLED], ids=["eventful", "bundled"])
def test_what_a_focus_lets_through_at_once_is_what_it_lets_through_one_by_one(data: Dataset) -> None:
    gathered = Gathered.of(data, Options())
    moves, index = gathered.careers.moves, gathered.careers.index
    rows = np.arange(len(moves))
    for organizations, people in (((0,), ()), ((1, 2), (0,)), ((), (1,)), ((), ()), ((7 % len(gathered.ids),), (2,))):
        focus = EventFocus(gathered, organizations, people)
        one_by_one = []
        for row in rows.tolist():
            units = [int(index.organization[ends[row]]) for ends in (moves.joined_stint, moves.left_stint)]
            day = dates.PAST if moves.undated[row] else int(moves.joined[row])
            codes = [*units, int(moves.origin[row]), int(moves.destination[row])]
            one_by_one.append(focus.meets(codes, [int(moves.person[row])], day))
        assert focus.met(rows).tolist() == one_by_one


@given(
    first=st.integers(dates.day(1950), dates.day(2030)),
    length=st.integers(1, 40_000),
    width=st.floats(50.0, 4_000.0),
    some=st.integers(0, 2_000),
)
def test_tallies_hold_every_move_on_any_axis(first: int, length: int, width: float, some: int) -> None:
    moves = Gathered.of(MANY, Options()).moves
    moves = moves.take(np.arange(0, len(moves), 1 + some))
    tallies = Tallies.of(moves, Days(0.0, width, first, first + length), 1.0)

    assert tallies.total.sum() == pytest.approx(len(moves))
    assert tallies.first[0] <= first < first + length <= tallies.first[-1]
    assert (np.diff(tallies.first) > 0).all()


@pytest.mark.parametrize("key", ["group:moved:2020-01-01", "group:others", "flow:a>b", "group:moved:a:b:c:d"])
def test_other_keys_are_of_no_bar(key: str) -> None:
    assert meant(key) is None
    assert meant(moved(0, 31, "org")) == ("1970-01-01", "1970-02-01", "org")


def test_a_timeline_of_nothing_counts_nothing() -> None:
    empty = TimelinePicture.of(Dataset.of({}), TimelineOptions(Options()), fixed)
    assert not empty.happenings
    assert empty.lanes == ()
