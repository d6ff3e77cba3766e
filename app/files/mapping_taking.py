"""The cells of a table by the fields that they hold: plain texts, dates, lists of texts; null where nothing is said."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from app.domain.checks import MAY_BE_OPEN
from app.domain.errors import DataError
from app.domain.schema import STATUSES, TABLES
from app.files import mapping_dates
from app.files.mapping import IGNORED, MEANINGS, NEEDED, SPLIT, Mapping
from app.files.mapping_dates import AMBIGUOUS, CENTURY, LESS, UNREADABLE
from app.files.mapping_faults import RowFaults, quoted
from app.files.mapping_words import ERRORS, KIND_WORDS, STATUS_WORDS
from app.files.sheets import Sheet

_SAID = {
    UNREADABLE: (
        "it is no date that can be read",
        "Write a date as 2025-06-26, 2025-06 or 2025; the cell stands in the notes.",
    ),
    LESS: ("only its year can be written as a date", "Narrow it to a month or a day where that is known."),
    AMBIGUOUS: (
        "day and month cannot be told apart, so only its year was taken",
        "Say in the mapping whether days or months come first.",
    ),
    CENTURY: (
        "its year has two digits, and was taken to be of the years 1969 to 2068",
        "Write years with four digits.",
    ),
}
_IDS = {
    "orcid": (r"((?:\d{4}-){3}\d{3}[\dXx])", ""),
    "openalex": (r"([Aa]\d+)", ""),
    "wikidata": (r"(Q\d+)", ""),
    "ror": (r"(0[a-z0-9]{8})(?:/?)$", "https://ror.org/"),
    "organization-openalex": (r"([Ii]\d+)", ""),
    "organization-wikidata": (r"(Q\d+)", ""),
}
"""What of a cell is the id, and what the registry writes before it."""


@dataclass(frozen=True, eq=False)
class Table:
    """The cells of a sheet by the fields of a mapping. frame: `row` (of the file), and a column for each field that the
    mapping has: text, EDTF, or lists of texts; null where nothing is said."""

    sheet: Sheet
    mapping: Mapping
    frame: pl.DataFrame
    faults: RowFaults

    @property
    def place(self) -> str:
        """The sheet as notes name it."""
        return f"{self.sheet.name}, sheet {self.sheet.sheet}" if self.sheet.sheet else self.sheet.name

    def has(self, field: str) -> bool:
        """Whether some column holds a field."""
        return field in self.frame.columns

    def column(self, field: str) -> str:
        """What the file calls a field."""
        return self.mapping.column(field) or field


def taken(sheet: Sheet, mapping: Mapping) -> Table:
    """The table that a sheet is by a mapping. Cells with several values make several rows where a row names one (a
    person, an organization), lists where a field holds many. Rows that name nobody, or nowhere, are told and left out.

    DataError where the mapping does not fit the table.
    """
    if wrong := mapping.faults(sheet.header):
        raise DataError(*(fault.at(sheet.place) for fault in wrong))
    faults = RowFaults(sheet)
    columns: dict[str, pl.Series] = {}
    for name, use in mapping.columns.items():
        if use.field == IGNORED or use.field == "notes":
            continue
        meaning = MEANINGS[use.field]
        texts = _texts(sheet, name, faults)
        if meaning.kind == "date":
            texts = _dates(sheet, name, texts, use.order, use.field, faults)
        elif meaning.kind == "word":
            texts = _words(sheet, name, texts, use.field, mapping, faults)
        elif meaning.kind == "id":
            texts = _ids(sheet, name, texts, use.field, faults)
        columns[use.field] = texts
    frame = pl.DataFrame({"row": sheet.rows.cast(pl.Int64), **columns})
    if notes := mapping.columns_of("notes"):
        frame = frame.with_columns(notes=_notes(sheet, notes, faults))
    for use in mapping.columns.values():
        if use.field == IGNORED:
            continue
        kind = MEANINGS[use.field].kind
        if kind in ("list", "link"):
            mark = use.split or (SPLIT if kind == "list" else "")
            frame = frame.with_columns(_listed(use.field, mark))
        elif use.split and kind == "name":
            frame = frame.with_columns(_listed(use.field, use.split)).explode(use.field)
    return Table(sheet, mapping, _whole(frame, mapping, faults), faults)


def _whole(frame: pl.DataFrame, mapping: Mapping, faults: RowFaults) -> pl.DataFrame:
    """The rows that name all that a row must name; of moves one of the two organizations will do."""
    for fields in [("person",), ("from", "to")] if mapping.shape == "moves" else zip(NEEDED[mapping.shape]):
        lacking = frame.select(pl.all_horizontal(pl.col(fields).is_null())).to_series()
        if lacking.any():
            rows = frame.get_column("row").filter(lacking)
            named = " or ".join(fields)
            messages = pl.Series([f"it names no {named}, and was left out"]).new_from_index(0, len(rows))
            faults.add("missing", rows, messages, f"Write its {named}.", column=mapping.column(fields[0]) or "")
            frame = frame.filter(~lacking)
    return frame


def ignored(sheet: Sheet, mapping: Mapping) -> tuple[tuple[str, int], ...]:
    """The columns that hold no field, and in how many rows something stands there; the most first."""
    names = [name for name in sheet.header if mapping.use(name).field == IGNORED]
    counts = [(name, int((sheet.cells.get_column(name).str.strip_chars() != "").sum())) for name in names]
    return tuple(sorted(((name, n) for name, n in counts if n), key=lambda pair: (-pair[1], pair[0])))


def _texts(sheet: Sheet, name: str, faults: RowFaults) -> pl.Series:
    """The cells of a column without spaces around them; null where blank, or where an error stands."""
    column = sheet.cells.get_column(name).str.strip_chars()
    wrong = column.is_in(ERRORS)
    if wrong.any():
        messages = quoted(column.filter(wrong)) + " is the error of a formula, and was taken as blank"
        faults.add(
            "cell-error", sheet.rows.filter(wrong), messages, "Mend the formula, or write its value.", column=name
        )
    return column.to_frame("c").select(pl.when((pl.col("c") != "") & ~wrong).then("c")).to_series()


def _dates(sheet: Sheet, name: str, texts: pl.Series, order: str, field: str, faults: RowFaults) -> pl.Series:
    found = mapping_dates.dates_of(texts, order, may_be_open=field in MAY_BE_OPEN)
    if (why := found.get_column("why")).max() != "":
        for code, (said, remedy) in _SAID.items():
            here = why == code
            if here.any():
                messages = quoted(texts.filter(here)) + f": {said}"
                faults.add(code, sheet.rows.filter(here), messages, remedy, column=name)
    return found.get_column("text")


def _words(sheet: Sheet, name: str, texts: pl.Series, field: str, mapping: Mapping, faults: RowFaults) -> pl.Series:
    """Words of a vocabulary; others are told and left out."""
    table = "organizations" if mapping.shape == "organizations" else "stints"
    allowed = STATUSES if field == "status" else TABLES[table].field(field).vocabulary
    others = STATUS_WORDS if field == "status" else KIND_WORDS
    known = {other: word for word, same in others.items() if word in allowed for other in same} | {
        w: w for w in allowed
    }
    texts_of = texts.drop_nulls().unique()
    made = [known.get(text.lower()) for text in texts_of]
    found = texts.replace_strict(texts_of, pl.Series(made, dtype=pl.String), default=None, return_dtype=pl.String)
    wrong = found.is_null() & texts.is_not_null()
    if wrong.any():
        messages = quoted(texts.filter(wrong)) + f" is no {field} that is known, and was left out"
        faults.add(
            "unknown-word", sheet.rows.filter(wrong), messages, f"Write one of {', '.join(allowed)}.", column=name
        )
    return found


def _ids(sheet: Sheet, name: str, texts: pl.Series, field: str, faults: RowFaults) -> pl.Series:
    form, before = _IDS[field]
    found = texts.str.extract(form)
    found = found.str.to_uppercase() if field != "ror" else before + found
    wrong = found.is_null() & texts.is_not_null()
    if wrong.any():
        messages = quoted(texts.filter(wrong)) + f" is no id of {field}, and was left out"
        faults.add("bad-id", sheet.rows.filter(wrong), messages, "Write it as the registry does.", column=name)
    return found


def _notes(sheet: Sheet, names: tuple[str, ...], faults: RowFaults) -> pl.Series:
    """Free text, of several columns each with its name before it."""
    columns = {name: _texts(sheet, name, faults) for name in names}
    said = [
        column.alias(f"n{n}") if len(names) == 1 else (f"{name}: " + column).alias(f"n{n}")
        for n, (name, column) in enumerate(columns.items())
    ]
    joined = pl.DataFrame(said).select(pl.concat_str(pl.all(), separator="\n", ignore_nulls=True)).to_series()
    return joined.to_frame("c").select(pl.when(pl.col("c") != "").then("c")).to_series()


def _listed(field: str, mark: str) -> pl.Expr:
    """Texts as lists, nothing as none; without a mark each is one value."""
    parts = pl.col(field).str.split(mark) if mark else pl.concat_list(field)
    cut = parts.list.eval(pl.element().str.strip_chars())
    bare = cut.list.eval(pl.element().filter(pl.element().is_not_null() & (pl.element() != "")))
    return pl.when(pl.col(field).is_not_null() & (bare.list.len() > 0)).then(bare).alias(field)
