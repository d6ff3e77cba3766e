"""One picture in two themes: the paints of an SVG as names of classes, each with a colour in the light and in the dark.
No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from app.render.color import Color
from app.render.svg import svg
from app.render.theme import DARK, LIGHT, Theme
from app.scene.scene import Scene

_PAINT = ("fill", "fill-opacity", "stroke", "stroke-opacity")
_Pair = tuple[str, str]


@dataclass(eq=False)
class Colors:
    """Colours that were met, each a pair of the light and the dark one, in the order in which they were first met; the
    ground is the first. classes: paint → its class."""

    pairs: dict[_Pair, str] = field(default_factory=dict)
    classes: dict[tuple[tuple[str, str, str], ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of(LIGHT.bg, DARK.bg)

    def of(self, light: Color, dark: Color) -> str:
        """The name of a pair, as a custom property of CSS."""
        return self._named(_css(light.hex, str(light.a)), _css(dark.hex, str(dark.a)))

    def drawn(self, scene: Scene) -> str:
        """A Scene as SVG without a colour of its own. Where the themes differ in shape, it has the shape of light."""
        light, dark = (etree.fromstring(svg(scene, theme, embed_font=False).encode()) for theme in (LIGHT, DARK))
        ones, others = list(light.iter()), list(dark.iter())
        if len(ones) != len(others):
            others = ones
        for one, other in zip(ones, others, strict=True):
            paint = []
            for name in ("fill", "stroke"):
                value = one.get(name)
                if value is not None and value != "none":
                    day, night = (_css(e.get(name) or "none", e.get(f"{name}-opacity") or "1") for e in (one, other))
                    paint.append((name, day, night))
            if paint:
                for name in _PAINT:
                    if one.get(name, "none") != "none":
                        del one.attrib[name]
                one.set("class", self.classes.setdefault(tuple(paint), f"p{len(self.classes)}"))
        return etree.tostring(light, encoding="unicode")

    @property
    def rules(self) -> str:
        """The style sheet of both themes: by the setting of the system, by the switch of the page, light on paper."""
        for paint in self.classes:
            for _, light, dark in paint:
                self._named(light, dark)
        day = "".join(f"{name}:{light};" for (light, _), name in self.pairs.items()) + tokens(LIGHT)
        night = "".join(f"{name}:{dark};" for (_, dark), name in self.pairs.items()) + tokens(DARK)
        paints = "".join(
            f".{name}{{{';'.join(f'{word}:var({self.pairs[light, dark]})' for word, light, dark in paint)}}}"
            for paint, name in self.classes.items()
        )
        return (
            f":root{{{day}}}:root[data-theme=dark]{{{night}color-scheme:dark}}:root[data-theme=light]{{color-scheme:light}}"
            f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}"
            f"@media print{{:root:root:root{{{day}}}}}{paints}"
        )

    def _named(self, light: str, dark: str) -> str:
        return self.pairs.setdefault((light, dark), f"--c{len(self.pairs)}")


def tokens(theme: Theme) -> str:
    """The colours of the widgets of a page in a theme, as custom properties of CSS."""
    names = ("bg", "surface", "raised", "sunken", "line", "line2", "ink", "ink2", "ink3", "accent", "shadow")
    return "".join(f"--{name}:{_css(getattr(theme, name).hex, str(getattr(theme, name).a))};" for name in names)


def _css(color: str, opacity: str) -> str:
    """A colour as CSS writes it."""
    if color == "none" or float(opacity) >= 1:
        return color
    return f"{color}{round(float(opacity) * 255):02x}"
