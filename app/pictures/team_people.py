"""The people of a team without seats on record, as places: who, from where, since when, on whose word."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from app.analysis.buildout import POSSIBLE, UNKNOWN
from app.pictures import wording
from app.pictures.seat_places import Holding, Place
from app.pictures.seat_tips import since
from app.scene.scene import Tip


class People(Holding):
    """Known people with their words: every place is a person, none of them is empty."""

    has_seats: ClassVar[bool] = False

    @cached_property
    def seat_keys(self) -> list[str]:
        """`people:ID` of each person."""
        ids = self.gathered.dataset["people"].get_column("id")
        h = self.build_out.holders
        keys = [""] * len(self.build_out.seats)
        for place, name in zip(h.seat.tolist(), ids.gather(h.person).to_list(), strict=True):
            keys[place] = f"people:{name}"
        return keys

    def tip(self, place: Place) -> Tip:
        """What a person says when asked."""
        gathered, h = self.gathered, self.build_out.holders
        row = int(gathered.dataset.index.row[int(h.stint[place.holder])])
        stint = gathered.dataset["stints"].row(row, named=True)
        links = tuple(stint["source_ids"] or ())
        where = gathered.labels[int(gathered.dataset.index.organization[int(h.stint[place.holder])])]
        lines = [", ".join(part for part in (stint["role"], where) if part)]
        lines.append(f"Since: {since(place.lo, place.hi)}, {place.status.value}, {gathered.publishers(links)}")
        if place.state == POSSIBLE:
            day = wording.iso(self.build_out.day)
            lines.append(f"It is not certain that they were there on {day}: the days are not known exactly")
        if place.gone:
            lines.append(f"Left: {since(int(h.end_lo[place.holder]), int(h.end_hi[place.holder]))}")
        origin = f"Came from {self.origin_label(place.origin)}"
        lines.append(origin if place.origin != UNKNOWN else "Where they came from is not on record")
        if not place.lit:
            lines.append(f"Outside the filter: {gathered.options.lens}")
        return Tip(place.name, tuple(lines), links)
