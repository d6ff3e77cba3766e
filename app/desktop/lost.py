"""What of somebody's changes could not be done again to a file: told in a line, and listed among the issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import Fault
from app.pictures import wording
from app.session.document import Document
from app.session.fitting import Lost


def told(lost: Sequence[Lost]) -> list[str]:
    """A line for the banner; none if nothing is lost."""
    if not lost:
        return []
    places = wording.counted(len(lost), "place")
    return [
        f"In {places} the changes do not fit the file as it is now: see the issues. The file's own values stand there."
    ]


def with_lost(document: Document, lost: Sequence[Lost]) -> Document:
    """The document with what is lost among its warnings, where it stays in the issues until the file is read again."""
    return replace(document, warnings=(*(_fault(one, document.name) for one in lost), *document.warnings))


def _fault(lost: Lost, file: str) -> Fault:
    c = lost.conflict
    message = f"“{lost.edit}” would have made it {_value(c.a)}, but the file says {_value(c.b)} now"
    return Fault(
        c.code, message, "Make the change again if it still holds.", "warning", file, c.table, c.id, None, c.field
    )


def _value(value: object) -> str:
    return "blank" if value is None or value == "" else f"“{value}”"
