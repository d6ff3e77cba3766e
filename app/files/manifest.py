"""The head of a dataset: format, version, and top-level keys that this version does not know, kept and written back."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import DataError, Fault
from app.domain.schema import FORMAT, VERSION
from app.files.texts import refused

NAME = "talentflow.json"
"""The file in a folder or zip of tables that holds the head."""

_REMEDY = f"Correct {NAME}, or remove it."
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})")


class RepeatedKeyError(ValueError):
    """A key stands twice in one JSON object."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} stands twice")
        self.key = key


def parsed(text: str) -> Any:
    """A JSON value, strictly: ValueError for what is no JSON, RepeatedKeyError, and for numbers that are not finite."""
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)


def reason(error: ValueError | RecursionError) -> str:
    """Why `parsed` refused a text, and at which character."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.pos + 1:,}"
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)


def written(value: Any) -> str:
    """A JSON value in its one canonical form: keys sorted, no spaces, NFC."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
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
    return version, {key: written(value) for key, value in given.items() if key not in ("format", "version")}


def manifest(version: str, unknown: Mapping[str, str]) -> bytes:
    """The manifest of a folder or zip: one key a line."""
    lines = [f'"{key}":{value}' for key, value in (("format", f'"{FORMAT}"'), ("version", f'"{version}"'))]
    lines += [f"{written(key)}:{unknown[key]}" for key in sorted(unknown)]
    return ("{" + "\n,".join(lines) + "\n}\n").encode()


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
