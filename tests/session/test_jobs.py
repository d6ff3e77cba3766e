"""Jobs: latest wins, cancel, failure, and nothing left running."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.session.jobs import Jobs, Ticket


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:  # noqa: ARG001  # Qt must run
    made = Jobs()
    yield made
    made.close()


def test_a_result_arrives_on_the_thread_that_waits(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[object] = []
    jobs.start(
        "sum",
        lambda _: threading.current_thread().name,
        lambda r: got.extend([r, threading.current_thread()]),
        got.append,
    )
    assert jobs.busy
    qtbot.waitUntil(lambda: bool(got))
    assert str(got[0]).startswith("job")
    assert got[1] is threading.main_thread()
    assert not jobs.busy


def test_the_latest_of_a_channel_wins(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[object] = []
    hold = threading.Event()
    first = jobs.start("picture", lambda _: hold.wait(5) and "old", got.append, got.append)
    jobs.start("picture", lambda _: "new", got.append, got.append)
    hold.set()
    qtbot.waitUntil(lambda: bool(got))
    qtbot.wait(50)
    assert got == ["new"]
    assert first.cancelled


def test_work_that_looks_at_its_ticket_stops(jobs: Jobs) -> None:
    stopped = threading.Event()
    begun = threading.Event()

    def work(ticket: Ticket) -> None:
        begun.set()
        try:
            while True:
                ticket.check()
        finally:
            stopped.set()

    jobs.start("endless", work, pytest.fail, pytest.fail)
    assert begun.wait(5)
    jobs.cancel("endless")
    assert stopped.wait(5)
    assert not jobs.busy


def test_a_failure_is_told(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[Exception] = []
    jobs.start("bad", lambda _: 1 / 0, pytest.fail, got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], ZeroDivisionError)
