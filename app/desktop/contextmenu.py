"""The menu of a mark on the canvas, or of the ground: what can be done with what lies there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app.desktop.actions import Actions
from app.domain.views import pins
from app.pictures import reach
from app.pictures.flowmap import VIEW, FlowMap


@dataclass(frozen=True)
class Deeds:
    """What the menu can do: select keys, look at keys, filter by a key, pin an organization where it stands or let it
    go (id), copy a text."""

    select: Callable[[tuple[str, ...]], None]
    look: Callable[[tuple[str, ...]], None]
    narrow: Callable[[str], None]
    pin: Callable[[str], None]
    unpin: Callable[[str], None]
    copy: Callable[[str], None]


def menu(parent: QWidget, actions: Actions, picture: FlowMap, key: str, deeds: Deeds) -> QMenu:
    """The menu of a key; of the ground for a blank one."""
    made = QMenu(parent)
    if not key:
        for name in ("view.fit", "edit.select-all", "", "edit.copy", "edit.copy-text", "file.export", "", "edit.unpin"):
            if name:
                made.addAction(actions[name])
            else:
                made.addSeparator()
        return made
    kind, _, rest = key.partition(":")
    name = reach.named(picture, key)
    made.addSection(name)
    made.addAction("Says &who?", lambda: deeds.select((key,)))
    made.addAction("&Go there", lambda: deeds.look((key,)))
    if reach.narrowed(picture, key) is not None:
        made.addAction("&Only this", lambda: deeds.narrow(key))
    if kind == "organizations":
        for text, end in (("Select flows &in", 1), ("Select flows &out", 0)):
            flows = flows_of(picture, rest, end)
            made.addAction(text, partial(deeds.select, flows)).setEnabled(bool(flows))
        made.addSeparator()
        if rest in pins(picture.gathered.dataset, VIEW):
            made.addAction("&Unpin", lambda: deeds.unpin(rest))
        elif rest in picture.layout.ids:
            made.addAction("&Pin here", lambda: deeds.pin(rest))
    made.addSeparator()
    made.addAction("&Copy the name", lambda: deeds.copy(name))
    return made


def flows_of(picture: FlowMap, organization: str, end: int) -> tuple[str, ...]:
    """Keys of the drawn flows that begin (end 0) or end (1) at an organization."""
    ids, flows = picture.layout.ids, picture.layout.flows
    if organization not in ids:
        return ()
    at = ids.index(organization)
    return tuple(f"flow:{ids[a]}>{ids[b]}" for a, b in flows.tolist() if (a, b)[end] == at)
