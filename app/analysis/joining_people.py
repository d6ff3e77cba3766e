"""Brought people who are on record already: by their ids, then by their names and where they have been."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from app.analysis.joining_matches import Choices, Choosing, Likeness
from app.analysis.joining_rewriting import led, marked, same_signs, signs
from app.analysis.joining_sources import SAME
from app.analysis.levels import Levels
from app.analysis.names import short
from app.analysis.plain_names import of_people, plain
from app.analysis.same_people import MOST_OF_ONE_ID, SCHEMES, bare
from app.domain.dataset import Dataset
from app.domain.schema import TABLES, Kind

MOST_TOGETHER = 50
"""Of a name that more people have, on one side, nobody is looked at by that name."""
_ID, _PLACE, _SOURCE, _NAME = range(1, 5)
"""Tiers: the same id; the same name and a root organization; the same name and a source; the same name alone."""
_FIELDS = [name for name in TABLES["people"].names if name != "id"]
_POST = [name for name in TABLES["stints"].names if name not in ("id", "person_id", "seat_id", "rank", "order_stated")]


def people(dataset: Dataset, brought: Dataset, choices: Choices, heirs: Mapping[str, Mapping[str, str]]) -> Choosing:
    """Which people on record the brought ones are. heirs: brought ids of sources and organizations, and the others.

    People with different ids of one scheme are two, whatever they are called. A name alone makes nobody sure.
    """
    mine, theirs = dataset["people"], brought["people"]
    names = dict(mine.select("id", pl.coalesce("name", "id")).iter_rows())
    made = Choosing("people", choices, lambda row_id: names.get(row_id, row_id))
    made.obey(lambda row_id: row_id in names, theirs.get_column("id"))
    if not mine.height or not theirs.height:
        return made
    known = marked(brought, heirs, ("organizations", "sources"))
    posts, told = led("stints", brought["stints"], known), led("people", theirs, known)
    for row_id, kept in same_signs(_signed(mine, dataset["stints"]), _signed(told, posts)):
        if not made.decided(row_id) and made.is_free(kept):
            made.take(row_id, kept, SAME)
    for row_id, kept, scheme in _same_id(mine, theirs).iter_rows():
        made.alike(row_id, kept, Likeness(_ID, f"same {SCHEMES[scheme]}", alone=False))
    left = told.filter(~pl.col("id").is_in(list(made.taken)))
    for row in _named_alike(dataset, mine, left, brought, heirs).iter_rows(named=True):
        if row["root"] is not None:
            place = short(dataset["organizations"].item(row["root"], "name"), "")
            likeness = Likeness(_PLACE, f"same name and both at {place}")
        elif row["cited"]:
            likeness = Likeness(_SOURCE, "same name in the same source")
        else:
            likeness = Likeness(_NAME, "same name", sure=False)
        made.alike(row["id"], row["kept"], likeness)
    made.settle()
    return made


def _signed(frame: pl.DataFrame, stints: pl.DataFrame) -> pl.DataFrame:
    """id, sign: all that a record and its stints say; of one that says nothing but a name also its id, without a number
    behind it: a name alone makes nobody the same."""
    posts = stints.select("person_id", post=signs(stints, _POST)).drop_nulls("person_id").sort("person_id", "post")
    whole = posts.group_by("person_id", maintain_order=True).agg(pl.col("post").str.join("\x1d"))
    stem = pl.col("id").str.replace(r"-\d+$", "")
    own = frame.select("id", own=signs(frame, _FIELDS), bare=pl.when(_bare()).then(stem).otherwise(pl.lit("")))
    both = own.join(whole, left_on="id", right_on="person_id", how="left")
    bare_id = pl.when(pl.col("post").is_null()).then("bare").otherwise(pl.lit(""))
    return both.select("id", sign=pl.concat_str("own", pl.col("post").fill_null(""), bare_id, separator="\x1d"))


def _bare() -> pl.Expr:
    """Whether a record says nothing but a name."""
    said = []
    for field in TABLES["people"].fields:
        if field.name not in ("id", "name"):
            column = pl.col(field.name)
            is_list = field.kind in (Kind.LIST, Kind.SET)
            said.append(column.list.len() == 0 if is_list else column.is_null())
    return pl.all_horizontal(said)


def _same_id(mine: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """id, kept, scheme: who has the same id of a scheme."""
    found = []
    for scheme in SCHEMES:
        one, other = (
            frame.select("id", key=bare(scheme)).drop_nulls().filter(pl.len().over("key") <= MOST_OF_ONE_ID)
            for frame in (mine, theirs)
        )
        both = other.join(one, on="key", suffix="_mine")
        found.append(both.select("id", kept="id_mine", scheme=pl.lit(scheme)))
    return pl.concat(found).unique(["id", "kept"], keep="first", maintain_order=True)


def _named_alike(
    dataset: Dataset, mine: pl.DataFrame, theirs: pl.DataFrame, brought: Dataset, heirs: Mapping[str, Mapping[str, str]]
) -> pl.DataFrame:
    """id, kept, root (code of one on record at which both were, null for none), cited (whether both cite a source):
    who has the same name, but for those who have different ids of one scheme."""
    forms = [_forms(frame).filter(pl.len().over("form") <= MOST_TOGETHER) for frame in (theirs, mine)]
    pairs = forms[0].join(forms[1], on="form", suffix="_mine").select("id", kept="id_mine").unique(maintain_order=True)
    for scheme in SCHEMES:
        one, other = (frame.select("id", key=bare(scheme)).drop_nulls() for frame in (mine, theirs))
        both = pairs.join(other, on="id").join(one, left_on="kept", right_on="id", suffix="_mine")
        unlike = both.filter(pl.col("key") != pl.col("key_mine"))
        pairs = pairs.join(unlike, on=["id", "kept"], how="anti", maintain_order="left")
    shared = pairs.join(_roots_of(dataset, brought, heirs), left_on="id", right_on="person")
    shared = shared.join(_roots(dataset), left_on=["kept", "root"], right_on=["person", "root"])
    places = shared.group_by("id", "kept").agg(pl.col("root").min())
    cited = _cited(pairs, "id", theirs).join(_cited(pairs, "kept", mine), on=["id", "kept", "source"])
    cited = cited.select("id", "kept", cited=pl.lit(value=True)).unique()
    pairs = pairs.join(places, on=["id", "kept"], how="left").join(cited, on=["id", "kept"], how="left")
    return pairs.with_columns(pl.col("cited").fill_null(value=False)).sort("id", "kept")


def _forms(frame: pl.DataFrame) -> pl.DataFrame:
    """id, form: all that people may be called, labels with digits among it as they are written."""
    records = frame.select("name", "aliases", code=pl.col("id"))
    written = pl.concat(
        [
            records.select("code", "name"),
            records.select("code", name="aliases").filter(pl.col("name").list.len() > 0).explode("name"),
        ]
    )
    as_written = written.select(id="code", form=plain(written.get_column("name")))
    return pl.concat([of_people(records).select(id="code", form="form"), as_written]).drop_nulls().unique()


def _roots(dataset: Dataset) -> pl.DataFrame:
    """person (id), root (code): the root organizations at which people on record have been."""
    index = dataset.index
    there = (index.person >= 0) & (index.organization >= 0)
    roots = Levels.of(dataset).newest[index.organization[there]]
    ids = dataset["people"].get_column("id").gather(index.person[there])
    return pl.DataFrame({"person": ids, "root": roots.astype("int64")}).unique()


def _roots_of(dataset: Dataset, brought: Dataset, heirs: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """The same of brought people, as far as the organization, or one above it, is on record."""
    known = heirs.get("organizations", {})
    parents = dict(brought["organizations"].select("id", "parent_id").iter_rows())
    newest = Levels.of(dataset).newest
    found = {}
    for row_id in parents:
        at: str | None = row_id
        seen: set[str] = set()
        while at is not None and at not in known and at not in seen:
            seen.add(at)
            at = parents.get(at)
        kept = known.get(at) if at is not None else None
        code = dataset.position("organizations", kept) if kept is not None else None
        if code is not None:
            found[row_id] = int(newest[code])
    roots = pl.DataFrame({"organization_id": list(found), "root": list(found.values())}, schema_overrides={
        "organization_id": pl.String, "root": pl.Int64,
    })  # fmt: skip
    posts = brought["stints"].select("organization_id", person="person_id").drop_nulls()
    return posts.join(roots, on="organization_id").select("person", "root").unique()


def _cited(pairs: pl.DataFrame, of: str, frame: pl.DataFrame) -> pl.DataFrame:
    """id, kept, source: what one side of pairs cites."""
    sources = frame.select(pl.col("id").alias(of), source="source_ids").filter(pl.col("source").list.len() > 0)
    return pairs.join(sources.explode("source"), on=of).select("id", "kept", "source")
