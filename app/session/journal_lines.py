"""The lines of a journal: JSON, each with its number, the checksum of the line before it and one of its own.

So a line that is cut off, changed, missing or out of place is found out, and what stands before it can be trusted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from app.files.stamp import Stamp

_CHECKSUM = re.compile(rb',"checksum":"([0-9a-f]{16})"\}$')


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 0, what it says (`head`, `mark`, `do`, `undo` or `redo`) and with which content, its
    checksum, and the byte after it."""

    number: int
    kind: str
    content: Any
    checksum: str
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a document stood, once: its name and path, and how many edits the file had (`Document.saved`).

    From here its rows can be had again: from the file (stamp: as it was then), from a copy of them beside the journal
    (copy: its name, and copied: its checksum), or from nothing: there were none.
    """

    name: str
    path: Path | None
    saved: int | None
    stamp: Stamp | None = None
    copy: str = ""
    copied: str = ""

    @property
    def value(self) -> dict[str, Any]:
        """The same as values that JSON knows."""
        return {**asdict(self), "path": None if self.path is None else str(self.path)}

    @classmethod
    def restored(cls, value: Any) -> Self:
        """The mark of a `value`. ValueError for anything else."""
        try:
            path, stamp = value["path"], value["stamp"]
            known = {"path": None if path is None else Path(path), "stamp": None if stamp is None else Stamp(**stamp)}
            made = cls(**{**value, **known})
        except (KeyError, TypeError) as error:
            raise ValueError("it is no mark") from error
        texts: list[Any] = [made.name, made.copy, made.copied, "" if made.stamp is None else made.stamp.content]
        numbers: list[Any] = [0 if made.saved is None else made.saved]
        numbers += [] if made.stamp is None else [made.stamp.size, made.stamp.changed]
        if not all(isinstance(text, str) for text in texts) or not all(isinstance(n, int) and n >= 0 for n in numbers):
            raise ValueError("it is no mark")
        return made


def line(number: int, before: str, kind: str, content: bytes) -> tuple[bytes, str]:
    """A line and its checksum. before: the checksum of the line before; content: JSON without line ends."""
    body = b'{"n":%d,"base":"%s","%s":%s' % (number, before.encode(), kind.encode(), content)
    checksum = hashlib.sha256(body).hexdigest()[:16]
    return b'%s,"checksum":"%s"}\n' % (body, checksum.encode()), checksum


def lines_of(raw: bytes) -> Iterator[Line]:
    """The lines from the beginning as far as they are whole and follow from each other."""
    start, before, number = 0, "", 0
    while (stop := raw.find(b"\n", start)) >= 0:
        text = raw[start:stop]
        found = _CHECKSUM.search(text[-40:])
        checksum = found[1].decode() if found else ""
        body = text[: -len(found[0])] if found else b""
        if not found or hashlib.sha256(body).hexdigest()[:16] != checksum:
            return
        value = json.loads(text)
        if value["n"] != number or value["base"] != before:
            return
        kind = next(key for key in value if key not in ("n", "base", "checksum"))
        start = stop + 1
        yield Line(number, kind, value[kind], checksum, start)
        before, number = checksum, number + 1
