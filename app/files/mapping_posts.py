"""Rows of a table as posts: who was where, from when to when, in the order in which it came.

A row of a table of moves says that somebody left A for B on a day. It makes a post at B that begins on that day; the post
at A that ends on it is that of an earlier row that led to A, or else one of which nothing else is known.
"""

from __future__ import annotations

import polars as pl

from app.domain import dates
from app.files.mapping_faults import RowFaults, quoted
from app.files.roles import kind_said

_STEP = 10


def of_stints(frame: pl.DataFrame, faults: RowFaults) -> pl.DataFrame:
    """The posts of a table of stints. frame: row, person and organization as codes, what else the table has.

    Rows without a person or an organization are told and left out, and so are those that stand there twice.
    """
    told = [name for name in frame.columns if name != "row"]
    kept = frame.unique(told, keep="first", maintain_order=True)
    if kept.height < frame.height:
        first = kept.select(*told, first="row")
        again = frame.join(kept.select("row"), on="row", how="anti", maintain_order="left")
        again = again.join(first, on=told, how="left", nulls_equal=True, maintain_order="left")
        messages = "it stands in row " + again.get_column("first").cast(pl.String) + " already, and was taken once"
        faults.add("repeated-row", again.get_column("row"), messages, "Remove one of the two.")
    return kept


def of_moves(frame: pl.DataFrame) -> pl.DataFrame:
    """The posts of a table of moves. frame: row, person, from, to (codes), date, what else the table has."""
    ordered = _in_order(frame)
    before, after = pl.col("to").shift(1).over("person"), pl.col("from").shift(-1).over("person")
    ordered = ordered.with_columns(
        joined=(before == pl.col("from")).fill_null(value=False),
        left=pl.when(after == pl.col("to")).then(pl.col("date").shift(-1).over("person")),
        left_row=pl.when(after == pl.col("to")).then(pl.col("row").shift(-1).over("person")),
        left_source=(
            pl.when(after == pl.col("to")).then(pl.col("source").shift(-1).over("person"))
            if "source" in frame.columns
            else pl.lit(None)
        ),
    )
    others = [name for name in frame.columns if name not in ("row", "person", "from", "to", "date", "source")]
    source = pl.col("source") if "source" in frame.columns else pl.lit(None, dtype=pl.List(pl.String))
    both = pl.concat_list(source.fill_null([]), pl.col("left_source").fill_null([])) if "source" in frame.columns else source
    at = pl.int_range(pl.len())
    reached = ordered.select(
        "person", "row", *others, organization="to", start="date", end="left", last_row="left_row", source=both, at=2 * at + 1
    )
    origin = ordered.select(
        "person", "row", "joined", organization="from", start=pl.lit(None, dtype=pl.String), end="date",
        last_row=pl.lit(None, dtype=pl.Int64), source=source, at=2 * at,
        **{name: pl.lit(None, dtype=frame.schema[name]) if name not in ("status",) else pl.col(name) for name in others},
    ).filter(~pl.col("joined")).select(reached.columns)  # fmt: skip
    posts = pl.concat([reached, origin]).drop_nulls("organization").sort("at").drop("at")
    return posts if "source" in frame.columns else posts.drop("source")


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Moves person by person in the order of their days; of those of one day, in an order in which they follow from one
    another where there is one."""
    earliest, _ = dates.bounds(frame.get_column("date")) if "date" in frame.columns else (None, None)
    key = pl.Series("key", earliest) if earliest is not None else pl.Series("key", [dates.PAST]).new_from_index(0, frame.height)
    if "date" not in frame.columns:
        frame = frame.with_columns(date=pl.lit(None, dtype=pl.String))
    ordered = frame.with_columns(key).sort("person", "key", "row", maintain_order=True)
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


def ranked(posts: pl.DataFrame, *, newest_first: bool | None, runs_on: bool, faults: RowFaults) -> pl.DataFrame:
    """Posts with `rank`, their order within the person, and ends that are not certainly before the start; those that
    are are told.

    newest_first: whether the rows go back in time; None: whether most that have days do. runs_on: whether a blank end of
    the last post means that it runs on.
    """
    start = posts.get_column("start") if "start" in posts.columns else pl.Series("start", [None], dtype=pl.String).new_from_index(0, posts.height)
    end = posts.get_column("end") if "end" in posts.columns else pl.Series("end", [None], dtype=pl.String).new_from_index(0, posts.height)
    earliest, _ = dates.bounds(start)
    _, latest = dates.bounds(end)
    wrong = pl.Series(earliest >= latest)
    if wrong.any():
        messages = quoted(end.filter(wrong)) + " was left out: it is not after the start " + start.filter(wrong)
        faults.add("end-before-start", posts.get_column("row").filter(wrong), messages, "Correct one of the two.", column="end")
        end = pl.DataFrame({"end": end, "wrong": wrong}).select(pl.when(~pl.col("wrong")).then("end")).to_series()
    posts = posts.with_columns(start=start, end=end)
    if newest_first is None:
        newest_first = _goes_back(posts.get_column("person"), earliest)
    if newest_first:
        posts = posts.reverse()
    number = pl.int_range(1, pl.len() + 1).over("person")
    posts = posts.with_columns(rank=_STEP * number)
    if runs_on:
        last = pl.col("rank") == pl.col("rank").max().over("person")
        posts = posts.with_columns(end=pl.when(last & pl.col("end").is_null()).then(pl.lit(dates.OPEN)).otherwise("end"))
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


def _goes_back(person: pl.Series, earliest: dates.Days) -> bool:
    """Whether of two rows of a person, one after the other, most often the first is the later one."""
    known = pl.DataFrame({"person": person, "day": earliest}).filter(pl.col("day") > dates.PAST)
    step = known.select(pl.col("day").diff().over("person")).to_series()
    return bool((step < 0).sum() > (step > 0).sum())
