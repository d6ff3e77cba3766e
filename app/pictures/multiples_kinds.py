"""The pictures that can be shown as small multiples: how each is made once at the size of a tile, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.layout.flowmap import Arrangement
from app.pictures import band_twin, chord_words, exchange_twin, flowmap_words, matrix_words, sankey_words, twin
from app.pictures.chord import VIEW as CHORD
from app.pictures.chord import Chord
from app.pictures.exchange import ExchangeOptions
from app.pictures.flowmap import VIEW as FLOW_MAP
from app.pictures.flowmap import FlowMap, FlowMapOptions
from app.pictures.frame import Frame
from app.pictures.gathered import Gathered
from app.pictures.legend import Entry
from app.pictures.matrix import VIEW as MATRIX
from app.pictures.matrix import Matrix
from app.pictures.sankey import VIEW as SANKEY
from app.pictures.sankey import Sankey, SankeyOptions
from app.pictures.stood import Stood
from app.pictures.traffic import Traffic
from app.scene import motion as moving
from app.scene.scene import Measure, Scene
from app.scene.twin import Twin


class TilePicture(Protocol):
    """A picture of moves at the size of a tile: laid out once, painted for each period."""

    @property
    def traffic(self) -> Traffic:
        """Which organizations and flows it draws."""

    def scene(self, day: float | None = None, *, mode: moving.Mode, window: float, still: bool) -> Scene:
        """The picture of the days of a window."""


@dataclass(frozen=True, eq=False)
class Asked:
    """What the picture in tiles is made of: the moves of all tiles, the frame of one, how many organizations, the last
    days of the periods, widths of texts, and the picture that was shown before, if any."""

    gathered: Gathered
    frame: Frame
    top: int
    ends: tuple[int, ...]
    measure: Measure
    before: object

    @property
    def size(self) -> tuple[float, float]:
        """Of a tile."""
        return self.frame.width, self.frame.height


@dataclass(frozen=True, slots=True)
class Kind:
    """One picture. name: what it is called; shape: the width by the height that suits a tile of it; least: width and
    height of a tile below which nothing can be read in it, in units of type; top: organizations drawn in a tile of
    that size; entries: what its legend says; pale: what stands pale in it, blank for nothing; read: its twin on
    a day."""

    name: str
    shape: float
    least: tuple[float, float]
    top: int
    make: Callable[[Asked], TilePicture]
    entries: Callable[[Any], tuple[list[Entry], list[Entry]]]
    pale: str
    read: Callable[..., Twin]


def _flow_map(asked: Asked) -> FlowMap:
    gathered, top, before = asked.gathered, asked.top, asked.before
    options = FlowMapOptions(
        gathered.options, asked.size, top, relations=False, alone=False, frame=asked.frame, periods=asked.ends
    )
    kept = before if isinstance(before, (FlowMap, Arrangement)) else None
    return FlowMap.of(gathered.dataset, options, asked.measure, kept, gathered)


def _sankey(asked: Asked) -> Sankey:
    gathered, before = asked.gathered, asked.before
    options = SankeyOptions(gathered.options, asked.size, asked.top, frame=asked.frame)
    kept = before if isinstance(before, (Sankey, Stood)) else None
    return Sankey.of(gathered.dataset, options, asked.measure, kept, gathered)


def _chord(asked: Asked) -> Chord:
    gathered, before = asked.gathered, asked.before
    options = ExchangeOptions(gathered.options, asked.size, asked.top, frame=asked.frame)
    kept = before if isinstance(before, (Chord, Stood)) else None
    return Chord.of(gathered.dataset, options, asked.measure, kept, gathered)


def _matrix(asked: Asked) -> Matrix:
    gathered, before = asked.gathered, asked.before
    options = ExchangeOptions(gathered.options, asked.size, asked.top, frame=asked.frame)
    kept = before if isinstance(before, (Matrix, Stood)) else None
    return Matrix.of(gathered.dataset, options, asked.measure, kept, gathered)


KINDS: Mapping[str, Kind] = {
    FLOW_MAP: Kind(
        "Flow map", 1.5, (280.0, 165.0), 12, _flow_map,
        lambda picture: flowmap_words.entries(picture, picture.frame.type_scale), "", twin.twin,
    ),
    SANKEY: Kind(
        "Sankey", 1.4, (270.0, 150.0), 8, _sankey,
        lambda picture: sankey_words.entries(picture, picture.frame.type_scale, dots=False),
        "pale: people of all periods", band_twin.of_sankey,
    ),
    CHORD: Kind(
        "Chord picture", 1.5, (270.0, 150.0), 8, _chord,
        lambda picture: chord_words.entries(picture, dots=False),
        "", exchange_twin.of_chord,
    ),
    MATRIX: Kind(
        "Matrix", 1.4, (270.0, 160.0), 8, _matrix, matrix_words.entries,
        "pale: people of all periods", exchange_twin.of_matrix,
    ),
}  # fmt: skip
"""By their names on the command line. Pictures that are not here are no pictures of moves, or show periods side by side
already."""
_SIDE_BY_SIDE = "an alluvial picture shows periods side by side already"
_STILL = "a picture `{}` tells days from left to right already"
_SEATED = "an organization chart stands otherwise on every day, and has too many words for a tile"
UNTILED: Mapping[str, str] = {
    "alluvial": _SIDE_BY_SIDE,
    **{name: _STILL.format(name) for name in ("careers", "timeline")},
    "compare": "`compare` shows two moments side by side already",
    "orgchart": _SEATED,
}
"""Why the other pictures have no small multiples."""


def untiled(view: str) -> str:
    """Why a picture has no small multiples; blank for one that has."""
    return UNTILED.get(view, "")
