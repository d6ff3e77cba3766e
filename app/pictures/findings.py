"""Facts that a flow map points out by itself: computed from the moves, never written by hand.

Each finding has the conditions under which it is worth a callout; a picture shows at most three.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.moves import Moves
from app.domain import dates
from app.domain.index import STINT_KINDS, Bools, Index
from app.pictures import wording

MOST = 3
RUSH_MONTHS = 4
"""Calendar months in which arrivals may count as a rush."""
EXACT = 31
"""A joined interval of at most so many days is known within a month."""

_WORDS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A head, a text, and the code of the organization that it is about."""

    head: str
    text: str
    organization: int


def findings(moves: Moves, index: Index, drawn: Sequence[int], names: Sequence[str]) -> list[Finding]:
    """What is remarkable in some moves, the most telling first. drawn: codes of organizations that a finding may be
    about; names: labels by code. Few or no moves give none."""
    found = [_rush(moves, drawn, names), _founded(moves, index, drawn, names), _returned(moves, drawn, names)]
    return [finding for finding in found if finding is not None][:MOST]


def _number(n: int) -> str:
    return _WORDS[n] if n < len(_WORDS) else f"{n:,}"


def _rush(moves: Moves, drawn: Sequence[int], names: Sequence[str]) -> Finding | None:
    """The organization that most people joined within four months, if eight or more and a third of its arrivals."""
    exact = ~moves.undated & (moves.joined_hi - moves.joined_lo <= EXACT)
    best: tuple[int, int, int, int] | None = None
    for code in drawn:
        to = moves.destination == code
        days = np.sort(moves.joined[exact & to])
        if len(days) < 8:
            continue
        months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        within = np.searchsorted(months, months + RUSH_MONTHS, side="left") - np.arange(len(days))
        at = int(within.argmax())
        n, total = int(within[at]), int(to.sum())
        if n >= 8 and 3 * n >= total and (best is None or n > best[0]):
            best = (n, code, int(days[at]), int(days[at + n - 1]))
    if best is None:
        return None
    n, code, first, last = best
    inside = exact & (moves.destination == code) & (moves.joined >= first) & (moves.joined <= last)
    origins = Counter(moves.origin[inside].tolist())
    parts = [f"{names[o]} {k}" for o, k in sorted(origins.items(), key=lambda item: (-item[1], item[0]))[:4]]
    if rest := n - sum(sorted(origins.values(), reverse=True)[:4]):
        parts.append(f"others {rest}")
    begins, ends = wording.month(first), wording.month(last)
    period = (
        begins
        if begins == ends
        else f"{begins.split()[0]} to {ends}"
        if begins[-4:] == ends[-4:]
        else f"{begins} to {ends}"
    )
    total = int((moves.destination == code).sum())
    return Finding(
        f"{period}: the rush to {names[code]}",
        f"{n} of its {total} arrivals are dated in these months: {', '.join(parts)}.",
        code,
    )


def _founded(moves: Moves, index: Index, drawn: Sequence[int], names: Sequence[str]) -> Finding | None:
    """The organization whose leavers founded most others, if three or more did."""
    founder = index.kind[moves.joined_stint] == STINT_KINDS.index("founder")
    counts = Counter(moves.origin[founder].tolist())
    counts = Counter({code: n for code, n in counts.items() if code in set(drawn)})
    if not counts:
        return None
    code, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
    if n < 3:
        return None
    mine = founder & (moves.origin == code)
    places = Counter(moves.destination[mine].tolist())
    parts = []
    for place, k in sorted(places.items(), key=lambda item: (-item[1], item[0]))[:4]:
        dated = moves.joined[mine & (moves.destination == place) & ~moves.undated]
        year = f" {dates.text(int(dated.min()))[:4]}" if len(dated) else ""
        parts.append(f"{names[place]}{year} ({k})")
    rest = len(places) - len(parts)
    tail = f" and {rest} more" if rest > 0 else ""
    return Finding(
        f"{names[code]} leavers founded {wording.counted(len(places), 'organization')}",
        f"{', '.join(parts)}{tail}.",
        code,
    )


def _back(moves: Moves, n_organizations: int) -> Bools:
    """Which moves lead where the person had left before; moves stand in person order, each person's in turn."""
    person = moves.person.astype(np.int64) * n_organizations
    left, first = np.unique(person + moves.origin, return_index=True)
    wanted = person + moves.destination
    at = np.minimum(np.searchsorted(left, wanted), len(left) - 1)
    found: Bools = (left[at] == wanted) & (first[at] < np.arange(len(moves)))
    return found


def _returned(moves: Moves, drawn: Sequence[int], names: Sequence[str]) -> Finding | None:
    """The organization that most people came back to, if three or more did."""
    if not len(moves) or not len(drawn):
        return None
    back = _back(moves, len(names))
    counts = np.bincount(moves.destination[back], minlength=len(names))
    code = min(drawn, key=lambda c: (-int(counts[c]), c))
    n = int(counts[code])
    if n < 3:
        return None
    via = Counter(moves.origin[back & (moves.destination == code)].tolist())
    place, k = min(via.items(), key=lambda item: (-item[1], item[0]))
    text = f"{_number(k)} of them from {names[place]}." if k > 1 else f"From {len(via)} organizations."
    return Finding(f"{_number(n)} came back to {names[code]}", text, code)
