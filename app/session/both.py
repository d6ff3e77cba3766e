"""A document whose file somebody else has changed, with the changes of both: its own, done again to the file."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from app.domain.errors import TalentflowError
from app.files.registry import read_sound
from app.files.stamp import Stamp
from app.session.backup import keep
from app.session.document import Document
from app.session.fitting import Lost, done_again
from app.session.logs import versions

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Both:
    """document: the file as it is now and the unsaved changes, each a step that can be undone; lost: what of them does
    not fit; kept: whether the document as it was before is among the earlier versions, for what was lost of it."""

    document: Document
    lost: tuple[Lost, ...] = ()
    kept: bool = False


def both(document: Document) -> Both:
    """Read the file again and do to it what is unsaved in the document. Raises what reading and checking raise.

    Where something is lost by it, the document is put among the earlier versions of the file first. It must have a
    path.
    """
    path = document.path
    assert path is not None  # asked by whoever calls
    stamp = Stamp.of(path)  # before it is read, so that a change meanwhile is noticed
    dataset, warnings = read_sound(path)
    fit = done_again(document.unsaved, dataset)
    made = Document(fit.dataset, path, document.name, tuple(warnings), fit.edits, stamp=stamp)
    kept = False
    if fit.lost:
        try:
            keep(versions(), path, document.dataset)
            kept = True
        except TalentflowError as error:  # what is lost is told in any case
            log.info("the document could not be kept as it was: %s", error)
    return Both(made, fit.lost, kept)
