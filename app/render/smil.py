"""SMIL as text: animations that go round and round on one clock, and elements that look different from step to step.

A round begins with the pause, in which everything stands as on the last day, so that a first look, and whatever knows
no animation, sees that day. An element shows one look at a time: shapes that grow by an attribute, anything else
as elements of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.pictures.playing import Play
from app.render.markup import attribute_text, element_text
from app.render.recolored import FEW, fills_of
from app.render.steps import Attributes, Element, Named, Piece, Steps

_LESS_MOTION = (
    "@media (prefers-reduced-motion:reduce){.m,[display=none]{display:none!important}.f{display:inline!important}"
    ".d{transform:none!important;opacity:1!important}"
)
"""m: shows only while it plays; f: shows on the last day, but not always; d: a person who stays; c: a shape that
changes its colour. Rules of CSS go before animations."""
_PLACE = ("x", "y", "transform")
"""What of a text its group cannot say for it."""
_NO_SHAPE = "M0,0"


@dataclass(eq=False)
class Smil:
    """Elements of one play; remembers which ids are taken."""

    play: Play
    used: dict[str, int] = field(default_factory=dict)
    fills: set[str] = field(default_factory=set)

    @property
    def less_motion(self) -> str:
        """The rules for who asks for less motion, once everything is written."""
        keep = "".join(f'.c[fill="{fill}"]{{fill:{fill}!important}}' for fill in sorted(self.fills))
        return f"{_LESS_MOTION}{keep}}}"

    def animate(self, name: str, values: Sequence[str], seconds: Sequence[float], *, jumps: bool = False) -> str:
        """An animation of an attribute over one round. seconds: of the play, below 0 in the pause before it."""
        return self._animation("animate", f'attributeName="{name}"', values, seconds, jumps=jumps)

    def shift(self, values: Sequence[str], seconds: Sequence[float]) -> str:
        """An animation of the place of an element."""
        return self._animation("animateTransform", 'attributeName="transform" type="translate"', values, seconds)

    def _animation(
        self, tag: str, what: str, values: Sequence[str], seconds: Sequence[float], *, jumps: bool = False
    ) -> str:
        mode = ' calcMode="discrete"' if jumps else ""
        times = ";".join(self.share(second) for second in seconds)
        clock = f'dur="{self.play.whole:g}s" repeatCount="indefinite"'
        return f'<{tag} {what} values="{";".join(values)}" keyTimes="{times}"{mode} {clock}/>'

    def share(self, second: float) -> str:
        """A second of the play as a share of one round."""
        share = min(max((second + self.play.pause) / self.play.whole, 0.0), 1.0)
        return f"{share:.4f}".rstrip("0").rstrip(".").removeprefix("0") or "0"

    def element(self, element: Element) -> str:
        """An element in all its looks."""
        looks = element.looks
        if all(not piece.shows for piece in looks):
            return "".join(self.piece(piece) for piece in looks)
        shared = _shared(looks)
        if looks[0].tag == "text" and shared is not None:
            return self._words(looks, shared)
        if (fills := fills_of(looks)) is not None:
            return self._painted(looks, fills)
        if looks[0].tag == "path" and len(looks) > FEW and _in_order(looks):
            return self._shape(looks)
        return "".join(self._switched(piece) for piece in looks)

    def piece(self, piece: Piece, *, state: str = "", inner: str = "", named: Named | None = None) -> str:
        """One look as an element. state: further attributes; inner: animations."""
        named = piece.named if named is None else named
        title = f"<title>{element_text(named.title)}</title>" if named.title else ""
        form = " ".join(part for part in (self.id(named.id), state, spelled(piece.attributes)) if part)
        content = title + inner + element_text(piece.words)
        text = f"<{piece.tag} {form}>{content}</{piece.tag}>" if content else f"<{piece.tag} {form}/>"
        return linked(text, named.link)

    def id(self, name: str) -> str:
        """The id attribute of the next mark of that name; blank for none."""
        if not name:
            return ""
        nth = self.used[name] = self.used.get(name, 0) + 1
        return f'id="{name}{f":{nth}" if nth > 1 else ""}"'

    def stays(self, shows: Steps) -> bool:
        """Whether what shows at these steps stands on the last day."""
        return not shows or shows[-1][1] == self.play.n_steps + 1

    def switch(self, shows: Steps) -> str:
        """The animation that lets something show at some steps only."""
        values = ["inline" if self.stays(shows) else "none"]
        seconds = [-self.play.pause]
        now = self.stays(shows)
        for step in sorted({0, *(edge for pair in shows for edge in pair)}):
            then = any(start <= step < end for start, end in shows)
            if then != now and step <= self.play.n_steps:
                values.append("inline" if then else "none")
                seconds.append(self.play.begin_of(step))
                now = then
        return self.animate("display", values, seconds, jumps=True)

    def _switched(self, piece: Piece) -> str:
        if not piece.shows:
            return self.piece(piece)
        if self.stays(piece.shows):
            return self.piece(piece, state='class="f"', inner=self.switch(piece.shows))
        return self.piece(piece, state='display="none"', inner=self.switch(piece.shows), named=Named())

    def together(self, pieces: Sequence[Piece]) -> str:
        """Looks that show at the same steps, not always, one above the other."""
        shows = pieces[0].shows
        stays = self.stays(shows)
        named = None if stays else Named()
        inner = "".join(self.piece(piece, named=named) for piece in pieces)
        state = 'class="f"' if stays else 'display="none"'
        return f"<g {state}>{self.switch(shows)}{inner}</g>"

    def _words(self, looks: tuple[Piece, ...], shared: Attributes) -> str:
        """Texts at one place, one after the other. Spans of one text would be shorter, but some readers show those that
        are not to be seen. Only what stands on the last day says how wide it is: who plays has the font."""
        at = {name: value for name, value in shared if name in _PLACE}
        turned = "transform" in at
        place = spelled(tuple(at.items())) if turned else ""
        texts = []
        for piece in looks:
            stays = self.stays(piece.shows)
            width = spelled(tuple(pair for pair in piece.attributes if pair[0] == "textLength" and stays))
            state = 'class="f"' if stays else 'display="none"'
            form = " ".join(part for part in (state, place, width) if part)
            texts.append(f"<text {form}>{self.switch(piece.shows)}{element_text(piece.words)}</text>")
        last = looks[-1]
        named = last.named if self.stays(last.shows) else Named()
        title = f"<title>{element_text(named.title)}</title>" if named.title else ""
        moved = () if turned else (("transform", f"translate({at['x']} {at['y']})"),)
        look = spelled((*moved, *(pair for pair in shared if pair[0] not in _PLACE)))
        form = " ".join(part for part in (self.id(named.id), look) if part)
        return linked(f"<g {form}>{title}{''.join(texts)}</g>", named.link)

    def _painted(self, looks: tuple[Piece, ...], fills: list[str]) -> str:
        """One shape that changes its colour. fills: of its looks."""
        changes = [(start, fill) for piece, fill in zip(looks, fills, strict=True) for start, _ in piece.shows]
        last = looks[-1]
        self.fills.add(fills[-1])
        values, steps = [fills[-1]], [-self.play.pause]
        for step, fill in sorted(changes):
            if fill != values[-1]:
                values.append(fill)
                steps.append(self.play.begin_of(step))
        blink = self.animate("fill", values, steps, jumps=True)
        return self.piece(last, state='class="c"', inner=blink)

    def _shape(self, looks: tuple[Piece, ...]) -> str:
        """One shape that grows; and as it stands on the last day, for who asks for less motion."""
        stays = self.stays(looks[-1].shows)
        values = [dict(looks[-1].attributes)["d"] if stays else _NO_SHAPE]
        seconds = [-self.play.pause]
        end = 0
        for piece in looks:
            start = piece.shows[0][0]
            if start > end or (end == 0 and start > 0):
                values.append(_NO_SHAPE)
                seconds.append(self.play.begin_of(end))
            values.append(dict(piece.attributes)["d"])
            seconds.append(self.play.begin_of(start))
            end = piece.shows[0][1]
        if not stays:
            values.append(_NO_SHAPE)
            seconds.append(self.play.begin_of(end))
        last = looks[-1]
        rest = tuple(pair for pair in last.attributes if pair[0] != "d")
        grows = self.animate("d", values, seconds, jumps=True)
        named = last.named if stays else Named()
        shape = Piece("path", (("d", values[0]), *rest), "", named, ())
        twin = f'<path class="f" display="none" {spelled(last.attributes)}/>' if stays else ""
        return self.piece(shape, state='class="m"', inner=grows) + twin


def linked(text: str, address: str) -> str:
    """An element that leads to an address; blank: as it is."""
    return f'<a href="{attribute_text(address)}">{text}</a>' if address else text


def spelled(attributes: Attributes) -> str:
    """Attributes as they are written."""
    return " ".join(f'{name}="{attribute_text(value)}"' for name, value in attributes)


def _shared(looks: tuple[Piece, ...]) -> Attributes | None:
    """The attributes of texts that differ in their words and widths alone; None if they differ in more."""
    kinds = {tuple(pair for pair in piece.attributes if pair[0] != "textLength") for piece in looks}
    return kinds.pop() if len(kinds) == 1 and all(piece.shows for piece in looks) else None


def _in_order(looks: tuple[Piece, ...]) -> bool:
    """Whether each look shows once, one after the other."""
    once = all(len(piece.shows) == 1 for piece in looks)
    return once and all(a.shows[0][1] <= b.shows[0][0] for a, b in pairwise(looks))
