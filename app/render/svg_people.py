"""The people of a picture that plays by itself: each a dot that stands where it stands in the still picture and is
moved from there along its way, by the times of its motion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

import numpy as np

from app.render.color import Color
from app.render.crossings import HOLLOW_RADIUS, RADIUS, Crossings, looks, stands_from
from app.render.look import WAITING_GAP, Look
from app.render.markup import mark_id
from app.render.outlines import short_path
from app.render.palette import Palette
from app.render.smil import Smil, linked, spelled
from app.render.steps import Attributes, Named, Piece, Stack
from app.render.theme import Theme
from app.render.words import link_of
from app.scene.marks import Floats
from app.scene.motion import FADE_SECONDS, Motion


def people(smil: Smil, theme: Theme, resting: Stack | None) -> list[str]:
    """Everyone who moves while it plays or rests in it, traces below dots. resting: how those who stay stand on the
    last day. Nobody: nothing."""
    crossings, motion = Crossings.of(smil.play), smil.play.motion
    if motion is None or not len(crossings):
        return []
    writer = _People(smil, Palette(theme, smil.play.closing.meta.colors), crossings, motion)
    still = [element.looks[0] for element in resting.elements] if resting is not None else []
    return [
        '<g id="layer-people">',
        *writer.traces([piece for piece in still if piece.tag == "polyline"]),
        *writer.dots([piece for piece in still if piece.tag == "circle"]),
        "</g>",
    ]


class _People:
    """Elements of the people of one play."""

    def __init__(self, smil: Smil, palette: Palette, crossings: Crossings, motion: Motion) -> None:
        self.smil, self.palette, self.crossings, self.motion = smil, palette, crossings, motion
        self.scene = smil.play.closing

    def traces(self, tails: list[Piece]) -> Iterable[str]:
        """The traces of those who rest, from the step on after which they have landed."""
        stays = np.flatnonzero(self.crossings.rests).tolist()
        if not stays or not tails:
            return
        play = self.smil.play
        c = self.crossings
        step = {at: 0 if c.early[at] else stands_from(play, float(c.land[at])) for at in stays}
        numbered = sorted(range(len(stays)), key=lambda n: step[stays[n]])
        for first, run in groupby(numbered, key=lambda n: step[stays[n]]):
            lines = _lines([piece for n in run for piece in tails[n :: len(stays)]])
            shows = ((first, play.n_steps + 1),)
            yield f'<g class="f">{self.smil.switch(shows)}{lines}</g>' if first else f"<g>{lines}</g>"

    def dots(self, resting: list[Piece]) -> Iterable[str]:
        """One dot a person, those who rest in the picture as they stand there; side by side those with one source."""
        waiting = iter(resting)
        pieces = [next(waiting) if rests else self._passing(at) for at, rests in enumerate(self.crossings.rests)]
        of: dict[str, list[str]] = {}
        for at, piece in enumerate(pieces):
            of.setdefault(piece.named.link, []).append(self._dot(at, piece))
        for link, dots in of.items():
            yield linked("".join(dots), link)

    def _dot(self, at: int, piece: Piece) -> str:
        """One dot, without its link."""
        named = replace(piece.named, link="")
        if self.crossings.early[at]:
            return self.smil.piece(piece, named=named)
        x, y = (float(dict(piece.attributes)[name]) for name in ("cx", "cy"))
        moves = self._way(at, np.array([x, y])) + self._opacity(at)
        state = 'class="d"' if self.crossings.rests[at] else 'class="m" opacity="0"'
        hollow = self._hollow_first(at, piece)
        if hollow:
            return f"{self._ring(at)}<g {state}>{moves}{self.smil.piece(piece, named=named)}{hollow}</g>"
        return self._ring(at) + self.smil.piece(piece, state=state, inner=moves, named=named)

    def _passing(self, at: int) -> Piece:
        """The dot of someone for whom the picture stands once they have landed: there is none in the still one."""
        c, row = self.crossings, int(self.crossings.row[at])
        sure, hollow = looks(self.palette, self.scene.styles[self.motion.style[row]])
        x, y = c.way[at, -1].tolist()
        tip, key = int(self.motion.tip[row]), int(self.motion.key[row])
        named = Named(
            mark_id(self.scene.keys[key]) if key >= 0 else "",
            self.scene.tips[tip].text if tip >= 0 else "",
            link_of(self.scene, tip),
        )
        form = (("cx", f"{x:.2f}"), ("cy", f"{y:.2f}"), ("r", f"{self._radius(at):g}"))
        return Piece("circle", (*form, *_paint(hollow if c.unsure[at] else sure)), "", named, ())

    def _radius(self, at: int) -> float:
        return HOLLOW_RADIUS if self.crossings.unsure[at] else RADIUS

    def _ring(self, at: int) -> str:
        """A second ring while someone waits at the rim; blank for anyone else."""
        c = self.crossings
        left, out = float(c.left[at]), float(c.out[at])
        if out <= max(left, 0.0):
            return ""
        x, y = c.way[at, 0].tolist()
        color = self.palette.person(self.scene.styles[self.motion.style[c.row[at]]].organization)
        form = (("cx", f"{x:.2f}"), ("cy", f"{y:.2f}"), ("r", f"{self._radius(at) + WAITING_GAP:g}"), ("fill", "none"))
        blink = self.smil.animate(
            "display", ["none", "inline", "none"], [-self.smil.play.pause, max(left, 0.0), out], jumps=True
        )
        piece = Piece("circle", (*form, *_color("stroke", color), ("stroke-width", "1")), "", Named(), ())
        return self.smil.piece(piece, state='display="none"', inner=blink)

    def _way(self, at: int, still: Floats) -> str:
        """From when it is seen at the rim that it leaves, then along its way, and back at its still place."""
        c, play = self.crossings, self.smil.play
        moments = np.linspace(float(c.out[at]), float(c.land[at]), c.way.shape[1])
        begin = max(float(c.appears[at]), 0.0)
        start = np.array([[np.interp(begin, moments, c.way[at, :, axis]) for axis in (0, 1)]])
        ahead = moments > begin
        offsets = np.concatenate((start, c.way[at, ahead])) - still
        places = [f"{_tenths(x)} {_tenths(y)}" for x, y in offsets.tolist()]
        seconds = [begin, *moments[ahead].tolist()]
        if begin < c.out[at]:  # it waits at the rim
            places.insert(1, places[0])
            seconds.insert(1, float(c.out[at]))
        rest = ["0 0", "0 0"] if c.rests[at] else [places[-1]]
        return self.smil.shift(
            ["0 0", "0 0", *places, *rest],
            [-play.pause, begin, *seconds, *([seconds[-1]] if c.rests[at] else []), play.seconds],
        )

    def _opacity(self, at: int) -> str:
        """Seen from when it waits or sets out until it lands; where it rests from then on, fading in."""
        c, play = self.crossings, self.smil.play
        appears, land = max(float(c.appears[at]), 0.0), float(c.land[at])
        if not c.rests[at]:
            return self.smil.animate("opacity", ["0", "1", "0"], [-play.pause, appears, land], jumps=True)
        end = min(land + FADE_SECONDS, play.seconds)
        before = (["0", "0"], [0.0, appears]) if appears > 0 else ([], [])
        values = ["1", "1", *before[0], "1", "1", "0", "1", "1"]
        seconds = [-play.pause, 0.0, *before[1], appears, land, land, end, play.seconds]
        return self.smil.animate("opacity", values, seconds)

    def _hollow_first(self, at: int, dot: Piece) -> str:
        """What makes a dot hollow that sets out before its person has left; blank for any other."""
        c = self.crossings
        appears, left = max(float(c.appears[at]), 0.0), float(c.left[at])
        if c.unsure[at] or left <= appears:
            return ""
        _, hollow = looks(self.palette, self.scene.styles[self.motion.style[c.row[at]]])
        place = tuple(pair for pair in dot.attributes if pair[0] in ("cx", "cy"))
        blink = self.smil.animate(
            "display", ["none", "inline", "none"], [-self.smil.play.pause, appears, left], jumps=True
        )
        ring = Piece("circle", (*place, ("r", f"{HOLLOW_RADIUS:g}"), *_paint(hollow)), "", Named(), ())
        return self.smil.piece(ring, state='display="none"', inner=blink)


def _lines(tails: list[Piece]) -> str:
    """Straight lines, as one path for each paint."""
    drawn: dict[Attributes, list[str]] = {}
    for piece in tails:
        paint = tuple(pair for pair in piece.attributes if pair[0] != "points")
        ends = dict(piece.attributes)["points"].split()
        drawn.setdefault(paint, []).append(short_path(f"M{ends[0]}L{ends[1]}"))
    return "".join(f'<path d="{"".join(lines)}" {spelled(paint)}/>' for paint, lines in drawn.items())


def _paint(look: Look) -> Attributes:
    stroke = (*_color("stroke", look.stroke), ("stroke-width", f"{look.stroke_width:g}")) if look.stroke else ()
    return (*_color("fill", look.fill), *stroke)


def _color(name: str, color: Color | None) -> Attributes:
    faint = ((f"{name}-opacity", f"{round(color.a, 2):g}"),) if color is not None and color.a < 1 else ()
    return ((name, _hex(color)), *faint)


def _hex(color: Color | None) -> str:
    return "none" if color is None else color.hex


def _tenths(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"
