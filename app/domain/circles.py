"""Circles in a relation of names to the names above them: which names can lie on one, and one circle out of each knot.

Plain walks over dictionaries, linear in names and lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence


def circles(above: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The circles met on a walk upward from every name: each begins with its smallest name; sorted, none for no names.

    Wherever there is a circle one is found; of circles that share names not every one need be.
    """
    done: set[str] = set()
    found: dict[frozenset[str], list[str]] = {}
    for start in sorted(above):
        if start in done:
            continue
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(above[start]))]
        on_trail = {start: 0}
        while trail:
            at, ways = trail[-1]
            to = next((w for w in ways if w not in done), None)
            if to is None:
                done.add(at)
                del on_trail[at]
                trail.pop()
            elif to in on_trail:
                circle = [name for name, _ in trail[on_trail[to] :]]
                least = circle.index(min(circle))
                found[frozenset(circle)] = circle[least:] + circle[:least]
            else:
                on_trail[to] = len(trail)
                trail.append((to, iter(above.get(to, ()))))
    return sorted(found.values())


def knotted(lines: Iterable[tuple[str, str]]) -> set[str]:
    """Names that may lie on a circle: what is left when names with nothing above or nothing below are taken away, over
    and over. Holds every name of every circle, and those between two circles."""
    up: defaultdict[str, set[str]] = defaultdict(set)
    down: defaultdict[str, set[str]] = defaultdict(set)
    for low, high in lines:
        up[low].add(high)
        down[high].add(low)
    left = {*up, *down}
    for over, under in ((up, down), (down, up)):
        loose = [name for name in left if not over[name]]
        while loose:
            name = loose.pop()
            left.discard(name)
            for other in under[name]:
                over[other].discard(name)
                if not over[other] and other in left:
                    loose.append(other)
    return left
