"""The matrix as a heat map on a canvas: `heat` makes it. Its header and legend are the canvas's; its cells are painted
by the window, and have the keys of their flows like those of any other picture of flows."""

from __future__ import annotations

from dataclasses import dataclass

from app.pictures import exchange_twin
from app.pictures.cards import Card
from app.pictures.exchange import OTHERS_KEY, ExchangeOptions
from app.pictures.gathered import Gathered
from app.pictures.heat import Heat
from app.pictures.matrix import VIEW
from app.pictures.shown import Shown
from app.pictures.shown_exchange import ExchangeShown
from app.pictures.stood import Stood
from app.scene import motion as moving
from app.scene.pick import Rectangle
from app.scene.scene import Measure, Scene
from app.scene.twin import Twin


def heat(
    gathered: Gathered,
    size: tuple[float, float],
    measure: Measure,
    *,
    top: int | None = None,
    net: bool = False,
    before: Shown | Stood | None = None,
) -> HeatShown:
    """A heat map of the moves that are gathered. top: organizations with rows of their own (None: all); before: the
    picture on the canvas, of which a heat map keeps its order."""
    options = ExchangeOptions(gathered.options, size, top, net=net)
    kept = before.picture if isinstance(before, HeatShown) else before if isinstance(before, Stood) else None
    return HeatShown(measure, Heat.of(gathered.dataset, options, measure, kept, gathered))


@dataclass(frozen=True, eq=False)
class HeatShown(ExchangeShown):
    """A heat map on a canvas."""

    view = VIEW
    name = "Heat map"
    picture: Heat

    def cells_of(self, key: str) -> list[tuple[int, int]]:
        """Row and column of what stands for a key, each once: a flow, the moves of a person, others."""
        heat, exchange = self.picture, self.picture.exchange
        pairs = self.pairs_of(key)
        if key.startswith("group:"):
            pairs = [pair for pair in range(exchange.n_pairs) if exchange.pair_key(pair) == key]
        return [(int(heat.row[pair]), int(heat.column[pair])) for pair in pairs]

    def row_of(self, key: str) -> int:
        """The row, and column, of an organization by its key; -1 for any other."""
        place = self.place_of(key)
        return int(self.picture.rank[place]) if place >= 0 else -1

    def key_of(self, row: int, column: int) -> str:
        """What a cell stands for; blank where nobody ever went so."""
        pair = self.picture.pair_at(row, column)
        return self.picture.exchange.pair_key(pair) if pair >= 0 else ""

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """Who, when, how sure, which sources; of others who they are."""
        exchange = self.picture.exchange
        if key == OTHERS_KEY and exchange.others >= 0:
            tip = exchange.tip(exchange.others)
            return Card(tip.head, "", notes=tip.lines)
        return super().card(scene, key, day, x, y, scale)

    def box_of(self, scene: Scene, keys: tuple[str, ...]) -> Rectangle | None:
        """Nothing of it lies in the Scene."""
        return None

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations and flows in words, the largest where there are many."""
        return exchange_twin.of_heat(self.picture, scene, day, mode=mode, window=window)
