"""What one seat is on the day of a picture: its state in a word, and who sits there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.buildout import countable
from app.pictures import reach
from app.pictures.gathered import Gathered
from app.pictures.listing_seat_rows import Held
from app.pictures.seat_states import PERHAPS, STATES


@dataclass(frozen=True, slots=True)
class SeatNow:
    """state: one of STATES, blank for a seat that is denied or not known; person: id of who holds it or may hold it,
    blank for nobody."""

    state: str = ""
    person: str = ""


def seat_now(gathered: Gathered, seat: str) -> SeatNow:
    """The state of a seat, by its id; blank for one that does not exist."""
    data = gathered.dataset
    at = data.position("seats", seat)
    if at is None:
        return SeatNow()
    held = Held(gathered, np.array([at]), countable(data, gathered.careers))
    word, code = int(held.word[0]), int(held.person[0])
    if word < 0:
        return SeatNow()
    return SeatNow(STATES[word], str(data["people"].item(code, "id")) if code >= 0 and word <= PERHAPS else "")


def person_at(gathered: Gathered, key: str) -> str:
    """Id of the person that a key means on the day: their own, who moved, who holds the seat; blank for nobody."""
    table, _, row_id = key.partition(":")
    return seat_now(gathered, row_id).person if table == "seats" else reach.person_of(gathered, key)
