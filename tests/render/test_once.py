"""A layer in fewer words says the same of each mark."""

from __future__ import annotations

from lxml import etree

from app.render.once import once

HEIRS = ("stroke", "stroke-width", "font-size", "font-weight", "text-anchor", "fill")


def marks(layer: str) -> list[tuple[object, ...]]:
    """Marks in order: tag, words, address, and each attribute as it is handed down."""
    found = []
    for mark in etree.fromstring(layer).iter("text", "circle", "path", "use"):
        above = [mark, *mark.iterancestors()]
        own = [next((e.get(name) for e in above if e.get(name) is not None), None) for name in HEIRS]
        link = next((e.get("href") for e in above if e.tag == "a"), None)
        found.append((mark.tag, mark.get("id"), mark.text, link, *own))
    return found


def test_what_all_texts_say_is_said_by_the_layer() -> None:
    layer = (
        '<g id="a"><text id="1" font-size="12" fill="red">x</text><g font-size="12"><text fill="blue">y</text></g>'
        '<text font-size="14">z</text><path d="M0 0" fill="red"/></g>'
    )
    made = once(layer)
    assert marks(made) == [(*one[:6], one[6] or "12", *one[7:]) if one[0] == "path" else one for one in marks(layer)]
    assert made.count('font-size="12"') == 1
    assert made.count('font-size="14"') == 1


def test_nothing_is_handed_to_a_mark_that_does_without() -> None:
    layer = '<g id="a"><text font-size="12">x</text><text font-size="12">y</text><text>z</text></g>'
    assert once(layer) == layer
    ringed = '<g id="a"><circle stroke="red" stroke-width="2"/><circle stroke="red" stroke-width="2"/><path d=""/></g>'
    made = once(ringed)
    assert 'id="a" stroke-width="2"' in made
    assert made.count('stroke="red"') == 2


def test_a_value_that_stands_between_is_not_taken_away() -> None:
    between = '<g font-size="8"><text font-size="9">z</text></g>'
    layer = f'<g id="a"><text font-size="9">x</text><text font-size="9">y</text>{between}</g>'
    assert [mark[6] for mark in marks(once(layer))] == ["9", "9", "9"]


def test_neighbours_that_lead_to_one_place_have_one_link_and_others_their_own() -> None:
    layer = (
        '<g id="a"><a href="x"><circle id="1"/></a>\n<a href="x"><circle id="2"/><title>&lt;b&gt;</title></a>'
        '<circle id="3"/><a href="x"><circle id="4"/></a><a href="y"><circle id="5"/></a></g>'
    )
    made = once(layer)
    assert marks(made) == marks(layer)
    assert made.count("<a ") == 3
    assert "&lt;b&gt;" in made
