"""Rows of a picture of two moments: an organization each, with a token for everyone who left it, came to it, or stayed
with another seat or status; organizations without a row of their own share the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from app.analysis.comparing import SAID, Comparison, Difference
from app.analysis.tallies import Count, Tally, tallies
from app.domain.schema import STATUSES
from app.pictures import wording
from app.pictures.evidence_desk import interval
from app.pictures.gathered import Gathered
from app.scene.scene import Tip
from app.scene.style import Status
from app.scene.tips import Later

Way = Literal["left", "came", "changed"]
WAYS: tuple[Way, ...] = ("left", "came", "changed")
OTHERS = "group:others"
"""The key of the row that organizations share."""
NOT_ON_RECORD = "not on record"
NAMED = 12
"""Organizations or people that a tip names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Token:
    """One end of one difference. line: what became of the person, in a few words; group: what it stands together with;
    organization: id of whose colour it wears, blank for none; unsure: whether the days leave it open where they were;
    lit: whether it is in focus."""

    one: Difference
    name: str
    line: str
    group: str
    organization: str
    status: Status
    unsure: bool
    lit: bool
    tip: Later | None

    @property
    def key(self) -> str:
        """`people:ID`."""
        return f"people:{self.one.person}"


Groups = tuple[tuple[str, tuple[Token, ...]], ...]
"""Tokens that stand together, and what as."""


@dataclass(frozen=True, eq=False)
class Row:
    """Organizations of one row: one, or all others. organization: its id, blank for others; tokens: by way, in the
    order in which they stand; before, after: who was and is there; near: whether it is in focus, or somebody in it."""

    key: str
    organization: str
    label: str
    tokens: Mapping[Way, tuple[Token, ...]]
    before: Count
    after: Count
    tip: Tip
    near: bool
    n_organizations: int = 1

    @property
    def n(self) -> int:
        """How many tokens it has."""
        return sum(map(len, self.tokens.values()))

    @cached_property
    def groups(self) -> Mapping[Way, Groups]:
        """Tokens by what they stand together with."""
        found = {}
        for way, tokens in self.tokens.items():
            held: dict[str, list[Token]] = {}
            for token in tokens:
                held.setdefault(token.group, []).append(token)
            found[way] = tuple((name, tuple(some)) for name, some in held.items())
        return found


