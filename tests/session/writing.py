"""Processes that write journals and are killed: `python -m tests.session.writing hold|kills FOLDER [N]`."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from app.session.document import Document
from app.session.journal import Journal


def renamed(document: Document, name: str) -> Document:
    """The document after an edit; what works on rows is loaded here, so that a process can be forked before."""
    from app.domain.edit import put

    return document.done(put(document.dataset, "Rename", {"people": [{"id": "ada", "name": name}]}))


def tell(line: str) -> None:
    """A line to whoever started this."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def empty() -> Document:
    """A document without any record."""
    from app.domain.dataset import Dataset

    return Document(Dataset.of())


def hold(folder: Path) -> None:
    """Hold a journal with a change until the end of the world."""
    document = empty()
    journal = Journal.begin(folder, document)
    journal.follow(renamed(document, "Held"))
    tell("holding")
    time.sleep(600)


def write(folder: Path, acknowledge: int) -> None:
    """Edit after edit, each acknowledged by a byte once it is safe."""
    document = empty()
    journal = Journal.begin(folder, document)
    os.write(acknowledge, b".")
    for n in range(1_000_000):
        document = renamed(document, f"Name {n}")
        journal.follow(document)
        os.write(acknowledge, b".")


def kills(folder: Path, n: int) -> None:
    """Fork a writer n times, kill it at some moment, and print how many edits it had acknowledged.

    This process has no thread yet, so that its copies are whole.
    """
    random.seed(7)
    for number in range(n):
        end, begin = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(end)
            try:
                write(folder / str(number), begin)
            finally:
                os._exit(1)
        os.close(begin)
        os.read(end, 1)  # the journal is there
        time.sleep(random.uniform(0.0, 0.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged = 0
        while part := os.read(end, 65_536):
            acknowledged += len(part)
        os.close(end)
        tell(f"{number} {acknowledged}")


if __name__ == "__main__":
    if sys.argv[1] == "hold":
        hold(Path(sys.argv[2]))
    else:
        kills(Path(sys.argv[2]), int(sys.argv[3]))
