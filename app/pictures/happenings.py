"""What happened and when: moves, relations, claims, successions, seats opened and closed, targets, as events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import polars as pl

from app.analysis.known import known_rows
from app.analysis.moves import Moves
from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT
from app.pictures import move_events, wording
from app.pictures.event_focus import EventFocus
from app.pictures.events import (
    ELSEWHERE,
    FILTERED,
    KINDS,
    OUTSIDE,
    SHAPES,
    STANCES,
    UNDATED,
    Event,
    Kind,
    Shape,
)
from app.pictures.gathered import Gathered
from app.scene.scene import Tip
from app.scene.style import Status

LATER = "not known by then"


@dataclass(frozen=True, eq=False)
class Happenings:
    """Events by kind and day; crowd: the moves that are too many for an event each, none of which is among the events;
    how many of anything are left out for what reason."""

    events: tuple[Event, ...]
    crowd: Moves
    left_out: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, gathered: Gathered, organizations: Sequence[int], people: Sequence[int], most: int) -> Happenings:
        """Everything that the options let through. organizations, people: codes of the focus, which leaves only what is
        about one of them; an organization stands for all below it. most: of more moves only the few that stand out are
        events."""
        out: Counter[str] = Counter()
        window, focus = gathered.options.window, EventFocus(gathered, organizations, people)
        rows = move_events.chosen(gathered, focus, out)
        some = rows if len(rows) <= most else move_events.outstanding(gathered, rows)
        found = list(move_events.events(gathered, some, alone=focus.alone))
        crowd = gathered.careers.moves.take(np.setdiff1d(rows, some, assume_unique=True))
        for event, reason in _all(gathered, focus):
            if event is None or reason:
                out[reason] += 1
            elif window is not None and not window[0] <= event.day < window[1]:
                out[OUTSIDE] += 1
            else:
                found.append(event)
        found.sort(key=lambda event: (KINDS.index(event.kind), event.day, event.hi, event.key))
        return cls(tuple(found), crowd, tuple((reason, n) for reason, n in out.most_common() if n))

    def __bool__(self) -> bool:
        return bool(self.events) or len(self.crowd) > 0


_Found = tuple[Event | None, str]
"""An event, or why there is none."""


def _all(gathered: Gathered, focus: EventFocus) -> Iterator[_Found]:
    yield from _relations(gathered, focus)
    yield from _claims(gathered, focus)
    yield from _successions(gathered, focus)
    yield from _seats(gathered, focus)
    yield from _targets(gathered, focus)
    yield from repeat((None, LATER), _later(gathered))


def _later(gathered: Gathered) -> int:
    """How many records and days of seats are not known by the known-by day; moves cannot be told then."""
    count = 0
    for table in ("relations", "claims", "successions", "targets", "seats"):
        later = gathered.dataset[table].filter(
            ~pl.Series(known_rows(gathered.dataset, table, gathered.options.known_by))
        )
        each = [later.get_column(name).drop_nulls().len() for name in ("opened", "closed")] if table == "seats" else []
        count += sum(each) if table == "seats" else later.height
    return count


def _shown(gathered: Gathered, table: str) -> Iterator[Row]:
    """Rows of a table that are known."""
    known = known_rows(gathered.dataset, table, gathered.options.known_by)
    for row, there in zip(gathered.dataset[table].iter_rows(named=True), known.tolist(), strict=True):
        if there:
            yield row


def _code(gathered: Gathered, organization: str | None) -> int:
    at = gathered.dataset.position("organizations", organization) if organization else None
    return ABSENT if at is None else at


def _called(gathered: Gathered, organization: str | None) -> str:
    code = _code(gathered, organization)
    return gathered.labels[code] if code != ABSENT else organization or "?"


def _made(
    gathered: Gathered, focus: EventFocus, kind: Kind, key: str, date: str | None, row: Row, name: str,
    organizations: Sequence[int], lines: Sequence[str], *, people: Sequence[int] = (), weight: float = 0.0,
    head: str = "", shape: Shape = "square",
) -> _Found:  # fmt: skip
    """The event of a row, unless something speaks against it. A day that begins after the known-by day is not known
    yet."""
    span = dates.parse(date) if dates.readable(date) else dates.UNKNOWN
    known_by = gathered.options.known_by
    known = span.earliest > PAST and span.latest < FUTURE and (known_by is None or span.earliest <= known_by)
    if not focus.passes(organizations, people):
        return None, FILTERED
    if not focus.meets(organizations, people, span.earliest if known else PAST):
        return None, ELSEWHERE
    if not known:
        return None, UNDATED
    sources = tuple(row["source_ids"] or ())
    said = f"{date}, {row['status'] or 'reported'}, {gathered.publishers(sources)}"
    tip = Tip(head or name, (*(line for line in lines if line), said), sources)
    about = tuple(dict.fromkeys(_rolled(gathered, organizations, span.earliest)))
    wears = gathered.ids[about[0]] if about else ""
    status = Status(row["status"] or "reported")
    first, end = span.earliest, span.latest
    made = Event(kind, key, first, end, first, name, wears, status, weight, shape, about, lambda: tip)
    return made, ""


def _rolled(gathered: Gathered, organizations: Sequence[int], day: int) -> list[int]:
    """Organizations at the level."""
    codes = np.array([code for code in organizations if code != ABSENT], dtype=np.int32)
    found: list[int] = gathered.careers.levels.at(codes, day).tolist()
    return found


def _relations(gathered: Gathered, focus: EventFocus) -> Iterator[_Found]:
    for row in _shown(gathered, "relations"):
        ends = [_code(gathered, row[end]) for end in ("from_id", "to_id")]
        a, b = (_called(gathered, row[end]) for end in ("from_id", "to_id"))
        money = wording.bond(row["amount_usd"], row["stake_pct"])
        name = ", ".join(part for part in (f"{a} → {b}", money or (row["kind"] or "").replace("-", " ")) if part)
        lost = row["outcome"] if row["outcome"] in ("lapsed", "unwound", "pending") else ""
        if row["status"] == "denied" or lost:
            name += f" ({'denied' if row['status'] == 'denied' else lost})"
        lines = ((row["kind"] or "").replace("-", " "), money, row["outcome"] or "")
        yield _made(
            gathered, focus, "relations", f"relations:{row['id']}", row["announced"], row, name, ends, lines,
            weight=np.log10(row["amount_usd"] or 1.0) + len(row["source_ids"] or ()) / 100, head=f"{a} → {b}",
        )  # fmt: skip


def _claims(gathered: Gathered, focus: EventFocus) -> Iterator[_Found]:
    for row in _shown(gathered, "claims"):
        organizations, people = _about(gathered, row["about"] or ())
        stance = STANCES.get(row["stance"] or "", "on")
        topic = row["topic"] or row["text"] or row["id"]
        lines = (f"{stance} it" if row["stance"] else "", row["text"] or "", row["said_by"] or "", row["ruling"] or "")
        yield _made(
            gathered, focus, "claims", f"claims:{row['id']}", row["date"], row,
            f"{row['said_by']} {stance} “{topic}”" if row["said_by"] else f"{stance.capitalize()} “{topic}”",
            organizations, lines, people=people, weight=float(len(row["source_ids"] or ())), head=topic,
            shape=SHAPES.get(row["stance"] or "", "disc"),
        )  # fmt: skip


def _about(gathered: Gathered, keys: Sequence[str]) -> tuple[list[int], list[int]]:
    """Codes of the organizations and people that some keys lead to."""
    data = gathered.dataset
    organizations: list[int] = []
    people: list[int] = []
    for key in keys:
        table, _, rest = key.partition(":")
        if table == "flow":
            organizations += [_code(gathered, end) for end in rest.split(">")]
        elif table == "organizations":
            organizations.append(_code(gathered, rest))
        elif table == "people":
            people += [at for at in (data.position("people", rest),) if at is not None]
        elif table in ("stints", "seats", "targets", "relations", "successions"):
            row = data.row(table, rest) or {}
            ends = (row.get(name) for name in ("organization_id", "from_id", "to_id"))
            organizations += [_code(gathered, end) for end in ends if end]
            person = row.get("person_id")
            people += [at for at in (data.position("people", person) if person else None,) if at is not None]
    return organizations, people


def _successions(gathered: Gathered, focus: EventFocus) -> Iterator[_Found]:
    for row in _shown(gathered, "successions"):
        a, b = (_called(gathered, row[end]) for end in ("from_id", "to_id"))
        name = f"{a} → {b}" if row["kind"] != "reparented" else f"{a} goes to {b}"
        ends = [_code(gathered, row[end]) for end in ("to_id", "from_id", "previous_id") if row[end]]
        key = f"successions:{row['id']}"
        kind = row["kind"] or ""
        before = f"before: {_called(gathered, row['previous_id'])}" if row["previous_id"] else ""
        yield _made(
            gathered, focus, "successions", key, row["date"], row, f"{name}, {kind}", ends,
            (kind, before), head=name, shape="diamond",
        )  # fmt: skip


def _seats(gathered: Gathered, focus: EventFocus) -> Iterator[_Found]:
    for row in _shown(gathered, "seats"):
        for field, word in (("opened", "opens"), ("closed", "closes")):
            if not row[field]:
                continue
            where = _called(gathered, row["organization_id"])
            name = f"{row['title'] or 'A seat'} at {where} {word}"
            ends = [_code(gathered, row["organization_id"])]
            yield _made(gathered, focus, "seats", f"seats:{row['id']}", row[field], row, name, ends, (word,))


def _targets(gathered: Gathered, focus: EventFocus) -> Iterator[_Found]:
    for row in _shown(gathered, "targets"):
        where = _called(gathered, row["organization_id"])
        name = f"{where} wants {wording.counted(row['seats'] or 0, 'seat')}"
        ends = [_code(gathered, row["organization_id"])]
        yield _made(gathered, focus, "seats", f"targets:{row['id']}", row["by"], row, name, ends, (), weight=1.0)
