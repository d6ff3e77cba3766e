"""Moves, people and organizations of a picture as rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.moves import keys
from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset, frame_of
from app.domain.lens import parse
from app.pictures import listing
from app.pictures.columns import folded, folded_word
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.listing import Listing
from tests.domain.worlds import datasets
from tests.pictures.made import fixed, flow_map, small

ALL = (listing.moves, listing.people, listing.organizations)


def column(made: Listing, name: str, rows: Any = None) -> list[str]:
    """The texts of a column by its name, all rows in the order of the data unless others are given."""
    number = [c.name for c in made.columns].index(name)
    return made.texts(number, np.arange(made.n) if rows is None else rows)


def ordered(made: Listing, name: str, *, descending: bool = False) -> list[str]:
    """A column in its own order."""
    number = [c.name for c in made.columns].index(name)
    return column(made, name, made.sort_order(number, descending))


def found(made: Listing, text: str) -> list[str]:
    """First column of the rows that a text finds."""
    return made.texts(0, np.flatnonzero(made.matches(text)))


def mapped(dataset: Dataset, **options: Any) -> FlowMap:
    return FlowMap.of(dataset, FlowMapOptions(Options(**options)), fixed)


def test_a_row_a_move():
    made = listing.moves(flow_map())
    assert [c.name for c in made.columns] == ["Person", "From", "To", "Left", "Joined", "Status", "Sources"]
    assert made.n == 6
    rows = {made.texts(0, np.array([n]))[0]: [made.texts(c, np.array([n]))[0] for c in range(1, 7)] for n in range(6)}
    assert rows["Ada Madeup"] == ["NL", "South", "2025-03", "2025-03", "confirmed", "1 · The Paper"]
    assert rows["Eve Madeup"] == ["NL", "East", "not known", "not known", "confirmed", "1 · The Paper"]
    assert "Gus Madeup" not in rows


def test_the_full_name_and_the_sources_are_told():
    made = listing.moves(flow_map())
    assert made.details(1, np.array([0])) == ["North Lab (NL)"]
    assert made.details(2, np.array([0])) == [""]
    assert made.details(6, np.array([0])) == ["The Paper, All moves, 2026-01-31"]
    assert made.marks(1, np.array([0, 3])) == ["north", "south"]


def test_keys_are_those_of_a_scene_and_lead_back():
    picture = flow_map()
    made = listing.moves(picture)
    every = keys(picture.gathered.dataset, picture.gathered.moves)
    assert made.keys(np.arange(6)) == every
    assert [made.rows_of([key]).tolist() for key in every] == [[n] for n in range(6)]
    assert listing.people(picture).keys(np.array([0, 6])) == ["people:ada", "people:gus"]
    assert listing.organizations(picture).keys(np.array([1])) == ["organizations:north"]


def test_a_flow_stands_for_its_moves_and_a_move_for_its_person():
    picture = flow_map()
    moves, people, places = (make(picture) for make in ALL)
    assert column(moves, "Person", moves.rows_of(["flow:north>south"])) == ["Ada Madeup", "Ben Madeup", "Cyd Madeup"]
    assert column(moves, "Person", moves.rows_of(["people:dov"])) == ["Dov Madeup"]
    assert column(people, "Name", people.rows_of(["move:st-dov-0>st-dov-1", "people:ada"])) == [
        "Dov Madeup",
        "Ada Madeup",
    ]
    assert column(places, "Name", places.rows_of(["organizations:west", "people:ada"])) == ["West"]
    for made in (moves, people, places):
        assert not len(
            made.rows_of(["flow:north>nowhere", "move:a>b", "group:x", "people:nobody", "", "organizations:x"])
        )
        assert not len(made.rows_of([]))


def test_unknown_dates_stand_last_either_way():
    made = listing.moves(flow_map())
    rising = ["2024-01", "2025", "2025-03", "2025-06-10", "2025-09", "not known"]
    assert ordered(made, "Joined") == rising
    assert ordered(made, "Joined", descending=True) == [*rising[-2::-1], "not known"]


def test_statuses_stand_from_weak_to_strong():
    made = listing.moves(flow_map())
    assert ordered(made, "Status") == ["rumored", "disputed", "reported", "confirmed", "confirmed", "confirmed"]


def test_equal_rows_keep_their_order():
    made = listing.moves(flow_map())
    number = [c.name for c in made.columns].index("Sources")
    assert made.sort_order(number).tolist() == made.sort_order(number, descending=True).tolist() == list(range(6))


def test_names_are_ordered_and_found_whatever_their_case_and_accents():
    data = small()
    names = ["ada", "Émile Zed", "Zoe", "éva", "Łukasz", "adam", "Bo"]
    rows = [{**row, "name": name} for row, name in zip(data["people"].iter_rows(named=True), names, strict=True)]
    rows[6]["aliases"] = ["Robert the Bruce"]
    made = listing.people(flow_map(Dataset.of({**data.tables, "people": frame_of("people", rows)})))
    assert ordered(made, "Name") == ["ada", "adam", "Bo", "Émile Zed", "éva", "Zoe", "Łukasz"]
    assert found(made, "EMILE") == ["Émile Zed"]
    assert found(made, "bruce") == ["Bo"]


def test_every_word_must_be_found_somewhere():
    made = listing.moves(flow_map())
    assert found(made, "north south") == ["Ada Madeup", "Ben Madeup", "Cyd Madeup", "Dov Madeup"]
    assert found(made, "lab EAST") == ["Eve Madeup"]
    assert found(made, "2025-06") == ["Ben Madeup"]
    assert found(made, "paper rumor") == ["Dov Madeup"]
    assert found(made, " ") == column(made, "Person")
    assert found(made, "nobody at all") == []
    assert found(made, "(nl)") == found(made, "nl")  # no pattern, only letters


def test_people_with_where_they_are_on_the_day():
    made = listing.people(flow_map())
    assert made.n == 7
    now = dict(zip(column(made, "Name"), column(made, "Organization now"), strict=True))
    assert now["Ada Madeup"] == "South"
    assert now["Eve Madeup"] == "perhaps East"
    assert now["Gus Madeup"] == "not known"
    since = dict(zip(column(made, "Name"), column(made, "Since"), strict=True))
    assert (since["Ben Madeup"], since["Eve Madeup"], since["Gus Madeup"]) == ("2025-06-10", "not known", "")
    assert ordered(made, "Moves")[0] == "0"


def test_organizations_with_what_came_and_went():
    made = listing.organizations(flow_map())
    north = [made.texts(c, np.array([1]))[0] for c in range(len(made.columns))]
    assert north == ["North Lab (NL)", "lab", "", "1–2", "1", "4", "−3", "not known", ""]
    assert made.details(3, np.array([1])) == ["1 for certain, up to 2"]
    assert ordered(made, "Net") == ["−3", "0", "+1", "+2"]


def test_a_unit_has_no_numbers_at_the_level_of_its_company():
    data = small()
    unit = {"id": "wing", "name": "Wing", "kind": "product-team", "parent_id": "south", "source_ids": ["paper"]}
    rows = [*data["organizations"].iter_rows(named=True), unit]
    picture = flow_map(Dataset.of({**data.tables, "organizations": frame_of("organizations", rows)}))
    made = listing.organizations(picture)
    wing = made.rows_of(["organizations:wing"])
    texts = [made.texts(c, wing)[0] for c in range(len(made.columns))]
    assert texts == ["Wing", "product-team", "South", "", "", "", "", "not known", ""]
    assert made.details(4, wing) == ["Counted as South"]
    assert ordered(made, "In")[-1] == ""
    assert ordered(made, "In", descending=True)[-1] == ""


def test_a_lens_lets_through_what_it_lets_through_in_the_picture():
    picture = mapped(small(), lens=parse("to:south"))
    moves, people, places = (make(picture) for make in ALL)
    assert column(moves, "Person") == ["Ada Madeup", "Ben Madeup", "Cyd Madeup"]
    assert column(people, "Name") == ["Ada Madeup", "Ben Madeup", "Cyd Madeup"]
    assert column(places, "Name") == ["North Lab (NL)", "South"]


def test_what_is_not_yet_known_is_not_told():
    data = small()
    stints = [
        {**r, "announced": "2025-11-20"} if r["id"] == "st-cyd-1" else r for r in data["stints"].iter_rows(named=True)
    ]
    data = Dataset.of({**data.tables, "stints": frame_of("stints", stints)})

    def joined(picture: FlowMap) -> str:
        made = listing.moves(picture)
        return column(made, "Joined", made.rows_of(["people:cyd"]))[0]

    assert joined(mapped(data)) == "2025-11-20"
    late, early = (dates.parse(day).earliest for day in ("2026-03-01", "2026-01-01"))
    assert joined(mapped(data, known_by=late)) == "2025-11-20"
    assert not listing.moves(mapped(data, known_by=early)).n


def test_sources_of_both_stints_are_counted_once():
    data = small()
    sources = [
        *data["sources"].iter_rows(named=True),
        {"id": "wire", "publisher": "Wire (copy)", "title": "One", "published": "2026"},
    ]
    stints = [
        {
            **r,
            "source_ids": {"st-ada-1": ["paper", "wire"], "st-ben-0": [], "st-ben-1": []}.get(r["id"], r["source_ids"]),
        }
        for r in data["stints"].iter_rows(named=True)
    ]
    tables = {**data.tables, "sources": frame_of("sources", sources), "stints": frame_of("stints", stints)}
    made = listing.moves(flow_map(Dataset.of(tables)))
    assert column(made, "Sources")[:3] == ["2 · The Paper, Wire", "unsourced", "1 · The Paper"]
    assert ordered(made, "Sources") == ["unsourced", *["1 · The Paper"] * 4, "2 · The Paper, Wire"]
    assert found(made, "wire") == ["Ada Madeup"]


@pytest.mark.parametrize("make", ALL)
def test_nothing_is_listed_of_nothing(make: Any):
    made = make(flow_map(Dataset.of()))
    none = np.empty(0, dtype=np.intp)
    assert made.n == 0
    assert made.keys(none) == []
    for number in range(len(made.columns)):
        assert made.texts(number, none) == made.details(number, none) == made.marks(number, none) == []
        assert made.sort_order(number).tolist() == []
    assert made.matches("a").tolist() == []
    assert made.matches("2025").tolist() == []


@given(datasets())
def test_any_dataset_is_listed(data: Dataset):
    picture = flow_map(data)
    for make in ALL:
        made = make(picture)
        rows = np.arange(made.n)
        assert [made.rows_of([key]).tolist() for key in made.keys(rows)] == [[n] for n in range(made.n)]
        for number, held in enumerate(made.columns):
            ranks = held.cells.ranks
            assert len(made.texts(number, rows)) == len(made.details(number, rows)) == made.n
            for descending in (False, True):
                order = made.sort_order(number, descending)
                assert sorted(order.tolist()) == rows.tolist()
                known = ranks[order][ranks[order] != listing.LAST]
                steps = np.diff(known.astype(np.int64))
                assert (steps <= 0).all() if descending else (steps >= 0).all()
                assert (ranks[order][len(known) :] == listing.LAST).all()
                assert (np.diff(order)[np.diff(ranks[order].astype(np.int64)) == 0] > 0).all()
        for text in made.texts(0, rows[:3]):
            assert made.matches(text)[made.texts(0, rows).index(text)]


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_a_text_is_folded_as_a_column_is(text: str):
    assert folded_word(text) == folded(pl.Series([text]))[0]
