"""A table of any make → a Dataset, by a mapping that says what its columns are.

What is on record of a row: the sheet as its source, the row in the notes, with every cell that could not be taken as it
stands. Ids follow from the names in the order of the file, so that the same file has the same ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from app.analysis.alike import Step
from app.analysis.plain_names import organization_key, person_key
from app.domain.dataset import Dataset
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES
from app.files import mapping_sources, sheets
from app.files.canonical import composed
from app.files.idents import distinct, stems
from app.files.mapping import IGNORED, NEEDED, Mapping, Shape, said
from app.files.mapping_bodies import BODY_IDS, PERSON_IDS, organization_rows, person_rows
from app.files.mapping_guess import SURE, Guess, by_hand, guessed
from app.files.mapping_names import bodies
from app.files.mapping_posts import of_moves, of_stints, ranked, with_kinds
from app.files.mapping_sources import cited_alone
from app.files.mapping_taking import Table, ignored, taken
from app.files.reading import Reading, shown
from app.files.sheets import Sheet, unhurried

_PERSON = "person"
_POST_FIELDS = ("start", "end", "date", "announced", "role", "unit", "kind", "status", "notes", "source")
_NAMED = 12
"""Columns that an error names."""


def recognises(path: Path) -> bool:
    """Whether a file is a table whose columns can be guessed with confidence. FileError where it cannot be read."""
    return guessed(sheets.beginning(path)).sure


def read(
    path: Path,
    *,
    columns: Sequence[str] = (),
    sheet: str = "",
    shape: Shape | None = None,
    step: Step = unhurried,
) -> Reading:
    """The Dataset of a table, its columns as they are guessed. columns: what some of them are, as COLUMN=FIELD; sheet:
    of a workbook; shape: what a row says; step: as in `sheets.sheet`.

    FileError where it is no table; DataError where what columns are cannot be guessed and is not said; UsageError for a
    column, field or sheet that is not there.
    """
    held = sheets.sheet(path, sheet, step=lambda done: step(done / 2))
    guess = guessed(held, shape)
    if columns or shape:
        mapping = by_hand(held, dict(said(text, held.header) for text in columns), shape)
        if mapping.faults(held.header):
            raise unplaced(held, guess, mapping)
    elif guess.sure:
        mapping = guess.mapping
    else:
        raise unplaced(held, guess)
    return reading(held, mapping, step=lambda done: step(0.5 + done / 2))


def unplaced(sheet: Sheet, guess: Guess, mapping: Mapping | None = None) -> DataError:
    """The DataError for a table of which it is not known what its columns are: which, and how to say it."""
    doubtful = [column for column in guess.columns if column.confidence < SURE]
    names = [shown(column.name) for column in doubtful]
    cut = f"{', '.join(names[:_NAMED])}{f' and {len(names) - _NAMED} more' if len(names) > _NAMED else ''}"
    message = f"it is a table, but it is not known what its columns hold: {cut}"
    if mapping is not None and (found := mapping.faults(sheet.header)):
        message = f"it is a table of which {found[0].message}; not known: {cut or 'none'}"
    sure = {column.use.field for column in guess.columns if column.confidence >= SURE}
    wanted = next((field for field in NEEDED[guess.mapping.shape] if field not in sure), IGNORED)
    if wanted == IGNORED:
        remedy = (
            f"If its rows are {guess.mapping.shape}, say so: convert --in table IN OUT --shape {guess.mapping.shape}."
        )
    else:
        likely = next((column.name for column in doubtful if column.use.field == wanted), (names or [*sheet.header])[0])
        said_so = f'--map "{likely}={wanted}"'
        remedy = f"Say what they are: convert --in table IN OUT {said_so} --map …, and --shape if need be."
    return DataError(Fault("columns", message, remedy, file=sheet.place, row=sheet.header_row))


def reading(sheet: Sheet, mapping: Mapping, *, step: Step = unhurried) -> Reading:
    """The Dataset of a table by a mapping, with its warnings by row, and what was ignored.

    DataError where the mapping does not fit the table.
    """
    table = taken(sheet, mapping)
    step(0.3)
    frame, has = table.frame, table.has
    sources = mapping_sources.sources(table)
    stem = [sources.get_column("stem")]
    organizations = people = None
    if names := [name for name in ("organization", "to", "from", "parent") if has(name)]:
        by_id = next(filter(has, BODY_IDS), "")
        aliases = next(filter(has, ("aliases",) if mapping.shape == "organizations" else ("organization-aliases",)), "")
        organizations = bodies(frame, names, organization_key, by_id=by_id, aliases=aliases)
        stem.append(stems(organizations.records.get_column("name")).str.replace(r"^(st|src|person)-", "org-$1-"))
    if has("person"):
        by_id = next(filter(has, PERSON_IDS), "")
        people = bodies(frame, ["person"], person_key, by_id=by_id, aliases="aliases" if has("aliases") else "")
        stem.append(f"{_PERSON}-" + stems(people.records.get_column("name")))
    ids = distinct(pl.concat([each.alias("id") for each in stem]))
    step(0.5)
    own = [ids.slice(sum(map(len, stem[:n])), len(each)) for n, each in enumerate(stem)]
    sources = sources.with_columns(own[0])
    tables = {"sources": sources.drop("key", "stem")}
    if organizations is not None:
        tables["organizations"] = organization_rows(table, organizations, own[1], sources)
    if people is not None:
        tables["people"] = person_rows(table, people, own[-1], sources)
    if people is not None and organizations is not None and mapping.shape in ("stints", "moves"):
        codes = {"person": people.codes["person"], **organizations.codes}
        tables["stints"] = _stint_rows(table, codes, own[-1], own[1], sources)
    step(0.8)
    dataset = Dataset.of({name: composed(rows) for name, rows in tables.items() if rows.height})
    step(1.0)
    return Reading(dataset, table.faults.faults, ignored(sheet, mapping), detailed=True)


def _stint_rows(
    table: Table, codes: dict[str, pl.Series], person_ids: pl.Series, organization_ids: pl.Series, sources: pl.DataFrame
) -> pl.DataFrame:
    """The rows of stints. codes: of each column that names somebody, by row of the file; ids: by these codes."""
    mapping = table.mapping
    names = ("person", "organization") if mapping.shape == "stints" else ("person", "from", "to")
    frame = table.frame.select("row", *(codes[name].alias(name) for name in names), *filter(table.has, _POST_FIELDS))
    if mapping.shape == "stints":
        posts = of_stints(frame, table.faults)
        posts = ranked(with_kinds(posts), newest_first=mapping.newest_first, runs_on=mapping.runs_on, table=table)
    else:
        posts = of_moves(frame, newest_first=bool(mapping.newest_first))
        posts = ranked(with_kinds(posts), newest_first=False, runs_on=mapping.runs_on, table=table)
    person = person_ids.gather(posts.get_column("person"))
    kept = [name for name in (*_POST_FIELDS, "rank") if name in posts.columns and name in TABLES["stints"].names]
    cites = "source" in posts.columns
    return posts.select(kept).with_columns(
        ("st-" + person.str.slice(len(_PERSON) + 1) + "-" + posts.get_column("rank").cast(pl.String)).alias("id"),
        person.alias("person_id"),
        organization_ids.gather(posts.get_column("organization")).alias("organization_id"),
        _stint_notes(table, posts).alias("notes"),
        mapping_sources.cited(posts.get_column("source"), sources) if cites else cited_alone(posts.height, sources),
    )


def _stint_notes(table: Table, posts: pl.DataFrame) -> pl.Series:
    """What the file says of a row, where it stands, and what could not be taken of it."""
    where = pl.concat_str(pl.lit(f"{table.place}, row "), pl.col("row"))
    if "last_row" in posts.columns:
        where = (
            pl.when(pl.col("last_row").is_null())
            .then(where)
            .otherwise(pl.concat_str(where, pl.lit(" and row "), "last_row"))
        )
    if (doubts := table.faults.notes).height:
        posts = posts.join(doubts, on="row", how="left", maintain_order="left")
    parts = [pl.col("notes")] if "notes" in posts.columns else []
    parts += [where, *([pl.col("note")] if doubts.height else [])]
    return posts.select(pl.concat_str(parts, separator="\n", ignore_nulls=True)).to_series()
