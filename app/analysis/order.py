"""Which stint of a person each stint follows: rules 2 to 4 of data.md, section 5, over arrays.

Stints stand person by person in the order of rule 2. A is over by B if A.end.earliest ≤ B.start.latest + 92 days; an
unknown end (−∞) always is, an open one (+∞) never, and by a stint of unknown start (+∞) every other one is.

A stint that was not over by the next one has no successor yet, any other has the next one. So stint i follows i - 1 if
that is over by i (almost always); if it is not, i is *late*, and the stints it may still follow are those just before
an earlier late stint of the same person. Only these are searched, latest first.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.domain.dates import FUTURE
from app.domain.index import Bools, Ints, walked_keys

GRACE = 92
"""Days that a post may run into the next one and still be over by it."""
NONE = -1
MOST_ROUNDS = 64
"""People with more late stints than this are searched one by one, in a tree; the others all at once, round by round."""

Positions = npt.NDArray[np.intp]


def stable_order(numbers: npt.NDArray[np.signedinteger], end: int) -> Positions:
    """The stable order of numbers from 0 to below an end; where number and position fit into 63 bits, by sorting these
    together, which is several times as fast."""
    shift = len(numbers).bit_length()
    if end.bit_length() + shift > 63:
        return np.argsort(numbers, kind="stable")
    return np.sort((numbers.astype(np.int64) << shift) | np.arange(len(numbers))) & ((1 << shift) - 1)


def person_order(person: Ints, rank: Ints, start_lo: Ints, start_hi: Ints) -> Positions:
    """The permutation of rule 2, for stints of which a person's stand in any order; equal ones keep their order."""
    by_rank = np.lexsort((rank, person))
    key = walked_keys(person[by_rank], start_lo[by_rank], start_hi[by_rank], np.ones(len(person), dtype=np.bool_))
    return by_rank[np.lexsort((key, person[by_rank]))]


def followed(person: Ints, end_lo: Ints, start_hi: Ints) -> tuple[Positions, Positions]:
    """Of n stints, those that follow another one: (positions of the stints left, positions of those that follow them).

    The latter ascend; a stint that is not among them is a hire or a second post.
    """
    limit = start_hi[1:] + np.int32(GRACE)
    np.minimum(limit, np.int32(FUTURE - 1), out=limit)
    again = person[1:] == person[:-1]
    over = end_lo[:-1] <= limit
    follows = again & over
    late = np.flatnonzero(again ^ follows)
    queries, candidates = _search(person[late], end_lo[late], limit[late])
    follows[late[queries]] = True
    left = np.flatnonzero(follows)  # the stint just before each that follows
    joined = left + 1
    left[np.searchsorted(left, late[queries])] = late[candidates]
    return left, joined


def _search(person: Ints, end: Ints, limit: Ints) -> tuple[Positions, Positions]:
    """Pairs of late stints: the first of each pair follows the stint just before the second one.

    end: when the stint just before each late one is over; limit: by when it would have to be.
    """
    begins = np.flatnonzero(np.r_[True, person[1:] != person[:-1]][: len(person)])
    counts = np.diff(np.r_[begins, len(person)])
    few = (counts > 1) & (counts <= MOST_ROUNDS)
    pairs = [_search_together(begins[few], counts[few], end, limit)]
    for begin, count in zip(begins[counts > MOST_ROUNDS], counts[counts > MOST_ROUNDS], strict=True):
        part = slice(begin, begin + count)
        alone = np.array(_search_alone(end[part].tolist(), limit[part].tolist()), dtype=np.intp).reshape(-1, 2)
        pairs.append((alone[:, 0] + begin, alone[:, 1] + begin))
    return np.concatenate([queries for queries, _ in pairs]), np.concatenate([found for _, found in pairs])


def _search_together(begins: Positions, counts: Positions, end: Ints, limit: Ints) -> tuple[Positions, Positions]:
    """The second late stint of every person looks at the first, then the third at the second and first, and so on."""
    free: Bools = end < FUTURE
    queries, found = [begins[:0]], [begins[:0]]
    for nth in range(1, int(counts.max(initial=0))):
        query = begins[counts > nth] + nth
        for back in range(1, nth + 1):
            candidate = query - back
            fits = free[candidate] & (end[candidate] <= limit[query])
            taken = candidate[fits]
            free[taken] = False
            queries.append(query[fits])
            found.append(taken)
            query = query[~fits]
            if not len(query):
                break
    return np.concatenate(queries), np.concatenate(found)


def _search_alone(end: list[int], limit: list[int]) -> list[tuple[int, int]]:
    """The same pairs for one person, in O(n log n).

    The leaves of a binary tree hold the ends of the stints that are free, each node the least of those below it; the
    rightmost leaf that is no greater than the limit is found by going down.
    """
    size = 1 << (len(end) - 1).bit_length()
    least = [FUTURE] * (2 * size)
    pairs = []
    for nth, bound in enumerate(limit):
        if least[1] <= bound:
            node = 1
            while node < size:
                node = 2 * node + 1 if least[2 * node + 1] <= bound else 2 * node
            pairs.append((nth, node - size))
            _put(least, node, FUTURE)
        _put(least, size + nth, end[nth])
    return pairs


def _put(least: list[int], node: int, value: int) -> None:
    least[node] = value
    while node > 1:
        node //= 2
        lower = min(least[2 * node], least[2 * node + 1])
        if least[node] == lower:
            break
        least[node] = lower
