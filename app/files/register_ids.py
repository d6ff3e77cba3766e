"""Ids of registers in the one form in which a dataset keeps them, so that two registers agree on them.

People: `orcid` as 0000-0000-0000-0000, `openalex` as A…, `wikidata` as Q…. Organizations keep theirs under `ids` in the
hidden `extra`: `ror` as https://ror.org/…, `grid` as grid.…, `wikidata` as Q…, `openalex` as I…, `isni` as sixteen
signs without spaces, `fundref` as digits, `ringgold` and `lei` as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.files.manifest import written

_FORMS = {
    "orcid": (re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])"), "{}-{}-{}-{}"),
    "openalex": (re.compile(r"([AIWSTCPF]\d+)"), "{}"),
    "wikidata": (re.compile(r"(Q[1-9]\d*)"), "{}"),
    "ror": (re.compile(r"(0[a-z0-9]{6}\d\d)"), "https://ror.org/{}"),
    "grid": (re.compile(r"(grid\.\d+\.[0-9a-f]+)"), "{}"),
    "isni": (re.compile(r"(\d{4}) ?(\d{4}) ?(\d{4}) ?(\d{3}[\dX])"), "{}{}{}{}"),
    "fundref": (re.compile(r"(?:10\.13039/)?(\d+)"), "{}"),
    "ringgold": (re.compile(r"(\d+)"), "{}"),
    "lei": (re.compile(r"([A-Z0-9]{18}\d\d)"), "{}"),
}
_ADDRESS = re.compile(r"https?://[^/]+/(?:(?:wiki|entity|institutes|isni|authors|institutions)/)*", re.IGNORECASE)
_DIGITS = 15


@lru_cache(maxsize=65536)
def standard(register: str, text: str) -> str:
    """An id as a dataset keeps it, of the id alone or its address; blank if it is none of this register."""
    if register not in _FORMS:
        return ""
    form, kept = _FORMS[register]
    bare = _ADDRESS.sub("", text.strip(), count=1)
    found = form.fullmatch(bare) or form.fullmatch(bare.upper()) or form.fullmatch(bare.lower())
    return kept.format(*found.groups()) if found else ""


def is_orcid(text: str) -> bool:
    """Whether an ORCID iD is in its form and its last sign fits the others (ISO 7064, MOD 11-2)."""
    signs = text.replace("-", "")
    if not text or standard("orcid", text) != text:
        return False
    total = 0
    for sign in signs[:_DIGITS]:
        total = (total + int(sign)) * 2
    last = (12 - total % 11) % 11
    return signs[_DIGITS] == ("X" if last == 10 else str(last))


def kept(ids: Mapping[str, str], more: Mapping[str, object] | None = None) -> str | None:
    """The `extra` of an organization: its ids, and what else is kept of its record. None if there is neither."""
    held = {**({"ids": dict(ids)} if ids else {}), **(more or {})}
    return written(held) if held else None
