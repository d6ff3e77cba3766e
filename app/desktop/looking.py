"""Where one looks in a file: written down when it is left, found again when it is opened. Values that JSON knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.pictures.flowmap import FlowMap
from app.scene.camera import HOME, Camera
from app.session.clock import FASTEST, SLOWEST, Clock, Mode, pace
from app.session.session import Session

Size = tuple[int, int]


def place(session: Session, size: Size) -> dict[str, Any]:
    """Day, mode, speed, view, selection, and the camera by what is in the middle, as share of the picture; of a picture
    of seats, which is laid out anew, the whole is shown again."""
    clock, seen = session.clock, session.camera
    x, y = seen.to_world(size[0] / 2, size[1] / 2)
    return {
        "view": session.view.state,
        "day": clock.day,
        "mode": clock.mode.value,
        "speed": clock.speed,
        "window": clock.window,
        "focus": list(session.focus),
        **({"camera": [seen.scale, x / size[0], y / size[1]]} if not session.view.depicted else {}),
    }


def clock(held: Mapping[str, Any], old: Clock, picture: FlowMap, *, play: bool) -> Clock:
    """Where time stands in a document: as one left it; else it begins to run if it shall, or stands at the end.

    old: the clock until now, whose mode and loop go on.
    """
    span = picture.span
    made = Clock(span[1], span, mode=old.mode, speed=pace(span), looping=old.looping)
    if (speed := _number(held.get("speed"))) is not None and SLOWEST <= speed <= FASTEST:
        made = replace(made, speed=speed)
    if (window := _number(held.get("window"))) is not None and window > 0:
        made = replace(made, window=window)
    if held.get("mode") in list(Mode):
        made = replace(made, mode=Mode(held["mode"]))
    if (day := _number(held.get("day"))) is not None:
        return made.at(day)
    return replace(made, day=picture.lively).played() if play else made


def camera(held: Mapping[str, Any], size: Size) -> Camera:
    """The camera that one looked through, for a canvas of another size; the whole picture where it is not known."""
    parts = held.get("camera")
    numbers = [_number(part) for part in parts] if isinstance(parts, list) else []
    if len(numbers) != 3 or None in numbers:
        return HOME
    scale, x, y = (number for number in numbers if number is not None)
    return Camera(scale, size[0] * (0.5 - x * scale), size[1] * (0.5 - y * scale))


def focus(held: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that were selected."""
    keys = held.get("focus")
    return tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
