"""The edit that lets one record take the place of others that are the same: nothing refers to those any more.

Every field that refers to them, claims about them and views that name them lead to the one that stays. What says
nothing any more is dropped or cleared: what leads from a record to itself, and rows that are on record twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from app.domain.apart import VIEW, members
from app.domain.blending import blended
from app.domain.dataset import Dataset, Row, frame_of, normal
from app.domain.edit import Change, Edit, rows_of
from app.domain.errors import DataError, Fault
from app.domain.ranking import in_one_order, ranked
from app.domain.renaming import Named, claims_of, views_of
from app.domain.schema import TABLES, Field, Kind
from app.domain.uniting import FACTS, ORIGIN, TOUCHED, united

ENDS = {"relations": ("from_id", "to_id"), "successions": ("from_id", "to_id"), "reports": ("seat_id", "to_seat_id")}
"""Fields of a table that say from where to where its rows lead."""


@dataclass(frozen=True, eq=False)
class Rewired:
    """edit: the step; row: the record that stays, as it is then; moved, united, dropped: by table, how many rows lead
    to it now, became one with another, say nothing any more; cleared: fields of it that would have led back to it;
    reordered: stints of it that have got another rank; judged: judgements that say nothing any more."""

    edit: Edit
    row: Row
    moved: Mapping[str, int]
    united: Mapping[str, int]
    dropped: Mapping[str, int]
    cleared: tuple[str, ...]
    reordered: int
    judged: int


def rewire(
    dataset: Dataset,
    table: str,
    kept: str,
    others: Sequence[str],
    chosen: Mapping[str, str] | None = None,
    name: str = "Merge",
) -> Rewired:
    """Let a record take the place of others of its table.

    chosen: field → id of the record whose value stands (default: as `blending.standing` says). DataError where one of
    the records is not there, or is named twice.
    """
    ids = [kept, *others]
    rows = [dataset.row(table, row_id) for row_id in ids]
    if not others or len(set(ids)) < len(ids) or any(row is None for row in rows):
        raise DataError(
            Fault("merge", "a record cannot take the place of itself, of nothing or of what is not there",
                  "Choose two records or more that are on record.", table=table, id=kept)
        )  # fmt: skip
    row, cleared = blended(dataset, table, [row for row in rows if row is not None], chosen or {})
    made = _Rewiring(dataset, table, kept, tuple(others))
    made.do(row)
    return Rewired(
        made.edit(name), row, made.moved, made.united, made.dropped, tuple(cleared), made.reordered, made.judged
    )


class _Rewiring:
    """Collects the rows that one edit changes and removes, and counts them."""

    def __init__(self, dataset: Dataset, table: str, kept: str, others: tuple[str, ...]) -> None:
        self._dataset, self._table, self._kept, self._others = dataset, table, kept, others
        self._heirs = {Named(table, other): Named(table, kept) for other in others}
        self._after: dict[str, pl.DataFrame] = {}
        self._gone: dict[str, set[str]] = {table: set(others)}
        self.moved: dict[str, int] = {}
        self.united: dict[str, int] = {}
        self.dropped: dict[str, int] = {}
        self.reordered = self.judged = 0

    def do(self, row: Row) -> None:
        """row: the record that stays."""
        for table in TABLES:
            self._references(table)
        own = self._after.get(self._table)
        mine = frame_of(self._table, [row])
        if own is not None:
            ids = [self._kept, *self._others]
            mine = pl.concat([own.filter(~pl.col("id").is_in(ids)), mine])
        self._after[self._table] = mine
        if self._table == "people":
            self._reorder()
        self._claims()
        self._views()

    def edit(self, name: str) -> Edit:
        """What was collected, as one step."""
        changes = {}
        for table in {*self._after, *self._gone}:
            gone = self._gone.get(table, set())
            after = self._after.get(table, self._dataset[table].clear())
            after = normal(table, after.filter(~pl.col("id").is_in(list(gone))) if gone else after)
            ids = pl.concat([after.get_column("id"), pl.Series("id", sorted(gone), dtype=pl.String)]).unique().sort()
            changes[table] = Change(rows_of(self._dataset, table, ids), after)
        return Edit(name, changes)

    def _references(self, table: str) -> None:
        """Fields that refer to what is no more; rows that then say nothing, or the same as another."""
        fields = [field for field in TABLES[table].fields if field.reference == self._table]
        frame = self._dataset[table]
        if not fields or not frame.height:
            return
        others = pl.Series(self._others)
        masks = [_holds(frame.get_column(field.name), field, others) for field in fields]
        touched = masks[0]
        for mask in masks[1:]:
            touched = touched | mask
        if not touched.any():
            return
        was = frame.filter(touched)
        now = was.with_columns(_replaced(was.get_column(field.name), field, others, self._kept) for field in fields)
        if table == self._table:
            n_others = was.get_column("id").is_in([self._kept, *self._others]).sum()
            self._count(self.moved, table, now.height - int(n_others))
        else:
            now = self._without_nothing(table, now)
            self._count(self.moved, table, now.height)
        self._after[table] = now
        ends = [field.name for field in fields if field.kind not in (Kind.LIST, Kind.SET)]
        if table in FACTS and ends:
            self._unite(table, ends)

    def _without_nothing(self, table: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows without those that lead from a record to itself, of which what spoke of them speaks now."""
        if table not in ENDS:
            return rows
        one, other = (pl.col(name) for name in ENDS[table])
        nothing = one == other
        if table == "successions":
            nothing |= (pl.col("kind") == "reparented") & (pl.col("previous_id") == other)
            same = pl.col("previous_id") == one
            rows = rows.with_columns(pl.when(same).then(None).otherwise(pl.col("previous_id")).alias("previous_id"))
        nothing = nothing.fill_null(value=False)
        lost = rows.filter(nothing)
        self._lose(table, {row_id: Named(self._table, self._kept) for row_id in lost.get_column("id")})
        self._count(self.dropped, table, lost.height)
        return rows.filter(~nothing)

    def _unite(self, table: str, ends: Sequence[str]) -> None:
        """Make one of rows that say the same, where the record has just taken its place in one of them.

        A stint without a start that has come to an organization stays: somebody may have come back there.
        """
        touched, frame = self._after[table], self._dataset[table]
        if not touched.height:
            return
        there = pl.any_horizontal(pl.col(name) == self._kept for name in ends)
        around = frame.filter(there & ~pl.col("id").is_in(touched.get_column("id").implode()))
        was = frame.join(touched.select("id"), on="id", how="semi", maintain_order="left")
        origins = pl.concat_str(*ends, separator=">", ignore_nulls=True)
        came = touched.with_columns(was.select(origins).to_series().alias(ORIGIN), pl.lit(value=True).alias(TOUCHED))
        rows = pl.concat([came, around.with_columns(origins.alias(ORIGIN), pl.lit(value=False).alias(TOUCHED))])
        if table == "stints" and self._table == "organizations":
            rows = rows.filter(pl.col("start").is_not_null())
        staying, gone = united(rows)
        if not gone:
            return
        self._lose(table, {row_id: Named(table, heir) for row_id, heir in gone.items()})
        self._count(self.united, table, len(gone))
        self._count(self.moved, table, -touched.filter(pl.col("id").is_in(list(gone))).height)
        self._put(table, staying)

    def _reorder(self) -> None:
        """Ranks of all stints of the person, so that they stand in one order."""
        order = in_one_order(self._dataset, (self._kept, *self._others))
        if not len(order):  # all are of one hand: their order stays
            return
        gone = self._gone.get("stints", set())
        order = order.filter(~order.is_in(list(gone)))
        came = self._after.get("stints", self._dataset["stints"].clear())
        stood = rows_of(self._dataset, "stints", order.filter(~order.is_in(came.get_column("id").implode())).sort())
        stints = pl.concat([came.filter(pl.col("id").is_in(order.implode())), stood]).sort("id")
        placed = ranked(stints, order)
        self.reordered = int((placed.get_column("rank").ne_missing(stints.get_column("rank"))).sum())
        self._put("stints", placed)

    def _claims(self) -> None:
        """Claims about what is no more; some then say the same as others, of which claims may speak in turn."""
        heirs = dict(self._heirs)
        touched: set[str] = set()
        while heirs:
            stands = self._now("claims")
            rows = claims_of(stands, heirs)
            if not rows.height:
                break
            self._put("claims", rows)
            touched |= set(rows.get_column("id"))
            now = self._now("claims")
            mine = pl.col("id").is_in(list(touched))
            origin = pl.when(mine).then(pl.col("id")).otherwise(pl.lit(""))
            staying, gone = united(now.with_columns(origin.alias(ORIGIN), mine.alias(TOUCHED)))
            self._put("claims", staying)
            self._count(self.united, "claims", len(gone))
            heirs = {Named("claims", row_id): Named("claims", heir) for row_id, heir in gone.items()}
            self._gone.setdefault("claims", set()).update(gone)
            self._heirs.update(heirs)
        if left := touched - self._gone.get("claims", set()):
            self._count(self.moved, "claims", len(left))

    def _views(self) -> None:
        """Views that name what is no more; judgements that only one record is left of."""
        rows = views_of(self._dataset, self._heirs)
        judged = pl.Series([len(members(text)) < 2 for text in rows.get_column("options")], dtype=pl.Boolean)
        nothing = (rows.get_column("view") == VIEW) & judged
        self.judged = int(nothing.sum())
        self._gone["views"] = set(rows.filter(nothing).get_column("id"))
        self._put("views", rows.filter(~nothing))
        self._count(self.moved, "views", rows.height - self.judged)

    def _now(self, table: str) -> pl.DataFrame:
        """All rows of a table as far as they are collected."""
        after = self._after.get(table)
        frame, gone = self._dataset[table], self._gone.get(table, set())
        if after is not None:
            stood = frame.join(after.select("id"), on="id", how="anti", maintain_order="left")
            frame = pl.concat([stood, after]).sort("id")
        return frame.filter(~pl.col("id").is_in(list(gone))) if gone else frame

    def _put(self, table: str, rows: pl.DataFrame) -> None:
        """Rows as they shall be, in place of what was collected of them so far."""
        before = self._after.get(table)
        if before is not None:
            rows = pl.concat([before.join(rows.select("id"), on="id", how="anti"), rows])
        self._after[table] = rows

    def _lose(self, table: str, heirs: Mapping[str, Named]) -> None:
        self._gone.setdefault(table, set()).update(heirs)
        self._heirs.update({Named(table, row_id): heir for row_id, heir in heirs.items()})

    def _count(self, counts: dict[str, int], table: str, n: int) -> None:
        if n:
            counts[table] = counts.get(table, 0) + n


