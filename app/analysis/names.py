"""Finding an organization or a person by what somebody calls it: id, name or alias, in any case."""

from __future__ import annotations

import difflib
import re
import unicodedata

import polars as pl

from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.schema import TABLES

MOST_NEAR = 3
"""How many close matches an unknown name is answered with."""


def find(dataset: Dataset, table: str, text: str, field: str) -> list[int]:
    """Codes of the rows of organizations or people that a text means, ascending, at least one.

    The row of that id; else all whose name or an alias is the text, in any case; else the row whose id the text becomes
    in lower case, without accents, with hyphens between its words. UsageError, naming the filter term and close
    matches, where it fits nothing.
    """
    at = dataset.position(table, text)
    if at is not None:
        return [at]
    frame, wanted = dataset[table], text.lower()
    alias = pl.col("aliases").list.eval(pl.element().str.to_lowercase() == wanted).list.any().fill_null(value=False)
    found = frame.select((pl.col("name").str.to_lowercase() == wanted) | alias).to_series().arg_true().to_list()
    if found:
        return found
    at = dataset.position(table, as_id(text))
    if at is not None:
        return [at]
    noun, near = TABLES[table].noun, close(dataset, table, text)
    remedy = f"Did you mean {', '.join(near)}?" if near else f"Write the name or the id of one of the {table}."
    raise UsageError(Fault("lens", f"filter '{field}:{text}': there is no {noun} {text!r}", remedy))


def as_id(text: str) -> str:
    """A text as an id: `Thinking Machines Lab` is thinking-machines-lab. Blank if nothing of it can stand in an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def close(dataset: Dataset, table: str, text: str) -> list[str]:
    """Names that hold the text or look like it, at most MOST_NEAR, the closest first."""
    names = dataset[table].get_column("name").drop_nulls()
    holding = names.filter(names.str.to_lowercase().str.contains(text.lower(), literal=True)).unique().sort()
    near = sorted(holding.head(MOST_NEAR), key=len)
    ids = dataset[table].select("id", "name").drop_nulls().iter_rows()
    folded = {**dict(ids), **{name.lower(): name for name in names.sort().to_list()}}
    near += [folded[name] for name in difflib.get_close_matches(text.lower(), folded, MOST_NEAR, 0.6)]
    return list(dict.fromkeys(near))[:MOST_NEAR]
