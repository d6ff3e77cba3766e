"""Stints of a person as a register lists them, in no order of its own → rows in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain import dates
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids
from app.files.reading import Warnings

_STEP = 10


@dataclass(frozen=True, slots=True)
class Post:
    """One stint before it has its place. start, end: EDTF, blank if not known; key: tells posts of equal dates apart,
    and orders them; in_order: False where nobody says which of two came first."""

    organization_id: str
    kind: str
    start: str
    end: str
    key: str
    entry: Entry
    sources: tuple[str, ...]
    unit: str = ""
    role: str = ""
    status: str = ""
    notes: str = ""
    extra: str | None = None
    in_order: bool = True


def stints(posts: Iterable[Post], person_id: str, name: str, ids: Ids, warnings: Warnings) -> list[Row]:
    """The rows of one person's stints: by start; without one by end; without either last, and out of order.

    An end that certainly lies before its start is left out and told.
    """
    given = sorted(posts, key=_place)
    rows: list[Row] = []
    for n, post in enumerate(given, 1):
        row_id = ids.new("st", name, str(n * _STEP))
        end = post.end
        if end not in ("", dates.OPEN) and dates.parse(end).latest <= dates.parse(post.start or None).earliest:
            message = f"it ends {end} before it starts {post.start}, and its end is left out"
            remedy = "Correct one of the two dates."
            warnings.add(
                "end-before-start", message, remedy, entry=post.entry, field=post.key, about=("stints", row_id)
            )
            end = ""
        dated = post.start or end not in ("", dates.OPEN)
        rows.append(
            {
                "id": row_id,
                "person_id": person_id,
                "organization_id": post.organization_id,
                "unit": post.unit or None,
                "role": post.role or None,
                "kind": post.kind,
                "rank": n * _STEP,
                "order_stated": False if len(given) > 1 and not (dated and post.in_order) else None,
                "start": post.start or None,
                "end": end or None,
                "status": post.status or None,
                "notes": post.notes or None,
                "source_ids": list(post.sources),
                "extra": post.extra,
            }
        )
    return rows


def edtf(year: str, month: str = "", day: str = "") -> tuple[str, bool]:
    """A date as far as it is one, and whether that is all that was given: the year alone where there is no such month,
    blank where there is no such year."""
    given = [part.strip() for part in (year, month, day)]
    while given and not given[-1]:
        given.pop()
    whole = all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in given)
    for n in range(len(given), 0, -1):
        parts = given[:n]
        if not all(part.isascii() and part.isdecimal() for part in parts):
            continue
        text = "-".join(part.zfill(2 if at else 4) for at, part in enumerate(parts))
        if dates.readable(text):
            return text, whole and n == len(given)
    return "", not given


def _place(post: Post) -> tuple[int, int, str]:
    start, end = dates.parse(post.start or None), dates.parse(post.end or None)
    known = start.earliest if post.start else end.earliest if post.end else dates.FUTURE
    return known, end.earliest if post.end else dates.FUTURE, post.key
