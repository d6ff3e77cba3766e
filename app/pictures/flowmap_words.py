"""Words of the flow map: header, names and totals, counts beside flows, callouts, and the foot with its legend.

The same functions give the sizes that the layout needs and set the labels into the places it found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.layout import labels as places
from app.pictures import flowmap_relations as relations
from app.pictures import histogram, legend, wording
from app.pictures.board import Board, Sheet
from app.pictures.findings import Finding
from app.pictures.flowmap_marks import drawn_people, unit_width
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry
from app.pictures.traffic import STRONG_FIRST, Traffic, happened
from app.scene import lettering
from app.scene.marks import Anchor, Floats, Ints
from app.scene.scene import Header, Layer
from app.scene.style import Certainty, Emphasis, Role, Status, Style

if TYPE_CHECKING:
    from app.pictures.flowmap import FlowMap

INSIDE = 36.0
"""From this radius on the totals stand inside the node, in design pixels."""
LEAST_COUNT, LARGE_COUNT = 3, 8
"""A flow's count is written from three people, larger from eight."""
PLATE_WIDTH, PLATE_PADDING = 178.0, 8.0
ROLLED = {
    "organization": "rolled up to organizations",
    "lab": "rolled up to labs",
    "unit": "by unit, not rolled up",
}
"""How a level is said."""


def emphasis_of(radius: float, unit: float) -> Emphasis:
    """How large a name is written."""
    return Emphasis.LARGE if radius >= INSIDE * unit else Emphasis.NORMAL if radius > 16 * unit else Emphasis.SMALL


def _name_emphasis(radius: float, frame: Frame) -> Emphasis:
    """The same in a frame: in a tile all names are small."""
    return Emphasis.SMALL if frame.tile else emphasis_of(radius, frame.scale)


def name_sizes(board: Board, frame: Frame, gathered: Gathered, traffic: Traffic, radii: Floats) -> Floats:
    """Width and height (n, 2) of what stands beside each node: its name, and its totals unless they stand inside."""
    n_in, n_out = traffic.totals(None)
    found = np.zeros((traffic.n_nodes, 2))
    s = frame.type_scale
    for n, code in enumerate(traffic.nodes[: frame.n_named(traffic.n_nodes)]):
        style = Style(Role.NODE_NAME, emphasis=_name_emphasis(radii[n], frame))
        size, weight = lettering.font(style)
        width = board.width(gathered.labels[code], (size * s, weight))
        height = size * 1.22 * s
        if not frame.tile and not _inside(radii[n], frame):
            width = max(width, sum(w for *_, w in _totals(board, int(n_in[n]), int(n_out[n]), s)))
            height += 14 * s
        found[n] = width, height
    return found


def _inside(radius: float, frame: Frame) -> bool:
    """Whether a node is large enough, on the page, to hold its totals."""
    return radius >= INSIDE * max(frame.scale, frame.type_scale) * 0.8


Run = tuple[str, Style, float, float]
"""A piece of a line: text, style, size, width."""


def _totals(board: Board, n_in: int, n_out: int, s: float, quiet: Emphasis = Emphasis.SMALL) -> list[Run]:
    """`23 in · 6 out`."""
    style = Style(Role.NODE_NUMBER, emphasis=quiet)
    size = lettering.font(Style(Role.NODE_NUMBER, emphasis=Emphasis.SMALL))[0] * s
    text = f"{n_in:,} in · {n_out:,} out"
    return [(text, style, size, board.width(text, (size, lettering.font(style)[1])))]


def count_sizes(board: Board, frame: Frame, people: Ints) -> Floats:
    """Width and height (f, 2) of the counts beside flows; 0 where none is written."""
    s = frame.type_scale
    found = np.zeros((len(people), 2))
    for f, n in enumerate(people.tolist()):
        if n >= LEAST_COUNT:
            size, weight = lettering.font(_count_style("", n))
            found[f] = board.width(f"{n:,}", (size * s, weight)), size * s
    return found


def _count_style(organization: str, n: int, *, quiet: bool = False) -> Style:
    emphasis = Emphasis.QUIET if quiet else Emphasis.LARGE if n >= LARGE_COUNT else Emphasis.NORMAL
    return Style(Role.FLOW_COUNT, organization, emphasis=emphasis)


