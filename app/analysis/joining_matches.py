"""Which record of a dataset a record of another one is: values, and how one is chosen among several that it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

NEW = ""
"""In place of the id of a record: that there is none, and a new one is added."""
Choices = Mapping[tuple[str, str], str]
"""What the analyst has chosen: table and id of a brought record → id of the one on record, or NEW."""
Heirs = dict[str, dict[str, str]]
"""By table: ids of brought records, and the ids of those on record that they are."""
CHOSEN = "chosen by hand"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record on record that a brought one may be: its id, its name, and why."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """A brought record for which there are candidates, the likeliest first.

    kept: the id of the record that it is, NEW if it is added as a new one; reason: why, in words; sure: whether nobody
    needs to be asked; detail: what tells it from others of its name.
    """

    table: str
    id: str
    name: str
    kept: str
    reason: str
    sure: bool
    candidates: tuple[Candidate, ...]
    detail: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a choice names it by."""
        return self.table, self.id


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a brought record and one on record are alike.

    tier: the lower, the more sure; alone: whether one of this tier is taken only where neither may be another one of
    it (an id of a register tells a person from all others, a name does not); sure: whether it is taken at all.
    """

    tier: int
    reason: str
    sure: bool = True
    alone: bool = True


@dataclass(eq=False)
class Choosing:
    """Chooses for each brought record of a table at most one on record.

    What is sure by itself is taken first. A record that is taken is no candidate for others any more, so that what is
    left may become sure; this is repeated until nothing changes.
    """

    table: str
    choices: Choices
    name_of: Callable[[str], str]
    """The name of a record on record."""
    taken: dict[str, str] = field(default_factory=dict)
    """Brought id → id on record."""
    reasons: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, dict[str, Likeness]] = field(default_factory=dict)
    """Brought id → id on record → the best likeness."""
    _held: set[str] = field(default_factory=set)

    def alike(self, brought: str, kept: str, likeness: Likeness) -> None:
        """Say that two records are alike."""
        held = self.pairs.setdefault(brought, {})
        if kept not in held or likeness.tier < held[kept].tier:
            held[kept] = likeness

    def decided(self, brought: str) -> bool:
        """Whether nothing is to be found out about a record any more."""
        return brought in self.taken or (self.table, brought) in self.choices

    def take(self, brought: str, kept: str, reason: str) -> None:
        """A brought record is one on record."""
        self.taken[brought], self.reasons[brought] = kept, reason
        self._held.add(kept)

    def is_free(self, kept: str) -> bool:
        """Whether no brought record is this one yet."""
        return kept not in self._held

    def obey(self, there: Callable[[str], bool], brought: Iterable[str]) -> None:
        """Take what the analyst has chosen; a choice that names what is not there is passed over."""
        for row_id in brought:
            kept = self.choices.get((self.table, row_id), NEW)
            if kept != NEW and there(kept):
                self.take(row_id, kept, CHOSEN)

    def settle(self) -> None:
        """Take what can be taken."""
        while self._take_round():
            pass

    def _take_round(self) -> bool:
        best = {row_id: held for row_id in self.pairs if not self.decided(row_id) and (held := self._best(row_id))}
        rivals: dict[tuple[str, int], int] = {}
        for tier, ids in best.values():
            for kept in ids:
                rivals[kept, tier] = rivals.get((kept, tier), 0) + 1
        found = False
        for row_id, (tier, ids) in best.items():
            likeness = self.pairs[row_id][ids[0]]
            if not likeness.sure or len(ids) > 1 or (likeness.alone and rivals[ids[0], tier] > 1):
                continue
            if likeness.alone and not self.is_free(ids[0]):
                continue
            self.take(row_id, ids[0], likeness.reason)
            found = True
        return found

    def _best(self, brought: str) -> tuple[int, list[str]] | None:
        """The best tier of a record among those on record that are not taken, and the ids of that tier."""
        held = self.pairs[brought]
        open_ = [kept for kept, likeness in held.items() if not likeness.alone or self.is_free(kept)]
        if not open_:
            return None
        tier = min(held[kept].tier for kept in open_)
        return tier, [kept for kept in open_ if held[kept].tier == tier]

    def matches(self, names: Mapping[str, str], details: Callable[[str], str] = lambda _: "") -> list[Match]:
        """All brought records that have a candidate or a choice, in order of their ids. names: of brought records."""
        found = []
        chosen_ids = {row_id for table, row_id in self.choices if table == self.table and row_id in names}
        for row_id in sorted({*self.pairs, *self.taken, *chosen_ids}):
            held = self.pairs.get(row_id, {})
            order = sorted(held, key=lambda kept: (held[kept].tier, self.name_of(kept), kept))
            kept = self.taken.get(row_id, NEW)
            listed = [Candidate(i, self.name_of(i), held[i].reason) for i in order]
            if kept != NEW and kept not in held:
                listed.insert(0, Candidate(kept, self.name_of(kept), self.reasons[row_id]))
            chosen = (self.table, row_id) in self.choices
            reason = self.reasons.get(row_id, CHOSEN if chosen else _doubt(listed))
            sure = kept != NEW or chosen
            found.append(Match(self.table, row_id, names[row_id], kept, reason, sure, tuple(listed), details(row_id)))
        return found


def _doubt(candidates: list[Candidate]) -> str:
    """Why nobody was taken."""
    if len(candidates) == 1:
        return candidates[0].reason
    return f"{len(candidates)} on record may be meant"
