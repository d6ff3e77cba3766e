"""Rows of marks → structs of arrays, one maker a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.scene.marks import AnyMarks, Box, Dot, Floats, Ints, Label, Path, Ribbon, floats, ints


def _box(common: dict[str, Ints], columns: list[Any]) -> Box:
    x, y, w, h, radius = (floats(c) for c in columns)
    return Box(**common, x=x, y=y, w=w, h=h, radius=radius)


def _dot(common: dict[str, Ints], columns: list[Any]) -> Dot:
    x, y, r = (floats(c) for c in columns)
    return Dot(**common, x=x, y=y, r=r)


def _ribbon(common: dict[str, Ints], columns: list[Any]) -> Ribbon:
    curve, inner, width, trim, head, barb = columns
    shape = (len(curve), 2)
    return ribbons(
        np.stack(curve),
        floats(inner),
        floats(width),
        floats(trim, shape),
        head=floats(head),
        barb=floats(barb),
        **common,
    )


def _path(common: dict[str, Ints], columns: list[Any]) -> Path:
    points, closed, stroke = columns
    lengths = np.cumsum([0, *(len(p) for p in points)])
    return Path(
        **common,
        points=np.concatenate(points),
        offsets=ints(lengths),
        closed=np.array(closed, dtype=np.bool_),
        stroke=floats(stroke),
    )


def _label(common: dict[str, Ints], columns: list[Any]) -> Label:
    x, y, anchor, text, max_width, size = columns
    return Label(
        **common,
        x=floats(x),
        y=floats(y),
        anchor=np.array(anchor, dtype=np.int8),
        angle=np.zeros(len(x)),
        text=tuple(text),
        max_width=floats(max_width),
        size=floats(size),
    )


MAKERS: Mapping[str, Callable[[dict[str, Ints], list[Any]], AnyMarks]] = {
    "box": _box,
    "dot": _dot,
    "path": _path,
    "label": _label,
    "ribbon": _ribbon,
}
"""Kinds in the order in which they lie upon one another: what all rows share, the columns of the others → marks."""


def ribbons(
    curve: Floats,
    inner: Floats,
    width: Floats,
    trim: Floats,
    *,
    key: Ints,
    style: Ints,
    tip: Ints,
    head: Floats | None = None,
    barb: Floats | None = None,
) -> Ribbon:
    """Bands or heads from arrays: inner and width may be (n,) for the same at both ends."""
    n = len(curve)
    both = [np.stack([a, a], axis=1) if a.ndim == 1 else a for a in (inner, width)]
    nothing = np.zeros(n)
    return Ribbon(
        key=key, style=style, tip=tip, curve=curve, inner=both[0], width=both[1], trim=trim,
        head=nothing if head is None else head, barb=nothing if barb is None else barb,
    )  # fmt: skip
