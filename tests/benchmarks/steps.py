"""A thousand steps in a document of a million stints, each written to a journal, and what comes back from it; print the
figures as JSON: `python -m tests.benchmarks.steps`. Linux tells the memory of a process, other systems 0."""

from __future__ import annotations

import gc
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from app.domain.edit import put
from app.files.registry import read, write
from app.files.stamp import Stamp
from app.session.document import Document
from app.session.journal import Journal
from app.session.recovery import found, recovered
from tests.benchmarks.synthetic import dataset

N_STEPS = 1_000


def megabytes() -> float:
    """Memory of this process."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def measured(folder: Path) -> dict[str, float]:
    """Every figure, in seconds but for the megabytes that the history takes."""
    path = folder / "million.talentflow"
    write(dataset(1_000_000), path)
    stamp = Stamp.of(path)
    document = Document(read(path), path, path.name, stamp=stamp)
    assert len(document.dataset.index)
    synced = 0.0
    sync = os.fsync

    def timed(file: int) -> None:
        nonlocal synced
        begin = time.perf_counter()
        sync(file)
        synced += time.perf_counter() - begin

    begin = time.perf_counter()
    journal = Journal.begin(folder / "journals", document)
    begun = time.perf_counter() - begin
    os.fsync = timed
    gc.collect()
    before, appends = megabytes(), []
    for n, at in enumerate(np.random.default_rng(7).integers(0, 1_000_000, N_STEPS).tolist()):
        row = document.dataset.row("stints", f"st-{at:08d}")
        assert row is not None
        document = document.done(put(document.dataset, "Change a role", {"stints": [{**row, "role": f"Rôle {n}"}]}))
        assert len(document.dataset.index)  # as a picture looks at it
        synced, begin = 0.0, time.perf_counter()
        journal.follow(document)
        appends.append(time.perf_counter() - begin - synced)
    os.fsync = sync
    gc.collect()
    history = megabytes() - before
    journal.close(discard=False)
    del document, journal
    gc.collect()
    begin = time.perf_counter()
    (left,) = found(folder / "journals")
    looked = time.perf_counter() - begin
    begin = time.perf_counter()
    made = recovered(left)
    back = time.perf_counter() - begin
    assert len(made.document.past) == N_STEPS
    made.journal.close(discard=True)
    ninety_ninth = statistics.quantiles(appends, n=100)[98]
    return {
        "begun": begun,
        "append": statistics.median(appends),
        "slow": ninety_ninth,
        "history_mb": history,
        "found": looked,
        "recovered": back,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(measured(Path(name))))
