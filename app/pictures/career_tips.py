"""What the marks of careers say when asked: of a stint, a move, a person."""

from __future__ import annotations

import numpy as np

from app.domain import dates
from app.domain.dataset import Row
from app.domain.dates import OPEN
from app.pictures import wording
from app.pictures.gathered import Gathered
from app.scene.scene import Tip

KIND_WORDS = {
    "employment": "", "founder": "founder", "advisor": "advisor", "visiting": "visiting", "education": "study",
    "offer": "offer",
}  # fmt: skip
"""What a kind of stint is called; an employment goes without saying."""
MOST_LINES = 14


def days_text(row: Row) -> str:
    """`2020 to 2025-06-10`, `since 2025-06`, `start not known, until 2024`."""
    start, end = row["start"], row["end"]
    if row["kind"] == "offer":
        return str(start or row["announced"] or "day not known")
    if not start and row["announced"]:
        start = f"announced {row['announced']}"
    if end == OPEN:
        return f"since {start}" if start else "start not known, still there"
    if not start and not end:
        return "days not known"
    return f"{start or 'start not known'} to {end}" if end else f"{start}, end not known"


def stint_line(gathered: Gathered, row: Row) -> str:
    """`OpenAI, Researcher: 2023 to 2025-06, confirmed`."""
    at = gathered.dataset.position("organizations", str(row["organization_id"]))
    place = gathered.labels[at] if at is not None else str(row["organization_id"])
    role = row["role"] or KIND_WORDS.get(row["kind"] or "", "")
    said = f"{days_text(row)}, {row['status'] or 'reported'}"
    return f"{place}{f', {role}' if role else ''}: {said}"


def stint_tip(gathered: Gathered, position: int) -> Tip:
    """Who was where, as what, when, how sure, on whose word. position: in the Index."""
    data, index = gathered.dataset, gathered.dataset.index
    row = data["stints"].row(int(index.row[position]), named=True)
    code = int(index.organization[position])
    unit = f", {row['unit']}" if row["unit"] else ""
    kind = KIND_WORDS.get(row["kind"] or "", "")
    about = [part for part in (row["role"] or "", kind) if part]
    lines = [f"{gathered.names[code]}{unit}", *([", ".join(about)] if about else []), days_text(row)]
    sources = tuple(row["source_ids"] or ())
    if row["end"] == OPEN and (seen := _last_seen(gathered, sources)):
        lines.append(f"last seen {seen}")
    lines.append(f"{row['status'] or 'reported'}, {gathered.publishers(sources)}")
    return Tip(name_of(gathered, int(index.person[position])), tuple(lines), sources)


def _last_seen(gathered: Gathered, sources: tuple[str, ...]) -> str:
    """The newest `published` of some sources that are known; blank where none is dated."""
    cited = (gathered.sources.get(source) for source in sources)
    days = [(dates.parse(s.published), s.published) for s in cited if s is not None and dates.readable(s.published)]
    known_by = gathered.options.known_by
    known = [
        (day.earliest, text) for day, text in days if text and (known_by is None or dates.last_day(day) <= known_by)
    ]
    return max(known)[1] if known else ""


def move_tip(gathered: Gathered, row: int) -> Tip:
    """Who moved, from where to where, when, how sure, on whose word. row: among all moves of the careers."""
    moves = gathered.careers.moves
    a, b = (gathered.labels[int(end[row])] for end in (moves.origin, moves.destination))
    sources = gathered.move_sources(moves, row)
    return Tip(gathered.person_name(moves, row), (f"{a} → {b}", gathered.when_line(moves, row)), sources)


def person_tip(gathered: Gathered, code: int) -> Tip:
    """All stints of a person, in order, and what they know."""
    data, index = gathered.dataset, gathered.dataset.index
    first, end = np.searchsorted(index.person, [code, code + 1]).tolist()
    shown = [at for at in range(first, end) if gathered.careers.known.shown[at]]
    rows = [data["stints"].row(int(index.row[at]), named=True) for at in shown]
    lines = [stint_line(gathered, row) for row in rows[-MOST_LINES:]]
    if len(rows) > MOST_LINES:
        lines.insert(0, f"{wording.counted(len(rows) - MOST_LINES, 'earlier stint')}")
    person = data["people"].row(code, named=True)
    if person["expertise"]:
        lines.append(", ".join(person["expertise"]))
    cited = [source for row in rows for source in row["source_ids"] or ()]
    return Tip(name_of(gathered, code), tuple(lines), tuple(dict.fromkeys([*(person["source_ids"] or ()), *cited])))


def name_of(gathered: Gathered, code: int) -> str:
    """The name of a person; the id where there is none."""
    people = gathered.dataset["people"]
    return str(people.item(code, "name") or people.item(code, "id"))
