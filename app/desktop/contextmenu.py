"""The menu of a mark on the canvas, or of the ground: what can be done with what lies there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import polars as pl
from PySide6.QtWidgets import QMenu, QWidget

from app.desktop.actions import Actions
from app.domain.dataset import Dataset
from app.domain.schema import TABLES
from app.domain.views import pins
from app.pictures import reach
from app.pictures.crowd import QUARTER, Crowd
from app.pictures.flowmap import VIEW, FlowMap
from app.pictures.notes import NOTE
from app.pictures.records import called
from app.pictures.shown import MapShown, Shown
from app.pictures.shown_seats import ChartShown
from app.session.view import Picture


@dataclass(frozen=True)
class Deeds:
    """What the menu can do: select keys, look at keys, filter by a key, pin an organization where it stands or let it
    go (id), show a picture of an organization (id), show where a key stands in a chart, fold a key, record a move of
    or along a key, edit or delete the record of a key, copy a text, merge what is selected (None where it is not of one
    kind), put what can be done with a seat, a person or an organization into a menu, where an organization may
    stand in an order, and what can be written about a mark; who stands behind a key, and show them in the table of
    people."""

    select: Callable[[tuple[str, ...]], None]
    look: Callable[[tuple[str, ...]], None]
    narrow: Callable[[str], None]
    pin: Callable[[str], None]
    unpin: Callable[[str], None]
    turn_to: Callable[[Picture, str], None]
    seat: Callable[[str], object]
    fold: Callable[[str], None]
    record: Callable[[str], None]
    edit: Callable[[str], None]
    delete: Callable[[str], None]
    copy: Callable[[str], None]
    merge: Callable[[], None] | None = None
    seats: Callable[[QMenu, str], None] = lambda _menu, _key: None
    orders: Callable[[QMenu, str], None] = lambda _menu, _key: None
    annotations: Callable[[QMenu, str], None] = lambda _menu, _key: None
    crowd: Callable[[str], Crowd | None] = lambda _key: None
    people: Callable[[str], None] = lambda _key: None


MOST_STINTS = 6
"""Stints of a person that the menu offers: the last ones."""
GROUND = ("view.fit", "edit.select-all", "", "edit.copy", "edit.copy-text", "file.export", "")


def menu(parent: QWidget, actions: Actions, shown: Shown, key: str, deeds: Deeds) -> QMenu:
    """The menu of a key; of the ground for a blank one."""
    made = QMenu(parent)
    if not key:
        last = ("chart.level.auto", "chart.level.all") if isinstance(shown, ChartShown) else ("edit.unpin",)
        for name in (*GROUND, *last):
            if name:
                made.addAction(actions[name])
            else:
                made.addSeparator()
        deeds.annotations(made, "")
        return made
    if key.startswith(NOTE):
        deeds.annotations(made, key)
        return made
    mark, key, gathered = key, shown.record(key), shown.gathered
    kind, _, rest = key.partition(":")
    crowd = deeds.crowd(mark)
    name = crowd.name if crowd is not None and mark.startswith(("group:", "cell:")) else reach.named(gathered, key)
    made.addSection(name)
    made.addAction("Says &who?", lambda: deeds.select((mark,)))
    if not mark.startswith(QUARTER):  # a quarter is no place
        made.addAction("&Go there", lambda: deeds.look((mark,)))
    if crowd is not None and kind not in ("people", "move"):
        made.addAction(f"&People of this {crowd.noun} ({len(crowd.people):,})", lambda: deeds.people(mark))
    if reach.narrowed(gathered, key) is not None:
        made.addAction("&Only this", lambda: deeds.narrow(key))
    if kind in ("people", "organizations", "flow"):
        made.addAction("Record a &move …", lambda: deeds.record(key))
    if edits := editable(gathered.dataset, key):
        made.addSeparator()
        for text, edited in edits:
            made.addAction(text, partial(deeds.edit, edited))
        if edits[0][1] == key:
            made.addAction(f"&Delete this {TABLES[kind].noun} …", lambda: deeds.delete(key))
        if deeds.merge is not None:
            made.addAction("Mer&ge the selected …", deeds.merge)
        made.addSeparator()
    if isinstance(shown, ChartShown) and shown.foldable(key):
        made.addAction("&Fold or unfold", lambda: deeds.fold(shown.foldable(key)))
    if kind in ("seats", "people") and not isinstance(shown, ChartShown):
        made.addAction("In the organization &chart", lambda: deeds.seat(key))
    if kind == "organizations":
        made.addSeparator()
        made.addAction("Organization &chart", lambda: deeds.turn_to("orgchart", rest))
        made.addAction("&Build-out", lambda: deeds.turn_to("buildout", rest))
        if isinstance(shown, MapShown):
            _of_map(made, shown.picture, rest, deeds)
    deeds.orders(made, key)
    deeds.seats(made, key)
    deeds.annotations(made, key)
    made.addSeparator()
    made.addAction("&Copy the name", lambda: deeds.copy(name))
    return made


def editable(dataset: Dataset, key: str) -> list[tuple[str, str]]:
    """Records that stand behind a mark and can be edited, as words and keys: itself, of a move both stints, of a person
    the stints too."""
    kind, _, rest = key.partition(":")
    if kind == "move":
        ids = [row_id for row_id in rest.split(">") if row_id]
        return [(_stint_words(dataset, row_id), f"stints:{row_id}") for row_id in ids]
    found = []
    if kind in TABLES and dataset.position(kind, rest) is not None:
        found.append((f"&Edit this {TABLES[kind].noun} …", key))
    if kind == "people":
        stints = dataset["stints"].filter(pl.col("person_id") == rest).sort("rank", "id").get_column("id")
        found += [(_stint_words(dataset, row_id), f"stints:{row_id}") for row_id in stints[-MOST_STINTS:]]
    return found


def _stint_words(dataset: Dataset, row_id: str) -> str:
    row = dataset.row("stints", row_id) or {}
    where = called(dataset.row, "organizations", str(row.get("organization_id") or ""))
    since = f" from {row['start']}" if row.get("start") else ""
    return f"Edit the stint at {where}{since} …".replace("&", "&&")


def _of_map(made: QMenu, picture: FlowMap, organization: str, deeds: Deeds) -> None:
    """What a flow map can do with an organization."""
    made.addSeparator()
    for text, end in (("Select flows &in", 1), ("Select flows &out", 0)):
        flows = flows_of(picture, organization, end)
        made.addAction(text, partial(deeds.select, flows)).setEnabled(bool(flows))
    made.addSeparator()
    if organization in pins(picture.gathered.dataset, VIEW):
        made.addAction("&Unpin", lambda: deeds.unpin(organization))
    elif organization in picture.layout.ids:
        made.addAction("&Pin here", lambda: deeds.pin(organization))


def flows_of(picture: FlowMap, organization: str, end: int) -> tuple[str, ...]:
    """Keys of the drawn flows that begin (end 0) or end (1) at an organization."""
    ids, flows = picture.layout.ids, picture.layout.flows
    if organization not in ids:
        return ()
    at = ids.index(organization)
    return tuple(f"flow:{ids[a]}>{ids[b]}" for a, b in flows.tolist() if (a, b)[end] == at)
