"""A story as a page of one file: each step is the page of its picture within a frame, its words below. No network, no
Qt.

What the pages have in common (type, script) is there once and put into each when it is opened. The policy of the page
holds for its frames too, and lets nothing run but what is here, by hashes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.pictures.playing import Play
from app.places import resources
from app.render.faces import font_face
from app.render.html import hash_of, meta_words, page
from app.render.html_colors import tokens
from app.render.markup import attribute_text, element_text
from app.render.theme import DARK, LIGHT
from app.render.words import PLACES, provenance

CONTROLS = 56
"""Pixels below a picture that the controls of time take."""
_STYLE, _SCRIPT = (re.compile(rf"<{tag}>(.*?)</{tag}>", re.DOTALL) for tag in ("style", "script"))


@dataclass(frozen=True, eq=False)
class Leaf:
    """One step. play: its picture; plays: whether time plays in it; focus: the key that is chosen in it, blank for
    none; head, text: its words."""

    play: Play
    plays: bool
    focus: str
    head: str
    text: str


def story_page(leaves: Sequence[Leaf], title: str, *, theme: str | None = None) -> str:
    """The story as HTML. leaves: one or more; theme: as for a page of one picture."""
    pages = [page(leaf.play, theme=theme, more=_embedded(leaf)) for leaf in leaves]
    font = font_face()
    shared = [font, *{script for made in pages for script in _SCRIPT.findall(made)}]
    tokens_of = [f"@@{n}@@" for n in range(len(shared))]
    packed = []
    for made in pages:
        for text, token in zip(shared, tokens_of, strict=True):
            made = made.replace(text, token)
        packed.append(made)
    steps = [
        {"page": made, "plays": leaf.plays, "focus": leaf.focus, "head": leaf.head, "text": leaf.text}
        for made, leaf in zip(packed, leaves, strict=True)
    ]
    data = _json({"shared": dict(zip(tokens_of, shared, strict=True)), "steps": steps})
    style, script = f"{font}{_colors()}{_part('story.css')}", _part("story.js")
    styles = [style, *(part for made in pages for part in _STYLE.findall(made))]
    scripts = [script, *shared[1:]]
    policy = (
        f"default-src 'none'; style-src {' '.join(map(hash_of, dict.fromkeys(styles)))}; "
        f"script-src {' '.join(map(hash_of, scripts))}; font-src data:; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )
    chosen = f' data-theme="{theme}"' if theme is not None else ""
    name, first = element_text(title), leaves[0].play.closing
    frames = "\n".join(
        f'<section class="step" aria-label="Step {n} of {len(leaves)}"><iframe title="{attribute_text(_name(leaf))}">'
        f'</iframe><div class="words"><h2>{element_text(leaf.head)}</h2>{_paragraphs(leaf.text)}'
        f'<p class="number">{n} of {len(leaves)}</p></div></section>'
        for n, leaf in enumerate(leaves, 1)
    )
    of_all = ("Software", "Dataset", "Command", *first.meta.remarks)
    words = {word: text for word, text in provenance(first).items() if word in of_all}
    told = ((word, text) for word, text in words.items() if word not in ("Software", PLACES))
    said = "".join(f"<dt>{element_text(word)}</dt><dd>{element_text(text)}</dd>" for word, text in told)
    return f"""<!doctype html>
<html lang="en"{chosen}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Talentflow">
{meta_words({"Title": title, **words})}
<title>{name}</title>
<style>{style}</style>
</head>
<body>
<h1 class="unseen">{name}</h1>
<main>
{frames}
</main>
<nav aria-label="Steps">
<button id="back" type="button" title="The step before (Page up, Left)">Back</button>
<output id="at" aria-live="polite"></output>
<button id="next" type="button" title="The next step (Page down, Right)">Next</button>
<button id="theme" type="button" aria-label="Switch between light and dark">Dark</button>
<details><summary>About this story</summary><p>{name}: page down and page up lead from step to step, Home and End to the
first and the last.</p><dl>{said}</dl></details>
</nav>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _embedded(leaf: Leaf) -> str:
    """What is another way in a page within the story: the whole picture is in sight, the theme is switched once for
    all, and where no time plays there are no controls."""
    width, height = leaf.play.closing.size
    below = CONTROLS if leaf.plays else 0
    gone = "#theme,.skip{display:none}" if leaf.plays else ".controls,.skip{display:none}"
    return (
        f"@media screen{{.picture{{width:min(100%,calc((100vh - {below}px)*{width / height:.5f}));margin:0 auto}}"
        f"body{{min-height:0}}{gone}}}"
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{element_text(line)}</p>" for line in text.splitlines() if line.strip())


def _name(leaf: Leaf) -> str:
    return leaf.head or leaf.play.closing.header.title


def _colors() -> str:
    """Both themes: by the setting of the system, by the switch of the page, light on paper."""
    day, night = tokens(LIGHT), tokens(DARK)
    return (
        f":root{{{day}}}:root[data-theme=dark]{{{night}color-scheme:dark}}:root[data-theme=light]{{color-scheme:light}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}"
        f"@media print{{:root:root:root{{{day}}}}}"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _part(name: str) -> str:
    return (resources() / "page" / name).read_text(encoding="utf-8")
