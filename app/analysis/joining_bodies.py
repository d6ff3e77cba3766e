"""Brought organizations that are on record already: by their ids in registers, then by their names and what they belong
to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from app.analysis.joining_matches import NEW, Choices, Choosing, Likeness
from app.analysis.joining_rewriting import led, marked, signs
from app.analysis.joining_sources import SAME
from app.analysis.plain_names import of_organizations
from app.domain.dataset import Dataset, Row
from app.domain.schema import TABLES

REGISTERS = {
    "ror": "ROR id", "grid": "GRID id", "wikidata": "Wikidata id", "openalex": "OpenAlex id", "isni": "ISNI",
    "ringgold": "Ringgold id", "lei": "LEI", "fundref": "funder id",
}  # fmt: skip
"""Registers whose ids organizations may have under `ids` in what is kept beside their fields, and their words."""
_TELLING = frozenset({"ror", "grid", "wikidata", "openalex"})
"""Registers that have one id for one organization; of others one may have several."""
MOST_TOGETHER = 100
"""Of a name that more organizations have, on one side, none is looked at by its name."""
_IDS, _FAMILY, _ROOTS, _ONE_SIDED, _DOUBTFUL = range(1, 6)
"""Tiers: the same id of a register; the same name and parent; no parent on either side; a parent on one side only;
anything else."""
_FIELDS = [name for name in TABLES["organizations"].names if name not in ("id", "parent_id")]


def organizations(dataset: Dataset, brought: Dataset, choices: Choices, sources: Mapping[str, str]) -> Choosing:
    """Which organizations on record the brought ones are. sources: brought ids of sources and those on record.

    Organizations with different ids of one register are two, whatever they are called. Of one name under different
    parents they are two as well, unless somebody chooses otherwise.
    """
    made = _Matching(dataset, brought, choices, sources)
    made.do()
    return made.choosing


@dataclass(frozen=True, slots=True)
class _Told:
    """Of one organization: parent, kind, country, all that it says (as one text), ids by register."""

    parent: str | None
    kind: str | None
    country: str | None
    sign: str
    ids: Mapping[str, str]


class _Matching:
    def __init__(self, dataset: Dataset, brought: Dataset, choices: Choices, sources: Mapping[str, str]) -> None:
        self._mine = dataset["organizations"]
        self._theirs = led(
            "organizations", brought["organizations"], marked(brought, {"sources": sources}, ("sources",))
        )
        self._one, self._other = _told(self._mine), _told(self._theirs)
        names = dict(self._mine.select("id", pl.coalesce("name", "id")).iter_rows())
        self.choosing = Choosing("organizations", choices, lambda row_id: names.get(row_id, row_id))

    def do(self) -> None:
        """By hand, by registers, and by names from the top down, until nothing more is found."""
        choosing = self.choosing
        choosing.obey(self._one.__contains__, self._other)
        self._by_registers()
        named = self._by_names()
        order = sorted(named, key=self._depth)
        while True:
            n = len(choosing.taken)
            for row_id in order:
                if not choosing.decided(row_id):
                    self._same_record(row_id, named[row_id])
            choosing.settle()
            for row_id in order:
                if row_id not in choosing.taken:  # also where somebody has chosen a new one, and may choose again
                    self._weigh(row_id, named[row_id])
            choosing.settle()
            if len(choosing.taken) == n:
                return

    def _by_registers(self) -> None:
        for scheme, word in REGISTERS.items():
            held: dict[str, list[str]] = {}
            for row_id, told in self._one.items():
                if scheme in told.ids:
                    held.setdefault(told.ids[scheme], []).append(row_id)
            for row_id, told in self._other.items():
                for kept in held.get(told.ids.get(scheme, ""), ()):
                    same = self._other[row_id].sign == self._one[kept].sign and row_id == kept
                    self.choosing.alike(row_id, kept, Likeness(0 if same else _IDS, f"same {word}", alone=False))

    def _by_names(self) -> dict[str, dict[str, bool]]:
        """Brought id → ids on record of one of its names, and whether it stands aside (in brackets) in one of them."""
        forms = [
            of_organizations(frame.select("name", "aliases", code=pl.col("id"))).select("code", "form", "aside")
            for frame in (self._theirs, self._mine)
        ]
        theirs, mine = (frame.filter(pl.len().over("form") <= MOST_TOGETHER) for frame in forms)
        found: dict[str, dict[str, bool]] = {}
        for row_id, kept, aside, other in (
            theirs.join(mine, on="form", suffix="_mine").select("code", "code_mine", "aside", "aside_mine").iter_rows()
        ):
            held = found.setdefault(row_id, {})
            held[kept] = held.get(kept, True) and (aside or other)
        return found

    def _same_record(self, row_id: str, candidates: Mapping[str, bool]) -> None:
        """Take a record on record that says all that the brought one says, under the same parent."""
        told = self._other[row_id]
        parent = self._led(told.parent)
        order = sorted(candidates, key=lambda kept: (kept != row_id, kept))
        for kept in order:
            if self.choosing.is_free(kept) and self._one[kept].sign == told.sign and self._one[kept].parent == parent:
                self.choosing.take(row_id, kept, SAME)
                return

    def _weigh(self, row_id: str, candidates: Mapping[str, bool]) -> None:
        held = self.choosing.pairs.setdefault(row_id, {})
        for kept, aside in candidates.items():
            likeness = self._likeness(row_id, kept, aside=aside)
            if likeness is None:
                continue
            before = held.get(kept)
            if before is None or before.tier > _IDS:  # a parent may have been found since
                held[kept] = likeness

    def _likeness(self, row_id: str, kept: str, *, aside: bool) -> Likeness | None:
        one, other = self._other[row_id], self._one[kept]
        if any(one.ids[scheme] != other.ids[scheme] for scheme in _TELLING & one.ids.keys() & other.ids.keys()):
            return None
        if (against := _against(one, other)) or aside:
            return Likeness(_DOUBTFUL, "same name in brackets" if aside else f"same name, but {against}", sure=False)
        if one.parent is None and other.parent is None:
            return Likeness(_ROOTS, "same name")
        if one.parent is None or other.parent is None:
            return Likeness(_ONE_SIDED, "same name")
        if self._one_family(one.parent, other.parent):
            return Likeness(_FAMILY, f"same name in {self.choosing.name_of(other.parent)}")
        return Likeness(_DOUBTFUL, f"same name, but part of {self.choosing.name_of(other.parent)}", sure=False)

    def _one_family(self, theirs: str, mine: str) -> bool:
        """Whether the parent of one, or one above it, is that of the other, or one above it."""
        led_to = {kept for at in _upward(theirs, self._other) if (kept := self.choosing.taken.get(at, NEW)) != NEW}
        direct = self.choosing.taken.get(theirs, NEW)
        return direct == mine or (direct == NEW and mine in led_to) or direct in set(_upward(mine, self._one))

    def _led(self, parent: str | None) -> str | None:
        """The parent as it is on record; what nobody has for one that is new."""
        return None if parent is None else self.choosing.taken.get(parent, f"+{parent}")

    def _depth(self, row_id: str) -> int:
        return sum(1 for _ in _upward(row_id, self._other))


def _against(one: _Told, other: _Told) -> str:
    """What speaks against two of one name being one; blank if nothing does."""
    if None not in (one.kind, other.kind) and one.kind != other.kind and "university" in (one.kind, other.kind):
        return f"a {other.kind}"
    if None not in (one.country, other.country) and one.country != other.country:
        return f"in {other.country}"
    return ""


def _upward(row_id: str, told: Mapping[str, _Told]) -> Iterator[str]:
    """An organization and all above it; no circle is gone round twice."""
    seen: set[str] = set()
    at: str | None = row_id
    while at is not None and at not in seen and at in told:
        yield at
        seen.add(at)
        at = told[at].parent


def _told(frame: pl.DataFrame) -> dict[str, _Told]:
    ids = frame.select(pl.col("extra").str.json_path_match(f"$.ids.{scheme}").alias(scheme) for scheme in REGISTERS)
    held = [{scheme: text for scheme, text in row.items() if text} for row in ids.iter_rows(named=True)]
    rows: list[Row] = frame.select("id", "parent_id", "kind", "hq_country", sign=signs(frame, _FIELDS)).rows(named=True)
    return {
        row["id"]: _Told(row["parent_id"], row["kind"], row["hq_country"], row["sign"], found)
        for row, found in zip(rows, held, strict=True)
    }
