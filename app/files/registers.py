"""Which register of research a file, folder or archive comes from, by what its first members hold."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from app.domain.schema import FORMAT
from app.files.register_files import Member, opened

_START = 2**16
_MOST_LOOKED_AT = 20
"""Members of a folder or archive that are looked at."""

_OURS = re.compile(rb'"format"\s*:\s*"' + FORMAT.encode())
_KINDS = (
    (
        "orcid",
        re.compile(
            rb'"orcid-identifier"\s*:|"disambiguated-organization"\s*:|"developer-message"\s*:|xmlns:[\w-]+="http://www\.orcid\.org/ns/'
        ),
    ),
    (
        "wikidata",
        re.compile(
            rb'"entities"\s*:\s*\{\s*"[QP]\d|'
            rb'"type"\s*:\s*"(?:item|property)"\s*,\s*"id"\s*:\s*"[QP]\d+"|'
            rb'"id"\s*:\s*"[QP]\d+"\s*,\s*"type"\s*:\s*"(?:item|property)"'
        ),
    ),
    ("openalex", re.compile(rb'"id"\s*:\s*"https://openalex\.org/[A-Z]\d')),
    ("ror", re.compile(rb'"id"\s*:\s*"https://ror\.org/0[a-z0-9]{6}\d\d"')),
)


def recognised(path: Path) -> str | None:
    """The name of the format of a path, None where it comes from no register.

    FileError where it cannot be read or is not harmless.
    """
    with opened(path) as members:
        return next((kind for found in islice(members, _MOST_LOOKED_AT) if (kind := kind_of(found))), None)


def kind_of(member: Member) -> str | None:
    """The name of the format of one member by its beginning, None where it comes from no register."""
    start = member.content.peek(_START)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"<", b"{", b"[") or _OURS.search(start):
        return None
    return next((name for name, sign in _KINDS if sign.search(start)), None)
