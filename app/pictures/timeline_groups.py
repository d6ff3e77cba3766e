"""Which events of a timeline stand in which lane: by what they are, or by whom they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.pictures.events import KIND_NOUNS, KIND_WORDS, KINDS, Event
from app.pictures.gathered import Gathered

OTHERS = "Other organizations"


@dataclass(frozen=True, eq=False)
class Lane:
    """Events of one kind or one organization, and what its head says. key: of its organization, or blank."""

    head: str
    key: str
    events: tuple[Event, ...]
    noun: tuple[str, str]


def lanes(gathered: Gathered, events: Sequence[Event], by: str, most: int) -> list[Lane]:
    """Lanes by `kind`, or by `organization`: of the first organization that an event is about, those with most events
    first, at most so many lanes; all others stand in one."""
    if by == "kind":
        return [
            Lane(KIND_WORDS[kind], "", found, KIND_NOUNS[kind])
            for kind in KINDS
            if (found := tuple(event for event in events if event.kind == kind))
        ]
    firsts = [event.organizations[0] if event.organizations else -1 for event in events]
    counts = Counter(code for code in firsts if code >= 0)
    order = sorted(counts, key=lambda code: (-counts[code], code))
    named = order if len(order) <= most and -1 not in firsts else order[: max(most - 1, 1)]
    noun = ("event", "events")
    made = [
        Lane(
            gathered.labels[code],
            f"organizations:{gathered.ids[code]}",
            tuple(event for event, first in zip(events, firsts, strict=True) if first == code),
            noun,
        )
        for code in named
    ]
    rest = tuple(event for event, first in zip(events, firsts, strict=True) if first not in set(named))
    return [*made, Lane(OTHERS, "", rest, noun)] if rest else made
