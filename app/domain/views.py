"""What the analyst has fixed on purpose, kept with the dataset in its table `views`: pinned places, chosen orders,
named filters. What is written into pictures is in `annotations`.

Passing things (camera, clock, selection) are not here: they never make a file dirty.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from app.domain.dataset import Dataset, Row
from app.domain.edit import Edit, drop, put
from app.domain.schema import TABLES

LENS = "lens"
"""The view of a filter, and where its text stands among the options."""
Place = tuple[float, float]
"""Across and down, as share of the map's width and height."""


def pins(dataset: Dataset, view: str) -> dict[str, Place]:
    """The places of pinned organizations in a picture, by id. Empty if there are none; what cannot be read is none."""
    held = options(dataset, view).get("pins")
    return {i: at for i, xy in held.items() if (at := _place(xy)) is not None} if isinstance(held, dict) else {}


def pin(dataset: Dataset, view: str, places: Mapping[str, Place], name: str) -> Edit:
    """The edit that pins organizations of a picture to places, beside those that are pinned already."""
    return _with_pins(dataset, view, {**pins(dataset, view), **places}, name)


def unpin(dataset: Dataset, view: str, ids: frozenset[str] | None, name: str) -> Edit:
    """The edit that lets the layout place organizations again; None: all of the picture. Empty if none was pinned."""
    left = {i: at for i, at in pins(dataset, view).items() if ids is not None and i not in ids}
    return _with_pins(dataset, view, left, name)


def orders(dataset: Dataset, view: str) -> dict[str, tuple[str, ...]]:
    """The chosen order of organizations, ids from the top down, in each named column of a picture. Empty if there is
    none; what cannot be read is none."""
    held = options(dataset, view).get("order")
    if not isinstance(held, dict):
        return {}
    return {
        column: tuple(dict.fromkeys(i for i in ids if isinstance(i, str)))
        for column, ids in held.items()
        if isinstance(ids, list)
    }


def reorder(dataset: Dataset, view: str, column: str, ids: Sequence[str], name: str) -> Edit:
    """The edit that has organizations stand in this order in a column of a picture; none: the layout orders them again.
    Organizations that are not named stand where the layout puts them."""
    chosen = {**{c: list(held) for c, held in orders(dataset, view).items()}, column: list(ids)}
    return with_option(dataset, view, "order", {c: held for c, held in sorted(chosen.items()) if held}, name)


def saved_lenses(dataset: Dataset) -> dict[str, str]:
    """Filters that were given a name, as text, in order of their names. What cannot be read is none."""
    table = dataset["views"].filter(dataset["views"]["view"] == LENS)
    held = {row["name"]: options_of(row).get(LENS) for row in table.iter_rows(named=True) if row["name"]}
    return {name: text for name, text in sorted(held.items()) if isinstance(text, str)}


def save_lens(dataset: Dataset, name: str, text: str) -> Edit:
    """The edit that keeps a filter under a name, in place of one that has it already. ValueError for a blank name."""
    name = " ".join(name.split())
    if not name:
        raise ValueError("a filter is kept under a name")
    row = _lens_row(dataset, name) or {"id": free_id(dataset, LENS), "view": LENS, "name": name}
    options = json.dumps({LENS: text}, ensure_ascii=False, separators=(",", ":"))
    return put(dataset, f"Keep the filter “{name}”", {"views": [{**row, "options": options}]})


def forget_lens(dataset: Dataset, name: str) -> Edit:
    """The edit that forgets a named filter. Empty if there is none of that name."""
    row = _lens_row(dataset, name)
    return drop(dataset, f"Forget the filter “{name}”", {"views": [row["id"]] if row is not None else []})


def _lens_row(dataset: Dataset, name: str) -> Row | None:
    table = dataset["views"]
    found = table.filter((table["view"] == LENS) & (table["name"] == name))
    return found.row(0, named=True) if found.height else None


def _with_pins(dataset: Dataset, view: str, places: Mapping[str, Place], name: str) -> Edit:
    shares = {i: [round(x, 4), round(y, 4)] for i, (x, y) in sorted(places.items())}
    return with_option(dataset, view, "pins", shares, name)


def options(dataset: Dataset, view: str) -> dict[str, Any]:
    """What holds for a picture as such, by the names of its options; empty for what is not there or cannot be read."""
    return options_of(_row(dataset, view))


def with_option(dataset: Dataset, view: str, option: str, value: Mapping[str, Any], name: str) -> Edit:
    """The edit that sets an option of a picture; without a value it takes it away."""
    row = _row(dataset, view)
    kept = {key: held for key, held in options_of(row).items() if key != option}
    if value:
        kept[option] = dict(value)
    if row is None:
        row = {"id": free_id(dataset, view), "view": view}
    if not kept and not row.get("name"):
        return drop(dataset, name, {"views": [row["id"]]})
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return put(dataset, name, {"views": [{**row, "options": text}]})


def _row(dataset: Dataset, view: str) -> Row | None:
    """The first row of a picture that has no name of its own: what holds for the picture as such."""
    table = dataset["views"]
    if not table.height:
        return None
    both = zip(table["view"].to_list(), table["name"].to_list(), strict=True)  # few rows: a query takes longer
    at = next((n for n, (of, name) in enumerate(both) if of == view and not name), None)
    return table.row(at, named=True) if at is not None else None


def options_of(row: Row | None) -> dict[str, Any]:
    """The options of a row of `views`; empty without a row, and where they cannot be read."""
    try:
        held = json.loads(row["options"] or "{}") if row is not None else {}
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _place(xy: object) -> Place | None:
    if not isinstance(xy, list) or len(xy) != 2 or not all(isinstance(v, (int, float)) for v in xy):
        return None
    x, y = float(xy[0]), float(xy[1])
    return (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)) if math.isfinite(x) and math.isfinite(y) else None


def free_id(dataset: Dataset, view: str) -> str:
    """Ids are unique over all tables."""
    wanted = (f"view-{view}" if n == 1 else f"view-{view}-{n}" for n in count(1))
    return next(i for i in wanted if all(dataset.position(table, i) is None for table in TABLES))
