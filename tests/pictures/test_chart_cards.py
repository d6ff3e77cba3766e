"""What a card and a tile of a chart look like and say, for seats of every kind; lit and pale."""

from __future__ import annotations

import polars as pl
import pytest

from app.domain.dataset import Dataset
from app.domain.lens import parse
from app.pictures.chart_folds import DEEPEST, Folds
from app.scene.marks import Anchor, Label, Path
from app.scene.scene import Scene
from app.scene.style import Certainty, Emphasis, Role, Status, Style
from tests.pictures.bodies import chart_of, world_of
from tests.pictures.desks import STATES, desk

NEAR, MIDDLE, FAR, BARS = 1.0, 0.6, 0.4, 0.1
"""A scale of each level of detail."""


def scene(dataset: Dataset, **options: object) -> Scene:
    return world_of(chart_of(dataset, "desk", **options), Folds(DEEPEST)).scene()


def said(made: Scene, key: str, scale: float) -> list[str]:
    """The words of a box at a scale, in the order in which they are painted."""
    number = made.keys.index(key)
    return [
        text
        for layer in made.layers
        if layer.min_scale <= scale < layer.max_scale
        for mark in layer.marks
        if isinstance(mark, Label)
        for text, of in zip(mark.text, mark.key.tolist(), strict=True)
        if of == number
    ]


def looks(made: Scene, key: str, scale: float) -> dict[Role, Style]:
    """The styles of what is drawn for a box at a scale, by role; the last of each."""
    number = made.keys.index(key)
    return {
        made.styles[style].role: made.styles[style]
        for layer in made.layers
        if layer.min_scale <= scale < layer.max_scale
        for mark in layer.marks
        for of, style in zip(mark.key.tolist(), mark.style.tolist(), strict=True)
        if of == number
    }


@pytest.fixture(scope="module")
def cards() -> Scene:
    return scene(desk())


@pytest.fixture(scope="module")
def tiles() -> Scene:
    return scene(desk(lines=False))


@pytest.mark.parametrize(
    ("seat", "words"),
    [
        ("boss", ["AM", "Ada Madeup", "Head", "7 mo"]),
        ("sure", ["BM", "Ben Madeup", "Clerk", "7 mo"]),
        ("maybe", ["CM", "Cyd Madeup", "Clerk", "7 mo"]),
        ("gone", ["DM", "left 20 Oct ’25", "Dov Madeup", "Clerk"]),
        ("weak", ["EM", "Eve Madeup", "7 mo"]),
        ("open", ["Scribe", "open"]),
        ("planned", ["Scribe", "planned"]),
        ("on-hold", ["Scribe", "on hold"]),
        ("offered", ["Scribe", "offered"]),
    ],
)
def test_a_card_says_who_what_how_long_and_who_left(cards: Scene, seat: str, words: list[str]) -> None:
    assert said(cards, f"seats:{seat}", NEAR) == words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("seats:sure", ["BM", "Ben Madeup", "10 Jun ’25"]),
        ("seats:gone", ["DM", "Dov Madeup", "left 20 Oct ’25"]),
        ("seats:planned", ["Scribe", "planned"]),
        ("people:fay", ["FM", "Fay Madeup", "10 Jun ’25"]),
    ],
)
def test_a_tile_says_who_and_since_when(tiles: Scene, key: str, words: list[str]) -> None:
    assert said(tiles, key, NEAR) == words


def test_from_further_off_names_alone_are_left_and_from_afar_none(cards: Scene, tiles: Scene) -> None:
    assert said(cards, "seats:sure", MIDDLE) == ["Ben", "Madeup"]
    assert said(cards, "seats:sure", FAR) == ["Madeup"]
    assert said(cards, "seats:planned", MIDDLE) == ["Scribe,", "planned"]
    assert said(tiles, "people:fay", FAR) == ["Madeup"]
    assert said(cards, "seats:sure", BARS) == said(tiles, "people:fay", BARS) == []


def test_who_holds_a_seat_wears_the_colour_of_where_they_came_from(cards: Scene) -> None:
    for scale in (NEAR, MIDDLE, FAR, BARS):
        assert looks(cards, "seats:sure", scale)[Role.BAR] == Style(Role.BAR, "south")
    assert looks(cards, "seats:boss", NEAR)[Role.AVATAR] == Style(Role.AVATAR, "north")


