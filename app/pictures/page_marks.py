"""What stands around a part of a picture so that its sheets can be found and put together: a small header, a key map,
where it is cut and which sheet follows there; and the sheets over the whole picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.pictures import wording
from app.pictures.board import Board, Sheet
from app.scene import lettering
from app.scene.camera import Camera
from app.scene.cuts import Grid
from app.scene.marks import Anchor
from app.scene.pick import Rectangle
from app.scene.scene import Header
from app.scene.style import Emphasis, Role, Style
from app.scene.viewed import MARGIN

HEAD, WORDS, GUTTER = 48.0, 20.0, 34.0
"""Height of the header, of the words below it, and what is left free at the other sides for words and fingers."""
KEY_MAP = (96.0, 30.0)
"""Width and height of a key map at most."""
ARM = 7.0
"""Of a cross where a sheet is cut."""
NOTE = 22.0
"""Height of the sentence above an overview."""
TAB = 11.0
"""Height of the number of a sheet in the overview."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a sheet: its width and height, and the factor of its type."""

    size: tuple[float, float]
    scale: float

    @property
    def body(self) -> Rectangle:
        """Where the part of the picture stands: left, top, right, bottom."""
        (width, height), s = self.size, self.scale
        return GUTTER * s, (HEAD + WORDS) * s, width - GUTTER * s, height - GUTTER * s

    @property
    def bands(self) -> tuple[Rectangle, ...]:
        """What is around it, and some more, for marks reach beyond the edge of the paper."""
        (width, height), (left, top, right, bottom), m = self.size, self.body, 2 * MARGIN
        above, below = (-m, -m, width + m, top), (-m, bottom, width + m, height + m)
        return above, below, (-m, top, left, bottom), (right, top, width + m, bottom)


def sheet(board: Board, form: Form, grid: Grid, at: tuple[int, int], camera: Camera, header: Header) -> None:
    """All that stands around the part of one sheet. at: its row and column; camera: through which it is seen."""
    _cuts(board, form, grid, at, camera)
    words = board.sheet("sheet", 92, "page")
    _header(board, words, form, grid, at, header)
    _neighbours(words, form, grid, at)


def place(grid: Grid, at: tuple[int, int]) -> tuple[str, str]:
    """`Sheet 2 of 6`, `row 1, column 2`."""
    return f"Sheet {grid.number[at]:,} of {grid.n_sheets:,}", f"row {at[0] + 1:,}, column {at[1] + 1:,}"


def _header(board: Board, words: Sheet, form: Form, grid: Grid, at: tuple[int, int], header: Header) -> None:
    """What it is, as of when, which sheet this is."""
    s = form.scale
    left, _, right, _ = form.body
    wide, tall = _key_size(grid, s)
    _key_map(board.sheet("key map", 91, "page"), grid, at, (right - wide, 8 * s, wide, tall))
    said = place(grid, at)
    beside = right - wide - 12 * s
    room = beside - left - 24 * s - max(board.width(text, (12.5 * s, 520)) for text in said)
    words.label(left, 24 * s, board.elided(header.title, (15 * s, 700), room), Style(Role.TITLE), 15 * s)
    words.label(left, 40 * s, board.elided(header.context, (11 * s, 450), room), Style(Role.CAPTION), 11 * s)
    words.label(beside, 24 * s, said[0], Style(Role.CONTEXT), 12.5 * s, anchor=Anchor.END)
    words.label(beside, 40 * s, said[1], Style(Role.CAPTION), 11 * s, anchor=Anchor.END)
    words.line(left, HEAD * s, right, HEAD * s, Style(Role.HAIRLINE))


def _key_size(grid: Grid, s: float) -> tuple[float, float]:
    """Width and height of the key map: of the shape of the grid."""
    across, down = float(grid.x.cut[-1] - grid.x.cut[0]), float(grid.y.cut[-1] - grid.y.cut[0])
    share = min(KEY_MAP[0] * s / across, KEY_MAP[1] * s / down)
    return across * share, down * share


def _key_map(
    sheet: Sheet, grid: Grid, at: tuple[int, int], where: tuple[float, float, float, float]
) -> None:  # fmt: skip
    """The grid small, with this sheet set off. where: left, top, width, height."""
    x, y, w, h = where
    first = float(grid.x.cut[0]), float(grid.y.cut[0])
    share = w / (float(grid.x.cut[-1]) - first[0]), h / (float(grid.y.cut[-1]) - first[1])
    for row, column in zip(*grid.number.nonzero(), strict=True):
        left, top, right, bottom = grid.cell(int(row), int(column))
        emphasis = Emphasis.STRONG if (row, column) == at else Emphasis.SMALL
        sheet.box(
            x + (left - first[0]) * share[0], y + (top - first[1]) * share[1], (right - left) * share[0],
            (bottom - top) * share[1], Style(Role.SHEET, emphasis=emphasis),
        )  # fmt: skip


