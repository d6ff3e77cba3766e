"""What sort of post a role is, where its words say so."""

from __future__ import annotations

import re

_KINDS = (
    ("founder", re.compile(r"founder|co-founder|founding", re.IGNORECASE)),
    ("visiting", re.compile(r"visiting", re.IGNORECASE)),
    ("advisor", re.compile(r"advis[eo]r|advisory", re.IGNORECASE)),
    ("education", re.compile(r"student|phd|doctoral|master|bachelor|postdoc", re.IGNORECASE)),
)


def kind_said(role: str) -> str | None:
    """The kind of stint that a role begins by naming, None if it names none."""
    return next((kind for kind, pattern in _KINDS if pattern.match(role)), None)
