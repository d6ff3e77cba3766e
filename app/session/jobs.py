"""Work off the main thread: numbered, cancellable, latest wins.

A job takes values and returns a value. Each belongs to a channel ("open", "picture", …); starting one cancels those of
its channel that still run, and what they return is dropped. Results arrive on the thread that owns the Jobs object.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Raised inside a job that looks at its ticket after it was cancelled."""


@dataclass(eq=False)
class Ticket:
    """A job's number and channel, handed to its work so that it can stop early."""

    number: int
    channel: str
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; its result will be dropped either way."""
        self._stop.set()

    def check(self) -> None:
        """Raise Cancelled if the job was cancelled: to be called between the pieces of long work."""
        if self.cancelled:
            raise Cancelled


Work = Callable[[Ticket], Any]


class Jobs(QObject):
    """Runs jobs on two threads and delivers their results by a signal."""

    ended = Signal(object, object, object)  # ticket, result, error
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="job")
        self._numbers = 0
        self._waiting: dict[int, tuple[Ticket, Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._closed = False
        self.ended.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Whether a job is under way whose result is awaited."""
        return bool(self._waiting)

    def start(
        self, channel: str, work: Work, done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> Ticket:
        """Run `work(ticket)`; then call `done(result)` or `failed(error)` on this object's thread, unless cancelled."""
        self.cancel(channel)
        self._numbers += 1
        ticket = Ticket(self._numbers, channel)
        self._waiting[ticket.number] = (ticket, done, failed)
        self._pool.submit(self._run, ticket, work)
        self.busy_changed.emit(True)
        return ticket

    def cancel(self, channel: str | None = None) -> None:
        """Cancel the jobs of a channel, or all."""
        for number, (ticket, _, _) in list(self._waiting.items()):
            if channel is None or ticket.channel == channel:
                ticket.cancel()
                del self._waiting[number]
        if not self._waiting:
            self.busy_changed.emit(False)

    def close(self) -> None:
        """Cancel everything and wait for the threads to end."""
        self.cancel()
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, ticket: Ticket, work: Work) -> None:
        result, error = None, None
        try:
            ticket.check()
            result = work(ticket)
        except Cancelled:
            return
        except Exception as caught:  # the border of the job: every failure is told to whoever waits
            error = caught
        if not self._closed:
            self.ended.emit(ticket, result, error)

    def _deliver(self, ticket: Ticket, result: Any, error: Exception | None) -> None:
        waiting = self._waiting.pop(ticket.number, None)
        if waiting is None:
            return
        _, done, failed = waiting
        if error is None:
            done(result)
        else:
            log.info("job %d (%s) failed: %s", ticket.number, ticket.channel, error)
            failed(error)
        if not self._waiting:
            self.busy_changed.emit(False)
