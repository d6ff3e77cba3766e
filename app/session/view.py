"""What of a dataset a window looks at: a value, kept per file and walked through by Back and Forward."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any, get_args

from app.analysis.levels import Level
from app.analysis.options import Options
from app.domain.errors import UsageError
from app.domain.lens import EVERYTHING, Lens, parse


@dataclass(frozen=True, slots=True)
class View:
    """Filter, level, net or both directions, organizations drawn (None: as many as fit), the quiet layer of
    investments, and the day whose knowledge counts (None: all that is known)."""

    lens: Lens = EVERYTHING
    level: Level = "organization"
    net: bool = False
    top: int | None = None
    relations: bool = True
    known_by: int | None = None

    @property
    def options(self) -> Options:
        """What is asked of the dataset."""
        return Options(level=self.level, lens=self.lens, known_by=self.known_by)

    @property
    def state(self) -> dict[str, Any]:
        """The same as values that JSON knows."""
        return {**asdict(replace(self, lens=EVERYTHING)), "lens": str(self.lens)}

    @classmethod
    def restored(cls, state: Mapping[str, Any]) -> View:
        """The view of a `state`; what cannot be read in it is as in a new one."""
        made = cls()
        with suppress(UsageError):  # a filter of another version of the program: better none than no window
            made = replace(made, lens=parse(str(state.get("lens", ""))))
        if state.get("level") in get_args(Level):
            made = replace(made, level=state["level"])
        made = replace(made, net=state.get("net") is True, relations=state.get("relations") is not False)
        top, known_by = state.get("top"), state.get("known_by")
        if isinstance(top, int) and 1 <= top <= 60:
            made = replace(made, top=top)
        return replace(made, known_by=known_by) if isinstance(known_by, int) else made


EVERYTHING_SHOWN = View()
