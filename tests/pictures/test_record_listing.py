"""All records as listings: what stands in cells, what is found, in which order; and that edits leave nothing stale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dataset import Dataset, frame_of
from app.domain.edit import apply
from app.domain.removing import removal
from app.pictures.record_cells import meant
from app.pictures.record_listing import LISTED, RecordListing, Shelf
from app.pictures.records import fallout
from tests.domain.worlds import dataset, datasets, edits, labs


def texts(made: RecordListing, field: str) -> list[str]:
    return made.texts(made.column_of(field), np.arange(made.n))


def found(made: RecordListing, text: str) -> list[str]:
    return made.ids(np.flatnonzero(made.matches(text)))


def test_references_are_called_by_name_and_told_by_id():
    made = Shelf(labs()).listing("stints")
    assert texts(made, "person_id") == ["Ada", "Ada", "Bob"]
    assert made.details(made.column_of("organization_id"), np.arange(1)) == ["openai"]
    assert texts(made, "source_ids") == ["1 · The Post"] * 3
    assert texts(made, "end") == ["2025-06", "..", ""]
    lost = dataset(stints=[{"id": "s", "person_id": "gone", "order_stated": False, "rank": 1200}])
    made = Shelf(lost).listing("stints")
    assert (texts(made, "person_id"), texts(made, "order_stated"), texts(made, "rank")) == (["gone"], ["no"], ["1200"])
    assert made.details(made.column_of("person_id"), np.arange(1)) == ["gone: there is no such record in people"]


def test_seats_and_sums_and_colours():
    made = dataset(
        organizations=[{"id": "lab", "name": "Lab", "color": "c3"}, {"id": "x", "name": "X"}],
        seats=[{"id": "t", "title": "Head", "organization_id": "lab"}, {"id": "u", "organization_id": "lab"}],
        stints=[{"id": "s", "seat_id": "t"}, {"id": "v", "seat_id": "u"}],
        relations=[{"id": "r", "from_id": "lab", "to_id": "x", "amount_usd": 14.3e9, "stake_pct": 12.5}],
    )
    shelf = Shelf(made)
    assert texts(shelf.listing("stints"), "seat_id") == ["Head at Lab", "seat at Lab"]
    bonds, bodies = shelf.listing("relations"), shelf.listing("organizations")
    assert (texts(bonds, "amount_usd"), texts(bonds, "stake_pct")) == (["14,300,000,000"], ["12.5"])
    assert bodies.marks(bodies.column_of("color"), np.arange(2)) == ["lab", ""]
    assert bodies.marks(bodies.column_of("name"), np.arange(2)) == ["lab", "x"]


def test_what_a_claim_is_about_is_called_by_name():
    claims = [{"id": "c", "about": ["people:ada", "flow:openai>meta", "people:gone", "nonsense"]}]
    made = Shelf(Dataset.of({**labs().tables, "claims": frame_of("claims", claims)})).listing("claims")
    assert texts(made, "about") == ["Ada; OpenAI → Meta; gone; nonsense"]
    assert made.details(made.column_of("about"), np.arange(1))[0].startswith("people:ada\nflow:")
    assert found(made, "meta") == ["c"]


def test_order_and_search():
    made = Shelf(labs()).listing("stints")
    assert made.ids(made.sort_order(made.column_of("start"))) == ["st-ada-01", "st-bob-01", "st-ada-02"]
    assert made.ids(made.sort_order(made.column_of("end"))) == ["st-ada-01", "st-ada-02", "st-bob-01"]
    assert found(made, "ada meta") == ["st-ada-02"]
    assert found(made, "2021-03") == ["st-bob-01"]
    assert found(made, "post openai") == ["st-ada-01", "st-bob-01"]
    assert found(made, "nothing of it") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-06", "1 to 30 June 2025"),
        ("2025", "1 January to 31 December 2025"),
        ("2025-06-26", "26 June 2025"),
        ("2025~", "1 January to 31 December 2025 (about)"),
        ("..", "has not ended"),
        ("soon", "this is not a date"),
        (None, ""),
    ],
)
def test_dates_say_what_they_mean(text: str | None, said: str):
    assert meant(text) == said


def test_what_goes_with_a_record_is_said_by_table():
    assert fallout(removal(labs(), {"people": ["ada"]}, "")) == "2 stints go with it."
    assert fallout(removal(labs(), {"sources": ["memo"]}, "")) == (
        "2 organizations, 2 people and 3 stints no longer name it."
    )
    assert fallout(removal(labs(), {"stints": ["st-ada-01"]}, "")) == ""


def told(made: RecordListing) -> list[object]:
    """All that a listing can say."""
    rows = np.arange(made.n)
    return [
        [(made.texts(c, rows), made.details(c, rows), made.sort_order(c).tolist()) for c in range(len(made.columns))],
        [found(made, word) for word in ("ada", "meta", "o1", "2020", "x")],
    ]


@given(st.data())
def test_a_shelf_after_an_edit_says_what_a_new_one_says(data: st.DataObject):
    before: Dataset = data.draw(datasets())
    edit = data.draw(edits(before))
    after = apply(before, edit)
    shelf = Shelf(before)
    for table in LISTED:  # so that something has been worked out that may be stale afterwards
        told(shelf.listing(table))
    later = shelf.after(edit, after)
    back = later.after(edit.inverse, before)
    for table in ("people", "organizations", "stints"):
        assert told(later.listing(table)) == told(Shelf(after).listing(table))
        assert told(back.listing(table)) == told(Shelf(before).listing(table))
