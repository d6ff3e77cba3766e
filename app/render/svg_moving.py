"""A picture that plays by itself, as SVG without scripts: SMIL animations over the still pictures of its steps. No Qt.

At first, and wherever nothing animates, it stands as on the last day; then it plays round and round, with a pause on
the last day. Who asks for less motion sees that day and nothing that moves.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby

from app.pictures.playing import Play
from app.render.faces import font_face
from app.render.markup import attribute_text, element_text
from app.render.once import once
from app.render.outlines import shortened
from app.render.recolored import recolored
from app.render.smil import Smil, linked
from app.render.stages import Stages
from app.render.steps import Element, Stack
from app.render.svg import ground, head, svg
from app.render.svg_people import people
from app.render.theme import Theme


def moving_svg(play: Play, theme: Theme, *, embed_font: bool = True) -> str:
    """The play as an SVG document. embed_font: as for a still one. A picture without anything that moves is still."""
    stages = Stages.of(play, partial(svg, theme=theme, embed_font=False))
    smil, scene = Smil(play), play.closing
    said = (piece.words for stack in (*stages.below, *stages.above) for e in stack.elements for piece in e.looks)
    layers = [_layer(smil, stack) for stack in stages.below]
    layers.append(people(smil, theme, stages.resting))
    layers += [_layer(smil, stack) for stack in stages.above]
    begin = head(scene, face=font_face(said) if embed_font else "", more=smil.less_motion)
    drawn = [once("\n".join(parts)) for parts in layers if parts]
    return "\n".join([*begin, ground(scene, theme), *drawn, "</svg>\n"])


def _layer(smil: Smil, stack: Stack) -> list[str]:
    parts = [f'<g id="{attribute_text(stack.name)}">']
    for group, run in groupby(stack.elements, key=lambda element: element.group):
        inner = _elements(smil, list(run))
        if group is None:
            parts += inner
            continue
        title = f"<title>{element_text(group.title)}</title>" if group.title else ""
        name = smil.id(group.id)
        parts.append(linked(f"<g{' ' if name else ''}{name}>{title}{''.join(inner)}</g>", group.link))
    parts.append("</g>")
    return parts


def _elements(smil: Smil, elements: list[Element]) -> list[str]:
    """Elements one above the other; what shows at the same steps is switched at once."""
    parts = []
    elements = recolored([shortened(element) for element in elements], smil.play.n_steps + 1)
    for shows, run in groupby(elements, key=lambda element: element.looks[0].shows if len(element.looks) == 1 else ()):
        together = list(run)
        if shows and len(together) > 1:
            parts.append(smil.together([element.looks[0] for element in together]))
        else:
            parts += _one_by_one(smil, together)
    return parts


def _one_by_one(smil: Smil, elements: list[Element]) -> list[str]:
    """Elements one above the other; a halo is the text above it once more, so that its words are there once."""
    parts = []
    for n, element in enumerate(elements):
        above = elements[n + 1] if n + 1 < len(elements) else None
        if above is not None and _is_halo(element, above):
            parts.append(_halo(smil, element, above))
        elif not (n and _is_halo(elements[n - 1], element)):
            parts.append(smil.element(element))
    return parts


def _is_halo(below: Element, above: Element) -> bool:
    """Whether an element is the halo of the text above it, with the same words at the same times, which change."""
    one, other = below.looks, above.looks
    if one[0].tag != "text" or not one[0].shows or ("aria-hidden", "true") not in one[0].attributes:
        return False
    return [(a.words, a.shows) for a in one] == [(b.words, b.shows) for b in other]


def _halo(smil: Smil, below: Element, above: Element) -> str:
    drawn = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
    ink = " ".join(f'{k}="{v}"' for k, v in above.looks[0].attributes if k.startswith("fill"))
    halo = " ".join(f'{k}="{v}"' for k, v in below.looks[0].attributes if k in drawn)
    n = smil.used[""] = smil.used.get("", 0) + 1
    bare = Element(
        None,
        tuple(
            replace(piece, attributes=tuple(pair for pair in piece.attributes if not pair[0].startswith("fill")))
            for piece in above.looks
        ),
    )
    return f'<use href="#t{n}" {halo} aria-hidden="true"/><g {ink}><g id="t{n}">{smil.element(bare)}</g></g>'
