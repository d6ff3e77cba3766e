"""What a self-playing SVG shows at a second of its play, worked out from its animations alone."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.pictures.playing import Play

SVG = "{http://www.w3.org/2000/svg}"


def value(element: etree._Element, name: str, play: Play, second: float) -> str | None:
    """The value of an attribute: animated, else as it stands."""
    for animation in element.findall(f"{SVG}animate"):
        if animation.get("attributeName") == name and animation.get("calcMode") == "discrete":
            share = (second + play.pause) / play.whole
            times = [float(time) for time in animation.get("keyTimes", "").split(";")]
            values = animation.get("values", "").split(";")
            return next(v for t, v in reversed(list(zip(times, values, strict=True))) if t <= share + 1e-9)
    return element.get(name)


def words(root: etree._Element, play: Play, second: float) -> list[str]:
    """The texts that can be read, without halos, sorted."""
    return sorted(_words(root, play, second))


def _words(element: etree._Element, play: Play, second: float) -> Iterator[str]:
    if value(element, "display", play, second) == "none" or element.get("aria-hidden") == "true":
        return
    tag = str(element.tag).removeprefix(SVG)
    if tag in ("text", "tspan"):
        said = (element.text or "") + "".join(
            child.tail or "" for child in element if child.tag in (f"{SVG}title", f"{SVG}animate")
        )
        if said:
            yield said
    if tag not in ("title", "desc", "metadata", "style"):
        for child in element:
            yield from _words(child, play, second)


def spoken(text: str) -> list[str]:
    """The texts of a still SVG that can be read, sorted."""
    texts = [e for e in etree.fromstring(text.encode()).iter(f"{SVG}text") if e.get("aria-hidden") != "true"]
    return sorted(
        "".join(e.xpath("text()")) + "".join(t.tail or "" for t in e if t.tag != f"{SVG}title") for e in texts
    )
