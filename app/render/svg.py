"""Scene → SVG as text, without Qt.

Groups by layer, marks with ids, tips as titles, links to sources, words as text with the widths they were measured
with. Only what every reader knows: no clip paths, no paint-order, no CSS variables, no blend modes. A halo is a second
text below the first. Numbers have two decimals.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from itertools import groupby
from typing import Any, cast
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from app.places import resources
from app.render.color import Color
from app.render.palette import WAITING_GAP, Look, Palette
from app.render.theme import Theme
from app.render.widths import elided, measure
from app.render.words import link_of, provenance
from app.scene.lettering import font, tracking
from app.scene.marks import AnyMarks, Box, Dot, Floats, Label, Path, Ribbon
from app.scene.outline import ribbon_edges
from app.scene.pick import painting_order, shown
from app.scene.scene import Layer, Scene
from app.scene.style import Role

_ANCHORS = ("start", "middle", "end")
_PLAIN_KEY = re.compile("[A-Za-z0-9:>_.~-]*")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(scene: Scene, theme: Theme, *, embed_font: bool = True, transparent: bool = False) -> str:
    """The picture as an SVG document.

    embed_font: carry a Latin subset of the bundled font along (about 75 kB); else the reader's Inter, or its sans
    serif, is set to the same widths. transparent: no ground. A Scene without marks gives an empty picture.
    """
    writer = _Writer(scene, theme, transparent)
    width, height = (_number(x) for x in scene.size)
    header = scene.header
    summary = ". ".join(part for part in (header.scope, header.context, header.left_out) if part)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img" font-family="Inter, sans-serif">',
        f"<title>{_text(header.title)}</title>",
        f"<desc>{_text(summary)}</desc>",
        _metadata(scene),
        f"<style>{_font_face() if embed_font else ''}text{{font-variant-numeric:tabular-nums;white-space:pre}}</style>",
    ]
    if not transparent:
        parts.append(f'<rect width="{width}" height="{height}" fill="{theme.bg.hex}"/>')
    for layer in painting_order(scene.layers):
        if shown(layer, 1.0):
            parts += writer.layer(layer)
    parts.append("</svg>\n")
    return "\n".join(parts)


def mark_id(key: str) -> str:
    """The id of a key's first mark in a picture: `k-` and the key percent-encoded. Further ones add `:2`, `:3`, …"""
    if _PLAIN_KEY.fullmatch(key):  # as nearly all keys are; a thousand calls of `quote` take longer than the picture
        return "k-" + key.replace(":", "%3A").replace(">", "%3E")
    return "k-" + quote(key, safe="")


