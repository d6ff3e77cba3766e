"""A million records in a table that is edited: opened, sorted, searched, scrolled, a cell set and undone, many filled,
some removed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.analysis.entering import Cells, entered
from app.desktop.panels.records import RecordsPanel
from app.domain.edit import apply
from app.domain.removing import removal
from app.pictures.record_listing import LISTED, RecordListing
from app.session.document import Document
from tests.benchmarks.synthetic import dataset, seated

Show = Callable[..., None]
N = 1_000_000
RUNS, SCREENS = 20, 60
WORDS = ("person 12", "organization 7", "2014-05", "nobody", "confirmed", "nowhere")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def report(show: Show) -> None:
    """Every figure."""
    held = QApplication.instance() or QApplication([])
    _stints(show)
    _others(show)
    del held


def _stints(show: Show) -> None:
    data = dataset(N)
    assert data.index is not None
    panel = RecordsPanel()
    panel.resize(1400, 700)
    panel.tabs.setCurrentIndex(LISTED.index("stints"))
    document, image = Document(data), QImage(1400, 700, QImage.Format.Format_RGB32)

    def opened() -> None:
        panel.show_document(document)
        panel.show()
        panel.render(image)

    first = seconds(opened)
    show("Open a table of 1M stints, first screen painted", first, 0.1, "in the order of the ids")
    table = panel.record_table
    model = table.model

    def sort(column: int) -> None:
        model.sort(column, Qt.SortOrder.AscendingOrder)
        panel.render(image)

    times = [(seconds(lambda c=c: sort(c)), model.columns[c].name) for c in range(len(model.columns))]
    again = [(seconds(lambda c=c: sort(c)), model.columns[c].name) for c in range(len(model.columns))]
    (first, name), (later, _) = max(times), max(again)
    show("… sorted and painted, slowest column", first, 0.3, f"{name}; again {later * 1000:.0f} ms")
    for column in model.columns:
        column.cells.matching("\0")
    typed, shown = [], []
    for word in WORDS:
        typed.append((seconds(lambda w=word: model.filter(w)), word))
        shown.append(seconds(lambda: panel.render(image)))
    again = f"“{max(typed)[1]}”; then painted in {statistics.median(shown) * 1000:.0f} ms"
    show("… searched, slowest words", max(typed)[0], 0.1, again)
    model.filter("")
    view = table.view

    def scroll(place: int) -> None:
        view.verticalScrollBar().setValue(place)
        QApplication.processEvents()  # what has come into sight is painted, the rest is moved

    frames = [seconds(lambda p=p: scroll(p)) for p in range(0, 1_500, 3)]
    worst = statistics.quantiles(frames, n=20)[18]
    show("… scrolled by three rows, 95th percentile", worst, 0.016, f"median {statistics.median(frames) * 1000:.1f} ms")
    far = [seconds(lambda p=p: scroll(p)) for p in np.random.default_rng(1).integers(0, N, SCREENS).tolist()]
    show("… scrolled anywhere, 95th percentile", statistics.quantiles(far, n=20)[18], 0.05, "a whole screen anew")
    _edits(show, panel, document, image)
    panel.close()


def _edits(show: Show, panel: RecordsPanel, document: Document, image: QImage) -> None:
    data, model = document.dataset, panel.record_table.model
    roles, days = [f"Role {n}" for n in range(RUNS)], [f"20{n + 10}" for n in range(RUNS)]
    for name, field, values in (("a role", "role", roles), ("a date", "announced", days)):
        made, valued, followed, painted, undone = [], [], [], [], []
        for n, value in enumerate(values):
            row_id = model.id_at(n * 1_000)
            begin = time.perf_counter()
            edit = entered(document.dataset, Cells("stints", [row_id], {field: [value]}), "Set")
            made.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            after = document.done(edit)
            assert after.dataset.index is not None
            valued.append(time.perf_counter() - begin)
            followed.append(seconds(lambda d=after: panel.show_document(d)))
            painted.append(seconds(lambda: panel.render(image)))
            back = after.undone()
            undone.append(seconds(lambda d=back: (d.dataset.index, panel.show_document(d))))
        notes = f"made and checked {statistics.median(made) * 1000:.1f} ms before"
        show(f"Set {name} among 1M stints: the dataset and its index", statistics.median(valued), 0.005, notes)
        again = f"painted again in {statistics.median(painted) * 1000:.1f} ms"
        show("… the table follows", statistics.median(followed), 0.005, again)
        show("… undone, the table following", statistics.median(undone), 0.010, "")
    many = Cells("stints", model.records.ids(model.rows[:100_000]), {"role": ["Scientist"] * 100_000})
    show("Set 100,000 cells as one edit", seconds(lambda: entered(data, many, "Fill")), 1.0, "made and checked")
    for table, row_id in (("people", "made-up-0000012"), ("organizations", "org-0007")):
        took = seconds(lambda t=table, i=row_id: apply(data, removal(data, {t: [i]}, "Remove").edit))
        show(f"Remove one of the {table}, with 1M stints", took, 0.5, "found, and applied")


def _others(show: Show) -> None:
    """Tables in which names are many."""
    panel = RecordsPanel()
    panel.show_document(Document(seated(N)))
    panel.refresh()
    for table in ("people", "seats"):
        listing = panel.listing(table)
        assert isinstance(listing, RecordListing)
        times = [(seconds(lambda c=c, made=listing: made.sort_order(c)), c) for c in range(len(listing.columns))]
        name = f"Sort {listing.n:,} {table}, slowest column, first time"
        show(name, max(times)[0], 0.3, listing.columns[max(times)[1]].name)
    panel.close()


if __name__ == "__main__":
    report(
        lambda name, took, target, note="": print(
            f"| {name} | {took * 1000:8.1f} ms | ≤ {target * 1000:.0f} ms | {note} |"
        )
    )
