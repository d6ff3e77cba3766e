"""Whose careers are drawn, in which order, and what of them stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.domain.dates import FUTURE
from app.domain.index import Bools
from app.pictures.career_plan import Spans, Stints, at_focus, last_day
from app.pictures.career_rows import Group, Order, People, Sort, chosen_words, ordered
from app.pictures.career_strength import Strength
from app.pictures.gathered import Gathered, in_focus


@dataclass(frozen=True, eq=False)
class Chosen:
    """Whose careers there are. everyone: all that the options let through, in order; people: what they are sorted by;
    strength: what stands out; sort, group: as used; focus: codes of the organizations in focus; until: the last day of
    the axis; n_hidden: people with stints that the options do not let through."""

    gathered: Gathered
    stints: Stints
    everyone: Order
    people: People
    strength: Strength
    sort: Sort
    group: Group
    focus: tuple[int, ...]
    until: int
    n_hidden: int

    @classmethod
    def of(
        cls,
        gathered: Gathered,
        *,
        focus: Sequence[str],
        sort_word: str | None,
        group_word: str | None,
        until: int | None,
    ) -> Chosen:
        """focus, sort_word, group_word, until: as in `CareersOptions`. UsageError for a focus, an order or a group
        that does not exist."""
        options = gathered.options
        sort, group = chosen_words(sort_word, group_word)
        organizations, lit = in_focus(gathered.dataset, focus)
        stints = Stints.of(gathered)
        index = gathered.careers.index
        there = at_focus(gathered, organizations) if organizations else np.zeros(len(index), dtype=np.bool_)
        people = People.of(gathered, stints.at, there)
        shown = people.shown.copy()
        if options.lens:
            shown &= gathered.selection.people
        if organizations:
            ever = np.zeros(len(shown), dtype=np.bool_)
            ever[index.person[there]] = True
            ever[list(lit)] = True
            shown &= ever
        last = max(last_day(gathered), until or 0)
        window = options.window
        if window is not None:
            shown &= _within(gathered, stints, window, last)
            last = min(last, window[1]) if window[1] < FUTURE else last
        hidden = int(np.count_nonzero(people.shown & ~shown))
        people = replace(people, shown=shown)
        usual: Sort = "joined" if organizations else "recent"
        everyone = ordered(gathered, people, sort or usual, group)
        strength = Strength(there if organizations else None, frozenset(lit))
        return cls(gathered, stints, everyone, people, strength, sort or usual, group, organizations, last, hidden)


def _within(gathered: Gathered, stints: Stints, window: tuple[int, int], until: int) -> Bools:
    """Whose stints lie in a window, as far as their days are known, (n_people,); a stint without any day lies in
    all."""
    spans = Spans.of(gathered, stints.at, until)
    late = np.fmax(spans.end, spans.begin) <= window[0]
    early = np.fmin(spans.begin, spans.end) >= window[1]
    found = np.zeros(gathered.dataset["people"].height, dtype=np.bool_)
    found[gathered.careers.index.person[stints.at[~late & ~early]]] = True
    return found
