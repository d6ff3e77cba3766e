"""Times of graphs → dates: days, times of day, years, and numbers that count from nowhere.

A time is a moment there, so an end at a day is the first day no longer there. What only was seen at a moment began then
or before: a start of that day, marked as uncertain, and no end. A time that is not given says nothing: it is blank, and
only an infinite end is open.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain import dates
from app.domain.meant import meant
from app.files.graph import ALWAYS, Edge, Graph, Node, Spell

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?", re.ASCII)
_INFINITE = {"infinity", "inf", "+infinity", "+inf"}
_PAST = {"-infinity", "-inf"}
LONGEST = 60
"""Characters of a text that may be a date."""
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class When:
    """Start and end as dates, blank for unknown; told: what to say of them; wrong: the text that is no time."""

    start: str = ""
    end: str = ""
    told: str = ""
    wrong: str = ""


class Times:
    """Reads the times of one graph. Its numbers are years if all of them may be."""

    def __init__(self, graph: Graph) -> None:
        numbers = [float(text) for text in _texts(graph) if _NUMBER.fullmatch(text)]
        self.are_years = all(_FIRST_YEAR <= number <= _LAST_YEAR for number in numbers)
        self.has_numbers = bool(numbers)
        self._dates: dict[str, str | None] = {}
        self._within: dict[Spell, str] = {}

    def date(self, text: str) -> str | None:
        """The date of a time; blank where it is not known, None where it cannot be read."""
        if text not in self._dates:
            self._dates[text] = self._date(text)
        return self._dates[text]

    def within(self, spell: Spell) -> str:
        """The narrowest date that holds a whole spell: `2024` for a quarter of it; blank where there is none."""
        if spell not in self._within:
            self._within[spell] = self._narrowest(spell)
        return self._within[spell]

    def whens(self, spells: Iterable[Spell]) -> list[When]:
        """The times of something that holds for these spells: one for each, and one for all moments at which it was
        seen. One that says nothing where there is none."""
        found: list[When] = []
        seen: list[str] = []
        for spell in spells:
            if spell.at:
                seen.append(spell.at)
            if spell.start or spell.end:
                found.append(self._when(spell))
        if seen:
            found.append(self._seen(seen))
        return found or [When()]

    def _date(self, text: str) -> str | None:
        plain = text.strip()
        if not plain or plain.lower() in _PAST:
            return ""
        if plain.lower() in _INFINITE or plain == dates.OPEN:
            return dates.OPEN
        if _NUMBER.fullmatch(plain):
            is_year = self.are_years and _FIRST_YEAR <= float(plain) <= _LAST_YEAR
            return str(math.floor(float(plain))) if is_year else None
        if (match := _DAY.fullmatch(plain)) and dates.readable(match[1]):
            return match[1]
        if dates.readable(plain):
            return plain
        found = meant(plain, may_be_open=True) if len(plain) <= LONGEST else None
        return found.text if found is not None else None

    def _narrowest(self, spell: Spell) -> str:
        if spell.at:
            at = self.date(spell.at)
            return at if at and at != dates.OPEN else ""
        start, end = self.date(spell.start), self.date(spell.end)
        if not start or not end or dates.OPEN in (start, end):
            return ""
        first, last = dates.parse(start), dates.parse(end)
        exact = len(end.rstrip("~?%")) == len("2025-06-26")
        until = last.earliest if exact else last.latest
        for length in (len("2025-06-26"), len("2025-06"), len("2025")):
            text = dates.text(first.earliest)[:length]
            span = dates.parse(text)
            if span.earliest <= first.earliest and first.latest <= span.latest and until <= span.latest:
                return text
        return ""

    def _when(self, spell: Spell) -> When:
        start, end = self.date(spell.start), self.date(spell.end)
        if start is None or end is None:
            return When(start or "", end or "", wrong=spell.start if start is None else spell.end)
        return When("" if start == dates.OPEN else start, end)

    def _seen(self, stamps: list[str]) -> When:
        found = [self.date(stamp) for stamp in stamps]
        known = sorted(at for at in found if at and at != dates.OPEN)
        wrong = next((stamp for stamp, at in zip(stamps, found, strict=True) if at is None), "")
        if not known:
            return When(wrong=wrong)
        told = f"Seen there {', '.join(dict.fromkeys(known))}; when it began and ended is not known"
        return When(known[0] if known[0][-1] in "~?%" else f"{known[0]}?", "", told, wrong)


def _texts(graph: Graph) -> Iterator[str]:
    """Every time that stands in a graph."""
    parts: list[Node | Edge] = [*graph.nodes, *graph.edges]
    for part in parts:
        for spell in part.spells:
            yield from (spell.start, spell.end, spell.at)
        for value in part.values:
            if value.spell is not ALWAYS:
                yield from (value.spell.start, value.spell.end, value.spell.at)
