"""Edits about seats as values: what somebody says of a seat, and the one step that comes of it.

A seat is added, opened, offered, put on hold, filled, vacated, closed; it answers to another one; a person goes to
another unit. Nothing is guessed: without a day no day is written.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from app.analysis.adding import Party
from app.analysis.answering import Answering, answer
from app.analysis.consequences import new_faults
from app.analysis.recording import NewMove, held, present, recorded
from app.analysis.seat_filling import Filling, Vacating, fill, vacate
from app.analysis.seat_making import Said, SeatMaking
from app.analysis.seat_stating import Closing, Opening, Stating, close, open_seat, state
from app.analysis.subordination import SolidLines
from app.domain import dates
from app.domain.checks import errors
from app.domain.dataset import Dataset
from app.domain.edit import Edit, apply, put, rows_of
from app.domain.errors import DataError, Fault

__all__ = [
    "Answering", "Closing", "Filling", "Joining", "Opening", "Said", "Seated", "Stating", "Vacating", "Wish", "seated",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joining:
    """A person goes to an organization: a move, or a change of unit. left: id of where they come from; where they have
    no post there that runs, it is where they are known to be."""

    person: Party
    joined: Party
    role: str = ""
    left: str = ""


Wish = Opening | Stating | Filling | Vacating | Closing | Answering | Joining


@dataclass(frozen=True, eq=False)
class Seated:
    """edit, dataset: the step and what it gives; effects: what it does, line by line; warnings: what is doubtful."""

    edit: Edit
    dataset: Dataset
    effects: tuple[str, ...]
    warnings: tuple[Fault, ...]


def seated(dataset: Dataset, wish: Wish, said: Said, as_of: int) -> Seated:
    """The edit that does what is wished. DataError with all that must be put right first, each with its field.

    as_of: the day that counts as today, for what is said without a day.
    """
    if isinstance(wish, Joining):
        return _joined(dataset, wish, said)
    made = SeatMaking(dataset, said, as_of)
    name = _named(made, wish)
    if made.mistakes:
        raise DataError(*made.mistakes)
    made.unsourced()
    edit = put(dataset, name, made.rows)
    after = apply(dataset, edit)
    _must_not_circle(dataset, after, edit)
    told = new_faults(_concerned(dataset, edit), _concerned(after, edit), edit)
    found = [fault for fault in told if fault.code != "unsourced"]
    if wrong := errors(found):
        raise DataError(*(Fault("seat", fault.message, fault.remedy, field="day") for fault in wrong))
    return Seated(edit, after, tuple(made.effects), (*made.doubts, *found))


def _named(made: SeatMaking, wish: Wish) -> str:
    """Collect what a wish asks for; the name of the edit."""
    match wish:
        case Opening():
            return open_seat(made, wish)
        case Stating():
            return state(made, wish)
        case Filling():
            return fill(made, wish)
        case Vacating():
            return vacate(made, wish)
        case Closing():
            return close(made, wish)
        case Answering():
            return answer(made, wish)
        case Joining():
            raise TypeError("a person who goes elsewhere is a move")


def _joined(dataset: Dataset, wish: Joining, said: Said) -> Seated:
    """The same as a recorded move."""
    posts = held(dataset, wish.person.id) if wish.person.id else []
    there = [one for one in posts if one["organization_id"] == wish.left and one["end"] in (None, dates.OPEN)]
    post = there[-1] if there else present(dataset, wish.person.id)
    left = Party(str(post["organization_id"])) if post is not None else Party()
    move = NewMove(wish.person, wish.joined, left, wish.role, said.day, said.status, source=said.source)
    made = recorded(dataset, move)
    return Seated(made.edit, made.dataset, made.effects, made.warnings)


def _concerned(dataset: Dataset, edit: Edit) -> Dataset:
    """The part of a dataset that an edit about seats can make wrong, but for circles: of 100,000 seats those it names.
    Of the others nothing is asked at every key that is typed."""
    empty = pl.Series("id", [], dtype=pl.String)
    touched = {table: edit.tables[table].ids if table in edit.tables else empty for table in ("seats", "reports")}
    change = edit.tables.get("stints")
    sides = (change.before, change.after) if change is not None else ()
    people = pl.concat([empty, *(side.get_column("person_id").alias("id") for side in sides)]).unique()
    stints = dataset["stints"].filter(pl.col("person_id").is_in(people.implode()))
    reports = rows_of(dataset, "reports", touched["reports"])
    named = [stints.get_column("seat_id"), reports.get_column("seat_id"), reports.get_column("to_seat_id")]
    seats = pl.concat([touched["seats"], *(column.alias("id") for column in named)]).drop_nulls().unique().sort()
    return Dataset.of(
        {
            "organizations": dataset["organizations"], "sources": dataset["sources"], "stints": stints,
            "people": dataset["people"].filter(pl.col("id").is_in(people.implode())), "reports": reports,
            "seats": rows_of(dataset, "seats", seats),
        }
    )  # fmt: skip


def _must_not_circle(before: Dataset, after: Dataset, edit: Edit) -> None:
    """A solid line that leads round to where it began is a mistake."""
    change = edit.tables.get("reports")
    if change is None:
        return
    ids, lines = after["seats"].get_column("id"), SolidLines.of(after)
    for line in change.after.iter_rows(named=True):
        seat = after.position("seats", line["seat_id"])
        if seat is None or line["kind"] == "dotted" or _same_way(before, line):
            continue
        lo, hi = dates.parse(line["start"]).earliest, dates.parse(line["end"]).latest - 1
        if circle := lines.circle(seat, lo, hi):
            names = [_held_by(after, ids[at]) for at in (*circle, seat)]
            shown = " → ".join(names if len(names) < 6 else (*names[:4], "…", names[-1]))
            remedy = "Choose somebody who does not, or let them report to somebody else first."
            raise DataError(Fault("seat", f"{names[1]} stands below {names[0]}: {shown}", remedy, field="to"))


def _same_way(before: Dataset, line: dict[str, object]) -> bool:
    """Whether a line led there already, for a longer time."""
    was = before.row("reports", str(line["id"]))
    return was is not None and was["to_seat_id"] == line["to_seat_id"]


def _held_by(dataset: Dataset, seat: str) -> str:
    """Who holds a seat, in a word: for a circle nobody needs the day."""
    stints = dataset["stints"].filter(dataset["stints"]["seat_id"] == seat)
    last = int(dates.bounds(stints.get_column("start"))[0].argmax()) if stints.height else 0
    row = stints.row(last, named=True) if stints.height else None
    person = dataset.row("people", str(row["person_id"])) if row is not None else None
    return str((person or {}).get("name") or (dataset.row("seats", seat) or {}).get("title") or seat)
