"""A thousand steps in a document of a million stints, each written to a journal, undone and redone, and what comes back
from it; print the figures as JSON: `python -m tests.benchmarks.steps`. Linux tells the memory of a process, other
systems 0."""

from __future__ import annotations

import gc
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from app.domain.edit import apply, put
from app.files.registry import read, write
from app.files.stamp import Stamp
from app.session.document import Document
from app.session.journal import Journal
from app.session.recovery import found, recovered
from tests.benchmarks.synthetic import dataset

N_STEPS, N_BACK, WARM = 1_000, 200, 200
PARTS = ("made", "applied", "done", "done_index", "undone", "undone_index", "redone", "redone_index")
"""What is timed of a step: the edit made; applied alone; as a step of the history; the index; and back and forth."""


def megabytes() -> float:
    """Memory of this process."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def measured(folder: Path) -> dict[str, float]:
    """Every figure, in seconds but for the megabytes that the history takes: from the least of the first steps on."""
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
    low, appends = megabytes(), []
    times: dict[str, list[float]] = {name: [] for name in PARTS}
    clock = time.perf_counter

    def looked_at(kind: str, now: Document, journal: Journal) -> None:
        """A look at the index, as a picture takes one, and the line in the journal."""
        nonlocal synced
        begin = clock()
        assert len(now.dataset.index)
        times[f"{kind}_index"].append(clock() - begin)
        synced, begin = 0.0, clock()
        journal.follow(now)
        appends.append(clock() - begin - synced)

    for n, at in enumerate(np.random.default_rng(7).integers(0, 1_000_000, N_STEPS).tolist()):
        row = document.dataset.row("stints", f"st-{at:08d}")
        assert row is not None
        begin = clock()
        edit = put(document.dataset, "Change a role", {"stints": [{**row, "role": f"Rôle {n}"}]})
        times["made"].append(clock() - begin)
        if n < N_BACK:
            begin = clock()
            apply(document.dataset, edit)
            times["applied"].append(clock() - begin)
        begin = clock()
        document = document.done(edit)
        times["done"].append(clock() - begin)
        looked_at("done", document, journal)
        if n < WARM and n % 10 == 0:  # the system takes back what reading the file has left only by and by
            gc.collect()
            low = min(low, megabytes())
    for kind in ("undone", "redone"):
        for _ in range(N_BACK):
            begin = clock()
            document = document.undone() if kind == "undone" else document.redone()
            times[kind].append(clock() - begin)
            looked_at(kind, document, journal)
    os.fsync = sync
    gc.collect()
    history = megabytes() - low
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
        **{name: statistics.median(some) for name, some in times.items()},
        "history_mb": history,
        "found": looked,
        "recovered": back,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(measured(Path(name))))
