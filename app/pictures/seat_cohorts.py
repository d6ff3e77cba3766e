"""Beside the curve: who came in which quarter, half-year or year, and how many of them are still there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from app.analysis.buildout import HELD, LEFT, POSSIBLE
from app.analysis.cohorts import Cohort
from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.pictures import wording
from app.pictures.board import Board, Sheet
from app.pictures.seat_counts import HEAD, LINE
from app.pictures.seat_places import Holding
from app.pictures.seat_tips import NAMED
from app.scene.marks import Anchor
from app.scene.scene import Tip
from app.scene.style import Certainty, Emphasis, Role, Style
from app.scene.tips import Later

BAR, LEAST_BAR, LONGEST_BAR = 8.0, 24.0, 240.0
"""Height of a bar; the width that the longest takes at least, else there is none, and at most."""
HEADS = ("WHO CAME WHEN AND IS STILL THERE", "CAME WHEN, STILL THERE", "WHO CAME WHEN")
"""The head, the longest that fits."""
TRACKED = 1.09
"""Caps of a head stand so much wider than plain ones."""
FEW = 10
"""Of fewer people than this no percentage is given."""
_WORDS = ((HELD, "still there"), (POSSIBLE, "may be there"), (LEFT, "left again"))


def name(cohort: Cohort) -> str:
    """`Q3 2025`, `H2 2025`, `2025`, `2024–25`; `in 2025` where no more is known; `earlier` for all before a day."""
    if cohort.end >= FUTURE:
        return "day not known"
    if cohort.first <= PAST:
        return "earlier"
    first, last = dates.text(cohort.first), dates.text(cohort.end - 1)
    year, month = first[:4], int(first[5:7])
    months = 12 * (int(last[:4]) - int(year)) + int(last[5:7]) - month + 1
    if months < 12:
        return f"Q{month // 3 + 1} {year}" if months == 3 else f"H{month // 6 + 1} {year}"
    if months == 12:
        return f"in {year}" if cohort.vague else year
    return f"{year}–{last[2:4] if last[:2] == year[:2] else last[:4]}"


def words(cohort: Cohort) -> str:
    """`27 of 29`: so many of those who came are still there; with `2 may be` where that is not certain."""
    may_be = f", {cohort.may_be:,} may be" if cohort.may_be else ""
    return f"{cohort.there:,} of {cohort.came:,}{may_be}"


def draw(
    board: Board, sheet: Sheet, at: tuple[float, float, float, float], holding: Holding, found: Sequence[Cohort],
    s: float,
) -> None:  # fmt: skip
    """Set one row a cohort into `at` (x, y, w, h) under a head: its name, a bar as long as many came, full as far as
    they are still there. Nothing without cohorts or room for all of them."""
    x, y, w, h = at
    if not found or h < (HEAD + LINE * len(found)) * s:
        return
    head = next((head for head in HEADS if board.width(head, (10.5 * s, 600)) * TRACKED <= w), HEADS[-1])
    sheet.label(x, y + 11 * s, head, Style(Role.SECTION), 10.5 * s)
    left = x + max(board.width(name(cohort), (11 * s, 500)) for cohort in found) + 8 * s
    most = max(cohort.came for cohort in found)
    rooms = [x + w - left - 6 * s - board.width(words(cohort), (11.5 * s, 430)) for cohort in found]
    scale = min(room / cohort.came for room, cohort in zip(rooms, found, strict=True))
    scale = min(scale, LONGEST_BAR * s / most) if scale * most >= LEAST_BAR * s else 0.0
    for nth, cohort in enumerate(found):
        middle = y + (28 + LINE * nth) * s
        key, tip = f"group:cohort:{name(cohort).replace(' ', '-')}", Later(partial(told, holding), cohort)
        strong = Style(Role.NODE_WORD, emphasis=Emphasis.STRONG)
        sheet.label(left - 8 * s, middle + 4 * s, name(cohort), strong, 11 * s, anchor=Anchor.END, key=key, tip=tip)
        at_x = left
        for n, style in _parts(holding, cohort) if scale else ():
            sheet.box(at_x, middle - BAR / 2 * s, n * scale, BAR * s, style, radius=s, key=key, tip=tip)
            at_x += n * scale
        style = Style(Role.LEGEND)
        sheet.label(at_x + 6 * s, middle + 4 * s, words(cohort), style, 11.5 * s, key=key, tip=tip)


def _parts(holding: Holding, cohort: Cohort) -> list[tuple[int, Style]]:
    """How many are still there, of whom those outside the filter pale, how many may be, how many left."""
    states = cohort.states
    lit = np.ones(len(states), dtype=np.bool_) if holding.lit is None else holding.lit[cohort.holders]
    parts = (
        (states == HELD) & lit,
        (states == HELD) & ~lit,
        states == POSSIBLE,
        states == LEFT,
    )
    styles = (
        Style(Role.BAR_OTHER),
        Style(Role.BAR_OTHER, emphasis=Emphasis.QUIET),
        Style(Role.BAR_PALE),
        Style(Role.CARD, certainty=Certainty.UNSURE),
    )
    return [(n, style) for part, style in zip(parts, styles, strict=True) if (n := int(np.count_nonzero(part)))]


def told(holding: Holding, cohort: Cohort) -> Tip:
    """Who came, in order of joining, those who are no longer there last; of ten and more also the share that stayed."""
    when = f"Before {wording.iso(cohort.end)}" if name(cohort) == "earlier" else name(cohort)
    head = f"{when}: {wording.people(cohort.came)} came, {cohort.there:,} still there"
    if cohort.came >= FEW:
        head += f" ({cohort.there / cohort.came:.0%})"
    lines: list[str] = []
    if cohort.vague:
        lines.append("The day is known no better than this" if cohort.end < FUTURE else "Nobody says when they came")
    if holding.lit is not None:
        lines.append(f"{np.count_nonzero(holding.lit[cohort.holders]):,} within the filter")
    who: list[str] = []
    for state, word in _WORDS:
        at = cohort.holders[cohort.states == state][: NAMED - len(who)]
        who += [f"{person}, {word}" for person in holding.names(at)]
    more = [f"and {cohort.came - len(who)} more"] if cohort.came > len(who) else []
    return Tip(head, (*lines, *who, *more), holding.sources(cohort.holders[:NAMED]))
