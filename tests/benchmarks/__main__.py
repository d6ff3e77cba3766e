"""Prints every figure with its target: `python -m tests.benchmarks [GROUP …]`. Medians; the machine is named first."""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of several runs, garbage collected before each."""
    times = []
    for _ in range(runs):
        gc.collect()
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def show(name: str, seconds: float, target: float, note: str = "") -> None:
    """One figure: milliseconds below a second."""
    unit = (lambda s: f"{s * 1000:8.1f} ms") if target < 0.5 else (lambda s: f"{s:8.2f} s ")
    print(
        f"| {name} | {unit(seconds)} | ≤ {unit(target).strip()} | {'yes' if seconds <= target else 'no'} | {note} |",
        flush=True,
    )


def weigh(name: str, megabytes: float, target: float, note: str = "") -> None:
    """One figure of memory."""
    met = "yes" if megabytes <= target else "no"
    print(f"| {name} | {megabytes:8.0f} MB | ≤ {target:.0f} MB | {met} | {note} |", flush=True)


def carry(name: str, n_bytes: int, target: int, note: str = "") -> None:
    """One figure of a file."""
    met = "yes" if n_bytes <= target else "no"
    print(f"| {name} | {n_bytes / 1000:8.0f} kB | ≤ {target / 1000:,.0f} kB | {met} | {note} |", flush=True)


def main() -> None:
    """All groups in turn, each on its own so that none pays for another's memory."""
    groups = {
        "window": window,
        "frames": frames,
        "hand": hand,
        "records": tabled,
        "files": files,
        "exports": exported,
        "registers": registers,
        "tables": foreign,
        "merging": merging,
        "duplicates": duplicated,
        "journal": journal,
        "views": views,
        "stopwatch": stopwatch,
        "analysis": analysis,
        "pictures": pictures,
        "moving": moved,
        "chart": charted,
        "sankey": sankeys,
        "exchange": exchanged,
        "careers": lives,
    }
    wanted = [arg for arg in sys.argv[1:] if not arg.startswith("--")] or list(groups)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}\n")
    print("| figure | median | target | met | |\n|---|---|---|---|---|")
    for name in wanted:
        groups[name]()