class _Writer:
    """Elements of one Scene; remembers which ids are taken."""

    def __init__(self, scene: Scene, theme: Theme, transparent: bool) -> None:
        self.scene = scene
        palette = Palette(theme, scene.meta.colors)
        occur = {style for layer in scene.layers for mark in layer.marks for style in np.unique(mark.style).tolist()}
        self.looks = [
            Look() if number not in occur or (transparent and style.role is Role.GROUND) else palette.look(style)
            for number, style in enumerate(scene.styles)
        ]
        self.margins = np.array([look.solid_margin for look in self.looks])
        self.paints = [_paint(look) for look in self.looks]
        self.used = [0] * len(scene.keys)
        self._told: dict[int, tuple[str, str]] = {}

    def layer(self, layer: Layer) -> list[str]:
        """A group with the layer's marks."""
        writers: dict[type[AnyMarks], Callable[..., list[str]]] = {
            Box: self._boxes,
            Ribbon: self._ribbons,
            Path: self._paths,
            Dot: self._dots,
            Label: self._labels,
        }
        parts = [f'<g id="{_attribute("layer-" + layer.name)}">']
        for kind, run in groupby(layer.marks, key=type):
            marks = list(run)
            for mark in [_joined(marks)] if kind is Ribbon else marks:
                parts += writers[kind](mark)
        parts.append("</g>")
        return parts

    def _close(self, mark: AnyMarks, row: int, tag: str, attributes: str, content: str = "") -> str:
        """One element with the id, title and link of its row."""
        key, tip = int(mark.key[row]), int(mark.tip[row])
        named = self._id(key)
        if tip >= 0:
            title, link = self._said(tip)
            content = title + content
            if link:
                return f'<a href="{link}"><{tag}{named} {attributes}>{content}</{tag}></a>'
        return f"<{tag}{named} {attributes}>{content}</{tag}>" if content else f"<{tag}{named} {attributes}/>"

    def _said(self, tip: int) -> tuple[str, str]:
        """Title element and address of a tip; made once, and only for tips that occur."""
        found = self._told.get(tip)
        if found is None:
            title = f"<title>{_text(self.scene.tips[tip].text)}</title>"
            found = self._told[tip] = title, _attribute(link_of(self.scene, tip))
        return found

    def _ribbons(self, mark: Ribbon) -> list[str]:
        margins = self.margins[mark.style]
        groups, tips, triangles = ribbon_edges(mark, grow=margins)
        shapes: dict[int, str] = {}
        for group in groups:
            pieces = (group.inner.shape[1] - 1) // 3
            curve = "C" + " ".join(["%s,%s"] * (3 * pieces))
            form = f"M%s,%s{curve}L%s,%s{curve}Z"
            points = np.concatenate((group.inner, group.outer[:, ::-1]), axis=1)
            for row, values in zip(group.rows.tolist(), _numbers(points), strict=True):
                shapes[row] = form % tuple(values)
        for row, values in zip(tips.tolist(), _numbers(triangles), strict=True):
            shapes[row] = "M{},{}L{},{}L{},{}Z".format(*values)
        paints = [self.paints[style] for style in mark.style.tolist()]
        tellers = list(zip(mark.key.tolist(), mark.tip.tolist(), strict=True))
        parts = []
        for (key, tip), run in groupby(sorted(shapes), key=tellers.__getitem__):
            paths = [f'<path d="{shapes[row]}" {paints[row]}/>' for row in run]
            parts.append("".join(paths) if key < 0 and tip < 0 else self._group(key, tip, paths))
        return parts

    def _group(self, key: int, tip: int, elements: list[str]) -> str:
        """Rows that stand for one thing, one after the other: id, title and link once for all of them."""
        title, link = self._said(tip) if tip >= 0 else ("", "")
        group = f"<g{self._id(key)}>{title}{''.join(elements)}</g>"
        return f'<a href="{link}">{group}</a>' if link else group

    def _id(self, key: int) -> str:
        """The id attribute of the next mark of a key; blank for none."""
        if key < 0:
            return ""
        self.used[key] += 1
        nth = self.used[key]
        return f' id="{mark_id(self.scene.keys[key])}{f":{nth}" if nth > 1 else ""}"'

    def _paths(self, mark: Path) -> list[str]:
        parts = []
        values = _numbers(mark.points[None])[0] if len(mark.points) else []
        for row in range(len(mark)):
            start, stop = int(mark.offsets[row]), int(mark.offsets[row + 1])
            if stop == start:
                continue
            look, width = self.looks[mark.style[row]], float(mark.stroke[row])
            closed = bool(mark.closed[row])
            if not closed and look.stroke is None and not width:
                continue
            at = values[2 * start : 2 * stop]
            points = " ".join([f"{x},{y}" for x, y in zip(at[0::2], at[1::2], strict=True)])
            fill = _color("fill", look.fill) if closed else 'fill="none"'
            paint = f"{fill} {_stroke(look, width)}".rstrip()
            parts.append(self._close(mark, row, "polygon" if closed else "polyline", f'points="{points}" {paint}'))
        return parts

    def _boxes(self, mark: Box) -> list[str]:
        parts = []
        margins = self.margins[mark.style]
        radius = np.where(mark.radius > 0, mark.radius + margins, 0.0)
        columns = (mark.x - margins, mark.y - margins, mark.w + 2 * margins, mark.h + 2 * margins, radius)
        for row, (x, y, w, h, r) in enumerate(_numbers(np.stack(columns, axis=-1)[:, None, :])):
            corner = f' rx="{r}"' if r != "0" else ""
            place = f'x="{x}" y="{y}" width="{w}" height="{h}"{corner}'
            parts.append(self._close(mark, row, "rect", f"{place} {self._area(mark, row)}"))
        return parts

    def _dots(self, mark: Dot) -> list[str]:
        parts = []
        margins = self.margins[mark.style]
        columns = (mark.x, mark.y, mark.r + margins, mark.r + WAITING_GAP)
        for row, (x, y, r, outer) in enumerate(_numbers(np.stack(columns, axis=-1)[:, None, :])):
            ring = self.looks[mark.style[row]].ring
            if ring is not None:
                parts.append(f'<circle cx="{x}" cy="{y}" r="{outer}" fill="none" {_color("stroke", ring)}/>')
            parts.append(self._close(mark, row, "circle", f'cx="{x}" cy="{y}" r="{r}" {self._area(mark, row)}'))
        return parts

    def _labels(self, mark: Label) -> list[str]:
        rows: list[tuple[int, str, float]] = []
        for row, text in enumerate(mark.text):
            style = self.scene.styles[mark.style[row]]
            role = float(mark.size[row]), font(style)[1]
            short = elided(text, role, float(mark.max_width[row]), tracking(style))
            if short and self.looks[mark.style[row]].text is not None:
                rows.append((row, short, float(measure([short], role)[0])))
        parts = []
        places = _numbers(np.stack((mark.x, mark.y), axis=-1)[:, None, :])
        for row, text, width in rows:
            style, look = self.scene.styles[mark.style[row]], self.looks[mark.style[row]]
            size, track = float(mark.size[row]), tracking(style)
            x, y = places[row]
            form = f'x="{x}" y="{y}" font-size="{_number(size)}" font-weight="{font(style)[1]}"'
            if mark.anchor[row]:
                form += f' text-anchor="{_ANCHORS[mark.anchor[row]]}"'
            if track:
                form += f' letter-spacing="{_number(track * size)}"'
            if mark.angle[row]:
                form += f' transform="rotate({_number(float(mark.angle[row]))} {x} {y})"'
            form += f' textLength="{_number(width + track * size * len(text))}"'
            words = _text(text)
            if look.halo is not None and look.halo_width > 0:
                stroke = f'{_color("stroke", look.halo)} stroke-width="{_number(look.halo_width)}"'
                parts.append(
                    f'<text {form} {_color("fill", look.halo)} {stroke} stroke-linecap="round" stroke-linejoin="round" '
                    f'aria-hidden="true">{words}</text>'
                )
            parts.append(self._close(mark, row, "text", f"{form} {_color('fill', look.text)}", words))
        return parts

    def _area(self, mark: AnyMarks, row: int) -> str:
        paint: str = self.paints[mark.style[row]]
        return paint