def stub_count_sizes(board: Board, frame: Frame, traffic: Traffic) -> Floats:
    """Width and height (n, 2, 2) of the counts beside stubs in and out."""
    size, weight = lettering.font(Style(Role.STUB_COUNT))
    size *= frame.type_scale
    found = np.zeros((traffic.n_nodes, 2, 2))
    for side, counts in enumerate(traffic.stubs(None)):
        for n, count in enumerate(counts.tolist()):
            if count:
                found[n, side] = board.width(f"{count:,}", (size, weight)), size
    return found


def plate_sizes(board: Board, frame: Frame, told: Sequence[Finding]) -> Floats:
    """Width and height (p, 2) of the callouts."""
    return np.array([_plate(board, frame, f)[0] for f in told], dtype=np.float64).reshape(-1, 2)


def _plate(board: Board, frame: Frame, finding: Finding) -> tuple[tuple[float, float], list[str], list[str]]:
    """Size of a callout, its head and its text in lines."""
    s = frame.type_scale
    head_size, head_weight = lettering.font(Style(Role.CALLOUT_HEAD))
    size, weight = lettering.font(Style(Role.CALLOUT_TEXT))
    room = PLATE_WIDTH * s
    head = board.wrapped(finding.head, (head_size * s, head_weight), room)
    text = board.wrapped(finding.text, (size * s, weight), room)
    widths = [board.width(t, (head_size * s, head_weight)) for t in head] + [
        board.width(t, (size * s, weight)) for t in text
    ]
    height = (17 * len(head) + 15 * len(text)) * s + 2 * PLATE_PADDING * s
    return (max(widths) + 2 * PLATE_PADDING * s, height), head, text


def map_words(board: Board, picture: FlowMap, day: float | None, since: float | None) -> None:
    """Names with totals, counts beside flows and stubs, sums on relations. In a tile there are no totals."""
    _counts(board, picture, day, since)
    relations.texts(board, picture, day)
    _names(board, picture, day, since)


def _names(board: Board, picture: FlowMap, day: float | None, since: float | None) -> None:
    traffic, placed, frame, gathered = picture.traffic, picture.layout, picture.frame, picture.gathered
    n_in, n_out = traffic.totals(day, since)
    sheet = board.sheet("names", 62)
    s = frame.type_scale
    for n, code in enumerate(traffic.nodes[: frame.n_named(traffic.n_nodes)].tolist()):
        key, quiet = f"organizations:{gathered.ids[code]}", bool(picture.prepared.node_quiet[n])
        radius = float(placed.radii[n])
        inside = _inside(radius, frame)
        if inside and n_in[n] + n_out[n]:
            _inner_totals(
                board,
                sheet,
                float(placed.xy[n, 0]),
                float(placed.xy[n, 1]),
                int(n_in[n]),
                int(n_out[n]),
                s,
                quiet=quiet,
            )
        if not placed.names[n]:
            continue
        plain = Style(Role.NODE_NAME, emphasis=_name_emphasis(radius, frame))
        size, _ = lettering.font(plain)
        x, y, w, _ = placed.name_boxes[n]
        stand = int(placed.name_stands[n])
        at = x if stand == places.START else x + w if stand == places.END else x + w / 2
        anchor = Anchor.START if stand == places.START else Anchor.END if stand == places.END else Anchor.MIDDLE
        style = Style(Role.NODE_NAME, emphasis=Emphasis.QUIET) if quiet else plain
        sheet.label(at, y + size * 0.98 * s, gathered.labels[code], style, size * s, anchor=anchor, key=key)
        if not frame.tile and not inside and n_in[n] + n_out[n]:
            runs = _totals(board, int(n_in[n]), int(n_out[n]), s, Emphasis.QUIET if quiet else Emphasis.SMALL)
            _set(sheet, at, y + (size * 1.22 + 11) * s, runs, anchor)


def _set(sheet: Sheet, x: float, y: float, runs: Sequence[Run], anchor: Anchor) -> None:
    """Runs of text one after the other on a baseline."""
    total = sum(width for *_, width in runs)
    at = x - (0.0 if anchor is Anchor.START else total if anchor is Anchor.END else total / 2)
    for text, style, size, width in runs:
        sheet.label(at, y, text, style, size)
        at += width


