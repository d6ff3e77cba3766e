"""Tables as CSV (RFC 4180) for spreadsheets, in which a text of the data is never run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

RUN = "=+-@\t\r"
"""Letters with which a spreadsheet takes a text for a formula."""


def as_text(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A line a row under the names of the columns. A text that a spreadsheet would run is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([f"'{cell}" if cell and cell[0] in RUN else cell for cell in row])
    return out.getvalue()
