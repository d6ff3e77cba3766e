"""Words that a matrix and a chord picture share: the header, and what their legends show a scale by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.pictures import flowmap_words, moves_words, wording
from app.pictures.exchange import Exchange
from app.scene.marks import Ints
from app.scene.scene import Header


def header(exchange: Exchange, day: float | None, finding: str, left_out: Sequence[str] = ()) -> Header:
    """Title, scope, days and filter, what is left out and why. finding: the title where enough has happened for one;
    left_out: what this kind of picture does not draw."""
    gathered = exchange.gathered
    others = int(exchange.bands.people[~exchange.named].sum())
    parts = [*moves_words.beyond(exchange.traffic, others), *left_out]
    if exchange.net and (even := int(exchange.bands.people.sum() - exchange.people.sum())):
        parts.append(f"{wording.counted(even, 'move')} cancelled out")
    return flowmap_words.header_of(
        gathered,
        day,
        _title(exchange, day, finding),
        flowmap_words.scope(gathered, day, net=exchange.net),
        " · ".join([*parts, *flowmap_words.missing(gathered, day)]),
    )


def _title(exchange: Exchange, day: float | None, finding: str) -> str:
    """The finding, but for pictures of nobody, of one organization or of one move."""
    if found := moves_words.title(exchange.gathered, day):
        return found
    moved = wording.counted(exchange.gathered.progress.moves(day), "move")
    n = int(np.count_nonzero(exchange.codes >= 0))
    return finding or f"{moved} between {wording.counted(n, 'organization')}{moves_words.by(day)}"


def largest_pair(exchange: Exchange, people: Ints) -> int:
    """The pair of two organizations with most people, the first of several; -1 if none has two."""
    named = np.where(exchange.named, people, 0)
    pair = int(named.argmax()) if len(named) else -1
    return pair if pair >= 0 and named[pair] > 1 else -1


def finding(exchange: Exchange, people: Ints, day: float | None) -> str:
    """From where to where most of some people went by a day, (k,) of each pair; blank if no two went the same way."""
    pair = largest_pair(exchange, people)
    if pair < 0:
        return ""
    more = " more than back" if exchange.net else ""
    most = f"By {wording.written(int(day))} most" if day is not None else "Most"
    a, b = (exchange.name(int(ends[pair])) for ends in (exchange.origin, exchange.destination))
    return f"{most} went from {a} to {b}: {people[pair]:,} people{more}"


def specimen(exchange: Exchange) -> str:
    """The organization whose colour the legend wears: the origin of the largest pair that has one."""
    wearing = np.where(exchange.origin != exchange.others, exchange.people, 0)
    return exchange.organization(int(exchange.origin[int(wearing.argmax())])) if len(wearing) else ""


def round_numbers(largest: int) -> list[int]:
    """1, 2, 5, 10 … up to the largest."""
    return [n * 10**e for e in range(7) for n in (1, 2, 5) if n * 10**e <= largest]


def steps(largest: int) -> list[int]:
    """Numbers of people for specimens of a scale: one, a round number between, the largest."""
    told = round_numbers(largest)
    return sorted({*told[:1], *told[len(told) // 2 : len(told) // 2 + 1], largest}) if told else []
