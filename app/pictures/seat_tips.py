"""What a seat says when asked: who, from where, since when, on whose word; who held it before; what the move left open.

Days are written as the dataset dates them, and what is not on record is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from app.analysis.buildout import POSSIBLE
from app.analysis.seats import NOBODY, Genealogy
from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import FUTURE, PAST
from app.pictures import wording
from app.pictures.seat_places import Holding, Place
from app.scene.scene import Tip

NAMED = 12
"""People a tip names at most."""
NOTES = 2
"""Notes of a seat that a tip gives at most."""


class SeatTips:
    """Tips of the places of one build-out."""

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self.gathered = holding.gathered

    @cached_property
    def _genealogy(self) -> Genealogy:
        return Genealogy(self.gathered.dataset, self.gathered.careers)

    def told(self, place: Place) -> Place:
        """The place with its tip."""
        return replace(place, tip=self.of(place))

    def of(self, place: Place) -> Tip:
        """The tip of a place."""
        return self._empty(place) if place.empty else self._taken(place)

    def _empty(self, place: Place) -> Tip:
        wanted = self.holding.build_out.wanted
        lines = [f"The target is {wording.counted(wanted, 'seat')}"] if wanted else []
        seat = self._seat(place)
        if seat is not None:
            lines += self._asked(seat, ())
            lines += self._notes(seat)
            lines += [f"{word} {seat[name]}" for word, name in (("From", "opened"), ("Until", "closed")) if seat[name]]
        head = f"{place.name}: {place.word}" if place.name else f"A place that is still {place.word}"
        return Tip(head, tuple(lines), tuple(seat["source_ids"] or ()) if seat else ())

    def _taken(self, place: Place) -> Tip:
        h, holder = self.holding.build_out.holders, place.holder
        stint = self._stint(int(h.stint[holder]))
        lines = [", ".join(part for part in (stint["role"], self._label(stint["organization_id"])) if part)]
        joined = f"Joined: {since(place.lo, place.hi)}, {place.status.value}"
        lines.append(f"{joined}, {self.gathered.publishers(stint['source_ids'] or ())}")
        if place.state == POSSIBLE:
            day = wording.iso(self.holding.build_out.day)
            lines.append(f"It is not certain that they were there on {day}: the days are not known exactly")
        if place.gone:
            lines.append(f"Left: {since(int(h.end_lo[holder]), int(h.end_hi[holder]))}")
        if place.over:
            lines.append(f"Beyond the target of {wording.counted(self.holding.build_out.wanted, 'seat')}")
        before, links = self._came_from(int(h.stint[holder]))
        seat = self._seat(place)
        lines += before
        lines += self._earlier(place)
        if seat is not None:
            expertise = self.gathered.dataset["people"].item(int(h.person[holder]), "expertise")
            lines += self._asked(seat, tuple(expertise) if expertise is not None else ())
            lines += self._notes(seat)
        if not place.lit:
            lines.append(f"Outside the filter: {self.gathered.options.lens}")
        links = (*(stint["source_ids"] or ()), *links, *((seat["source_ids"] or ()) if seat else ()))
        return Tip(place.name, tuple(lines), tuple(dict.fromkeys(links)))

    def _came_from(self, stint: int) -> tuple[list[str], tuple[str, ...]]:
        """Where the holder came from, what that left open, who filled it."""
        hole = self._genealogy.hole(stint)
        if hole is None:
            return (["Where they came from is not on record"], ())
        left = self._stint(hole.stint)
        what = ", ".join(part for part in (self._label(left["organization_id"]), left["role"]) if part)
        if hole.seat == NOBODY:
            return ([f"Came from {what}; no seat on record there"], tuple(left["source_ids"] or ()))
        title = self.gathered.dataset["seats"].item(hole.seat, "title") or "a seat"
        lines = [f"Came from {what}", f"Left open there: {title}"]
        if hole.filled_by:
            lines[1] += f", filled by {', '.join(self._since(other) for other in hole.filled_by[:3])}"
        else:
            lines[1] += ", not filled on record"
        return (lines, tuple(left["source_ids"] or ()))

    def _earlier(self, place: Place) -> Iterable[str]:
        """Who held the seat before."""
        holding, h = self.holding, self.holding.build_out.holders
        for other in holding.roster.past[int(h.seat[place.holder])]:
            origin = holding.origin_label(holding.origins[other])
            until = since(int(h.end_lo[other]), int(h.end_hi[other]))
            yield f"Before: {holding.person(other)}, from {origin}, until {until}"

    def _asked(self, seat: Row, expertise: tuple[str, ...]) -> list[str]:
        """Skills that a seat wants against those its holder has."""
        wanted = tuple(seat["skills"] or ())
        if not wanted:
            return [f"Knows: {', '.join(expertise)}"] if expertise else []
        has = {word.casefold() for word in expertise}
        lines = [f"The seat asks for: {', '.join(wanted)}"]
        lacking = [word for word in wanted if word.casefold() not in has]
        if expertise:
            lines.append(f"Knows: {', '.join(expertise)}")
            lines += [f"Not on record of the holder: {', '.join(lacking)}"] if lacking else []
        return lines

    def _notes(self, seat: Row) -> list[str]:
        """The first notes on a seat, as what its file says twice or against itself."""
        notes = [line for line in str(seat["notes"] or "").splitlines() if line]
        more = [wording.counted(len(notes) - NOTES, "more note")] if len(notes) > NOTES else []
        return [*(f"Note: {line}" for line in notes[:NOTES]), *more]

    def _since(self, stint: int) -> str:
        """Who came by a stint, and when."""
        row = self._stint(stint)
        person = self.gathered.dataset.row("people", row["person_id"])
        name = (person["name"] if person is not None else None) or row["person_id"]
        return f"{name} ({row['start'] or 'day not known'})"

    def _stint(self, position: int) -> Row:
        row = int(self.gathered.dataset.index.row[position])
        return self.gathered.dataset["stints"].row(row, named=True)

    def _seat(self, place: Place) -> Row | None:
        return self._rows.get(place.key)

    @cached_property
    def _rows(self) -> dict[str, Row]:
        """Records of the seats by key."""
        rows = self.gathered.dataset["seats"][self.holding.build_out.seats.tolist()].to_dicts()
        return {f"seats:{row['id']}": row for row in rows}

    def _label(self, organization: str) -> str:
        return self._labels.get(organization, organization)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return dict(zip(self.gathered.ids, self.gathered.labels, strict=True))


def since(lo: int, hi: int) -> str:
    """A day or the bounds of it as data: `2025-06-30`, `2025-06`, `2025`, `2025-02-01 to 2025-05-31`."""
    if lo <= PAST and hi >= FUTURE:
        return "day not known"
    if lo <= PAST or hi >= FUTURE:
        return f"not after {dates.text(hi - 1)}" if lo <= PAST else f"not before {dates.text(lo)}"
    text = dates.text(lo)
    for part in (text, text[:7], text[:4]):
        if dates.parse(part)[:2] == (lo, hi):
            return part
    return f"{text} to {dates.text(hi - 1)}"