def _inner_totals(
    board: Board, sheet: Sheet, x: float, y: float, n_in: int, n_out: int, s: float, *, quiet: bool
) -> None:
    """`58 in` above `33 out` inside a node."""
    for text, word, emphasis, size, baseline in (
        (f"{n_in:,}", " in", Emphasis.STRONG, 18.0, -1.0),
        (f"{n_out:,}", " out", Emphasis.NORMAL, 13.5, 15.0),
    ):
        number = Style(Role.NODE_NUMBER, emphasis=Emphasis.QUIET if quiet else emphasis)
        small = Style(Role.NODE_WORD, emphasis=Emphasis.QUIET if quiet else emphasis)
        runs = []
        for part, style, part_size in ((text, number, size), (word, small, 11.0)):
            runs.append((part, style, part_size * s, board.width(part, (part_size * s, lettering.font(style)[1]))))
        _set(sheet, x, y + baseline * s, runs, Anchor.MIDDLE)


def _counts(board: Board, picture: FlowMap, day: float | None, since: float | None) -> None:
    traffic, placed, gathered, s = picture.traffic, picture.layout, picture.gathered, picture.frame.type_scale
    p = picture.prepared
    sheet = board.sheet("counts", 60)
    people = drawn_people(traffic, net=True) if p.net else traffic.per_flow(happened(traffic.moves, day, since))
    for place, flow, quiet in zip(p.order.tolist(), p.flow.tolist(), p.quiet.tolist(), strict=True):
        n = int(people[flow])
        if n < LEAST_COUNT or not placed.counts[place]:
            continue
        x, y, w, h = placed.count_boxes[place]
        origin = gathered.ids[traffic.nodes[traffic.flow_from[flow]]]
        style = _count_style(origin, n, quiet=quiet)
        size = lettering.font(_count_style(origin, n))[0] * s
        key = f"flow:{origin}>{gathered.ids[traffic.nodes[traffic.flow_to[flow]]]}"
        sheet.label(x + w / 2, y + h / 2 + size * 0.36, f"{n:,}", style, size, anchor=Anchor.MIDDLE, key=key)
    if picture.frame.tile:
        return
    came, went = traffic.stubs(day, since)
    size = lettering.font(Style(Role.STUB_COUNT))[0] * s
    for n in range(traffic.n_nodes):
        emphasis = Emphasis.QUIET if p.node_quiet[n] else Emphasis.NORMAL
        for side, count in enumerate((int(came[n]), int(went[n]))):
            x, y, w, h = placed.stub_count_boxes[n, side]
            if count and np.isfinite(x):
                sheet.label(
                    x + w / 2,
                    y + h / 2 + size * 0.36,
                    f"{count:,}",
                    Style(Role.STUB_COUNT, emphasis=emphasis),
                    size,
                    anchor=Anchor.MIDDLE,
                )


def callouts(board: Board, picture: FlowMap) -> None:
    """Computed facts on plates, where the layout found room."""
    sheet = board.sheet("callouts", 70)
    s = picture.frame.type_scale
    head_size, _ = lettering.font(Style(Role.CALLOUT_HEAD))
    size, _ = lettering.font(Style(Role.CALLOUT_TEXT))
    for finding, place in zip(picture.findings, picture.layout.plate_boxes, strict=True):
        if not np.isfinite(place).all():
            continue
        _, head, text = _plate(board, picture.frame, finding)
        x, y, w, h = place
        sheet.box(x, y, w, h, Style(Role.PLATE), radius=6 * s)
        left, baseline = x + PLATE_PADDING * s, y + PLATE_PADDING * s
        for line in head:
            baseline += 17 * s
            sheet.label(left, baseline - 4 * s, line, Style(Role.CALLOUT_HEAD), head_size * s)
        for line in text:
            baseline += 15 * s
            sheet.label(left, baseline - 4 * s, line, Style(Role.CALLOUT_TEXT), size * s)


def header(picture: FlowMap, day: float | None) -> Header:
    """Title, scope, days and filter, what is left out and why."""
    gathered = picture.gathered
    scoped = scope(gathered, day, net=picture.options.net)
    return header_of(gathered, day, _title(picture, day), scoped, _left_out(picture, day))


def header_of(gathered: Gathered, day: float | None, title: str, scope: str, left_out: str) -> Header:
    """A header with the days and the filter of what is gathered."""
    lens = gathered.options.lens
    filtered = f"Filter: {lens}" if lens else "Filter: none"
    as_of = int(day) if day is not None else gathered.as_of
    return Header(title, scope, wording.context(as_of, gathered.known_day, filtered), left_out)


