"""Words of a picture of two moments: the finding, what is compared, what is left out, the legend, what an empty one
says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.analysis.comparing import Comparison, How
from app.analysis.tallies import Tally
from app.pictures import legend, moves_words, wording
from app.pictures.board import Board, Sheet
from app.pictures.compare_marks import disc
from app.pictures.compare_rows import OTHERS, WAYS, Token, Told, Way
from app.pictures.legend import Entry
from app.scene.scene import Header
from app.scene.style import Certainty, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.compare import ComparePicture

_COUNTED: dict[How, str] = {
    "moved": "moved", "joined": "joined", "left": "left", "seat": "changed seat",
    "status": "changed status or certainty",
}  # fmt: skip


def header(picture: ComparePicture) -> Header:
    """Title, scope, days and filter, what is left out and why."""
    lens = picture.options.filter.lens
    filtered = f"Filter: {lens}" if lens else "Filter: none"
    told = picture.told
    if told is None:
        return Header("No day to compare yet", "", f"No day on record · {filtered}", "")
    made = told.comparison
    context = f"{_days(made)} · {_known(picture)} · {filtered}"
    return Header(_title(picture, told), _scope(made), context, " · ".join(_left_out(picture, made)))


def _days(made: Comparison) -> str:
    days = dict.fromkeys(wording.iso(moment.day) for moment in (made.before, made.after))
    return "As of " + " → ".join(days)


def _known(picture: ComparePicture) -> str:
    return "Known by " + " → ".join(dict.fromkeys(map(wording.iso, picture.known_days)))


def _title(picture: ComparePicture, told: Told) -> str:
    """The organization that gained or lost most; of one difference whose it is; of a focus what became of it."""
    made, when = told.comparison, between(picture)
    if not made.differences:
        return f"{when} nothing differs"
    if len(made.differences) == 1:
        one = made.differences[0]
        return f"{made.name('people', one.person)}: {_first_lower(told.how(one))}"
    focus = next((tally for tally in told.tallies if tally.organization in told.focus), None)
    if focus is not None:
        return f"{when} {told.label(focus.organization)}: {_gain(focus)}"
    best = max(told.tallies, key=lambda tally: (abs(_net(tally)), tally.n))
    if abs(_net(best)) > 1:
        word = "gained" if _net(best) > 0 else "lost"
        return f"{when} {told.label(best.organization)} {word} most: {_gain(best)}"
    n_people = wording.people(len({one.person for one in made.differences}))
    if any(tally.left or tally.came for tally in told.tallies):
        return f"{when} {n_people} came, left or changed"
    return f"{when} nobody came or left; {n_people} changed seat, status or certainty"


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _net(tally: Tally) -> int:
    return len(tally.came) - len(tally.left)


def _gain(tally: Tally) -> str:
    """`27 came, 3 left`, what there is more of first."""
    counts = [f"{len(tally.came):,} came", f"{len(tally.left):,} left"]
    return ", ".join(counts if _net(tally) >= 0 else reversed(counts))


def between(picture: ComparePicture) -> str:
    """What lies between the two moments: `Between 1 June and 30 September 2025`, `From a.json to b.json:`."""
    told = picture.told
    if told is None:
        return ""
    if any(picture.options.files):
        return "From {} to {}:".format(*picture.options.files)
    days = told.comparison.before.day, told.comparison.after.day
    if days[0] == days[1]:
        known = picture.known_days
        return f"Between what was known on {_two(*known)}" if known[0] != known[1] else f"On {wording.written(days[0])}"
    return f"Between {_two(*days)}"


def _two(first: int, last: int) -> str:
    """`1 June and 30 September 2025`, `1 June 2024 and 30 September 2025`."""
    one, two = wording.written(first), wording.written(last)
    return f"{one.removesuffix(two[-5:])} and {two}"


def _scope(made: Comparison) -> str:
    """How many differ in which way, how many do not."""
    parts = [f"{n:,} {_COUNTED[how]}" for how, n in made.counts.items()]
    if made.stayed:
        parts.append(f"{wording.people(made.stayed)} the same")
    return " · ".join(parts)


def _left_out(picture: ComparePicture, made: Comparison) -> list[str]:
    """What has no token of its own, and what the filter leaves out."""
    found = []
    last = picture.plan.rows[-1] if picture.plan is not None and picture.plan.rows else None
    if last is not None and last.row.key == OTHERS:
        where = wording.counted(last.row.n_organizations, "smaller organization")
        how = "" if last.drawn else ", only counted"
        found.append(f"{where} in one row{how}")
    if made.filtered:
        found.append(f"{made.filtered:,} filtered out")
    return found


def entries(picture: ComparePicture, s: float) -> list[Entry]:
    """What occurs in the picture."""
    plan = picture.plan
    if plan is None:
        return []
    drawn = [(way, token) for placed in plan.rows if placed.drawn for way in WAYS for token in placed.row.tokens[way]]
    if plan.manner.is_bars:
        return _bar_entries(plan.per_person, drawn, s)
    found: list[Entry] = []
    colors = picture.gathered.colors
    ends = [one for one in drawn if one[0] != "changed"]
    went = _first(ends, lambda t: t.organization in colors) or _first(ends, lambda t: bool(t.organization))
    vague = _first(ends, lambda t: t.unsure) or _first(drawn, lambda t: t.unsure)
    samples = [
        ("colour: where they went, or came from", went),
        ("grey: that is not on record", _first(ends, lambda t: not t.organization)),
        ("hollow: not certain on that day", vague),
        ("stayed, with another seat, status or certainty", _first(drawn, lambda t: t.one.how in ("seat", "status"))),
    ]
    r = min(max(plan.manner.r, 4.0 * s), 8.0 * s)
    for text, sample in samples:
        if sample is not None:
            found.append(Entry(2 * r + 2 * s, text, _disc_specimen(*sample, r)))
    if any(token.one.how == "moved" for _, token in drawn):
        found.append(Entry(0.0, "who moved stands in two rows", _nothing))
    return found


def _first(drawn: list[tuple[Way, Token]], wanted: Callable[[Token], bool]) -> tuple[Way, Token] | None:
    """The first token of a sort, one that is certain if there is any; None without any."""
    found = [one for one in drawn if wanted(one[1])]
    return next((one for one in found if not one[1].unsure), found[0] if found else None)


def _nothing(_sheet: Sheet, _x: float, _y: float) -> None:
    """Words alone."""


def _disc_specimen(way: Way, token: Token, r: float) -> legend.Specimen:
    """A token of nobody."""

    status = token.status if way == "changed" else Status.NONE

    def paint(sheet: Sheet, x: float, y: float) -> None:
        disc(sheet, sheet, (x + r, y), r, replace(token, name="", lit=True, tip=None, status=status), way, key="")

    return paint


def _bar_entries(per_person: float, drawn: list[tuple[Way, Token]], s: float) -> list[Entry]:
    """A bar of a round number of people, and what pale and grey mean."""
    n = max((10**e * m for e in range(7) for m in (1, 2, 5) if 10**e * m * per_person <= 90 * s), default=1)
    found = [Entry(max(n * per_person, 2.0), wording.people(n), _bar_specimen(n * per_person, "", Certainty.SURE, s))]
    for text, sample in (
        ("colour: where they went, or came from", _first(drawn, lambda t: bool(t.organization))),
        ("grey: that is not on record", _first(drawn, lambda t: not t.organization)),
    ):
        if sample is not None:
            found.append(Entry(26 * s, text, _bar_specimen(26 * s, sample[1].organization, Certainty.SURE, s)))
    vague = _first(drawn, lambda t: t.unsure)
    if vague is not None:
        bar = _bar_specimen(26 * s, vague[1].organization, Certainty.UNSURE, s)
        found.append(Entry(26 * s, "pale: not certain on that day", bar))
    return found


def _bar_specimen(width: float, organization: str, certainty: Certainty, s: float) -> legend.Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 5 * s, max(width, 2.0), 10 * s, Style(Role.BAND, organization, certainty=certainty))

    return paint


def empty(board: Board, picture: ComparePicture) -> None:
    """One line in the middle of what is missing and what to do."""
    told = picture.told
    if told is None:
        text = "No source and no stint has a day. Choose both days, or add a source with its date."
    elif told.comparison.filtered:
        text = "Nothing differs of what the filter lets through. Clear the filter, or choose other days."
    elif told.comparison.stayed:
        text = f"{between(picture)} nobody joined, left or moved. Choose days that lie further apart, or another file."
    else:
        text = "Nobody is on record on either day. Choose other days."
    moves_words.say(board, picture.frame, text)