@dataclass(frozen=True, eq=False)
class Told:
    """A comparison with its words. gathered: what is known of the dataset before; other: of the one after, None where
    it is the same; focus: ids of organizations and of people that are set off."""

    comparison: Comparison
    gathered: Gathered
    other: Gathered | None
    focus: frozenset[str]

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """Organizations in which anything differs: those in focus, then those with most differences."""
        return tuple(sorted(tallies(self.comparison), key=lambda tally: tally.organization not in self.focus))

    def own(self, n: int) -> tuple[Row, ...]:
        """A row for each of the first organizations."""
        return tuple(
            self._row(f"organizations:{one.organization}", one.organization, (one,)) for one in self.tallies[:n]
        )

    def others(self, n: int) -> Row:
        """The row of all but the first organizations."""
        return self._row(OTHERS, "", self.tallies[n:])

    def _row(self, key: str, organization: str, own: Sequence[Tally]) -> Row:
        tokens = {way: self._tokens(way, [one for tally in own for one in getattr(tally, way)]) for way in WAYS}
        before, after = _sum(tally.before for tally in own), _sum(tally.after for tally in own)
        label = self.label(organization) if organization else wording.counted(len(own), "other", "others")
        counted = [f"{both(before)} known people before, {both(after)} after"]
        counted += [f"{len(tokens[way]):,} {way}" for way in WAYS if tokens[way]]
        if organization:
            tip = Tip(self.comparison.name("organizations", organization), tuple(counted))
        else:
            named = [f"{self.label(one.organization)}: {one.n:,}" for one in own[:NAMED]]
            more = [f"and {len(own) - NAMED:,} more"] if len(own) > NAMED else []
            tip = Tip(wording.counted(len(own), "other organization"), (*counted, *named, *more))
        near = not self.focus or organization in self.focus or any(t.lit for some in tokens.values() for t in some)
        return Row(key, organization, label, tokens, before, after, tip, near, len(own))

    def _tokens(self, way: Way, found: Iterable[Difference]) -> tuple[Token, ...]:
        """Tokens in the order in which they stand: large groups first, those of whom nothing is on record last; in a
        group what is certain first, then by name."""
        made = [self._token(way, one) for one in found]
        size = Counter(token.group for token in made)

        def order(token: Token) -> tuple[object, ...]:
            return (token.group == NOT_ON_RECORD, -size[token.group], token.group, token.unsure, token.name,
                    token.one.person)  # fmt: skip

        return tuple(sorted(made, key=order))

    def _token(self, way: Way, one: Difference) -> Token:
        posts = [post for post in (one.before, one.after) if post is not None]
        unsure = not all(post.certain for post in posts)
        status = min((post.status for post in posts), key=STATUSES.index)
        if way == "changed":
            assert one.before is not None
            assert one.after is not None
            group, organization = self._change(one), one.after.organization
            unsure, status, line = not one.after.certain, one.after.status, group
        else:
            there = one.after if way == "left" else one.before
            organization = there.organization if there is not None else ""
            group = self.label(organization) if organization else NOT_ON_RECORD
            line = (
                f"{'to' if way == 'left' else 'from'} {group}"
                if organization
                else f"{'where to' if way == 'left' else 'where from'} {NOT_ON_RECORD}"
            )
        ids = {one.person, *(post.organization for post in posts)}
        lit = not self.focus or bool(ids & self.focus)
        name = self._people.get(one.person, one.person)
        return Token(one, name, line, group, organization, Status(status), unsure, lit, self._tip(one))

    def _change(self, one: Difference) -> str:
        """`other seat`, `reported → confirmed`, `days certain`."""
        assert one.before is not None
        assert one.after is not None
        if one.how == "seat":
            return "other seat"
        if one.before.status != one.after.status:
            return f"{one.before.status} → {one.after.status}"
        return "now certain" if one.after.certain else "no longer certain"

    def label(self, organization: str) -> str:
        """An organization as pictures write it."""
        return self._labels.get(organization) or self.comparison.name("organizations", organization)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for one in (self.gathered, self.other):
            if one is not None:
                found |= dict(zip(one.ids, one.labels, strict=True))
        return found

    @cached_property
    def _people(self) -> Mapping[str, str]:
        """Names of the people who differ."""
        wanted = pl.Series([one.person for one in self.comparison.differences], dtype=pl.String).unique()
        found: dict[str, str] = {}
        for moment in (self.comparison.before, self.comparison.after):
            people = moment.dataset["people"].select("id", "name").filter(pl.col("id").is_in(wanted.implode()))
            found |= {row_id: name for row_id, name in people.iter_rows() if name}
        return found

    @cached_property
    def _tips(self) -> dict[int, Later]:
        """By the differences themselves, not by what they say: both ends of one say the same."""
        return {}

    def _tip(self, one: Difference) -> Later:
        tip = self._tips.get(id(one))
        if tip is None:
            tip = self._tips[id(one)] = Later(self._said, one)
        return tip

    def _said(self, one: Difference) -> Tip:
        """Who, how, where at both moments, since when and until when, on whose word."""
        lines = [self.how(one)]
        sides = ((self.comparison.before, one.before, "Before"), (self.comparison.after, one.after, "After"))
        for moment, post, word in sides:
            day = wording.iso(moment.day)
            if post is None:
                lines.append(f"{word}, {day}: {NOT_ON_RECORD}")
                continue
            stint = moment.dataset.row("stints", post.stint)
            seat = self.comparison.name("seats", post.seat) if post.seat else ""
            when = interval(stint) if stint is not None else ""
            sure = post.status if post.certain else f"{post.status}, not certain on that day"
            parts = (self.label(post.organization), seat, when, sure, self._publishers(post.sources))
            lines.append(f"{word}, {day}: {', '.join(part for part in parts if part)}")
        links = dict.fromkeys(link for post in (one.after, one.before) if post is not None for link in post.sources)
        return Tip(self._people.get(one.person, one.person), tuple(lines), tuple(links))

    def how(self, one: Difference) -> str:
        """`Moved from OpenAI to Meta`, `Left Apple; where to is not on record`."""
        ends = [self.label(post.organization) if post is not None else "" for post in (one.before, one.after)]
        if one.how == "moved":
            return f"Moved from {ends[0]} to {ends[1]}"
        if one.how == "joined":
            return f"Joined {ends[1]}; where from is {NOT_ON_RECORD}"
        if one.how == "left":
            return f"Left {ends[0]}; where to is {NOT_ON_RECORD}"
        return f"{SAID[one.how].capitalize()} at {ends[1]}" + (f": {self._change(one)}" if one.how == "status" else "")

    def _publishers(self, sources: Sequence[str]) -> str:
        for one in (self.other, self.gathered):
            if one is not None and sources and sources[0] in one.sources:
                return one.publishers(sources)
        return self.gathered.publishers(sources)


def _sum(counts: Iterable[Count]) -> Count:
    held = list(counts)
    return Count(sum(one.certain for one in held), sum(one.possible for one in held))


def both(count: Count) -> str:
    """`7`, or `7–9` where up to nine may be there."""
    return f"{count.certain:,}–{count.possible:,}" if count.possible > count.certain else f"{count.certain:,}"


def most(rows: Iterable[Row], way: Way) -> int:
    """The largest number of tokens that a row has on one way."""
    return int(np.max([len(row.tokens[way]) for row in rows], initial=0))
