"""What two moments differ in, to be read: lines with names, as Markdown and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.comparing import HOWS, SAID, Comparison, Difference, How, Moment, Post
from app.pictures import separated, wording
from app.pictures.markdown import table

COLUMNS = ("how", "person", "from", "to", "seat", "status", "sources")


@dataclass(frozen=True, slots=True)
class Line:
    """One difference in words: each blank where it says nothing. key: of the person."""

    how: How
    key: str
    person: str
    before: str
    after: str
    seat: str
    status: str
    sources: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of COLUMNS."""
        return SAID[self.how], self.person, self.before, self.after, self.seat, self.status, "; ".join(self.sources)


def lines(comparison: Comparison) -> list[Line]:
    """All differences, in their order."""
    return [_line(comparison, one) for one in comparison.differences]


def _line(comparison: Comparison, one: Difference) -> Line:
    posts = (one.before, one.after)
    where = [comparison.name("organizations", post.organization) if post is not None else "" for post in posts]
    sources = dict.fromkeys(source for post in posts if post is not None for source in post.sources)
    seats = [comparison.name("seats", post.seat) if post is not None and post.seat else "" for post in posts]
    statuses = [_sure(post) for post in posts]
    return Line(
        how=one.how,
        key=f"people:{one.person}",
        person=comparison.name("people", one.person),
        before=where[0],
        after=where[1],
        seat=_turned(*seats),
        status=_turned(*statuses),
        sources=tuple(_publisher(comparison, source) for source in sources),
    )


def _turned(old: str, new: str) -> str:
    """`old → new`; one of them where the other is blank or the same."""
    return f"{old} → {new}" if old and new and old != new else new or old


def _sure(post: Post | None) -> str:
    if post is None:
        return ""
    return post.status if post.certain else f"{post.status}, day uncertain"


def _publisher(comparison: Comparison, source: str) -> str:
    rows = (moment.dataset.row("sources", source) for moment in (comparison.after, comparison.before))
    return next((str(row["publisher"]) for row in rows if row is not None and row["publisher"]), source)


def heading(comparison: Comparison) -> str:
    """`2025-01-01 compared with 2026-06-28: 40 joined, 12 moved, 3 left; 120 people the same`."""
    told = ", ".join(f"{n:,} {SAID[how]}" for how, n in comparison.counts.items()) or "nothing differs"
    days = " compared with ".join(map(_moment, (comparison.before, comparison.after)))
    same = f"; {wording.people(comparison.stayed)} the same" if comparison.stayed else ""
    return f"{days}: {told}{same}"


def _moment(moment: Moment) -> str:
    known = moment.careers.known.day
    return wording.iso(moment.day) + (f" as known by {wording.iso(known)}" if known is not None else "")


def as_markdown(comparison: Comparison) -> str:
    """A heading and a table for each way to differ; text that Markdown would read as more is made harmless."""
    parts = [f"# {heading(comparison)}", ""]
    every = lines(comparison)
    for how in HOWS:
        mine = [line for line in every if line.how == how]
        if not mine:
            continue
        parts += [f"## {SAID[how].capitalize()} · {len(mine):,}", ""]
        parts += [*table(COLUMNS[1:], (line.cells[1:] for line in mine)), ""]
    parts.append("People known to this dataset, not staff numbers.")
    return "\n".join(parts) + "\n"


def as_csv(comparison: Comparison) -> str:
    """A line a difference under the names of the columns. A text that a spreadsheet would run is made harmless."""
    return separated.as_text(COLUMNS, (line.cells for line in lines(comparison)))


def as_rows(comparison: Comparison) -> Sequence[dict[str, object]]:
    """As values that JSON knows."""
    return [
        {
            "how": one.how, "person": one.person,
            "before": _values(one.before), "after": _values(one.after),
        }
        for one in comparison.differences
    ]  # fmt: skip


def _values(post: Post | None) -> dict[str, object] | None:
    if post is None:
        return None
    return {
        "organization": post.organization, "seat": post.seat or None, "status": post.status, "certain": post.certain,
        "stint": post.stint, "sources": list(post.sources),
    }  # fmt: skip
