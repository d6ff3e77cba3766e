"""Pictures that play, as files: how large they are, and how long the frames of a page take in a real browser."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

SECONDS = 20.0
SIXTY = 0.0169
"""Seconds of a frame of which there are sixty a second, as a browser tells the time."""
LARGEST = {"SVG that plays": 400_000, "Page": 1_500_000}
FRAMES = """new Promise((done) => {
  const times = [], play = document.getElementById("play"), begin = performance.now();
  play.click();
  const next = (time) => {
    times.push(time);
    if (performance.now() - begin < 10_000) requestAnimationFrame(next); else { play.click(); done(times); }
  };
  requestAnimationFrame(next); })"""
"""Ten seconds of play: when each frame began, in milliseconds."""


def report(show: Callable[..., None], carry: Callable[..., None]) -> None:
    """The flow map of the bundled dataset as SVG and page; a page of 300 flows in play, where a Chromium is."""
    from app.analysis.options import Options
    from app.cli.commands import load
    from app.pictures.flowmap import FlowMap, FlowMapOptions
    from app.pictures.playing import Play
    from app.render.html import page
    from app.render.svg_moving import moving_svg
    from app.render.theme import LIGHT
    from app.render.widths import measure
    from tests.benchmarks.synthetic import web
    from tests.render.browser import CHROMIUM

    play = Play.of(FlowMap.of(load(None), FlowMapOptions(Options()), measure), SECONDS)
    for name, make in (("SVG that plays", lambda: moving_svg(play, LIGHT)), ("Page", lambda: page(play))):
        begin = time.process_time()
        n_bytes = len(make().encode())
        note = f"made in {time.process_time() - begin:.1f} s"
        carry(f"{name}, {SECONDS:.0f} s, bundled dataset", n_bytes, LARGEST[name], note)
    if CHROMIUM is None:
        print("| Frame of a page | | | | no Chromium is installed here |")
        return
    options = FlowMapOptions(Options(), size=(1920.0, 1080.0), top=25)
    text = page(Play.of(FlowMap.of(web(25, 300, 1_000), options, measure), SECONDS))
    cuts = statistics.quantiles(_gaps(text), n=100)
    note = f"median {cuts[49] * 1000:.1f} ms, 99th percentile {cuts[98] * 1000:.1f} ms"
    show("Frame of a page, 95th percentile, 300 flows", cuts[94], SIXTY, note)


def _gaps(text: str) -> list[float]:
    """Seconds from one frame to the next, over ten seconds of play."""
    from tests.render.devtools import browser

    with tempfile.TemporaryDirectory() as folder, browser() as opened:
        path = Path(folder) / "page.html"
        path.write_text(text, encoding="utf-8")
        opened.show(path.as_uri(), 1920 + 320, 1180)
        times = opened.ask(FRAMES)
    return [(after - before) / 1000 for before, after in pairwise(times)]
