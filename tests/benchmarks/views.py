"""A window on the bundled dataset: from an edit, undone or redone, until everything in sight shows it."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.desktop.application import Application
    from app.domain.edit import Edit

Show = Callable[[str, float, float, str], None]
STEPS = 12
SIZE = (1920, 1080)
PANELS = ("view.evidence", "view.tables", "view.issues", "view.history", "view.changes")


def report(show: Show) -> None:
    """An edit that changes a name, one that records a move, and their way back."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.desktop.application import Application
    from app.desktop.frame import Frame
    from app.desktop.opening import prepare
    from app.desktop.windows import prepare_application
    from app.session.settings import Settings

    held = QApplication.instance() or QApplication([])
    assert isinstance(held, QApplication)
    prepare_application(held)
    with tempfile.TemporaryDirectory() as folder:
        frame = Frame(Settings(Path(folder)))
        frame.resize(*SIZE)
        frame.show()
        app = Application(frame, prepare(None, (SIZE[0], SIZE[1] - 420)), play=False)
        app.timebar.grow()
        for name in PANELS:
            app.frame.actions_by_id[name].trigger()
        app.session.set_focus(("people:jason-wei",))
        _settle(app)
        for name, made in (("a name", _renamed), ("a move", _moved)):
            taken: dict[str, list[tuple[float, float, float]]] = {}
            for n in range(STEPS):
                edit = made(app, n)
                for kind, step in (
                    ("done", lambda e=edit: app.session.do(e)), ("undone", app.session.undo),
                    ("redone", app.session.redo), ("undone", app.session.undo),
                ):  # fmt: skip
                    taken.setdefault(kind, []).append(_timed(app, step))
            for kind, times in taken.items():
                whole, picture, processor = (statistics.median(part) * 1000 for part in zip(*times, strict=True))
                note = f"the picture after {picture:.0f} ms; {processor:.0f} ms of processor time"
                show(f"All views after {name} is {kind}, bundled dataset", whole / 1000, 0.1, note)
        frame.may_close = lambda: True
        app.close()
        frame.close()
    del held


def _renamed(app: Application, n: int) -> Edit:
    from app.domain.edit import put

    assert app.session.document is not None
    dataset = app.session.document.dataset
    row = dataset.row("people", "jason-wei")
    assert row is not None
    return put(dataset, f"Rename {n}", {"people": [{**row, "name": f"Name {n}"}]})


def _moved(app: Application, n: int) -> Edit:
    from app.analysis.adding import Party
    from app.analysis.recording import NewMove, recorded

    assert app.session.document is not None
    left, joined = Party("meta-superintelligence-labs"), Party("anthropic")
    move = NewMove(Party("jason-wei"), joined, left, role=f"Role {n}", day="2026-06")
    return recorded(app.session.document.dataset, move).edit


def _timed(app: Application, step: Callable[[], object]) -> tuple[float, float, float]:
    """Seconds until everything shows a step, until the picture does; and how long the process has worked for it."""
    begin, worked = time.perf_counter(), time.process_time()
    step()
    picture = _settle(app)
    return time.perf_counter() - begin, picture - begin, time.process_time() - worked


def _settle(app: Application) -> float:
    """Until no job runs, the picture of the document is on the canvas, crisp, and every widget is painted; when the
    picture came. The loop waits between events, as in the program: a job needs the interpreter too."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    came = 0.0
    loop, look = QEventLoop(), QTimer()

    def looked() -> None:
        nonlocal came
        canvas, document, flows = app.canvas, app.session.document, app.showing.flows
        stills = canvas._stills
        if document is None or flows is None or flows.gathered.dataset is not document.dataset:
            return
        came = came or time.perf_counter()
        stands = canvas._change is None and canvas._glide is None and not stills.busy and not app.jobs.busy
        if stands and stills.shown is not None and stills.shown.scene is canvas.scene:
            loop.quit()

    look.timeout.connect(looked)
    look.start(2)
    loop.exec()
    look.stop()
    QCoreApplication.processEvents()  # what is still to be painted belongs to this edit, not to the next
    return came
