"""The target of a team as its record has it: how many seats, until when, on whose word."""

from __future__ import annotations

from app.domain.dataset import Row
from app.pictures.seat_places import Holding
from app.scene.scene import Tip


def record(holding: Holding) -> Row | None:
    """The record of the target; None if there is none."""
    target = holding.build_out.target
    return holding.gathered.dataset.row("targets", target) if target else None


def number(holding: Holding) -> str:
    """`50`; `about 50` where it is a round number: the notes of the record begin with “about”."""
    row = record(holding)
    is_round = row is not None and str(row["notes"] or "").casefold().startswith("about")
    return f"{'about ' if is_round else ''}{holding.build_out.wanted:,}"


def words(holding: Holding) -> str:
    """`about 50 seats`."""
    return f"{number(holding)} {'seat' if holding.build_out.wanted == 1 else 'seats'}"


def told(holding: Holding) -> Tip | None:
    """What the target says when asked; None if there is none."""
    row = record(holding)
    if row is None:
        return None
    links = tuple(row["source_ids"] or ())
    lines = [f"{row['status'] or 'status not known'}, {holding.gathered.publishers(links)}"]
    lines += [f"Until {row['by']}"] if row["by"] else []
    return Tip(f"Target: {words(holding)}", tuple(lines), links)