def window() -> None:
    """From the start of the process to a painted frame, and to the first picture with people in motion."""
    painted, moved = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as home:  # a first start: nothing is remembered
            env = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | {"HOME": home}
            args = [sys.executable, "-m", "tests.benchmarks.first_paint"]
            begin = time.time()
            done = subprocess.run(args, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        told = json.loads(done.stdout.splitlines()[-1])
        painted.append(told["painted"] - begin)
        moved.append(told["moving"] - begin)
    show("Painted window", statistics.median(painted), 0.3, "process start to first paint")
    show("First moving picture", statistics.median(moved), 1.5, "bundled dataset")


def frames() -> None:
    """The 95th percentile of frames over ten seconds of play, in each clock mode."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from app.analysis.options import Options
    from app.desktop.canvas import Canvas
    from app.desktop.pictureview import SLICE
    from app.pictures.flowmap import FlowMap, FlowMapOptions
    from app.pictures.shown import MapShown
    from app.render.widths import measure
    from app.session.clock import Clock, Mode
    from tests.benchmarks.synthetic import web

    held = QApplication.instance() or QApplication([])
    for n_nodes, n_flows, n_moves in ((25, 300, 1_000), (46, 2_000, 10_000)):
        picture = FlowMap.of(
            web(n_nodes, n_flows, n_moves), FlowMapOptions(Options(), size=(1920.0, 1080.0), top=n_nodes), measure
        )
        canvas = Canvas()
        canvas.resize(1920, 1080)
        canvas.show_picture(MapShown(measure, picture))
        image = QImage(1920, 1080, QImage.Format.Format_RGB32)
        for mode in Mode:
            # half the moves land within the ten seconds, so that dots are many on the way and at rest
            span = picture.span
            canvas.show_clock(Clock(span[0], span, mode=mode, speed=(span[1] - span[0]) / 10.0).played())
            canvas._timer.stop()  # frames are driven below, sixty a second as in real play
            times = []
            for _ in range(600):
                begin = time.perf_counter()
                canvas.show_clock(replace(canvas.clock.after(1 / 60), playing=True))
                if begin > canvas._filled:
                    canvas._stills.step(SLICE)
                canvas.render(image)
                times.append(time.perf_counter() - begin)
                time.sleep(max(1 / 60 - times[-1], 0.0))
            worst = statistics.quantiles(times, n=20)[18]
            show(
                f"Frame, 95th percentile, {mode}, {n_flows:,} flows, {n_moves:,} people",
                worst,
                0.016,
                f"median {statistics.median(times) * 1000:.1f} ms",
            )
        canvas.close()
    del held


def hand() -> None:
    """What the window answers to a hand."""
    from tests.benchmarks.hand import report

    report(show)


def tabled() -> None:
    """A million records in a table that is edited."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks.records import report

    report(show)


def lives() -> None:
    """Careers and timelines."""
    from tests.benchmarks.careers import careers

    careers(show, median)


def files() -> None:
    """Opening a million stints with index and checks: time, and the peak memory of the process."""
    from app.files.registry import write
    from tests.benchmarks.synthetic import dataset

    with tempfile.TemporaryDirectory() as folder:
        made = dataset(1_000_000)
        for ending, target in ((".talentflow", 0.8), (".json", 3.0)):
            path = Path(folder) / f"million{ending}"
            write(made, str(path))
            runs = [_child("tests.benchmarks.open_file", str(path)) for _ in range(RUNS)]
            peak = statistics.median(r["peak_mb"] for r in runs)
            size = path.stat().st_size / 1e6
            show(
                f"Open 1M stints, {ending}, index and checks",
                statistics.median(r["seconds"] for r in runs),
                target,
                f"peak {peak:.0f} MB, file {size:.0f} MB",
            )


def exported() -> None:
    """Data for other programs."""
    from tests.benchmarks.exports import exports

    exports(show, median)


def registers() -> None:
    """Opening what registers publish with index and checks: time, and the peak memory of the process."""
    made = (
        ("10,000 ORCID summaries, `.tar.gz`", "summaries", 10_000, "orcid.tar.gz", 15.0),
        ("50,000 OpenAlex authors, `.gz`", "authors", 50_000, "openalex.gz", 30.0),
        ("110,000 organizations of ROR", "organizations", 110_000, "ror.json", 30.0),
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, kind, n, file, target in made:
            path = Path(folder, file)
            _child("tests.benchmarks.registers", kind, str(path), str(n))
            runs = [_child("tests.benchmarks.open_file", str(path)) for _ in range(RUNS)]
            peak = statistics.median(r["peak_mb"] for r in runs)
            note = f"peak {peak:.0f} MB, file {path.stat().st_size / 1e6:.0f} MB"
            show(f"Open {name}, index and checks", statistics.median(r["seconds"] for r in runs), target, note)


def foreign() -> None:
    """A table of a million rows of another program, its columns guessed: time, and the peak memory of the process."""
    from tests.benchmarks.foreign import write_table

    with tempfile.TemporaryDirectory() as folder:
        for name, target, separator in (("comma", 3.0, ","), ("semicolon", 3.0, ";")):
            path = Path(folder) / f"million-{name}.csv"
            write_table(path, 1_000_000, separator)
            runs = [_child("tests.benchmarks.open_file", str(path)) for _ in range(RUNS)]
            peak = statistics.median(r["peak_mb"] for r in runs)
            size = path.stat().st_size / 1e6
            show(
                f"Open a table of 1M rows, CSV ({name}), index and checks",
                statistics.median(r["seconds"] for r in runs),
                target,
                f"peak {peak:.0f} MB, file {size:.0f} MB",
            )
            weigh(f"Its peak memory ({name})", peak, 1_500)


def merging() -> None:
    """Three versions of a million stints made one, from the command line."""
    import polars as pl

    from app.domain.dataset import Dataset
    from app.files.registry import write
    from tests.benchmarks.synthetic import dataset

    made = dataset(1_000_000)
    tenths = pl.int_range(pl.len()) % 10
    with tempfile.TemporaryDirectory() as folder:
        for ending, target in ((".talentflow", 6.0), (".json", 10.0)):
            versions = {"base": made}
            for name, tenth, field in (("a", 0, "role"), ("b", 1, "notes")):
                changed = pl.when(tenths == tenth).then(pl.lit("changed")).otherwise(field).alias(field)
                versions[name] = Dataset.of({**made.tables, "stints": made["stints"].with_columns(changed)})
            for name, version in versions.items():
                write(version, f"{folder}/{name}{ending}")
            paths = [f"{folder}/{name}{ending}" for name in (*versions, "out")]
            args = [sys.executable, "main.py", "merge", *paths[:3], "-o", paths[3]]
            show(
                f"Merge of 1M stints, 100,000 changed on either side, {ending}",
                median(lambda a=args: subprocess.run(a, cwd=ROOT, capture_output=True, check=True), 3),
                target,
                "start, reading, checks and writing included",
            )


def duplicated() -> None:
    """Records that are on record twice: found among many, and made one among many stints."""
    from app.analysis.duplicates import duplicates
    from app.domain.edit import apply
    from app.domain.rewiring import rewire
    from tests.benchmarks.namesakes import namesakes
    from tests.benchmarks.synthetic import dataset

    people, twice = namesakes(100_000, 2_000)
    _ = people.index
    groups = duplicates(people, lambda _: None)
    pairs = {frozenset(group.ids) for group in groups}
    note = f"{len(groups):,} groups, {len(pairs & twice):,} of 2,000 made on purpose"
    show("Duplicates among 100,000 people", median(lambda: duplicates(people, lambda _: None), 3), 5.0, note)
    made = dataset(1_000_000)
    _ = made.index
    for table, note in (("people", ""), ("organizations", "some 1,000 stints each")):
        ids = made[table].get_column("id")
        edit = rewire(made, table, ids[5], [ids[6]]).edit
        work = median(lambda t=table, a=ids[5], b=ids[6]: rewire(made, t, a, [b]))
        show(f"Two {table} made one among 1M stints: the edit", work, 0.2, note)
        show(f"Two {table} made one among 1M stints: done", median(lambda e=edit: apply(made, e)), 0.5, note)


def journal() -> None:
    """A thousand steps at a million stints: written down, remembered, brought back."""
    runs = [_child("tests.benchmarks.steps") for _ in range(3)]
    told = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    show("Begin the journal of a file that has its stamp", told["begun"], 0.05)
    note = f"99th percentile {told['slow'] * 1000:.1f} ms; without the disk's own time"
    show("An edit of one row at 1M stints", told["done"], 0.005, f"{told['applied'] * 1000:.1f} ms of it to apply it")
    show("… and the index on the next look", told["done_index"], 0.05)
    show("Undo it", told["undone"], 0.005, f"the index {told['undone_index'] * 1000:.1f} ms")
    show("Redo it", told["redone"], 0.005, f"the index {told['redone_index'] * 1000:.1f} ms")
    show("Write down an edit of one row", told["append"], 0.005, note)
    show("Look what was left behind, 1,000 edits", told["found"], 0.1)
    show("Bring 1,000 edits of 1M stints back", told["recovered"], 5.0)
    weigh("Memory of 1,000 steps at 1M stints", told["history_mb"], 300)


def views() -> None:
    """From an edit of the bundled dataset to all that a window shows of it."""
    from tests.benchmarks.views import report

    report(show)


def stopwatch() -> None:
    """Moves recorded again by their keys, at the pace of somebody who types."""
    from tests.benchmarks.stopwatch import measured, whole

    taken = [one for *_, one in measured(8)]
    keys = statistics.median(one.n_keys for one in taken)
    show("Record a move, with its source", statistics.median(map(whole, taken)), 20.0, f"{keys:.0f} keys")


def _child(module: str, *args: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", module, *args], cwd=ROOT, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def analysis() -> None:
    """Moves and flows, from the index and from a shuffled Parquet file; one edit."""
    import polars as pl

    from app.analysis.careers import Careers
    from app.analysis.flows import Flows
    from app.domain import edit
    from app.domain.dataset import Dataset
    from tests.benchmarks.synthetic import dataset, tables

    made = dataset(1_000_000)
    held = made.index

    def flows(of: Dataset) -> int:
        return len(Flows.of(Careers.of(of).moves, of["organizations"].height))

    show("Moves and flows of 1M stints, given the index", median(lambda: flows(made)), 0.060, f"{len(held):,} stints")
    row = made.row("stints", "st-00500000")
    assert row is not None
    for name, changed in (
        ("role", {"role": "Changed"}),
        ("start", {"start": "2001-02"}),
        ("a new stint", {"id": "st-00500000-b"}),
    ):
        change = edit.put(made, "Change", {"stints": [{**row, **changed}]})
        show(f"One edit of 1M stints ({name})", median(lambda c=change: edit.apply(made, c), 20), 0.005)
        show(
            f"… and the index on the next look ({name})", median(lambda c=change: edit.apply(made, c).index, 20), 0.050
        )
    for n, target in ((1_000_000, 0.5), (10_000_000, 5.0)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "stints.parquet"
            frames = tables(n, shuffled=True)
            frames.pop("stints").write_parquet(path)
            gc.collect()
            rest = dict(frames)
            show(
                f"Moves and flows of {n // 1_000_000}M stints from a shuffled Parquet file",
                median(lambda p=path, r=rest: flows(Dataset.of({**r, "stints": pl.read_parquet(p)}))),
                target,
                "read and index included",
            )


def pictures() -> None:
    """A flow map of 300 flows: layout, SVG, PNG. Build-outs and teams: derived, and set."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.analysis.options import Options
    from app.layout.flowmap import layout
    from app.pictures import flowmap
    from app.pictures.flowmap import FlowMap, FlowMapOptions
    from app.render.image import png
    from app.render.svg import svg
    from app.render.theme import LIGHT
    from app.render.widths import measure
    from tests.benchmarks.synthetic import web

    held = QApplication.instance() or QApplication([])
    problems: list[Any] = []

    def spied(problem: Any, **others: Any) -> Any:
        problems.append(problem)
        return layout(problem, **others)

    flowmap.layout = spied  # the problem as the picture poses it
    picture = FlowMap.of(web(25, 300, 1_000), FlowMapOptions(Options(), size=(1920.0, 1080.0), top=25), measure)
    flowmap.layout = layout
    scene = picture.scene()
    show("Layout of a flow map, 25 organizations, 300 flows", median(lambda: layout(problems[0])), 0.3)
    show("Scene of it", median(picture.scene), 0.05)
    show("SVG of it", median(lambda: svg(scene, LIGHT, embed_font=False)), 0.015)
    show("PNG of it, 1920 × 1080", median(lambda: png(scene, LIGHT)), 0.15)
    from tests.benchmarks.seats import report

    report(show, median)
    del held


def moved() -> None:
    """Pictures that play, as files."""
    from tests.benchmarks.moving import report

    report(show, carry)


def charted() -> None:
    """The organization chart."""
    from tests.benchmarks.chart import chart

    chart(show, median)


def sankeys() -> None:
    """Orders of layers, and the pictures that are made of them."""
    from tests.benchmarks.sankey import report

    report(show, median)


def exchanged() -> None:
    """Orders of matrices and circles, and the pictures that are made of them."""
    from tests.benchmarks.exchange import report

    report(show, median)


if __name__ == "__main__":
    main()
