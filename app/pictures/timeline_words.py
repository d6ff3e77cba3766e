"""Words of a timeline: header, what is left out, the legend, what to do where nothing happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.domain import dates
from app.pictures import legend, tally_marks, wording
from app.pictures.board import Board, Sheet
from app.pictures.career_tips import name_of
from app.pictures.events import ELSEWHERE, FILTERED, KIND_NOUNS, KINDS, Event, Shape
from app.pictures.legend import Entry, Specimen
from app.pictures.tallies import EXACT
from app.pictures.timeline_marks import RADIUS, draw_shape
from app.scene.marks import Anchor
from app.scene.scene import Header
from app.scene.style import Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.timeline import TimelinePicture

NARROWER = "A shorter window or a filter shows each move"
LEAST_PEAK = 5
"""A month with fewer moves is no finding."""


def day_text(picture: TimelinePicture, day: float | None) -> str:
    """The day as ISO text: as given, else the as-of day."""
    return wording.iso(int(day) if day is not None else picture.gathered.as_of)


def header(picture: TimelinePicture, day: float | None) -> Header:
    """Title, scope, days and filter, what is left out and why."""
    gathered = picture.gathered
    options = gathered.options
    return Header(
        _title(picture, day),
        _scope(picture),
        wording.context(
            int(day) if day is not None else gathered.as_of,
            gathered.known_day,
            f"Filter: {options.lens}" if options.lens else "Filter: none",
        ),
        _left_out(picture),
    )


def _about(picture: TimelinePicture) -> str:
    """Whom the events are about; blank for everybody."""
    gathered, (organizations, people) = picture.gathered, picture.focus
    names = [gathered.names[code].partition(" (")[0] for code in organizations]
    return " and ".join(names + [name_of(gathered, code) for code in people])


def _title(picture: TimelinePicture, day: float | None) -> str:
    """The finding in one line: the month with most moves; else what there is."""
    about = _about(picture)
    if not picture.happenings:
        return f"Nothing on record of {about}" if about else "Nothing on record"
    days, months, first = picture.exact_moves
    until = len(days) if day is None else int(np.searchsorted(days, day, side="right"))
    n = np.diff(np.minimum(first, until))
    if len(n) and n.max() >= LEAST_PEAK:
        month = int(months[int(n.argmax())])
        name = wording.month(dates.day(1970 + month // 12, month % 12 + 1))
        return f"{about + ': m' if about else 'M'}ore moves in {name} than in any other month: {int(n.max()):,}"
    found = picture.happenings
    events = [event for event in found.events if day is None or event.day <= day]
    n_crowd = len(found.crowd) if day is None else int(np.count_nonzero(found.crowd.joined <= day))
    told = counts(events, n_crowd, picture.period) or "nothing yet"
    told += f" by {wording.written(int(day))}" if day is not None else ""
    return f"{about}: {told}" if about else told[:1].upper() + told[1:]


def counts(events: Sequence[Event], n_crowd: int = 0, period: str = "") -> str:
    """`198 moves, 26 deals`, or `7,033 moves counted by quarter, 9 more marked, 26 deals`; blank for none."""
    found = Counter(event.kind for event in events)
    told = [wording.counted(found[kind], *KIND_NOUNS[kind]) for kind in KINDS if found[kind]]
    if n_crowd:
        counted = [f"{wording.counted(n_crowd, 'move')} counted by {period}"]
        told = [*counted, f"{found['moves']:,} more marked", *told[1:]] if found["moves"] else counted + told
    return ", ".join(told)


def _scope(picture: TimelinePicture) -> str:
    if not picture.happenings:
        return "Moves, deals, claims, mergers, seats and targets over time"
    first, last = picture.days.first, picture.days.last
    by = "in lanes by organization" if picture.options.group == "organization" else "in lanes by kind"
    told = f"{picture.told}, {wording.span(first, last)}, {by}. "
    return told + (NARROWER if len(picture.happenings.crowd) else "One mark is one event")


def _left_out(picture: TimelinePicture) -> str:
    parts = [f"{n:,} {reason}" for reason, n in picture.happenings.left_out]
    return f"Left out: {', '.join(parts)}" if parts else "Left out: nothing"


def nothing(picture: TimelinePicture, sheet: Sheet) -> None:
    """What is missing, and what to do about it."""
    x, y, w, h = picture.frame.map
    s = picture.frame.type_scale
    reasons = dict(picture.happenings.left_out)
    if FILTERED in reasons and ELSEWHERE not in reasons:
        told = "Nothing matches this filter. Clear it, or name another organization or day in it."
    elif reasons:
        told = "Nothing with a day is left. Leave the focus or the window away, or add dates to what happened."
    else:
        told = "This dataset has no moves, deals, claims or mergers. Record a move, or add a claim with its date."
    sheet.label(x + w / 2, y + h / 2, told, Style(Role.LEGEND), 12 * s, anchor=Anchor.MIDDLE)


def foot(picture: TimelinePicture, board: Board, day: float | None) -> tuple[str, ...]:
    """The legend strip."""
    s = picture.frame.type_scale
    told = list(picture.signs)
    if day is not None and day < picture.days.last:
        told.insert(0, Entry(12 * s, "as-of day; pale after it", _clock(s)))
    return legend.strip(board, board.sheet("foot", 82, "page"), picture.frame, (), told)


def entries(picture: TimelinePicture) -> list[Entry]:
    """Only what occurs: marks by kind, status, spans, counts, colours."""
    s, events = picture.frame.type_scale, picture.happenings.events
    marked = [event for event in events if event.hi - event.lo <= EXACT]
    found = tally_marks.entries(picture.lanes, s)
    shapes: list[tuple[str, Shape, str]] = [
        ("moves", "disc", "move, in the colour of where from"),
        ("relations", "square", "deal, of who gives"),
        ("claims", "up", "claim for its topic"),
        ("claims", "down", "claim against it"),
        ("claims", "disc", "claim on it"),
        ("successions", "diamond", "merger or rename"),
        ("seats", "square", "seat or target"),
    ]
    there = {(event.kind, event.shape) for event in marked}
    found += [Entry(12 * s, text, _shape(s, shape)) for kind, shape, text in shapes if (kind, shape) in there]
    status = {event.status for event in marked}
    found += [Entry(12 * s, each.value, _shape(s, "disc", each)) for each in Status if each in status]
    if len(marked) < len(events):
        found.append(Entry(26 * s, "the days it may have been", _span(s)))
    if any(len(lane.counts[0]) for lane in picture.lanes):
        found.append(Entry(22 * s, "more of the same days", _more(s)))
    colors = picture.gathered.colors
    counts = Counter(event.organization for event in events if event.organization in colors)
    labels = dict(zip(picture.gathered.ids, picture.gathered.labels, strict=True))
    found += [Entry(12 * s, labels[each], _swatch(s, each)) for each, _ in counts.most_common(6)]
    return found


def _shape(s: float, shape: Shape, status: Status = Status.CONFIRMED) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        draw_shape(sheet, shape, x + 6 * s, y, RADIUS * s * 1.15, Style(Role.EVENT, "", status))

    return paint


def _swatch(s: float, organization: str) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x + s, y - 5 * s, 10 * s, 10 * s, Style(Role.STINT, organization), radius=2 * s)

    return paint


def _span(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 5 * s, 26 * s, 10 * s, Style(Role.EVENT_SPAN), radius=2 * s)

    return paint


def _more(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.label(x, y + 4 * s, "+12", Style(Role.STUB_COUNT), 10.5 * s)

    return paint


def _clock(s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.line(x + 6 * s, y - 6 * s, x + 6 * s, y + 6 * s, Style(Role.CLOCK))

    return paint
