"""Made-up links between layers, the same on every machine: what orders of layers are measured on.

Each node has a layer and a hidden place in it. Links lead to the next layer (four in five), or over one or two layers,
to nodes whose hidden places are near, as people mostly move among similar organizations; one in four leads anywhere.
Weights are those of few large and many small flows. Every node but those of the first layer has a link from the layer
before it, so that its layer is its longest path, in every program.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Links:
    """links (m, 2) of nodes, distinct; weight (m,), whole numbers; n: nodes."""

    n: int
    links: npt.NDArray[np.intp]
    weight: npt.NDArray[np.float64]


def made(n: int, n_layers: int, n_links: int, *, seed: int = 20) -> Links:
    """Nodes in about equal layers, and about so many links (those that repeat another one are left out)."""
    rng = np.random.default_rng(seed)
    layer = np.sort(np.r_[np.arange(n_layers), rng.integers(0, n_layers, n - n_layers)])
    hidden = rng.random(n)
    bounds = np.searchsorted(layer, np.arange(n_layers + 1))
    pairs: dict[tuple[int, int], float] = {}

    def near(target: int, place: float) -> int:
        first, end = int(bounds[target]), int(bounds[target + 1])
        wanted = rng.random() if rng.random() < 0.25 else place + rng.normal(0.0, 0.12)
        return first + int(np.abs(hidden[first:end] - wanted).argmin())

    for node in range(int(bounds[1]), n):
        pairs[near(int(layer[node]) - 1, float(hidden[node])), node] = 0.0
    while len(pairs) < n_links:
        node = int(rng.integers(0, bounds[n_layers - 1]))
        step = int(rng.choice([1, 1, 1, 1, 1, 1, 1, 1, 2, 3]))
        pairs[node, near(min(int(layer[node]) + step, n_layers - 1), float(hidden[node]))] = 0.0
    links = np.array(sorted(pairs), dtype=np.intp)
    weight = np.ceil(rng.pareto(1.3, len(links)) * 2 + 1e-9)
    shuffled = rng.permutation(n)  # so that no order of the input tells the hidden one
    return Links(n, shuffled[links], np.minimum(weight, 200.0))
