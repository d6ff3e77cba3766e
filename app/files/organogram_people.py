"""Who holds the posts of one department: people, and their stints from snapshot to snapshot.

Within a department one full name is one person, whether in one post after another or in two at once, unless a snapshot
has it in two posts that do not agree in grade and line, or in title and unit: then each post has a person of its own,
and so it has where a name is less than full. Forms of a name that follow each other in one post are one name. Across
departments nobody is the same. Somebody whose name is kept back is a person of that post alone (docs/decisions, on
organograms and teams).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain import dates
from app.domain.dataset import Row
from app.files.dialects import Entry
from app.files.idents import Ids, words
from app.files.organogram_bodies import Bodies
from app.files.organogram_names import NAME, TITLE, UNDISCLOSED, Says, Words, said, words_of
from app.files.organogram_posts import TOP, Key, Posts, Seen
from app.files.organogram_sheets import MANAGER, UNIT
from app.files.reading import Warnings, shown

GRADE = "Grade (or equivalent)"
_STEP = 10

_Who = tuple[Words, Key | None]
"""A named person: the words of the name, and the post where that name is of one post only."""


@dataclass
class _Person:
    """A person while snapshots are gone through. names: as spelled, the newest last; runs: the stretches in which they
    held a post, with the post."""

    row_id: str
    names: dict[str, None] = field(default_factory=dict)
    runs: list[tuple[Key, list[Seen]]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest spelling, of equal ones the newest."""
        return max(reversed(self.names), key=lambda name: sum(map(len, words_of(name).words)))


