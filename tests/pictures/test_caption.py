"""The caption below a picture: scope and numbered sources, as many as have room; the picture above stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.pictures.caption import SHARE, captioned
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.scene.cited import CAPTION, citation, cited
from app.scene.marks import Label
from app.scene.pick import shown
from app.scene.scene import Scene, Source
from tests.pictures.made import fixed, small


@pytest.fixture(scope="module")
def plain() -> Scene:
    return FlowMap.of(small(), FlowMapOptions(Options(), size=(900.0, 700.0)), fixed).scene()


def sourced(scene: Scene, n: int, **more: str) -> Scene:
    """The same picture, all of whose tips rest on n sources."""
    sources = {
        f"s{i}": replace(Source(f"Paper {i}", f"Report {i}", f"https://example.org/{i}", "2025-07-01"), **more)
        for i in range(n)
    }
    tips = tuple(replace(tip, links=tuple(sources)) for tip in scene.tips)
    return replace(scene, tips=tips, meta=replace(scene.meta, sources=sources))


def lines(scene: Scene) -> list[str]:
    return [text for mark in scene.layer(CAPTION).marks if isinstance(mark, Label) for text in mark.text]


def test_the_picture_grows_and_stays_as_it_was(plain: Scene) -> None:
    made = captioned(sourced(plain, 3), fixed)
    assert made.size[0] == plain.size[0]
    assert made.size[1] > plain.size[1]
    assert made.layers[:-1] == plain.layers
    assert made.styles[: len(plain.styles)] == plain.styles
    for mark in made.layer(CAPTION).marks:
        if isinstance(mark, Label):
            assert mark.y.min() > plain.size[1]
            assert mark.y.max() < made.size[1]


def test_it_says_scope_and_sources_but_no_title(plain: Scene) -> None:
    scene = sourced(plain, 3)
    said = " ".join(lines(captioned(scene, fixed)))
    assert plain.header.scope in said
    assert plain.header.context in said
    assert plain.header.title not in said
    for n, source in enumerate(cited(scene).values(), 1):
        assert citation(n, source) in said
    assert "[1] Paper 0, Report 0, 2025-07-01, https://example.org/0" in said


def test_a_source_leads_to_its_address(plain: Scene) -> None:
    made = captioned(sourced(plain, 2), fixed)
    links = [
        made.tips[tip].links
        for mark in made.layer(CAPTION).marks
        if isinstance(mark, Label)
        for tip in mark.tip.tolist()
        if tip >= 0
    ]
    assert links == [("s0",), ("s1",)]


def test_an_address_without_room_beside_has_a_line_of_its_own(plain: Scene) -> None:
    long = "https://example.org/" + "a" * 120
    said = lines(captioned(sourced(plain, 1, url=long), fixed))
    assert said[-2:] == ["[1] Paper 0, Report 0, 2025-07-01", long]


@given(n=st.integers(0, 60))
def test_each_source_is_named_or_counted(plain: Scene, n: int) -> None:
    scene = sourced(plain, n)
    made = captioned(scene, fixed)
    named = [line for line in lines(made) if line.startswith("[")]
    counted = [int(line.split()[1]) for line in lines(made) if line.startswith("and ")]
    assert len(named) + sum(counted) == n
    assert len(counted) <= 1
    assert made.size[1] <= plain.size[1] * (1 + SHARE) + 120


def test_numbers_do_not_change_with_the_caption(plain: Scene) -> None:
    scene = sourced(plain, 30)
    assert list(cited(captioned(scene, fixed))) == list(cited(scene))


def test_what_carries_most_comes_first_and_what_is_not_shown_is_not_cited(plain: Scene) -> None:
    sources = {name: Source(name, "", "", "") for name in ("few", "many", "never")}
    tips = tuple(replace(tip, links=("many", "few") if i == 0 else ("many",)) for i, tip in enumerate(plain.tips))
    scene = replace(plain, tips=tips, meta=replace(plain.meta, sources=sources))
    used = {tip for la in plain.layers if shown(la, 1.0) for mark in la.marks for tip in mark.tip.tolist()}
    assert 0 in used
    assert list(cited(scene)) == ["many", "few"]
    assert list(cited(replace(scene, layers=()))) == []
