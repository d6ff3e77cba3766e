"""Edits done again, one by one, to rows that are others by now: as much of each as fits, and what does not, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply
from app.domain.fieldwise import Conflict
from app.domain.merge import fitted


@dataclass(frozen=True, slots=True)
class Lost:
    """What could not be done again: the name of the edit, and where it conflicts with the file (its B)."""

    edit: str
    conflict: Conflict


@dataclass(frozen=True, eq=False)
class Fit:
    """dataset: the rows with what fits them; edits: what was done to them, each as a step that can be undone; lost:
    what of the edits does not fit."""

    dataset: Dataset
    edits: tuple[Edit, ...]
    lost: tuple[Lost, ...]


def done_again(way: Sequence[Edit], dataset: Dataset) -> Fit:
    """The edits of a way, each fitted to the rows as those before it have left them.

    Where one conflicts with the rows, the rows stay as they are. What they have already is no step.
    """
    done: list[Edit] = []
    lost: list[Lost] = []
    for edit in way:
        fit, conflicts = fitted(edit, dataset)
        lost += [Lost(edit.name, conflict) for conflict in conflicts]
        if fit:
            dataset = apply(dataset, fit)
            done.append(fit)
    return Fit(dataset, tuple(done), tuple(lost))
