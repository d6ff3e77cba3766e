"""Sources that may be one: the same address, or the same publisher and title."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from app.analysis.alike import Step
from app.analysis.plain_names import plain
from app.domain.dataset import Dataset

ADDRESS, TITLE = 98, 90
"""What the same address is worth, and the same publisher and title."""
_DAY, _OTHER_ADDRESS, _QUOTE = -15, -8, -4
"""What speaks against it: other days of publication, other addresses, other words quoted."""
MOST_TOGETHER = 50
"""Of a title that more sources of one publisher have none are offered: it is a series."""


def pairs(dataset: Dataset, step: Step) -> Iterator[tuple[int, int, int, tuple[str, ...]]]:
    """Pairs of sources, a < b (codes), with a score of 100 and reasons. One that is derived from the other is two."""
    sources = dataset["sources"].with_row_index("code").with_columns(pl.col("code").cast(pl.Int32))
    if sources.height < 2:
        return
    held = sources.select(
        "code", "id", "published", "derived_from", "quote", address=address(),
        title=plain(sources.get_column("publisher")) + " · " + plain(sources.get_column("title")),
    )  # fmt: skip
    step(0.3)
    by_address, by_title = _together(held, "address"), _together(held, "title")
    step(0.7)
    both = pl.concat([by_address.with_columns(base=ADDRESS), by_title.with_columns(base=TITLE)])
    both = both.unique(["code", "code_b"], keep="first", maintain_order=True)
    derived = (pl.col("derived_from") == pl.col("id_b")) | (pl.col("derived_from_b") == pl.col("id"))
    for row in both.filter(~derived.fill_null(value=False)).iter_rows(named=True):
        score, reasons = row["base"], ["same address" if row["base"] == ADDRESS else "same publisher and title"]

        def differ(field: str, row: dict[str, object] = row) -> bool:
            return None not in (row[field], row[f"{field}_b"]) and row[field] != row[f"{field}_b"]

        if differ("published"):
            score += _DAY
            reasons.append(f"but published {row['published']} and {row['published_b']}")
        if row["base"] == TITLE and differ("address"):
            score += _OTHER_ADDRESS
            reasons.append("but other addresses")
        if differ("quote"):
            score += _QUOTE
            reasons.append("but other words quoted")
        yield row["code"], row["code_b"], score, tuple(reasons)


def address() -> pl.Expr:
    """An address without scheme, `www.`, anchor, what only counts visits, and a stroke at the end; in small letters up
    to the path."""
    bare = pl.col("url").str.replace(r"(?i)^https?://(www\.)?", "").str.replace(r"#.*$", "")
    bare = bare.str.replace_all(r"([?&])(utm_[a-z]+|ref|fbclid|gclid)=[^&]*", "$1").str.replace(r"[?&/]+$", "")
    host = bare.str.extract(r"^([^/?]*)").str.to_lowercase()
    return host + bare.str.replace(r"^[^/?]*", "")


def _together(held: pl.DataFrame, key: str) -> pl.DataFrame:
    """Pairs of sources with the same key."""
    some = held.drop_nulls(key).filter(pl.len().over(key).is_between(2, MOST_TOGETHER))
    other = some.rename({name: f"{name}_b" for name in some.columns if name != key}).with_columns(
        pl.col(key).alias(f"{key}_b")
    )
    return (
        some.join(other, on=key)
        .filter(pl.col("code") < pl.col("code_b"))
        .select(*held.columns, *(f"{name}_b" for name in held.columns))
    )
