"""The word of the target on the curve of the bundled team, at every size."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.analysis.options import Options
from app.domain import dates
from app.files.registry import read_sound
from app.pictures.buildout import BuildOutOptions, BuildOutPicture
from app.places import bundled_dataset
from app.render.widths import measure
from app.scene.marks import Label, Path
from app.scene.style import Role


@pytest.mark.parametrize("size", [(1280.0, 720.0), (1440.0, 900.0), (1600.0, 1000.0), (2560.0, 1440.0)])
@pytest.mark.parametrize("day", ["2025-09-15", "2026-01-31", "2026-06-28"])
def test_the_word_of_the_target_stands_clear_of_the_curve(size: tuple[float, float], day: str) -> None:
    data, _ = read_sound(bundled_dataset())
    made = BuildOutPicture.of(data, BuildOutOptions(Options(as_of=dates.parse(day).earliest), size), measure)
    scene = made.scene()
    lines = [mark for mark in scene.layer("curve").marks if isinstance(mark, Path)]
    labels = [mark for mark in scene.layer("curve").marks if isinstance(mark, Label)]
    (x, y, wide) = next(
        (mark.x[n], mark.y[n], float(measure([text], (mark.size[n], 650))[0]))
        for mark in labels
        for n, text in enumerate(mark.text)
        if text.startswith("target")
    )
    tall = next(mark.size[0] for mark in labels)
    for mark in lines:
        for n, style in enumerate(mark.style.tolist()):
            if scene.styles[style].role in (Role.SURE, Role.MAYBE, Role.TARGET):
                points = mark.points[mark.offsets[n] : mark.offsets[n + 1]]
                for (x0, y0), (x1, y1) in pairwise(points):
                    apart = max(x0, x1) < x or min(x0, x1) > x + wide
                    assert apart or max(y0, y1) < y - 0.8 * tall or min(y0, y1) > y