class Holders:
    """The people who hold the posts of a department."""

    def __init__(self, posts: Posts, bodies: Bodies, ids: Ids, warnings: Warnings) -> None:
        self._posts, self._bodies, self._ids, self._warnings = posts, bodies, ids, warnings
        self._series = posts.series
        ordered = sorted(((s, key) for key, seen in posts.history.items() for s in seen), key=lambda p: p[0][:2])
        self._form_of: dict[Words, Words] = {}
        self._join_forms()
        self._named: dict[Words, list[tuple[Seen, Key]]] = defaultdict(list)
        for s, key in ordered:
            if said(s.entry) is Says.NAMED:
                self._named[self._name(s)].append((s, key))
        self._apart = {name for name, found in self._named.items() if not name.is_full or self._differ(found)}
        self._people: dict[_Who | tuple[Key, int], _Person] = {}
        for s, key in ordered:
            if said(s.entry) is Says.NAMED:
                self._person(self._who(s, key), s)
        for key, seen in posts.history.items():
            self._hold(key, seen)
        self._tell(ordered)

    def people(self) -> list[Row]:
        """The rows of the table of people."""
        found = []
        for person in self._people.values():
            seen = [s for _, run in person.runs for s in run]
            undisclosed = said(seen[0].entry) in UNDISCLOSED
            found.append(
                {
                    "id": person.row_id,
                    "name": person.name,
                    "aliases": [name for name in reversed(person.names) if name != person.name],
                    "status": "confirmed",
                    "notes": "Stands for whoever held the post; it may have been several in turn"
                    if undisclosed
                    else None,
                    "source_ids": self._sources(seen),
                }
            )
        return found

    def stints(self) -> list[Row]:
        """The rows of the table of stints."""
        found = []
        for person in self._people.values():
            for n, (key, run) in enumerate(sorted(person.runs, key=lambda held: held[1][0][:2]), 1):
                newest = run[-1]
                start, end, notes = self._dates(run)
                unit = newest.entry[UNIT]
                found.append(
                    {
                        "id": self._ids.new("st", person.row_id.removeprefix("person-"), str(n * _STEP)),
                        "person_id": person.row_id,
                        "organization_id": newest.body,
                        "unit": unit if unit and unit != self._bodies.name(newest.body) else None,
                        "role": newest.entry[TITLE] or None,
                        "seat_id": self._posts.ids[key],
                        "kind": "employment",
                        "rank": n * _STEP,
                        "start": start,
                        "end": end,
                        "status": "confirmed",
                        "notes": notes,
                        "source_ids": self._sources(run),
                    }
                )
        return found

    def _sources(self, seen: list[Seen]) -> list[str]:
        return list(dict.fromkeys(self._series.snapshots[s.at].sources[s.entry.name] for s in seen))

    def _dates(self, run: list[Seen]) -> tuple[str | None, str | None, str]:
        """Start and end of a stretch in which somebody held a post, and what is known of them in words."""
        first, last = run[0].at, run[-1].at
        before = first - 1 if first else None
        after = last + 1 if last < self._series.last else None
        day = [snapshot.said for snapshot in self._series.snapshots]
        came = f"There by {day[first]}" if before is None else f"Came after {day[before]} and by {day[first]}"
        left = f"still there on {day[last]}" if after is None else f"there on {day[last]}, gone by {day[after]}"
        start = self._series.turned(before, first)
        end = dates.OPEN if after is None else self._series.turned(last, after)
        return start, end, f"{came}; {left}"

    def _join_forms(self) -> None:
        """Find the fullest of the names that follow each other in one post and are forms of one another."""
        for seen in self._posts.history.values():
            for before, now in pairwise(seen):
                if said(before.entry) is said(now.entry) is Says.NAMED:
                    one, other = self._name(before), self._name(now)
                    if one != other and one.is_form_of(other):
                        fewer, fuller = sorted((one, other), key=lambda name: sum(map(len, name.words)))
                        self._form_of[fewer] = fuller

    def _name(self, s: Seen) -> Words:
        """The name that a row gives, in the fullest form that follows from its post."""
        name = words_of(s.entry[NAME])
        while name in self._form_of:
            name = self._form_of[name]
        return name

    def _who(self, s: Seen, key: Key) -> _Who:
        name = self._name(s)
        return name, key if name in self._apart else None

    def _person(self, who: _Who, s: Seen) -> _Person:
        """The person of a name, made where it is new; the newest spelling counts."""
        name = s.entry[NAME]
        if who not in self._people:
            of_post = ("post", who[1][0]) if who[1] is not None else ()
            self._people[who] = _Person(self._ids.new("person", self._series.department, name, *of_post))
        person = self._people[who]
        person.names.pop(name, None)
        person.names[name] = None
        return person

    def _hold(self, key: Key, seen: list[Seen]) -> None:
        """Divide the history of a post into stretches of one holder."""
        before: _Person | None = None
        run: list[Seen] = []
        hidden, was_hidden = 0, False
        for s in seen:
            says = said(s.entry)
            holder: _Person | None = None
            if says is Says.NAMED:
                holder = self._people[self._who(s, key)]
            elif says in UNDISCLOSED:
                if not was_hidden:
                    hidden += 1
                    self._people[key, hidden] = self._undisclosed(key, hidden)
                holder = self._people[key, hidden]
            if holder is not before:
                run = []
                if holder is not None:
                    holder.runs.append((key, run))
            run.append(s)
            before, was_hidden = holder, says in UNDISCLOSED

    def _undisclosed(self, key: Key, n: int) -> _Person:
        """Somebody whose name is kept back: the nth of a post."""
        reference = key[0] or "without reference"
        second = (str(key[1] + 1),) if key[0] and key[1] else ()
        row_id = self._ids.new("person", self._series.department, "post", reference, *second, str(n) if n > 1 else "")
        title = f"Name not disclosed, post {reference}{f' ({key[1] + 1})' if second else ''}"
        return _Person(row_id, {title: None})

    def _differ(self, found: list[tuple[Seen, Key]]) -> bool:
        """Whether one snapshot has a name in two posts that do not agree."""
        by_snapshot: dict[int, list[Seen]] = defaultdict(list)
        for s, _ in found:
            by_snapshot[s.at].append(s)
        return any(not any(_agree(s.entry, other.entry) for other in same[:n])
                   for same in by_snapshot.values() for n, s in enumerate(same) if n)  # fmt: skip

    # what is doubtful

    def _tell(self, ordered: list[tuple[Seen, Key]]) -> None:
        """Where a reading of names may be wrong."""
        for name, found in self._named.items():
            taken = "two people" if name in self._apart else "one person"
            for n, (s, key) in enumerate(found):
                if n and all(held != key for _, held in found[:n]):
                    self._same_name(s, key, found[n - 1], taken)
        for key, seen in self._posts.history.items():
            for before, now in pairwise(seen):
                if said(before.entry) is said(now.entry) is Says.NAMED:
                    self._like(key, before, now)
        self._count(ordered)

    def _same_name(self, s: Seen, key: Key, other: tuple[Seen, Key], taken: str) -> None:
        """A name in a post where it was not before, and in another one."""
        post = shown(other[1][0])
        where = f"holds post {post} too" if other[0].at == s.at else f"held post {post} on {self._day(other[0])}"
        message = f"{shown(s.entry[NAME])} {where}, and is taken as {taken}"
        self._warn("same-name", message, "See whether that is so.", s.entry, ("seats", self._posts.ids[key]))

    def _like(self, key: Key, before: Seen, now: Seen) -> None:
        """A name that resembles the one before it in the same post."""
        was, name = words_of(before.entry[NAME]), words_of(now.entry[NAME])
        if was != name and was.resembles(name):
            taken = "one person" if self._name(before) == self._name(now) else "two people"
            message = f"{shown(now.entry[NAME])} follows {shown(before.entry[NAME])}; they are taken as {taken}"
            self._warn("similar-name", message, "See whether that is so.", now.entry, ("seats", self._posts.ids[key]))

    def _day(self, s: Seen) -> str:
        return self._series.snapshots[s.at].said

    def _count(self, ordered: list[tuple[Seen, Key]]) -> None:
        """Titles in place of names, one by one; posts that name nobody at all, one warning a file."""
        without: dict[tuple[str, Says], list[Seen]] = defaultdict(list)
        for s, key in ordered:
            says = said(s.entry)
            if says is Says.TITLE:
                message = f"{shown(s.entry[NAME])!r} is no name of a person; the post is held by somebody not named"
                self._warn("no-name", message, "Give the name, or N/D.", s.entry, ("seats", self._posts.ids[key]))
            elif says in (Says.BLANK, Says.SILENT):
                without[s.entry.name, says].append(s)
        for (name, says), found in without.items():
            held = "each is taken as held by somebody not named"
            if says is Says.SILENT:
                held = "nor working time; none is taken as held"
            source = self._series.snapshots[found[0].at].sources[name]
            posts = "a post has" if len(found) == 1 else f"{len(found):,} posts have"
            self._warn("no-name", f"{posts} no name, {held}", "Give the name, N/D or Vacant.",
                       found[0].entry, ("sources", source), len(found))  # fmt: skip

    def _warn(self, code: str, message: str, remedy: str, entry: Entry, about: tuple[str, str], n: int = 1) -> None:
        self._warnings.add(code, message, remedy, entry=entry, field=NAME, about=about, n=n)


def _agree(entry: Entry, other: Entry) -> bool:
    """Whether two rows of one name and snapshot speak of one person: same grade and line, or same title and unit."""

    def same(*columns: str) -> bool:
        return all(entry[column] and words(entry[column]) == words(other[column]) for column in columns)

    return (same(GRADE, MANAGER) and entry[MANAGER].lower() not in TOP) or same(TITLE, UNIT)
