"""Beside the curve: where the seats' holders came from, one dot a person, and what they know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.analysis.buildout import HELD, POSSIBLE
from app.analysis.skills import Expertise
from app.pictures import wording
from app.pictures.avatar import point
from app.pictures.board import Board, Sheet
from app.pictures.seat_places import Holding, Place
from app.scene.marks import Anchor
from app.scene.scene import Tip
from app.scene.style import Emphasis, Role, Style

ROW, NAME = 18.0, 138.0
"""Height of a row, and the room for names at its left."""
DOT, PITCH = 5.2, 13.5
"""Radius of a dot, and from dot to dot."""
LEAST_DOT = 0.8
"""Smaller dots than this are one bar."""
MOST_LINES = 7
"""Lines of expertise at most: what few know says little of a team."""
HEAD, LINE, TWO_COLUMNS = 24.0, 16.0, 330.0
"""Height of a head and of a line below it; from this width on two columns stand beside each other."""


@dataclass(frozen=True)
class OriginRow:
    """People from one origin, or from several small ones."""

    label: str
    places: tuple[Place, ...]

    @cached_property
    def text(self) -> str:
        """`11, 2 may be, 1 left`: held for certain, perhaps, and left again."""
        states = [p.state for p in self.places]
        held, may = states.count(HELD), states.count(POSSIBLE)
        left = len(self.places) - held - may
        parts = [f"{held:,}"] if held or not (may or left) else []
        parts += [f"{may:,} may be"] if may else []
        return ", ".join([*parts, *([f"{left:,} left"] if left else [])])


def origin_rows(holding: Holding, places: Sequence[Place], most: int, named: int | None = None) -> list[OriginRow]:
    """One row an origin, most people first, the organization itself and those of whom nobody says last; what does not
    fit in `most` rows, grey ones of a single person, and those beyond the `named` largest, if somebody says how many,
    in one row that says how many they are."""
    found: dict[str, list[Place]] = {}
    for place in places:
        if not place.empty:
            found.setdefault(place.origin, []).append(place)
    last = [origin for origin in ("internal", "unknown") if origin in found]
    others = sorted((o for o in found if o not in last), key=lambda o: (-len(found[o]), o))
    colors = holding.gathered.colors
    small = [o for o in others if len(found[o]) == 1 and o not in colors]
    small = small if len(small) > 1 else []
    kept = [o for o in others if o not in small]
    room = len(kept) if named is None else named
    while kept and (len(kept) > room or len(kept) + len(last) + bool(small) > max(most, 1)):
        small.insert(0, kept.pop())
    rows = [OriginRow(holding.origin_label(o), tuple(found[o])) for o in kept]
    if small:
        together = tuple(place for o in small for place in found[o])
        rows.append(OriginRow(wording.counted(len(small), "other") if rows else f"{len(small)} origins", together))
    return rows + [OriginRow(holding.origin_label(o), tuple(found[o])) for o in last]


def draw_origins(
    board: Board,
    sheet: Sheet,
    at: tuple[float, float, float, float],
    holding: Holding,
    places: Sequence[Place],
    s: float,
    named: int | None = None,
) -> float:
    """Set the rows into `at` (x, y, w, h) under a head; named: as in `origin_rows`. Returns the height taken; 0 if
    there is no room for one."""
    x, y, w, h = at
    most = int((h - 22 * s) // (ROW * s))
    rows = origin_rows(holding, places, most, named)
    if most < 1 or not rows:
        return 0.0
    sheet.label(x, y + 11 * s, "WHERE THE SEATS CAME FROM", Style(Role.SECTION), 10.5 * s)
    size = (11.5 * s, 430)
    counts = max(board.width(row.text, size) for row in rows)
    room = w - NAME * s - counts - 18 * s
    pitch = min(PITCH * s, room / max(len(row.places) for row in rows))
    name, count = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG), Style(Role.LEGEND)
    middles = [y + (26 + ROW * (nth + 0.5)) * s for nth in range(len(rows))]
    for row, middle in zip(rows, middles, strict=True):
        label = board.elided(row.label, (11 * s, 500), (NAME - 12) * s)
        sheet.label(x + (NAME - 12) * s, middle + 4 * s, label, name, 11 * s, anchor=Anchor.END)
        _dots(sheet, row.places, x + NAME * s, middle, pitch, s)
    for row, middle in zip(rows, middles, strict=True):
        right = x + NAME * s + pitch * len(row.places) + 8 * s
        sheet.label(right, middle + 4 * s, row.text, count, 11.5 * s)
    return 26 * s + ROW * s * len(rows)


def _dots(sheet: Sheet, places: Sequence[Place], x: float, y: float, pitch: float, s: float) -> None:
    """One dot a person: full if certain, a tint if perhaps, hollow if left. Where dots would be points, bars."""
    r = min(DOT * s, 0.385 * pitch)
    if r < LEAST_DOT:
        owners = {place.organization for place in places}
        role, owner = (Role.BAR, places[0].organization) if len(owners) == 1 else (Role.BAR_OTHER, "")
        there = [place for place in places if not place.gone]
        n_lit = sum(place.lit for place in there)
        parts = (
            (n_lit, Style(role, owner)),
            (len(there) - n_lit, Style(role, owner, emphasis=Emphasis.QUIET)),
            (len(places) - len(there), Style(Role.BAR_PALE)),
        )
        for n, style in parts:
            if n:
                sheet.box(x, y - 4 * s, n * pitch, 8 * s, style)
                x += n * pitch
        return
    for nth, place in enumerate(sorted(places, key=lambda p: (p.gone, p.state == POSSIBLE, not p.lit))):
        vague = place.state == POSSIBLE
        style = point(place.organization, gone=place.gone, vague=vague, quiet=not place.lit)
        radius = r - (0.75 * s if place.gone or vague else 0)
        sheet.dot(x + (nth + 0.5) * pitch, y, max(radius, 0.6), style, key=place.key, tip=place.tip)


def draw_expertise(
    board: Board, sheet: Sheet, at: tuple[float, float, float, float], found: Expertise, s: float
) -> None:
    """Set what the holders know into `at` (x, y, w, h): the most frequent first, in one column or two, then what the
    seats ask for and who has it. Nothing if there is no room or nothing is on record."""
    x, y, w, h = at
    closing = _closing(board, found, w, s)
    lines = min(int((h - HEAD * s) // (LINE * s)), MOST_LINES)
    n_rows = lines - len(closing)
    if not found.n_people or n_rows < 1 or not (found.counts or closing):
        return
    sheet.label(x, y + 11 * s, "WHAT THEY KNOW", Style(Role.SECTION), 10.5 * s)
    n_columns = 2 if w > TWO_COLUMNS * s else 1
    shown = list(found.counts.items())[: n_columns * n_rows]
    rest = len(found.counts) - len(shown)
    if rest and len(shown) > 1:
        shown, rest = shown[:-1], rest + 1
    per = -(-(len(shown) + bool(rest)) // n_columns)
    number, word = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG), Style(Role.LEGEND)
    cells = [(f"{n:,}", name) for name, n in shown]
    if rest:
        cells.append(("+", f"{rest:,} more" if shown else wording.counted(rest, "field")))
    widest = max((board.width(n, (11 * s, 500)) for n, _ in cells), default=0.0)
    room = w / n_columns - widest - (16 if n_columns > 1 else 7) * s
    for nth, (n, name) in enumerate(cells):
        left = x + (nth // per) * w / n_columns
        base = y + (32 + LINE * (nth % per)) * s
        sheet.label(left + widest, base, n, number, 11 * s, anchor=Anchor.END)
        sheet.label(left + widest + 7 * s, base, board.elided(name, (11.5 * s, 430), room), word, 11.5 * s)
    for nth, (text, style, tip) in enumerate(closing):
        sheet.label(x, y + (34 + LINE * (per + nth)) * s, text, style, 10.5 * s, tip=tip)


def _closing(board: Board, found: Expertise, w: float, s: float) -> list[tuple[str, Style, Tip | None]]:
    """Lines below: what no one knows, what is asked for and had, and of how many nothing is on record. What does not
    fit into a line is in its tip."""
    quiet = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    lines: list[tuple[str, Style, Tip | None]] = []
    asked = tuple(
        f"{a.skill}: {wording.counted(a.n_seats, 'seat')} ask for it, {a.n_met:,} of these held by someone who has it; "
        f"{wording.people(a.n_people)} in the team have it"
        for a in found.asked
    )
    tip = Tip("What the seats ask for", asked)
    if found.missing:
        lines.append((f"Asked for, and no one has it: {', '.join(found.missing)}", Style(Role.WARNING), tip))
    had = [f"{a.skill} {a.n_met:,} of {wording.counted(a.n_seats, 'seat')}" for a in found.asked if a.n_people]
    if had:
        lines.append((f"Asked for, and had: {', '.join(had)}", quiet, tip))
    if not found.asked:
        lines.append(("No seat on record says what it asks for", quiet, None))
    if found.silent:
        lines.append((f"Of {wording.people(found.silent)} no expertise is on record", quiet, None))
    weights = {Role.WARNING: 600}
    return [(board.elided(text, (10.5 * s, weights.get(style.role, 450)), w), style, tip) for text, style, tip in lines]
