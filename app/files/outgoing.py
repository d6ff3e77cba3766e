"""What leaves for other programs: a Dataset, how it is counted, and the words with which a file can defend itself.

The words are those of pictures (`render/words`): software, command, dataset, days, lens, what was left out.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import polars as pl

from app.analysis.figures import DENIED_STINTS, Figures
from app.analysis.options import DEFAULTS, Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST

KNOWN_ONLY = "People known to this dataset, not staff numbers."
STEP = 2_000
"""Rows or edges that are made at one time, for they hold the interpreter; after each it is told how far the work is."""


def _silent(_: float) -> None:
    """Nobody asks how far it is."""


@dataclass(frozen=True, eq=False)
class Outgoing:
    """options: which moves flows count, and the days; command: the command line that makes the file again, blank where
    none does; colors: organization id → `#rrggbb`; progress: is told the share that is done, and may raise to stop.
    """

    dataset: Dataset
    options: Options = DEFAULTS
    command: str = ""
    colors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    progress: Callable[[float], None] = _silent

    @cached_property
    def figures(self) -> Figures:
        """What flows count. UsageError for a lens that names what is not there."""
        return Figures.of(self.dataset, self.options)

    @property
    def day(self) -> str:
        """The as-of day as text: the newest publication where none was asked for; blank where there is none."""
        day = self.options.as_of_day(self.dataset)
        return "" if day is None else dates.text(day)

    @cached_property
    def of_tables(self) -> dict[str, str]:
        """What made a file of whole tables, as word → text."""
        return self._words({"Lens": "none: every record"})

    def of_records(self, tables: Iterable[str]) -> dict[str, str]:
        """What made a file of the records of some tables, without those that are denied and the stints of what is."""
        frames = {name: self.dataset[name] for name in tables}
        denied = sum(frame.height - asserted(frame).height for frame in frames.values())
        kept = {name: asserted(frames[name]).get_column("id").implode() for name in ("people", "organizations")}
        held = pl.col("person_id").is_in(kept["people"]) & pl.col("organization_id").is_in(kept["organizations"])
        lost = asserted(frames["stints"]).filter(~held).height
        reasons = {DENIED_STINTS: denied, "stints of what is denied": lost}
        left = "; ".join(f"{reason}: {n}" for reason, n in reasons.items() if n)
        return self._words({"Lens": "none: every record that is not denied", "Left out": left})

    @cached_property
    def of_flows(self) -> dict[str, str]:
        """What made a file of flows, with all that narrows their counts."""
        options, left = self.options, self.figures.left_out
        lo, hi = options.window or (PAST, FUTURE)
        sides = (dates.text(lo) if lo > PAST else "", dates.text(hi) if hi < FUTURE else "")
        return self._words(
            {
                "Known by": dates.text(options.known_by) if options.known_by is not None else "",
                "Window": " to ".join(sides).strip() if any(sides) else "",
                "Level": options.level,
                "Lens": str(options.lens) or "none",
                "Left out": "; ".join(f"{reason}: {n}" for reason, n in left.items()),
            }
        )

    def _words(self, more: Mapping[str, str]) -> dict[str, str]:
        rows = (f"{frame.height:,} {name}" for name, frame in self.dataset.tables.items() if frame.height)
        words = {
            "Software": "Talentflow",
            "Command": self.command,
            "Dataset": self.dataset.digest,
            "Records": ", ".join(rows) or "none",
            "As of": self.day,
            **more,
            "Note": KNOWN_ONLY,
        }
        return {word: text for word, text in words.items() if text}


def asserted(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that are not denied: a program that knows no status would take the others for facts."""
    return frame.filter(pl.col("status").ne_missing("denied"))


def told(words: Mapping[str, str]) -> str:
    """Words as one line, for formats that have one place for all of them."""
    return "; ".join(f"{word}: {text}" for word, text in words.items())


def command_of(
    source: str, target: str, options: Options = DEFAULTS, *, as_format: str | None = None, read_as: Sequence[str] = ()
) -> str:
    """The command line that makes a file again, of the names of both files; options at their default are left out.
    read_as: words that say how the source is read."""
    lo, hi = options.window or (PAST, FUTURE)
    given = {
        "--as": as_format,
        "--from": dates.text(lo) if lo > PAST else None,
        "--to": dates.text(hi - 1) if hi < FUTURE else None,
        "--as-of": dates.text(options.as_of) if options.as_of is not None else None,
        "--known-by": dates.text(options.known_by) if options.known_by is not None else None,
        "--lens": str(options.lens) or None,
        "--level": options.level if options.level != DEFAULTS.level else None,
    }
    words = [word for flag, value in given.items() if value is not None for word in (flag, value)]
    return shlex.join(["main.py", "convert", source, target, *read_as, *words])
