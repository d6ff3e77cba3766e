"""What of a document is not in its file, as one edit: worked out from its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.domain.edit import Edit
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

    Costs a pass over the rows of the edits between: where they are many it is work for a job.
    """
    edit = folded(document.unsaved, NAME)
    if document.path is not None and (document.saved is not None or document.held):
        return Unsaved(edit, "file")
    return Unsaved(edit, "nothing" if began_empty(document) else "opened")


def began_empty(document: Document) -> bool:
    """Whether the history begins with an empty dataset."""
    changes = (change for edit in document.past for change in edit.tables.values())
    return document.dataset.n_rows == sum(change.after.height - change.before.height for change in changes)
