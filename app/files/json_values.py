"""JSON values one after the other, so that a long list of records is never held as a whole.

Read are a list (its elements), one value a line or one after the other (each), and a single value. A list within an
object is not taken apart. Texts are as they stand, but for half a surrogate pair, which no text can hold.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from app.domain.errors import Fault, FileError
from app.files.manifest import DEEPEST, reason
from app.files.register_files import Content

LARGEST = 2**26
"""Characters of one value: 64 Mi."""
_STEP = 2**20
_SLACK = 200
"""Characters from the end of what has been read within which a fault may be that the rest is missing."""
_BETWEEN = re.compile(r"[\s,\x1e]*")
_HALF = re.compile("[\ud800-\udfff]")
_MOST_DIGITS = 64

Value = dict[str, Any]


def values(content: Content, place: str) -> Iterator[Any]:
    """The values of a text in their order; none where it is blank.

    FileError where it is not UTF-8, no JSON, cut off, nested beyond reason, or where one value is too large.
    """
    text = _Window(content, place)
    in_list = text.skip() == "["
    if in_list:
        text.at += 1
    while True:
        sign = text.skip()
        if not sign or (in_list and sign == "]"):
            break
        yield text.value()
    if in_list and not sign:
        raise _syntax(place, "it is cut off within its list")
    if in_list:
        text.at += 1
        if text.skip():
            raise _syntax(place, "something stands behind its list")


class _Window:
    """A part of a text, and how far it has been read."""

    def __init__(self, content: Content, place: str) -> None:
        self.at = 0
        self._text = ""
        self._content = content
        self._place = place
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._ended = False
        self._scan = json.JSONDecoder().raw_decode

    def skip(self) -> str:
        """The next character behind blanks and commas, blank at the end."""
        while True:
            found = _BETWEEN.match(self._text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self._text):
                return self._text[self.at]
            if not self._more(_STEP):
                return ""

    def value(self) -> Any:
        """The value that begins here."""
        step = _STEP
        while True:
            try:
                value, end = self._scan(self._text, self.at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos > len(self._text) - _SLACK
                if cut and self._more(step):
                    step *= 2
                    continue
                raise _syntax(self._place, f"it is not JSON: {reason(error)} of what was read last") from error
            except RecursionError as error:
                raise _syntax(self._place, f"it is not JSON: {reason(error)}") from error
            except ValueError as error:
                raise _syntax(self._place, "a number in it has too many digits") from error
            if end == len(self._text) and self._more(step):  # a number may go on
                continue
            self.at = end
            return value

    def _more(self, size: int) -> bool:
        """Read on; whether there was more."""
        if self._ended:
            return False
        if len(self._text) - self.at > LARGEST:
            message = f"one value in it has more than {LARGEST:,} characters"
            raise FileError(Fault("too-large", message, "Write one record a line.", file=self._place))
        raw = self._content.read(size)
        self._ended = not raw
        try:
            more = self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            raise FileError(Fault("encoding", "it is not UTF-8 text", "Save it as UTF-8.", file=self._place)) from error
        self._text, self.at = self._text[self.at :] + more, 0
        return bool(raw)


def record(value: Any, key: str) -> Value:
    """The object that a key holds; an empty one where it holds another thing, or nothing."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: Any, key: str) -> list[Any]:
    """The list that a key holds; a single thing is a list of it, nothing an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def text(value: Any, key: str = "") -> str:
    """A text, or the one that a key holds, with single spaces and none at its edges; a whole number as its digits;
    blank for anything else."""
    if key:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**_MOST_DIGITS else ""
    if not isinstance(value, str):
        return ""
    tidy = " ".join(value.split())
    return tidy if tidy.isascii() else _HALF.sub("\ufffd", tidy)


def texts(value: Any, key: str) -> list[str]:
    """The texts of the list that a key holds, without blank ones."""
    return [found for item in items(value, key) if (found := text(item))]


def _syntax(place: str, message: str) -> FileError:
    remedy = f"Fetch it again; brackets may be nested {DEEPEST} deep." if "nested" in message else "Fetch it again."
    return FileError(Fault("syntax", message, remedy, file=place))
