"""Tiles of equal size in rows and columns: how many have room, and where each stands. Pixels, y down."""

from __future__ import annotations

from math import ceil

Room = tuple[float, float, float, float]
"""Left, top, width, height."""


def most_tiles(room: tuple[float, float], least: tuple[float, float], gap: tuple[float, float]) -> int:
    """How many tiles of at least this width and height have room with gaps between them; one always has."""
    across, down = (int((size + g) // (small + g)) for size, small, g in zip(room, least, gap, strict=True))
    return max(across, 1) * max(down, 1)


def places(n: int, room: Room, shape: float, gap: tuple[float, float]) -> tuple[Room, ...]:
    """n tiles in reading order. Of all numbers of columns the one that makes the largest thing of a shape (width by
    height) fit into a tile; of equal ones that with fewer places left over. No tiles have no places."""
    if n < 1:
        return ()
    x, y, w, h = room

    def size(columns: int) -> tuple[float, float]:
        rows = ceil(n / columns)
        return max((w - (columns - 1) * gap[0]) / columns, 1.0), max((h - (rows - 1) * gap[1]) / rows, 1.0)

    def merit(columns: int) -> tuple[float, int]:
        width, height = size(columns)
        return round(min(width / shape, height), 6), -(ceil(n / columns) * columns - n)

    columns = max(range(1, n + 1), key=merit)
    width, height = size(columns)
    return tuple(
        (x + k % columns * (width + gap[0]), y + k // columns * (height + gap[1]), width, height) for k in range(n)
    )
