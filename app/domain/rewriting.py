"""One text exchanged for another wherever it stands in some fields, as one edit; and all that refers to a record."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from app.domain.dataset import Dataset, normal
from app.domain.edit import Change, Edit
from app.domain.schema import TABLES, Field, Kind

Texts = Mapping[str, str | None]
"""What stands there, and what shall stand there: None for nothing."""
Fields = dict[str, dict[str, dict[str, str | None]]]
"""By table and field: which texts become which."""


def rewritten(dataset: Dataset, name: str, fields: Mapping[str, Mapping[str, Texts]]) -> Edit:
    """The edit that exchanges texts in columns of texts and of lists of them. Costs a pass over each column.

    Rows that an edit cannot speak of stay as they are: those without an id, or with one that occurs twice.
    """
    tables = {}
    for table, columns in fields.items():
        frame = dataset[table]
        ids = frame.get_column("id")
        alone = ids.is_not_null() & ids.ne_missing(ids.shift(1)) & ids.ne_missing(ids.shift(-1))
        touched = frame.select(
            pl.any_horizontal(_holding(TABLES[table].field(field), texts) for field, texts in columns.items())
        ).to_series()
        before = frame.filter(touched.fill_null(value=False) & alone)
        after = before.with_columns(_exchanged(TABLES[table].field(field), texts) for field, texts in columns.items())
        tables[table] = Change(before, normal(table, after))
    return Edit(name, tables)


def referring(dataset: Dataset, table: str, old: str, new: str | None) -> Fields:
    """Every field that refers to the record `old` of a table, for `rewritten`: it will refer to `new`, or to nothing.

    Without a new one, fields that must not be blank are left out. Claims speak of records too.
    """
    fields: Fields = {}
    for declared in TABLES.values():
        for field in declared.fields:
            if field.reference == table and not (field.required and new is None):
                fields.setdefault(declared.name, {})[field.name] = {old: new}
    if spoken := _spoken_of(dataset, table, old, new):
        fields.setdefault("claims", {})["about"] = spoken
    return fields


def _spoken_of(dataset: Dataset, table: str, old: str, new: str | None) -> dict[str, str | None]:
    """What claims say of a record, and what they shall say: `table:id`, and for organizations also `flow:A>B`."""
    about = dataset["claims"].get_column("about").list.explode(empty_as_null=False).drop_nulls().unique()
    found: dict[str, str | None] = {}
    for name in about:
        kind, _, rest = name.partition(":")
        if kind == table and rest == old:
            found[name] = None if new is None else f"{table}:{new}"
        elif kind == "flow" and table == "organizations" and old in (ends := rest.split(">")):
            found[name] = None if new is None else "flow:" + ">".join(new if end == old else end for end in ends)
    return found


def _holding(field: Field, texts: Texts) -> pl.Expr:
    column, olds = pl.col(field.name), list(texts)
    if field.kind in (Kind.LIST, Kind.SET):
        return column.list.eval(pl.element().is_in(olds)).list.any()
    return column.is_in(olds)


def _exchanged(field: Field, texts: Texts) -> pl.Expr:
    column, olds, news = pl.col(field.name), list(texts), pl.Series(list(texts.values()), dtype=pl.String)
    if field.kind in (Kind.LIST, Kind.SET):
        return column.list.eval(pl.element().replace(olds, news))
    return column.replace(olds, news)
