"""What is entered, pasted and removed in the tables of records of a window becomes steps of its document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.analysis.entering import Cells, entered
from app.desktop.panels.records import RecordsPanel
from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.errors import DataError, TalentflowError
from app.domain.removing import Removal, removal
from app.domain.schema import TABLES
from app.files.pasted import grid
from app.files.pasting import Place, pasted
from app.pictures.columns import Column
from app.pictures.flowmap import FlowMap
from app.pictures.listing import Listing
from app.pictures.record_columns import heading, in_order
from app.pictures.records import called, fallout, records
from app.session.document import Document

if TYPE_CHECKING:
    from app.desktop.application import Application

FEW, SMALL = 200, 50_000
"""Up to so many cells, in a table of so few rows, are set at once; more are worked out beside the window."""
SAID = 8_000
DELETE = "&Delete"


class Entries(QObject):
    """The tables of records of one window."""

    def __init__(self, application: Application, panel: RecordsPanel) -> None:
        super().__init__(application)
        self._app, self._panel = application, panel
        panel.spread = self._spread
        panel.cells_wanted.connect(self.set)
        panel.paste_wanted.connect(self.paste)
        panel.removal_wanted.connect(self.remove)
        panel.filled.connect(self._prepare)
        panel.told.connect(application.frame.statusBar().showMessage)
        panel.selected.connect(application.session.set_focus)
        panel.restore(_held(application.frame.settings.tables))
        application.drawing.drawn.connect(lambda picture, _: self._wear(picture))
        application.documents.opened.connect(lambda opened: self._wear(opened.picture))
        application.session.document_changed.connect(self._follow)
        application.session.focus_changed.connect(panel.select)

    def _wear(self, picture: FlowMap) -> None:
        """Organizations wear the colours of the picture."""
        self._panel.show_colors(picture.gathered.colors)

    def state(self) -> dict[str, object]:
        """How the columns of the tables stand, beside those of other tables."""
        return {"records": self._panel.state()}

    def _follow(self, document: Document | None) -> None:
        self._panel.show_document(document)

    @property
    def _dataset(self) -> Dataset | None:
        document = self._app.session.document
        return document.dataset if document is not None else None

    # what is entered

    def set(self, cells: Cells, name: str) -> None:
        """Set cells as one step; what is wrong is told in the panel, and nothing is set then."""
        dataset = self._dataset
        if dataset is None:
            return
        work = partial(entered, dataset, cells, name)
        few = len(cells.ids) * len(cells.values) <= FEW
        self._do(work, partial(self._set, cells.table, dataset), at_once=few)

    def _set(self, table: str, dataset: Dataset, edit: Edit) -> None:
        if self._dataset is not dataset:
            self._panel.refuse("The records have changed meanwhile: do it once more.")
            return
        entry = self._panel.record_table.model
        adds = table in edit.tables and edit.tables[table].after.height > edit.tables[table].before.height
        if adds and edit.name.startswith("Add a"):
            entry.end_entry()
        self._app.session.do(edit)
        self._say(f"{edit.name}: done. Ctrl+Z takes it back." if edit else "Nothing is another than before")
        if adds:
            change = edit.tables[table]
            new = change.after.filter(~change.after["id"].is_in(change.before["id"].implode()))
            self._panel.show_added(table, new["id"].to_list())

    def paste(self, text: str, place: Place) -> None:
        """Put a grid of cells where it belongs, as one step."""
        dataset = self._dataset
        if dataset is None:
            return
        declared = TABLES[place.table]
        headings = {heading(field).lower(): field.name for field in in_order(declared)}

        def work() -> Edit:
            made = pasted(dataset, grid(text), place, headings)
            n_new = sum(1 for row_id in made.cells.ids if not row_id)
            n = len(made.cells.ids) - n_new
            parts = [f"over {records(n, place.table)}"] if n else []
            parts += [f"as {records(n_new, place.table)}"] if n_new else []
            try:
                return entered(dataset, made.cells, f"Paste {' and '.join(parts)}" if parts else "Paste nothing")
            except DataError as error:
                raise made.placed(error) from error

        at_once = text.count("\t") + text.count("\n") <= FEW and dataset[place.table].height <= SMALL
        self._do(work, partial(self._set, place.table, dataset), at_once=at_once)

    # what is removed

    def remove(self, table: str, ids: Sequence[str]) -> None:
        """Remove records. What goes with them, or lets go of them, is named first, and nothing done without a yes."""
        dataset = self._dataset
        if dataset is None or not ids:
            return
        what = called(dataset.row, table, ids[0]) if len(ids) == 1 else records(len(ids), table)
        noun = f"the {TABLES[table].noun} {what}" if len(ids) == 1 else what
        work = partial(removal, dataset, {table: ids}, f"Delete {noun}")
        self._do(work, partial(self._offer, dataset, noun), at_once=dataset.n_rows <= SMALL)

    def _offer(self, dataset: Dataset, what: str, found: Removal) -> None:
        after = fallout(found)
        question = f"Delete {what}? {after}".strip()
        alone = not after and sum(found.asked.values()) <= 1
        if not alone and self._app.documents.asked(question, DELETE) != DELETE:
            return
        if self._dataset is dataset:
            self._app.session.do(found.edit)
            self._say(f"{found.edit.name}: done. Ctrl+Z takes it back.")

    # beside the window

    def _do(self, work: Callable[[], object], done: Callable[..., None], *, at_once: bool) -> None:
        """Work out a step and do it; with much to do beside the window."""
        if not at_once:
            self._panel.tell("Working it out …")
            self._app.jobs.start("entries", lambda _: work(), done, self._failed)
            return
        try:
            made = work()
        except TalentflowError as error:
            self._failed(error)
            return
        done(made)

    def _failed(self, error: Exception) -> None:
        """What is wrong, where, and what to write instead."""
        if not isinstance(error, TalentflowError):
            self._panel.refuse(str(error))
            return
        fault, more = error.fault, len(error.faults) - 1
        field = heading(TABLES[fault.table].field(fault.field)) if fault.field else ""
        where = ", ".join(part for part in (f"Row {fault.row}" if fault.row else "", field) if part)
        text = f"{where}: {fault.message}. {fault.remedy}" if where else f"{fault.message}. {fault.remedy}"
        self._panel.refuse(f"{text}{f' (and {more:,} more)' if more else ''} Nothing was changed.", fault)

    def _prepare(self, listing: Listing) -> None:
        """Make ready what sorts and finds many rows, so that the first sorting is as quick as the second."""

        def work(ticket: object) -> None:
            for column in listing.columns:
                if not column.hidden:
                    _ready(column)
                    ticket.check()  # type: ignore[attr-defined]  # of jobs

        self._app.jobs.start("entries-ready", work, lambda _: None, lambda _: None)

    def _spread(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Keys, and the stints of the flows among them that the picture shows."""
        flows = self._app.showing.flows
        found = list(keys)
        for key in keys:
            table, _, rest = key.partition(":")
            if table == "flow" and ">" in rest and flows is not None:
                found += _stints_of(flows, *rest.split(">", 1))
        return tuple(dict.fromkeys(found))

    def _say(self, text: str) -> None:
        self._app.frame.statusBar().showMessage(text, SAID)


def _held(state: object) -> object:
    """What `Entries.state` has put into the state of all tables."""
    return state.get("records") if isinstance(state, dict) else None


def _ready(column: Column) -> None:
    """Work out once what the column keeps."""
    column.cells.matching("\0")
    assert column.cells.ranks is not None


def _stints_of(flows: FlowMap, origin: str, destination: str) -> list[str]:
    """Keys of the moves of a flow, for which the stints of either end stand."""
    gathered, moves = flows.gathered, flows.gathered.moves
    ends = [gathered.dataset.position("organizations", end) for end in (origin, destination)]
    if None in ends:
        return []
    rows = ((moves.origin == ends[0]) & (moves.destination == ends[1])).nonzero()[0]
    return [gathered.move_key(moves, int(row)) for row in rows]
