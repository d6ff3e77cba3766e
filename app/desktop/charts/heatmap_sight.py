"""What of a heat map is in sight, and at what size: cells in pixels of the widget, zooming, panning, walking, and which
names there is room for. Pure values, without Qt."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

LARGEST = (96.0, 52.0)
"""A cell at most where all are in sight: few organizations are no wall."""
CLOSEST = 160.0
"""Pixels that a cell is wide at most."""
Cell = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True, slots=True)
class Sight:
    """n rows and columns, of which `area` (left, top, right, bottom) shows some: the first one begins at x, y; a cell
    is wide × high pixels. What does not fill the area stands at its upper left corner."""

    area: tuple[float, float, float, float]
    n: int
    x: float
    y: float
    wide: float
    high: float

    @classmethod
    def whole(cls, area: tuple[float, float, float, float], n: int) -> Sight:
        """All cells in sight."""
        left, top, right, bottom = area
        wide, high = max(right - left, 1.0) / max(n, 1), max(bottom - top, 1.0) / max(n, 1)
        return cls(area, n, left, top, min(wide, LARGEST[0]), min(high, LARGEST[1]))

    @property
    def is_whole(self) -> bool:
        """Whether all cells are in sight."""
        return abs(self.wide - Sight.whole(self.area, self.n).wide) < 1e-9

    def within(self, area: tuple[float, float, float, float]) -> Sight:
        """The same cells in another area, all of them if all were in sight."""
        if self.is_whole:
            return Sight.whole(area, self.n)
        moved = replace(self, area=area, x=self.x - self.area[0] + area[0], y=self.y - self.area[1] + area[1])
        return moved.zoomed(1.0, area[0], area[1])

    def zoomed(self, factor: float, x: float, y: float) -> Sight:
        """Larger by a factor, with what lies at a place staying there; from all in sight to the closest."""
        home = Sight.whole(self.area, self.n)
        wide = min(max(self.wide * factor, home.wide), max(CLOSEST, home.wide))
        real = wide / self.wide
        larger = replace(
            self, x=x - (x - self.x) * real, y=y - (y - self.y) * real, wide=wide, high=home.high * wide / home.wide
        )
        return larger.panned(0.0, 0.0)

    def panned(self, dx: float, dy: float) -> Sight:
        """Moved by so many pixels, as far as there is something to see."""
        left, top, right, bottom = self.area
        x = min(max(self.x + dx, right - self.n * self.wide), left)
        y = min(max(self.y + dy, bottom - self.n * self.high), top)
        return replace(self, x=x, y=y)

    def showing(self, cell: Cell) -> Sight:
        """Moved no further than needed for a cell to be in sight."""
        row, column = cell
        left, top, right, bottom = self.area
        x, y = self.left_of(column), self.top_of(row)
        dx = min(max(left - x, 0.0), right - x) if x < left else min(right - x - self.wide, 0.0)
        dy = min(max(top - y, 0.0), bottom - y) if y < top else min(bottom - y - self.high, 0.0)
        return self.panned(dx, dy)

    def around(self, cells: Iterable[Cell]) -> Sight:
        """With some cells in sight, not nearer than at a size to read, in the middle."""
        rows, columns = zip(*cells, strict=True)
        left, top, right, bottom = self.area
        home = Sight.whole(self.area, self.n)
        span = max(max(columns) - min(columns) + 3, 1), max(max(rows) - min(rows) + 3, 1)
        fit = min((right - left) / (span[0] * home.wide), (bottom - top) / (span[1] * home.high))
        near = home.zoomed(min(fit, LARGEST[0] / home.wide), left, top)
        middle = (min(columns) + max(columns) + 1) / 2 * near.wide, (min(rows) + max(rows) + 1) / 2 * near.high
        return replace(near, x=(left + right) / 2 - middle[0], y=(top + bottom) / 2 - middle[1]).panned(0.0, 0.0)

    def left_of(self, column: float) -> float:
        """Where a column begins."""
        return self.x + column * self.wide

    def top_of(self, row: float) -> float:
        """Where a row begins."""
        return self.y + row * self.high

    def row_at(self, y: float) -> int:
        """The row at a height; -1 outside."""
        row = int((y - self.y) // self.high)
        return row if self.area[1] <= y < self.area[3] and 0 <= row < self.n else -1

    def column_at(self, x: float) -> int:
        """The column there; -1 outside."""
        column = int((x - self.x) // self.wide)
        return column if self.area[0] <= x < self.area[2] and 0 <= column < self.n else -1

    @property
    def rows(self) -> range:
        """Rows of which something is in sight."""
        return self._seen(self.area[1] - self.y, self.area[3] - self.y, self.high)

    @property
    def columns(self) -> range:
        """Columns of which something is in sight."""
        return self._seen(self.area[0] - self.x, self.area[2] - self.x, self.wide)

    def _seen(self, low: float, high: float, size: float) -> range:
        return range(max(int(low // size), 0), min(int(-(-high // size)), self.n))


def named(places: Iterable[int], middle: Callable[[int], float], size: float, room: float) -> list[int]:
    """Which of some rows, the most important first, carry their names: all where each has room, else as many as do not
    come nearer to each other than `room`. middle: where a row stands; size: of a row."""
    if size >= room:
        return list(places)
    taken: list[float] = []
    found = []
    for place in places:
        at = middle(place)
        n = bisect(taken, at)
        if (n and at - taken[n - 1] < room) or (n < len(taken) and taken[n] - at < room):
            continue
        taken.insert(n, at)
        found.append(place)
    return found


def lines(text: str, width: Callable[[str], float], along: float, across: float, line: float) -> tuple[str, ...]:
    """A name in one line or two, whole: along and across are the room that it has; empty where it has none."""
    if line > across:
        return ()
    if width(text) <= along:
        return (text,)
    words = text.split(" ")
    if 2 * line > across or len(words) < 2:
        return ()
    halves = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    best = min(halves, key=lambda pair: max(map(width, pair)))
    return best if max(map(width, best)) <= along else ()
