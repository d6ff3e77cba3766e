"""Two moments compared, person by person."""

from __future__ import annotations

import csv
import io
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.comparing import HOWS, Comparison, Moment
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.edit import apply, put
from app.domain.errors import UsageError
from app.domain.lens import parse
from app.files.registry import read
from app.pictures.moments import COLUMNS, as_csv, as_markdown, heading, lines
from app.places import bundled_dataset

PEOPLE = ("ann", "bob", "cat", "dan", "eve")


def row(person: str, nth: int, organization: str, start: str, end: str, **more: object) -> dict[str, object]:
    return {
        "id": f"{person}-{nth}", "person_id": person, "organization_id": organization, "start": start, "end": end,
        "kind": "employment", "rank": nth * 10, "status": "reported", **more,
    }  # fmt: skip


@pytest.fixture
def dataset() -> Dataset:
    """ann moves, bob joins, cat leaves, dan changes the seat, eve stays."""
    return apply(
        Dataset.of(),
        put(
            Dataset.of(),
            "Made up",
            {
                "organizations": [{"id": i, "name": i.title()} for i in ("north", "south")],
                "people": [{"id": i, "name": f"{i.title()} Madeup"} for i in PEOPLE],
                "seats": [{"id": f"seat-{n}", "organization_id": "south", "title": f"Seat {n}"} for n in (1, 2)],
                "stints": [
                    row("ann", 1, "north", "2020-01-01", "2025-01-01"),
                    row("ann", 2, "south", "2025-01-01", ".."),
                    row("bob", 1, "south", "2025-03-01", ".."),
                    row("cat", 1, "north", "2020-01-01", "2025-02-01"),
                    row("dan", 1, "south", "2020-01-01", "2025-02-01", seat_id="seat-1"),
                    row("dan", 2, "south", "2025-02-01", "..", seat_id="seat-2"),
                    row("eve", 1, "north", "2020-01-01", ".."),
                ],
            },
        ),
    )


def moment(dataset: Dataset, day: str, lens: str = "") -> Moment:
    return Moment.of(dataset, dates.parse(day).earliest, lens=parse(lens))


def told(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    return [(line.how, line.person, line.before, line.after) for line in lines(comparison)]


def test_each_way_to_differ_is_told(dataset: Dataset) -> None:
    made = Comparison.of(moment(dataset, "2024-06-01"), moment(dataset, "2025-06-01"))
    assert told(made) == [
        ("joined", "Bob Madeup", "", "South"), ("moved", "Ann Madeup", "North", "South"),
        ("left", "Cat Madeup", "North", ""), ("seat", "Dan Madeup", "South", "South"),
    ]  # fmt: skip
    assert made.stayed == 1
    assert lines(made)[3].seat == "Seat 1 → Seat 2"
    assert heading(made) == (
        "2024-06-01 compared with 2025-06-01: 1 joined, 1 moved, 1 left, 1 seat changed; 1 person the same"
    )


def test_a_lens_leaves_what_it_lets_through_on_either_side(dataset: Dataset) -> None:
    days = (moment(dataset, "2024-06-01", "organization:south"), moment(dataset, "2025-06-01", "organization:south"))
    made = Comparison.of(*days)
    assert [(how, person) for how, person, *_ in told(made)] == [
        ("joined", "Bob Madeup"), ("moved", "Ann Madeup"), ("seat", "Dan Madeup"),
    ]  # fmt: skip
    assert made.stayed == 0


def test_two_files_are_compared_by_ids(dataset: Dataset) -> None:
    stint = dataset.row("stints", "eve-1")
    assert stint is not None
    other = apply(dataset, put(dataset, "Confirm", {"stints": [{**stint, "status": "confirmed"}]}))
    made = Comparison.of(moment(dataset, "2025-06-01"), moment(other, "2025-06-01"))
    (line,) = lines(made)
    assert (line.how, line.person, line.status) == ("status", "Eve Madeup", "reported → confirmed")


def test_a_day_that_is_not_certain_is_told(dataset: Dataset) -> None:
    stint = dataset.row("stints", "bob-1")
    assert stint is not None
    vague = apply(dataset, put(dataset, "Vague", {"stints": [{**stint, "start": "2025"}]}))
    made = Comparison.of(moment(vague, "2025-06-01"), moment(vague, "2026-06-01"))
    assert [(line.how, line.status) for line in lines(made)] == [("status", "reported, day uncertain → reported")]


def test_without_a_day_the_newest_one_counts_and_without_any_it_is_refused(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="no newest day"):
        Moment.of(dataset)
    bundled = _bundled()
    assert Moment.of(bundled).day == dates.parse("2026-06-28").earliest


def test_nothing_differs_from_itself_and_an_empty_dataset_has_nobody() -> None:
    bundled = _bundled()
    one = Moment.of(bundled)
    made = Comparison.of(one, one)
    assert made.differences == ()
    assert made.counts == {}
    assert made.stayed > 100
    nobody = moment(Dataset.of(), "2025-01-01")
    assert Comparison.of(nobody, nobody).stayed == 0


@given(st.integers(2015, 2026), st.integers(2015, 2026))
def test_compared_the_other_way_round_everything_is_turned(first: int, second: int) -> None:
    """Who joined has left; moves, seats and statuses stay as many."""
    days = [Moment.of(_bundled(), dates.day(year, 6)) for year in (first, second)]
    there, back = Comparison.of(*days), Comparison.of(*reversed(days))
    turned = {"joined": "left", "left": "joined"}
    assert {turned.get(how, how): n for how, n in there.counts.items()} == back.counts
    assert there.stayed == back.stayed
    seen = [HOWS.index(one.how) for one in there.differences]
    assert seen == sorted(seen)


@cache
def _bundled() -> Dataset:
    return read(bundled_dataset())


def test_it_is_written_as_markdown_and_csv(dataset: Dataset) -> None:
    person = dataset.row("people", "bob")
    assert person is not None
    odd = apply(dataset, put(dataset, "Odd", {"people": [{**person, "name": "=Bob | *Madeup*"}]}))
    made = Comparison.of(moment(odd, "2024-06-01"), moment(odd, "2025-06-01"))
    markdown = as_markdown(made)
    assert "## Joined · 1\n" in markdown
    assert "| =Bob \\| \\*Madeup\\* |  | South |" in markdown
    rows = list(csv.reader(io.StringIO(as_csv(made))))
    assert rows[0] == list(COLUMNS)
    assert rows[1] == ["joined", "'=Bob | *Madeup*", "", "South", "", "reported", ""]  # no spreadsheet runs it
    assert len(rows) == 5
