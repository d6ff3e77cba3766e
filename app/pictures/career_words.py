"""Words of careers: header, what is left out, the legend, what to do where there is nobody."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from app.domain import dates
from app.domain.dates import PAST
from app.domain.index import ABSENT
from app.domain.schema import STATUSES
from app.pictures import legend, wording
from app.pictures.board import Board, Sheet
from app.pictures.career_marks import BESIDE, STEPS, STUDY
from app.pictures.career_plan import OFFER
from app.pictures.career_rows import GROUP_WORDS, SORT_WORDS, present_at
from app.pictures.career_tips import name_of
from app.pictures.legend import Entry, Specimen
from app.scene.marks import Anchor, floats
from app.scene.scene import Header
from app.scene.style import Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.careers import CareersPicture

MOST_COLORS = 6
"""Organizations whose colour the legend names."""


def day_text(picture: CareersPicture, day: float | None) -> str:
    """The day as ISO text: as given, else the as-of day."""
    return wording.iso(int(day) if day is not None else picture.gathered.as_of)


def header(picture: CareersPicture, day: float | None, page: tuple[int, int] | None = None) -> Header:
    """Title, scope, days and filter, what is left out and why."""
    gathered = picture.gathered
    options = picture.options.filter
    scope = _scope(picture)
    if page is None:
        scope += ". A bar is a stint, its colour the organization; touching bars are a move"
    else:
        scope = f"Page {page[0]:,} of {page[1]:,}, everyone in order. {scope}"
    return Header(
        _title(picture, day),
        scope,
        wording.context(
            int(day) if day is not None else gathered.as_of,
            gathered.known_day,
            f"Filter: {options.lens}" if options.lens else "Filter: none",
        ),
        left_out_text(picture),
    )


def _title(picture: CareersPicture, day: float | None) -> str:
    """The finding in one line."""
    gathered, chosen = picture.gathered, picture.chosen
    total = chosen.people.shown.sum()
    if not total:
        return "No career matches" if chosen.n_hidden else "No careers on record"
    when = f" on {wording.written(int(day))}" if day is not None else ""
    lit = [name_of(gathered, code) for code in sorted(chosen.strength.lit)]
    if chosen.focus:
        names = " or ".join(gathered.names[code].partition(" (")[0] for code in chosen.focus)
        return f"Careers that led to {names}"
    if total == 1:
        return f"The career of {name_of(gathered, int(picture.order.people[0]))}"
    if 0 < len(lit) <= 3:
        return f"The career{'s' if len(lit) > 1 else ''} of {' and '.join(lit)} among others"
    there = chosen.people.present if day is None else present_at(gathered, int(day))
    present = there[chosen.people.shown]
    counts = np.bincount(present[present != ABSENT], minlength=1)
    if counts.max() > 1:
        most = f"{int(counts.max()):,} of them {'were' if when else 'are'} at {gathered.labels[int(counts.argmax())]}"
        return f"Careers of {wording.people(int(total))}: {most}{when}"
    return f"Careers of {wording.people(int(total))}"


def _scope(picture: CareersPicture) -> str:
    chosen = picture.chosen
    total, n = int(chosen.people.shown.sum()), len(picture.order)
    if not total:
        return "One line a person"
    parts = [f"{n:,} of {wording.people(total)}" if n < total else wording.people(total)]
    if picture.n_without:
        parts[0] += " with the most recent moves"
    if n > 1:
        parts.append(SORT_WORDS[chosen.sort])
    if chosen.group != "none":
        parts.append(f"grouped by {GROUP_WORDS[chosen.group]}")
    where = f" {picture.gathered.labels[chosen.focus[0]]}" if chosen.sort == "joined" and chosen.focus else ""
    return f"{', '.join(parts)}{where}"


def left_out(picture: CareersPicture) -> tuple[tuple[str, int], ...]:
    """Every stint that is not drawn, by reason."""
    chosen, stints = picture.chosen, picture.chosen.stints
    who = picture.gathered.careers.index.person[stints.at]
    has_line = np.zeros(len(chosen.people.shown), dtype=np.bool_)
    has_line[picture.order.people] = True
    outside = int(np.count_nonzero(~picture.plan.bars.inside)) if picture.plan is not None else 0
    found = (
        ("of people without a line", int(np.count_nonzero(chosen.people.shown[who] & ~has_line[who]))),
        ("of people filtered out", int(np.count_nonzero(~chosen.people.shown[who]))),
        ("outside the days drawn", outside),
        ("not known by then", stints.n_later),
        ("of nobody or nowhere on record", stints.n_dangling),
    )
    return tuple((reason, n) for reason, n in found if n)


def left_out_text(picture: CareersPicture) -> str:
    """`Left out: 165 people for want of room; 12 stints before 2009`."""
    parts = []
    if picture.n_without:
        why = "--top" if picture.options.top == len(picture.order) else "want of room"
        parts.append(f"{wording.people(picture.n_without)} for {why}")
    if picture.chosen.n_hidden:
        parts.append(f"{wording.people(picture.chosen.n_hidden)} {_why_hidden(picture)}")
    reasons = dict(picture.left_out)
    if (n := reasons.get("outside the days drawn")) and picture.plan is not None:
        parts.append(f"{wording.counted(n, 'stint')} outside {_year(picture.plan.days.first)} to {_end(picture)}")
    others = ("not known by then", "of nobody or nowhere on record")
    parts += [f"{wording.counted(reasons[reason], 'stint')} {reason}" for reason in others if reason in reasons]
    return f"Left out: {', '.join(parts)}" if parts else "Left out: nothing"


def _why_hidden(picture: CareersPicture) -> str:
    options = picture.options.filter
    if picture.chosen.focus:
        return "who were never there"
    return "filtered out" if options.lens else "outside the window"


def _year(day: int) -> str:
    """A new year as its year alone."""
    text = dates.text(day)
    return text[:4] if text.endswith("-01-01") else text


def _end(picture: CareersPicture) -> str:
    assert picture.plan is not None
    return dates.text(picture.plan.days.last)


def nothing(picture: CareersPicture, sheet: Sheet) -> None:
    """What is missing, and what to do about it."""
    x, y, w, h = picture.frame.map
    s = picture.frame.type_scale
    if not picture.chosen.n_hidden:
        told = "There are no people with stints in this dataset. Record a move, or open a file that has some."
    elif picture.options.filter.lens:
        told = "Nobody matches this filter. Clear it, or name another organization or day in it."
    else:
        told = "Nobody on record was there at that time. Leave the focus or the window away."
    sheet.label(x + w / 2, y + h / 2, told, Style(Role.LEGEND), 12 * s, anchor=Anchor.MIDDLE)


def foot(picture: CareersPicture, board: Board, day: float | None) -> tuple[str, ...]:
    """The legend strip."""
    s, (found, colored) = picture.frame.type_scale, picture.signs
    assert picture.plan is not None
    late = day is not None and day < picture.plan.days.last
    clock = [Entry(26 * s, "as-of day; pale after it", _clock(s))] if late else []
    told = [*found, *clock, *colored]
    return legend.strip(board, board.sheet("foot", 82, "page"), picture.frame, (), told)


def signs(picture: CareersPicture) -> list[Entry]:
    """Only what occurs: status, soft ends, kinds of stint."""
    plan, gathered = picture.plan, picture.gathered
    assert plan is not None
    s = picture.frame.type_scale
    index = gathered.careers.index
    bars = np.flatnonzero(plan.bars.inside)
    stints = plan.at[bars]
    status = {Status(STATUSES[code]) for code in np.unique(index.status[stints]).tolist()}
    open_ = plan.spans.open[bars]
    late = open_ & (plan.seen[bars] > PAST) & (plan.seen[bars] < plan.days.last - 31)
    found = [(_bar(s, Style(Role.STINT, "", each)), each.value) for each in Status if each in status]
    kinds = set(index.kind[stints].tolist())
    others = [
        (bool(open_.any()), _arrow(s, late=False), "still there"),
        (bool(late.any()), _arrow(s, late=True), "pale: not seen since"),
        (bool((plan.bars.soft_in[bars] > 0).any()), _fade(s, left=True), "start not known"),
        (bool((plan.bars.soft_out[bars] > 0).any()), _fade(s, left=False), "end not known"),
        (bool(len(plan.brackets[0])), _bracket(s), "earliest to latest day"),
        (bool((~plan.touching).any()), _joined(s), "next stint"),
        (bool(kinds & set(BESIDE)), _thin(s), "advisor or visit"),
        (STUDY in kinds, _bar(s, Style(Role.STINT_STUDY)), "study"),
        (OFFER in kinds, _ring(s), "offer"),
        (picture.chosen.strength.at is not None, _bar(s, Style(Role.STINT, emphasis=Emphasis.SMALL)), "elsewhere"),
    ]
    shown = [Entry(26 * s, text, draw) for draw, text in found]
    return shown + [Entry(26 * s, text, draw) for there, draw, text in others if there]


def colors(picture: CareersPicture) -> list[Entry]:
    """Swatches of the organizations with a colour that have most bars, by the root that the colour is of."""
    plan, gathered, s = picture.plan, picture.gathered, picture.frame.type_scale
    assert plan is not None
    codes = gathered.careers.index.organization[plan.at[plan.bars.inside]]
    roots = gathered.careers.levels.hierarchy
    counts: Counter[int] = Counter()
    for code, n in zip(*(part.tolist() for part in np.unique(codes, return_counts=True)), strict=True):
        above = roots.above(code, roots.n_periods - 1) if roots.n_periods else ()
        counts[int(above[-1]) if len(above) else code] += n
    colored = [code for code, _ in counts.most_common() if gathered.ids[code] in gathered.colors][:MOST_COLORS]
    return [Entry(14 * s, gathered.labels[code], _swatch(s, gathered.ids[code])) for code in colored]


def _bar(s: float, style: Style) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 5 * s, 26 * s, 10 * s, style, radius=2 * s)

    return paint


def _swatch(s: float, organization: str) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 5 * s, 10 * s, 10 * s, Style(Role.STINT, organization), radius=2 * s)

    return paint


def _thin(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 2.5 * s, 26 * s, 5 * s, Style(Role.STINT), radius=2 * s)

    return paint


def _arrow(s: float, *, late: bool) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        if late:
            sheet.box(x, y - 5 * s, 10 * s, 10 * s, Style(Role.STINT))
        begin = x + 10 * s if late else x
        points = [begin, y - 5 * s, x + 21 * s, y - 5 * s, x + 26 * s, y, x + 21 * s, y + 5 * s, begin, y + 5 * s]
        role = Role.STINT_LATE if late else Role.STINT
        sheet.path(floats(points, (5, 2)), Style(role), closed=True)

    return paint


def _fade(s: float, *, left: bool) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        for step in range(STEPS):
            wide = 26 * s * (STEPS - step) / STEPS
            sheet.box(x + 26 * s - wide if left else x, y - 5 * s, wide, 10 * s, Style(Role.STINT_SOFT))

    return paint


def _bracket(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        points = [x, y - 3 * s, x, y + 2 * s, x, y, x + 26 * s, y, x + 26 * s, y - 3 * s, x + 26 * s, y + 2 * s]
        sheet.path(floats(points, (6, 2)), Style(Role.BRACKET))

    return paint


def _joined(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.line(x + 6 * s, y, x + 20 * s, y, Style(Role.JOIN))
        for left in (x, x + 20 * s):
            sheet.box(left, y - 5 * s, 6 * s, 10 * s, Style(Role.STINT))

    return paint


def _ring(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.dot(x + 13 * s, y, 4.5 * s, Style(Role.OFFER))

    return paint


def _clock(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.line(x + 13 * s, y - 6 * s, x + 13 * s, y + 6 * s, Style(Role.CLOCK))

    return paint
