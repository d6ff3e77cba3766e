"""Which events of a timeline stand in which lane: by what they are, or by whom they are about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from app.analysis.moves import Moves
from app.pictures.events import KIND_NOUNS, KIND_WORDS, KINDS, Event
from app.pictures.gathered import Gathered
from app.pictures.happenings import Happenings

OTHERS = "Other organizations"


@dataclass(frozen=True, eq=False)
class Lane:
    """Events of one kind or one organization, and what its head says. key: of its organization, or blank; crowd: moves
    that are only counted."""

    head: str
    key: str
    events: tuple[Event, ...]
    noun: tuple[str, str]
    crowd: Moves

    @property
    def n(self) -> int:
        """Events and moves."""
        return len(self.events) + len(self.crowd)


def lanes(gathered: Gathered, found: Happenings, by: str, most: int) -> list[Lane]:
    """Lanes by `kind`, or by `organization`: of the first organization that an event is about, those with most events
    first, at most so many lanes; all others stand in one."""
    events, crowd, nothing = found.events, found.crowd, np.empty(0, dtype=np.intp)
    if by == "kind":
        of_kind = {kind: tuple(event for event in events if event.kind == kind) for kind in KINDS}
        counted = {kind: crowd if kind == "moves" else crowd.take(nothing) for kind in KINDS}
        return [
            Lane(KIND_WORDS[kind], "", of_kind[kind], KIND_NOUNS[kind], counted[kind])
            for kind in KINDS
            if of_kind[kind] or len(counted[kind])
        ]
    firsts = [event.organizations[0] if event.organizations else -1 for event in events]
    counts = Counter(code for code in firsts if code >= 0)
    counts.update({code: n for code, n in enumerate(np.bincount(crowd.destination).tolist()) if n})
    order = sorted(counts, key=lambda code: (-counts[code], code))
    named = order if len(order) <= most and -1 not in firsts else order[: max(most - 1, 1)]
    noun = ("event", "events")
    made = [
        Lane(
            gathered.labels[code],
            f"organizations:{gathered.ids[code]}",
            tuple(event for event, first in zip(events, firsts, strict=True) if first == code),
            noun,
            crowd.take(np.flatnonzero(crowd.destination == code)),
        )
        for code in named
    ]
    rest = tuple(event for event, first in zip(events, firsts, strict=True) if first not in set(named))
    others = crowd.take(np.flatnonzero(~np.isin(crowd.destination, np.array(named, dtype=np.int32))))
    return [*made, Lane(OTHERS, "", rest, noun, others)] if rest or len(others) else made
