"""The rule of a style sheet that brings the bundled font along: no more of it than the words need. No Qt."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache

from app.places import resources
from app.render.widths import letters
from app.scene.lettering import font
from app.scene.style import Style

_LIGHTEST, _HEAVIEST = 400, 700
"""Weights that a picture uses: those that the subsets hold."""


def font_face(words: Iterable[str] | None = None) -> str:
    """The rule for these words: with the letters of English (20 kB) or Western Europe (29 kB) where they need no other,
    else with all of Latin (53 kB). None: whatever may be said."""
    if words is not None:
        said = frozenset("".join(words))
        for name in ("basic", "western"):
            if said <= letters(name):
                return _rule(name)
    return _rule("latin")


def whole_weights(styles: Iterable[Style]) -> str:
    """Rules for programs that know hundreds of weights only, and take any other for regular, as Inkscape does. Browsers
    read the second half as well, and set each weight as it is written."""
    used = sorted({weight for style in styles if (weight := font(style)[1]) % 100})
    if not used:
        return ""
    whole = "".join(f'[font-weight="{weight}"]{{font-weight:{(weight + 50) // 100 * 100}}}' for weight in used)
    exact = "".join(f'[font-weight="{weight}"]{{font-weight:{weight}}}' for weight in used)
    return f"{whole}@supports(font-weight:{used[0]}){{{exact}}}"


@cache
def _rule(name: str) -> str:
    data = b64encode((resources() / "fonts" / f"inter-{name}.woff2").read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"Inter";font-weight:{_LIGHTEST} {_HEAVIEST};'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )
