"""Writing a dataset over what a file holds: not over the work of somebody else, and with that put aside first."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from app.domain.dataset import Dataset
from app.domain.errors import TalentflowError
from app.files.registry import write
from app.files.stamp import Stamp
from app.session.backup import put_aside
from app.session.logs import versions

log = logging.getLogger(__name__)

_ONE = Lock()  # two windows that save the same file do it in turn, so that the second notices the first


def saved(dataset: Dataset, path: Path, known: Stamp | None = None) -> Stamp | None:
    """Write a dataset, and give the stamp of the file; the version that was there is kept, where that can be done.

    known: what the file is thought to be. If it is another, nothing is written, and the result is None. A file that is
    gone is written anew. FileError where it cannot be written.
    """
    with _ONE:
        if known is not None and path.exists() and known.differs(path, closely=True):
            return None
        try:
            put_aside(versions(), path)
        except TalentflowError as error:  # a save is worth more than what it replaces
            log.info("no earlier version could be kept: %s", error)
        write(dataset, path, "csv" if path.is_dir() else None)
        return Stamp.of(path)
