"""Words of a build-out: its header, what the target says when asked, what to do where there is nothing, its legend."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.analysis.buildout import CLOSED, LEFT, POSSIBLE, Target
from app.analysis.options import Options
from app.analysis.teams import known_team
from app.domain.dates import FUTURE
from app.pictures import seat_signs as signs
from app.pictures import seat_target, wording
from app.pictures.board import Board, Sheet
from app.pictures.frame import Frame
from app.pictures.legend import Entry
from app.pictures.seat_places import Place
from app.scene.marks import Anchor
from app.scene.scene import Header
from app.scene.style import Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.buildout import BuildOutPicture


def header(picture: BuildOutPicture) -> Header:
    """Title, scope, days, what is left out and why."""
    gathered = picture.gathered
    out = ", ".join(f"{n:,} {reason}" for reason, n in picture.left_out)
    return Header(
        _title(picture),
        _scope(picture),
        wording.context(gathered.as_of, gathered.known_day, _filter(picture)),
        f"Seats left out: {out}" if out else "",
    )


def _filter(picture: BuildOutPicture) -> str:
    """The lens, and how many of the filled seats it lights."""
    lens, holding = picture.options.filter.lens, picture.holding
    if not lens or holding is None or holding.lit is None:
        return f"Filter: {lens}" if lens else "Filter: none"
    held_by = holding.build_out.held_by
    return f"Filter: {lens}, {int(holding.lit[held_by].sum()):,} of {wording.counted(len(held_by), 'filled seat')} lit"


def _title(picture: BuildOutPicture) -> str:
    """The finding in one line."""
    holding = picture.holding
    if holding is None or not picture.places:
        name = f"{_name(picture)}: no" if holding is not None else "No"
        return f"{name} seats on record"
    b = holding.build_out
    when = chosen_day(picture.options.filter, b.day)
    most = f" for certain, up to {b.possible:,}" if b.possible > b.filled else ""
    if not b.wanted:
        return f"{_name(picture)}{when}: {wording.counted(b.filled, 'seat')} filled{most}, no target on record"
    number = seat_target.number(holding)
    if b.over:
        return f"{_name(picture)}{when}: {b.filled:,} seats filled{most}, target {number}"
    return f"{_name(picture)}{when}: {b.filled:,} of {number} seats filled{most}"


def chosen_day(options: Options, day: int) -> str:
    """` on 31 July 2025` where somebody chose the day, as such or as the end of a window; else blank."""
    chosen = options.as_of is not None or (options.window is not None and options.window[1] < FUTURE)
    return f" on {wording.written(day)}" if chosen else ""


def _name(picture: BuildOutPicture) -> str:
    """The team, by its whole name without the abbreviation."""
    assert picture.holding is not None
    return picture.gathered.names[picture.holding.build_out.organization].partition(" (")[0]


def _scope(picture: BuildOutPicture) -> str:
    if picture.holding is None:
        return "No target and no seat in this dataset"
    b, places = picture.holding.build_out, picture.places
    empty = sum(place.empty for place in places)
    parts = [f"{b.filled:,} filled"]
    parts += [f"{b.possible - b.filled:,} may be"] if b.possible > b.filled else []
    parts += [f"{b.left:,} left again"] if b.left else []
    parts += [f"{empty:,} still empty"] if empty else []
    parts += [f"{b.over:,} over the target"] if b.over and b.wanted else []
    below = "The organization and all below it, people with a seat only"
    return f"{wording.counted(len(places), 'place')}: {', '.join(parts)}. {below}"


def nothing(board: Board, sheet: Sheet, frame: Frame, picture: BuildOutPicture) -> None:
    """What is missing, and what to do about it, in the middle."""
    x, y, w, h = frame.map
    s = frame.type_scale
    lines = ["There is no seat and no target here.", "Add seats and a target, or choose another organization."]
    if known := _known(picture):
        are = "is" if known == 1 else "are"
        lines.append(f"{wording.people(known)} {are} known here without a seat: the organization chart shows them.")
    for nth, line in enumerate(lines):
        shown = board.elided(line, (12 * s, 430), w)
        base = y + h / 2 + 18 * nth * s
        sheet.label(x + w / 2, base, shown, Style(Role.SCOPE), 12 * s, anchor=Anchor.MIDDLE)


def _known(picture: BuildOutPicture) -> int:
    """People who are or may be there on the day, of an organization without seats."""
    if picture.holding is None:
        return 0
    gathered, b = picture.gathered, picture.holding.build_out
    return known_team(gathered.dataset, gathered.careers, Target("", b.organization, 0), b.day).possible


def entries(places: tuple[Place, ...], s: float, *, band: bool, curve: bool = True) -> list[Entry]:
    """Signs that occur in the picture and their words; band: whether the curve has one; curve: whether there is one,
    and words beside the seats."""
    taken = [place for place in places if not place.empty]
    found: list[Entry] = []
    color = Counter(place.organization for place in taken).most_common(1)[0][0] if taken else ""
    if taken:
        found.append(Entry(18 * s, "tint and ring: organization they came from", signs.disc(color, s)))
    statuses = {place.status for place in taken}
    if Status.CONFIRMED in statuses:
        rest = " (else reported)" if Status.REPORTED in statuses else ""
        found.append(Entry(18 * s, f"confirmed{rest}", signs.status(Status.CONFIRMED, s)))
    weak = [status for status in (Status.DISPUTED, Status.RUMORED) if status in statuses]
    found += [Entry(18 * s, status.value, signs.status(status, s)) for status in weak]
    gone = _first(places, LEFT) or _first(places, CLOSED)
    if gone is not None:
        found.append(Entry(18 * s, "hollow: left again", signs.disc(gone.organization, s, gone=True)))
    if band or any(place.state == POSSIBLE for place in taken):
        found.append(
            Entry(
                26 * s, "hatched: may be in seat, the start or end is known only to the month or year", signs.hatch(s)
            )
        )
    words = {place.stated for place in places if place.empty}
    if words - {"planned", "on-hold"}:
        found.append(Entry(18 * s, "ring: a place still open", signs.empty(s)))
    if "planned" in words:
        found.append(Entry(18 * s, "pale ring: planned", signs.empty(s, planned=True)))
    if "on-hold" in words:
        found.append(Entry(18 * s, "on hold", signs.empty(s, paused=True)))
    if taken and curve:
        found.append(Entry(26 * s, "line: in seat for certain", signs.rule(Role.SURE, s)))
    if not all(place.lit for place in places):
        found.append(Entry(18 * s, "pale: outside the filter", signs.disc(color, s, quiet=True)))
    if curve and any(place.over for place in places):
        found.append(Entry(26 * s, "“over”: beyond the target, in order of joining", signs.rule(Role.TARGET, s)))
    return found


def _first(places: tuple[Place, ...], state: int) -> Place | None:
    return next((place for place in places if place.state == state and not place.empty), None)
