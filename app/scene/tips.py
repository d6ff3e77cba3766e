"""Tips that are made when somebody asks for them.

To put a seat in words takes longer than to draw it, and of thousands a person asks for one. `Later` is a tip that waits
until then, `Tips` a sequence of both kinds that looks like one of plain tips.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, overload

from app.scene.scene import Tip


class Later:
    """A tip that is made when it is first asked for, and kept. Each is a tip of its own, whatever it says."""

    __slots__ = ("_about", "_made", "_make")

    def __init__(self, make: Callable[[Any], Tip], about: Any) -> None:
        """make: gives the tip of what it is about, the same whenever it is called, for nothing says when that will be,
        or in which thread."""
        self._make = make
        self._about = about
        self._made: Tip | None = None

    @property
    def about(self) -> Any:
        """What it is about."""
        return self._about

    @property
    def tip(self) -> Tip:
        """The tip itself."""
        if self._made is None:
            self._made = self._make(self._about)
        return self._made


Told = Tip | Later
"""A tip, now or later."""


class Tips(Sequence[Tip]):
    """Tips in order. Equal to every sequence that gives the same tips; to compare makes all of them."""

    __slots__ = ("_told",)
    __hash__ = None  # type: ignore[assignment]  # equal by what it says, which is not made yet

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self._told = tuple(told)

    @property
    def told(self) -> tuple[Told, ...]:
        """The tips as they are, made or not."""
        return self._told

    def __len__(self) -> int:
        return len(self._told)

    @overload
    def __getitem__(self, at: int) -> Tip: ...

    @overload
    def __getitem__(self, at: slice) -> Tips: ...

    def __getitem__(self, at: int | slice) -> Tip | Tips:
        if isinstance(at, slice):
            return Tips(self._told[at])
        told = self._told[at]
        return told.tip if isinstance(told, Later) else told

    def __iter__(self) -> Iterator[Tip]:
        return (told.tip if isinstance(told, Later) else told for told in self._told)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tips | tuple):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"Tips({len(self)})"