def _joined(marks: list[Any]) -> Ribbon:
    """Ribbons that follow one another as one: geometry of many rows at once costs hardly more than of few."""
    if len(marks) == 1:
        return cast(Ribbon, marks[0])
    return Ribbon(**{f.name: np.concatenate([getattr(mark, f.name) for mark in marks]) for f in fields(Ribbon)})


def _paint(look: Look) -> str:
    """Fill and stroke of an area; no stroke where the shape was widened instead."""
    stroke = "" if look.solid_margin else _stroke(look, 0.0)
    return f"{_color('fill', look.fill)} {stroke}".rstrip()


def _stroke(look: Look, width: float) -> str:
    color = look.stroke if look.stroke is not None or not width else look.fill
    breadth = width or look.stroke_width
    if color is None or not breadth:
        return ""
    dash = f' stroke-dasharray="{" ".join(_number(part) for part in look.dash)}"' if look.dash else ""
    return f'{_color("stroke", color)} stroke-width="{_number(breadth)}"{dash}'


def _color(word: str, color: Color | None) -> str:
    if color is None:
        return f'{word}="none"'
    see_through = f' {word}-opacity="{_number(color.a)}"' if color.a < 1.0 else ""
    return f'{word}="{color.hex}"{see_through}'


def _metadata(scene: Scene) -> str:
    entries = "".join(
        f"<entry name={quoteattr(word)}>{_text(text)}</entry>" for word, text in provenance(scene).items()
    )
    return f'<metadata><provenance xmlns="urn:talentflow:provenance">{entries}</provenance></metadata>'


@cache
def _font_face() -> str:
    data = b64encode((resources() / "fonts" / "inter-latin.woff2").read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"Inter";font-weight:100 900;src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )


def _numbers(values: Floats) -> list[list[str]]:
    """Rows of numbers (n, k, d) as n lists of k · d texts with at most two decimals, -0 as 0."""
    if not values.size:
        return [[] for _ in values]
    flat = (np.round(values, 2) + 0.0).reshape(len(values), -1)
    wide = flat.shape[1]
    texts = ("%.2f " * flat.size % tuple(flat.ravel().tolist())).replace(".00 ", " ").split()  # one call, not thousands
    return [texts[i : i + wide] for i in range(0, flat.size, wide)]


def _number(value: float) -> str:
    return repr(round(float(value), 2) + 0.0).removesuffix(".0")


def _text(text: str) -> str:
    """Text for an element, without characters that XML forbids."""
    return escape(_NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    """Text for an attribute in double quotes."""
    return escape(_NOT_XML.sub("\ufffd", text), {'"': "&quot;"})
