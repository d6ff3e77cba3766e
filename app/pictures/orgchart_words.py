"""Words of an organization chart: header, titles of seats, what is said of roots, the legend, and what to do where
there is nothing to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.analysis.order import Positions
from app.analysis.structure import depths
from app.domain.index import ABSENT, codes
from app.domain.schema import STATUSES
from app.pictures import legend, wording
from app.pictures.avatar import avatar, empty_place, sign
from app.pictures.board import Board, Sheet
from app.pictures.chart_boxes import INSIDE, status_of
from app.pictures.frame import Frame
from app.pictures.legend import Entry, Specimen
from app.scene.marks import Anchor, floats
from app.scene.scene import Header, Tip
from app.scene.style import Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.orgchart import OrgChart

OUTLINED = {"planned": "planned", "offered": "offered", "on-hold": "on hold", "open": "open"}
"""What a seat that nobody holds says of itself, and how it is written."""


def header(chart: OrgChart) -> Header:
    """Title, scope, days, what is left out and why."""
    gathered = chart.gathered
    return Header(
        _title(chart),
        _scope(chart),
        wording.context(gathered.as_of, gathered.known_day, f"Filter: {_filter(chart)}"),
        _left_out(chart),
    )


def _filter(chart: OrgChart) -> str:
    """The lens and the window, and how many people they let through; the others are pale."""
    options = chart.options.filter
    parts = [str(options.lens)] if options.lens else []
    if options.window is not None:
        parts.append(f"moves {wording.iso(options.window[0])} to {wording.iso(options.window[1] - 1)}")
    if not parts or chart.structure is None:
        return " · ".join(parts) or "none"
    boxes = chart.boxes
    there = ~boxes.empty
    return f"{' · '.join(parts)}, {int((boxes.lit & there).sum()):,} of {int(there.sum()):,} lit"


def _name(chart: OrgChart) -> str:
    """The organization by its whole name without the abbreviation."""
    assert chart.structure is not None
    return chart.gathered.names[chart.structure.organization].partition(" (")[0]


def _title(chart: OrgChart) -> str:
    """The finding in one line."""
    structure = chart.structure
    if structure is None:
        return "No organization chart on record"
    when = f" on {wording.written(structure.day)}" if chart.options.filter.as_of is not None else ""
    n_linked, n_flat = _linked(chart), len(chart.loose)
    if not n_linked and not n_flat:
        return f"{_name(chart)}{when}: nobody on record"
    if not n_linked:
        return f"{_name(chart)}{when}: no reporting line is known"
    if not n_flat:
        return f"{_name(chart)}{when}: {wording.counted(n_linked, 'seat')} with their reporting lines"
    return f"{_name(chart)}{when}, as far as reporting lines are known"


def _linked(chart: OrgChart) -> int:
    """Seats of the organization itself that a line ties to another."""
    structure = chart.structure
    return int(np.count_nonzero(structure.linked & ~structure.outside)) if structure is not None else 0


def _scope(chart: OrgChart) -> str:
    structure = chart.structure
    if structure is None:
        return "No target and no seat in this dataset"
    n = int(np.count_nonzero(~structure.outside))
    parts = []
    if n:
        on = _linked(chart)
        verb = "has" if on == 1 else "have"
        parts.append(f"{on:,} of {wording.counted(n, 'seat')} {verb} a reporting line")
        if structure.solid:
            widest = int(np.bincount(structure.parent[structure.parent != ABSENT]).max())
            parts[0] += f": {int(depths(structure.parent).max()) + 1} levels, at most {widest} to one seat"
    if n_unseated := len(chart.boxes.unseated):
        parts.append(f"{wording.people(n_unseated)} without a seat")
    if chart.flat and n:
        parts.append("The others are a flat group: no line is invented")
    return ". ".join(parts)


def _left_out(chart: OrgChart) -> str:
    structure = chart.structure
    if structure is None:
        return ""
    parts = [_counted(n, reason) for reason, n in structure.left_out.items()]
    told = f"Left out: {', '.join(parts)}" if parts else "Left out: nothing"
    if structure.faults:
        count = wording.counted(len(structure.faults), "faulty line")
        told = f"{count}, not drawn: {structure.faults[0].message} · {told}"
    if chart.boxes.gone.any():
        told = f"People who left stay visible, hollow · {told}"
    return told


def _counted(n: int, reason: str) -> str:
    """`2 closed seats`, `1 closed seat`."""
    return f"{n:,} {reason if n != 1 else reason.replace('seats', 'seat', 1).replace('lines', 'line', 1)}"


def units(chart: OrgChart) -> list[str]:
    """The unit or organization that each seat is in; blank for the one drawn."""
    structure, gathered = chart.structure, chart.gathered
    assert structure is not None
    ids = gathered.dataset["seats"].get_column("organization_id").gather(structure.seats)
    found = codes(ids, gathered.dataset["organizations"].get_column("id")).tolist()
    return [gathered.labels[at] if at not in (ABSENT, structure.organization) else "" for at in found]


def root_caption(chart: OrgChart, seat: int, *, is_disputed: bool) -> str:
    """What stands above a root: every root is named as one."""
    structure = chart.structure
    assert structure is not None
    if structure.outside[seat]:
        return f"Outside {chart.gathered.labels[structure.organization]}"
    if seat in chart.faults:
        return "A root: the line above is faulty"
    return "A root: the line above is disputed" if is_disputed else "A root: nobody above is on record"


def origin_label(chart: OrgChart, origin: int) -> str:
    """What an origin is called: `OpenAI`, `Inside Meta`, `Origin not known`."""
    gathered, structure = chart.gathered, chart.structure
    assert structure is not None
    if origin == ABSENT:
        return "Origin not known"
    if origin == INSIDE:
        own = gathered.careers.levels.at(np.array([structure.organization], dtype=np.int32), structure.day)
        return f"Inside {gathered.labels[int(own[0])]}"
    return gathered.labels[origin]


def unit_name(chart: OrgChart, key: str) -> str:
    """The name of an organization by its key; blank for no organization."""
    table, _, row_id = key.partition(":")
    at = chart.gathered.dataset.position("organizations", row_id) if table == "organizations" else None
    return chart.gathered.names[at] if at is not None else ""


def flat_about(chart: OrgChart, at: Positions) -> str:
    """What stands beside the head of a flat group of some boxes."""
    seats = int(np.count_nonzero(at < chart.boxes.n_seats))
    parts = [wording.counted(seats, "seat")] if seats else []
    if len(at) > seats:
        parts.append(f"{wording.people(len(at) - seats)} without a seat on record")
    return f"{', '.join(parts)}; in order of joining, grouped by where they came from"


def member_tip(chart: OrgChart, stint: int) -> Tip:
    """What someone without a seat says when asked; stint: position in the Index."""
    gathered = chart.gathered
    index, data = gathered.careers.index, gathered.dataset
    row = data["stints"].row(int(index.row[stint]), named=True)
    person = data.row("people", row["person_id"])
    links = tuple(row["source_ids"] or ())
    unit = gathered.labels[int(index.organization[stint])]
    status = STATUSES[int(index.status[stint])]
    lines = (
        ", ".join(part for part in (row["role"], unit) if part),
        f"Since {row['start'] or 'a day not known'}, {status}, {gathered.publishers(links)}",
        "No seat on record",
    )
    return Tip(str((person["name"] if person is not None else None) or row["person_id"]), lines, links)


def nothing(board: Board, sheet: Sheet, frame: Frame) -> None:
    """What is missing, and what to do."""
    x, y, w, h = frame.map
    size = 12 * frame.type_scale
    text = "Nobody holds a seat or works here on this day. Add seats and reports, or choose another day or organization"
    for n, line in enumerate(board.wrapped(text, (size, 430), 0.8 * w)):
        sheet.label(
            x + w / 2, y + h / 2 + n * 18 * frame.type_scale, line, Style(Role.SCOPE), size, anchor=Anchor.MIDDLE
        )


def foot(board: Board, sheet: Sheet, frame: Frame, chart: OrgChart, form: str) -> tuple[str, ...]:
    """The legend: only what occurs; form: how the trees are drawn, blank for not at all."""
    return legend.strip(board, sheet, frame, (), list(_entries(chart, form, frame.type_scale)))


def _entries(chart: OrgChart, form: str, s: float) -> list[Entry]:
    structure = chart.structure
    assert structure is not None
    boxes, linked = chart.boxes, np.flatnonzero(structure.linked)
    found: list[Entry] = []
    if structure.solid:
        found.append(Entry(26 * s, "reports to, on record", _line(Style(Role.REPORT), s)))
    if structure.disputed:
        found.append(Entry(26 * s, "disputed line", _line(Style(Role.REPORT, status=Status.DISPUTED), s)))
    if structure.dotted:
        found.append(Entry(26 * s, "also reports to (dotted)", _line(Style(Role.REPORT, emphasis=Emphasis.SMALL), s)))
    worn = boxes.wears[boxes.wears != ABSENT]
    own = chart.gathered.ids[int(np.bincount(worn).argmax())] if len(worn) else ""
    if not boxes.empty.all():
        found.append(Entry(20 * s, "colour: organization they came from", _disc(own, s)))
    if form == "card" or form == "small":
        shown = {status_of(code) for code in np.unique(boxes.status[linked[~boxes.gone[linked]]]).tolist()}
        signs = [Status.CONFIRMED, *([Status.REPORTED] if form == "card" else []), Status.RUMORED, Status.DISPUTED]
        found += [Entry(14 * s, status.value, _sign(status, s)) for status in signs if status in shown]
    if form == "card" and (told := next((boxes.tenures[at] for at in linked.tolist() if boxes.tenures[at]), "")):
        found.append(Entry(44 * s, "how long in the seat", _tenure(told, s)))
    if boxes.gone.any():
        found.append(Entry(20 * s, "hollow: left again", _disc(own, s, gone=True)))
    if boxes.vague.any():
        found.append(Entry(20 * s, "hatched: may be there", _disc(own, s, vague=True)))
    if not boxes.lit.all():
        found.append(Entry(20 * s, "pale: left out by the filter", _disc("", s)))
    empty = dict.fromkeys(boxes.stated[at] for at in np.flatnonzero(boxes.empty).tolist())
    found += [Entry(20 * s, OUTLINED.get(word, word), _ring(word, s)) for word in empty]
    return found


def _line(style: Style, s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sheet.path(floats([x, y, x + 26 * s, y], (2, 2)), style)

    return paint


def _disc(organization: str, s: float, *, gone: bool = False, vague: bool = False) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        avatar(sheet, x + 10 * s, y, 7 * s, "", organization, gone=gone, vague=vague)

    return paint


def _sign(status: Status, s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        sign(sheet, x + 7 * s, y, 5.5 * s, status)

    return paint


def _tenure(text: str, s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        style = Style(Role.SEAT_NAME, emphasis=Emphasis.SMALL)
        sheet.label(x, y + 4 * s, text, style, 10.5 * s)

    return paint


def _ring(word: str, s: float) -> Specimen:
    def paint(sheet: Sheet, x: float, y: float) -> None:
        empty_place(sheet, x + 10 * s, y, 7 * s, planned=word == "planned", paused=word == "on-hold")

    return paint
