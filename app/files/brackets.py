"""The outline of JSON in any layout, pretty-printed or on one line.

Four megabytes at a time and in whole arrays it is marked what lies inside strings (a running exclusive-or over
unescaped quotes) and how deep the brackets are (a running sum): the method of simdjson's first stage (Langdale and
Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 28, 2019, section 3.1). Nothing recurses, so that no
nesting can exhaust the stack.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.files.manifest import DEEPEST, too_deep
from app.files.outline import PIECE, Positions, Section, no_json, value_of
from app.files.texts import Text, refused

MOST_KEYS = 10_000
"""Keys on the top level."""


def by_brackets(text: Text, path: Path) -> list[Section]:
    """The outline of any JSON object. FileError where it is cut off, too deep, or no JSON object at all."""
    tokens, kinds, commas = _scanned(text, path)
    if not len(tokens) or kinds[0] != ord("{") or text[text.begin : int(tokens[0])].strip():
        raise no_json(path, "it does not begin with {")
    if kinds[-1] != ord("}"):
        raise no_json(path, "a bracket is closed by one of another kind")
    ends = np.flatnonzero(kinds == ord("}"))
    if len(ends) > 1 or text[int(tokens[-1]) + 1 : int(tokens[-1]) + PIECE].strip():
        raise no_json(path, "something stands after the end of the dataset")
    sections: list[Section] = []
    inner = list(zip(tokens.tolist(), kinds.tolist(), strict=True))
    if len(inner) == 2 and not text[inner[0][0] + 1 : inner[1][0]].strip():
        return sections
    if len(inner) % 2 == 0:
        raise no_json(path, "a colon or a comma is missing between its keys")
    for before, colon, after in zip(inner[0:-1:2], inner[1::2], inner[2::2], strict=True):
        if colon[1] != ord(":") or after[1] == ord(":"):
            raise no_json(path, "a colon or a comma is missing between its keys")
        key = value_of(text, before[0] + 1, colon[0], path)
        if not isinstance(key, str):
            raise no_json(path, f"{key!r} is not a key")
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
            raise no_json(path, "a line break or control character stands inside a text")
        if (control & (chunk != ord("\n")) & (chunk != ord("\r")) & (chunk != ord("\t"))).any():
            raise no_json(path, "a control character stands between its values")
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
                raise no_json(path, "a bracket closes that was never opened")
        outer = ((depths == 1) & (step >= 0)) & ((step == 0) | (kind == ord("{"))) | ((depths == 0) & (step < 0))
        tokens.append(found[outer] + at)
        kinds.append(kind[outer])
        commas.append(found[(depths == 2) & (kind == ord(","))] + at)
        n_tokens += int(outer.sum())
        if n_tokens > 2 * MOST_KEYS + 2:
            raise no_json(path, f"it has more than {MOST_KEYS:,} keys")
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
