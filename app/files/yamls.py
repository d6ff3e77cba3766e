"""YAML of other programs, by the safe loader and without its guesses: a value is a text, a list or a mapping.

So `01` stays as it is written and `no` is a word. Aliases are refused: a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from app.domain.errors import FileError
from app.files import texts
from app.files.texts import refused, too_large

MOST_BYTES = 2**26
"""Bytes of text that are read: 64 MiB, some twenty seconds."""
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s,\[\]{}]", re.MULTILINE)
"""Where an alias may stand; in a text the same signs mean nothing."""


def read(path: Path) -> Any:
    """The value of a file of one document. FileError where it cannot be read, is no UTF-8 or no YAML, has an alias or a
    tag that makes an object, or holds more than MOST_BYTES."""
    import yaml

    class Plain(yaml.CSafeLoader):
        """The safe loader, without the types that it guesses from how a value looks."""

    Plain.yaml_implicit_resolvers = {}
    with texts.opened(path) as file:
        if len(file) > MOST_BYTES:
            raise too_large(path, MOST_BYTES, "Split it into several files.")
        content = file[file.begin : len(file)]
    try:
        text = content.decode()
        if _ALIAS.search(text) and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Plain)):
            message = "it refers to a value elsewhere in it by an alias (*name)"
            raise refused(path, "alias", message, "Write the value out where it is meant.")
        return yaml.load(text, Plain)  # a subclass of the safe loader
    except UnicodeDecodeError as error:
        raise refused(path, "encoding", "it is not UTF-8 text", "Save it as UTF-8.") from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise _no_yaml(path, error) from error


def _no_yaml(path: Path, error: Exception) -> FileError:
    mark = getattr(error, "problem_mark", None)
    reason = str(getattr(error, "problem", None) or error).splitlines()
    where = f" in line {mark.line + 1:,}" if mark is not None else ""
    message = f"it is not valid YAML: {reason[0][:200] if reason else 'it cannot be read'}{where}"
    return refused(path, "syntax", message, "Correct it in a text editor, or fetch it again.")