def test_who_left_is_hollow_and_who_may_have_left_is_hatched(cards: Scene, tiles: Scene) -> None:
    gone = looks(cards, "seats:gone", NEAR)
    assert gone[Role.CARD].certainty is gone[Role.AVATAR].certainty is Certainty.UNSURE
    assert gone[Role.BAR].emphasis is Emphasis.QUIET
    assert Role.MARK not in gone
    assert Role.WARNING in gone
    assert looks(cards, "seats:gone", BARS).keys() == {Role.CARD}
    for made in (cards, tiles):
        hatched = {key for key in made.keys if Role.HATCH in looks(made, key, NEAR)}
        assert hatched == {"seats:maybe"}
    assert Role.CARD in looks(cards, "seats:maybe", NEAR)
    assert looks(cards, "seats:maybe", NEAR)[Role.CARD].certainty is Certainty.SURE


@pytest.mark.parametrize("state", STATES)
def test_an_empty_seat_is_an_outline_paler_where_it_is_planned(cards: Scene, tiles: Scene, state: str) -> None:
    planned = state == "planned"
    card, tile = looks(cards, f"seats:{state}", NEAR), looks(tiles, f"seats:{state}", NEAR)
    assert card[Role.CARD].emphasis is (Emphasis.SMALL if planned else Emphasis.STRONG)
    for found in (card, tile):
        assert found[Role.SEAT_OPEN].emphasis is (Emphasis.SMALL if planned else Emphasis.NORMAL)
        assert (Role.MARK_INK in found) == (state == "on-hold")
        assert not {Role.AVATAR, Role.BAR, Role.MARK} & found.keys()
    assert looks(cards, f"seats:{state}", BARS).keys() == {Role.CARD}


def test_a_card_shows_how_sure_it_is_that_someone_holds_the_seat(cards: Scene) -> None:
    signs = {seat: looks(cards, f"seats:{seat}", NEAR)[Role.MARK].status for seat in ("boss", "sure", "weak")}
    assert signs == {"boss": Status.CONFIRMED, "sure": Status.REPORTED, "weak": Status.RUMORED}
    rings = {seat: looks(cards, f"seats:{seat}", NEAR)[Role.AVATAR].status for seat in ("boss", "sure", "weak")}
    assert rings == {"boss": Status.NONE, "sure": Status.NONE, "weak": Status.RUMORED}


def test_the_legend_says_what_occurs_and_nothing_else(cards: Scene, tiles: Scene) -> None:
    kinds = {"hollow: left again", "hatched: may be there", "open", "planned", "on hold", "offered"}
    assert kinds <= set(cards.legend)
    assert kinds <= set(tiles.legend)
    assert {"confirmed", "reported", "rumored", "reports to, on record"} <= set(cards.legend)
    assert not {"disputed", "pale: left out by the filter"} & set(cards.legend)
    assert "reports to, on record" not in tiles.legend


@pytest.mark.parametrize("scale", [NEAR, MIDDLE, FAR, BARS])
def test_whom_a_filter_leaves_out_is_pale_at_every_scale(scale: float) -> None:
    made = scene(desk(), lens=parse("from:north"))
    for key in (key for key in made.keys if key.startswith(("seats:", "people:"))):
        pale = key in ("seats:sure", "people:fay", "people:gus")
        quiet = [style for role, style in looks(made, key, scale).items() if style.emphasis is Emphasis.QUIET]
        faded = len(quiet) == len(looks(made, key, scale))
        assert faded == pale, key
    assert "pale: left out by the filter" in made.legend
    assert "Filter: from:north, 4 of 7 lit" in made.header.context


def test_names_that_are_too_long_are_shortened_to_their_room(cards: Scene) -> None:
    widths = [
        (mark.x[row], mark.max_width[row])
        for mark in cards.layer("words").marks
        if isinstance(mark, Label)
        for row, style in enumerate(mark.style.tolist())
        if cards.styles[style].role is Role.SEAT_NAME and Anchor(mark.anchor[row]) is Anchor.START
    ]
    assert widths
    assert all(0 < width <= 222.0 - 52.0 for _, width in widths)


def test_a_line_to_who_left_is_quiet_and_a_weak_one_dashed() -> None:
    data = desk()
    rumored = pl.when(pl.col("id") == "r-sure").then(pl.lit("rumored")).otherwise("status").alias("status")
    made = scene(Dataset.of({**data.tables, "reports": data["reports"].with_columns(rumored)}))
    styles = {
        made.keys[key]: made.styles[style]
        for layer in made.layers
        for mark in layer.marks
        if isinstance(mark, Path)
        for key, style in zip(mark.key.tolist(), mark.style.tolist(), strict=True)
        if key >= 0
    }
    assert styles["reports:r-gone"].emphasis is Emphasis.QUIET
    assert styles["reports:r-sure"].status is Status.RUMORED
    assert styles["reports:r-maybe"] == Style(Role.REPORT)
