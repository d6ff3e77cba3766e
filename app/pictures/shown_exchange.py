"""A matrix and a chord picture on a canvas: `matrix` and `chord` make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.pictures import exchange_twin, reach
from app.pictures.cards import Card, card, crowd_card
from app.pictures.chord import VIEW as CHORD
from app.pictures.chord import Chord
from app.pictures.crowd import QUARTER, Crowd, ends_at, of_moves
from app.pictures.exchange import OTHERS_KEY, ExchangeOptions
from app.pictures.gathered import Gathered
from app.pictures.heat import Heat
from app.pictures.matrix import VIEW as MATRIX
from app.pictures.matrix import Matrix
from app.pictures.shown import MovesShown, Shown
from app.pictures.stood import Stood
from app.scene import motion as moving
from app.scene.scene import Measure, Scene
from app.scene.twin import Twin


def matrix(
    gathered: Gathered,
    size: tuple[float, float],
    measure: Measure,
    *,
    top: int | None = None,
    net: bool = False,
    before: Shown | Stood | None = None,
) -> MatrixShown:
    """A matrix of the moves that are gathered; focus, level, filter and window are theirs. before: the picture on the
    canvas, of which a matrix keeps its order."""
    options = ExchangeOptions(gathered.options, size, top, net=net)
    kept = before.picture if isinstance(before, MatrixShown) else before if isinstance(before, Stood) else None
    return MatrixShown(measure, Matrix.of(gathered.dataset, options, measure, kept, gathered))


def chord(
    gathered: Gathered,
    size: tuple[float, float],
    measure: Measure,
    *,
    top: int | None = None,
    net: bool = False,
    before: Shown | Stood | None = None,
) -> ChordShown:
    """A chord picture of the moves that are gathered; focus, level, filter and window are theirs. before: the picture
    on the canvas, of which a chord picture keeps its order."""
    options = ExchangeOptions(gathered.options, size, top, net=net)
    kept = before.picture if isinstance(before, ChordShown) else before if isinstance(before, Stood) else None
    return ChordShown(measure, Chord.of(gathered.dataset, options, measure, kept, gathered))


@dataclass(frozen=True, eq=False)
class ExchangeShown(MovesShown):
    """What both have in common."""

    picture: Matrix | Chord | Heat

    def lit(self, scene: Scene, keys: Iterable[str]) -> tuple[int, ...]:
        """What stands for records: of a move its dot and its flow; of organizations that have no place of their own,
        and of flows to and from them, what they share with others."""
        wanted = tuple(keys)
        found = dict.fromkeys(reach.marks(self.gathered, scene, wanted))
        number = {key: at for at, key in enumerate(scene.keys)}
        exchange = self.picture.exchange
        for key in wanted:
            place = self.place_of(key)
            marks = [exchange.key(place)] if place >= 0 else map(exchange.pair_key, self.pairs_of(key))
            for mark in marks:
                if mark in number:
                    found[number[mark]] = None
        return tuple(found)

    def place_of(self, key: str) -> int:
        """The place in which an organization stands, by its key; -1 for any other key, and where nobody left or joined
        it."""
        kind, _, rest = key.partition(":")
        if key == OTHERS_KEY:
            return self.picture.exchange.others
        return self.picture.exchange.place(rest) if kind == "organizations" else -1

    def pairs_of(self, key: str) -> list[int]:
        """The pairs in which a flow, a move, the moves of a person or of those who have held a seat stand, each
        once."""
        exchange = self.picture.exchange
        kind, _, rest = key.partition(":")
        if kind == "flow" and ">" in rest:
            pairs = [exchange.pair(*(exchange.place(end) for end in rest.split(">", 1)))]
            return [pair for pair in pairs if pair >= 0]
        return reach.bands_of(exchange.bands, reach.rows_of(self.gathered, key))

    def crowd(self, scene: Scene, key: str) -> Crowd | None:
        """The people of a record, of a pair to or from others, of all others, or of the moves among them."""
        exchange = self.picture.exchange
        if not key.startswith("group:") or key.startswith(QUARTER):
            return super().crowd(scene, key)
        if key == OTHERS_KEY and exchange.others >= 0:
            rows = np.flatnonzero(np.logical_or(*ends_at(self.gathered, exchange.other_codes)))
            return of_moves(self.gathered, rows, exchange.tip(exchange.others).head, "group")
        for pair in range(exchange.n_pairs):
            if exchange.pair_key(pair) == key:
                return of_moves(self.gathered, exchange.rows(pair), exchange.head(pair), "flow")
        return None

    def card(self, scene: Scene, key: str, day: float | None, x: float, y: float, scale: float) -> Card | None:
        """Who, when, how sure, which sources; of others who they are."""
        exchange = self.picture.exchange
        if key.startswith("group:"):
            pairs = (pair for pair in range(exchange.n_pairs) if exchange.pair_key(pair) == key)
            if (pair := next(pairs, None)) is not None:
                owner = exchange.organization(int(exchange.origin[pair]))
                moves = self.gathered.moves
                return crowd_card(self.gathered, exchange.head(pair), owner, moves, exchange.rows(pair), day)
        return card(self.picture, key, day, self.tip_at(scene, key, x, y, scale))


@dataclass(frozen=True, eq=False)
class MatrixShown(ExchangeShown):
    """A matrix on a canvas. Its cells have the keys of their flows: what is selected in one picture of flows is
    selected in all of them."""

    view = MATRIX
    name = "Matrix"
    picture: Matrix

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations and flows in words."""
        return exchange_twin.of_matrix(self.picture, scene, day, mode=mode, window=window)


@dataclass(frozen=True, eq=False)
class ChordShown(ExchangeShown):
    """A chord picture on a canvas."""

    view = CHORD
    name = "Chord picture"
    picture: Chord

    def twin(self, scene: Scene, day: float | None, mode: moving.Mode, window: float) -> Twin:
        """Organizations and flows in words."""
        return exchange_twin.of_chord(self.picture, scene, day, mode=mode, window=window)
