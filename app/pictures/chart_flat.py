"""The flat group of an organization chart: people of whom nobody says whom they answer to, by origin, in order of
joining. No line is ever guessed (looks, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from app.analysis.order import Positions
from app.domain.index import ABSENT
from app.pictures import chart_cards, wording
from app.pictures.board import Board, Sheet
from app.pictures.chart_boxes import INSIDE, Boxes, sorted_by_joining
from app.pictures.chart_cards import Cast
from app.scene.marks import Floats
from app.scene.style import Emphasis, Role, Style

OTHERS = "Others"
"""Origins that gave one person, or two and have no colour of their own, together, where there are several of them."""
EMPTY = "Nobody there yet"
MOST_ROWS = 8
"""Origins that have a row of their own at most."""
HEAD, FOOT, PADDING, LABEL = 42.0, 6.0, 18.0, 148.0
"""Height of the head and below the rows; room at the sides; width of an origin's name."""
ROW_GAP = 4.0
"""Between two rows at least."""


@dataclass(frozen=True, slots=True)
class FlatDetail:
    """form: named people, discs with initials, dots; step: width and height that one takes; r: of the disc; cost: what
    it takes from the reader; strip: origins follow one another without their names."""

    form: Literal["named", "disc", "dot"]
    step: tuple[float, float]
    r: float
    cost: float
    strip: bool = False


FLAT_DETAILS = (
    FlatDetail("named", (148.0, 38.0), 12.0, 0.0),
    FlatDetail("named", (140.0, 33.0), 11.5, 0.3),
    FlatDetail("named", (140.0, 30.0), 11.0, 0.4),
    FlatDetail("disc", (30.0, 32.0), 12.0, 1.0),
    FlatDetail("disc", (30.0, 30.0), 12.0, 1.3, strip=True),
    FlatDetail("dot", (10.0, 10.0), 4.0, 2.0),
    FlatDetail("dot", (10.0, 10.0), 4.0, 2.3, strip=True),
)


@dataclass(frozen=True, eq=False)
class FlatRow:
    """Boxes of one origin: its name, code of the organization whose colour it wears, positions (k,) among the Boxes;
    words: what stands below their names instead of the day, None for the day."""

    label: str
    wears: int
    at: Positions
    words: tuple[str, ...] | None = None


def rows(
    boxes: Boxes, at: Positions, labels: Mapping[int, str], colors: Mapping[int, int], colored: Container[int]
) -> list[FlatRow]:
    """Some boxes by origin, the largest first; small ones in one row at the end, saying where they are from; empty
    seats last. labels, colors: origin → its words, code of the organization whose colour it wears; colored: codes of
    organizations with a colour."""
    at = sorted_by_joining(boxes, at)
    empty, taken = at[boxes.empty[at]], at[~boxes.empty[at]]
    came = boxes.origin[taken]
    origins, counts = np.unique(came, return_counts=True)
    n_of = dict(zip(origins.tolist(), counts.tolist(), strict=True))
    order = sorted(n_of, key=lambda origin: (-n_of[origin], labels[origin]))
    least = {o: 1 if o == ABSENT else 2 if o == INSIDE or colors[o] in colored else 3 for o in order}
    large = [origin for origin in order if n_of[origin] >= least[origin]]
    rest = [origin for origin in order if origin not in large[:MOST_ROWS]]
    rest = rest if len(rest) > 1 else []
    made = [FlatRow(labels[o], colors[o], taken[came == o]) for o in order if o not in rest]
    if rest:
        others = taken[np.isin(came, rest)]
        said = tuple(_from(int(origin), labels) for origin in boxes.origin[others])
        made.append(FlatRow(OTHERS, ABSENT, others, said))
    if len(empty):
        made.append(FlatRow(EMPTY, ABSENT, empty))
    return made


def _from(origin: int, labels: Mapping[int, str]) -> str:
    """Where someone is from, instead of when they came."""
    label = labels[origin]
    return f"from {label[0].lower()}{label[1:]}" if origin == INSIDE else f"from {label}"


def height(groups: Sequence[FlatRow], detail: FlatDetail, width: float, s: float) -> float:
    """Height of the group at a level of detail in a width; 0 for nobody."""
    if not groups:
        return 0.0
    rows_of = [sum(len(group.at) for group in groups)] if detail.strip else [len(group.at) for group in groups]
    return (HEAD + FOOT) * s + sum(_row_height(n, detail, width, s) for n in rows_of)


