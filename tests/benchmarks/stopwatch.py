"""How long it takes to record a move: `python -m tests.benchmarks.stopwatch [N]`.

Takes moves that the bundled dataset has, with their sources, one by one out of it, and records each again by the keys
that an analyst would press: open the form, paste the link, a few letters of who and where, the day. Prints the keys,
how long the machine has worked on them, and how long until the picture shows the move. Nothing is made up, nothing is
saved.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.desktop.application import Application
    from app.domain.dataset import Dataset, Row
    from app.domain.edit import Edit

N_MOVES = 8
KEYS_A_SECOND = 3.0
"""How fast somebody types who also reads."""
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A move that is recorded again: whose; the edit that takes it out; the post joined; the link of the report; and
    what is typed."""

    person: str
    without: Edit
    joined: Row
    link: str
    who: str
    where: str


@dataclass(frozen=True, slots=True)
class Taken:
    """n_keys: pressed; typing: seconds that the machine worked on them; seen: from the last key to the picture."""

    n_keys: int
    typing: float
    seen: float


def entries(dataset: Dataset) -> Iterator[Entry]:
    """Last moves of people that are dated and have a link, and can be found by a few letters; the latest first."""
    from app.analysis.recording import held
    from app.domain.dates import OPEN
    from app.domain.edit import apply, compose, drop, put

    sources = {row["id"]: row["url"] for row in dataset["sources"].iter_rows(named=True)}
    found = []
    for person in dataset["people"]["id"]:
        posts = held(dataset, person)
        links = [url for source in (posts[-1]["source_ids"] if posts else ()) if (url := sources[source])]
        dated = len(posts) > 1 and bool(posts[-1]["start"])
        if dated and links and posts[-2]["organization_id"] != posts[-1]["organization_id"]:
            found.append((str(posts[-1]["start"]), person, posts, links[0]))
    for _, person, posts, link in sorted(found, reverse=True, key=lambda one: one[:2]):
        gone = drop(dataset, "Take it out", {"stints": [posts[-1]["id"]]})
        reopened = put(apply(dataset, gone), "Take it out", {"stints": [{**posts[-2], "end": OPEN}]})
        without = compose(gone, reopened)
        then = apply(dataset, without)  # who has fewer posts is offered later
        who = _letters(then, "people", person)
        where = _letters(then, "organizations", str(posts[-1]["organization_id"]))
        if who and where:
            yield Entry(person, without, posts[-1], link, who, where)


def _letters(dataset: Dataset, table: str, row_id: str) -> str:
    """The first letters of a name after which it is offered first; blank if it never is."""
    from app.analysis.names import near

    name = str((dataset.row(table, row_id) or {}).get("name") or "").lower()
    for n in range(3, len(name) + 1):
        if name[:n].isascii() and (found := near(dataset, table, name[:n], 1)) and found[0].id == row_id:
            return name[:n]
    return ""


def record(app: Application, entry: Entry) -> Taken:
    """Take a move out of the dataset and record it again by its keys."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    from app.analysis.recording import Party, held
    from tests.desktop.driving import settle
    from tests.desktop.hands import Hands
    from tests.desktop.waiting import until

    assert app.session.document is not None
    app.session.do(entry.without)
    until(lambda: not app.jobs.busy, PATIENCE)
    QGuiApplication.clipboard().setText(entry.link)
    begin = time.perf_counter()
    app.frame.actions_by_id["edit.record-move"].trigger()
    form = app.recordings.form
    assert form is not None
    until(lambda: form.isActiveWindow() and form.person.hasFocus(), PATIENCE)
    hands, keys, modifiers = Hands(form), Qt.Key, Qt.KeyboardModifier
    hands.n_keys = 1  # Ctrl+M
    form.person.setFocus()
    hands.presses(keys.Key_Tab, modifiers.ShiftModifier)
    hands.presses(keys.Key_V, modifiers.ControlModifier)
    form.person.setFocus()
    hands.n_keys += 1  # Alt+P
    hands.types(entry.who)
    hands.presses(keys.Key_Tab)
    hands.presses(keys.Key_Tab)
    hands.types(entry.where)
    hands.presses(keys.Key_Tab)
    hands.presses(keys.Key_Tab)
    hands.types(str(entry.joined["start"]).rstrip("~?%"))
    hands.presses(keys.Key_Return, modifiers.ControlModifier)
    typed = time.perf_counter()

    def seen() -> bool:
        flows, document = app.showing.flows, app.session.document
        return document is not None and flows is not None and flows.gathered.dataset is document.dataset

    until(seen, PATIENCE)
    done = time.perf_counter()
    last = held(app.session.document.dataset, entry.person)[-1]
    assert last["organization_id"] == entry.joined["organization_id"], f"{entry.person}: {form.notes.text()}"
    for picker in (form.person, form.left, form.joined):
        picker.put(Party())
    form.pasted.clear()
    form.day.clear()  # the next report is another one
    form.reject()
    app.session.go_to(0)
    app.session.set_focus(())
    app.frame.activateWindow()
    until(app.frame.isActiveWindow, PATIENCE)
    settle(app)
    return Taken(hands.n_keys, typed - begin, done - typed)


def measured(n: int) -> list[tuple[Entry, str, Taken]]:
    """Several moves in a window of their own: the entry, the name of the person, what it took."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from app.desktop.application import Application
    from app.desktop.frame import Frame
    from app.desktop.opening import prepare
    from app.desktop.windows import prepare_application
    from app.session.settings import Settings
    from tests.desktop.driving import settle

    held = QApplication.instance()
    if held is None:
        held = QApplication([])
        prepare_application(held)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        frame = Frame(Settings(Path(folder)))
        frame.resize(1600, 1000)
        frame.show()
        app = Application(frame, prepare(None, (1500, 800)), play=False)
        try:
            settle(app)
            assert app.session.document is not None
            dataset = app.session.document.dataset
            names = dataset.names("people")
            for entry, _ in zip(entries(dataset), range(n), strict=False):
                found.append((entry, names[entry.person], record(app, entry)))
        finally:
            frame.may_close = lambda: True
            app.close()
            frame.close()
            frame.deleteLater()
            QApplication.sendPostedEvents(frame, QEvent.Type.DeferredDelete.value)
    del held
    return found


def main() -> None:
    """The table of all moves, and their medians."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else N_MOVES
    print("| person | typed | keys | machine, keys | machine, picture | in all, by hand |\n|---|---|---|---|---|---|")
    taken = measured(n)
    for entry, name, one in taken:
        print(f"| {name} | {entry.who}, {entry.where} | {_line(one)} |", flush=True)
    if taken:
        parts = [[one.n_keys, one.typing, one.seen] for *_, one in taken]
        keys, typing, seen = (statistics.median(part) for part in zip(*parts, strict=True))
        print(f"| median | | {_line(Taken(round(keys), typing, seen))} |")


def whole(one: Taken) -> float:
    """Seconds that it takes by hand: the keys at the pace of somebody who types, and the machine."""
    return one.n_keys / KEYS_A_SECOND + one.typing + one.seen


def _line(one: Taken) -> str:
    return f"{one.n_keys} | {one.typing:.2f} s | {one.seen:.2f} s | {whole(one):.0f} s"


if __name__ == "__main__":
    main()