def _beside(grid: Grid, at: tuple[int, int], rows: int, columns: int) -> int:
    """The number of the sheet so many rows and columns away; 0 where there is none."""
    row, column = at[0] + rows, at[1] + columns
    if not (0 <= row < len(grid.y) and 0 <= column < len(grid.x)):
        return 0
    return int(grid.number[row, column])


def _cuts(board: Board, form: Form, grid: Grid, at: tuple[int, int], camera: Camera) -> None:
    """Hairlines where the sheet is cut from its neighbours, crosses at their ends."""
    left, top, right, bottom = form.body
    cell = grid.cell(*at)
    x0, y0 = camera.to_view(cell[0], cell[1])
    x1, y1 = camera.to_view(cell[2], cell[3])
    thin, corner = Style(Role.SHEET), Style(Role.SHEET, emphasis=Emphasis.MIDDLE)
    layer = board.sheet("cuts", 90, "page")
    columns = [x if _beside(grid, at, 0, side) else None for side, x in ((-1, x0), (1, x1))]
    rows = [y if _beside(grid, at, side, 0) else None for side, y in ((-1, y0), (1, y1))]
    for x in columns:
        if x is not None:
            layer.line(x, top, x, bottom, thin)
    for y in rows:
        if y is not None:
            layer.line(left, y, right, y, thin)
    arm = ARM * form.scale
    for x, rim in zip(columns, (left, right), strict=True):
        for y, edge in zip(rows, (top, bottom), strict=True):
            if x is not None or y is not None:
                middle = (rim if x is None else x), (edge if y is None else y)
                layer.line(middle[0] - arm, middle[1], middle[0] + arm, middle[1], corner)
                layer.line(middle[0], middle[1] - arm, middle[0], middle[1] + arm, corner)


def _neighbours(words: Sheet, form: Form, grid: Grid, at: tuple[int, int]) -> None:
    """Which sheet follows at each edge: above and below in a line, at the sides one word below the other."""
    s = form.scale
    left, top, right, bottom = form.body
    style, size = Style(Role.CAPTION, emphasis=Emphasis.STRONG), 11 * s
    for rows, y, arrow in ((-1, top - 6 * s, "↑"), (1, bottom + 18 * s, "↓")):
        if number := _beside(grid, at, rows, 0):
            words.label((left + right) / 2, y, f"{arrow} sheet {number:,}", style, size, anchor=Anchor.MIDDLE)
    for columns, x, arrow in ((-1, left / 2, "←"), (1, right + left / 2, "→")):
        if number := _beside(grid, at, 0, columns):
            for line, text in enumerate((arrow, "sheet", f"{number:,}")):
                y = (top + bottom) / 2 + (line - 1) * 14 * s
                words.label(x, y, text, style, size, anchor=Anchor.MIDDLE)


def overview(
    board: Board, grid: Grid, extent: Rectangle, camera: Camera, note: tuple[float, float], s: float
) -> None:  # fmt: skip
    """The sheets over the whole picture, numbered in their corners, and a sentence. extent: of the world; note: where
    that begins; s: factor of type. Of small frames only some have a number: the picture is not buried under them."""
    frames, tabs = board.sheet("sheets", 70, "page"), board.sheet("tabs", 71, "page")
    numbers = board.sheet("numbers of sheets", 72, "page")
    framed, filled = (Style(Role.SHEET, emphasis=e) for e in (Emphasis.LARGE, Emphasis.STRONG))
    font = TAB * s, lettering.font(filled)[1]
    wide = board.width(f"{grid.n_sheets:,}", font) + 0.8 * TAB * s
    tall = 1.4 * TAB * s
    across, down = ((extent[k + 2] - extent[k]) * camera.scale / len(axis) for k, axis in ((0, grid.x), (1, grid.y)))
    steps = math.ceil(2 * tall / down), math.ceil(2 * wide / across)
    for row, column in zip(*grid.number.nonzero(), strict=True):
        left, top, right, bottom = grid.cell(int(row), int(column))
        x0, y0 = camera.to_view(max(left, extent[0]), max(top, extent[1]))
        x1, y1 = camera.to_view(min(right, extent[2]), min(bottom, extent[3]))
        frames.box(x0, y0, x1 - x0, y1 - y0, framed)
        if row % steps[0] == 0 and column % steps[1] == 0 and wide <= x1 - x0:
            tabs.box(x0, y0, wide, tall, filled)
            text = f"{grid.number[row, column]:,}"
            numbers.label(x0 + wide / 2, y0 + 1.07 * TAB * s, text, filled, TAB * s, anchor=Anchor.MIDDLE)
    shape = f"{wording.counted(len(grid.y), 'row')} and {wording.counted(len(grid.x), 'column')}"
    told = f"The frames are {wording.counted(grid.n_sheets, 'sheet')} at reading size that follow, in {shape}"
    if grid.n_empty:
        told += f"; {wording.counted(grid.n_empty, 'empty one')} left out"
    board.sheet("about the sheets", 72, "page").label(*note, told, Style(Role.CAPTION), 11 * s)


def ground(board: Board, form: Form) -> None:
    """The paper, edge to edge."""
    board.sheet("ground", 0, "page").box(0, 0, *form.size, Style(Role.GROUND))
