"""What two moments differ in, organization by organization: how many were there, who left, who came, how many are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.analysis.comparing import Comparison, Difference, Remained

Differing = tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """People: for certain, and at most."""

    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class Tally:
    """One organization at two moments: who left it, who came to it, who stayed with another seat or status.

    At most, before − left + came is after. Somebody who moved has left one organization and come to another.
    """

    organization: str
    left: Differing
    came: Differing
    changed: Differing
    remained: Remained

    @property
    def n(self) -> int:
        """How much differs."""
        return len(self.left) + len(self.came) + len(self.changed)

    @property
    def before(self) -> Count:
        """Who was there."""
        sure = sum(one.before is not None and one.before.certain for one in self.left)
        return Count(self.remained.sure_before + sure, self.remained.people + len(self.left))

    @property
    def after(self) -> Count:
        """Who is there."""
        sure = sum(one.after is not None and one.after.certain for one in self.came)
        return Count(self.remained.sure_after + sure, self.remained.people + len(self.came))


def tallies(comparison: Comparison) -> tuple[Tally, ...]:
    """Organizations in which anything differs: those with most differences first, then by id."""
    left, came, changed = (defaultdict[str, list[Difference]](list) for _ in range(3))
    for one in comparison.differences:
        if one.how in ("seat", "status"):
            assert one.after is not None
            changed[one.after.organization].append(one)
            continue
        if one.before is not None:
            left[one.before.organization].append(one)
        if one.after is not None:
            came[one.after.organization].append(one)
    nobody = Remained()
    found = []
    for name in {*left, *came, *changed}:
        gone, come, other = (tuple(side.get(name, ())) for side in (left, came, changed))
        found.append(Tally(name, gone, come, other, comparison.remained.get(name, nobody)))
    return tuple(sorted(found, key=lambda tally: (-tally.n, tally.organization)))
