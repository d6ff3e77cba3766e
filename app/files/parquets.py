"""Dataset → one Parquet file a table, in a folder or a zip, for any program that reads Parquet.

The tables are those of `.talentflow` (`packed`); each file carries in its metadata what made it, under `talentflow:`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from app.files import archive, atomic, packed
from app.files.outgoing import Outgoing


def write_folder(outgoing: Outgoing, path: Path) -> None:
    """Write the folder, which takes the place of an old one. FileError where it cannot be written."""
    atomic.write_folder(path, _members(outgoing))


def write_zip(outgoing: Outgoing, path: Path) -> None:
    """Write the zip, atomically. FileError where it cannot be written."""
    with atomic.replacing(path) as file:
        archive.write(file, _members(outgoing), packed=False)


def _members(outgoing: Outgoing) -> dict[str, Callable[[BinaryIO], None]]:
    words = {f"talentflow:{word}": text for word, text in outgoing.of_tables.items()}
    members = packed.members(outgoing.dataset, words)
    return {name: partial(_put, write, outgoing, at / len(members)) for at, (name, write) in enumerate(members.items())}


def _put(write: Callable[[BinaryIO], None], outgoing: Outgoing, share: float, file: BinaryIO) -> None:
    outgoing.progress(share)
    write(file)
