"""The colour of an organization: which it has, the edit that gives it one, and who wears it already."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from app.analysis.hierarchy import Hierarchy
from app.domain.dataset import Dataset
from app.domain.edit import Edit, put


def colors(dataset: Dataset, hierarchy: Hierarchy) -> Mapping[str, str]:
    """Organization id → colour role or `#rrggbb`, its own or that of its newest root; those without one are left
    out."""
    own = dataset["organizations"].get_column("color").to_list()
    found = {}
    for code, organization in enumerate(dataset["organizations"].get_column("id")):
        color = next((own[c] for c in (code, *hierarchy.above(code, hierarchy.n_periods - 1)) if own[c]), None)
        if color:
            found[organization] = color
    return MappingProxyType(found)


def colored(dataset: Dataset, organization: str, color: str) -> Edit:
    """Give an organization a colour: a role c1 to c12 or `#rrggbb`; blank: none of its own. Empty if it has it already,
    or does not exist."""
    row = dataset.row("organizations", organization)
    if row is None:
        return Edit("Choose a colour")
    name = f"Give {row['name'] or organization} {f'the colour {color}' if color else 'no colour of its own'}"
    return put(dataset, name, {"organizations": [{**row, "color": color or None}]})


def wearers(dataset: Dataset, color: str, *, but: str = "") -> list[str]:
    """Names of the organizations that have a colour, but for one, in the order of their ids. None for a blank one."""
    if not color:
        return []
    found = dataset["organizations"].filter(pl.col("color") == color, pl.col("id") != but)
    return [str(name or row_id) for row_id, name in found.select("id", "name").iter_rows()]
