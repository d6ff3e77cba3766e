"""Where organizations stand, as a text, and back."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.options import Options
from app.layout.flowmap import Arrangement
from app.pictures.alluvial import Alluvial, AlluvialOptions
from app.pictures.chord import Chord
from app.pictures.exchange import ExchangeOptions
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.matrix import Matrix
from app.pictures.sankey import Sankey, SankeyOptions
from app.pictures.stood import Stood
from app.render.widths import measure
from app.wishes.places import places, places_of
from tests.pictures.made import small

FILTER = Options()


def test_a_flow_map_stands_as_its_text_says() -> None:
    made = FlowMap.of(small(), FlowMapOptions(FILTER), measure)
    held = places(places_of(made))
    assert isinstance(held, Arrangement)
    again = FlowMap.of(small(), FlowMapOptions(FILTER), measure, held)
    assert np.abs(again.layout.xy - made.layout.xy).max() < 0.02


@pytest.mark.parametrize(
    "make",
    [
        lambda stood: Sankey.of(small(), SankeyOptions(FILTER), measure, stood),
        lambda stood: Alluvial.of(small(), AlluvialOptions(FILTER), measure, stood),
        lambda stood: Chord.of(small(), ExchangeOptions(FILTER), measure, stood),
        lambda stood: Matrix.of(small(), ExchangeOptions(FILTER), measure, stood),
    ],
)
def test_an_order_is_kept(make) -> None:  # type: ignore[no-untyped-def]  # four kinds of pictures
    text = places_of(make(None))
    held = places(text)
    assert isinstance(held, Stood)
    assert places_of(make(held)) == text
    turned = Stood({name: list(reversed(column)) for name, column in held.columns.items()}, held.turn)
    assert places_of(make(turned)) != text


def test_who_is_no_longer_there_is_left_out() -> None:
    assert Stood({"organizations": ["north", "gone", "south"]}).codes(
        Matrix.of(small(), ExchangeOptions(FILTER), measure).gathered
    ) == [1, 2]


def test_nothing_has_no_places() -> None:
    assert places("") is None
    assert places_of(object()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "1", "{}", '{"nodes":{"a":[0.5]},"flows":{}}', '{"nodes":{"a":["x","y"]},"flows":{}}',
        '{"nodes":{"a":[NaN,1]},"flows":{}}', '{"nodes":{"a":[0,1]},"flows":{"a>b":[0,0]}}',
        '{"nodes":{"a":[0,1]},"flows":{"a>a":[0]}}', '{"columns":[]}', '{"columns":{"a":"b"}}',
        '{"columns":{"a":[5]}}', '{"columns":{"a":[[]]}}', '{"columns":{},"turn":"x"}', '{"columns":{},"turn":NaN}',
    ],
)  # fmt: skip
def test_what_is_none_is_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whichever way it cannot be read
        places(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        places(text)
