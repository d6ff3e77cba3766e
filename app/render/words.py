"""Words that pictures carry along in files: what made them, where their sources lie. No Qt."""

from __future__ import annotations

import json

from app.scene.scene import Scene

PLACES = "Places"
"""The word for where organizations stand: for programs, too long to be read."""


UNSAVED = "Unsaved"
"""The word for what of the data was in no file when the picture was made."""


def provenance(scene: Scene) -> dict[str, str]:
    """What made the picture, as word → text: title, program, command, dataset, days, lens; no blanks."""
    meta = scene.meta
    words = {
        "Title": scene.header.title,
        "Software": "Talentflow",
        "Command": meta.command,
        "Dataset": meta.dataset,
        "View": meta.view,
        "As of": meta.as_of,
        "Known by": meta.known_by,
        "Window": " to ".join(meta.window) if any(meta.window) else "",
        "Level": meta.level,
        "Lens": meta.lens,
        "Left out": "; ".join(f"{reason}: {count}" for reason, count in meta.left_out),
        **meta.remarks,
    }
    return {word: text for word, text in words.items() if text}


def told(scene: Scene) -> str:
    """The same as one text, JSON in ASCII, for files that have a place for one text only."""
    return json.dumps(provenance(scene), separators=(",", ":"))


def legible(scene: Scene) -> dict[str, str]:
    """The same without what is for programs only."""
    return {word: text for word, text in provenance(scene).items() if word != PLACES}


def link_of(scene: Scene, tip: int) -> str:
    """The address of the first source of a tip (an int into the Scene's tips, -1 for none) that has one, else blank.

    Only http and https: a file from elsewhere shall not smuggle scripts into a picture.
    """
    if tip < 0:
        return ""
    for id_ in scene.tips[tip].links:
        source = scene.meta.sources.get(id_)
        url = source.url.strip() if source is not None else ""
        if url.lower().startswith(("https://", "http://")):
            return url
    return ""
