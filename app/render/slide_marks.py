"""Marks → shapes of a slide (DrawingML, ISO/IEC 29500-1), as text. No Qt.

A row is one shape: a rectangle, an ellipse, a freeform with the same curves as in SVG, a text box. Shapes bear the key
of what they stand for as their name, the tip as their alternative text, and lead to its source. A group a layer. What
paints nothing is no shape, and the ground is the slide's. Halos of letters are a glow, which a text box can have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from urllib.parse import quote, urlsplit

import numpy as np

from app.render.color import Color
from app.render.look import WAITING_GAP, Look
from app.render.markup import attribute_text, element_text
from app.render.palette import Palette
from app.render.theme import Theme
from app.render.widths import elided, spaced
from app.render.words import link_of
from app.scene.lettering import font, tracking
from app.scene.marks import AnyMarks, Box, Dot, Floats, Label, Path, Ribbon
from app.scene.outline import ribbon_edges
from app.scene.pick import painting_order, shown
from app.scene.scene import Layer, Scene
from app.scene.style import Role

POINT = 12_700
"""English metric units (EMU) a point; all places and sizes of a slide are whole numbers of them."""
ASCENT, LINE = 0.96875, 1.2102
"""From the top of a line of Inter to its baseline, and to the top of the next, as shares of the size."""
BOLD = 600
"""From this weight on a text is bold: a slide knows no other weights."""
FONT = '<a:latin typeface="Inter" panose="020B0604020202020204" pitchFamily="34" charset="0"/>'
"""Where Inter is not installed, the class of typefaces has another one without serifs take its place."""
_ALIGNED = ("l", "ctr", "r")
_SEGMENTS = {1: "moveTo", 3: "cubicBezTo"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture lies on a slide, in EMU: its top left corner, and how many a world unit."""

    left: float
    top: float
    unit: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """A rectangle on a slide in whole EMU, turned by degrees clockwise about its middle."""

    x: int
    y: int
    w: int
    h: int
    angle: float = 0.0
    flip: bool = False

    @property
    def xml(self) -> str:
        turn = f' rot="{round(self.angle * 60_000) % 21_600_000}"' if self.angle else ""
        flip = ' flipV="1"' if self.flip else ""
        return (
            f'<a:xfrm{turn}{flip}><a:off x="{self.x}" y="{self.y}"/>'
            f'<a:ext cx="{self.w}" cy="{self.h}"/></a:xfrm>'
        )  # fmt: skip


