"""Problems for the layout of a flow map: small ones by hand, larger ones by a seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.layout import sizes
from app.layout.flowmap import FlowMapProblem

FRAME = (40.0, 100.0, 1520.0, 760.0)


def problem(n: int, flows: list[tuple[int, int, float]], **changes: Any) -> FlowMapProblem:
    """n nodes named a, b, c …, flows as (origin, destination, people), sizes as in a picture 1600 wide."""
    ends = np.array([f[:2] for f in flows], dtype=np.intp).reshape(-1, 2)
    people = np.array([f[2] for f in flows], dtype=np.float64)
    moved = np.bincount(ends[:, 0], people, n) + np.bincount(ends[:, 1], people, n) if flows else np.zeros(n)
    stub_people = np.stack((np.arange(n) % 3, np.arange(n) % 2), axis=1).astype(np.float64)
    given: dict[str, Any] = {
        "ids": tuple(chr(ord("a") + i) if n <= 26 else f"n{i:03d}" for i in range(n)),
        "radii": np.minimum(sizes.node_radii(moved, 0.0), 46.0),
        "flows": ends,
        "people": people,
        "frame": FRAME,
        "k": sizes.flow_scale(float(people.max(initial=1.0))),
        "name_sizes": np.tile((84.0, 30.0), (n, 1)),
        "count_sizes": np.where(people[:, None] >= 3, (14.0, 15.0), 0.0),
        "stub_people": stub_people,
        "stub_count_sizes": np.where(stub_people[..., None] > 0, (8.0, 12.0), 0.0),
        "plate_sizes": np.array([[180.0, 60.0]])[: min(n, 1)],
        "plate_near": np.zeros(min(n, 1), dtype=np.intp),
    }
    return FlowMapProblem(**(given | changes))


def market(n: int, m: int, seed: int) -> FlowMapProblem:
    """A market with a few large organizations: n nodes, at most m flows, most of one person."""
    rng = np.random.default_rng(seed)
    size = rng.permutation(1 / (np.arange(n) + 1) ** 0.8)
    pairs = np.argwhere(~np.eye(n, dtype=bool))
    odds = size[pairs[:, 0]] * size[pairs[:, 1]]
    chosen = rng.choice(len(pairs), min(m, len(pairs)), replace=False, p=odds / odds.sum())
    people = np.minimum(np.ceil(rng.pareto(1.3, len(chosen)) * 1.2), 30)
    return problem(n, [(int(i), int(j), float(w)) for (i, j), w in zip(pairs[np.sort(chosen)], people, strict=True)])
