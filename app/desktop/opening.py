"""Opening a dataset for the window: read, check, lay out the first picture. Runs off the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.analysis.levels import Level
from app.analysis.options import Options
from app.domain.dataset import Dataset
from app.domain.lens import EVERYTHING, Lens
from app.files.registry import read_sound
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.places import bundled_dataset
from app.render.widths import measure


@dataclass(frozen=True, eq=False)
class Opened:
    """A dataset with where it came from (None: bundled) and its first picture."""

    path: Path | None
    dataset: Dataset
    picture: FlowMap
    n_warnings: int


@dataclass(frozen=True, slots=True)
class View:
    """What of a dataset the window shows: filter, level, net or both directions, organizations drawn (None: as many as
    fit), the quiet layer of investments."""

    lens: Lens = EVERYTHING
    level: Level = "organization"
    net: bool = False
    top: int | None = None
    relations: bool = True


EVERYTHING_SHOWN = View()


def prepare(path: Path | None, size: tuple[int, int]) -> Opened:
    """Read a file (None: the bundled dataset) and lay out its flow map. Raises what reading and checking raise."""
    dataset, warnings = read_sound(path if path is not None else bundled_dataset())
    return Opened(path, dataset, picture_of(dataset, size), sum(fault.n for fault in warnings))


def picture_of(
    dataset: Dataset, size: tuple[int, int], previous: FlowMap | None = None, view: View = EVERYTHING_SHOWN
) -> FlowMap:
    """The flow map of a dataset for a canvas of this size; with `previous`, organizations keep their places.

    UsageError for a filter that names what is not there.
    """
    options = FlowMapOptions(
        Options(level=view.level, lens=view.lens),
        size=(float(max(size[0], 560)), float(max(size[1], 320))),
        top=view.top,
        net=view.net,
        relations=view.relations,
    )
    return FlowMap.of(dataset, options, measure, previous)
