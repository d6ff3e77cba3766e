"""Where the tables and records of a JSON text lie, found without building a value of it.

Two ways to the same outline: `by_lines` here knows our own layout (one record a line, commas leading) and only looks
for line ends; `brackets.by_brackets` takes any other. `pieces` cuts what either has found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.domain.errors import FileError
from app.files.manifest import SURROGATE, RepeatedKeyError, parsed, reason, repeated
from app.files.texts import Text, refused

PIECE = 4_000_000
"""Bytes of records that are read at once."""
MOST_RECORD = 64_000_000
"""Bytes of one record, or of one top-level value that is no table."""
_FLAT = bytes.maketrans(b"\n\r\t", b"   ")

Positions = npt.NDArray[np.int64]


class NotLinesError(Exception):
    """The text is not laid out as we write it: read it by brackets."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Records as lines without commas: `n` of them, of which the first is the `first` of its table, counted from 1."""

    text: bytes
    n: int
    first: int
    ours: bool
    """Whether it is laid out as we write it: then what does not fit may be well in another layout."""


@dataclass(frozen=True, eq=False)
class Section:
    """One top-level key: the bytes [start, stop) of its value.

    inner: the bytes of the elements of a list, None for another value. commas: where the commas between the elements
    are; None if the text is ours (they lead the lines).
    """

    key: str
    start: int
    stop: int
    inner: tuple[int, int] | None = None
    commas: Positions | None = None


def by_lines(text: Text) -> list[Section]:
    """The outline of a text that is laid out as we write it. NotLinesError if it is not."""
    at = text.begin
    stop = text.find(b"\n", at)
    line = text[at:stop] if 0 < stop - at <= PIECE else b""
    if not line.startswith(b"{"):
        raise NotLinesError
    sections = _members(line[1:], at + 1)
    while True:
        at = stop + 1
        stop = text.find(b"\n", at)
        stop = len(text) if stop < 0 else stop
        if stop - at > MOST_RECORD:
            raise NotLinesError
        line = text[at:stop]
        if line == b"}" and not text[stop : stop + PIECE].strip():
            return sections
        if not line.startswith(b',"'):
            raise NotLinesError
        if not line.endswith(b":["):
            sections += _members(line[1:], at + 1)
            continue
        close = text.find(b"\n]", stop)
        if close < 0 or text[close + 2 : close + 3] != b"\n":
            raise NotLinesError
        sections.append(Section(_key(line[1:-2]), stop - 1, close + 2, (min(stop + 1, close), close)))
        stop = close + 2


def _members(line: bytes, at: int) -> list[Section]:
    """The members of an object that stand on one line, their values as they are."""
    found, decoder = [], json.JSONDecoder()
    try:
        text = line.decode()
        if SURROGATE.search(text) is not None:
            raise NotLinesError
        end = -1
        while True:
            key, colon = decoder.raw_decode(text, end + 1)
            if not isinstance(key, str) or text[colon] != ":":
                raise NotLinesError
            start = at + len(text[end + 1 : colon + 1].encode())  # bytes, not characters
            _, end = decoder.raw_decode(text, colon + 1)
            at = start + len(text[colon + 1 : end].encode())
            found.append(Section(key, start, at))
            if end == len(text):
                return found
            if text[end] != ",":
                raise NotLinesError
            at += 1
    except (ValueError, IndexError, RecursionError) as error:
        raise NotLinesError from error


def _key(text: bytes) -> str:
    try:
        key = parsed(text.decode())
    except (ValueError, RecursionError) as error:
        raise NotLinesError from error
    if not isinstance(key, str):
        raise NotLinesError
    return key


def pieces(text: Text, section: Section, path: Path) -> Iterator[Piece]:
    """The records of a list, some four megabytes at a time. FileError for a record that is too large."""
    if section.inner is None:
        return
    if section.commas is None:
        yield from _line_pieces(text, *section.inner)
        return
    for piece in _bracket_pieces(text, *section.inner, section.commas):
        if len(piece.text) > MOST_RECORD:
            message = f"record {piece.first} of {section.key} is larger than 64 MB"
            raise refused(path, "too-large", message, "Shorten it.")
        yield piece


def _line_pieces(text: Text, at: int, end: int) -> Iterator[Piece]:
    first = 1
    while at < end:
        whole = text[at : min(at + PIECE, end)]
        cut = len(whole) if at + len(whole) >= end else whole.rfind(b"\n,{")
        if cut <= 0:
            stop = text.find(b"\n,{", at + PIECE - 2)
            stop = end if stop < 0 else min(stop, end)
            if stop - at > MOST_RECORD:
                raise NotLinesError
            whole = text[at:stop]
            cut = len(whole)
        records = np.frombuffer(bytearray(whole[:cut]), dtype=np.uint8)
        commas = np.flatnonzero(records[:-1] == ord("\n")) + 1
        if (records[commas] != ord(",")).any():
            raise NotLinesError
        records[commas] = ord(" ")
        yield Piece(records.tobytes(), len(commas) + 1, first, ours=True)
        at += cut + 2
        first += len(commas) + 1


def _bracket_pieces(text: Text, at: int, end: int, commas: Positions) -> Iterator[Piece]:
    if not len(commas) and not text[at : min(end, at + PIECE)].strip():
        return
    cuts, done = np.append(commas, end), 0
    while done < len(cuts):
        last = max(int(np.searchsorted(cuts, at + PIECE)) - 1, done)
        stop = int(cuts[last])
        stop = min(stop, at + MOST_RECORD + 1)
        flat = bytearray(text[at:stop].translate(_FLAT))
        np.frombuffer(flat, dtype=np.uint8)[cuts[done:last] - at] = 10
        yield Piece(bytes(flat), last + 1 - done, done + 1, ours=False)
        at, done = stop + 1, last + 1


def value_of(text: Text, start: int, stop: int, path: Path) -> Any:
    """The JSON value between two positions. FileError if it is none or too large."""
    if stop - start > MOST_RECORD:
        raise refused(path, "too-large", "a value of it is larger than 64 MB", "Split the file.")
    try:
        return parsed(text[start:stop].decode())
    except RepeatedKeyError as error:
        raise repeated(error.key, path) from error
    except UnicodeDecodeError as error:
        raise not_utf8(path) from error
    except (ValueError, RecursionError) as error:
        raise no_json(path, reason(error)) from error


def not_utf8(path: Path) -> FileError:
    """The FileError for text in another encoding."""
    return refused(path, "encoding", "it is not UTF-8 text", "Save it as UTF-8.")


def no_json(path: Path, message: str) -> FileError:
    """The FileError for text that is not JSON."""
    return refused(
        path, "syntax", f"it is not valid JSON: {message}", "Correct it in a text editor, or take it from a backup."
    )
