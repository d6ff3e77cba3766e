"""Opening a dataset for the window: read, check, lay out the first picture. Runs off the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.analysis.options import Options
from app.domain.checks import check, errors
from app.domain.dataset import Dataset
from app.domain.errors import DataError
from app.files.registry import read
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


def prepare(path: Path | None, size: tuple[int, int]) -> Opened:
    """Read a file (None: the bundled dataset) and lay out its flow map. Raises what reading and checking raise."""
    at = path if path is not None else bundled_dataset()
    dataset = read(at)
    faults = check(dataset)
    if wrong := errors(faults):
        raise DataError(*(fault.at(str(at)) for fault in wrong))
    n_warnings = sum(fault.n for fault in faults)
    return Opened(path, dataset, picture_of(dataset, size), n_warnings)


def picture_of(dataset: Dataset, size: tuple[int, int], previous: FlowMap | None = None) -> FlowMap:
    """The flow map of a dataset for a canvas of this size; with `previous`, organizations keep their places."""
    options = FlowMapOptions(Options(), size=(float(max(size[0], 560)), float(max(size[1], 320))))
    return FlowMap.of(dataset, options, measure, previous)
