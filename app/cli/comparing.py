"""`compare`: who joined, left or moved between two moments, as text, JSON, Markdown or CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.analysis.comparing import Comparison
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.lens import parse
from app.files.atomic import write_atomically
from app.pictures.moments import as_csv, as_markdown, as_rows, heading, lines
from app.wishes.options import differing, sides

WRITERS: dict[str, Callable[[Comparison], str]] = {".md": as_markdown, ".csv": as_csv}


def compared(dataset: Dataset, other: Dataset | None, chosen: Mapping[str, Any]) -> Comparison:
    """The comparison that the options ask for. UsageError for what is no day or no filter, or where both moments
    are the same."""
    asked = differing(dataset, other, sides(chosen))
    return Comparison.between(dataset, other, asked, chosen["level"], parse(chosen["lens"]))


def text(made: Comparison) -> str:
    """The comparison as lines: + joined, > moved, - left, ~ changed."""
    signs = {"joined": "+", "moved": ">", "left": "-", "seat": "~", "status": "~"}
    told = [heading(made)]
    for line in lines(made):
        way = " → ".join(part for part in dict.fromkeys((line.before, line.after)) if part)
        more = ", ".join(part for part in (line.seat, line.status) if part)
        told.append(f"{signs[line.how]} {line.person}: {way}" + (f" ({more})" if more else ""))
    return "\n".join(told)


def value(made: Comparison) -> str:
    """The comparison as JSON."""
    held = {
        "before": made.before.day, "after": made.after.day, "counts": made.counts, "stayed": made.stayed,
        "differences": list(as_rows(made)),
    }  # fmt: skip
    return json.dumps(held, ensure_ascii=False, indent=1)


def written(made: Comparison, path: Path) -> None:
    """Write it in the format of the ending. UsageError for another ending, FileError where it cannot be written."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        message = f"{path}: a comparison cannot be written as {path.suffix or 'a file without an ending'!r}"
        raise UsageError(Fault("format", message, f"End the name in {' or '.join(WRITERS)}."))
    write_atomically(path, writer(made).encode("utf-8"))
