"""The board on which a picture is set: gathers marks row by row or by the array, interns keys, styles and tips.

A view asks the board for a `Sheet` per layer and adds marks in painting order; `Board.scene` closes it to a Scene.
Consecutive rows of one mark kind become one struct of arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from app.pictures.mark_rows import MAKERS
from app.scene.marks import Anchor, AnyMarks, Floats, floats, ints
from app.scene.motion import Motion
from app.scene.scene import FontRole, Header, Layer, Measure, Meta, Scene
from app.scene.style import Style
from app.scene.tips import Later, Tips, Told

NONE = -1


class Board:
    """Interning tables and layers of one picture in the making."""

    def __init__(
        self,
        size: tuple[float, float],
        measure: Measure,
        base: Board | None = None,
        *,
        styles: Sequence[Style] = (),
        keys: Sequence[str] = (),
    ) -> None:
        """base: a board whose keys, styles and tips this one begins with, so that numbers made there hold here; styles,
        keys: those of a Scene, for marks that are laid over it."""
        self.size = size
        self.measure = measure
        self._keys: dict[str, int] = dict(base._keys) if base else {k: n for n, k in enumerate(keys)}
        self._styles: dict[Style, int] = dict(base._styles) if base else {s: n for n, s in enumerate(styles)}
        self._tips: dict[Told, int] = dict(base._tips) if base else {}
        self._widths: dict[tuple[str, FontRole], float] = {}
        self._sheets: list[Sheet] = []
        self._layers: list[Layer] = []

    def key(self, text: str) -> int:
        """The number of a key; blank is none."""
        return self._keys.setdefault(text, len(self._keys)) if text else NONE

    def style(self, style: Style) -> int:
        """The number of a style."""
        return self._styles.setdefault(style, len(self._styles))

    @property
    def styles(self) -> tuple[Style, ...]:
        """All styles by number."""
        return tuple(self._styles)

    def tip(self, tip: Told | None) -> int:
        """The number of a tip; None is none."""
        return NONE if tip is None else self._tips.setdefault(tip, len(self._tips))

    def sheet(self, name: str, z: int, space: Literal["world", "page"] = "world", **options: Any) -> Sheet:
        """A new layer to add marks to; options are those of Layer (min_scale, max_scale, moving)."""
        made = Sheet(self, name, z, space, options)
        self._sheets.append(made)
        return made

    def layer(self, layer: Layer) -> None:
        """Add a finished layer, made on this board or on its base."""
        self._layers.append(layer)

    def finished(self) -> tuple[Layer, ...]:
        """All layers with marks; those in the making are closed."""
        self._layers += [sheet.layer() for sheet in self._sheets if sheet]
        self._sheets.clear()
        return tuple(self._layers)

    def know(self, texts: Sequence[str], font: FontRole) -> None:
        """Measure many texts at once, for each of them `width` then only looks up."""
        new = [text for text in dict.fromkeys(texts) if (text, font) not in self._widths]
        for text, width in zip(new, self.measure(new, font).tolist() if new else (), strict=True):
            self._widths[text, font] = width

    def width(self, text: str, font: FontRole) -> float:
        """Width of one text."""
        found = self._widths.get((text, font))
        if found is None:
            found = self._widths[text, font] = float(self.measure([text], font)[0])
        return found

    def elided(self, text: str, font: FontRole, room: float) -> str:
        """The text, shortened with … until it fits the room; blank if not even that fits."""
        if self.width(text, font) <= room:
            return text
        low, high = 0, len(text)
        while low < high:  # the longest beginning that fits, by bisection
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + "…", font) <= room:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip(" ,;:") + "…" if low else ""

    def wrapped(self, text: str, font: FontRole, room: float) -> list[str]:
        """The text broken at blanks into lines that fit the room."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, font) <= room:
                lines[-1] = longer
            else:
                lines.append(self.elided(word, font, room))
        return lines

    def scene(self, header: Header, legend: Sequence[str], motion: Motion | None, meta: Meta) -> Scene:
        """Close the board. Sheets without marks are left out."""
        layers = sorted(self.finished(), key=lambda layer: layer.z)
        plain = tuple(tip for tip in self._tips if not isinstance(tip, Later))
        return Scene(
            self.size,
            tuple(layers),
            header,
            tuple(legend),
            motion,
            tuple(self._keys),
            tuple(self._styles),
            plain if len(plain) == len(self._tips) else Tips(self._tips),
            meta,
        )


