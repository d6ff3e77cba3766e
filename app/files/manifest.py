"""The head of a dataset: format, version, and top-level keys that this version does not know, kept and written back."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import DataError, Fault, FileError
from app.domain.schema import FORMAT, VERSION
from app.files.texts import refused

NAME = "talentflow.json"
"""The file in a folder or zip of tables that holds the head."""

DEEPEST = 100
"""Brackets within brackets that a dataset may have."""

_REMEDY = f"Correct {NAME}, or remove it."
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""Where half a surrogate pair is given by its code: most have their other half beside them."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})")


class RepeatedKeyError(ValueError):
    """A key stands twice in one JSON object."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} stands twice")
        self.key = key


class TooDeepError(ValueError):
    """A value has more brackets within brackets than a dataset may have."""

    def __init__(self) -> None:
        super().__init__(f"its brackets are nested more than {DEEPEST} deep")


def parsed(text: str) -> Any:
    """A JSON value, strictly: ValueError for what is no JSON, for a key that stands twice (RepeatedKeyError), a number
    that is not finite, half a surrogate pair."""
    value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
    if SURROGATE.search(text) is not None:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ValueError("half a surrogate pair stands in a text") from error
    return value


def reason(error: ValueError | RecursionError) -> str:
    """Why `parsed` refused a text, and at which character."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.pos + 1:,}"
    return str(TooDeepError()) if isinstance(error, RecursionError) else str(error)


def written(value: Any) -> str:
    """A JSON value in its one canonical form: keys sorted, no spaces, NFC. TooDeepError if it is nested too deep."""
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except RecursionError as error:
        raise TooDeepError from error
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise TooDeepError
    return unicodedata.normalize("NFC", text)


def head(given: Mapping[str, Any], path: Path) -> str:
    """The version that a head names. FileError where it is no head of ours, or of a newer major version."""
    if given.get("format") != FORMAT:
        raise refused(
            path,
            "wrong-format",
            f'it is JSON, but no dataset of this program: "format" is not "{FORMAT}"',
            "Open a dataset, or convert this file first.",
        )
    version = given.get("version")
    match = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if match is None:
        raise refused(path, "wrong-format", f"{version!r} is not a version", f'Write "version":"{VERSION}".')
    if int(match[1]) > int(VERSION.partition(".")[0]):
        raise refused(
            path,
            "newer-version",
            f"it is of version {version}; this program reads {VERSION.partition('.')[0]}.x",
            "Update the program, or have the file saved in the older version.",
        )
    return str(version)


def read_manifest(content: bytes | None, path: Path) -> tuple[str, dict[str, str]]:
    """Version and unknown keys from the manifest of a folder or zip; without one: this version and none."""
    if content is None:
        return VERSION, {}
    try:
        given = parsed(content.decode("utf-8-sig"))
    except RepeatedKeyError as error:
        raise repeated(error.key, path) from error
    except (ValueError, RecursionError) as error:
        raise refused(path, "syntax", f"{NAME} is not valid JSON: {reason(error)}", _REMEDY) from error
    if not isinstance(given, dict):
        raise refused(path, "wrong-format", f"{NAME} is not a JSON object", _REMEDY)
    version = head(given, path)
    try:
        return version, {key: written(value) for key, value in given.items() if key not in ("format", "version")}
    except TooDeepError as error:
        raise too_deep(path) from error


def manifest(version: str, unknown: Mapping[str, str]) -> bytes:
    """The manifest of a folder or zip: one key a line."""
    lines = [f'"{key}":{value}' for key, value in (("format", f'"{FORMAT}"'), ("version", f'"{version}"'))]
    lines += [f"{written(key)}:{written(parsed(unknown[key]))}" for key in sorted(unknown)]
    return ("{" + "\n,".join(lines) + "\n}\n").encode()


def too_deep(path: Path) -> FileError:
    """The FileError for a file in which brackets are nested too deep."""
    return refused(path, "nested", str(TooDeepError()), "No dataset is: open another file.")


def repeated(key: str, path: Path, *, table: str = "", row: int | None = None, row_id: str = "") -> DataError:
    """The DataError for a key that stands twice in one object."""
    return DataError(
        Fault(
            "repeated-key",
            f"the key {key!r} stands twice",
            "Keep one of the two.",
            file=str(path),
            table=table,
            row=row,
            id=row_id,
            field=key,
        )
    )


def _depth(text: str) -> int:
    """Brackets within brackets of a JSON text."""
    depth = deepest = 0
    for sign in re.findall(r"[\[{\]}]", _STRING.sub("", text)):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise RepeatedKeyError(key)
            seen.add(key)
    return value


def _refuse(text: str) -> float:
    raise ValueError(f"{text} is not a JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"the number {text[:30]} is too large")
    return value