def shrunk(groups: Sequence[FlatRow], detail: FlatDetail, width: float, tall: float, s: float) -> FlatDetail:
    """The level of detail with smaller steps, so that the group is no higher than `tall`, if it can be."""
    while height(groups, detail, width, s) > tall and detail.step[0] > 1.0:
        step = (0.9 * detail.step[0], 0.9 * detail.step[1])
        detail = replace(detail, step=step, r=0.9 * detail.r)
    return detail


def _label(detail: FlatDetail) -> float:
    return 0.0 if detail.strip else LABEL


def _columns(detail: FlatDetail, width: float, s: float) -> int:
    return max(1, int((width - (2 * PADDING + _label(detail)) * s) / (detail.step[0] * s)))


def _row_height(n: int, detail: FlatDetail, width: float, s: float) -> float:
    lines = -(-n // _columns(detail, width, s))
    return max(lines * detail.step[1], 0.0 if detail.strip else 30.0) * s + ROW_GAP * s


def draw(
    board: Board, z: int, place: tuple[float, float, float, float], groups: Sequence[FlatRow], detail: FlatDetail,
    about: str, cast: Callable[[Positions], Cast], s: float,
) -> None:  # fmt: skip
    """The group in `place` (x, y, w, h); about: the words beside its head; cast: boxes made ready to be drawn. Rows
    share room that is left over."""
    x, y, w, h = place
    ground = board.sheet("group", z)
    ground.box(x, y, w, h, Style(Role.GROUP), radius=10 * s)
    sheet = board.sheet("people", z + 1)
    head = "Reporting lines not known"
    sheet.label(x + PADDING * s, y + 29 * s, head, Style(Role.SEAT_NAME, emphasis=Emphasis.LARGE), 13.5 * s)
    left = x + PADDING * s + board.width(head, (13.5 * s, 650)) + 14 * s
    told = board.elided(about, (11.5 * s, 430), x + w - PADDING * s - left)
    sheet.label(left, y + 29 * s, told, Style(Role.LEGEND), 11.5 * s)
    spare = max(0.0, h - height(groups, detail, w, s))
    between = min(spare / max(1, len(groups)), 12 * s)
    if detail.strip:
        groups = [FlatRow("", ABSENT, np.concatenate([group.at for group in groups]))]
    n_columns, top = _columns(detail, w, s), y + HEAD * s
    step = detail.step[0] * s if detail.form != "named" else (w - (2 * PADDING + _label(detail)) * s) / n_columns
    for group in groups:
        tall = _row_height(len(group.at), detail, w, s)
        some = cast(group.at)
        if not detail.strip:
            draw_origin(board, sheet, group, some, (x + PADDING * s, top), tall - ROW_GAP * s, s)
        row, column = np.divmod(np.arange(len(group.at)), n_columns)
        first = np.array([x + (PADDING + _label(detail)) * s + (detail.r + 1) * s, top + (detail.r + 4) * s])
        xy: Floats = first + np.stack([column * step, row * detail.step[1] * s], axis=1)
        if detail.form == "named":
            chart_cards.tiles(some, sheet, xy, detail.r * s, step, s, group.words)
        else:
            chart_cards.avatars(some, sheet, xy, detail.r * s)
        top += tall + between


def draw_origin(
    board: Board, sheet: Sheet, group: FlatRow, some: Cast, at: tuple[float, float], tall: float, s: float
) -> None:
    """Name and count of an origin, with a bar in its colour."""
    x, y = at
    organization = some.gathered.ids[group.wears] if group.wears != ABSENT else ""
    sheet.box(x, y + 2 * s, 4 * s, max(tall - 6 * s, 26 * s), Style(Role.BAR, organization), radius=2 * s)
    name = board.elided(group.label, (12.5 * s, 620), (LABEL - 15) * s)
    sheet.label(x + 14 * s, y + 13 * s, name, Style(Role.SEAT_NAME), 12.5 * s)
    sheet.label(x + 14 * s, y + 28 * s, counted(some.boxes, group.at), Style(Role.CAPTION), 11 * s)


def counted(boxes: Boxes, at: Positions) -> str:
    """`12 seats · 3 people`: seats, and people without one."""
    n = int(np.count_nonzero(at < boxes.n_seats))
    return told(n, len(at) - n)


def told(seats: int, people: int) -> str:
    """The same from two numbers; blank for nobody."""
    parts = (wording.counted(seats, "seat") if seats else "", wording.people(people) if people else "")
    return " · ".join(part for part in parts if part)
