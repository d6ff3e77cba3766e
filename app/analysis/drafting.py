"""The edit that a form makes: one record as it shall be, and whatever it names that is not on record yet.

Where a field refers to a record, the draft holds its id, a Party or a Cited; one without an id is added by the same
edit: people, organizations and sources can be added by what is known of them, anything else is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from app.analysis.adding import STEP, Additions, Cited, Party
from app.analysis.consequences import new_faults
from app.analysis.names import as_id
from app.domain import rows
from app.domain.dataset import Dataset, Row
from app.domain.edit import Edit, apply, put
from app.domain.errors import Fault
from app.domain.schema import TABLES, Field

ADDABLE = ("people", "organizations", "sources")
"""Tables to which a record can be added by its name alone."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as it shall be. id: blank for a new one; values: by field, those that are not named stay as they are;
    name: of the step in the history, blank for one that is made of what is done."""

    table: str
    id: str
    values: Mapping[str, object]
    name: str = ""


@dataclass(frozen=True, eq=False)
class Drafted:
    """What becomes of a draft. edit: false if nothing changes; dataset: after it; id: of the record; effects: what is
    added beside it; warnings: what is doubtful about it; mistakes: what must be put right first, and then edit and
    dataset change nothing."""

    edit: Edit
    dataset: Dataset
    id: str
    effects: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()
    mistakes: tuple[Fault, ...] = ()

    @classmethod
    def refused(cls, dataset: Dataset, row_id: str, mistakes: Sequence[Fault]) -> Drafted:
        """A draft of which nothing becomes."""
        return cls(Edit("Nothing"), dataset, row_id, mistakes=tuple(mistakes))


def drafted(dataset: Dataset, draft: Draft) -> Drafted:
    """The edit that a draft makes. Nothing is raised for what is wrong in it: that is `mistakes`."""
    additions = Additions(dataset)
    row, mistakes = _row(dataset, additions, draft)
    row_id = str(row["id"])
    if mistakes:
        return Drafted.refused(dataset, row_id, mistakes)
    additions.put(draft.table, row)
    edit = put(dataset, draft.name or _name(draft, row), additions.rows)
    if not edit:
        return Drafted(edit, dataset, row_id)
    after = apply(dataset, edit)
    found = new_faults(dataset, after, edit)
    wrong = [fault for fault in found if fault.severity == "error"]
    if wrong:
        return Drafted.refused(dataset, row_id, wrong)
    return Drafted(edit, after, row_id, tuple(additions.effects), found)


def begun(table: str, given: Mapping[str, object]) -> dict[str, object]:
    """What the form of a new record begins with: what is given, and the usual status and kind; a stint runs."""
    usual: dict[str, object] = {"status": "reported"}
    match table:
        case "organizations":
            usual["kind"] = "other"
        case "stints":
            usual |= {"kind": "employment", "end": ".."}
        case "reports":
            usual["kind"] = "solid"
        case "claims":
            usual |= {"stance": "supports", "ruling": "open"}
        case "sources":
            usual["kind"] = "press"
    return {**usual, **given}


def _row(dataset: Dataset, additions: Additions, draft: Draft) -> tuple[Row, list[Fault]]:
    """The row of a draft, with ids in place of what is named, and what is wrong with it by itself."""
    table = TABLES[draft.table]
    old = dataset.row(draft.table, draft.id) if draft.id else None
    wrong: list[Fault] = []
    if draft.id and old is None:
        wrong.append(_gone(draft))
    row: Row = dict(old) if old is not None else dict.fromkeys(table.names)
    sources = sources_of(additions, draft.values.get("source_ids"))
    for name, value in draft.values.items():
        field = table.field(name)
        row[name] = sources if name == "source_ids" else value_of(additions, field, value, sources)
        wrong += _unknown(dataset, additions, draft, field, row[name])
    if old is None:
        row = completed(dataset, additions, draft.table, row)
    return row, [*wrong, *rows.faults(draft.table, row)]


def value_of(additions: Additions, field: Field, value: object, sources: Sequence[str]) -> object:
    """A value of a field, with the id of what it names; one that is new is added."""
    if isinstance(value, Cited):
        return additions.source(value) or None
    if isinstance(value, Party):
        if value.id or not value or field.reference not in ADDABLE:
            return value.id or value.name or None
        if field.reference == "sources":
            return additions.source(Cited(title=value.name))
        fields = {"kind": "other", "status": "reported"} if field.reference == "organizations" else {}
        return additions.party(field.reference, value, {"status": "reported", **fields}, sources)[0]
    return value


def sources_of(additions: Additions, value: object) -> list[str]:
    """Ids of sources; those that are new are added."""
    if not isinstance(value, list | tuple):
        return []
    found = (value_of(additions, TABLES["stints"].field("source_ids"), one, ()) for one in value)
    return sorted({str(one) for one in found if one})


def _unknown(dataset: Dataset, additions: Additions, draft: Draft, field: Field, value: object) -> list[Fault]:
    """References to what is neither on record nor added."""
    if not field.reference or not value:
        return []
    added = {str(row["id"]) for row in additions.rows.get(field.reference, ())}
    ids = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    lost = [one for one in ids if one not in added and dataset.position(field.reference, one) is None]
    noun = TABLES[field.reference].noun
    return [
        Fault(
            "dangling", f"there is no {noun} {one!r}", f"Choose a {noun} from the list.",
            table=draft.table, id=draft.id, field=field.name,
        )
        for one in lost[:1]
    ]  # fmt: skip


def _gone(draft: Draft) -> Fault:
    noun = TABLES[draft.table].noun
    return Fault(
        "gone", f"the {noun} {draft.id!r} is not there any more", "Close this form; what it held is in the history.",
        table=draft.table, id=draft.id, field="id",
    )  # fmt: skip


def completed(dataset: Dataset, additions: Additions, table: str, row: Row) -> Row:
    """A new row with an id, and the next rank where rank orders it."""
    fields: dict[str, object] = {}
    if row.get("rank") is None and table in ("stints", "seats"):
        owner = "person_id" if table == "stints" else "organization_id"
        fields["rank"] = _next_rank(dataset, additions, table, owner, str(row.get(owner) or ""))
    return {**row, **fields, "id": additions.free(table, _wanted_id(table, {**row, **fields}))}


def _next_rank(dataset: Dataset, additions: Additions, table: str, owner: str, whose: str) -> int:
    """After the last one of the same person or organization."""
    on_record = dataset[table].filter(pl.col(owner) == whose).get_column("rank").max()
    added = [int(str(row["rank"])) for row in additions.rows.get(table, ()) if row.get(owner) == whose and row["rank"]]
    return max([int(on_record) if isinstance(on_record, int) else 0, *added]) + STEP


def _wanted_id(table: str, row: Row) -> str:
    """The id that a new record would have, in the manner of those on record."""

    def joined(*names: str) -> str:
        return "-".join(str(row[name]) for name in names if row.get(name))

    match table:
        case "stints":
            return f"st-{joined('person_id', 'rank')}"
        case "seats":
            return f"seat-{row.get('organization_id') or ''}-{as_id(str(row.get('title') or row.get('rank') or ''))}"
        case "reports":
            return f"rp-{str(row.get('seat_id') or '').removeprefix('seat-')}"
        case "relations":
            return f"rel-{joined('from_id', 'to_id', 'kind')}"
        case "successions":
            return f"suc-{joined('from_id', 'to_id')}"
        case "targets":
            return f"target-{joined('organization_id')}"
        case "claims":
            return f"c-{as_id(str(row.get('topic') or row.get('text') or ''))}"
        case "sources":
            return as_id(f"{row.get('publisher') or ''} {row.get('title') or row.get('url') or ''}")
        case _:
            return as_id(str(row.get("name") or ""))


def _name(draft: Draft, row: Row) -> str:
    """What a step is called in the history."""
    noun = TABLES[draft.table].noun
    called = str(row.get("name") or row.get("title") or row.get("text") or row["id"])
    return f"{'Edit' if draft.id else 'Add'} the {noun} {called[:60]}"
