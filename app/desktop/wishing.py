"""What a window shows, as a wish: so a command can say it, and what is exported is what that command makes again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.analysis.comparing import Side
from app.desktop.dialogs.export import FILMS, PAGED, Choice
from app.domain import dates
from app.domain.dataset import Dataset
from app.pictures import wording
from app.pictures.alluvial import PERIODS
from app.pictures.career_rows import GROUPS, SORTS
from app.pictures.chart_folds import DEEPEST
from app.pictures.flowmap import FlowMap
from app.pictures.shown import Shown
from app.pictures.shown_compare import CompareShown
from app.pictures.timeline import GROUPS as LANES
from app.render.words import UNSAVED
from app.scene.camera import HOME, Camera
from app.session.document import SAMPLE, Document
from app.session.pictured import own
from app.session.view import View
from app.wishes.options import nothing_chosen
from app.wishes.places import places_of
from app.wishes.sight import FIT
from app.wishes.wish import Wish

if TYPE_CHECKING:
    from app.desktop.application import Application

TOPPED = ("flowmap", "sankey", "alluvial", "chord", "matrix", "timeline", "compare")
NETTED = ("flowmap", "sankey", "chord", "matrix")
LEAFED = ("orgchart", "careers")
"""Pictures of so many organizations, of which there is a net, with more than one page."""


@dataclass(frozen=True, eq=False)
class Current:
    """What the window shows at the moment: dataset, flow map of the view, what is on the canvas, day (None: all), view,
    size of the canvas, camera; file: what the dataset is called, None for the bundled one; unsaved: what of it is in no
    file, as a clause, blank for nothing."""

    dataset: Dataset
    flows: FlowMap
    shown: Shown
    day: float | None
    view: View
    size: tuple[int, int]
    camera: Camera = HOME
    file: str | None = None
    unsaved: str = ""

    @property
    def other(self) -> Dataset | None:
        """The dataset that it is compared with, if it is another one."""
        return self.shown.other if isinstance(self.shown, CompareShown) else None


def current_of(app: Application) -> Current | None:
    """What a window shows; None without a document, and before there is a picture."""
    flows, shown, document = app.showing.flows, app.canvas.shown, app.session.document
    if document is None or flows is None or shown is None:
        return None
    canvas, view = app.canvas, app.session.view
    file = None if document.path is None and document.name == SAMPLE else document.name
    return Current(
        document.dataset, flows, shown, canvas.day, view, app.canvas_size(), canvas.camera, file, unsaved(document)
    )


def unsaved(document: Document) -> str:
    """What of a document is in no file, as a clause; blank for nothing."""
    if document.path is None and document.name != SAMPLE:
        return f"“{document.name}” was in no file"
    if not document.changed:
        return ""
    n = document.n_unsaved
    changes = wording.counted(n, "change") if n else "changes"
    return f"{changes} to {document.name} {'was' if n == 1 else 'were'} not saved"


def wished(current: Current, choice: Choice, output: Path | None = None) -> Wish:
    """The wish for what the window shows, in the form that was chosen. output: where to; by default it has the name of
    the picture."""
    view, is_pixels = current.view, choice.ending == ".png" or choice.ending in FILMS
    chosen = {**nothing_chosen(), **dict(_filter(current, choice)), **dict(_picture(current, choice))}
    chosen |= {"dpi": float(choice.dpi) if choice.dpi is not None and choice.ending == ".png" else None}
    chosen |= {"caption": choice.caption, "transparent": choice.transparent}
    chosen |= {"seconds": choice.seconds, "fps": choice.fps if choice.ending in FILMS else None}
    if choice.seen:
        chosen |= _sight(current)
    return Wish(
        view.picture,
        output if output is not None else Path(f"{view.picture}{choice.ending}"),
        current.size if choice.seen else choice.size,
        choice.scale if is_pixels else 1.0,
        choice.theme,
        chosen,
        current.file,
        "" if view.picture == "matrix" and view.heat and not view.tiled else places_of(current.shown),
        {UNSAVED: current.unsaved} if current.unsaved else {},
    )


def _filter(current: Current, choice: Choice) -> Iterator[tuple[str, Any]]:
    """What is counted, and up to which day."""
    view, picture = current.view, current.view.picture
    yield "lens", str(view.lens)
    yield "level", view.level
    yield "known_by", _day(view.known_by)
    dayless = picture == "compare" or choice.seconds is not None or (view.tiled and not choice.seen)
    if current.day is not None and not dayless:
        yield "as_of", _day(int(current.day))
    if picture in TOPPED:
        yield "top", view.top
    if picture in NETTED and not view.tiled:
        yield "net", view.net
    if picture == "compare":
        yield from _moments(view)
        if isinstance(current.shown, CompareShown) and current.other is not None:
            yield "other", current.shown.files[1]


def _picture(current: Current, choice: Choice) -> Iterator[tuple[str, Any]]:
    """What only some pictures know."""
    view, picture = current.view, current.view.picture
    if view.tiled:
        yield "multiples", True
    elif picture == "flowmap":
        yield "no_relations", not view.relations
    if view.tiled or picture == "alluvial":
        yield "period", next((word for word, months in PERIODS.items() if months == view.months), None)
    if picture == "careers":
        yield "sort", view.sort if view.sort in SORTS else None
        yield "group", view.group if view.group in GROUPS else None
    if picture == "timeline":
        yield "group", view.group if view.group in LANES else None
    if view.seated and (view.organization or view.beside):
        beside = view.beside if picture == "buildout" and not view.tiled else ()
        yield "focus", tuple(dict.fromkeys((*own(current.flows.gathered, view.organization), *beside)))
    if picture == "orgchart":
        yield "arrangement", view.arrangement
    if choice.ending in PAGED and picture in LEAFED and not choice.seen:
        yield "first_page", not choice.sheets
    if picture == "orgchart" and (choice.seen or choice.sheets):
        level = view.folds.level
        yield "open_levels", FIT if level is None else str(level) if level != DEEPEST else None
        yield "turned", tuple(sorted(view.folds.turned))


def _sight(current: Current) -> dict[str, Any]:
    """Where the camera looks."""
    camera = current.camera
    middle = (side / 2 for side in current.size)
    x, y = ((at - shift) / camera.scale for at, shift in zip(middle, (camera.dx, camera.dy), strict=True))
    return {"zoom": float(f"{camera.scale:.6g}"), "centre": f"{x:.2f},{y:.2f}"}


def _moments(view: View) -> Iterator[tuple[str, str | None]]:
    sides: tuple[tuple[str, Side], ...] = (("before", view.before), ("after", view.after))
    for name, side in sides:
        yield name, _day(side.day)
        yield f"known_{name}", _day(side.known_by)


def _day(day: int | None) -> str | None:
    return dates.text(day) if day is not None else None
