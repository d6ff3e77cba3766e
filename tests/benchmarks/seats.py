"""Build-outs as a running clock makes them, four times a second: derived and set anew for a day, the axis standing."""

from __future__ import annotations

from collections.abc import Callable

from app.analysis.options import Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.files.registry import read_sound
from app.pictures.buildout import BuildOutOptions, BuildOutPicture
from app.pictures.team_compare import TeamCompare, TeamCompareOptions
from app.places import bundled_dataset
from app.render.svg import svg
from app.render.theme import LIGHT
from app.render.widths import measure
from tests.pictures.teams import team

SIZE = (1920.0, 1080.0)
TEAMS = (
    *("meta-superintelligence-labs", "thinking-machines-lab", "anthropic", "xai"),
    *("openai", "google", "apple", "meta"),
)
"""Eight teams of the bundled dataset, most of them without seats on record."""


def report(show: Callable[[str, float, float, str], None], median: Callable[[Callable[[], object]], float]) -> None:
    """Every figure."""
    bundled, _ = read_sound(bundled_dataset())
    crews = ((bundled, "bundled dataset", 0.04), (team(700, 800, per_month=29), "700 seats", 0.1))
    for dataset, name, target in (*crews, (team(15_000, 16_000, per_month=600), "15,000 seats", 0.3)):
        options = _options(dataset)

        def derived(of: Dataset = dataset, chosen: BuildOutOptions = options) -> BuildOutPicture:
            return BuildOutPicture.of(of, chosen, measure)

        n_places = f"{len(derived().places):,} places"
        show(f"Build-out, {name}", median(derived), target / 3, n_places)
        show("… and its Scene", median(lambda d=derived: d().scene()), target, "what a running clock asks for")
        show(
            "… to SVG", median(lambda d=derived: svg(d().scene(), LIGHT, embed_font=False)), 5 * target, "all tips made"
        )
    compared = TeamCompareOptions(Options(), TEAMS, size=SIZE)
    whole = median(lambda: TeamCompare.of(bundled, compared, measure).scene())
    show("Eight teams compared, bundled dataset", whole, 0.1, "derived and set")


def _options(dataset: Dataset) -> BuildOutOptions:
    """The last day but some weeks, on an axis of its own."""
    last = dates.day(2026, 6, 28) if dataset.position("people", "p00000") is None else dates.day(2026, 1, 31)
    return BuildOutOptions(Options(as_of=last - 30), size=SIZE, span=(last - 760, last))
