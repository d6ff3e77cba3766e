"""Build-outs as a running clock makes them, four times a second: derived and set anew for a day, the axis standing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.analysis.options import Options
from app.domain import dates
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
    for name, dataset, last, scene_target, svg_target in (
        ("bundled dataset", bundled, dates.day(2026, 6, 28), 0.04, 0.2),
        ("700 seats", team(700, 800, per_month=29), dates.day(2026, 1, 31), 0.1, 0.4),
        ("15,000 seats", team(15_000, 16_000, per_month=600), dates.day(2026, 1, 31), 0.3, 2.0),
    ):
        options = BuildOutOptions(Options(as_of=last - 30), size=SIZE, span=(last - 760, last))
        derived = partial(BuildOutPicture.of, dataset, options, measure)
        n_places = f"{len(derived().places):,} places"
        show(f"Build-out, {name}", median(derived), scene_target / 2, n_places)
        show("… and its Scene", median(lambda d=derived: d().scene()), scene_target, "what a running clock asks for")
        written = median(lambda d=derived: svg(d().scene(), LIGHT, embed_font=False))
        show("… and that as SVG", written, svg_target, "all tips are made")
    compared = TeamCompareOptions(Options(), TEAMS, size=SIZE)
    whole = median(lambda: TeamCompare.of(bundled, compared, measure).scene())
    show("Eight teams compared, bundled dataset", whole, 0.1, "derived and set")
