"""What is said of a file that was read: what came of it, what is doubtful in which row, what no field holds."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.errors import Fault
from app.domain.schema import TABLES
from app.files.reading import Reading

_MOST = 20
"""Warnings that are said one by one, and columns that are named."""


def report(source: str, found: Reading, faults: Iterable[Fault]) -> list[str]:
    """Lines about a file; none where there is nothing to say. Of a file with fields that nothing holds all is said, of
    another one only how many warnings there are."""
    own = [fault for fault in faults if fault.file]  # those of the file, not of the records made of it
    n_told = sum(fault.n for fault in own)
    warnings = f"{n_told:,} {'warning' if n_told == 1 else 'warnings'} about the file"
    if not found.ignored and not found.detailed:
        return [f"{source}: {warnings}; see main.py check {source}"] if n_told else []
    heights = {name: table.height for name, table in found.dataset.tables.items() if table.height}
    counts = [f"{n:,} {name if n > 1 else TABLES[name].noun}" for name, n in heights.items()]
    lines = [f"{source}: {', '.join(counts) or 'no records'}"]
    lines += [f"warning: {fault.text.partition(chr(10))[0]}" for fault in own[:_MOST]]
    if len(own) > _MOST:
        lines.append(f"… and {n_told - sum(fault.n for fault in own[:_MOST]):,} more warnings about the file")
    if found.ignored:
        named = [f"{name} ({times:,})" for name, times in found.ignored[:_MOST]]
        more = f" and {len(found.ignored) - _MOST:,} more" if len(found.ignored) > _MOST else ""
        lines.append(f"ignored, with how often it has a value: {', '.join(named)}{more}")
    return lines
