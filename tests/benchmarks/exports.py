"""Figures of data for other programs: a million stints in every format, and how large the files are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

TARGETS = {"xlsx": 120.0, "parquet": 2.0, "parquet.zip": 2.0}
"""Seconds; a workbook is written cell by cell."""
OTHERWISE = 40.0


def exports(show: Callable[..., None], median: Callable[..., float]) -> None:
    """Each format once: some take a minute."""
    from app.files.exports import EXPORTS
    from app.files.outgoing import Outgoing
    from tests.benchmarks.synthetic import dataset

    data = dataset(1_000_000)
    data.index  # noqa: B018 # made on opening, and not what is measured
    with tempfile.TemporaryDirectory() as folder:
        for name, export in EXPORTS.items():
            path = Path(folder, f"data{export.ending}")
            seconds = median(lambda: export.write(Outgoing(data), path), 1)  # noqa: B023 # run at once
            files = path.iterdir() if path.is_dir() else [path]
            size = sum(file.stat().st_size for file in files) / 1e6
            show(f"1M stints as {name}", seconds, TARGETS.get(name, OTHERWISE), f"{size:,.0f} MB")
