"""A timeline on a canvas: its day line moves while time plays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.pictures import reach, tally_marks, wording
from app.pictures.cards import Card, cited
from app.pictures.crowd import Crowd, crowd_of, of_all
from app.pictures.events import Event
from app.pictures.gathered import Gathered
from app.pictures.shown import Pictured
from app.pictures.shown_seats import MOST_TOLD, told
from app.pictures.tally_keys import meant
from app.pictures.tally_marks import bar_key, unit_of
from app.pictures.timeline import VIEW, TimelineOptions, TimelinePicture
from app.pictures.timeline_lanes import MARK, SPAN, Placed
from app.pictures.timeline_marks import span_key, together
from app.scene import motion as moving
from app.scene.pick import Rectangle
from app.scene.scene import Measure, Scene, Tip
from app.scene.twin import Kind, Twin, TwinMark

LANE = "group:lane:"
"""Before the head of a lane: the key of all its events."""


@dataclass(frozen=True, eq=False)
class TimelineShown(Pictured):
    """A timeline on a canvas."""

    view = VIEW
    name = "Timeline"
    picture: TimelinePicture

    def scene(self, day: float | None, mode: moving.Mode, window: float) -> Scene:
        """The timeline on a day, whatever the mode: what is past stays. That of the last day is kept."""
        return self.kept(day, lambda: self.picture.scene(day, still=False))

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records: the mark of a record, or the span or bars that hold it among others; for a person
        their moves; for a flow the moves of it."""
        wide: dict[str, None] = {}
        for key in keys:
            wide[key] = None
            wide |= dict.fromkeys(self._bars(key))
            if key.startswith("flow:") and len(self.picture.happenings.crowd):
                continue
            for own in (key, *reach.standing(self.gathered, key), *reach.moves_of_flow(self.gathered, key)):
                if held := self._spans.get(own):
                    wide[held] = None
                wide[own] = None
        return reach.marks(self.gathered, scene, wide)

    def _bars(self, key: str) -> Iterator[str]:
        """The keys of the bars in which moves are counted that a record means."""
        for lane in self.picture.lanes:
            if lane.tallies is not None:
                at = reach.rows_of(self.gathered, key, lane.tallies.moves)
                yield from (bar_key(lane, period) for period in lane.tallies.periods_of(at))

    @cached_property
    def _bar_places(self) -> dict[str, tuple[Placed, int]]:
        """The lane and the period of each bar, by key."""
        return {
            bar_key(lane, period): (lane, period)
            for lane in self.picture.lanes
            if lane.tallies is not None
            for period in np.flatnonzero(lane.tallies.total > 0).tolist()
        }

    @cached_property
    def _spans(self) -> dict[str, str]:
        """The key of the span that several events share, by their own keys."""
        return {
            lane.lane.events[n].key: span_key([lane.lane.events[m] for m in span.events])
            for lane in self.picture.lanes
            for span in lane.spans
            if len(span.events) > 1
            for n in span.events
        }

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """What an event says, or all that share a span: who, when, how sure, whose word."""
        if key in self._bar_places:
            said = tally_marks.tip(self.gathered, *self._bar_places[key])
            return Card(said.head, "", (meant(key) or ("", "", ""))[2], notes=said.lines)
        found = self._events.get(key)
        if found is None:
            return None
        tip = found[0].told() if len(found) == 1 else together(found)
        sources = cited(self.gathered.sources, tip)
        made = told(tip, found[0].organization)
        return Card(made.head, made.line, made.organization, notes=(*made.notes, *sources))

    @cached_property
    def _events(self) -> dict[str, list[Event]]:
        """Events by the keys of their marks and spans."""
        found = {event.key: [event] for lane in self.picture.lanes for event in lane.lane.events}
        for lane in self.picture.lanes:
            for span in lane.spans:
                if len(span.events) > 1:
                    events = [lane.lane.events[n] for n in span.events]
                    found[span_key(events)] = events
        return found

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people of a record, of the events that share a span, or of all events of a lane."""
        lane = key.removeprefix(LANE) if key.startswith(LANE) else None
        events = self._events.get(key, [])
        if lane is not None:
            events = [
                event for placed in self.picture.lanes if placed.lane.head == lane for event in placed.lane.events
            ]
        if not key.startswith("group:") or not events:
            return super().crowd(scene, key)
        name = lane if lane is not None else together(events).head
        return of_all((crowd_of(self.gathered, event.key) for event in events), name, "group of events")

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Lanes, and below each its events that stand, by day; spans with how many they are."""
        header = scene.header
        lines = list(header.lines)
        marks = [mark for lane in self.picture.lanes for mark in self._lane(lane)]
        if len(marks) > MOST_TOLD:
            lines.append(f"{len(marks) - MOST_TOLD:,} more, not read out")
        return Twin(header.title, tuple(lines), tuple(marks[:MOST_TOLD]))

    def _lane(self, lane: Placed) -> Iterator[TwinMark]:
        left, right = self.frame.map[0], self.picture.days.end
        key = f"{LANE}{lane.lane.head}"
        at = ((left + right) / 2, lane.top + lane.height / 2)
        about = [wording.counted(lane.lane.n, *lane.lane.noun)]
        if over := int(lane.counts[1].sum()):
            about.append(f"{over:,} only counted")
        box = (left, lane.top, right - left, lane.height)
        yield TwinMark(key, Kind.UNIT, lane.lane.head, "; ".join(about), box, at, at, at)
        yield from self._counted(lane, key)
        unit = lane.unit
        told: set[str] = set()
        for span in lane.spans:
            events = [lane.lane.events[n] for n in span.events]
            if (own := span_key(events)) not in told:
                told.add(own)
                tip = events[0].told() if len(events) == 1 else together(events)
                place = (span.x0, lane.span_y(span.row), span.x1 - span.x0, (SPAN - 3) * unit)
                yield _event(own, events[0].name if len(events) == 1 else tip.head, tip, place, key)
        for n, (place_x, level, shown) in enumerate(
            zip(lane.x.tolist(), lane.level.tolist(), lane.shown.tolist(), strict=True)
        ):
            event = lane.lane.events[int(lane.marks[n])]
            if shown and event.key not in told:
                told.add(event.key)
                half = MARK * unit / 2
                place = (place_x - half, lane.mark_y(level) - half, 2 * half, 2 * half)
                yield _event(event.key, event.name, event.told(), place, key)

    def _counted(self, lane: Placed, above: str) -> Iterator[TwinMark]:
        """The bars of a lane."""
        tallies = lane.tallies
        for period in np.flatnonzero(tallies.total > 0).tolist() if tallies is not None else ():
            assert tallies is not None
            left, right = np.clip(self.picture.days.across(tallies.first[period : period + 2]), *self._ends).tolist()
            high = float(tallies.total[period]) * unit_of(lane, tallies)
            said = tally_marks.tip(self.gathered, lane, period)
            yield _event(bar_key(lane, period), said.head, said, (left, lane.floor - high, right - left, high), above)

    @property
    def _ends(self) -> tuple[float, float]:
        return self.picture.days.x, self.picture.days.end


def _event(key: str, name: str, tip: Tip, box: Rectangle, above: str) -> TwinMark:
    at = (box[0] + box[2] / 2, box[1] + box[3] / 2)
    return TwinMark(key, Kind.EVENT, name, "; ".join(tip.lines), box, at, at, at, above=above)


def made(
    gathered: Gathered,
    measure: Measure,
    size: tuple[float, float],
    *,
    span: tuple[int, int] | None = None,
    focus: Sequence[str] = (),
    group: str | None = None,
    top: int | None = None,
) -> TimelineShown:
    """A timeline for a window. gathered: of the session's filter, not of its day, for the day is told to `scene`; size:
    of the canvas; span: the days of the clock, up to whose last one the axis goes; focus, group, top: as on the command
    line."""
    until = span[1] if span is not None else None
    options = TimelineOptions(gathered.options, size, tuple(focus), top=top, group=group, until=until)
    return TimelineShown(measure, TimelinePicture.of(gathered.dataset, options, measure, gathered))
