"""What is folded hides exactly what is below it and says how much; whom it hides is found; levels fold as one."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.layout.tree import NONE
from app.pictures import wording
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.chart_world import FOLD, ChartWorld, hidden_text
from tests.pictures.bodies import Body, chart_of, folded, panel_key, panels_of, seen, world_of
from tests.pictures.crews import crew

Given = tuple[Body, Folds]


def told(world: ChartWorld) -> dict[str, str]:
    """What stands at each box and unit that folds: blank where it is open."""
    return {fold.key.removeprefix(FOLD): fold.text for fold in world.folds}


@settings(max_examples=30)
@given(folded())
def test_what_is_folded_hides_what_is_below_it_and_nothing_else(given: Given) -> None:
    body, folds = given
    seats, units = body.shut(folds)
    wanted = Counter(f"seats:s{n:03}" for n in body.linked if not seats & set(body.seats_above(n)))
    wanted += Counter(key for key, unit in body.loose if not units & set(body.around(unit)))
    world = world_of(body.chart, folds)
    assert seen(world) == wanted
    assert set(panels_of(world)) == {panel_key(unit) for unit in body.parts if not units & set(body.around(unit)[1:])}


@settings(max_examples=30)
@given(folded())
def test_what_is_folded_says_whom_it_hides(given: Given) -> None:
    body, folds = given
    seats, units = body.shut(folds)
    world = world_of(body.chart, folds)
    texts, here = told(world), {*seen(world), *panels_of(world)}
    parts = {body.units[unit] for unit in body.parts - {NONE}}
    foldable = {*(f"seats:s{up:03}" for _, up, _ in body.seats if up != NONE), *(panel_key(unit) for unit in parts)}
    assert set(texts) == foldable & here
    for n in seats:
        if (key := f"seats:s{n:03}") in here:
            under = [k for k in body.linked if n in body.seats_above(k)]
            there = sum(body.seats[k][2] for k in under)
            hidden = hidden_text(there, len(under) - there)
            assert texts[key] in (f"+{len(under)}", hidden)
            said, what_to_do = world.fold_words(key)
            assert said.startswith(f"Below {'Holder Number' if body.seats[n][2] else 'Maker '}{n}")
            assert said.endswith(f": {hidden}")
            assert what_to_do == "Click to unfold"
    for unit in units:
        if (key := panel_key(unit)) in here:
            among = [k for k, own in body.loose if unit in body.around(own)]
            n_seats = sum(k.startswith("seats:") for k in among)
            parts_said = [wording.counted(n_seats, "seat")] if n_seats else []
            parts_said += [wording.people(len(among) - n_seats)] if len(among) > n_seats else []
            assert texts[key] == "+"
            name = "The Body" if unit == NONE else f"Unit {unit}"
            assert world.unit_words(key) == (name, f"{' · '.join(parts_said)} inside")
    opened = here - {f"seats:s{n:03}" for n in seats} - {panel_key(unit) for unit in units}
    assert all(texts[key] == "" for key in opened & set(texts))
    assert all(world.fold_words(key)[1].startswith("Click to fold;") for key in opened & set(texts))


@settings(max_examples=25)
@given(folded())
def test_who_is_folded_away_is_found_by_unfolding_all_that_hides_them(given: Given) -> None:
    body, folds = given
    world = world_of(body.chart, folds)
    for at in (n for n, key in enumerate(body.chart.boxes.keys) if key not in seen(world)):
        opened = world_of(body.chart, folds.turn(*world.folds_above([at])))
        assert at in opened.plan.spots[0]
    assert world.folds_above(world.plan.spots[0].tolist()) == ()


@settings(max_examples=25)
@given(folded(), st.data())
def test_a_whole_level_is_turned_as_the_one_that_was_pointed_at(given: Given, data: st.DataObject) -> None:
    body, folds = given
    world = world_of(body.chart, folds)
    assume(world.folds)
    key = data.draw(st.sampled_from(sorted(told(world))))
    level = world.level_of(key)
    after = world_of(body.chart, folds.turn(*level))
    assert key in level
    assert bool(told(after)[key]) != bool(told(world)[key])
    whole = after.level_of(key)  # what was the other way already is of the level too
    assert set(level) <= set(whole)
    back = folds.turn(*level).turn(*whole)
    assert set(world_of(body.chart, back).level_of(key)) == set(whole)
    assert set(whole) != set(level) or back == folds


def test_a_folded_body_is_still_there_to_be_unfolded() -> None:
    body = Body(units=(NONE, NONE), people=(frozenset({0}), frozenset({1})))
    world = world_of(body.chart, Folds(1))
    assert not seen(world)
    assert list(panels_of(world)) == ["organizations:body"]
    assert told(world) == {"organizations:body": "+"}
    assert "nothing" not in [layer.name for layer in world.scene().layers]
    x, y, w, h = world.frame.map
    left, top, right, bottom = panels_of(world)["organizations:body"]
    assert world.home.to_view(left, top)[1] >= y
    assert world.home.to_view(right, bottom)[0] <= x + w
    assert world.home.to_view(right, bottom)[1] <= y + h
    assert world.unit_words("organizations:body") == ("The Body", "2 people inside")


def test_as_many_levels_are_open_as_can_be_read() -> None:
    few, many = (world_of(chart_of(crew(n, branch=3), "crew")) for n in (40, 2_000))
    assert sum(seen(few).values()) == 40
    assert not few.plan.folded.any()
    assert 2 <= sum(seen(many).values()) <= 160
    assert many.plan.folded.any()
    everything = world_of(many.chart, Folds(DEEPEST))
    assert sum(seen(everything).values()) == 2_000
