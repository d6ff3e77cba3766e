"""The notes of a slide: what its picture shows, what made it, and the numbered sources of what it shows. No Qt."""

from __future__ import annotations

from itertools import islice

from app.render.words import legible
from app.scene.cited import citation, cited
from app.scene.scene import Scene

MOST_SOURCES = 60
"""Sources that are named; the rest is counted."""
_ELSEWHERE = ("Title", "Software", "Left out")
_WORDS = {"Lens": "Filter"}


def notes(scene: Scene, remark: str = "") -> str:
    """Scope, days and filter, what is left out, command and dataset, sources. remark: about the slide itself."""
    header = scene.header
    made = [f"{_WORDS.get(word, word)}: {text}" for word, text in legible(scene).items() if word not in _ELSEWHERE]
    sources = cited(scene)
    named = [citation(n, source) for n, source in enumerate(islice(sources.values(), MOST_SOURCES), 1)]
    more = len(sources) - len(named)
    if more:
        named.append(f"and {more:,} more {'source' if more == 1 else 'sources'}, which the dataset names")
    said = [line for line in (*header.lines, remark) if line]
    blocks = [[header.title, *said], made, [f"Sources of what is shown ({len(sources):,})", *named] if sources else []]
    return "\n\n".join("\n".join(block) for block in blocks if block)
