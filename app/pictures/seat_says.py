"""Who says what the target is, and what sources say against it: a few lines with status and publishers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.known import known_rows
from app.pictures import seat_target
from app.pictures.board import Board, Sheet
from app.scene.scene import Tip
from app.scene.style import Role, Style

if TYPE_CHECKING:
    from app.pictures.buildout import BuildOutPicture

LINE, HEAD = 15.0, 22.0
MOST = 4
"""Lines at most."""


def said(picture: BuildOutPicture) -> list[tuple[str, str, Tip]]:
    """Text, key and tip of the target and of each claim on its size that is not denied; nothing without a target."""
    gathered = picture.gathered
    row = seat_target.record(picture.holding) if picture.holding is not None else None
    if row is None or picture.holding is None:
        return []
    told = f"The target is {seat_target.words(picture.holding)}"
    found = [_line(picture, f"targets:{row['id']}", told, row["status"], row["source_ids"])]
    subjects = {f"targets:{row['id']}", f"organizations:{row['organization_id']}"}
    known = known_rows(gathered.dataset, "claims", gathered.options.known_by)
    for claim, shown in zip(gathered.dataset["claims"].iter_rows(named=True), known.tolist(), strict=True):
        if not shown or claim["status"] == "denied" or not subjects & set(claim["about"] or ()):
            continue
        if claim["field"] in ("headcount", "seats") and claim["text"]:
            found.append(_line(picture, f"claims:{claim['id']}", claim["text"], claim["status"], claim["source_ids"]))
    return found


def _line(
    picture: BuildOutPicture, key: str, text: str, status: str | None, sources: list[str] | None
) -> tuple[str, str, Tip]:
    publishers = picture.gathered.publishers(sources or ())
    return (
        f"{text} ({status or 'status not known'}, {publishers})",
        key,
        Tip(text, (publishers,), tuple(sources or ())),
    )


def lines(board: Board, picture: BuildOutPicture, w: float, s: float) -> list[tuple[str, str, Tip]]:
    """What is said, broken into lines of a width."""
    found = [(line, key, tip) for text, key, tip in said(picture) for line in board.wrapped(text, (11 * s, 450), w)]
    if len(found) > MOST:
        line, key, tip = found[MOST - 1]
        found = [*found[: MOST - 1], (board.elided(f"{line} and more …", (11 * s, 450), w), key, tip)]
    return found


def draw(sheet: Sheet, x: float, y: float, told: list[tuple[str, str, Tip]], s: float) -> None:
    """Set the lines under a head at (x, y)."""
    sheet.label(x, y + 11 * s, "SAYS WHO? TARGET", Style(Role.SECTION), 10.5 * s)
    for nth, (text, key, tip) in enumerate(told):
        style = Style(Role.CAPTION)
        sheet.label(x, y + (HEAD + 8 + LINE * nth) * s, text, style, 11 * s, key=key, tip=tip)
