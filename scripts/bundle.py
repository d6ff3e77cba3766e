"""Make the bundled dataset: the fact base of `data/facts` with the story of `data/story.json`. Run from the checkout:
`python -m scripts.bundle`."""

from __future__ import annotations

import json
from pathlib import Path

from app.domain.dataset import Dataset
from app.domain.edit import apply
from app.domain.stories import Step, begin
from app.files import native, registry

DATA = Path(__file__).parents[1] / "data"


def bundled() -> Dataset:
    """The facts and the story told of them."""
    facts = registry.read(DATA / "facts")
    told = json.loads((DATA / "story.json").read_text(encoding="utf-8"))
    return apply(facts, begin(facts, told["name"], [Step.restored(step) for step in told["steps"]]))


if __name__ == "__main__":
    native.write(bundled(), DATA / "ai-labs.json")
