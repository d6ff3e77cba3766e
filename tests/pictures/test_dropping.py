"""What may become of a carried mark: every card of made-up charts against the slow rule, boards and maps by example."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.analysis.subordination import below
from app.pictures.buildout import BuildOutOptions, BuildOutPicture
from app.pictures.drop_board import BoardTargets
from app.pictures.drop_chart import ChartTargets
from app.pictures.dropping import carried
from app.pictures.shown_seats import BoardShown, ChartShown
from app.pictures.team_compare import TeamCompare, TeamCompareOptions
from tests.pictures.bodies import Body, bodies, panel_key, place, world_of
from tests.pictures.crew import crew
from tests.pictures.made import fixed

NOWHERE = -1


def charted(body: Body) -> ChartShown:
    return ChartShown.of(fixed, world_of(body.chart), None)


def middles(shown: ChartShown) -> dict[str, tuple[float, float]]:
    """Where each box that is seen has its middle; of a person in several units the last one."""
    at, spots = shown.world_of.plan.spots
    keys = shown.world_of.chart.boxes.keys
    return {keys[n]: (x + w / 2, y + h / 2) for n, (x, y, w, h) in zip(at.tolist(), spots.tolist(), strict=True)}


def expected(body: Body, low: str, high: str) -> str:
    """What dropping one box on another means, seat by seat up the lines: the deed, or `no`."""
    if low == high:
        return "none"
    is_seat, onto_seat = low.startswith("seats:"), high.startswith("seats:")
    a, b = int(low[-3:]), int(high[-3:])
    person = not is_seat or body.seats[a][2]
    if person and onto_seat and not body.seats[b][2]:
        return "fill"
    if is_seat and onto_seat and (a in body.seats_above(b) or body.seats[a][1] == b):
        return "no"
    return "report"


@given(bodies(most=8), st.data())
def test_every_card_of_a_chart_says_what_dropping_on_it_means(body: Body, data: st.DataObject) -> None:
    shown = charted(body)
    places = middles(shown)
    if not places:
        assert carried(shown, shown.made, "seats:s000", 0.0, 0.0) is None
        return
    low = data.draw(st.sampled_from(sorted(places)))
    targets = carried(shown, shown.made, low, *places[low])
    assert isinstance(targets, ChartTargets)
    assert targets.key == low
    at, spots = shown.world_of.plan.spots
    keys = shown.world_of.chart.boxes.keys
    boxes, lawful = targets.within_sight((-1e9, -1e9, 1e9, 1e9))
    assert np.array_equal(boxes, spots)
    for n, (box, good) in enumerate(zip(spots.tolist(), lawful.tolist(), strict=True)):
        high, middle = keys[int(at[n])], (box[0] + box[2] / 2, box[1] + box[3] / 2)
        drop = targets.drop(high, *middle)
        said = expected(body, low, high)
        assert ("none" if drop is None else drop.deed or "no") == said, (low, high)
        assert good == (said in ("report", "fill"))
        if drop is not None:
            assert drop.words
            assert drop.box == tuple(box)


@given(bodies(most=8))
def test_a_person_may_go_to_any_other_unit_and_an_empty_seat_to_none(body: Body) -> None:
    shown = charted(body)
    units = {panel.key for panel in shown.world_of.plan.panels.panels}
    for low, middle in middles(shown).items():
        targets = carried(shown, shown.made, low, *middle)
        assert targets is not None
        person = low.startswith("people:") or body.seats[int(low[-3:])][2]
        for unit in units:
            drop = targets.drop(unit, 0.0, 0.0)
            if unit == f"organizations:{targets.within}":
                assert drop is None
            else:
                assert drop is not None
                assert drop.deed == ("join" if person else "")
    assert units <= {panel_key(unit) for unit in range(NOWHERE, len(body.units))}
    assert place(NOWHERE) == "body"


@given(st.lists(st.integers(NOWHERE, 30), max_size=30), st.data())
def test_below_is_everyone_whose_way_up_leads_there(ups: list[int], data: st.DataObject) -> None:
    parent = np.array([min(up, n - 1) for n, up in enumerate(ups)], dtype=np.intp)  # each above is an earlier one
    if not len(parent):
        return
    seat = data.draw(st.integers(0, len(parent) - 1))
    found = below(parent, seat)
    for n in range(len(parent)):
        at = n
        while at not in (seat, NOWHERE):
            at = int(parent[at])
        assert found[n] == (at == seat)


def test_a_long_chain_is_no_matter() -> None:
    parent = np.arange(-1, 99_999, dtype=np.intp)
    assert below(parent, 40_000).sum() == 60_000


def board() -> BoardShown:
    options = BuildOutOptions(Options(), size=(1400.0, 900.0), focus="deck")
    made = BuildOutPicture.of(crew(), options, fixed)
    return BoardShown(fixed, made, made.scene())


def test_somebody_on_a_board_goes_to_a_seat_that_is_empty_or_left() -> None:
    targets = carried(board(), board().made, "seats:mate", 0.0, 0.0)
    assert isinstance(targets, BoardTargets)
    assert targets.name == "Bob Madeup"
    deeds = {key: targets.drop(key, 0.0, 0.0) for key in ("seats:cook", "seats:bosun", "seats:lookout", "seats:mate")}
    assert {key: drop.deed if drop is not None else None for key, drop in deeds.items()} == {
        "seats:cook": "fill", "seats:bosun": "fill", "seats:lookout": "", "seats:mate": None,
    }  # fmt: skip
    words = {key: drop.words for key, drop in deeds.items() if drop is not None}
    assert words["seats:cook"] == "Bob Madeup takes Cook"
    assert words["seats:bosun"] == "Bob Madeup takes the seat that Dan Madeup left"
    assert words["seats:lookout"].startswith("Fay Madeup is there")
    boxes, lawful = targets.within_sight((-1e9, -1e9, 1e9, 1e9))
    assert len(boxes) == len(lawful)
    assert 0 < lawful.sum() < len(lawful)
    assert (boxes[:, 2:] < 200).all()  # a place on the board, not all that stands for a seat


def test_nobody_can_be_carried_from_an_empty_seat_of_a_board() -> None:
    for key in ("seats:cook", "seats:bosun", "group:clock", "targets:hands"):
        assert carried(board(), board().made, key, 0.0, 0.0) is None


def test_beside_other_teams_somebody_joins_one_by_its_name() -> None:
    options = TeamCompareOptions(Options(), ("deck", "harbor"), (1400.0, 900.0))
    compared = TeamCompare.of(crew(), options, fixed)
    shown = BoardShown(fixed, compared, compared.scene())
    targets = carried(shown, shown.made, "seats:mate", 0.0, 0.0)
    assert targets is not None
    there, here = (targets.drop(f"organizations:{team}", 0.0, 0.0) for team in ("harbor", "deck"))
    assert there is not None
    assert (there.deed, there.words) == ("join", "Bob Madeup joins Harbor")
    assert here is not None
    assert (here.deed, here.words) == ("", "Bob Madeup is at Deck already")
