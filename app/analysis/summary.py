"""The figures as plain values, with the words and keys of `stats --json`."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.analysis.buildout import BuildOut
from app.analysis.figures import Figures
from app.analysis.options import DEFAULTS, Options
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.schema import FORMAT


def summary(dataset: Dataset, options: Options = DEFAULTS) -> dict[str, Any]:
    """A Dataset and options → what `stats --json` prints.

    people, organizations, stints: rows that are not denied, known by the day, and let through by the lens. moves: those
    in the window, or without one all of them, dated and undated. flows: by moves, then ids; they sum to moves. net: by
    surplus, then id. known_people: on the as-of day, by people, then possible, then id; `possible` contains `people`. A
    day that is not set is None, a window {from, to} holds `from` and not `to`.
    """
    figures = Figures.of(dataset, options)
    selection = figures.selection
    return {
        "format": FORMAT,
        "as_of": _day(figures.as_of),
        "known_by": _day(options.known_by),
        "window": _window(options),
        "level": options.level,
        "lens": str(options.lens) or None,
        "people": int(np.count_nonzero(selection.people)),
        "organizations": int(np.count_nonzero(selection.organizations)),
        "stints": int(np.count_nonzero(selection.stints)),
        "moves": figures.n_moves,
        "undated": figures.n_undated,
        "certain": figures.n_certain,
        "flows": _flows(figures),
        "net": _net(figures),
        "known_people": _known_people(figures),
        "buildout": [_build_out(build_out, dataset) for build_out in figures.build_outs],
        "left_out": [{"reason": reason, "n": n} for reason, n in figures.left_out.items()],
    }


def _day(day: int | None) -> str | None:
    return None if day is None else dates.text(day)


def _window(options: Options) -> dict[str, str | None] | None:
    if options.window is None:
        return None
    lo, hi = options.window
    return {"from": _day(lo) if lo > PAST else None, "to": _day(hi) if hi < FUTURE else None}


def _flows(figures: Figures) -> list[dict[str, Any]]:
    ids, flows = figures.dataset["organizations"].get_column("id"), figures.flows
    columns = (ids.gather(flows.origin), ids.gather(flows.destination), flows.n_moves.tolist())
    return [{"from": a, "to": b, "moves": n} for a, b, n in zip(*columns, strict=True)]


def _net(figures: Figures) -> list[dict[str, Any]]:
    into, out = figures.flows.into, figures.flows.out
    at = np.flatnonzero(into + out)
    at = at[np.argsort(out[at] - into[at], kind="stable")]
    ids = figures.dataset["organizations"].get_column("id").gather(at)
    rows = zip(ids, into[at].tolist(), out[at].tolist(), strict=True)
    return [{"organization": name, "in": i, "out": o, "net": i - o} for name, i, o in rows]


def _known_people(figures: Figures) -> list[dict[str, Any]]:
    people = figures.known_people
    if people is None:
        return []
    at = np.flatnonzero(people.possible)
    at = at[np.lexsort((-people.possible[at], -people.certain[at]))]
    ids = figures.dataset["organizations"].get_column("id").gather(at)
    rows = zip(ids, people.certain[at].tolist(), people.possible[at].tolist(), strict=True)
    return [{"organization": name, "people": n, "possible": m} for name, n, m in rows]


def _build_out(build_out: BuildOut, dataset: Dataset) -> dict[str, Any]:
    return {
        "target": build_out.target,
        "organization": dataset["organizations"].item(build_out.organization, "id"),
        "seats": build_out.wanted,
        "filled": build_out.filled,
        "possible": build_out.possible,
        "open": build_out.open,
        "over": build_out.over,
        "left": build_out.left,
        "by_origin": [{"from": name, "people": n} for name, n in build_out.by_origin.items()],
    }
