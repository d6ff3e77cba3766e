"""A table as another program would write it: who was where, from when to when, as what."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tests.benchmarks.synthetic import tables


def write_table(path: Path, n_rows: int, separator: str) -> None:
    """Names, days and roles of a made-up dataset as CSV, quoted where it must be."""
    made = tables(n_rows)
    people = made["people"].select(person_id="id", Person="name")
    organizations = made["organizations"].select(organization_id="id", Organization="name")
    roles = pl.Series(["Researcher", "Engineer", "Lead; platform", "Head of research, vision", "Analyst"])
    rows = made["stints"].join(people, on="person_id", maintain_order="left")
    rows = rows.join(organizations, on="organization_id", maintain_order="left")
    rows = rows.with_columns(Role=roles.gather(pl.int_range(n_rows, eager=True) % len(roles)))
    rows.select("Person", "Organization", "start", "end", "Role").write_csv(path, separator=separator)
