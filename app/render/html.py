"""A picture that plays, as a page of one file: its marks, what they say, and a small script. No network, no Qt.

The page stands on the last day until somebody plays it, and prints that day. Its policy lets only its own style sheet
and its own script run, by their hashes, and loads nothing.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from urllib.parse import unquote

from app.pictures.playing import Play
from app.places import resources
from app.render.crossings import stands_from
from app.render.faces import font_face
from app.render.html_colors import Colors
from app.render.html_data import Known
from app.render.markup import attribute_text, element_text
from app.render.smil import spelled
from app.render.stages import Stages
from app.render.steps import Element, Named, Piece, Stack, Steps
from app.render.words import provenance
from app.scene.scene import Scene

MOST_STOPS = 150
"""With more marks than this that say something, only the search reaches them by keyboard: nobody tabs through more."""


def page(play: Play, *, theme: str | None = None, more: str = "") -> str:
    """The play as HTML. theme: `light` or `dark`, whatever the system prefers; None: as it does; more: rules of style
    after its own."""
    colors = Colors()
    stages = Stages.of(play, colors.drawn)
    known = Known(play, colors)
    marks = _Marks(play, known, stages)
    scene = play.closing
    below, above = marks.svg("below", stages.below, marks.resting()), marks.svg("above", stages.above)
    data = json.dumps(known.tables(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    style = f"{font_face()}{colors.rules}{_part('page.css')}{more}"
    script = _part("image.js") + _part("page.js")
    policy = (
        f"default-src 'none'; style-src {hash_of(style)}; script-src {hash_of(script)}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    chosen = f' data-theme="{theme}"' if theme is not None else ""
    title = element_text(scene.header.title)
    summary = attribute_text(". ".join(scene.header.lines))
    return f"""<!doctype html>
<html lang="en"{chosen}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{summary}">
<meta name="generator" content="Talentflow">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1 class="unseen">{title}</h1>
<a class="unseen skip" href="#search">Skip the picture</a>
<div class="picture" role="group" aria-label="{attribute_text(scene.header.title)}">
{below}
<canvas class="image" aria-hidden="true" hidden></canvas>
<canvas class="image" aria-hidden="true" hidden></canvas>
<canvas id="people" aria-hidden="true"></canvas>
{above}
</div>
<div class="controls" role="group" aria-label="Time">
<button id="play" type="button">Play</button>
<input id="time" type="range" min="0" max="{round(play.seconds * 1000)}" step="1" aria-label="Day">
<output id="day" for="time"></output>
<button id="theme" type="button" aria-label="Switch between light and dark">Dark</button>
</div>
<p id="said" class="unseen" role="status" aria-live="polite"></p>
</main>
<aside aria-label="Who and what">
<input id="search" type="search" placeholder="Search people, organizations" aria-label="Search people, organizations">
<ul id="found" aria-live="polite"></ul>
<section id="chosen" aria-live="polite" aria-label="What is chosen">
<p>Choose an organization, a flow or a person to read who went where, and who says so.</p>
</section>
<details><summary>About this picture</summary>
<p>Space plays and pauses, the arrow keys go from step to step, / searches, Escape chooses nothing.</p>
{_provenance(scene)}
</details>
</aside>
<div id="tip" role="tooltip" hidden></div>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


class _Marks:
    """The layers of a page as SVG, their marks with numbers that the script looks up."""

    def __init__(self, play: Play, known: Known, stages: Stages) -> None:
        self.play, self.known, self.stages = play, known, stages
        self.reached: set[str] = set()
        named = {e.group.id for s in (*stages.below, *stages.above) for e in s.elements if e.group is not None}
        named |= {p.named.id for s in (*stages.below, *stages.above) for e in s.elements for p in e.looks}
        self.stops = len(named) <= MOST_STOPS

    def svg(self, name: str, stacks: tuple[Stack, ...], more: str = "") -> str:
        """One of the two pictures that lie below and above the people on the way."""
        width, height = (f"{side:g}" for side in self.play.closing.size)
        layers = "\n".join(self._layer(stack) for stack in stacks)
        return (
            f'<svg id="{name}" viewBox="0 0 {width} {height}" font-family="Inter, sans-serif">\n{layers}{more}\n</svg>'
        )

    def resting(self) -> str:
        """Those who rest on the last day, each from the step on after which they have landed."""
        if self.stages.resting is None:
            return ""
        play, motion, rows = self.play, self.play.motion, self.play.at_rest
        assert motion is not None
        land = play.second_of(motion.land[rows]).tolist()
        steps = [stands_from(play, second) if second > 0 else 0 for second in land]
        pieces = [element.looks[0] for element in self.stages.resting.elements]
        dots = [piece for piece in pieces if piece.tag == "circle"]
        parts = []
        for n, piece in enumerate([*(piece for piece in pieces if piece.tag == "polyline"), *dots]):
            at = n % len(dots)  # traces, some for each dot, then dots, in the same order
            shows: Steps = ((steps[at], self.stages.n),) if steps[at] else ()
            parts.append(self._piece(Piece(piece.tag, piece.attributes, piece.words, dots[at].named, shows)))
        return f"\n<g>{''.join(parts)}</g>"

    def _layer(self, stack: Stack) -> str:
        parts = []
        for group, run in groupby(stack.elements, key=lambda element: element.group):
            inner = "".join(self._element(element) for element in run)
            parts.append(inner if group is None else f"<g {self._about(group)}>{inner}</g>")
        return f"<g>{''.join(parts)}</g>"

    def _element(self, element: Element) -> str:
        return "".join(self._piece(piece) for piece in element.looks)

    def _piece(self, piece: Piece) -> str:
        shows, stays = "", not piece.shows or piece.shows[-1][1] == self.stages.n
        if piece.shows:
            steps = " ".join(f"{start}-{end}" for start, end in piece.shows)
            shows = f'data-s="{steps}"' + ("" if stays else ' display="none"')
        about = self._about(piece.named, stays=stays)
        form = " ".join(part for part in (about, shows, spelled(piece.attributes)) if part)
        words = element_text(piece.words)
        return f"<{piece.tag} {form}>{words}</{piece.tag}>" if words else f"<{piece.tag} {form}/>"

    def _about(self, named: Named, *, stays: bool = True) -> str:
        """What a mark stands for and says, as numbers; the first mark of each can be reached by keyboard."""
        parts = []
        key = unquote(named.id.removeprefix("k-"))
        if key:
            parts.append(f'data-k="{self.known.key(key)}"')
        if named.title:
            parts.append(f'data-t="{self.known.tip_of(named.title)}"')
            if key and stays and self.stops and key not in self.reached and not key.startswith("move:"):
                self.reached.add(key)
                label = attribute_text(named.title.replace("\n", ". "))
                parts.append(f'tabindex="0" role="button" aria-label="{label}"')
        return " ".join(parts)


def _provenance(scene: Scene) -> str:
    rows = "".join(f"<dt>{element_text(k)}</dt><dd>{element_text(v)}</dd>" for k, v in provenance(scene).items())
    return f"<dl>{rows}</dl>"


def _part(name: str) -> str:
    return (resources() / "page" / name).read_text(encoding="utf-8")


def hash_of(text: str) -> str:
    """The hash by which a policy lets a style sheet or a script run."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
