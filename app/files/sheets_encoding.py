"""The encoding of a text that may not say it, and the text as UTF-8."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Fault
from app.files.texts import refused

SAMPLE = 65_536
"""Bytes by which an encoding is told that the text does not say."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks, the longer before the shorter that they begin with."""
_LIKELY = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp932",
    "gb18030",
    "big5",
    "euc_kr",
    "koi8_r",
    "mac_roman",
)
_CLOSE = 0.05
"""Where two encodings make texts that are as good but for this, the commoner one is taken."""
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MOST_CONTROLS = 0.01
_LONGEST_PART = 3
"""Bytes of a UTF-8 character of which the last is missing."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as UTF-8 without a byte-order mark. name: how it was encoded; faults: what is doubtful of that."""

    content: bytes
    name: str
    faults: tuple[Fault, ...] = ()


def decoded(content: bytes, path: Path, encoding: str = "", *, cut: bool = False) -> Encoded:
    """A text by its byte-order mark; else UTF-8 if it is that; else what its bytes make likely. encoding: takes the
    place of all that; cut: whether more of the text follows.

    FileError where it is no text, or not in the encoding that is given.
    """
    if encoding:
        return Encoded(_as_utf8(content, encoding, path, cut=cut), encoding)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Encoded(_as_utf8(content[len(mark) :], name, path, cut=cut), name)
    if wide := _wide(content[:SAMPLE]):
        return Encoded(_as_utf8(content, wide, path, cut=cut), wide)
    sample = content[:SAMPLE]
    if sample and len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample):
        raise refused(path, "encoding", "it is no text", "Open a text table or a workbook.")
    try:
        content.decode()
        return Encoded(content, "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(content) - _LONGEST_PART:
            whole = content[: error.start]
            message = "it ends in the middle of a character, which was left out"
            fault = Fault("cut-short", message, "Fetch the file again: it seems cut short.", "warning", str(path))
            return Encoded(whole, "utf-8", () if cut else (fault,))
        at = error.start
    name = _likely(content[max(0, at - SAMPLE // 2) :][:SAMPLE])
    message = f"it does not say its encoding, and was read as {name}, which its bytes make likely"
    fault = Fault("encoding", message, "If letters with accents look wrong, save it as UTF-8.", "warning", str(path))
    return Encoded(_as_utf8(content, name, path, cut=cut), name, (fault,))


def _as_utf8(content: bytes, encoding: str, path: Path, *, cut: bool) -> bytes:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        text = decoder.decode(content, final=not cut)
        return text.encode() if encoding != "utf-8" else content
    except (UnicodeError, LookupError) as error:
        raise refused(path, "encoding", f"it is not {encoding} text", "Save it as UTF-8.") from error


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: in a text that is mostly Latin every other byte is zero."""
    half = len(sample) // 2
    if half < 2 or not sample.count(0):
        return ""
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else ""


def _likely(sample: bytes) -> str:
    """The encoding that makes the best text of some bytes; Western Windows where none does."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=[*_LIKELY])
    best = found.best()
    if best is None:
        return _LIKELY[0]
    as_good = [f.encoding for f in found if f.chaos <= best.chaos + _CLOSE and f.coherence >= best.coherence - _CLOSE]
    return min(as_good, key=lambda name: _LIKELY.index(name) if name in _LIKELY else len(_LIKELY))
