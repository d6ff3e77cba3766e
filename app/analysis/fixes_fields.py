"""Fixes for what is wrong with one field: a word, a date, a form, an id, a reference to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl
from rapidfuzz import fuzz, process, utils

from app.analysis.fixing import Fix, changed, cleared, more_than_one, named, removed, words
from app.analysis.names import as_id, near
from app.domain import dates
from app.domain.checks import MAY_BE_OPEN
from app.domain.dataset import Dataset, Row
from app.domain.edit import Edit, drop
from app.domain.errors import Fault
from app.domain.meant import Meant, meant
from app.domain.rewriting import Fields, referring, rewritten
from app.domain.schema import COLOR_PATTERN, ID_PATTERN, TABLES, Kind

MOST_NEAREST = 3
"""Records that are offered in place of one that is not there, and words in place of one that is not known."""
LIKE_ID, LIKE_WORD = 75, 60
"""How much an id or a word must look like another: ratio of rapidfuzz."""


def word(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """The nearest words of the vocabulary, or none."""
    field = TABLES[fault.table].field(fault.field)
    old = str(row[fault.field])
    like = process.extract(
        old, field.vocabulary, scorer=fuzz.ratio, processor=utils.default_process, limit=MOST_NEAREST,
        score_cutoff=LIKE_WORD,
    )  # fmt: skip
    for new, *_ in like:
        yield _replaced(dataset, fault, old, new)
    if not field.required:
        yield _blank(dataset, fault, old)


def date(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """The date that a text surely means, or none."""
    old, may_be_open = str(row[fault.field]), fault.field in MAY_BE_OPEN
    found = meant(old, may_be_open=may_be_open)
    if found is not None and found.text:
        label = f"Write {found.text}" if found.whole else f"Write {found.text}, which is sure"
        if found.text == dates.OPEN:
            label = "Write .., it has not ended"
        said = f"{words(fault.field)} “{old}” of the {TABLES[fault.table].noun} {fault.id} becomes {found.text}"
        edit = changed(dataset, fault.table, fault.id, f"Read “{old}” as {found.text}", **{fault.field: found.text})
        yield Fix(label, said, edit, more_than_one(_dates(dataset, fault)) if found.whole else None)
    yield _blank(dataset, fault, old)


def open_date(dataset: Dataset, fault: Fault, _: Row) -> Iterator[Fix]:
    """A date that may not be open: not known, then."""
    yield _blank(dataset, fault, dates.OPEN)


def form(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """A colour written in another way, or none."""
    old = str(row[fault.field])
    plain = old.strip().lower().removeprefix("0x").lstrip("#")
    short = re.fullmatch(r"[0-9a-f]{3}", plain)
    for new in (plain, f"#{plain}", f"#{''.join(2 * digit for digit in plain)}" if short else ""):
        if new != old and re.match(COLOR_PATTERN, new):
            yield _replaced(dataset, fault, old, new)
            break
    yield _blank(dataset, fault, old)


def identity(dataset: Dataset, fault: Fault, _: Row) -> Iterator[Fix]:
    """Another id, which all that refers to the record follows."""
    table, old, noun = fault.table, fault.id, TABLES[fault.table].noun
    wanted = as_id(old) if fault.code == "bad-id" else f"{old}-{noun}"
    stem = wanted if re.match(ID_PATTERN, wanted) else noun
    n, new = 1, stem
    while any(dataset.position(name, new) is not None for name in TABLES):
        n += 1
        new = f"{stem}-{n}"
    name = f"Call it {new}"
    fields: Fields = referring(dataset, table, old, new)
    fields.setdefault(table, {})["id"] = {old: new}
    edit = rewritten(dataset, f"Call the {noun} {old} {new}", fields)
    follow = edit.n_rows - 2
    also = f", and {follow:,} records that refer to it" if follow > 0 else ""
    yield Fix(name, f"the {noun} {old} becomes {new}{also}", edit)


def dangling(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """A record that is there in place of one that is not, or none."""
    if fault.table == "claims" and fault.field == "about":
        yield from _about(dataset, fault, row)
        return
    field = TABLES[fault.table].field(fault.field)
    target, in_list = field.reference, field.kind is Kind.SET
    values = row[fault.field] if in_list else [row[fault.field]]
    old = next((value for value in values if dataset.position(target, value) is None), None)
    if old is None:
        return
    for new in _nearest(dataset, target, old):
        if not in_list and _loops(dataset, fault, new):
            continue
        label = f"Use {named(dataset, target, new)}"
        said = f"{words(fault.field)} {old} of the {TABLES[fault.table].noun} {fault.id} becomes {new}"
        value = [new if v == old else v for v in values] if in_list else new
        edit = changed(dataset, fault.table, fault.id, f"{label} for {old}", **{fault.field: value})
        wide = rewritten(dataset, f"{label} for {old}", referring(dataset, target, old, new))
        yield Fix(label, said, edit, more_than_one(wide) if _unlooped(dataset, wide, new) else None)
    noun = TABLES[target].noun
    if in_list:
        label = f"Leave out {old}"
        rest = [value for value in values if value != old]
        said = f"the {TABLES[fault.table].noun} {fault.id} no longer names {old}"
        edit = changed(dataset, fault.table, fault.id, label, **{fault.field: rest})
        yield Fix(label, said, edit, more_than_one(rewritten(dataset, label, referring(dataset, target, old, None))))
    elif not field.required:
        label = f"Clear the {words(fault.field)}"
        wide = rewritten(dataset, f"Clear the missing {noun} {old}", referring(dataset, target, old, None))
        yield cleared(dataset, fault.table, fault.id, fault.field, label, wide)
    else:
        frame = dataset[fault.table]
        ids = frame.get_column("id").filter(frame.get_column(fault.field).eq_missing(old)).drop_nulls().unique()
        wide = drop(dataset, f"Remove the {fault.table} of {old}", {fault.table: ids.to_list()})
        if (gone := removed(dataset, fault.table, [fault.id], wide)) is not None:
            yield gone


def _about(dataset: Dataset, fault: Fault, row: Row) -> Iterator[Fix]:
    """What a claim speaks of: another record of the same id, one with a like id, or nothing."""
    old = next((name for name in row["about"] if not _is_there(dataset, name)), None)
    if old is None:
        return
    table, _, rest = old.partition(":")
    news: list[str] = []
    if table in TABLES:
        news = [f"{table}:{row_id}" for row_id in _nearest(dataset, table, rest)]
    elif table != "flow":
        news = [f"{name}:{rest}" for name in TABLES if dataset.position(name, rest) is not None]
    for new in news:
        yield _spoken(dataset, fault, row, old, new, f"Say {new}")
    yield _spoken(dataset, fault, row, old, None, f"Leave out {old}")


def _spoken(dataset: Dataset, fault: Fault, row: Row, old: str, new: str | None, label: str) -> Fix:
    about = [new if name == old else name for name in row["about"]]
    said = f"the claim {fault.id} speaks of {new or 'it no longer'}, instead of {old}" if new else (
        f"the claim {fault.id} no longer speaks of {old}"
    )  # fmt: skip
    edit = changed(dataset, "claims", fault.id, label, about=[name for name in about if name is not None])
    return Fix(label, said, edit, more_than_one(rewritten(dataset, label, {"claims": {"about": {old: new}}})))


def _is_there(dataset: Dataset, name: str) -> bool:
    """Whether what a claim names exists: `table:id`, or the two organizations of `flow:A>B`."""
    table, _, rest = name.partition(":")
    if table == "flow":
        ends = rest.split(">")
        return len(ends) == 2 and all(dataset.position("organizations", end) is not None for end in ends)
    return table in TABLES and dataset.position(table, rest) is not None


def _nearest(dataset: Dataset, table: str, text: str) -> list[str]:
    """Ids of records that a text may have meant: ids that look like it, then names that do."""
    ids = dataset[table].get_column("id").drop_nulls().to_list()
    like = process.extract(text, ids, scorer=fuzz.ratio, limit=MOST_NEAREST, score_cutoff=LIKE_ID)
    found = [row_id for row_id, *_ in like]
    if table in ("organizations", "people"):
        found += [record.id for record in near(dataset, table, text.replace("-", " "), MOST_NEAREST) if record.id]
    return list(dict.fromkeys(found))[:MOST_NEAREST]


def _loops(dataset: Dataset, fault: Fault, new: str) -> bool:
    """Whether a record would come to stand above itself."""
    if fault.field == "to_seat_id":
        return bool((dataset.row("reports", fault.id) or {}).get("seat_id") == new)
    if fault.field == "seat_id" and fault.table == "reports":
        return bool((dataset.row("reports", fault.id) or {}).get("to_seat_id") == new)
    if fault.field != "parent_id":
        return False
    seen, at = {fault.id}, new
    while at and at not in seen:
        seen.add(at)
        at = (dataset.row("organizations", at) or {}).get("parent_id") or ""
    return bool(at)


def _unlooped(dataset: Dataset, wide: Edit, new: str) -> bool:
    """Whether no organization above `new` is put below it."""
    change = wide.tables.get("organizations")
    rows = [] if change is None else change.after.filter(pl.col("parent_id") == new).get_column("id").to_list()
    return not any(_loops(dataset, Fault("", "", id=row_id, field="parent_id"), new) for row_id in rows)


def _dates(dataset: Dataset, fault: Fault) -> Edit:
    """Every unreadable date of the same field that surely means one, as that one."""
    column = dataset[fault.table].get_column(fault.field)
    found: dict[str, Meant | None] = {
        text: meant(text, may_be_open=fault.field in MAY_BE_OPEN) for text in dates.unreadable(column)
    }
    texts = {text: date.text for text, date in found.items() if date is not None and date.whole and date.text}
    return rewritten(dataset, f"Write every {words(fault.field)} as a date", {fault.table: {fault.field: texts}})


def _replaced(dataset: Dataset, fault: Fault, old: str, new: str) -> Fix:
    """Another text in the place of one, there and wherever it stands in the same field."""
    name = f"Write {new} for {old}"
    said = f"{words(fault.field)} {old} of the {TABLES[fault.table].noun} {fault.id} becomes {new}"
    wide = rewritten(dataset, name, {fault.table: {fault.field: {old: new}}})
    edit = changed(dataset, fault.table, fault.id, name, **{fault.field: new})
    return Fix(f"Write {new}", said, edit, more_than_one(wide))


def _blank(dataset: Dataset, fault: Fault, old: str) -> Fix:
    """Nothing in the place of a text, there and wherever it stands in the same field."""
    name = f"Clear the {words(fault.field)} “{old}”"
    wide = rewritten(dataset, name, {fault.table: {fault.field: {old: None}}})
    return cleared(dataset, fault.table, fault.id, fault.field, "Leave it blank", wide)
