"""Random edits of every kind that the program makes, for walks through the history of a document."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from app.analysis.adding import Cited, Party
from app.analysis.fixes import fixes
from app.analysis.recording import NewMove, recorded
from app.domain.checks import check
from app.domain.dataset import Dataset, Row
from app.domain.edit import Edit, compose, drop, put
from app.domain.errors import DataError
from app.domain.folding import folded
from app.domain.reverting import Piece, Ties, revert, together
from app.domain.schema import TABLES, Field, Kind
from app.domain.views import pin, unpin
from app.session.document import Document
from app.session.unsaved import unsaved

WORDS = ("Made-up", "Zoë “Z” Çelik", "a & b", "two\nlines", "x" * 300, "\u4e2d\u6587", "0", "null")
DATES = ("2019", "2020-03", "2020-03-14", "2021~", "2021-07?", "..", "June 2022", "soon")
TOUCHED = ("organizations", "people", "stints", "seats", "reports", "relations", "claims", "sources")
VIEW = "flowmap"


class Walker:
    """Makes edits that fit a document, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._n = 0
        self.counts: dict[str, int] = {}
        """How many edits were made of each kind."""
        self._kinds: tuple[tuple[str, int, Callable[[Document], Edit]], ...] = (
            ("change", 30, self._change),
            ("add", 10, self._add),
            ("drop", 10, self._drop),
            ("at once", 6, self._at_once),
            ("move", 2, self._move),
            ("revert", 1, self._revert),
            ("fold", 4, self._fold),
            ("fix", 1, self._fix),
            ("pin", 8, self._pin),
        )

    def edit(self, document: Document) -> Edit:
        """The next edit; it changes something."""
        weights = [weight for _, weight, _ in self._kinds]
        while True:
            ((kind, _, make),) = self.random.choices(self._kinds, weights)
            if made := make(document):
                self.counts[kind] = self.counts.get(kind, 0) + 1
                return made

    def _change(self, document: Document) -> Edit:
        table, row = self._row(document.dataset)
        if row is None:
            return Edit("Nothing")
        fields = self.random.sample([f for f in TABLES[table].fields if f.name not in ("id", "extra")], 2)
        values = {field.name: self._value(document.dataset, field) for field in fields}
        return put(document.dataset, f"Change {table}", {table: [{**row, **values}]})

    def _add(self, document: Document) -> Edit:
        table = self.random.choice(TOUCHED)
        rows = [self._made(document.dataset, table) for _ in range(self.random.choice((1, 1, 3, 80)))]
        return put(document.dataset, f"Add {len(rows)} {table}", {table: rows})

    def _drop(self, document: Document) -> Edit:
        table = self.random.choice(TOUCHED)
        ids = list(document.dataset[table]["id"])
        return drop(document.dataset, "Remove", {table: self.random.sample(ids, min(len(ids), 2))})

    def _at_once(self, document: Document) -> Edit:
        one, other = self._change(document), self._pin(document)
        return compose(one, other, "Two at once") if one and other else one

    def _move(self, document: Document) -> Edit:
        """A move of somebody on record or not, to a place on record or not, with a source or not."""

        def party(table: str) -> Party:
            ids = list(document.dataset[table]["id"])
            known = ids and self.random.random() < 0.8
            return Party(self.random.choice(ids)) if known else Party(name=f"Made-up {self.random.choice('ABCDE')}")

        left = party("organizations") if self.random.random() < 0.7 else Party()
        day = self.random.choice(("", *DATES[:5]))
        source = Cited(title="A report", url="https://paper.example/1") if self.random.random() < 0.5 else Cited()
        move = NewMove(party("people"), party("organizations"), left, "Engineer", day, source=source)
        try:
            return recorded(document.dataset, move).edit
        except DataError:  # they are there already, say
            return Edit("Nothing")

    def _revert(self, document: Document) -> Edit:
        changes = unsaved(document).edit
        pieces = [Piece(table, row_id) for table, change in changes.tables.items() for row_id in change.ids]
        if not pieces:
            return Edit("Nothing")
        wanted = self.random.sample(pieces, min(len(pieces), 3))
        return revert(changes, together(changes, Ties.of(changes), wanted), "Revert some")

    def _fold(self, document: Document) -> Edit:
        """The last steps taken back as one step of its own."""
        some = document.past[-self.random.randint(1, 5) :]
        return folded([edit.inverse for edit in reversed(some)], "Take some back")

    def _fix(self, document: Document) -> Edit:
        faults = check(document.dataset)
        found = fixes(document.dataset, self.random.choice(faults)) if faults else ()
        if not found:
            return Edit("Nothing")
        fix = self.random.choice(found)
        return fix.everywhere if fix.everywhere is not None and self.random.random() < 0.5 else fix.edit

    def _pin(self, document: Document) -> Edit:
        if self.random.random() < 0.2:
            return unpin(document.dataset, VIEW, None, "Let go")
        place = (self.random.random(), self.random.random())
        return pin(document.dataset, VIEW, {self.random.choice("abcdef"): place}, "Pin")

    def _row(self, dataset: Dataset) -> tuple[str, Row | None]:
        table = self.random.choice(TOUCHED)
        frame = dataset[table]
        return table, frame.row(self.random.randrange(frame.height), named=True) if frame.height else None

    def _made(self, dataset: Dataset, table: str) -> Row:
        self._n += 1
        fields = [field for field in TABLES[table].fields if field.name not in ("id", "extra")]
        return {"id": f"made-up-{self._n}", **{field.name: self._value(dataset, field) for field in fields}}

    def _value(self, dataset: Dataset, field: Field) -> object:
        """Something that a column can hold, mostly sensible."""
        pick = self.random.choice
        ids = list(dataset[field.reference]["id"])[:50] if field.reference else []
        if self.random.random() < 0.2 and not field.required:
            return [] if field.kind in (Kind.LIST, Kind.SET) else None
        if field.name == "about":
            return [f"people:{pick(ids or ['nobody'])}", "flow:north>south"]
        if field.kind in (Kind.LIST, Kind.SET):
            return [pick(ids or WORDS), pick(ids or WORDS)]
        if field.reference:
            return pick(ids or ["nowhere"])
        if field.vocabulary:
            return pick(field.vocabulary)
        match field.kind:
            case Kind.DATE:
                return pick(DATES)
            case Kind.INT:
                return pick((0, -5, 10, 2**40))
            case Kind.FLOAT:
                return pick((0.1, 2e9, -0.0, 1 / 3))
            case Kind.FLAG:
                return pick((True, False))
            case _:
                return "c3" if field.pattern else pick(WORDS)
