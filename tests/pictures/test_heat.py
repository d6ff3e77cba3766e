"""What a heat map counts, and in which order, by hand and on made-up datasets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.pictures import heat as heats
from app.pictures import shown_heat
from app.pictures.exchange import ExchangeOptions
from app.pictures.gathered import Gathered
from app.pictures.heat import Heat
from app.pictures.shown_heat import HeatShown
from tests.benchmarks import synthetic
from tests.pictures.made import fixed, small


def made(dataset: Dataset | None = None, previous: Heat | None = None, **options: object) -> Heat:
    picked = ExchangeOptions(Options(), **options)  # type: ignore[arg-type]  # by name
    return Heat.of(dataset or small(), picked, fixed, previous)


def on_canvas(dataset: Dataset, lens: str = "", **options: object) -> HeatShown:
    gathered = Gathered.of(dataset, Options(lens=parse(lens)))
    return shown_heat.heat(gathered, (1200.0, 700.0), fixed, **options)  # type: ignore[arg-type]  # by name


def people(shown: HeatShown, key: str, day: float | None = None, since: float | None = None) -> int:
    (row, column), *more = shown.cells_of(key)
    assert not more
    assert shown.key_of(row, column) == key
    return int(shown.picture.people(day, since)[shown.picture.pair_at(row, column)])


def test_a_cell_holds_the_people_who_went_so_by_the_day_and_within_the_window() -> None:
    shown = on_canvas(small())
    key = "flow:north>south"
    assert people(shown, key) == 3
    assert people(shown, "flow:north>east") == 1  # without a day: in the whole only
    assert people(shown, "flow:north>east", dates.day(2049)) == 0
    assert people(shown, key, dates.day(2025, 4)) == 2
    assert people(shown, key, dates.day(2025, 6, 10), dates.day(2025, 4)) == 1
    assert shown.picture.largest == 3


def test_nobody_moves_within_an_organization_and_where_nobody_went_nothing_lies() -> None:
    shown = on_canvas(small())
    n = len(shown.picture.order)
    assert n == 4
    filled = {(row, column) for row in range(n) for column in range(n) if shown.key_of(row, column)}
    assert len(filled) == 4
    assert all(row != column for row, column in filled)


def test_net_leaves_the_surplus_whatever_the_day() -> None:
    shown = on_canvas(small(), net=True)
    assert people(shown, "flow:north>south") == people(shown, "flow:north>south", dates.day(2020)) == 2
    row, column = shown.cells_of("flow:south>north")[0]
    assert shown.key_of(row, column) == ""


def test_the_largest_organizations_may_be_chosen_and_the_others_share_the_last_row() -> None:
    shown = on_canvas(small(), top=2)
    heat = shown.picture
    assert [heat.name(row) for row in range(3)][-1] == "2 others"
    assert shown.row_of("organizations:west") == shown.row_of("group:others") == 2
    assert shown.key_of(*shown.cells_of("flow:north>east")[0]) == "group:out-north"
    card = shown.card(heat.scene(), "group:others", None, 0.0, 0.0, 1.0)
    assert card is not None
    assert "2 other organizations" in card.head


def test_a_person_stands_in_the_cells_of_their_moves() -> None:
    shown = on_canvas(small())
    assert shown.cells_of("people:ada") == shown.cells_of("flow:north>south")
    assert shown.cells_of("people:nobody") == []
    assert shown.row_of("organizations:nowhere") == -1


def test_a_filter_that_lets_nothing_through_leaves_the_words_of_any_picture() -> None:
    shown = on_canvas(small(), "from:West to:North")
    assert shown.picture.exchange.n_pairs == shown.picture.largest == 0
    scene = shown.scene(None, "cumulative", 0.0)
    assert scene.header.title == "No move matches"
    assert shown.twin(scene, None, "cumulative", 0.0).marks == ()


def test_the_card_of_a_cell_says_what_any_picture_of_flows_says() -> None:
    shown = on_canvas(small())
    card = shown.card(shown.scene(None, "cumulative", 0.0), "flow:north>south", None, 0.0, 0.0, 1.0)
    assert card is not None
    assert card.head == "NL → South"
    assert [row.name for row in card.rows] == ["Cyd Madeup", "Ada Madeup", "Ben Madeup"]


def test_the_twin_tells_the_largest_flows_and_how_many_more_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pictures.exchange_twin.MOST_FLOWS", 1)
    shown = on_canvas(small())
    twin = shown.twin(shown.scene(None, "cumulative", 0.0), None, "cumulative", 0.0)
    assert [mark.key for mark in twin.marks if mark.kind.is_line] == ["flow:north>south"]
    assert twin.lines[-1] == "and 3 smaller flows"
    assert "NL to South, 3 people" in twin.text


def test_of_many_only_the_largest_stand_in_blocks_and_the_header_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heats, "IN_BLOCKS", 5)
    heat = made(synthetic.dataset(300, 12))
    assert sorted(heat.order.tolist()) == list(range(12))
    assert heat.order[5:].tolist() == list(range(5, 12))
    assert "The 5 largest in blocks, 7 smaller ones follow by size" in heat.scene().header.left_out


def test_the_order_is_kept_as_long_as_there_is_one_to_keep() -> None:
    data = synthetic.dataset(300, 12)
    first = made(data)
    again = made(data, first)
    assert again.order.tolist() == first.order.tolist()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 200), st.integers(1, 12), st.integers(1, 8))
def test_everyone_stands_in_exactly_one_cell_whatever_is_chosen(n_stints: int, n_organizations: int, top: int) -> None:
    data = synthetic.dataset(n_stints, n_organizations)
    for chosen in (None, top):
        heat = made(data, top=chosen)
        moves = heat.gathered.moves
        assert int(heat.people(None).sum()) == len(moves)
        cells = list(zip(heat.row.tolist(), heat.column.tolist(), strict=True))
        assert len(set(cells)) == len(cells)
        assert np.array_equal(heat.rank[heat.order], np.arange(len(heat.order)))
        day = float(dates.day(2005))
        assert int(heat.people(day).sum()) == int((~moves.undated & (moves.joined <= day)).sum())