class SlideMarks:
    """Shapes of one Scene. link: address → the id of its relationship; first: the first number of a shape."""

    def __init__(self, scene: Scene, theme: Theme, place: Place, link: Callable[[str], str], first: int) -> None:
        self._scene, self._place, self._link = scene, place, link
        self._numbers = count(first)
        self._looks = Palette(theme, scene.meta.colors).looks(scene.styles)
        self._margins = np.array([look.solid_margin for look in self._looks])

    def picture(self, name: str, description: str) -> str:
        """The whole picture as a group of groups, one a layer; blank if there is nothing to be seen."""
        layers = [
            self._group(layer.name, "", list(self._layer(layer)))
            for layer in painting_order(self._scene.layers)
            if shown(layer, 1.0)
        ]
        return self._group(name, description, [layer for layer in layers if layer[0]])[0]

    def _group(self, name: str, description: str, parts: list[tuple[str, _Frame]]) -> tuple[str, _Frame]:
        """A group as large as what is in it; blank without anything."""
        if not parts:
            return "", _Frame(0, 0, 0, 0)
        frames = [frame for _, frame in parts]
        x, y = min(frame.x for frame in frames), min(frame.y for frame in frames)
        w, h = max(frame.x + frame.w for frame in frames) - x, max(frame.y + frame.h for frame in frames) - y
        group = (
            f"<p:grpSp><p:nvGrpSpPr>{self._named(name, description, '')}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f'<p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/><a:chOff x="{x}" y="{y}"/>'
            f'<a:chExt cx="{w}" cy="{h}"/></a:xfrm></p:grpSpPr>{"".join(text for text, _ in parts)}</p:grpSp>'
        )
        return group, _Frame(x, y, w, h)

    def _layer(self, layer: Layer) -> Iterator[tuple[str, _Frame]]:
        for mark in layer.marks:
            if isinstance(mark, Box):
                made = self._boxes(mark)
            elif isinstance(mark, Dot):
                made = self._dots(mark)
            elif isinstance(mark, Path):
                made = self._paths(mark)
            elif isinstance(mark, Ribbon):
                made = self._ribbons(mark)
            else:
                made = self._labels(mark)
            for row, frame, form, rest in made:
                yield self._shape(layer, mark, row, frame, form, rest), frame

    def _shape(self, layer: Layer, mark: AnyMarks, row: int, frame: _Frame, form: str, rest: str) -> str:
        """One shape. form: its geometry and paint; rest: its text."""
        key, tip = int(mark.key[row]), int(mark.tip[row])
        name = self._scene.keys[key] if key >= 0 else layer.name
        said = self._scene.tips[tip].text if tip >= 0 else ""
        is_text = ' txBox="1"' if rest else ""
        return (
            f"<p:sp><p:nvSpPr>{self._named(name, said, link_of(self._scene, tip))}<p:cNvSpPr{is_text}/><p:nvPr/>"
            f"</p:nvSpPr><p:spPr>{frame.xml}{form}</p:spPr>{rest}</p:sp>"
        )

    def _named(self, name: str, description: str, url: str) -> str:
        said = attribute_text(description).replace("\n", "&#10;")
        told = f' descr="{said}"' if said else ""
        target = _address(url)
        link = f'<a:hlinkClick r:id="{self._link(target)}"/>' if target else ""
        return f'<p:cNvPr id="{next(self._numbers)}" name="{attribute_text(name)}"{told}>{link}</p:cNvPr>'

    def _at(self, x: float, y: float, w: float, h: float) -> _Frame:
        """A rectangle of the picture on the slide."""
        place = self._place
        left, top = round(place.left + x * place.unit), round(place.top + y * place.unit)
        return _Frame(left, top, max(round(w * place.unit), 0), max(round(h * place.unit), 0))

    def _boxes(self, mark: Box) -> Iterator[tuple[int, _Frame, str, str]]:
        for row, (x, y, w, h, radius) in enumerate(_rows(mark.x, mark.y, mark.w, mark.h, mark.radius)):
            style = mark.style[row]
            look, margin = self._looks[style], float(self._margins[style])
            if self._scene.styles[style].role is Role.GROUND or not _paints(look):
                continue
            w, h = w + 2 * margin, h + 2 * margin
            share = min((radius + margin) / max(min(w, h), 1e-9), 0.5) if radius > 0 else 0.0
            guide = f'<a:gd name="adj" fmla="val {round(share * 100_000)}"/>' if share else ""
            form = f'<a:prstGeom prst="{"roundRect" if share else "rect"}"><a:avLst>{guide}</a:avLst></a:prstGeom>'
            yield row, self._at(x - margin, y - margin, w, h), form + self._paint(look), ""

    def _dots(self, mark: Dot) -> Iterator[tuple[int, _Frame, str, str]]:
        form = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
        for row, (x, y, r) in enumerate(_rows(mark.x, mark.y, mark.r)):
            look = self._looks[mark.style[row]]
            if look.ring is not None:
                outer = r + WAITING_GAP
                ring = Look(stroke=look.ring, stroke_width=1.0)
                yield row, self._at(x - outer, y - outer, 2 * outer, 2 * outer), form + self._paint(ring), ""
            if _paints(look):
                r += look.solid_margin
                yield row, self._at(x - r, y - r, 2 * r, 2 * r), form + self._paint(look), ""

    def _paths(self, mark: Path) -> Iterator[tuple[int, _Frame, str, str]]:
        for row, (start, stop) in enumerate(pairwise(mark.offsets.tolist())):
            look, width, closed = self._looks[mark.style[row]], float(mark.stroke[row]), bool(mark.closed[row])
            points = mark.points[start:stop]
            if len(points) < 2 or not (_paints(look) if closed else look.stroke is not None or width):
                continue
            paint = self._paint(look, width=width, filled=closed, grown=False)
            if len(points) == 2 and not closed:
                frame, flat = self._line(points)
            else:
                frame, flat = self._freeform([(1, points[:1]), *((0, point[None]) for point in points[1:])], closed)
            yield row, frame, flat + paint, ""

    def _line(self, points: Floats) -> tuple[_Frame, str]:
        """A straight line as such."""
        (x0, y0), (x1, y1) = points.tolist()
        box = self._at(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
        frame = _Frame(box.x, box.y, box.w, box.h, flip=(x1 - x0) * (y1 - y0) < 0)
        return frame, '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'

    def _ribbons(self, mark: Ribbon) -> Iterator[tuple[int, _Frame, str, str]]:
        groups, tips, triangles = ribbon_edges(mark, grow=self._margins[mark.style])
        found: dict[int, list[tuple[int, Floats]]] = {}
        for group in groups:
            for row, inner, outer in zip(group.rows.tolist(), group.inner, group.outer[:, ::-1], strict=True):
                bends = [(3, inner[at : at + 3]) for at in range(1, len(inner), 3)]
                back = [(3, outer[at : at + 3]) for at in range(1, len(outer), 3)]
                found[row] = [(1, inner[:1]), *bends, (0, outer[:1]), *back]
        for row, corners in zip(tips.tolist(), triangles, strict=True):
            found[row] = [(1, corners[:1]), *((0, corner[None]) for corner in corners[1:])]
        for row in sorted(found):
            look = self._looks[mark.style[row]]
            if _paints(look):
                frame, form = self._freeform(found[row], closed=True)
                yield row, frame, form + self._paint(look), ""

    def _freeform(self, steps: list[tuple[int, Floats]], closed: bool) -> tuple[_Frame, str]:
        """A shape of its own from steps: 1 begins at a point, 0 goes straight to it, 3 by a curve of three points."""
        place = self._place
        points = np.concatenate([step for _, step in steps]) * place.unit + (place.left, place.top)
        whole = np.rint(points).astype(np.int64)
        low = whole.min(axis=0)
        w, h = (int(side) for side in whole.max(axis=0) - low)
        texts = iter([f'<a:pt x="{x}" y="{y}"/>' for x, y in (whole - low).tolist()])
        parts = []
        for kind, step in steps:
            tag = _SEGMENTS.get(kind, "lnTo")
            parts.append(f"<a:{tag}>{''.join(next(texts) for _ in step)}</a:{tag}>")
        end = "<a:close/>" if closed else ""
        fill = "" if closed else ' fill="none"'
        form = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{max(w, 1)}" h="{max(h, 1)}"{fill}>{"".join(parts)}{end}</a:path></a:pathLst></a:custGeom>'
        )
        return _Frame(int(low[0]), int(low[1]), w, h), form

    def _labels(self, mark: Label) -> Iterator[tuple[int, _Frame, str, str]]:
        columns = _rows(mark.x, mark.y, mark.angle, mark.max_width, mark.size)
        for row, (x, y, angle, room, size) in enumerate(columns):
            style, look = self._scene.styles[mark.style[row]], self._looks[mark.style[row]]
            role, track = (size, font(style)[1]), tracking(style)
            text = elided(mark.text[row], role, room, track)
            if not text or look.text is None:
                continue
            width, anchor = spaced(text, role, track), int(mark.anchor[row])
            along, across = width * (1 - anchor) / 2, (LINE / 2 - ASCENT) * size
            turn = np.radians(angle)
            middle = x + along * np.cos(turn) - across * np.sin(turn), y + along * np.sin(turn) + across * np.cos(turn)
            box = self._at(float(middle[0]) - width / 2, float(middle[1]) - LINE * size / 2, width, LINE * size)
            frame = _Frame(box.x, box.y, box.w, box.h, angle)
            form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
            yield row, frame, form, self._words(text, look, role, track, anchor)

    def _words(self, text: str, look: Look, role: tuple[float, int], track: float, anchor: int) -> str:
        """The body of a text box with one line."""
        hundredths = self._place.unit * 100 / POINT
        spacing = f' spc="{round(track * role[0] * hundredths)}"' if track else ""
        glow = ""
        if look.halo is not None and look.halo_width > 0:
            reach = round(look.halo_width * self._place.unit)
            glow = f'<a:effectLst><a:glow rad="{reach}">{_color(look.halo)}</a:glow></a:effectLst>'
        assert look.text is not None
        return (
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f'<a:lstStyle/><a:p><a:pPr algn="{_ALIGNED[anchor]}"/><a:r><a:rPr lang="en-US" noProof="1" '
            f'sz="{max(round(role[0] * hundredths), 100)}" b="{int(role[1] >= BOLD)}"{spacing}>'
            f"<a:solidFill>{_color(look.text)}</a:solidFill>{glow}{FONT}</a:rPr>"
            f"<a:t>{element_text(text)}</a:t></a:r></a:p></p:txBody>"
        )

    def _paint(self, look: Look, *, width: float = 0.0, filled: bool = True, grown: bool = True) -> str:
        """Fill and stroke. grown: no stroke where the shape was widened instead."""
        fill = f"<a:solidFill>{_color(look.fill)}</a:solidFill>" if filled and look.fill is not None else "<a:noFill/>"
        color = look.stroke if look.stroke is not None or not width else look.fill
        breadth = width or look.stroke_width
        if color is None or not breadth or (grown and look.solid_margin):
            return f"{fill}<a:ln><a:noFill/></a:ln>"
        lengths = [round(part / breadth * 100_000) for part in look.dash]
        pairs = zip(lengths[::2], lengths[1::2], strict=True)
        dashes = "".join(f'<a:ds d="{on}" sp="{off}"/>' for on, off in pairs)
        dash = f"<a:custDash>{dashes}</a:custDash>" if dashes else ""
        return (
            f'{fill}<a:ln w="{round(breadth * self._place.unit)}" cap="flat"><a:solidFill>{_color(color)}</a:solidFill>'
            f'{dash}<a:miter lim="400000"/></a:ln>'
        )


def _rows(*columns: Floats) -> Iterator[tuple[float, ...]]:
    return zip(*(column.tolist() for column in columns), strict=True)


def _address(url: str) -> str:
    """An address that programs which show slides take: one letter that has no place in it, and they refuse the file."""
    try:
        urlsplit(url)
    except ValueError:
        return ""
    before, _, within = quote(url, safe="%/:?#[]@!$&'()*+,;=~").partition("#")
    return f"{before}#{within.replace('#', '%23')}" if within else before


def _paints(look: Look) -> bool:
    """Whether an area in this look can be seen."""
    return look.fill is not None or (look.stroke is not None and look.stroke_width > 0)


def _color(color: Color) -> str:
    alpha = f'<a:alpha val="{round(color.a * 100_000)}"/>' if color.a < 1.0 else ""
    return f'<a:srgbClr val="{color.hex[1:].upper()}">{alpha}</a:srgbClr>'