def scope(gathered: Gathered, day: float | None, *, net: bool) -> str:
    """How many moves and people there are by a day, from when to when, at which level."""
    progress = gathered.progress
    span = progress.span(day)
    parts = [
        f"{wording.counted(progress.moves(day), 'move')} of {wording.people(progress.people(day))} on record",
        wording.span(*span) if span is not None else "",
        ROLLED[gathered.options.level],
        "net of both directions" if net else "",
    ]
    return ", ".join(part for part in parts if part)


def _title(picture: FlowMap, day: float | None) -> str:
    """The finding of the picture in one line."""
    gathered, traffic = picture.gathered, picture.traffic
    when = f" on {wording.written(int(day))}" if day is not None else ""
    if not traffic.n_nodes:
        return "No move matches" if gathered.options.lens or gathered.options.window else "No moves on record"
    n_in, n_out = traffic.totals(day)
    if gathered.focus_people and not gathered.focus:
        person = gathered.dataset["people"].item(gathered.focus_people[0], "name")
        return f"{person} and the moves between the organizations{when}"
    if gathered.focus:
        code = gathered.focus[0]
        return about(gathered, code, int(n_out[traffic.nodes.tolist().index(code)]), day)
    most_in, most_out = int(n_in.argmax()), int(n_out.argmax())
    joined, left = gathered.labels[traffic.nodes[most_in]], gathered.labels[traffic.nodes[most_out]]
    until = f"By {wording.written(int(day))} most" if day is not None else "Most"
    if n_in[most_in] == 0:
        return f"Nobody had moved by {wording.written(int(day))}" if day is not None else "Nobody has moved"
    if n_in[most_in] == 1:  # no organization has most
        rows = np.flatnonzero(happened(gathered.moves, day))
        if len(rows) == 1:
            return moved(gathered, int(rows[0]))
        return f"{wording.counted(len(rows), 'move')} between {traffic.n_nodes} organizations{when}"
    return f"{until} people joined {joined} ({n_in[most_in]:,}) and most left {left} ({n_out[most_out]:,})"


def _arrivals(gathered: Gathered, code: int, day: float | None) -> tuple[int, int]:
    """Arrivals at an organization by a day: those that have certainly joined by it, and those that may have."""
    to = gathered.moves.destination == code
    if day is None:
        n = int(to.sum())
        return n, n
    sure = to & ~gathered.moves.undated & (gathered.moves.joined_hi <= day + 1)
    may = to & (gathered.moves.joined_lo <= day)
    return int(sure.sum()), int(may.sum())


def _left_out(picture: FlowMap, day: float | None) -> str:
    """What the picture does not draw: flows of smaller organizations, moves after the day, and what no count holds."""
    traffic = picture.traffic
    parts = []
    small = len(traffic.in_stub) + len(traffic.out_stub) + len(traffic.hidden)
    if small:
        parts.append(
            f"{wording.counted(small, 'move')} {'touches' if small == 1 else 'touch'} "
            f"{wording.counted(traffic.n_beyond, 'smaller organization')} (short arrows)"
        )
    return " · ".join([*parts, *missing(picture.gathered, day)])


def missing(gathered: Gathered, day: float | None) -> list[str]:
    """Moves after the day, those without one, and what no count holds."""
    parts = []
    if day is not None:
        if later := gathered.progress.later(day):
            parts.append(f"{later:,} after the day")
        if undated := gathered.progress.n_undated:
            parts.append(f"{undated:,} without a date")
    reasons = [f"{n:,} {reason}" for reason, n in gathered.left_out]
    if reasons:
        parts.append(f"Left out: {', '.join(reasons)}")
    return parts


def moved(gathered: Gathered, row: int) -> str:
    """`Ada Madeup moved from North to South`: one of the gathered moves."""
    ends = (int(end[row]) for end in (gathered.moves.origin, gathered.moves.destination))
    path = " to ".join(gathered.labels[code] for code in ends)
    return f"{gathered.person_name(gathered.moves, row)} moved from {path}"


