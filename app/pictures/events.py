"""Events of a timeline as values: what kinds there are, and what each says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from app.scene.scene import Tip
from app.scene.style import Status

Kind = Literal["moves", "relations", "claims", "successions", "seats"]
Shape = Literal["disc", "square", "diamond", "up", "down"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_WORDS: dict[Kind, str] = {
    "moves": "Moves", "relations": "Deals", "claims": "Claims", "successions": "Mergers and renames",
    "seats": "Seats and targets",
}  # fmt: skip
"""Heads of lanes."""
KIND_NOUNS: dict[Kind, tuple[str, str]] = {
    "moves": ("move", "moves"), "relations": ("deal", "deals"), "claims": ("claim", "claims"),
    "successions": ("merger or rename", "mergers and renames"), "seats": ("seat or target", "seats and targets"),
}  # fmt: skip
STANCES = {"supports": "for", "contradicts": "against", "neutral": "on"}
"""What a claim is toward its topic."""
SHAPES: dict[str, Shape] = {"supports": "up", "contradicts": "down"}
"""The marks of claims by what they are toward their topic; of a neutral one it is a disc."""
FILTERED, ELSEWHERE, OUTSIDE, UNDATED = "filtered out", "not about the focus", "outside the window", "without a day"
"""Why something is no event."""


@dataclass(frozen=True, eq=False)
class Event:
    """One thing that happened. lo, hi: the days on which it may have been, [lo, hi); day: the nominal one; name: short;
    organization: id of that whose colour it wears, blank for none; weight: how much it matters among its kind; shape:
    of its mark; organizations: codes of those that it is about at the level, the first one first; told: makes its
    tip."""

    kind: Kind
    key: str
    lo: int
    hi: int
    day: int
    name: str
    organization: str
    status: Status
    weight: float
    shape: Shape
    organizations: tuple[int, ...]
    told: Callable[[], Tip]
