"""Beside the curve: where the seats' holders came from, one dot a person, and what they know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.buildout import HELD, POSSIBLE
from app.analysis.seats import Expertise
from app.pictures import wording
from app.pictures.board import Board, Sheet
from app.pictures.seat_places import Holding, Place
from app.scene.marks import Anchor
from app.scene.style import Certainty, Emphasis, Role, Style

ROW, NAME = 18.0, 138.0
"""Height of a row, and the room for names at its left."""
DOT, PITCH = 5.2, 13.5
"""Radius of a dot, and from dot to dot."""
MOST_LINES = 7
"""Lines of expertise at most: what few know says little of a team."""


@dataclass(frozen=True, slots=True)
class OriginRow:
    """People from one origin, or from several small ones."""

    label: str
    places: tuple[Place, ...]

    @property
    def text(self) -> str:
        """`11, 2 may be, 1 left`: held for certain, perhaps, and left again."""
        held = sum(p.state == HELD for p in self.places)
        may = sum(p.state == POSSIBLE for p in self.places)
        left = len(self.places) - held - may
        parts = [f"{held:,}"] if held or not (may or left) else []
        parts += [f"{may:,} may be"] if may else []
        return ", ".join([*parts, *([f"{left:,} left"] if left else [])])


def origin_rows(holding: Holding, places: Sequence[Place], most: int) -> list[OriginRow]:
    """One row an origin, most people first, the organization itself and those of whom nobody says last; what does not
    fit in `most` rows, and grey ones of a single person, in one row that says how many they are."""
    found: dict[str, list[Place]] = {}
    for place in places:
        if not place.empty:
            found.setdefault(place.origin, []).append(place)
    last = [origin for origin in ("internal", "unknown") if origin in found]
    named = sorted((o for o in found if o not in last), key=lambda o: (-len(found[o]), o))
    colors = holding.gathered.colors
    small = [o for o in named if len(found[o]) == 1 and o not in colors]
    small = small if len(small) > 1 else []
    kept = [o for o in named if o not in small]
    while kept and len(kept) + len(last) + bool(small) > max(most, 1):
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
) -> float:
    """Set the rows into `at` (x, y, w, h) under a head. Returns the height taken; 0 if there is no room for one."""
    x, y, w, h = at
    most = int((h - 22 * s) // (ROW * s))
    rows = origin_rows(holding, places, most)
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
    order = sorted(places, key=lambda p: (p.gone, p.state == POSSIBLE))
    r = min(DOT * s, 0.385 * pitch)
    if r < 0.8:
        owners = {place.organization for place in places}
        full = Style(Role.BAR, places[0].organization) if len(owners) == 1 else Style(Role.BAR_OTHER)
        for nth, style in enumerate((full, Style(Role.BAR_PALE))):
            n = sum(place.gone is bool(nth) for place in places)
            before = len(places) - n if nth else 0
            if n:
                sheet.box(x + before * pitch, y - 4 * s, n * pitch, 8 * s, style)
        return
    for nth, place in enumerate(order):
        certainty = Certainty.UNSURE if place.gone else Certainty.SURE
        role = Role.AVATAR if place.state == POSSIBLE else Role.PERSON
        style = Style(role, place.organization, certainty=certainty)
        radius = r - (0.75 * s if place.gone or role is Role.AVATAR else 0)
        sheet.dot(x + (nth + 0.5) * pitch, y, max(radius, 0.6), style, key=place.key, tip=place.tip)


def draw_expertise(
    board: Board, sheet: Sheet, at: tuple[float, float, float, float], found: Expertise, s: float
) -> None:
    """Set what the holders know into `at` (x, y, w, h): the most frequent first, in two columns, then what the seats
    ask for and nobody has. Nothing if there is no room or nothing is on record."""
    x, y, w, h = at
    lines = min(int((h - 24 * s) // (16 * s)), MOST_LINES)
    closing = _closing(found)
    n_rows = lines - len(closing)
    if not found.n_people or n_rows < 1 or not (found.counts or closing):
        return
    sheet.label(x, y + 11 * s, "WHAT THEY KNOW", Style(Role.SECTION), 10.5 * s)
    shown = list(found.counts.items())[: 2 * n_rows]
    rest = len(found.counts) - len(shown)
    if rest and len(shown) > 1:
        shown, rest = shown[:-1], rest + 1
    per = -(-(len(shown) + bool(rest)) // 2)
    number, word = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG), Style(Role.LEGEND)
    cells = [(f"{n:,}", name) for name, n in shown]
    if rest:
        cells.append(("+", f"{rest:,} more" if shown else wording.counted(rest, "field")))
    widest = max((board.width(n, (11 * s, 500)) for n, _ in cells), default=0.0)
    for nth, (n, name) in enumerate(cells):
        left = x + (nth // per) * w / 2
        base = y + (32 + 16 * (nth % per)) * s
        sheet.label(left + widest, base, n, number, 11 * s, anchor=Anchor.END)
        text = board.elided(name, (11.5 * s, 430), w / 2 - widest - 16 * s)
        sheet.label(left + widest + 7 * s, base, text, word, 11.5 * s)
    for nth, (text, style) in enumerate(closing):
        base = y + (34 + 16 * (per + nth)) * s
        weight = 600 if style.role is Role.WARNING else 450
        sheet.label(x, base, board.elided(text, (10.5 * s, weight), w), style, 10.5 * s)


def _closing(found: Expertise) -> list[tuple[str, Style]]:
    """Lines below: what no one knows, and of how many nothing is on record."""
    quiet = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    lines = []
    if found.missing:
        lines.append((f"Asked for, and no one has it: {', '.join(found.missing)}", Style(Role.WARNING)))
    elif found.wanted:
        lines.append(("All that the seats ask for is there", quiet))
    else:
        lines.append(("No seat on record says what it asks for", quiet))
    if found.silent:
        lines.append((f"Of {wording.people(found.silent)} no expertise is on record", quiet))
    return lines
