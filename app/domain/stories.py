"""Stories: sequences of steps, each a picture on a day with words of its own, kept with the dataset in its table
`views`: one row a story, its steps as JSON among the options.

What a step shows is the state of a view as it is kept everywhere; this module does not look into it. What cannot be
read in a step stays in it as it is until somebody sets it anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from app.domain import dates
from app.domain.dataset import Dataset, Row
from app.domain.dates import FUTURE, PAST
from app.domain.edit import Edit, drop, put
from app.domain.views import free_id, options_of

STORY = "story"
"""The view of a story, whose steps stand among the options as `steps`."""
MODES = ("cumulative", "window", "instant")
"""What of the past a step keeps in sight: all, a window of days, nothing."""
SECONDS, SHORTEST, LONGEST = 8.0, 1.0, 600.0
"""How long a step stands or plays, if nobody says, at least and at most."""
WINDOW = 183.0
"""Days that `window` looks back, if nobody says."""
Shares = tuple[float, float, float]
"""A camera at any size: how many times nearer than the whole, and what is in the middle, as share of the picture's
width and height."""


@dataclass(frozen=True)
class Step:
    """One step of a story.

    view: what is shown, as the state of a view; day: in days since 1970, None for the whole span; mode, window: what of
    the past is in sight; focus: keys that are selected; camera: None for the whole picture; head, text: its words;
    seconds: how long it stands or plays; more: keys that this program does not know, and those whose values it cannot
    read; raw: the entry where it is no step at all.
    """

    view: Mapping[str, Any] = field(default_factory=dict)
    day: int | None = None
    mode: str = MODES[0]
    window: float = WINDOW
    focus: tuple[str, ...] = ()
    camera: Shares | None = None
    head: str = ""
    text: str = ""
    seconds: float = SECONDS
    more: Mapping[str, Any] = field(default_factory=dict)
    raw: Any = None

    @property
    def unread(self) -> tuple[str, ...]:
        """The parts of it that cannot be read; `step` where it is none."""
        return ("step",) if self.raw is not None else tuple(name for name in _READERS if name in self.more)

    @property
    def state(self) -> Any:
        """The same as JSON. What is as usual is left out."""
        if self.raw is not None:
            return self.raw
        told = {
            "view": dict(self.view) or None,
            "day": dates.text(self.day) if self.day is not None else None,
            "mode": self.mode if self.mode != MODES[0] else None,
            "window": self.window if self.window != WINDOW else None,
            "focus": list(self.focus) or None,
            "camera": list(self.camera) if self.camera is not None else None,
            "head": self.head or None,
            "text": self.text or None,
            "seconds": self.seconds if self.seconds != SECONDS else None,
        }
        return {**self.more, **{name: value for name, value in told.items() if value is not None}}

    @classmethod
    def restored(cls, held: Any) -> Step:
        """The step of a `state`. What cannot be read is as usual, and stays among `more`."""
        if not isinstance(held, dict):
            return cls(raw=held) if held is not None else cls()
        found: dict[str, Any] = {}
        more: dict[str, Any] = {}
        for name, value in held.items():
            read = _READERS[name](value) if name in _READERS else None
            if read is None:
                more[name] = value
            else:
                found[name] = read
        return cls(**found, more=more)


@dataclass(frozen=True)
class Story:
    """A sequence of steps. id: of its row; name: as people know it."""

    id: str
    name: str
    steps: tuple[Step, ...] = ()


def stories(dataset: Dataset) -> tuple[Story, ...]:
    """All stories, in order of their names. Empty if there are none."""
    table = dataset["views"]
    rows = table.filter(table["view"] == STORY).iter_rows(named=True) if table.height else ()
    found = [Story(row["id"], row["name"] or "Story", _steps(row)) for row in rows]
    return tuple(sorted(found, key=lambda story: (story.name.casefold(), story.name, story.id)))


def story_of(dataset: Dataset, id_: str) -> Story | None:
    """The story of an id; None if there is none."""
    row = _row(dataset, id_)
    return Story(id_, row["name"] or "Story", _steps(row)) if row is not None else None


def begin(dataset: Dataset, name: str, steps: Sequence[Step] = ()) -> Edit:
    """The edit that begins a story under a name. ValueError for a blank name and for one that is taken."""
    name = _named(dataset, name, "")
    row: dict[str, object] = {"id": free_id(dataset, STORY), "view": STORY, "name": name, "options": _text({}, steps)}
    return put(dataset, f"Begin the story “{name}”", {"views": [row]})


def rename(dataset: Dataset, story: Story, name: str) -> Edit:
    """The edit that gives a story another name. Empty for the name that it has. ValueError as for `begin`."""
    name, row = _named(dataset, name, story.id), _row(dataset, story.id)
    changed = [{**row, "name": name}] if row is not None and row["name"] != name else []
    return put(dataset, f"Call the story “{name}”", {"views": changed})


def forget(dataset: Dataset, story: Story) -> Edit:
    """The edit that deletes a story. Empty if it is not there."""
    ids = [story.id] if _row(dataset, story.id) is not None else []
    return drop(dataset, f"Delete the story “{story.name}”", {"views": ids})


def insert(dataset: Dataset, story: Story, at: int, step: Step) -> Edit:
    """The edit that puts a step before another one, or last."""
    at = min(max(at, 0), len(story.steps))
    steps = (*story.steps[:at], step, *story.steps[at:])
    return _with(dataset, story, steps, f"Add step {at + 1} to “{story.name}”")


def change(dataset: Dataset, story: Story, at: int, step: Step, name: str = "") -> Edit:
    """The edit that puts a step in the place of another one; empty where both are the same. IndexError for a place
    where there is none."""
    if story.steps[at] == step:
        return Edit(name)
    steps = (*story.steps[:at], step, *story.steps[at + 1 :])
    return _with(dataset, story, steps, name or f"Change step {at + 1} of “{story.name}”")


def reword(dataset: Dataset, story: Story, at: int, **words: Any) -> Edit:
    """The edit that gives a step another head, text, or other seconds; what is not named stays, of an entry that is no
    step nothing. IndexError as for `change`."""
    step = story.steps[at]
    more = {name: value for name, value in step.more.items() if name not in words}
    step = replace(step, **words, raw=None, more=more)
    return change(dataset, story, at, step, f"Words of step {at + 1} of “{story.name}”")


def move(dataset: Dataset, story: Story, at: int, to: int) -> Edit:
    """The edit that moves a step to another place, counted without it. Empty where it stands there. IndexError as for
    `change`."""
    step, rest = story.steps[at], [*story.steps[:at], *story.steps[at + 1 :]]
    to = min(max(to, 0), len(rest))
    rest.insert(to, step)
    return _with(dataset, story, rest, f"Move step {at + 1} of “{story.name}”") if at != to else Edit("Nothing")


def delete(dataset: Dataset, story: Story, at: int) -> Edit:
    """The edit that deletes a step. IndexError as for `change`."""
    name = f"Delete step {at + 1} of “{story.name}”"
    _ = story.steps[at]
    return _with(dataset, story, (*story.steps[:at], *story.steps[at + 1 :]), name)


def free_name(dataset: Dataset, wanted: str = "Story") -> str:
    """A name that no story has: the wanted one, else with a number."""
    taken = {story.name for story in stories(dataset)}
    names = (wanted if n == 1 else f"{wanted} {n}" for n in count(1))
    return next(name for name in names if name not in taken)


def _with(dataset: Dataset, story: Story, steps: Sequence[Step], name: str) -> Edit:
    """The edit that gives a story other steps; other options of its row stay."""
    row = _row(dataset, story.id)
    if row is None:
        return Edit(name)
    return put(dataset, name, {"views": [{**row, "options": _text(options_of(row), steps)}]})


def _row(dataset: Dataset, id_: str) -> Row | None:
    row = dataset.row("views", id_)
    return row if row is not None and row["view"] == STORY else None


def _named(dataset: Dataset, name: str, own: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValueError("a story is kept under a name")
    if any(story.name == name and story.id != own for story in stories(dataset)):
        raise ValueError(f"there is a story “{name}” already")
    return name


def _steps(row: Row) -> tuple[Step, ...]:
    held = options_of(row).get("steps")
    return tuple(Step.restored(part) for part in held) if isinstance(held, list) else ()


def _text(options: Mapping[str, Any], steps: Sequence[Step]) -> str:
    held = {**options, "steps": [step.state for step in steps]}
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# readers of the parts of a step: the value, None for what cannot be read


def _view(value: Any) -> Mapping[str, Any] | None:
    return value if isinstance(value, dict) else None


def _day(value: Any) -> int | None:
    try:
        span = dates.parse(value.strip())
    except (AttributeError, ValueError):
        return None
    return dates.last_day(span) if span.earliest > PAST and span.latest < FUTURE else None


def _mode(value: Any) -> str | None:
    return value if value in MODES else None


def _window(value: Any) -> float | None:
    days = _number(value)
    return days if days is not None and 0 < days < FUTURE else None


def _focus(value: Any) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(key, str) for key in value) else None


def _camera(value: Any) -> Shares | None:
    parts = [_number(part) for part in value] if isinstance(value, list) else []
    if len(parts) != 3 or not all(part is not None and abs(part) < 1e6 for part in parts):
        return None
    zoom, x, y = (part for part in parts if part is not None)
    return (zoom, x, y) if zoom > 0 else None


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _seconds(value: Any) -> float | None:
    seconds = _number(value)
    return seconds if seconds is not None and SHORTEST <= seconds <= LONGEST else None


def _number(value: Any) -> float | None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if number else None


_READERS = {
    "view": _view, "day": _day, "mode": _mode, "window": _window, "focus": _focus, "camera": _camera, "head": _words,
    "text": _words, "seconds": _seconds,
}  # fmt: skip
