"""A page that plays: what is in it, that nothing of a file can break out of it, and what a real browser makes of it."""

from __future__ import annotations

import json
import re

import polars as pl
import pytest
from lxml import html as lxml_html

from app.analysis.options import Options
from app.cli.commands import load
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.playing import Play
from app.pictures.sankey import Sankey, SankeyOptions
from app.render.html import page
from app.render.widths import measure
from tests.pictures.made import small

SECONDS = 10.0


@pytest.fixture(scope="module")
def play() -> Play:
    return Play.of(
        FlowMap.of(load(None), FlowMapOptions(Options(), command="main.py render flowmap"), measure), SECONDS
    )


@pytest.fixture(scope="module")
def text(play: Play) -> str:
    return page(play)


def tables(text: str) -> dict:
    return json.loads(text.partition('id="data">')[2].partition("</script>")[0])


def test_it_is_one_file_that_asks_nothing_of_a_network(text: str) -> None:
    assert "default-src 'none'" in text
    root = lxml_html.fromstring(text)
    assert not root.xpath("//link | //img | //iframe | //script[@src]")
    assert not re.search(r"url\((?!data:)", text)
    assert len(text.encode()) < 1_500_000


def test_its_numbers_are_those_of_the_program(play: Play, text: str) -> None:
    data, gathered = tables(text), play.picture.gathered
    motion = play.motion
    assert motion is not None
    assert len(data["moves"]) == len(gathered.moves)
    assert len(data["dots"]) == len(play.on_the_way)
    assert data["before"] + len(data["dots"]) == int((motion.land <= play.last).sum())
    lands = [dot["land"] for dot in data["dots"]]
    assert lands == pytest.approx(play.second_of(motion.land[play.on_the_way]), abs=0.001)
    assert data["seconds"] + play.pause == SECONDS
    named = {tip[0] for tip in data["tips"]}
    assert {gathered.person_name(gathered.moves, row) for row in range(len(gathered.moves))} <= named
    for word in (play.closing.meta.dataset, play.closing.meta.as_of, "main.py render flowmap"):
        assert word in text


def test_every_source_of_a_move_is_named(play: Play, text: str) -> None:
    data, gathered = tables(text), play.picture.gathered
    for row, move in enumerate(data["moves"]):
        _, _, cited = data["tips"][move["tip"]]
        assert len(cited) == len(gathered.move_sources(gathered.moves, row))
    assert all(s["url"] == "" or s["url"].startswith("http") for s in data["sources"])


def test_no_word_of_a_file_breaks_out_of_the_page() -> None:
    dataset = small()
    bad = "</script><img src=x onerror=alert(1)> \"'& "
    people = dataset["people"].with_columns((pl.lit(bad) + pl.col("name")).alias("name"))
    organizations = dataset["organizations"].with_columns((pl.lit("<b>") + pl.col("name")).alias("name"))
    sources = dataset["sources"].with_columns(pl.lit("javascript:alert(1)").alias("url"))
    changed = dataset.replaced({"people": people, "organizations": organizations, "sources": sources})
    made = page(Play.of(FlowMap.of(changed, FlowMapOptions(Options()), measure), SECONDS))
    root = lxml_html.fromstring(made)
    assert not root.xpath("//img | //*[@onerror] | //b")
    assert len(root.xpath("//script")) == 2
    assert "javascript:" not in made
    assert any(bad in tip[0] for tip in tables(made)["tips"])


def test_the_same_bytes_each_time(play: Play, text: str) -> None:
    assert page(Play.of(play.picture, SECONDS)) == text


def test_a_picture_of_bands_has_a_page_too() -> None:
    play = Play.of(Sankey.of(small(), SankeyOptions(Options()), measure), SECONDS)
    data = tables(page(play, theme="dark"))
    assert len(data["dots"]) == len(play.on_the_way) > 0
    assert all(not dot["rests"] for dot in data["dots"])
