"""One shape in several colours: at each step it has the colour that was uppermost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.render.recolored import fills_of, recolored
from app.render.steps import Element, Named, Piece

N = 6


def look(d: str, fill: str, *shows: tuple[int, int], **more: str) -> Element:
    attributes = (("d", d), ("fill", fill), *more.items())
    return Element(None, (Piece("path", attributes, "", Named(), shows),))


def seen(elements: list[Element], d: str, step: int) -> str:
    """The colour of the uppermost shape at a step."""
    fill = "none"
    for element in elements:
        for piece in element.looks:
            form = dict(piece.attributes)
            showing = not piece.shows or any(start <= step < end for start, end in piece.shows)
            if form["d"] == d and showing and form["fill"] != "none":
                fill = form["fill"]
    return fill


RANGES = st.tuples(st.integers(0, N - 1), st.integers(1, N)).map(sorted).filter(lambda r: r[0] < r[1]).map(tuple)
SHOWS = st.one_of(st.just(()), st.tuples(RANGES))
LOOKS = st.tuples(st.sampled_from("ab"), st.sampled_from(["red", "pale", "blue"]), SHOWS)


@given(st.lists(LOOKS, max_size=8))
def test_at_each_step_each_shape_has_the_colour_that_it_had(looks) -> None:
    elements = [look(d, fill, *shows) for d, fill, shows in looks]
    made = recolored(elements, N)
    assert [seen(made, d, step) for d in "ab" for step in range(N)] == [
        seen(elements, d, step) for d in "ab" for step in range(N)
    ]
    assert len(made) <= len(elements)


def test_a_pale_band_and_the_full_one_that_covers_it_are_one_shape() -> None:
    pale, full = look("a", "pale", (0, N - 1)), look("a", "full", (2, N))
    (made,) = recolored([pale, full], N)
    assert fills_of(made.looks) == ["pale", "full"]
    assert [piece.shows for piece in made.looks] == [((0, 2),), ((2, N),)]


def test_what_one_sees_through_or_has_gone_in_the_end_stays_as_it_is() -> None:
    glass = [look("a", "pale", (0, 3), **{"fill-opacity": "0.5"}), look("a", "full", (3, N), **{"fill-opacity": "0.5"})]
    passing = [look("a", "pale", (0, 2)), look("a", "full", (2, 4))]
    assert recolored(glass, N) == glass
    assert recolored(passing, N) == passing
    assert fills_of(glass[0].looks) is None