def about(gathered: Gathered, code: int, n_out: int, day: float | None) -> str:
    """How many came to an organization, for certain and at most, and how many left it."""
    when = f" on {wording.written(int(day))}" if day is not None else ""
    certain, most = _arrivals(gathered, code, day)
    up = f" for certain, up to {most}" if most > certain else ""
    arrivals, departures = wording.counted(certain, "arrival"), wording.counted(n_out, "departure")
    return f"{gathered.labels[code]}{when}: {arrivals}{up}, {departures}"


def foot(board: Board, picture: FlowMap) -> tuple[Layer | None, tuple[str, ...]]:
    """Legend at the left, moves per quarter at the right: the finished layer, the same on every day, and what the
    legend says. None where the picture is too small for a foot."""
    frame, bars = picture.frame, picture.bars if picture.options.alone else None
    if frame.foot is None:
        return None, ()
    sheet = Sheet(board, "foot", 82, "page", {})
    x, y, w, h = frame.foot
    s = frame.type_scale
    sheet.line(x, y, x + w, y, Style(Role.HAIRLINE))
    place = bars_place(frame)
    left = place[0] - x if place is not None and bars is not None else w
    head, told = entries(picture, s)
    said = legend.draw(board, sheet, frame, (x, y + 12 * s, left - 24 * s, h - 16 * s), head, told)
    if place is not None and bars is not None:
        star = picture.star
        focus = (picture.gathered.ids[star], picture.gathered.labels[star]) if star is not None else ("", "")
        histogram.draw(board, sheet, frame, place, bars, focus)
    return sheet.layer(), said


def bars_place(frame: Frame) -> tuple[float, float, float, float] | None:
    """Where the histogram stands in the foot: right of the legend; None where there is no room for it."""
    if frame.foot is None or frame.foot[2] < 900 * frame.type_scale:
        return None
    x, y, w, h = frame.foot
    left = min(max(0.53 * w, 640 * frame.type_scale), 0.62 * w)
    return (x + left, y + 12 * frame.type_scale, w - left, h - 24 * frame.type_scale)


def entries(picture: FlowMap, s: float) -> tuple[list[Entry], list[Entry]]:
    """What occurs in the picture: scale specimens, then lanes, dots, nodes, stubs, relations."""
    traffic, placed, gathered = picture.traffic, picture.layout, picture.gathered
    head: list[Entry] = []
    if len(placed.widths):
        k = unit_width(picture)
        largest = round(float(placed.widths.max()) / k) if k else 1
        steps = sorted({1, 5, largest} if largest > 5 else {1, largest})
        for n in steps:
            width = k * n if n > 1 else 0.8 * k
            barb = max(3.2 * picture.frame.scale, 0.42 * width)
            length = max(40 * s, 2 * (width + barb))
            text = wording.people(n) if n in (steps[0], steps[-1]) else f"{n}"
            head.append(
                Entry(
                    length,
                    text,
                    legend.scale_specimen(width, length, max(9 * picture.frame.scale, 0.95 * (width + barb)), barb),
                )
            )
    own = _specimen_organization(picture)
    told: list[Entry] = []
    lanes = [Status(STRONG_FIRST[i]) for i in range(len(STRONG_FIRST)) if (traffic.lane == i).any()]
    told += [Entry(26 * s, f"{status.value} lane", legend.swatch_specimen(own, status, s)) for status in lanes]
    motion, tile = picture.prepared.motion, picture.frame.tile
    if motion is not None and not tile:
        told.append(legend.dot_entry(own, len(motion), s))
        if motion.unsure.any():
            told.append(Entry(26 * s, "day not known", legend.dot_specimen(own, Certainty.UNSURE, s)))
    if traffic.n_nodes:
        area = "area: moves of the busiest period, arc: share in" if tile else "area: moves, arc: share in"
        told.append(Entry(26 * s, area, legend.ring_specimen(own, s)))
    if len(traffic.in_stub) + len(traffic.out_stub) and not tile:
        told.append(Entry(26 * s, "to or from smaller ones", legend.stub_specimen(s)))
    if picture.options.relations and gathered.bonds(None):
        told.append(Entry(26 * s, "investment, no people", legend.relation_specimen(s)))
    return head, told


def _specimen_organization(picture: FlowMap) -> str:
    """The organization whose colour the legend wears: the origin of the largest flow."""
    if not len(picture.prepared.flow):
        return ""
    flow = int(picture.prepared.flow[-1])
    return str(picture.gathered.ids[picture.traffic.nodes[picture.traffic.flow_from[flow]]])
