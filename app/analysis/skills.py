"""What the people in the seats of a build-out know, and what the seats ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from app.analysis.buildout import BuildOut
from app.analysis.presence import held
from app.domain.dataset import Dataset
from app.domain.index import Ints


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill that seats ask for. n_seats: how many do; n_met: how many of them are held by somebody who has it;
    n_people: how many of all who hold a seat have it."""

    skill: str
    n_seats: int
    n_met: int
    n_people: int


@dataclass(frozen=True, slots=True)
class Expertise:
    """What the holders of held seats know. n_people: how many they are; counts: expertise → how many of them, most
    first, then by name; silent: people of whom no expertise is on record; asked: what the seats ask for, by name."""

    n_people: int
    counts: Mapping[str, int]
    silent: int
    asked: tuple[Asked, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Skills that seats ask for and that nobody has who holds one."""
        return tuple(asked.skill for asked in self.asked if not asked.n_people)


def expertise(dataset: Dataset, build_out: BuildOut) -> Expertise:
    """Count the expertise of all who hold a seat for certain on the day, and what the seats ask for against it. A skill
    is had if somebody's expertise is the same word, whatever its case. A closed seat asks for nothing."""
    h = build_out.holders
    people = np.unique(h.person[np.flatnonzero(held(h, build_out.day)[0])])
    known = dataset["people"].get_column("expertise").gather(people)
    counts = Counter(known.list.unique().explode().drop_nulls().to_list())
    ordered = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    silent = int((known.list.len().fill_null(0) == 0).sum())
    return Expertise(len(people), ordered, silent, _asked(dataset, build_out, people, known))


def _asked(dataset: Dataset, build_out: BuildOut, people: Ints, known: pl.Series) -> tuple[Asked, ...]:
    """What the seats ask for; people, known: codes and expertise of those who hold one."""
    column = dataset["seats"].get_column("skills").gather(build_out.seats)
    if not column.list.len().sum():
        return ()
    skills = column.to_list()
    asking: dict[str, list[int]] = {}
    for seat in np.flatnonzero(build_out.closed_on > build_out.day).tolist():
        for skill in dict.fromkeys(skills[seat] or ()):
            asking.setdefault(skill, []).append(seat)
    h = build_out.holders
    has = {p: {w.casefold() for w in words or ()} for p, words in zip(people.tolist(), known.to_list(), strict=True)}
    holder = {int(h.seat[at]): int(h.person[at]) for at in build_out.held_by.tolist()}
    n_people = Counter(word for words in has.values() for word in words)
    return tuple(
        Asked(
            skill,
            len(seats),
            sum(seat in holder and skill.casefold() in has[holder[seat]] for seat in seats),
            n_people[skill.casefold()],
        )
        for skill, seats in sorted(asking.items())
    )