@dataclass
class Sheet:
    """One layer in the making."""

    board: Board
    name: str
    z: int
    space: Literal["world", "page"]
    options: dict[str, Any]
    _marks: list[AnyMarks] = field(default_factory=list)
    _kind: str = ""
    _rows: list[tuple[Any, ...]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self._marks or self._rows)

    def marks(self, marks: AnyMarks) -> None:
        """Add a whole struct of arrays above what is there."""
        self._flush()
        if len(marks):
            self._marks.append(marks)

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        style: Style,
        *,
        radius: float = 0,
        key: str = "",
        tip: Told | None = None,
    ) -> None:
        """A rectangle."""
        self._row("box", style, key, tip, x, y, w, h, radius)

    def dot(self, x: float, y: float, r: float, style: Style, *, key: str = "", tip: Told | None = None) -> None:
        """A disc."""
        self._row("dot", style, key, tip, x, y, r)

    def path(
        self,
        points: Floats,
        style: Style,
        *,
        closed: bool = False,
        stroke: float = 0,
        key: str = "",
        tip: Told | None = None,
    ) -> None:
        """A polyline, or a filled polygon if closed; points (m, 2)."""
        self._row("path", style, key, tip, points, closed, stroke)

    def ribbon(
        self,
        curve: Floats,
        inner: float,
        width: float,
        trim: tuple[float, float],
        style: Style,
        *,
        head: float = 0,
        barb: float = 0,
    ) -> None:
        """One band, or with `head` one arrow head, beside a centre line (4, 2)."""
        self._row("ribbon", style, "", None, curve, inner, width, trim, head, barb)

    def line(self, x0: float, y0: float, x1: float, y1: float, style: Style) -> None:
        """A straight line."""
        self.path(floats([x0, y0, x1, y1], (2, 2)), style)

    def label(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        size: float,
        *,
        anchor: Anchor = Anchor.START,
        max_width: float = float("inf"),
        key: str = "",
        tip: Told | None = None,
    ) -> None:
        """A line of text with its baseline at y."""
        if text:
            self._row("label", style, key, tip, x, y, int(anchor), text, max_width, size)

    def layer(self) -> Layer:
        """The finished layer."""
        self._flush()
        return Layer(self.name, self.z, tuple(self._marks), self.space, **self.options)

    @contextmanager
    def by_kind(self) -> Iterator[Sheet]:
        """A sheet for marks of which none lies upon another, but for discs below lines below words: when it closes they
        stand above what is there, each kind as one struct of arrays, in whatever order they were added."""
        heap = Heap(self.board, self.name, self.z, self.space, self.options)
        yield heap
        for marks in heap.layer().marks:
            self.marks(marks)

    def _row(self, kind: str, style: Style, key: str, tip: Told | None, *values: Any) -> None:
        if kind != self._kind:
            self._flush()
            self._kind = kind
        self._rows.append(self._entry(style, key, tip, values))

    def _entry(self, style: Style, key: str, tip: Told | None, values: tuple[Any, ...]) -> tuple[Any, ...]:
        board = self.board
        return (board.key(key), board.style(style), board.tip(tip), *values)

    def _flush(self) -> None:
        if self._rows:
            key, style, tip, *columns = zip(*self._rows, strict=True)
            common = {"key": ints(key), "style": ints(style), "tip": ints(tip)}
            self._marks.append(MAKERS[self._kind](common, columns))
        self._rows, self._kind = [], ""


@dataclass
class Heap(Sheet):
    """A sheet whose rows are kept apart by kind."""

    _heaps: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def _row(self, kind: str, style: Style, key: str, tip: Told | None, *values: Any) -> None:
        self._heaps.setdefault(kind, []).append(self._entry(style, key, tip, values))

    def _flush(self) -> None:
        for kind in MAKERS:
            self._kind, self._rows = kind, self._heaps.pop(kind, [])
            super()._flush()
