"""What the marks of a flow map say when asked, and what the whole picture says of its making."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.gathered import Gathered
from app.pictures.traffic import STRONG_FIRST, Traffic
from app.scene.scene import Tip

NAMED_IN_TIP = 12


def flow_tip(gathered: Gathered, traffic: Traffic, flow: int) -> Tip:
    """Who, when, how sure, and how many sources."""
    rows = np.arange(traffic.first[flow], traffic.first[flow + 1])
    a, b = (gathered.labels[traffic.nodes[n]] for n in (traffic.flow_from[flow], traffic.flow_to[flow]))
    return crowd_tip(gathered, f"{a} → {b}", traffic.moves, rows)


def crowd_tip(gathered: Gathered, head: str, moves: Moves, rows: npt.NDArray[np.intp]) -> Tip:
    """A head, how many of some moves are how sure, and who made the first of them."""
    n_of = np.bincount(moves.status[rows], minlength=len(STATUSES)).tolist()
    counts = [(n_of[STATUSES.index(word)], word) for word in STRONG_FIRST]
    told = ", ".join(f"{n} {word}" for n, word in counts if n)
    lines = [f"{wording.people(len(rows))}: {told}"]
    lines += [gathered.person_line(moves, int(r)) for r in rows[:NAMED_IN_TIP]]
    if len(rows) > NAMED_IN_TIP:
        lines.append(f"and {len(rows) - NAMED_IN_TIP} more")
    links = dict.fromkeys(s for r in rows[:NAMED_IN_TIP] for s in gathered.move_sources(moves, int(r)))
    return Tip(head, tuple(lines), tuple(links))


def move_tip(gathered: Gathered, moves: Moves, row: int) -> Tip:
    """Who moved, from where to where, when, how sure, on whose word."""
    a, b = (gathered.labels[code] for code in (moves.origin[row], moves.destination[row]))
    return Tip(
        gathered.person_name(moves, row),
        (f"{a} → {b}", gathered.when_line(moves, row)),
        gathered.move_sources(moves, row),
    )


def node_tip(gathered: Gathered, traffic: Traffic, n: int) -> Tip:
    """In, out, net, and the people known to be there."""
    n_in, n_out = traffic.totals(None)
    code = int(traffic.nodes[n])
    known, possible = gathered.known_people(code)
    lines = [f"{n_in[n]} in, {n_out[n]} out, {int(n_in[n]) - int(n_out[n]):+d} net"]
    if known or possible:
        upto = f", up to {possible}" if possible > known else ""
        lines.append(f"{wording.counted(known, 'known person', 'known people')}{upto} on {wording.iso(gathered.as_of)}")
    return Tip(gathered.names[code], tuple(lines), gathered.organization_sources(code))
