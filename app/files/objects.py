"""JSON objects of other programs: their top-level keys, for knowing them, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import FileError
from app.files import texts
from app.files.brackets import by_brackets
from app.files.manifest import RepeatedKeyError, parsed, reason, repeated
from app.files.outline import no_json, not_utf8
from app.files.reading import Warnings
from app.files.texts import too_large

MOST_BYTES = 2**26
"""Bytes of text that are read as one value: 64 MiB."""


def keys(path: Path) -> frozenset[str]:
    """The top-level keys of a JSON object; none where it is none, or cannot be read."""
    try:
        with texts.opened(path) as text:
            return frozenset(section.key for section in by_brackets(text, path))
    except FileError:
        return frozenset()


def read(path: Path) -> Mapping[str, Any]:
    """A JSON object. FileError where the file cannot be read, is none, is nested beyond reason or holds more than
    MOST_BYTES; DataError where a key stands twice in one object."""
    with texts.opened(path) as text:
        if len(text) > MOST_BYTES:
            raise too_large(path, MOST_BYTES, "Split it into several files.")
        by_brackets(text, path)  # says what is wrong with brackets, and that they are not nested too deep
        content = text[text.begin : len(text)]
    try:
        value = parsed(content.decode())
    except RepeatedKeyError as error:
        raise repeated(error.key, path) from error
    except UnicodeDecodeError as error:
        raise not_utf8(path) from error
    except (ValueError, RecursionError) as error:
        raise no_json(path, reason(error)) from error
    assert isinstance(value, dict)  # by_brackets takes nothing else
    return value


def listed(holder: Mapping[str, Any], key: str, warnings: Warnings) -> list[tuple[int, Mapping[str, Any]]]:
    """The objects in a list under a key, each with its number, counted from 1; none where nothing stands there. What
    is no list, and what in it is no object, is counted among what is ignored."""
    found = holder.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        warnings.ignore(f"{key}: no list")
        return []
    if n := sum(not isinstance(item, dict) for item in found):
        warnings.ignore(f"{key}: no object", n)
    return [(row, item) for row, item in enumerate(found, 1) if isinstance(item, dict)]


def text_of(holder: Mapping[str, Any], key: str) -> str:
    """The text under a key, without spaces around it; a number as it is written; blank for anything else."""
    found = holder.get(key)
    if isinstance(found, str):
        return " ".join(found.split())
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def texts_of(holder: Mapping[str, Any], key: str) -> list[str]:
    """The texts in a list under a key that are not blank, without spaces around them."""
    found = holder.get(key)
    given = found if isinstance(found, list) else []
    return [" ".join(text.split()) for text in given if isinstance(text, str) and text.strip()]
