"""Pictures that play by themselves: what stands when, who moves when, and what a reader without animation sees."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

import numpy as np
import pytest
from lxml import etree

from app.analysis.options import Options
from app.cli.commands import load
from app.pictures.alluvial import Alluvial, AlluvialOptions
from app.pictures.chord import Chord
from app.pictures.exchange import ExchangeOptions
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.playing import STEPS_A_SECOND, Play
from app.pictures.sankey import Sankey, SankeyOptions
from app.render.svg import svg
from app.render.svg_moving import moving_svg
from app.render.theme import DARK, LIGHT
from app.render.widths import measure
from tests.render.smil import SVG, spoken, value, words
from tests.render.test_fidelity import from_svg

SECONDS = 12.0


@pytest.fixture(scope="module")
def plays() -> dict[str, Play]:
    dataset = load(None)
    pictures = {
        "flowmap": FlowMap.of(dataset, FlowMapOptions(Options()), measure),
        "sankey": Sankey.of(dataset, SankeyOptions(Options()), measure),
        "chord": Chord.of(dataset, ExchangeOptions(Options()), measure),
        "alluvial": Alluvial.of(dataset, AlluvialOptions(Options()), measure),
    }
    return {name: Play.of(picture, SECONDS) for name, picture in pictures.items()}


VIEWS = pytest.mark.parametrize("view", ["flowmap", "sankey", "chord", "alluvial"])


@cache
def text_of(play: Play) -> str:
    return moving_svg(play, LIGHT, embed_font=False)


def drawn(play: Play) -> etree._Element:
    return etree.fromstring(text_of(play).encode())


@VIEWS
def test_at_each_step_it_reads_as_the_still_picture_of_that_day(plays: dict[str, Play], view: str) -> None:
    play = plays[view]
    root = drawn(play)
    for step in (0, play.n_steps // 2, play.n_steps - 1):
        middle = (play.begin_of(step) + play.begin_of(step + 1)) / 2
        still = spoken(svg(play.scene(step), LIGHT, embed_font=False))
        assert words(root, play, middle) == still


@VIEWS
def test_without_animation_it_stands_as_on_the_last_day(plays: dict[str, Play], view: str) -> None:
    play = plays[view]
    root = drawn(play)
    seen = words(root, play, -play.pause)
    assert seen == spoken(svg(play.closing, LIGHT, embed_font=False))
    for animation in list(root.iter(f"{SVG}animate", f"{SVG}animateTransform")):
        parent = animation.getparent()
        assert parent is not None
        before = animation.getprevious()
        if animation.tail:
            if before is not None:
                before.tail = (before.tail or "") + animation.tail
            else:
                parent.text = (parent.text or "") + animation.tail
        parent.remove(animation)
    assert words(root, play, -play.pause) == seen


def whose(animation: etree._Element) -> str:
    """The key of the dot that an animation moves."""
    moved = animation.getparent()
    assert moved is not None
    named = next(element for element in moved.iter(f"{SVG}circle") if element.get("id"))
    return unquote((named.get("id") or "").removeprefix("k-").partition(":")[0])


@VIEWS
def test_everyone_with_a_day_while_it_plays_is_a_dot_that_lands_then(plays: dict[str, Play], view: str) -> None:
    play = plays[view]
    motion = play.motion
    assert motion is not None
    moving = list(drawn(play).iter(f"{SVG}animateTransform"))
    inside = (motion.land > play.first) & (motion.land <= play.last)
    assert len(moving) == int(inside.sum()) > 100
    rows: dict[str, list[int]] = {}
    for row in np.flatnonzero(inside).tolist():
        rows.setdefault(play.closing.keys[motion.key[row]], []).append(row)
    for animation in moving:
        row = rows[whose(animation)].pop(0)
        times = [float(t) * play.whole - play.pause for t in animation.get("keyTimes", "").split(";")]
        land = float(play.second_of(motion.land[row]))
        assert min(abs(t - land) for t in times) < 0.003
        out = land - float(motion.seconds[row])
        assert out <= 0 or min(abs(t - out) for t in times) < 0.003
        assert times == sorted(times)
        assert animation.get("dur") == f"{SECONDS:g}s"
        assert len(times) == len(animation.get("values", "").split(";"))


def test_dots_of_a_flow_map_stand_where_they_stand_in_the_still_picture(plays: dict[str, Play]) -> None:
    play = plays["flowmap"]
    still = etree.fromstring(svg(play.closing, LIGHT, embed_font=False).encode())
    moving = drawn(play)

    def places(root: etree._Element) -> list[tuple[str | None, ...]]:
        found = [e for e in root.iter(f"{SVG}circle") if "move" in (e.get("id") or "")]
        return sorted((e.get("id"), e.get("cx"), e.get("cy"), e.get("r"), e.get("fill")) for e in found)

    assert places(moving) == places(still)
    assert len(places(still)) == len(play.at_rest)


def test_ribbons_fill_four_times_a_second_at_most(plays: dict[str, Play]) -> None:
    for play in (plays["flowmap"], plays["sankey"], plays["chord"]):
        times: set[str] = set()
        for animation in drawn(play).iter(f"{SVG}animate"):
            if animation.get("attributeName") == "d":
                times |= set(animation.get("keyTimes", "").split(";"))
        assert 0 < len(times) <= play.seconds * STEPS_A_SECOND + 2


def test_the_running_day_goes_from_the_first_to_the_last(plays: dict[str, Play]) -> None:
    play = plays["sankey"]
    root = drawn(play)
    day = next(e for e in root.iter(f"{SVG}g") if e.get("id") == "layer-day")
    seen = [words(day, play, play.begin_of(step) + 0.01)[0] for step in range(play.n_steps + 1)]
    assert seen == sorted(seen)
    assert seen[-1] == play.closing.meta.as_of


def test_who_asks_for_less_motion_sees_nothing_that_shows_only_while_it_plays(plays: dict[str, Play]) -> None:
    text = text_of(plays["flowmap"])
    assert "prefers-reduced-motion:reduce" in text
    root = etree.fromstring(text.encode())
    for element in root.iter():
        if any(a.get("attributeName") == "display" for a in element.findall(f"{SVG}animate")):
            hidden = value(element, "display", plays["flowmap"], -0.5) == "none"
            assert (element.get("display") == "none") == hidden
            assert hidden or element.get("class") == "f"


@VIEWS
def test_the_same_bytes_each_time_without_scripts_and_not_large(plays: dict[str, Play], view: str) -> None:
    play = plays[view]
    text = moving_svg(play, DARK)
    assert text == moving_svg(Play.of(play.picture, SECONDS), DARK)
    assert "<script" not in text
    assert "onload" not in text
    ids = [e.get("id") for e in etree.fromstring(text.encode()).iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert len(text.encode()) < {"flowmap": 400_000, "alluvial": 800_000}.get(view, 700_000)


def test_a_play_has_a_length_that_makes_sense(plays: dict[str, Play]) -> None:
    picture = plays["sankey"].picture
    for seconds in (0.5, 601.0, float("nan")):
        with pytest.raises(ValueError, match="plays"):
            Play.of(picture, seconds)
    short = Play.of(picture, 2.0)
    assert short.whole == 2.0
    assert short.pause == pytest.approx(0.4)


@pytest.mark.usefixtures("qapp")
def test_a_reader_that_does_not_play_it_shows_the_last_day(plays: dict[str, Play]) -> None:
    """Qt's reader, told not to animate, beside our own PNG; without words, for it knows neither font nor widths."""
    play = plays["flowmap"]
    root = drawn(play)
    width, height = (round(side) for side in play.closing.size)
    for animation in list(root.iter(f"{SVG}animate", f"{SVG}animateTransform")):
        parent = animation.getparent()
        assert parent is not None
        animation.tail = None
        parent.remove(animation)
    for text in list(root.iter(f"{SVG}text")):
        text.text = ""
    still = etree.fromstring(svg(play.closing, LIGHT, embed_font=False).encode())
    for text in list(still.iter(f"{SVG}text")):
        for child in list(text):
            child.tail = None
        text.text = ""
    moving, standing = (from_svg(etree.tostring(r, encoding="unicode"), width, height) for r in (root, still))
    assert (np.abs(moving - standing).max(axis=2) > 32).mean() < 0.005
