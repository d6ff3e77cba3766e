"""What the marks of a layer say again and again, said once: attributes by the group round all of them, the address of
neighbours by one link. Nothing looks different. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

_SPACE = ' xmlns="http://www.w3.org/2000/svg"'
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(f"{_SVG}{tag}" for tag in ("circle", "path", "rect", "text", "use"))
_STROKE = frozenset(("stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-dasharray"))
"""What says nothing where there is no stroke."""
_LETTERS = frozenset(("font-size", "font-weight", "text-anchor"))
"""What says nothing where there are no words."""
_HANDED_DOWN = ("stroke", *sorted(_STROKE), *sorted(_LETTERS))


def once(layer: str) -> str:
    """A layer as SVG in fewer words: a group with an id. A layer without marks stays as it is."""
    root = etree.fromstring(layer.replace("<g", f"<g{_SPACE}", 1))
    _share_links(root)
    for name in _HANDED_DOWN:
        _hand_down(root, name)
    return etree.tostring(root, encoding="unicode").replace(_SPACE, "", 1)


def _share_links(parent: etree._Element) -> None:
    """One link round neighbours that lead to the same place."""
    before: etree._Element | None = None
    for child in list(parent):
        _share_links(child)
        alike = child.tag == f"{_SVG}a" and before is not None and before.get("href") == child.get("href")
        if alike and before is not None and not (before.tail or "").strip():
            before.extend(list(child))
            before.tail = child.tail
            parent.remove(child)
        else:
            before = child if child.tag == f"{_SVG}a" else None


def _hand_down(root: etree._Element, name: str) -> None:
    """The value of an attribute that most marks have is that of the layer, where each mark has one or needs none."""
    said: list[tuple[etree._Element, bool]] = []
    for element, own in _speaking(root, name, False):
        if own is None:
            return
        said.append((element, own))
    values = Counter(str(element.get(name)) for element, outermost in said if outermost)
    if not values:
        return
    value, n = max(values.items(), key=lambda pair: (pair[1], pair[0]))
    if n < 2:
        return
    root.set(name, value)
    for element, outermost in said:
        if outermost and element.get(name) == value:
            del element.attrib[name]


def _speaking(parent: etree._Element, name: str, above: bool) -> Iterator[tuple[etree._Element, bool | None]]:
    """Elements that say an attribute, and whether none does above them; marks that should and do not, with None."""
    for child in parent:
        own = child.get(name) is not None
        if own:
            yield child, not above
        elif child.tag in _DRAWN and not above and _needs(child, name):
            yield child, None
        yield from _speaking(child, name, above or own)


def _needs(mark: etree._Element, name: str) -> bool:
    """Whether a mark that does not say an attribute would look different if the layer said it."""
    if name in _LETTERS:
        return mark.tag == f"{_SVG}text"
    if name in _STROKE:
        return any(element.get("stroke") not in (None, "none") for element in (mark, *mark.iterancestors()))
    return True
