"""Where the tables and records of a JSON text lie, found without building a value of it.

Two ways to the same outline. `by_lines` knows our own layout (one record a line, commas leading) and only looks for
line ends. `by_brackets` takes any layout, pretty-printed or on one line: it marks, four megabytes at a time and in
whole arrays, what lies inside strings (a running exclusive-or over unescaped quotes) and how deep the brackets are (a
running sum), the method of simdjson's first stage (Langdale and Lemire, "Parsing gigabytes of JSON per second", VLDB
Journal 28, 2019, section 3.1). Neither recurses, so that no nesting can exhaust the stack.
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
from app.files.manifest import DEEPEST, RepeatedKeyError, parsed, reason, repeated, too_deep
from app.files.texts import Text, refused

PIECE = 4_000_000
"""Bytes of records that are read at once."""
MOST_RECORD = 64_000_000
"""Bytes of one record, or of one top-level value that is no table."""
MOST_KEYS = 10_000
"""Keys on the top level."""

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
        n = 0
        while True:
            key, n = decoder.raw_decode(text, n)
            if not isinstance(key, str) or text[n] != ":":
                raise NotLinesError
            _, end = decoder.raw_decode(text, n + 1)
            before = len(text[: n + 1].encode())  # bytes, not characters
            value = len(text[n + 1 : end].encode())
            found.append(Section(key, at + before, at + before + value))
            if end == len(text):
                return found
            if text[end] != ",":
                raise NotLinesError
            n = end + 1
    except (ValueError, IndexError, RecursionError) as error:
        raise NotLinesError from error


def _key(text: bytes) -> str:
    try:
        key = json.loads(text)
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


def by_brackets(text: Text, path: Path) -> list[Section]:
    """The outline of any JSON object. FileError where it is cut off, too deep, or no JSON object at all."""
    tokens, kinds, commas = _scanned(text, path)
    if not len(tokens) or kinds[0] != ord("{") or text[text.begin : int(tokens[0])].strip():
        raise _syntax(path, "it does not begin with {")
    if kinds[-1] != ord("}"):
        raise _syntax(path, "a bracket is closed by one of another kind")
    ends = np.flatnonzero(kinds == ord("}"))
    if len(ends) > 1 or text[int(tokens[-1]) + 1 : int(tokens[-1]) + PIECE].strip():
        raise _syntax(path, "something stands after the end of the dataset")
    sections: list[Section] = []
    inner = list(zip(tokens.tolist(), kinds.tolist(), strict=True))
    if len(inner) == 2 and not text[inner[0][0] + 1 : inner[1][0]].strip():
        return sections
    if len(inner) % 2 == 0:
        raise _syntax(path, "a colon or a comma is missing between its keys")
    for before, colon, after in zip(inner[0:-1:2], inner[1::2], inner[2::2], strict=True):
        if colon[1] != ord(":") or after[1] == ord(":"):
            raise _syntax(path, "a colon or a comma is missing between its keys")
        key = value_of(text, before[0] + 1, colon[0], path)
        if not isinstance(key, str):
            raise _syntax(path, f"{key!r} is not a key")
        sections.append(_section(text, key, colon[0] + 1, after[0], commas))
    return sections


def _section(text: Text, key: str, start: int, stop: int, commas: Positions) -> Section:
    margin = text[start : min(stop, start + PIECE)]
    head = len(margin) - len(margin.lstrip())
    margin = text[max(start, stop - PIECE) : stop]
    tail = len(margin) - len(margin.rstrip())
    start, stop = start + head, stop - tail
    if stop - start < 2 or text[start : start + 1] != b"[" or text[stop - 1 : stop] != b"]":
        return Section(key, start, stop)
    low, high = np.searchsorted(commas, (start, stop))
    return Section(key, start, stop, (start + 1, stop - 1), commas[low:high])


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
        raise _syntax(path, reason(error)) from error


def not_utf8(path: Path) -> FileError:
    """The FileError for text in another encoding."""
    return refused(path, "encoding", "it is not UTF-8 text", "Save it as UTF-8.")


def _syntax(path: Path, message: str) -> FileError:
    return refused(
        path, "syntax", f"it is not valid JSON: {message}", "Correct it in a text editor, or take it from a backup."
    )


def _scanned(text: Text, path: Path) -> tuple[Positions, npt.NDArray[np.uint8], Positions]:
    """Positions and bytes of the brackets, commas and colons of the outermost object, and commas one level deeper."""
    tokens: list[Positions] = []
    kinds: list[npt.NDArray[np.uint8]] = []
    commas: list[Positions] = []
    inside, depth, odd, n_tokens = 0, 0, False, 0
    for at in range(text.begin, len(text), PIECE):
        chunk = np.frombuffer(text[at : at + PIECE], dtype=np.uint8)
        if not len(chunk):
            break
        quotes, odd = _unescaped_quotes(chunk, odd)
        within = np.bitwise_xor.accumulate(quotes.view(np.uint8))
        if inside:
            within ^= 1
        inside = int(within[-1])
        outside = within == 0
        control = chunk < 32
        if (control & ~outside).any():
            raise _syntax(path, "a line break or control character stands inside a text")
        if (control & (chunk != ord("\n")) & (chunk != ord("\r")) & (chunk != ord("\t"))).any():
            raise _syntax(path, "a control character stands between its values")
        folded = chunk | 32  # [ and {, ] and } differ only in this bit
        brackets = ((folded == ord("{")) | (folded == ord("}"))) & outside
        marks = ((chunk == ord(",")) | (chunk == ord(":"))) & outside
        found = np.flatnonzero(brackets | marks)
        kind = chunk[found]
        step = np.where((kind | 32) == ord("{"), 1, np.where((kind | 32) == ord("}"), -1, 0))
        depths = depth + np.cumsum(step)
        if len(depths):
            depth = int(depths[-1])
            if depths.max() > DEEPEST:
                raise too_deep(path)
            if depths.min() < 0:
                raise _syntax(path, "a bracket closes that was never opened")
        outer = ((depths == 1) & (step >= 0)) & ((step == 0) | (kind == ord("{"))) | ((depths == 0) & (step < 0))
        tokens.append(found[outer] + at)
        kinds.append(kind[outer])
        commas.append(found[(depths == 2) & (kind == ord(","))] + at)
        n_tokens += int(outer.sum())
        if n_tokens > 2 * MOST_KEYS + 2:
            raise _syntax(path, f"it has more than {MOST_KEYS:,} keys")
    if depth or inside:
        raise refused(
            path,
            "truncated",
            "the text ends in the middle: the file is cut off",
            "Take it from a backup or fetch it again.",
        )
    return _joined(tokens), np.concatenate([*kinds, np.empty(0, np.uint8)]), _joined(commas)


def _joined(parts: list[Positions]) -> Positions:
    return np.concatenate([*parts, np.empty(0, dtype=np.int64)]).astype(np.int64, copy=False)


def _unescaped_quotes(chunk: npt.NDArray[np.uint8], odd: bool) -> tuple[npt.NDArray[np.bool_], bool]:
    """Quotes that no odd run of backslashes precedes; `odd`: such a run ends the chunk before, or this one."""
    quotes = chunk == ord('"')
    slashes = chunk == ord("\\")
    if not odd and not slashes.any():
        return quotes, False
    at = np.arange(len(chunk), dtype=np.int32)
    last = np.maximum.accumulate(np.where(slashes, np.int32(-2 if odd else -1), at))
    run = at - last  # backslashes up to and including each byte
    before = np.empty(len(chunk), dtype=np.int32)
    before[1:] = run[:-1]
    before[0] = 1 if odd else 0
    return quotes & (before % 2 == 0), bool(run[-1] % 2)
