"""What a journal says: which edits were done, undone and saved. The edits themselves are read only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from app.domain.edit import Edit
from app.files.texts import read_error, refused
from app.session.document import still_reached
from app.session.journal import FILE, FORMAT, FORMAT_VERSION
from app.session.journal_edits import edits_of, is_whole
from app.session.journal_lines import Line, Mark, lines_of


@dataclass(slots=True)
class Reading:
    """lines: those that can be trusted, and n_unread how many follow; mark: the last one; held: the edits that the rows
    have which the mark leads to; past, future, saved: as in the document at the end. Edits are numbers of lines."""

    place: Path
    mark: Mark
    lines: list[Line] = field(default_factory=list)
    n_unread: int = 0
    held: list[int] = field(default_factory=list)
    past: list[int] = field(default_factory=list)
    future: list[int] = field(default_factory=list)
    saved: int | None = None

    @classmethod
    def of(cls, place: Path) -> Self:
        """The journal in a folder, as far as it is whole. FileError where nothing of it is, or it cannot be read."""
        try:
            raw = (place / FILE).read_bytes()
        except OSError as error:
            raise read_error(place / FILE, error) from error
        reading = cls(place, Mark("", None, None))
        for line in lines_of(raw):
            if not reading._take(line):
                break
            reading.lines.append(line)
        if not any(line.kind == "mark" for line in reading.lines):
            message = "its beginning is damaged, or it is of another version of the program"
            raise refused(place / FILE, "damaged", message, "Nothing can be had from it: remove the folder.")
        reading.n_unread = raw.count(b"\n", reading.lines[-1].end)
        return reading

    @property
    def changed(self) -> bool:
        """Whether the document had changes that are in no file."""
        return self.saved != len(self.past)

    @property
    def n_changes(self) -> int:
        """How many, as `Document.n_unsaved` counts them."""
        return len(self.past) if self.saved is None else abs(len(self.past) - self.saved)

    def edits(self) -> dict[int, Edit]:
        """All edits that still count, by their numbers."""
        wanted = sorted({*self.held, *self.past, *self.future})
        made = edits_of([self.lines[n].content for n in wanted], self.place)
        return dict(zip(wanted, made, strict=True))

    def way(self, edits: dict[int, Edit]) -> list[Edit]:
        """What leads from the rows of the mark to those of the document: some undone, some done."""
        shared = _shared(self.held, self.past)
        return [*(edits[n].inverse for n in reversed(self.held[shared:])), *(edits[n] for n in self.past[shared:])]

    def _take(self, line: Line) -> bool:
        """One line more. False if it says what cannot be."""
        if (line.kind == "head") != (line.number == 0):
            return False
        match line.kind:
            case "head":
                head = line.content if isinstance(line.content, dict) else {}
                return head.get("format") == FORMAT and head.get("version") in range(1, FORMAT_VERSION + 1)
            case "do" if is_whole(line.content, self.place):
                self.saved = still_reached(self.saved, len(self.past))
                self.past.append(line.number)
                self.future.clear()
            case "undo" if self.past:
                self.future.append(self.past.pop())
            case "redo" if self.future:
                self.past.append(self.future.pop())
            case "mark":
                try:
                    self.mark = Mark.restored(line.content)
                except ValueError:
                    return False
                self.saved = self.mark.saved
                whole = [*self.past, *reversed(self.future)]
                self.held = whole[: self.saved] if self.mark.stamp is not None else list(self.past)
            case _:
                return False
        return True


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many are the same at the beginning of both."""
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n
