"""Finding an organization or a person by what somebody calls it: id, name or alias, in any case."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process, utils

from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.index import ABSENT
from app.domain.schema import TABLES

MOST_NEAR = 3
"""How many close matches an unknown name is answered with."""
LEAST_LIKE, ALIKE = 3, 82
"""Letters from which on names that look like a text are offered, and how much they must: WRatio of rapidfuzz."""
MOST_COMPARED = 200_000
"""Among more names none is looked for that merely looks like a text: it would take longer than typing does."""


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


@dataclass(frozen=True, slots=True)
class Near:
    """A record that a text may mean: id, name, its aliases, and how well it fits (0: it is the text)."""

    id: str
    name: str
    aliases: tuple[str, ...]
    rank: int


def near(dataset: Dataset, table: str, text: str, most: int) -> list[Near]:
    """Records whose name or alias a text may mean, the best first, at most `most`: what is called so, then names that
    begin with it, words that do, names and aliases that hold it, and those that look like it; of those that fit as well
    the busiest first. A source is called by publisher and title, and its address is an alias; a seat by its title and
    organization, and those who name it are. Empty for a blank text. KeyError for a table of which nobody is called."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    frame = callings(dataset, table)
    lower = pl.col("name").str.to_lowercase()
    in_alias = pl.col("aliases").list.join(" · ").str.to_lowercase().str.contains(wanted, literal=True)
    rank = (
        pl.when((pl.col("id") == as_id(text)) | (lower == wanted)).then(0)
        .when(lower.str.starts_with(wanted)).then(1)
        .when(lower.str.contains(rf"\b{re.escape(wanted)}")).then(2)
        .when(lower.str.contains(wanted, literal=True)).then(3)
        .when(in_alias.fill_null(value=False)).then(4)
    )  # fmt: skip
    holding = frame.with_columns(rank=rank, posts=_posts(dataset, table)).drop_nulls("rank")
    holding = holding.sort("rank", -pl.col("posts"), pl.col("name").str.len_chars(), "name")
    found = {
        row[0]: Near(row[0], row[1], tuple(row[2] or ()), row[3])
        for row in holding.head(most).select("id", "name", "aliases", "rank").iter_rows()
    }
    if len(found) < most and len(wanted) >= LEAST_LIKE and frame.height <= MOST_COMPARED:
        names = frame.get_column("name").to_list()
        like = process.extract(
            text, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=ALIKE
        )
        for _, _, at in like:
            row = frame.row(at)
            found.setdefault(row[0], Near(row[0], row[1], tuple(row[2] or ()), 5))
    return list(found.values())[:most]


def callings(dataset: Dataset, table: str) -> pl.DataFrame:
    """id, name (never blank) and aliases of the records of a table, row by row."""
    kept = _called_so.setdefault(dataset, {})
    if table not in kept:
        kept[table] = _CALLED[table](dataset).with_columns(pl.col("name").fill_null(pl.col("id")))
    return kept[table]


def _bodies(dataset: Dataset, table: str) -> pl.DataFrame:
    return dataset[table].select("id", "name", "aliases")


def _sources(dataset: Dataset) -> pl.DataFrame:
    said = pl.concat_str("publisher", "title", separator=": ", ignore_nulls=True)
    url = pl.concat_list(pl.col("url").fill_null(""))
    return dataset["sources"].select("id", name=pl.when(said != "").then(said), aliases=url)


def _seats(dataset: Dataset) -> pl.DataFrame:
    """Seats with their organizations, and the names of those whose stints name them."""
    people = dataset["people"].select(person_id="id", holder="name")
    naming = dataset["stints"].select("person_id", "seat_id").drop_nulls()
    holders = naming.join(people, on="person_id").group_by("seat_id").agg(aliases=pl.col("holder").unique().sort())
    bodies = dataset["organizations"].select(organization_id="id", body="name")
    seats = dataset["seats"].select("id", "title", "organization_id")
    joined = seats.join(bodies, on="organization_id", how="left", maintain_order="left")
    joined = joined.join(holders, left_on="id", right_on="seat_id", how="left", maintain_order="left")
    name = pl.concat_str(pl.col("title").fill_null("seat"), pl.coalesce("body", "organization_id"), separator=" at ")
    return joined.select("id", name=name, aliases=pl.col("aliases").fill_null(pl.lit([], dtype=pl.List(pl.String))))


_CALLED: Mapping[str, Callable[[Dataset], pl.DataFrame]] = {
    "organizations": partial(_bodies, table="organizations"),
    "people": partial(_bodies, table="people"),
    "sources": _sources,
    "seats": _seats,
}
_called_so: WeakKeyDictionary[Dataset, dict[str, pl.DataFrame]] = WeakKeyDictionary()


def _posts(dataset: Dataset, table: str) -> pl.Series:
    """How many stints each organization or person has: of names that fit as well the busier one is meant. Nobody is
    busier than others among sources and seats."""
    if table not in ("organizations", "people"):
        return pl.Series(np.zeros(dataset[table].height, dtype=np.int64))
    index = dataset.index
    at = index.organization if table == "organizations" else index.person
    return pl.Series(np.bincount(at[at != ABSENT], minlength=dataset[table].height))


def as_id(text: str) -> str:
    """A text as an id: `Thinking Machines Lab` is thinking-machines-lab. Blank if nothing of it can stand in an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def short(name: str, organization_id: str = "") -> str:
    """An organization's name as a label: its abbreviation where the name gives one in brackets (`SSI`), else what its
    id says of it (`Meta` of `Meta Platforms`, id `meta`), else what stands before a bracket."""
    plain, _, bracket = name.partition(" (")
    inner = bracket.rstrip(")").strip()
    if inner and len(inner) <= 8 and sum(c.isupper() for c in inner) >= 2:
        return inner
    words = plain.split()
    if organization_id:
        for n in range(1, len(words)):
            if "-".join(words[:n]).lower() == organization_id:
                return " ".join(words[:n])
    return plain.removesuffix(", Inc.").strip() or name


def close(dataset: Dataset, table: str, text: str) -> list[str]:
    """Names that hold the text or look like it, at most MOST_NEAR, the closest first."""
    names = dataset[table].get_column("name").drop_nulls()
    holding = names.filter(names.str.to_lowercase().str.contains(text.lower(), literal=True)).unique().sort()
    near = sorted(holding.head(MOST_NEAR), key=len)
    ids = dataset[table].select("id", "name").drop_nulls().iter_rows()
    folded = {**dict(ids), **{name.lower(): name for name in names.sort().to_list()}}
    near += [folded[name] for name in difflib.get_close_matches(text.lower(), folded, MOST_NEAR, 0.6)]
    return list(dict.fromkeys(near))[:MOST_NEAR]
