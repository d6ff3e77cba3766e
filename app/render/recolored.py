"""One shape in several colours, one after the other or one above the other, as one element that changes its colour.

Of shapes that are alike but for an opaque colour only the uppermost is seen. In a picture that plays, a pale band and
the full one that covers it are such. No Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.render.steps import Attributes, Element, Piece

FEW = 2
"""Shapes with no more looks than this are elements of their own."""
NONE = "none"
"""The colour of a shape where none of its looks shows."""


def recolored(elements: Sequence[Element], n: int) -> list[Element]:
    """Elements of one mark, from the lowest up, those of them joined that are alike but for their colour and stand on
    the last day; each where the lowest of them was. n: steps. What lies between must not overlap them, as parts of one
    band do not."""
    elements = [one for element in elements for one in _apart(element)]
    alike: dict[Attributes, list[int]] = {}
    for at, element in enumerate(elements):
        form = _form(element)
        if form is not None:
            alike.setdefault(form, []).append(at)
    joined: dict[int, Element] = {}
    gone: set[int] = set()
    for places in alike.values():
        pieces = [elements[at].looks[0] for at in places]
        if len(places) > 1 and any(_stands(piece, n) for piece in pieces):
            joined[places[0]] = _joined(elements[places[0]], pieces, n)
            gone |= set(places[1:])
    return [joined.get(at, element) for at, element in enumerate(elements) if at not in gone]


def fills_of(looks: Sequence[Piece]) -> list[str] | None:
    """The colours of looks that are one shape in several colours; None for any others."""
    if len({_but_fill(piece) for piece in looks}) > 1 or len(looks) < 2:
        return None
    return [dict(piece.attributes).get("fill", "") for piece in looks]


def _apart(element: Element) -> Iterable[Element]:
    """Few looks as elements of their own: the head of a pale band may have the colour of the full one's body."""
    if element.looks[0].tag != "path" or len(element.looks) > FEW:
        return (element,)
    return (replace(element, looks=(piece,)) for piece in element.looks)


def _form(element: Element) -> Attributes | None:
    """What shapes must have in common to be one; None for what is no opaque path of one look without a name."""
    piece = element.looks[0]
    fill = dict(piece.attributes).get("fill", NONE)
    if len(element.looks) > 1 or piece.tag != "path" or piece.named.id or fill == NONE:
        return None
    return None if any(name.endswith("opacity") for name, _ in piece.attributes) else _but_fill(piece)


def _but_fill(piece: Piece) -> Attributes:
    return tuple(pair for pair in piece.attributes if pair[0] != "fill")


def _stands(piece: Piece, n: int) -> bool:
    return not piece.shows or piece.shows[-1][1] == n


def _joined(lowest: Element, pieces: Sequence[Piece], n: int) -> Element:
    """One element with a look for each colour, as the uppermost of the pieces has it; the last look stands last."""
    seen = [-1] * n
    for at, piece in enumerate(pieces):
        for start, end in piece.shows or ((0, n),):
            seen[start:end] = [at] * (end - start)
    looks = []
    for at in sorted(range(-1, len(pieces)), key=lambda at: at == seen[-1]):
        shows = _runs([step for step in range(n) if seen[step] == at])
        if shows and at < 0:
            hidden = tuple((name, NONE if name == "fill" else value) for name, value in pieces[0].attributes)
            looks.append(replace(pieces[0], attributes=hidden, shows=shows))
        elif shows:
            looks.append(replace(pieces[at], shows=() if shows == ((0, n),) else shows))
    return replace(lowest, looks=tuple(looks))


def _runs(steps: Sequence[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for step in steps:
        if runs and runs[-1][1] == step:
            runs[-1] = (runs[-1][0], step + 1)
        else:
            runs.append((step, step + 1))
    return tuple(runs)