def _holds(column: pl.Series, field: Field, others: pl.Series) -> pl.Series:
    """Which rows refer to one of some records."""
    if field.kind not in (Kind.LIST, Kind.SET):
        held = column == others[0] if len(others) == 1 else column.is_in(others.implode())
        return held.fill_null(value=False)
    hits = column.list.explode(empty_as_null=False).is_in(others.implode()).fill_null(value=False).arg_true()
    mask = np.zeros(len(column), dtype=np.bool_)
    mask[np.searchsorted(np.cumsum(column.list.len().to_numpy()), hits.to_numpy(), side="right")] = True
    return pl.Series(column.name, mask)


def _replaced(column: pl.Series, field: Field, others: pl.Series, kept: str) -> pl.Series:
    """A column with the record that stays in place of the others; a list that held several holds it once."""
    if field.kind not in (Kind.LIST, Kind.SET):
        return column.zip_with(~column.is_in(others.implode()).fill_null(value=False), pl.Series([kept]))
    lengths = column.list.len()
    texts = column.list.explode(empty_as_null=False)
    texts = texts.zip_with(~texts.is_in(others.implode()).fill_null(value=False), pl.Series([kept]))
    if (lengths == 1).all():
        return texts.reshape((-1, 1)).arr.to_list().alias(column.name)
    at = np.repeat(np.arange(len(column)), lengths.to_numpy())
    long = pl.DataFrame({"row": at, "text": texts}).unique(["row", "text"], keep="first", maintain_order=True)
    if field.kind is Kind.SET:
        long = long.sort("row", "text")
    lists = long.group_by("row", maintain_order=True).agg("text")
    whole = pl.DataFrame({"row": np.arange(len(column))}).join(lists, on="row", how="left", maintain_order="left")
    return whole.get_column("text").fill_null(pl.Series([[]], dtype=column.dtype)).alias(column.name)
