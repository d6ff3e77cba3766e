"""What of a document is not in its file: worked out from its history, or by comparing where no steps lead back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.domain.edit import Edit, difference
from app.domain.folding import folded
from app.session.document import Document

NAME = "Unsaved changes"
Against = Literal["file", "nothing", "opened"]


@dataclass(frozen=True, eq=False)
class Unsaved:
    """edit: leads from what it is compared with to the document; against: the file on disk; nothing, for what was begun
    empty and is in no file; or what was opened, for a sample and where it is not known what the file holds."""

    edit: Edit
    against: Against


def unsaved(document: Document) -> Unsaved:
    """What differs from the file on disk.

    Costs a pass over the rows of the edits between, or over all tables where only a comparison tells; that of a large
    dataset is work for a job.
    """
    if document.saved is None and document.on_disk is not None:
        return Unsaved(difference(document.on_disk, document.dataset, NAME), "file")
    saved, here, line = document.saved or 0, len(document.past), document.line
    way = line[saved:here] if saved <= here else [edit.inverse for edit in reversed(line[here:saved])]
    if document.path is not None and document.saved is not None:
        return Unsaved(folded(way, NAME), "file")
    return Unsaved(folded(way, NAME), "nothing" if began_empty(document) else "opened")


def began_empty(document: Document) -> bool:
    """Whether the history begins with an empty dataset."""
    changes = (change for edit in document.past for change in edit.tables.values())
    return document.dataset.n_rows == sum(change.after.height - change.before.height for change in changes)
