"""The keys of moves that are counted together: those of some days, to one organization or to any."""

from __future__ import annotations

from app.domain import dates

BEGIN = "group:moved:"
"""How they begin: `group:moved:FIRST:END`, and `:ORGANIZATION` where all moves lead to one."""


def moved(first: int, end: int, organization: str = "") -> str:
    """The key of the moves that joined on the days [first, end). organization: its id; blank for any."""
    parts = [dates.text(first), dates.text(end), *([organization] if organization else [])]
    return BEGIN + ":".join(parts)


def meant(key: str) -> tuple[str, str, str] | None:
    """First day, day after the last one, id of the organization (blank for any); None for another key."""
    parts = key.removeprefix(BEGIN).split(":")
    if not key.startswith(BEGIN) or len(parts) not in (2, 3):
        return None
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ""
