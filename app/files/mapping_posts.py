"""Rows of a table as posts: who was where, from when to when, in the order in which it came.

A row of a table of moves says that somebody left A for B on a day. It makes a post at B that begins on that day; the
post at A that ends on it is that of an earlier row that led to A, or else one of which nothing else is known.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from app.domain import dates
from app.files.mapping_faults import RowFaults, quoted
from app.files.mapping_taking import Table
from app.files.roles import kind_said

_STEP = 10

Ints = npt.NDArray[np.int64]


def of_stints(frame: pl.DataFrame, faults: RowFaults) -> pl.DataFrame:
    """The posts of a table of stints. frame: row, person and organization as codes, what else the table has.

    Rows without a person or an organization are told and left out, and so are those that stand there twice.
    """
    told = [name for name in frame.columns if name != "row"]
    if frame.select(told).hash_rows().n_unique() == frame.height:
        return frame
    kept = frame.unique(told, keep="first", maintain_order=True)
    if kept.height < frame.height:
        first = kept.select(*told, first="row")
        again = frame.join(kept.select("row"), on="row", how="anti", maintain_order="left")
        again = again.join(first, on=told, how="left", nulls_equal=True, maintain_order="left")
        messages = "it stands in row " + again.get_column("first").cast(pl.String) + " already, and was taken once"
        faults.add("repeated-row", again.get_column("row"), messages, "Remove one of the two.")
    return kept


def of_moves(frame: pl.DataFrame, *, newest_first: bool = False) -> pl.DataFrame:
    """The posts of a table of moves, each person's in their order. frame: row, person, from, to (codes), date, what
    else the table has; newest_first: whether rows of one day go back in time."""
    if "source" not in frame.columns:
        frame = frame.with_columns(source=pl.lit(None, dtype=pl.List(pl.String)))
    if "date" not in frame.columns:
        frame = frame.with_columns(date=pl.lit(None, dtype=pl.String))
    ordered = _in_order(frame, newest_first=newest_first).with_row_index("place")
    before, after = pl.col("to").shift(1).over("person"), pl.col("from").shift(-1).over("person")
    follows = after == pl.col("to")
    ordered = ordered.with_columns(
        joined=(before == pl.col("from")).fill_null(value=False),
        left=pl.when(follows).then(pl.col("date").shift(-1).over("person")),
        left_row=pl.when(follows).then(pl.col("row").shift(-1).over("person")),
        left_source=pl.when(follows).then(pl.col("source").shift(-1).over("person")),
    )
    others = [name for name in frame.columns if name not in ("row", "person", "from", "to", "date", "source")]
    unsaid = {name: pl.lit(None, dtype=frame.schema[name]) for name in others if name != "status"}
    at = pl.col("place").cast(pl.Int64)
    reached = ordered.select(
        "person", "row", *others, organization="to", start="date", end="left", last_row="left_row", at=2 * at + 1,
        source=pl.concat_list(pl.col("source").fill_null([]), pl.col("left_source").fill_null([])),
    )  # fmt: skip
    origin = ordered.filter(~pl.col("joined")).with_columns(**unsaid).select(
        "person", "row", *others, organization="from", start=pl.lit(None, dtype=pl.String), end="date",
        last_row=pl.lit(None, dtype=pl.Int64), at=2 * at, source="source",
    )  # fmt: skip
    posts = pl.concat([reached, origin.select(reached.columns)])
    return posts.drop_nulls("organization").sort("at").drop("at")


def _in_order(frame: pl.DataFrame, *, newest_first: bool) -> pl.DataFrame:
    """Moves person by person in the order of their days; of those of one day, in an order in which they follow from one
    another where there is one."""
    if newest_first:
        frame = frame.reverse()
    key = pl.Series("key", dates.bounds(frame.get_column("date"))[0])
    known = pl.when(pl.col("key") > dates.PAST).then("key").forward_fill().over("person").fill_null(dates.PAST)
    ordered = frame.with_columns(key).with_columns(key=known).sort("person", "key", maintain_order=True)
    tied = pl.struct("person", "key").is_duplicated()
    ties = ordered.with_row_index("at").filter(tied)
    if not ties.height:
        return ordered.drop("key")
    places = list(range(ordered.height))
    last: dict[int, int | None] = {}
    for (person, _), group in ties.group_by("person", "key", maintain_order=True):
        at = group.get_column("at").to_list()
        before = ordered.row(at[0] - 1, named=True) if at[0] else None
        here = before["to"] if before is not None and before["person"] == person else last.get(person)
        for place, chosen in zip(at, _chained(group.select("from", "to").rows(), here), strict=True):
            places[place] = at[chosen]
    return ordered[places].drop("key")


def _chained(moves: list[tuple[int | None, int | None]], here: int | None) -> list[int]:
    """An order of moves in which each begins where the one before it ended, as far as there is one."""
    left = list(range(len(moves)))
    order: list[int] = []
    while left:
        reached = {moves[n][1] for n in left}
        follows = next((n for n in left if moves[n][0] == here and here is not None), None)
        begins = next((n for n in left if moves[n][0] not in reached), left[0])
        chosen = begins if follows is None else follows
        order.append(chosen)
        left.remove(chosen)
        here = moves[chosen][1]
    return order


def ranked(posts: pl.DataFrame, *, newest_first: bool | None, runs_on: bool, table: Table) -> pl.DataFrame:
    """Posts with `rank`, their order within the person, and ends that are not certainly before the start; those that
    are are told.

    newest_first: whether the rows go back in time; None: whether most that have days do. runs_on: whether a blank end
    of the last post means that it runs on.
    """
    unknown = pl.Series([None], dtype=pl.String).new_from_index(0, posts.height)
    start, end = (posts.get_column(name) if name in posts.columns else unknown for name in ("start", "end"))
    earliest, _ = dates.bounds(start)
    _, latest = dates.bounds(end)
    wrong = pl.Series(earliest >= latest)
    if wrong.any():
        messages = quoted(end.filter(wrong)) + " was left out: it is not after the start " + start.filter(wrong)
        rows = posts.get_column("row").filter(wrong)
        column = table.column("end" if table.has("end") else "date")
        table.faults.add("end-before-start", rows, messages, "Correct one of the two.", column=column)
        end = pl.DataFrame({"end": end, "wrong": wrong}).select(pl.when(~pl.col("wrong")).then("end")).to_series()
    posts = posts.with_columns(start.alias("start"), end.alias("end"))
    by_person = np.argsort(posts.get_column("person").to_numpy(), kind="stable")
    if newest_first is None:
        newest_first = _goes_back(posts.get_column("person").to_numpy()[by_person], earliest[by_person])
    number, n_posts = _numbers(posts.get_column("person").to_numpy(), by_person)
    rank = n_posts - number + 1 if newest_first else number
    posts = posts.with_columns(pl.Series("rank", _STEP * rank))
    if runs_on:
        last = pl.Series(rank == n_posts) & posts.get_column("end").is_null()
        posts = posts.with_columns(end=pl.when(last).then(pl.lit(dates.OPEN)).otherwise("end"))
    return posts


def with_kinds(posts: pl.DataFrame) -> pl.DataFrame:
    """Posts with the kind that their roles name, where the table has no kinds of its own."""
    if "kind" in posts.columns or "role" not in posts.columns:
        return posts
    roles = posts.get_column("role")
    texts = roles.drop_nulls().unique()
    kinds = pl.Series([kind_said(text) for text in texts], dtype=pl.String)
    made = roles.replace_strict(texts, kinds, default=None, return_dtype=pl.String)
    return posts.with_columns(made.alias("kind"))


def _goes_back(person: Ints, earliest: dates.Days) -> bool:
    """Whether of two rows of a person, one after the other, most often the first is the later one. Both person by
    person."""
    known = earliest > dates.PAST
    person, days = person[known], earliest[known].astype(np.int64)
    steps = np.diff(days)[person[1:] == person[:-1]]
    return bool((steps < 0).sum() > (steps > 0).sum())


def _numbers(person: Ints, by_person: Ints) -> tuple[Ints, Ints]:
    """For each row its number within the person, counted from 1, and how many the person has. by_person: the rows
    person by person."""
    if not len(person):
        return person, person
    ordered = person[by_person]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[begins, len(ordered)])
    number, n_posts = np.empty_like(person), np.empty_like(person)
    number[by_person] = np.arange(len(ordered)) - np.repeat(begins, sizes) + 1
    n_posts[by_person] = np.repeat(sizes, sizes)
    return number, n_posts
