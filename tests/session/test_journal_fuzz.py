"""Journals of which any bytes are changed, and lines that say anything: never more than the declared errors."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.errors import DataError, FileError
from app.session.journal import FILE, FORMAT, Journal
from app.session.journal_lines import line
from app.session.journal_reading import Reading
from app.session.recovery import found, recovered
from tests.session.documents import left_by_a_crash, opened, renamed

STRANGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12) | st.sampled_from([b"\n", b"{}", b'"', b"}"])
    ),
    min_size=1,
    max_size=4,
)


def raw_of(folder: Path) -> tuple[Path, bytes]:
    """A journal of two edits, an undo and a mark, and its bytes."""
    document = opened(folder / "a.json")
    journal = Journal.begin(folder / "journals", document)
    for now in (one := renamed(document, "One"), two := renamed(one, "Two"), two.undone()):
        journal.follow(now)
    left_by_a_crash(journal)
    return journal.place / FILE, (journal.place / FILE).read_bytes()


def take_up(folder: Path) -> None:
    """What the next start does with whatever was left behind."""
    for left in found(folder):
        try:
            made = recovered(left)
        except (FileError, DataError):
            continue
        made.journal.close(discard=True)


@given(CHANGES)
@settings(max_examples=30)
def test_any_bytes_may_be_changed(changes: Sequence[tuple[float, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        file, raw = raw_of(Path(name))
        for share, n, new in changes:
            at = round(share * len(raw))
            raw = raw[:at] + new + raw[at + n :]
        file.write_bytes(raw)
        take_up(Path(name, "journals"))


def forged(lines: Sequence[tuple[str, Any]]) -> bytes:
    """Lines with right numbers and checksums, whatever they say."""
    parts, before = [], ""
    for number, (kind, content) in enumerate(lines):
        text, before = line(number, before, kind, json.dumps(content).encode())
        parts.append(text)
    return b"".join(parts)


KEYS = ("name", "path", "saved", "stamp", "copy", "copied")
HEAD = ("head", {"format": FORMAT, "version": 1})
MARK = ("mark", {"name": "a", "path": None, "saved": None, "stamp": None, "copy": "", "copied": ""})
EDIT = {"name": "Rename", "tables": {"people": {"before": [], "after": [{"id": "ada", "name": "Ada"}]}}}
CONTENTS = (
    STRANGE
    | st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, STRANGE))
    | st.fixed_dictionaries({"name": STRANGE, "tables": st.dictionaries(st.sampled_from(["people", "x"]), STRANGE)})
    | st.builds(lambda rows: {**EDIT, "tables": {"people": {"before": [], "after": rows}}}, STRANGE)
    | st.just(EDIT)
)


@given(st.lists(st.tuples(st.sampled_from(["head", "mark", "do", "do", "undo", "redo", "else"]), CONTENTS), max_size=4))
@example([("mark", {})])
@example([("do", {"name": "x", "tables": {"people": {"before": [], "after": [{"id": 1}]}}})])
@example([("do", {"name": "x"})])
@settings(max_examples=60)
def test_lines_may_say_anything(lines: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name, "journals", "20260101T000000-aaaa")
        place.mkdir(parents=True)
        for begun in ([HEAD, MARK, *lines], [HEAD, *lines], lines):
            (place / FILE).write_bytes(forged(begun))
            with suppress(FileError, DataError):
                Reading.of(place).edits()
            take_up(place.parent)
            place.mkdir(parents=True, exist_ok=True)
