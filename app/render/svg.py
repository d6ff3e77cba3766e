"""Scene → SVG as text, without Qt.

Groups by layer, marks with ids, tips as titles, links to sources, words as text with the widths they were measured
with. Only what every reader knows: no clip paths, no paint-order, no CSS variables, no blend modes. A halo is a second
text below the first. Numbers have two decimals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from xml.sax.saxutils import quoteattr

import numpy as np

from app.render.color import Color
from app.render.decimals import path_texts, row_texts
from app.render.faces import font_face, whole_weights
from app.render.look import WAITING_GAP, Look
from app.render.markup import attribute_text, element_text, element_texts, mark_ids
from app.render.palette import Palette
from app.render.theme import Theme
from app.render.widths import elided, measure
from app.render.words import link_of, provenance
from app.scene.lettering import font, tracking
from app.scene.marks import AnyMarks, Box, Dot, Label, Path, Ribbon
from app.scene.outline import ribbon_edges
from app.scene.pick import painting_order, shown
from app.scene.scene import Layer, Scene
from app.scene.style import Role

_ANCHORS = ("start", "middle", "end")


def svg(
    scene: Scene, theme: Theme, *, embed_font: bool = True, transparent: bool = False, inch: float | None = None
) -> str:
    """The picture as an SVG document.

    embed_font: carry a subset of the bundled font along (20 to 53 kB, as its words need); else the reader's Inter, or
    its sans serif, is set to the same widths. transparent: no ground. inch: pixels of the picture an inch in print; a
    CSS pixel each by default. A Scene without marks gives an empty picture.
    """
    writer = _Writer(scene, theme, transparent)
    parts = head(scene, face=font_face(_words(scene)) if embed_font else "", inch=inch)
    if not transparent:
        parts.append(ground(scene, theme))
    for layer in painting_order(scene.layers):
        if shown(layer, 1.0):
            parts += writer.layer(layer)
    parts.append("</svg>\n")
    return "\n".join(parts)


def head(scene: Scene, *, face: str, more: str = "", inch: float | None = None) -> list[str]:
    """How an SVG begins: size, title, what made it, style sheet. face, more: the rule of its font and further ones;
    inch: as in `svg`."""
    width, height = (_number(x) for x in scene.size)
    across, down = (width, height) if inch is None else (f"{_number(side / inch)}in" for side in scene.size)
    summary = ". ".join(scene.header.lines)
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" viewBox="0 0 {width} {height}" '
        'role="img" font-family="Inter, sans-serif">',
        f"<title>{element_text(scene.header.title)}</title>",
        f"<desc>{element_text(summary)}</desc>",
        _metadata(scene),
        f"<style>{face}{whole_weights(scene.styles)}text{{font-variant-numeric:tabular-nums;white-space:pre}}{more}</style>",
    ]


def ground(scene: Scene, theme: Theme) -> str:
    """The ground, edge to edge."""
    width, height = (_number(x) for x in scene.size)
    return f'<rect width="{width}" height="{height}" fill="{theme.bg.hex}"/>'


def _words(scene: Scene) -> list[str]:
    """All that labels say."""
    return [text for layer in scene.layers for mark in layer.marks if isinstance(mark, Label) for text in mark.text]


_NO_LOOK = Look()


class _Writer:
    """Elements of one Scene; remembers which ids are taken."""

    def __init__(self, scene: Scene, theme: Theme, transparent: bool) -> None:
        self.scene = scene
        palette = Palette(theme, scene.meta.colors)
        occur = np.zeros(len(scene.styles), dtype=np.bool_)
        for layer in scene.layers:
            for mark in layer.marks:
                occur[mark.style] = True
        self.looks = [
            palette.look(style) if occurs and not (transparent and style.role is Role.GROUND) else _NO_LOOK
            for style, occurs in zip(scene.styles, occur.tolist(), strict=True)
        ]
        self.margins = np.array([0.0 if look is _NO_LOOK else look.solid_margin for look in self.looks])
        self.paints = ['fill="none"' if look is _NO_LOOK else _paint(look) for look in self.looks]
        self.ids = mark_ids(scene.keys)
        self.used = [0] * len(scene.keys)
        self.titles = [f"<title>{text}</title>" for text in element_texts([tip.text for tip in scene.tips])]
        self._links: dict[tuple[str, ...], str] = {}
        self._bands = self._bands_of(
            [mark for layer in scene.layers for mark in layer.marks if isinstance(mark, Ribbon)]
        )

    def layer(self, layer: Layer) -> list[str]:
        """A group with the layer's marks."""
        writers: dict[type[AnyMarks], Callable[..., list[str]]] = {
            Box: self._boxes,
            Path: self._paths,
            Dot: self._dots,
            Label: self._labels,
        }
        parts = [f'<g id="{attribute_text("layer-" + layer.name.replace(" ", "-"))}">']  # an id has no blanks
        for kind, run in groupby(layer.marks, key=type):
            if kind is Ribbon:
                parts += self._ribbons([mark for mark in run if isinstance(mark, Ribbon)])
            else:
                for mark in run:
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
        """Title element and address of a tip."""
        cited = self.scene.tips[tip].links
        link = self._links.get(cited)
        if link is None:
            link = self._links[cited] = attribute_text(link_of(self.scene, tip))
        return self.titles[tip], link

    def _bands_of(self, marks: list[Ribbon]) -> dict[int, list[str]]:
        """The shapes of ribbons, blank where a row shows nothing, by the id of the mark.

        All ribbons of the picture at once: the geometry of many rows costs hardly more than that of few.
        """
        if not marks:
            return {}
        ribbon = Ribbon(**{f.name: np.concatenate([getattr(mark, f.name) for mark in marks]) for f in fields(Ribbon)})
        shapes = [""] * len(ribbon)
        groups, tips, triangles = ribbon_edges(ribbon, grow=self.margins[ribbon.style])
        for group in groups:
            bend = "C," + " ," * (group.inner.shape[1] - 2)
            points = np.concatenate((group.inner, group.outer[:, ::-1]), axis=1)
            for row, form in zip(group.rows.tolist(), path_texts(points, f"M,{bend}L,{bend}"), strict=True):
                shapes[row] = form
        for row, form in zip(tips.tolist(), path_texts(triangles, "M,L,L,"), strict=True):
            shapes[row] = form
        own = iter(shapes)
        return {id(mark): list(islice(own, len(mark))) for mark in marks}

    def _ribbons(self, marks: list[Ribbon]) -> list[str]:
        """Ribbons that follow one another."""
        rows: list[tuple[int, int, int, str]] = []
        for mark in marks:
            columns = mark.key.tolist(), mark.tip.tolist(), mark.style.tolist()
            rows += [row for row in zip(*columns, self._bands[id(mark)], strict=True) if row[3]]
        parts = []
        for (key, tip), run in groupby(rows, key=itemgetter(0, 1)):
            paths = [f'<path d="M{shape}Z" {self.paints[style]}/>' for _, _, style, shape in run]
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
        return f' id="{self.ids[key]}{f":{nth}" if nth > 1 else ""}"'

    def _paths(self, mark: Path) -> list[str]:
        parts = []
        counts = np.diff(mark.offsets)
        letters = "".join(["M," + " ," * (count - 1) for count in counts.tolist() if count])
        forms = path_texts(mark.points, letters) if letters else []
        for row, points in zip(np.flatnonzero(counts).tolist(), forms, strict=True):
            look, width = self.looks[mark.style[row]], float(mark.stroke[row])
            closed = bool(mark.closed[row])
            if not closed and look.stroke is None and not width:
                continue
            fill = _color("fill", look.fill) if closed else 'fill="none"'
            paint = f"{fill} {_stroke(look, width)}".rstrip()
            parts.append(self._close(mark, row, "polygon" if closed else "polyline", f'points="{points}" {paint}'))
        return parts

    def _boxes(self, mark: Box) -> list[str]:
        parts = []
        margins = self.margins[mark.style]
        radius = np.where(mark.radius > 0, mark.radius + margins, 0.0)
        columns = (mark.x - margins, mark.y - margins, mark.w + 2 * margins, mark.h + 2 * margins, radius)
        for row, (x, y, w, h, r) in enumerate(row_texts(columns)):
            corner = f' rx="{r}"' if r != "0" else ""
            place = f'x="{x}" y="{y}" width="{w}" height="{h}"{corner}'
            parts.append(self._close(mark, row, "rect", f"{place} {self._area(mark, row)}"))
        return parts

    def _dots(self, mark: Dot) -> list[str]:
        parts = []
        margins = self.margins[mark.style]
        columns = (mark.x, mark.y, mark.r + margins, mark.r + WAITING_GAP)
        for row, (x, y, r, outer) in enumerate(row_texts(columns)):
            ring = self.looks[mark.style[row]].ring
            if ring is not None:
                parts.append(f'<circle cx="{x}" cy="{y}" r="{outer}" fill="none" {_color("stroke", ring)}/>')
            parts.append(self._close(mark, row, "circle", f'cx="{x}" cy="{y}" r="{r}" {self._area(mark, row)}'))
        return parts

    def _labels(self, mark: Label) -> list[str]:
        parts = []
        for row, ((x, y), text, width) in enumerate(zip(row_texts((mark.x, mark.y)), *self._set(mark), strict=True)):
            look = self.looks[mark.style[row]]
            if not text or look.text is None:
                continue
            style, size = self.scene.styles[mark.style[row]], float(mark.size[row])
            track = tracking(style)
            form = f'x="{x}" y="{y}" font-size="{_number(size)}" font-weight="{font(style)[1]}"'
            if mark.anchor[row]:
                form += f' text-anchor="{_ANCHORS[mark.anchor[row]]}"'
            if track:
                form += f' letter-spacing="{_number(track * size)}"'
            if mark.angle[row]:
                form += f' transform="rotate({_number(float(mark.angle[row]))} {x} {y})"'
            form += f' textLength="{_number(width + track * size * len(text))}"'
            words = element_text(text)
            if look.halo is not None and look.halo_width > 0:
                stroke = f'{_color("stroke", look.halo)} stroke-width="{_number(look.halo_width)}"'
                parts.append(
                    f'<text {form} {_color("fill", look.halo)} {stroke} stroke-linecap="round" stroke-linejoin="round" '
                    f'aria-hidden="true">{words}</text>'
                )
            parts.append(self._close(mark, row, "text", f"{form} {_color('fill', look.text)}", words))
        return parts

    def _set(self, mark: Label) -> tuple[list[str], list[float]]:
        """The texts of labels as far as there is room, and their widths without tracking."""
        texts, widths = list(mark.text), [0.0] * len(mark)
        weights = [font(self.scene.styles[style])[1] for style in mark.style.tolist()]
        roles = list(zip(mark.size.tolist(), weights, strict=True))
        for role in set(roles):
            rows = [row for row, own in enumerate(roles) if own == role]
            for row, width in zip(rows, measure([texts[row] for row in rows], role).tolist(), strict=True):
                widths[row] = width
        for row in np.flatnonzero(mark.max_width < np.inf).tolist():
            style = self.scene.styles[mark.style[row]]
            short = elided(texts[row], roles[row], float(mark.max_width[row]), tracking(style))
            if short != texts[row]:
                texts[row], widths[row] = short, float(measure([short], roles[row])[0])
        return texts, widths

    def _area(self, mark: AnyMarks, row: int) -> str:
        paint: str = self.paints[mark.style[row]]
        return paint


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


@lru_cache(maxsize=4096)
def _color(word: str, color: Color | None) -> str:
    if color is None:
        return f'{word}="none"'
    see_through = f' {word}-opacity="{_number(color.a)}"' if color.a < 1.0 else ""
    return f'{word}="{color.hex}"{see_through}'


def _metadata(scene: Scene) -> str:
    entries = "".join(
        f"<entry name={quoteattr(word)}>{element_text(text)}</entry>" for word, text in provenance(scene).items()
    )
    return f'<metadata><provenance xmlns="urn:talentflow:provenance">{entries}</provenance></metadata>'


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    return repr(round(float(value), 2) + 0.0).removesuffix(".0")
