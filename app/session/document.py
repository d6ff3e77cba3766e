"""The document of a window: a dataset, where it lies, and the edits that led to it. A value: every step gives another.

Undo and redo are edits like any other; a document is unchanged when it stands where it was last saved, whichever way it
came there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path

from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply
from app.domain.errors import Fault
from app.domain.folding import folded
from app.files.stamp import Stamp

UNTITLED = "Untitled"
SAMPLE = "ai-labs.json"


@dataclass(frozen=True, eq=False)
class Document:
    """path: None for what is on no disk yet; name: what the window calls it; past, future: edits done and undone, the
    nearest last; saved: how many edits the file on disk has, None if no number of steps leads back to it; stamp: what
    that file was when it was read or written, None if not known; held: where `saved` is None, the edits that the file
    has, as far as known."""

    dataset: Dataset
    path: Path | None = None
    name: str = UNTITLED
    warnings: tuple[Fault, ...] = ()
    past: tuple[Edit, ...] = ()
    future: tuple[Edit, ...] = ()
    saved: int | None = field(default=0)
    stamp: Stamp | None = None
    held: tuple[Edit, ...] = ()

    @property
    def line(self) -> tuple[Edit, ...]:
        """All edits, done and undone, in the order in which they are done."""
        return (*self.past, *reversed(self.future))

    @property
    def changed(self) -> bool:
        """Whether something would be lost if it were closed."""
        return self.saved != len(self.past)

    @property
    def n_unsaved(self) -> int:
        """Edits between the file on disk and now; 0 if unchanged."""
        return abs(len(self.past) - self.saved) if self.saved is not None else len(self.past)

    @property
    def on_file(self) -> tuple[Edit, ...]:
        """The edits that the file on disk has, as far as known."""
        return self.held if self.saved is None else self.line[: self.saved]

    @property
    def unsaved(self) -> tuple[Edit, ...]:
        """What leads from the rows of the file to these ones, in order: edits of the file taken back, others done."""
        file = self.on_file
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(file, self.past, strict=False)))
        return (*(_taken_back(edit) for edit in reversed(file[shared:])), *self.past[shared:])

    def step_from(self, other: Document) -> Edit | None:
        """The edit that leads from the rows of another state of this document to these: what was done, undone or redone
        between them, folded into one; empty where the rows are the same. None where no such edits are known."""
        if self.dataset is other.dataset:
            return Edit("Nothing")
        here, there = len(self.past), len(other.past)
        longer = self.past if here > there else other.past
        low = min(here, there)
        if here == there or any(a is not b for a, b in zip(self.past[:low], other.past[:low], strict=True)):
            return None
        way = longer[low:] if here > there else [edit.inverse for edit in reversed(longer[low:])]
        step = way[0] if len(way) == 1 else folded(way, f"{len(way)} steps")
        rest = (table for table in self.dataset.tables if table not in step.tables)
        return step if all(self.dataset[table] is other.dataset[table] for table in rest) else None

    def done(self, edit: Edit, made: Dataset | None = None) -> Document:
        """After an edit; what was undone can no longer be redone. EditConflict if the edit does not fit. made: what the
        edit makes of this dataset, where a job has found that out already."""
        if not edit:
            return self
        saved = still_reached(self.saved, len(self.past))
        return replace(
            self,
            dataset=made if made is not None else apply(self.dataset, edit),
            past=(*self.past, edit),
            future=(),
            saved=saved,
            held=() if saved is not None else self.on_file,
        )

    def undone(self) -> Document:
        """One edit back; the same document if there is none."""
        if not self.past:
            return self
        *past, last = self.past
        return replace(self, dataset=apply(self.dataset, last.inverse), past=tuple(past), future=(*self.future, last))

    def redone(self) -> Document:
        """One undone edit again; the same document if there is none."""
        if not self.future:
            return self
        *future, first = self.future
        return replace(self, dataset=apply(self.dataset, first), past=(*self.past, first), future=tuple(future))

    def at(self, n: int) -> Document:
        """Where n edits of the line are done, by as many undos or redos as it takes; the same document if it stands
        there. ValueError if the line has not so many."""
        line, here = self.line, len(self.past)
        if not 0 <= n <= len(line):
            raise ValueError(f"there is no step {n} of {len(line)}")
        if n == here:
            return self
        way = line[here:n] if n > here else [edit.inverse for edit in reversed(line[n:here])]
        step = way[0] if len(way) == 1 else folded(way, f"{len(way)} steps")
        return replace(self, dataset=apply(self.dataset, step), past=line[:n], future=line[n:][::-1])

    def saved_as(self, path: Path, at: Document, stamp: Stamp | None = None) -> Document:
        """This document after the state `at` of it was written to a path; edits made meanwhile are not saved."""
        saved = _meeting(self, at.past)
        held = at.past if saved is None else ()
        return replace(self, path=path, name=path.name, saved=saved, stamp=stamp, held=held)

    def bereft(self) -> Document:
        """This document after its file has gone: it is in no file, so it counts as changed."""
        return replace(self, saved=None, held=self.on_file)

    def found_again(self) -> Document:
        """This document after its file has come back as it was."""
        saved = _meeting(self, self.on_file)
        return replace(self, saved=saved, held=self.on_file if saved is None else ())


def still_reached(saved: int | None, n_past: int) -> int | None:
    """How many edits the file on disk has, once a new one is done after `n_past`: None if it had those undone since."""
    return saved if saved is not None and saved <= n_past else None


def _meeting(now: Document, past: tuple[Edit, ...]) -> int | None:
    """How many of today's edits lead to the state after these; None if none do."""
    line, n = now.line, len(past)
    same = len(line) >= n and all(a is b for a, b in zip(line, past, strict=False))
    return n if same else None


def _taken_back(edit: Edit) -> Edit:
    """The inverse of an edit, as an edit by itself."""
    return replace(edit.inverse, name=f"Take back “{edit.name}”")
