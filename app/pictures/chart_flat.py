"""The flat group of an organization chart: people of whom nobody says whom they answer to, by origin, in order of
joining. No line is ever guessed (looks, section 5)."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.analysis.buildout import INTERNAL, POSSIBLE, UNKNOWN
from app.pictures import wording
from app.pictures.avatar import avatar, empty_place
from app.pictures.board import Board, Sheet
from app.pictures.seat_places import Place
from app.scene.style import Certainty, Emphasis, Role, Status, Style

OTHERS = "others"
"""Origins that gave one person, or two and have no colour of their own, together, where there are several of them."""
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


@dataclass(frozen=True, slots=True)
class FlatRow:
    """People of one origin: its name, whose colour it wears, who."""

    label: str
    organization: str
    places: tuple[Place, ...]


def rows(
    places: Sequence[Place], labels: Mapping[str, str], colors: Mapping[str, str], colored: Container[str]
) -> list[FlatRow]:
    """By origin, the largest first; small ones in one row at the end, saying where they are from; empty seats last.
    labels, colors: origin → its words, the organization whose colour it wears; colored: organizations with a colour."""
    found: dict[str, list[Place]] = {}
    empty = [place for place in places if place.empty]
    for place in places:
        if not place.empty:
            found.setdefault(place.origin, []).append(place)
    order = sorted(found, key=lambda origin: (-len(found[origin]), labels[origin]))
    least = {o: 1 if o == UNKNOWN else 2 if o == INTERNAL or colors[o] in colored else 3 for o in order}
    large = [origin for origin in order if len(found[origin]) >= least[origin]]
    rest = [origin for origin in order if origin not in large[:MOST_ROWS]]
    rest = rest if len(rest) > 1 else []
    made = [FlatRow(labels[o], colors[o], tuple(found[o])) for o in order if o not in rest]
    if rest:
        others = [_from(place, labels[place.origin]) for place in places if place.origin in rest and not place.empty]
        made.append(FlatRow(OTHERS.capitalize(), "", tuple(others)))
    if empty:
        made.append(FlatRow("Nobody there yet", "", tuple(empty)))
    return made


def _from(place: Place, label: str) -> Place:
    """The place saying where its holder is from instead of when they came."""
    where = f"{label[0].lower()}{label[1:]}" if place.origin == INTERNAL else label
    return place if place.lost else replace(place, word=f"from {where}")


def height(groups: Sequence[FlatRow], detail: FlatDetail, width: float, s: float) -> float:
    """Height of the group at a level of detail in a width; 0 for nobody."""
    if not groups:
        return 0.0
    rows_of = [sum(len(group.places) for group in groups)] if detail.strip else [len(group.places) for group in groups]
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
    about: str, s: float,
) -> None:  # fmt: skip
    """The group in `place` (x, y, w, h); about: the words beside its head. Rows share room that is left over."""
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
        groups = [FlatRow("", "", tuple(who for group in groups for who in group.places))]
    n_columns, top = _columns(detail, w, s), y + HEAD * s
    step = detail.step[0] * s if detail.form != "named" else (w - (2 * PADDING + _label(detail)) * s) / n_columns
    for group in groups:
        tall = _row_height(len(group.places), detail, w, s)
        if not detail.strip:
            _origin(board, sheet, group, (x + PADDING * s, top), tall - ROW_GAP * s, s)
        for n, who in enumerate(group.places):
            row, column = divmod(n, n_columns)
            cx = x + (PADDING + _label(detail)) * s + column * step + (detail.r + 1) * s
            _person(board, sheet, who, (cx, top + (row * detail.step[1] + detail.r + 4) * s), detail, step, s)
        top += tall + between


def _origin(board: Board, sheet: Sheet, group: FlatRow, at: tuple[float, float], tall: float, s: float) -> None:
    """Name and count of an origin, with a bar in its colour."""
    x, y = at
    sheet.box(x, y + 2 * s, 4 * s, max(tall - 6 * s, 26 * s), Style(Role.BAR, group.organization), radius=2 * s)
    name = board.elided(group.label, (12.5 * s, 620), (LABEL - 15) * s)
    sheet.label(x + 14 * s, y + 13 * s, name, Style(Role.SEAT_NAME), 12.5 * s)
    n = sum(place.key.startswith("seats:") for place in group.places)
    people = len(group.places) - n
    told = " · ".join(
        part for part in (wording.counted(n, "seat") if n else "", wording.people(people) if people else "") if part
    )
    sheet.label(x + 14 * s, y + 28 * s, told, Style(Role.CAPTION), 11 * s)


def _person(
    board: Board, sheet: Sheet, who: Place, at: tuple[float, float], detail: FlatDetail, step: float, s: float
) -> None:
    (x, y), r = at, detail.r * s
    if who.empty:
        planned, paused = who.stated == "planned", who.stated == "on-hold"
        empty_place(sheet, x, y, r, planned=planned, paused=paused, key=who.key, tip=who.tip)
    else:
        letters = wording.initials(who.name)
        status = who.status if who.status in (Status.DENIED, Status.RUMORED) else Status.NONE
        avatar(
            sheet, x, y, r, letters, who.organization, status, gone=who.gone, vague=who.state == POSSIBLE,
            key=who.key, tip=who.tip,
        )  # fmt: skip
    if detail.form != "named":
        return
    pale = Certainty.UNSURE if who.gone or who.empty else Certainty.SURE
    left, room = x + r + 6 * s, step - 2 * r - 10 * s
    name = board.elided(who.name or "A seat", (11 * s, 620), room)
    sheet.label(left, y - 2 * s, name, Style(Role.SEAT_NAME, certainty=pale), 11 * s, key=who.key, tip=who.tip)
    small = Style(Role.WARNING) if who.lost else Style(Role.SEAT_NAME, emphasis=Emphasis.SMALL, certainty=pale)
    told = board.elided(who.lost or who.word, (10.5 * s, 600 if who.lost else 430), room)
    sheet.label(left, y + 11.5 * s, told, small, 10.5 * s, key=who.key, tip=who.tip)
