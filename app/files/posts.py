"""What readers of careers share: the order of a person's stints, and days of a file that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.domain import dates
from app.domain.dataset import Row

STEP = 10
"""Between the ranks of two stints, so that one can be put between them."""


def backward(start: str | None, end: str | None) -> bool:
    """Whether an end certainly lies before a start, or where it begins. Both are dates that can be read."""
    first, last = dates.parse(start), dates.parse(end)
    return last.latest <= first.earliest and last.earliest < dates.FUTURE


def ranked(stints: Iterable[Row]) -> None:
    """Give each person's stints their rank, by their days, else as they came.

    Where a person has several and one has no day at all, its order is marked as not stated: no file says by the place
    of a row what came first.
    """
    theirs: dict[str, list[Row]] = defaultdict(list)
    for stint in stints:
        theirs[stint["person_id"]].append(stint)
    for found in theirs.values():
        found.sort(key=_day)
        for n, stint in enumerate(found, 1):
            stint["rank"] = n * STEP
            if len(found) > 1 and not stint.get("start") and stint.get("end") in (None, "", dates.OPEN):
                stint["order_stated"] = False


def seen(stints: Iterable[Row]) -> str | None:
    """About when a file without a day of its own was published: not before the newest of its stints began. None where
    no start is known; ends say nothing, for they may lie ahead."""
    days = [dates.parse(stint["start"]).earliest for stint in stints if stint.get("start")]
    return f"{dates.text(max(days))}~" if days else None


def _day(stint: Row) -> int:
    """The day a stint is sorted by: of its start, else of its end, the unknown first."""
    start, end = dates.parse(stint.get("start")), dates.parse(stint.get("end"))
    if start.earliest > dates.PAST:
        return start.earliest
    return end.earliest if end.earliest < dates.FUTURE else dates.PAST
