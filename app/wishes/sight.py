"""A picture as a window has it in sight: laid out for its canvas, through its camera, header and foot included."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.lens import parse
from app.layout.flowmap import Arrangement
from app.pictures.alluvial import PERIODS
from app.pictures.chart_folds import DEEPEST, Folds
from app.pictures.shown import MapShown, MovesShown, Shown
from app.render.widths import measure
from app.scene.camera import Camera
from app.scene.lettering import LARGEST_TYPE
from app.scene.scene import Scene
from app.scene.viewed import through
from app.session.pictured import Wanted, bands_of, depicted, picture_of
from app.session.view import SEATED, View
from app.wishes.options import filter_options, foci, last_day, one_focus, refuse, sides
from app.wishes.places import places
from app.wishes.wish import Wish, command_of

FIT = "fit"
"""As many levels of a chart as can be read at a glance."""
_WHOLE = "it is what a window shows, which has a filter and a day; or leave --zoom and --centre away."


def looked_at(wish: Wish) -> bool:
    """Whether a part is wished for, as a window shows it."""
    return wish.chosen["zoom"] is not None or wish.chosen["centre"] is not None


def camera_of(wish: Wish) -> Camera:
    """The camera: so near, with this place of the picture in the middle. UsageError for what is no place."""
    scale = 1.0 if wish.chosen["zoom"] is None else wish.chosen["zoom"]
    width, height = wish.room
    text = wish.chosen["centre"]
    try:
        x, y = (width / 2, height / 2) if text is None else map(float, text.split(","))
    except ValueError:
        x = y = math.nan
    if not math.isfinite(x + y):
        remedy = "Write its place in the picture from its upper left corner, as --centre 800,450."
        raise UsageError(Fault("options", f"--centre {text!r} is no place", remedy))
    return Camera(scale, width / 2 - x * scale, height / 2 - y * scale)


def view_of(wish: Wish) -> View:
    """The view of a window that shows what is wished for. UsageError for what a window does not know."""
    name, chosen = wish.view, wish.chosen
    refuse(f"{name} in sight", chosen, ("since", "until"), _WHOLE)
    focus = foci(chosen)
    if name not in SEATED:
        refuse(f"{name} in sight", chosen, ("focus",), _WHOLE)
    elif name == "orgchart":
        one_focus(name, chosen)
    before, after = sides(chosen)
    return View(
        lens=parse(chosen["lens"]),
        level=chosen["level"],
        net=chosen["net"],
        top=chosen["top"],
        relations=not chosen["no_relations"],
        known_by=last_day(chosen, "known_by", "--known-by"),
        picture=name,  # type: ignore[arg-type]  # names of pictures are those of the command line
        organization=focus[0] if focus else "",
        beside=focus[1:],
        folds=folds_of(chosen),
        arrangement=chosen["arrangement"],
        sort=chosen["sort"] or "",
        group=chosen["group"] or "",
        months=PERIODS.get(chosen["period"]),
        multiples=chosen["multiples"],
        before=before,
        after=after,
    )


def folds_of(chosen: Mapping[str, Any]) -> Folds:
    """What of a chart is folded: nothing, if nobody says. UsageError for a number of levels that is none."""
    text = chosen["open_levels"]
    if text is None or text == FIT or (text.isdecimal() and 1 <= int(text) <= DEEPEST):
        level = None if text == FIT else int(text or DEEPEST)
        return Folds(level, frozenset(chosen["turned"]))
    remedy = f"Give how many levels are open, 1 to {DEEPEST}, or `{FIT}` for as many as can be read at a glance."
    raise UsageError(Fault("options", f"--open-levels {text!r} is no number of levels", remedy))


def sighted(dataset: Dataset, wish: Wish, other: Dataset | None = None) -> Shown:
    """The picture on the canvas of a window."""
    view, held, day = view_of(wish), places(wish.places), filter_options(wish.chosen).as_of
    map_held = held if view.picture == "flowmap" and isinstance(held, Arrangement) else None
    flows = picture_of(dataset, wish.size, map_held, view.flows)
    if not view.depicted:
        return MapShown(measure, flows)
    span = int(flows.span[0]), int(flows.span[1])
    wanted = Wanted(flows, view, day if view.seated else None, wish.size, camera_of(wish), span)
    if other is not None:
        wanted = replace(wanted, files=files_of(wish, other), other=other)
    return depicted(wanted, held)


def in_sight(dataset: Dataset, wish: Wish, other: Dataset | None = None) -> Scene:
    """What the window has in sight."""
    day, shown = filter_options(wish.chosen).as_of, sighted(dataset, wish, other)
    scene = seen(shown, float(day) if day is not None else None, camera_of(wish))
    hashes = " ".join(data.digest for data in (dataset, other) if data is not None)
    return replace(scene, meta=replace(scene.meta, command=command_of(wish), dataset=hashes))


def seen(shown: Shown, day: float | None, camera: Camera) -> Scene:
    """What a camera has in sight of a picture on a canvas, on a day (None: all)."""
    return through(on_canvas(shown, day), camera, bands_of(shown), LARGEST_TYPE)


def on_canvas(shown: Shown, day: float | None) -> Scene:
    """The Scene on a canvas, with resting people as marks where it has people in motion."""
    if isinstance(shown, MovesShown):
        return shown.picture.scene(day, mode="cumulative", window=0.0, still=True)
    return shown.scene(day, "cumulative", 0.0)


def files_of(wish: Wish, other: Dataset | None) -> tuple[str, str]:
    """What both files of a comparison are called; blank where there is one."""
    if other is None:
        return "", ""
    return Path(wish.file).name if wish.file else "the bundled dataset", Path(wish.chosen["other"]).name
